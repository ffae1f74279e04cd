//! Whether what changed is honoured by the declared version: the two answers of a check, kept apart.

use super::*;

fn state(scratch: &Scratch, version: &str, body: &str) {
    let identity = if version.is_empty() { "a:p".to_owned() } else { format!("a:p@{version}") };
    scratch.write("wit/a.wit", wit(&identity, body));
}

/// `v1.0.0` with one function.
fn released() -> Scratch {
    let scratch = Scratch::repository();
    state(&scratch, "1.0.0", F);
    scratch.release("v1.0.0");
    scratch
}

#[track_caller]
fn checks(scratch: &Scratch, code: i32, arguments: &[&str], expected: &str, end: &str) -> Value {
    let arguments = [&["check"], arguments].concat();
    let report = scratch.json(code, &arguments);
    assert_eq!(verdicts(&report), [expected]);
    assert_eq!(report["check"]["passed"], code == 0);
    scratch.tool(&arguments).code(code).ends(end);
    report
}

#[test]
fn unbumped() {
    let scratch = released();
    checks(&scratch, 0, &[], "a:p unchanged none 1.0.0>1.0.0 sufficient passed", "check passed: nothing changed");
    state(&scratch, "1.0.0", FG);
    checks(
        &scratch,
        1,
        &[],
        "a:p changed minor 1.0.0>1.0.0 unchanged-version failed unchanged-version",
        "fails: a:p changed (minor) and still declares 1.0.0: declare at least 1.1.0, or undo the changes check failed: \
         a:p",
    );
    state(&scratch, "1.0.1", FG);
    checks(
        &scratch,
        1,
        &[],
        "a:p changed minor 1.0.0>1.0.1 insufficient failed insufficient-version",
        "fails: a:p declares 1.0.1, too low for what changed (minor): declare at least 1.1.0, or undo the changes check \
         failed: a:p",
    );
    state(&scratch, "1.1.0", F_CHANGED);
    checks(
        &scratch,
        1,
        &[],
        "a:p changed major 1.0.0>1.1.0 insufficient failed insufficient-version",
        "fails: a:p declares 1.1.0, too low for what changed (major): declare at least 2.0.0, or undo the breaking \
         changes check failed: a:p",
    );
    state(&scratch, "0.9.0", F);
    checks(
        &scratch,
        1,
        &[],
        "a:p unchanged none 1.0.0>0.9.0 went-backwards failed went-backwards",
        "fails: a:p declares 0.9.0, lower than 1.0.0 before: declare at least 1.0.0 check failed: a:p",
    );
    // A pre-release of what is required will do.
    state(&scratch, "2.0.0-rc.1", F_CHANGED);
    let covered = "check passed: the declared version covers what changed";
    checks(&scratch, 0, &[], "a:p changed major 1.0.0>2.0.0-rc.1 sufficient passed", covered);
}

#[test]
fn a_cycle_in_which_the_bump_has_happened() {
    let scratch = released();
    state(&scratch, "2.0.0", F_CHANGED);
    let covered = "check passed: the declared version covers what changed";
    let report = checks(&scratch, 0, &[], "a:p changed major 1.0.0>2.0.0 sufficient passed", covered);
    assert_eq!(report["packages"][0]["version"]["released"], Value::Null);
    scratch.commit("break");
    // The next change, on a branch: against the branch nothing is bumped, and against the release it is.
    scratch.git(&["checkout", "-qb", "topic"]);
    state(&scratch, "2.0.0", "interface i { f: func() -> u64; }");
    let report = checks(
        &scratch,
        0,
        &["--against", "merge-base:main"],
        "a:p changed major 2.0.0>2.0.0 sufficient passed",
        covered,
    );
    let released = serde_json::json!({ "tag": "v1.0.0", "version": "1.0.0", "level": "major" });
    let version = serde_json::json!({
        "required": "2.0.0", "declared": "2.0.0", "verdict": "sufficient", "released": released
    });
    assert_eq!(report["packages"][0]["version"], version);
    scratch.tool(&["check", "--against", "merge-base:main"]).prints(
        "declares 2.0.0, which already covers it: what changed since the newest release, 1.0.0 (tag v1.0.0), is major, \
         and that requires 2.0.0",
    );
    scratch.json(0, &["check", "--against", "main"]);
    // What was never released can be undone.
    state(&scratch, "2.0.0", F);
    let report = scratch.json(0, &["check", "--against", "merge-base:main"]);
    assert_eq!(report["packages"][0]["version"]["released"]["level"], "none");
    // A change that the bump does not cover is red, from wherever one looks.
    scratch.git(&["checkout", "-qf", "main"]);
    scratch.release("v2.0.0");
    scratch.git(&["checkout", "-qB", "topic"]);
    state(&scratch, "2.0.0", FG);
    let failed = "a:p changed major 2.0.0>2.0.0 unchanged-version failed unchanged-version";
    assert_eq!(verdicts(&scratch.json(1, &["check", "--against", "merge-base:main"])), [failed]);
    assert_eq!(verdicts(&scratch.json(1, &["check"])), [failed]);
}

/// Whoever names a release as the base asks whether that one is honoured, whatever the newer ones did.
#[test]
fn a_release_that_is_named() {
    let scratch = released();
    state(&scratch, "1.0.1", F_CHANGED);
    scratch.release("v1.0.1");
    let failed = ["a:p changed major 1.0.0>1.0.1 insufficient failed insufficient-version"];
    assert_eq!(verdicts(&scratch.json(1, &["check", "--against", "v1.0.0"])), failed);
    assert_eq!(verdicts(&scratch.json(1, &["check", "--against", "merge-base:v1.0.0"])), failed);
    assert_eq!(verdicts(&scratch.json(1, &["check", "HEAD", "--against", "HEAD~1"])), failed);
    // A commit that only another package was released from is none of its releases.
    scratch.git(&["tag", "-d", "v1.0.0"]);
    scratch.git(&["tag", "other-v1.0.0", "HEAD~1"]);
    let passed = ["a:p changed major 1.0.0>1.0.1 sufficient passed"];
    assert_eq!(verdicts(&scratch.json(0, &["check", "--against", "other-v1.0.0"])), passed);
}

/// The bump covers additions, and a change that breaks needs more than that.
#[test]
fn a_bump_that_does_not_cover_it() {
    let scratch = released();
    state(&scratch, "1.1.0", FG);
    scratch.commit("add");
    scratch.git(&["checkout", "-qb", "topic"]);
    state(&scratch, "1.1.0", FGH);
    let added = scratch.json(0, &["check", "--against", "merge-base:main"]);
    assert_eq!(verdicts(&added), ["a:p changed minor 1.1.0>1.1.0 sufficient passed"]);
    state(&scratch, "1.1.0", F_CHANGED);
    let broken = scratch.json(1, &["check", "--against", "merge-base:main"]);
    assert_eq!(verdicts(&broken), ["a:p changed major 1.1.0>1.1.0 unchanged-version failed unchanged-version"]);
    // Taking back what no release has is no break.
    state(&scratch, "1.1.0", F);
    let back = scratch.json(0, &["check", "--against", "merge-base:main"]);
    assert_eq!(verdicts(&back), ["a:p changed major 1.1.0>1.1.0 sufficient passed"]);
}

#[test]
fn levels_that_are_allowed() {
    let scratch = released();
    state(&scratch, "2.0.0", F_CHANGED);
    for (allow, code) in [("none", 1), ("patch", 1), ("minor", 1), ("major", 0)] {
        let report = scratch.json(code, &["check", "--allow", allow]);
        assert_eq!(report["check"]["allow"], allow);
        let reasons = &report["packages"][0]["check"]["reasons"];
        assert_eq!(reasons, &if code == 1 { serde_json::json!(["over-allowed"]) } else { Value::Null });
    }
    scratch.tool(&["check", "--allow", "minor"]).code(1).ends(
        "fails: a:p changed at level major, above the allowed minor: undo that, or accept it with `--allow major` check \
         failed: a:p",
    );
    state(&scratch, "1.1.0", FG);
    scratch
        .tool(&["check", "--allow", "minor"])
        .code(0)
        .ends("check passed: the declared version covers what changed; nothing is above the allowed minor");
    // Two answers: one does not stand for the other.
    state(&scratch, "1.0.0", F_CHANGED);
    let report = scratch.json(1, &["check", "--allow", "minor"]);
    let reasons = serde_json::json!(["unchanged-version", "over-allowed"]);
    assert_eq!(report["packages"][0]["check"]["reasons"], reasons);
    scratch.tool(&["check", "--allow", "major"]).code(1);
    scratch.tool(&["check", "--allow", "huge"]).code(2).says("write none, patch, minor or major");
    state(&scratch, "1.0.0", F);
    scratch.tool(&["check", "--allow", "none"]).code(0);
    // `--fail-on` counts levels, as everywhere, and the outcome says so.
    state(&scratch, "1.1.0", FG);
    scratch
        .tool(&["check", "--fail-on", "minor"])
        .code(1)
        .ends("changed at level minor, which `--fail-on minor` refuses: undo that check failed: a:p");
    scratch.tool(&["check", "--fail-on", "major"]).code(0);
}

#[test]
fn without_a_version() {
    let scratch = Scratch::repository();
    state(&scratch, "", F);
    scratch.release("v1.0.0");
    state(&scratch, "", FG);
    let passed = "a:p changed minor ->- unversioned passed";
    checks(&scratch, 0, &[], passed, "check passed: nothing breaks");
    state(&scratch, "", F_CHANGED);
    checks(
        &scratch,
        1,
        &[],
        "a:p changed major ->- unversioned failed breaks-unversioned",
        "fails: a:p breaks guests and declares no version that could tell them: give it one, as in `package a:p@0.1.0;`, \
         undo the breaking changes, or accept them with `--allow major` check failed: a:p",
    );
    let allowed = "a:p changed major ->- unversioned passed";
    let report = scratch.json(0, &["check", "--allow", "major"]);
    assert_eq!(verdicts(&report), [allowed]);
    scratch.json(0, &["check", "--protect", "hosts", "--allow", "major"]);
    state(&scratch, "0.1.0", FG);
    assert_eq!(verdicts(&scratch.json(0, &["check"])), ["a:p changed minor ->0.1.0 unversioned passed"]);
}

/// Linkers know every item by a name that carries the version.
#[test]
fn a_version_that_is_dropped() {
    let scratch = released();
    state(&scratch, "", F);
    let report = scratch.json(1, &["check"]);
    assert_eq!(verdicts(&report), ["a:p unchanged none 1.0.0>- unversioned failed version-withdrawn"]);
    let run = scratch.tool(&["check"]).code(1).ends("check failed: a:p");
    run.prints("the package no longer declares a version: every name that was `…@1.0.0` is another name");
    scratch.json(0, &["check", "--allow", "major"]);
}

#[test]
fn packages_in_the_files_of_another() {
    let scratch = Scratch::repository();
    let state = |result: &str, more: &str| {
        let nested = format!("package x:y@2.0.0 {{ interface k {{ f: func(){result}; }} }}\n{more}");
        scratch.write("wit/a.wit", wit("a:p@1.0.0", F) + &nested);
    };
    state("", "package x:z@2.0.0 { interface k {} }\n");
    scratch.write("other/a.wit", wit("a:q@1.0.0", F)).release("v1.0.0");
    state(" -> u32", "");
    let unchanged = |name: &str| format!("{name} unchanged none 1.0.0>1.0.0 sufficient passed");
    let changed = "x:y changed major 2.0.0>2.0.0 unchanged-version failed unchanged-version";
    let gone = "x:z removed major 2.0.0>- unversioned failed removed-unannounced";
    for base in ["tag", "track", "merge-base:main", "v1.0.0"] {
        let report = scratch.json(1, &["check", "--against", base]);
        let found = verdicts(&report);
        assert_eq!(found, [&unchanged("a:p"), changed, gone, &unchanged("a:q")], "{base}");
    }
    assert_eq!(verdicts(&scratch.json(1, &["check", "--package", "x:y"])), [changed]);
    assert_eq!(verdicts(&scratch.json(0, &["check", "--package", "a:p"])), [unchanged("a:p")]);
}

#[test]
fn packages_that_are_gone() {
    let scratch = released();
    scratch.write("more/a.wit", wit("a:q@1.0.0", F)).write("draft/a.wit", wit("a:p@2.0.0-rc.1", F));
    scratch.release("v1.0.1");
    scratch.git(&["rm", "-rq", "more"]);
    let report = scratch.json(1, &["check"]);
    assert_eq!(named(&report, "a:q")["check"]["reasons"], serde_json::json!(["removed-unannounced"]));
    scratch.tool(&["check"]).code(1).prints("fails: a:q is gone, and no other version of it is there: restore it");
    scratch.json(0, &["check", "--allow", "major"]);
    scratch.json(0, &["check", "--package", "a:p"]);
    // One track of several may go: the name goes on.
    scratch.git(&["checkout", "-qf", "HEAD", "--", "more"]);
    scratch.git(&["rm", "-rq", "draft"]);
    let report = scratch.json(0, &["check"]);
    let gone = serde_json::json!([{ "status": "removed", "version": "2.0.0-rc.1", "path": "draft" }]);
    assert_eq!(named(&report, "a:p")["tracks"], gone);
}

#[test]
fn a_release_is_judged_against_the_one_before() {
    let scratch = released();
    state(&scratch, "1.1.0", F_CHANGED);
    scratch.release("v1.1.0");
    // In the tree of the release itself nothing has changed since.
    let report = scratch.json(0, &["check"]);
    assert_eq!((&report["old"]["input"], &report["level"]), (&"v1.1.0".into(), &"none".into()));
    let failed = "a:p changed major 1.0.0>1.1.0 insufficient failed insufficient-version";
    for variables in [
        &[("GITHUB_ACTIONS", "true"), ("GITHUB_REF_TYPE", "tag")][..],
        &[("GITLAB_CI", "true"), ("CI_COMMIT_TAG", "v1.1.0")],
        &[("JENKINS_URL", "https://ci.example.test/"), ("TAG_NAME", "v1.1.0")],
    ] {
        let report = scratch.json_with(variables, 1, &["check"]);
        assert_eq!(verdicts(&report), [failed]);
        assert_eq!(report["old"]["how"], "the newest release tag before `HEAD`");
        assert_eq!(report["old"]["commit"], scratch.id("v1.0.0"));
    }
    for input in ["v1.1.0", "HEAD", "main"] {
        let report = scratch.json(1, &["check", input]);
        assert_eq!(verdicts(&report), [failed]);
        assert_eq!(report["old"]["input"], "v1.0.0");
        assert_eq!(report["new"]["commit"], scratch.id("v1.1.0"));
    }
    // Several tags of one commit are one release.
    scratch.git(&["tag", "p-v1.1.0"]);
    scratch.git(&["tag", "v1.1.0-rc.1"]);
    let report = scratch.json_with(&[("CI_COMMIT_TAG", "v1.1.0")], 1, &["check"]);
    assert_eq!(report["old"]["commit"], scratch.id("v1.0.0"));
}

#[test]
fn undetermined_packages() {
    let scratch = released();
    scratch.write("more/a.wit", wit("a:q@1.0.0", F)).release("v1.0.1");
    state(&scratch, "1.1.0", BROKEN);
    let report = scratch.json(3, &["check"]);
    assert_eq!(
        verdicts(&report),
        ["a:p undetermined - 1.0.0>1.1.0 undetermined failed", "a:q unchanged none 1.0.0>1.0.0 sufficient passed"]
    );
    let run = scratch.tool(&["check"]).code(3).says("error: new revision `the working tree`: expected");
    run.ends("check undetermined: 1 of 2 packages could not be judged");
    scratch.write("more/a.wit", wit("a:q@1.0.0", FG));
    let run = scratch.tool(&["check"]).code(3);
    run.ends("check failed: 1 of 2 packages, and 1 could not be judged");
    // The base may be what is broken.
    scratch.commit("broken");
    state(&scratch, "1.1.0", FG);
    let run = scratch.tool(&["check", "--against", "HEAD"]).code(3);
    run.says("error: old revision `HEAD`").ends("check undetermined: 1 of 2 packages could not be judged");
}

/// All options of `compare` count.
#[test]
fn options() {
    let scratch = released();
    state(&scratch, "1.1.0", "interface i { f: func(); @unstable(feature = x) g: func(); }");
    assert_eq!(scratch.json(0, &["check"])["level"], "patch");
    assert_eq!(scratch.json(0, &["check", "--features", "x"])["level"], "minor");
    assert_eq!(scratch.json(0, &["check", "--all-features"])["level"], "minor");
    scratch.tool(&["check", "--features", "y"]).code(0).says("no gate names the feature `y`");
    let report = scratch.json(1, &["check", "--features", "x", "--protect", "hosts"]);
    assert_eq!(verdicts(&report), ["a:p changed major 1.0.0>1.1.0 insufficient failed insufficient-version"]);
    let run =
        scratch.tool(&["check", "--quiet", "--output", "json=report.json", "--output", "text=report.txt"]).code(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let saved: Value = serde_json::from_str(&scratch.read("report.json")).unwrap();
    assert_eq!(saved, scratch.json(0, &["check"]));
    assert!(scratch.read("report.txt").ends_with("check passed: the declared version covers what changed\n"));
}
