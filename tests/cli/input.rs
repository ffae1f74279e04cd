//! Everything that can stand for a revision of WIT text on the disk.

use super::{MAJOR, MINOR, OLD, Scratch, each};
use serde_json::Value;

#[track_caller]
fn is_minor(report: &Value) {
    assert_eq!(each(&report["packages"], "name"), ["a:b"], "{report:#}");
    assert_eq!(report["level"], "minor", "{report:#}");
}

#[test]
fn one_file() {
    let scratch = Scratch::filled();
    let report = scratch.report(0, &["old.wit", "minor.wit"]);
    is_minor(&report);
    assert_eq!(report["old"], serde_json::json!({ "input": "old.wit", "kind": "path" }));
    assert_eq!(report["packages"][0]["changes"][0]["new"]["file"], "minor.wit");
    let absolute = scratch.path().join("minor.wit");
    is_minor(&scratch.report(0, &["./old.wit", absolute.to_str().unwrap()]));
}

#[test]
fn a_directory_and_the_same_with_wit_inside() {
    let scratch = Scratch::filled();
    scratch.write("new/b.wit", "interface j { }").write("new/a.wit", MINOR);
    scratch.write("project/wit/b.wit", "interface j { }").write("project/wit/a.wit", MINOR);
    scratch.write("project/Cargo.toml", "");
    for input in ["new", "new/", "./new", "project", "project/wit"] {
        let report = scratch.report(0, &["old.wit", input]);
        is_minor(&report);
        assert_eq!(each(&report["packages"][0]["interfaces"], "name"), ["i", "j"], "{input}");
    }
    scratch.compare_in("new", &["../old.wit", "."]).code(0).prints("minor for guests: a:b");
}

#[test]
fn a_directory_with_dependencies() {
    let scratch = Scratch::new();
    for (side, version, more) in [("old", "1.0.0", ""), ("new", "1.1.0", " g: func(t: t);")] {
        let main = format!("package a:b@{version};\ninterface i {{ use c:d/types@0.1.0.{{t}}; f: func();{more} }}");
        scratch.write(&format!("{side}/main.wit"), main);
        scratch.write(&format!("{side}/deps/d/types.wit"), "package c:d@0.1.0; interface types { use e:f/x.{t}; }");
        scratch.write(&format!("{side}/deps/f.wit"), "package e:f; interface x { record t { a: u8 } }");
    }
    is_minor(&scratch.report(0, &["old", "new"]));
    // The text of a dependency that is asked for in another version.
    scratch.write("new/deps/d/types.wit", "package c:d@0.2.0; interface types { type t = u8; }");
    let run = scratch.compare(&["old", "new"]).code(3);
    run.says("new revision").says("'c:d@0.1.0' not found").says("main.wit:2:19").says("help: ");
    scratch.write("new/deps/d/types.wit", "package c:d@0.1.0; interface types { type t = ; }");
    scratch.compare(&["old", "new"]).code(3).says("deps/d/types.wit:1:47");
}

#[test]
fn a_dependency_that_is_nowhere() {
    let scratch = Scratch::filled();
    scratch.write("new/main.wit", "package a:b;\nworld w {\n  import c:d/i@0.1.0;\n}\n");
    let run = scratch.compare(&["old.wit", "new"]).code(3);
    run.says("main.wit:3:10").says("put `c:d@0.1.0` into `deps/`");
}

#[test]
fn packages_side_by_side() {
    let scratch = Scratch::new();
    scratch.write("tree/b/main.wit", "package a:b@1.0.0; interface i { use a:d/types.{t}; f: func(); }");
    scratch.write("next/b/main.wit", "package a:b@1.1.0; interface i { use a:d/types.{t}; f: func(); g: func(); }");
    scratch.write("tree/d/types.wit", "package a:d; interface types { type t = u8; }");
    scratch.write("next/d/types.wit", "package a:d; interface types { type t = u8; }");
    is_minor(&scratch.report(0, &["tree/b", "next/b"]));
}

#[test]
fn the_standard_input_on_either_side_but_not_on_both() {
    let scratch = Scratch::filled();
    let read = |arguments: &[&str], text| scratch.compare_with_input(arguments, text).code(0).json();
    is_minor(&read(&["-", "minor.wit", "--format", "json"], OLD));
    let report = read(&["old.wit", "-", "--format", "json"], MINOR);
    is_minor(&report);
    assert_eq!(report["new"], serde_json::json!({ "input": "-", "kind": "path" }));
    scratch.compare_with_input(&["-", "-"], OLD).code(2).says("only one side can be `-`");
    let run = scratch.compare_with_input(&["old.wit", "-"], "package a:b\n").code(3);
    run.says("new revision `-`: ");
    scratch.compare(&["old.wit", "-"]).code(3).says("no `package` header");
}

#[test]
fn nested_packages_are_compared_each() {
    let scratch = Scratch::new();
    let old = "package a:root@1.0.0;
package a:x@1.0.0 { interface i { f: func(); } }
package a:gone@1.0.0 { interface i { f: func(); } }
interface r { }";
    let new = "package a:root@1.0.0;
package a:x@1.1.0 { interface i { f: func(); g: func(); } }
package a:fresh@1.0.0 { interface i { f: func(); } }
interface r { }";
    scratch.write("old.wit", old).write("new.wit", new);
    let report = scratch.report(0, &["old.wit", "new.wit"]);
    assert_eq!(each(&report["packages"], "name"), ["a:fresh", "a:gone", "a:root", "a:x"]);
    assert_eq!(each(&report["packages"], "status"), ["added", "removed", "unchanged", "changed"]);
    assert_eq!(report["level"], "major");
    let only = scratch.report(0, &["old.wit", "new.wit", "--package", "a:x", "--package", "a:root"]);
    assert_eq!(each(&only["packages"], "name"), ["a:root", "a:x"]);
    assert_eq!(only["level"], "minor");
    scratch.compare(&["old.wit", "new.wit", "--package", "a:x", "--fail-on", "major"]).code(0);
    scratch.compare(&["old.wit", "new.wit", "--fail-on", "major"]).code(1);
}

#[test]
fn two_versions_of_one_package() {
    let scratch = Scratch::new();
    let package = |one: &str, two: &str| {
        format!(
            "package a:root@1.0.0;
package a:x@{one} {{ interface i {{ f: func(); }} }}
package a:x@{two} {{ interface i {{ f: func(); g: func(a: u8); }} }}"
        )
    };
    scratch.write("old.wit", package("1.0.0", "2.0.0"));
    scratch.write("new.wit", package("1.0.1", "2.0.1").replace("a: u8", "a: u16"));
    let report = scratch.report(0, &["old.wit", "new.wit"]);
    let found: Vec<_> = (report["packages"].as_array().unwrap().iter())
        .map(|p| (p["old_version"].as_str().unwrap(), p["new_version"].as_str().unwrap(), p["level"].as_str().unwrap()))
        .collect();
    let expected = [("1.0.0", "1.0.0", "none"), ("1.0.0", "1.0.1", "none"), ("2.0.0", "2.0.1", "major")];
    assert_eq!(found, expected, "{report:#}");

    let user = "package a:b@1.0.0; interface i { use a:x/i@1.0.0.{t as one}; use a:x/i@2.0.0.{t as two}; f: func(); }";
    for side in ["old", "new"] {
        scratch.write(&format!("{side}/main.wit"), user);
        scratch.write(&format!("{side}/deps/x1.wit"), "package a:x@1.0.0; interface i { record t { a: u8 } }");
        scratch.write(&format!("{side}/deps/x2.wit"), "package a:x@2.0.0; interface i { record t { a: u16 } }");
    }
    let report = scratch.report(0, &["old", "new"]);
    assert_eq!((each(&report["packages"], "name"), &report["level"]), (vec!["a:b"], &"none".into()));
}

#[test]
fn more_than_eyes_can_see() {
    let scratch = Scratch::filled();
    let rest = "interface i {\n  f: func();\n}\n";
    scratch.write("bom.wit", format!("\u{feff}{OLD}")).write("crlf.wit", OLD.replace('\n', "\r\n"));
    scratch.write("documented.wit", format!("package a:b@1.0.0;\n/// One.\n/// Two.\n{rest}"));
    scratch.write("documented-crlf.wit", format!("package a:b@1.0.0;\r\n/// One.\r\n/// Two.\r\n{rest}"));
    for (old, new) in [("old.wit", "bom.wit"), ("old.wit", "crlf.wit"), ("documented.wit", "documented-crlf.wit")] {
        scratch.compare(&[old, new]).code(0).prints("none for guests: a:b 1.0.0 (unchanged)");
    }
    scratch.write("bad.wit", "package a:b@1.0.0;\r\ninterface i { f: fun(); }\r\n");
    scratch.compare(&["old.wit", "bad.wit"]).code(3).says("bad.wit:2:18\n");
}

#[test]
fn large_and_deep() {
    let scratch = Scratch::filled();
    let functions: String = (0..20_000).map(|n| format!(" fn{n}: func(a: u32) -> string;\n")).collect();
    scratch.write("huge.wit", format!("package a:b@1.0.0; interface i {{ {functions} }}"));
    scratch.compare(&["huge.wit", "huge.wit"]).code(0).prints("unchanged");
    let line = format!("package a:b@1.0.0; interface i {{ {} }}", functions.replace('\n', ""));
    scratch.write("line.wit", &line);
    scratch.compare(&["huge.wit", "line.wit"]).code(0).prints("unchanged");
    scratch.write("bad.wit", line.replace(" }", " g: fun(); }"));
    let run = scratch.compare(&["huge.wit", "bad.wit"]).code(3).says("bad.wit:1:").says("expected keyword `func`");
    assert!(run.stderr.len() < 1000, "{run:#?}");

    let deep = |depth: usize| format!("package a:b@1.0.0; type t = {}u8{};", "list<".repeat(depth), ">".repeat(depth));
    let deep = |depth: usize| deep(depth).replace("type", "interface i { type") + " }";
    scratch.write("deep.wit", deep(90)).write("deeper.wit", deep(101)).write("deepest.wit", deep(100_000));
    scratch.compare(&["old.wit", "deep.wit"]).code(0).prints("major");
    scratch.compare(&["old.wit", "deeper.wit"]).code(3).says("type nesting too deep");
    scratch.compare(&["old.wit", "deepest.wit"]).code(3).says("type nesting too deep");
    let names: String = (1..2000).map(|n| format!(" type t{n} = list<t{}>;\n", n - 1)).collect();
    scratch.write("named.wit", format!("package a:b@1.0.0; interface i {{ type t0 = u8;\n{names} f: func(); }}"));
    scratch.compare(&["old.wit", "named.wit"]).code(0).prints("minor");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_end_somewhere() {
    let scratch = Scratch::filled();
    let link = |target: &str, path: &str| std::os::unix::fs::symlink(target, scratch.path().join(path)).unwrap();
    link("minor.wit", "link.wit");
    is_minor(&scratch.report(0, &["old.wit", "link.wit"]));
    link("one.wit", "two.wit");
    link("two.wit", "one.wit");
    scratch.compare(&["old.wit", "one.wit"]).code(3).says("symbolic link");
    link("nowhere", "lost.wit");
    scratch.compare(&["old.wit", "lost.wit"]).code(3).says("`nowhere`, which does not exist");
    scratch.write("loop/main.wit", MAJOR);
    link("../loop", "loop/deps");
    scratch.compare(&["old.wit", "loop"]).code(3).says("two different locations");
}
