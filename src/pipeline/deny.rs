//! The gate of capabilities: what no world may gain.

use super::fail_on::all_pass;
use crate::capability::Pattern;
use crate::report::{CheckReason, CheckReport, DeniedCapability, PackageCheck, PackageReport, PackageStatus, Report};
use std::collections::BTreeMap;

/// The report with a gate that fails where a world gains what `patterns` name, beside what fails already. `own` are the
/// patterns of packages that have others, by name.
pub fn deny_capabilities(mut report: Report, patterns: &[Pattern], own: &BTreeMap<String, Vec<Pattern>>) -> Report {
    for package in &mut report.packages {
        let found = gained(package, own.get(&package.name).map_or(patterns, Vec::as_slice));
        let is_judged = package.status != PackageStatus::Undetermined;
        let check = package.check.get_or_insert_with(|| PackageCheck { passed: is_judged, ..PackageCheck::default() });
        if !found.is_empty() {
            check.passed = false;
            check.reasons.push(CheckReason::CapabilityDenied);
            check.capabilities = found;
        }
    }
    let passed = all_pass(&report);
    let check = report.check.unwrap_or_else(|| CheckReport { ignores_versions: true, ..CheckReport::default() });
    let deny_capabilities = patterns.iter().map(ToString::to_string).collect();
    report.check = Some(CheckReport { passed, deny_capabilities, ..check });
    report
}

/// What the worlds of a package gained and a pattern names, without what is accepted.
pub(super) fn gained(package: &PackageReport, patterns: &[Pattern]) -> Vec<DeniedCapability> {
    let is_accepted = |world: &str, name: &str| {
        let mut accepted = package.changes.iter().filter(|change| change.accepted.is_some());
        accepted.any(|change| change.imports(&package.name, world, name))
    };
    let mut found = Vec::new();
    for world in &package.worlds {
        for capability in world.capabilities.iter().flat_map(|changes| &changes.gained) {
            let pattern = patterns.iter().find(|pattern| pattern.matches(&capability.name));
            let Some(pattern) = pattern.filter(|_| !is_accepted(&world.name, &capability.name)) else { continue };
            let (world, name) = (world.name.clone(), capability.name.clone());
            found.push(DeniedCapability { world, name, pattern: pattern.to_string() });
        }
    }
    for track in &package.tracks {
        let version = track.version.as_ref().map_or(String::new(), |version| format!("@{version}"));
        for world in &track.worlds {
            for capability in &world.capabilities.gained {
                if let Some(pattern) = patterns.iter().find(|pattern| pattern.matches(&capability.name)) {
                    let (world, name) = (format!("{}{version}", world.name), capability.name.clone());
                    found.push(DeniedCapability { world, name, pattern: pattern.to_string() });
                }
            }
        }
    }
    found
}
