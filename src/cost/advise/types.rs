//! What the rules ask of types.

use super::scope::Known;
use crate::cost::limit::Limits;
use std::borrow::Cow;
use std::collections::HashSet;
use wit_parser::{Param, Resolve, SizeAlign, Type, TypeDefKind, TypeId};

/// The types of a set of packages, without those that are beyond the limits.
pub(super) struct Types<'a> {
    resolve: Cow<'a, Resolve>,
    sizes: SizeAlign,
    /// Of every type, whether it is plain.
    plain: Vec<bool>,
}

impl<'a> Types<'a> {
    /// `None` where a type is too large for the memory of this machine.
    pub fn new(resolve: &'a Resolve) -> Option<Types<'a>> {
        let resolve = Limits::new(resolve).without_beyond(resolve);
        let mut sizes = SizeAlign::default();
        sizes.fill(&resolve).ok()?;
        let mut plain: Vec<bool> = Vec::with_capacity(resolve.types.len());
        for (_, def) in resolve.types.iter() {
            // What a type is made of stands before it.
            let is_plain = |ty: &Type| match ty {
                Type::Id(id) => plain.get(id.index()).copied().unwrap_or_default(),
                ty => !matches!(ty, Type::String | Type::ErrorContext),
            };
            let is_plain = kind_holds_itself(&def.kind) && inner(&def.kind).all(|ty| is_plain(&ty));
            plain.push(is_plain);
        }
        Some(Types { resolve, sizes, plain })
    }

    pub fn resolve(&self) -> &Resolve {
        &self.resolve
    }

    /// Whether values hold themselves whole: no buffers and no handles.
    pub fn is_plain(&self, ty: &Type) -> bool {
        match ty {
            Type::Id(id) => self.plain.get(id.index()).copied().unwrap_or_default(),
            ty => !matches!(ty, Type::String | Type::ErrorContext),
        }
    }

    /// The bytes of the fixed part.
    pub fn bytes(&self, ty: &Type) -> u64 {
        self.sizes.size(ty).size_wasm32() as u64
    }

    /// The bytes of a record of all.
    pub fn record_bytes<'t>(&self, types: impl IntoIterator<Item = &'t Type>) -> u64 {
        self.sizes.record(types).size.size_wasm32() as u64
    }

    pub fn parameter_bytes(&self, parameters: &[Param]) -> u64 {
        self.record_bytes(parameters.iter().map(|parameter| &parameter.ty))
    }

    /// What a name stands for, and what it is made of; `None` of what has no parts.
    pub fn kind(&self, ty: &Type) -> Option<(TypeId, &TypeDefKind)> {
        match self.named(ty) {
            Type::Id(id) => Some((id, &self.resolve.types[id].kind)),
            _ => None,
        }
    }

    /// The name of a type that has one.
    pub fn name(&self, ty: &Type) -> Option<&str> {
        match ty {
            Type::Id(id) => self.resolve.types[*id].name.as_deref(),
            _ => None,
        }
    }

    /// What a name stands for.
    pub fn named(&self, ty: &Type) -> Type {
        let mut ty = *ty;
        while let Type::Id(id) = ty {
            match &self.resolve.types[id].kind {
                TypeDefKind::Type(target) => ty = *target,
                _ => break,
            }
        }
        ty
    }

    /// What a `result` is where it is no error, and what an `option` is where it is something.
    pub fn given(&self, ty: &Type) -> Option<Type> {
        let mut ty = self.named(ty);
        while let Some((_, kind)) = self.kind(&ty) {
            ty = match kind {
                TypeDefKind::Result(result) => self.named(result.ok.as_ref()?),
                TypeDefKind::Option(some) => self.named(some),
                _ => break,
            };
        }
        Some(ty)
    }

    /// The elements of all lists, streams and maps that the functions pass.
    pub fn elements(&self, functions: &[Known]) -> HashSet<Type> {
        let mut elements = HashSet::new();
        self.walk(functions, |kind| match kind {
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                elements.extend(self.with_parts(element));
            }
            TypeDefKind::Stream(Some(element)) => elements.extend(self.with_parts(element)),
            TypeDefKind::Map(key, value) => elements.extend([self.named(key), self.named(value)]),
            _ => {}
        });
        elements
    }

    /// Shows every type that the functions pass, once.
    pub fn walk(&self, functions: &[Known], mut show: impl FnMut(&TypeDefKind)) {
        let mut seen = HashSet::new();
        let mut left: Vec<Type> = functions.iter().flat_map(|known| passed(known.function)).collect();
        while let Some(ty) = left.pop() {
            let Type::Id(id) = ty else { continue };
            if seen.insert(id) {
                let kind = &self.resolve.types[id].kind;
                show(kind);
                left.extend(inner(kind));
            }
        }
    }

    /// An element, and what stands in it where it is a record or a tuple.
    fn with_parts(&self, element: &Type) -> Vec<Type> {
        let element = self.named(element);
        let parts: Vec<Type> = match self.kind(&element) {
            Some((_, kind @ (TypeDefKind::Record(_) | TypeDefKind::Tuple(_)))) => inner(kind).collect(),
            _ => Vec::new(),
        };
        [element].into_iter().chain(parts.iter().map(|part| self.named(part))).collect()
    }
}

/// All that a function takes and gives.
pub(super) fn passed(function: &wit_parser::Function) -> impl Iterator<Item = Type> + '_ {
    function.params.iter().map(|parameter| parameter.ty).chain(function.result)
}

/// What a type is made of.
pub(super) fn inner(kind: &TypeDefKind) -> impl Iterator<Item = Type> + '_ {
    let (many, few): (Box<dyn Iterator<Item = Type> + '_>, [Option<Type>; 2]) = match kind {
        TypeDefKind::Record(record) => (Box::new(record.fields.iter().map(|field| field.ty)), [None; 2]),
        TypeDefKind::Tuple(tuple) => (Box::new(tuple.types.iter().copied()), [None; 2]),
        TypeDefKind::Variant(variant) => (Box::new(variant.cases.iter().filter_map(|case| case.ty)), [None; 2]),
        TypeDefKind::Type(ty)
        | TypeDefKind::Option(ty)
        | TypeDefKind::List(ty)
        | TypeDefKind::FixedLengthList(ty, _) => (Box::new(std::iter::empty()), [Some(*ty), None]),
        TypeDefKind::Result(result) => (Box::new(std::iter::empty()), [result.ok, result.err]),
        TypeDefKind::Map(key, value) => (Box::new(std::iter::empty()), [Some(*key), Some(*value)]),
        TypeDefKind::Future(ty) | TypeDefKind::Stream(ty) => (Box::new(std::iter::empty()), [*ty, None]),
        TypeDefKind::Flags(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Handle(_)
        | TypeDefKind::Resource
        | TypeDefKind::Unknown => (Box::new(std::iter::empty()), [None; 2]),
    };
    many.chain(few.into_iter().flatten())
}

/// Whether a type has neither a buffer nor a handle of its own.
fn kind_holds_itself(kind: &TypeDefKind) -> bool {
    match kind {
        TypeDefKind::Type(_)
        | TypeDefKind::Record(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(_)
        | TypeDefKind::FixedLengthList(_, _) => true,
        TypeDefKind::List(_)
        | TypeDefKind::Map(_, _)
        | TypeDefKind::Handle(_)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_)
        | TypeDefKind::Resource
        | TypeDefKind::Unknown => false,
    }
}
