//! Which release tags are in the history of which.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use git2::Oid;

use super::ancestry::Ancestry;
use super::tags::ReleaseTag;

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    fn insert(&mut self, at: usize) {
        self.0.resize(self.0.len().max(at / 64 + 1), 0);
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn extend(&mut self, other: &Bits) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }
}

/// Release tags with those in their history, as indices into the same list: these come before them, and where the
/// history does not say, lower versions do.
pub(super) fn in_order(mut tags: Vec<(ReleaseTag, Oid)>, ancestry: &Ancestry) -> Vec<(ReleaseTag, Bits)> {
    tags.sort_by(|(a, _), (b, _)| (&a.version, &a.name).cmp(&(&b.version, &b.name)));
    let mut at_commit: HashMap<Oid, Vec<usize>> = HashMap::new();
    for (at, (_, commit)) in tags.iter().enumerate() {
        at_commit.entry(*commit).or_default().push(at);
    }
    let histories = histories(tags.len(), &at_commit, ancestry);
    let history = |at: usize| histories.get(at).and_then(Option::as_ref);
    let holds = |at: usize, other: usize| history(at).is_some_and(|all| all.contains(other));
    // Tags that are elsewhere have no history here.
    let here: Vec<usize> = (0..tags.len()).filter(|at| history(*at).is_some()).collect();
    let count = |at: usize| here.iter().filter(|other| holds(at, **other)).count();
    let mut missing: HashMap<usize, usize> = here.iter().map(|at| (*at, count(*at))).collect();
    let mut ready: BTreeSet<usize> = here.iter().copied().filter(|at| missing.get(at) == Some(&0)).collect();
    let mut place: HashMap<usize, usize> = HashMap::new();
    let mut order = Vec::new();
    while let Some(next) = ready.pop_first() {
        place.insert(next, order.len());
        order.push(next);
        for &at in here.iter().filter(|at| holds(**at, next)) {
            let missing = missing.entry(at).or_default();
            *missing = missing.saturating_sub(1);
            if *missing == 0 {
                ready.insert(at);
            }
        }
    }
    let mut tags: Vec<Option<ReleaseTag>> = tags.into_iter().map(|(tag, _)| Some(tag)).collect();
    let renumbered = |at: usize| {
        let mut bits = Bits::default();
        place.iter().filter(|(old, _)| history(at).is_some_and(|all| all.contains(**old))).for_each(|(_, new)| {
            bits.insert(*new);
        });
        bits
    };
    order.into_iter().filter_map(|at| Some((tags.get_mut(at)?.take()?, renumbered(at)))).collect()
}

/// For each tag those in its history; of tags of one commit, those before it.
fn histories(count: usize, at_commit: &HashMap<Oid, Vec<usize>>, ancestry: &Ancestry) -> Vec<Option<Bits>> {
    let mut histories: Vec<Option<Bits>> = vec![None; count];
    // The last tags on the way to each commit; most commits share them with their parents.
    let mut nearest: HashMap<Oid, Rc<Vec<usize>>> = HashMap::new();
    let none: Rc<Vec<usize>> = Rc::default();
    for (commit, parents) in &ancestry.commits {
        let mut inherited: Vec<Rc<Vec<usize>>> = Vec::new();
        for tags in parents.iter().filter_map(|parent| nearest.get(parent)) {
            if !inherited.contains(tags) {
                inherited.push(Rc::clone(tags));
            }
        }
        let mut last = match inherited.as_slice() {
            [] => Rc::clone(&none),
            [one] => Rc::clone(one),
            several => {
                let mut all: Vec<usize> = several.iter().flat_map(|tags| tags.iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                let is_behind = |at: usize| {
                    let others = all.iter().filter_map(|other| histories.get(*other)?.as_ref());
                    others.into_iter().any(|history| history.contains(at))
                };
                Rc::new(all.iter().copied().filter(|at| !is_behind(*at)).collect())
            }
        };
        for &tag in at_commit.get(commit).into_iter().flatten() {
            let mut history = Bits::default();
            for &before in last.iter() {
                history.insert(before);
                history.extend(histories.get(before).and_then(Option::as_ref).unwrap_or(&Bits::default()));
            }
            if let Some(slot) = histories.get_mut(tag) {
                *slot = Some(history);
            }
            last = Rc::new(vec![tag]);
        }
        nearest.insert(*commit, last);
    }
    histories
}
