//! Flags and exit codes.

use super::{MINOR, OLD, Scratch, each};

#[test]
fn the_gate_fails_at_its_level_and_above() {
    let scratch = Scratch::filled();
    let expected =
        [("old.wit", [0, 0, 0]), ("patch.wit", [1, 0, 0]), ("minor.wit", [1, 1, 0]), ("major.wit", [1, 1, 1])];
    for (new, codes) in expected {
        scratch.compare(&["old.wit", new]).code(0);
        for (level, code) in ["patch", "minor", "major"].into_iter().zip(codes) {
            scratch.compare(&["old.wit", new, "--fail-on", level]).code(code);
            // The gate is told, and changes nothing else.
            let json = |arguments: &[&str]| -> serde_json::Value {
                let all = [&["old.wit", new, "--format", "json"], arguments].concat();
                serde_json::from_str(&scratch.compare(&all).stdout).unwrap()
            };
            let (mut gated, open) = (json(&["--fail-on", level]), json(&[]));
            let check = gated.as_object_mut().unwrap().remove("check").unwrap();
            assert_eq!(check, serde_json::json!({ "passed": code == 0, "fail_on": level }));
            gated["packages"][0].as_object_mut().unwrap().remove("check").unwrap();
            assert_eq!(gated, open);
            for (format, word) in [("text", ["gate passed", "gate failed"]), ("markdown", ["## ✅", "## ❌"])] {
                let shown = scratch.compare(&["old.wit", new, "--fail-on", level, "--format", format]).stdout;
                assert!(shown.contains(word[usize::from(code == 1)]) || new == "old.wit", "{shown}");
            }
        }
    }
}

#[test]
fn wrong_usage() {
    let scratch = Scratch::filled();
    let wrong = |flags: &[&str], message: &str| {
        let run = scratch.compare(&[&["old.wit", "minor.wit"], flags].concat()).code(2).says(message);
        assert_eq!(run.stdout, "");
    };
    wrong(&["--unknown"], "unexpected argument '--unknown'");
    wrong(&["third.wit"], "two revisions are compared, and 3 are named here");
    wrong(&["--fail-on", "huge"], "patch, minor or major");
    wrong(&["--fail-on", "Major"], "patch, minor or major");
    wrong(&["--fail-on"], "--fail-on <LEVEL>");
    wrong(&["--protect", "users"], "[possible values: guests, hosts, all]");
    wrong(&["--format", "xml"], "[possible values: text, json, markdown, html, sarif, junit, github, gitlab]");
    wrong(&["--color", "red"], "[possible values: auto, always, never]");
    wrong(&["--output", "report.json"], "FORMAT=FILE");
    wrong(&["--output", "xml=report.xml"], "`xml` is no format");
    wrong(&["--output", "json="], "names no file");
    wrong(&["--max-file-size", "huge"], "no ");
    wrong(&["--max-file-size", "10Q"], "K, M or G");
    wrong(&["--max-file-size", "-1"], "");
    wrong(&["--max-file-size", "99999999999G"], "too large");
    scratch.compare(&["old.wit"]).code(2).says("`compare OLD old.wit`");
    scratch.compare(&[]).code(2).says("`OLD NEW`, a range `A..B`, or one revision");
    scratch.call(&["contrast", "old.wit", "minor.wit"]).code(2).says("unrecognized subcommand 'contrast'");
}

#[test]
fn help_and_version() {
    let scratch = Scratch::new();
    scratch.call(&[]).code(2).says("Usage: wit-diff").says("compare");
    scratch.call(&["--help"]).code(0).prints("compare");
    scratch.call(&["-h"]).code(0).prints("compare");
    scratch.call(&["--version"]).code(0).prints(concat!("wit-diff ", env!("CARGO_PKG_VERSION"), "\n"));
    let long = scratch.compare(&["--help"]).code(0).prints("Exit codes: 0 done").prints("Examples:");
    let short = scratch.compare(&["-h"]).code(0);
    for flag in ["protect", "package", "fail-on", "format", "output", "verbose"] {
        assert!([&long, &short].iter().all(|help| help.stdout.contains(&format!("--{flag}"))), "--{flag}");
    }
    for flag in ["repo", "features", "all-features", "quiet", "max-file-size"] {
        assert!(long.stdout.contains(&format!("--{flag}")) && !short.stdout.contains(&format!("--{flag}")), "--{flag}");
    }
}

/// One of two formats in one file would be lost.
#[test]
fn two_formats_do_not_go_to_one_file() {
    let scratch = Scratch::filled();
    scratch.write("there", "before");
    std::fs::create_dir(scratch.path().join("sub")).unwrap();
    let absolute = scratch.path().join("same").to_str().unwrap().to_owned();
    for other in ["same", "./same", "sub/../same", &absolute] {
        let (one, two) = ("--output=markdown=same", format!("--output=json={other}"));
        let run = scratch.compare(&["old.wit", "minor.wit", "--output", "text=there", one, &two]).code(2);
        assert_eq!(run.stdout, "", "{other}");
        run.says("error: two formats would go to `").says(other);
        assert!(!scratch.path().join("same").exists() && scratch.read("there") == "before", "{other}");
    }
    // One way or the other to a file that is there.
    #[cfg(unix)]
    {
        scratch.link("link", "there");
        let outputs = ["--output=markdown=there", "--output=json=link"];
        scratch.compare(&[&["old.wit", "minor.wit"], &outputs[..]].concat()).code(2).says("two formats");
        assert_eq!(scratch.read("there"), "before");
        // Nothing is lost where all goes to nobody.
        let nowhere = ["--output=markdown=/dev/null", "--output=json=/dev/null"];
        scratch.compare(&[&["old.wit", "minor.wit"], &nowhere[..]].concat()).code(0);
    }
    scratch.compare(&["old.wit", "minor.wit", "--output=markdown=a", "--output=json=sub/a"]).code(0);
    assert!(scratch.read("a").starts_with("<!-- wit-diff") && scratch.read("sub/a").starts_with('{'));
    // The history of a repository, too.
    scratch.git(&["init", "-q", "-b", "main"]);
    scratch.release("v1.0.0");
    scratch.call(&["log", "--output=markdown=log", "--output=json=./log"]).code(2).says("two formats");
    assert!(!scratch.path().join("log").exists());
}

#[test]
fn nothing_was_compared() {
    let scratch = Scratch::filled();
    scratch.compare(&["empty", "old.wit"]).code(4).says("old revision `empty`").says("holds no `.wit` file");
    scratch.compare(&["old.wit", "empty"]).code(4).says("new revision `empty`");
    scratch.compare(&["empty", "empty"]).code(4);
    scratch.compare(&["old.wit", "major.wit", "--package", "a:c"]).code(4).says("no package is called `a:c`");
    // With the gate, too.
    scratch.compare(&["old.wit", "major.wit", "--package", "a:c", "--fail-on", "major"]).code(4);
    scratch.compare(&["empty", "old.wit", "--fail-on", "patch"]).code(4);
    let report = scratch.report(4, &["old.wit", "major.wit", "--package", "a:c"]);
    assert_eq!(report["packages"], serde_json::json!([]));
    scratch.write("project/src/a.rs", "").write("project/api/wit/a.wit", OLD);
    scratch.compare(&["old.wit", "project"]).code(0).prints("a:b 1.0.0 (unchanged)");
    scratch.write("neither/src/a.rs", "").write("neither/api/wit/a.wit", "interface i {}");
    scratch.compare(&["old.wit", "neither"]).code(4).says("did you mean `neither/api/wit`?");
}

#[test]
fn undetermined_comes_before_the_gate() {
    let scratch = Scratch::filled();
    scratch.compare(&["old.wit", "broken.wit", "--fail-on", "patch"]).code(3);
    scratch.compare(&["broken.wit", "old.wit", "--fail-on", "patch"]).code(3);
    scratch.compare(&["old.wit", "broken.wit", "--package", "a:b"]).code(3);
}

#[test]
fn features_open_gates() {
    let scratch = Scratch::filled();
    let gated = OLD.replace("f: func();", "f: func();\n  @unstable(feature = x)\n  g: func();");
    scratch.write("gated.wit", &gated).write("changed.wit", gated.replace("g: func()", "g: func(a: u8)"));
    let level = |flags: &[&str]| {
        let report = scratch.report(0, &[&["gated.wit", "changed.wit"], flags].concat());
        (report["level"].as_str().unwrap().to_owned(), report["features"].to_string())
    };
    assert_eq!(level(&[]), ("patch".into(), "[]".into()));
    assert_eq!(level(&["--features", "y"]), ("patch".into(), r#"["y"]"#.into()));
    assert_eq!(level(&["--features", "x"]), ("major".into(), r#"["x"]"#.into()));
    assert_eq!(level(&["--features", "y,x"]), ("major".into(), r#"["x","y"]"#.into()));
    assert_eq!(level(&["--features", "y, x"]), ("major".into(), r#"["x","y"]"#.into()));
    assert_eq!(level(&["--features", "y", "--features", "x"]).0, "major");
    assert_eq!(level(&["--all-features"]), ("major".into(), r#"["x"]"#.into()));
    let gate = &scratch.report(0, &["gated.wit", "changed.wit"])["packages"][0]["changes"][0]["gate"];
    assert_eq!(gate["unstable"], "x");
}

#[test]
fn a_package_that_needs_a_feature() {
    let scratch = Scratch::filled();
    let needing = "package a:b@1.1.0;\ninterface i {\n  @unstable(feature = x)\n  type t = u8;\n  f: func(a: t);\n}\n";
    scratch.write("needing.wit", needing);
    let run = scratch.compare(&["old.wit", "needing.wit"]).code(3).says("needing.wit:5:3");
    run.says("help: it resolves with the feature `x`: pass `--features x`");
    scratch.compare(&["old.wit", "needing.wit", "--features", "x"]).code(0).prints("major");
    let both = needing.replace("  f:", "  @unstable(feature = y)\n  type u = u8;\n  g: func(a: u);\n  f:");
    scratch.write("both.wit", both);
    scratch.compare(&["old.wit", "both.wit"]).code(3).says("pass `--all-features`");
}

#[test]
fn parties_to_protect() {
    let scratch = Scratch::filled();
    for (parties, level, headline) in [
        ("guests", "minor", "minor for guests: a:b"),
        ("hosts", "major", "major for hosts: a:b"),
        ("all", "major", "major for guests and hosts: a:b"),
    ] {
        let pair = ["old.wit", "minor.wit", "--protect", parties];
        let report = scratch.report(0, &pair);
        assert_eq!((&report["protect"], &report["level"]), (&parties.into(), &level.into()));
        scratch.compare(&pair).code(0).prints(headline);
    }
}

#[test]
fn files_beside_the_standard_output() {
    let scratch = Scratch::filled();
    let pair = ["old.wit", "minor.wit"];
    let (text, json) = (scratch.compare(&pair), scratch.compare(&[&pair[..], &["--format", "json"]].concat()));
    let run = scratch.compare(&[&pair[..], &["--output", "json=a.json", "--output", "text=a.txt"]].concat()).code(0);
    assert_eq!((&run.stdout, run.stderr.as_str()), (&text.stdout, ""));
    assert_eq!((scratch.read("a.json"), scratch.read("a.txt")), (json.stdout.clone(), text.stdout.clone()));
    let flags = ["--output", "text=b.txt", "--format", "json", "--color", "always"];
    assert_eq!(scratch.compare(&[&pair[..], &flags].concat()).code(0).stdout, json.stdout);
    assert_eq!(scratch.read("b.txt"), text.stdout);
    // A report on what failed is a report.
    scratch.compare(&["old.wit", "broken.wit", "--quiet", "--output", "json=c.json"]).code(3);
    assert!(scratch.read("c.json").contains("\"undetermined\""));
    for output in ["json=nowhere/a.json", "json=empty"] {
        let run = scratch.compare(&["old.wit", "minor.wit", "--output", output]).code(2);
        assert_eq!(run.says("error: cannot write `").stdout, "");
    }
}

#[test]
fn quiet_and_verbose() {
    let scratch = Scratch::filled();
    scratch.compare(&["old.wit", "minor.wit", "--quiet"]).code(0).silent();
    scratch.compare(&["old.wit", "minor.wit", "-q", "--fail-on", "major"]).code(0).silent();
    scratch.compare(&["old.wit", "major.wit", "-q", "--fail-on", "major"]).code(1).silent();
    scratch.compare(&["old.wit", "broken.wit", "-q"]).code(3).says("broken.wit:3:6");
    scratch.compare(&["old.wit", "empty", "-q"]).code(4).says("holds no `.wit` file");
    let functions = |docs: &str| (0..9).map(|n| format!("{docs}f{n}: func();\n")).collect::<String>();
    for (name, docs) in [("plain.wit", ""), ("documented.wit", "/// Says what it does.\n")] {
        scratch.write(name, format!("package a:b@1.0.0;\ninterface i {{\n{}}}\n", functions(docs)));
    }
    let pair = ["plain.wit", "documented.wit"];
    let short = scratch.compare(&pair).code(0).prints("more: pass --verbose to list them");
    let long = scratch.compare(&[&pair[..], &["--verbose"]].concat()).code(0).prints("`f8`");
    assert!(short.stdout.len() < long.stdout.len());
    assert_eq!(scratch.compare(&[&pair[..], &["-v"]].concat()).stdout, long.stdout);
}

#[test]
fn the_largest_file_that_is_read() {
    let scratch = Scratch::filled();
    let run = scratch.compare(&["old.wit", "minor.wit", "--max-file-size", "10"]).code(3);
    run.says("over the limit of 10 bytes").says("`--max-file-size` raises the limit");
    scratch.compare(&["old.wit", "minor.wit", "--max-file-size", &MINOR.len().to_string()]).code(0);
    scratch.compare(&["old.wit", "minor.wit", "--max-file-size", &(MINOR.len() - 1).to_string()]).code(3);
    scratch.compare(&["old.wit", "minor.wit", "--max-file-size", "0"]).code(3);
    scratch.compare(&["old.wit", "minor.wit", "--max-file-size", "1KiB"]).code(0);
    scratch.compare_with_input(&["-", "minor.wit", "--max-file-size", "60"], &OLD.repeat(9)).code(3).says("<stdin>");
    assert_eq!(
        each(&scratch.report(3, &["old.wit", "minor.wit", "--max-file-size", "10"])["errors"], "side"),
        ["old", "new"]
    );
}
