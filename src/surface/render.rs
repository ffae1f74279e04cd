//! Types and signatures as WIT text, on one line.

use super::{Function, Primitive, Surface, Type, TypeId, TypeKind};

/// How deep anonymous types are written out.
const DEPTH: u32 = 12;

impl Primitive {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Primitive::Bool => "bool",
            Primitive::U8 => "u8",
            Primitive::U16 => "u16",
            Primitive::U32 => "u32",
            Primitive::U64 => "u64",
            Primitive::S8 => "s8",
            Primitive::S16 => "s16",
            Primitive::S32 => "s32",
            Primitive::S64 => "s64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
            Primitive::Char => "char",
            Primitive::String => "string",
            Primitive::ErrorContext => "error-context",
        }
    }
}

impl TypeKind {
    /// The keyword, with its article, for a sentence.
    pub fn noun(&self) -> &'static str {
        match self {
            TypeKind::Alias(_) => "an alias",
            TypeKind::Record(_) => "a record",
            TypeKind::Variant(_) => "a variant",
            TypeKind::Enum(_) => "an enum",
            TypeKind::Flags(_) => "flags",
            TypeKind::Resource => "a resource",
            TypeKind::Own(_) => "an owned handle",
            TypeKind::Borrow(_) => "a borrowed handle",
            TypeKind::Tuple(_) => "a tuple",
            TypeKind::Option(_) => "an option",
            TypeKind::Result { .. } => "a result",
            TypeKind::List(_) => "a list",
            TypeKind::FixedLengthList(..) => "a fixed-length list",
            TypeKind::Map(..) => "a map",
            TypeKind::Future(_) => "a future",
            TypeKind::Stream(_) => "a stream",
        }
    }
}

impl Surface {
    /// A reference to a type as WIT text: names where there are names, structure where there are none.
    pub fn render(&self, ty: Type) -> String {
        let mut out = String::new();
        self.write(ty, DEPTH, &mut out);
        out
    }

    /// What a named type stands for: `list<u8>` for `type t = list<u8>`, the keyword for a nominal type.
    pub fn render_definition(&self, id: TypeId) -> String {
        match &self.ty(id).kind {
            TypeKind::Alias(target) => self.render(*target),
            TypeKind::Record(_) => "record".into(),
            TypeKind::Variant(_) => "variant".into(),
            TypeKind::Enum(_) => "enum".into(),
            TypeKind::Flags(_) => "flags".into(),
            TypeKind::Resource => "resource".into(),
            kind => {
                let mut out = String::new();
                self.write_kind(kind, DEPTH, &mut out);
                out
            }
        }
    }

    /// A signature as WIT text: `async func(a: u8) -> string`.
    pub fn render_signature(&self, function: &Function) -> String {
        let mut out = String::from(if function.is_async { "async func(" } else { "func(" });
        let hidden = usize::from(function.parameters.first().is_some_and(|p| &*p.name == "self"));
        for (at, parameter) in function.parameters.iter().skip(hidden).enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            out.push_str(&parameter.name);
            out.push_str(": ");
            self.write(parameter.ty, DEPTH, &mut out);
        }
        out.push(')');
        if let Some(result) = function.result {
            out.push_str(" -> ");
            self.write(result, DEPTH, &mut out);
        }
        out
    }

    fn write(&self, ty: Type, depth: u32, out: &mut String) {
        match ty {
            Type::Primitive(primitive) => out.push_str(primitive.keyword()),
            Type::Id(id) => match &self.ty(id).name {
                Some(name) => out.push_str(name),
                None if depth == 0 => out.push('…'),
                None => self.write_kind(&self.ty(id).kind, depth - 1, out),
            },
        }
    }

    fn write_kind(&self, kind: &TypeKind, depth: u32, out: &mut String) {
        let mut wrap = |keyword: &str, parts: &[Option<Type>]| {
            out.push_str(keyword);
            if parts.iter().all(Option::is_none) {
                return;
            }
            out.push('<');
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                match part {
                    Some(ty) => self.write(*ty, depth, out),
                    None => out.push('_'),
                }
            }
            out.push('>');
        };
        match kind {
            TypeKind::Alias(ty) => self.write(*ty, depth, out),
            TypeKind::Own(id) => self.write(Type::Id(*id), depth, out),
            TypeKind::Borrow(id) => wrap("borrow", &[Some(Type::Id(*id))]),
            TypeKind::Tuple(types) => wrap("tuple", &types.iter().copied().map(Some).collect::<Vec<_>>()),
            TypeKind::Option(ty) => wrap("option", &[Some(*ty)]),
            TypeKind::Result { ok, err: None } => wrap("result", &[*ok]),
            TypeKind::Result { ok, err } => wrap("result", &[*ok, *err]),
            TypeKind::List(ty) => wrap("list", &[Some(*ty)]),
            TypeKind::FixedLengthList(ty, length) => {
                out.push_str("list<");
                self.write(*ty, depth, out);
                out.push_str(&format!(", {length}>"));
            }
            TypeKind::Map(key, value) => wrap("map", &[Some(*key), Some(*value)]),
            TypeKind::Future(ty) => wrap("future", &[*ty]),
            TypeKind::Stream(ty) => wrap("stream", &[*ty]),
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => out.push_str(kind.noun()),
        }
    }
}
