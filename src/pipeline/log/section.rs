//! The rows of each package.

use super::mismatch;
use crate::report::{LevelCounts, LogRow, LoggedChange, PackageLog, PackageReport, PackageStatus, VersionReport};
use crate::revision::{History, Step};
use crate::verdict::Level;
use crate::version::VersionVerdict;
use semver::Version;
use std::collections::BTreeMap;

/// All packages, by name.
#[derive(Default)]
pub(super) struct Sections(BTreeMap<String, Section>);

/// One package.
#[derive(Default)]
pub(super) struct Section {
    /// With the number of their revision.
    pub rows: Vec<(usize, LogRow)>,
    /// The features that count for it, where it has some of its own.
    pub features: Option<Vec<String>>,
    /// How many revisions have no row.
    unchanged: usize,
    /// The versions that it declares, by revision, where its tags may be expected to name them.
    pub declared: Vec<(usize, Vec<Version>)>,
}

impl Sections {
    pub fn of(&mut self, name: &str) -> &mut Section {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Section::default());
        }
        self.0.entry(name.to_owned()).or_default()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The rows, newest first, and of a package no more than `limit`.
    pub fn finish(self, history: &History, limit: Option<usize>, is_whole: bool) -> Vec<PackageLog> {
        let finish = |(name, mut section): (String, Section)| {
            if is_whole {
                mismatch::add(&name, &mut section, history);
            }
            let parsed =
                |version: &Option<String>| version.as_deref().and_then(|version| version.parse::<Version>().ok());
            let version = |row: &LogRow| parsed(&row.new_version).or(parsed(&row.old_version));
            section.rows.sort_by_cached_key(|(step, row)| std::cmp::Reverse((*step, version(row))));
            let mut rows: Vec<LogRow> = section.rows.into_iter().map(|(_, row)| row).collect();
            let left_out = rows.len().saturating_sub(limit.unwrap_or(usize::MAX));
            rows.truncate(limit.unwrap_or(usize::MAX));
            PackageLog { name, rows, unchanged: section.unchanged, left_out, features: section.features, protect: None }
        };
        self.0.into_iter().map(finish).collect()
    }
}

impl Section {
    pub fn push(&mut self, step: usize, row: LogRow) {
        self.rows.push((step, row));
    }

    /// Adds a row unless the last one says already why there is no verdict.
    pub fn push_unless_said(&mut self, step: usize, row: LogRow) {
        let is_said = |(_, last): &(usize, LogRow)| last.error.is_some() && last.error == row.error;
        if self.rows.last().is_some_and(is_said) {
            self.unchanged += 1;
        } else {
            self.push(step, row);
        }
    }

    /// Counts a revision in which nothing has happened, unless something has.
    pub fn pass(&mut self, step: usize) {
        if self.rows.iter().rev().take_while(|(at, _)| *at >= step).all(|(at, _)| *at != step) {
            self.unchanged += 1;
        }
    }

    /// One less of those that have no row.
    pub fn unpass(&mut self) {
        self.unchanged = self.unchanged.saturating_sub(1);
    }
}

/// A row without a word.
pub(super) fn empty(step: &Step) -> LogRow {
    LogRow {
        revision: step.target.shown.clone(),
        commit: step.target.commit.clone().unwrap_or_default(),
        date: step.date.clone(),
        subject: step.subject.clone(),
        against: None,
        status: PackageStatus::Unchanged,
        old_version: None,
        new_version: None,
        level: Some(Level::None),
        version: VersionReport {
            required: None,
            declared: None,
            verdict: VersionVerdict::Undetermined,
            released: None,
        },
        counts: LevelCounts::default(),
        events: Vec::new(),
        changes: Vec::new(),
        findings: Vec::new(),
        error: None,
    }
}

/// The row of a package that was compared.
pub(super) fn row(step: &Step, against: Option<&str>, package: PackageReport) -> LogRow {
    let change = |change: crate::report::ChangeReport| LoggedChange {
        rule: change.rule,
        path: change.path,
        track: change.track,
        level: change.level,
        fingerprint: change.fingerprint,
        gate: change.gate,
        message: change.message,
    };
    let mut row = LogRow {
        against: against.map(str::to_owned),
        status: package.status,
        old_version: package.old_version,
        new_version: package.new_version,
        level: package.level,
        version: package.version,
        changes: package.changes.into_iter().map(change).collect(),
        error: package.error,
        ..empty(step)
    };
    count(&mut row);
    row
}

/// Counts the changes of a row anew.
pub(super) fn count(row: &mut LogRow) {
    let of = |level: Level| row.changes.iter().filter(|change| change.level == level).count();
    row.counts = LevelCounts { major: of(Level::Major), minor: of(Level::Minor), patch: of(Level::Patch) };
}

/// The row of a revision that did not change a package.
pub(super) fn unchanged(step: &Step, version: Option<&Version>) -> LogRow {
    let version = version.map(Version::to_string);
    let verdict = if version.is_some() { VersionVerdict::Sufficient } else { VersionVerdict::Unversioned };
    LogRow {
        version: VersionReport { required: version.clone(), declared: version.clone(), verdict, released: None },
        old_version: version.clone(),
        new_version: version,
        ..empty(step)
    }
}
