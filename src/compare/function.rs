//! What differs between two functions of one name.

use super::likeness::Likeness;
use super::{Comparer, Root, Site};
use crate::change::Fact;
use crate::surface::{Function, Parameter, Span, Type, TypeKind, said};
use std::collections::HashMap;

impl Comparer<'_> {
    /// Compares two functions of one encoded name; `path` is theirs.
    pub(super) fn function(&mut self, site: &Site, path: &str, old: &Function, new: &Function) {
        let gate = said(&new.attributes).stability.feature().or(said(&old.attributes).stability.feature());
        let first = self.changes.len();
        if old.is_async != new.is_async {
            let fact = if new.is_async { Fact::FunctionMadeAsync } else { Fact::FunctionMadeSync };
            self.emit_gated(site, fact, path.into(), old.span, new.span, Root::Function, gate);
        }
        self.parameters(site, path, old, new, gate);
        self.result(site, path, old, new, gate);
        self.turned(site, path, &old.attributes, first, (old.span, new.span));
        self.attributes(site, path, (&old.attributes, old.span), (&new.attributes, new.span), Root::Function);
    }

    fn parameters<'b>(&mut self, site: &Site, path: &str, old: &'b Function, new: &'b Function, gate: Option<&str>) {
        let names = |parameters: &'b [Parameter]| parameters.iter().map(|parameter| &*parameter.name);
        if names(&old.parameters).eq(names(&new.parameters)) {
            for (old, new) in old.parameters.iter().zip(&new.parameters) {
                self.parameter(site, path, old, new, gate);
            }
            return;
        }
        let places = |parameters| names(parameters).enumerate().map(|(at, name)| (name, at)).collect();
        let (olds, news): (HashMap<&str, usize>, HashMap<&str, usize>) =
            (places(&old.parameters), places(&new.parameters));
        let mut common = Vec::new();
        for (at, parameter) in old.parameters.iter().enumerate() {
            if let Some(&there) = news.get(&*parameter.name) {
                common.push(there);
                self.parameter(site, path, parameter, &new.parameters[there], gate);
                continue;
            }
            let opposite = new.parameters.get(at).filter(|p| !olds.contains_key(&*p.name));
            match opposite {
                Some(renamed) if self.like(site, parameter.ty, renamed.ty) != Likeness::Different => {
                    let fact =
                        Fact::ParameterRenamed { old: parameter.name.to_string(), new: renamed.name.to_string() };
                    let part = format!("{path}.{}", parameter.name);
                    self.emit_gated(site, fact, part, parameter.span, renamed.span, Root::Function, gate);
                }
                _ => {
                    let ty = self.pairing.old.surface.render(parameter.ty);
                    let fact = Fact::ParameterRemoved { name: parameter.name.to_string(), ty };
                    let part = format!("{path}.{}", parameter.name);
                    self.emit_gated(site, fact, part, parameter.span, Span::UNKNOWN, Root::Function, gate);
                }
            }
        }
        for (at, parameter) in new.parameters.iter().enumerate() {
            if olds.contains_key(&*parameter.name) {
                continue;
            }
            let opposite = old.parameters.get(at).filter(|p| !news.contains_key(&*p.name));
            if opposite.is_some_and(|o| self.like(site, o.ty, parameter.ty) != Likeness::Different) {
                continue;
            }
            let ty = self.pairing.new.surface.render(parameter.ty);
            let fact = Fact::ParameterAdded { name: parameter.name.to_string(), ty };
            let part = format!("{path}.{}", parameter.name);
            self.emit_gated(site, fact, part, Span::UNKNOWN, parameter.span, Root::Function, gate);
        }
        if !common.is_sorted() {
            self.emit_gated(site, Fact::ParametersReordered, path.into(), old.span, new.span, Root::Function, gate);
        }
    }

    fn parameter(&mut self, site: &Site, path: &str, old: &Parameter, new: &Parameter, gate: Option<&str>) {
        let fact = self.reference(site, (old.ty, new.ty), |likeness, old_type, new_type| {
            let name = old.name.to_string();
            match likeness {
                Likeness::Replaced => Fact::ParameterTypeReplaced { name, old: old_type, new: new_type },
                _ => Fact::ParameterRetyped { name, old: old_type, new: new_type },
            }
        });
        if let Some(fact) = fact {
            let part = format!("{path}.{}", old.name);
            self.emit_gated(site, fact, part, old.span, new.span, Root::Function, gate);
        }
    }

    fn result(&mut self, site: &Site, path: &str, old: &Function, new: &Function, gate: Option<&str>) {
        let is_constructor = old.name.starts_with("[constructor]");
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let fact = match (old.result, new.result) {
            (None, None) => None,
            (None, Some(ty)) => Some(Fact::ResultAdded { ty: right.render(ty) }),
            (Some(ty), None) => Some(Fact::ResultRemoved { ty: left.render(ty) }),
            (Some(a), Some(b)) => {
                let is_result = |surface: &crate::surface::Surface, ty| match surface.base(ty) {
                    Type::Id(id) => matches!(surface.ty(id).kind, TypeKind::Result { .. }),
                    Type::Primitive(_) => false,
                };
                let fallible = (is_result(left, a), is_result(right, b));
                self.reference(site, (a, b), |likeness, old, new| match (is_constructor, fallible, likeness) {
                    (true, (false, true), _) => Fact::ConstructorMadeFallible { new },
                    (true, (true, false), _) => Fact::ConstructorMadeInfallible { old },
                    (_, _, Likeness::Replaced) => Fact::ResultTypeReplaced { old, new },
                    _ => Fact::ResultRetyped { old, new },
                })
            }
        };
        if let Some(fact) = fact {
            self.emit_gated(site, fact, path.into(), old.span, new.span, Root::Function, gate);
        }
    }

    /// How alike two references at this site are.
    pub(super) fn like(&mut self, site: &Site, old: Type, new: Type) -> Likeness {
        self.pairing.likeness(old, new, site.at, &mut self.memo)
    }

    /// The fact about two references that are not the same, made from their texts.
    pub(super) fn reference(
        &mut self,
        site: &Site,
        (old, new): (Type, Type),
        fact: impl FnOnce(Likeness, String, String) -> Fact,
    ) -> Option<Fact> {
        let likeness = self.like(site, old, new);
        let texts = || (self.pairing.old.surface.render(old), self.pairing.new.surface.render(new));
        match likeness {
            Likeness::Same => None,
            Likeness::Rebound(identity) => {
                let (old, new) = texts();
                Some(Fact::ResourceReplaced { old, new, identity })
            }
            Likeness::Replaced | Likeness::Different => {
                let (old, new) = texts();
                Some(fact(likeness, old, new))
            }
        }
    }
}
