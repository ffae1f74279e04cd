//! Lists right in lists of what has a buffer of its own.

use super::scope::{Known, Scope};
use crate::cost::{Allocation, AllocationKind, Fact, Finding, LENGTH};

pub(super) fn find(scope: &Scope) -> Vec<Finding> {
    scope.functions.iter().filter_map(|known| Some(known.finding(nested(known)?))).collect()
}

fn nested(known: &Known) -> Option<Fact> {
    let parameters = nested_in(&known.shape.parameters.parts.allocations.first);
    parameters.or_else(|| nested_in(&known.shape.result.as_ref()?.parts.allocations.first))
}

/// The first that is nested.
fn nested_in(parts: &[Allocation]) -> Option<Fact> {
    let lists = parts.iter().filter(|part| part.kind != AllocationKind::String);
    lists.clone().find_map(|outer| {
        let rows = format!("{}[]", outer.path);
        let row = parts.iter().find(|part| part.path == rows && part.kind != AllocationKind::String)?;
        let each =
            parts.iter().filter_map(|part| part.path.strip_prefix(&row.path)).filter(|path| is_cell(path)).count();
        let length = u64::from(LENGTH);
        let buffers = 1 + length + length * length * each as u64;
        (each > 0).then(|| Fact::ListsNested { part: outer.path.clone(), buffers })
    })
}

/// Whether it is an element as a whole, or stands in it by its place: what has a name is a record, which says what it is.
fn is_cell(path: &str) -> bool {
    let inside = ["[]", "[key]", "[value]"].into_iter().find_map(|step| path.strip_prefix(step));
    inside.is_some_and(|path| path.chars().all(|c| c == '.' || c.is_ascii_digit()))
}
