//! The JSON Schema of the file, for editors.

use super::GATES;
use super::read::{KEYS, OWN};
use crate::rule;
use serde_json::{Map, Value, json};

/// The schema of `wit-diff.toml`, as draft 2020-12 of JSON Schema: what it lets pass, [`read`](super::read()) takes, but for
/// rules and sets of rules of other versions.
pub fn schema() -> Value {
    let package = json!({
        "description": "What is asked of one package",
        "type": "object",
        "properties": properties(&OWN),
        "additionalProperties": false
    });
    let mut all = properties(&KEYS);
    all.insert(
        "packages".into(),
        json!({
            "description": "What is asked of packages by name, where it is something else",
            "type": "object",
            "propertyNames": { "pattern": "^[^:]+:[^:]+$" },
            "additionalProperties": package
        }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wit-diff:wit-diff.toml",
        "title": "wit-diff.toml",
        "description": "What a repository asks of wit-diff",
        "type": "object",
        "properties": all,
        "additionalProperties": false
    })
}

fn properties(keys: &[&str]) -> Map<String, Value> {
    keys.iter().map(|key| ((*key).to_owned(), property(key))).collect()
}

fn property(key: &str) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    match key {
        "rules" => json!({ "description": "The set of rules that counts", "enum": rule::SETS }),
        "protect" => json!({ "description": "For whom levels answer", "enum": ["guests", "hosts", "all"] }),
        "features" => {
            json!({ "description": "The features whose unstable items count", "type": "array", "items": text })
        }
        "all-features" => {
            json!({ "description": "Whether the unstable items of every feature count", "type": "boolean" })
        }
        "base" => json!({ "description": "What is compared with, as --against takes it", "allOf": [text] }),
        "allow" => {
            let levels = ["none", "patch", "minor", "major"];
            json!({ "description": "The highest level that may change at all", "enum": levels })
        }
        "fail-on" => json!({ "description": "The lowest level that fails", "enum": ["patch", "minor", "major"] }),
        "deny" => {
            let names = names();
            let description = "The rules of which no change may be found; `gates` are all findings about gates";
            json!({ "description": description, "type": "array", "items": { "enum": names } })
        }
        "levels" => {
            let levels = ["none", "patch", "minor", "major"];
            json!({
                "description": "What changes of a rule count as where a gate decides; `gates` are all findings about gates",
                "type": "object",
                "propertyNames": { "enum": names() },
                "additionalProperties": { "enum": levels }
            })
        }
        "leave-out" => {
            let description = "Packages (`namespace:name`) and paths, as in a .gitignore, that are not looked at";
            json!({ "description": description, "type": "array", "items": text })
        }
        _ => json!(true),
    }
}

/// What stands for rules.
fn names() -> Vec<&'static str> {
    rule::all().map(|rule| rule.id).chain([GATES]).collect()
}
