//! Series of pre-releases: how they start, go on and end.

use super::*;

#[test]
fn from_release_to_release() {
    let repository = Scratch::repository();
    let write = |version: &str, body: &str| repository.write("a.wit", wit(&format!("a:b@{version}"), body));
    write("1.2.3", F);
    repository.release("v1.2.3");

    write("1.2.3", FG);
    repository.bump(&["--pre", "rc"]);
    assert_eq!(repository.read("a.wit"), wit("a:b@1.3.0-rc.1", FG));
    repository.release("v1.3.0-rc.1");
    assert_eq!(repository.lines(&["--pre", "rc"]), "a:b 1.3.0-rc.1");

    let more = "interface i { f: func(); g: func(); h: func(); }";
    write("1.3.0-rc.1", more);
    repository.bump(&["--pre", "rc"]);
    assert_eq!(repository.read("a.wit"), wit("a:b@1.3.0-rc.2", more));
    repository.release("v1.3.0-rc.2");

    repository.bump(&["--release"]);
    assert_eq!(repository.read("a.wit"), wit("a:b@1.3.0", more));
    repository.release("v1.3.0");
    assert_eq!(repository.lines(&["--release"]), "a:b 1.3.0");
}

#[test]
fn a_release_answers_for_all_that_changed_since_the_last_one() {
    let repository = Scratch::repository();
    let write = |version: &str, body: &str| repository.write("a.wit", wit(&format!("a:b@{version}"), body));
    write("1.2.3", F);
    repository.release("v1.2.3");
    write("1.3.0-rc.1", F_CHANGED);
    repository.release("v1.3.0-rc.1");
    // The pre-release broke what 1.2.3 promised.
    assert_eq!(repository.lines(&["--release"]), "a:b 2.0.0");
    assert_eq!(repository.lines(&["--pre", "rc"]), "a:b 2.0.0-rc.1");
}

#[test]
fn one_series_follows_another_and_none_goes_back() {
    let repository = Scratch::repository();
    let write = |version: &str, body: &str| repository.write("a.wit", wit(&format!("a:b@{version}"), body));
    write("0.3.0-beta.2", F);
    repository.release("v0.3.0-beta.2");
    write("0.3.0-beta.2", FG);
    assert_eq!(repository.lines(&["--pre", "beta"]), "a:b 0.3.0-beta.3");
    assert_eq!(repository.lines(&["--pre", "rc"]), "a:b 0.3.0-rc.1");
    assert_eq!(repository.lines(&[]), "a:b 0.3.0-beta.3");
    assert_eq!(repository.lines(&["--release"]), "a:b 0.3.0");
    repository
        .tool(&["bump", "--pre", "alpha"])
        .code(2)
        .says("`a:b` would go backwards: 0.3.0-alpha.1 comes before 0.3.0-beta.2");
}

#[test]
fn dates_are_taken_as_they_are() {
    let repository = Scratch::repository();
    let write = |version: &str, body: &str| repository.write("a.wit", wit(&format!("a:b@{version}"), body));
    write("0.3.0-rc-2026-02-09", F);
    repository.release("v0.3.0-rc-2026-02-09");
    write("0.3.0-rc-2026-02-09", F_CHANGED);
    repository.bump(&["--pre", "rc-2026-03-15"]);
    assert_eq!(repository.read("a.wit"), wit("a:b@0.3.0-rc-2026-03-15", F_CHANGED));
    assert_eq!(repository.lines(&["--release"]), "a:b 0.3.0");
}

#[test]
fn gates_name_the_release_in_the_end() {
    let repository = Scratch::repository();
    let text = |version: &str, rest: &str| {
        format!("package a:b@{version};\n\ninterface i {{\n  @since(version = 1.0.0)\n  f: func();\n{rest}}}\n")
    };
    let g = |version: &str| format!("  @since(version = {version})\n  g: func();\n");
    let h = |version: &str| format!("  @since(version = {version})\n  h: func();\n");
    repository.write("a.wit", text("1.0.0", "")).release("v1.0.0");
    repository.write("a.wit", text("1.0.0", "  g: func();\n"));
    repository.bump(&["--pre", "rc"]);
    assert_eq!(repository.read("a.wit"), text("1.1.0-rc.1", &g("1.1.0-rc.1")));
    repository.release("v1.1.0-rc.1");
    repository.write("a.wit", text("1.1.0-rc.1", &(g("1.1.0-rc.1") + "  h: func();\n")));
    repository.bump(&["--pre", "rc"]);
    assert_eq!(repository.read("a.wit"), text("1.1.0-rc.2", &(g("1.1.0-rc.1") + &h("1.1.0-rc.2"))));
    repository.release("v1.1.0-rc.2");
    repository.bump(&["--release"]);
    assert_eq!(repository.read("a.wit"), text("1.1.0", &(g("1.1.0") + &h("1.1.0"))));
}

#[test]
fn what_is_no_series_is_wrong_usage() {
    let repository = Scratch::repository();
    for series in ["", "rc 1", "-", "1.", "rc+1"] {
        repository.tool(&["bump", &format!("--pre={series}")]).code(2);
    }
    repository.tool(&["bump", "--pre", "rc", "--release"]).code(2);
}

#[test]
fn a_release_that_asks_for_a_pre_release_is_told() {
    let repository = Scratch::repository();
    let app = |version: &str| wit("x:app@1.0.0", &format!("world w {{ import x:a/i@{version}; }}"));
    repository.write("a/a.wit", wit("x:a@1.0.0", F)).write("app/a.wit", app("1.0.0")).release("v1.0.0");
    repository.write("a/a.wit", wit("x:a@1.0.0", F_DOCUMENTED));
    let run = repository.tool(&["bump", "--pre", "rc"]).code(0);
    run.prints("`x:app` 1.0.0 is no pre-release and asks for x:a 1.0.1-rc.1 now");
}
