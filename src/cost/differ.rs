//! Holds the calls of two revisions against each other.

use super::finding::{Fact, Finding};
use super::{Call, MAX_FLAT_ASYNC_PARAMETERS, MAX_FLAT_PARAMETERS, MAX_FLAT_RESULTS, Payload, Shape};
use std::collections::BTreeMap;

/// From how much on growth is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// So many times the bytes.
    pub factor: u64,
    /// So many bytes more, at least: what is small may double without anybody noticing.
    pub least: u64,
}

impl Default for Growth {
    fn default() -> Growth {
        Growth { factor: 2, least: 32 }
    }
}

/// A function that is passed in another way than before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Changed<'a> {
    /// How it was.
    pub old: &'a Call,
    /// How it is.
    pub new: &'a Call,
}

/// The functions on both sides that are passed in another way, in the order of `new`.
pub fn changed<'a>(old: &'a [Call], new: &'a [Call]) -> Vec<Changed<'a>> {
    let old: BTreeMap<&str, &Call> = old.iter().map(|call| (call.path.as_str(), call)).collect();
    let changed = |new: &'a Call| {
        let old = *old.get(new.path.as_str())?;
        (old.shape != new.shape || old.is_async != new.is_async).then_some(Changed { old, new })
    };
    new.iter().filter_map(changed).collect()
}

impl Changed<'_> {
    /// The limits that were crossed, and what grew.
    pub fn findings(&self, growth: Growth) -> Vec<Finding> {
        let (Ok(old), Ok(new)) = (&self.old.shape, &self.new.shape) else { return Vec::new() };
        let crossed = self.crossed(old, new).into_iter();
        let grown =
            [("", Some(&old.parameters), Some(&new.parameters)), ("result", old.result.as_ref(), new.result.as_ref())];
        let grown = grown.into_iter().filter_map(|(root, old, new)| grown_most(root, old?, new?, growth));
        let finding = |fact| Finding { package: self.new.package.clone(), path: self.new.path.clone(), fact };
        crossed.chain(grown).map(finding).collect()
    }

    fn crossed(&self, old: &Shape, new: &Shape) -> Vec<Fact> {
        let flat = |payload: Option<&Payload>| payload.map_or(0, |payload| payload.flat);
        let parameters = (old.parameters.flat, new.parameters.flat);
        let results = (flat(old.result.as_ref()), flat(new.result.as_ref()));
        let crosses = |(old, new): (u64, u64), limit: usize| old <= limit as u64 && new > limit as u64;
        let mut facts = Vec::new();
        let (old, new) = parameters;
        if crosses(parameters, MAX_FLAT_PARAMETERS) {
            facts.push(Fact::ParametersSpilled { old, new });
        } else if self.new.is_async && crosses(parameters, MAX_FLAT_ASYNC_PARAMETERS) {
            facts.push(Fact::AsyncParametersSpilled { old, new });
        }
        let (old, new) = results;
        match self.new.is_async {
            // Whoever does not wait is told of a place for any result.
            true if crosses(results, MAX_FLAT_PARAMETERS) => facts.push(Fact::AsyncResultSpilled { old, new }),
            false if crosses(results, MAX_FLAT_RESULTS) => facts.push(Fact::ResultSpilled { old, new }),
            _ => {}
        }
        facts
    }
}

/// What grew most in one direction, if anything grew enough: the fixed part, or the element of a list.
fn grown_most(root: &str, old: &Payload, new: &Payload, growth: Growth) -> Option<Fact> {
    let elements: BTreeMap<&str, u64> =
        old.parts.allocations.first.iter().map(|part| (part.path.as_str(), part.element_bytes)).collect();
    let of_elements = new.parts.allocations.first.iter().filter_map(|part| {
        let old = *elements.get(part.path.as_str())?;
        Some((format!("{}[]", part.path), old, part.element_bytes))
    });
    let grown = |(_, old, new): &(String, u64, u64)| {
        *old > 0 && *new >= old.saturating_mul(growth.factor) && new - old >= growth.least
    };
    // Of equal factors the first: the whole before its parts.
    let most = std::iter::once((root.to_owned(), old.bytes, new.bytes))
        .chain(of_elements)
        .filter(grown)
        .reduce(|most, next| if next.2 as f64 / next.1 as f64 > most.2 as f64 / most.1 as f64 { next } else { most });
    most.map(|(part, old, new)| Fact::PayloadGrown { part, old, new })
}
