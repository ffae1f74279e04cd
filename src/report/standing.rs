//! How a package stands, in a word or two.

use super::UNKNOWN;
use super::escape::clean;
use super::log_words::Tone;
use super::reasons::shown;
use super::verification::BOTH;
use super::wire::*;
use crate::verdict::Level;
use crate::version::VersionVerdict;

/// Whether it is as it should be.
pub(super) fn verdict(package: &PackageReport) -> (Tone, String) {
    let standing = match package.status {
        PackageStatus::Added => Some("added"),
        PackageStatus::Removed => Some("removed"),
        PackageStatus::Undetermined => return (Tone::Unknown, "undetermined".into()),
        PackageStatus::Changed | PackageStatus::Unchanged => None,
    };
    // A gate of levels lets a version pass that is too low: that is not hidden.
    let is_overlooked = is_too_low(package) && package.check.as_ref().is_some_and(|check| check.passed);
    if let Some(check) = package.check.as_ref().filter(|_| !is_overlooked) {
        let (tone, word) = if check.passed { (Tone::Good, "ok") } else { (Tone::Bad, "fails") };
        return (tone, standing.map_or(word.to_string(), |standing| format!("{word} ({standing})")));
    }
    let (tone, word) = match (standing, package.version.verdict) {
        (Some("removed"), _) => (Tone::Bad, "removed"),
        (Some(standing), _) => (Tone::Good, standing),
        (None, VersionVerdict::Sufficient) => (Tone::Good, "sufficient"),
        (None, VersionVerdict::Insufficient) => (Tone::Bad, "insufficient"),
        (None, VersionVerdict::UnchangedVersion) => (Tone::Bad, "unchanged version"),
        (None, VersionVerdict::WentBackwards) => (Tone::Bad, "went backwards"),
        (None, VersionVerdict::PreRelease) => (Tone::Good, "pre-release"),
        (None, VersionVerdict::Unversioned) => (Tone::Unknown, "unversioned"),
        (None, VersionVerdict::Undetermined) => (Tone::Unknown, "undetermined"),
    };
    (if is_overlooked { Tone::Unknown } else { tone }, word.to_string())
}

/// What there is to say about the versions of a package that declares none on one side, or on both.
pub(super) fn unversioned(package: &PackageReport) -> String {
    match (&package.old_version, &package.new_version) {
        (None, Some(first)) => format!("declares {}, its first version: there is none to count from", clean(first)),
        (Some(_), None) => "the package no longer declares a version: none can be checked".into(),
        _ => "the package declares no version: none can be checked".into(),
    }
}

/// Whether the package is gone; one of which another track goes on, is not.
#[cfg(feature = "formats")]
pub(super) fn is_gone(package: &PackageReport) -> bool {
    package.status == PackageStatus::Removed
}

/// Whether the declared version does not honour what changed.
pub(super) fn is_too_low(package: &PackageReport) -> bool {
    package.status != PackageStatus::Removed
        && matches!(
            package.version.verdict,
            VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion | VersionVerdict::WentBackwards
        )
}

/// Whether there is nothing to say about a package but its name.
pub(super) fn is_quiet(package: &PackageReport) -> bool {
    let is_fine = match (&package.check, package.version.verdict) {
        (Some(check), _) => check.passed,
        (None, VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion | VersionVerdict::WentBackwards) => {
            false
        }
        (None, _) => true,
    };
    let is_silent =
        package.notes.is_empty() && package.inherits.is_empty() && package.tracks.is_empty() && package.error.is_none();
    package.status == PackageStatus::Unchanged && is_fine && is_silent
}

/// A package that stands for a side of which nothing is known: what there is to say goes to the standard error.
pub(super) fn is_nameless(package: &PackageReport) -> bool {
    package.error.is_some() && package.name == UNKNOWN
}

/// Why there is no verdict.
pub(super) fn reason(error: &ErrorReport) -> String {
    match error.side.as_str() {
        BOTH => "the official validator disagrees".to_string(),
        side => format!("the {} side could not be loaded", clean(side)),
    }
}

/// Where the newest release, and not the old side, says which version is high enough; `None` where it does not.
pub(super) fn since_release(version: &VersionReport, shown_as: impl Fn(Tone, &str) -> String) -> Option<String> {
    let ReleasedReport { tag, version: before, level } = version.released.as_ref()?;
    let (required, declared) = (shown(&version.required), shown(&version.declared));
    let release = format!("the newest release, {} (tag {})", clean(before), clean(tag));
    let (tone, words) = match version.verdict {
        VersionVerdict::Sufficient if *level == Level::None => (Tone::Good, "is sufficient"),
        VersionVerdict::Sufficient => (Tone::Good, "already covers it"),
        VersionVerdict::Insufficient => (Tone::Bad, "is insufficient"),
        VersionVerdict::UnchangedVersion => (Tone::Bad, "is released already"),
        VersionVerdict::WentBackwards => (Tone::Bad, "went backwards"),
        VersionVerdict::PreRelease => (Tone::Good, "breaks no promise inside a pre-release series"),
        VersionVerdict::Unversioned | VersionVerdict::Undetermined => (Tone::Unknown, "is undetermined"),
    };
    let words = shown_as(tone, words);
    Some(match level {
        Level::None => format!("declares {declared}, which {words}: nothing changed since {release}"),
        level => format!(
            "declares {declared}, which {words}: what changed since {release}, is {}, and that requires {required}",
            level.word()
        ),
    })
}
