//! For which packages a revision counts: a commit for all, a release tag for those that are called like it.

use super::state::After;
use crate::revision::{Before, History, Step, is_family};
use std::collections::{BTreeMap, BTreeSet};

/// Packages that go through the same revisions.
pub(super) struct Family {
    /// What comes before each revision; `None` where it does not count.
    pub before: Vec<Option<Before>>,
    /// The revisions for which the state after a revision is needed, at the last.
    last_use: BTreeMap<usize, usize>,
    /// What later revisions are compared with, by revision.
    states: BTreeMap<usize, After>,
}

/// What tells families apart: the prefixes of their tags. Commits are all of one.
pub(super) type Key = Vec<String>;

impl Family {
    pub fn new(history: &History, key: &Key) -> Family {
        let counts = |step: &Step| step.tag.as_ref().is_none_or(|tag| key.contains(&tag.prefix));
        let before = |(at, step): (usize, &Step)| counts(step).then(|| history.before(at, counts));
        let before: Vec<Option<Before>> = history.steps.iter().enumerate().map(before).collect();
        let mut last_use = BTreeMap::new();
        for (at, before) in before.iter().enumerate() {
            if let Some(Before::Step(used)) = before {
                last_use.insert(*used, at);
            }
        }
        Family { before, last_use, states: BTreeMap::new() }
    }

    pub fn state(&self, step: usize) -> Option<After> {
        self.states.get(&step).cloned()
    }

    /// Keeps the state after a revision for those that need it, and none that nobody needs any more.
    pub fn keep(&mut self, step: usize, state: After) {
        self.states.insert(step, state);
        self.states.retain(|at, _| self.last_use.get(at).is_some_and(|last| *last > step));
    }

    pub fn states(&self) -> impl Iterator<Item = &After> {
        self.states.values()
    }
}

/// The prefixes of all tags of a history.
pub(super) fn prefixes(history: &History) -> BTreeSet<String> {
    history.steps.iter().filter_map(|step| step.tag.as_ref()).map(|tag| tag.prefix.clone()).collect()
}

/// The family of a package: its tags are those that are called after it, if there are any; else those that are called
/// after nothing; else all, which tell at least what was there.
pub(super) fn key(prefixes: &BTreeSet<String>, package: &str) -> Key {
    let called: Key =
        prefixes.iter().filter(|prefix| !prefix.is_empty() && is_family(prefix, package)).cloned().collect();
    if !called.is_empty() {
        called
    } else if prefixes.contains("") {
        vec![String::new()]
    } else {
        prefixes.iter().cloned().collect()
    }
}
