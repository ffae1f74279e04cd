//! Versions that another branch has released meanwhile.

use super::*;

/// A branch that was left at 0.2.3; main has released 0.2.4 since.
fn repository() -> Scratch {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@0.2.3", F)).release("v0.2.3");
    repository.git(&["switch", "-q", "-c", "mine"]);
    repository.git(&["switch", "-q", "main"]);
    let theirs = "interface i { f: func(); theirs: func(); }";
    repository.write("a.wit", wit("a:b@0.2.4", theirs)).release("v0.2.4");
    repository.git(&["switch", "-q", "mine"]);
    repository
}

#[test]
fn a_version_that_main_has_taken_is_passed_over() {
    let repository = repository();
    for declared in ["0.2.3", "0.2.4"] {
        repository.write("a.wit", wit(&format!("a:b@{declared}"), FG));
        let plan = repository.plan(0, &[]);
        assert_eq!(brief(&plan), [format!("a:b {declared}>0.2.5 minor")]);
        assert_eq!(plan["packages"][0]["taken"][0], "0.2.4");
    }
    repository.tool(&["bump"]).code(0).prints("0.2.4: released with other contents");
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), wit("a:b@0.2.5", FG));
}

#[test]
fn the_same_contents_take_nothing() {
    let repository = repository();
    let theirs = "interface i { f: func(); theirs: func(); }";
    repository.write("a.wit", wit("a:b@0.2.4", theirs));
    assert_eq!(repository.lines(&[]), "a:b 0.2.4");
}

#[test]
fn a_pre_release_is_taken_by_its_tag() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    repository.write("a.wit", wit("a:b@1.1.0-rc.1", FG)).release("v1.1.0-rc.1");
    let more = "interface i { f: func(); g: func(); h: func(); }";
    repository.write("a.wit", wit("a:b@1.1.0-rc.1", more));
    assert_eq!(repository.lines(&["--pre", "rc"]), "a:b 1.1.0-rc.2");
    // Another branch is at the second one already.
    repository.git(&["stash", "-q"]);
    repository.git(&["switch", "-q", "-c", "other"]);
    repository.write("a.wit", wit("a:b@1.1.0-rc.2", F_DOCUMENTED)).release("v1.1.0-rc.2");
    repository.git(&["switch", "-q", "main"]);
    repository.git(&["stash", "pop", "-q"]);
    assert_eq!(repository.lines(&["--pre", "rc"]), "a:b 1.1.0-rc.3");
}

#[test]
fn tags_of_other_packages_take_nothing() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:a@0.2.3", F)).write("b/b.wit", wit("x:b@0.2.3", F));
    repository.release("a-v0.2.3").release("b-v0.2.3");
    repository.git(&["switch", "-q", "-c", "other"]);
    repository.write("b/b.wit", wit("x:b@0.2.4", FG)).release("b-v0.2.4");
    repository.git(&["switch", "-q", "main"]);
    repository.write("a/a.wit", wit("x:a@0.2.3", FG));
    assert_eq!(repository.lines(&[]), "x:a 0.2.4, x:b 0.2.3");
}
