//! Which types are too large to be computed with: `wit-parser` would spin, overflow or recurse without end on them, and no
//! component can hold them anyway.

use std::borrow::Cow;
use wit_parser::{Function, Resolve, Tuple, Type, TypeDefKind, TypeId};

/// Why nothing is told of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beyond {
    /// Its values do not fit into a memory of 4 GiB.
    TooLarge,
    /// Its types have more parts than a component may, all uses written out.
    TooManyParts,
    /// Its types lie too deep in each other.
    TooDeep,
}

/// Bytes of a 32-bit memory.
const MAX_BYTES: u64 = 1 << 32;
/// Of one signature, all uses of types written out. The largest of a world that anybody is known to have published has
/// some 2,000.
const MAX_PARTS: u64 = 1 << 16;
/// Types in types; the official validator has a limit of a hundred.
const MAX_DEPTH: u32 = 1_000;
/// Nothing but what is flat fills the places in which flat values are counted: so many elements of a list are looked at.
const MOST_FLAT: u64 = Resolve::MAX_FLAT_PARAMS as u64 + 2;
/// What alignment may add to a part, in bytes.
const PADDING: u64 = 8;

/// What a type weighs, and no less; numbers that are too large stay at the largest.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    bytes: u64,
    flat: u64,
    parts: u64,
    depth: u32,
    /// Why it, or something in it, cannot be computed with.
    beyond: Option<Beyond>,
}

impl Weight {
    fn plain(bytes: u64) -> Weight {
        Weight { bytes, flat: 1, parts: 1, ..Weight::default() }
    }

    /// Of several beside each other.
    fn and(self, other: Weight) -> Weight {
        Weight {
            bytes: self.bytes.saturating_add(other.bytes).saturating_add(PADDING),
            flat: self.flat.saturating_add(other.flat),
            parts: self.parts.saturating_add(other.parts),
            depth: self.depth.max(other.depth),
            beyond: self.beyond.or(other.beyond),
        }
    }

    /// Of one of several.
    fn or(self, other: Weight) -> Weight {
        let flat = self.flat.max(other.flat);
        Weight { bytes: self.bytes.max(other.bytes), flat, ..self.and(other) }
    }

    /// Of something around it.
    fn within(self, bytes: u64, flat: u64) -> Weight {
        Weight {
            bytes: self.bytes.saturating_add(bytes).saturating_add(PADDING),
            flat: self.flat.saturating_add(flat),
            parts: self.parts.saturating_add(1),
            depth: self.depth.saturating_add(1),
            beyond: self.beyond,
        }
    }

    fn times(self, count: u32) -> Weight {
        let count = u64::from(count);
        // What is flat fills up the places that there are; what takes none could be looked at forever.
        let looked_at = if self.flat == 0 { count } else { count.min(MOST_FLAT) };
        Weight {
            bytes: self.bytes.saturating_mul(count),
            flat: self.flat.saturating_mul(count),
            parts: self.parts.saturating_mul(looked_at),
            ..self
        }
    }

    /// Of what is behind a pointer.
    fn behind(self) -> Weight {
        Weight { bytes: 8, flat: 2, ..self }
    }

    fn judged(self) -> Weight {
        let too_deep = (self.depth > MAX_DEPTH).then_some(Beyond::TooDeep);
        let too_large = (self.bytes >= MAX_BYTES).then_some(Beyond::TooLarge);
        let too_many = (self.parts > MAX_PARTS).then_some(Beyond::TooManyParts);
        Weight { beyond: self.beyond.or(too_deep).or(too_large).or(too_many), ..self }
    }
}

/// The weights of all types.
pub(super) struct Limits {
    weights: Vec<Weight>,
}

impl Limits {
    pub fn new(resolve: &Resolve) -> Limits {
        let mut limits = Limits { weights: Vec::with_capacity(resolve.types.len()) };
        for (_, def) in resolve.types.iter() {
            let weight = limits.weight(&def.kind).judged();
            limits.weights.push(weight);
        }
        limits
    }

    /// Why the parameters or the result of a function cannot be computed with; `None` where they can.
    pub fn beyond(&self, function: &Function) -> Option<Beyond> {
        let parameters = self.all(function.params.iter().map(|parameter| &parameter.ty));
        parameters.and(self.maybe(function.result.as_ref())).judged().beyond
    }

    /// How many flat values a type is.
    pub fn flat(&self, ty: &Type) -> u64 {
        self.of(ty).flat
    }

    /// The same packages with nothing in the place of types that are over a limit.
    pub fn without_beyond<'a>(&self, resolve: &'a Resolve) -> Cow<'a, Resolve> {
        let mut resolve = Cow::Borrowed(resolve);
        let beyond = |(_, weight): &(TypeId, &Weight)| weight.beyond.is_some();
        let ids: Vec<TypeId> = resolve.types.iter().map(|(id, _)| id).collect();
        for (id, _) in ids.into_iter().zip(&self.weights).filter(beyond) {
            resolve.to_mut().types[id].kind = TypeDefKind::Tuple(Tuple { types: Vec::new() });
        }
        resolve
    }

    fn weight(&self, kind: &TypeDefKind) -> Weight {
        match kind {
            TypeDefKind::Type(ty) => self.of(ty).within(0, 0),
            TypeDefKind::Record(record) => self.all(record.fields.iter().map(|field| &field.ty)).within(0, 0),
            TypeDefKind::Tuple(tuple) => self.all(tuple.types.iter()).within(0, 0),
            TypeDefKind::Flags(flags) => {
                let words = flags.flags.len().div_ceil(32) as u64;
                Weight { bytes: words * 4, flat: words, parts: words + 1, ..Weight::default() }
            }
            TypeDefKind::Enum(_) => Weight::plain(4),
            TypeDefKind::Variant(variant) => self.any(variant.cases.iter().map(|case| case.ty.as_ref())).within(4, 1),
            TypeDefKind::Option(ty) => self.of(ty).within(1, 1),
            TypeDefKind::Result(result) => self.any([result.ok.as_ref(), result.err.as_ref()]).within(1, 1),
            TypeDefKind::FixedLengthList(ty, count) => self.of(ty).times(*count).within(0, 0),
            TypeDefKind::List(ty) => self.of(ty).within(0, 0).behind(),
            TypeDefKind::Map(key, value) => self.of(key).and(self.of(value)).within(0, 0).behind(),
            TypeDefKind::Handle(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => Weight::plain(4),
            TypeDefKind::Resource | TypeDefKind::Unknown => Weight::plain(4),
        }
    }

    fn of(&self, ty: &Type) -> Weight {
        match ty {
            Type::Bool | Type::U8 | Type::S8 => Weight::plain(1),
            Type::U16 | Type::S16 => Weight::plain(2),
            Type::U32 | Type::S32 | Type::F32 | Type::Char | Type::ErrorContext => Weight::plain(4),
            Type::U64 | Type::S64 | Type::F64 => Weight::plain(8),
            Type::String => Weight::plain(1).behind(),
            // A type that does not stand before the one that is made of it is not one that can be computed with.
            Type::Id(id) => {
                let unknown = Weight { beyond: Some(Beyond::TooDeep), ..Weight::default() };
                self.weights.get(id.index()).copied().unwrap_or(unknown)
            }
        }
    }

    fn maybe(&self, ty: Option<&Type>) -> Weight {
        ty.map_or_else(Weight::default, |ty| self.of(ty))
    }

    fn all<'a>(&self, types: impl Iterator<Item = &'a Type>) -> Weight {
        types.fold(Weight::default(), |weight, ty| weight.and(self.of(ty)))
    }

    fn any<'a>(&self, types: impl IntoIterator<Item = Option<&'a Type>>) -> Weight {
        types.into_iter().fold(Weight::default(), |weight, ty| weight.or(self.maybe(ty)))
    }
}
