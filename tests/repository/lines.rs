//! Lines of releases: tracks that go on beside each other, and what all releases of one promise.

use super::*;

fn state(scratch: &Scratch, version: &str, body: &str) {
    scratch.write("wit/a.wit", wit(&format!("a:p@{version}"), body));
}

#[test]
fn what_an_older_release_promised() {
    let scratch = Scratch::repository();
    state(&scratch, "0.2.0", "interface i { f: func(); g: func(); }");
    scratch.release("v0.2.0");
    // A slip: this release lost `g`, and nobody noticed.
    state(&scratch, "0.2.1", F);
    scratch.release("v0.2.1");
    state(&scratch, "0.2.2", "interface i { f: func(); h: func(); }");
    scratch.commit("next");
    let newest = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&newest), ["a:p changed minor 0.2.1>0.2.2 sufficient passed"]);

    let track = scratch.json(1, &["check", "--against", "track"]);
    assert_eq!(verdicts(&track), ["a:p changed major 0.2.1>0.2.2 insufficient failed insufficient-version"]);
    let changes = track["packages"][0]["changes"].as_array().unwrap();
    let said: Vec<_> = changes.iter().map(|change| (change["rule"].as_str().unwrap(), &change["since"])).collect();
    let since = serde_json::json!({ "input": "v0.2.0", "kind": "git", "commit": scratch.id("v0.2.0") });
    assert_eq!(said, [("function-removed", &since), ("function-added", &Value::Null)]);
    assert_eq!(track["packages"][0]["version"]["required"], "0.3.0");
    let run = scratch.tool(&["check", "--against", "track"]).code(1);
    run.prints(&format!("v0.2.0 ({})", &scratch.id("v0.2.0")[..7]));
    // Of the interface, too: consumers of the older release break.
    assert_eq!(track["packages"][0]["interfaces"][0]["link"]["consumers"], "breaking");
    // With `g` back, nobody breaks.
    state(&scratch, "0.2.2", FGH);
    let track = scratch.json(0, &["check", "--against", "track"]);
    assert_eq!(verdicts(&track), ["a:p changed minor 0.2.1>0.2.2 sufficient passed"]);
    // On another track, none of this counts.
    state(&scratch, "0.3.0", F);
    let track = scratch.json(0, &["check", "--against", "track"]);
    assert_eq!(verdicts(&track), ["a:p unchanged none 0.2.1>0.3.0 sufficient passed"]);
}

#[test]
fn what_is_kept_names_no_version_that_is_released() {
    let scratch = Scratch::repository();
    for (version, body) in [("1.0.0", FG), ("1.1.0", F)] {
        state(&scratch, version, body);
        scratch.release(&format!("v{version}"));
    }
    let removed = |version: &str| {
        state(&scratch, version, F);
        let report = scratch.json(1, &["check", "--against", "track"]);
        let changes = report["packages"][0]["changes"].as_array().unwrap();
        assert_eq!(changes.len(), 1);
        changes[0].clone()
    };
    let change = removed("1.2.0");
    assert_eq!(change["alternative"]["version"], "1.2.0");
    let kept = change["alternative"]["steps"][0]["wit"].as_str().unwrap();
    assert!(kept.contains("@deprecated(version = 1.2.0)"), "{kept}");
    // What the tag has already is no version to put it into.
    let change = removed("1.1.0");
    assert_eq!((&change["rule"], &change["alternative"]), (&"function-removed".into(), &Value::Null));
    assert!(change["hint"].as_str().unwrap().contains("keep `g`"), "{change}");
}

/// `g` is gone in one release and has another meaning in the next: those who use the oldest break, and so does the rest.
#[test]
fn what_two_releases_promised_differently() {
    let scratch = Scratch::repository();
    for (version, result) in [("1.0.0", "u8"), ("1.1.0", "u16")] {
        state(&scratch, version, &format!("interface i {{ g: func() -> {result}; }}"));
        scratch.release(&format!("v{version}"));
    }
    state(&scratch, "1.2.0", "interface i { g: func() -> u32; }");
    let report = scratch.json(1, &["check", "--against", "track"]);
    assert_eq!(verdicts(&report), ["a:p changed major 1.1.0>1.2.0 insufficient failed insufficient-version"]);
    // Back to what the oldest promised: the newest breaks.
    state(&scratch, "1.2.0", "interface i { g: func() -> u8; }");
    scratch.json(1, &["check", "--against", "track"]);
    scratch.json(1, &["check", "--against", "tag"]);
    state(&scratch, "1.2.0", "interface i { g: func() -> u16; }");
    scratch.json(0, &["check", "--against", "tag"]);
    let report = scratch.json(1, &["check", "--against", "track"]);
    let changes = report["packages"][0]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["since"]["input"], "v1.0.0");
}

/// 0.3.0 is tagged on `main`; the branch `0.2` goes on from 0.2.1.
fn maintained() -> Scratch {
    let scratch = Scratch::repository();
    for (version, body) in [("0.2.0", F), ("0.2.1", FG)] {
        state(&scratch, version, body);
        scratch.release(&format!("v{version}"));
    }
    scratch.git(&["branch", "0.2"]);
    state(&scratch, "0.3.0", F_CHANGED);
    scratch.release("v0.3.0");
    scratch
}

#[test]
fn a_maintenance_branch_is_judged_against_its_own_line() {
    let scratch = maintained();
    scratch.git(&["checkout", "-q", "0.2"]);
    state(&scratch, "0.2.2", FGH);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed minor 0.2.1>0.2.2 sufficient passed"]);
    assert_eq!(report["old"]["input"], "v0.2.1");
    state(&scratch, "0.2.2", F);
    assert_eq!(
        verdicts(&scratch.json(1, &["check"])),
        ["a:p changed major 0.2.1>0.2.2 insufficient failed insufficient-version"]
    );
    // Where 0.3.0 is in the history as well, such as after a merge of `main`, it does not count either.
    scratch.git(&["checkout", "-qf", "0.2"]);
    scratch.git(&["merge", "-q", "-s", "ours", "--no-ff", "-m", "merge", "main"]);
    for (body, code) in [(FGH, 0), (F, 1)] {
        state(&scratch, "0.2.2", body);
        let report = scratch.json(code, &["check"]);
        assert_eq!(report["old"]["input"], "v0.2.1");
        assert_eq!(report["packages"][0]["old_version"], "0.2.1");
        assert_eq!(scratch.json(code, &["check", "--against", "tag"])["old"]["input"], "v0.2.1");
    }
    let track = scratch.json(1, &["check", "--against", "track"]);
    assert_eq!(track["old"]["input"], "v0.2.1");
}

#[test]
fn main_goes_on_from_its_own_line() {
    let scratch = maintained();
    scratch.git(&["checkout", "-q", "0.2"]);
    state(&scratch, "0.2.2", FGH);
    scratch.release("v0.2.2");
    scratch.git(&["checkout", "-q", "main"]);
    state(&scratch, "0.3.1", "interface i { f: func() -> u32; k: func(); }");
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed minor 0.3.0>0.3.1 sufficient passed"]);
    // Both lines in one tree, each against its own.
    scratch.git(&["merge", "-q", "-s", "ours", "--no-ff", "-m", "merge", "0.2"]);
    scratch.write("stable/a.wit", wit("a:p@0.2.3", FG));
    let report = scratch.json(1, &["check"]);
    assert_eq!(
        verdicts(&report),
        [
            "a:p changed major 0.2.2>0.2.3 insufficient failed insufficient-version",
            "a:p changed minor 0.3.0>0.3.1 sufficient passed",
        ]
    );
    let bases: Vec<_> =
        report["packages"].as_array().unwrap().iter().map(|package| &package["base"]["input"]).collect();
    assert_eq!(bases, ["v0.2.2", "v0.3.0"]);
}

#[test]
fn the_first_release_of_a_line_is_held_against_the_line_before() {
    let scratch = maintained();
    scratch.git(&["checkout", "-q", "0.2"]);
    state(&scratch, "0.3.0", F_CHANGED);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed major 0.2.1>0.3.0 sufficient passed"]);
    // Pre-releases go with the release they lead to.
    state(&scratch, "0.3.0-rc.1", F_CHANGED);
    scratch.release("v0.3.0-rc.1");
    state(&scratch, "0.3.0-rc.2", FG);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed major 0.3.0-rc.1>0.3.0-rc.2 pre-release passed"]);
    state(&scratch, "0.2.2", FGH);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed minor 0.2.1>0.2.2 sufficient passed"]);
}

/// A branch for a pull request on a maintenance branch, with CI saying so.
#[test]
fn a_pull_request_for_a_maintenance_branch() {
    let scratch = maintained();
    scratch.git(&["checkout", "-qb", "fix", "0.2"]);
    state(&scratch, "0.2.1", FGH);
    scratch.commit("fix");
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "0.2")];
    let report = scratch.json_with(&variables, 1, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed minor 0.2.1>0.2.1 unchanged-version failed unchanged-version"]);
    state(&scratch, "0.2.2", FGH);
    scratch.commit("bump");
    scratch.json_with(&variables, 0, &["check"]);
}

/// What a pre-release broke is still broken in the release: only releases promise anything.
#[test]
fn pre_releases_promise_nothing() {
    let scratch = Scratch::repository();
    for (version, body) in [("1.0.0", F), ("1.1.0-rc.1", F_CHANGED)] {
        state(&scratch, version, body);
        scratch.release(&format!("v{version}"));
    }
    state(&scratch, "1.1.0", F_CHANGED);
    let failed = ["a:p changed major 1.0.0>1.1.0 insufficient failed insufficient-version"];
    for base in ["tag", "track"] {
        let report = scratch.json(1, &["check", "--against", base]);
        assert_eq!((verdicts(&report), &report["old"]["input"]), (failed.map(str::to_owned).into(), &"v1.0.0".into()));
    }
    // From one pre-release to the next, nothing is promised.
    state(&scratch, "1.1.0-rc.2", FG);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed major 1.1.0-rc.1>1.1.0-rc.2 pre-release passed"]);
    // What only a pre-release had may go.
    state(&scratch, "1.1.0", F);
    scratch.json(0, &["check"]);
    scratch.json(0, &["check", "--against", "track"]);
    scratch.release("v1.1.0");
    state(&scratch, "1.1.1", F);
    let report = scratch.json(0, &["check", "--against", "track"]);
    assert_eq!(verdicts(&report), ["a:p unchanged none 1.1.0>1.1.1 sufficient passed"]);
    // On a track that has nothing but pre-releases, they are what there is.
    state(&scratch, "2.0.0-rc.1", F_CHANGED);
    scratch.release("v2.0.0-rc.1");
    state(&scratch, "2.0.0", F);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed major 2.0.0-rc.1>2.0.0 sufficient passed"]);
}

/// Tags that are called after something else tell at least what was there.
#[test]
fn tags_that_are_called_after_nobody() {
    let scratch = Scratch::repository();
    scratch.write("more/a.wit", wit("a:q@1.0.0", F));
    state(&scratch, "1.0.0", F);
    scratch.release("cli-v0.7.0");
    state(&scratch, "1.0.1", F_CHANGED);
    let failed = "a:p changed major 1.0.0>1.0.1 insufficient failed insufficient-version";
    let same = "a:q unchanged none 1.0.0>1.0.0 sufficient passed";
    let report = scratch.json(1, &["check"]);
    assert_eq!((verdicts(&report), &report["old"]["input"]), (vec![failed.into(), same.into()], &"cli-v0.7.0".into()));
    scratch.json(1, &["check", "--against", "track"]);
    // One package has tags of its own, and the other still has these.
    scratch.git(&["tag", "q-v1.0.0", "HEAD"]);
    assert_eq!(verdicts(&scratch.json(1, &["check"])), [failed, same]);
    // What no tag holds is new.
    scratch.write("new/a.wit", wit("a:new@1.0.0", F));
    let report = scratch.json(1, &["check"]);
    assert_eq!(verdicts(&report), ["a:new added minor ->1.0.0 sufficient passed", failed, same]);
}

#[test]
fn annotated_tags_and_such_as_are_no_releases() {
    let scratch = Scratch::repository();
    state(&scratch, "1.0.0", F);
    scratch.commit("one");
    scratch.git(&["tag", "-a", "-m", "annotated", "v1.0.0"]);
    scratch.git(&["tag", "-a", "-m", "of a tag", "1.0.1", "v1.0.0"]);
    scratch.git(&["tag", "v9.0.0", "HEAD^{tree}"]);
    for name in ["latest", "v1", "v2.0", "1.0.x"] {
        scratch.git(&["tag", name]);
    }
    state(&scratch, "1.1.0", FG);
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:p changed minor 1.0.0>1.1.0 sufficient passed"]);
    assert_eq!((&report["old"]["input"], &report["old"]["commit"]), (&"1.0.1".into(), &scratch.id("HEAD").into()));
}

#[test]
fn a_version_that_another_branch_has_released() {
    let scratch = Scratch::repository();
    let state = |version: &str, body: &str| {
        scratch.write("wit/a.wit", wit(&format!("a:p@{version}"), body));
    };
    state("1.2.0", F);
    scratch.release("v1.2.0");
    state("1.3.0", FG);
    scratch.release("v1.3.0");
    scratch.git(&["checkout", "-q", "-b", "topic", "v1.2.0"]);
    state("1.3.0", "interface i { f: func(); other: func(); }");
    scratch.commit("topic");
    let said = "`a:p` 1.3.0 was released already, as `v1.3.0`, with other contents and outside of this history";
    for arguments in [&["check"][..], &["check", "--against", "merge-base:main"], &["check", "topic"]] {
        scratch.tool(arguments).code(0).says(said);
    }
    assert_eq!(scratch.json(0, &["check"])["warnings"].as_array().map(Vec::len), Some(1));
    // The very same may come from there, and another version is free.
    state("1.3.0", FG);
    assert!(!scratch.tool(&["check"]).code(0).stderr.contains("released already"));
    state("1.4.0", "interface i { f: func(); other: func(); }");
    assert!(!scratch.tool(&["check"]).code(0).stderr.contains("released already"));
}

#[test]
fn of_two_versions_on_one_track_each_has_a_release_of_its_own() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:y@1.0.0", F)).write("b/a.wit", wit("x:y@1.1.0", FGH)).release("v1.1.0");
    repository.write("a/a.wit", wit("x:y@1.0.0", FG));
    let report = repository.json(1, &["check"]);
    assert!(brief(&report).contains(&"x:y changed minor 1.0.0>1.0.0 unchanged-version".to_owned()), "{report:#}");
}
