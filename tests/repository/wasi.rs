//! The history of WASI as a whole: directories that moved twice, and drafts of the next version beside each package.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// All tags in the order of history.
const TAGS: [&str; 17] = [
    "v0.2.0",
    "v0.2.1",
    "v0.2.2",
    "v0.2.3",
    "v0.2.4",
    "v0.2.5",
    "v0.2.6",
    "v0.2.7",
    "v0.2.8",
    "v0.2.9",
    "v0.3.0-rc-2026-01-06",
    "v0.2.10",
    "v0.3.0-rc-2026-02-09",
    "v0.3.0-rc-2026-03-15",
    "v0.2.11",
    "v0.2.12",
    "v0.3.0",
];

/// The seven packages, those first that others need.
const PACKAGES: [&str; 7] = ["io", "clocks", "filesystem", "random", "sockets", "cli", "http"];

fn wasi() -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
    scratch
}

fn is_draft(package: &Value) -> bool {
    package["old_version"].as_str().or(package["new_version"].as_str()).unwrap().contains("0.3.0")
}

/// `(old version, new version, level)` of published neighbours, as people judged them by reading.
fn labels(series: &str) -> Vec<(String, String, String)> {
    let table = include_str!("../../testdata/corpus/LABELS.tsv").lines().skip(1);
    let rows = table.map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    rows.filter(|row| row[0] == series).map(|row| (row[1].clone(), row[2].clone(), row[5].clone())).collect()
}

#[test]
fn from_the_first_to_the_last_release_of_a_track() {
    let scratch = wasi();
    let report = scratch.json(0, &["compare", "v0.2.0..v0.2.12"]);
    let levels = ["patch", "patch", "patch", "patch", "patch", "minor", "minor"];
    let expected: Vec<String> = (PACKAGES.iter().zip(levels))
        .map(|(name, level)| format!("wasi:{name} changed {level} 0.2.0>0.2.12 sufficient"))
        .collect();
    assert_eq!(brief(&report), expected);
    assert_eq!((&report["status"], &report["level"]), (&"complete".into(), &"minor".into()));
    assert_eq!(report["errors"], Value::Null);
    assert_eq!(report["old"]["commit"], scratch.id("v0.2.0"));
    assert_eq!(report["new"]["commit"], scratch.id("v0.2.12"));
    for (name, level) in PACKAGES.iter().zip(levels) {
        let package = named(&report, &format!("wasi:{name}"));
        let paths = (format!("preview2/{name}"), format!("proposals/{name}/wit"));
        assert_eq!((&package["old_path"], &package["new_path"]), (&paths.0.into(), &paths.1.into()));
        assert_eq!(package["version"]["required"], "0.2.1");
        let drafts = match *name {
            "io" => Value::Null,
            name => serde_json::json!([{
                "status": "added", "version": "0.3.0-rc-2026-03-15", "path": format!("proposals/{name}/wit-0.3.0-draft")
            }]),
        };
        let mut tracks = package["tracks"].clone();
        for track in tracks.as_array_mut().into_iter().flatten() {
            // To components, the worlds of a draft are new: they may touch what they import.
            let worlds = track.as_object_mut().unwrap().remove("worlds").unwrap();
            let gained = &worlds[0]["capabilities"]["gained"];
            assert!(gained.as_array().is_some_and(|gained| !gained.is_empty()), "{name}: {worlds:#}");
        }
        assert_eq!(tracks, drafts, "{name}");
        // The highest level on the way, as far as people judged it.
        let way = labels(&format!("wasi-{name}")).into_iter().filter(|(old, new, _)| {
            old.starts_with("0.2.") && new.starts_with("0.2.") && !old.contains('-') && !new.contains('-')
        });
        let order = ["none", "patch", "minor", "major"];
        let place = |level: &str| order.iter().position(|other| *other == level).unwrap();
        assert_eq!(way.map(|(_, _, level)| place(&level)).max(), Some(place(level)), "{name}");
    }
}

#[test]
fn the_releases_that_people_judged() {
    let scratch = wasi();
    let mut judged = 0;
    let mut reports: BTreeMap<(String, String), Value> = BTreeMap::new();
    for name in PACKAGES {
        for (old, new, level) in labels(&format!("wasi-{name}")) {
            let tags = (format!("v{old}"), format!("v{new}"));
            // The sources of wasi:http in v0.2.4 do not resolve, and drafts are not in all tags of their own.
            let is_here = |tag: &str| TAGS.contains(&tag) && tag.starts_with("v0.2.");
            if !is_here(&tags.0) || !is_here(&tags.1) || (name, &*new) == ("http", "0.2.4") {
                continue;
            }
            let report = reports.entry(tags.clone()).or_insert_with(|| {
                let run = scratch.tool(&["compare", &format!("{}..{}", tags.0, tags.1), "--format", "json"]);
                run.json()
            });
            let packages = report["packages"].as_array().unwrap();
            let mut packages = packages.iter().filter(|package| package["name"] == format!("wasi:{name}"));
            let package = packages.find(|package| !is_draft(package)).unwrap();
            assert_eq!(package["level"], *level, "wasi:{name} {old} {new}");
            judged += 1;
        }
    }
    assert_eq!(judged, 13);
}

#[test]
fn the_release_that_drafts_led_to() {
    let scratch = wasi();
    let report = scratch.json(0, &["compare", "v0.2.12..v0.3.0"]);
    let rc = "0.3.0-rc-2026-03-15";
    assert_eq!(
        brief(&report),
        [
            &format!("wasi:clocks changed patch {rc}>0.3.0 sufficient"),
            &format!("wasi:filesystem changed patch {rc}>0.3.0 sufficient"),
            "wasi:io removed major 0.2.12>- unversioned",
            &format!("wasi:random changed patch {rc}>0.3.0 sufficient"),
            &format!("wasi:sockets changed patch {rc}>0.3.0 sufficient"),
            &format!("wasi:cli changed minor {rc}>0.3.0 sufficient"),
            &format!("wasi:http changed patch {rc}>0.3.0 sufficient"),
        ]
    );
    let text = scratch.tool(&["compare", "v0.2.12..v0.3.0"]).code(0);
    let mut text = text.prints("major for guests: wasi:io 0.2.12 (removed)");
    for name in PACKAGES.into_iter().filter(|name| *name != "io") {
        let package = named(&report, &format!("wasi:{name}"));
        let path = format!("proposals/{name}/wit");
        let gone = serde_json::json!([{ "status": "removed", "version": "0.2.12", "path": path }]);
        assert_eq!(package["tracks"], gone, "{name}");
        assert_eq!(package["old_path"], format!("{path}-0.3.0-draft"));
        assert_eq!(package["new_path"], path);
        text = text.prints(&format!("note: 0.2.12 in `{path}` is gone, and only this version goes on"));
    }
    let io = named(&report, "wasi:io");
    assert_eq!(each(&io["changes"], "rule"), ["package-removed"]);
    assert_eq!(strings(&io["notes"]), ["packages are matched by name: the new side holds none of this one"]);
}

/// Every package is judged between all neighbours, except wasi:http beside v0.2.4: there it declares 0.2.3 and imports
/// what v0.2.3 had, while everything beside it is 0.2.4.
#[test]
fn between_all_neighbours() {
    let scratch = wasi();
    for pair in TAGS.windows(2) {
        let range = format!("{}..{}", pair[0], pair[1]);
        let broken = pair.contains(&"v0.2.4");
        let report = scratch.json(if broken { 3 } else { 0 }, &["compare", &range]);
        assert_eq!(report["status"], if broken { "undetermined" } else { "complete" }, "{range}");
        let packages = report["packages"].as_array().unwrap();
        let undetermined: Vec<&Value> = packages.iter().filter(|package| !package["error"].is_null()).collect();
        if broken {
            assert_eq!(undetermined.len(), 1);
            assert_eq!(undetermined[0]["name"], "wasi:http");
            let hint = undetermined[0]["error"]["hint"].as_str().unwrap();
            assert!(hint.starts_with("`wasi:clocks@0.2.4` is there and `wasi:clocks@0.2.3` is asked for"), "{hint}");
        } else {
            assert_eq!(undetermined, Vec::<&Value>::new(), "{range}");
        }
        let names: BTreeSet<&str> = each(&report["packages"], "name").into_iter().collect();
        assert_eq!(names, PACKAGES.map(|name| format!("wasi:{name}")).iter().map(|name| &**name).collect(), "{range}");
        for package in packages.iter().filter(|package| package["status"] != "removed") {
            // None is paired across the two tracks.
            let track = |version: &Value| version.as_str().map(|version| version[..3].to_owned());
            assert_eq!(track(&package["old_version"]), track(&package["new_version"]), "{range} {package}");
        }
    }
}

/// The whole range says of every package what it says of that package alone.
#[test]
fn one_by_one_they_say_the_same() {
    let scratch = wasi();
    let said = |package: &Value| {
        let changes: Vec<_> = package["changes"].as_array().unwrap().iter().collect();
        let changes: Vec<_> = changes
            .iter()
            .map(|change| (change["rule"].clone(), change["fingerprint"].clone(), change["level"].clone()))
            .collect();
        let facts = ["status", "level", "version", "interfaces", "worlds", "old_version", "new_version"];
        let mut facts = facts.map(|field| package[field].clone());
        // Places count from what was compared.
        facts.iter_mut().for_each(without_places);
        (facts, changes)
    };
    let mut compared = 0;
    for pair in TAGS.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        let run = scratch.tool(&["compare", &format!("{old}..{new}"), "--format", "json"]);
        for package in run.json()["packages"].as_array().unwrap() {
            let (Some(old_path), Some(new_path)) = (package["old_path"].as_str(), package["new_path"].as_str()) else {
                continue;
            };
            let inputs = [format!("{old}:{old_path}"), format!("{new}:{new_path}")];
            let alone = scratch.tool(&["compare", &inputs[0], &inputs[1], "--format", "json"]).json();
            assert_eq!(each(&alone["packages"], "name"), [package["name"].as_str().unwrap()]);
            if package["status"] != "undetermined" {
                assert_eq!(said(&alone["packages"][0]), said(package), "{inputs:?}");
                compared += 1;
            } else {
                assert_eq!(alone["status"], "undetermined");
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("place");
            fields.values_mut().for_each(without_places);
        }
        Value::Array(values) => values.iter_mut().for_each(without_places),
        _ => {}
    }
}
