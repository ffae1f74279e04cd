//! What is said of one row of a log, in every format.

use super::log::*;
use super::wire::*;
use super::words;
use crate::verdict::Level;
use crate::version::VersionVerdict;
use semver::Version;

/// How a verdict is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Unknown,
    Bad,
}

/// ", levels for hosts", where they answer for others than those of the log.
pub(super) fn whom_of(package: &PackageLog) -> String {
    package.protect.map_or(String::new(), |protect| format!(", levels for {}", words::whom(protect)))
}

/// Whether the declared version honours what changed, in a word or two.
///
/// A commit need not declare a new version: the release does. Nor does a draft, which promises nothing yet.
pub(super) fn verdict(log: &LogReport, row: &LogRow) -> (Tone, String) {
    let is_commit = log.by == Some(LogSteps::Commits);
    let (tone, word) = match (row.status, row.version.verdict) {
        (PackageStatus::Undetermined, _) => (Tone::Unknown, "undetermined"),
        (PackageStatus::Added, _) if is_beside(row) => (Tone::Good, "begins"),
        (PackageStatus::Removed, _) if is_beside(row) => (Tone::Good, "ends"),
        (PackageStatus::Added, _) => (Tone::Good, "added"),
        (PackageStatus::Removed, _) => (Tone::Unknown, "removed"),
        (PackageStatus::Unchanged, _) if row.old_version == row.new_version => (Tone::Good, "unchanged"),
        (_, VersionVerdict::Sufficient) => (Tone::Good, "sufficient"),
        (_, VersionVerdict::Insufficient) => (Tone::Bad, "insufficient"),
        (_, VersionVerdict::UnchangedVersion) if is_commit || is_draft(row) => (Tone::Unknown, "not bumped"),
        (_, VersionVerdict::UnchangedVersion) => (Tone::Bad, "unchanged version"),
        (_, VersionVerdict::WentBackwards) => (Tone::Bad, "went backwards"),
        (_, VersionVerdict::PreRelease) => (Tone::Good, "pre-release"),
        (_, VersionVerdict::Unversioned) => (Tone::Unknown, "unversioned"),
        (_, VersionVerdict::Undetermined) => (Tone::Unknown, "undetermined"),
    };
    (tone, word.to_owned())
}

/// What a row amounts to, in a sentence.
pub(super) fn headline(log: &LogReport, row: &LogRow) -> (Tone, String) {
    let shown = |version: &Option<String>| version.clone().unwrap_or_else(|| "no version".into());
    let (declared, required) = (shown(&row.new_version), shown(&row.version.required));
    let level = row.level.unwrap_or_default().word();
    let (tone, word) = verdict(log, row);
    let line = match (row.status, row.version.verdict) {
        (PackageStatus::Undetermined, _) => format!("undetermined, because {}", reason(row)),
        // The finding says it all.
        (PackageStatus::Added | PackageStatus::Removed, _) if is_beside(row) => findings(row),
        (PackageStatus::Added, _) => format!("added, declares {declared}"),
        (PackageStatus::Removed, _) => format!("removed, was {}", shown(&row.old_version)),
        (PackageStatus::Unchanged, _) if row.old_version == row.new_version => "unchanged".into(),
        (_, VersionVerdict::Insufficient) => format!("{level}, declared {declared} is insufficient, needs {required}"),
        (_, VersionVerdict::UnchangedVersion) if is_draft(row) => format!("{level}, {word}: still {declared}"),
        (_, VersionVerdict::UnchangedVersion) => format!("{level}, {word}: still {declared}, needs {required}"),
        (_, VersionVerdict::WentBackwards) => {
            format!("{level}, went backwards from {} to {declared}, needs {required}", shown(&row.old_version))
        }
        (_, VersionVerdict::Unversioned) => format!("{level}, declares {declared}: nothing can be checked"),
        (_, VersionVerdict::PreRelease) => format!("{level}, between two pre-releases: no promise is broken"),
        (_, VersionVerdict::Sufficient | VersionVerdict::Undetermined) => {
            format!("{level}, declared {declared} is {word}")
        }
    };
    (tone, line)
}

fn findings(row: &LogRow) -> String {
    row.findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// What there is to be said beside the headline.
pub(super) fn more_findings(row: &LogRow) -> Vec<&str> {
    let findings = row.findings.iter().filter(|_| !is_beside(row));
    findings.map(|finding| finding.message.as_str()).collect()
}

/// Why there is no verdict.
fn reason(row: &LogRow) -> String {
    let Some(error) = &row.error else { return "it cannot be read".into() };
    let side = if error.side == "old" {
        format!("{}, which it is compared with, cannot be read: ", row.against.as_deref().unwrap_or("the old side"))
    } else {
        String::new()
    };
    format!("{side}{}", wrong(error))
}

/// What is wrong, and where.
pub(super) fn wrong(error: &ErrorReport) -> String {
    let place = match (&error.file, error.line, error.column) {
        (Some(file), Some(line), Some(column)) => format!(" ({file}:{line}:{column})"),
        (Some(file), ..) => format!(" ({file})"),
        (None, ..) => String::new(),
    };
    format!("{}{place}", error.message)
}

/// Whether there is more to say of a row than stands in a table.
pub(super) fn is_loud(log: &LogReport, row: &LogRow) -> bool {
    let is_added = row.status == PackageStatus::Added && row.findings.is_empty();
    verdict(log, row).0 == Tone::Bad
        || row.error.is_some()
        || !row.findings.is_empty()
        || (!is_added && row.counts.major + row.counts.minor > 0)
        || log.by == Some(LogSteps::Commits)
}

/// Whether a row compares two revisions of a package.
pub(super) fn is_judged(row: &LogRow) -> bool {
    matches!(row.status, PackageStatus::Changed | PackageStatus::Unchanged)
}

/// The version that was required, where anything was: drafts may follow each other as they like.
pub(super) fn needs(log: &LogReport, row: &LogRow) -> Option<String> {
    let is_required = row.level > Some(Level::None) && row.version.verdict != VersionVerdict::PreRelease;
    let is_told = is_required && !is_draft_before(row) || verdict(log, row).0 == Tone::Bad;
    row.version.required.clone().filter(|_| is_judged(row) && is_told)
}

/// The subject of a commit; tags speak for themselves.
pub(super) fn subject<'a>(log: &LogReport, row: &'a LogRow) -> Option<&'a str> {
    Some(row.subject.as_str()).filter(|subject| log.by == Some(LogSteps::Commits) && !subject.trim().is_empty())
}

/// How many changes there are of each level.
pub(super) fn counts(row: &LogRow) -> String {
    let LevelCounts { major, minor, patch } = row.counts;
    let counts = [(major, Level::Major), (minor, Level::Minor), (patch, Level::Patch)];
    let some = counts.into_iter().filter(|(count, _)| *count > 0 && is_judged(row));
    some.map(|(count, level)| format!("{count} {}", level.word())).collect::<Vec<_>>().join(", ")
}

/// Where a change is, short where it is in the package itself, and what it is.
pub(super) fn change<'a>(package: &str, change: &'a LoggedChange) -> (Option<&'a str>, String) {
    let group = words::group(&change.path);
    let own =
        group.strip_prefix(package).filter(|rest| change.track.is_none() && (rest.is_empty() || rest.starts_with('/')));
    let gate = change.gate.as_ref().map_or(String::new(), |gate| format!(" (behind feature `{}`)", gate.unstable));
    let place = own.map_or(group, |own| own.trim_start_matches('/'));
    (Some(place).filter(|place| !place.is_empty()), format!("{}{gate}", change.message))
}

/// What happened to the item that is followed, a line each.
pub(super) fn events(row: &LogRow) -> Vec<String> {
    if row.status == PackageStatus::Undetermined {
        return vec![format!("undetermined, because {}", reason(row))];
    }
    let findings = row.findings.iter().map(|finding| finding.message.clone());
    row.events.iter().map(|event| event.message.clone()).chain(findings).collect()
}

fn is_draft(row: &LogRow) -> bool {
    is_pre_release(&row.new_version)
}

fn is_draft_before(row: &LogRow) -> bool {
    is_pre_release(&row.old_version)
}

fn is_pre_release(version: &Option<String>) -> bool {
    let version = version.as_deref().and_then(|version| version.parse::<Version>().ok());
    version.is_some_and(|version| !version.pre.is_empty())
}

fn is_beside(row: &LogRow) -> bool {
    row.findings.iter().any(|finding| matches!(finding.kind, FindingKind::LineBegun | FindingKind::LineEnded))
}
