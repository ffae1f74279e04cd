//! Every way to name a revision, in every kind of repository.

use super::*;
use wit_diff::revision::{Kind, kind_of};

/// Two commits, `one` and `two`; returns their ids.
fn history() -> (Scratch, String, String) {
    let scratch = Scratch::repository();
    let one = scratch.write("wit/a.wit", "one").commit("first: the start");
    scratch.git(&["tag", "v1"]);
    scratch.git(&["tag", "-a", "-m", "annotated", "v1-annotated"]);
    let two = scratch.write("wit/a.wit", "two").commit("second");
    scratch.git(&["branch", "feature/x"]);
    (scratch, one, two)
}

#[test]
fn every_name_of_a_revision() {
    let (scratch, one, two) = history();
    let short = &one[..8];
    let first =
        ["v1", "v1-annotated", short, &one, "HEAD~1", "main^", "HEAD^{/first: the}", ":/first: the", "v1^{tree}"];
    for rev in first {
        let input = if rev.starts_with(":/") { rev.to_owned() } else { format!("{rev}:wit") };
        let revision = scratch.load(&input).unwrap();
        assert_eq!(text(&revision), "one", "{rev}");
        assert_eq!(revision.commit.as_ref(), if rev.contains("tree") { None } else { Some(&one) }, "{rev}");
        assert_eq!((revision.kind, revision.input), (Kind::Git, input));
    }
    for rev in ["HEAD", "@", "main", "feature/x", "refs/heads/main", &two] {
        assert_eq!(scratch.load(&format!("{rev}:wit")).unwrap().commit.as_ref(), Some(&two), "{rev}");
    }
}

#[test]
fn a_revision_alone_is_the_whole_tree() {
    let (scratch, _, two) = history();
    for input in ["v1", "v1:", "git:v1", "git:v1:", "feature/x"] {
        let revision = scratch.load(input).unwrap();
        assert_eq!(files(&revision.main), ["wit/a.wit"], "{input}");
        assert_eq!(kind_of(input, &scratch.options()), Kind::Git);
    }
    let blob = scratch.git(&["rev-parse", "v1:wit/a.wit"]);
    assert_eq!(text(&scratch.load(&blob).unwrap()), "one");
    scratch.write("main/b.wit", "disk");
    assert_eq!(scratch.load("main").unwrap().kind, Kind::Path);
    assert_eq!(scratch.load("git:main").unwrap().commit, Some(two));
}

#[test]
fn one_file_of_a_revision() {
    let (scratch, one, _) = history();
    scratch.write("wit/b.wasm", "x").write("wit/c", b"\0asm").commit("binaries");
    let revision = scratch.load("v1:wit/a.wit").unwrap();
    assert_eq!((files(&revision.main), revision.commit), (vec!["a.wit"], Some(one)));
    for input in ["HEAD:wit/b.wasm", "HEAD:wit/c"] {
        let revision = scratch.load(input).unwrap();
        assert!(revision.kind == Kind::Wasm && revision.main.binary && revision.commit.is_some());
        assert_eq!(kind_of(input, &scratch.options()), Kind::Wasm);
    }
    assert_eq!(kind_of("HEAD:wit/none", &scratch.options()), Kind::Git);
    assert_eq!(kind_of("none:wit/none.wasm", &scratch.options()), Kind::Wasm);
}

#[test]
fn paths_from_a_subdirectory() {
    let (scratch, _, _) = history();
    scratch.write("sub/wit/b.wit", "sub").commit("sub");
    let from = |input: &str| load(input, &scratch.options_in("sub"));
    assert_eq!(files(&from("HEAD:./wit").unwrap().main), ["b.wit"]);
    assert_eq!(files(&from("HEAD:../wit").unwrap().main), ["a.wit"]);
    assert_eq!(files(&from("HEAD:wit").unwrap().main), ["a.wit"]);
    assert_eq!(files(&from("HEAD:.").unwrap().main), ["wit/b.wit"]);
    assert_eq!(files(&from("HEAD:sub//wit/../wit/").unwrap().main), ["b.wit"]);
    Failure::of(from("HEAD:../../wit")).says("leads out of the repository");
    Failure::of(from("HEAD:/wit")).says("absolute").hints("`wit`");
    Failure::of(from("HEAD:wit/b.wit")).says("no `HEAD:wit/b.wit`").hints("did you mean `HEAD:./wit/b.wit`?");
}

#[test]
fn the_upstream_of_a_clone() {
    let (scratch, _, two) = history();
    scratch.git(&["clone", "-q", ".", "clone"]);
    scratch.write("clone/wit/a.wit", "three");
    scratch.git_in("clone", &["commit", "-qam", "third"]);
    let upstream = load("@{u}:wit", &scratch.options_in("clone")).unwrap();
    assert_eq!(upstream.commit, Some(two));
    assert_eq!(text(&load("HEAD:wit", &scratch.options_in("clone")).unwrap()), "three");
    assert_eq!(text(&load("origin/main:wit", &scratch.options_in("clone")).unwrap()), "two");
}

#[test]
fn a_bare_repository() {
    let (scratch, one, _) = history();
    scratch.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    assert_eq!(load("v1:wit", &scratch.options_in("bare.git")).unwrap().commit, Some(one.clone()));
    let named = repository_at("bare.git", scratch.path());
    assert_eq!(load("v1:wit", &named).unwrap().commit, Some(one.clone()));
    assert_eq!(load("v1", &named).unwrap().commit, Some(one));
    assert_eq!(load("wit", &named).unwrap().kind, Kind::Path);
    Failure::of(load("v1:./wit", &named)).says("not in the repository's working tree");
    Failure::of(load("nowhere", &named)).says("no revision `nowhere`");
}

#[test]
fn a_linked_worktree_with_packed_references() {
    let (scratch, one, _) = history();
    scratch.git(&["pack-refs", "--all"]);
    scratch.git(&["gc", "-q"]);
    scratch.git(&["worktree", "add", "-q", "linked", "v1"]);
    let from = |input: &str| load(input, &scratch.options_in("linked/wit")).unwrap();
    assert_eq!(from("HEAD:./").commit, Some(one));
    assert_eq!(text(&from("main:wit")), "two");
    assert_eq!(text(&from("v1-annotated:wit")), "one");
}

#[test]
fn a_repository_named_from_elsewhere() {
    let (scratch, one, _) = history();
    let outside = Scratch::new();
    for directory in ["", "wit", ".git"] {
        let options = repository_at(scratch.path().join(directory), outside.path());
        assert_eq!(load("v1:wit", &options).unwrap().commit, Some(one.clone()), "{directory}");
    }
    Failure::of(load("v1:wit", &repository_at("nowhere", outside.path()))).says("no git repository at `nowhere`");
    outside.fail("v1").says("no path `v1`").says("not in a git repository");
}

#[test]
fn the_working_tree_is_not_looked_at() {
    let (scratch, _, _) = history();
    scratch.write("wit/a.wit", "changed").write("wit/b.wit", "new").write("new/c.wit", "");
    let revision = scratch.load("HEAD:wit").unwrap();
    assert_eq!((text(&revision).as_str(), files(&revision.main)), ("two", vec!["a.wit"]));
    scratch.fail("HEAD:new").hints("in the working tree, but not in `HEAD`");
}
