//! How alike two references to types are, and which resource stands behind them.
//!
//! A reference compares by name and identity: what lies inside a definition that stands on both sides is compared
//! there, once.

use super::pair::Pairing;
use crate::change::Identity;
use crate::surface::{InterfaceId, Owner, Type, TypeId, TypeKind};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How alike two references are, from alike to unlike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They mean the same; a difference inside a definition that both name is reported there.
    Same,
    /// The structure is the same, the nominal type is another one.
    Replaced,
    /// The structure is the same, the resource is another one, at least for some binaries.
    Rebound(Identity),
    /// The structure is another one.
    Different,
}

/// Answers are kept: one pair of definitions is looked at once, and once more for each interface that it is used in where
/// it holds resources, as those are an exporter's own.
pub type Memo = HashMap<(TypeId, TypeId, Option<(InterfaceId, InterfaceId)>), Likeness>;

impl Identity {
    /// Every binary finds the resource that it expects.
    pub const KEPT: Identity =
        Identity { import_forward: true, import_backward: true, export_forward: true, export_backward: true };

    /// Both.
    pub fn and(self, other: Identity) -> Identity {
        Identity {
            import_forward: self.import_forward && other.import_forward,
            import_backward: self.import_backward && other.import_backward,
            export_forward: self.export_forward && other.export_forward,
            export_backward: self.export_backward && other.export_backward,
        }
    }

    /// No binary does.
    pub fn is_lost(self) -> bool {
        !(self.import_forward || self.import_backward || self.export_forward || self.export_backward)
    }
}

/// Which interfaces a world exports, on both sides: there the resources are the exporter's own.
pub struct Exported<'a> {
    pub old: &'a dyn Fn(InterfaceId) -> bool,
    pub new: &'a dyn Fn(InterfaceId) -> bool,
}

impl Pairing<'_> {
    /// How alike two references are; `at` is the interface on both sides in which they stand, if they stand in one.
    pub fn likeness(&self, old: Type, new: Type, at: Option<(InterfaceId, InterfaceId)>, memo: &mut Memo) -> Likeness {
        let (a, b) = match (old, new) {
            (Type::Primitive(a), Type::Primitive(b)) => {
                return if a == b { Likeness::Same } else { Likeness::Different };
            }
            (Type::Id(a), Type::Id(b)) if self.paired(a, b) => return Likeness::Same,
            (old, new) => match (self.old.surface.base(old), self.new.surface.base(new)) {
                (Type::Id(a), Type::Id(b)) => (a, b),
                (a, b) if a == b => return Likeness::Same,
                _ => return Likeness::Different,
            },
        };
        if self.paired(a, b) {
            return Likeness::Same;
        }
        let (old, new) = (self.old.surface.ty(a), self.new.surface.ty(b));
        let key = (a, b, at.filter(|_| old.has_resources && new.has_resources));
        if let Some(&known) = memo.get(&key) {
            return known;
        }
        let likeness = match (&old.kind, &new.kind) {
            (TypeKind::Resource, TypeKind::Resource) => {
                let identity = self.identity_at(a, b, at);
                match identity {
                    Identity::KEPT => Likeness::Same,
                    identity if identity.is_lost() => Likeness::Different,
                    identity => Likeness::Rebound(identity),
                }
            }
            (a_kind, b_kind) if a_kind.is_nominal() && b_kind.is_nominal() => {
                if old.shape != new.shape {
                    Likeness::Different
                } else {
                    match self.identity_within(a, b, at, &|_, _| false) {
                        Identity::KEPT if self.find_new(a).is_some() => Likeness::Replaced,
                        // The old one is gone: that it is, is reported where it was.
                        Identity::KEPT => Likeness::Same,
                        identity if identity.is_lost() => Likeness::Different,
                        identity => Likeness::Rebound(identity),
                    }
                }
            }
            (a_kind, b_kind) => self.parts(a_kind, b_kind, at, memo),
        };
        memo.insert(key, likeness);
        likeness
    }

    /// How alike two structures are, part by part.
    pub fn parts(
        &self,
        old: &TypeKind,
        new: &TypeKind,
        at: Option<(InterfaceId, InterfaceId)>,
        memo: &mut Memo,
    ) -> Likeness {
        let mut like = |a: &Type, b: &Type| self.likeness(*a, *b, at, memo);
        let optional = |a: &Option<Type>, b: &Option<Type>, like: &mut dyn FnMut(&Type, &Type) -> Likeness| match (a, b)
        {
            (None, None) => Likeness::Same,
            (Some(a), Some(b)) => like(a, b),
            (None, Some(_)) | (Some(_), None) => Likeness::Different,
        };
        match (old, new) {
            (TypeKind::Option(a), TypeKind::Option(b)) | (TypeKind::List(a), TypeKind::List(b)) => like(a, b),
            (TypeKind::FixedLengthList(a, n), TypeKind::FixedLengthList(b, m)) if n == m => like(a, b),
            (TypeKind::Own(a), TypeKind::Own(b)) | (TypeKind::Borrow(a), TypeKind::Borrow(b)) => {
                like(&Type::Id(*a), &Type::Id(*b))
            }
            (TypeKind::Tuple(a), TypeKind::Tuple(b)) if a.len() == b.len() => {
                a.iter().zip(b).fold(Likeness::Same, |worst, (a, b)| worse(worst, like(a, b)))
            }
            (TypeKind::Map(k, v), TypeKind::Map(l, w)) => worse(like(k, l), like(v, w)),
            (TypeKind::Result { ok: a, err: e }, TypeKind::Result { ok: b, err: f }) => {
                worse(optional(a, b, &mut like), optional(e, f, &mut like))
            }
            (TypeKind::Future(a), TypeKind::Future(b)) | (TypeKind::Stream(a), TypeKind::Stream(b)) => {
                optional(a, b, &mut like)
            }
            _ => Likeness::Different,
        }
    }

    /// Whether a binary finds the resource that it expects, when an interface is looked at for itself: it is exported,
    /// everything else is imported (SEMANTICS 3).
    pub fn identity_at(&self, old: TypeId, new: TypeId, at: Option<(InterfaceId, InterfaceId)>) -> Identity {
        match at {
            Some((a, b)) => self.identity(old, new, &Exported { old: &|id| id == a, new: &|id| id == b }),
            None => self.identity(old, new, &Exported { old: &|_| false, new: &|_| false }),
        }
    }

    /// The same of all resources that two types of equal shape hold, but for those that are told of elsewhere.
    pub fn identity_within(
        &self,
        old: TypeId,
        new: TypeId,
        at: Option<(InterfaceId, InterfaceId)>,
        is_told: &dyn Fn(TypeId, TypeId) -> bool,
    ) -> Identity {
        let (mut seen, mut pairs) = (HashSet::new(), BTreeSet::new());
        self.resource_pairs(Type::Id(old), Type::Id(new), &mut seen, &mut pairs);
        let pairs = pairs.into_iter().filter(|&(x, y)| !is_told(x, y));
        pairs.fold(Identity::KEPT, |all, (x, y)| all.and(self.identity_at(x, y, at)))
    }

    /// Whether a binary finds the resource that it expects, when some interfaces are exported.
    ///
    /// An import is resolved by name: the old name must lead to the new resource. An export is the exporter's own: the
    /// name that is expected must lead to the resource that is there.
    pub fn identity(&self, old: TypeId, new: TypeId, exported: &Exported<'_>) -> Identity {
        let is_exported = |owner: Owner, exported: &dyn Fn(InterfaceId) -> bool| match owner {
            Owner::Interface(id) => exported(id),
            Owner::World(_) | Owner::None => false,
        };
        let old_exported = is_exported(self.old.surface.ty(old).owner, exported.old);
        let new_exported = is_exported(self.new.surface.ty(new).owner, exported.new);
        let found_new = self.find_new(old);
        let found_old = self.find_old(new);
        // What an interface defines is, under a label, the label's own: it is not what another interface uses of it.
        let own_old = self.label.is_some_and(|(a, _)| self.old.surface.ty(old).owner == Owner::Interface(a));
        let own_new = self.label.is_some_and(|(_, b)| self.new.surface.ty(new).owner == Owner::Interface(b));
        let import_forward = found_new.and_then(|id| self.new.resource(id)) == Some(new) && (own_old || !own_new);
        let import_backward = found_old.and_then(|id| self.old.resource(id)) == Some(old) && (own_new || !own_old);
        let offered =
            |found: Option<TypeId>, owner: &dyn Fn(TypeId) -> Owner, exported: &dyn Fn(InterfaceId) -> bool| {
                found.is_some_and(|id| is_exported(owner(id), exported))
            };
        let in_old = |id: TypeId| self.old.surface.ty(id).owner;
        let in_new = |id: TypeId| self.new.surface.ty(id).owner;
        Identity {
            import_forward,
            import_backward,
            export_forward: if new_exported {
                import_backward && offered(found_old, &in_old, exported.old)
            } else {
                import_forward && !old_exported
            },
            export_backward: if old_exported {
                import_forward && offered(found_new, &in_new, exported.new)
            } else {
                import_backward && !new_exported
            },
        }
    }

    /// The pairs of resources that stand at the same leaves of two references of equal shape.
    pub fn resource_pairs(
        &self,
        old: Type,
        new: Type,
        seen: &mut HashSet<(TypeId, TypeId)>,
        pairs: &mut BTreeSet<(TypeId, TypeId)>,
    ) {
        let mut queue = vec![(old, new)];
        while let Some((old, new)) = queue.pop() {
            let (Type::Id(a), Type::Id(b)) = (self.old.surface.base(old), self.new.surface.base(new)) else { continue };
            let (left, right) = (self.old.surface.ty(a), self.new.surface.ty(b));
            if !left.has_resources || left.shape != right.shape || !seen.insert((a, b)) {
                continue;
            }
            match (&left.kind, &right.kind) {
                (TypeKind::Resource, TypeKind::Resource) => drop(pairs.insert((a, b))),
                (a, b) => queue.extend(a.parts().into_iter().zip(b.parts())),
            }
        }
    }
}

/// The more unlike of two; what binaries find must hold for both.
fn worse(a: Likeness, b: Likeness) -> Likeness {
    match (a, b) {
        (Likeness::Rebound(a), Likeness::Rebound(b)) => Likeness::Rebound(a.and(b)),
        (a, b) => a.max(b),
    }
}
