//! The format `json`.

use super::fixture;
use super::strangers::acts_unseen;
use serde_json::Value;
use wit_diff::report::to_json;

/// Every string of a document, keys included.
fn strings<'a>(document: &'a Value, found: &mut Vec<&'a str>) {
    match document {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.push(key);
            strings(value, found);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn nothing_in_it_acts_and_all_of_it_is_there() {
    for (name, mut report) in fixture::all() {
        // Every character that may act, and what runners of CI jobs obey, in places that are shown and in keys.
        let all: String = ('\0'..='\u{ffff}').chain('\u{e0000}'..='\u{e01ff}').collect();
        let commands = "::error::x\n::set-output name=x::y\n ##[error]x ##vso[task.setvariable]x ##teamcity[x]";
        report.warnings.extend([all, commands.into(), commands.chars().rev().collect()]);
        for package in &mut report.packages {
            package.name.push_str(commands);
            let check = package.check.get_or_insert_default();
            check.denied.insert(format!("\u{202e}\u{9b}{commands}"), 1);
        }
        let json = to_json(&report);
        for line in json.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{name}: {line}");
            assert!(!line.contains("##vso[") && !line.contains("##teamcity["), "{name}: {line}");
            assert!(!line.chars().any(acts_unseen), "{name}: {line:?}");
        }
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read, serde_json::to_value(&report).unwrap(), "{name}");
        let mut found = Vec::new();
        strings(&read, &mut found);
        assert!(found.iter().any(|text| text.contains("::error::x\n::set-output")), "{name}");
        assert!(found.iter().flat_map(|text| text.chars()).filter(|c| acts_unseen(*c)).count() > 3, "{name}");
    }
}
