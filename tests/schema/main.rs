//! The JSON Schema: what it says is what the tool writes, and what REPORT.md promises. `BLESS=1` rewrites the copies
//! that are shipped.
//!
//! Published schemas let fields pass that they do not know; here, every object is closed, so that a field that no schema
//! knows fails.
#![cfg(all(feature = "cli", feature = "git", feature = "schema", feature = "verify"))]

#[path = "../support/complete.rs"]
mod complete;
mod contract;
mod documents;
mod goldens;
mod mutations;
mod nodes;
#[path = "../support/pairs.rs"]
mod pairs;
#[allow(dead_code)]
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod written;

use jsonschema::Validator;
use nodes::nodes;
use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use wit_diff::report::{SchemaKind, schema};

fn published(kind: SchemaKind) -> Value {
    serde_json::from_str(&schema(kind)).unwrap()
}

/// The schema with every object closed.
fn closed(kind: SchemaKind) -> Value {
    let mut schema = published(kind);
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(close);
            if object.contains_key("properties") && object.get("type").is_some_and(|name| name == "object") {
                object.entry("additionalProperties").or_insert(Value::Bool(false));
            }
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

/// Fails where something in the document is not as the closed schema says.
#[track_caller]
fn is_valid(validator: &Validator, document: &Value, name: &str) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
}

/// What a schema says of objects: the name of the object, and one of its fields.
type Field = (String, String);

/// The fields of all objects of a schema.
fn fields(kind: SchemaKind) -> BTreeSet<Field> {
    let schema = published(kind);
    let mut found = BTreeSet::new();
    let definitions = schema["$defs"].as_object().unwrap().iter().map(|(name, of)| (name.clone(), of));
    for (name, of) in definitions.chain([(nodes::root(&schema), &schema)]) {
        for field in of["properties"].as_object().into_iter().flat_map(|fields| fields.keys()) {
            found.insert((name.clone(), field.clone()));
        }
    }
    found
}

/// Those of them that a document has.
fn fields_of(schema: &Value, document: &Value) -> BTreeSet<Field> {
    let objects = nodes(schema, document).into_iter().filter(|node| node.schema["properties"].is_object());
    let named = |node: nodes::Node<'_>| {
        let names = node.instance.as_object().unwrap().keys().cloned();
        names.map(|name| (node.name.clone(), name)).collect::<Vec<_>>()
    };
    objects.flat_map(named).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> PathBuf {
    root().join("src/report/schema")
}

#[test]
fn shipped_copies_are_what_is_printed() {
    if env::var_os("BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
        let _ = fs::remove_dir_all(shipped());
        fs::create_dir_all(shipped()).unwrap();
        for &kind in SchemaKind::ALL {
            fs::write(shipped().join(format!("{}.json", kind.name())), schema(kind)).unwrap();
        }
        return;
    }
    let scratch = scratch::Scratch::empty();
    for &kind in SchemaKind::ALL {
        let found = fs::read_to_string(shipped().join(format!("{}.json", kind.name()))).unwrap_or_default();
        assert!(found == schema(kind), "the copy of `{}` is stale: BLESS=1 rewrites it", kind.name());
        let printed = run::Run::by(&mut scratch.binary(&["schema", kind.name()])).code(0);
        assert_eq!((printed.stdout, printed.stderr), (found, String::new()));
    }
    let report = run::Run::by(&mut scratch.binary(&["schema"])).code(0);
    assert_eq!(report.stdout, schema(SchemaKind::Report));
    run::Run::by(&mut scratch.binary(&["schema", "reports"])).code(2).says("a similar value exists: 'report'");
    assert_eq!(fs::read_dir(shipped()).unwrap().count(), SchemaKind::ALL.len(), "a copy is left over");
}

#[test]
fn schemas_are_schemas() {
    let mut names = BTreeSet::new();
    for &kind in SchemaKind::ALL {
        let schema = published(kind);
        jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["title"], format!("wit-diff {}", kind.name()));
        assert_eq!(schema["properties"]["schema_version"]["const"], 1);
        assert!(names.insert(schema["$id"].as_str().unwrap().to_owned()), "{} stands twice", schema["$id"]);
    }
}

#[test]
fn everything_is_described() {
    for &kind in SchemaKind::ALL {
        let schema = published(kind);
        let mut count = 0;
        described(&schema, kind.name(), &mut count);
        assert!(count > 10, "{}: {count} descriptions", kind.name());
    }
}

/// Every object, field and value has a description, and none of them breaks a line.
fn described(schema: &Value, place: &str, count: &mut usize) {
    let Some(object) = schema.as_object() else { return };
    let is_said = |of: &Value, place: &str| {
        let said = of["description"].as_str().unwrap_or_else(|| panic!("{place} has no description"));
        let is_sentence = said.ends_with('.') && said.chars().next().is_some_and(char::is_uppercase);
        assert!((is_sentence || said.starts_with('`')) && !said.contains('\n'), "{place}: {said}");
        assert!(!said.contains("]("), "{place} leads into the documentation of the library: {said}");
    };
    for (key, value) in object {
        let named: Vec<(&str, &Value)> = match key.as_str() {
            "properties" | "$defs" => value.as_object().unwrap().iter().map(|(n, v)| (n.as_str(), v)).collect(),
            "oneOf" => value.as_array().unwrap().iter().map(|value| ("value", value)).collect(),
            _ => Vec::new(),
        };
        for (name, of) in named {
            let place = format!("{place}/{key}/{name}");
            is_said(of, &place);
            *count += 1;
            described(of, &place, count);
        }
    }
}
