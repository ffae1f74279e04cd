//! What cannot be read, and what is said about it.

use super::{BROKEN, OLD, Scratch};

#[test]
fn an_error_names_its_side_and_place() {
    let scratch = Scratch::filled();
    scratch.write("dir/a.wit", OLD).write("dir/b.wit", "interface j {\n  ü: func();\n}\n");
    let run = scratch.compare(&["old.wit", "broken.wit"]).code(3);
    assert_eq!(run.stdout, "undetermined: a:b, because the new side could not be loaded\n");
    let run = run.says("error: new revision `broken.wit`: expected keyword `func`, found an identifier\n");
    run.says(" --> broken.wit:3:6\n").says("3 |   f: fun();\n");
    scratch.compare(&["broken.wit", "old.wit"]).code(3).says("error: old revision `broken.wit`");
    scratch.compare(&["old.wit", "dir"]).code(3).says("new revision `dir`").says("b.wit:2:3");
    let both = scratch.compare(&["broken.wit", "broken.wit"]).code(3);
    both.says("error: old revision").says("error: new revision");
}

#[test]
fn an_error_stands_in_the_report() {
    let scratch = Scratch::filled();
    for (pair, side) in [(["old.wit", "broken.wit"], "new"), (["broken.wit", "old.wit"], "old")] {
        let report = scratch.report(3, &pair);
        assert_eq!(report["status"], "undetermined");
        let package = &report["packages"][0];
        assert_eq!((&package["name"], &package["status"]), (&"a:b".into(), &"undetermined".into()));
        assert!(package["level"].is_null() && package["version"]["required"].is_null(), "{package}");
        assert_eq!(package["version"]["verdict"], "undetermined");
        let error = &package["error"];
        assert_eq!((&error["side"], &error["file"]), (&side.into(), &"broken.wit".into()));
        assert_eq!((&error["line"], &error["column"]), (&3.into(), &6.into()));
        assert_eq!(error["message"], "expected keyword `func`, found an identifier");
    }
}

#[test]
fn syntax_of_the_past_is_named() {
    let scratch = Scratch::filled();
    let hint = |text: &str, hint: &str| {
        scratch.write("past.wit", text);
        scratch.compare(&["old.wit", "past.wit"]).code(3).says(&format!("help: {hint}"));
        scratch.compare(&["past.wit", "old.wit"]).code(3).says(&format!("help: {hint}"));
    };
    let inside = |line: &str| BROKEN.replace("  f: fun();", line);
    hint(&inside("  f: func(a: float32);"), "`float32` and `float64` were renamed: write `f32` and `f64`");
    hint(&inside("  f: func() -> list<float64>;"), "`float32` and `float64` were renamed");
    hint(&inside("  record r { a: float32 }"), "`float32` and `float64` were renamed");
    hint(&inside("  f: func()\n  g: func();"), "statements end with a semicolon since 2023: write `f: func();`");
    hint(&inside("  type t = u32\n  f: func();"), "statements end with a semicolon since 2023: write `type t = u32;`");
    hint(&inside("  f: func()"), "statements end with a semicolon since 2023: write `f: func();`");
    hint(&inside("  f: func() -> ();"), "`-> ()` is no longer written");
    hint(&inside("  union u { u32, s32 }"), "`union` is gone: write a `variant`");
    hint(&BROKEN.replace("interface", "default interface"), "`default interface` and `default world` are gone");
    hint("package a:b;\ndefault world w {\n}\n", "`default interface` and `default world` are gone");
}

#[test]
fn a_path_that_is_not_there() {
    let scratch = Scratch::filled();
    scratch.compare(&["odl.wit", "old.wit"]).code(3).says("no path `odl.wit`").says("did you mean `./old.wit`");
    scratch.compare(&["nowhere/old.wit", "old.wit"]).code(3).says("no path `nowhere/old.wit`");
    scratch.compare(&["old.wit/x", "old.wit"]).code(3).says("`old.wit` is a file");
    scratch.compare(&["old.wit", "--", "-x"]).code(3).says("new revision `-x`");
    scratch.compare(&["a\nb\u{1b}[31m", "old.wit"]).code(3);
    scratch.compare(&[&"x/".repeat(5000), "old.wit"]).code(3);
    scratch.compare(&[&"x".repeat(5000), "old.wit"]).code(3);
}

#[test]
fn bytes_that_are_no_text() {
    let scratch = Scratch::filled();
    scratch.write("nul.wit", OLD.replace("f:", "f\0:")).write("escape.wit", OLD.replace("f:", "// \u{1b}[31m\nf:"));
    scratch.write("latin.wit", b"package a:b@1.0.0;\n// caf\xe9\ninterface i { }\n").write("empty.wit", "");
    scratch.write("noise.wit", (0..=255).cycle().take(5000).collect::<Vec<u8>>());
    scratch.write("utf16.wit", OLD.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    for (input, place) in [("nul.wit", "nul.wit:3:4"), ("latin.wit", "latin.wit:2:7"), ("escape.wit", "escape.wit:3:6")]
    {
        let run = scratch.compare(&["old.wit", input]).code(3).says(place);
        assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains('\0'), "{run:?}");
    }
    scratch.compare(&["old.wit", "latin.wit"]).code(3).says("not valid UTF-8").says("save the file in that encoding");
    for input in ["noise.wit", "utf16.wit", "empty.wit"] {
        scratch.compare(&["old.wit", input]).code(3).says("error: new revision");
    }
}

#[cfg(unix)]
#[test]
fn files_that_are_no_files() {
    let scratch = Scratch::filled();
    for device in ["/dev/zero", "/dev/null"] {
        scratch.compare(&["old.wit", device]).code(3).says("neither a file nor a directory");
    }
    scratch.compare(&["old.wit", "/dev"]).code(4);
    let pipe = scratch.path().join("pipe.wit");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    scratch.compare(&["old.wit", "pipe.wit"]).code(3).says("neither a file nor a directory");
}

#[cfg(unix)]
#[test]
fn no_permission() {
    use std::fs::{Permissions, read, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::filled();
    scratch.write("dir/a.wit", OLD);
    let allow = |path: &str, mode| set_permissions(scratch.path().join(path), Permissions::from_mode(mode)).unwrap();
    allow("old.wit", 0o000);
    // Nothing is kept from root.
    if read(scratch.path().join("old.wit")).is_err() {
        scratch.compare(&["old.wit", "minor.wit"]).code(3).says("no permission to read `old.wit`");
        for mode in [0o000, 0o400] {
            allow("dir", mode);
            scratch.compare(&["dir", "minor.wit"]).code(3).says("no permission to read");
        }
    }
    allow("dir", 0o700);
}
