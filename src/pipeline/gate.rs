//! Whether a package passes a check: what changed is one answer, whether the declared version honours it another.

use super::count::counted;
use super::deny::gained;
use super::fail_on::all_pass;
use crate::capability::Pattern;
use crate::report::{CheckReason, CheckReport, PackageCheck, PackageReport, PackageStatus, Report};
use crate::rule::Rule;
use crate::verdict::Level;
use crate::version::{self, VersionVerdict};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// What a check asks for beside versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The highest level that may change at all.
    pub allow: Option<Level>,
    /// The lowest level that fails, whatever the declared version says.
    pub fail_on: Option<Level>,
    /// The rules of which no change may be found, whatever the declared version says.
    pub deny: Vec<&'static Rule>,
    /// The capabilities that no world may gain.
    pub deny_capabilities: Vec<Pattern>,
}

impl Policy {
    fn allowed(&self) -> Option<Level> {
        self.allow.into_iter().chain(self.fail_on.map(below)).min()
    }

    fn denied(&self) -> BTreeSet<String> {
        self.deny.iter().map(|rule| rule.id.to_owned()).collect()
    }
}

/// The report with the outcome of a check in every package. `own` are the policies of packages that have others, by name.
pub(super) fn gate(mut report: Report, policy: &Policy, own: &BTreeMap<String, Policy>) -> Report {
    let there: BTreeSet<String> = (report.packages.iter())
        .filter(|package| package.status != PackageStatus::Removed)
        .map(|package| package.name.clone())
        .collect();
    for package in &mut report.packages {
        let asked = own.get(&package.name).unwrap_or(policy);
        let denied = denied(package, &asked.denied());
        let level = counted(package);
        let mut reasons = reasons(package, level, there.contains(&package.name), asked.allowed());
        reasons.extend((!denied.is_empty()).then_some(CheckReason::RuleDenied));
        let capabilities = gained(package, &asked.deny_capabilities);
        reasons.extend((!capabilities.is_empty()).then_some(CheckReason::CapabilityDenied));
        let passed = reasons.is_empty() && package.status != PackageStatus::Undetermined;
        let allow = asked.allowed().filter(|_| asked.allowed() != policy.allowed());
        let fail_on = asked.fail_on.filter(|_| asked.fail_on != policy.fail_on);
        let level = level.filter(|_| level != package.level);
        package.check = Some(PackageCheck { passed, reasons, level, denied, capabilities, allow, fail_on });
    }
    let passed = all_pass(&report);
    report.check = Some(CheckReport {
        passed,
        allow: policy.allowed(),
        fail_on: policy.fail_on,
        deny: policy.denied(),
        deny_capabilities: policy.deny_capabilities.iter().map(ToString::to_string).collect(),
        ..CheckReport::default()
    });
    report
}

fn below(level: Level) -> Level {
    match level {
        Level::Major => Level::Minor,
        Level::Minor => Level::Patch,
        Level::Patch | Level::None => Level::None,
    }
}

/// Why a package does not pass; nothing where it does, or where it could not be judged.
fn reasons(package: &PackageReport, level: Option<Level>, goes_on: bool, allow: Option<Level>) -> Vec<CheckReason> {
    let Some(level) = level else { return Vec::new() };
    // Whoever allows everything by name has seen that nothing announces it.
    let is_accepted = allow == Some(Level::Major);
    let breaks_silently = level == Level::Major && !is_accepted;
    // With the version, every name that carries it goes.
    let drops_version = package.old_version.is_some() && package.new_version.is_none() && !is_accepted;
    let reason = match (package.status, verdict(package, level)) {
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

/// Whether the declared version honours what counts.
fn verdict(package: &PackageReport, level: Level) -> VersionVerdict {
    let known = package.version.verdict;
    // A release that says more than the base knows what changed since, and that is not among the changes.
    if Some(level) == package.level || package.version.released.is_some() {
        return known;
    }
    let parsed = |version: &Option<String>| version.as_deref().and_then(|version| version.parse::<Version>().ok());
    let (old, new) = (parsed(&package.old_version), parsed(&package.new_version));
    version::verdict(old.as_ref(), new.as_ref(), level)
}

/// How many changes of denied rules a package has, by rule; without those that are accepted. What stands behind a shut feature is no promise: of that,
/// only the feature itself counts.
fn denied(package: &PackageReport, deny: &BTreeSet<String>) -> BTreeMap<String, usize> {
    const OF_THE_FEATURE: &str = "feature-changed";
    let mut denied = BTreeMap::new();
    for change in package.changes.iter().filter(|change| deny.contains(&change.rule) && change.accepted.is_none()) {
        if change.gate.is_none() || change.rule == OF_THE_FEATURE {
            *denied.entry(change.rule.clone()).or_default() += 1;
        }
    }
    let costs = package.cost.iter().flat_map(|cost| &cost.findings);
    for finding in costs.filter(|finding| deny.contains(&finding.rule)) {
        *denied.entry(finding.rule.clone()).or_default() += 1;
    }
    denied
}
