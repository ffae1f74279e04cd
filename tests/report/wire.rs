//! The JSON of what reports on one package of plain files do not have.

use super::*;
use serde_json::{Value, json, to_value};
use std::collections::{BTreeMap, BTreeSet};
use wit_diff::verdict::Level;

#[test]
fn what_there_is_nothing_to_say_about_is_not_there() {
    let report = to_value(of_packages(&inputs(), vec![package("a:b", "1.0.0", "1.0.0", "major")])).unwrap();
    let package = &report["packages"][0];
    let absent = |value: &Value, names: &[&str]| {
        names.iter().for_each(|name| assert!(value.get(name).is_none(), "{name} in {value}"));
    };
    absent(&report, &["check"]);
    absent(&report["old"], &["how"]);
    absent(package, &["base", "old_path", "new_path", "inherits", "check", "profile"]);
    absent(&package["version"], &["released"]);
    absent(&package["changes"][0], &["since"]);
}

#[test]
fn every_field_has_its_name() {
    let id = "8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9";
    let input = InputReport::from(&source("v1", Some(id), Some("the newest release")));
    let input_json = json!({ "input": "v1", "kind": "git", "commit": id, "how": "the newest release" });
    let mut package = package("a:b", "1.0.0", "1.0.0", "major");
    package.base = Some(input.clone());
    package.old_path = Some("wit".into());
    package.new_path = Some("b/wit".into());
    package.inherits = vec![InheritReport { package: "a:c".into(), from: "1.0.0".into(), to: "2.0.0".into() }];
    package.check = Some(PackageCheck {
        reasons: vec![CheckReason::OverAllowed, CheckReason::RuleDenied],
        denied: BTreeMap::from([("since-omitted".into(), 2)]),
        passed: false,
        ..PackageCheck::default()
    });
    package.version.released = Some(ReleasedReport { tag: "v1".into(), version: "1.0.0".into(), level: Level::Minor });
    package.changes[0].since = Some(input.clone());
    let report = Report {
        check: Some(CheckReport {
            passed: false,
            allow: Some(Level::Minor),
            fail_on: None,
            deny: BTreeSet::from(["since-omitted".into()]),
            deny_capabilities: vec!["wasi:sockets/*".into()],
            ignores_versions: true,
        }),
        old: input,
        ..of_packages(&inputs(), vec![package])
    };
    let report = to_value(report).unwrap();
    let package = &report["packages"][0];
    for (found, expected) in [
        (&report["old"], input_json.clone()),
        (
            &report["check"],
            json!({
                "passed": false, "allow": "minor", "deny": ["since-omitted"], "deny_capabilities": ["wasi:sockets/*"]
            }),
        ),
        (&package["base"], input_json.clone()),
        (&package["old_path"], json!("wit")),
        (&package["new_path"], json!("b/wit")),
        (&package["inherits"], json!([{ "package": "a:c", "from": "1.0.0", "to": "2.0.0" }])),
        (
            &package["check"],
            json!({ "passed": false, "reasons": ["over-allowed", "rule-denied"], "denied": { "since-omitted": 2 } }),
        ),
        (&package["version"]["released"], json!({ "tag": "v1", "version": "1.0.0", "level": "minor" })),
        (&package["changes"][0]["since"], input_json),
    ] {
        assert_eq!(*found, expected);
    }
}

#[test]
fn every_word_is_part_of_the_contract() {
    let contract = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/contract.md")).unwrap();
    let reasons = [
        CheckReason::InsufficientVersion,
        CheckReason::UnchangedVersion,
        CheckReason::WentBackwards,
        CheckReason::BreaksUnversioned,
        CheckReason::RemovedUnannounced,
        CheckReason::OverAllowed,
        CheckReason::RuleDenied,
        CheckReason::CapabilityDenied,
        CheckReason::ToolRefuses,
    ];
    let sources =
        [DependencySource::Deps, DependencySource::Repository, DependencySource::Nested, DependencySource::Missing];
    let words = reasons.iter().map(|word| to_value(word).unwrap());
    for word in words.chain(sources.iter().map(|word| to_value(word).unwrap())) {
        assert!(contract.contains(word.as_str().unwrap()), "{word} is not in the contract");
    }
    for field in [
        "how", "base", "old_path", "new_path", "inherits", "released", "since", "reasons", "allow", "deny", "denied",
        "used_by", "profile", "accepts", "worlds", "message", "differs",
    ] {
        assert!(contract.contains(&format!("`{field}`")) || contract.contains(&format!("\"{field}\"")), "{field}");
    }
}

#[test]
fn what_a_case_holds_is_part_of_what_is_accepted() {
    let text = |case: &str| format!("package a:b@1.0.0;\n\ninterface i {{\n    variant v {{ p{case} }}\n}}\n");
    let change = |old: &str, new: &str| {
        let mut changes = changed(&text(old), &text(new)).changes;
        assert_eq!(changes.len(), 1);
        let change = changes.remove(0);
        (change.message, change.fingerprint)
    };
    let mut seen = BTreeSet::new();
    for (case, told) in [(", q", "`q`"), (", q(string)", "`q(string)`"), (", q(list<u8>)", "`q(list<u8>)`")] {
        let (added, removed) = (change("", case), change(case, ""));
        assert_eq!(added.0, format!("case {told} added to variant `v`"));
        assert_eq!(removed.0, format!("case {told} removed from variant `v`"));
        assert!(seen.insert(added.1) && seen.insert(removed.1), "another case has the fingerprint of {told}");
    }
}
