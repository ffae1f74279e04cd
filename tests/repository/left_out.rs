//! What is not looked into: what git ignores, what tools build, what is hidden, what is another repository.

use super::*;

/// The directories of the packages in the working tree.
#[track_caller]
fn directories(scratch: &Scratch) -> Vec<String> {
    let list = scratch.json(0, &["list"]);
    each(&list["packages"], "path").into_iter().map(str::to_owned).collect()
}

/// A package of its own name in each of these directories.
fn with_packages(directories: &[&str]) -> Scratch {
    let scratch = Scratch::repository();
    for (at, directory) in directories.iter().enumerate() {
        scratch.write(&format!("{directory}/a.wit"), wit(&format!("a:p{at}@1.0.0"), F));
    }
    scratch
}

#[test]
fn what_git_ignores() {
    let scratch = with_packages(&["built/wit", "kept/out/wit", "kept/wit", "out/wit", "own/wit", "private/wit"]);
    scratch.write(".gitignore", "/built\nout/\n# own\n").write("kept/.gitignore", "!out/\n");
    scratch.write(".git/info/exclude", "private\n").write("own/.gitignore", "wit/*.wat\n");
    assert_eq!(directories(&scratch), ["kept/out/wit", "kept/wit", "own/wit"]);
    // The rules from above count below, too, and what is named by itself is meant.
    let below = scratch.json(0, &["list", "kept"]);
    assert_eq!(each(&below["packages"], "path"), ["out/wit", "wit"]);
    assert_eq!(each(&scratch.json(0, &["list", "built/wit"])["packages"], "name"), ["a:p0"]);

    // In git there is what is committed.
    scratch.git(&["add", "-Af"]);
    scratch.git(&["commit", "-qm", "all"]);
    assert_eq!(scratch.json(0, &["list", "HEAD"])["packages"].as_array().unwrap().len(), 6);
    assert_eq!(directories(&scratch), ["kept/out/wit", "kept/wit", "own/wit"]);
}

/// What somebody ignores everywhere.
#[test]
fn what_the_user_ignores() {
    let scratch = with_packages(&["kept/wit", "private/wit"]);
    assert_eq!(directories(&scratch), ["kept/wit", "private/wit"]);
    scratch.write(".config/git/ignore", "private\n");
    assert_eq!(directories(&scratch), ["kept/wit"]);
}

/// A file that git ignores in a directory that it does not ignore is none of the package.
#[test]
fn an_ignored_file_of_a_package() {
    let scratch = with_packages(&["wit"]);
    scratch.write(".gitignore", "*.gen.wit\n").commit("old");
    scratch.write("wit/b.gen.wit", "interface generated {}\n");
    let list = scratch.json(0, &["list"]);
    assert_eq!(strings(&list["packages"][0]["interfaces"]), ["generated", "i"], "the parser reads it, too");
}

#[test]
fn what_tools_build_and_what_is_hidden() {
    let all = [".hidden/wit", "crate/target/wit", "node_modules/x/wit", "src/wit", "target/wit", "targets/wit"];
    let scratch = with_packages(&all);
    assert_eq!(directories(&scratch), ["src/wit", "targets/wit"]);
    scratch.git(&["add", "-Af"]);
    scratch.git(&["commit", "-qm", "all"]);
    assert_eq!(each(&scratch.json(0, &["list", "HEAD"])["packages"], "path"), ["src/wit", "targets/wit"]);
    // Whoever stands in there means it.
    assert_eq!(each(&scratch.json_in("target", 0, &["list", "."])["packages"], "path"), ["wit"]);
}

#[test]
fn other_repositories() {
    let scratch = Scratch::empty();
    scratch.write("library/wit/a.wit", wit("c:d@1.0.0", F));
    for repository in ["library", "here"] {
        scratch.git(&["init", "-q", "-b", "main", repository]);
    }
    scratch.git_in("library", &["add", "-A"]);
    scratch.git_in("library", &["commit", "-qm", "library"]);
    scratch.write("here/wit/a.wit", importing("a:b@1.0.0", &["c:d/i@1.0.0"]));
    scratch.git_in("here", &["submodule", "--quiet", "add", "../library", "vendor/library"]);
    scratch.git_in("here", &["clone", "-q", "../library", "scratch/clone"]);
    scratch.write("here/.gitignore", "/scratch\n");
    scratch.git_in("here", &["add", "-A"]);
    scratch.git_in("here", &["commit", "-qm", "all"]);

    let submodule = serde_json::json!([{ "path": "vendor/library", "reason": "another repository" }]);
    let on_disk = scratch.json_in("here", 0, &["list"]);
    assert_eq!((listed(&on_disk), &on_disk["skipped"]), (vec!["a:b@1.0.0 wit: c:d@1.0.0 missing".into()], &submodule));
    let in_git = scratch.json_in("here", 0, &["list", "HEAD"]);
    assert_eq!((&in_git["packages"], &in_git["skipped"]), (&on_disk["packages"], &submodule));
    scratch.tool_in("here", &["list"]).code(0).prints("skipped vendor/library: another repository");
    // A clone that nobody ignores is another repository, too.
    scratch.write("here/.gitignore", "");
    let both = scratch.json_in("here", 0, &["list"]);
    assert_eq!(each(&both["skipped"], "path"), ["scratch/clone", "vendor/library"]);
    // It is one of its own.
    let inside = scratch.json(0, &["list", "HEAD", "--repo", "here/vendor/library"]);
    assert_eq!(listed(&inside), ["c:d@1.0.0 wit"]);
    assert_eq!(listed(&scratch.json(0, &["list", "here/vendor/library"])), ["c:d@1.0.0 wit"]);
    scratch.tool_in("here", &["list", "HEAD:vendor/library"]).code(3).says("`vendor/library` is a submodule");
}

#[test]
fn links() {
    let scratch = with_packages(&["real/wit"]);
    scratch.link("again", "real").link("round", ".").link("gone", "nowhere").link("file.wit", "real/wit/a.wit");
    scratch.link("linked/wit", "../real/wit");
    scratch.write("user/wit/a.wit", importing("a:user@1.0.0", &["a:p0/i@1.0.0"]));
    scratch.link("user/wit/deps/p0", "../../../real/wit").git(&["add", "-A"]);
    scratch.git(&["rm", "-q", "--cached", "file.wit"]);
    std::fs::remove_file(scratch.path().join("file.wit")).unwrap();
    scratch.git(&["commit", "-qm", "links"]);
    // Each is found where it is; what leads to it is followed only to read it.
    let expected = ["a:p0@1.0.0 real/wit", "a:user@1.0.0 user/wit: a:p0@1.0.0 deps user/wit/deps/p0"];
    assert_eq!(listed(&scratch.json(0, &["list"])), expected);
    assert_eq!(listed(&scratch.json(0, &["list", "HEAD"])), expected);
    assert_eq!(listed(&scratch.json(0, &["list", "linked/wit"])), ["a:p0@1.0.0 ."]);
    assert_eq!(listed(&scratch.json(0, &["list", "again"])), ["a:p0@1.0.0 wit"]);
    // As the one package of an input, a link called `wit` is what it leads to.
    assert_eq!(listed(&scratch.json(0, &["list", "linked"])), ["a:p0@1.0.0 wit"]);
}

/// One directory of packages for many crates, each of which links to it.
#[test]
fn a_link_called_deps() {
    let scratch = Scratch::repository();
    scratch.write("wit/io/a.wit", wit("c:io@1.0.0", F)).write("wit/http/a.wit", wit("c:http@1.0.0", F));
    for name in ["one", "two"] {
        scratch.write(&format!("crates/{name}/wit/a.wit"), importing(&format!("a:{name}@1.0.0"), &["c:io/i@1.0.0"]));
        scratch.link(&format!("crates/{name}/wit/deps"), "../../../wit");
    }
    scratch.commit("all");
    let dependency =
        |name: &str| format!("a:{name}@1.0.0 crates/{name}/wit: c:io@1.0.0 deps crates/{name}/wit/deps/io");
    let expected = [&dependency("one"), &dependency("two"), "c:http@1.0.0 wit/http", "c:io@1.0.0 wit/io"];
    assert_eq!(listed(&scratch.json(0, &["list"])), expected);
    assert_eq!(listed(&scratch.json(0, &["list", "HEAD"])), expected);
    scratch.write("wit/io/a.wit", wit("c:io@1.0.0", F_CHANGED));
    let report = scratch.json(0, &["compare", "HEAD"]);
    assert_eq!(each(&report["packages"], "level"), ["none", "major", "major", "major"]);
    assert_eq!(each(&report["packages"], "name"), ["c:http", "c:io", "a:one", "a:two"]);
}
