//! Tables of the guide that are made from what there is.

use super::*;
use serde_json::Value;
use wit_diff::judge::Profile;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::Report;
use wit_diff::verdict::Protect;

/// The page with something else between its two comments.
fn between(page: &str, begin: &str, end: &str, table: &str) -> String {
    let (before, rest) = page.split_once(begin).expect(begin);
    let (comment, rest) = rest.split_once("-->\n").expect("the comment ends");
    let (_, after) = rest.split_once(end).expect(end);
    format!("{before}{begin}{comment}-->\n\n{table}\n{end}{after}")
}

#[test]
fn every_key_of_the_configuration_is_told() {
    let _alone = alone();
    let path = source().join("configuration.md");
    let schema: Value = serde_json::from_str(&wit_diff::report::config_file_schema()).unwrap();
    let keys = schema["properties"].as_object().unwrap();
    let own = &schema["properties"]["packages"]["additionalProperties"]["properties"];
    let mut table = String::from("| key | what | values | of one package |\n|---|---|---|---|\n");
    for (key, property) in keys {
        let what = property["description"].as_str().unwrap();
        let of_one = if own.get(key).is_some() { "yes" } else { "" };
        table.push_str(&format!("| `{key}` | {what} | {} | {of_one} |\n", values(property)));
    }
    assert!(keys.len() > 8 && table.contains("| `protect` |"), "{table}");
    let page = fs::read_to_string(&path).unwrap();
    is_written(&path, &between(&page, "<!-- keys", "<!-- end of keys -->", &table));
}

/// What a key takes, in short.
fn values(property: &Value) -> String {
    const FEW: usize = 5;
    let of = if property["type"] == "array" { &property["items"] } else { property };
    let words = of["enum"].as_array().filter(|words| words.len() <= FEW).map(|words| {
        words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    });
    match (property["type"].as_str(), words) {
        (Some("array"), words) => words.map_or("a list".into(), |words| format!("a list of {words}")),
        (_, Some(words)) => words,
        (Some("boolean"), None) => "`true`, `false`".into(),
        (Some("object"), None) => match property["additionalProperties"]["enum"].as_array() {
            Some(_) => "a table of rules, each with a level".into(),
            None => "a table for each package".into(),
        },
        (_, None) => "a text".into(),
    }
}

fn compared(row: &Path, options: Options) -> Report {
    let side = |side: &str| row.join(side).to_string_lossy().into_owned();
    let report = pipeline::run(&side("old.wit"), &side("new.wit"), &options);
    assert_eq!((report.errors.len(), report.packages.len()), (0, 1), "{}: {:?}", row.display(), report.errors);
    report
}

#[test]
fn the_answers_of_other_tools_are_what_they_are() {
    let _alone = alone();
    let path = source().join("comparison.md");
    let mut rows: Vec<PathBuf> =
        fs::read_dir(source().join("comparison")).unwrap().map(|row| row.unwrap().path()).collect();
    rows.retain(|row| row.join("old.wit").exists());
    rows.sort();
    let mut table = String::from(
        "| change | `wit-diff`, guests | `wit-diff`, hosts | `wasm-tools` | `wkg` |\n|---|---|---|---|---|\n",
    );
    let mut answers = [0, 0];
    for row in &rows {
        let level = |protect| compared(row, Options { protect: Some(protect), ..Options::default() }).level.word();
        let answer = |profile, world: Option<&str>| {
            let world = world.map(str::to_owned);
            let report = compared(row, Options { profile: Some(profile), world, ..Options::default() });
            report.packages[0].profile.as_ref().unwrap().accepts
        };
        // A package without worlds cannot be asked about.
        let has_world = fs::read_to_string(row.join("old.wit")).unwrap().contains("world app");
        let wasm_tools = if !has_world { "refuses: no world" } else { yes(answer(Profile::WasmTools, Some("app"))) };
        let wkg = answer(Profile::Wkg, None);
        answers[usize::from(wkg)] += 1;
        let name = row.file_name().unwrap().to_string_lossy();
        let (guests, hosts) = (level(Protect::Guests), level(Protect::Hosts));
        table.push_str(&format!("| {name} | {guests} | {hosts} | {wasm_tools} | {} |\n", yes(wkg)));
    }
    assert!(answers.iter().all(|count| *count > 3), "{table}");
    let page = fs::read_to_string(&path).unwrap();
    is_written(&path, &between(&page, "<!-- table", "<!-- end of table -->", &table));
}

fn yes(accepts: bool) -> &'static str {
    if accepts { "yes" } else { "no" }
}
