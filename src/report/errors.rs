//! Why sides are not there, or packages have no verdict: each thing once.

use super::{ErrorReport, PackageReport, Report};
use std::collections::BTreeSet;

/// Those of the report, and those that only a package has, with the package.
pub(super) fn errors(report: &Report) -> Vec<(Option<&PackageReport>, &ErrorReport)> {
    let own = report.packages.iter().filter_map(|package| package.error.as_ref().map(|error| (Some(package), error)));
    let mut told = BTreeSet::new();
    (report.errors.iter().map(|error| (None, error)).chain(own))
        .filter(|(_, error)| told.insert((&error.side, &error.message, &error.file, error.line)))
        .collect()
}
