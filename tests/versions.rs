//! SEMANTICS 6, row by row: the required version, the verdict on the declared one, and the one that comes next.

use semver::Version;
use std::collections::BTreeSet;
use wit_diff::verdict::Level;
use wit_diff::version::{NoNext, Series, Standing, Step, VersionVerdict, next, required, track, verdict};

const LEVELS: [Level; 4] = [Level::None, Level::Patch, Level::Minor, Level::Major];

fn version(text: &str) -> Version {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn step(text: &str) -> Step {
    match text {
        "bump" => Step::Sufficient,
        "release" => Step::Release,
        series => Step::PreRelease(series.parse().unwrap()),
    }
}

/// The next version, or why there is none; `-` is a package that was never released.
fn after(old: &str, declared: &str, level: Level, step: &Step, taken: &[&str]) -> Result<String, NoNext> {
    let old = (old != "-").then(|| version(old));
    let (declared, taken) = (version(declared), taken.iter().map(|text| version(text)).collect());
    let standing = Standing { old: old.as_ref(), declared: &declared, level, taken: &taken };
    next(&standing, step).map(|version| version.to_string())
}

#[test]
fn every_row_crossed_with_every_level() {
    // old, and what none, patch, minor and major require.
    for (old, rows) in [
        ("1.2.3", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        ("10.0.0", ["10.0.0", "10.0.1", "10.1.0", "11.0.0"]),
        ("0.2.3", ["0.2.3", "0.2.4", "0.2.4", "0.3.0"]),
        ("0.0.3", ["0.0.3", "0.0.4", "0.0.4", "0.0.4"]),
        ("0.0.0", ["0.0.0", "0.0.1", "0.0.1", "0.0.1"]),
        ("1.2.0-rc.2", ["1.2.0-rc.2", "1.2.0-rc.3", "1.2.0-rc.3", "1.2.0-rc.3"]),
        ("0.2.0-rc.9", ["0.2.0-rc.9", "0.2.0-rc.10", "0.2.0-rc.10", "0.2.0-rc.10"]),
        ("0.0.3-alpha", ["0.0.3-alpha", "0.0.3-alpha.1", "0.0.3-alpha.1", "0.0.3-alpha.1"]),
        (
            "0.3.0-rc-2026-02-09",
            ["0.3.0-rc-2026-02-09", "0.3.0-rc-2026-02-09.1", "0.3.0-rc-2026-02-09.1", "0.3.0-rc-2026-02-09.1"],
        ),
        ("1.2.3+build.5", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        ("0.2.3+b", ["0.2.3", "0.2.4", "0.2.4", "0.3.0"]),
        ("1.2.0-rc.2+b", ["1.2.0-rc.2", "1.2.0-rc.3", "1.2.0-rc.3", "1.2.0-rc.3"]),
    ] {
        for (level, expected) in LEVELS.into_iter().zip(rows) {
            assert_eq!(required(&version(old), level).to_string(), expected, "{old}, {level:?}");
        }
    }
}

#[test]
fn what_a_declared_version_is_worth() {
    use VersionVerdict::{Insufficient, PreRelease, Sufficient, UnchangedVersion, WentBackwards};
    // old, declared, and what it is worth after none, patch, minor and major.
    for (old, declared, worth) in [
        ("1.2.3", "1.2.3", [Sufficient, UnchangedVersion, UnchangedVersion, UnchangedVersion]),
        ("1.2.3", "1.2.3+new.build", [Sufficient, UnchangedVersion, UnchangedVersion, UnchangedVersion]),
        ("1.2.3+a", "1.2.4+b", [Sufficient, Sufficient, Insufficient, Insufficient]),
        ("1.2.3", "1.2.4", [Sufficient, Sufficient, Insufficient, Insufficient]),
        ("1.2.3", "1.9.0", [Sufficient, Sufficient, Sufficient, Insufficient]),
        ("1.2.3", "2.0.0", [Sufficient; 4]),
        ("1.2.3", "7.0.0", [Sufficient; 4]),
        ("1.2.3", "1.2.2", [WentBackwards; 4]),
        ("1.2.3", "0.9.0", [WentBackwards; 4]),
        ("1.2.3", "1.2.3-rc.1", [WentBackwards; 4]),
        ("1.2.3", "1.2.4-rc.1", [Sufficient, Sufficient, Insufficient, Insufficient]),
        ("1.2.3", "1.3.0-rc.1", [Sufficient, Sufficient, Sufficient, Insufficient]),
        ("1.2.3", "2.0.0-rc.1", [Sufficient; 4]),
        ("0.2.3", "0.2.4", [Sufficient, Sufficient, Sufficient, Insufficient]),
        ("0.2.3", "0.3.0", [Sufficient; 4]),
        ("0.2.3", "1.0.0", [Sufficient; 4]),
        ("0.0.3", "0.0.4", [Sufficient; 4]),
        ("0.0.3", "0.1.0", [Sufficient; 4]),
        ("0.0.3", "0.0.2", [WentBackwards; 4]),
        ("1.2.0-rc.2", "1.2.0-rc.2", [Sufficient, UnchangedVersion, UnchangedVersion, UnchangedVersion]),
        ("1.2.0-rc.2", "1.2.0-rc.3", [PreRelease; 4]),
        ("1.2.0-rc.2", "1.2.0-rc.1", [WentBackwards; 4]),
        ("1.2.0-rc.2", "1.2.0", [Sufficient; 4]),
        ("1.2.0-rc.2", "1.1.9", [WentBackwards; 4]),
        ("1.2.0-rc.2", "1.3.0-rc.1", [Sufficient; 4]),
        ("0.3.0-rc-2026-02-09", "0.3.0-rc-2026-03-15", [PreRelease; 4]),
        ("0.3.0-rc-2026-03-15", "0.3.0-rc-2026-02-09", [WentBackwards; 4]),
        ("0.3.0-rc-2026-03-15", "0.3.0", [Sufficient; 4]),
        ("0.3.0", "0.3.0-rc-2026-03-15", [WentBackwards; 4]),
    ] {
        for (level, expected) in LEVELS.into_iter().zip(worth) {
            let found = verdict(Some(&version(old)), Some(&version(declared)), level);
            assert_eq!(found, expected, "{old} to {declared}, {level:?}");
        }
    }
    for level in LEVELS {
        let some = version("1.0.0");
        for (old, new) in [(None, None), (None, Some(&some)), (Some(&some), None)] {
            assert_eq!(verdict(old, new, level), VersionVerdict::Unversioned);
        }
    }
}

#[test]
fn what_comes_next() {
    // old, declared, step, and what comes next after none, patch, minor and major.
    for (old, declared, how, expected) in [
        // The least that is sufficient, and a sufficient one is left alone.
        ("1.2.3", "1.2.3", "bump", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        ("1.2.3", "1.2.4", "bump", ["1.2.4", "1.2.4", "1.3.0", "2.0.0"]),
        ("1.2.3", "3.0.0", "bump", ["3.0.0", "3.0.0", "3.0.0", "3.0.0"]),
        ("0.2.3", "0.2.3", "bump", ["0.2.3", "0.2.4", "0.2.4", "0.3.0"]),
        ("0.0.3", "0.0.3", "bump", ["0.0.3", "0.0.4", "0.0.4", "0.0.4"]),
        ("0.0.3", "0.0.9", "bump", ["0.0.9", "0.0.9", "0.0.9", "0.0.9"]),
        // Build metadata promises nothing, and stays where nothing moves.
        ("1.2.3+a", "1.2.3+b", "bump", ["1.2.3+b", "1.2.4", "1.3.0", "2.0.0"]),
        ("1.2.3", "1.2.4+b", "bump", ["1.2.4+b", "1.2.4+b", "1.3.0", "2.0.0"]),
        // Whoever works towards a release goes on to.
        ("1.2.3", "1.2.4-rc.5", "bump", ["1.2.4-rc.5", "1.2.4-rc.5", "1.3.0-rc.1", "2.0.0-rc.1"]),
        ("1.2.3", "1.2.4-draft", "bump", ["1.2.4-draft", "1.2.4-draft", "1.3.0-draft", "2.0.0-draft"]),
        ("1.2.0-rc.2", "1.2.0-rc.2", "bump", ["1.2.0-rc.2", "1.2.0-rc.3", "1.2.0-rc.3", "1.2.0-rc.3"]),
        ("1.2.0-rc.2", "1.2.0", "bump", ["1.2.0", "1.2.0", "1.2.0", "1.2.0"]),
        (
            "0.3.0-rc-2026-02-09",
            "0.3.0-rc-2026-02-09",
            "bump",
            ["0.3.0-rc-2026-02-09", "0.3.0-rc-2026-02-09.1", "0.3.0-rc-2026-02-09.1", "0.3.0-rc-2026-02-09.1"],
        ),
        // Downgrades.
        ("1.2.3", "1.2.1", "bump", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        ("1.2.3", "1.2.3-rc.1", "bump", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        // The first release.
        ("-", "0.1.0", "bump", ["0.1.0"; 4]),
        ("-", "1.0.0", "rc", ["1.0.0-rc.1"; 4]),
        ("-", "1.0.0-rc.4", "rc", ["1.0.0-rc.4"; 4]),
        ("-", "1.0.0-rc.4", "release", ["1.0.0"; 4]),
        // A series starts.
        ("1.2.3", "1.2.3", "rc", ["1.2.3", "1.2.4-rc.1", "1.3.0-rc.1", "2.0.0-rc.1"]),
        ("1.2.3", "1.4.0", "rc", ["1.4.0", "1.4.0-rc.1", "1.4.0-rc.1", "2.0.0-rc.1"]),
        ("0.2.3", "0.2.3", "alpha", ["0.2.3", "0.2.4-alpha.1", "0.2.4-alpha.1", "0.3.0-alpha.1"]),
        ("0.0.3", "0.0.3", "rc", ["0.0.3", "0.0.4-rc.1", "0.0.4-rc.1", "0.0.4-rc.1"]),
        (
            "0.2.3",
            "0.2.3",
            "rc-2026-03-15",
            ["0.2.3", "0.2.4-rc-2026-03-15", "0.2.4-rc-2026-03-15", "0.3.0-rc-2026-03-15"],
        ),
        // It goes on: one that nobody has released yet stays, however much changes before it is.
        ("1.2.3", "1.3.0-rc.1", "rc", ["1.3.0-rc.1", "1.3.0-rc.1", "1.3.0-rc.1", "2.0.0-rc.1"]),
        ("1.3.0-rc.1", "1.3.0-rc.1", "rc", ["1.3.0-rc.1", "1.3.0-rc.2", "1.3.0-rc.2", "1.3.0-rc.2"]),
        ("1.3.0-rc.3", "1.3.0-rc.1", "rc", ["1.3.0-rc.3", "1.3.0-rc.4", "1.3.0-rc.4", "1.3.0-rc.4"]),
        (
            "0.3.0-rc-2026-02-09",
            "0.3.0-rc-2026-02-09",
            "rc-2026-03-15",
            ["0.3.0-rc-2026-02-09", "0.3.0-rc-2026-03-15", "0.3.0-rc-2026-03-15", "0.3.0-rc-2026-03-15"],
        ),
        // Another one follows.
        ("1.3.0-beta.4", "1.3.0-beta.4", "rc", ["1.3.0-beta.4", "1.3.0-rc.1", "1.3.0-rc.1", "1.3.0-rc.1"]),
        ("1.2.3", "1.3.0-beta.4", "rc", ["1.3.0-beta.4", "1.3.0-rc.1", "1.3.0-rc.1", "2.0.0-rc.1"]),
        // It ends.
        ("1.2.3", "1.3.0-rc.2", "release", ["1.3.0", "1.3.0", "1.3.0", "2.0.0"]),
        ("1.3.0-rc.2", "1.3.0-rc.2", "release", ["1.3.0"; 4]),
        ("0.3.0-rc-2026-03-15", "0.3.0-rc-2026-03-15", "release", ["0.3.0"; 4]),
        ("1.2.3", "1.2.3", "release", ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]),
        ("0.0.3", "0.0.4-rc.1", "release", ["0.0.4"; 4]),
    ] {
        for (level, expected) in LEVELS.into_iter().zip(expected) {
            let found = after(old, declared, level, &step(how), &[]);
            assert_eq!(found.as_deref(), Ok(expected), "{old}, {declared}, {how}, {level:?}");
        }
    }
}

#[test]
fn what_others_have_taken_is_left_to_them() {
    for (old, declared, level, how, taken, expected) in [
        ("0.2.3", "0.2.4", Level::Minor, "bump", &["0.2.4"][..], "0.2.5"),
        ("0.2.3", "0.2.3", Level::Minor, "bump", &["0.2.4", "0.2.5"], "0.2.6"),
        ("0.2.3", "0.2.4", Level::Major, "bump", &["0.2.4", "0.3.0"], "0.4.0"),
        ("1.2.3", "1.2.3", Level::Minor, "bump", &["1.3.0+b"], "1.4.0"),
        ("1.2.3", "1.2.3", Level::Patch, "bump", &["1.3.0"], "1.2.4"),
        // What is released beyond it lacks what is new.
        ("0.2.3", "0.2.3", Level::Minor, "bump", &["0.2.5", "0.2.12"], "0.2.13"),
        ("0.2.3", "0.2.3", Level::Patch, "bump", &["0.2.5"], "0.2.4"),
        ("1.2.3", "1.2.3", Level::Minor, "bump", &["1.4.0", "2.0.0"], "1.5.0"),
        ("1.2.3", "1.2.3", Level::Major, "bump", &["2.0.0", "2.3.0"], "3.0.0"),
        ("0.2.3", "0.2.3", Level::Major, "bump", &["0.3.0-rc.1"], "0.3.0"),
        ("1.2.3", "1.3.0-rc.1", Level::Minor, "rc", &["1.3.0-rc.1", "1.3.0-rc.2"], "1.3.0-rc.3"),
        ("1.2.3", "1.3.0-rc.1", Level::None, "rc", &["1.3.0-rc.1"], "1.3.0-rc.2"),
        ("1.2.3", "1.3.0-rc.2", Level::Minor, "release", &["1.3.0-rc.2", "1.3.0"], "1.4.0"),
        ("-", "0.1.0", Level::None, "bump", &["0.1.0"], "0.1.1"),
    ] {
        let found = after(old, declared, level, &step(how), taken);
        assert_eq!(found.as_deref(), Ok(expected), "{old}, {declared}, {how}, {taken:?}");
    }
}

#[test]
fn what_has_no_next_version() {
    let backwards = after("1.2.0-rc.2", "1.2.0-rc.2", Level::Minor, &step("beta"), &[]);
    let (old, first) = (version("1.2.0-rc.2"), version("1.2.0-beta.1"));
    assert_eq!(backwards, Err(NoNext::SeriesGoesBackwards { old, first }));
    let dated = after("0.3.0-rc-2026-03-15", "0.3.0-rc-2026-03-15", Level::Patch, &step("rc-2026-02-09"), &[]);
    assert!(matches!(dated, Err(NoNext::SeriesGoesBackwards { .. })), "{dated:?}");
    let last = format!("{0}.{0}.{0}", u64::MAX);
    let end = after(&last, &last, Level::Patch, &step("bump"), &[&last]);
    assert_eq!(end, Err(NoNext::Exhausted(version(&last))));
    for series in ["", "rc 1", "rc..1", "rç", "rc+1", "01.", "-.."] {
        assert!(series.parse::<Series>().is_err(), "{series}");
    }
}

/// Versions as packages have them, and some that are only there to go wrong.
const VERSIONS: [&str; 16] = [
    "0.0.0",
    "0.0.3",
    "0.0.4-rc.1",
    "0.2.3",
    "0.2.4",
    "0.2.4-rc.1",
    "0.3.0-rc-2026-02-09",
    "0.3.0-rc-2026-03-15",
    "0.3.0",
    "1.2.3",
    "1.2.3+b",
    "1.3.0-beta.2",
    "1.3.0-rc.1",
    "1.3.0-rc.2",
    "1.3.0",
    "2.0.0",
];

#[test]
fn the_next_version_is_sufficient_and_stays() {
    let mut asked = 0;
    for old in VERSIONS.map(version) {
        for declared in VERSIONS.map(version) {
            for level in LEVELS {
                for how in ["bump", "release", "rc", "alpha", "rc-2026-06-01"].map(step) {
                    for taken in [vec![], vec![version("0.2.4"), version("1.3.0-rc.1"), version("1.3.0")]] {
                        let taken: BTreeSet<Version> = taken.into_iter().collect();
                        let standing = Standing { old: Some(&old), declared: &declared, level, taken: &taken };
                        let Ok(found) = next(&standing, &how) else { continue };
                        let says = format!("{old} to {declared}, {level:?}, {how:?}, {taken:?}: {found}");
                        let worth = verdict(Some(&old), Some(&found), level);
                        assert!(
                            matches!(worth, VersionVerdict::Sufficient | VersionVerdict::PreRelease),
                            "{says}: {worth:?}"
                        );
                        assert!(!taken.contains(&found), "{says}");
                        let again = Standing { declared: &found, ..standing };
                        assert_eq!(next(&again, &how).as_ref(), Ok(&found), "{says}");
                        assert!(how != Step::Release || found.pre.is_empty(), "{says}");
                        asked += 1;
                    }
                }
            }
        }
    }
    assert!(asked > 9_000, "{asked}");
}

#[test]
fn the_next_version_leaves_the_track_only_for_what_breaks() {
    for old in VERSIONS.map(version).into_iter().filter(|old| old.pre.is_empty() && old.minor + old.major > 0) {
        for level in LEVELS {
            let taken = BTreeSet::new();
            let standing = Standing { old: Some(&old), declared: &old, level, taken: &taken };
            let found = next(&standing, &Step::Sufficient).unwrap();
            let stays = track::exact(&found) == track::exact(&old);
            assert_eq!(stays, level < Level::Major, "{old}, {level:?}: {found}");
        }
    }
}
