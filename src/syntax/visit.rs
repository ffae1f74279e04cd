//! Walks over parts of a tree.

use super::{
    ExternKind, File, InterfaceItem, Item, ResourceFunction, Signature, Type, TypeDef, TypeDefKind, WorldItem,
};

impl File {
    /// Visits every type where it is used, each before those that it holds.
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        self.items.iter_mut().for_each(|item| item.for_each_type(f));
    }
}

impl Item {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        match self {
            Item::Interface(interface) => interface.items.iter_mut().for_each(|item| item.for_each_type(f)),
            Item::World(world) => world.items.iter_mut().for_each(|item| item.for_each_type(f)),
            Item::Use(_) => {}
            Item::Package(package) => package.items.iter_mut().for_each(|item| item.for_each_type(f)),
        }
    }
}

impl InterfaceItem {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        match self {
            InterfaceItem::Use(_) => {}
            InterfaceItem::Type(ty) => ty.for_each_type(f),
            InterfaceItem::Function(function) => function.signature.for_each_type(f),
        }
    }
}

impl WorldItem {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        match self {
            WorldItem::Use(_) | WorldItem::Include(_) => {}
            WorldItem::Type(ty) => ty.for_each_type(f),
            WorldItem::Import(item) | WorldItem::Export(item) => match &mut item.kind {
                ExternKind::Path(_) | ExternKind::Named { .. } => {}
                ExternKind::Function { signature, .. } => signature.for_each_type(f),
                ExternKind::Interface { items, .. } => items.iter_mut().for_each(|item| item.for_each_type(f)),
            },
        }
    }
}

impl TypeDef {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        match &mut self.kind {
            TypeDefKind::Alias(ty) => ty.for_each(f),
            TypeDefKind::Record(fields) => fields.iter_mut().for_each(|field| field.ty.for_each(f)),
            TypeDefKind::Variant(cases) => {
                cases.iter_mut().filter_map(|case| case.ty.as_mut()).for_each(|ty| ty.for_each(f))
            }
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => {}
            TypeDefKind::Resource(functions) => functions.iter_mut().for_each(|function| function.for_each_type(f)),
        }
    }
}

impl ResourceFunction {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        self.signature.for_each_type(f);
    }
}

impl Signature {
    /// Like [`File::for_each_type`].
    pub fn for_each_type(&mut self, f: &mut dyn FnMut(&mut Type)) {
        self.parameters.iter_mut().for_each(|parameter| parameter.ty.for_each(f));
        self.result.iter_mut().for_each(|ty| ty.for_each(f));
    }
}

impl Type {
    /// Visits the type, then those that it holds.
    pub fn for_each(&mut self, f: &mut dyn FnMut(&mut Type)) {
        f(self);
        match self {
            Type::Primitive(_) | Type::Name(_) | Type::Own(_) | Type::Borrow(_) => {}
            Type::List(ty) | Type::FixedLengthList(ty, _) | Type::Option(ty) => ty.for_each(f),
            Type::Map(key, value) => {
                key.for_each(f);
                value.for_each(f);
            }
            Type::Result(ok, err) => ok.iter_mut().chain(err).for_each(|ty| ty.for_each(f)),
            Type::Tuple(types) => types.iter_mut().for_each(|ty| ty.for_each(f)),
            Type::Future(ty) | Type::Stream(ty) => ty.iter_mut().for_each(|ty| ty.for_each(f)),
        }
    }
}
