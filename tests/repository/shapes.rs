//! Repositories in all their shapes: bare, linked, inside another one, without a commit, with ids of another kind.

use super::*;

/// `v1` and `v2` on `main`, in the directory `here`.
fn history() -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "here"]);
    for (version, body) in [("1.0.0", F), ("1.1.0", FG)] {
        scratch.write("here/wit/a.wit", wit(&format!("a:b@{version}"), body));
        scratch.git_in("here", &["add", "-A"]);
        scratch.git_in("here", &["commit", "-qm", version]);
        scratch.git_in("here", &["tag", &format!("v{version}")]);
    }
    scratch
}

const CHANGED: [&str; 1] = ["a:b changed minor 1.0.0>1.1.0 sufficient"];

#[track_caller]
fn is_minor(scratch: &Scratch, directory: &str, arguments: &[&str]) {
    let report = scratch.json_in(directory, 0, arguments);
    assert_eq!(brief(&report), CHANGED, "{directory} {arguments:?}");
}

#[test]
fn detached() {
    let scratch = history();
    scratch.git_in("here", &["checkout", "-q", "--detach", "v1.0.0"]);
    let report = scratch.json_in("here", 0, &["compare", "HEAD..main"]);
    assert_eq!(brief(&report), CHANGED);
    assert_eq!(report["old"]["commit"], scratch.git_in("here", &["rev-parse", "v1.0.0"]));
    scratch.git_in("here", &["checkout", "-q", "--detach", "v1.1.0"]);
    is_minor(&scratch, "here", &["compare", "v1.0.0"]);
    is_minor(&scratch, "here", &["check", "--against", "v1.0.0"]);
}

#[test]
fn bare() {
    let scratch = history();
    scratch.git(&["clone", "-q", "--bare", "here", "bare.git"]);
    is_minor(&scratch, "bare.git", &["compare", "v1.0.0..v1.1.0"]);
    is_minor(&scratch, "", &["compare", "v1.0.0...main", "--repo", "bare.git"]);
    is_minor(&scratch, "bare.git", &["check", "main", "--against", "v1.0.0"]);
    assert_eq!(listed(&scratch.json_in("bare.git", 0, &["list", "HEAD"])), ["a:b@1.1.0 wit"]);
    for arguments in [&["compare", "v1.0.0"][..], &["compare", "v1.0.0.."], &["check"]] {
        let run = scratch.tool_in("bare.git", arguments).code(3);
        run.says("the git repository is bare: it has no working tree").says("`git worktree add DIRECTORY`");
    }
    scratch.tool_in("bare.git", &["compare", "--staged"]).code(3).says("it has no index");
}

#[test]
fn linked_working_trees() {
    let scratch = history();
    scratch.git_in("here", &["worktree", "add", "-q", "--detach", "../there", "v1.0.0"]);
    scratch.write("there/wit/a.wit", wit("a:b@1.1.0", FG));
    is_minor(&scratch, "there", &["compare", "HEAD"]);
    is_minor(&scratch, "there/wit", &["compare", "HEAD"]);
    is_minor(&scratch, "there", &["check", "--against", "v1.0.0"]);
    is_minor(&scratch, "there", &["compare", "HEAD..main"]);
    is_minor(&scratch, "", &["compare", "HEAD", "--repo", "there"]);
    scratch.git_in("there", &["add", "-A"]);
    is_minor(&scratch, "there", &["compare", "--staged"]);
    // The other one has a head and an index of its own.
    let report = scratch.json_in("here", 0, &["compare", "--staged"]);
    assert_eq!(brief(&report), ["a:b unchanged none 1.1.0>1.1.0 sufficient"]);
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let scratch = history();
    scratch.git(&["init", "-q", "-b", "main", "outer"]);
    scratch.git_in("outer", &["submodule", "--quiet", "add", "../here", "sub"]);
    is_minor(&scratch, "outer", &["compare", "v1.0.0..HEAD", "--repo", "sub"]);
    is_minor(&scratch, "outer/sub", &["compare", "v1.0.0..HEAD"]);
    is_minor(&scratch, "outer/sub/wit", &["compare", "v1.0.0"]);
    is_minor(&scratch, "outer/sub", &["check", "--against", "v1.0.0"]);
    scratch.tool_in("outer", &["compare", "v1.0.0..HEAD"]).code(3).says("no revision `v1.0.0`");
}

#[test]
fn before_the_first_commit() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F));
    assert_eq!(listed(&scratch.json(0, &["list"])), ["a:b@1.0.0 wit"]);
    for arguments in [&["compare", "HEAD"][..], &["compare", "--staged"], &["compare", "HEAD..main"], &["check"]] {
        let run = scratch.tool(arguments).code(3).says("error: old revision");
        run.says("revision `HEAD`: the repository has no commit yet").says("commit first, or name a path");
    }
}

#[test]
fn ids_of_another_kind_are_refused() {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "--object-format=sha256", "."]);
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    for arguments in [&["compare", "v1.0.0..HEAD"][..], &["compare", "HEAD"], &["check"], &["list", "HEAD"]] {
        scratch.tool(arguments).code(3).says("the git repository is not one with SHA-1 ids").says("sha256");
    }
    // Files are files.
    assert_eq!(listed(&scratch.json(0, &["list", "."])), ["a:b@1.0.0 wit"]);
}

#[test]
fn no_repository() {
    let scratch = Scratch::empty();
    scratch.write("old/a.wit", wit("a:b@1.0.0", F)).write("new/a.wit", wit("a:b@1.1.0", FG));
    is_minor(&scratch, "", &["compare", "old", "new"]);
    for arguments in [&["compare", "v1..v2"][..], &["compare", "v1"], &["compare", "--staged"], &["check"]] {
        scratch.tool(arguments).code(3).says("the working directory is not in a git repository");
    }
    is_minor(&scratch, "", &["check", "new", "--against", "old"]);
    scratch.tool(&["compare", "a..b", "--repo", "old"]).code(3).says("no git repository at `old`");
}
