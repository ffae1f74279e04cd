//! Why revisions of a line are undetermined: what `log` says of them.

use crate::pipeline::log::{PackageLine, What};
use crate::report::{ErrorReport, LogRow, PackageLog, PackageStatus, StabilityRevision, UndeterminedReason};
use semver::Version;

/// The reasons, oldest first.
pub(super) fn reasons(
    line: &PackageLine,
    told: &PackageLog,
    revisions: &[Option<StabilityRevision>],
) -> Vec<UndeterminedReason> {
    let shown = |at: usize| revisions.get(at).and_then(Option::as_ref).map(|found| found.revision.as_str());
    let is_of_line = |reason: &UndeterminedReason, row: &LogRow| {
        line.events.iter().filter(|event| matches!(event.what, What::Undetermined)).any(|event| {
            let version = event.version.as_ref().map(Version::to_string);
            let is_it = version == row.new_version || version == row.old_version;
            // Where nothing of a revision can be read, no version is told.
            let is_nothing = row.new_version.is_none() && row.old_version.is_none();
            shown(event.at) == Some(&reason.revision) && (is_it || is_nothing)
        })
    };
    let undetermined = told.rows.iter().rev().filter(|row| row.status == PackageStatus::Undetermined);
    let reasons = undetermined.filter_map(|row| reason(row).filter(|reason| is_of_line(reason, row)));
    reasons.collect()
}

/// A row may tell what is wrong with the revision that it is compared with.
fn reason(row: &LogRow) -> Option<UndeterminedReason> {
    let error = row.error.as_ref()?;
    let before = row.against.as_ref().filter(|_| error.side == "old");
    let revision = before.unwrap_or(&row.revision).clone();
    Some(UndeterminedReason { revision, error: ErrorReport { side: "input".into(), ..error.clone() } })
}
