//! The format `gitlab`: what GitLab documents of Code Quality reports holds.

use super::{fixture, strangers};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use wit_diff::report::*;
use wit_diff::version::VersionVerdict;

#[test]
fn it_looks_so() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.gitlab.json", &to_gitlab(&report));
    }
}

#[test]
fn what_gitlab_documents_holds() {
    let schema = serde_json::from_str(&fixture::schema("gitlab-code-quality.schema.json")).unwrap();
    let judge = jsonschema::validator_for(&schema).unwrap();
    let mut reports: Vec<Report> = fixture::all().map(|(_, report)| report).chain(strangers::reports()).collect();
    reports.push(fixture::many(10_000));
    for report in &reports {
        let text = to_gitlab(report);
        assert!(text.starts_with('['), "a byte order mark, or no array");
        let value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = judge.iter_errors(&value).take(3).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let wrong = to_gitlab(&reports[0]).replace("\"path\": \"", "\"path\": \"./");
    assert!(!judge.is_valid(&serde_json::from_str(&wrong).unwrap()), "the schema refuses nothing");
}

#[test]
fn every_change_is_an_entry_of_its_own() {
    for report in fixture::all().map(|(_, report)| report).chain(strangers::reports()) {
        let entries = entries(&report);
        let is_change = |entry: &&Value| entry["check_name"] != "undetermined" && entry["check_name"] != "version";
        let changes: usize = report.packages.iter().map(|package| package.changes.len()).sum();
        assert_eq!(entries.iter().filter(is_change).count(), changes);
        let fingerprints: BTreeSet<&str> = entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), entries.len());
    }
}

#[test]
fn a_change_that_two_packages_bring_is_two() {
    let mut report = fixture::report("several");
    let twice = report.packages[0].changes.clone();
    assert!(!twice.is_empty());
    report.packages[1].changes = twice.clone();
    report.packages[2].changes = twice;
    report.packages[2].name = report.packages[1].name.clone();
    let fingerprints: BTreeMap<String, usize> = entries(&report).iter().fold(BTreeMap::new(), |mut counts, entry| {
        *counts.entry(entry["fingerprint"].to_string()).or_default() += 1;
        counts
    });
    assert!(fingerprints.values().all(|count| *count == 1));
}

#[test]
fn severities_follow_the_version() {
    let worst = |report: &Report| {
        let order = ["info", "minor", "major", "critical", "blocker"];
        let place = |entry: &Value| order.iter().position(|name| entry["severity"] == *name).unwrap();
        entries(report).iter().map(place).max().map(|place| order[place])
    };
    let mut report = fixture::report("breaking");
    for (verdict, expected) in [
        (VersionVerdict::Insufficient, "blocker"),
        (VersionVerdict::Unversioned, "critical"),
        (VersionVerdict::Sufficient, "major"),
    ] {
        report.packages[0].version.verdict = verdict;
        assert_eq!(worst(&report), Some(expected));
    }
    assert_eq!(worst(&fixture::report("unchanged")), None);
    assert_eq!(worst(&fixture::report("undetermined")), Some("blocker"), "a report without entries says all is well");
}

#[test]
fn a_version_that_will_not_do_is_told_though_nothing_changed() {
    let mut report = fixture::report("unchanged");
    report.packages[0].version.verdict = VersionVerdict::WentBackwards;
    let entries = entries(&report);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["check_name"], "version");
}

/// Of which side, and what to do about it.
#[test]
fn what_could_not_be_judged_is_told_in_full() {
    let mut report = fixture::report("undetermined");
    let told = |report: &Report| entries(report)[0]["description"].as_str().unwrap().to_owned();
    assert!(
        told(&report).starts_with("Undetermined: the new side could not be loaded: name `u65`"),
        "{}",
        told(&report)
    );
    for error in report.errors.iter_mut().chain(report.packages.iter_mut().flat_map(|package| &mut package.error)) {
        error.side = "old".into();
        error.hint = Some("`git fetch --unshallow` helps".into());
    }
    let found = told(&report);
    assert!(found.starts_with("Undetermined: the old side could not be loaded: name `u65`"), "{found}");
    assert!(found.ends_with(" Hint: `git fetch --unshallow` helps."), "{found}");
}

#[test]
fn what_is_gone_is_told_where_it_was() {
    let found = entries(&fixture::report("breaking"));
    let locks = found.iter().find(|entry| entry["check_name"] == "interface-removed").unwrap();
    let description = locks["description"].as_str().unwrap();
    assert!(description.contains("It was at wit/files.wit:41."), "{description}");
}

fn entries(report: &Report) -> Vec<Value> {
    serde_json::from_str(&to_gitlab(report)).unwrap()
}
