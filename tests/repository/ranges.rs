//! What two sides a range, a lone revision or the index stand for, and that the report says which commits those are.

use super::*;

/// `main`: `base`, `main`; `topic`: `base`, `topic`. Each adds a function of its own.
fn diverged() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).release("base");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("wit/a.wit", wit("a:b@1.1.0", FG)).commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("wit/a.wit", wit("a:b@1.2.0", "interface i { f: func(); m: func(); }")).commit("main");
    scratch.git(&["checkout", "-q", "topic"]);
    scratch
}

fn changes(report: &Value) -> Vec<String> {
    let changes = report["packages"][0]["changes"].as_array().unwrap().iter();
    changes.map(|change| format!("{} {}", change["rule"].as_str().unwrap(), change["path"].as_str().unwrap())).collect()
}

/// The commits that were compared, and the first line of the text.
#[track_caller]
fn compares(scratch: &Scratch, inputs: &[&str], old: Option<&str>, new: Option<&str>, line: &str) -> Value {
    let report = scratch.json(0, &[&["compare"], inputs].concat());
    let id = |revision: Option<&str>| revision.map_or(Value::Null, |revision| scratch.id(revision).into());
    assert_eq!((&report["old"]["commit"], &report["new"]["commit"]), (&id(old), &id(new)), "{inputs:?}");
    let mut expected = line.to_owned();
    for revision in [old, new].into_iter().flatten() {
        expected = expected.replace(&format!("{{{revision}}}"), &scratch.id(revision)[..7]);
    }
    scratch.tool(&[&["compare"], inputs].concat()).code(0).begins(&expected);
    report
}

#[test]
fn two_dots() {
    let scratch = diverged();
    let report = compares(
        &scratch,
        &["main..topic"],
        Some("main"),
        Some("topic"),
        "comparing main ({main}) with topic ({topic})",
    );
    assert_eq!(changes(&report), ["function-added a:b/i#g", "function-removed a:b/i#m"]);
    let both = compares(
        &scratch,
        &["main", "topic"],
        Some("main"),
        Some("topic"),
        "comparing main ({main}) with topic ({topic})",
    );
    assert_eq!(both["packages"], report["packages"]);
    let head = "comparing base ({base}) with HEAD ({HEAD})";
    compares(&scratch, &["base..HEAD"], Some("base"), Some("HEAD"), head);
    let to_head = "comparing HEAD ({HEAD}) with main ({main})";
    compares(&scratch, &["..main"], Some("HEAD"), Some("main"), to_head);
    compares(
        &scratch,
        &["main..topic", "--repo", "."],
        Some("main"),
        Some("topic"),
        "comparing main ({main}) with topic ({topic})",
    );
    let path = "comparing main:wit ({main}) with topic:wit ({topic})";
    compares(&scratch, &["main:wit..topic:wit"], Some("main"), Some("topic"), path);
}

#[test]
fn three_dots_count_from_the_merge_base() {
    let scratch = diverged();
    let line = "comparing main...topic ({base}, the merge base of `main` and `topic`) with topic ({topic})";
    let report = compares(&scratch, &["main...topic"], Some("base"), Some("topic"), line);
    assert_eq!(changes(&report), ["function-added a:b/i#g"]);
    assert_eq!(report["old"]["input"], "main...topic");
    assert_eq!(report["old"]["how"], "the merge base of `main` and `topic`");
    let line = "comparing main...HEAD ({base}, the merge base of `main` and `HEAD`) with HEAD ({HEAD})";
    compares(&scratch, &["main...HEAD"], Some("base"), Some("HEAD"), line);
    let line = "comparing main...HEAD ({base}, the merge base of `main` and `HEAD`) with the working tree";
    compares(&scratch, &["main..."], Some("base"), None, line);
    let line = "comparing HEAD...main ({base}, the merge base of `HEAD` and `main`) with main ({main})";
    compares(&scratch, &["...main"], Some("base"), Some("main"), line);
}

#[test]
fn to_the_working_tree() {
    let scratch = diverged();
    scratch.write("wit/a.wit", wit("a:b@1.1.0", FGH));
    let report = compares(&scratch, &["HEAD.."], Some("HEAD"), None, "comparing HEAD ({HEAD}) with the working tree");
    assert_eq!(changes(&report), ["function-added a:b/i#h"]);
    assert_eq!(report["new"], serde_json::json!({ "input": "the working tree", "kind": "path" }));
    let lone = compares(&scratch, &["HEAD"], Some("HEAD"), None, "comparing HEAD ({HEAD}) with the working tree");
    assert_eq!(lone["packages"], report["packages"]);
    let line = "comparing base ({base}) with the working tree";
    assert_eq!(compares(&scratch, &["base"], Some("base"), None, line)["level"], "minor");
    let line = "comparing base:wit ({base}) with wit in the working tree";
    compares(&scratch, &["base:wit"], Some("base"), None, line);
    // From below, it is the whole tree all the same.
    let below = scratch.json_in("wit", 0, &["compare", "HEAD"]);
    assert_eq!(below["packages"], report["packages"]);
    assert_eq!(scratch.json_in("wit", 0, &["compare", "HEAD:./"])["level"], "minor");
    // Untracked files count as well: they are what will be committed.
    scratch.write("more/a.wit", wit("a:more@1.0.0", F));
    let both = scratch.json(0, &["compare", "HEAD"]);
    assert_eq!(each(&both["packages"], "status"), ["changed", "added"]);
}

#[test]
fn the_index() {
    let scratch = diverged();
    scratch.write("wit/a.wit", wit("a:b@1.1.0", FGH)).git(&["add", "-A"]);
    scratch.write("wit/a.wit", wit("a:b@1.1.0", F_CHANGED)).write("more/a.wit", wit("a:more@1.0.0", F));
    let report = compares(&scratch, &["--staged"], Some("HEAD"), None, "comparing HEAD ({HEAD}) with the index");
    assert_eq!(changes(&report), ["function-added a:b/i#h"]);
    assert_eq!(each(&report["packages"], "name"), ["a:b"]);
    let line = "comparing base ({base}) with the index";
    let report = compares(&scratch, &["--staged", "base"], Some("base"), None, line);
    assert_eq!(changes(&report), ["function-added a:b/i#g", "function-added a:b/i#h"]);
    scratch.tool(&["compare", "--staged", "base..HEAD"]).code(2).says("`--staged` is the new side");
    // A conflict is no state that could be committed.
    scratch.git(&["checkout", "-qf", "topic"]);
    scratch.shell("", "! git merge -q main");
    scratch.tool(&["compare", "--staged"]).code(3).says("error: new revision").says("the index has conflicts");
}

#[test]
fn what_is_no_pair() {
    let scratch = diverged();
    let wrong = |inputs: &[&str], message: &str| {
        let run = scratch.tool(&[&["compare"], inputs].concat()).code(2).says(message);
        assert_eq!(run.stdout, "");
    };
    wrong(&[], "name what to compare");
    wrong(&["..."], "names neither end");
    wrong(&[".."], "`..` is a path, and nothing says what to compare it with");
    wrong(&["main....topic"], "is no range");
    wrong(&["main..topic..base"], "more than one range");
    wrong(&["wit"], "`wit` is a path, and nothing says what to compare it with");
    wrong(&["main", "topic", "base"], "two revisions are compared, and 3 are named here");
    scratch.tool(&["compare", "mian..topic"]).code(3).says("error: old revision").says("no revision `mian`");
    scratch.tool(&["compare", "main..tpoic"]).code(3).says("error: new revision").says("no revision `tpoic`");
    scratch.tool(&["compare", "main...tpoic"]).code(3).says("error: new revision").says("no revision `tpoic`");
}

#[test]
fn no_common_history() {
    let scratch = diverged();
    scratch.git(&["checkout", "-q", "--orphan", "other"]);
    scratch.write("wit/a.wit", wit("a:b@2.0.0", F_CHANGED)).commit("other");
    let run = scratch.tool(&["compare", "main...other"]).code(3);
    run.says("error: old revision").says("`main` and `other` have no common history").says("`A..B` compares any two");
    let line = "comparing main ({main}) with other ({other})";
    assert_eq!(compares(&scratch, &["main..other"], Some("main"), Some("other"), line)["level"], "major");
}

#[test]
fn a_merge_has_what_both_sides_have() {
    let scratch = Scratch::repository();
    scratch.write("one/a.wit", wit("a:one@1.0.0", F)).write("two/a.wit", wit("a:two@1.0.0", F)).commit("base");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("one/a.wit", wit("a:one@1.1.0", FG)).commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("two/a.wit", wit("a:two@1.1.0", FG)).commit("main");
    scratch.git(&["merge", "-q", "--no-ff", "-m", "merge", "topic"]);
    let changed = |range: &str| {
        let report = scratch.json(0, &["compare", range]);
        let packages = report["packages"].as_array().unwrap().clone();
        let changed = packages.iter().filter(|package| package["status"] == "changed");
        changed.map(|package| package["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(changed("HEAD^1..HEAD"), ["a:one"]);
    assert_eq!(changed("HEAD^2..HEAD"), ["a:two"]);
    assert_eq!(changed("HEAD^1...HEAD^2"), ["a:one"]);
    assert_eq!(changed("HEAD~2..HEAD"), ["a:one", "a:two"]);
    // What was merged is the merge base itself.
    assert_eq!(changed("topic...main"), ["a:two"]);
    assert_eq!(changed("main...topic"), Vec::<String>::new());
}

#[test]
fn merges_that_crossed() {
    let scratch = Scratch::repository();
    let commit = |day: u32, message: &str| {
        scratch.git(&["add", "-A"]);
        scratch.git_at(&format!("2026-01-0{day}T00:00:00Z"), &["commit", "-q", "-m", message]);
    };
    scratch.write("one/a.wit", wit("a:one@1.0.0", F)).write("two/a.wit", wit("a:two@1.0.0", F));
    commit(1, "base");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("two/a.wit", wit("a:two@1.1.0", FG));
    commit(2, "topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("one/a.wit", wit("a:one@1.1.0", FG));
    commit(3, "main");
    scratch.git(&["branch", "before"]);
    scratch.git_at("2026-01-04T00:00:00Z", &["merge", "-q", "--no-ff", "-m", "one", "topic"]);
    scratch.git(&["checkout", "-q", "topic"]);
    scratch.git_at("2026-01-04T00:00:00Z", &["merge", "-q", "--no-ff", "-m", "two", "before"]);
    let report = scratch.json(0, &["compare", "main...topic"]);
    assert_eq!(report["old"]["how"], "the merge base of `main` and `topic`, the newer one of two");
    // The one that `git merge-base` prints.
    assert_eq!(report["old"]["commit"], scratch.git(&["merge-base", "main", "topic"]));
    assert_eq!(report["old"]["commit"], scratch.id("before"));
    assert_eq!(each(&report["packages"], "status"), ["unchanged", "changed"]);
}

#[test]
fn an_octopus() {
    let scratch = Scratch::repository();
    scratch.write("base/a.wit", wit("a:base@1.0.0", F)).commit("base");
    for name in ["one", "two", "three"] {
        scratch.git(&["checkout", "-qb", name, "main"]);
        scratch.write(&format!("{name}/a.wit"), wit(&format!("a:{name}@1.0.0"), F)).commit(name);
    }
    scratch.git(&["checkout", "-q", "main"]);
    scratch.git(&["merge", "-q", "--no-ff", "-m", "octopus", "one", "two", "three"]);
    let report = scratch.json(0, &["compare", "HEAD^1..HEAD"]);
    let added: Vec<String> = brief(&report).into_iter().filter(|package| package.contains("added")).collect();
    assert_eq!(added.len(), 3, "{added:?}");
    let report = scratch.json(0, &["compare", "HEAD^3...HEAD"]);
    assert_eq!(report["old"]["commit"], scratch.id("HEAD^3"));
    assert_eq!(each(&report["packages"], "name"), ["a:base", "a:one", "a:three", "a:two"]);
    assert_eq!(each(&report["packages"], "status"), ["unchanged", "added", "added", "unchanged"]);
}

#[test]
fn renamed_files_are_no_change() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).write("wit/b.wit", "interface j {}\n").commit("old");
    scratch.git(&["mv", "wit/b.wit", "wit/c.wit"]);
    scratch.commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(brief(&report), ["a:b unchanged none 1.0.0>1.0.0 sufficient"]);
}
