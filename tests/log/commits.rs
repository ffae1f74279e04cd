//! Commits along first parents.

use super::*;

#[test]
fn where_nothing_is_tagged() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p@1.0.0", F).commit("Begin");
    scratch.write("README.md", "words").commit("Explain");
    scratch.package("wit/a.wit", "a:p@1.0.0", FG).commit("Add g");
    scratch.package("wit/a.wit", "a:p@1.1.0", FG).commit("Release 1.1.0");
    let log = scratch.json(0, &[]);
    assert_eq!((&log["by"], &log["revisions"]), (&"commits".into(), &4.into()));
    assert_eq!(
        by_subject(&log, "a:p"),
        ["Release 1.1.0: unchanged none 1.0.0>1.1.0", "Add g: changed minor 1.0.0>1.0.0", "Begin: added minor ->1.0.0",]
    );
    assert_eq!(named(&log, "a:p")["unchanged"], 1);
    let run = scratch.log(&[]).code(0);
    run.prints("(Add g): minor, not bumped: still 1.0.0, needs 1.1.0 - minor: i: function `g` added")
        .never_names("does not honour");
    // With a tag, the tags are what is told, unless commits are asked for.
    scratch.git(&["tag", "v1.1.0"]);
    assert_eq!(scratch.json(0, &[])["by"], "tags");
    assert_eq!(by_subject(&scratch.json(0, &["--commits"]), "a:p").len(), 3);
}

#[test]
fn a_merge_counts_as_one() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p", F).commit("Begin");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.package("wit/a.wit", "a:p", FG).commit("Add g");
    scratch.package("wit/a.wit", "a:p", FGH).commit("Add h");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("README.md", "words").commit("Explain");
    scratch.git(&["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    let log = scratch.json(0, &[]);
    assert_eq!(by_subject(&log, "a:p"), ["Merge topic: changed minor ->-", "Begin: added minor ->-"]);
    let merged = &list(&named(&log, "a:p")["rows"])[0];
    assert_eq!(changes(merged, "minor"), [("function-added", "a:p/i#g"), ("function-added", "a:p/i#h")]);
    assert_eq!(merged["against"], scratch.git(&["rev-parse", "--short", "HEAD^1"]));
    // The same commits as git itself tells.
    let theirs = scratch.git(&["rev-list", "--first-parent", "--count", "HEAD"]);
    assert_eq!(log["revisions"].to_string(), theirs);
}

#[test]
fn a_directory_that_moved_is_the_same_package() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p@1.0.0", F).commit("Begin");
    scratch.git(&["mv", "wit", "deep"]);
    scratch.commit("Move");
    scratch.package("deep/a.wit", "a:p@1.1.0", FG).commit("Add g");
    scratch.git(&["mv", "deep", "elsewhere"]);
    scratch.package("elsewhere/a.wit", "a:p@2.0.0", F_CHANGED).commit("Move and break");
    let log = scratch.json(0, &[]);
    assert_eq!(
        by_subject(&log, "a:p"),
        ["Move and break: changed major 1.1.0>2.0.0", "Add g: changed minor 1.0.0>1.1.0", "Begin: added minor ->1.0.0",]
    );
    assert_eq!(named(&log, "a:p")["unchanged"], 1);
}

/// What a package takes from another one of the repository is a part of it.
#[test]
fn a_package_that_only_carries_a_change() {
    let scratch = Scratch::repository();
    let types = |field: &str| format!("interface types {{ record r {{ a: {field} }} }}");
    scratch.package("types/t.wit", "a:types@1.0.0", &types("u32"));
    scratch.package("app/a.wit", "a:app@1.0.0", "interface i { use a:types/types@1.0.0.{r}; f: func() -> r; }");
    scratch.commit("Begin");
    scratch.package("types/t.wit", "a:types@1.0.0", &types("u64")).commit("Widen");
    let log = scratch.json(0, &[]);
    assert_eq!(by_subject(&log, "a:app"), ["Widen: changed major 1.0.0>1.0.0", "Begin: added minor ->1.0.0"]);
    assert_eq!(by_subject(&log, "a:types")[0], "Widen: changed major 1.0.0>1.0.0");
}

#[test]
fn days_are_those_of_utc() {
    let scratch = Scratch::repository();
    scratch.package("wit/a.wit", "a:p", F);
    scratch.git(&["add", "-A"]);
    scratch.git_at("2026-02-28T23:30:00-05:00", &["commit", "-qm", "Late"]);
    assert_eq!(list(&named(&scratch.json(0, &[]), "a:p")["rows"])[0]["date"], "2026-03-01");
}
