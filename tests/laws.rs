//! What must hold of any pair: on every case, and on neighbouring versions of real packages.

#[path = "support/pairs.rs"]
mod pairs;
#[path = "support/shuffle.rs"]
mod shuffle;

use pairs::Pair;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{ItemStatus, PackageStatus, Report, Status, to_json};
use wit_diff::revision;
use wit_diff::surface::Features;
use wit_diff::verdict::{Level, Verdict};
use wit_diff::version::{self, VersionVerdict};

fn all() -> Vec<Pair> {
    let mut all: Vec<Pair> = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/")).collect();
    let corpus = pairs::corpora().into_iter().next().expect("the corpus in testdata");
    all.extend(pairs::neighbours(&corpus));
    all
}

fn compare(old: &Path, new: &Path, all_features: bool) -> Report {
    let options = Options { features: Features { all: all_features, ..Features::default() }, ..Options::default() };
    let report = pipeline::run(&old.to_string_lossy(), &new.to_string_lossy(), &options);
    assert_eq!(report.status, Status::Complete, "{}: {:?}", old.display(), report.errors);
    report
}

#[test]
fn equal_sides_report_nothing() {
    for pair in all() {
        for side in [&pair.old, &pair.new] {
            let report = compare(side, side, false);
            assert_eq!(report.level, Level::None, "{}", pair.name);
            for package in &report.packages {
                assert_eq!(package.status, PackageStatus::Unchanged, "{}", pair.name);
                assert!(package.changes.is_empty(), "{}: {:?}", pair.name, package.changes);
                assert!(package.interfaces.iter().all(|i| i.status == ItemStatus::Unchanged), "{}", pair.name);
                assert!(package.worlds.iter().all(|w| w.status == ItemStatus::Unchanged), "{}", pair.name);
            }
        }
    }
}

#[test]
fn swapped_sides_mirror() {
    for pair in all() {
        let (there, back) = (compare(&pair.old, &pair.new, false), compare(&pair.new, &pair.old, false));
        assert_eq!(there.packages.len(), back.packages.len(), "{}", pair.name);
        for (there, back) in there.packages.iter().zip(&back.packages) {
            let paths = |package: &wit_diff::report::PackageReport, suffix: &str| -> BTreeSet<(String, String)> {
                (package.changes.iter())
                    .filter_map(|c| Some((c.path.clone(), c.rule.strip_suffix(suffix)?.to_string())))
                    .filter(|(_, rule)| !rule.starts_with("since"))
                    .collect()
            };
            // A dependency's change may be felt in one direction only, so only the package itself is held to it.
            let own = |paths: BTreeSet<(String, String)>| -> BTreeSet<(String, String)> {
                paths.into_iter().filter(|(path, _)| path.starts_with(&there.name)).collect()
            };
            assert_eq!(own(paths(there, "-added")), own(paths(back, "-removed")), "{}", pair.name);
            assert_eq!(own(paths(there, "-removed")), own(paths(back, "-added")), "{}", pair.name);
            let behind = |package| (paths(package, "-stabilised"), paths(package, "-made-unstable"));
            let ((out, into), (back_out, back_into)) = (behind(there), behind(back));
            assert_eq!((out, into), (back_into, back_out), "{}", pair.name);
            for (w, v) in there.worlds.iter().zip(&back.worlds) {
                let lone = [ItemStatus::Added, ItemStatus::Removed];
                if !lone.contains(&w.status) {
                    assert_eq!(
                        (w.link.guests, w.link.hosts),
                        (v.link.hosts, v.link.guests),
                        "{} {}",
                        pair.name,
                        w.name
                    );
                }
            }
        }
    }
}

#[test]
fn two_runs_are_byte_equal() {
    for pair in all() {
        let run = || to_json(&compare(&pair.old, &pair.new, false));
        assert_eq!(run(), run(), "{}", pair.name);
    }
}

#[test]
fn the_suggested_version_verifies() {
    let mut suggested = 0;
    for pair in all() {
        for package in compare(&pair.old, &pair.new, false).packages {
            let (Some(old), Some(required), Some(level)) =
                (package.old_version, package.version.required, package.level)
            else {
                continue;
            };
            let (old, required) = (old.parse().unwrap(), required.parse().unwrap());
            let verdict = version::verdict(Some(&old), Some(&required), level);
            assert!(
                matches!(verdict, VersionVerdict::Sufficient | VersionVerdict::PreRelease),
                "{}: {required} after {old} is {verdict:?}",
                pair.name
            );
            suggested += 1;
        }
    }
    assert!(suggested > 200, "only {suggested} versions were suggested");
}

#[test]
fn shuffled_declarations_change_nothing() {
    let mut shuffled = 0;
    for pair in all() {
        let (Ok(old), Ok(new)) = (fs::read_to_string(&pair.old), fs::read_to_string(&pair.new)) else { continue };
        let source = |text: &str| revision::from_text("a.wit", text);
        let run = |old: &str, new: &str| pipeline::run_sources(source(old), source(new), &Options::default());
        let plain = run(&old, &new);
        let turned = run(&old, &shuffle::reversed(&new));
        assert_eq!(turned.status, Status::Complete, "{}: {:?}\n{}", pair.name, turned.errors, shuffle::reversed(&new));
        assert_eq!(without_places(&plain), without_places(&turned), "{}", pair.name);
        let itself = run(&new, &shuffle::reversed(&new));
        assert_eq!(itself.level, Level::None, "{}: {}", pair.name, to_json(&itself));
        shuffled += 1;
    }
    assert!(shuffled > 150, "only {shuffled} cases were shuffled");
}

#[test]
fn what_breaks_is_said() {
    for pair in all() {
        for all_features in [false, true] {
            for package in compare(&pair.old, &pair.new, all_features).packages {
                let most = package.changes.iter().map(|change| change.level).max().unwrap_or_default();
                assert_eq!(Some(most), package.level, "{}: no change explains the level", pair.name);
                let breaks = |guests: Verdict, hosts: Verdict| guests.is_breaking() || hosts.is_breaking();
                let broken = (package.worlds.iter().any(|w| breaks(w.link.guests, w.link.hosts)))
                    || package.interfaces.iter().any(|i| breaks(i.link.consumers, i.link.providers));
                assert!(!broken || !package.changes.is_empty(), "{}: a break without a change", pair.name);
            }
        }
    }
}

/// The report without lines and columns, which do move.
fn without_places(report: &Report) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    if ["old", "new", "container", "place"].contains(&key.as_str()) && value.get("line").is_some() {
                        *value = Value::Bool(true);
                    } else {
                        strip(value);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = serde_json::to_value(report).unwrap();
    strip(&mut value);
    value
}
