//! Where the resources of exported interfaces come from: a question that only the whole world answers.

use super::likeness::Exported;
use super::pair::{Half, Pairing};
use super::world::{Items, Key, List};
use super::{Comparer, DeltaId, Root, Site};
use crate::change::{Fact, Home, Identity};
use crate::surface::{InterfaceId, Span, Type, TypeId, WorldItemKind};
use std::collections::{BTreeSet, HashSet};

impl Comparer<'_> {
    /// Whether binaries that export find their resources, where it takes the whole world to tell: a resource may be
    /// imported on one side and exported on the other, or move between two interfaces that are both exported.
    pub(super) fn export_identity(
        &mut self,
        world: &Site,
        old: &Items<'_>,
        new: &Items<'_>,
        deltas: &[DeltaId],
    ) -> Identity {
        // Under a label an interface stands once more: what others `use` of it is not the label's.
        let exported = |items: &Items<'_>, half: &Half<'_>| -> HashSet<InterfaceId> {
            (items.iter())
                .filter_map(|(key, item)| match (key, &item.kind) {
                    (Key::Old(_) | Key::New(_), WorldItemKind::Interface(id)) => Some(half.canonical(*id)),
                    _ => None,
                })
                .collect()
        };
        let (old_set, new_set) = (exported(old, &self.pairing.old), exported(new, &self.pairing.new));
        let alone = self.exports_alone(deltas);
        let mut all = Identity::KEPT;
        for (key, old) in old {
            let Some(new) = new.get(key) else { continue };
            let (WorldItemKind::Interface(a), WorldItemKind::Interface(b)) = (&old.kind, &new.kind) else { continue };
            let (a, b) = (self.pairing.old.canonical(*a), self.pairing.new.canonical(*b));
            let before = matches!(key, Key::Name(_)).then(|| self.pairing.pair_labelled(a, b));
            let (mut found, mut of_same) = (Identity::KEPT, Identity::KEPT);
            for (x, y) in self.resources_of(a, b) {
                let (in_old, in_new) = (|id| id == a || old_set.contains(&id), |id| id == b || new_set.contains(&id));
                let identity = self.pairing.identity(x, y, &Exported { old: &in_old, new: &in_new });
                found = found.and(identity);
                // Two resources of which no name leads from one to the other are told where one stands for the other.
                if identity.import_forward || identity.import_backward {
                    of_same = of_same.and(identity);
                }
            }
            if let Some(before) = before {
                self.pairing.restore(before);
            }
            let unexplained = (!of_same.export_forward && alone.export_forward)
                || (!of_same.export_backward && alone.export_backward);
            if unexplained {
                let path = self.item_path(world, List::Exports, key, &new.kind);
                let site = Site { home: Home::Export, ..world.clone() };
                let fact = Fact::ResourceOriginChanged { identity: found };
                self.emit(&site, fact, path, old.span, new.span, Root::Nothing);
            }
            all = all.and(found);
        }
        all
    }

    /// The resources of an interface that is imported under a label, where they are others there than under its name:
    /// what it defines is the label's own.
    pub(super) fn labelled_import(
        &mut self,
        site: &Site,
        (a, old_span): (InterfaceId, Span),
        (b, new_span): (InterfaceId, Span),
    ) {
        let pairs = self.resources_of(a, b);
        let identity = |pairing: &Pairing<'_>| {
            let nothing = Exported { old: &|_| false, new: &|_| false };
            pairs.iter().fold(Identity::KEPT, |all, &(x, y)| all.and(pairing.identity(x, y, &nothing)))
        };
        let by_name = identity(&self.pairing);
        let before = self.pairing.pair_labelled(a, b);
        let found = identity(&self.pairing);
        self.pairing.restore(before);
        let unexplained =
            (!found.import_forward && by_name.import_forward) || (!found.import_backward && by_name.import_backward);
        if unexplained {
            let fact = Fact::ResourceOriginChanged { identity: found };
            self.emit(site, fact, site.prefix.clone(), old_span, new_span, Root::Nothing);
        }
    }

    /// What the exported interfaces' own facts say about identity.
    fn exports_alone(&self, deltas: &[DeltaId]) -> Identity {
        (deltas.iter())
            .flat_map(|&delta| &self.deltas[delta].changes)
            .filter_map(|&at| self.changes[at].fact.identity())
            .fold(Identity::KEPT, Identity::and)
    }

    /// The resources at the same leaves of two interfaces, in all that both have with one shape.
    fn resources_of(&self, a: InterfaceId, b: InterfaceId) -> BTreeSet<(TypeId, TypeId)> {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let (old, new) = (left.interface(a), right.interface(b));
        let (mut seen, mut pairs) = (HashSet::new(), BTreeSet::new());
        for &x in old.types.iter().filter(|&&x| left.ty(x).has_resources) {
            let partner = left.ty(x).name.as_deref().and_then(|name| right.type_named(b, name));
            if let Some(y) = partner {
                self.pairing.resource_pairs(Type::Id(x), Type::Id(y), &mut seen, &mut pairs);
            }
        }
        for f in old.functions.iter().filter(|f| f.has_resources) {
            let Ok(at) = new.functions.binary_search_by(|g| g.name.cmp(&f.name)) else { continue };
            let g = &new.functions[at];
            if f.shape == g.shape {
                let types = f.parameters.iter().map(|p| p.ty).chain(f.result);
                for (x, y) in types.zip(g.parameters.iter().map(|p| p.ty).chain(g.result)) {
                    self.pairing.resource_pairs(x, y, &mut seen, &mut pairs);
                }
            }
        }
        pairs
    }
}
