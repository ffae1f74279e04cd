//! Structure as a number: two types of equal shape have equal digests.
//!
//! Aliases are seen through, names of nominal types do not count, and every resource looks alike: which resource it
//! is depends on where it is used, and that is for the comparison to find out.

use super::{Case, Field, Function, Label, Primitive, Surface, Type, TypeKind};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::OnceLock;

/// The structure of a type or function, in 128 bits. Equal within one process if and only if the structures are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(u128);

/// A keyed hasher whose key is drawn once a process, so that nobody can prepare a collision.
struct Writer(std::hash::DefaultHasher);

impl Writer {
    fn new(tag: u8) -> Writer {
        static KEY: OnceLock<RandomState> = OnceLock::new();
        let mut hasher = KEY.get_or_init(RandomState::new).build_hasher();
        hasher.write_u8(tag);
        Writer(hasher)
    }

    fn name(&mut self, name: &str) {
        name.hash(&mut self.0);
    }

    fn shape(&mut self, shape: Digest) {
        self.0.write_u128(shape.0);
    }

    fn optional(&mut self, shape: Option<Digest>) {
        self.0.write_u8(shape.is_some() as u8);
        self.shape(shape.unwrap_or_default());
    }

    fn count(&mut self, count: usize) {
        self.0.write_usize(count);
    }

    fn finish(mut self) -> Digest {
        let low = self.0.finish();
        self.0.write_u8(0xff);
        Digest(u128::from(self.0.finish()) << 64 | u128::from(low))
    }
}

/// The shape of a reference, and whether it names a resource.
fn of_type(surface: &Surface, ty: Type) -> (Digest, bool) {
    match ty {
        Type::Primitive(primitive) => (of_primitive(primitive), false),
        Type::Id(id) => (surface.ty(id).shape, surface.ty(id).has_resources),
    }
}

fn of_primitive(primitive: Primitive) -> Digest {
    let mut writer = Writer::new(0);
    primitive.hash(&mut writer.0);
    writer.finish()
}

/// The shape of a type whose parts have theirs already, and whether it names a resource.
pub(super) fn of_kind(surface: &Surface, kind: &TypeKind) -> (Digest, bool) {
    let mut resources = false;
    let mut part = |ty: Type| {
        let (shape, has_resources) = of_type(surface, ty);
        resources |= has_resources;
        shape
    };
    let labels = |tag, labels: &[Label]| {
        let mut writer = Writer::new(tag);
        writer.count(labels.len());
        labels.iter().for_each(|label| writer.name(&label.name));
        writer.finish()
    };
    let shape = match kind {
        TypeKind::Alias(target) => part(*target),
        TypeKind::Record(fields) => {
            let mut writer = Writer::new(1);
            writer.count(fields.len());
            for Field { name, ty, .. } in fields {
                writer.name(name);
                writer.shape(part(*ty));
            }
            writer.finish()
        }
        TypeKind::Variant(cases) => {
            let mut writer = Writer::new(2);
            writer.count(cases.len());
            for Case { name, ty, .. } in cases {
                writer.name(name);
                writer.optional(ty.map(&mut part));
            }
            writer.finish()
        }
        TypeKind::Enum(cases) => labels(3, cases),
        TypeKind::Flags(flags) => labels(4, flags),
        TypeKind::Resource => {
            resources = true;
            Writer::new(5).finish()
        }
        TypeKind::Own(id) => wrap(6, part(Type::Id(*id))),
        TypeKind::Borrow(id) => wrap(7, part(Type::Id(*id))),
        TypeKind::Tuple(types) => {
            let mut writer = Writer::new(8);
            writer.count(types.len());
            types.iter().for_each(|ty| writer.shape(part(*ty)));
            writer.finish()
        }
        TypeKind::Option(ty) => wrap(9, part(*ty)),
        TypeKind::Result { ok, err } => {
            let mut writer = Writer::new(10);
            writer.optional(ok.map(&mut part));
            writer.optional(err.map(&mut part));
            writer.finish()
        }
        TypeKind::List(ty) => wrap(11, part(*ty)),
        TypeKind::FixedLengthList(ty, length) => {
            let mut writer = Writer::new(12);
            writer.count(*length as usize);
            writer.shape(part(*ty));
            writer.finish()
        }
        TypeKind::Map(key, value) => {
            let mut writer = Writer::new(13);
            writer.shape(part(*key));
            writer.shape(part(*value));
            writer.finish()
        }
        TypeKind::Future(ty) => {
            let mut writer = Writer::new(14);
            writer.optional(ty.map(&mut part));
            writer.finish()
        }
        TypeKind::Stream(ty) => {
            let mut writer = Writer::new(15);
            writer.optional(ty.map(&mut part));
            writer.finish()
        }
    };
    (shape, resources)
}

fn wrap(tag: u8, part: Digest) -> Digest {
    let mut writer = Writer::new(tag);
    writer.shape(part);
    writer.finish()
}

/// The shape of a function whose types have theirs already, and whether it names a resource.
pub(super) fn of_function(surface: &Surface, function: &Function) -> (Digest, bool) {
    let mut resources = false;
    let mut part = |ty: Type| {
        let (shape, has_resources) = of_type(surface, ty);
        resources |= has_resources;
        shape
    };
    let mut writer = Writer::new(16);
    writer.0.write_u8(function.is_async as u8);
    writer.count(function.parameters.len());
    for parameter in &function.parameters {
        writer.name(&parameter.name);
        writer.shape(part(parameter.ty));
    }
    writer.optional(function.result.map(&mut part));
    let shape = writer.finish();
    (shape, resources)
}

impl TypeKind {
    /// Whether it is told from others by where it is defined: bindings give it a type of its own.
    pub fn is_nominal(&self) -> bool {
        match self {
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => true,
            TypeKind::Alias(_)
            | TypeKind::Own(_)
            | TypeKind::Borrow(_)
            | TypeKind::Tuple(_)
            | TypeKind::Option(_)
            | TypeKind::Result { .. }
            | TypeKind::List(_)
            | TypeKind::FixedLengthList(..)
            | TypeKind::Map(..)
            | TypeKind::Future(_)
            | TypeKind::Stream(_) => false,
        }
    }

    /// The types that this one refers to directly, in order.
    pub fn parts(&self) -> Vec<Type> {
        match self {
            TypeKind::Alias(ty) | TypeKind::Option(ty) | TypeKind::List(ty) | TypeKind::FixedLengthList(ty, _) => {
                vec![*ty]
            }
            TypeKind::Record(fields) => fields.iter().map(|field| field.ty).collect(),
            TypeKind::Variant(cases) => cases.iter().filter_map(|case| case.ty).collect(),
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => Vec::new(),
            TypeKind::Own(id) | TypeKind::Borrow(id) => vec![Type::Id(*id)],
            TypeKind::Tuple(types) => types.clone(),
            TypeKind::Result { ok, err } => ok.iter().chain(err).copied().collect(),
            TypeKind::Map(key, value) => vec![*key, *value],
            TypeKind::Future(ty) | TypeKind::Stream(ty) => ty.iter().copied().collect(),
        }
    }
}
