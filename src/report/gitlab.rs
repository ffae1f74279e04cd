//! The report for GitLab, as Code Quality: an entry for each change, on a line of a file.
//!
//! Severities: `blocker` where the package fails because of it, `critical` where it breaks and no version says so, `major`
//! where it breaks and the version says so, `minor` where a gate is to be mended, `info` for what is compatible.

use super::anchor::{self, anchor};
use super::decision;
use super::escape::clean;
use super::identify::Identities;
use super::tell::{sentence, tell};
use super::weigh::{Scale, Weight};
use super::{ErrorReport, PackageReport, Report};
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
            let location = match anchor(report, package, change) {
                Some(anchor) => Location::at(&anchor::path(&anchor), anchor.place.line),
                None => Location::at(&anchor::whole(report, Some(package)), 1),
            };
            entries.push(Entry {
                description: tell(package, change, weight),
                check_name: clean(&change.rule),
                fingerprint: identities.of(&package.name, &change.fingerprint),
                severity: severity(weight),
                location,
            });
        }
        if !is_told && let Some(wants) = decision::wants(package, &clean) {
            entries.push(Entry {
                description: format!("`{}` {wants}.", clean(&package.name)),
                check_name: "version".into(),
                fingerprint: identities.of(&package.name, "version"),
                severity: severity(Weight::Failing),
                location: Location::at(&anchor::whole(report, Some(package)), 1),
            });
        }
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

fn severity(weight: Weight) -> &'static str {
    match weight {
        Weight::Failing => "blocker",
        Weight::Unannounced => "critical",
        Weight::Announced => "major",
        Weight::Finding => "minor",
        Weight::Compatible => "info",
    }
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
            let anchor = anchor::Anchor { input, place: &place, kind: anchor::Kind::Item };
            Location::at(&anchor::path(&anchor), place.line)
        }
        None => Location::at(&anchor::whole(report, package), 1),
    };
    Entry {
        description: sentence(&format!("undetermined: {}", clean(&error.message))),
        check_name: "undetermined".into(),
        fingerprint: identities.of(package.map_or("", |package| package.name.as_str()), &error.message),
        severity: severity(Weight::Failing),
        location,
    }
}
