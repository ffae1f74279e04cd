//! Inputs that change their kind between the sides. A package is what it says, however it is kept: one file, a directory,
//! an encoded package or text from a pipe.

use super::{BODY, HEADER, Scratch, binary};

#[test]
fn a_file_that_becomes_a_directory_or_a_binary() {
    let scratch = Scratch::new();
    let text = format!("{HEADER}{BODY}");
    scratch.write("dir/a.wit", HEADER).write("dir/b.wit", BODY);
    scratch.write("project/wit/main.wit", &text);
    scratch.write("package.wasm", binary::package(&text));
    // A name says nothing.
    scratch.write("folder.wit/main.wit", &text);
    scratch.write("plain", &text);
    let kinds = ["old.wit", "dir", "project", "package.wasm", "folder.wit", "plain"];
    for old in kinds {
        for new in kinds {
            scratch.compare(&[old, new]).succeeds("none for guests: a:b 1.0.0 (unchanged)");
        }
    }
    let run = scratch.compare_with_input(&["package.wasm", "-"], text.as_bytes());
    run.succeeds("none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn and_changes_meanwhile() {
    let scratch = Scratch::new();
    let more = format!("{HEADER}interface i {{\n  f: func() -> u8;\n}}\n");
    scratch.write("dir/main.wit", &more).write("package.wasm", binary::package(&more));
    for new in ["dir", "package.wasm"] {
        scratch.compare(&["old.wit", new]).succeeds("major for guests: a:b 1.0.0");
        scratch.compare(&[new, "old.wit"]).succeeds("major for guests: a:b 1.0.0");
    }
}

#[test]
fn a_package_that_becomes_a_component() {
    let scratch = Scratch::new();
    let text = format!("{HEADER}{BODY}world w {{\n  import i;\n}}\n");
    scratch.write("main.wit", &text).write("component.wasm", binary::component(&text));
    // A component still names the interfaces of the package. Its world has lost its name.
    let run = scratch.compare(&["main.wit", "component.wasm"]);
    run.succeeds("major for guests: a:b 1.0.0");
    assert!(run.stdout.contains("world `w` removed"), "{run:#?}");
    assert!(run.stdout.contains("minor for guests: root:component (added)"), "{run:#?}");
}

#[test]
fn an_item_that_changes_its_kind() {
    let scratch = Scratch::new();
    let kinds = [
        "record t { a: u8 }",
        "variant t { a(u8) }",
        "enum t { a }",
        "flags t { a }",
        "type t = u8;",
        "resource t;",
        "t: func();",
        "type t = tuple<u8>;",
    ];
    for (n, kind) in kinds.iter().enumerate() {
        scratch.write(&format!("{n}.wit"), format!("{HEADER}interface i {{\n  {kind}\n}}\n"));
    }
    for old in 0..kinds.len() {
        for new in (0..kinds.len()).filter(|new| *new != old) {
            let run = scratch.compare(&[&format!("{old}.wit"), &format!("{new}.wit")]);
            assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:#?}");
            assert!(
                run.stdout.contains("\nmajor for guests: a:b 1.0.0\n"),
                "{} and {}: {run:#?}",
                kinds[old],
                kinds[new]
            );
        }
    }
    // An interface that becomes a world of the same name.
    scratch.write("interface.wit", format!("{HEADER}interface i {{ }}\n"));
    scratch.write("world.wit", format!("{HEADER}world i {{ }}\n"));
    scratch.compare(&["interface.wit", "world.wit"]).succeeds("major for guests: a:b 1.0.0");
}
