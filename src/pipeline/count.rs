//! What a gate counts otherwise than the report does: changes that are accepted, and rules with levels of their own.

use super::Options;
use crate::accepted::{Acceptance, Acceptances};
use crate::report::{AcceptedReport, ChangeReport, PackageReport, PackageStatus, Report, StaleBecause, StaleReport};
use crate::revision::Target;
use crate::verdict::Level;
use crate::version::track;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// Declared versions by the names of packages, each with the tracks that the package is on.
type Versions = BTreeMap<String, Vec<(BTreeSet<String>, Version)>>;

/// What counts otherwise.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    /// What is accepted.
    pub accepted: Acceptances,
    /// The day on which that is asked, as `YYYY-MM-DD`.
    pub today: String,
    /// Levels by the ids of rules.
    pub levels: BTreeMap<&'static str, Level>,
    /// The same for packages of which something else is asked, by name.
    pub own: BTreeMap<String, BTreeMap<&'static str, Level>>,
}

/// The report with what counts otherwise, and with acceptances that are over or of no change. Its levels, and what versions
/// have to be, stay what they are.
///
/// `bases` are what it was compared with, unless that is a release: what a base accepts, too, was merged with its change.
pub fn count(mut report: Report, counting: &Counting, bases: &[Target], options: &Options) -> Report {
    let mut entries: BTreeMap<&str, Vec<&Acceptance>> = BTreeMap::new();
    for entry in &counting.accepted.entries {
        entries.entry(&entry.fingerprint).or_default().push(entry);
    }
    let versions = declared_versions(&report);
    let (mut found, mut expired) = (BTreeSet::new(), BTreeSet::new());
    for package in &mut report.packages {
        let tracks = tracks(package);
        let levels = counting.own.get(&package.name).unwrap_or(&counting.levels);
        for change in &mut package.changes {
            change.counts_as = counts_as(change, levels);
            change.accepted = None;
            // What is accepted where it comes from, is so for those who depend on that, too.
            let names = [Some(&change.fingerprint), change.origin.as_ref()].into_iter().flatten();
            for entry in names.filter_map(|name| entries.get(name.as_str())).flatten() {
                let stands_on = |track: &String| match &change.track {
                    Some(own) => own == track,
                    None => tracks.contains(track),
                };
                let is_meant = entry.rule == change.rule && entry.path == change.path;
                if !is_meant || !entry.track.as_ref().is_none_or(stands_on) {
                    continue;
                }
                found.insert(entry.line);
                match is_over(entry, counting, &versions) {
                    true => {
                        expired.insert(entry.line);
                    }
                    false => change.accepted = Some(accepted(entry)),
                }
            }
        }
    }
    let is_new = is_new(counting, bases, options);
    let stale = counting.accepted.entries.iter().filter_map(|entry| {
        let named = || report.packages.iter().filter(|package| package.name == entry.package());
        let is_judged = named().count() > 0 && named().all(|package| package.status != PackageStatus::Undetermined);
        let because = match () {
            () if expired.contains(&entry.line) || is_judged && is_over(entry, counting, &versions) => {
                StaleBecause::Expired
            }
            () if found.contains(&entry.line) || !is_judged || !is_new(entry) => return None,
            () => StaleBecause::Unmatched,
        };
        Some(stale(entry, because, &counting.accepted.shown))
    });
    report.stale = stale.collect();
    report
}

/// The level of a package that counts where a gate decides; `None` where it could not be judged.
pub(super) fn counted(package: &PackageReport) -> Option<Level> {
    let level = package.level?;
    if package.changes.iter().all(|change| change.counted() == change.level) {
        return Some(level);
    }
    // What no change of the package explains stays as it is.
    let explained = package.changes.iter().map(|change| change.level).max().unwrap_or_default();
    let beyond = if level > explained { level } else { Level::None };
    Some(package.changes.iter().map(ChangeReport::counted).max().unwrap_or_default().max(beyond))
}

/// The versions that packages declare, by name and tracks.
fn declared_versions(report: &Report) -> Versions {
    let mut versions = Versions::new();
    for package in &report.packages {
        if let Some(version) = parsed(&package.new_version) {
            versions.entry(package.name.clone()).or_default().push((tracks(package), version));
        }
    }
    versions
}

/// The tracks that a package is on, or was.
fn tracks(package: &PackageReport) -> BTreeSet<String> {
    let sides = [parsed(&package.old_version), parsed(&package.new_version)];
    sides.into_iter().flatten().map(|version| track::of(&Some(version))).collect()
}

fn parsed(version: &Option<String>) -> Option<Version> {
    version.as_deref()?.parse().ok()
}

/// Whether an entry has come to its end: of several tracks, the one that it is of says it.
fn is_over(entry: &Acceptance, counting: &Counting, versions: &Versions) -> bool {
    let own = versions.get(entry.package()).into_iter().flatten();
    let version = own.filter(|(tracks, _)| entry.track.as_ref().is_none_or(|track| tracks.contains(track)));
    let version = version.map(|(_, version)| version).min();
    entry.until.as_ref().is_some_and(|until| until.is_over(&counting.today, version))
}

/// What the configuration says of the rule of a change. What stands behind a shut feature is no promise, whatever changes.
fn counts_as(change: &ChangeReport, levels: &BTreeMap<&'static str, Level>) -> Option<Level> {
    let level = levels.get(change.rule.as_str()).copied()?;
    Some(level).filter(|level| change.gate.is_none() && *level != change.level)
}

fn accepted(entry: &Acceptance) -> AcceptedReport {
    AcceptedReport {
        reason: entry.reason.clone(),
        who: entry.who.clone(),
        until: entry.until.as_ref().map(ToString::to_string),
    }
}

fn stale(entry: &Acceptance, because: StaleBecause, file: &str) -> StaleReport {
    StaleReport {
        because,
        fingerprint: entry.fingerprint.clone(),
        rule: entry.rule.clone(),
        path: entry.path.clone(),
        accepted: accepted(entry),
        file: file.to_owned(),
        line: entry.line,
    }
}

/// Whether no base accepts the same.
fn is_new(counting: &Counting, bases: &[Target], options: &Options) -> impl Fn(&Acceptance) -> bool {
    let is_asked = !counting.accepted.entries.is_empty();
    let bases = bases.iter().filter(|_| is_asked);
    let known: BTreeSet<String> = bases.flat_map(|base| fingerprints(base, options)).collect();
    move |entry: &Acceptance| !known.contains(&entry.fingerprint)
}

/// What a base accepts; a file that cannot be read there was no better when it was the new side.
#[cfg(feature = "config")]
fn fingerprints(base: &Target, options: &Options) -> BTreeSet<String> {
    let file = crate::revision::upwards(base, crate::config::ACCEPTED, &options.revision).ok().flatten();
    let accepted = file.and_then(|file| crate::config::acceptances(&file).ok()).unwrap_or_default();
    accepted.entries.into_iter().map(|entry| entry.fingerprint).collect()
}

#[cfg(not(feature = "config"))]
fn fingerprints(_: &Target, _: &Options) -> BTreeSet<String> {
    BTreeSet::new()
}
