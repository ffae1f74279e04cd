//! Many reports of one package each become one.

use super::wire::*;
use super::{Inputs, NO_GATE, no_package, of_packages, words};
use std::collections::{BTreeMap, BTreeSet};

/// One report of many that were made from the same `inputs`, the packages in the order given.
///
/// What several of them say is said once: errors, warnings, and that a package that was asked for is not there, or that
/// no gate names a feature, only where none of them has it.
pub fn merge(inputs: &Inputs, reports: Vec<Report>) -> Report {
    let (bug_reports, verified) = (bug_reports(&reports), verified(&reports));
    let (warnings, check) = (warnings(&reports), check(&reports));
    let is_undetermined = reports.iter().any(|report| report.status == Status::Undetermined);
    let features: BTreeSet<String> = reports.iter().flat_map(|report| report.features.clone()).collect();
    let not_there: Vec<ErrorReport> = inputs.packages.iter().map(|name| no_package(name)).collect();
    let mut errors: Vec<ErrorReport> = Vec::new();
    let mut told = BTreeSet::new();
    let mut packages = Vec::new();
    for report in reports {
        for error in report.errors {
            let is_new = told.insert((error.side.clone(), error.message.clone(), place(&error)));
            if is_new && !not_there.contains(&error) {
                errors.push(error);
            }
        }
        packages.extend(report.packages);
    }
    tell_successors(&mut packages);
    let is_there = |name: &String| packages.iter().any(|package| package.name == *name);
    let missing: Vec<ErrorReport> =
        inputs.packages.iter().zip(not_there).filter(|(name, _)| !is_there(name)).map(|(_, error)| error).collect();
    let nothing_compared = packages.is_empty() || !missing.is_empty();
    errors.extend(missing);
    let merged = of_packages(inputs, packages);
    Report {
        status: if is_undetermined { Status::Undetermined } else { merged.status },
        features: if features.is_empty() { merged.features } else { features.into_iter().collect() },
        verified,
        bug_report: bug_reports,
        errors,
        warnings,
        check,
        nothing_compared,
        ..merged
    }
}

fn place(error: &ErrorReport) -> (Option<String>, Option<u32>, Option<u32>) {
    (error.file.clone(), error.line, error.column)
}

/// What became of a package of which the new side has another track.
fn tell_successors(packages: &mut [PackageReport]) {
    let mut there: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages.iter().filter(|package| package.status != PackageStatus::Removed) {
        if let Some(version) = &package.new_version {
            there.entry(package.name.clone()).or_default().push(version.clone());
        }
    }
    for package in packages.iter_mut().filter(|package| package.status == PackageStatus::Removed) {
        let Some(versions) = there.get(&package.name) else { continue };
        let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
        for note in package.notes.iter_mut().filter(|note| *note == words::GONE) {
            *note = words::left(&package.name, &versions);
        }
    }
}

fn bug_reports(reports: &[Report]) -> Option<String> {
    let told: Vec<&str> = reports.iter().filter_map(|report| report.bug_report.as_deref()).collect();
    if told.is_empty() { None } else { Some(told.join("\n")) }
}

/// Whether the official validator confirmed them all. About packages of which nothing changed nobody needs to ask.
fn verified(reports: &[Report]) -> Option<bool> {
    let is_same = |package: &PackageReport| package.status == PackageStatus::Unchanged;
    let needs_none = |report: &&Report| report.verified.is_none() && report.packages.iter().all(is_same);
    let asked: Vec<Option<bool>> = reports.iter().filter(|r| !needs_none(r)).map(|report| report.verified).collect();
    if asked.contains(&Some(false)) {
        Some(false)
    } else if asked.is_empty() || asked.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn warnings(reports: &[Report]) -> Vec<String> {
    let mut told = BTreeSet::new();
    let warnings = reports.iter().flat_map(|report| &report.warnings);
    let asked = || reports.iter().filter(|report| report.packages.iter().all(|package| package.features.is_none()));
    let is_everywhere = |warning: &String| asked().all(|report| report.warnings.contains(warning));
    warnings
        .filter(|warning| told.insert(*warning) && (!warning.starts_with(NO_GATE) || is_everywhere(warning)))
        .cloned()
        .collect()
}

fn check(reports: &[Report]) -> Option<CheckReport> {
    let checks: Vec<CheckReport> = reports.iter().filter_map(|report| report.check.clone()).collect();
    let CheckReport { allow, fail_on, ignores_versions, .. } = *checks.first()?;
    let deny = checks.iter().flat_map(|check| check.deny.clone()).collect();
    let capabilities: BTreeSet<String> = checks.iter().flat_map(|check| check.deny_capabilities.clone()).collect();
    Some(CheckReport {
        passed: checks.iter().all(|check| check.passed),
        allow,
        fail_on,
        deny,
        deny_capabilities: capabilities.into_iter().collect(),
        ignores_versions,
    })
}
