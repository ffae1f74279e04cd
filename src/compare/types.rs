//! What differs between two types of one name.

use super::likeness::Likeness;
use super::{Comparer, Root, Site};
use crate::change::{Fact, Identity};
use crate::surface::{Case, Field, Label, Owner, Span, Type, TypeDef, TypeId, TypeKind};
use std::collections::{BTreeSet, HashMap};

/// Two types of one name, and where.
struct Both<'a> {
    path: &'a str,
    old: TypeId,
    new: TypeId,
    gate: Option<&'a str>,
}

impl Comparer<'_> {
    /// Compares two types that have one name in corresponding places; `path` is theirs.
    pub(super) fn type_def(&mut self, site: &Site, path: &str, old: TypeId, new: TypeId) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let (a, b) = (left.ty(old), right.ty(new));
        let gate = b.said().stability.feature().or(a.said().stability.feature());
        let both = Both { path, old, new, gate };
        let first = self.changes.len();
        match (left.base(Type::Id(old)), right.base(Type::Id(new))) {
            (Type::Id(x), Type::Id(y)) if x == old && y == new => self.body(site, &both, old, new),
            (Type::Id(x), to) if x == old => self.made_alias(site, &both, to),
            (from, Type::Id(y)) if y == new => self.made_own(site, &both, from),
            (from, to) => self.retargeted(site, &both, from, to),
        }
        self.turned(site, path, &a.attributes, first, (a.span, b.span));
        self.attributes(site, path, (&a.attributes, a.span), (&b.attributes, b.span), Root::Type(Some(old), Some(new)));
    }

    fn report(&mut self, site: &Site, both: &Both<'_>, fact: Fact) {
        let old_span = self.pairing.old.surface.ty(both.old).span;
        let new_span = self.pairing.new.surface.ty(both.new).span;
        let root = Root::Type(Some(both.old), Some(both.new));
        self.emit_gated(site, fact, both.path.into(), old_span, new_span, root, both.gate);
    }

    /// Both are other names for something.
    fn retargeted(&mut self, site: &Site, both: &Both<'_>, from: Type, to: Type) {
        // The statement itself is unchanged if it names what corresponds: then the cause is over there.
        let target = |def: &TypeDef| match def.kind {
            TypeKind::Alias(target) => Some(target),
            _ => None,
        };
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let targets = (target(left.ty(both.old)), target(right.ty(both.new)));
        if let (Some(Type::Id(a)), Some(Type::Id(b))) = targets
            && self.pairing.paired(a, b)
        {
            return;
        }
        let (old, new) = (self.name_old(from), self.name_new(to));
        match self.like(site, from, to) {
            Likeness::Same => self.moved_on(site, both, from, to),
            Likeness::Rebound(identity) => self.report(site, both, Fact::ResourceReplaced { old, new, identity }),
            Likeness::Replaced => {
                let foreign = |owner, here| owner != here;
                let from_other = match (from, to) {
                    (Type::Id(a), Type::Id(b)) => {
                        foreign(left.ty(a).owner, left.ty(both.old).owner)
                            && foreign(right.ty(b).owner, right.ty(both.new).owner)
                    }
                    _ => false,
                };
                let fact =
                    if from_other { Fact::UseRerouted { old, new } } else { Fact::AliasTargetReplaced { old, new } };
                self.report(site, both, fact);
            }
            Likeness::Different => {
                let resources = (self.resource_old(from), self.resource_new(to));
                let fact = match resources {
                    (Some(a), Some(b)) => {
                        let identity = self.pairing.identity_at(a, b, site.at);
                        Fact::ResourceReplaced { old, new, identity }
                    }
                    _ => Fact::AliasRetargeted { old, new },
                };
                self.report(site, both, fact);
            }
        }
    }

    /// An alias of the same thing by another way: a fact only where its definition has moved along with it.
    fn moved_on(&mut self, site: &Site, both: &Both<'_>, from: Type, to: Type) {
        if let (Type::Id(a), Type::Id(b)) = (from, to)
            && self.pairing.old.surface.ty(a).name.is_some()
            && !self.pairing.paired(a, b)
            && self.pairing.old.surface.ty(a).kind.is_nominal()
        {
            let (old, new) = (self.name_old(from), self.name_new(to));
            self.report(site, both, Fact::UseRerouted { old, new });
        }
    }

    /// It was defined here and is another name for something now.
    fn made_alias(&mut self, site: &Site, both: &Both<'_>, to: Type) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let old_def = left.ty(both.old);
        if old_def.shape != right.ty(both.new).shape {
            return self.redefined(site, both, Type::Id(both.old), to);
        }
        let new = self.name_new(to);
        if let (TypeKind::Resource, Some(resource)) = (&old_def.kind, self.resource_new(to)) {
            let identity = self.pairing.identity_at(both.old, resource, site.at);
            let merged = self.pairing.find_old(resource).is_some();
            return self.report(site, both, Fact::ResourceMoved { new, merged, identity });
        }
        let Type::Id(target) = to else { return };
        if let Some(identity) = self.other_resources(site, both, both.old, target) {
            let old = self.pairing.old.type_path(both.old);
            return self.report(site, both, holding_others(old, new, identity));
        }
        let elsewhere = right.ty(target).owner != right.ty(both.new).owner;
        if !old_def.kind.is_nominal() && !elsewhere {
            return;
        }
        let old = self.pairing.old.type_path(both.old);
        let fact = if elsewhere && self.pairing.find_old(target).is_none() {
            Fact::TypeMoved { old, new }
        } else if old_def.kind.is_nominal() {
            Fact::NominalMadeAlias { old: left.render_definition(both.old), new }
        } else {
            Fact::UseRerouted { old, new }
        };
        self.report(site, both, fact);
    }

    /// It was another name for something and is defined here now.
    fn made_own(&mut self, site: &Site, both: &Both<'_>, from: Type) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let new_def = right.ty(both.new);
        if left.ty(both.old).shape != new_def.shape {
            return self.redefined(site, both, from, Type::Id(both.new));
        }
        let old = self.name_old(from);
        if let (TypeKind::Resource, Some(resource)) = (&new_def.kind, self.resource_old(from)) {
            let identity = self.pairing.identity_at(resource, both.new, site.at);
            return self.report(site, both, Fact::ResourceMadeOwn { old, identity });
        }
        let Type::Id(target) = from else { return };
        if let Some(identity) = self.other_resources(site, both, target, both.new) {
            let new = self.pairing.new.type_path(both.new);
            return self.report(site, both, holding_others(old, new, identity));
        }
        let elsewhere = left.ty(target).owner != left.ty(both.old).owner;
        if !new_def.kind.is_nominal() && !elsewhere {
            return;
        }
        let new = self.pairing.new.type_path(both.new);
        let fact = if elsewhere && self.pairing.find_new(target).is_none() {
            Fact::TypeMoved { old, new }
        } else if new_def.kind.is_nominal() {
            Fact::AliasMadeNominal { old, new: right.render_definition(both.new) }
        } else {
            Fact::UseRerouted { old, new }
        };
        self.report(site, both, fact);
    }

    /// Whether some binary does not find a resource that is held inside, if that is not told of the resource itself, here.
    fn other_resources(&self, site: &Site, both: &Both<'_>, a: TypeId, b: TypeId) -> Option<Identity> {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let is_told = |x: TypeId, y: TypeId| {
            let by_old = || self.pairing.find_new(x).and_then(|id| self.pairing.new.resource(id)) == Some(y);
            let by_new = || self.pairing.find_old(y).and_then(|id| self.pairing.old.resource(id)) == Some(x);
            left.ty(x).owner == left.ty(both.old).owner && by_old()
                || right.ty(y).owner == right.ty(both.new).owner && by_new()
        };
        Some(self.pairing.identity_within(a, b, site.at, &is_told)).filter(|&identity| identity != Identity::KEPT)
    }

    /// The structure is another one, and on one side at least it is defined elsewhere.
    fn redefined(&mut self, site: &Site, both: &Both<'_>, from: Type, to: Type) {
        let before = self.changes.len();
        if let (Type::Id(a), Type::Id(b)) = (from, to) {
            self.body(site, both, a, b);
        } else {
            let (old, new) = (self.name_old(from), self.name_new(to));
            self.report(site, both, Fact::AliasRetargeted { old, new });
        }
        if self.changes.len() == before {
            // Its parts differ where they are defined; that it is another definition is to be said all the same.
            let (old, new) = (self.name_old(from), self.name_new(to));
            self.report(site, both, Fact::AliasRetargeted { old, new });
        }
    }

    /// Two definitions, part by part.
    fn body(&mut self, site: &Site, both: &Both<'_>, a: TypeId, b: TypeId) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        match (&left.ty(a).kind, &right.ty(b).kind) {
            (TypeKind::Record(old), TypeKind::Record(new)) => self.fields(site, both, old, new),
            (TypeKind::Variant(old), TypeKind::Variant(new)) => self.cases(site, both, old, new),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.labels(site, both, old, new, &ENUM),
            (TypeKind::Flags(old), TypeKind::Flags(new)) => self.labels(site, both, old, new, &FLAGS),
            (TypeKind::Resource, TypeKind::Resource) => {}
            (old, new) if old.is_nominal() || new.is_nominal() => {
                let fact = Fact::TypeKindChanged { old: old.noun().into(), new: new.noun().into() };
                self.report(site, both, fact);
            }
            (old, new) => {
                let texts = (left.render_definition(a), right.render_definition(b));
                match self.pairing.parts(old, new, site.at, &mut self.memo) {
                    Likeness::Same => {}
                    Likeness::Rebound(identity) => {
                        let fact = Fact::ResourceReplaced { old: texts.0, new: texts.1, identity };
                        self.report(site, both, fact);
                    }
                    Likeness::Replaced => {
                        self.report(site, both, Fact::AliasTargetReplaced { old: texts.0, new: texts.1 })
                    }
                    Likeness::Different => {
                        self.report(site, both, Fact::AliasRetargeted { old: texts.0, new: texts.1 })
                    }
                }
            }
        }
    }

    fn fields(&mut self, site: &Site, both: &Both<'_>, old: &[Field], new: &[Field]) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let matched = match_parts(old.iter().map(|f| &*f.name), new.iter().map(|f| &*f.name));
        for &(i, j) in &matched.common {
            let (a, b) = (&old[i], &new[j]);
            let fact = self.reference(site, (a.ty, b.ty), |likeness, old, new| {
                let name = a.name.to_string();
                match likeness {
                    Likeness::Replaced => Fact::RecordFieldTypeReplaced { name, old, new },
                    _ => Fact::RecordFieldRetyped { name, old, new },
                }
            });
            self.part(site, both, fact, &a.name, a.span, b.span);
            self.docs(site, &|| part_path(both, &a.name), (&a.docs, a.span), (&b.docs, b.span), both.gate);
        }
        for &i in &matched.removed {
            let fact = Fact::RecordFieldRemoved { name: old[i].name.to_string(), ty: left.render(old[i].ty) };
            self.part(site, both, Some(fact), &old[i].name, old[i].span, Span::UNKNOWN);
            if let Some(field) = new.get(i).filter(|_| matched.added.contains(&i) && old.len() == new.len())
                && self.like(site, old[i].ty, field.ty) == Likeness::Same
            {
                self.hint(&field.name);
            }
        }
        for &j in &matched.added {
            let fact = Fact::RecordFieldAdded { name: new[j].name.to_string(), ty: right.render(new[j].ty) };
            self.part(site, both, Some(fact), &new[j].name, Span::UNKNOWN, new[j].span);
        }
        if matched.reordered {
            self.report(site, both, Fact::RecordFieldsReordered);
        }
    }

    fn cases(&mut self, site: &Site, both: &Both<'_>, old: &[Case], new: &[Case]) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let matched = match_parts(old.iter().map(|c| &*c.name), new.iter().map(|c| &*c.name));
        for &(i, j) in &matched.common {
            let (a, b) = (&old[i], &new[j]);
            let name = a.name.to_string();
            let fact = match (a.ty, b.ty) {
                (None, None) => None,
                (Some(old), Some(new)) => self.reference(site, (old, new), |likeness, old, new| match likeness {
                    Likeness::Replaced => Fact::VariantCaseTypeReplaced { name, old, new },
                    _ => Fact::VariantCaseRetyped { name, old: Some(old), new: Some(new) },
                }),
                (old, new) => Some(Fact::VariantCaseRetyped {
                    name,
                    old: old.map(|ty| left.render(ty)),
                    new: new.map(|ty| right.render(ty)),
                }),
            };
            self.part(site, both, fact, &a.name, a.span, b.span);
            self.docs(site, &|| part_path(both, &a.name), (&a.docs, a.span), (&b.docs, b.span), both.gate);
        }
        for &i in &matched.removed {
            let ty = old[i].ty.map(|ty| left.render(ty));
            let fact = Fact::VariantCaseRemoved { name: old[i].name.to_string(), ty };
            self.part(site, both, Some(fact), &old[i].name, old[i].span, Span::UNKNOWN);
            if matched.added.contains(&i) && old.len() == new.len() {
                self.hint(&new[i].name);
            }
        }
        for &j in &matched.added {
            let ty = new[j].ty.map(|ty| right.render(ty));
            let fact = Fact::VariantCaseAdded { name: new[j].name.to_string(), ty };
            self.part(site, both, Some(fact), &new[j].name, Span::UNKNOWN, new[j].span);
        }
        if matched.reordered {
            self.report(site, both, Fact::VariantCasesReordered);
        }
    }

    fn labels(&mut self, site: &Site, both: &Both<'_>, old: &[Label], new: &[Label], facts: &LabelFacts) {
        let matched = match_parts(old.iter().map(|l| &*l.name), new.iter().map(|l| &*l.name));
        for &(i, j) in &matched.common {
            let (a, b) = (&old[i], &new[j]);
            self.docs(site, &|| part_path(both, &a.name), (&a.docs, a.span), (&b.docs, b.span), both.gate);
        }
        for &i in &matched.removed {
            let fact = (facts.removed)(old[i].name.to_string());
            self.part(site, both, Some(fact), &old[i].name, old[i].span, Span::UNKNOWN);
            if matched.added.contains(&i) && old.len() == new.len() {
                self.hint(&new[i].name);
            }
        }
        for &j in &matched.added {
            let fact = (facts.added)(new[j].name.to_string());
            self.part(site, both, Some(fact), &new[j].name, Span::UNKNOWN, new[j].span);
        }
        if matched.reordered {
            self.report(site, both, facts.reordered.clone());
        }
    }

    fn part(&mut self, site: &Site, both: &Both<'_>, fact: Option<Fact>, name: &str, old: Span, new: Span) {
        if let Some(fact) = fact {
            let root = Root::Type(Some(both.old), Some(both.new));
            self.emit_gated(site, fact, part_path(both, name), old, new, root, both.gate);
        }
    }

    /// The last change looks like one half of a rename.
    fn hint(&mut self, renamed: &str) {
        if let Some(change) = self.changes.last_mut() {
            change.renamed = Some(renamed.to_string());
        }
    }

    /// What a reference on the old side names, with its interface where it is a definition.
    fn name_old(&self, ty: Type) -> String {
        match ty {
            Type::Id(id) if self.pairing.old.surface.ty(id).name.is_some() => self.pairing.old.type_name(id),
            ty => self.pairing.old.surface.render(ty),
        }
    }

    fn name_new(&self, ty: Type) -> String {
        match ty {
            Type::Id(id) if self.pairing.new.surface.ty(id).name.is_some() => self.pairing.new.type_name(id),
            ty => self.pairing.new.surface.render(ty),
        }
    }

    fn resource_old(&self, ty: Type) -> Option<TypeId> {
        match ty {
            Type::Id(id) => self.pairing.old.resource(id),
            Type::Primitive(_) => None,
        }
    }

    fn resource_new(&self, ty: Type) -> Option<TypeId> {
        match ty {
            Type::Id(id) => self.pairing.new.resource(id),
            Type::Primitive(_) => None,
        }
    }
}

/// It holds other resources: for some binaries, or for all, to which it is another type then.
fn holding_others(old: String, new: String, identity: Identity) -> Fact {
    if identity.is_lost() { Fact::AliasRetargeted { old, new } } else { Fact::ResourceReplaced { old, new, identity } }
}

fn part_path(both: &Both<'_>, name: &str) -> String {
    format!("{}.{name}", both.path)
}

/// How enums and flags call what happens to their labels.
struct LabelFacts {
    added: fn(String) -> Fact,
    removed: fn(String) -> Fact,
    reordered: Fact,
}

const ENUM: LabelFacts = LabelFacts {
    added: |name| Fact::EnumCaseAdded { name },
    removed: |name| Fact::EnumCaseRemoved { name },
    reordered: Fact::EnumCasesReordered,
};

const FLAGS: LabelFacts = LabelFacts {
    added: |name| Fact::FlagAdded { name },
    removed: |name| Fact::FlagRemoved { name },
    reordered: Fact::FlagsReordered,
};

/// The parts of two definitions, matched by name.
struct MatchedParts {
    common: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: BTreeSet<usize>,
    /// Whether the common ones stand in another order.
    reordered: bool,
}

fn match_parts<'a>(
    old: impl Iterator<Item = &'a str> + Clone,
    new: impl Iterator<Item = &'a str> + Clone,
) -> MatchedParts {
    if old.clone().eq(new.clone()) {
        let common = old.enumerate().map(|(at, _)| (at, at)).collect();
        return MatchedParts { common, removed: Vec::new(), added: BTreeSet::new(), reordered: false };
    }
    let mut news: HashMap<&str, usize> = new.enumerate().map(|(at, name)| (name, at)).collect();
    let (mut common, mut removed) = (Vec::new(), Vec::new());
    for (i, name) in old.enumerate() {
        match news.remove(name) {
            Some(j) => common.push((i, j)),
            None => removed.push(i),
        }
    }
    let reordered = !common.is_sorted_by_key(|&(_, j)| j);
    MatchedParts { common, removed, added: news.into_values().collect(), reordered }
}

/// Whether a named type is a resource of its own, and not another name for one.
pub(super) fn is_resource(surface: &crate::surface::Surface, id: TypeId) -> bool {
    matches!(surface.ty(id).kind, TypeKind::Resource) && surface.ty(id).owner != Owner::None
}
