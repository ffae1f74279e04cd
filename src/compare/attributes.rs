//! What is said about an item beside its type: documentation, gates, deprecation, `@external-id` (SEMANTICS 7 and 8).

use super::{Comparer, PackageComparison, Root, Site};
use crate::change::Fact;
use crate::surface::{BoxedAttributes, Span, said};
use std::collections::{BTreeMap, BTreeSet};

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
            match (old.stability.feature(), new.stability.feature()) {
                (Some(feature), None) | (None, Some(feature)) => {
                    self.stabilised.insert(path.to_string(), feature.to_string());
                }
                (None, None) | (Some(_), Some(_)) => {}
            }
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

/// Adds what differs only behind gates that are shut, and notes which additions and removals are a matter of gates.
pub(super) fn add_gated(judged: &mut PackageComparison, open: PackageComparison) {
    let found: BTreeSet<(&str, &str)> = judged.changes.iter().map(|c| (c.path.as_str(), c.fact.rule())).collect();
    let paths: BTreeSet<String> = judged.changes.iter().map(|c| c.path.clone()).collect();
    let stays: BTreeMap<String, String> = (judged.changes.iter())
        .filter(|c| is_coming_or_going(&c.fact))
        .filter(|c| !open.changes.iter().any(|o| o.path == c.path && o.fact.rule() == c.fact.rule()))
        .map(|c| (c.path.clone(), feature_of(&open, &c.path)))
        .collect();
    let shut: Vec<_> = (open.changes.into_iter())
        .filter(|c| !found.contains(&(c.path.as_str(), c.fact.rule())))
        .filter(|c| c.gate.is_some() && !paths.contains(&c.path))
        // A part of what came or went as a whole.
        .filter(|c| !c.path.rsplit_once('.').is_some_and(|(whole, _)| stays.contains_key(whole)))
        .collect();
    for change in &mut judged.changes {
        if is_coming_or_going(&change.fact) {
            change.stabilised = stays.get(&change.path).cloned();
        }
    }
    judged.changes.extend(shut);
}

fn is_coming_or_going(fact: &Fact) -> bool {
    let rule = fact.rule();
    !fact.is_remark() && (rule.ends_with("-added") || rule.ends_with("-removed"))
}

fn feature_of(open: &PackageComparison, path: &str) -> String {
    open.stabilised.get(path).cloned().unwrap_or_default()
}
