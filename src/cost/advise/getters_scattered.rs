//! Many small values, each with a call of its own.

use super::scope::{Known, Scope};
use super::types::Types;
use crate::cost::{Fact, Finding};
use std::collections::{BTreeMap, HashSet};
use wit_parser::{AccessorKind, Type, TypeDefKind, TypeId};

/// So many getters make one likely to need several at once, and a record dearer than none of them.
const LEAST: usize = 6;
/// The bytes of a value that is passed for less than the call costs; what is larger may well be asked for by itself.
const MOST_BYTES: u64 = 16;
/// First words of functions that do something: what they give is not there before.
const DOING: [&str; 76] = [
    "accept",
    "acquire",
    "advance",
    "alloc",
    "allocate",
    "apply",
    "begin",
    "build",
    "call",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "commit",
    "compute",
    "connect",
    "create",
    "decrement",
    "delete",
    "disable",
    "disconnect",
    "drain",
    "enable",
    "execute",
    "finish",
    "flush",
    "generate",
    "increment",
    "init",
    "invoke",
    "launch",
    "load",
    "lock",
    "make",
    "new",
    "next",
    "now",
    "open",
    "pause",
    "perform",
    "poll",
    "pop",
    "process",
    "push",
    "rand",
    "random",
    "read",
    "receive",
    "refresh",
    "register",
    "release",
    "reload",
    "remove",
    "render",
    "reset",
    "resume",
    "roll",
    "run",
    "save",
    "send",
    "shutdown",
    "spawn",
    "start",
    "step",
    "stop",
    "submit",
    "sync",
    "take",
    "tick",
    "toggle",
    "try",
    "unlock",
    "update",
    "wait",
    "write",
];
/// First words of what is so or not.
const BEING: [&str; 13] =
    ["allows", "are", "can", "does", "get", "has", "is", "needs", "requires", "should", "supports", "wants", "was"];
/// How words end that say what is so or not.
const SO: [&str; 5] = ["able", "ed", "ible", "ty", "dy"];

/// Of each resource, and of the functions that belong to none.
pub(super) fn find(types: &Types, scope: &Scope) -> Vec<Finding> {
    let mut owners: BTreeMap<Option<TypeId>, Vec<&Known>> = BTreeMap::new();
    for known in &scope.functions {
        owners.entry(known.resource()).or_default().push(known);
    }
    owners.into_iter().filter_map(|(resource, functions)| scattered(types, scope, resource, &functions)).collect()
}

fn scattered(types: &Types, scope: &Scope, resource: Option<TypeId>, functions: &[&Known]) -> Option<Finding> {
    let set: HashSet<&str> = functions.iter().filter_map(|known| set(known)).collect();
    let given_together = given_together(types, functions);
    let is_alone = |known: &&&Known| {
        let name = property(known);
        !set.contains(name) && !given_together.contains(name)
    };
    let getters: Vec<&&Known> = functions.iter().filter(|known| is_getter(types, known)).filter(is_alone).collect();
    if getters.len() < LEAST {
        return None;
    }
    let results = || getters.iter().filter_map(|known| known.function.result.as_ref());
    let flat = getters.iter().filter_map(|known| known.shape.result.as_ref()).map(|result| result.flat);
    let fact = Fact::GettersScattered {
        getters: getters.len(),
        flat: flat.fold(0, u64::saturating_add),
        bytes: types.record_bytes(results()),
    };
    let resource = resource.and_then(|id| types.name(&Type::Id(id)));
    let path = resource.map_or_else(|| scope.path.to_owned(), |name| format!("{}#{name}", scope.path));
    Some(Finding { package: scope.package.to_owned(), path, fact })
}

/// The fields of the records that are to be had without parameters.
fn given_together<'t>(types: &'t Types, functions: &[&Known]) -> HashSet<&'t str> {
    let mut fields = HashSet::new();
    for known in functions.iter().filter(|known| known.parameters().is_empty()) {
        let given = known.function.result.as_ref().and_then(|ty| types.given(ty));
        if let Some((_, TypeDefKind::Record(record))) = given.and_then(|ty| types.kind(&ty)) {
            fields.extend(record.fields.iter().map(|field| field.name.as_str()));
        }
    }
    fields
}

/// A value that is there, cannot be refused and is small.
fn is_getter(types: &Types, known: &Known) -> bool {
    let Some(result) = &known.function.result else { return false };
    known.is_free_or_method()
        && !known.call.is_async
        && known.parameters().is_empty()
        && !is_more(types, result)
        && types.is_plain(result)
        && types.bytes(result) <= MOST_BYTES
        && (known.is_accessor() || !does_something(types, known, result))
}

/// Whether it may do something first: whoever answers yes or no without asking what is so may tell how it went.
fn does_something(types: &Types, known: &Known, result: &Type) -> bool {
    let is_answer = types.named(result) == Type::Bool;
    let is_so = BEING.contains(&known.first_word()) || SO.iter().any(|end| known.last_word().ends_with(end));
    let does = known.words.iter().find(|word| **word != "get").is_some_and(|word| DOING.contains(word));
    does || (is_answer && !is_so)
}

/// What can be refused has an answer for each, and a record is one already.
fn is_more(types: &Types, ty: &Type) -> bool {
    let is = |ty: &Type, is: fn(&TypeDefKind) -> bool| types.kind(ty).is_some_and(|(_, kind)| is(kind));
    is(ty, |kind| matches!(kind, TypeDefKind::Result(_)))
        || types.given(ty).is_some_and(|ty| is(&ty, |kind| matches!(kind, TypeDefKind::Record(_))))
}

/// What a getter is of.
fn property<'a>(known: &Known<'a>) -> &'a str {
    known.name.strip_prefix("get-").unwrap_or(known.name)
}

/// What a setter is of: whoever sets properties one by one, gets them so.
fn set<'a>(known: &Known<'a>) -> Option<&'a str> {
    match known.function.kind.accessor() {
        Some(AccessorKind::Setter) => Some(known.name),
        _ => known.name.strip_prefix("set-"),
    }
}
