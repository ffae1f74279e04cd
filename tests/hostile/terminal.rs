//! What an input may say to a terminal: nothing.

#![cfg(unix)]

use super::{HEADER, Scratch};
use std::fs;

/// A name that clears the screen and turns the rest of the line round.
const NAME: &str = "a\u{1b}[2J\u{202e}\n.wit";

#[test]
fn names_of_files() {
    let scratch = Scratch::new();
    scratch.write(NAME, format!("{HEADER}interface i {{\n  f: fun();\n}}\n"));
    scratch.refuses(
        NAME,
        r"
error: new revision `a\u{1b}[2J\u{202e}\u{a}.wit`: expected keyword `func`,
       found an identifier
 --> a\u{1b}[2J\u{202e}\u{a}.wit:3:6
  |
3 |   f: fun();
  |      ^
",
    );
    scratch
        .write("dir/deps/d.wit", "package c:d;\n")
        .write(&format!("dir/{NAME}"), format!("{HEADER}interface i {{\n"));
    scratch.refuses(
        "dir",
        r"
error: new revision `dir`: expected `type`, `resource` or `func`, found eof
 --> a\u{1b}[2J\u{202e}\u{a}.wit:3:1
  |
3 |
  | ^
",
    );
    fs::create_dir_all(scratch.path().join("empty").join(NAME)).unwrap();
    scratch.refuses_with(
        "empty",
        4,
        r"
error: new revision `empty`: `empty` holds no `.wit` file
 |
 = help: `empty` holds `a\u{1b}[2J\u{202e}\u{a}.wit/`
",
    );
    let missing = "b\u{1b}]0;title\u{7}\u{2066}.wit";
    scratch.refuses(
        missing,
        r"
error: new revision `b\u{1b}]0;title\u{7}\u{2066}.wit`: there is no path
       `b\u{1b}]0;title\u{7}\u{2066}.wit`, and no revision either: the working
       directory is not in a git repository
 |
 = help: `.` holds `a\u{1b}[2J\u{202e}\u{a}.wit`, `dir/`, `empty/`,
         `old.wit`; `--repo DIRECTORY` names the repository
",
    );
}

#[test]
fn places_in_reports() {
    let scratch = Scratch::new();
    scratch.write(NAME, format!("{HEADER}interface i {{\n  f: func();\n  g: func(); // \u{200f}x\u{feff}\n}}\n"));
    let run = scratch.compare(&["old.wit", NAME]);
    run.succeeds("minor for guests: a:b 1.0.0");
    assert!(run.stdout.contains(" --> a\\u{1b}[2J\\u{202e}\\u{a}.wit:4:3\n"), "{run:#?}");
    assert!(run.stdout.contains(" 4 |   g: func(); // \\u{200f}x\\u{feff}\n"), "{run:#?}");
    let run = scratch.compare(&["old.wit", NAME, "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["new"]["input"], NAME);
    assert_eq!(report["packages"][0]["changes"][0]["new"]["file"], NAME);
}

#[test]
fn arguments() {
    let scratch = Scratch::new();
    let run = scratch.compare(&["old.wit", "old.wit", "--features", "a\u{1b}[2Jb"]);
    assert_eq!(run.stderr, "warning: no gate names the feature `a\\u{1b}[2Jb`\n");
    let run = scratch.compare(&["old.wit", "old.wit", "--package", "a\u{202e}b"]);
    run.fails(
        4,
        r"
error: no package is called `a\u{202e}b`
 |
 = help: leave `--package` out to see which ones there are
",
    );
}
