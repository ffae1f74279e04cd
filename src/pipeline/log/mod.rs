//! The semantic history of packages: what each revision changed, compared with the one before it.
//!
//! The way of a revision: `walk` opens it if it holds other WIT than the one before, `family` says for which packages it
//! counts, `advance` compares what differs, `state` is what the next one is compared with, and `section` collects rows.

mod advance;
mod begin;
mod family;
mod follow;
mod inventory;
mod item;
mod lines;
mod mismatch;
mod section;
mod standing;
mod state;
mod walk;

pub(super) use inventory::{Inventory, Used};
pub(super) use item::nearest;
pub(super) use lines::{Event, Lines, PackageLine, What};

use super::thread::with_stack;
use super::{Options, Shared, Work};
use crate::report::{self, ErrorReport, LogHead, LogReport, LogSteps, PackageLog, Source};
use crate::revision::{self, Cut, History, Kind, SidesError, Steps, Target};
use follow::Item;
use std::collections::BTreeSet;
use walk::Walk;

/// Which history is told, and how.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// `A..B`, `A...B` or `A`; `None` is all that led to `HEAD`.
    pub range: Option<String>,
    /// What its revisions are; `None` is the release tags, and where there are none, the commits.
    pub by: Option<Steps>,
    /// The one item that is followed, by its path as in REPORT.md; `None` follows whole packages.
    pub item: Option<String>,
    /// So many rows of each package are told, the newest ones; `None` is all.
    pub limit: Option<usize>,
    /// Whether revisions that did not change a package have a row, too.
    pub unchanged: bool,
    /// Called after each revision, with how many of how many are done.
    pub progress: Option<fn(usize, usize)>,
}

/// A history that was walked through.
pub(super) struct Walked {
    pub report: LogReport,
    pub lines: Option<Lines>,
    /// `None` where it could not be read.
    pub history: Option<History>,
    pub work: Work,
}

/// Tells the history of packages, and what that took.
///
/// # Errors
/// What is wrong with the range or with the path of the item, for whoever typed it.
pub fn log(log: &Log, options: &Options) -> Result<(LogReport, Work), String> {
    walk(log, options, false).map(|walked| (walked.report, walked.work))
}

/// The same with what else was found on the way; with the lines of packages where they are followed.
pub(super) fn walk(log: &Log, options: &Options, with_lines: bool) -> Result<Walked, String> {
    let mut options = options.clone();
    let item = log.item.as_deref().map(Item::parse).transpose()?;
    if let Some(item) = &item {
        if options.packages.iter().any(|name| *name != item.package) {
            return Err(report::item_of_another_package(&item.text, &item.package));
        }
        options.packages = vec![item.package.clone()];
    }
    let history = match revision::history(log.range.as_deref(), log.by, &options.revision) {
        Ok(history) => history,
        Err(SidesError::Usage(message)) => return Err(message),
        Err(SidesError::Missing { error, .. }) => {
            let input = log.range.as_deref().unwrap_or("HEAD");
            let source = Source::new(input, Kind::Git);
            let head = head(log, source, None, &options);
            let report = report::log_report(head, Vec::new(), vec![report::log_error(&error)], Vec::new(), false);
            return Ok(Walked { report, lines: None, history: None, work: Work::default() });
        }
    };
    let shared = Shared::default();
    let told = with_stack(|| {
        let walk = Walk::new(log, &options, item, &history, &shared);
        if with_lines { walk.with_lines().run() } else { walk.run() }
    });
    let mut told = told.unwrap_or_else(|error| Told { errors: vec![report::log_error(&error)], ..Told::default() });
    let lines = told.lines.take();
    let report = finish(log, told, &history, &options);
    Ok(Walked { report, lines, history: Some(history), work: shared.work() })
}

/// What a walk through a history found.
#[derive(Default)]
struct Told {
    packages: Vec<PackageLog>,
    lines: Option<Lines>,
    errors: Vec<ErrorReport>,
    /// Features that gates name.
    features: BTreeSet<String>,
    /// What was asked for and is nowhere.
    missing: Vec<ErrorReport>,
}

fn finish(log: &Log, told: Told, history: &History, options: &Options) -> LogReport {
    let Told { mut packages, mut errors, features, mut missing, .. } = told;
    let base = history.base.as_ref().map(|step| source(&step.target));
    let mut head = head(log, source(&history.tip), base, options);
    for package in &mut packages {
        package.protect = options.of(&package.name).protect.filter(|protect| *protect != head.protect);
    }
    let called = &history.tip.shown;
    head.by = Some(match history.by {
        Steps::Tags => LogSteps::Tags,
        Steps::Commits => LogSteps::Commits,
    });
    head.revisions = history.steps.len();
    if history.steps.is_empty() {
        missing = vec![match (&history.base, history.by) {
            (Some(base), Steps::Commits) => report::no_revision(&base.target.shown, called),
            (_, Steps::Tags | Steps::Commits) => report::no_release_tag(called),
        }];
    } else if packages.is_empty() && missing.is_empty() && errors.is_empty() {
        missing.push(report::no_package_at_all(called));
    }
    let unknown = options.features.names.iter().filter(|name| !features.contains(*name));
    let mut warnings: Vec<String> = match packages.is_empty() {
        true => Vec::new(),
        false => unknown.map(|name| report::unknown_feature(name)).collect(),
    };
    warnings.extend(history.untagged.iter().map(|tag| report::untagged(tag, called)));
    warnings.extend(history.cut.iter().map(|Cut { commit, hint }| report::cut_off(commit, hint)));
    let nothing_found = !missing.is_empty() && errors.is_empty();
    errors.extend(missing);
    head.features = if options.features.all { features.into_iter().collect() } else { head.features };
    report::log_report(head, packages, errors, warnings, nothing_found)
}

fn head(log: &Log, input: Source, base: Option<Source>, options: &Options) -> LogHead {
    LogHead {
        input,
        base,
        by: None,
        revisions: 0,
        protect: options.protect.unwrap_or_default(),
        features: options.features.names.iter().cloned().collect(),
        item: log.item.clone(),
    }
}

fn source(target: &Target) -> Source {
    let Target { shown, how, commit, .. } = target.clone();
    Source { commit, how, ..Source::new(&shown, Kind::Git) }
}
