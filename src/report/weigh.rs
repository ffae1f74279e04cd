//! How much a change asks of its readers: whether it breaks, whether the version says so, and whether that is enough.
//!
//! A level alone does not say: a break that its version announces is what versions are for, and an addition that no
//! version tells fails the check.

use super::standing::is_too_low;
use super::{ChangeReport, CheckReason, CheckReport, PackageReport, PackageStatus, Report};
use crate::rule;
use crate::verdict::Level;
use crate::version::VersionVerdict;

/// How much a change asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Nothing: nobody who is protected breaks.
    Compatible,
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
        let highest = package.changes.iter().map(|change| change.level).max().unwrap_or_default();
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
            CheckReason::RuleDenied | CheckReason::ToolRefuses => None,
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
        if self.is_denied(change) || self.fails_from.is_some_and(|level| change.level >= level) {
            Weight::Failing
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
        self.package.check.as_ref().is_some_and(|check| check.denied.contains_key(&change.rule))
    }

    /// Whether breaks are among the reasons why the package fails: a version that does not do, or more than is allowed.
    pub fn fails_by_breaks(&self) -> bool {
        self.fails_from.is_some()
    }
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
