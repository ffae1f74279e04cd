//! The examples of REPORT.md, and its words.

use super::*;

const CONTRACT: &str = include_str!("../../src/report/contract.md");

/// The examples under a heading, without their comments; the first part has no heading.
fn examples(heading: &str) -> Vec<Value> {
    let text = match heading {
        "" => CONTRACT.split("\n## ").next(),
        heading => CONTRACT.split("\n## ").find(|part| part.starts_with(heading)),
    };
    let blocks = text.unwrap_or_else(|| panic!("no {heading}")).split("```jsonc\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n```").next().unwrap());
    let parse = |block: &str| {
        let lines: Vec<&str> = block.lines().map(without_comment).collect();
        let text = lines.join("\n");
        // A field by itself stands for the object around it.
        let text = if text.starts_with('{') { text } else { format!("{{{text}}}") };
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    blocks.map(parse).collect()
}

/// The line up to `//` outside of a string.
fn without_comment(line: &str) -> &str {
    let mut is_string = false;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => is_string = !is_string,
            '\\' => drop(chars.next()),
            '/' if !is_string && line[at..].starts_with("//") => return &line[..at],
            _ => {}
        }
    }
    line
}

/// The same where nothing is required: for examples that show a part.
fn loose(mut schema: Value) -> Value {
    fn loosen(schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                // There is a field of that name, too.
                if object.get("required").is_some_and(Value::is_array) {
                    object.remove("required");
                }
                object.values_mut().for_each(loosen);
            }
            Value::Array(all) => all.iter_mut().for_each(loosen),
            _ => {}
        }
    }
    loosen(&mut schema);
    schema
}

#[test]
fn whole_examples_are_valid() {
    let whole = |kind: SchemaKind, example: &Value| is_valid(&validator(&closed(kind)), example, kind.name());
    whole(SchemaKind::Report, &examples("")[0]);
    whole(SchemaKind::List, &examples("`wit-diff list`")[0]);
    whole(SchemaKind::Cost, &examples("`wit-diff cost`")[0]);
    whole(SchemaKind::Capabilities, &examples("`wit-diff capabilities`")[0]);
    whole(SchemaKind::Log, &examples("`wit-diff log`")[0]);
    whole(SchemaKind::Stability, &examples("`wit-diff stability`")[0]);
    let rules = examples("`wit-diff rules`");
    whole(SchemaKind::Rules, &rules[0]);
    whole(SchemaKind::Explain, &rules[1]);
    whole(SchemaKind::Config, &examples("`wit-diff config`")[0]);
    // What stands for a report in it is shown above.
    let mut bump = examples("`wit-diff bump`")[0].clone();
    assert_eq!(bump.as_object_mut().unwrap().remove("check"), Some(serde_json::json!({})));
    whole(SchemaKind::Bump, &bump);
}

#[test]
fn parts_are_valid() {
    let report = closed(SchemaKind::Report);
    let mut change = loose(report.clone());
    change["$ref"] = "#/$defs/ChangeReport".into();
    for field in ["properties", "additionalProperties", "type"] {
        change.as_object_mut().unwrap().remove(field);
    }
    let parts = examples("");
    assert_eq!(parts.len(), 4);
    is_valid(&validator(&loose(report.clone())), &parts[1], "pictures and links");
    is_valid(&validator(&change), &parts[2], "alternative");
    is_valid(&validator(&loose(report.clone())), &parts[3], "capabilities");
    assert_eq!(parts[2]["alternative"]["applies_as"], "minor");
    is_valid(&validator(&loose(report)), &examples("Several packages")[0], "several packages");
}

/// Whoever reads the contract has read of every field and of every word.
#[test]
fn every_field_and_word_is_in_the_contract() {
    let mut missing = BTreeSet::new();
    for &kind in SchemaKind::ALL {
        let is_named = |word: &str| [format!("\"{word}\""), format!("`{word}`")].iter().any(|w| CONTRACT.contains(w));
        missing.extend(fields(kind).into_iter().map(|(_, field)| field).filter(|field| !is_named(field)));
        let schema = published(kind);
        for definition in schema["$defs"].as_object().unwrap().values() {
            for word in definition["oneOf"].as_array().into_iter().flatten().map(|value| value["const"].as_str()) {
                let is_said =
                    |word: &&str| CONTRACT.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == *word);
                missing.extend(word.filter(|word| !is_said(word)).map(str::to_owned));
            }
        }
    }
    assert!(missing.is_empty(), "not in src/report/contract.md: {missing:?}");
}
