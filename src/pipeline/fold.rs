//! Versions of a package that stand on one side only, beside one that goes on: they are told with that one.

use super::several::Outcome;
use crate::report::{PackageStatus, TrackReport, TrackWorldReport, WorldReport};
use std::collections::BTreeMap;

/// Leaves one outcome for what continues each package, and folds versions that came or went into it. What could not be
/// judged stays by itself.
pub(super) fn fold(outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let mut by_name: BTreeMap<String, Vec<Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        by_name.entry(outcome.identity.name.clone()).or_default().push(outcome);
    }
    by_name.into_values().flat_map(fold_one).collect()
}

/// The outcomes of one name.
fn fold_one(outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let (mut lone, mut rest): (Vec<Outcome>, Vec<Outcome>) =
        outcomes.into_iter().partition(|outcome| status(outcome).is_some() && outcome.report.packages.len() == 1);
    // Where none goes on, the newest stands for all.
    if !rest.iter().any(is_judged) {
        lone.sort_by(|a, b| a.identity.cmp(&b.identity));
        rest.extend(lone.pop());
    }
    let tracks: Vec<TrackReport> = lone.iter().filter_map(track).collect();
    let newest = rest.iter_mut().filter(|outcome| is_judged(outcome)).max_by(|a, b| a.identity.cmp(&b.identity));
    if let Some(package) = newest.and_then(Outcome::package_mut) {
        package.tracks.extend(tracks);
    }
    rest
}

fn is_judged(outcome: &Outcome) -> bool {
    outcome.package().is_some_and(|package| package.level.is_some())
}

/// Whether it came or went.
fn status(outcome: &Outcome) -> Option<PackageStatus> {
    outcome
        .package()
        .map(|package| package.status)
        .filter(|status| matches!(status, PackageStatus::Added | PackageStatus::Removed))
}

fn track(outcome: &Outcome) -> Option<TrackReport> {
    let package = outcome.package()?;
    Some(TrackReport {
        status: package.status,
        version: package.new_version.clone().or_else(|| package.old_version.clone()),
        path: package.new_path.clone().or_else(|| package.old_path.clone()),
        worlds: package.worlds.iter().filter_map(world).collect(),
    })
}

fn world(world: &WorldReport) -> Option<TrackWorldReport> {
    let capabilities = world.capabilities.clone().filter(|changes| !changes.gained.is_empty())?;
    Some(TrackWorldReport { name: world.name.clone(), capabilities })
}
