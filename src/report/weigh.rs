//! How much a change asks of its readers: whether it breaks, whether the version says so, and whether that is enough.
//!
//! A level alone does not say: a break that its version announces is what versions are for, and an addition that no
//! version tells fails the check.

use super::standing::is_too_low;
use super::{ChangeReport, CheckReason, CheckReport, PackageCheck, PackageReport, PackageStatus, Report};
use crate::rule;
use crate::verdict::Level;
use crate::version::VersionVerdict;
use std::collections::BTreeSet;

/// How much a change asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Nothing: nobody who is protected breaks.
    Compatible,
    /// Somebody accepted it, or the configuration lets it count for nothing.
    Accepted,
    /// To be mended, though nobody breaks: a finding about gates (SEMANTICS 8).
    Finding,
    /// It breaks, and the version says so, or it was allowed.
    Announced,
    /// It breaks, and no version says so.
    Unannounced,
    /// Because of it the package fails.
    Failing,
}

/// What the changes of one package are weighed with.
#[derive(Debug)]
pub(super) struct Scale<'a> {
    package: &'a PackageReport,
    /// Changes of this level and above are why the package fails.
    fails_from: Option<Level>,
    is_announced: bool,
}

impl<'a> Scale<'a> {
    pub fn of(report: &Report, package: &'a PackageReport) -> Scale<'a> {
        let highest = package.changes.iter().map(ChangeReport::counted).max().unwrap_or_default();
        let reasons = package.check.iter().flat_map(|check| &check.reasons);
        let by_reason = reasons.filter_map(|reason| match reason {
            CheckReason::InsufficientVersion
            | CheckReason::UnchangedVersion
            | CheckReason::WentBackwards
            | CheckReason::VersionWithdrawn => Some(highest),
            CheckReason::BreaksUnversioned | CheckReason::RemovedUnannounced => Some(Level::Major),
            CheckReason::OverAllowed => {
                report.check.as_ref().zip(package.check.as_ref()).map(|(all, own)| over(&all.of(own)))
            }
            CheckReason::RuleDenied | CheckReason::CapabilityDenied | CheckReason::ToolRefuses => None,
        });
        let by_version = (package.check.is_none() && is_too_low(package)).then_some(highest);
        let is_told = package.status != PackageStatus::Removed
            && matches!(package.version.verdict, VersionVerdict::Sufficient | VersionVerdict::PreRelease);
        Scale {
            package,
            fails_from: by_reason.chain(by_version).min(),
            is_announced: package.check.as_ref().map_or(is_told, |check| check.passed || is_told),
        }
    }

    pub fn weigh(&self, change: &ChangeReport) -> Weight {
        let counted = change.counted();
        if self.is_denied(change)
            || self.brings_denied(change)
            || self.fails_from.is_some_and(|level| counted >= level && counted > Level::None)
        {
            Weight::Failing
        } else if counted == Level::None && change.level > Level::None {
            Weight::Accepted
        } else if change.level == Level::Major {
            if self.is_announced { Weight::Announced } else { Weight::Unannounced }
        } else if rule::findings().any(|rule| rule.id == change.rule) {
            Weight::Finding
        } else {
            Weight::Compatible
        }
    }

    /// Whether `check` was asked to fail where such a change is found.
    pub fn is_denied(&self, change: &ChangeReport) -> bool {
        let is_denied = |check: &PackageCheck| check.denied.contains_key(&change.rule);
        change.accepted.is_none() && self.package.check.as_ref().is_some_and(is_denied)
    }

    /// Whether it is the import of a capability that no world may gain.
    pub fn brings_denied(&self, change: &ChangeReport) -> bool {
        let mut denied = self.package.check.iter().flat_map(|check| &check.capabilities);
        change.accepted.is_none()
            && denied.any(|denied| change.imports(&self.package.name, &denied.world, &denied.name))
    }

    /// Whether breaks are among the reasons why the package fails: a version that does not do, or more than is allowed.
    #[cfg(feature = "formats")]
    pub fn fails_by_breaks(&self) -> bool {
        self.fails_from.is_some()
    }
}

/// The changes because of which packages fail, each fingerprint once, in the order of the report; a change of a dependency
/// only where that does not fail because of it.
pub fn failing(report: &Report) -> Vec<&ChangeReport> {
    let mut told = BTreeSet::new();
    let of = |package| {
        let scale = Scale::of(report, package);
        package.changes.iter().filter(move |change| scale.weigh(change) == Weight::Failing)
    };
    let mut found: Vec<&ChangeReport> = report.packages.iter().flat_map(of).collect();
    let own: BTreeSet<&str> =
        found.iter().filter(|change| change.origin.is_none()).map(|change| change.fingerprint.as_str()).collect();
    found.retain(|change| !change.origin.as_deref().is_some_and(|origin| own.contains(origin)));
    found.retain(|change| told.insert(&change.fingerprint));
    found
}

/// The lowest level that is not allowed.
fn over(check: &CheckReport) -> Level {
    let above = match check.allow {
        Some(Level::None) => Level::Patch,
        Some(Level::Patch) => Level::Minor,
        Some(Level::Minor | Level::Major) | None => Level::Major,
    };
    check.fail_on.map_or(above, |level| level.min(above))
}
