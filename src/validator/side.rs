//! One revision, prepared so that a question takes one call.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use wit_parser::{
    Function, FunctionKind, Handle, Interface, InterfaceId, LiveTypes, Package, PackageId, Param, Resolve, Stability,
    Type, TypeDef, TypeDefKind, TypeId, TypeOwner, World, WorldId, WorldItem,
};

use super::Dependencies;
use super::call::{build, guarded, sound};
use super::imports::{add_dependencies, dependencies, entry};
use super::track::name_by_track;

/// Starts the name of every function that exists only to keep a type alive.
pub const TOUCH: &str = "witness-uses-";

/// The name of the worlds that interfaces are asked about in.
pub(super) const MADE_UP: &str = "oracle";

/// How an interface stands in the world that is made up for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Import,
    Export,
}

/// One revision, prepared.
pub(super) struct Side {
    pub(super) package: PackageId,
    dependencies: Dependencies,
    /// Everything, with a touch for every type; the worlds of the package are asked about here.
    pub(super) whole: Resolve,
    /// The same ids, but of all functions only the touches; the interfaces are asked about here.
    pub(super) bare: Resolve,
    /// Interfaces that only the other side has, by their ids there.
    borrowed: HashMap<InterfaceId, InterfaceId>,
    /// The worlds that cannot be asked about, and why.
    unusable: HashMap<WorldId, String>,
    /// The complete components that were built for worlds of the package so far.
    components: HashMap<WorldId, Rc<[u8]>>,
    /// Whether those fit the world that they were built for, where it was asked.
    fit: HashMap<WorldId, Result<(), String>>,
}

impl Side {
    pub(super) fn new(resolve: &Resolve, package: PackageId, dependencies: Dependencies) -> Side {
        let mut whole = Resolve {
            worlds: resolve.worlds.clone(),
            interfaces: resolve.interfaces.clone(),
            types: resolve.types.clone(),
            packages: resolve.packages.clone(),
            ..Resolve::default()
        };
        name_by_track(&mut whole, package);
        let interfaces: Vec<InterfaceId> = whole.interfaces.iter().map(|(id, _)| id).collect();
        for id in interfaces {
            touch_types(&mut whole, id);
        }

        let mut bare = whole.clone();
        for (_, interface) in bare.interfaces.iter_mut() {
            match dependencies {
                Dependencies::Reached => interface.functions.clear(),
                Dependencies::Whole => interface.functions.retain(|name, _| name.starts_with(TOUCH)),
            }
        }
        let mut unusable = HashMap::new();
        for world in whole.packages[package].worlds.values().copied().collect::<Vec<_>>() {
            if needs_nominal_ids(&whole.worlds[world])
                && let Err(reason) = guarded(|| {
                    whole.generate_nominal_type_ids(world);
                    Ok(())
                })
            {
                unusable.insert(world, reason);
            }
        }
        let (borrowed, components, fit) = (HashMap::new(), HashMap::new(), HashMap::new());
        Side { package, dependencies, whole, bare, borrowed, unusable, components, fit }
    }

    pub(super) fn package(&self) -> &Package {
        &self.whole.packages[self.package]
    }

    pub(super) fn world(&self, name: &str) -> Result<WorldId, String> {
        let world = self.package().worlds.get(name).copied();
        let world = world.ok_or_else(|| format!("world `{name}` is not on both sides"))?;
        self.unusable.get(&world).map_or(Ok(world), |reason| Err(reason.clone()))
    }

    pub(super) fn interface(&self, name: &str) -> Result<InterfaceId, String> {
        self.package().interfaces.get(name).copied().ok_or_else(|| format!("interface `{name}` is not on both sides"))
    }

    /// The complete component built for the world.
    pub(super) fn component(&mut self, world: WorldId) -> Result<Rc<[u8]>, String> {
        if let Some(known) = self.components.get(&world) {
            return Ok(known.clone());
        }
        let component: Rc<[u8]> = build(&self.whole, world)?.into();
        self.components.insert(world, component.clone());
        Ok(component)
    }

    /// Fails unless the component built for the world fits it: only then does an objection from elsewhere mean anything.
    pub(super) fn fits_itself(&mut self, world: WorldId) -> Result<(), String> {
        let component = self.component(world)?;
        self.fit.entry(world).or_insert_with(|| sound(&self.whole, world, &component)).clone()
    }

    /// The interfaces to have on offer beside our `theirs`: what it needs, and what the other side's `ours` needs, in
    /// our copy where we have one. Each comes after those that it needs itself.
    pub(super) fn offer(&mut self, from: &Side, ours: InterfaceId, theirs: Option<InterfaceId>) -> Vec<InterfaceId> {
        let mut ordered = theirs.map(|theirs| dependencies(&self.bare, theirs)).unwrap_or_default();
        for dependency in dependencies(&from.bare, ours) {
            let Some(counterpart) = self.counterpart(from, dependency) else { continue };
            if !ordered.contains(&counterpart) {
                add_dependencies(&self.bare, counterpart, &mut ordered);
                ordered.push(counterpart);
            }
        }
        ordered
    }

    /// The interface that goes here by the name of the other side's `id`; borrowed from there if we have none.
    /// `None` for an inline interface, which nothing can `use`.
    fn counterpart(&mut self, from: &Side, id: InterfaceId) -> Option<InterfaceId> {
        let interface = &from.bare.interfaces[id];
        let (package, name) = (&from.bare.packages[interface.package?].name, interface.name.as_ref()?);
        let home = self.bare.package_names.get(package).copied();
        if let Some(own) = home.and_then(|home| self.bare.packages[home].interfaces.get(name)) {
            return Some(*own);
        }
        if let Some(borrowed) = self.borrowed.get(&id) {
            return Some(*borrowed);
        }

        let home = home.unwrap_or_else(|| {
            let home = self.bare.packages.alloc(Package {
                name: package.clone(),
                docs: Default::default(),
                interfaces: Default::default(),
                worlds: Default::default(),
            });
            self.bare.package_names.insert(package.clone(), home);
            home
        });
        let borrowed = self.bare.interfaces.alloc(Interface {
            name: Some(name.clone()),
            types: Default::default(),
            functions: Default::default(),
            docs: Default::default(),
            stability: Stability::Unknown,
            package: Some(home),
            span: Default::default(),
            clone_of: None,
        });
        self.bare.packages[home].interfaces.insert(name.clone(), borrowed);
        self.borrowed.insert(id, borrowed);
        for ty in interface.types.values() {
            self.borrow_type(from, *ty);
        }
        if self.dependencies == Dependencies::Whole {
            touch_types(&mut self.bare, borrowed);
        }
        Some(borrowed)
    }

    /// Our copy of the other side's type. There is none if it needs a type that our copy of an interface lacks: then
    /// the interface goes without it, and whoever needs it will not fit.
    fn borrow_type(&mut self, from: &Side, id: TypeId) -> Option<TypeId> {
        let original = &from.bare.types[id];
        let owner = match original.owner {
            TypeOwner::Interface(owner) => {
                let home = self.counterpart(from, owner)?;
                if let Some(known) = self.bare.interfaces[home].types.get(original.name.as_ref()?) {
                    return Some(*known);
                }
                if self.borrowed.get(&owner) != Some(&home) {
                    return None;
                }
                TypeOwner::Interface(home)
            }
            owner @ (TypeOwner::World(_) | TypeOwner::None) => owner,
        };
        let kind = self.borrow_kind(from, &original.kind)?;
        let copy = self.bare.types.alloc(TypeDef { kind, owner, ..original.clone() });
        if let (TypeOwner::Interface(home), Some(name)) = (owner, &original.name) {
            self.bare.interfaces[home].types.insert(name.clone(), copy);
        }
        Some(copy)
    }

    fn borrow_kind(&mut self, from: &Side, kind: &TypeDefKind) -> Option<TypeDefKind> {
        let mut kind = kind.clone();
        let mut types: Vec<&mut Type> = Vec::new();
        match &mut kind {
            TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => *id = self.borrow_type(from, *id)?,
            TypeDefKind::Resource | TypeDefKind::Flags(_) | TypeDefKind::Enum(_) | TypeDefKind::Unknown => {}
            TypeDefKind::Record(record) => types.extend(record.fields.iter_mut().map(|field| &mut field.ty)),
            TypeDefKind::Variant(variant) => types.extend(variant.cases.iter_mut().filter_map(|case| case.ty.as_mut())),
            TypeDefKind::Tuple(tuple) => types.extend(&mut tuple.types),
            TypeDefKind::Result(result) => types.extend(result.ok.iter_mut().chain(&mut result.err)),
            TypeDefKind::Map(key, value) => types.extend([key, value]),
            TypeDefKind::Option(ty)
            | TypeDefKind::List(ty)
            | TypeDefKind::FixedLengthList(ty, _)
            | TypeDefKind::Type(ty) => types.push(ty),
            TypeDefKind::Future(ty) | TypeDefKind::Stream(ty) => types.extend(ty),
        }
        for ty in types {
            if let Type::Id(id) = ty {
                *id = self.borrow_type(from, *id)?;
            }
        }
        Some(kind)
    }

    /// A world that imports `dependencies`, and imports or exports `id`, if it is there.
    pub(super) fn made_up_world(
        &mut self,
        dependencies: &[InterfaceId],
        id: Option<InterfaceId>,
        role: Role,
    ) -> WorldId {
        let mut imports: Vec<InterfaceId> = dependencies.to_vec();
        imports.extend(id.filter(|id| role == Role::Import && !dependencies.contains(id)));
        let exports = id.filter(|_| role == Role::Export);
        self.bare.worlds.alloc(World {
            name: MADE_UP.to_string(),
            imports: imports.into_iter().map(entry).collect(),
            exports: exports.into_iter().map(entry).collect(),
            package: Some(self.package),
            docs: Default::default(),
            stability: Stability::Unknown,
            includes: Default::default(),
            span: Default::default(),
        })
    }

    /// Runs `f` where the interface `id` has its functions, and nothing else has any but touches.
    pub(super) fn with_functions<T>(&mut self, id: InterfaceId, f: impl FnOnce(&Resolve) -> T) -> T {
        std::mem::swap(&mut self.whole.interfaces[id].functions, &mut self.bare.interfaces[id].functions);
        let result = f(&self.bare);
        std::mem::swap(&mut self.whole.interfaces[id].functions, &mut self.bare.interfaces[id].functions);
        result
    }

    /// The same, where nothing but what `id` reaches is left of the interfaces that it depends on, if that is the mode.
    pub(super) fn focused<T>(&mut self, id: InterfaceId, f: impl FnOnce(&Resolve) -> T) -> T {
        if self.dependencies == Dependencies::Whole {
            return self.with_functions(id, f);
        }
        let mut live = LiveTypes::default();
        live.add_interface(&self.whole, id);
        let mut full = Vec::new();
        for dependency in dependencies(&self.bare, id) {
            let types = &mut self.bare.interfaces[dependency].types;
            full.push((dependency, types.clone()));
            types.retain(|_, id| live.contains(*id));
        }
        let result = self.with_functions(id, f);
        for (dependency, types) in full {
            self.bare.interfaces[dependency].types = types;
        }
        result
    }
}

/// Gives the interface a function per type that has a parameter of it, or a handle if it is a resource.
fn touch_types(resolve: &mut Resolve, id: InterfaceId) {
    for (name, id_of_type) in resolve.interfaces[id].types.clone() {
        let ty = if is_resource(resolve, id_of_type) {
            resolve.types.alloc(TypeDef {
                name: None,
                kind: TypeDefKind::Handle(Handle::Borrow(id_of_type)),
                owner: TypeOwner::None,
                docs: Default::default(),
                stability: Stability::Unknown,
                span: Default::default(),
                external_id: None,
            })
        } else {
            id_of_type
        };
        let function = Function {
            name: format!("{TOUCH}{name}"),
            kind: FunctionKind::Freestanding,
            params: vec![Param { name: "t".to_string(), ty: Type::Id(ty), span: Default::default() }],
            result: None,
            docs: Default::default(),
            stability: Stability::Unknown,
            span: Default::default(),
            external_id: None,
        };
        resolve.interfaces[id].functions.insert(function.name.clone(), function);
    }
}

fn is_resource(resolve: &Resolve, mut id: TypeId) -> bool {
    loop {
        match resolve.types[id].kind {
            TypeDefKind::Resource => return true,
            TypeDefKind::Type(Type::Id(aliased)) => id = aliased,
            _ => return false,
        }
    }
}

/// Whether an interface stands in the world more than once. The encoder of worlds tells types apart by their ids alone,
/// so that each occurrence needs ids of its own; the encoder of components sees to that by itself.
fn needs_nominal_ids(world: &World) -> bool {
    let mut seen = BTreeSet::new();
    let mut items = world.imports.values().chain(world.exports.values());
    items.any(|item| matches!(item, WorldItem::Interface { id, .. } if !seen.insert(id.index())))
}
