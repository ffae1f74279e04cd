//! Revisions, and names that could be one.

use super::{MAJOR, MINOR, OLD, Run, Scratch};
use std::fs;

/// Two tagged revisions of `wit/a.wit`, the newer one checked out.
fn repository() -> Scratch {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q", "-b", "main"]);
    scratch.write("wit/a.wit", OLD).release("v1").write("wit/a.wit", MINOR).release("v2");
    scratch
}

#[track_caller]
fn is_minor(run: Run) {
    run.code(0).prints("minor for guests: a:b 1.0.0 → 1.1.0");
}

#[test]
fn names_of_revisions() {
    let scratch = repository();
    let id = scratch.git(&["rev-parse", "v1"]);
    let inputs =
        ["v1:wit", "v1", "v1:", "v1:wit/", "v1:wit/a.wit", "HEAD~1", "main~1:wit", "git:v1", "git:v1:wit", &id];
    for old in inputs {
        is_minor(scratch.compare(&[old, "wit"]));
        is_minor(scratch.compare(&[old, "v2:wit"]));
    }
    is_minor(scratch.compare_in("wit", &["v1:.", "v2:./a.wit"]));
    is_minor(scratch.compare_in("wit", &["v1:./a.wit", "a.wit"]));
    let report = scratch.report(0, &["v1", "wit"]);
    assert_eq!(report["old"], serde_json::json!({ "input": "v1", "kind": "git", "commit": id }));
    assert_eq!(report["new"], serde_json::json!({ "input": "wit", "kind": "path", "root": "wit" }));
}

#[test]
fn a_path_that_exists_is_a_path() {
    let scratch = repository();
    scratch.write("v1", MAJOR);
    let path = |run: Run| run.code(0).prints("a:b 2.0.0 → 1.1.0").prints("went backwards");
    path(scratch.compare(&["v1", "wit"]));
    path(scratch.compare(&["path:v1", "wit"]));
    is_minor(scratch.compare(&["git:v1", "wit"]));
    is_minor(scratch.compare(&["v1:", "wit"]));
    scratch.compare(&["path:v2", "wit"]).code(3).says("`v2`");
    scratch.compare(&["git:wit", "wit"]).code(3).says("there is no revision `wit`");
    if cfg!(unix) {
        scratch.write("v1:wit", MAJOR);
        path(scratch.compare(&["v1:wit", "wit"]));
        is_minor(scratch.compare(&["git:v1:wit", "wit"]));
    }
}

/// Code scanners want a path, and what to do stands beside it.
#[test]
fn a_check_that_cannot_be_made_is_told_at_a_path() {
    let scratch = repository();
    scratch.git(&["tag", "v1.0.0"]);
    scratch.write("wit/a.wit", MAJOR).commit("later");
    let url = format!("file://{}", scratch.path().display());
    let clone = Scratch::new();
    clone.git(&["clone", "-q", "--depth", "1", &url, "clone"]);
    let check = |arguments: &[&str]| {
        let mut command = clone.binary(&[&["check", "--format", "gitlab"], arguments].concat());
        let run = Run::of(&command.current_dir(clone.path().join("clone")).output().unwrap());
        run.code(3).json()
    };
    for (arguments, path) in [(&[][..], "wit"), (&["--staged"], "wit"), (&["wit"], "wit")] {
        let entries = check(arguments);
        let description = entries[0]["description"].as_str().unwrap();
        assert!(description.starts_with("Undetermined: the old side could not be loaded: "), "{description}");
        assert!(description.contains("Hint: `git fetch --unshallow"), "{description}");
        assert_eq!(entries[0]["location"]["path"], path, "{arguments:?}");
    }
    // What is wrong with the new side is told where it is.
    clone.write("clone/wit/a.wit", super::BROKEN);
    let entries = check(&["wit", "--against", "HEAD"]);
    assert_eq!(entries[0]["location"]["path"], "wit/a.wit", "{entries}");
}

#[test]
fn what_is_no_revision() {
    let scratch = repository();
    let refused = |old: &str, message: &str| scratch.compare(&[old, "wit"]).code(3).says("old revision").says(message);
    refused("v1:wat", "there is no `v1:wat`").says("did you mean `v1:wit`?");
    refused("v9:wit", "there is no revision `v9`");
    refused("HEAD~9", "HEAD~9");
    refused("v1..v2", "names a range");
    refused(":1:wit", "only stage 0 is read").says("`:wit`");
    refused("v1:/wit", "absolute path").says("`wit`");
    refused("v1:../wit", "");
    refused("", "the input is empty");
    refused("git:", "the revision is empty");
    refused("path:", "the input is empty");
    refused("wut", "there is neither a path nor a revision `wut`").says("did you mean `./wit`?");
}

#[test]
fn where_there_is_no_repository() {
    let scratch = Scratch::filled();
    let run = scratch.compare(&["v1:wit", "old.wit"]).code(3);
    run.says("the working directory is not in a git repository").says("`--repo DIRECTORY` names the repository");
    scratch.compare(&["v1:wit", "old.wit", "--repo", "empty"]).code(3).says("no git repository at `empty`");
    scratch.compare(&["v1:wit", "old.wit", "--repo", "nowhere"]).code(3).says("no git repository at `nowhere`");
    let report = scratch.report(3, &["git:v1", "old.wit"]);
    assert_eq!(report["old"]["kind"], "git");
}

#[test]
fn the_index() {
    let scratch = repository();
    scratch.write("wit/a.wit", MAJOR);
    scratch.git(&["add", "wit"]);
    scratch.write("wit/a.wit", OLD);
    let major = |run: Run| run.code(0).prints("a:b 2.0.0");
    major(scratch.compare(&[":wit", "v1:wit"]));
    major(scratch.compare(&["git::", "v1"]));
    major(scratch.compare_in("wit", &[":./a.wit", "v1:wit"]));
    let report = scratch.report(0, &[":wit", "v1:wit"]);
    assert_eq!(report["old"], serde_json::json!({ "input": ":wit", "kind": "git", "root": "wit" }));
}

#[test]
fn the_index_of_a_hook() {
    let scratch = repository();
    // As `git commit --only wit` has it while the hook runs: beside the index, and named from the root.
    fs::copy(scratch.path().join(".git/index"), scratch.path().join(".git/next-index")).unwrap();
    scratch.write("wit/a.wit", OLD);
    scratch.git(&["add", "wit"]);
    let of = |directory: &str, index: &str, arguments: &[&str]| {
        let mut command = scratch.binary(&[&["compare", "v1:wit"], arguments].concat());
        let command = command.current_dir(scratch.path().join(directory)).env("GIT_INDEX_FILE", index);
        Run::of(&command.output().unwrap())
    };
    is_minor(of("", ".git/next-index", &[":wit"]));
    is_minor(of("wit", ".git/next-index", &[":wit"]));
    is_minor(of("", &scratch.path().join(".git/next-index").display().to_string(), &[":wit"]));
    of("", ".git/index", &[":wit"]).code(0).prints("a:b 1.0.0 (unchanged)");
    of("", "", &[":wit"]).code(0).prints("a:b 1.0.0 (unchanged)");
    // Whoever names a repository means that one's own.
    of("", ".git/next-index", &[":wit", "--repo", "."]).code(0).prints("a:b 1.0.0 (unchanged)");
    of("", ".git/none", &[":wit"]).code(3).says("there is no `:wit`");
}
