//! What the packages of a report tell of themselves, so that those that depend on them need not.

use super::wire::*;
use std::collections::BTreeSet;

/// Path and rule of each change.
pub(super) fn told(report: &Report) -> BTreeSet<(String, String)> {
    let packages = report.packages.iter().filter(|_| report.packages.len() > 1);
    let own = packages.flat_map(|package| &package.changes).filter(|change| change.track.is_none());
    own.map(|change| (change.path.clone(), change.rule.clone())).collect()
}

/// Whether a change is of a package that the report tells it of.
#[cfg(feature = "formats")]
pub(super) fn is_told(told: &BTreeSet<(String, String)>, change: &ChangeReport) -> bool {
    change.track.is_some() && told.contains(&(change.path.clone(), change.rule.clone()))
}
