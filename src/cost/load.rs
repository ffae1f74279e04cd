//! What is done for one call: counts to estimate its time by.

use std::iter::Sum;
use std::ops::Add;
use wit_parser::{Handle, Resolve, SizeAlign, Type, TypeDefKind};

/// What is done for one call, by direction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadOf {
    /// For the parameters.
    pub parameters: Load,
    /// For the result; the dearest, where there are several.
    pub result: Load,
}

impl LoadOf {
    /// For both.
    pub fn both(self) -> Load {
        self.parameters + self.result
    }
}

/// What is done for what is passed in one direction. All are counts, with every string and list of the assumed length, and
/// of variants the dearest case.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Numbers, booleans, characters and words of flags that are passed one by one.
    pub values: f64,
    /// The same in lists of nothing but numbers, which can be copied at once.
    pub plain: f64,
    /// Bytes in memory: fixed parts that are spilled, elements of lists, text.
    pub bytes: f64,
    /// Bytes of text, which are checked to be UTF-8.
    pub text: f64,
    /// Strings: each is checked by itself.
    pub texts: f64,
    /// Records and tuples that are taken apart, and entries of maps.
    pub records: f64,
    /// Buffers that are allocated: one of each string, list and map, and one of parameters that are spilled.
    pub allocations: f64,
    /// Discriminants that are looked at.
    pub choices: f64,
    /// Handles that are given away.
    pub moved: f64,
    /// Handles that are lent.
    pub lent: f64,
}

impl Load {
    /// The same with so many bytes more in memory.
    pub(super) fn with_bytes(self, bytes: u64) -> Load {
        Load { bytes: self.bytes + bytes as f64, ..self }
    }

    /// The same with a buffer more.
    pub(super) fn with_buffer(self) -> Load {
        Load { allocations: self.allocations + 1.0, ..self }
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Load {
        Load {
            values: f(self.values),
            plain: f(self.plain),
            bytes: f(self.bytes),
            text: f(self.text),
            texts: f(self.texts),
            records: f(self.records),
            allocations: f(self.allocations),
            choices: f(self.choices),
            moved: f(self.moved),
            lent: f(self.lent),
        }
    }

    fn with(self, other: Load, f: impl Fn(f64, f64) -> f64) -> Load {
        Load {
            values: f(self.values, other.values),
            plain: f(self.plain, other.plain),
            bytes: f(self.bytes, other.bytes),
            text: f(self.text, other.text),
            texts: f(self.texts, other.texts),
            records: f(self.records, other.records),
            allocations: f(self.allocations, other.allocations),
            choices: f(self.choices, other.choices),
            moved: f(self.moved, other.moved),
            lent: f(self.lent, other.lent),
        }
    }

    /// The sum of the parts, each times what one of it takes.
    pub(super) fn times(self, each: Load) -> f64 {
        let Load { values, plain, bytes, text, texts, records, allocations, choices, moved, lent } =
            self.with(each, |count, each| count * each);
        values + plain + bytes + text + texts + records + allocations + choices + moved + lent
    }

    fn choice(self) -> Load {
        Load { choices: self.choices + 1.0, ..self }
    }

    fn record(self) -> Load {
        Load { records: self.records + 1.0, ..self }
    }
}

impl Add for Load {
    type Output = Load;

    fn add(self, other: Load) -> Load {
        self.with(other, |a, b| a + b)
    }
}

impl Sum for Load {
    fn sum<I: Iterator<Item = Load>>(loads: I) -> Load {
        loads.fold(Load::default(), Load::add)
    }
}

/// The loads of all types.
pub(super) struct Loads {
    loads: Vec<Load>,
    length: f64,
}

impl Loads {
    pub fn new(resolve: &Resolve, sizes: &SizeAlign, length: u32) -> Loads {
        let mut loads = Loads { loads: Vec::with_capacity(resolve.types.len()), length: f64::from(length) };
        for (_, def) in resolve.types.iter() {
            let load = loads.kind(resolve, sizes, &def.kind);
            loads.loads.push(load);
        }
        loads
    }

    /// Of several beside each other.
    pub fn all<'a>(&self, types: impl Iterator<Item = &'a Type>) -> Load {
        types.map(|ty| self.of(ty)).sum()
    }

    fn kind(&self, resolve: &Resolve, sizes: &SizeAlign, kind: &TypeDefKind) -> Load {
        match kind {
            TypeDefKind::Type(ty) => self.of(ty),
            TypeDefKind::Record(record) => self.all(record.fields.iter().map(|field| &field.ty)).record(),
            TypeDefKind::Tuple(tuple) => self.all(tuple.types.iter()).record(),
            TypeDefKind::Flags(flags) => Load { values: flags.flags.len().div_ceil(32) as f64, ..Load::default() },
            TypeDefKind::Enum(_) => Load::default().choice(),
            TypeDefKind::Variant(variant) => self.any(variant.cases.iter().map(|case| case.ty.as_ref())).choice(),
            TypeDefKind::Option(ty) => self.of(ty).choice(),
            TypeDefKind::Result(result) => self.any([result.ok.as_ref(), result.err.as_ref()]).choice(),
            TypeDefKind::List(ty) => {
                let bytes = sizes.size(ty).size_wasm32() as f64;
                let element = if is_number(resolve, ty) { Load { plain: 1.0, ..Load::default() } } else { self.of(ty) };
                self.elements(element, bytes)
            }
            TypeDefKind::Map(key, value) => {
                let bytes = sizes.record([key, value]).size.size_wasm32() as f64;
                self.elements((self.of(key) + self.of(value)).record(), bytes)
            }
            TypeDefKind::FixedLengthList(ty, count) => self.of(ty).map(|part| part * f64::from(*count)),
            TypeDefKind::Handle(Handle::Own(_)) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => {
                Load { moved: 1.0, ..Load::default() }
            }
            TypeDefKind::Handle(Handle::Borrow(_)) => Load { lent: 1.0, ..Load::default() },
            TypeDefKind::Resource | TypeDefKind::Unknown => Load::default(),
        }
    }

    fn elements(&self, element: Load, bytes: f64) -> Load {
        let elements = element.map(|part| part * self.length);
        Load { bytes: elements.bytes + bytes * self.length, allocations: elements.allocations + 1.0, ..elements }
    }

    fn of(&self, ty: &Type) -> Load {
        match ty {
            Type::String => {
                Load { bytes: self.length, text: self.length, texts: 1.0, allocations: 1.0, ..Load::default() }
            }
            Type::ErrorContext => Load { moved: 1.0, ..Load::default() },
            Type::Id(id) => self.loads.get(id.index()).copied().unwrap_or_default(),
            Type::Bool
            | Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::S8
            | Type::S16
            | Type::S32
            | Type::S64
            | Type::F32
            | Type::F64
            | Type::Char => Load { values: 1.0, ..Load::default() },
        }
    }

    /// Of one of several: the dearest of each.
    fn any<'a>(&self, types: impl IntoIterator<Item = Option<&'a Type>>) -> Load {
        let parts = types.into_iter().flatten().map(|ty| self.of(ty));
        parts.fold(Load::default(), |load, part| load.with(part, f64::max))
    }
}

/// Whether every pattern of bits is a value of the type.
fn is_number(resolve: &Resolve, ty: &Type) -> bool {
    let mut ty = *ty;
    while let Type::Id(id) = ty {
        let TypeDefKind::Type(target) = resolve.types[id].kind else { return false };
        ty = target;
    }
    !matches!(ty, Type::Bool | Type::Char | Type::String | Type::ErrorContext)
}
