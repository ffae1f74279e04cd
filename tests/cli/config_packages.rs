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
    scratch.write("platform/a.wit", platform("1.0.0", "")).write("library/a.wit", library("1.0.0", ""));
    scratch.release("v1.0.0");
    scratch.write("platform/a.wit", platform("1.1.0", "zone: func() -> string; "));
    scratch.write("library/a.wit", library("1.1.0", "pad: func(s: string) -> string; "));
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
    scratch.write("wit/a.wit", text("1.0.0", "")).release("v1.0.0");
    scratch.write("wit/a.wit", text("1.1.0", "g: func(); "));
    for (asked, outer, inner) in
        [("acme:outer", "major", "minor"), ("acme:inner", "minor", "major"), ("acme:other", "minor", "minor")]
    {
        scratch.write("wit-diff.toml", format!("[packages.\"{asked}\"]\nprotect = \"hosts\"\n"));
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
    scratch.write("one/a.wit", text("one", "")).write("two/a.wit", text("two", "")).release("v1.0.0");
    scratch.write("one/a.wit", text("one", "x: u8")).write("two/a.wit", text("two", "x: u8"));
    let levels = |arguments: &[&str]| {
        let run = scratch.call(&[&["compare", "v1.0.0", "--format", "json"], arguments].concat());
        let level = |name: &str| package(&run, name)["level"].as_str().unwrap().to_owned();
        let features = |name: &str| package(&run, name)["features"].clone();
        assert!(!run.stderr.contains("no gate names"), "{}", run.stderr);
        ([level("acme:one"), level("acme:two")], [features("acme:one"), features("acme:two")])
    };
    assert_eq!(levels(&[]).0, ["patch", "patch"]);
    for line in ["features = [\"later\"]", "all-features = true"] {
        scratch.write("wit-diff.toml", format!("[packages.\"acme:one\"]\n{line}\n"));
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

/// A library and a platform that uses it, each with a release of its own, and both changed since.
fn released_apart() -> Scratch {
    let scratch = Scratch::repository();
    let library =
        |version: &str, functions: &str| format!("package acme:library@{version};\ninterface text {{ {functions} }}\n");
    let platform = |version: &str, library: &str, functions: &str| {
        format!(
            "package acme:platform@{version};\ninterface clock {{ {functions} }}\n\
             world app {{ import clock; import acme:library/text@{library}; }}\n"
        )
    };
    scratch.write("library/a.wit", library("1.0.0", "f: func();"));
    scratch.write("platform/a.wit", platform("1.0.0", "1.0.0", "now: func();"));
    scratch.release("library-v1.0.0").git(&["tag", "platform-v1.0.0"]);
    scratch.write("library/a.wit", library("2.0.0", "f: func(x: u8);"));
    scratch.write("platform/a.wit", platform("2.0.0", "2.0.0", "now: func();")).commit("more");
    scratch.write("platform/a.wit", platform("2.0.0", "2.0.0", "now: func(); zone: func();"));
    scratch
}

#[test]
fn each_package_has_the_base_that_it_is_asked_for() {
    let scratch = released_apart();
    let base = |run: &Run, name: &str| package(run, name)["base"]["input"].clone();
    let level = |run: &Run, name: &str| package(run, name)["level"].clone();
    scratch.write("wit-diff.toml", "base = \"HEAD\"\n");
    let run = scratch.call(&["check", "--format", "json"]);
    assert_eq!((level(&run, "acme:library"), level(&run, "acme:platform")), (json!("none"), json!("minor")));
    assert_eq!((base(&run, "acme:library"), run.json()["old"]["input"].clone()), (Value::Null, json!("HEAD")));
    scratch.write("wit-diff.toml", "base = \"HEAD\"\n[packages.\"acme:library\"]\nbase = \"tag\"\n");
    let run = scratch.call(&["check", "--format", "json"]);
    assert_eq!((level(&run, "acme:library"), level(&run, "acme:platform")), (json!("major"), json!("minor")));
    assert_eq!((base(&run, "acme:library"), base(&run, "acme:platform")), (json!("library-v1.0.0"), json!("HEAD")));
    assert_eq!(run.json()["old"]["input"], "library-v1.0.0, HEAD");
    let run = scratch.call(&["check"]);
    let at = |text: &str| run.stdout.find(text).unwrap_or_else(|| panic!("{text}\n{}", run.stdout));
    assert!(at("against library-v1.0.0") < at("acme:platform") && at("acme:platform") < at("against HEAD"));
    // The same the other way about, by a pattern of tags, and both with one base.
    scratch.write("wit-diff.toml", "base = \"tag\"\n[packages.\"acme:library\"]\nbase = \"HEAD\"\n");
    let run = scratch.call(&["check", "--format", "json"]).code(0);
    assert_eq!((base(&run, "acme:library"), base(&run, "acme:platform")), (json!("HEAD"), json!("platform-v1.0.0")));
    scratch.write("wit-diff.toml", "base = \"HEAD\"\n[packages.\"acme:library\"]\nbase = \"git:HEAD\"\n");
    assert_eq!(level(&scratch.call(&["check", "--format", "json"]), "acme:library"), "none");
    // Whoever asks, wins, for all of them.
    let run = scratch.call(&["check", "--format", "json", "--against", "tag"]).code(0);
    assert_eq!((level(&run, "acme:library"), level(&run, "acme:platform")), (json!("major"), json!("major")));
    let mut command = scratch.binary(&["check", "--format", "json"]);
    let run = Run::by(command.env("WIT_DIFF_AGAINST", "tag")).code(0);
    assert_eq!(level(&run, "acme:library"), "major");
}

#[test]
fn what_one_base_tells_counts_for_the_packages_of_another() {
    let scratch = released_apart();
    scratch.write("wit-diff.toml", "[packages.\"acme:library\"]\nbase = \"library-v1.0.0\"\n");
    let run = scratch.call(&["check", "--format", "json"]).code(0);
    let inherits = json!([{ "package": "acme:library", "from": "1.0.0", "to": "2.0.0" }]);
    assert_eq!(package(&run, "acme:platform")["inherits"], inherits);
    // What is gone is missed by its own base.
    std::fs::remove_file(scratch.path().join("library/a.wit")).unwrap();
    let run = scratch.call(&["check", "--format", "json"]);
    assert_eq!(package(&run, "acme:library")["status"], "removed");
    // Of one that is not there, the others are judged all the same.
    scratch.git(&["checkout", "-q", "library"]);
    scratch.write("wit-diff.toml", "[packages.\"acme:library\"]\nbase = \"nowhere\"\n");
    let run = scratch.call(&["check", "--format", "json"]).code(3).says("nowhere");
    assert_eq!(package(&run, "acme:library")["status"], "undetermined");
    assert_eq!(package(&run, "acme:platform")["level"], "major");
    scratch.call(&["check", "--package", "acme:platform"]).code(0);
    scratch.call(&["check", "--package", "acme:none"]).code(4).says("no package is called `acme:none`");
    // With a base for each, nobody asks for one of all.
    scratch.git(&["tag", "-d", "library-v1.0.0", "platform-v1.0.0"]);
    scratch.git(&["branch", "-m", "topic"]);
    let both = "[packages.\"acme:library\"]\nbase = \"HEAD\"\n[packages.\"acme:platform\"]\nbase = \"HEAD\"\n";
    scratch.write("wit-diff.toml", both);
    scratch.call(&["check"]).code(1).prints("minor for guests: acme:platform");
}

#[test]
fn versions_are_raised_by_the_base_of_each_package() {
    let scratch = released_apart();
    scratch.write("library/a.wit", "package acme:library@1.0.0;\ninterface text { f: func(); g: func(); }\n");
    scratch.write("platform/a.wit", "package acme:platform@1.0.0;\ninterface clock { now: func(); zone: func(); }\n");
    scratch.commit("late");
    for (text, library, platform) in [
        ("", "1.1.0", "2.0.0"),
        ("[packages.\"acme:library\"]\nbase = \"HEAD\"\n", "1.0.0", "2.0.0"),
        ("base = \"HEAD\"\n[packages.\"acme:platform\"]\nbase = \"tag\"\n", "1.0.0", "2.0.0"),
        ("base = \"HEAD\"\n", "1.0.0", "1.0.0"),
    ] {
        scratch.write("wit-diff.toml", text);
        let run = scratch.call(&["bump", "--print"]).code(0);
        assert_eq!(run.stdout, format!("acme:library {library}\nacme:platform {platform}\n"), "{text}");
    }
}

#[test]
fn what_is_listed_and_printed_follows_the_file() {
    let scratch = Scratch::repository();
    let text = |name: &str| {
        format!("package acme:{name}@1.0.0;\ninterface i {{ f: func(); @unstable(feature = later) g: func(); }}\n")
    };
    scratch.write("one/a.wit", text("one")).write("two/a.wit", text("two")).write("old/a.wit", text("old"));
    let listed = |arguments: &[&str]| -> Vec<String> {
        let run = scratch.call(&[&["list", "--format", "json"], arguments].concat()).code(0).json();
        run["packages"].as_array().unwrap().iter().map(|found| found["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(listed(&[]), ["acme:old", "acme:one", "acme:two"]);
    let file = "leave-out = [\"/old/\"]\n[packages.\"acme:one\"]\nfeatures = [\"later\"]\n";
    scratch.write("wit-diff.toml", file).commit("first");
    assert_eq!(listed(&[]), ["acme:one", "acme:two"]);
    assert_eq!(listed(&["--no-config"]), ["acme:old", "acme:one", "acme:two"]);
    let shown = |arguments: &[&str]| scratch.call(&[&["show"], arguments].concat()).code(0).stdout;
    let has = |text: &str, line: &str| text.lines().any(|found| found.starts_with(line));
    let text = shown(&[]);
    assert!(has(&text, "acme:one/i#g func()") && !has(&text, "acme:two/i#g") && !has(&text, "acme:old"), "{text}");
    let text = shown(&["--no-config"]);
    assert!(!has(&text, "acme:one/i#g") && has(&text, "acme:old"), "{text}");
    let text = shown(&["--all-features"]);
    assert!(has(&text, "acme:one/i#g") && has(&text, "acme:two/i#g") && !has(&text, "acme:old"), "{text}");
    // A revision has its own.
    scratch.write("wit-diff.toml", "leave-out = [\"acme:two\"]\n");
    assert_eq!(listed(&[]), ["acme:old", "acme:one"]);
    assert_eq!(listed(&["HEAD"]), ["acme:one", "acme:two"]);
    scratch.write("wit-diff.toml", "leave_out = []\n");
    for command in ["list", "show"] {
        let run = scratch.call(&[command]).code(2).says("did you mean `leave-out`?").says("wit-diff.toml:1:1");
        assert_eq!(run.stdout, "");
    }
    scratch.call(&["show", "one/a.wit", "--alone"]).code(0);
}
