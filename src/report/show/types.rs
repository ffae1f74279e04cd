//! Types as binaries see them: aliases seen through, and names where a type is told by its name.

use crate::surface::{Function, InterfaceId, Owner, PackageId, Surface, Type, TypeKind};
use std::collections::BTreeSet;

/// An alias that would take more room than this is called by its name; its own line has what it stands for.
const ALIAS: u32 = 160;
/// Nobody writes a type without a name that is longer, and what shares its parts may be as long as there are atoms.
const ANONYMOUS: u32 = 4000;

/// Writes the types of one surface.
pub(super) struct Types<'a> {
    pub surface: &'a Surface,
    /// The packages under test.
    pub own: BTreeSet<PackageId>,
    /// How long each type is where it is written out.
    lengths: Vec<u32>,
}

impl<'a> Types<'a> {
    pub fn new(surface: &'a Surface) -> Types<'a> {
        let mut types =
            Types { surface, own: surface.own.iter().copied().collect(), lengths: vec![u32::MAX; surface.types.len()] };
        // A type stands behind its parts, but for versions on one track, which stand for each other.
        for _ in 0..2 {
            for (at, def) in surface.types.iter().enumerate() {
                let parts = def.kind.parts().into_iter();
                let length = match &def.kind {
                    kind if kind.is_nominal() => name_length(def.name.as_deref()),
                    _ => parts.fold(10, |sum: u32, part| sum.saturating_add(types.length(part)).saturating_add(2)),
                };
                if let Some(slot) = types.lengths.get_mut(at) {
                    *slot = length;
                }
            }
        }
        types
    }

    fn length(&self, ty: Type) -> u32 {
        match ty {
            Type::Primitive(primitive) => primitive.keyword().len() as u32,
            Type::Id(id) => {
                let length = self.lengths.get(id as usize).copied().unwrap_or(u32::MAX);
                let def = self.surface.ty(id);
                if def.name.is_some() && length > ALIAS { name_length(def.name.as_deref()) } else { length }
            }
        }
    }
}

/// Writes for one place, and notes who owns the types that it names.
pub(super) struct Writer<'a> {
    pub types: &'a Types<'a>,
    /// Where names of its own need no path.
    pub home: Owner,
    /// How interfaces and worlds are called, with a `#` or `.` at the end.
    pub place: &'a dyn Fn(Owner) -> String,
    pub named: Vec<Owner>,
}

impl Writer<'_> {
    /// A reference to a type.
    pub fn reference(&mut self, ty: Type) -> String {
        let mut out = String::new();
        self.write(ty, &mut out);
        out
    }

    /// What a type that is no record, variant, enum, flags or resource stands for.
    pub fn definition(&mut self, kind: &TypeKind) -> String {
        let mut out = String::new();
        self.write_kind(kind, &mut out);
        out
    }

    /// Parameters and result. The handle that a method is called on is in its name.
    pub fn signature(&mut self, function: &Function) -> String {
        let is_on_handle = function.member().is_some() && !function.name.contains("static");
        let hidden = is_on_handle && function.parameters.first().is_some_and(|first| &*first.name == "self");
        let mut out = String::from(if function.is_async { "async func(" } else { "func(" });
        for (at, parameter) in function.parameters.iter().skip(usize::from(hidden)).enumerate() {
            out.push_str(if at > 0 { ", " } else { "" });
            out.push_str(&parameter.name);
            out.push_str(": ");
            self.write(parameter.ty, &mut out);
        }
        out.push(')');
        if let Some(result) = function.result {
            out.push_str(" -> ");
            self.write(result, &mut out);
        }
        out
    }

    fn write(&mut self, ty: Type, out: &mut String) {
        let surface = self.types.surface;
        let id = match surface.base(ty) {
            Type::Primitive(primitive) => return out.push_str(primitive.keyword()),
            Type::Id(id) => id,
        };
        let def = surface.ty(id);
        let length = self.types.lengths.get(id as usize).copied().unwrap_or(u32::MAX);
        match &def.name {
            Some(name) if def.kind.is_nominal() || length > ALIAS => {
                self.named.push(def.owner);
                if def.owner != self.home {
                    out.push_str(&(self.place)(def.owner));
                }
                out.push_str(name);
            }
            None if length > ANONYMOUS => out.push('…'),
            _ => self.write_kind(&def.kind, out),
        }
    }

    fn write_kind(&mut self, kind: &TypeKind, out: &mut String) {
        match kind {
            TypeKind::Alias(ty) => self.write(*ty, out),
            TypeKind::Own(id) => self.write(Type::Id(*id), out),
            TypeKind::Borrow(id) => self.wrap("borrow", &[Some(Type::Id(*id))], out),
            TypeKind::Tuple(types) => self.wrap("tuple", &types.iter().copied().map(Some).collect::<Vec<_>>(), out),
            TypeKind::Option(ty) => self.wrap("option", &[Some(*ty)], out),
            TypeKind::Result { ok, err: None } => self.wrap("result", &[*ok], out),
            TypeKind::Result { ok, err } => self.wrap("result", &[*ok, *err], out),
            TypeKind::List(ty) => self.wrap("list", &[Some(*ty)], out),
            TypeKind::FixedLengthList(ty, length) => {
                out.push_str("list<");
                self.write(*ty, out);
                out.push_str(&format!(", {length}>"));
            }
            TypeKind::Map(key, value) => self.wrap("map", &[Some(*key), Some(*value)], out),
            TypeKind::Future(ty) => self.wrap("future", &[*ty], out),
            TypeKind::Stream(ty) => self.wrap("stream", &[*ty], out),
            TypeKind::Record(_) => out.push_str("record"),
            TypeKind::Variant(_) => out.push_str("variant"),
            TypeKind::Enum(_) => out.push_str("enum"),
            TypeKind::Flags(_) => out.push_str("flags"),
            TypeKind::Resource => out.push_str("resource"),
        }
    }

    fn wrap(&mut self, keyword: &str, parts: &[Option<Type>], out: &mut String) {
        out.push_str(keyword);
        if parts.iter().all(Option::is_none) {
            return;
        }
        for (at, part) in parts.iter().enumerate() {
            out.push_str(if at > 0 { ", " } else { "<" });
            match part {
                Some(ty) => self.write(*ty, out),
                None => out.push('_'),
            }
        }
        out.push('>');
    }
}

fn name_length(name: Option<&str>) -> u32 {
    name.map_or(0, |name| u32::try_from(name.len()).unwrap_or(u32::MAX))
}

/// The interface that owns a type, if one does.
pub(super) fn interface_of(owner: Owner) -> Option<InterfaceId> {
    match owner {
        Owner::Interface(id) => Some(id),
        Owner::World(_) | Owner::None => None,
    }
}
