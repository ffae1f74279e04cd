//! `@since` of what is new: added, corrected, and left alone where it was released.

use super::*;

fn gated(version: &str, rest: &str) -> String {
    format!(
        "package a:b@{version};\n\n@since(version = 0.2.0)\ninterface i {{\n    @since(version = 0.2.0)\n    f: func();\n{rest}}}\n"
    )
}

fn repository() -> Scratch {
    let repository = Scratch::repository();
    repository.write("a.wit", gated("0.2.0", "")).release("v0.2.0");
    repository
}

#[test]
fn a_gate_that_is_missing_is_added() {
    let repository = repository();
    repository.write("a.wit", gated("0.2.0", "    /// New.\n    g: func();\n    type t = u32;\n"));
    repository.bump(&[]);
    let gate = "    @since(version = 0.2.1)\n";
    let new = format!("    /// New.\n{gate}    g: func();\n{gate}    type t = u32;\n");
    assert_eq!(repository.read("a.wit"), gated("0.2.1", &new));
}

#[test]
fn a_gate_that_names_the_release_to_come_is_no_error() {
    let repository = repository();
    let new = |version: &str| format!("    @since(version = {version})\n    g: func();\n");
    // The parser refuses a gate above the version of its package.
    repository.write("a.wit", gated("0.2.0", &new("0.2.1")));
    repository.tool(&["check"]).code(3);
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), gated("0.2.1", &new("0.2.1")));
}

#[test]
fn a_gate_that_names_another_unreleased_version_is_corrected() {
    let repository = repository();
    let new = |version: &str| format!("    @since(version = {version}) // when?\n    g: func();\n");
    for wrong in ["0.2.7", "0.9.0", "1.0.0-rc.1"] {
        repository.write("a.wit", gated("0.2.0", &new(wrong)));
        repository.bump(&[]);
        assert_eq!(repository.read("a.wit"), gated("0.2.1", &new("0.2.1")), "{wrong}");
    }
}

#[test]
fn gates_follow_where_the_version_rises_once_more() {
    let repository = repository();
    let new = |version: &str| format!("    @since(version = {version})\n    g: func();\n");
    repository.write("a.wit", gated("0.2.0", &new("0.2.1")));
    repository.bump(&[]);
    let broken = repository.read("a.wit").replace("f: func()", "f: func() -> u32");
    repository.write("a.wit", broken);
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), gated("0.3.0", &new("0.3.0")).replace("f: func()", "f: func() -> u32"));
}

#[test]
fn deprecation_is_dated_too() {
    let repository = repository();
    let deprecated = |version: &str, since: &str| {
        gated(version, "").replace("    f:", &format!("    @deprecated(version = {since})\n    f:"))
    };
    repository.write("a.wit", deprecated("0.2.0", "0.4.0"));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), deprecated("0.2.1", "0.2.1"));
}

#[test]
fn a_package_without_gates_gets_none() {
    let repository = Scratch::repository();
    repository.write("a.wit", wit("a:b@0.2.0", F)).release("v0.2.0");
    repository.write("a.wit", wit("a:b@0.2.0", FG));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), wit("a:b@0.2.1", FG));
}

#[test]
fn what_is_unstable_has_no_date() {
    let repository = repository();
    let new = "    @unstable(feature = more)\n    g: func();\n";
    repository.write("a.wit", gated("0.2.0", new));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), gated("0.2.1", new));
}

#[test]
fn worlds_have_gates_too() {
    let repository = Scratch::repository();
    let text = |version: &str, new: &str| {
        format!(
            "package a:b@{version};\n\ninterface i {{}}\ninterface j {{}}\n\n@since(version = 1.0.0)\nworld w {{\n  @since(version = 1.0.0)\n  import i;\n{new}}}\n"
        )
    };
    repository.write("a.wit", text("1.0.0", "")).release("v1.0.0");
    repository.write("a.wit", text("1.0.0", "  import j;\n"));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), text("1.1.0", "  @since(version = 1.1.0)\n  import j;\n"));
}

#[test]
fn names_of_one_use_share_its_gate() {
    let repository = Scratch::repository();
    let text = |version: &str, gate: &str, names: &str, more: &str| {
        format!(
            "package a:b@{version};\n\ninterface t {{\n  @since(version = 0.2.0)\n  type x = u32;\n  \
             @since(version = 0.2.0)\n  type y = u8;\n}}\n\ninterface i {{\n{gate}  use t.{{{names}}};\n{more}}}\n"
        )
    };
    let gate = |version: &str| format!("  @since(version = {version})\n");
    for old in [gate("0.2.0"), String::new()] {
        repository.write("a.wit", text("0.2.0", &old, "x", "")).release("v0.2.0");
        // What was there before keeps its date.
        repository.write("a.wit", text("0.2.0", &old, "x, y", ""));
        repository.bump(&[]);
        assert_eq!(repository.read("a.wit"), text("0.2.1", &old, "x, y", ""));
        // A statement of its own gets one.
        repository.write("a.wit", text("0.2.0", &old, "x", "  use t.{y, x as z,};\n"));
        repository.bump(&[]);
        let new = gate("0.2.1") + "  use t.{y, x as z,};\n";
        assert_eq!(repository.read("a.wit"), text("0.2.1", &old, "x", &new));
        repository.git(&["tag", "-d", "v0.2.0"]);
    }
}

#[test]
fn a_gate_that_was_copied_from_a_neighbour_is_corrected() {
    let repository = repository();
    let new = |version: &str| format!("    @since(version = {version})\n    g: func();\n");
    repository.write("a.wit", gated("0.2.0", &new("0.2.0")));
    repository.bump(&[]);
    assert_eq!(repository.read("a.wit"), gated("0.2.1", &new("0.2.1")));
    repository.tool(&["check", "--deny", "gates"]).code(0);
}
