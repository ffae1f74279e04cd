//! A large record that goes in and comes back, so that a little of it changes.

use super::scope::{Known, Scope};
use super::types::Types;
use crate::cost::{Fact, Finding};
use wit_parser::TypeDefKind;

/// The bytes of a record that costs about as much to pass as the call by itself, as it goes both ways.
const LEAST_BYTES: u64 = 64;
/// First words of functions that change a little.
const CHANGING: [&str; 18] = [
    "add",
    "advance",
    "clear",
    "decrement",
    "disable",
    "enable",
    "increment",
    "insert",
    "move",
    "push",
    "remove",
    "rename",
    "reset",
    "set",
    "step",
    "tick",
    "toggle",
    "update",
];

pub(super) fn find(types: &Types, scope: &Scope) -> Vec<Finding> {
    let changing = scope.functions.iter().filter(|known| CHANGING.contains(&known.first_word()));
    changing.filter_map(|known| Some(known.finding(returned(types, known)?))).collect()
}

fn returned(types: &Types, known: &Known) -> Option<Fact> {
    let result = types.given(known.function.result.as_ref()?)?;
    let (_, TypeDefKind::Record(_)) = types.kind(&result)? else { return None };
    let bytes = types.bytes(&result);
    let goes_in = known.parameters().iter().any(|parameter| types.named(&parameter.ty) == result);
    (goes_in && bytes >= LEAST_BYTES).then_some(Fact::StateReturned { bytes })
}
