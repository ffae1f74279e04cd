//! One call for each element, where one for a list would do.

use super::scope::{Known, Scope};
use super::types::{Types, inner};
use crate::cost::{Fact, Finding, Way};
use std::collections::HashSet;
use wit_parser::{Handle, Param, Type, TypeDefKind};

/// The bytes of an element that is passed for less than the call costs.
const MOST_BYTES: u64 = 32;
/// Of one that is given: it may hold a string or two beside.
const MOST_BYTES_GIVEN: u64 = 64;
/// More than these are no place in a list, an image or a volume.
const MOST_PARAMETERS: usize = 4;
/// First words of functions by which a list becomes longer.
const LENGTHENING: [&str; 3] = ["append", "insert", "push"];
/// First words of functions that write to a place.
const WRITING: [&str; 4] = ["put", "set", "store", "write"];
/// First words of functions that read from a place.
const READING: [&str; 4] = ["fetch", "get", "load", "read"];
/// Those of them that go on behind it, number by number.
const GOING_ON: [&str; 4] = ["load", "read", "store", "write"];
/// What there are many of wherever there is one.
const ELEMENTS: [&str; 11] =
    ["at", "bit", "byte", "cell", "char", "element", "pixel", "sample", "texel", "tile", "voxel"];
/// What is added to a drawing, a mesh, a graph or a table: by other names, an amount is, which is no element.
const ADDED: [&str; 12] =
    ["cell", "edge", "entry", "face", "line", "pixel", "point", "row", "sample", "segment", "triangle", "vertex"];
/// What is written and read number by number.
const NUMBERS: [&str; 12] = ["bool", "f32", "f64", "float", "s16", "s32", "s64", "s8", "u16", "u32", "u64", "u8"];
/// What there are many of wherever one is the next.
const ENTRIES: [&str; 7] = ["element", "entry", "item", "line", "record", "row", "value"];
/// Words of resources that are gone through.
const ITERATING: [&str; 10] =
    ["cursor", "entries", "enumerator", "iter", "iterator", "list", "reader", "result", "rows", "stream"];
/// Words of what happens: nobody has these in a list before one of them comes.
const HAPPENING: [&str; 23] = [
    "change",
    "chunk",
    "datagram",
    "delta",
    "error",
    "event",
    "events",
    "frame",
    "job",
    "message",
    "messages",
    "notification",
    "packet",
    "poll",
    "receive",
    "recv",
    "request",
    "response",
    "signal",
    "subscription",
    "task",
    "try",
    "update",
];

pub(super) fn find(types: &Types, scope: &Scope) -> Vec<Finding> {
    let repeated: Vec<(&Known, Repeated)> =
        scope.functions.iter().filter_map(|known| Some((known, repeated(types, known)?))).collect();
    if repeated.is_empty() {
        return Vec::new();
    }
    let elements = types.elements(&scope.functions);
    let is_alone = |(_, repeated): &(&Known, Repeated)| repeated.elements.is_disjoint(&elements);
    let finding = |(known, repeated): (&Known, Repeated)| known.finding(repeated.fact);
    repeated.into_iter().filter(is_alone).map(finding).collect()
}

struct Repeated {
    /// A list of one of these would do.
    elements: HashSet<Type>,
    fact: Fact,
}

fn repeated(types: &Types, known: &Known) -> Option<Repeated> {
    if !known.is_free_or_method() || known.is_accessor() {
        return None;
    }
    let repeated = taken(types, known).or_else(|| given(types, known)).or_else(|| read(types, known))?;
    let names = repeated.elements.iter().filter_map(|element| types.name(element));
    let names = names.chain([known.name]).chain(known.resource().and_then(|id| types.name(&Type::Id(id))));
    let happens = names.flat_map(|name| name.split('-')).any(|word| HAPPENING.contains(&word));
    (!happens).then_some(repeated)
}

/// An element that is added, or put into its place; nothing comes back of it.
fn taken(types: &Types, known: &Known) -> Option<Repeated> {
    let parameters = beside_owner(types, known);
    let lengthens = LENGTHENING.contains(&known.first_word());
    // Numbers are added by arithmetic, too.
    let adds = known.first_word() == "add" && ADDED.contains(&known.last_word()) && is_compound(types, parameters);
    // What is set without a place is a property.
    let writes = is_of_element(known, &WRITING) && (parameters.len() > 1 || known.first_word() == "write");
    let is_element = (1..=MOST_PARAMETERS).contains(&parameters.len())
        && parameters.iter().all(|parameter| types.is_plain(&parameter.ty))
        && types.parameter_bytes(parameters) <= MOST_BYTES;
    let bytes = types.parameter_bytes(parameters);
    ((lengthens || adds || writes) && is_element && gives_nothing(types, known)).then(|| Repeated {
        elements: parameters.iter().map(|parameter| types.named(&parameter.ty)).collect(),
        fact: Fact::CallsRepeated { way: Way::Taken, bytes },
    })
}

/// The next of several, until there is none.
fn given(types: &Types, known: &Known) -> Option<Repeated> {
    if !known.parameters().is_empty() || !goes_on(types, known) {
        return None;
    }
    let result = types.named(known.function.result.as_ref()?);
    let result = match types.kind(&result) {
        Some((_, TypeDefKind::Result(result))) => types.named(result.ok.as_ref()?),
        _ => result,
    };
    let Some((_, TypeDefKind::Option(element))) = types.kind(&result) else { return None };
    let element = types.named(element);
    let bytes = types.bytes(&element);
    (is_one(types, &element) && bytes <= MOST_BYTES_GIVEN)
        .then(|| Repeated { elements: [element].into(), fact: Fact::CallsRepeated { way: Way::Given, bytes } })
}

/// Whether it gives one after the other, by its name: the next alarm, and the state that is read, are properties.
fn goes_on(types: &Types, known: &Known) -> bool {
    match known.words.iter().position(|word| *word == "next") {
        Some(0) if known.words.len() == 1 => true,
        Some(at) if at > 0 && !["get", "peek"].contains(&known.first_word()) => true,
        None if known.first_word() != "read" => false,
        Some(_) | None => {
            let resource = known.resource().and_then(|id| types.name(&Type::Id(id))).unwrap_or_default();
            ENTRIES.contains(&known.last_word()) || resource.split('-').any(|word| ITERATING.contains(&word))
        }
    }
}

/// What is at a place, or the next byte.
fn read(types: &Types, known: &Known) -> Option<Repeated> {
    let parameters = beside_owner(types, known);
    let reads = is_of_element(known, &READING);
    let has_place =
        parameters.len() < MOST_PARAMETERS && parameters.iter().all(|parameter| is_place(types, &parameter.ty));
    // What is got without a place is a property.
    if !reads || !has_place || (parameters.is_empty() && known.first_word() != "read") {
        return None;
    }
    let element = types.given(known.function.result.as_ref()?)?;
    let bytes = types.bytes(&element);
    (types.is_plain(&element) && bytes <= MOST_BYTES)
        .then(|| Repeated { elements: [element].into(), fact: Fact::CallsRepeated { way: Way::Read, bytes } })
}

/// The parameters without what they are of, where a function does by itself what a method could.
fn beside_owner<'a>(types: &Types, known: &Known<'a>) -> &'a [Param] {
    match known.parameters() {
        [owner, parameters @ ..] if is_lent(types, &owner.ty) => parameters,
        parameters => parameters,
    }
}

fn is_lent(types: &Types, ty: &Type) -> bool {
    matches!(types.kind(ty), Some((_, TypeDefKind::Handle(Handle::Borrow(_)))))
}

/// Whether one of the words is followed by that of an element, or of a number where it goes on.
fn is_of_element(known: &Known, words: &[&str]) -> bool {
    let (first, last) = (known.first_word(), known.last_word());
    let is_number = GOING_ON.contains(&first) && NUMBERS.contains(&last);
    known.words.len() > 1 && words.contains(&first) && (ELEMENTS.contains(&last) || is_number)
}

/// Several values, or one that is made of several.
fn is_compound(types: &Types, parameters: &[Param]) -> bool {
    match parameters {
        [one] => matches!(types.kind(&one.ty), Some((_, TypeDefKind::Record(_) | TypeDefKind::Tuple(_)))),
        several => several.len() > 1,
    }
}

fn gives_nothing(types: &Types, known: &Known) -> bool {
    match known.function.result.as_ref().map(|ty| (types.named(ty), types.kind(ty))) {
        None | Some((Type::Bool, _)) => true,
        Some((_, Some((_, TypeDefKind::Result(result))))) => result.ok.is_none(),
        Some(_) => false,
    }
}

/// No list of its own, and nothing that can be held but once.
fn is_one(types: &Types, element: &Type) -> bool {
    match types.kind(element) {
        None => types.is_plain(element),
        Some((_, TypeDefKind::Record(_) | TypeDefKind::Tuple(_) | TypeDefKind::Variant(_))) => true,
        Some((_, TypeDefKind::Enum(_) | TypeDefKind::Flags(_))) => true,
        Some(_) => false,
    }
}

/// A number, or several as one.
fn is_place(types: &Types, ty: &Type) -> bool {
    match types.kind(ty) {
        None => is_integer(&types.named(ty)),
        Some((_, kind @ (TypeDefKind::Record(_) | TypeDefKind::Tuple(_)))) => {
            inner(kind).all(|part| is_integer(&types.named(&part)))
        }
        Some(_) => false,
    }
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::S8 | Type::S16 | Type::S32 | Type::S64)
}
