//! What `wit-diff.toml` asks of packages by name: a platform for its hosts, a library for its guests, in one repository.

use super::run::Run;
use super::scratch::Scratch;
use serde_json::{Value, json};

const PLATFORM: &str = "[packages.\"acme:platform\"]\nprotect = \"hosts\"\n";

/// A platform that hosts run, and a library that guests call, both with one more function since the release.
fn repository() -> Scratch {
    let scratch = Scratch::repository();
    let platform = |version: &str, more: &str| {
        format!(
            "package acme:platform@{version};\ninterface clock {{ now: func() -> u64; {more}}}\nworld app {{ import clock; }}\n"
        )
    };
    let library = |version: &str, more: &str| {
        format!("package acme:library@{version};\ninterface text {{ trim: func(s: string) -> string; {more}}}\n")
    };
    scratch.write("platform/a.wit", &platform("1.0.0", "")).write("library/a.wit", &library("1.0.0", ""));
    scratch.release("v1.0.0");
    scratch.write("platform/a.wit", &platform("1.1.0", "zone: func() -> string; "));
    scratch.write("library/a.wit", &library("1.1.0", "pad: func(s: string) -> string; "));
    scratch
}

fn package(run: &Run, name: &str) -> Value {
    let report = run.json();
    report["packages"].as_array().unwrap().iter().find(|package| package["name"] == name).unwrap().clone()
}

#[test]
fn a_platform_is_judged_for_its_hosts_and_a_library_for_its_guests() {
    let scratch = repository();
    scratch.call(&["check"]).code(0);
    scratch.write("wit-diff.toml", "protect = \"hosts\"\n");
    assert_eq!(package(&scratch.call(&["check", "--format", "json"]).code(1), "acme:library")["level"], "major");
    scratch.write("wit-diff.toml", PLATFORM);
    let run = scratch.call(&["check", "--format", "json"]).code(1);
    assert_eq!(run.json()["protect"], "guests");
    let (platform, library) = (package(&run, "acme:platform"), package(&run, "acme:library"));
    assert_eq!((&platform["protect"], &platform["level"]), (&json!("hosts"), &json!("major")));
    assert_eq!((&library["protect"], &library["level"]), (&Value::Null, &json!("minor")));
    let text = scratch.call(&["check"]).code(1);
    text.prints("major for hosts: acme:platform").prints("minor for guests: acme:library");
    // Whoever asks, wins.
    scratch.call(&["check", "--protect", "guests"]).code(0);
    let mut command = scratch.binary(&["check"]);
    Run::by(command.env("WIT_DIFF_PROTECT", "guests")).code(0);
    // What hosts have to be told, a version tells.
    let file = scratch.path().join("platform/a.wit");
    let raised = std::fs::read_to_string(&file).unwrap().replace("@1.1.0", "@2.0.0");
    scratch.write("platform/a.wit", &raised);
    scratch.call(&["check"]).code(0);
}

#[test]
fn every_format_names_the_right_party() {
    let scratch = repository();
    scratch.write("wit-diff.toml", PLATFORM);
    for (format, words) in [
        ("text", "major for hosts: acme:platform"),
        ("markdown", "breaking change for hosts"),
        ("html", "<span class=\"lv major\">major</span> <span class=\"soft\">for hosts</span>"),
        ("html", "levels answer for guests, of acme:platform for hosts"),
        ("junit", "breaks hosts"),
        ("sarif", "1 breaking change for hosts"),
        ("github", "1 breaking change for hosts"),
    ] {
        let run = scratch.call(&["check", "--format", format]).code(1);
        assert!(run.stdout.contains(words), "{format}: {words}\n{}", run.stdout);
    }
    scratch.release("v1.1.0");
    let run = scratch.call(&["log", "--format", "json"]).code(0);
    assert_eq!(package(&run, "acme:platform")["protect"], "hosts");
    assert_eq!(package(&run, "acme:library")["protect"], Value::Null);
    assert_eq!(package(&run, "acme:platform")["rows"][0]["level"], "major");
    for format in ["text", "markdown", "html"] {
        let run = scratch.call(&["log", "--format", format]).code(0);
        assert!(run.stdout.contains("levels for hosts"), "{}", run.stdout);
    }
}

#[test]
fn one_package_alone_is_asked_the_same() {
    let scratch = repository();
    scratch.write("wit-diff.toml", PLATFORM);
    let compare = |name: &str| {
        let run = scratch.call(&["compare", &format!("v1.0.0:{name}"), name, "--format", "json"]).code(0);
        package(&run, &format!("acme:{name}"))
    };
    assert_eq!((&compare("platform")["level"], &compare("platform")["protect"]), (&json!("major"), &json!("hosts")));
    assert_eq!((&compare("library")["level"], &compare("library")["protect"]), (&json!("minor"), &Value::Null));
}

#[test]
fn a_package_written_in_the_files_of_another_is_asked_its_own() {
    let scratch = Scratch::repository();
    let text = |version: &str, more: &str| {
        format!(
            "package acme:outer@{version};\ninterface i {{ f: func(); {more}}}\nworld w {{ import i; }}\n\
             package acme:inner@{version} {{ interface j {{ f: func(); {more}}} world w {{ import j; }} }}\n"
        )
    };
    scratch.write("wit/a.wit", &text("1.0.0", "")).release("v1.0.0");
    scratch.write("wit/a.wit", &text("1.1.0", "g: func(); "));
    for (asked, outer, inner) in
        [("acme:outer", "major", "minor"), ("acme:inner", "minor", "major"), ("acme:other", "minor", "minor")]
    {
        scratch.write("wit-diff.toml", &format!("[packages.\"{asked}\"]\nprotect = \"hosts\"\n"));
        for run in [
            scratch.call(&["compare", "v1.0.0", "--format", "json"]),
            scratch.call(&["compare", "v1.0.0:wit/a.wit", "wit/a.wit", "--format", "json"]),
        ] {
            let levels = (package(&run, "acme:outer")["level"].clone(), package(&run, "acme:inner")["level"].clone());
            assert_eq!(levels, (json!(outer), json!(inner)), "{asked}");
            assert_eq!(run.json()["packages"].as_array().unwrap().len(), 2);
        }
    }
}

#[test]
fn features_count_for_one_package_alone() {
    let scratch = Scratch::repository();
    let text = |name: &str, more: &str| {
        format!(
            "package acme:{name}@1.0.0;\ninterface i {{ f: func(); @unstable(feature = later) g: func({more}); }}\n"
        )
    };
    scratch.write("one/a.wit", &text("one", "")).write("two/a.wit", &text("two", "")).release("v1.0.0");
    scratch.write("one/a.wit", &text("one", "x: u8")).write("two/a.wit", &text("two", "x: u8"));
    let levels = |arguments: &[&str]| {
        let run = scratch.call(&[&["compare", "v1.0.0", "--format", "json"], arguments].concat());
        let level = |name: &str| package(&run, name)["level"].as_str().unwrap().to_owned();
        let features = |name: &str| package(&run, name)["features"].clone();
        assert!(!run.stderr.contains("no gate names"), "{}", run.stderr);
        ([level("acme:one"), level("acme:two")], [features("acme:one"), features("acme:two")])
    };
    assert_eq!(levels(&[]).0, ["patch", "patch"]);
    for line in ["features = [\"later\"]", "all-features = true"] {
        scratch.write("wit-diff.toml", &format!("[packages.\"acme:one\"]\n{line}\n"));
        assert_eq!(levels(&[]), (["major".into(), "patch".into()], [json!(["later"]), Value::Null]), "{line}");
        assert_eq!(levels(&["--all-features"]).0, ["major", "major"]);
    }
    scratch.write("wit-diff.toml", "all-features = true\n[packages.\"acme:one\"]\nall-features = false\n");
    assert_eq!(levels(&[]), (["patch".into(), "major".into()], [json!([]), Value::Null]));
    // A name that no gate has is told with the package that is asked for it.
    scratch.write("wit-diff.toml", "[packages.\"acme:one\"]\nfeatures = [\"latr\"]\n");
    let run = scratch.call(&["compare", "v1.0.0"]).code(0);
    run.says("no gate of `acme:one` names the feature `latr`");
}
