//! What has to hold of every history.

use super::*;
use std::collections::BTreeMap;

const LEVELS: [&str; 3] = ["major", "minor", "patch"];

/// How many changes of each level `log` tells of each package.
fn told(scratch: &Scratch, arguments: &[&str]) -> BTreeMap<String, [u64; 3]> {
    let log = Run::by(&mut scratch.binary(&[&["log", "--format", "json"], arguments].concat())).json();
    let mut told: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for package in list(&log["packages"]) {
        let counts = told.entry(package["name"].as_str().unwrap().to_owned()).or_default();
        for change in list(&package["rows"]).iter().flat_map(|row| list(&row["changes"])) {
            if let Some(at) = LEVELS.iter().position(|level| change["level"] == *level) {
                counts[at] += 1;
            }
        }
    }
    told
}

/// How many are counted at all items of each package.
fn counted(report: &Value) -> BTreeMap<String, [u64; 3]> {
    let mut counted: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for package in list(&report["packages"]) {
        let counts = counted.entry(package["name"].as_str().unwrap().to_owned()).or_default();
        let items = list(&package["items"]).iter().map(|item| &item["changes"]);
        for found in items.chain([&package["carried"]]) {
            for (at, level) in LEVELS.iter().enumerate() {
                counts[at] += found[level].as_u64().unwrap();
            }
        }
    }
    counted
}

/// Everything that one item says of itself agrees.
fn agrees(report: &Value) {
    let (mut items, at) = (0, |value: &Value| value.as_u64().unwrap());
    let day = |moment: &Value| moment["date"].as_str().unwrap().to_owned();
    for package in list(&report["packages"]) {
        let all = list(&package["items"]);
        let names: Vec<&str> = list(&package["revisions"]).iter().map(|of| of["revision"].as_str().unwrap()).collect();
        let place = |name: &Value| names.iter().position(|other| name == other).unwrap_or_else(|| panic!("{name}"));
        for item in all {
            let path = &item["path"];
            assert!(day(&item["since"]) >= day(&all[0]["since"]), "{path} is older than its package");
            for (field, most) in [("releases", "releases"), ("pre_releases", "pre_releases")] {
                assert!(at(&item[field]) <= at(&package[most]), "{path} has lived through more than there was");
            }
            assert!(at(&item["days"]) <= at(&all[0]["days"]) || at(&all[0]["releases"]) == 0, "{path}");
            // The release that takes something away changes it, and is none of those that it lived through.
            let taken = list(&item["marks"]).iter().filter(|mark| mark["what"] == "gone").count() as u64;
            let changed = at(&item["grew"]) + at(&item["broke"]);
            assert!(changed < at(&item["releases"]).max(1) + taken, "{path} {item:#}");
            for (field, past) in [("broke", "last_broke"), ("grew", "last_changed")] {
                assert!(at(&item[field]) == 0 || item[past].is_object(), "{path} {item:#}");
                if item[past].is_object() {
                    assert!(at(&item[past]["releases_ago"]) < at(&package["releases"]), "{path}");
                    assert!(place(&item[past]["revision"]) > place(&item["since"]["revision"]), "{path}");
                }
            }
            let order: Vec<usize> = list(&item["marks"]).iter().map(|mark| place(&mark["revision"])).collect();
            assert!(order.is_sorted(), "{path} {order:?}");
            items += 1;
        }
    }
    assert!(items > 1, "{report:#}");
}

#[test]
fn every_change_that_log_tells_is_counted_once() {
    let wasi = Scratch::wasi();
    for (arguments, code) in [
        (&["--all-features"][..], 3),
        (&["v0.2.5..v0.2.12", "--protect", "all"], 0),
        (&["--package", "wasi:cli", "--package", "wasi:clocks"], 0),
    ] {
        let report = wasi.json(code, arguments);
        let told = told(&wasi, arguments);
        assert_eq!(counted(&report), told, "{arguments:?}");
        assert!(told.values().flatten().sum::<u64>() > 50, "{arguments:?} {told:?}");
        agrees(&report);
    }
}

#[test]
fn the_same_holds_of_packages_that_come_and_go() {
    let scratch = histories::come_and_go();
    for arguments in [&[][..], &["--commits"], &["v1.1.0.."], &["--protect", "hosts"]] {
        let report = scratch.json(0, arguments);
        let told = told(&scratch, arguments);
        assert_eq!(counted(&report), told, "{arguments:?}");
        agrees(&report);
    }
}

#[test]
fn the_same_every_time() {
    let wasi = Scratch::wasi();
    let output = ["markdown=a.md", "json=a.json", "html=a.html"].map(|file| ["--output", file]).concat();
    let arguments = [&["--items", "types", "--verbose"], &output[..]].concat();
    let told = || {
        let text = wasi.stability(&arguments).code(3).stdout;
        [text, wasi.read("a.md"), wasi.read("a.json"), wasi.read("a.html")]
    };
    let once = told();
    assert!(once.iter().all(|text| text.len() > 1000));
    assert_eq!(once, told());
}
