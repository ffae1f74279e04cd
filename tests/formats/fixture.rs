//! The reports that every format is tried on.

use std::env;
use std::fs;
use std::path::PathBuf;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::*;
use wit_diff::revision;
use wit_diff::verdict::Level;
use wit_diff::version::VersionVerdict;

/// The directories of `testdata/formats`.
pub const NAMES: [&str; 6] = ["breaking", "compatible", "hostile", "several", "unchanged", "undetermined"];

/// Files named so beside them belong to no format of their own.
const SIDES: [&str; 2] = ["old", "new"];

pub fn directory(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/formats").join(name)
}

/// The report on one of them, as if it was found at `wit` in a repository on GitHub.
pub fn report(name: &str) -> Report {
    let options = Options {
        revision: revision::Options { working_directory: Some(directory(name)), ..revision::Options::default() },
        ..Options::default()
    };
    let mut report = pipeline::run("old", "new", &options);
    let commits = [&mut report.old, &mut report.new].into_iter().zip(['0', 'f']);
    for (input, digit) in commits {
        let commit = String::from(digit).repeat(40);
        input.root = Some("wit".into());
        input.address = Some(format!("https://github.com/acme/wit/blob/{commit}"));
        input.commit = Some(commit);
    }
    report
}

/// Every report, by name.
pub fn all() -> impl Iterator<Item = (&'static str, Report)> {
    NAMES.into_iter().map(|name| (name, report(name)))
}

/// A report with so many changes in a hundred interfaces, of which every other one breaks.
pub fn many(changes: usize) -> Report {
    let mut report = report("breaking");
    let package = &mut report.packages[0];
    let one = package.changes.iter().find(|change| change.level == Level::Major).unwrap().clone();
    package.changes = (0..changes)
        .map(|at| ChangeReport {
            path: format!("acme:files/i{}#f{at}", at % 100),
            fingerprint: format!("{at:016x}"),
            level: if at % 2 == 0 { Level::Minor } else { Level::Major },
            message: format!("function `f{at}` changed"),
            // Few reach far: what is made here costs time, too.
            reach: (0..if at < 200 { 120 } else { 3 }).map(|item| format!("acme:files/w{item}")).collect(),
            ..one.clone()
        })
        .collect();
    report
}

/// The report `breaking` with a version that announces all of it, and a rule that is denied.
pub fn denying(rule: &str) -> Report {
    let mut report = report("breaking");
    let package = &mut report.packages[0];
    package.version.verdict = VersionVerdict::Sufficient;
    let count = package.changes.iter().filter(|change| change.rule == rule).count();
    assert!(count > 0);
    let denied = [(rule.to_owned(), count)].into();
    package.check =
        Some(PackageCheck { passed: false, reasons: vec![CheckReason::RuleDenied], denied, ..PackageCheck::default() });
    report.check = Some(CheckReport { passed: false, deny: [rule.to_owned()].into(), ..CheckReport::default() });
    report
}

/// A schema of `testdata/schemas`.
pub fn schema(file: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/schemas").join(file)).unwrap()
}

/// Fails unless `testdata/formats/NAME/FILE` says the same.
#[track_caller]
pub fn is_golden(name: &str, file: &str, found: &str) {
    let golden = directory(name).join(file);
    if env::var_os("BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
        fs::write(&golden, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(expected.as_str(), found);
    assert!(expected == found, "{name}/{file} differs (BLESS=1 rewrites it):\n{}", difference.unified_diff());
}

#[test]
fn the_reports_are_what_their_names_say() {
    let level = |name| (report(name).status, report(name).level);
    assert_eq!(level("breaking"), (Status::Complete, Level::Major));
    assert_eq!(level("compatible"), (Status::Complete, Level::Minor));
    assert_eq!(level("hostile"), (Status::Complete, Level::Major));
    assert_eq!(level("several"), (Status::Complete, Level::Major));
    assert_eq!(level("unchanged"), (Status::Complete, Level::None));
    assert_eq!(level("undetermined"), (Status::Undetermined, Level::None));
    assert_eq!(report("several").packages.len(), 3);
    for name in NAMES {
        for side in SIDES {
            assert!(directory(name).join(side).is_dir(), "{name}/{side}");
        }
    }
}
