//! Large records, all collected before the first of them is given.

use super::scope::{Known, Scope};
use super::types::Types;
use crate::cost::{Allocation, AllocationKind, Fact, Finding};
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::TypeDefKind;

/// The bytes of a large element: a record of four strings.
const LEAST_BYTES: u64 = 32;
/// Words of functions that nobody knows to end.
const UNBOUNDED: [&str; 19] = [
    "all", "entries", "events", "export", "fetch", "find", "history", "list", "log", "logs", "messages", "query",
    "read", "records", "rows", "scan", "search", "select", "walk",
];
/// Words of parameters that say where it ends.
const BOUNDING: [&str; 15] = [
    "batch", "count", "cursor", "first", "head", "last", "length", "limit", "max", "maximum", "offset", "page", "size",
    "tail", "top",
];

/// The packages that pass streams or futures, or wait: only those can do so instead.
pub(super) fn streaming<'a>(types: &Types, scopes: &[Scope<'a>]) -> BTreeSet<&'a str> {
    let mut packages: BTreeMap<&str, bool> = BTreeMap::new();
    for scope in scopes {
        let streams = packages.entry(scope.package).or_default();
        if !*streams {
            *streams = scope.functions.iter().any(|known| known.call.is_async);
            types.walk(&scope.functions, |kind| {
                *streams |= matches!(kind, TypeDefKind::Stream(_) | TypeDefKind::Future(_));
            });
        }
    }
    packages.into_iter().filter(|(_, streams)| *streams).map(|(package, _)| package).collect()
}

pub(super) fn find(scope: &Scope, streaming: &BTreeSet<&str>) -> Vec<Finding> {
    if !streaming.contains(scope.package) {
        return Vec::new();
    }
    let unbounded = scope.functions.iter().filter(|known| known.has_word(&UNBOUNDED) && !is_bounded(known));
    unbounded.filter_map(|known| Some(known.finding(collected(known)?))).collect()
}

fn is_bounded(known: &Known) -> bool {
    let bounds = |name: &str| name.split('-').any(|word| BOUNDING.contains(&word));
    // As many come back as went in.
    let takes_list = || {
        let lists = known.shape.parameters.parts.allocations.first.iter();
        lists.clone().any(|part| part.kind != AllocationKind::String && part.element_bytes > 1)
    };
    known.parameters().iter().any(|parameter| bounds(&parameter.name)) || takes_list()
}

/// The largest list that is all of the result, or a field of it.
fn collected(known: &Known) -> Option<Fact> {
    let parts = &known.shape.result.as_ref()?.parts.allocations.first;
    let is_large = |part: &&Allocation| {
        part.kind == AllocationKind::List && part.element_bytes >= LEAST_BYTES && !part.path.contains('[')
    };
    // Of equal ones the first.
    let list = parts.iter().filter(is_large).rev().max_by_key(|part| part.element_bytes)?;
    let inside = format!("{}[]", list.path);
    let buffers = parts.iter().filter_map(|part| part.path.strip_prefix(&inside));
    let buffers = buffers.filter(|path| !path.contains('[')).count();
    Some(Fact::ListCollected { part: list.path.clone(), bytes: list.element_bytes, buffers })
}
