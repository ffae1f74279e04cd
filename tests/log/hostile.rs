//! What strangers wrote shows as it is, and does nothing.

use super::*;

const SUBJECT: &str = "\u{1b}[31mRed\u{1b}[0m | `x` <img src=x> @octocat #1 https://evil.test \u{202e}gnp";

fn scratch() -> Scratch {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p@1.0.0", F).commit("Begin");
    scratch.package("wit/a.wit", "a:p@1.1.0", FG).commit(SUBJECT);
    scratch
}

#[test]
fn at_a_terminal() {
    let scratch = scratch();
    for arguments in [&[][..], &["--verbose"], &["--item", "a:p/i#g"]] {
        let run = scratch.log(arguments).code(0);
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{run:#?}");
    }
    scratch.log(&[]).prints("\\u{1b}[31mRed");
    // For programs it is what it is.
    let log = scratch.json(0, &[]);
    assert_eq!(list(&named(&log, "a:p")["rows"])[0]["subject"], SUBJECT);
}

#[test]
fn on_github() {
    let scratch = scratch();
    let markdown = scratch.log(&["--format", "markdown"]).code(0).stdout;
    for effect in ["<img", "@octocat", " #1", "https://", "\u{1b}", "\u{202e}", "| `x`"] {
        assert!(!markdown.contains(effect), "{effect:?} in {markdown}");
    }
    for row in markdown.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(row.matches('|').count(), 8, "{row}");
    }
}

#[test]
fn days_that_no_calendar_has() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p@1.0.0", F);
    scratch.git(&["add", "-A"]);
    let tree = scratch.git(&["write-tree"]);
    let commit =
        format!("tree {tree}\nauthor a <a@a> 99999999999999 +0000\ncommitter a <a@a> 99999999999999 +0000\n\nLate\n");
    scratch.write("commit.txt", commit);
    let id = scratch.git(&["hash-object", "-t", "commit", "-w", "--literally", "commit.txt"]);
    let log = scratch.json(0, &[&id]);
    assert_eq!(list(&named(&log, "a:p")["rows"])[0]["date"], "unknown");
}

#[test]
fn ranges_and_items_that_mean_no_good() {
    let scratch = scratch();
    for arguments in
        [&["--", "-x"][..], &[""], &["..", "x"], &["--item", ""], &["--item", "a:p/i#\u{1b}[2J"], &["\u{1b}[2J"]]
    {
        let run = scratch.log(arguments);
        assert!(matches!(run.code, Some(2..=4)), "{run:#?}");
        assert!(!run.stderr.contains('\u{1b}'), "{run:#?}");
    }
}

/// Links and directories that look alike: nothing that changes what a package is goes unseen.
#[test]
fn what_is_skipped_without_looking() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p@1.0.0", F);
    scratch.write("notes.txt", "package b:p;\ninterface i { f: func(); }\n");
    std::fs::create_dir(scratch.path().join("linked")).unwrap();
    scratch.link("linked/b.wit", "../notes.txt");
    scratch.commit("Begin");
    scratch.write("notes.txt", "package b:p;\ninterface i { f: func(); g: func(); }\n");
    scratch.commit("Through a link");
    scratch.write("README.md", "words");
    scratch.commit("Explain");
    let log = scratch.json(0, &[]);
    assert_eq!(by_subject(&log, "b:p"), ["Through a link: changed minor ->-", "Begin: added minor ->-"]);
    assert_eq!(named(&log, "a:p")["unchanged"], 2);
}
