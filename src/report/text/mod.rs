//! The report for a terminal: what was compared, what changed in each package, for whom, where, how far, and what to do
//! instead; then, where the eye is, all packages at a glance, or the one that there is.

mod alternative;
mod bump;
mod capabilities;
mod changes;
#[cfg(feature = "config")]
mod config;
mod cost;
mod explain;
mod gained;
mod headline;
mod list;
mod log;
mod notes;
mod outcome;
mod page;
mod rules;
mod sides;
mod snippet;
mod stability;
mod summary;
mod through;

pub use bump::bump_to_text;
pub use capabilities::capabilities_to_text;
#[cfg(feature = "config")]
pub use config::config_to_text;
pub use cost::cost_to_text;
pub use explain::explain_to_text;
pub use list::list_to_text;
pub use log::log_to_text;
pub use rules::rules_to_text;
pub use stability::stability_to_text;

use super::accepted::short;
use super::escape::clean;
use super::standing::{is_nameless, is_quiet};
use super::told::told;
use super::weigh::failing;
use super::wire::*;
use page::Page;
use std::collections::{BTreeMap, BTreeSet};

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// The width to wrap at, in columns; at least 40.
    pub width: usize,
    /// Whether there are colours in it, as terminal escapes.
    pub color: bool,
    /// Whether documentation and gates are listed in full, all that a change reaches, and all that is unchanged.
    pub verbose: bool,
}

impl Default for TextOptions {
    fn default() -> TextOptions {
        TextOptions { width: 80, color: false, verbose: false }
    }
}

/// The report as text. A side that could not be loaded is left to [`errors_to_text`](super::errors_to_text).
pub fn to_text(report: &Report, options: &TextOptions) -> String {
    let mut names = BTreeSet::new();
    let shared = report.packages.iter().filter(|package| !names.insert(&package.name));
    let mut page = Page {
        protect: report.protect,
        verified: report.verified,
        shared: shared.map(|package| package.name.clone()).collect(),
        told: told(report),
        failing: handles(report),
        ..Page::empty(options)
    };
    page.sides(&report.old, &report.new);
    match report.packages.as_slice() {
        [] => {}
        [package] if is_nameless(package) => {}
        [package] => page.only(package),
        packages => {
            page.gap();
            if !page.all_undetermined(report) {
                let shown = |package: &&PackageReport| !is_quiet(package) && !is_nameless(package);
                for package in packages.iter().filter(shown) {
                    page.package(package);
                    page.gap();
                }
                page.summary(report);
            }
        }
    }
    page.outcome(report);
    page.out
}

/// The changes because of which packages fail, by fingerprint, and what is told of that: as much as no other begins with.
fn handles(report: &Report) -> BTreeMap<String, String> {
    if report.check.is_none() {
        return BTreeMap::new();
    }
    let all: BTreeSet<&str> =
        report.packages.iter().flat_map(|package| &package.changes).map(|change| change.fingerprint.as_str()).collect();
    let handle = |change: &ChangeReport| {
        let begin = short(&change.fingerprint);
        let alike = all.iter().filter(|other| other.starts_with(&begin)).count();
        (change.fingerprint.clone(), if alike > 1 { clean(&change.fingerprint) } else { begin })
    };
    failing(report).into_iter().map(handle).collect()
}

/// Only what a check says at the end: which packages fail, and why.
pub(super) fn outcome_to_text(report: &Report, options: &TextOptions) -> String {
    let mut page = Page { protect: report.protect, ..Page::empty(options) };
    page.outcome(report);
    page.out
}

/// A text wrapped between words only.
pub(super) fn filled(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::fill(text, options)
}

impl Page {
    /// The one package of a report: what it comes to stands last, where the eye is.
    fn only(&mut self, package: &PackageReport) {
        let error = package.error.as_ref();
        if error.is_none() {
            let begun = self.out.len();
            self.changes(package);
            self.costs(package);
            self.gained(package);
            self.notes(package);
            if begun == 0 && self.out.starts_with('\n') {
                self.out.remove(0);
            }
        }
        self.gap();
        match error {
            Some(error) => self.undetermined(package, error),
            None => self.headline(package),
        }
    }

    fn package(&mut self, package: &PackageReport) {
        if let Some(error) = &package.error {
            return self.undetermined(package, error);
        }
        self.headline(package);
        self.changes(package);
        self.costs(package);
        self.gained(package);
        self.notes(package);
    }
}
