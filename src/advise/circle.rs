//! Interfaces that use each other in a circle are no WIT.

use super::package::{Named, Target};
use super::write::Writer;
use super::{Part, Place, Step};
use crate::syntax::{InterfaceItem, Item};
use std::collections::{BTreeMap, BTreeSet};

impl Writer<'_, '_, '_> {
    /// Whether interfaces would use each other in a circle.
    pub fn makes_a_circle(&self, steps: &[Step]) -> bool {
        let mut added: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for step in steps {
            let Step::Add { into, parts } = step else { continue };
            for part in parts {
                match (into, part) {
                    (Place::Interface(from), Part::InInterface(item)) => {
                        added.entry(from).or_default().extend(used(item));
                    }
                    (_, Part::Top(Item::Interface(made))) => {
                        added.entry(&made.name).or_default().extend(made.items.iter().filter_map(used));
                    }
                    _ => {}
                }
            }
        }
        let reaches_itself = |start: &str| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
            while let Some(at) = open.pop() {
                let before = self.gathered.both.old.interfaces.get(at).into_iter().flat_map(|home| home.types.values());
                let before = before.filter_map(|named| match named {
                    Named::Used(Target::Own(target), _) => Some(target.as_str()),
                    Named::Used(Target::Foreign(_), _) | Named::Defined(_) => None,
                });
                for next in before.chain(added.get(at).into_iter().flatten().copied()) {
                    if next == start {
                        return true;
                    }
                    if seen.insert(next) {
                        open.push(next);
                    }
                }
            }
            false
        };
        added.iter().any(|(from, used)| !used.is_empty() && reaches_itself(from))
    }
}

/// The interface of the same package that an item uses, if it uses one.
fn used(item: &InterfaceItem) -> Option<&str> {
    match item {
        InterfaceItem::Use(used) if used.path.package.is_none() => Some(&used.path.name),
        InterfaceItem::Use(_) | InterfaceItem::Type(_) | InterfaceItem::Function(_) => None,
    }
}
