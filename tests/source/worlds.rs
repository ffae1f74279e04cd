//! The worlds that a party's bindings are generated for.
//!
//! `wit-bindgen` writes guests only. So an interface is imported or exported by a world made up for it, and a host is
//! a guest of the mirrored world, where imports are exports and exports imports.

use std::collections::BTreeSet;
use std::path::Path;
use wit_bindgen_core::name_package_module;
use wit_bindgen_core::wit_parser::{
    Function, FunctionKind, InterfaceId, Package, PackageId, Resolve, Stability, Type, TypeDefKind, TypeOwner, World,
    WorldId, WorldItem, WorldKey,
};
use wit_bindgen_rust::to_rust_ident;
use wit_diff::surface::Features;

/// One revision, read by the generator's own parser.
pub struct Side {
    pub resolve: Resolve,
    pub package: PackageId,
}

/// A world to generate bindings for, and of which modules of those only the types count.
pub struct Target {
    pub resolve: Resolve,
    pub world: WorldId,
    pub types_only: BTreeSet<Vec<String>>,
}

/// How an interface stands in the world that is made up for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Import,
    Export,
}

impl Target {
    /// Everybody exports something beside: whoever has no exports would never say `export!`, and not hear of new ones.
    fn new(mut resolve: Resolve, world: WorldId, types_only: BTreeSet<Vec<String>>) -> Target {
        let function = Function {
            name: ANCHOR.to_string(),
            kind: FunctionKind::Freestanding,
            params: Vec::new(),
            result: None,
            docs: Default::default(),
            stability: Stability::Unknown,
            span: Default::default(),
            external_id: None,
        };
        let key = WorldKey::Name(ANCHOR.to_string());
        resolve.worlds[world].exports.insert(key, WorldItem::Function(function));
        Target { resolve, world, types_only }
    }
}

/// The name of the worlds that interfaces are asked about in.
const MADE_UP: &str = "made-up-for-source";

/// A function that every world exports.
const ANCHOR: &str = "source-anchor";

impl Side {
    pub fn load(path: &Path, features: &Features) -> anyhow::Result<Side> {
        let mut resolve = Resolve { all_features: features.all, ..Resolve::default() };
        resolve.features.extend(features.names.iter().cloned());
        let (package, _) = resolve.push_path(path)?;
        Ok(Side { resolve, package })
    }

    /// `namespace:name` of the package.
    pub fn name(&self) -> String {
        let name = &self.resolve.packages[self.package].name;
        format!("{}:{}", name.namespace, name.name)
    }

    /// A world that imports or exports the interface, and imports whatever it needs: what `other` needs, too, in this
    /// side's copy, because all else stays on offer (SEMANTICS 3).
    pub fn for_interface(&self, name: &str, role: Role, other: &Side) -> Option<Target> {
        let mut resolve = self.resolve.clone();
        let id = *resolve.packages[self.package].interfaces.get(name)?;
        let mut imports = dependencies(&resolve, id);
        for dependency in dependencies(&other.resolve, *other.resolve.packages[other.package].interfaces.get(name)?) {
            if let Some(ours) = self.counterpart(other, dependency) {
                add_dependencies(&resolve, ours, &mut imports);
            }
        }
        imports.retain(|&import| import != id);
        let types_only = imports.iter().map(|&id| module(&resolve, &WorldKey::Interface(id), Role::Import)).collect();
        if role == Role::Import {
            imports.push(id);
        }
        let exports = (role == Role::Export).then_some(id);
        let world = World {
            name: MADE_UP.to_string(),
            imports: imports.into_iter().map(entry).collect(),
            exports: exports.into_iter().map(entry).collect(),
            package: Some(self.package),
            docs: Default::default(),
            stability: Stability::Unknown,
            includes: Default::default(),
            span: Default::default(),
        };
        let world = resolve.worlds.alloc(world);
        resolve.packages[self.package].worlds.insert(MADE_UP.to_string(), world);
        Some(Target::new(resolve, world, types_only))
    }

    /// The world as it stands: its guests.
    pub fn for_guests(&self, name: &str) -> Option<Target> {
        let world = *self.resolve.packages[self.package].worlds.get(name)?;
        Some(Target::new(self.resolve.clone(), world, BTreeSet::new()))
    }

    /// The mirrored world: its hosts.
    pub fn for_hosts(&self, name: &str) -> Option<Target> {
        let world = *self.resolve.packages[self.package].worlds.get(name)?;
        let mut resolve = self.resolve.clone();
        let (imports, exports) = (resolve.worlds[world].imports.clone(), resolve.worlds[world].exports.clone());
        let is_type = |item: &WorldItem| matches!(item, WorldItem::Type { .. });
        let (types, provided): (Vec<_>, Vec<_>) = imports.into_iter().partition(|(_, item)| is_type(item));
        let called = in_order(&resolve, exports.into_iter().collect());
        let mut needed = Vec::new();
        for (_, item) in types.iter().chain(&called) {
            match item {
                WorldItem::Interface { id, .. } => {
                    resolve.interface_direct_deps(*id).for_each(|used| add_dependencies(&resolve, used, &mut needed));
                }
                WorldItem::Type { id, .. } => {
                    if let TypeDefKind::Type(Type::Id(used)) = resolve.types[*id].kind
                        && let TypeOwner::Interface(owner) = resolve.types[used].owner
                    {
                        add_dependencies(&resolve, owner, &mut needed);
                    }
                }
                WorldItem::Function(_) => {}
            }
        }
        needed.retain(|&id| !called.iter().any(|(key, _)| *key == WorldKey::Interface(id)));
        let types_only = needed.iter().map(|&id| module(&resolve, &WorldKey::Interface(id), Role::Import)).collect();
        let edited = &mut resolve.worlds[world];
        edited.imports = needed.into_iter().map(entry).chain(types).chain(called).collect();
        edited.exports = provided.into_iter().collect();
        Some(Target::new(resolve, world, types_only))
    }

    /// The interface that goes here by the name of the other side's `id`: in the package of the very version if there is
    /// one, or else in the newest.
    fn counterpart(&self, other: &Side, id: InterfaceId) -> Option<InterfaceId> {
        let interface = &other.resolve.interfaces[id];
        let (name, package) = (interface.name.as_ref()?, &other.resolve.packages[interface.package?].name);
        let same = |found: &&Package| found.name.namespace == package.namespace && found.name.name == package.name;
        let packages = self.resolve.packages.iter().map(|(_, package)| package).filter(same);
        let with_interface = packages.filter(|package| package.interfaces.contains_key(name));
        let nearest = with_interface.max_by_key(|found| (found.name.version == package.version, &found.name.version));
        nearest.map(|found| found.interfaces[name])
    }
}

/// Those that need others come after them.
fn in_order(resolve: &Resolve, mut items: Vec<(WorldKey, WorldItem)>) -> Vec<(WorldKey, WorldItem)> {
    let mut order = Vec::new();
    for (_, item) in &items {
        if let WorldItem::Interface { id, .. } = item {
            add_dependencies(resolve, *id, &mut order);
        }
    }
    let place = |(_, item): &(WorldKey, WorldItem)| match item {
        WorldItem::Interface { id, .. } => order.iter().position(|known| known == id),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    };
    items.sort_by_key(|item| place(item).unwrap_or(usize::MAX));
    items
}

/// Where the generator puts an interface.
fn module(resolve: &Resolve, key: &WorldKey, role: Role) -> Vec<String> {
    let mut path = match role {
        Role::Import => Vec::new(),
        Role::Export => vec!["exports".to_string()],
    };
    match key {
        WorldKey::Name(name) => path.push(to_rust_ident(name)),
        WorldKey::Interface(id) => {
            let interface = &resolve.interfaces[*id];
            let package = interface.package.expect("a named interface stands in a package");
            path.push(to_rust_ident(&resolve.packages[package].name.namespace));
            path.push(name_package_module(resolve, package));
            path.push(to_rust_ident(interface.name.as_deref().expect("its key says that it is named")));
        }
    }
    path
}

/// The interfaces whose types `id` needs, and it, each after those that it needs itself.
fn dependencies(resolve: &Resolve, id: InterfaceId) -> Vec<InterfaceId> {
    let mut ordered = Vec::new();
    add_dependencies(resolve, id, &mut ordered);
    ordered
}

fn add_dependencies(resolve: &Resolve, id: InterfaceId, ordered: &mut Vec<InterfaceId>) {
    for dependency in resolve.interface_direct_deps(id) {
        if !ordered.contains(&dependency) {
            add_dependencies(resolve, dependency, ordered);
        }
    }
    if !ordered.contains(&id) {
        ordered.push(id);
    }
}

fn entry(id: InterfaceId) -> (WorldKey, WorldItem) {
    let (stability, span) = (Stability::Unknown, Default::default());
    let item = WorldItem::Interface { id, stability, external_id: None, docs: Default::default(), span };
    (WorldKey::Interface(id), item)
}
