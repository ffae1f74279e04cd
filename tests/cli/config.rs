//! The file `wit-diff.toml`: where it is found, what it sets, and what wins.

use super::run::Run;
use super::scratch::Scratch;
use jsonschema::Validator;
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

/// What an editor says of a file of a name.
pub fn editor_of(name: &str) -> Validator {
    let schema = Scratch::new().call(&["schema", name]).code(0).json();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn editor() -> Validator {
    editor_of("wit-diff.toml")
}

/// TOML as editors see it; none where it is no TOML.
pub fn seen(text: &str) -> Option<Value> {
    fn value(found: &DeValue<'_>) -> Value {
        match found {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Boolean(flag) => (*flag).into(),
            DeValue::Array(values) => values.iter().map(|found| value(found.get_ref())).collect(),
            DeValue::Table(all) => table(all),
            DeValue::Integer(_) | DeValue::Float(_) => 1.into(),
            DeValue::Datetime(moment) => moment.to_string().into(),
        }
    }
    fn table(found: &DeTable<'_>) -> Value {
        found.iter().map(|(key, found)| (key.get_ref().to_string(), value(found.get_ref()))).collect()
    }
    Some(table(DeTable::parse(text).ok()?.get_ref()))
}

/// A package with a release, and one more function since.
fn repository() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "package a:b@1.0.0;\ninterface i { f: func(); }\n").release("v1.0.0");
    scratch.write("wit/a.wit", "package a:b@1.1.0;\ninterface i { f: func(); g: func(); }\n");
    scratch
}

/// The value of a setting, and who set it.
#[track_caller]
fn setting(run: &Run, key: &str) -> (Value, String) {
    let report = run.json();
    let found = report["settings"].as_array().unwrap().iter().find(|setting| setting["key"] == key).unwrap();
    (found["value"].clone(), found["from"].as_str().unwrap().to_owned())
}

fn shown(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.call(&[&["config", "--format", "json"], arguments].concat()).code(0)
}

#[test]
fn every_key_is_read() {
    let scratch = repository();
    let text = "rules = \"2026-11\"\nprotect = \"hosts\"\nfeatures = [\"x\", \"y\"]\nbase = \"tag\"\nallow = \"minor\"\n\
                fail-on = \"major\"\ndeny = [\"docs-changed\"]\nleave-out = [\"c:d\", \"/vendor/\"]\n\
                levels = { docs-changed = \"none\" }\ndeny-capability = [\"wasi:sockets/*\", \"log\"]\n";
    scratch.write("wit-diff.toml", text);
    assert!(editor().is_valid(&seen(text).unwrap()));
    let run = shown(&scratch, &[]);
    for (line, (key, value)) in [
        ("rules", json!(["2026-11"])),
        ("protect", json!(["hosts"])),
        ("features", json!(["x", "y"])),
        ("base", json!(["tag"])),
        ("allow", json!(["minor"])),
        ("fail-on", json!(["major"])),
        ("deny", json!(["docs-changed"])),
        ("leave-out", json!(["c:d", "/vendor/"])),
        ("levels", json!(["docs-changed = none"])),
        ("deny-capability", json!(["wasi:sockets/*", "log"])),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(setting(&run, key), (value, format!("wit-diff.toml:{}", line + 1)), "{key}");
    }
    assert_eq!(run.json()["file"], "wit-diff.toml");
    scratch.write("wit-diff.toml", "all-features = true\nfeatures = [\"x\"]\n");
    assert_eq!(setting(&shown(&scratch, &[]), "features"), (json!(["*"]), "wit-diff.toml:1".into()));
    let text = scratch.call(&["config"]).code(0).stdout;
    assert!(text.contains("features         *        wit-diff.toml:1\n"), "{text}");
}

#[test]
fn flags_win_then_the_environment_then_the_file() {
    let scratch = repository();
    let protect = |variable: &str, arguments: &[&str]| {
        let mut command = scratch.binary(&[&["config", "--format", "json"], arguments].concat());
        setting(&Run::by(command.env("WIT_DIFF_PROTECT", variable)).code(0), "protect")
    };
    assert_eq!(protect("", &[]), (json!([]), "default".into()));
    scratch.write("wit-diff.toml", "protect = \"hosts\"\n");
    assert_eq!(protect("", &[]), (json!(["hosts"]), "wit-diff.toml:1".into()));
    assert_eq!(protect("all", &[]), (json!(["all"]), "WIT_DIFF_PROTECT".into()));
    assert_eq!(protect("all", &["--protect", "guests"]), (json!(["guests"]), "--protect".into()));
    assert_eq!(protect("all", &["--no-config"]), (json!(["all"]), "WIT_DIFF_PROTECT".into()));
    assert_eq!(protect("", &["--no-config"]), (json!([]), "default".into()));
    for (variable, value) in [("WIT_DIFF_PROTECT", "me"), ("WIT_DIFF_ALLOW", "huge"), ("WIT_DIFF_DENY", "docs-chaned")]
    {
        let run = Run::by(scratch.binary(&["check"]).env(variable, value)).code(2);
        run.says(&format!("the variable {variable}: "));
    }
}

#[test]
fn what_it_sets_counts() {
    let scratch = repository();
    let editor = editor();
    scratch.call(&["check"]).code(0);
    for (text, code) in [
        ("allow = \"patch\"\n", 1),
        ("protect = \"hosts\"\n", 1),
        ("fail-on = \"minor\"\n", 1),
        ("deny = [\"function-added\"]\n", 1),
        ("deny = [\"gates\"]\nallow = \"minor\"\nfail-on = \"major\"\n", 0),
        ("base = \"HEAD~9\"\n", 3),
        ("leave-out = [\"a:b\"]\n", 4),
        ("leave-out = [\"wit\"]\n", 4),
        ("leave-out = [\"/other/\", \"c:d\"]\n", 0),
    ] {
        scratch.write("wit-diff.toml", text);
        assert!(editor.is_valid(&seen(text).unwrap()), "{text}");
        let run = scratch.call(&["check"]);
        assert_eq!(run.code, Some(code), "{text}: {run:#?}");
        scratch.call(&["check", "--no-config"]).code(0);
    }
    scratch.write("wit-diff.toml", "fail-on = \"minor\"\n");
    scratch.call(&["compare", "v1.0.0"]).code(1);
    scratch.call(&["compare", "v1.0.0", "--fail-on", "major"]).code(0);
    scratch.write("wit-diff.toml", "leave-out = [\"a:b\"]\n");
    scratch.call(&["check"]).code(4).says("every package").says("is left out");
    // What is named itself is looked at.
    scratch.call(&["compare", "v1.0.0:wit", "wit"]).code(0);
}

#[test]
fn packages_may_be_asked_something_else() {
    let scratch = repository();
    scratch.write("other/a.wit", "package c:d@1.0.0;\ninterface i { f: func(); }\n");
    scratch.write("wit-diff.toml", "allow = \"none\"\n\n[packages.\"a:b\"]\nallow = \"minor\"\n");
    let passed = |run: &Run| -> Vec<bool> {
        let packages = run.json()["packages"].as_array().unwrap().clone();
        packages.iter().map(|package| package["check"]["passed"].as_bool().unwrap()).collect()
    };
    let check = |arguments: &[&str]| scratch.call(&[&["check", "--format", "json"], arguments].concat());
    // The new package `c:d` is a minor change, too.
    let run = check(&[]).code(1);
    assert_eq!(passed(&run), [true, false]);
    let report = run.json();
    assert_eq!(
        (&report["check"]["allow"], &report["packages"][0]["check"]["allow"]),
        (&json!("none"), &json!("minor"))
    );
    // Flags win here, too.
    assert_eq!(passed(&check(&["--allow", "none"]).code(1)), [false, false]);
    assert_eq!(passed(&check(&["--allow", "minor"]).code(0)), [true, true]);
    let run = shown(&scratch, &[]);
    let own = &run.json()["packages"][0];
    let from = |key: &str| {
        let settings = own["settings"].as_array().unwrap();
        settings.iter().find(|setting| setting["key"] == key).unwrap()["from"].clone()
    };
    assert_eq!(
        (&own["name"], from("allow"), from("base")),
        (&json!("a:b"), json!("wit-diff.toml:4"), json!("default"))
    );
    scratch.call(&["config"]).code(0).prints("allow            minor  wit-diff.toml:4\n");
    // Of `compare`, levels fail.
    scratch.write("wit-diff.toml", "[packages.\"a:b\"]\nfail-on = \"minor\"\n");
    let report = scratch.call(&["compare", "v1.0.0", "--format", "json"]).code(1).json();
    assert_eq!(
        report["packages"][0]["check"],
        json!({ "passed": false, "reasons": ["over-allowed"], "fail_on": "minor" })
    );
    assert_eq!(report["packages"][1]["check"], json!({ "passed": true }));
    let failed = scratch.call(&["compare", "v1.0.0"]).code(1);
    failed.prints("fails: a:b changed at level minor, which `--fail-on minor` refuses: undo that");
    scratch.write("wit-diff.toml", "[packages.\"a:bb\"]\nallow = \"none\"\n");
    let warning = "`wit-diff.toml` asks for something of `a:bb`, and there is no such package; did you mean `a:b`?";
    scratch.call(&["check"]).says(warning);
    // Of a part, nobody knows the rest.
    for arguments in [&["check", "--package", "a:b"][..], &["check", "wit"]] {
        assert!(!scratch.call(arguments).stderr.contains("no such package"), "{arguments:?}");
    }
    let editor = editor();
    for (text, message) in [
        ("[packages.\"a:b\"]\nlevels = 1\n", "has to be a table of rules"),
        ("[packages.\"a:b\"]\nrules = \"2026-11\"\n", "there is no key `rules` here"),
        ("[packages.\"a:b\"]\nleave-out = [\"c:d\"]\n", "there is no key `leave-out` here"),
        ("[packages.\"a:b\"]\nprotct = \"all\"\n", "did you mean `protect`?"),
        ("[packages.\"a:b\"]\nall-feature = true\n", "did you mean `all-features`?"),
        ("[packages.\"a:b\"]\nprotect = \"me\"\n", "has to be `guests`, `hosts` or `all`"),
        ("[packages.\"a:b\"]\nbase = \"\"\n", "this is empty"),
        ("[packages.ab]\n", "has to be the name of a package"),
        ("packages = 1\n", "has to be a table a package"),
        ("[packages]\n\"a:b\" = 1\n", "has to be a table a package"),
    ] {
        scratch.write("wit-diff.toml", text);
        assert!(!editor.is_valid(&seen(text).unwrap()), "{text}");
        scratch.call(&["check"]).code(2).says(message).says("wit-diff.toml:");
    }
}

#[test]
fn the_new_side_says_it() {
    let scratch = repository();
    scratch.write("wit-diff.toml", "fail-on = \"minor\"\n").commit("strict");
    let strict = scratch.git(&["rev-parse", "HEAD"]);
    scratch.write("wit-diff.toml", "fail-on = \"major\"\n").commit("lenient");
    // Each revision has its own, whatever the working tree has.
    scratch.write("wit-diff.toml", "fail-on = 7\n");
    scratch.call(&["compare", "v1.0.0", &strict]).code(1);
    scratch.call(&["compare", "v1.0.0..HEAD"]).code(0);
    scratch.call(&["compare", "v1.0.0..HEAD~1"]).code(1);
    scratch.call(&["compare", "v1.0.0:wit", "HEAD~1:wit"]).code(1);
    scratch.call(&["compare", "HEAD", "v1.0.0"]).code(0);
    scratch.call(&["compare", "v1.0.0"]).code(2).says("has to be a text in quotes");
    let run = shown(&scratch, &["HEAD~1:wit"]);
    assert_eq!(setting(&run, "fail-on"), (json!(["minor"]), "HEAD~1:wit-diff.toml:1".into()));
    // The index has one, too.
    scratch.call(&["compare", "--staged", "v1.0.0"]).code(0);
    scratch.write("wit-diff.toml", "fail-on = \"patch\"\n").git(&["add", "-A"]);
    scratch.call(&["compare", "--staged", "v1.0.0"]).code(1);
}

#[test]
fn the_nearest_one_counts() {
    let scratch = repository();
    scratch.write("wit-diff.toml", "protect = \"hosts\"\n");
    let inside = |arguments: &[&str]| {
        let mut command = scratch.binary(&[&["config", "--format", "json"], arguments].concat());
        Run::by(command.current_dir(scratch.path().join("wit"))).code(0)
    };
    assert_eq!(setting(&inside(&["."]), "protect"), (json!(["hosts"]), "../wit-diff.toml:1".into()));
    assert_eq!(setting(&inside(&["a.wit"]), "protect"), (json!(["hosts"]), "../wit-diff.toml:1".into()));
    scratch.write("wit/wit-diff.toml", "protect = \"all\"\n");
    assert_eq!(setting(&inside(&["a.wit"]), "protect"), (json!(["all"]), "wit-diff.toml:1".into()));
    assert_eq!(setting(&shown(&scratch, &["wit"]), "protect"), (json!(["all"]), "wit/wit-diff.toml:1".into()));
    assert_eq!(setting(&shown(&scratch, &[]), "protect"), (json!(["hosts"]), "wit-diff.toml:1".into()));
    let named = shown(&scratch, &["--config", "wit/wit-diff.toml"]);
    assert_eq!(setting(&named, "protect"), (json!(["all"]), "wit/wit-diff.toml:1".into()));
    // A repository ends where another one begins.
    scratch.git(&["init", "-q", "other"]);
    scratch.write("other/a.wit", "package a:b@1.0.0;\n");
    assert_eq!(shown(&scratch, &["other"]).json()["file"], Value::Null);
}

#[test]
fn what_cannot_be_is_told_with_its_place() {
    let (scratch, editor) = (repository(), editor());
    for (text, place, message) in [
        ("protct = \"hosts\"\n", "wit-diff.toml:1:1", "there is no key `protct` here; did you mean `protect`?"),
        ("\n  fail_on = \"major\"\n", "wit-diff.toml:2:3", "did you mean `fail-on`?"),
        ("[package]\n", "wit-diff.toml:1:2", "there is no key `package` here; did you mean `packages`?"),
        ("protect = \"me\"\n", "wit-diff.toml:1:11", "has to be `guests`, `hosts` or `all`"),
        ("allow = 1\n", "wit-diff.toml:1:9", "has to be a text in quotes"),
        ("allow = \"huge\"\n", "wit-diff.toml:1:9", "has to be `none`, `patch`, `minor` or `major`"),
        ("fail-on = \"none\"\n", "wit-diff.toml:1:11", "has to be `patch`, `minor` or `major`"),
        ("features = \"x\"\n", "wit-diff.toml:1:12", "has to be a list"),
        ("all-features = \"x\"\n", "wit-diff.toml:1:16", "has to be `true` or `false`"),
        ("deny = [\"docs-chaned\"]\n", "wit-diff.toml:1:9", "did you mean `docs-changed`?"),
        ("rules = \"2031-01\"\n", "wit-diff.toml:1:9", "there is no such set of rules"),
        ("base = \" \"\n", "wit-diff.toml:1:8", "this is empty"),
        ("allow = \"minor\"\nallow = \"major\"\n", "wit-diff.toml:2:1", "duplicate key"),
        ("allow = [\n", "wit-diff.toml:1:10", "unclosed array"),
    ] {
        scratch.write("wit-diff.toml", text);
        assert!(seen(text).is_none_or(|seen| !editor.is_valid(&seen)), "{text}");
        for command in ["check", "config", "bump", "changelog", "log"] {
            let run = scratch.call(&[command]).code(2).says(message).says(place);
            assert_eq!(run.stdout, "", "{command}");
        }
        scratch.call(&["compare", "v1.0.0"]).code(2).says(message).says(place);
    }
    std::fs::write(scratch.path().join("wit-diff.toml"), b"\xff").unwrap();
    scratch.call(&["check"]).code(2).says("`wit-diff.toml` is not UTF-8");
    std::fs::remove_file(scratch.path().join("wit-diff.toml")).unwrap();
    scratch.call(&["check", "--config", "nowhere.toml"]).code(2).says("nowhere.toml");
    scratch.call(&["check", "--config", "a", "--no-config"]).code(2);
    std::fs::create_dir(scratch.path().join("wit-diff.toml")).unwrap();
    scratch.call(&["check"]).code(2).says("`wit-diff.toml` is not a file");
}

#[test]
fn a_change_of_what_is_asked_shows_in_the_report() {
    let scratch = repository();
    scratch.write("wit-diff.toml", "fail-on = \"minor\"\n").commit("strict");
    let strict = scratch.git(&["rev-parse", "--short=7", "HEAD"]);
    let changes = |arguments: &[&str]| {
        let run = scratch.call(&[arguments, &["--format", "json"]].concat());
        let report = run.json();
        let told = |change: &Value| -> bool {
            let keys = change["keys"].as_array().unwrap().iter();
            keys.map(|key| format!("`{}`", key.as_str().unwrap())).all(|key| run.stderr.contains(&key))
        };
        assert!(report["config"].as_array().into_iter().flatten().all(told), "{}", run.stderr);
        report["config"].clone()
    };
    let asks = |old: Value, new: Value, keys: &[&str]| json!([{ "old": old, "new": new, "keys": keys }]);
    let (old, new) = (json!(format!("{}:wit-diff.toml", strict.trim())), json!("wit-diff.toml"));
    // Where nothing differs, nobody hears of it: neither of comments, nor of lines.
    assert_eq!(changes(&["compare", "HEAD"]), Value::Null);
    scratch.write("wit-diff.toml", "# Why?\n\nfail-on = \"minor\"\n");
    assert_eq!(changes(&["compare", "HEAD"]), Value::Null);
    // A pull request that loosens what it is held against.
    let text = "fail-on = \"major\"\n[packages.\"a:b\"]\nallow = \"major\"\n";
    scratch.write("wit-diff.toml", text);
    let loosened = asks(old.clone(), new.clone(), &["fail-on", "packages.\"a:b\".allow"]);
    assert_eq!(changes(&["compare", "HEAD"]), loosened);
    assert_eq!(changes(&["compare", "HEAD:wit", "wit"]), loosened);
    assert_eq!(changes(&["check", "--against", "HEAD"]), loosened);
    assert_eq!(changes(&["compare", "HEAD", "--no-config"]), Value::Null);
    assert_eq!(changes(&["compare", "HEAD", "--config", "wit-diff.toml"]), Value::Null);
    for format in ["markdown", "html", "github"] {
        let run = scratch.call(&["check", "--against", "HEAD", "--format", format]);
        assert!(
            run.stdout.contains("fail-on") && run.stdout.contains("asks for something else than"),
            "{}",
            run.stdout
        );
    }
    scratch.call(&["compare", "HEAD"]).says("asks for something else than").says("`fail-on`, `packages.\"a:b\".allow`");
    // One that is new, and one that is gone; the release has none.
    assert_eq!(changes(&["check"]), asks(Value::Null, new.clone(), &["fail-on", "packages.\"a:b\".allow"]));
    std::fs::remove_file(scratch.path().join("wit-diff.toml")).unwrap();
    assert_eq!(changes(&["compare", "HEAD"]), asks(old, Value::Null, &["fail-on"]));
    assert_eq!(changes(&["check"]), Value::Null);
    // What lies outside of the history need not have one, and one that it has is told.
    scratch.write("wit-diff.toml", text).write("wit-diff.toml", "allow = \"major\"\n");
    let elsewhere = Scratch::new();
    elsewhere.write("a.wit", "package a:b@1.0.0;\n");
    let path = elsewhere.path().to_str().unwrap();
    assert_eq!(changes(&["compare", path, "wit"]), Value::Null);
    elsewhere.write("wit-diff.toml", "allow = \"none\"\n");
    assert_eq!(changes(&["compare", path, "wit"])[0]["keys"], json!(["allow"]));
    // Told from another directory, the repository is that of what is checked.
    let run = Run::by(
        elsewhere
            .binary(&["check", scratch.path().to_str().unwrap(), "--against", "HEAD", "--format", "json"])
            .current_dir(path),
    );
    assert_eq!(run.json()["config"][0]["keys"], json!(["allow", "fail-on"]));
}
