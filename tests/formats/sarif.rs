//! The format `sarif`: the official schema judges it, and what code scanning asks for beside the schema holds.

use super::{fixture, strangers};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use wit_diff::report::*;
use wit_diff::rule;
use wit_diff::verdict::Level;

#[test]
fn it_looks_so() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.sarif", &to_sarif(&report));
    }
}

#[test]
fn the_official_schema_holds() {
    let judge = Judge::new();
    for (name, report) in fixture::all() {
        judge.accepts(&to_sarif(&report), name);
    }
    for report in strangers::reports() {
        judge.accepts(&to_sarif(&report), &report.packages[0].name);
    }
    judge.accepts(&to_sarif(&fixture::many(10_000)), "10,000 changes");
    let wrong = to_sarif(&fixture::report("breaking")).replace("\"error\"", "\"fatal\"");
    assert!(!judge.0.is_valid(&serde_json::from_str(&wrong).unwrap()), "the schema refuses nothing");
}

#[test]
fn every_change_is_a_result_of_a_rule_that_is_there() {
    for report in fixture::all().map(|(_, report)| report).chain(strangers::reports()) {
        let run = run(&report);
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), changes(&report));
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        }
        let found: BTreeSet<&str> = results.iter().filter_map(|result| result["ruleId"].as_str()).collect();
        assert_eq!(rules.len(), found.len(), "a rule without a result, or twice");
    }
}

#[test]
fn no_two_results_are_one() {
    for report in fixture::all().map(|(_, report)| report).chain(strangers::reports()) {
        let run = run(&report);
        let results = run["results"].as_array().unwrap();
        let own: BTreeSet<&str> =
            results.iter().map(|result| result["partialFingerprints"]["witDiff/v1"].as_str().unwrap()).collect();
        assert_eq!(own.len(), results.len());
        // Code scanning takes results of one rule for one alert that have one hash; uploading hashes the line if need be.
        let mut alerts = BTreeSet::new();
        for result in results {
            let physical = &result["locations"][0]["physicalLocation"];
            let line = (physical["artifactLocation"].to_string(), physical["region"]["startLine"].to_string());
            let hash = result["partialFingerprints"].get("primaryLocationLineHash").map(Value::to_string);
            assert!(alerts.insert((result["ruleId"].to_string(), hash.ok_or(line))));
        }
    }
}

#[test]
fn identities_survive_moves_and_other_packages() {
    let of = |report: &Report, package: &str| -> Vec<Value> {
        let run = run(report);
        let results = run["results"].as_array().unwrap().iter();
        results
            .filter(|result| result["properties"]["package"] == package)
            .map(|result| result["partialFingerprints"]["witDiff/v1"].clone())
            .collect()
    };
    let report = fixture::report("several");
    let last = report.packages.clone().into_iter().rfind(|package| !package.changes.is_empty()).unwrap();
    let mut other = Report { packages: vec![last.clone()], ..report.clone() };
    for place in other.packages[0].changes.iter_mut().filter_map(|change| change.new.as_mut()) {
        place.line += 7;
    }
    let found = of(&report, &last.name);
    assert!(!found.is_empty());
    assert_eq!(found, of(&other, &last.name));
}

#[test]
fn errors_are_why_the_package_fails() {
    let mut report = fixture::report("compatible");
    let package = &mut report.packages[0];
    let levels = |report: &Report| -> BTreeSet<String> {
        run(report)["results"].as_array().unwrap().iter().map(|r| r["level"].as_str().unwrap().to_owned()).collect()
    };
    assert!(package.changes.iter().all(|change| change.level < Level::Major));
    package.version.verdict = wit_diff::version::VersionVerdict::Sufficient;
    assert!(!levels(&report).contains("error"));
    // An addition is nothing bad, unless no version tells it.
    report.packages[0].version.verdict = wit_diff::version::VersionVerdict::UnchangedVersion;
    assert!(levels(&report).contains("error"));
    let mut report = fixture::report("breaking");
    report.packages[0].version.verdict = wit_diff::version::VersionVerdict::Sufficient;
    let found = levels(&report);
    assert!(found.contains("warning") && !found.contains("error"), "an announced break is a warning: {found:?}");
    report.packages[0].version.verdict = wit_diff::version::VersionVerdict::Unversioned;
    assert!(levels(&report).contains("error"), "nothing announces it");
}

#[test]
fn what_is_removed_stands_where_it_was_removed_from() {
    let mut report = fixture::report("breaking");
    let change = report.packages[0].changes.iter_mut().find(|change| change.new.is_none()).unwrap();
    let path = change.path.clone();
    change.container = None;
    let find = |report: &Report| {
        let run = run(report);
        let mut results = run["results"].as_array().unwrap().clone().into_iter();
        results.find(|result| result["properties"]["path"] == path.as_str()).unwrap()
    };
    let gone = find(&report);
    assert_eq!(gone["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "OLDROOT");
    assert!(gone.get("relatedLocations").is_none());
    let change = report.packages[0].changes.iter_mut().find(|change| change.new.is_none()).unwrap();
    let container = PlaceReport { line: 77, text: "interface i {".into(), ..change.old.clone().unwrap() };
    change.container = Some(container);
    let there = find(&report);
    let physical = &there["locations"][0]["physicalLocation"];
    assert_eq!(
        (&physical["artifactLocation"]["uriBaseId"], physical["region"]["startLine"].as_u64()),
        (&"%SRCROOT%".into(), Some(77))
    );
    let old = &there["relatedLocations"][0]["physicalLocation"];
    assert_eq!(old["artifactLocation"]["uriBaseId"], "OLDROOT");
}

/// What an interface stood in is a package, and where that is declared may be another file.
#[test]
fn what_is_said_of_a_container_is_true_of_another_file() {
    let run = run(&fixture::report("breaking"));
    let results = run["results"].as_array().unwrap();
    let said: BTreeSet<&str> =
        results.iter().filter_map(|result| result["locations"][0]["message"]["text"].as_str()).collect();
    assert_eq!(said, ["It is gone. What it belonged to is declared here."].into());
}

#[test]
fn what_could_not_be_judged_says_of_which_side() {
    let mut report = fixture::report("undetermined");
    let told = |report: &Report| {
        let notes = run(report)["invocations"][0]["toolExecutionNotifications"].clone();
        notes[0]["message"]["text"].as_str().unwrap().to_owned()
    };
    assert!(told(&report).starts_with("The new side could not be loaded: name `u65`"), "{}", told(&report));
    for error in report.errors.iter_mut().chain(report.packages.iter_mut().flat_map(|package| &mut package.error)) {
        error.side = "old".into();
    }
    assert!(told(&report).starts_with("The old side could not be loaded: name `u65`"), "{}", told(&report));
}

#[test]
fn paths_are_addresses_and_paths_again() {
    let name = "a b/ü%41/#?[x]:y\\z&\"<é>\u{202e}.wit";
    let mut report = fixture::report("breaking");
    for change in &mut report.packages[0].changes {
        for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
            place.file = name.into();
        }
    }
    let run = run(&report);
    for result in run["results"].as_array().unwrap() {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
        assert_eq!(decoded(uri), format!("wit/{name}"));
    }
}

#[test]
fn messages_link_nowhere_and_hide_nothing() {
    for report in strangers::reports() {
        let mut texts = Vec::new();
        strings("", &run(&report), &mut texts);
        for (key, text) in texts {
            assert!(key != "text" || !text.contains("]("), "a link: {text}");
            assert!(!text.contains(strangers::acts_unseen), "{text:?}");
        }
    }
}

#[test]
fn what_code_scanning_takes_is_kept_to() {
    let report = fixture::many(25_010);
    let run = run(&report);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!(errors, 25_010 / 2, "the lightest are left out");
    let notes = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notes.contains("10 more results are left out"), "{notes}");
    assert_eq!(results[0]["properties"]["reach"].as_array().unwrap().len(), 100);
    assert_eq!(results[0]["properties"]["reachLeftOut"], 20);
}

#[test]
fn every_rule_is_fit_to_be_shown() {
    let mut report = fixture::report("breaking");
    let one = report.packages[0].changes[0].clone();
    report.packages[0].changes = rule::all()
        .map(|rule| ChangeReport { rule: rule.id.into(), fingerprint: rule.id.into(), ..one.clone() })
        .collect();
    let sarif = to_sarif(&report);
    Judge::new().accepts(&sarif, "every rule");
    let run = run(&report);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids, rule::all().map(|rule| rule.id).collect::<Vec<_>>());
    for rule in rules {
        let length = |value: &Value| value.as_str().unwrap().chars().count();
        assert!(length(&rule["name"]) <= 255);
        assert!((1..=1024).contains(&length(&rule["shortDescription"]["text"])));
        assert!((1..=1024).contains(&length(&rule["fullDescription"]["text"])), "{}", rule["id"]);
        assert!(length(&rule["help"]["text"]) > 0 && length(&rule["help"]["markdown"]) > 0);
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20);
    }
}

#[test]
fn what_could_not_be_judged_is_no_success() {
    for (name, report) in fixture::all() {
        let invocation = run(&report)["invocations"][0].clone();
        assert_eq!(invocation["executionSuccessful"] == true, report.status == Status::Complete, "{name}");
        let errors = invocation["toolExecutionNotifications"].as_array().unwrap();
        assert!(errors.len() >= report.errors.len().min(1), "{name}");
    }
}

#[test]
fn the_repository_of_each_side_is_told_where_it_is_known() {
    let mut report = fixture::report("breaking");
    let tell = |report: &Report| {
        let details = run(report)["versionControlProvenance"].clone();
        let of = |detail: &Value| {
            let field = |name: &str| detail[name].as_str().unwrap().to_owned();
            let base = detail["mappedTo"]["uriBaseId"].as_str().unwrap().to_owned();
            (base, field("repositoryUri"), field("revisionId"))
        };
        details.as_array().map(|details| details.iter().map(of).collect::<Vec<_>>()).unwrap_or_default()
    };
    let at = |base: &str, repository: &str, digit: &str| (base.to_owned(), repository.to_owned(), digit.repeat(40));
    let acme = "https://github.com/acme/wit";
    assert_eq!(tell(&report), [at("%SRCROOT%", acme, "f"), at("OLDROOT", acme, "0")]);
    report.old.address = Some(format!("https://gitlab.example.org:8443/a/b/c/-/blob/{}", "1".repeat(40)));
    report.new.address = None;
    assert_eq!(tell(&report), [at("OLDROOT", "https://gitlab.example.org:8443/a/b/c", "1")]);
    for address in ["https://x/<b>/blob/0", "javascript:a/blob/0", "https://x/y/blob/<0>", "https://x/y/tree/0", ""] {
        report.old.address = Some(address.into());
        assert_eq!(tell(&report), [], "{address}");
    }
}

/// The official schema, with formats such as addresses.
struct Judge(jsonschema::Validator);

impl Judge {
    fn new() -> Judge {
        // One pattern has a bracket too many, and is no regular expression to a strict reader; OASIS mended it since.
        let wrong = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
        let schema = fixture::schema("sarif-schema-2.1.0.json");
        assert!(schema.contains(wrong));
        let schema = schema.replace(wrong, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
        let schema = serde_json::from_str(&schema).unwrap();
        Judge(jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
    }

    #[track_caller]
    fn accepts(&self, sarif: &str, what: &str) {
        let value = serde_json::from_str(sarif).unwrap();
        let errors: Vec<String> =
            self.0.iter_errors(&value).take(3).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}");
    }
}

fn run(report: &Report) -> Value {
    let sarif: Value = serde_json::from_str(&to_sarif(report)).unwrap();
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 1);
    sarif["runs"][0].clone()
}

fn changes(report: &Report) -> usize {
    report.packages.iter().map(|package| package.changes.len()).sum()
}

fn strings(key: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((key.to_owned(), text.clone())),
        Value::Array(values) => values.iter().for_each(|value| strings(key, value, found)),
        // A source line is no message.
        Value::Object(values) => values.iter().for_each(|(inner, value)| match key {
            "snippet" => strings(key, value, found),
            _ => strings(inner, value, found),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn decoded(uri: &str) -> String {
    let digits: BTreeMap<String, u8> = (0..=255).map(|byte: u8| (format!("{byte:02X}"), byte)).collect();
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(digits[std::str::from_utf8(&after[..2]).unwrap()]);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
