//! A branch that is behind: only its own changes count, wherever it is checked.

use super::*;

/// What GitHub and GitLab have, as `service`: `main` moved on since `topic` left it, in the same package and in others.
/// `topic` adds a function to `a:shared`, where `main` changed one, and touches nothing else.
fn behind() -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "service"]);
    let state = |name: &str, version: &str, body: &str| {
        scratch.write(&format!("service/{name}/a.wit"), wit(&format!("a:{name}@{version}"), body));
    };
    let commit = |message: &str| {
        scratch.git_in("service", &["add", "-A"]);
        scratch.git_in("service", &["commit", "-qm", message]);
    };
    state("other", "1.0.0", F);
    state("shared", "1.0.0", "interface i { f: func(); }\n\n// far apart\n\ninterface j { f: func(); }");
    commit("base");
    scratch.git_in("service", &["checkout", "-qb", "topic"]);
    state("shared", "1.1.0", "interface i { f: func(); g: func(); }\n\n// far apart\n\ninterface j { f: func(); }");
    commit("topic");
    scratch.git_in("service", &["checkout", "-q", "main"]);
    state("other", "2.0.0", F_CHANGED);
    state("more", "1.0.0", F);
    state("shared", "1.1.0", "interface i { f: func(); }\n\n// far apart\n\ninterface j { f: func(); h: func(); }");
    commit("main");
    // The merge that a service offers to test.
    scratch.git_in("service", &["checkout", "-q", "--detach"]);
    scratch.git_in("service", &["merge", "-q", "--no-ff", "-m", "merge", "topic"]);
    scratch.git_in("service", &["update-ref", "refs/pull/1/merge", "HEAD"]);
    scratch.git_in("service", &["update-ref", "refs/pull/1/head", "topic"]);
    scratch.git_in("service", &["update-ref", "refs/merge-requests/1/merge", "HEAD"]);
    scratch.git_in("service", &["checkout", "-q", "main"]);
    scratch.git(&["clone", "-q", "service", "clone"]);
    scratch
}

/// Checks out what a service checks out.
fn fetched(scratch: &Scratch, reference: &str) {
    scratch.git_in("clone", &["fetch", "-q", "origin", reference]);
    scratch.git_in("clone", &["checkout", "-q", "--detach", "FETCH_HEAD"]);
}

#[track_caller]
fn check(scratch: &Scratch, variables: &[(&str, &str)], code: i32) -> Value {
    let run = Run::of(
        scratch
            .binary(&["check", "--format", "json"])
            .envs(variables.iter().copied())
            .current_dir(scratch.path().join("clone")),
    );
    run.code(code).json()
}

fn id(scratch: &Scratch, revision: &str) -> String {
    scratch.git_in("service", &["rev-parse", revision])
}

/// Where the branch itself is checked out, main is of no account.
const OF_THE_BRANCH: [&str; 2] =
    ["a:other unchanged none 1.0.0>1.0.0 sufficient passed", "a:shared changed minor 1.0.0>1.1.0 sufficient passed"];

const GITHUB: [(&str, &str); 3] =
    [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "main")];

#[test]
fn github_checks_the_merge_out() {
    let scratch = behind();
    fetched(&scratch, "refs/pull/1/merge");
    let report = check(&scratch, &GITHUB, 1);
    assert_eq!(report["old"]["commit"], id(&scratch, "main"));
    assert_eq!(report["old"]["input"], "origin/main...HEAD");
    let how = "the merge base with `origin/main`, the base of the pull request that GitHub Actions runs for";
    assert_eq!(report["old"]["how"], how);
    // What main gained is on both sides. Both had taken 1.1.0 for their own addition, and that is this branch's to mend.
    assert_eq!(
        verdicts(&report),
        [
            "a:more unchanged none 1.0.0>1.0.0 sufficient passed",
            "a:other unchanged none 2.0.0>2.0.0 sufficient passed",
            "a:shared changed minor 1.1.0>1.1.0 unchanged-version failed unchanged-version",
        ]
    );
    let changes = &named(&report, "a:shared")["changes"];
    assert_eq!(each(changes, "path"), ["a:shared/i#g"]);
    // A release tells that 1.1.0 is still to come, and covers both.
    scratch.git_in("clone", &["tag", "v1.0.0", "origin/main~1"]);
    let report = check(&scratch, &GITHUB, 0);
    assert_eq!(named(&report, "a:shared")["version"]["released"]["tag"], "v1.0.0");
    assert_eq!(report["old"]["commit"], id(&scratch, "main"));
    let run = Run::of(scratch.binary(&["check"]).envs(GITHUB).current_dir(scratch.path().join("clone")));
    run.code(0).prints(how).prints("which already covers it");
}

#[test]
fn github_checks_the_head_out() {
    let scratch = behind();
    fetched(&scratch, "refs/pull/1/head");
    let report = check(&scratch, &GITHUB, 0);
    assert_eq!(verdicts(&report), OF_THE_BRANCH);
    assert_eq!(report["old"]["commit"], id(&scratch, "main~1"));
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
}

#[test]
fn gitlab() {
    let scratch = behind();
    let (main, base) = (id(&scratch, "main"), id(&scratch, "main~1"));
    let plain = [
        ("GITLAB_CI", "true"),
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base),
        ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""),
    ];
    fetched(&scratch, "refs/pull/1/head");
    let report = check(&scratch, &plain, 0);
    assert_eq!(verdicts(&report), OF_THE_BRANCH);
    assert_eq!(report["old"]["commit"], base);
    let how = report["old"]["how"].as_str().unwrap();
    assert!(how.ends_with("the base of the merge request that GitLab CI runs for"), "{how}");

    let merged = [plain[0], plain[1], plain[2], ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", &main)];
    fetched(&scratch, "refs/merge-requests/1/merge");
    let report = check(&scratch, &merged, 1);
    assert_eq!(report["old"]["commit"], main);
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
    assert_eq!(named(&report, "a:other")["status"], "unchanged");
    assert_eq!(named(&report, "a:more")["status"], "unchanged");
    // The branch may move on in the meantime: it is the commit that was merged that counts.
    scratch.git_in("clone", &["update-ref", "refs/remotes/origin/main", &base]);
    assert_eq!(check(&scratch, &merged, 1)["old"]["commit"], main);
}

#[test]
fn a_merge_queue() {
    let scratch = behind();
    fetched(&scratch, "refs/pull/1/merge");
    let event = scratch.path().join("event.json");
    let base = id(&scratch, "main");
    scratch.write("event.json", serde_json::json!({ "merge_group": { "base_sha": base } }).to_string());
    let variables = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "merge_group"),
        ("GITHUB_EVENT_PATH", event.to_str().unwrap()),
    ];
    let report = check(&scratch, &variables, 1);
    assert_eq!(report["old"]["commit"], base);
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
    scratch.write("event.json", "{}");
    let run = Run::of(scratch.binary(&["check"]).envs(variables).current_dir(scratch.path().join("clone"))).code(3);
    run.says("GitHub Actions does not say what the merge group is for").says("`--against REV` says it");
}

#[test]
fn plain_git() {
    let scratch = behind();
    scratch.git_in("clone", &["checkout", "-q", "topic"]);
    let report = check(&scratch, &[], 0);
    assert_eq!(verdicts(&report), OF_THE_BRANCH);
    assert_eq!(report["old"]["how"], "the merge base with `origin/main`, the default branch");
    // A service that is not asked for a pull request says nothing.
    let push = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_BASE_REF", "")];
    assert_eq!(check(&scratch, &push, 0)["old"]["how"], report["old"]["how"]);
    assert_eq!(check(&scratch, &[("GITHUB_BASE_REF", "main")], 0)["old"]["how"], report["old"]["how"]);
    // Merged into the branch, main is still of no account.
    scratch.git_in("clone", &["merge", "-q", "--no-ff", "-m", "merge", "origin/main"]);
    let report = check(&scratch, &[], 1);
    assert_eq!(named(&report, "a:other")["status"], "unchanged");
    assert_eq!(named(&report, "a:more")["status"], "unchanged");
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
    // The same as a range, and against the tip of main what is behind is blamed for it: that is what was asked.
    let range = scratch.json_in("clone", 0, &["compare", "origin/main...origin/topic"]);
    assert_eq!(brief(&range), OF_THE_BRANCH.map(|line| line.trim_end_matches(" passed").to_owned()));
    let tips = scratch.json_in("clone", 0, &["compare", "origin/main..origin/topic"]);
    assert_eq!(each(&tips["packages"], "status"), ["removed", "changed", "changed"]);
}

#[test]
fn what_is_said_comes_before_what_is_found() {
    let scratch = behind();
    fetched(&scratch, "refs/pull/1/head");
    let run = Run::of(
        scratch
            .binary(&["check", "--against", "merge-base:origin/topic~1", "--format", "json"])
            .envs(GITHUB)
            .current_dir(scratch.path().join("clone")),
    );
    assert_eq!(run.code(0).json()["old"]["how"], "the merge base with `origin/topic~1`");
}

#[test]
fn a_branch_that_is_not_here() {
    let scratch = behind();
    fetched(&scratch, "refs/pull/1/head");
    scratch.git_in("clone", &["branch", "-qD", "main"]);
    scratch.git_in("clone", &["update-ref", "-d", "refs/remotes/origin/main"]);
    let run = Run::of(scratch.binary(&["check"]).envs(GITHUB).current_dir(scratch.path().join("clone"))).code(3);
    let run = run.says("the branch `main` that the pull request is for is not in this clone");
    scratch.shell("clone", &run.fetches());
    assert_eq!(verdicts(&check(&scratch, &GITHUB, 0)), OF_THE_BRANCH);
}

/// `actions/checkout` as it comes: one commit, the merge, and nothing else.
#[test]
fn github_with_one_commit() {
    let scratch = behind();
    let url = format!("file://{}", scratch.path().join("service").display());
    std::fs::remove_dir_all(scratch.path().join("clone")).unwrap();
    scratch.git(&["init", "-q", "clone"]);
    scratch.git_in("clone", &["remote", "add", "origin", &url]);
    let merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge";
    scratch.git_in("clone", &["fetch", "-q", "--no-tags", "--depth=1", "origin", merge]);
    scratch.git_in("clone", &["checkout", "-q", "--detach", "refs/remotes/pull/1/merge"]);
    let run = Run::of(scratch.binary(&["check"]).envs(GITHUB).current_dir(scratch.path().join("clone"))).code(3);
    let run = run.says("the branch `main` that the pull request is for is not in this clone");
    assert_eq!(run.fetches(), "git fetch --tags --unshallow origin main");
    scratch.shell("clone", &run.fetches());
    let report = check(&scratch, &GITHUB, 1);
    assert_eq!(report["old"]["commit"], id(&scratch, "main"));
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
    assert_eq!(named(&report, "a:other")["status"], "unchanged");
}

/// `refs/pull/1/merge` is not made anew when main moves on: it is its first parent that it was merged with.
#[test]
fn a_merge_that_is_behind_main() {
    let scratch = behind();
    let merged_with = id(&scratch, "main");
    scratch.write("service/other/a.wit", wit("a:other@3.0.0", FGH));
    scratch.git_in("service", &["commit", "-qam", "later"]);
    fetched(&scratch, "refs/pull/1/merge");
    scratch.git_in("clone", &["fetch", "-q", "origin"]);
    let report = check(&scratch, &GITHUB, 1);
    assert_eq!(report["old"]["commit"], merged_with);
    assert_eq!(named(&report, "a:other")["status"], "unchanged");
    assert_eq!(each(&named(&report, "a:shared")["changes"], "path"), ["a:shared/i#g"]);
}

/// What is pushed to main is compared with what main was before; where nobody says that, it is said that nothing can
/// differ.
#[test]
fn a_push() {
    let scratch = behind();
    let clone = scratch.path().join("clone");
    let check = |variables: &[(&str, &str)], flags: &[&str]| {
        Run::of(scratch.binary(&[&["check"], flags].concat()).envs(variables.iter().copied()).current_dir(&clone))
    };
    let itself = "the base is the very commit that is checked: only what is not committed can differ";
    check(&[], &[]).code(0).says(itself);
    check(&[], &["--against", "merge-base:main"]).code(0).never_names(itself);

    let before = id(&scratch, "main~1");
    let event = scratch.path().join("event.json");
    scratch.write("event.json", serde_json::json!({ "before": before }).to_string());
    let github =
        [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_EVENT_PATH", event.to_str().unwrap())];
    let gitlab = [("GITLAB_CI", "true"), ("CI_COMMIT_BEFORE_SHA", &*before)];
    for variables in [&github[..], &gitlab] {
        let run = check(variables, &["--format", "json"]).code(0).never_names(itself);
        let report = run.json();
        assert_eq!(report["old"]["commit"], before);
        assert_eq!(
            verdicts(&report),
            [
                "a:more added minor ->1.0.0 sufficient passed",
                "a:other changed major 1.0.0>2.0.0 sufficient passed",
                "a:shared changed minor 1.0.0>1.1.0 sufficient passed",
            ]
        );
    }
    // A branch that was not there before.
    check(&[("GITLAB_CI", "true"), ("CI_COMMIT_BEFORE_SHA", &"0".repeat(40))], &[]).code(0).says(itself);
    // Such a workflow checks the base out, and not what is proposed.
    let target = [GITHUB[0], ("GITHUB_EVENT_NAME", "pull_request_target"), GITHUB[2]];
    check(&target, &[]).code(0).says(itself).prints("the base of the pull request that GitHub Actions runs for");
}
