//! What a check compares with: what somebody says, and what is found where nobody does.

use super::*;

/// One package in `wit`, in each state committed under a tag; the last one is what stands in the working tree, too.
fn released(states: &[(&str, &str, &str)]) -> Scratch {
    let scratch = Scratch::repository();
    for (tag, version, body) in states {
        scratch.write("wit/a.wit", wit(&format!("a:http@{version}"), body)).release(tag);
    }
    scratch
}

/// What was compared with what: the commit, and how the report says so.
#[track_caller]
fn based(scratch: &Scratch, arguments: &[&str], revision: &str, line: &str) -> Value {
    let run = scratch.tool(&[&["check"], arguments].concat());
    let id = scratch.id(revision);
    let old = run.stdout.split("\n\n").next().unwrap();
    let old = words(old);
    assert_eq!(old, format!("comparing {}", line.replace("{}", &id[..7])), "{run:#?}");
    let report = scratch.tool(&[&["check"], arguments, &["--format", "json"]].concat()).json();
    assert_eq!(report["old"]["commit"], id);
    report
}

#[test]
fn what_somebody_says() {
    let scratch = released(&[("v1.0.0", "1.0.0", F), ("v1.1.0", "1.1.0", FG)]);
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("wit/a.wit", wit("a:http@1.2.0", FGH)).commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("more/a.wit", wit("a:more@1.0.0", F)).commit("main");
    scratch.git(&["checkout", "-q", "topic"]);

    based(&scratch, &["--against", "v1.0.0"], "v1.0.0", "v1.0.0 ({}) with the working tree");
    based(&scratch, &["--against", "HEAD~2"], "v1.0.0", "HEAD~2 ({}) with the working tree");
    let merge_base = "main...HEAD ({}, the merge base with `main`) with the working tree";
    let report = based(&scratch, &["--against", "merge-base:main"], "v1.1.0", merge_base);
    assert_eq!(verdicts(&report), ["a:http changed minor 1.1.0>1.2.0 sufficient passed"]);
    let tag = "v1.1.0 ({}, the newest release tag in the history of `HEAD`) with the working tree";
    based(&scratch, &["--against", "tag"], "v1.1.0", tag);
    let tag =
        "v1.0.0 ({}, the newest release tag that `v1.0.*` matches in the history of `HEAD`) with the working tree";
    based(&scratch, &["--against", "tag:v1.0.*"], "v1.0.0", tag);
    let track = "v1.1.0 ({}, every release tag in the history of `HEAD`) with the working tree";
    based(&scratch, &["--against", "track"], "v1.1.0", track);
    // What a branch called `main` gained is not asked of others.
    let report = scratch.json(1, &["check", "--against", "main"]);
    assert_eq!(
        verdicts(&report),
        [
            "a:http changed minor 1.1.0>1.2.0 sufficient passed",
            "a:more removed major 1.0.0>- unversioned failed removed-unannounced",
        ]
    );
    scratch.tool(&["check", "--against", "mian"]).code(3).says("error: old revision").says("`mian`").says("`main`");
    scratch.tool(&["check", "--against", "merge-base:mian"]).code(3).says("no revision `mian`");
    scratch.tool(&["check", "--against", "tag:x*"]).code(3).says("no tag that `x*` matches");
    scratch.tool(&["check", "--against"]).code(2);
    scratch.tool(&["check", "--against", ""]).code(3).says("the input is empty");
}

#[test]
fn directories_and_binaries() {
    let scratch = released(&[("v1.0.0", "1.0.0", F)]);
    scratch.write("old/a.wit", wit("a:http@1.0.0", F)).write("new/a.wit", wit("a:http@1.0.0", FG));
    let report = scratch.json(1, &["check", "new", "--against", "old"]);
    assert_eq!(verdicts(&report), ["a:http changed minor 1.0.0>1.0.0 unchanged-version failed unchanged-version"]);
    assert_eq!(report["old"], serde_json::json!({ "input": "old", "kind": "path", "root": "old" }));
    scratch.json(1, &["check", "new", "--against", "path:old"]);
    scratch.json(1, &["check", "new/a.wit", "--against", "old/a.wit"]);
    // Outside of any repository, too.
    let elsewhere = Scratch::empty();
    elsewhere.write("old.wit", wit("a:http@1.0.0", F)).write("new.wit", wit("a:http@1.1.0", FG));
    let report = elsewhere.json(0, &["check", "new.wit", "--against", "old.wit"]);
    assert_eq!(verdicts(&report), ["a:http changed minor 1.0.0>1.1.0 sufficient passed"]);
    let run = elsewhere.tool(&["check", "new.wit"]).code(3);
    run.says("the working directory is not in a git repository");

    let component = |import: &str| format!("(component (import \"{import}\" (func)))");
    for (file, import) in [("old.wat", "a"), ("same.wat", "a"), ("other.wat", "b")] {
        elsewhere.write(file, component(import));
    }
    let report = elsewhere.json(0, &["check", "same.wat", "--against", "old.wat"]);
    assert_eq!((&report["old"]["kind"], &report["protect"]), (&"wasm".into(), &"hosts".into()));
    let report = elsewhere.json(1, &["check", "other.wat", "--against", "old.wat"]);
    assert_eq!(report["level"], "major");
    assert_eq!(report["packages"][0]["check"]["reasons"], serde_json::json!(["breaks-unversioned"]));
}

#[test]
fn the_newest_release_and_else_the_default_branch() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:http@0.1.0", F)).commit("one");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("wit/a.wit", wit("a:http@0.1.1", FG)).commit("two");
    let line = "main...HEAD ({}, the merge base with `main`, taken for the default branch) with the working tree";
    based(&scratch, &[], "main", line);
    // On the default branch itself, that is the commit, and what is not committed counts.
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("wit/a.wit", wit("a:http@0.1.0", FGH));
    let line = "main...HEAD ({}, the merge base with `main`, taken for the default branch, which is the commit itself) \
                with the working tree";
    let report = based(&scratch, &[], "main", line);
    assert_eq!(verdicts(&report), ["a:http changed minor 0.1.0>0.1.0 unchanged-version failed unchanged-version"]);
    scratch.git(&["checkout", "-qf", "topic"]);
    scratch.git(&["branch", "-qm", "main", "master"]);
    let line = "master...HEAD ({}, the merge base with `master`, taken for the default branch) with the working tree";
    based(&scratch, &[], "master", line);
    // A release comes before a branch.
    scratch.git(&["tag", "v0.1.0", "master"]);
    based(
        &scratch,
        &[],
        "v0.1.0",
        "v0.1.0 ({}, the newest release tag in the history of `HEAD`) with the working tree",
    );

    scratch.git(&["tag", "-d", "v0.1.0"]);
    scratch.git(&["branch", "-qm", "master", "trunk"]);
    let run = scratch.tool(&["check"]).code(3).says("error: old revision");
    run.says("nothing says what to compare with: there is no release tag").says("`--against REV` names it");
    // A clone knows what the default branch is.
    scratch.git(&["checkout", "-q", "trunk"]);
    scratch.git(&["clone", "-q", ".", "clone"]);
    scratch.git_in("clone", &["checkout", "-q", "topic"]);
    let report = scratch.json_in("clone", 0, &["check"]);
    assert_eq!(report["old"]["input"], "origin/trunk...HEAD");
    assert_eq!(report["old"]["how"], "the merge base with `origin/trunk`, the default branch");
    assert_eq!(report["old"]["commit"], scratch.id("trunk"));
}

#[test]
fn tags_of_packages() {
    for style in ["-v", "/v"] {
        let scratch = Scratch::repository();
        let state = |http: (&str, &str), io: (&str, &str)| {
            scratch.write("http/a.wit", wit(&format!("wasi:http@{}", http.0), http.1));
            scratch.write("io/a.wit", wit(&format!("wasi:io@{}", io.0), io.1));
            scratch.commit(http.0);
        };
        state(("0.2.0", F), ("1.0.0", F));
        scratch.git(&["tag", &format!("http{style}0.2.0")]);
        scratch.git(&["tag", &format!("wasi-io{style}1.0.0")]);
        state(("0.2.1", FG), ("1.1.0", FG));
        scratch.git(&["tag", &format!("http{style}0.2.1")]);
        // Not of either.
        scratch.git(&["tag", &format!("other{style}9.0.0")]);
        state(("0.2.1", FGH), ("1.1.0", FG));
        let report = scratch.json(1, &["check"]);
        assert_eq!(
            verdicts(&report),
            [
                "wasi:http changed minor 0.2.1>0.2.1 unchanged-version failed unchanged-version",
                "wasi:io changed minor 1.0.0>1.1.0 sufficient passed",
            ]
        );
        let bases: Vec<&str> =
            report["packages"].as_array().unwrap().iter().map(|p| p["base"]["input"].as_str().unwrap()).collect();
        assert_eq!(bases, [format!("http{style}0.2.1"), format!("wasi-io{style}1.0.0")]);
        let called = |tag: String| format!("{tag} ({})", &scratch.id(&tag)[..7]);
        let both = format!("{}, {}", called(format!("http{style}0.2.1")), called(format!("wasi-io{style}1.0.0")));
        assert_eq!((&report["old"]["input"], &report["old"]["commit"]), (&both.as_str().into(), &Value::Null));
        let run = scratch.tool(&["check"]).code(1);
        run.begins(&format!(
            "comparing {both} (the newest release tag in the history of `HEAD`) with the working tree"
        ))
        .prints(&format!("against http{style}0.2.1 ({})", &scratch.id(&format!("http{style}0.2.1"))[..7]));
        // Alone, each has its own at the top.
        let report = scratch.json(0, &["check", "--package", "wasi:io"]);
        assert_eq!(report["old"]["input"], format!("wasi-io{style}1.0.0"));
        let report = scratch.json(1, &["check", "--against", &format!("tag:http{style}*")]);
        assert_eq!(named(&report, "wasi:http")["old_version"], "0.2.1");
    }
}

#[test]
fn patterns() {
    let scratch = Scratch::repository();
    for (tag, version, body) in [("release-1.0.0", "1.0.0", F), ("nightly-1.1.0", "1.1.0", FG)] {
        scratch.write("wit/a.wit", wit(&format!("a:http@{version}"), body)).release(tag);
    }
    scratch.write("wit/a.wit", wit("a:http@1.2.0", FGH)).commit("next");
    let line = "release-1.0.0 ({}, the newest release tag that `release-*` matches in the history of `HEAD`) with the \
                working tree";
    based(&scratch, &["--against", "tag:release-*"], "release-1.0.0", line);
    // Neither is a release by itself.
    let report = scratch.json(0, &["check"]);
    assert_eq!(report["old"]["input"], "main...HEAD");
}

#[test]
fn other_inputs() {
    let scratch = Scratch::repository();
    for name in ["one", "two"] {
        scratch.write(&format!("{name}/wit/a.wit"), wit(&format!("a:{name}@1.0.0"), F));
    }
    scratch.release("v1.0.0");
    scratch.write("one/wit/a.wit", wit("a:one@1.1.0", FG)).commit("more");
    scratch.git(&["rm", "-rq", "two"]);
    scratch.commit("less");
    // What is elsewhere is not missed, and what was here is.
    let one = "a:one changed minor 1.0.0>1.1.0 sufficient passed";
    let gone = "a:two removed major 1.0.0>- unversioned failed removed-unannounced";
    for (input, code, expected) in [
        ("one", 0, &[one][..]),
        ("./one/", 0, &[one]),
        ("one/wit", 0, &[one]),
        ("one/wit/a.wit", 0, &[one]),
        (".", 1, &[one, gone]),
        ("HEAD", 1, &[one, gone]),
        ("HEAD:one", 0, &[one]),
        ("HEAD~1", 0, &[one, "a:two unchanged none 1.0.0>1.0.0 sufficient passed"]),
    ] {
        let report = scratch.json(code, &["check", input]);
        assert_eq!(verdicts(&report), expected, "{input}");
        assert_eq!(report["old"]["commit"], scratch.id("v1.0.0"), "{input}");
    }
    // The same from a subdirectory: without an input it is all of the repository.
    assert_eq!(verdicts(&scratch.json_in("one", 1, &["check"])), [one, gone]);
    assert_eq!(verdicts(&scratch.json_in("one", 0, &["check", "."])), [one]);
    assert_eq!(verdicts(&scratch.json_in("one", 0, &["check", "wit"])), [one]);
    assert_eq!(verdicts(&scratch.json_in("one/wit", 0, &["check", "..", "--against", "merge-base:v1.0.0"])), [one]);
    // And against a branch.
    assert_eq!(verdicts(&scratch.json(0, &["check", "one", "--against", "v1.0.0"])), [one]);
    assert_eq!(verdicts(&scratch.json(0, &["check", "one", "--against", "v1.0.0:one"])), [one]);
    assert_eq!(verdicts(&scratch.json(1, &["check", "--against", "v1.0.0"])), [one, gone]);
    // A file that was never committed.
    scratch.write("three/a.wit", wit("a:three@1.0.0", F));
    let report = scratch.json(0, &["check", "three"]);
    assert_eq!(verdicts(&report), ["a:three added minor ->1.0.0 sufficient passed"]);
}

/// A part is compared with what was there, not with all that is elsewhere, and it did not move for being a part.
#[test]
fn parts_of_what_they_are_compared_with() {
    let scratch = Scratch::repository();
    for (directory, name) in [("part/one", "a:one"), ("part/two", "a:two"), ("other", "a:other")] {
        scratch.write(&format!("{directory}/wit/a.wit"), wit(&format!("{name}@1.0.0"), F));
    }
    scratch.release("v1.0.0");
    scratch.git(&["rm", "-rq", "part/two"]);
    scratch.write("part/one/wit/a.wit", wit("a:one@1.1.0", FG)).commit("less");
    let one = "a:one changed minor 1.0.0>1.1.0 sufficient";
    let two = "a:two removed major 1.0.0>- unversioned";
    let failed = [format!("{one} passed"), format!("{two} failed removed-unannounced")];
    for base in ["v1.0.0", "v1.0.0:part", "merge-base:v1.0.0", "merge-base:v1.0.0:part", "tag", "track"] {
        for input in ["part", "HEAD:part"] {
            let report = scratch.json(1, &["check", input, "--against", base]);
            assert_eq!(verdicts(&report), failed, "{input} {base}");
            let paths =
                |name: &str| (named(&report, name)["old_path"].clone(), named(&report, name)["new_path"].clone());
            assert_eq!(paths("a:one").0, paths("a:one").1, "{input} {base}");
            scratch.tool(&["check", input, "--against", base]).code(1).never_names("moved from");
        }
    }
    for inputs in [&["v1.0.0", "part"][..], &["v1.0.0:part", "part"], &["v1.0.0", "HEAD:part"]] {
        let report = scratch.json(0, &[&["compare"], inputs].concat());
        assert_eq!(brief(&report), [one, two], "{inputs:?}");
        scratch.tool(&[&["compare"], inputs].concat()).code(0).never_names("moved from");
    }
    // The whole has more than the part.
    let report = scratch.json(0, &["compare", "v1.0.0:part", "."]);
    assert_eq!(brief(&report), [one, "a:other added minor ->1.0.0 sufficient", two]);
    scratch.tool(&["compare", "v1.0.0:part", "."]).code(0).never_names("moved from");
    // Two directories as they stand are two wholes.
    for (directory, names) in [("old", &["x", "y"][..]), ("new", &["x"])] {
        for name in names {
            scratch.write(&format!("{directory}/{name}/a.wit"), wit(&format!("b:{name}@1.0.0"), F));
        }
    }
    let gone = ["b:x unchanged none 1.0.0>1.0.0 sufficient", "b:y removed major 1.0.0>- unversioned"];
    assert_eq!(brief(&scratch.json(0, &["compare", "old", "new"])), gone);
    assert_eq!(brief(&scratch.json(1, &["check", "new", "--against", "old"])), gone);
}

/// The only package that there was is not missed where nobody looks for it.
#[test]
fn a_new_package_beside_the_only_one() {
    let scratch = Scratch::repository();
    scratch.write("old/a.wit", wit("a:old@1.0.0", F)).commit("one");
    scratch.write("new/a.wit", wit("a:new@1.0.0", F));
    for arguments in [&["check", "new"][..], &["check", "new", "--against", "HEAD"]] {
        assert_eq!(verdicts(&scratch.json(0, arguments)), ["a:new added minor ->1.0.0 sufficient passed"]);
    }
    assert_eq!(brief(&scratch.json(0, &["compare", "HEAD", "new"])), ["a:new added minor ->1.0.0 sufficient"]);
    // What was moved there is found by its name.
    scratch.git(&["mv", "old", "new/old"]);
    std::fs::remove_file(scratch.path().join("new/a.wit")).unwrap();
    let report = scratch.json(0, &["check", "new"]);
    assert_eq!(verdicts(&report), ["a:old unchanged none 1.0.0>1.0.0 sufficient passed"]);
    assert_eq!(
        (&report["packages"][0]["old_path"], &report["packages"][0]["new_path"]),
        (&"old".into(), &"new/old".into())
    );
}

/// A range and its two ends are one question.
#[test]
fn a_side_without_any_package() {
    let scratch = Scratch::repository();
    scratch.write("README.md", "").release("v0");
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).commit("first");
    for sides in [&["v0..HEAD"][..], &["v0", "HEAD"]] {
        let report = scratch.json(0, &[&["compare"], sides].concat());
        assert_eq!(brief(&report), ["a:b added minor ->1.0.0 sufficient"]);
    }
    for sides in [&["HEAD..v0"][..], &["HEAD", "v0"]] {
        let report = scratch.json(1, &[&["compare", "--fail-on", "major"], sides].concat());
        assert_eq!((&report["packages"][0]["status"], &report["check"]["passed"]), (&"removed".into(), &false.into()));
    }
    // Neither side has any, and a directory is meant to have some.
    scratch.tool(&["compare", "v0", "v0"]).code(4);
    scratch.tool(&["compare", "v0:", "HEAD:wit"]).code(4);
}

#[test]
fn nothing_to_check() {
    let scratch = Scratch::repository();
    scratch.write("README.md", "").release("v1.0.0");
    scratch.tool(&["check"]).code(4).says("holds no `.wit` file").ends("check failed: nothing was compared");
    scratch.tool(&["check", "--package", "a:b"]).code(4);
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).commit("first");
    // The first package of a repository has nothing to honour.
    let report = scratch.json(0, &["check"]);
    assert_eq!(verdicts(&report), ["a:b added minor ->1.0.0 sufficient passed"]);
    scratch.tool(&["check", "--package", "a:c"]).code(4).says("no package is called `a:c`");
    scratch.tool(&["check", "nowhere"]).code(3).says("neither a path nor a revision `nowhere`");
    // All packages gone is not nothing.
    scratch.release("v1.0.1");
    scratch.git(&["rm", "-rq", "wit"]);
    let report = scratch.json(1, &["check"]);
    assert_eq!(verdicts(&report), ["a:b removed major 1.0.0>- unversioned failed removed-unannounced"]);
}

#[test]
fn the_repository_around_the_input() {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "inner"]);
    scratch.write("inner/wit/a.wit", wit("a:p@1.0.0", F));
    for arguments in [&["add", "-A"][..], &["commit", "-qm", "1"], &["tag", "v1.0.0"]] {
        scratch.git_in("inner", arguments);
    }
    scratch.write("inner/wit/a.wit", wit("a:p@1.1.0", FG));
    for input in ["inner", "inner/wit", "inner/wit/a.wit"] {
        let report = scratch.json(0, &["check", input]);
        assert_eq!(verdicts(&report), ["a:p changed minor 1.0.0>1.1.0 sufficient passed"], "{input}");
        assert_eq!(report["old"]["input"], "v1.0.0");
    }
}
