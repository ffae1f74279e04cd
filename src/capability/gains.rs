//! What a world may touch that it could not before, and the other way round.

use super::{Capability, CapabilityKind, Power};
use std::collections::BTreeSet;

/// What differs between the capabilities of a world on two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gains {
    /// What it can call now and could not; an interface of which only the types were there, too.
    pub gained: Vec<Capability>,
    /// The other way round, as on the old side.
    pub lost: Vec<Capability>,
    /// Interfaces that it could call before, with more in them now.
    pub extended: Vec<Extended>,
    /// What nothing that it imported gave before.
    pub reaches: BTreeSet<Power>,
    /// What nothing that it imports gives any more.
    pub leaves: BTreeSet<Power>,
}

/// More functions where there were some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    /// The interface.
    pub name: String,
    /// The functions that are new.
    pub functions: BTreeSet<String>,
}

impl Gains {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.extended.is_empty()
    }
}

/// Compares by name, whatever the version: an interface of another track is the same power.
pub fn gains(old: &[Capability], new: &[Capability]) -> Gains {
    let powers = |side: &[Capability]| side.iter().filter_map(|found| found.power).collect::<BTreeSet<Power>>();
    let (before, after) = (powers(old), powers(new));
    let extended = |capability: &Capability| {
        let known = named(old, &capability.name).filter(|known| known.can_be_called())?;
        let functions: BTreeSet<String> = capability.functions.difference(&known.functions).cloned().collect();
        let is_more = capability.kind != CapabilityKind::Function && !functions.is_empty();
        is_more.then(|| Extended { name: capability.name.clone(), functions })
    };
    Gains {
        gained: only(new, old),
        lost: only(old, new),
        extended: new.iter().filter_map(extended).collect(),
        reaches: after.difference(&before).copied().collect(),
        leaves: before.difference(&after).copied().collect(),
    }
}

/// What can be called on one side only.
fn only(side: &[Capability], other: &[Capability]) -> Vec<Capability> {
    let is_there = |name: &str| named(other, name).is_some_and(Capability::can_be_called);
    side.iter().filter(|found| found.can_be_called() && !is_there(&found.name)).cloned().collect()
}

fn named<'a>(side: &'a [Capability], name: &str) -> Option<&'a Capability> {
    side.get(side.binary_search_by(|found| found.name.as_str().cmp(name)).ok()?)
}
