//! What `wit-diff accept` says.

use super::accepted::short;
use super::escape::clean;
use super::weigh::failing;
use super::wire::*;
use crate::accepted::Acceptance;
use crate::version::track;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// So many changes are named where one is looked for in vain.
const NAMED: usize = 10;

/// The changes of a report that are meant by fingerprints, or by the beginnings of some; each once, sorted by path, rule and
/// fingerprint.
///
/// # Errors
/// Why somebody is asked to say it better: no change begins so, or several do.
pub fn meant<'a>(report: &'a Report, named: &[String]) -> Result<Vec<Meant<'a>>, String> {
    let changes = report.packages.iter().flat_map(|package| &package.changes);
    let known: BTreeMap<&str, &ChangeReport> = changes.map(|change| (change.fingerprint.as_str(), change)).collect();
    let mut found: BTreeMap<&str, &ChangeReport> = BTreeMap::new();
    for name in named {
        let alike: Vec<_> = known.iter().filter(|(fingerprint, _)| fingerprint.starts_with(name.as_str())).collect();
        match alike.as_slice() {
            [(fingerprint, change)] => found.insert(fingerprint, change),
            [] => return Err(unknown(report, name)),
            several => {
                let lines: Vec<String> = several.iter().map(|(_, change)| long(change)).collect();
                return Err(format!("`{}` begins several fingerprints:\n{}", clean(name), lines.join("\n")));
            }
        };
    }
    let is_named = |change: &ChangeReport| found.contains_key(change.fingerprint.as_str());
    let all = report.packages.iter().flat_map(|package| package.changes.iter().map(move |change| (package, change)));
    let all: Vec<_> = all.filter(|(_, change)| is_named(change)).collect();
    // One change may stand on several tracks: where one of them fails, that is the one.
    let fails = |package: &PackageReport| package.check.as_ref().is_some_and(|check| !check.passed);
    let failing: BTreeSet<&str> =
        all.iter().filter(|(package, _)| fails(package)).map(|(_, change)| change.fingerprint.as_str()).collect();
    let all =
        all.into_iter().filter(|(package, change)| fails(package) || !failing.contains(change.fingerprint.as_str()));
    let one = |(package, change): (&PackageReport, &'a ChangeReport)| {
        let declared = package.new_version.as_ref().and_then(|version| version.parse().ok());
        Meant { track: track(package, change), declared, change }
    };
    let mut meant: Vec<Meant<'a>> = all.map(one).collect();
    let key = |meant: &Meant<'_>| {
        let ChangeReport { path, rule, fingerprint, .. } = meant.change;
        (path.clone(), rule.clone(), fingerprint.clone(), meant.track.clone())
    };
    meant.sort_by_key(key);
    meant.dedup_by_key(|meant| key(meant));
    Ok(meant)
}

/// A change that is to be accepted.
pub struct Meant<'a> {
    /// Itself.
    pub change: &'a ChangeReport,
    /// The track that it stands on; `None` where no version says so.
    pub track: Option<String>,
    /// The version that its package declares.
    pub declared: Option<Version>,
}

fn track(package: &PackageReport, change: &ChangeReport) -> Option<String> {
    let version = || package.old_version.as_ref().or(package.new_version.as_ref())?.parse().ok();
    change.track.clone().or_else(|| Some(track::of(&Some(version()?))))
}

/// What is accepted now: how many changes, where that stands, and which they are.
pub fn accepted_to_text(entries: &[Acceptance], file: &str) -> String {
    let count = if entries.len() == 1 { "1 change is".to_owned() } else { format!("{} changes are", entries.len()) };
    lines(&format!("{count} accepted in {}", clean(file)), entries.iter())
}

/// What was taken away.
pub fn pruned_to_text(entries: &[&Acceptance], file: &str) -> String {
    match entries {
        [] => format!("nothing in {} is over\n", clean(file)),
        [_] => lines(&format!("1 entry is taken out of {}", clean(file)), entries.iter().copied()),
        all => lines(&format!("{} entries are taken out of {}", all.len(), clean(file)), entries.iter().copied()),
    }
}

fn lines<'a>(head: &str, entries: impl Iterator<Item = &'a Acceptance>) -> String {
    let line = |entry: &Acceptance| {
        format!("  {}  {} ({})\n", short(&entry.fingerprint), clean(&entry.path), clean(&entry.rule))
    };
    format!("{head}:\n{}", entries.map(line).collect::<String>())
}

/// That no change is called so, and which there are: those that fail first.
fn unknown(report: &Report, name: &str) -> String {
    let base = clean(&report.old.input);
    let failing = failing(report);
    let all = report.packages.iter().flat_map(|package| &package.changes);
    let mut told = BTreeSet::new();
    let known: Vec<&ChangeReport> =
        failing.into_iter().chain(all).filter(|change| told.insert(&change.fingerprint)).collect();
    let mut said = format!("no change since {base} has a fingerprint that begins with `{}`", clean(name));
    if known.is_empty() {
        return format!("{said}: nothing changed\nhint: name what you compare with, as for `check`: `--against BASE`");
    }
    said.push_str("; the changes are");
    for change in known.iter().take(NAMED) {
        said.push_str(&format!("\n{}", long(change)));
    }
    if known.len() > NAMED {
        said.push_str(&format!("\n  … and {} more: `wit-diff check --format json` has them all", known.len() - NAMED));
    }
    said + "\nhint: what was compared with something else, is found with that: `--against BASE`, as for `check`"
}

fn long(change: &ChangeReport) -> String {
    format!(
        "  {}  {} ({}, {})",
        clean(&change.fingerprint),
        clean(&change.path),
        clean(&change.rule),
        change.level.word()
    )
}
