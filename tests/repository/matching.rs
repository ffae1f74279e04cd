//! Which package of the old side is which of the new one: by name and track, never by path.

use super::*;

/// Each version of `a:p` in its directory.
fn versions(scratch: &Scratch, packages: &[(&str, &str, &str)]) {
    scratch.git(&["rm", "-rqf", "--ignore-unmatch", "."]);
    for (directory, version, body) in packages {
        let identity = if version.is_empty() { "a:p".to_owned() } else { format!("a:p@{version}") };
        scratch.write(&format!("{directory}/a.wit"), wit(&identity, body));
    }
    // Next to them, so that no side is one package by itself.
    scratch.write("other/a.wit", wit("z:z@1.0.0", F));
}

/// What becomes of `a:p` between two states.
#[track_caller]
fn between(code: i32, old: &[(&str, &str, &str)], new: &[(&str, &str, &str)]) -> Value {
    let scratch = Scratch::repository();
    versions(&scratch, old);
    scratch.commit("old");
    versions(&scratch, new);
    scratch.commit("new");
    scratch.json(code, &["compare", "HEAD~1..HEAD", "--package", "a:p"])
}

#[test]
fn a_moved_directory_is_a_note() {
    let scratch = Scratch::repository();
    for name in ["moved", "stays"] {
        scratch.write(&format!("old/{name}/a.wit"), wit(&format!("a:{name}@1.0.0"), F));
    }
    scratch.write("old/changed/a.wit", wit("a:changed@1.0.0", F)).commit("old");
    scratch.git(&["mv", "old/moved", "new"]);
    scratch.git(&["mv", "old/changed", "other"]);
    scratch.write("other/a.wit", wit("a:changed@1.1.0", FG)).commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(
        brief(&report),
        [
            "a:changed changed minor 1.0.0>1.1.0 sufficient",
            "a:moved unchanged none 1.0.0>1.0.0 sufficient",
            "a:stays unchanged none 1.0.0>1.0.0 sufficient",
        ]
    );
    let paths = |name: &str| (named(&report, name)["old_path"].clone(), named(&report, name)["new_path"].clone());
    assert_eq!(paths("a:moved"), ("old/moved".into(), "new".into()));
    assert_eq!(paths("a:changed"), ("old/changed".into(), "other".into()));
    assert_eq!(paths("a:stays"), ("old/stays".into(), "old/stays".into()));
    assert_eq!(each(&named(&report, "a:changed")["changes"], "rule"), ["function-added"]);
    let text = scratch.tool(&["compare", "HEAD~1..HEAD"]).code(0);
    text.prints("note: moved from `old/changed` to `other`")
        .prints("2 unchanged: a:moved, a:stays 1 of them moved: a:moved from `old/moved` to `new`");
}

#[test]
fn the_only_package_of_a_repository_may_move_too() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", F)).commit("old");
    scratch.git(&["mv", "wit", "api"]);
    scratch.write("api/a.wit", wit("a:p@1.1.0", FG)).commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(brief(&report), ["a:p changed minor 1.0.0>1.1.0 sufficient"]);
    let package = &report["packages"][0];
    assert_eq!((&package["old_path"], &package["new_path"]), (&"wit".into(), &"api".into()));
    scratch.tool(&["compare", "HEAD~1..HEAD"]).prints("note: moved from `wit` to `api`");
}

#[test]
fn several_versions_of_one_name() {
    let report = between(0, &[("x", "1.0.0", F), ("y", "2.0.0", FG)], &[("y", "1.1.0", FG), ("x", "2.1.0", FGH)]);
    let expected = ["a:p changed minor 1.0.0>1.1.0 sufficient", "a:p changed minor 2.0.0>2.1.0 sufficient"];
    assert_eq!(brief(&report), expected);
    // The same version first, then the track, then what is left; one that goes on tells of the others.
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.5.0", FG)], &[("y", "1.0.0", F), ("x", "1.6.0", FG)]);
    let expected = ["a:p unchanged none 1.0.0>1.0.0 sufficient", "a:p unchanged none 1.5.0>1.6.0 sufficient"];
    assert_eq!(brief(&report), expected);
    let report = between(0, &[("x", "1.0.0", F)], &[("y", "1.0.1", F), ("z", "2.0.0", F_CHANGED)]);
    assert_eq!(brief(&report), ["a:p unchanged none 1.0.0>1.0.1 sufficient"]);
    let beside = serde_json::json!([{ "status": "added", "version": "2.0.0", "path": "z" }]);
    assert_eq!(report["packages"][0]["tracks"], beside);
    // Only where nothing goes on, a package has moved on to another track.
    let report = between(0, &[("x", "1.0.0", F)], &[("z", "2.0.0", F_CHANGED)]);
    assert_eq!(brief(&report), ["a:p changed major 1.0.0>2.0.0 sufficient"]);
    assert_eq!(report["packages"][0]["tracks"], Value::Null);
}

#[test]
fn a_pre_release_goes_with_the_release_it_led_to() {
    let old = [("stable", "0.2.9", F), ("draft", "0.3.0-rc-2026-01-06", F_CHANGED)];
    let report = between(0, &old, &[("stable", "0.3.0", F_CHANGED)]);
    assert_eq!(brief(&report), ["a:p unchanged none 0.3.0-rc-2026-01-06>0.3.0 sufficient"]);
    let gone = serde_json::json!([{ "status": "removed", "version": "0.2.9", "path": "stable" }]);
    assert_eq!(report["packages"][0]["tracks"], gone);
    let report = between(0, &old, &[("stable", "0.2.10", FG), ("draft", "0.3.0-rc-2026-02-09", FG)]);
    assert_eq!(
        brief(&report),
        [
            "a:p changed minor 0.2.9>0.2.10 sufficient",
            "a:p changed major 0.3.0-rc-2026-01-06>0.3.0-rc-2026-02-09 pre-release",
        ]
    );
}

#[test]
fn without_versions() {
    let report = between(0, &[("x", "", F)], &[("y", "", FG)]);
    assert_eq!(brief(&report), ["a:p changed minor ->- unversioned"]);
    let report = between(0, &[("x", "", F)], &[("y", "0.1.0", FG)]);
    assert_eq!(brief(&report), ["a:p changed minor ->0.1.0 unversioned"]);
}

#[test]
fn added_removed_and_renamed() {
    let scratch = Scratch::repository();
    scratch.write("a/a.wit", wit("a:a@1.0.0", F)).write("b/a.wit", wit("a:b@1.0.0", F)).commit("old");
    scratch.write("b/a.wit", wit("a:c@1.0.0", F)).commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(
        brief(&report),
        [
            "a:a unchanged none 1.0.0>1.0.0 sufficient",
            "a:b removed major 1.0.0>- unversioned",
            "a:c added minor ->1.0.0 sufficient",
        ]
    );
    assert_eq!(report["level"], "major");
    assert_eq!(each(&named(&report, "a:b")["changes"], "rule"), ["package-removed"]);
    assert_eq!(each(&named(&report, "a:c")["changes"], "rule"), ["package-added"]);
    let (removed, added) = (named(&report, "a:b"), named(&report, "a:c"));
    assert_eq!((&removed["old_path"], &removed["new_path"]), (&"b".into(), &Value::Null));
    assert_eq!((&added["old_path"], &added["new_path"]), (&Value::Null, &"b".into()));
    scratch.tool(&["compare", "HEAD~1..HEAD", "--fail-on", "major"]).code(1);
    scratch.tool(&["compare", "HEAD~1..HEAD", "--fail-on", "major", "--package", "a:c"]).code(0);
    scratch.tool(&["compare", "HEAD~1..HEAD", "--package", "a:z"]).code(4).says("no package is called `a:z`");
    // From nothing, and to nothing.
    let empty = scratch.git(&["commit-tree", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "-m", "empty"]);
    let report = scratch.json(0, &["compare", &format!("{empty}..HEAD")]);
    assert_eq!(brief(&report), ["a:a added minor ->1.0.0 sufficient", "a:c added minor ->1.0.0 sufficient"]);
    let report = scratch.json(0, &["compare", &format!("HEAD..{empty}")]);
    assert_eq!(brief(&report), ["a:a removed major 1.0.0>- unversioned", "a:c removed major 1.0.0>- unversioned"]);
    scratch.tool(&["compare", &format!("{empty}..{empty}")]).code(4);
    // All gone but one, which stands alone then: still by name.
    std::fs::remove_dir_all(scratch.path().join("a")).unwrap();
    let report = scratch.json(0, &["compare", "HEAD~1"]);
    assert_eq!(
        brief(&report),
        [
            "a:a removed major 1.0.0>- unversioned",
            "a:b removed major 1.0.0>- unversioned",
            "a:c added minor ->1.0.0 sufficient",
        ]
    );
}

#[test]
fn the_only_package_of_a_repository_renamed() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).commit("old");
    scratch.write("wit/a.wit", wit("a:c@1.0.0", F)).commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    let expected = ["a:b removed major 1.0.0>- unversioned", "a:c added minor ->1.0.0 sufficient"];
    assert_eq!(brief(&report), expected);
}

#[test]
fn the_same_package_twice() {
    // Copies are one.
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.0.0", F)], &[("x", "1.1.0", FG), ("y", "1.1.0", FG)]);
    assert_eq!(brief(&report), ["a:p changed minor 1.0.0>1.1.0 sufficient"]);
    assert_eq!(report["packages"][0]["old_path"], "x");
    // Those that differ are told apart by their places, where those are the same on both sides.
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.0.0", FG)], &[("x", "1.1.0", FG), ("y", "1.1.0", FG)]);
    assert_eq!(
        brief(&report),
        ["a:p changed minor 1.0.0>1.1.0 sufficient", "a:p unchanged none 1.0.0>1.1.0 sufficient"]
    );
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.0.0", FG)], &[("x", "1.0.0", F), ("y", "1.0.0", FGH)]);
    assert_eq!(
        brief(&report),
        ["a:p unchanged none 1.0.0>1.0.0 sufficient", "a:p changed minor 1.0.0>1.0.0 unchanged-version"]
    );
    assert_eq!(each(&report["packages"], "new_path"), ["x", "y"]);
    // Else nobody can know.
    let report = between(3, &[("x", "1.0.0", F), ("y", "1.0.0", FG)], &[("v", "1.0.0", F), ("w", "1.0.0", FGH)]);
    assert_eq!(brief(&report), ["a:p undetermined - 1.0.0>- undetermined"]);
    let error = &report["packages"][0]["error"];
    assert_eq!(error["message"], "package `a:p@1.0.0` is in `x` and in `y`, and they differ");
    assert_eq!(error["side"], "old");
    let report = between(3, &[("x", "1.0.0", F), ("y", "1.0.0", FG)], &[("z", "1.1.0", FGH), ("n", "2.0.0", F)]);
    assert_eq!(brief(&report), ["a:p undetermined - 1.0.0>- undetermined", "a:p added minor ->2.0.0 sufficient"]);
    let report = between(3, &[("x", "1.0.0", F)], &[("v", "1.0.0", F), ("w", "1.0.0", FGH)]);
    assert_eq!(brief(&report), ["a:p undetermined - ->1.0.0 undetermined"]);
    assert_eq!(report["packages"][0]["error"]["side"], "new");
    assert_eq!(report["packages"][0]["error"]["message"], "package `a:p@1.0.0` is in `v` and in `w`, and they differ");
}

#[test]
fn one_of_two_copies_goes_on() {
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.0.0", F)], &[("x", "1.1.0", FG), ("y", "1.0.0", F)]);
    assert_eq!(
        brief(&report),
        ["a:p unchanged none 1.0.0>1.0.0 sufficient", "a:p changed minor 1.0.0>1.1.0 sufficient"]
    );
    assert_eq!(each(&report["packages"], "old_path"), ["y", "x"]);
    // Under one version they are told apart by their places.
    let report = between(0, &[("x", "1.0.0", F), ("y", "1.0.0", F)], &[("x", "1.0.0", FG), ("y", "1.0.0", F)]);
    assert_eq!(
        brief(&report),
        ["a:p changed minor 1.0.0>1.0.0 unchanged-version", "a:p unchanged none 1.0.0>1.0.0 sufficient"]
    );
}

/// A check finds them at their places, too, against whatever.
#[test]
fn copies_that_differ_are_checked() {
    let scratch = Scratch::repository();
    scratch.write("x/a.wit", wit("a:p@1.0.0", F)).write("y/a.wit", wit("a:p@1.0.0", FG)).release("v1.0.0");
    let unchanged = "a:p unchanged none 1.0.0>1.0.0 sufficient passed";
    let failed = "a:p changed major 1.0.0>1.0.0 unchanged-version failed unchanged-version";
    for base in ["v1.0.0", "merge-base:main", "tag", "track"] {
        scratch.write("y/a.wit", wit("a:p@1.0.0", FG));
        let report = scratch.json(0, &["check", "--against", base]);
        assert_eq!(verdicts(&report), [unchanged, unchanged], "{base}");
        scratch.write("y/a.wit", wit("a:p@1.0.0", F_CHANGED));
        let report = scratch.json(1, &["check", "--against", base]);
        assert_eq!(verdicts(&report), [unchanged, failed], "{base}");
    }
}

#[test]
fn one_side_is_a_single_package() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", F)).commit("old");
    scratch.write("more/a.wit", wit("a:q@1.0.0", F)).write("wit/a.wit", wit("a:p@1.1.0", FG)).commit("new");
    let report = scratch.json(0, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(brief(&report), ["a:p changed minor 1.0.0>1.1.0 sufficient", "a:q added minor ->1.0.0 sufficient"]);
    let report = scratch.json(0, &["compare", "HEAD..HEAD~1"]);
    assert_eq!(
        brief(&report),
        ["a:p changed major 1.1.0>1.0.0 went-backwards", "a:q removed major 1.0.0>- unversioned"]
    );
}
