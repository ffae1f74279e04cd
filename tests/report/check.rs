//! What `check` says.

use super::*;
use wit_diff::error::{Error, ErrorKind, Side};
use wit_diff::verdict::Level;
use wit_diff::version::{VersionVerdict, required, verdict};

fn passes(mut package: PackageReport) -> PackageReport {
    package.check = Some(PackageCheck { passed: true, ..PackageCheck::default() });
    package
}

fn fails(mut package: PackageReport, reason: CheckReason) -> PackageReport {
    package.check = Some(PackageCheck { reasons: vec![reason], ..PackageCheck::default() });
    package
}

/// Its version, held against a release.
fn since(mut package: PackageReport, tag: &str, version: &str, level: Level) -> PackageReport {
    let declared = package.new_version.as_ref().unwrap().parse().unwrap();
    let released = version.parse().unwrap();
    package.version = VersionReport {
        required: Some(required(&released, level).to_string()),
        declared: package.new_version.clone(),
        verdict: verdict(Some(&released), Some(&declared), level),
        released: Some(ReleasedReport { tag: tag.into(), version: version.into(), level }),
    };
    package
}

fn base() -> Inputs {
    let how = "the merge base with `origin/main`, the base of the pull request that GitHub Actions runs for";
    Inputs { old: source("main...HEAD", Some("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"), Some(how)), ..inputs() }
}

fn checked(inputs: &Inputs, packages: Vec<PackageReport>, allow: Option<Level>) -> Report {
    let passed = packages.iter().all(|package| package.check.as_ref().is_some_and(|check| check.passed));
    Report { check: Some(CheckReport { passed, allow, ..CheckReport::default() }), ..of_packages(inputs, packages) }
}

fn failing() -> Report {
    let base = InputReport::from(&source("http-v0.2.9", Some("c0ffee1be7a1b5c4d8e9f0a1b2c3d4e5f6a7b8c9"), None));
    let covered = since(package("wasi:cli", "0.3.0", "0.3.0", "major"), "v0.2.9", "0.2.9", Level::Major);
    assert_eq!(covered.version.verdict, VersionVerdict::Sufficient);
    let low = since(package("wasi:http", "0.2.10", "0.2.10", "minor"), "http-v0.2.9", "0.2.9", Level::Major);
    assert_eq!(low.version.verdict, VersionVerdict::Insufficient);
    let packages = vec![
        passes(package("wasi:random", "0.2.0", "0.2.0", "")),
        passes(covered),
        fails(PackageReport { base: Some(base), ..low }, CheckReason::InsufficientVersion),
        fails(package("wasi:clocks", "0.2.0", "0.2.0", "minor"), CheckReason::UnchangedVersion),
        fails(package("wasi:io", "0.2.3", "0.2.1", "patch"), CheckReason::WentBackwards),
        fails(package("wasi:config", "", "", "major"), CheckReason::BreaksUnversioned),
        fails(one_sided("wasi:logging", "0.1.0", false), CheckReason::RemovedUnannounced),
        fails(package("wasi:nn", "0.2.0", "0.3.0", "major"), CheckReason::OverAllowed),
        passes(one_sided("wasi:keyvalue", "0.2.0", true)),
    ];
    checked(&super::check::base(), packages, Some(Level::Minor))
}

#[test]
fn every_reason_says_what_to_do() {
    let report = failing();
    is_golden("check-failed.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));
    let text = to_text(&report, &TextOptions::default());
    assert_eq!(text.lines().last(), Some("check failed: 6 of 9 packages"));
    assert_eq!(text.lines().filter(|line| line.starts_with("fails: ")).count(), 6);
}

#[test]
fn the_json_of_a_check() {
    let mut report = failing();
    report.packages.retain(|package| ["wasi:http", "wasi:random"].contains(&package.name.as_str()));
    is_golden("check-failed.json", &to_json(&report));
}

#[test]
fn what_passes_says_why() {
    let covered = since(package("wasi:cli", "0.3.0", "0.3.0", "major"), "v0.2.9", "0.2.9", Level::Major);
    let done = since(package("wasi:random", "0.2.9", "0.2.9", ""), "v0.2.9", "0.2.9", Level::None);
    let before = package("wasi:io", "0.2.9", "0.2.10", "minor");
    let unversioned = package("wasi:config", "", "", "minor");
    let packages = vec![passes(covered), passes(done), passes(before), passes(unversioned)];
    let report = checked(&base(), packages, Some(Level::Major));
    is_golden("check-passed.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));
}

/// The last line of a report on these packages.
fn outcome(packages: Vec<PackageReport>, allow: Option<Level>) -> String {
    let report = checked(&inputs(), packages, allow);
    to_text(&report, &TextOptions { width: 200, ..TextOptions::default() }).lines().last().unwrap().to_string()
}

#[test]
fn the_last_line_is_the_outcome() {
    let same = || passes(package("a:a", "1.0.0", "1.0.0", ""));
    let covered = |name| passes(package(name, "1.0.0", "2.0.0", "major"));
    let unversioned = |name| passes(package(name, "", "", "minor"));
    let over = || fails(package("a:b", "1.0.0", "2.0.0", "major"), CheckReason::OverAllowed);
    for (packages, allow, expected) in [
        (vec![same()], None, "check passed: nothing changed"),
        (vec![same(), same()], None, "check passed: nothing changed in 2 packages"),
        (vec![covered("a:b")], None, "check passed: the declared version covers what changed"),
        (
            vec![covered("a:b"), covered("a:c"), same()],
            Some(Level::Major),
            "check passed: 2 of 3 packages changed, the declared versions cover what changed",
        ),
        (
            vec![passes(package("a:b", "1.0.0", "1.1.0", "minor"))],
            Some(Level::Minor),
            "check passed: the declared version covers what changed; nothing is above the allowed minor",
        ),
        (vec![unversioned("a:b")], None, "check passed: nothing breaks"),
        (
            vec![unversioned("a:b"), covered("a:c")],
            None,
            "check passed: 2 of 2 packages changed, the declared version covers what changed; 1 declares no version, and \
             nothing in it breaks",
        ),
        (vec![over()], Some(Level::Minor), "check failed: a:b"),
        (vec![over(), same()], Some(Level::Minor), "check failed: 1 of 2 packages"),
        (Vec::new(), None, "check failed: nothing was compared"),
    ] {
        assert_eq!(outcome(packages, allow), expected);
    }
}

#[test]
fn what_was_not_judged_has_not_passed() {
    let failure = Failure { side: Side::New, error: Error::new(ErrorKind::Invalid, "expected `;`") };
    let broken = only(of_failure_among(&inputs(), &[failure], &[("a:c".into(), "1.0.0".parse().ok())], true));
    let over = fails(package("a:b", "1.0.0", "2.0.0", "major"), CheckReason::OverAllowed);
    let same = passes(package("a:a", "1.0.0", "1.0.0", ""));
    let report = checked(&inputs(), vec![same.clone(), broken.clone()], None);
    is_golden("check-undetermined.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));
    assert_eq!(
        outcome(vec![over, broken.clone(), same], Some(Level::Minor)),
        "check failed: 1 of 3 packages, and 1 could not be judged"
    );
    assert_eq!(outcome(vec![broken], None), "check undetermined: a:c could not be judged");
}

#[test]
fn what_an_older_release_holds_breaks_too() {
    let mut package = package("a:b", "1.2.0", "1.3.0", "major");
    let old = InputReport::from(&source("v1.1.0", Some("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"), None));
    package.base = Some(InputReport::from(&source("v1.2.0", Some("c0ffee1be7a1b5c4d8e9f0a1b2c3d4e5f6a7b8c9"), None)));
    package.changes[0].since = Some(old);
    let report = checked(&base(), vec![fails(package, CheckReason::InsufficientVersion)], None);
    is_golden("older-release.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));
}
