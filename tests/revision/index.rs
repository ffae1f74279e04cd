//! The index, which is never written to.

use super::*;
use wit_diff::error::Side;
use wit_diff::revision::{Kind, SidesError, Target, kind_of, sides};

fn staged(inputs: &[&str], options: &Options) -> Result<(Target, Target), SidesError> {
    let inputs: Vec<String> = inputs.iter().map(|input| (*input).to_owned()).collect();
    sides(&inputs, true, options)
}

/// `one` is committed, `two` staged, `three` on disk.
fn repository() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "one").write("wit/deps/io/b.wit", "dep").write("README", "").commit("one");
    scratch.git(&["tag", "v1"]);
    scratch.write("wit/a.wit", "two").write("wit/new.wit", "new");
    scratch.git(&["add", "wit"]);
    scratch.write("wit/a.wit", "three").write("wit/untracked.wit", "");
    scratch
}

/// Every file in `.git`, with its contents and the time of its last change.
fn everything(directory: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(everything(&path));
        } else {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            found.push((path.clone(), fs::read(&path).unwrap(), changed));
        }
    }
    found.sort();
    found
}

#[test]
fn every_name_of_the_index() {
    let scratch = repository();
    for input in [":wit", ":0:wit", "git::wit", "git::0:wit", ":", "git::", ":./wit", ":wit/", ":0:"] {
        let revision = scratch.load(input).unwrap();
        assert_eq!((text(&revision).as_str(), revision.main.files.len()), ("two", 2), "{input}");
        assert_eq!((revision.kind, revision.commit), (Kind::Git, None), "{input}");
        assert_eq!(kind_of(input, &scratch.options()), Kind::Git);
        assert_eq!(paths(&revision.deps).len(), 1);
    }
    assert_eq!(text(&scratch.load(":wit/a.wit").unwrap()), "two");
    assert_eq!(text(&load(":./a.wit", &scratch.options_in("wit")).unwrap()), "two");
    assert_eq!(text(&load(":wit", &repository_at(scratch.path(), Path::new("/"))).unwrap()), "two");
}

#[test]
fn nothing_is_written() {
    let scratch = repository();
    let before = everything(&scratch.path().join(".git"));
    scratch.load(":wit").unwrap();
    staged(&[], &scratch.options()).unwrap();
    assert!(everything(&scratch.path().join(".git")) == before, "the repository is not as it was");
    // Its trees are none that a commit has, so that they were in memory.
    let tree = scratch.git(&["write-tree"]);
    assert!(!before.iter().any(|(path, ..)| path.ends_with(format!("{}/{}", &tree[..2], &tree[2..]))));
    assert_eq!(text(&scratch.load(&format!("{tree}:wit")).unwrap()), "two");
}

#[test]
fn it_is_the_tree_that_git_would_write() {
    let scratch = Scratch::repository();
    // In the order of a tree, a directory is sorted as if its name ended in a slash.
    for name in ["a.wit", "a-b/c.wit", "a/b/c.wit", "a/b.wit", "a/b/c/d.wit", "a0/x.wit", "a.b/x.wit", "B/x.wit"] {
        scratch.write(name, name);
    }
    scratch.git(&["add", "-A"]);
    let tree = scratch.git(&["write-tree"]);
    for path in ["a", "a-b", "a/b", "a/b/c", "a0", "a.b", "B", ""] {
        let of = |rev: &str| scratch.load(&format!("{rev}:{path}")).unwrap().main;
        assert_eq!(of(""), of(&tree), "{path}");
    }
    scratch.git(&["config", "core.ignoreCase", "true"]);
    assert_eq!(text(&scratch.load(":B").unwrap()), "B/x.wit");
    assert_eq!(text(&scratch.load(":a-b").unwrap()), "a-b/c.wit");
}

#[test]
fn what_is_staged_against_a_revision() {
    let scratch = repository();
    let options = scratch.options();
    let (old, new) = staged(&[], &options).unwrap();
    assert_eq!((old.shown.as_str(), new.shown.as_str()), ("HEAD", "the index"));
    assert_eq!((old.commit, new.commit), (Some(scratch.git(&["rev-parse", "HEAD"])), None));
    assert_eq!(text(&load(&new.input, &options).unwrap()), "two");
    let (old, new) = staged(&["v1:wit"], &options).unwrap();
    assert_eq!((old.shown.as_str(), new.shown.as_str()), ("v1:wit", "wit in the index"));
    assert_eq!(files(&load(&new.input, &options).unwrap().main), ["a.wit", "new.wit"]);
    let (old, new) = sides(&[":wit".to_owned()], false, &options).unwrap();
    assert_eq!((old.shown.as_str(), new.shown.as_str()), (":wit", "wit in the working tree"));
    let (_, new) = sides(&["v1:wit..:wit".to_owned()], false, &options).unwrap();
    assert_eq!((new.input.as_str(), new.shown.as_str()), ("git::wit", ":wit"));
    scratch.write("HEAD", "a file");
    assert!(staged(&[], &options).is_ok());
}

#[test]
fn what_is_only_announced_is_not_in_it() {
    let scratch = repository();
    scratch.write("wit/later.wit", "later").write("more/x.wit", "");
    scratch.git(&["add", "--intent-to-add", "wit/later.wit", "more/x.wit"]);
    assert_eq!(files(&scratch.load(":wit").unwrap().main), ["a.wit", "new.wit"]);
    scratch.fail(":more").says("there is no `:more`").hints("in the working tree, but not in the index");
}

#[test]
fn an_empty_index() {
    let scratch = Scratch::repository();
    scratch.fail(":wit").says("there is no `:wit`");
    scratch.fail(":").kind(ErrorKind::Empty);
    scratch.write("wit/a.wit", "unborn");
    scratch.git(&["add", "wit"]);
    assert_eq!(text(&scratch.load(":wit").unwrap()), "unborn");
}

#[test]
fn conflicts() {
    let scratch = repository();
    scratch.git(&["stash", "-q", "-u"]);
    scratch.git(&["checkout", "-qb", "other"]);
    scratch.write("wit/a.wit", "theirs").write("b", "theirs").commit("theirs");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("wit/a.wit", "ours").write("b", "ours").commit("ours");
    // It ends with the conflicts that it is run for.
    scratch.run("", std::process::Command::new("sh").args(["-c", "! git merge -q other"]));
    let failure = scratch.fail(":wit").kind(ErrorKind::Unreadable).says("the index has conflicts in `b`, `wit/a.wit`");
    failure.hints("`git add` the files");
    match staged(&[], &scratch.options()) {
        Err(SidesError::Missing { side: Side::New, error }) => assert!(error.message.contains("conflicts")),
        other => panic!("{other:?}"),
    }
    let stage = |input: &str| scratch.fail(input).kind(ErrorKind::Unreadable).says("only stage 0 is read");
    stage(":1:wit/a.wit").says("the version that both sides began with");
    stage(":2:wit/a.wit").says("our version").hints("`HEAD:wit/a.wit`");
    stage("git::3:wit/a.wit").says("their version").hints("`MERGE_HEAD:wit/a.wit`");
    assert_eq!(text(&scratch.load("MERGE_HEAD:wit/a.wit").unwrap()), "theirs");
    scratch.git(&["add", "-A"]);
    assert!(scratch.load(":wit").is_ok());
}

#[test]
fn submodules() {
    let scratch = repository();
    let id = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{id},sub")]);
    assert_eq!(text(&scratch.load(":wit").unwrap()), "two");
    scratch.fail(":sub").says("`sub` is a submodule");
}

#[test]
fn a_linked_working_tree_has_an_index_of_its_own() {
    let scratch = repository();
    scratch.git(&["worktree", "add", "-q", "linked", "-b", "linked"]);
    scratch.write("linked/wit/a.wit", "linked");
    scratch.git_in("linked", &["add", "wit/a.wit"]);
    assert_eq!(text(&load(":wit", &scratch.options_in("linked")).unwrap()), "linked");
    assert_eq!(text(&scratch.load(":wit").unwrap()), "two");
}

#[test]
fn where_there_is_none() {
    let scratch = repository();
    scratch.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    let none = Failure::of(load(":wit", &scratch.options_in("bare.git"))).kind(ErrorKind::Unreadable);
    none.says("it has no index").hints("`HEAD`");
    Scratch::new().fail(":wit").says("not in a git repository");
}

#[test]
fn forms_that_are_not_read() {
    let scratch = repository();
    scratch.git(&["update-index", "--split-index"]);
    let failure = scratch.fail(":wit").kind(ErrorKind::Unreadable).says("cannot read the index");
    failure.hints("`git update-index --no-split-index`");
    scratch.git(&["update-index", "--no-split-index"]);
    assert!(scratch.load(":wit").is_ok());
    scratch.commit("all");
    scratch.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "wit/deps"]);
    scratch.write("wit/none", "");
    let failure = scratch.fail(":wit").kind(ErrorKind::Unreadable).says("cannot read the index");
    failure.hints("`git sparse-checkout reapply --no-sparse-index`");
    scratch.git(&["sparse-checkout", "reapply", "--no-sparse-index"]);
    assert_eq!(text(&scratch.load(":wit").unwrap()), "three");
    fs::write(scratch.path().join(".git/index"), "nonsense").unwrap();
    scratch.fail(":wit").kind(ErrorKind::Unreadable).says("cannot read the index").hints("git status");
}

#[test]
fn objects_that_a_partial_clone_left_out() {
    let scratch = repository();
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    let source = format!("file://{}", scratch.path().display());
    scratch.git(&["clone", "-q", "--no-checkout", "--filter=blob:none", &source, "partial"]);
    scratch.git_in("partial", &["read-tree", "HEAD"]);
    let failure = Failure::of(load(":wit", &scratch.options_in("partial"))).says("is not in this repository");
    assert_eq!(scratch.mend("partial", &failure), "git fetch --refetch --no-filter origin");
    assert_eq!(text(&load(":wit", &scratch.options_in("partial")).unwrap()), "one");
}
