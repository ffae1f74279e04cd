//! What is not as the schema says is refused, at every place of a document that has every field.

use super::*;
use serde_json::json;

#[test]
fn complete_documents_are_valid_and_complete() {
    for (kind, document) in documents::all() {
        let schema = closed(kind);
        is_valid(&validator(&schema), &document, kind.name());
        let missing: Vec<Field> = fields(kind).difference(&fields_of(&schema, &document)).cloned().collect();
        // A change has parties of one kind.
        let missing: Vec<&Field> = missing.iter().filter(|(name, _)| name != "Guests").collect();
        assert!(missing.is_empty(), "{}: {missing:?}", kind.name());
    }
}

#[test]
fn what_is_required_cannot_be_left_out() {
    for (kind, document) in documents::all() {
        let (schema, mut required, mut optional) = (closed(kind), 0, 0);
        let validator = validator(&schema);
        for node in nodes(&schema, &document) {
            let Some(fields) = node.instance.as_object().filter(|_| node.schema["properties"].is_object()) else {
                continue;
            };
            for field in fields.keys() {
                let mut changed = document.clone();
                changed.pointer_mut(&node.pointer).unwrap().as_object_mut().unwrap().remove(field);
                let is_required = node.schema["required"].as_array().is_some_and(|all| all.contains(&json!(field)));
                assert_eq!(validator.is_valid(&changed), !is_required, "{}: {}/{field}", kind.name(), node.pointer);
                *if is_required { &mut required } else { &mut optional } += 1;
            }
        }
        assert!(required > 8, "{}: {required} required, {optional} optional", kind.name());
    }
}

#[test]
fn values_are_of_their_type() {
    for (kind, document) in documents::all() {
        let schema = closed(kind);
        let validator = validator(&schema);
        for node in nodes(&schema, &document) {
            let with = |value: Value| {
                let mut changed = document.clone();
                *changed.pointer_mut(&node.pointer).unwrap() = value;
                validator.is_valid(&changed)
            };
            let place = format!("{}: {}", kind.name(), node.pointer);
            assert!(!with(json!(1.5)) && !with(json!([[]])), "{place}");
            assert_eq!(with(Value::Null), node.is_nullable, "{place}");
            let is_word = ["oneOf", "enum", "const"].iter().any(|key| !node.schema[key].is_null());
            if is_word {
                assert!(!with(json!("no-such-word")) && !with(json!(7)), "{place}");
            } else if node.instance.is_string() {
                assert!(with(json!("any")) && !with(json!(7)), "{place}");
            } else if node.instance.is_number() {
                assert!(with(json!(7)) && !with(json!(-1)), "{place}");
            }
        }
    }
}

/// The contract lets fields be added.
#[test]
fn other_fields_pass_unless_the_schema_is_closed() {
    for (kind, document) in documents::all() {
        let (closed, published) = (closed(kind), published(kind));
        let (strict, open) = (validator(&closed), validator(&published));
        for node in nodes(&closed, &document).into_iter().filter(|node| node.schema["properties"].is_object()) {
            let mut changed = document.clone();
            changed.pointer_mut(&node.pointer).unwrap()["undocumented"] = json!(1);
            assert!(open.is_valid(&changed), "{}: {}", kind.name(), node.pointer);
            assert!(!strict.is_valid(&changed), "{}: {}", kind.name(), node.pointer);
        }
    }
}

/// Words that a field has fewer of than its type.
#[test]
fn some_fields_have_fewer_words() {
    let report = validator(&closed(SchemaKind::Report));
    let (_, document) = documents::all().into_iter().find(|(kind, _)| *kind == SchemaKind::Report).unwrap();
    for (pointer, word, is_fine) in [
        ("/packages/0/tracks/0/status", "removed", true),
        ("/packages/0/tracks/0/status", "changed", false),
        ("/packages/0/changes/0/alternative/applies_as", "none", true),
        ("/packages/0/changes/0/alternative/applies_as", "major", false),
        ("/packages/0/changes/0/witness/built_for", "new", true),
        ("/packages/0/changes/0/witness/built_for", "both", false),
        ("/packages/1/error/side", "both", true),
        ("/packages/1/error/side", "neither", false),
        ("/schema_version", "1", false),
    ] {
        let mut changed = document.clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = json!(word);
        assert_eq!(report.is_valid(&changed), is_fine, "{pointer}: {word}");
    }
}
