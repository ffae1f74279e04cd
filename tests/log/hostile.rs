//! What strangers wrote shows as it is, and does nothing.

use super::*;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

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
    assert!(!markdown.contains(['\u{1b}', '\u{202e}']), "{markdown}");
    let mut options = Options::default();
    (options.extension.table, options.extension.autolink) = (true, true);
    let arena = Arena::new();
    let mut rows = 0;
    for node in parse_document(&arena, &markdown, &options).descendants() {
        match &node.data.borrow().value {
            NodeValue::TableRow(_) => {
                assert_eq!(node.children().count(), 7, "{markdown}");
                rows += 1;
            }
            NodeValue::Text(text) => assert!(!text.contains(['@', '#', '<', '|']), "{text:?} in {markdown}"),
            // Lines of a cell.
            NodeValue::HtmlInline(html) => assert_eq!(html, "<br>"),
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::Table(_)
            | NodeValue::TableCell
            | NodeValue::Strong
            | NodeValue::Code(_) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    assert_eq!(rows, 1 + 2, "{markdown}");
    let shown = "`` \\u{1b}[31mRed\\u{1b}[0m \\| `x` <img src=x> @octocat #1 https://evil.test \\u{202e}gnp ``";
    assert!(markdown.contains(shown.trim_matches('`').trim()), "{markdown}");
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
