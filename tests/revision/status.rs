//! What of the working tree is not in the last commit, as the real git has it.

use wit_diff::error::ErrorKind;
use wit_diff::revision::{dirty, top};

use super::{Failure, Scratch, repository_at};

impl Scratch {
    fn dirty(&self, all: bool) -> Vec<String> {
        dirty(&self.options(), all).unwrap()
    }
}

#[test]
fn what_is_not_committed_is_dirty() {
    let scratch = Scratch::repository();
    scratch
        .write("wit/a.wit", "package a:b;")
        .write("wit/b.wit", "")
        .write("c.wit", "")
        .write("d.wit", "")
        .write("e.txt", "");
    scratch.write(".gitignore", "ignored*\n").write("é d/f.wit", "").commit("first");
    assert_eq!((scratch.dirty(false), scratch.dirty(true)), (vec![], vec![]));

    scratch.write("wit/a.wit", "package a:c;").write("c.wit", "interface c {}").write("e.txt", "more");
    scratch
        .write("é d/f.wit", "interface f {}")
        .write("new/deep/g.wit", "")
        .write("h.txt", "")
        .write("ignored.wit", "");
    scratch.write("ignored/i.wit", "").write("j.wit.txt", "");
    scratch.git(&["add", "c.wit"]);
    scratch.git(&["rm", "-q", "wit/b.wit"]);
    std::fs::remove_file(scratch.path().join("d.wit")).unwrap();
    let wit = ["c.wit", "d.wit", "new/deep/g.wit", "wit/a.wit", "wit/b.wit", "é d/f.wit"];
    assert_eq!(scratch.dirty(false), wit);
    let status = scratch.git(&["-c", "core.quotePath=false", "status", "--porcelain", "-z", "--untracked-files=all"]);
    let mut told: Vec<String> =
        status.split_terminator('\0').map(|line| line.trim_start()[2..].trim().into()).collect();
    told.sort();
    assert_eq!(scratch.dirty(true), told);
    assert_eq!(dirty(&scratch.options_in("new"), false).unwrap(), wit, "paths count from the top");
    scratch.commit("second");
    assert_eq!(scratch.dirty(true), [""; 0]);
}

#[test]
fn before_the_first_commit_everything_is_dirty() {
    let scratch = Scratch::repository();
    scratch.write("a.wit", "package a:b;").write("b.txt", "");
    assert_eq!(
        (scratch.dirty(false), scratch.dirty(true)),
        (vec!["a.wit".into()], vec!["a.wit".into(), "b.txt".into()])
    );
}

#[test]
fn submodules_are_somebody_elses() {
    let (inner, scratch) = (Scratch::repository(), Scratch::repository());
    inner.write("a.wit", "package a:b;").commit("first");
    scratch.git(&["submodule", "--quiet", "add", inner.path().to_str().unwrap(), "inner"]);
    scratch.commit("first");
    scratch.write("inner/a.wit", "package a:c;").write("inner/b.wit", "");
    assert_eq!(scratch.dirty(false), [""; 0]);
}

#[test]
fn the_top_is_where_the_working_tree_is() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "package a:b;").commit("first");
    let expected = scratch.path().canonicalize().unwrap();
    assert_eq!(top(&scratch.options()).unwrap(), expected);
    assert_eq!(top(&scratch.options_in("wit")).unwrap(), expected);
    assert_eq!(top(&repository_at("wit", scratch.path())).unwrap(), expected);
    scratch.git(&["worktree", "add", "-q", "other"]);
    assert_eq!(top(&scratch.options_in("other/wit")).unwrap(), expected.join("other"));
    scratch.write("other/wit/a.wit", "package a:c;");
    assert_eq!(dirty(&scratch.options_in("other"), false).unwrap(), ["wit/a.wit"]);
}

#[test]
fn without_a_working_tree_there_is_no_top() {
    let (scratch, bare) = (Scratch::new(), Scratch::new());
    bare.git(&["init", "-q", "--bare"]);
    let bare = bare.options();
    Failure(top(&bare).unwrap_err()).kind(ErrorKind::Unreadable).says("is bare").hints("git worktree add");
    Failure(dirty(&bare, false).unwrap_err()).says("is bare");
    Failure(top(&scratch.options()).unwrap_err()).says("not in a git repository").hints("--repo");
    Failure(dirty(&scratch.options(), true).unwrap_err()).says("not in a git repository");
}
