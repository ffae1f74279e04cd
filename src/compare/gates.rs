//! Findings about the gates themselves (SEMANTICS 8): what comes undated, and what goes unannounced.

use super::pair::Half;
use super::{Comparer, Root, Site};
use crate::change::Fact;
use crate::surface::{BoxedAttributes, Span, Stability, WorldItemKind, said};

impl Comparer<'_> {
    /// Looks at the gate of an item that came.
    pub(super) fn came(&mut self, site: &Site, path: &str, attributes: &BoxedAttributes, span: Span) {
        if !self.watches_gates(site) {
            return;
        }
        let version = |half: &Half<'_>| half.surface.package(half.package).version.clone();
        let (old, new) = (version(&self.pairing.old), version(&self.pairing.new));
        let fact = match &said(attributes).stability {
            Stability::Unknown => Fact::SinceOmitted,
            // Between two revisions there may be releases that nobody compared.
            Stability::Stable { since, .. } => match (old, new) {
                (old, Some(release))
                    if since.cmp_precedence(&release).is_ne()
                        && old.as_ref().is_none_or(|old| since.cmp_precedence(old).is_le()) =>
                {
                    Fact::SinceMisdated { since: since.clone(), release }
                }
                (_, Some(_) | None) => return,
            },
            Stability::Unstable { .. } => return,
        };
        self.emit(site, fact, path.to_string(), Span::UNKNOWN, span, Root::Nothing);
    }

    /// Looks at the gate of an item that went.
    pub(super) fn went(&mut self, site: &Site, path: &str, attributes: &BoxedAttributes, span: Span) {
        let stability = &said(attributes).stability;
        if self.watches_gates(site) && stability.deprecated().is_none() && stability.feature().is_none() {
            self.emit(site, Fact::DeprecationSkipped, path.to_string(), span, Span::UNKNOWN, Root::Nothing);
        }
    }

    /// Looks at the gate of an item of which something changed since the change numbered `first`.
    pub(super) fn turned(
        &mut self,
        site: &Site,
        path: &str,
        attributes: &BoxedAttributes,
        first: usize,
        spans: (Span, Span),
    ) {
        let Some(since) = said(attributes).stability.since() else { return };
        let is_incompatible = |fact: &Fact| match fact {
            Fact::TypeMoved { .. } | Fact::UseRerouted { .. } | Fact::DocsChanged => false,
            fact => !fact.rule().starts_with("since-"),
        };
        if self.watches_gates(site) && self.changes[first..].iter().any(|change| is_incompatible(&change.fact)) {
            let fact = Fact::SinceItemChanged { since: since.clone() };
            self.emit(site, fact, path.to_string(), spans.0, spans.1, Root::Nothing);
        }
    }

    fn watches_gates(&self, site: &Site) -> bool {
        site.own && !self.open && self.gated
    }
}

/// Whether anything in the package under test carries a gate.
pub(super) fn is_gated(half: &Half<'_>) -> bool {
    let surface = half.surface;
    let gated = |attributes: &BoxedAttributes| said(attributes).stability != Stability::Unknown;
    half.own_interfaces().map(|id| surface.interface(id)).any(|interface| {
        gated(&interface.attributes)
            || interface.types.iter().any(|&ty| gated(&surface.ty(ty).attributes))
            || interface.functions.iter().any(|function| gated(&function.attributes))
    }) || half.own_worlds().map(|id| surface.world(id)).any(|world| {
        gated(&world.attributes)
            || world.imports.iter().chain(&world.exports).any(|item| {
                gated(&item.attributes)
                    || match &item.kind {
                        WorldItemKind::Function(function) => gated(&function.attributes),
                        WorldItemKind::Type(ty) => gated(&surface.ty(*ty).attributes),
                        WorldItemKind::Interface(_) => false,
                    }
            })
    })
}
