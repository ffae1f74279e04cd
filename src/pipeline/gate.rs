//! Whether a package passes a check: what changed is one answer, whether the declared version honours it another.

use crate::report::{CheckReason, CheckReport, PackageCheck, PackageReport, PackageStatus, Report, Status};
use crate::verdict::Level;
use crate::version::VersionVerdict;
use std::collections::BTreeSet;

/// The report with the outcome of a check in every package. `allow` is the highest level that may change at all.
pub(super) fn gate(mut report: Report, allow: Option<Level>) -> Report {
    let there: BTreeSet<String> = (report.packages.iter())
        .filter(|package| package.status != PackageStatus::Removed)
        .map(|package| package.name.clone())
        .collect();
    for package in &mut report.packages {
        let reasons = reasons(package, there.contains(&package.name), allow);
        let passed = reasons.is_empty() && package.status != PackageStatus::Undetermined;
        package.check = Some(PackageCheck { passed, reasons });
    }
    let passed = |package: &PackageReport| package.check.as_ref().is_some_and(|check| check.passed);
    let is_judged = report.status == Status::Complete && !report.nothing_compared;
    let passed = is_judged && report.packages.iter().all(passed);
    report.check = Some(CheckReport { passed, allow });
    report
}

/// Why a package does not pass; nothing where it does, or where it could not be judged.
fn reasons(package: &PackageReport, goes_on: bool, allow: Option<Level>) -> Vec<CheckReason> {
    let Some(level) = package.level else { return Vec::new() };
    // Whoever allows everything by name has seen that nothing announces it.
    let is_accepted = allow == Some(Level::Major);
    let breaks_silently = level == Level::Major && !is_accepted;
    // With the version, every name that carries it goes.
    let drops_version = package.old_version.is_some() && package.new_version.is_none() && !is_accepted;
    let reason = match (package.status, package.version.verdict) {
        (PackageStatus::Removed, _) => (breaks_silently && !goes_on).then_some(CheckReason::RemovedUnannounced),
        (PackageStatus::Added, _) => None,
        (_, VersionVerdict::Insufficient) => Some(CheckReason::InsufficientVersion),
        (_, VersionVerdict::UnchangedVersion) => Some(CheckReason::UnchangedVersion),
        (_, VersionVerdict::WentBackwards) => Some(CheckReason::WentBackwards),
        (_, VersionVerdict::Unversioned) if drops_version => Some(CheckReason::VersionWithdrawn),
        (_, VersionVerdict::Unversioned) => breaks_silently.then_some(CheckReason::BreaksUnversioned),
        (_, VersionVerdict::Sufficient | VersionVerdict::PreRelease | VersionVerdict::Undetermined) => None,
    };
    let over = allow.filter(|&allow| level > allow).map(|_| CheckReason::OverAllowed);
    reason.into_iter().chain(over).collect()
}
