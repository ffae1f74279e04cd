//! Packages among each other: those that others depend on first, and what leaves its track takes its users along.

use super::several::Outcome;
use crate::report::InheritReport;
use crate::revision::Identity;
use crate::verdict::Level;
use crate::version::{required, track};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Puts packages behind those that they depend on; by name where nothing else says.
pub(super) fn order(outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let users = users(&outcomes);
    let mut waiting: Vec<usize> = vec![0; outcomes.len()];
    users.values().flatten().for_each(|&user| waiting[user] += 1);
    let key = |at: usize| (outcomes[at].identity.clone(), at);
    let mut ready: BTreeSet<(Identity, usize)> = (0..outcomes.len()).filter(|&at| waiting[at] == 0).map(key).collect();
    // Where packages depend on each other in a circle, the first by name goes first.
    let mut left: BTreeSet<(Identity, usize)> = (0..outcomes.len()).map(key).collect();
    let mut order = Vec::new();
    while let Some(next) = ready.pop_first().or_else(|| left.first().cloned()) {
        ready.remove(&next);
        if !left.remove(&next) {
            continue;
        }
        order.push(next.1);
        for &user in users.get(&next.1).into_iter().flatten() {
            waiting[user] = waiting[user].saturating_sub(1);
            if waiting[user] == 0 && left.contains(&key(user)) {
                ready.insert(key(user));
            }
        }
    }
    let mut outcomes: Vec<Option<Outcome>> = outcomes.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| outcomes[at].take()).collect()
}

/// Tells the users of a package that leaves its track, and theirs, that they inherit it.
pub(super) fn inherit(outcomes: &mut [Outcome]) {
    let users = users(outcomes);
    let mut leaving: BTreeMap<usize, (Version, Version)> = BTreeMap::new();
    let mut queue: VecDeque<usize> = VecDeque::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        if let Some(way) = leaves(outcome) {
            leaving.insert(at, way);
            queue.push_back(at);
        }
    }
    while let Some(at) = queue.pop_front() {
        let Some((from, to)) = leaving.get(&at).cloned() else { continue };
        let name = outcomes[at].identity.name.clone();
        for &user in users.get(&at).into_iter().flatten() {
            let Some(package) = outcomes[user].package_mut() else { continue };
            let Some(old) = package.old_version.as_deref().and_then(|old| old.parse::<Version>().ok()) else {
                continue;
            };
            package.inherits.push(InheritReport { package: name.clone(), from: from.to_string(), to: to.to_string() });
            if old.pre.is_empty() && !leaving.contains_key(&user) {
                let next = required(&old, Level::Major);
                leaving.insert(user, (old, next));
                queue.push_back(user);
            }
        }
    }
    for outcome in outcomes {
        if let Some(package) = outcome.package_mut() {
            package.inherits.sort_by(|a, b| a.package.cmp(&b.package));
        }
    }
}

/// The old version, and the one of another track that is declared or required; nothing where it stays.
fn leaves(outcome: &Outcome) -> Option<(Version, Version)> {
    let package = outcome.package()?;
    let old: Version = package.old_version.as_deref()?.parse().ok()?;
    let asked = package.version.required.as_deref().and_then(|version| version.parse::<Version>().ok());
    let declared = package.version.declared.as_deref().and_then(|version| version.parse::<Version>().ok());
    let to = asked.max(declared)?;
    // Pre-releases leave their track every time, and promise nothing.
    (old.pre.is_empty() && track::exact(&old) != track::exact(&to)).then_some((old, to))
}

/// For each package those that depend on it.
fn users(outcomes: &[Outcome]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut by_track: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        let old = outcome.package().and_then(|package| package.old_version.as_deref()?.parse::<Version>().ok());
        let old = Identity { name: outcome.identity.name.clone(), version: old.or(outcome.identity.version.clone()) };
        for track in BTreeSet::from([outcome.identity.track(), old.track()]) {
            by_track.entry(track).or_default().push(at);
        }
    }
    let mut users: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (user, outcome) in outcomes.iter().enumerate() {
        for used in outcome.references.iter().filter_map(|reference| by_track.get(&reference.track())).flatten() {
            if *used != user {
                users.entry(*used).or_default().insert(user);
            }
        }
    }
    users
}
