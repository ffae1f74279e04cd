//! Which files make up a package: the same for a directory and for the same directory in git.

use super::*;
use wit_diff::revision::Kind;

/// Loads `path` from the disk and from the commit, and asserts that they are the same.
#[track_caller]
fn both(scratch: &Scratch, path: &str) -> Revision {
    scratch.commit("all");
    let disk = scratch.load(path).unwrap();
    let git = scratch.load(&format!("HEAD:{path}")).unwrap();
    assert_eq!(disk.kind, Kind::Path);
    assert_eq!(git.kind, Kind::Git);
    assert_eq!((&disk.main, &disk.deps, &disk.siblings), (&git.main, &git.deps, &git.siblings));
    git
}

#[test]
fn a_directory_is_its_wit_files() {
    let scratch = Scratch::repository();
    scratch.write("w/b.wit", "b").write("w/a.wit", "a").write("w/README.md", "").write("w/sub/c.wit", "c");
    scratch.write("w/d.WIT", "").write("w/e.wit/f.wit", "");
    let revision = both(&scratch, "w");
    assert_eq!(files(&revision.main), ["a.wit", "b.wit"]);
    assert_eq!((revision.main.path.as_str(), revision.main.binary), (".", false));
    both(&scratch, "w/");
}

#[test]
fn deps_are_directories_files_and_binaries_sorted_by_name() {
    let scratch = Scratch::repository();
    scratch.write("w/a.wit", "").write("w/deps/io/streams.wit", "1").write("w/deps/io/poll.wit", "2");
    scratch.write("w/deps/io-2.wit", "").write("w/deps/clocks.wasm", "").write("w/deps/http.wat", "(component)");
    scratch.write("w/deps/.DS_Store", "").write("w/deps/x.md", "").write("w/deps/io/deps/no/n.wit", "");
    scratch.write("w/deps/magic.wit", b"\0asm").write("w/deps/dir.wit/a.wit", "").write("side/s.wit", "");
    let revision = both(&scratch, "w");
    assert_eq!(
        paths(&revision.deps),
        ["clocks.wasm", "dir.wit", "http.wat", "io", "io-2.wit", "magic.wit"].map(|name| format!("deps/{name}"))
    );
    let binaries: Vec<&str> = revision.deps.iter().filter(|dep| dep.binary).map(|dep| dep.path.as_str()).collect();
    assert_eq!(binaries, ["deps/clocks.wasm", "deps/http.wat", "deps/magic.wit"]);
    assert_eq!(files(&revision.deps[3]), ["deps/io/poll.wit", "deps/io/streams.wit"]);
    assert!(revision.siblings.is_empty(), "deps leave no room for guesses");
}

#[test]
fn a_dependency_without_wit_is_named() {
    let scratch = Scratch::repository();
    scratch.write("w/a.wit", "").write("w/deps/io/wit/a.wit", "");
    scratch.commit("all");
    for input in ["w", "HEAD:w"] {
        scratch.fail(input).kind(ErrorKind::Invalid).says("/deps/io` holds no `.wit`").hints("holds `wit/`");
    }
    scratch.write("v/a.wit", "").write("v/deps", "");
    scratch.commit("all");
    for input in ["v", "HEAD:v"] {
        scratch.fail(input).kind(ErrorKind::Unreadable).says("/deps` is not a directory");
    }
}

#[test]
fn a_directory_called_wit_stands_for_its_parent() {
    let scratch = Scratch::repository();
    scratch.write("p/wit/a.wit", "").write("p/wit/deps/io.wit", "").write("p/README.md", "");
    let revision = both(&scratch, "p");
    assert_eq!((revision.main.path.as_str(), files(&revision.main)), ("wit", vec!["wit/a.wit"]));
    assert_eq!(paths(&revision.deps), ["wit/deps/io.wit"]);
    let root = scratch.load("HEAD:p/wit").unwrap();
    assert_eq!(root.main.path, ".");
}

#[test]
fn siblings_in_wasis_own_layout() {
    let scratch = Scratch::repository();
    for name in ["clocks", "http", "io"] {
        scratch.write(&format!("proposals/{name}/wit/a.wit"), "world w { import a:b/c; }");
        scratch.write(&format!("proposals/{name}/wit-0.3/b.wit"), "world w { import a:b/c; }");
    }
    scratch
        .write("proposals/.hidden/wit/a.wit", "")
        .write("proposals/target/wit/a.wit", "")
        .write("other/wit/x.wit", "");
    let revision = both(&scratch, "proposals/http/wit");
    assert_eq!(paths(&revision.siblings), ["../../clocks/wit", "../../io/wit", "../wit-0.3"]);
    assert_eq!(files(&revision.siblings[1]), ["../../io/wit/a.wit"]);
    let draft = both(&scratch, "proposals/http/wit-0.3");
    assert_eq!(
        paths(&draft.siblings),
        ["../../clocks/wit", "../../clocks/wit-0.3", "../../io/wit", "../../io/wit-0.3", "../wit"]
    );
    let nested = both(&scratch, "proposals/http");
    assert_eq!(paths(&nested.siblings), ["../clocks/wit", "../io/wit", "wit-0.3"]);
}

#[test]
fn siblings_side_by_side() {
    let scratch = Scratch::repository();
    scratch
        .write("http/a.wit", "world w { import a:b/c; }")
        .write("io/b.wit", "// a/b")
        .write("io/c.wit", "")
        .write("none/x.md", "")
        .write("d.wit", "");
    scratch.write("node_modules/m.wit", "").write("deep/er/e.wit", "");
    let revision = both(&scratch, "http");
    assert_eq!(paths(&revision.siblings), ["../io"]);
    assert_eq!(files(&revision.siblings[0]), ["../io/b.wit", "../io/c.wit"]);
    assert!(scratch.load("HEAD").unwrap().siblings.is_empty(), "nothing is beside the root");
    assert!(both(&scratch, "io").siblings.is_empty(), "it names no other package");
}

#[test]
#[cfg(unix)]
fn links_inside_the_tree_are_followed() {
    let scratch = Scratch::repository();
    scratch.write("shared/io/s.wit", "io").write("shared/t.wit", "t").link("w/a.wit", "../shared/t.wit");
    scratch.link("w/deps/io", "../../shared/io").link("w/deps/t.wit", "../a.wit").link("v", "./w//");
    scratch.link("http/wit/deps", "../../w/deps").write("http/wit/h.wit", "");
    let revision = both(&scratch, "w");
    assert_eq!(text(&revision), "t");
    assert_eq!(paths(&revision.deps), ["deps/io", "deps/t.wit"]);
    assert_eq!(files(&revision.deps[0]), ["deps/io/s.wit"]);
    assert_eq!(both(&scratch, "v").main, revision.main);
    assert_eq!(files(&both(&scratch, "v/deps/io").main), ["s.wit"]);
    assert_eq!(paths(&both(&scratch, "http/wit").deps), ["deps/io", "deps/t.wit"]);
    scratch.link("one/twin", "../w").write("one/pkg/p.wit", "world w { import a:b/c; }");
    assert_eq!(paths(&both(&scratch, "one/pkg").siblings), ["../twin"]);
}
