//! Takes a payload apart.

use super::part::{Allocation, AllocationKind, Choice, Flags, Parts};
use wit_parser::{FlagsRepr, Handle, Int, Resolve, SizeAlign, Type, TypeDefKind};

/// The parts of named values, such as parameters. Types must be within the limits.
pub(super) fn parts<'a>(
    resolve: &Resolve,
    sizes: &SizeAlign,
    values: impl Iterator<Item = (&'a str, &'a Type)>,
) -> Parts {
    let mut walk = Walk { resolve, sizes, path: String::new(), parts: Parts::default() };
    for (name, ty) in values {
        name.clone_into(&mut walk.path);
        walk.ty(ty);
    }
    walk.parts
}

struct Walk<'a> {
    resolve: &'a Resolve,
    sizes: &'a SizeAlign,
    path: String,
    parts: Parts,
}

impl Walk<'_> {
    fn ty(&mut self, ty: &Type) {
        let path = &self.path;
        match ty {
            Type::String => self.parts.allocations.push(|| allocation(path, AllocationKind::String, 1)),
            Type::ErrorContext => self.parts.moved.push(|| path.clone()),
            Type::Id(id) => self.kind(&self.resolve.types[*id].kind),
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
            | Type::Char => {}
        }
    }

    fn kind(&mut self, kind: &TypeDefKind) {
        let path = &self.path;
        match kind {
            TypeDefKind::Type(ty) => self.ty(ty),
            TypeDefKind::Record(record) => {
                record.fields.iter().for_each(|field| self.inside(&format!(".{}", field.name), &field.ty));
            }
            TypeDefKind::Tuple(tuple) => {
                tuple.types.iter().enumerate().for_each(|(at, ty)| self.inside(&format!(".{at}"), ty));
            }
            TypeDefKind::Flags(flags) => {
                let bytes = match flags.repr() {
                    FlagsRepr::U8 => 1,
                    FlagsRepr::U16 => 2,
                    FlagsRepr::U32(words) => words as u32 * 4,
                };
                let flags = flags.flags.len();
                self.parts.flags.push(|| Flags { path: path.clone(), flags, bytes });
            }
            TypeDefKind::Enum(cases) => self.choice(cases.cases.len(), cases.tag()),
            TypeDefKind::Variant(variant) => {
                self.choice(variant.cases.len(), variant.tag());
                for case in &variant.cases {
                    case.ty.iter().for_each(|ty| self.inside(&format!(".{}", case.name), ty));
                }
            }
            TypeDefKind::Option(ty) => {
                self.choice(2, Int::U8);
                self.inside(".some", ty);
            }
            TypeDefKind::Result(result) => {
                self.choice(2, Int::U8);
                result.ok.iter().for_each(|ty| self.inside(".ok", ty));
                result.err.iter().for_each(|ty| self.inside(".err", ty));
            }
            TypeDefKind::List(ty) => {
                let bytes = self.sizes.size(ty).size_wasm32() as u64;
                self.parts.allocations.push(|| allocation(path, AllocationKind::List, bytes));
                self.inside("[]", ty);
            }
            TypeDefKind::FixedLengthList(ty, count) => {
                let before = self.parts.counts();
                self.inside("[]", ty);
                self.parts.repeat(before, *count as usize);
            }
            TypeDefKind::Map(key, value) => {
                let bytes = self.sizes.record([key, value]).size.size_wasm32() as u64;
                self.parts.allocations.push(|| allocation(path, AllocationKind::Map, bytes));
                self.inside("[key]", key);
                self.inside("[value]", value);
            }
            TypeDefKind::Handle(Handle::Own(_)) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => {
                self.parts.moved.push(|| path.clone());
            }
            TypeDefKind::Handle(Handle::Borrow(_)) => self.parts.lent.push(|| path.clone()),
            // Neither is a value.
            TypeDefKind::Resource | TypeDefKind::Unknown => {}
        }
    }

    fn choice(&mut self, cases: usize, tag: Int) {
        let path = &self.path;
        let bytes = match tag {
            Int::U8 => 1,
            Int::U16 => 2,
            Int::U32 => 4,
            Int::U64 => 8,
        };
        self.parts.choices.push(|| Choice { path: path.clone(), cases, bytes });
    }

    fn inside(&mut self, step: &str, ty: &Type) {
        let length = self.path.len();
        self.path.push_str(step);
        self.ty(ty);
        self.path.truncate(length);
    }
}

fn allocation(path: &str, kind: AllocationKind, element_bytes: u64) -> Allocation {
    Allocation { path: path.to_owned(), kind, element_bytes }
}
