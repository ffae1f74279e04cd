//! When nothing is written.

use super::*;

fn raised() -> Scratch {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    repository.write("a.wit", wit("a:b@1.0.0", FG));
    repository
}

#[test]
fn a_working_tree_that_is_not_clean() {
    let repository = raised();
    let run = repository.unchanged(|here| here.tool(&["bump", "--write"]).code(2));
    run.says("there are changes that are not committed: `a.wit`").says("`--allow-dirty`");
    repository.git(&["add", "-A"]);
    repository.unchanged(|here| here.tool(&["bump", "--write"]).code(2));
    repository.git(&["commit", "-q", "-m", "more"]);
    repository.tool(&["bump", "--write"]).code(0).prints("1 file written, and `check` passes");
    assert_eq!(repository.read("a.wit"), wit("a:b@1.1.0", FG));
    assert_eq!(repository.git(&["status", "--porcelain"]), "M a.wit");
}

#[test]
fn what_would_not_pass_the_check_anyway() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("b/b.wit", wit("x:b", F)).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", FG)).write("b/b.wit", wit("x:b", F_CHANGED));
    let arguments = ["bump", "--write", "--allow-dirty"];
    let run = repository.unchanged(|here| here.tool(&arguments).code(1));
    run.says("fails: x:b").prints("nothing is written: even so, `check` would not pass");
    repository.tool(&[&arguments[..], &["--package", "x:a"]].concat()).code(0);
    assert_eq!(repository.read("a/a.wit"), wit("x:a@1.1.0", FG));
}

#[test]
fn more_than_is_allowed() {
    let repository = raised();
    repository.unchanged(|here| here.tool(&["bump", "--write", "--allow-dirty", "--allow", "patch"]).code(1));
    repository.tool(&["bump", "--write", "--allow-dirty", "--allow", "minor"]).code(0);
}

#[test]
fn a_package_that_cannot_be_read() {
    let repository = raised();
    repository.write("b/b.wit", wit("x:b@1.0.0", "interface i { f: fun(); }"));
    let run = repository.unchanged(|here| here.tool(&["bump", "--write", "--allow-dirty"]).code(3));
    run.says("expected keyword `func`");
}

#[test]
fn no_repository_no_package_and_no_such_base() {
    let scratch = Scratch::empty();
    scratch.write("a.wit", wit("a:b@1.0.0", F));
    scratch.tool(&["bump"]).code(3).says("repository");
    let repository = Scratch::repository();
    repository.write("x", "").commit("x");
    repository.tool(&["bump"]).code(4);
    raised().tool(&["bump", "--against", "nonesuch"]).code(3).says("nonesuch");
    let bare = Scratch::empty();
    bare.git(&["init", "-q", "--bare"]);
    bare.tool(&["bump", "--write"]).code(3);
}

#[test]
fn files_outside_of_the_repository() {
    let repository = Scratch::repository();
    let elsewhere = Scratch::empty();
    elsewhere.write("a.wit", wit("a:b@1.0.0", F));
    repository.link("a.wit", elsewhere.path().join("a.wit").to_str().unwrap());
    repository.write("b/b.wit", wit("x:b@1.0.0", F)).commit("begin");
    elsewhere.write("a.wit", wit("a:b@1.0.0", FG));
    repository.write("b/b.wit", wit("x:b@1.0.0", FG));
    let run = repository.tool(&["bump", "--write", "--allow-dirty", "--against", "HEAD"]);
    assert_eq!(elsewhere.read("a.wit"), wit("a:b@1.0.0", FG), "{run:#?}");
}

#[test]
fn the_streams_may_be_closed_and_narrow() {
    let repository = raised();
    let mut narrow = repository.binary(&["bump"]);
    let run = Run::by(narrow.env("COLUMNS", "60")).code(0);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 60), "{run:#?}");
    let mut closed = repository.binary(&["bump"]);
    let mut child = closed.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().code().is_some_and(|code| code < 5));
}

#[test]
fn what_texts_hold_does_not_steer_a_terminal() {
    let repository = Scratch::repository();
    repository.write("a.wit", "// \u{1b}[31m\u{202e}\npackage a:b@1.0.0;\ninterface i {}").release("v1.0.0");
    repository.write("a.wit", "// \u{1b}[31m\u{202e}\npackage a:b@1.0.0;\ninterface i { f: func(); }");
    let run = repository.tool(&["bump"]);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{run:#?}");
}
