//! What is in a row beside its level.

use super::*;

#[test]
fn for_whom_levels_answer() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG)]);
    let level = |flags: &[&str]| text(&row(&scratch.json(0, flags), "a:p", "v1.1.0")["level"]);
    assert_eq!((level(&[]), level(&["--protect", "hosts"])), ("minor".to_owned(), "major".to_owned()));
    scratch
        .log(&["--protect", "hosts"])
        .prints("levels for hosts")
        .prints("declared 1.1.0 is insufficient, needs 2.0.0");
}

#[test]
fn gates() {
    let gated = |f: &str| format!("interface i {{ g: func(); @unstable(feature = fancy) {f} }}");
    let scratch = Scratch::releases(&[("1.0.0", &gated("f: func();")), ("1.0.1", &gated("f: func(a: u8);"))]);
    let row_of = |flags: &[&str]| row(&scratch.json(0, flags), "a:p", "v1.0.1").clone();
    let shut = row_of(&[]);
    assert_eq!((&shut["level"], &shut["changes"][0]["gate"]["unstable"]), (&"patch".into(), &"fancy".into()));
    assert_eq!(row_of(&["--features", "fancy"])["level"], "major");
    assert_eq!(row_of(&["--all-features"])["level"], "major");
    let run = scratch.log(&["--features", "plain"]).code(0);
    assert!(run.stderr.contains("warning: no gate names the feature `plain`"), "{run:#?}");
    assert_eq!(scratch.log(&["--features", "fancy"]).stderr, "");
}

#[test]
fn packages_without_a_version() {
    let scratch = Scratch::repository();
    for (tag, body) in [("v1", F), ("v1.0.0", F), ("v1.1.0", FG)] {
        scratch.package("wit/a.wit", "a:p", body);
        scratch.release(tag);
    }
    assert_eq!(
        rows(&scratch.json(0, &["--tags"]), "a:p"),
        ["v1.1.0<v1.0.0 changed minor ->- unversioned -", "v1.0.0<- added minor ->- unversioned -"]
    );
}

#[test]
fn packages_written_in_the_files_of_others() {
    let nested = |f: &str| format!("package a:inner@1.0.0 {{ interface j {{ {f} }} }}\ninterface i {{ f: func(); }}");
    let scratch = Scratch::releases(&[("1.0.0", &nested("f: func();")), ("1.1.0", &nested("f: func(); g: func();"))]);
    let log = scratch.json(0, &[]);
    assert_eq!(each(&log["packages"], "name"), ["a:inner", "a:p"]);
    assert_eq!(
        rows(&log, "a:inner"),
        [
            "v1.1.0<v1.0.0 changed minor 1.0.0>1.0.0 unchanged-version 1.1.0",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
}

#[test]
fn a_version_that_went_backwards() {
    let scratch = Scratch::releases(&[("1.1.0", F)]);
    scratch.package("wit/a.wit", "a:p@1.0.0", F);
    scratch.release("v1.1.1");
    let log = scratch.json(0, &[]);
    assert_eq!(rows(&log, "a:p")[0], "v1.1.1<v1.1.0 unchanged none 1.1.0>1.0.0 went-backwards 1.1.0");
    scratch.log(&[]).prints("went backwards from 1.1.0 to 1.0.0");
}
