//! Which packages a directory or a revision stands for, in the layouts that people use.

use super::*;

/// The list of the working tree and that of the last commit, which must be the same.
#[track_caller]
fn everywhere(scratch: &Scratch, code: i32) -> Vec<String> {
    scratch.commit("all");
    let on_disk = scratch.json(code, &["list"]);
    let in_git = scratch.json(code, &["list", "HEAD"]);
    assert_eq!(on_disk["packages"], in_git["packages"]);
    assert_eq!(on_disk["input"], serde_json::json!({ "input": "the working tree", "kind": "path" }));
    let id = scratch.id("HEAD");
    assert_eq!(in_git["input"], serde_json::json!({ "input": "HEAD", "kind": "git", "commit": id }));
    listed(&on_disk)
}

#[test]
fn a_plain_wit_directory() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).write("src/lib.rs", "");
    assert_eq!(everywhere(&scratch, 0), ["a:b@1.0.0 wit"]);
    let list = scratch.json(0, &["list", "wit"]);
    assert_eq!(listed(&list), ["a:b@1.0.0 ."]);
    assert_eq!(each(&scratch.json(0, &["list", "HEAD:wit"])["packages"], "path"), ["."]);
    assert_eq!(each(&scratch.json(0, &["list", "wit/a.wit"])["packages"], "path"), ["a.wit"]);
}

#[test]
fn cargo_component() {
    let scratch = Scratch::repository();
    scratch.write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
    for (name, uses) in [("one", "wasi:io/streams@0.2.0"), ("two", "wasi:io/streams@0.2.3")] {
        let (version, at) = (uses.split_once('@').unwrap().1, format!("crates/{name}"));
        scratch.write(&format!("{at}/Cargo.toml"), "").write(&format!("{at}/src/lib.rs"), "");
        scratch.write(&format!("{at}/wit/world.wit"), importing(&format!("my:{name}"), &[uses]));
        scratch.write(
            &format!("{at}/wit/deps/io/streams.wit"),
            wit(&format!("wasi:io@{version}"), "interface streams {}"),
        );
    }
    assert_eq!(
        everywhere(&scratch, 0),
        [
            "my:one crates/one/wit: wasi:io@0.2.0 deps crates/one/wit/deps/io",
            "my:two crates/two/wit: wasi:io@0.2.3 deps crates/two/wit/deps/io",
        ]
    );
}

/// `wkg` puts dependencies in `wit/deps/NAMESPACE-NAME-VERSION/package.wit`, binaries with `--type wasm` beside them,
/// and a lock file at the top.
#[test]
fn wkg() {
    let scratch = Scratch::repository();
    scratch.write("wkg.toml", "").write("wkg.lock", "version = 1\n");
    scratch.write("wit/world.wit", importing("my:app@0.1.0", &["wasi:clocks/clock@0.2.0", "wasi:io/poll@0.2.0"]));
    scratch.write("wit/deps/wasi-clocks-0.2.0/package.wit", importing("wasi:clocks@0.2.0", &["wasi:io/poll@0.2.0"]));
    scratch.write("wit/deps/wasi-io-0.2.0/package.wit", wit("wasi:io@0.2.0", "interface poll {}"));
    let expected = "my:app@0.1.0 wit: wasi:clocks@0.2.0 deps wit/deps/wasi-clocks-0.2.0, \
                    wasi:io@0.2.0 deps wit/deps/wasi-io-0.2.0";
    assert_eq!(everywhere(&scratch, 0), [expected]);
}

#[test]
fn at_the_root_and_nested_in_each_other() {
    let scratch = Scratch::repository();
    scratch.write("root.wit", wit("a:root@1.0.0", F)).write("more.wit", "interface j {}\n");
    scratch.write("in/side/x.wit", wit("a:inner@2.0.0", F));
    scratch.write("in/side/still/deeper/x.wit", wit("a:deep", F));
    assert_eq!(everywhere(&scratch, 0), ["a:deep in/side/still/deeper", "a:inner@2.0.0 in/side", "a:root@1.0.0 ."]);
    let root = scratch.json(0, &["list", "--package", "a:root"]);
    assert_eq!(strings(&root["packages"][0]["interfaces"]), ["i", "j"]);
    // From below, all of the repository without an input, and what is there with one.
    assert_eq!(scratch.json_in("in/side", 0, &["list"])["packages"].as_array().unwrap().len(), 3);
    let below = scratch.json_in("in/side", 0, &["list", "."]);
    assert_eq!(listed(&below), ["a:deep still/deeper", "a:inner@2.0.0 ."]);
    assert_eq!(scratch.json(0, &["list", "in/side"])["packages"], below["packages"]);
    assert_eq!(scratch.json(0, &["list", "HEAD:in/side"])["packages"], below["packages"]);
}

#[test]
fn what_is_vendored_is_nobodys_package() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", importing("a:b@1.0.0", &["c:d/i@1.0.0"]));
    scratch.write("wit/deps/cd/a.wit", wit("c:d@1.0.0", F));
    scratch.write("wit/deps/cd/deps/ef/a.wit", wit("e:f@1.0.0", F));
    scratch.write("wit/deps/single.wit", wit("g:h@1.0.0", F));
    scratch.write("wit/below/a.wit", wit("i:j@1.0.0", F));
    // Nobody's: there is no package in the directory above.
    scratch.write("deps/kl/a.wit", wit("k:l@1.0.0", F));
    scratch.write("other/deps/mn/a.wit", wit("m:n@1.0.0", F));
    assert_eq!(
        everywhere(&scratch, 0),
        [
            "a:b@1.0.0 wit: c:d@1.0.0 deps wit/deps/cd",
            "i:j@1.0.0 wit/below",
            "k:l@1.0.0 deps/kl",
            "m:n@1.0.0 other/deps/mn",
        ]
    );
}

#[test]
fn a_directory_without_a_package_declaration_is_none() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:b@1.0.0", F)).write("pieces/b.wit", "interface i {}\n");
    scratch.write("comment/b.wit", "// package c:d;\ninterface i {}\n");
    assert_eq!(everywhere(&scratch, 0), ["a:b@1.0.0 wit"]);
}

#[test]
fn packages_in_braces_are_listed_with_the_file_that_holds_them() {
    let scratch = Scratch::repository();
    let nested = format!("package x:y@2.0.0 {{ {F} }}\n");
    scratch.write("wit/a.wit", importing("a:b@1.0.0", &["x:y/i@2.0.0"]) + &nested);
    scratch.write("other/a.wit", wit("c:d@1.0.0", F));
    assert_eq!(everywhere(&scratch, 0), ["a:b@1.0.0 wit: x:y@2.0.0 nested wit", "c:d@1.0.0 other", "x:y@2.0.0 wit"]);
}

#[test]
fn nothing_at_all() {
    let scratch = Scratch::repository();
    scratch.write("README.md", "").commit("none");
    for input in [&["list"][..], &["list", "HEAD"], &["list", "."]] {
        let list = scratch.json(4, input);
        assert_eq!(list["packages"], serde_json::json!([]));
        scratch.tool(input).code(4).says("holds no `.wit` file");
    }
    scratch.write("wit/a.wit", wit("a:b", F));
    scratch.json(0, &["list"]);
    scratch.tool(&["list", "nowhere"]).code(3).says("there is neither a path nor a revision `nowhere`");
    scratch.tool(&["list", "HEAD:wit"]).code(3).says("there is no `HEAD:wit`");
    scratch.tool(&["list", "--package", "a:c"]).code(4);
}

#[test]
fn outside_of_any_repository() {
    let scratch = Scratch::empty();
    scratch.write("one/wit/a.wit", importing("a:b@1.0.0", &["c:d/i@1.0.0"])).write("two/a.wit", wit("c:d@1.0.0", F));
    scratch.write(".gitignore", "/three\n").write("three/a.wit", wit("e:f@1.0.0", F));
    let list = scratch.json(0, &["list"]);
    assert_eq!(listed(&list), ["a:b@1.0.0 one/wit: c:d@1.0.0 repository two", "c:d@1.0.0 two"]);
    assert_eq!(list["input"], serde_json::json!({ "input": ".", "kind": "path" }));
}

#[test]
fn the_list_as_text() {
    let scratch = Scratch::repository();
    scratch.write("one/a.wit", importing("a:one@1.0.0", &["a:two/i@1.0.0", "x:y/z@3.0.0"]));
    scratch.write("two/a.wit", wit("a:two@1.0.0", F));
    scratch.commit("all");
    let run = scratch.tool(&["list"]).code(0);
    assert_eq!(
        run.stdout,
        "package  version  directory  depends on                        used by\n\
         a:one    1.0.0    one        a:two@1.0.0, x:y@3.0.0 (missing)  -\n\
         a:two    1.0.0    two        -                                 a:one@1.0.0\n\
         \n\
         2 packages, 1 missing dependency\n"
    );
    assert_eq!(run.stderr, "");
    let head = format!("packages in HEAD ({})", &scratch.id("HEAD")[..7]);
    scratch.tool(&["list", "HEAD"]).code(0).begins(&head);
    assert_eq!(each(&scratch.json(0, &["list"])["packages"][1], "used_by"), Vec::<&str>::new());
    assert_eq!(strings(&scratch.json(0, &["list"])["packages"][1]["used_by"]), ["a:one@1.0.0"]);
}

#[test]
fn webassembly() {
    let scratch = Scratch::repository();
    let component = "(component (type (;0;) (component (type (;0;) (component
          (type (;0;) (instance (type (;0;) (func)) (export (;0;) \"f\" (func (type 0)))))
          (import \"a:b/i@1.0.0\" (instance (;0;) (type 0)))))
        (export (;0;) \"a:b/w@1.0.0\" (component (type 0)))))
      (export (;1;) \"w\" (type 0))
      (@custom \"package-docs\" \"\\00{}\"))";
    scratch.write("b.wat", component);
    let list = scratch.json(0, &["list", "b.wat"]);
    assert_eq!(each(&list["packages"], "name"), ["a:b"]);
    assert_eq!(list["input"]["kind"], "wasm");
    assert_eq!(strings(&list["packages"][0]["worlds"]), ["w"]);
}

#[test]
fn packages_that_are_broken() {
    let scratch = Scratch::repository();
    scratch.write("good/a.wit", importing("a:good@1.0.0", &["a:bad/i@1.0.0"]));
    // A list looks at texts and does not parse them.
    scratch.write("bad/a.wit", wit("a:bad@1.0.0", BROKEN));
    scratch.write("empty/a.wit", wit("a:empty@1.0.0", F)).write("empty/deps/nothing/README.md", "");
    scratch.commit("all");
    assert_eq!(
        listed(&scratch.json(3, &["list"])),
        ["a:bad@1.0.0 bad", "a:empty@1.0.0 empty", "a:good@1.0.0 good: a:bad@1.0.0 repository bad"]
    );
    for (input, place) in [(".", "./empty"), ("HEAD", "HEAD:empty")] {
        let broken = scratch.json(3, &["list", input]);
        let message = format!("the dependency `{place}/deps/nothing` holds no `.wit` file of its own");
        assert_eq!(broken["packages"][1]["error"]["message"], message);
    }
    scratch.tool(&["list"]).code(3).prints("not readable: a:empty in empty: the dependency").prints("1 of them not");
    // The others are listed without it, and compared without it.
    scratch.json(0, &["list", "--package", "a:good"]);
    let report = scratch.json(3, &["compare", "HEAD"]);
    assert_eq!(
        brief(&report),
        [
            "a:bad unchanged none 1.0.0>1.0.0 sufficient",
            "a:empty undetermined - 1.0.0>1.0.0 undetermined",
            "a:good unchanged none 1.0.0>1.0.0 sufficient",
        ]
    );
}
