//! The JSON Schema of the file, for editors.

use super::acceptances::{KEYS as ENTRY, LIST, OPTIONAL};
use super::read::{KEYS, OWN};
use super::{COSTS, GATES};
use crate::capability::Pattern;
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

/// The schema of `wit-diff.accepted.toml`, likewise; what it lets pass, [`acceptances`](super::acceptances()) takes, but for
/// days and versions that there are not.
pub fn accepted_schema() -> Value {
    let property = |key: &&str| {
        let text = json!({ "type": "string", "pattern": "\\S" });
        let (description, kind) = match *key {
            "fingerprint" => {
                ("Which change, as reports have it", json!({ "type": "string", "pattern": "^[0-9a-f]{16}$" }))
            }
            "rule" => ("The rule of the change", text),
            "path" => ("What changed", text),
            "track" => ("The track of the package that it stands in; any where there is none", text),
            "reason" => ("Why it is accepted", text),
            "who" => ("Who accepts it", text),
            _ => ("The last day, or the first version of the package without it; for good where there is none", text),
        };
        ((*key).to_owned(), json!({ "description": description, "allOf": [kind] }))
    };
    let needed = ENTRY.iter().filter(|key| !OPTIONAL.contains(key)).collect::<Vec<_>>();
    let entry = json!({
        "description": "One change that is accepted",
        "type": "object",
        "properties": ENTRY.iter().map(property).collect::<Map<String, Value>>(),
        "required": needed,
        "additionalProperties": false
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wit-diff:wit-diff.accepted.toml",
        "title": "wit-diff.accepted.toml",
        "description": "Which changes a repository accepts",
        "type": "object",
        "properties": { LIST: { "type": "array", "items": entry } },
        "additionalProperties": false
    })
}

fn properties(keys: &[&str]) -> Map<String, Value> {
    keys.iter().map(|key| ((*key).to_owned(), property(key))).collect()
}

fn property(key: &str) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    match key {
        "rules" => json!({ "description": "The set of rules that counts", "enum": rule::SETS.map(|set| set.name) }),
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
            let costs = rule::costs().map(|rule| rule.id).chain([COSTS]);
            let names: Vec<_> = names().into_iter().chain(costs).collect();
            let description = "The rules of which nothing may be found; `gates` are all findings about gates, `costs` all about costs";
            json!({ "description": description, "type": "array", "items": { "enum": names } })
        }
        "deny-capability" => {
            let description = "The capabilities that no world may gain, as wasi:sockets/*; `*` stands for any text";
            let pattern = json!({ "type": "string", "pattern": Pattern::SHAPE });
            json!({ "description": description, "type": "array", "items": pattern })
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
