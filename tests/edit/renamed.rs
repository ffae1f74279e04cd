//! The same edits on the tree that parsing gives, as the other opinion.

use wit_diff::syntax::{
    Attribute, Extern, ExternKind, File, InterfaceItem, Item, PackageName, Path, TypeDef, TypeDefKind, WorldItem,
};

/// One package that goes from one version to another.
pub struct Step<'a> {
    pub name: &'a str,
    pub old: &'a str,
    pub new: &'a str,
    /// Whether the place of the walk is in that package.
    is_here: bool,
}

impl<'a> Step<'a> {
    pub fn new(name: &'a str, old: &'a str, new: &'a str) -> Step<'a> {
        Step { name, old, new, is_here: false }
    }

    /// A file whose items belong to `main` where it does not say itself.
    pub fn file(&mut self, file: &mut File, main: &str) {
        let own = file.package.as_ref().map(|package| full(&package.name));
        self.is_here = own.as_deref().unwrap_or(main) == self.name;
        if let Some(package) = &mut file.package {
            self.package(&mut package.name);
        }
        file.items.iter_mut().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &mut Item) {
        match item {
            Item::Interface(interface) => {
                self.attributes(&mut interface.attributes);
                self.items(&mut interface.items);
            }
            Item::World(world) => {
                self.attributes(&mut world.attributes);
                world.items.iter_mut().for_each(|item| self.world_item(item));
            }
            Item::Use(item) => {
                self.attributes(&mut item.attributes);
                self.path(&mut item.path);
            }
            Item::Package(package) => {
                let outer = self.is_here;
                self.is_here = full(&package.name) == self.name;
                self.package(&mut package.name);
                package.items.iter_mut().for_each(|item| self.item(item));
                self.is_here = outer;
            }
        }
    }

    fn items(&mut self, items: &mut [InterfaceItem]) {
        for item in items {
            match item {
                InterfaceItem::Use(item) => {
                    self.attributes(&mut item.attributes);
                    self.path(&mut item.path);
                }
                InterfaceItem::Type(ty) => self.ty(ty),
                InterfaceItem::Function(function) => self.attributes(&mut function.attributes),
            }
        }
    }

    fn world_item(&mut self, item: &mut WorldItem) {
        match item {
            WorldItem::Use(item) => {
                self.attributes(&mut item.attributes);
                self.path(&mut item.path);
            }
            WorldItem::Type(ty) => self.ty(ty),
            WorldItem::Include(item) => {
                self.attributes(&mut item.attributes);
                self.path(&mut item.path);
            }
            WorldItem::Import(item) | WorldItem::Export(item) => self.import(item),
        }
    }

    fn import(&mut self, item: &mut Extern) {
        self.attributes(&mut item.attributes);
        match &mut item.kind {
            ExternKind::Path(path) | ExternKind::Named { path, .. } => self.path(path),
            ExternKind::Function { .. } => {}
            ExternKind::Interface { items, .. } => self.items(items),
        }
    }

    fn ty(&mut self, ty: &mut TypeDef) {
        self.attributes(&mut ty.attributes);
        if let TypeDefKind::Resource(functions) = &mut ty.kind {
            functions.iter_mut().for_each(|function| self.attributes(&mut function.attributes));
        }
    }

    fn attributes(&self, attributes: &mut [Attribute]) {
        for attribute in attributes {
            if let Attribute::Since(version) | Attribute::Deprecated(version) = attribute
                && self.is_here
            {
                self.version(version);
            }
        }
    }

    fn path(&self, path: &mut Path) {
        path.package.iter_mut().for_each(|package| self.package(package));
    }

    fn package(&self, name: &mut PackageName) {
        if full(name) == self.name {
            name.version.iter_mut().for_each(|version| self.version(version));
        }
    }

    fn version(&self, version: &mut String) {
        if version == self.old {
            *version = self.new.to_owned();
        }
    }
}

pub fn full(name: &PackageName) -> String {
    format!("{}:{}", name.namespace, name.name)
}
