//! What a gate counts otherwise than the report does: changes that are accepted, and rules with levels of their own.

use super::Options;
use crate::accepted::{Acceptance, Acceptances};
use crate::report::{AcceptedReport, ChangeReport, PackageReport, PackageStatus, Report, StaleBecause, StaleReport};
use crate::revision::Target;
use crate::verdict::Level;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

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
    let (mut found, mut expired) = (BTreeSet::new(), BTreeSet::new());
    let versions: BTreeMap<String, Version> =
        report.packages.iter().filter_map(|package| Some((package.name.clone(), declared(package)?))).collect();
    for package in &mut report.packages {
        let version = declared(package);
        let levels = counting.own.get(&package.name).unwrap_or(&counting.levels);
        for change in &mut package.changes {
            change.counts_as = counts_as(change, levels);
            change.accepted = None;
            // What is accepted where it comes from, is so for those who depend on that, too.
            let names = [Some(&change.fingerprint), change.origin.as_ref()].into_iter().flatten();
            for entry in names.filter_map(|name| entries.get(name.as_str())).flatten() {
                found.insert(entry.line);
                let is_own = entry.package() == package.name;
                let version = if is_own { version.as_ref() } else { versions.get(entry.package()) };
                match &entry.until {
                    Some(until) if until.is_over(&counting.today, version) => {
                        expired.insert(entry.line);
                    }
                    _ => change.accepted = Some(accepted(entry)),
                }
            }
        }
    }
    let is_new = is_new(counting, bases, options);
    let stale = counting.accepted.entries.iter().filter_map(|entry| {
        let judged = report.packages.iter().find(|package| package.name == entry.package());
        let judged = judged.filter(|package| package.status != PackageStatus::Undetermined);
        let version = judged.and_then(declared);
        let is_over = entry.until.as_ref().is_some_and(|until| until.is_over(&counting.today, version.as_ref()));
        let because = match () {
            () if expired.contains(&entry.line) || is_over => StaleBecause::Expired,
            () if found.contains(&entry.line) || judged.is_none() || !is_new(entry) => return None,
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

fn declared(package: &PackageReport) -> Option<Version> {
    package.new_version.as_deref()?.parse().ok()
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
