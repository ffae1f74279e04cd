//! Which part of a history is told, and what is no part of any.

use super::*;

fn scratch() -> Scratch {
    Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.2.0", FGH), ("2.0.0", F_CHANGED)])
}

#[test]
fn from_after_one_revision_to_another() {
    let scratch = scratch();
    let revisions = |range: &str| {
        let log = scratch.json(0, &[range]);
        each(&named(&log, "a:p")["rows"], "revision").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(revisions("v1.0.0..v1.2.0"), ["v1.2.0", "v1.1.0"]);
    assert_eq!(revisions("v1.1.0.."), ["v2.0.0", "v1.2.0"]);
    assert_eq!(revisions("v1.1.0"), ["v1.1.0", "v1.0.0"]);
    assert_eq!(revisions("git:v1.1.0~1..v1.1.0"), ["v1.1.0"]);
    assert_eq!(revisions("HEAD").len(), 4);
    let log = scratch.json(0, &["v1.0.0..v1.2.0"]);
    assert_eq!(
        (&log["base"]["input"], &log["base"]["commit"]),
        (&"v1.0.0".into(), &scratch.git(&["rev-parse", "v1.0.0"]).into())
    );
    assert_eq!(rows(&log, "a:p").last().unwrap(), "v1.1.0<v1.0.0 changed minor 1.0.0>1.1.0 sufficient 1.1.0");
    scratch.log(&["v1.0.0..v1.2.0"]).prints("history of v1.2.0").prints("since v1.0.0").prints("2 release tags");
}

#[test]
fn from_where_two_branches_parted() {
    let scratch = scratch();
    scratch.git(&["checkout", "-qb", "topic", "v1.1.0"]);
    scratch.package("wit/a.wit", "a:p@1.2.0", FGH).commit("On the branch");
    let log = scratch.json(0, &["main...topic"]);
    assert_eq!((&log["by"], &log["revisions"]), (&"commits".into(), &1.into()));
    assert_eq!(log["base"]["commit"], scratch.git(&["rev-parse", "v1.1.0"]));
    assert_eq!(by_subject(&log, "a:p"), ["On the branch: changed minor 1.1.0>1.2.0"]);
    // Two dots begin there, too: what is told is what the branch has and the other one has not.
    assert_eq!(by_subject(&scratch.json(0, &["main..topic"]), "a:p"), by_subject(&log, "a:p"));
}

#[test]
fn what_did_not_change_in_a_range() {
    let scratch = scratch();
    scratch.write("README.md", "words");
    scratch.commit("Explain");
    let log = scratch.json(0, &["v2.0.0.."]);
    assert_eq!((rows(&log, "a:p").len(), &named(&log, "a:p")["unchanged"]), (0, &1.into()));
    scratch.log(&["v2.0.0.."]).code(0).prints("1 revision, none of which changed it");
}

#[test]
fn there_is_no_such_history() {
    let scratch = scratch();
    let nowhere = Scratch::empty();
    nowhere.log(&[]).code(3).says("the working directory is not in a git repository");
    scratch.log(&["v9"]).code(3).says("there is no revision `v9`");
    scratch.log(&["v1.1"]).code(3).says("did you mean");
    scratch.log(&["v9..HEAD"]).code(3).says("there is no revision `v9`");
    scratch.log(&["v1.0.0..v9"]).code(3).says("there is no revision `v9`");
    scratch.log(&["HEAD..v1.0.0"]).code(4).says("no revision is between `HEAD` and `v1.0.0`");
    scratch.log(&["v1..v2..v3"]).code(2).says("names more than one range");
    scratch.log(&["a....b"]).code(2).says("no range");
    scratch.log(&["HEAD:wit"]).code(3).says("a history has none").says("`--package NAME`");
    scratch.log(&["wit"]).code(3).says("`--package NAME` chooses the package");
    scratch
        .log(&["--package", "a:q"])
        .code(4)
        .says("no package is called `a:q` in this history")
        .says("did you mean `a:p`?");
    scratch.log(&["--tags", "--commits"]).code(2);
    let fresh = Scratch::repository();
    fresh.log(&[]).code(3).says("the repository has no commit yet");
    fresh.write("README.md", "nothing").commit("Begin");
    fresh.log(&[]).code(4).says("no revision in the history of `HEAD` holds a package");
    fresh.log(&["--tags"]).code(4).says("no release tag is in the history of `HEAD`").says("`--commits`");
}

#[test]
fn from_somewhere_else() {
    let scratch = scratch();
    let elsewhere = Scratch::empty();
    let repo = scratch.path().to_str().unwrap();
    assert_eq!(elsewhere.json(0, &["--repo", repo]), scratch.json(0, &[]));
    // Standing in a directory changes nothing: packages are those of the repository.
    let inside = Run::by(scratch.binary(&["log", "--format", "json"]).current_dir(scratch.path().join("wit")));
    assert_eq!(inside.code(0).json(), scratch.json(0, &[]));
}

#[test]
fn what_no_release_has_yet_is_told() {
    let scratch = Scratch::repository();
    scratch.write("a.wit", "package a:b@1.0.0;\ninterface i { f: func(); }\n").release("v1.0.0");
    let run = Run::by(&mut scratch.binary(&["log"])).code(0);
    assert_eq!(run.stderr, "");
    scratch.write("README.md", "x").commit("no WIT");
    assert_eq!(Run::by(&mut scratch.binary(&["log"])).code(0).stderr, "");
    scratch.write("a.wit", "package a:b@1.0.0;\ninterface i { f: func(x: u8); }\n").commit("more");
    let run = Run::by(&mut scratch.binary(&["log"])).code(0);
    run.says("`HEAD` holds other WIT than every release: `wit-diff compare v1.0.0..HEAD` tells what");
}

/// The configuration is that of the end of the range, whatever is on the disk by now.
#[test]
fn a_range_counts_by_the_configuration_at_its_end() {
    let scratch = Scratch::repository();
    for (version, protect) in [("1.0.0", "all"), ("1.1.0", "guests")] {
        scratch.write("wit-diff.toml", format!("protect = \"{protect}\"\n"));
        scratch.package("wit/a.wit", &format!("a:p@{version}"), F).release(&format!("v{version}"));
    }
    scratch.write("wit-diff.toml", "protect = \"hosts\"\n");
    for (range, protect) in [("v1.0.0", "all"), ("v1.0.0..v1.1.0", "guests"), ("v1.0.0..", "hosts")] {
        let log = scratch.json(0, &[range]);
        assert_eq!(log["protect"], protect, "{range}");
    }
}
