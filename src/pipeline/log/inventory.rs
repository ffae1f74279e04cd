//! What stands in a package as one revision has it: interfaces, worlds and types, by path, and who uses what.

use crate::report::StabilityKind;
use crate::surface::{
    BoxedAttributes, InterfaceId, Owner, Surface, Type, TypeId, TypeKind, Views, World, WorldItemKind, WorldKey, said,
};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// What stands in one package, and what it uses.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Inventory {
    /// By path.
    pub items: BTreeMap<String, Thing>,
    /// What is used, and the path of the interface or world of this package that uses it.
    pub uses: BTreeSet<(Used, String)>,
}

/// Something that has a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pipeline) struct Thing {
    pub kind: StabilityKind,
    /// The feature that it stands behind; `None` where it is promised.
    pub feature: Option<String>,
}

/// An item that is used, of this package or of another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pipeline) struct Used {
    pub package: String,
    pub version: Option<Version>,
    pub path: String,
}

/// What stands in `package`: what is promised, and behind a feature what only the open view has.
pub(super) fn inventory(views: &Views, package: &str) -> Inventory {
    let mut inventory = Inventory::default();
    Taking { surface: &views.judged, inventory: &mut inventory, is_open: false }.package(package);
    if let Some(open) = &views.open {
        Taking { surface: open, inventory: &mut inventory, is_open: true }.package(package);
    }
    inventory
}

struct Taking<'a> {
    surface: &'a Surface,
    inventory: &'a mut Inventory,
    /// Whether what is promised is known already.
    is_open: bool,
}

impl<'a> Taking<'a> {
    fn package(&mut self, name: &str) {
        let surface = self.surface;
        for own in surface.own.iter().map(|&id| surface.package(id)).filter(|own| *own.name == *name) {
            for &id in &own.interfaces {
                self.interface(id);
            }
            for world in own.worlds.iter().map(|&id| surface.world(id)) {
                self.world(name, world);
            }
        }
    }

    fn add(&mut self, path: String, kind: StabilityKind, above: Option<&str>, attributes: &BoxedAttributes) {
        if !self.inventory.items.contains_key(&path) {
            let own = said(attributes).stability.feature();
            let feature = own.or(above).filter(|_| self.is_open).map(str::to_owned);
            self.inventory.items.insert(path, Thing { kind, feature });
        }
    }

    fn interface(&mut self, id: InterfaceId) {
        let interface = self.surface.interface(id);
        let path = self.path(id);
        self.add(path.clone(), StabilityKind::Interface, None, &interface.attributes);
        let feature = said(&interface.attributes).stability.feature();
        for &ty in &interface.types {
            let def = self.surface.ty(ty);
            // What is taken from elsewhere belongs there.
            if let (None, Some(name)) = (self.origin(ty, Some(id)), &def.name) {
                self.add(format!("{path}#{name}"), StabilityKind::Type, feature, &def.attributes);
            }
        }
        self.uses_of(&interface.types, Some(id), &path);
    }

    fn world(&mut self, package: &str, world: &'a World) {
        let path = format!("{package}/{}", world.name);
        self.add(path.clone(), StabilityKind::World, None, &world.attributes);
        for item in world.imports.iter().chain(&world.exports) {
            match (&item.kind, &item.key) {
                (WorldItemKind::Interface(id), WorldKey::Interface(_)) => self.interface_used(*id, &path),
                (WorldItemKind::Interface(id), WorldKey::Name(_)) => {
                    let interface = self.surface.interface(*id);
                    match interface.name {
                        Some(_) => self.interface_used(*id, &path),
                        None => self.uses_of(&interface.types, Some(*id), &path),
                    }
                }
                (WorldItemKind::Type(id), _) => self.uses_of(&[*id], None, &path),
                (WorldItemKind::Function(_), _) => {}
            }
        }
    }

    /// A world that imports or exports an interface uses its types, too.
    fn interface_used(&mut self, id: InterfaceId, by: &str) {
        self.used(id, None, by);
        let surface = self.surface;
        for &ty in &surface.interface(id).types {
            if self.origin(ty, Some(id)).is_none() {
                self.used(id, surface.ty(ty).name.as_deref(), by);
            }
        }
    }

    /// What types of `home` are other names for, up to where each comes from.
    fn uses_of(&mut self, types: &[TypeId], home: Option<InterfaceId>, by: &str) {
        for &ty in types {
            let (mut at, mut from) = (ty, home);
            while let Some((owner, target)) = self.origin(at, from) {
                self.used(owner, self.surface.ty(target).name.as_deref(), by);
                self.used(owner, None, by);
                (at, from) = (target, Some(owner));
            }
        }
    }

    /// The interface that a type is taken from, and what it is there; `None` where it is defined here.
    fn origin(&self, ty: TypeId, home: Option<InterfaceId>) -> Option<(InterfaceId, TypeId)> {
        let TypeKind::Alias(Type::Id(target)) = self.surface.ty(ty).kind else { return None };
        match self.surface.ty(target).owner {
            Owner::Interface(owner) if Some(owner) != home => Some((owner, target)),
            Owner::Interface(_) | Owner::World(_) | Owner::None => None,
        }
    }

    fn used(&mut self, id: InterfaceId, item: Option<&str>, by: &str) {
        // What uses it behind a shut gate promises no use.
        if self.is_open {
            return;
        }
        let interface = self.surface.interface(id);
        let (Some(_), package) = (&interface.name, self.surface.package(interface.package)) else { return };
        let path = self.path(id);
        let path = item.map_or(path.clone(), |item| format!("{path}#{item}"));
        if path != by {
            let used = Used { package: package.name.to_string(), version: package.version.clone(), path };
            self.inventory.uses.insert((used, by.to_owned()));
        }
    }

    fn path(&self, id: InterfaceId) -> String {
        let interface = self.surface.interface(id);
        let package = &self.surface.package(interface.package).name;
        format!("{package}/{}", interface.name.as_deref().unwrap_or_default())
    }
}
