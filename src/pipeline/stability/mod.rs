//! How stable packages are, and what is in them: the walk of `log`, weighed.
//!
//! The way of a line: `fold` makes figures of what each revision did to it, `weigh` a class of these, and `users` tells
//! who uses what in the end.

mod days;
mod figures;
mod fold;
mod home;
mod reasons;
mod users;
mod weigh;

use super::log::{self, Log};
use super::{Options, Work};
use crate::report::{
    self, ErrorReport, LogReport, PackageLog, PackageStability, PackageStatus, StabilityReport, StabilityRevision,
    Status,
};
use crate::revision::{History, Step, Steps};
use semver::Version;
use std::cmp::Reverse;
use users::Users;

/// Which history is weighed.
#[derive(Clone, Debug, Default)]
pub struct Stability {
    /// `A..B`, `A...B` or `A`; `None` is all that led to `HEAD`.
    pub range: Option<String>,
    /// What its revisions are; `None` is the release tags, and where there are none, the commits.
    pub by: Option<Steps>,
    /// Called after each revision, with how many of how many are done.
    pub progress: Option<fn(usize, usize)>,
}

/// Tells how stable packages are, and what that took.
///
/// # Errors
/// What is wrong with the range, for whoever typed it.
pub fn stability(question: &Stability, options: &Options) -> Result<(StabilityReport, Work), String> {
    let Stability { range, by, progress } = question.clone();
    // Who uses a package may be any other one.
    let all = Options { packages: Vec::new(), ..options.clone() };
    let walked = log::walk(&Log { range, by, progress, ..Log::default() }, &all, true)?;
    let told = asked_for(walked.report, &options.packages);
    let revisions = walked.history.as_ref().map_or(Vec::new(), revisions);
    // Where no revision is told, neither is what was there before.
    let has_steps = walked.history.as_ref().is_some_and(|history| !history.steps.is_empty());
    let lines = walked.lines.filter(|_| has_steps).map_or(Vec::new(), |lines| lines.found);
    let lines: Vec<log::PackageLine> = lines.into_iter().map(log::PackageLine::released).collect();
    let users = Users::of(&lines);
    let package = |line: &log::PackageLine| {
        let newest = lines.iter().filter(|other| other.name == line.name).map(|other| other.held).max();
        let own = told.packages.iter().find(|package| package.name == line.name);
        PackageStability {
            reasons: own.map_or(Vec::new(), |own| reasons::reasons(line, own, &revisions)),
            protect: own.and_then(|own| own.protect),
            features: own.and_then(|own| own.features.clone()),
            ..fold::package(line, newest == Some(line.held), &revisions, &users)
        }
    };
    let is_asked_for = |line: &&log::PackageLine| options.packages.is_empty() || options.packages.contains(&line.name);
    let mut packages: Vec<PackageStability> = lines.iter().filter(is_asked_for).map(package).collect();
    let version = |package: &PackageStability| package.version.as_deref().and_then(|v| v.parse::<Version>().ok());
    packages.sort_by_cached_key(|package| (package.name.clone(), package.line, Reverse(version(package))));
    let revisions = revisions.into_iter().flatten().collect();
    Ok((report::stability_report(told, revisions, packages), walked.work))
}

/// What is told of some packages; of those that are nowhere, that they are.
fn asked_for(mut told: LogReport, names: &[String]) -> LogReport {
    if names.is_empty() || told.packages.is_empty() {
        return told;
    }
    let all = std::mem::take(&mut told.packages);
    let known: Vec<&str> = all.iter().map(|package| package.name.as_str()).collect();
    let missing = names.iter().filter(|name| !known.contains(&name.as_str()));
    let missing: Vec<ErrorReport> =
        missing.map(|name| report::unlogged_package(name, &log::nearest(name, &known))).collect();
    let is_unread = |package: &PackageLog| package.rows.iter().any(|row| row.status == PackageStatus::Undetermined);
    let mut packages = all.into_iter().filter(|package| names.contains(&package.name)).collect::<Vec<_>>();
    told.nothing_found = told.errors.is_empty() && !missing.is_empty();
    let is_undetermined = !told.errors.is_empty() || packages.iter().any(is_unread);
    told.status = if is_undetermined { Status::Undetermined } else { Status::Complete };
    told.errors.extend(missing);
    told.packages.append(&mut packages);
    told
}

/// The revisions by their places: the base of the range first, which there need not be.
fn revisions(history: &History) -> Vec<Option<StabilityRevision>> {
    let revision = |step: &Step| StabilityRevision {
        revision: step.target.shown.clone(),
        commit: step.target.commit.clone().unwrap_or_default(),
        date: step.date.clone(),
    };
    std::iter::once(history.base.as_ref().map(revision))
        .chain(history.steps.iter().map(|step| Some(revision(step))))
        .collect()
}
