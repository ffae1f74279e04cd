//! Who refers to a package that moves: references, copies in `deps`, and those who have to move themselves.

use super::*;

/// Uses a type of another package.
fn user(identity: &str, used: &str) -> String {
    wit(identity, &format!("interface u {{\n    use {used}.{{t}};\n    g: func(x: t);\n}}"))
}

fn types(identity: &str, more: &str) -> String {
    wit(identity, &format!("interface i {{\n    record t {{ a: u32{more} }}\n    f: func(x: t);\n}}"))
}

#[test]
fn references_follow_in_every_statement() {
    let repository = Scratch::repository();
    let text = |version: &str| {
        wit(
            "x:user@1.0.0",
            &format!(
                "use x:a/i@{version} as other;\n\ninterface u {{\n  use x:a/i@{version}.{{t}}; // x:a/i@0.2.3\n}}\n\n\
                 world w {{\n  import x:a/i@{version};\n  export label: x:a/j@{version};\n  include x:a/base@{version} with {{ k as l }}\n}}\n"
            ),
        )
    };
    let a = |version: &str, more: &str| {
        wit(
            &format!("x:a@{version}"),
            &format!(
                "interface i {{ type t = u32; }}\ninterface j {{ f: func();{more} }}\nworld base {{ import k: func(); }}"
            ),
        )
    };
    repository.write("a/a.wit", a("0.2.3", "")).write("user/user.wit", text("0.2.3")).release("v1.0.0");
    repository.write("a/a.wit", a("0.2.3", " g: func();"));
    let plan = repository.plan(0, &[]);
    assert_eq!(brief(&plan)[0], "x:a 0.2.3>0.2.4 minor");
    repository.bump(&[]);
    assert_eq!(repository.read("a/a.wit"), a("0.2.4", " g: func();"));
    let user = repository.read("user/user.wit");
    assert_eq!(user.replace("x:user@1.0.1", "x:user@1.0.0").replace("x:user@2.0.0", "x:user@1.0.0"), text("0.2.4"));
}

#[test]
fn dependents_follow_a_package_that_leaves_its_track() {
    let repository = Scratch::repository();
    repository
        .write("a/a.wit", types("x:a@0.2.3", ""))
        .write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"))
        .write("c/c.wit", wit("x:c@0.5.1", "interface u { use x:b/u@1.4.0.{t}; h: func() -> t; }"))
        .write("d/d.wit", wit("x:d@3.0.0", F))
        .release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.2.3", ", b: u32"));
    let plan = repository.plan(0, &[]);
    assert_eq!(
        brief(&plan),
        ["x:a 0.2.3>0.3.0 major", "x:b 1.4.0>2.0.0 major", "x:c 0.5.1>0.6.0 major", "x:d 3.0.0>3.0.0 none"]
    );
    assert_eq!(each(&plan["packages"][1]["follows"], "package"), ["x:a"]);
    repository.bump(&[]);
    assert_eq!(repository.read("a/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@2.0.0", "x:a/i@0.3.0"));
    assert_eq!(repository.read("c/c.wit"), wit("x:c@0.6.0", "interface u { use x:b/u@2.0.0.{t}; h: func() -> t; }"));
    assert_eq!(repository.read("d/d.wit"), wit("x:d@3.0.0", F));
}

#[test]
fn dependents_follow_even_if_only_one_was_asked_for() {
    let repository = Scratch::repository();
    repository
        .write("a/a.wit", types("x:a@0.2.3", ""))
        .write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"))
        .write("c/c.wit", wit("x:c@1.0.0", F))
        .release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.2.3", ", b: u32")).write("c/c.wit", wit("x:c@1.0.0", FG));
    repository.tool(&["bump", "--write", "--allow-dirty", "--package", "x:a"]).code(0);
    assert_eq!(repository.read("a/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@2.0.0", "x:a/i@0.3.0"));
    assert_eq!(repository.read("c/c.wit"), wit("x:c@1.0.0", FG));
}

#[test]
fn who_was_not_asked_for_and_follows_passes_a_check_then() {
    let repository = Scratch::repository();
    let includes = |identity: &str, included: &str| wit(identity, &format!("world w {{ include {included}; }}"));
    let a = |version: &str, more: &str| {
        wit(&format!("x:a@{version}"), &format!("interface i {{ f: func();{more} }}\nworld w {{ import i; }}"))
    };
    repository
        .write("a/a.wit", a("0.2.3", ""))
        .write("b/b.wit", includes("x:b@1.4.0", "x:a/w@0.2.3"))
        .write("c/c.wit", includes("x:c@2.0.0", "x:b/w@1.4.0"))
        .write("d/d.wit", wit("x:d@3.0.0", F))
        .release("v1.0.0");
    // What `x:b` includes has more than before, and so has what `x:c` includes of that.
    repository.write("a/a.wit", a("0.2.3", " g: func();")).write("d/d.wit", wit("x:d@3.0.0", FG));
    let run = repository.tool(&["bump", "--write", "--allow-dirty", "--package", "x:a"]).code(0);
    run.prints("3 files written, and `check` passes for x:a, x:b, x:c");
    assert_eq!(repository.read("a/a.wit"), a("0.2.4", " g: func();"));
    assert_eq!(repository.read("b/b.wit"), includes("x:b@1.5.0", "x:a/w@0.2.4"));
    assert_eq!(repository.read("c/c.wit"), includes("x:c@2.1.0", "x:b/w@1.5.0"));
    // Nobody spoke of `x:d`, and nothing leads there.
    assert_eq!(repository.read("d/d.wit"), wit("x:d@3.0.0", FG));
    repository.tool(&["check", "--package", "x:a", "--package", "x:b", "--package", "x:c"]).code(0);
    repository.tool(&["check"]).code(1);
}

#[test]
fn copies_in_deps_become_what_the_package_is() {
    let repository = Scratch::repository();
    let second = "interface second {}\n";
    repository
        .write("a/a.wit", types("x:a@0.2.3", ""))
        .write("a/second.wit", second)
        .write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"))
        .write("b/deps/x-a/a.wit", types("x:a@0.2.3", ""))
        .write("b/deps/x-a/second.wit", second)
        .write("c/c.wit", user("x:c@1.4.0", "x:a/i@0.2.3"))
        .write("c/deps/x-a/a.wit", types("x:a@0.2.3", ""))
        .write("c/deps/x-a/second.wit", second)
        .release("v1.0.0");
    let changed = types("x:a@0.2.3", "").replace("f: func", "e: func();\n    f: func");
    // One copy is up to date, the other one is that of the release.
    repository.write("a/a.wit", &changed).write("b/deps/x-a/a.wit", &changed);
    repository.bump(&[]);
    let raised = changed.replace("0.2.3", "0.2.4");
    for place in ["a/a.wit", "b/deps/x-a/a.wit", "c/deps/x-a/a.wit"] {
        assert_eq!(repository.read(place), raised, "{place}");
    }
    for (place, name) in [("b/b.wit", "x:b"), ("c/c.wit", "x:c")] {
        let version = repository.lines(&["--package", name]).split_once(' ').unwrap().1.to_owned();
        assert_eq!(repository.read(place), user(&format!("{name}@{version}"), "x:a/i@0.2.4"), "{place}");
    }
}

#[test]
fn a_copy_that_somebody_keeps_as_it_is_stays_and_is_told() {
    let repository = Scratch::repository();
    let own = types("x:a@0.2.3", "").replace("f: func", "special: func();\n    f: func");
    repository
        .write("a/a.wit", types("x:a@0.2.3", ""))
        .write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"))
        .write("b/deps/a.wit", &own)
        .release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.2.3", "").replace("f: func", "e: func();\n    f: func"));
    let run = repository.bump(&[]);
    run.prints("`b` keeps its own copy of x:a@0.2.3, which is not what the repository has");
    assert!(repository.read("a/a.wit").contains("x:a@0.2.4"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@1.4.0", "x:a/i@0.2.3"));
    assert_eq!(repository.read("b/deps/a.wit"), own);
}

#[test]
fn a_copy_that_is_a_link_is_the_package_itself() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", types("x:a@0.2.3", "")).write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"));
    repository.link("b/deps/a", "../../a").release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.2.3", ", b: u32"));
    repository.bump(&[]);
    assert_eq!(repository.read("a/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@2.0.0", "x:a/i@0.3.0"));
    assert!(repository.path().join("b/deps/a").is_symlink());
}

#[test]
fn other_versions_of_the_same_package_stay() {
    let repository = Scratch::repository();
    repository
        .write("now/a.wit", types("x:a@0.2.3", ""))
        .write("next/a.wit", types("x:a@0.4.0-rc.1", ", c: u8"))
        .write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"))
        .write("c/c.wit", user("x:c@1.4.0", "x:a/i@0.4.0-rc.1"))
        .release("v1.0.0");
    repository.write("now/a.wit", types("x:a@0.2.3", ", b: u32"));
    repository.bump(&[]);
    assert_eq!(repository.read("now/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("next/a.wit"), types("x:a@0.4.0-rc.1", ", c: u8"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@2.0.0", "x:a/i@0.3.0"));
    assert_eq!(repository.read("c/c.wit"), user("x:c@1.4.0", "x:a/i@0.4.0-rc.1"));
}

#[test]
fn copies_get_the_gates_of_what_is_new_too() {
    let repository = Scratch::repository();
    let a = |version: &str, more: &str| {
        wit(
            &format!("x:a@{version}"),
            &format!("interface i {{\n    @since(version = 0.2.0)\n    type t = u32;\n{more}}}"),
        )
    };
    repository.write("a/a.wit", a("0.2.3", "")).write("b/deps/a/a.wit", a("0.2.3", ""));
    repository.write("b/b.wit", user("x:b@1.0.0", "x:a/i@0.2.3")).release("v1.0.0");
    repository.write("a/a.wit", a("0.2.3", "    f: func();\n")).write("b/deps/a/a.wit", a("0.2.3", "    f: func();\n"));
    repository.bump(&[]);
    let raised = a("0.2.4", "    @since(version = 0.2.4)\n    f: func();\n");
    assert_eq!((repository.read("a/a.wit"), repository.read("b/deps/a/a.wit")), (raised.clone(), raised));
}

#[test]
fn references_to_what_was_raised_by_hand_follow() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", types("x:a@0.2.3", "")).write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"));
    repository.release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.3.0", ", b: u32"));
    repository.tool(&["check"]).code(3);
    repository.bump(&[]);
    assert_eq!(repository.read("a/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("b/b.wit"), user("x:b@2.0.0", "x:a/i@0.3.0"));
}

#[test]
fn a_copy_of_other_files_is_left_alone() {
    let repository = Scratch::repository();
    repository.write("a/a.wit", types("x:a@0.2.3", "")).write("a/old.wit", "interface old { g: func(); }\n");
    repository.write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3"));
    repository.write("b/deps/a/a.wit", types("x:a@0.2.3", ""));
    repository.write("b/deps/a/old.wit", "interface old { g: func(); }\n").release("v1.0.0");
    repository.git(&["rm", "-q", "a/old.wit"]);
    repository.write("a/extra.wit", "interface extra { z: func(); }\n");
    repository.git(&["add", "-A"]);
    let run = repository.bump(&[]);
    run.prints("`b` keeps its own copy of x:a@0.2.3");
    assert_eq!(repository.read("b/deps/a/old.wit"), "interface old { g: func(); }\n");
    assert_eq!(repository.read("b/b.wit"), user("x:b@1.4.0", "x:a/i@0.2.3"));
}

#[test]
fn who_vendors_somebody_that_keeps_a_copy_keeps_it_too() {
    let repository = Scratch::repository();
    let world = |identity: &str| wit(identity, "world w { import x:b/u@1.4.0; }");
    let own = types("x:a@0.2.3", "").replace("f: func", "special: func();\n    f: func");
    repository.write("a/a.wit", types("x:a@0.2.3", ""));
    repository.write("b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3")).write("b/deps/a/a.wit", &own);
    repository.write("c/c.wit", world("x:c@1.0.0")).write("c/deps/a/a.wit", types("x:a@0.2.3", ""));
    repository.write("c/deps/b/b.wit", user("x:b@1.4.0", "x:a/i@0.2.3")).release("v1.0.0");
    repository.write("a/a.wit", types("x:a@0.2.3", ", b: u32"));
    repository.bump(&[]);
    assert_eq!(repository.read("a/a.wit"), types("x:a@0.3.0", ", b: u32"));
    assert_eq!(repository.read("c/deps/a/a.wit"), types("x:a@0.2.3", ""));
    assert_eq!(repository.read("c/c.wit"), world("x:c@1.0.0"));
}
