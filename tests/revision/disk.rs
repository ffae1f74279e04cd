//! What only a disk has: permissions, devices, links to anywhere.

use super::*;
use wit_diff::revision::{Kind, from_text, kind_of};

#[test]
fn one_file_is_one_bundle() {
    let scratch = Scratch::new();
    scratch.write("wit/a.wit", "package a:b;").write("wit/deps/io.wit", "package a:io;");
    let revision = scratch.load("wit/a.wit").unwrap();
    assert_eq!((revision.kind, revision.commit.as_deref()), (Kind::Path, None));
    assert_eq!(files(&revision.main), ["a.wit"]);
    assert!(revision.deps.is_empty() && revision.siblings.is_empty() && !revision.main.binary);
    assert_eq!(revision.input, "wit/a.wit");
}

#[test]
fn webassembly_is_known_by_its_name_or_its_first_bytes() {
    let scratch = Scratch::new();
    scratch.write("a.wasm", "").write("b.wat", "(component)").write("c", b"\0asm\x0d\0\x01\0").write("d.txt", "x");
    for name in ["a.wasm", "b.wat", "c"] {
        let revision = scratch.load(name).unwrap();
        assert!(revision.main.binary && revision.kind == Kind::Wasm, "{name}");
        assert_eq!(kind_of(name, &scratch.options()), Kind::Wasm);
    }
    assert_eq!(scratch.load("d.txt").unwrap().kind, Kind::Path);
    assert_eq!(kind_of("none.wasm", &scratch.options()), Kind::Path);
    assert_eq!(kind_of("path:none.wasm", &scratch.options()), Kind::Wasm);
}

#[test]
fn text_in_memory_is_a_revision() {
    let revision = from_text("x.wit", "package a:b;");
    assert_eq!((revision.kind, files(&revision.main)), (Kind::Path, vec!["x.wit"]));
}

#[test]
fn a_path_that_exists_is_a_path() {
    let scratch = Scratch::new();
    scratch.write("HEAD:wit/a.wit", "package a:b;").write("git:x/a.wit", "package a:b;");
    assert_eq!(scratch.load("HEAD:wit").unwrap().kind, Kind::Path);
    assert_eq!(scratch.load("path:git:x").unwrap().kind, Kind::Path);
    for input in ["git:x", "git:HEAD:wit"] {
        scratch.fail(input).says(if cfg!(feature = "git") { "not in a git repository" } else { "git revision" });
    }
}

#[test]
fn a_path_that_is_missing_names_what_is_there() {
    let scratch = Scratch::new();
    scratch.write("proposals/http/a.wit", "").write("proposals/README.md", "");
    scratch
        .fail("proposals/htpp")
        .kind(ErrorKind::Unreadable)
        .says("no path `proposals/htpp`")
        .hints("did you mean `proposals/http`?")
        .hints("`README.md`");
    scratch.fail("path:nowhere/http").says("no `nowhere/http`").hints("`.` holds `proposals/`");
    scratch.fail("path:proposals/README.md/x").hints("`proposals/README.md` is a file");
    scratch.fail("").says("empty");
    scratch.fail("a\0b").says("no");
}

#[test]
fn a_directory_without_wit_hints_at_those_with() {
    let scratch = Scratch::new();
    scratch.write("p/http/wit/a.wit", "").write("p/.git/x/b.wit", "").write("p/target/b.wit", "").write("q/x.md", "");
    scratch.fail(".").kind(ErrorKind::Empty).says("`.` holds no `.wit` file").hints("did you mean `./p/http/wit`?");
    scratch.fail("p/").hints("`p/http/wit`");
    scratch.fail("q").kind(ErrorKind::Empty).hints("`q` holds `x.md`");
    assert_eq!(files(&scratch.load("p/http").unwrap().main), ["wit/a.wit"]);
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let scratch = Scratch::new();
    scratch.write("wit/a.wit", "0123456789").write("wit2/b.wit", "01234567890");
    let options = Options { max_file_bytes: 10, ..scratch.options() };
    let revision = load("wit", &options).unwrap();
    assert_eq!(revision.siblings, [], "a sibling over the limit is passed over");
    Failure::of(load("wit2", &options)).says("`wit2/b.wit` is 11 bytes").says("limit of 10").hints("--max-file-size");
}

#[test]
fn links_are_followed_and_refused_when_they_lead_nowhere() {
    let scratch = Scratch::new();
    scratch
        .write("real/a.wit", "")
        .link("linked", "real")
        .link("wit/a.wit", "../real/a.wit")
        .link("wit/d.wit", "../real");
    scratch.link("loop/a.wit", "b.wit").link("loop/b.wit", "a.wit").link("dangling/a.wit", "none").link("out", "/none");
    assert_eq!(files(&scratch.load("linked").unwrap().main), ["a.wit"]);
    assert_eq!(files(&scratch.load("wit").unwrap().main), ["a.wit"]);
    scratch.fail("loop").says("`loop/a.wit` is a symbolic link to `b.wit`: ");
    scratch.fail("dangling").says("`dangling/a.wit` is a symbolic link to `none`, which does not exist");
    scratch.fail("out").says("`out` is a symbolic link to `/none`, which does not exist");
}

#[test]
fn pipes_and_devices_are_refused() {
    let scratch = Scratch::new();
    assert!(std::process::Command::new("mkfifo").arg(scratch.path().join("p.wit")).status().unwrap().success());
    scratch.fail("p.wit").says("`p.wit` is neither a file nor a directory").hints("`-`");
    scratch.fail(".").says("neither a file nor a directory");
    scratch.fail("/dev/null").says("neither a file nor a directory");
}

#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    scratch.write("a.wit", "").write("d/a.wit", "");
    for path in ["a.wit", "d"] {
        fs::set_permissions(scratch.path().join(path), fs::Permissions::from_mode(0o000)).unwrap();
        // The superuser reads everything.
        if fs::File::open(scratch.path().join("a.wit")).is_err() {
            scratch.fail(path).says(&format!("no permission to read `{path}`"));
        }
    }
    fs::set_permissions(scratch.path().join("d"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf8_are_passed_over() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::new();
    scratch.write("wit/a.wit", "package a:b;");
    fs::write(scratch.path().join("wit").join(OsStr::from_bytes(b"\xff.wit")), "").unwrap();
    assert_eq!(files(&scratch.load("wit").unwrap().main), ["a.wit"]);
}

#[test]
fn siblings_on_disk_end_at_the_working_tree() {
    let scratch = Scratch::new();
    scratch.write("one/wit/a.wit", "world w { import a:b/c; }").write("one/io/b.wit", "");
    scratch.write("one/.git/HEAD", "").write("two/wit/a.wit", "");
    assert_eq!(paths(&scratch.load("one/wit").unwrap().siblings), ["../io"]);
    fs::remove_dir_all(scratch.path().join("one/.git")).unwrap();
    assert_eq!(paths(&scratch.load("one/wit").unwrap().siblings), ["../../two/wit", "../io"]);
}
