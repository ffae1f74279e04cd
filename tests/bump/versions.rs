//! The least sufficient version, in every file that names it, and not a byte more.

use super::*;

#[test]
fn the_least_sufficient_version_is_set() {
    for (old, body, new) in [
        ("1.2.3", FG, "1.3.0"),
        ("1.2.3", F_CHANGED, "2.0.0"),
        ("1.2.3", F_DOCUMENTED, "1.2.4"),
        ("0.2.3", FG, "0.2.4"),
        ("0.2.3", F_CHANGED, "0.3.0"),
        ("0.0.3", FG, "0.0.4"),
        ("0.0.3+b.1", F_CHANGED, "0.0.4"),
    ] {
        let repository = Scratch::repository();
        repository.write("wit/a.wit", wit(&format!("a:b@{old}"), F)).release(&format!("v{old}"));
        repository.write("wit/a.wit", wit(&format!("a:b@{old}"), body));
        repository.bump(&[]);
        assert_eq!(repository.read("wit/a.wit"), wit(&format!("a:b@{new}"), body));
    }
}

#[test]
fn a_sufficient_version_is_left_alone() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.2.3", F)).release("v1.2.3");
    for version in ["1.3.0", "1.3.1", "2.0.0", "1.3.0-rc.1", "1.3.0+build"] {
        repository.write("a.wit", wit(&format!("a:b@{version}"), FG));
        let plan = repository.unchanged(|here| here.plan(0, &["--write", "--allow-dirty"]));
        assert_eq!((plan["status"].as_str(), each(&plan["packages"], "next")), (Some("sufficient"), vec![version]));
    }
}

#[test]
fn without_write_the_plan_and_a_diff_are_printed() {
    let repository = Scratch::repository();
    repository.write("wit/a.wit", wit("a:b@0.2.3", F)).release("v0.2.3");
    repository.write("wit/a.wit", wit("a:b@0.2.3", FG));
    let run = repository.unchanged(|here| here.tool(&["bump"]).code(0));
    let diff =
        "--- a/wit/a.wit\n+++ b/wit/a.wit\n@@ -1,3 +1,3 @@\n-package a:b@0.2.3;\n+package a:b@0.2.4;\n \n interface i";
    assert!(run.stdout.contains(diff), "{run:#?}");
    run.prints("a:b 0.2.3 → 0.2.4: minor since 0.2.3").prints("1 file to change; nothing is written without `--write`");
}

#[test]
fn the_diff_is_one_that_git_applies() {
    let repository = Scratch::repository();
    repository.write("wit/a.wit", "package a:b@0.2.3;\r\n\r\ninterface i { f: func(); }").release("v0.2.3");
    repository.write("wit/a.wit", "package a:b@0.2.3;\r\n\r\ninterface i { f: func(); g: func(); }");
    let diff = repository.plan(0, &[])["files"][0]["diff"].as_str().unwrap().to_owned();
    repository.write("the.patch", diff);
    repository.git(&["apply", "--whitespace=nowarn", "the.patch"]);
    assert_eq!(repository.read("wit/a.wit"), "package a:b@0.2.4;\r\n\r\ninterface i { f: func(); g: func(); }");
}

#[test]
fn every_package_line_in_every_file_changes_and_nothing_else() {
    let repository = Scratch::repository();
    let one = |version: &str, more: &str| {
        format!(
            "\u{feff}// package a:b@0.2.3;\r\npackage  a : b @{version} ; // once @0.2.3\r\n\r\ninterface i {{\tf: func();{more} }}"
        )
    };
    let other = |version: &str| {
        format!("/// Says a:b@0.2.3.\npackage a:b@{version};\n\n\n/* a:b/i@0.2.3 */ world w {{\n  import i;\n}}\n\n")
    };
    let third = "interface none {\n}";
    let write = |version: &str, more: &str| {
        repository
            .write("wit/one.wit", one(version, more))
            .write("wit/other.wit", other(version))
            .write("wit/x.wit", third);
    };
    write("0.2.3", "");
    repository.release("v0.2.3");
    write("0.2.3", " g: func();");
    repository.bump(&[]);
    assert_eq!(repository.read("wit/one.wit"), one("0.2.4", " g: func();"));
    assert_eq!(repository.read("wit/other.wit"), other("0.2.4"));
    assert_eq!(repository.read("wit/x.wit"), third);
}

#[test]
fn nested_packages_have_versions_of_their_own() {
    let repository = Scratch::repository();
    let text = |outer: &str, inner: &str, body: &str| {
        format!(
            "package a:b@{outer};\n\ninterface i {{ use c:d/i@{inner}.{{t}}; f: func(x: t); }}\n\n\
             package c:d@{inner} {{\n    interface i {{ type t = u32; {body} }}\n}}\n"
        )
    };
    repository.write("a.wit", text("1.0.0", "2.0.0", "")).release("v1.0.0");
    repository.write("a.wit", text("1.0.0", "2.0.0", "g: func();"));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), text("1.0.0", "2.1.0", "g: func();"));
}

#[test]
fn only_lines_for_scripts() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("b/b.wit", wit("x:b@0.1.0", F));
    repository.write("c/c.wit", wit("x:c", F)).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", FG)).write("d/d.wit", wit("x:d@0.1.0", F));
    assert_eq!(repository.lines(&[]), "x:a 1.1.0, x:b 0.1.0, x:d 0.1.0");
    assert_eq!(repository.lines(&["--package", "x:a"]), "x:a 1.1.0");
    assert_eq!(repository.lines(&["--package", "x:b"]), "x:b 0.1.0");
    let run = repository.tool(&["bump", "--print", "--write", "--allow-dirty"]).code(0);
    assert_eq!(run.stdout, "x:a 1.1.0\nx:b 0.1.0\nx:d 0.1.0\n");
    assert_eq!(repository.read("a/a.wit"), wit("x:a@1.1.0", FG));
}

#[test]
fn only_the_package_that_was_asked_for() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("b/b.wit", wit("x:b@1.0.0", F)).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", FG)).write("b/b.wit", wit("x:b@1.0.0", FG));
    repository.tool(&["bump", "--write", "--allow-dirty", "--package", "x:b"]).code(0);
    assert_eq!(repository.read("a/a.wit"), wit("x:a@1.0.0", FG));
    assert_eq!(repository.read("b/b.wit"), wit("x:b@1.1.0", FG));
    repository.tool(&["bump", "--package", "x:none"]).code(4);
}

#[test]
fn the_base_is_the_one_that_check_has() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    repository.write("a.wit", wit("a:b@1.1.0", FG)).commit("more");
    repository.write("a.wit", wit("a:b@1.1.0", F_CHANGED));
    // 1.1.0 was never released: what counts is 1.0.0, whatever the branch had.
    assert_eq!(repository.lines(&[]), "a:b 2.0.0");
    assert_eq!(repository.lines(&["--against", "HEAD"]), "a:b 2.0.0");
    assert_eq!(repository.lines(&["--against", "tag:v*"]), "a:b 2.0.0");
}

#[test]
fn versions_that_went_backwards_come_back() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.2.3", F)).release("v1.2.3");
    repository.write("a.wit", wit("a:b@1.2.1", F));
    assert_eq!(repository.lines(&[]), "a:b 1.2.3");
    repository.write("a.wit", wit("a:b@1.2.1", FG));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), wit("a:b@1.3.0", FG));
}

#[test]
fn a_first_release_stays_what_it_declares() {
    let repository = Scratch::repository();
    repository.write("README.md", "x").commit("begin");
    repository.write("a.wit", wit("a:b@0.1.0", F));
    let plan = repository.plan(0, &["--against", "HEAD"]);
    assert_eq!(brief(&plan), ["a:b 0.1.0>0.1.0 none"]);
    assert_eq!(plan["status"], "sufficient");
}

#[test]
fn what_declares_no_version_is_left_alone() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b", F)).release("v1.0.0");
    repository.write("a.wit", wit("a:b", FG));
    let run = repository.unchanged(|here| here.tool(&["bump", "--write", "--allow-dirty"]).code(0));
    run.prints("a:b stays: it declares no version");
    // And where it gets one, that is the one it has.
    repository.write("a.wit", wit("a:b@0.1.0", FG));
    assert_eq!(repository.lines(&[]), "a:b 0.1.0");
}

#[test]
fn the_parties_that_are_protected_count() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    repository.write("a.wit", wit("a:b@1.0.0", FG));
    assert_eq!(repository.lines(&[]), "a:b 1.1.0");
    assert_eq!(repository.lines(&["--protect", "hosts"]), "a:b 2.0.0");
}

#[test]
fn of_copies_the_one_that_changed_counts() {
    let repository = Scratch::repository();
    repository.write("wit/a.wit", wit("a:b@1.0.0", F)).write("examples/e/a.wit", wit("a:b@1.0.0", F)).release("v1.0.0");
    repository.write("wit/a.wit", wit("a:b@1.0.0", FG));
    assert_eq!(repository.lines(&["--package", "a:b"]).split(", ").next(), Some("a:b 1.1.0"));
    repository.tool(&["bump"]).code(0).prints("`a:b` stands in `examples/e` and in `wit`, and these differ");
}

#[test]
fn a_version_that_stands_beside_it_is_passed_over() {
    let repository = Scratch::repository();
    repository.write("v1/a.wit", wit("a:b@1.0.0", F)).write("v2/a.wit", wit("a:b@2.0.0", FG)).release("v2.0.0");
    repository.write("v1/a.wit", wit("a:b@1.0.0", F_CHANGED));
    repository.bump(&[]);
    assert_eq!(repository.read("v1/a.wit"), wit("a:b@3.0.0", F_CHANGED));
    assert_eq!(repository.read("v2/a.wit"), wit("a:b@2.0.0", FG));
}

#[test]
fn one_line_for_the_one_package_that_was_asked_for() {
    let repository = Scratch::repository();
    let app = |version: &str| wit("x:app@1.0.0", &format!("world w {{ import x:a/i@{version}; }}"));
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("app/a.wit", app("1.0.0")).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", F_CHANGED));
    assert_eq!(repository.lines(&["--package", "x:a"]), "x:a 2.0.0");
    assert_eq!(repository.lines(&[]), "x:a 2.0.0, x:app 2.0.0");
}

#[test]
fn a_package_that_cannot_be_read_is_in_nobody_elses_way() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("b/b.wit", wit("x:b@1.0.0", F)).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", FG)).write("b/b.wit", wit("x:b@1.0.0", "interface i { f: fun(); }"));
    repository.tool(&["bump", "--write", "--allow-dirty", "--package", "x:a"]).code(0);
    assert_eq!(repository.read("a/a.wit"), wit("x:a@1.1.0", FG));
}
