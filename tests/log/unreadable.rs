//! Revisions that cannot be read: rows that say why, and nothing is lost behind them.

use super::*;

#[test]
fn in_the_middle() {
    let scratch = Scratch::releases(&[
        ("1.0.0", F),
        ("1.1.0", BROKEN),
        ("1.2.0", "interface i { f: fun; }"),
        ("2.0.0", F_CHANGED),
    ]);
    let log = scratch.json(3, &[]);
    assert_eq!(
        rows(&log, "a:p"),
        [
            "v2.0.0<v1.0.0 changed major 1.0.0>2.0.0 sufficient 2.0.0",
            "v1.2.0<v1.0.0 undetermined - 1.0.0>1.2.0 undetermined -",
            "v1.1.0<v1.0.0 undetermined - 1.0.0>1.1.0 undetermined -",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    let error = &row(&log, "a:p", "v1.1.0")["error"];
    assert_eq!((&error["file"], &error["line"], &error["side"]), (&"wit/a.wit".into(), &3.into(), &"new".into()));
    scratch.log(&[]).code(3).prints("v1.1.0: undetermined, because expected").prints("(wit/a.wit:3:");
    // What is not asked for does not count.
    scratch.json(0, &["--limit", "1"]);
}

#[test]
fn until_it_is_what_it_was() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", BROKEN)]);
    scratch.write("README.md", "still broken");
    scratch.release("v1.1.1");
    scratch.package("wit/a.wit", "a:p@1.0.0", F);
    scratch.release("v1.1.2");
    let log = scratch.json(3, &[]);
    assert_eq!(
        rows(&log, "a:p"),
        [
            "v1.1.2<v1.0.0 unchanged none 1.0.0>1.0.0 sufficient 1.0.0 (readable again, and as it was in v1.0.0)",
            "v1.1.0<v1.0.0 undetermined - 1.0.0>1.1.0 undetermined -",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    assert_eq!(named(&log, "a:p")["unchanged"], 1);
}

#[test]
fn at_the_beginning() {
    let scratch = Scratch::releases(&[("1.0.0", BROKEN), ("1.1.0", F)]);
    assert_eq!(
        rows(&scratch.json(3, &[]), "a:p"),
        ["v1.1.0<- added minor ->1.1.0 sufficient 1.1.0", "v1.0.0<- undetermined - ->1.0.0 undetermined -"]
    );
    // The base of a range is not a row, and yet it is said.
    let log = scratch.json(3, &["v1.0.0.."]);
    assert_eq!(rows(&log, "a:p"), ["v1.1.0<v1.0.0 undetermined - 1.0.0>1.1.0 undetermined -"]);
    assert_eq!(row(&log, "a:p", "v1.1.0")["error"]["side"], "old");
    scratch.log(&["v1.0.0.."]).prints("v1.0.0, which it is compared with, cannot be read");
}

/// A revision of which not even the packages are known.
#[test]
fn as_a_whole() {
    let scratch = Scratch::releases(&[("1.0.0", F)]);
    scratch.write("wit/a.wit", "version https://git-lfs.github.com/spec/v1\n");
    scratch.release("v1.1.0");
    scratch.write("README.md", "the same");
    scratch.release("v1.1.1");
    scratch.package("wit/a.wit", "a:p@1.2.0", FG).package("b/b.wit", "b:p@1.2.0", F);
    scratch.release("v1.2.0");
    let log = scratch.json(3, &[]);
    assert_eq!(
        rows(&log, "a:p"),
        [
            "v1.2.0<v1.0.0 changed minor 1.0.0>1.2.0 sufficient 1.1.0",
            "v1.1.0<- undetermined - ->- undetermined -",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    let message = row(&log, "a:p", "v1.1.0")["error"]["message"].as_str().unwrap();
    assert_eq!(message, "`v1.1.0:wit/a.wit` is a Git LFS pointer: the contents are not in the repository itself");
    // It may have held any package that came with the next one.
    assert_eq!(
        rows(&log, "b:p"),
        ["v1.2.0<- added minor ->1.2.0 sufficient 1.2.0", "v1.1.0<- undetermined - ->- undetermined -"]
    );
    let alone = Scratch::repository();
    alone.write("wit/a.wit", "version https://git-lfs.github.com/spec/v1\n").release("v1.0.0");
    let log = alone.json(3, &[]);
    assert_eq!(rows(&log, "unknown"), ["v1.0.0<- undetermined - ->- undetermined -"]);
}

#[test]
fn a_package_that_is_there_twice() {
    let scratch = Scratch::releases(&[("1.0.0", F)]);
    scratch.package("a/a.wit", "a:p@1.1.0", FG).package("b/a.wit", "a:p@1.1.0", FGH);
    scratch.git(&["rm", "-rq", "wit"]);
    scratch.release("v1.1.0");
    scratch.git(&["rm", "-rq", "b"]);
    scratch.package("a/a.wit", "a:p@1.2.0", FG);
    scratch.release("v1.2.0");
    let log = scratch.json(3, &[]);
    let told = rows(&log, "a:p");
    assert_eq!(told[0], "v1.2.0<v1.0.0 changed minor 1.0.0>1.2.0 sufficient 1.1.0");
    assert!(told[1].starts_with("v1.1.0<- undetermined"), "{told:#?}");
    assert!(text(&row(&log, "a:p", "v1.1.0")["error"]["message"]).contains("they differ"));
}
