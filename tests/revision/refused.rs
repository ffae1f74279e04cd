//! Revisions that cannot be read, and what is said about them.

use super::*;

#[test]
fn a_path_that_is_missing() {
    let scratch = Scratch::repository();
    scratch.write("proposals/http/wit/a.wit", "").write("proposals/io/wit/a.wit", "").commit("all");
    scratch
        .fail("HEAD:proposals/htpp/wit")
        .kind(ErrorKind::Unreadable)
        .says("no `HEAD:proposals/htpp/wit`")
        .hints("did you mean `HEAD:proposals/http`?")
        .hints("holds `http/`, `io/`");
    scratch.fail("HEAD:proposal").hints("did you mean `HEAD:proposals`?");
    scratch.fail("HEAD:proposals/http/wit/a.wit/b").hints("`HEAD:proposals/http/wit/a.wit` is a file");
    scratch.fail("HEAD:a\0b").says("no `HEAD:a");
    let wit = "did you mean `HEAD:proposals/http/wit` or `HEAD:proposals/io/wit`?";
    scratch.fail("HEAD").kind(ErrorKind::Empty).says("`HEAD:` holds no").hints(wit);
}

#[test]
fn a_revision_that_is_missing() {
    let scratch = Scratch::repository();
    let id = scratch.write("a.wit", "").commit("all");
    scratch.git(&["tag", "v1.0.0"]);
    scratch.fail("v1.0:a.wit").says("no revision `v1.0`").hints("`v1.0.0`");
    scratch.fail("HAED:a.wit").hints("`HEAD`");
    scratch.fail("mian~2:a.wit").hints("`main~2`");
    scratch.fail("1.0.0").says("neither a path nor a revision `1.0.0`").hints("`v1.0.0`");
    scratch.fail("zzzzzzzz:a.wit").hints("`git tag`");
    scratch.fail("HEAD~5:a.wit").says("no revision `HEAD~5`");
    scratch.fail(&format!("{}:a.wit", "0".repeat(40))).says("no revision");
    scratch.fail("@{u}:a.wit").says("no revision `@{u}`");
    scratch.fail("v1.0.0..main:a.wit").says("range");
    scratch.fail("git:").says("empty");
    scratch.fail("HEAD^{bogus}:a.wit").says("no revision");
    scratch.fail("a{b:c").says("no");
    scratch.fail("x\0y:c").says("no");
    assert_eq!(scratch.load(&format!("{}:", &id[..7])).unwrap().commit, Some(id));
}

#[test]
fn a_repository_without_a_commit() {
    let scratch = Scratch::repository();
    scratch.fail("HEAD:wit").says("no commit yet");
    scratch.fail("HEAD").says("neither a path nor a revision `HEAD`").says("no commit yet");
}

#[test]
fn a_repository_with_other_ids() {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q", "--object-format=sha256"]);
    scratch.write("a.wit", "").commit("all");
    scratch.fail("HEAD:a.wit").says("not one with SHA-1 ids").hints("git worktree add");
}

#[test]
fn a_shallow_clone() {
    let scratch = Scratch::repository();
    scratch.write("a.wit", "1").commit("one");
    scratch.git(&["tag", "v1"]);
    scratch.write("a.wit", "2").commit("two");
    let source = format!("file://{}", scratch.path().display());
    scratch.git(&["clone", "-q", "--depth=1", "--no-tags", &source, "shallow"]);
    let from = |input: &str| load(input, &scratch.options_in("shallow"));
    assert_eq!(text(&from("HEAD").unwrap()), "2");
    let failure = Failure::of(from("v1:a.wit")).says("shallow clone");
    failure.hints("git fetch --unshallow").hints("git fetch origin v1");
    Failure::of(from("HEAD~1:a.wit")).says("shallow clone").hints("git fetch --unshallow");
}

#[test]
fn a_partial_clone() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "1").write("wit/b.wit", "2").write("io/c.wit", "3").commit("one");
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    let source = format!("file://{}", scratch.path().display());
    let clone = |filter: &str, into: &str| {
        scratch.git(&["clone", "-q", "--no-checkout", &format!("--filter={filter}"), &source, into]);
        let failure = Failure::of(load("HEAD:wit", &scratch.options_in(into))).kind(ErrorKind::Unreadable);
        failure.says("is not in this repository").hints("`git fetch --refetch --no-filter origin ")
    };
    for filter in ["blob:none", "tree:0"] {
        let failure = clone(filter, filter);
        scratch.mend(filter, &failure);
        assert_eq!(files(&load("HEAD:wit", &scratch.options_in(filter)).unwrap().main), ["a.wit", "b.wit"]);
    }
    clone("blob:none", "by-hand");
    for file in ["HEAD:wit/a.wit", "HEAD:wit/b.wit"] {
        scratch.git_in("by-hand", &["cat-file", "-p", file]);
    }
    let revision = load("HEAD:wit", &scratch.options_in("by-hand")).unwrap();
    assert!(revision.siblings.is_empty(), "siblings that were not fetched are passed over");
}

#[test]
fn a_damaged_repository() {
    let scratch = Scratch::repository();
    scratch.write("a.wit", "1").commit("one");
    let blob = scratch.git(&["rev-parse", "HEAD:a.wit"]);
    let object = scratch.path().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    fs::remove_file(&object).unwrap();
    scratch.fail("HEAD:a.wit").says(&blob).hints("git fsck");
    fs::write(&object, "nonsense").unwrap();
    scratch.fail("HEAD:a.wit").says("cannot read `HEAD:a.wit`");
}

#[test]
#[cfg(unix)]
fn links_that_cannot_be_followed() {
    let scratch = Scratch::repository();
    scratch.link("escape/a.wit", "../../x.wit").link("absolute/a.wit", "/etc/x.wit").link("dangling/a.wit", "none");
    scratch.link("loop/a.wit", "b.wit").link("loop/b.wit", "a.wit").link("self", "self/self");
    scratch.link("through", "escape/a.wit").write("deps/a.wit", "").link("deps/deps", "/else").commit("links");
    let escaping = scratch.fail("HEAD:escape").kind(ErrorKind::Unreadable);
    escaping
        .says("`escape/a.wit` is a symbolic link to `../../x.wit`, which is outside")
        .hints("check the revision out");
    scratch.fail("HEAD:escape/a.wit").says("outside");
    scratch.fail("HEAD:absolute").says("`absolute/a.wit` is a symbolic link to `/etc/x.wit`, which is outside");
    scratch.fail("HEAD:dangling").says("`dangling/a.wit` is a symbolic link to `none`, which does not exist");
    scratch.fail("HEAD:dangling/a.wit/x").says("does not exist");
    scratch.fail("HEAD:loop").says("is a symbolic link to").says("does not end");
    scratch.fail("HEAD:self").says("does not end");
    scratch.fail("HEAD:self/x").says("does not end");
    scratch.fail("HEAD:through").says("`escape/a.wit` is a symbolic link");
    scratch.fail("HEAD:deps").says("`deps/deps` is a symbolic link to `/else`");
}

#[test]
fn submodules() {
    let scratch = Scratch::repository();
    let id = scratch.write("a.wit", "").commit("all");
    let entry = |path: &str| format!("160000,{id},{path}");
    for path in ["sub", "wit/deps/io"] {
        scratch.git(&["update-index", "--add", "--cacheinfo", &entry(path)]);
    }
    scratch.write("wit/b.wit", "");
    scratch.git(&["add", "wit/b.wit"]);
    scratch.git(&["commit", "-qm", "submodules"]);
    scratch.fail("HEAD:sub").says("`sub` is a submodule").hints("--repo sub");
    scratch.fail("HEAD:sub/x/y").says("`sub` is a submodule").hints(&format!("`{id}:x/y`"));
    scratch.fail("HEAD:wit").says("`wit/deps/io` is a submodule");
}

#[test]
fn large_file_storage() {
    let scratch = Scratch::repository();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    scratch.write("wit/a.wit", "").write("wit/deps/io.wasm", pointer).commit("all");
    scratch.fail("HEAD:wit").says("`HEAD:wit/deps/io.wasm` is a Git LFS pointer").hints("git lfs pull");
    scratch.fail("wit/deps/io.wasm").says("LFS pointer");
}

#[test]
fn files_over_the_limit() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "0123456789").write("other/b.wit", "01234567890").commit("all");
    let options = Options { max_file_bytes: 10, ..scratch.options() };
    assert_eq!(load("HEAD:wit", &options).unwrap().siblings, []);
    Failure::of(load("HEAD:other", &options)).says("`HEAD:other/b.wit` is 11 bytes, over the limit of 10 bytes");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::repository();
    let name = OsStr::from_bytes(b"\xff.wit");
    scratch.write("wit/a.wit", "").write("deps/x.md", "");
    fs::write(scratch.path().join("wit").join(name), "").unwrap();
    fs::write(scratch.path().join("deps").join(name), "").unwrap();
    scratch.commit("all");
    assert_eq!(files(&scratch.load("HEAD:wit").unwrap().main), ["a.wit"]);
    scratch.fail("HEAD:deps").kind(ErrorKind::Empty).hints("\u{fffd}.wit");
}
