//! A changelog for those who use a package: what changed for them, in the order of Keep a Changelog.
//!
//! Deliberately absent: files and clocks. A date is told, and a file is text that is merged into.
//!
//! What only those who maintain a package need is left out: findings about its gates, and how a break could have been
//! avoided. In its place stands what to do about the break.

mod entries;
#[cfg(feature = "changelog")]
mod find;
mod group;
mod impact;
#[cfg(feature = "changelog")]
mod merge;
mod migrate;
#[cfg(feature = "changelog")]
mod outline;
mod say;
#[cfg(feature = "changelog")]
mod title;
mod warn;

#[cfg(feature = "changelog")]
pub use merge::merge_changelog;
pub use warn::{changelog_outcome_to_text, changelog_warnings_to_text};

use super::markdown_escape;
use super::wire::{PackageReport, PackageStatus, Report};
use crate::version::VersionVerdict;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a report does not tell, and a changelog needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangelogOptions {
    /// The day of the release, `YYYY-MM-DD`; without it, headings have no date.
    pub date: Option<String>,
    /// The versions of each package that are released, as far as tags tell; `None` where nobody knows. Then nothing that
    /// stands in a changelog is taken for unreleased: no section is renamed, and no entry taken back.
    pub released: Option<BTreeMap<String, BTreeSet<String>>>,
}

/// What is to be told of one package under one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangelogSection {
    /// `namespace:name`.
    pub package: String,
    /// The version that the release will have: the declared one where it is higher than the old one, else the required
    /// one. `None` where the package declares none, or is gone.
    pub version: Option<String>,
    /// The version of the package on the old side.
    pub since: Option<String>,
    /// Whether the version before is in an older release than that of the other packages: those since did not have it.
    pub is_since_older: bool,
    /// Whether the new side has no such package any more.
    pub is_removed: bool,
    /// The day of the release.
    pub date: Option<String>,
    /// The versions that are released; `None` where nobody knows.
    pub released: Option<BTreeSet<String>>,
    /// What changed; empty where there is nothing to tell.
    pub groups: Vec<ChangelogGroup>,
}

/// The entries under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangelogGroup {
    pub kind: ChangelogKind,
    /// Never empty.
    pub entries: Vec<ChangelogEntry>,
}

/// The headings, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangelogKind {
    /// What breaks somebody who is protected.
    Breaking,
    Added,
    Deprecated,
    /// What is gone and breaks nobody who is protected.
    Removed,
    /// Whatever fits nowhere else.
    Changed,
    /// Documentation.
    Fixed,
}

/// One bullet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangelogEntry {
    /// Stands for what the bullet tells and under which heading: sixteen hexadecimal digits.
    pub id: String,
    /// Markdown, without the dash: a line, and one more for what to do.
    pub text: String,
    /// The fingerprints of the changes that it tells.
    pub changes: Vec<String>,
}

impl ChangelogKind {
    /// All of them, in their order.
    pub const ALL: [ChangelogKind; 6] = [
        ChangelogKind::Breaking,
        ChangelogKind::Added,
        ChangelogKind::Deprecated,
        ChangelogKind::Removed,
        ChangelogKind::Changed,
        ChangelogKind::Fixed,
    ];

    /// The words of the heading.
    pub fn title(self) -> &'static str {
        match self {
            ChangelogKind::Breaking => "Breaking",
            ChangelogKind::Added => "Added",
            ChangelogKind::Deprecated => "Deprecated",
            ChangelogKind::Removed => "Removed",
            ChangelogKind::Changed => "Changed",
            ChangelogKind::Fixed => "Fixed",
        }
    }
}

/// A section for every package of a report that could be judged, in the order of the report. Those of which nothing is
/// to be told have no groups; a merge needs them to see what was taken back.
///
/// ```
/// use wit_diff::pipeline::{Options, run_sources};
/// use wit_diff::report::{ChangelogOptions, changelog, changelog_to_markdown};
/// use wit_diff::revision::from_text;
///
/// let old = from_text("files.wit", "package my:files@1.0.0; interface files { open: func(path: string); }");
/// let new = from_text("files.wit", "package my:files@1.0.0; interface files { open: func(path: string); sync: func(); }");
/// let report = run_sources(old, new, &Options::default());
/// let sections = changelog(&report, &ChangelogOptions::default());
/// assert_eq!(sections[0].version.as_deref(), Some("1.1.0"));
/// assert_eq!(
///     changelog_to_markdown(&sections),
///     "## my:files 1.1.0\n\n### Added\n\n- Interface `files`: function `sync`. Implementers must add it.\n",
/// );
/// ```
pub fn changelog(report: &Report, options: &ChangelogOptions) -> Vec<ChangelogSection> {
    let judged = report.packages.iter().filter(|package| package.level.is_some());
    judged.map(|package| section(package, report, options)).collect()
}

/// The sections as Markdown, those without entries left out; empty where nothing is to be told.
pub fn changelog_to_markdown(sections: &[ChangelogSection]) -> String {
    let mut out = String::new();
    for section in sections.iter().filter(|section| !section.groups.is_empty()) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{}", section.heading());
        for group in &section.groups {
            let _ = writeln!(out, "\n### {}\n", group.kind.title());
            for entry in &group.entries {
                let _ = writeln!(out, "- {}", entry.text.replace('\n', "\n  "));
            }
        }
    }
    out
}

impl ChangelogSection {
    /// The line above it.
    fn heading(&self) -> String {
        let name = markdown_escape::name(&self.package);
        let version = match &self.version {
            Some(version) => markdown_escape::name(version),
            None if self.is_removed => "(removed)".into(),
            None => "(unversioned)".into(),
        };
        let date = self.date.as_ref().map_or(String::new(), |date| format!(" - {}", markdown_escape::name(date)));
        format!("## {name} {version}{date}")
    }
}

fn section(package: &PackageReport, report: &Report, options: &ChangelogOptions) -> ChangelogSection {
    let version = version(package);
    ChangelogSection {
        package: package.name.clone(),
        since: package.old_version.clone(),
        is_since_older: package.base.as_ref().is_some_and(|base| base.commit != report.old.commit),
        is_removed: package.status == PackageStatus::Removed,
        date: options.date.clone(),
        released: options.released.as_ref().map(|all| all.get(&package.name).cloned().unwrap_or_default()),
        groups: group::groups(package, version.as_deref(), report),
        version,
    }
}

/// The version that the release will have.
fn version(package: &PackageReport) -> Option<String> {
    let (declared, required) = (package.version.declared.clone(), package.version.required.clone());
    match package.version.verdict {
        _ if package.status == PackageStatus::Removed => None,
        VersionVerdict::UnchangedVersion | VersionVerdict::WentBackwards => required.or(declared),
        // Too low or not, it is the one that is released if nobody stops it.
        VersionVerdict::Insufficient
        | VersionVerdict::Sufficient
        | VersionVerdict::PreRelease
        | VersionVerdict::Unversioned
        | VersionVerdict::Undetermined => declared,
    }
}
