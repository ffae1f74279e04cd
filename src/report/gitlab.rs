//! The report for GitLab, as Code Quality: an entry for each change, on a line of a file.
//!
//! Severities: `blocker` where the package fails because of it, `critical` where it breaks and no version says so, `major`
//! where it breaks and the version says so, `minor` where a gate is to be mended, `info` for what is compatible.

use super::accepted;
use super::anchor::{self, Anchor, Kind, anchor};
use super::decision::{self, quoted};
use super::escape::clean;
use super::identify::Identities;
use super::profile::{command, told};
use super::tell::{self, tell, unread};
use super::weigh::{Scale, Weight};
use super::{ChangeReport, ErrorReport, PackageReport, Report, places};
use serde::Serialize;
use std::collections::BTreeSet;

/// The report for GitLab, as Code Quality.
///
/// What could not be judged, and versions that will not do though nothing changed, have entries of their own: a file
/// without any says that all is well.
pub fn to_gitlab(report: &Report) -> String {
    let mut identities = Identities::default();
    let mut entries = Vec::new();
    for package in &report.packages {
        let scale = Scale::of(report, package);
        let mut is_told = false;
        for change in &package.changes {
            let weight = scale.weigh(change);
            is_told |= weight == Weight::Failing;
            let anchor = anchor(report, package, change);
            let is_gone = anchor.is_some_and(|anchor| anchor.kind == Kind::Container);
            let before = if is_gone { was(report, package, change) } else { None };
            let location = match anchor {
                Some(anchor) => Location::at(&anchor::path(&anchor), anchor.place.line),
                None => Location::at(&anchor::whole(report, Some(package)), 1),
            };
            entries.push(Entry {
                description: tell(package, change, weight) + &before.unwrap_or_default(),
                check_name: clean(&change.rule),
                fingerprint: identities.of(&package.name, &change.fingerprint),
                severity: severity(weight),
                location,
            });
        }
        if let Some(profile) = package.profile.as_ref().filter(|profile| !profile.accepts) {
            entries.push(Entry {
                description: format!("`{}`: {}.", clean(&package.name), told(profile)),
                check_name: command(profile.name).replace(' ', "-"),
                fingerprint: identities.of(&package.name, command(profile.name)),
                severity: severity(Weight::Failing),
                location: Location::at(&anchor::whole(report, Some(package)), 1),
            });
        } else if !is_told && let Some(wants) = decision::wants(package, &quoted, &clean) {
            entries.push(Entry {
                description: format!("`{}` {wants}.", clean(&package.name)),
                check_name: "version".into(),
                fingerprint: identities.of(&package.name, "version"),
                severity: severity(if passes(package) { Weight::Announced } else { Weight::Failing }),
                location: Location::at(&anchor::whole(report, Some(package)), 1),
            });
        }
    }
    for entry in &report.stale {
        entries.push(Entry {
            description: tell::sentence(&accepted::stale(entry)),
            check_name: "stale-acceptance".into(),
            fingerprint: identities.of("stale-acceptance", &entry.fingerprint),
            severity: severity(Weight::Finding),
            location: Location::at(&accepted::file(report, entry).unwrap_or_else(|| entry.file.clone()), entry.line),
        });
    }
    let mut told = BTreeSet::new();
    let of_packages = report.packages.iter().filter_map(|package| Some((Some(package), package.error.as_ref()?)));
    for (package, error) in of_packages.chain(report.errors.iter().map(|error| (None, error))) {
        if told.insert((&error.side, &error.message, &error.file, error.line)) {
            entries.push(undetermined(report, package, error, &mut identities));
        }
    }
    super::json::indented(&entries)
}

/// One entry, with the fields that GitLab reads.
#[derive(Debug, Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
}

impl Location {
    fn at(path: &str, line: u32) -> Location {
        Location { path: clean(path), lines: Lines { begin: line.max(1) } }
    }
}

/// Whether a gate lets it pass all the same: what is wanting was accepted, or is none of the gate's business.
fn passes(package: &PackageReport) -> bool {
    package.check.as_ref().is_some_and(|check| check.passed)
}

fn severity(weight: Weight) -> &'static str {
    match weight {
        Weight::Failing => "blocker",
        Weight::Unannounced => "critical",
        Weight::Announced => "major",
        Weight::Finding => "minor",
        Weight::Compatible | Weight::Accepted => "info",
    }
}

/// Where something was that is gone: the entry stands at what it belonged to, maybe in another file.
fn was(report: &Report, package: &PackageReport, change: &ChangeReport) -> Option<String> {
    let (input, _) = places::sides(report, package);
    let anchor = Anchor { input, place: change.old.as_ref()?, kind: Kind::Gone };
    Some(format!(" It was at {}:{}.", clean(&anchor::path(&anchor)), anchor.place.line))
}

/// What could not be judged.
fn undetermined<'a>(
    report: &'a Report,
    package: Option<&'a PackageReport>,
    error: &'a ErrorReport,
    identities: &mut Identities<'a>,
) -> Entry {
    let input = anchor::error_side(report, error);
    let location = match anchor::error_place(error) {
        Some(place) => {
            let anchor = Anchor { input, place: &place, kind: Kind::Item };
            Location::at(&anchor::path(&anchor), place.line)
        }
        None => Location::at(&anchor::whole(report, package), 1),
    };
    Entry {
        description: unread("undetermined: ", error),
        check_name: "undetermined".into(),
        fingerprint: identities.of(package.map_or("", |package| package.name.as_str()), &error.message),
        severity: severity(Weight::Failing),
        location,
    }
}
