//! What is said about an item beside its type: documentation, gates, deprecation, `@external-id` (SEMANTICS 7 and 8).

use super::{Comparer, PackageComparison, Root, Site};
use crate::change::Fact;
use crate::surface::{BoxedAttributes, Span, said};
use std::collections::BTreeSet;

impl Comparer<'_> {
    /// Compares what is said about one item. Only the package under test speaks for itself: in a dependency only
    /// `@external-id` counts, which a host sees.
    pub(super) fn attributes(
        &mut self,
        site: &Site,
        path: &str,
        (old, old_span): (&BoxedAttributes, Span),
        (new, new_span): (&BoxedAttributes, Span),
        root: Root,
    ) {
        if old == new {
            return;
        }
        let (old, new) = (said(old), said(new));
        let gate = new.stability.feature().or(old.stability.feature());
        let mut facts = Vec::new();
        if old.external_id != new.external_id {
            facts.push(Fact::ExternalIdChanged {
                old: old.external_id.as_deref().map(str::to_string),
                new: new.external_id.as_deref().map(str::to_string),
            });
        }
        if site.own {
            if old.docs != new.docs {
                facts.push(Fact::DocsChanged);
            }
            facts.extend(Fact::of_stability(&old.stability, &new.stability));
        }
        for fact in facts {
            self.emit_gated(site, fact, path.to_string(), old_span, new_span, root.clone(), gate);
        }
    }

    /// Compares the documentation of a part of a definition: a field, a case, a flag.
    pub(super) fn docs(
        &mut self,
        site: &Site,
        path: &dyn Fn() -> String,
        (old, old_span): (&Option<Box<str>>, Span),
        (new, new_span): (&Option<Box<str>>, Span),
        gate: Option<&str>,
    ) {
        if site.own && old != new {
            self.emit_gated(site, Fact::DocsChanged, path(), old_span, new_span, Root::Nothing, gate);
        }
    }
}

/// Adds what differs only behind gates that are shut, and why an item comes or goes that stays where all are open.
pub(super) fn add_gated(judged: &mut PackageComparison, open: PackageComparison) {
    let found: BTreeSet<(&str, &str)> = judged.changes.iter().map(|c| (c.path.as_str(), c.fact.rule())).collect();
    let paths: BTreeSet<String> = judged.changes.iter().map(|c| c.path.clone()).collect();
    let stays: BTreeSet<String> = (judged.changes.iter())
        .filter(|c| is_coming_or_going(&c.fact))
        .filter(|c| !open.changes.iter().any(|o| o.path == c.path && o.fact.rule() == c.fact.rule()))
        .map(|c| c.path.clone())
        .collect();
    let (mut turned, open): (Vec<_>, Vec<_>) =
        open.changes.into_iter().partition(|c| c.fact.is_of_feature() && stays.contains(&c.path));
    // The gate is open on one of the sides, and it is there that the item counts.
    turned.iter_mut().for_each(|change| change.gate = None);
    let is_part = |path: &str| {
        let wholes = [path.rsplit_once('.'), path.split_once('#')];
        wholes.into_iter().flatten().any(|(whole, _)| stays.contains(whole))
    };
    let shut: Vec<_> = (open.into_iter())
        .filter(|c| !found.contains(&(c.path.as_str(), c.fact.rule())))
        .filter(|c| c.gate.is_some() && !paths.contains(&c.path))
        // A part of what came or went as a whole.
        .filter(|c| !is_part(&c.path))
        .collect();
    judged.changes.extend(turned);
    judged.changes.extend(shut);
}

fn is_coming_or_going(fact: &Fact) -> bool {
    let rule = fact.rule();
    !fact.is_remark() && (rule.ends_with("-added") || rule.ends_with("-removed"))
}
