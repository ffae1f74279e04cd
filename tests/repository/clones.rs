//! Clones that leave something out: no answer, the command that brings what is missing, and then the answer.

use super::*;

/// Tagged releases of two packages, and a branch with one more change.
fn source() -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "source"]);
    scratch.git_in("source", &["config", "uploadpack.allowFilter", "true"]);
    scratch.git_in("source", &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let commit = |version: &str, body: &str| {
        scratch.write("source/wit/a.wit", wit(&format!("a:p@{version}"), body));
        scratch.write("source/more/a.wit", wit(&format!("a:q@{version}"), F));
        scratch.git_in("source", &["add", "-A"]);
        scratch.git_in("source", &["commit", "-qm", version]);
    };
    for (version, body) in [("1.0.0", F), ("1.1.0", FG)] {
        commit(version, body);
        scratch.git_in("source", &["tag", &format!("v{version}")]);
    }
    scratch.git_in("source", &["checkout", "-qb", "topic"]);
    commit("1.2.0", FGH);
    commit("2.0.0", F);
    scratch.git_in("source", &["checkout", "-q", "main"]);
    scratch
}

/// The run fails for what is missing, with nothing that could pass for an answer; what it says to run is run, and then
/// it is what the whole repository says.
#[track_caller]
fn mends(scratch: &Scratch, clone: &str, arguments: &[&str], command: &str) {
    let expected = scratch.tool_in("source", arguments);
    assert!(matches!(expected.code, Some(0 | 1)), "{expected:#?}");
    let run = scratch.tool_in(clone, arguments).code(3);
    for text in ["passed", "sufficient", "unchanged"] {
        assert!(!run.stdout.contains(text), "{run:#?}");
    }
    let report = scratch.tool_in(clone, &[arguments, &["--format", "json"]].concat()).code(3).json();
    assert_eq!((&report["status"], &report["level"]), (&"undetermined".into(), &"none".into()));
    let fetch = run.fetches();
    assert_eq!(fetch.replace(&id(scratch), "ID"), command);
    scratch.shell(clone, &fetch);
    let mended = scratch.tool_in(clone, arguments);
    assert_eq!((mended.code, mended.stdout), (expected.code, expected.stdout), "{clone} {arguments:?}");
}

/// The tree of the first release: with a commit, all that it was made from would be asked for as well.
fn id(scratch: &Scratch) -> String {
    scratch.git_in("source", &["rev-parse", "v1.0.0^{tree}"])
}

#[test]
fn shallow() {
    let scratch = source();
    scratch.git_in("source", &["checkout", "-q", "topic"]);
    let unshallow = "git fetch --unshallow --tags origin";
    for (at, (arguments, command)) in [
        (&["check"][..], unshallow),
        (&["check", "--against", "tag"], unshallow),
        (&["check", "--against", "track"], unshallow),
        (&["compare", "HEAD~2..HEAD"], unshallow),
        (&["compare", "origin/main...HEAD"], unshallow),
        (&["check", "--against", "merge-base:origin/main"], unshallow),
    ]
    .into_iter()
    .enumerate()
    {
        let clone = format!("clone{at}");
        scratch.clone_of("source", &["--depth", "1", "--no-single-branch", "--no-tags"], &clone);
        // The whole one knows the same names.
        if at == 0 {
            scratch.git_in("source", &["remote", "add", "origin", "."]);
            scratch.git_in("source", &["fetch", "-q", "origin"]);
        }
        mends(&scratch, &clone, arguments, command);
    }
}

/// One branch only, as CI services clone.
#[test]
fn one_branch_of_depth_one() {
    let scratch = source();
    scratch.clone_of("source", &["--depth", "1", "--branch", "topic"], "clone");
    scratch.git_in("source", &["checkout", "-q", "topic"]);
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "main")];
    let check = || Run::of(scratch.binary(&["check"]).envs(variables).current_dir(scratch.path().join("clone")));
    let run = check().code(3).says("the branch `main` that the pull request is for is not in this clone");
    scratch.shell("clone", &run.fetches());
    let run = check();
    // It may take a second step, and it must not be a wrong answer.
    if run.code == Some(3) {
        scratch.shell("clone", &run.fetches());
    }
    let run = check().code(0);
    run.prints("the merge base with `origin/main`, the base of the pull request that GitHub Actions runs for")
        .prints("check passed: 1 of 2 packages changed, the declared version covers what changed");
}

#[test]
fn without_blobs() {
    let scratch = source();
    for (at, arguments) in [&["compare", "v1.0.0..v1.1.0"][..], &["check", "--against", "v1.0.0"]].iter().enumerate() {
        let clone = format!("clone{at}");
        scratch.clone_of("source", &["--filter=blob:none"], &clone);
        mends(&scratch, &clone, arguments, "git fetch --refetch --no-filter origin ID");
    }
}

#[test]
fn without_trees() {
    let scratch = source();
    for (at, arguments) in [&["compare", "v1.0.0..v1.1.0"][..], &["check", "--against", "v1.0.0"]].iter().enumerate() {
        let clone = format!("clone{at}");
        scratch.clone_of("source", &["--filter=tree:0"], &clone);
        mends(&scratch, &clone, arguments, "git fetch --refetch --no-filter origin ID");
    }
}

/// A shallow clone that no longer says that it is one.
#[test]
fn grafted() {
    let scratch = source();
    for (at, arguments) in [&["compare", "HEAD~1..HEAD"][..], &["check", "--against", "HEAD~1"]].iter().enumerate() {
        for with_replacement in [false, true] {
            let clone = format!("clone{at}{with_replacement}");
            scratch.clone_of("source", &["--depth", "1", "--branch", "main"], &clone);
            if with_replacement {
                scratch.git_in(&clone, &["replace", "--graft", "HEAD"]);
            }
            std::fs::remove_file(scratch.path().join(&clone).join(".git/shallow")).unwrap();
            mends(&scratch, &clone, arguments, "git fetch --refetch origin");
        }
    }
}

/// What a shallow clone has is compared as ever.
#[test]
fn what_is_here_is_enough() {
    let scratch = source();
    scratch.clone_of("source", &["--depth", "2", "--branch", "main"], "clone");
    scratch.git_in("clone", &["fetch", "-q", "--depth", "1", "origin", "tag", "v1.0.0"]);
    let report = scratch.json_in("clone", 0, &["compare", "v1.0.0..HEAD"]);
    assert_eq!(
        brief(&report),
        ["a:p changed minor 1.0.0>1.1.0 sufficient", "a:q unchanged none 1.0.0>1.1.0 sufficient"]
    );
    scratch.json_in("clone", 0, &["check", "--against", "v1.0.0"]);
    scratch.json_in("clone", 0, &["compare", "--staged"]);
    scratch.json_in("clone", 0, &["list"]);
}
