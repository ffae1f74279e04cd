//! Asks the official validator the link questions of SEMANTICS 3, so that tests can hold our verdicts against it.
//!
//! Each question is one call: build a component from one side, and see whether it [`targets`] a world of the other
//! side. What makes that call the right question is prepared once per pair:
//! - *Names.* The package under test loses its version, every other package keeps only its compatibility track.
//! - *Completeness.* The encoder drops every type that no used function needs. So each interface with types gets a
//!   function `oracle-touch-T` per type `T` with a parameter of it, on both sides: whoever lacks `T` lacks the function.
//!   An interface of that kind in an export changes no answer, as exports carry all their types anyway.
//! - *Dependencies* of an interface under question keep their types, and lose their functions.
//!
//! Deliberately absent: any rule of ours. Nothing here knows what breaks whom.

#![allow(dead_code)] // Every test target that includes this module uses its own part of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use semver::Version;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata, targets};
use wit_parser::{
    Function, FunctionKind, Handle, Interface, InterfaceId, LiftLowerAbi, LiveTypes, ManglingAndAbi, Package,
    PackageId, PackageName, Param, Resolve, Stability, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, World, WorldId,
    WorldItem, WorldKey,
};

/// Starts the name of every function that exists only to keep a type alive.
const TOUCH: &str = "oracle-touch-";

/// The name of the worlds that interfaces are asked about in.
const MADE_UP: &str = "oracle";

/// One link question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// `interface NAME` or `world NAME`.
    pub item: String,
    /// `consumers` or `providers` of an interface, `guests` or `hosts` of a world.
    pub party: &'static str,
}

/// Item, party, whether the party's link survives (or why the validator cannot say), and the validator's words when it
/// does not.
pub type Answer = (String, &'static str, Result<bool, String>, String);

/// Which types a complete consumer uses of the interfaces that the interface under question depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependencies {
    /// Those that the interface under question reaches.
    Reached,
    /// All of them.
    Whole,
}

/// Reads the package at `path`, a file or a directory with its `deps`, with no feature selected.
pub fn load(path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    push(Resolve::default(), path)
}

/// Reads the package at `path` like [`load`], with every gate open.
pub fn load_with_all_features(path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    push(Resolve { all_features: true, ..Resolve::default() }, path)
}

fn push(mut resolve: Resolve, path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    let (package, _) = resolve.push_path(path)?;
    Ok((resolve, package))
}

/// Answers every question about the interfaces and worlds that stand on both sides, in the order of their names.
pub fn ask(old: &Resolve, old_package: PackageId, new: &Resolve, new_package: PackageId) -> Vec<Answer> {
    let mut oracle = Oracle::new(old, old_package, new, new_package, Dependencies::Whole);
    let mut answers = Vec::new();
    for Question { item, party } in oracle.questions() {
        let (compatible, message) = oracle.answer(&item, party);
        answers.push((item, party, compatible, message));
    }
    answers
}

/// A pair of revisions, prepared to be asked about.
pub struct Oracle {
    old: Side,
    new: Side,
}

impl Oracle {
    /// Prepares both sides.
    pub fn new(
        old: &Resolve,
        old_package: PackageId,
        new: &Resolve,
        new_package: PackageId,
        dependencies: Dependencies,
    ) -> Oracle {
        Oracle { old: Side::new(old, old_package, dependencies), new: Side::new(new, new_package, dependencies) }
    }

    /// The questions that both sides can be asked, interfaces first.
    pub fn questions(&self) -> Vec<Question> {
        let (old, new) = (self.old.package(), self.new.package());
        let shared = |old: Vec<&String>, new: BTreeSet<&String>| -> BTreeSet<String> {
            old.into_iter().filter(|name| new.contains(name)).cloned().collect()
        };
        let interfaces = shared(old.interfaces.keys().collect(), new.interfaces.keys().collect());
        let worlds = shared(old.worlds.keys().collect(), new.worlds.keys().collect());
        let of_interfaces = interfaces.iter().flat_map(|name| {
            ["consumers", "providers"].map(|party| Question { item: format!("interface {name}"), party })
        });
        let of_worlds = worlds
            .iter()
            .flat_map(|name| ["guests", "hosts"].map(|party| Question { item: format!("world {name}"), party }));
        of_interfaces.chain(of_worlds).collect()
    }

    /// Whether the link of `party` at `item` survives, and the validator's words when it does not.
    pub fn answer(&mut self, item: &str, party: &str) -> (Result<bool, String>, String) {
        let Oracle { old, new } = self;
        let verdict = match (item.split_once(' '), party) {
            (Some(("world", name)), "guests") => fits_world(old, new, name),
            (Some(("world", name)), "hosts") => fits_world(new, old, name),
            (Some(("interface", name)), "consumers") => fits_interface(old, new, name, Role::Import),
            (Some(("interface", name)), "providers") => fits_interface(old, new, name, Role::Export),
            _ => Err(format!("`{item}` has no party `{party}`")),
        };
        match verdict {
            Ok(None) => (Ok(true), String::new()),
            Ok(Some(objection)) => (Ok(false), objection),
            Err(reason) => (Err(reason), String::new()),
        }
    }
}

/// How an interface stands in the world that is made up for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Import,
    Export,
}

/// The validator's objection to running a complete component built for the world `name` of `from` in that of `to`.
fn fits_world(from: &mut Side, to: &mut Side, name: &str) -> Result<Option<String>, String> {
    let (built_for, target) = (from.world(name)?, to.world(name)?);
    let objection = objection(&to.whole, target, &from.component(built_for)?)?;
    if objection.is_some() {
        from.fits_itself(built_for)?;
        to.fits_itself(target)?;
    }
    Ok(objection)
}

/// The validator's objection to a component that imports (exports) the interface `name` of `from` where that of `to`
/// is imported (exported), all else on offer.
fn fits_interface(from: &mut Side, to: &mut Side, name: &str, role: Role) -> Result<Option<String>, String> {
    let (ours, theirs) = (from.interface(name)?, to.interface(name)?);
    let built_for = from.made_up_world(&dependencies(&from.bare, ours), ours, role);
    let offered = to.offer(from, ours, theirs);
    let target = to.made_up_world(&offered, theirs, role);

    let component = from.focused(ours, |resolve| build(resolve, built_for))?;
    let objection = to.with_functions(theirs, |resolve| objection(resolve, target, &component))?;
    if objection.as_ref().is_some_and(|objection| !is_about_the_fit(objection, MADE_UP)) {
        from.with_functions(ours, |resolve| sound(resolve, built_for, &component))?;
        let own = to.made_up_world(&dependencies(&to.bare, theirs), theirs, role);
        let component = to.focused(theirs, |resolve| build(resolve, own))?;
        to.with_functions(theirs, |resolve| sound(resolve, target, &component))?;
    }
    Ok(objection)
}

/// A component that uses everything that the world imports, and exports everything that it exports.
fn build(resolve: &Resolve, world: WorldId) -> Result<Vec<u8>, String> {
    let encode = |mangling| {
        guarded(|| {
            let mut module = dummy_module(resolve, world, mangling);
            embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false)?;
            // `targets` validates the component along with everything else.
            ComponentEncoder::default().module(&module)?.validate(false).encode()
        })
    };
    // The two manglings differ in what they can name; either will do.
    encode(ManglingAndAbi::Legacy(LiftLowerAbi::Sync)).or_else(|legacy| {
        encode(ManglingAndAbi::Standard32).map_err(|standard| {
            format!("no component can be built for world `{}`: {legacy}; {standard}", resolve.worlds[world].name)
        })
    })
}

/// What the validator has against running the component in the world.
fn objection(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<Option<String>, String> {
    guarded(|| Ok(targets(resolve, world, component, false).err().map(|error| format!("{error:#}"))))
}

/// Whether the objection is that the component does not fit. Any other counts only if the component and the world are
/// both sound by themselves.
fn is_about_the_fit(objection: &str, world: &str) -> bool {
    objection.contains(&format!("type mismatch for import `{world}`"))
}

/// Fails unless the component fits the world of its own side.
fn sound(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<(), String> {
    match objection(resolve, world, component)? {
        None => Ok(()),
        Some(objection) => Err(format!("world `{}` does not even fit itself: {objection}", resolve.worlds[world].name)),
    }
}

/// The result of `f`, a panic in it being an error like any other.
fn guarded<T>(f: impl FnOnce() -> anyhow::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(result) => result.map_err(|error| format!("{error:#}")),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("the encoder panics: {}", text.unwrap_or("without a message")))
        }
    }
}

/// One revision, prepared.
struct Side {
    package: PackageId,
    dependencies: Dependencies,
    /// Everything, with a touch for every type; the worlds of the package are asked about here.
    whole: Resolve,
    /// The same ids, but of all functions only the touches; the interfaces are asked about here.
    bare: Resolve,
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
    fn new(resolve: &Resolve, package: PackageId, dependencies: Dependencies) -> Side {
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
                && let Err(reason) = guarded(|| Ok(whole.generate_nominal_type_ids(world)))
            {
                unusable.insert(world, reason);
            }
        }
        let (borrowed, components, fit) = (HashMap::new(), HashMap::new(), HashMap::new());
        Side { package, dependencies, whole, bare, borrowed, unusable, components, fit }
    }

    fn package(&self) -> &Package {
        &self.whole.packages[self.package]
    }

    fn world(&self, name: &str) -> Result<WorldId, String> {
        let world = self.package().worlds.get(name).copied();
        let world = world.ok_or_else(|| format!("world `{name}` is not on both sides"))?;
        self.unusable.get(&world).map_or(Ok(world), |reason| Err(reason.clone()))
    }

    fn interface(&self, name: &str) -> Result<InterfaceId, String> {
        self.package().interfaces.get(name).copied().ok_or_else(|| format!("interface `{name}` is not on both sides"))
    }

    /// The complete component built for the world.
    fn component(&mut self, world: WorldId) -> Result<Rc<[u8]>, String> {
        if let Some(known) = self.components.get(&world) {
            return Ok(known.clone());
        }
        let component: Rc<[u8]> = build(&self.whole, world)?.into();
        self.components.insert(world, component.clone());
        Ok(component)
    }

    /// Fails unless the component built for the world fits it: only then does an objection from elsewhere mean anything.
    fn fits_itself(&mut self, world: WorldId) -> Result<(), String> {
        let component = self.component(world)?;
        self.fit.entry(world).or_insert_with(|| sound(&self.whole, world, &component)).clone()
    }

    /// The interfaces to have on offer beside our `theirs`: what it needs, and what the other side's `ours` needs, in
    /// our copy where we have one. Each comes after those that it needs itself.
    fn offer(&mut self, from: &Side, ours: InterfaceId, theirs: InterfaceId) -> Vec<InterfaceId> {
        let mut ordered = dependencies(&self.bare, theirs);
        for dependency in dependencies(&from.bare, ours) {
            let counterpart = self.counterpart(from, dependency);
            if !ordered.contains(&counterpart) {
                add_dependencies(&self.bare, counterpart, &mut ordered);
                ordered.push(counterpart);
            }
        }
        ordered
    }

    /// The interface that goes here by the name of the other side's `id`; borrowed from there if we have none.
    fn counterpart(&mut self, from: &Side, id: InterfaceId) -> InterfaceId {
        let interface = &from.bare.interfaces[id];
        let (package, name) = (&from.bare.packages[interface.package.unwrap()].name, interface.name.as_ref().unwrap());
        let home = self.bare.package_names.get(package).copied();
        if let Some(own) = home.and_then(|home| self.bare.packages[home].interfaces.get(name)) {
            return *own;
        }
        if let Some(borrowed) = self.borrowed.get(&id) {
            return *borrowed;
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
        self.borrowed.insert(id, borrowed);
        for ty in interface.types.values() {
            self.borrow_type(from, *ty);
        }
        if self.dependencies == Dependencies::Whole {
            touch_types(&mut self.bare, borrowed);
        }
        borrowed
    }

    /// Our copy of the other side's type. There is none if it needs a type that our copy of an interface lacks: then
    /// the interface goes without it, and whoever needs it will not fit.
    fn borrow_type(&mut self, from: &Side, id: TypeId) -> Option<TypeId> {
        let original = &from.bare.types[id];
        let owner = match original.owner {
            TypeOwner::Interface(owner) => {
                let home = self.counterpart(from, owner);
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

    /// A world that imports `dependencies`, and imports or exports `id`.
    fn made_up_world(&mut self, dependencies: &[InterfaceId], id: InterfaceId, role: Role) -> WorldId {
        let mut imports: Vec<InterfaceId> = dependencies.to_vec();
        if role == Role::Import && !imports.contains(&id) {
            imports.push(id);
        }
        let exports = (role == Role::Export).then_some(id);
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
    fn with_functions<T>(&mut self, id: InterfaceId, f: impl FnOnce(&Resolve) -> T) -> T {
        let functions = self.whole.interfaces[id].functions.clone();
        let touches = std::mem::replace(&mut self.bare.interfaces[id].functions, functions);
        let result = f(&self.bare);
        self.bare.interfaces[id].functions = touches;
        result
    }

    /// The same, where nothing but what `id` reaches is left of the interfaces that it depends on, if that is the mode.
    fn focused<T>(&mut self, id: InterfaceId, f: impl FnOnce(&Resolve) -> T) -> T {
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

/// Takes the version off the package under test, and leaves every other package its compatibility track. Of several
/// versions on one track the largest stands for all.
fn name_by_track(resolve: &mut Resolve, package: PackageId) {
    let mut tracks: BTreeMap<PackageName, Vec<(Option<Version>, PackageId)>> = BTreeMap::new();
    for (id, other) in resolve.packages.iter_mut() {
        let version = other.name.version.take();
        if let Some(version) = version.as_ref().filter(|_| id != package) {
            let release = Version::new(version.major, version.minor, version.patch);
            other.name.version = Some(PackageName::version_compat_track(&release).0);
        }
        tracks.entry(other.name.clone()).or_default().push((version, id));
    }
    resolve.package_names.clear();
    let mut replaced = HashMap::new();
    for (name, mut versions) in tracks {
        versions.sort_by(|(a, _), (b, _)| a.cmp(b));
        let largest = versions.pop().unwrap().1;
        resolve.package_names.insert(name, largest);
        for (_, lesser) in versions.into_iter().rev() {
            for (name, id) in std::mem::take(&mut resolve.packages[lesser].interfaces) {
                resolve.interfaces[id].package = Some(largest);
                let kept = *resolve.packages[largest].interfaces.entry(name).or_insert(id);
                if kept != id {
                    resolve.interfaces[id].clone_of = Some(kept);
                    replaced.insert(id, kept);
                }
            }
        }
    }
    if !replaced.is_empty() {
        replace_interfaces(resolve, &replaced);
    }
}

/// Points every `use`, import and export of a replaced interface to its replacement. A `use` of what the replacement
/// lacks stays; then two interfaces of one name meet, and the encoder refuses.
fn replace_interfaces(resolve: &mut Resolve, replaced: &HashMap<InterfaceId, InterfaceId>) {
    let ids: Vec<TypeId> = resolve.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let TypeDefKind::Type(Type::Id(used)) = resolve.types[id].kind else { continue };
        let used = &resolve.types[used];
        let TypeOwner::Interface(owner) = used.owner else { continue };
        let (Some(kept), Some(name)) = (replaced.get(&owner), &used.name) else { continue };
        let own = resolve.types[id].owner == TypeOwner::Interface(owner);
        if let Some(used) = resolve.interfaces[*kept].types.get(name).copied().filter(|_| !own) {
            resolve.types[id].kind = TypeDefKind::Type(Type::Id(used));
        }
    }

    let replace = |(key, mut item): (WorldKey, WorldItem)| {
        if let WorldItem::Interface { id, .. } = &mut item {
            *id = replaced.get(id).copied().unwrap_or(*id);
        }
        match (&key, &item) {
            (WorldKey::Interface(_), WorldItem::Interface { id, .. }) => (WorldKey::Interface(*id), item),
            _ => (key, item),
        }
    };
    let worlds: Vec<WorldId> = resolve.worlds.iter().map(|(id, _)| id).collect();
    for id in worlds {
        let world = &mut resolve.worlds[id];
        let imports: Vec<_> = std::mem::take(&mut world.imports).into_iter().map(replace).collect();
        world.exports = std::mem::take(&mut world.exports).into_iter().map(replace).collect();
        // A replacement may need other interfaces than what it replaces.
        let exports = &resolve.worlds[id].exports;
        let (mut needed, mut named) = (Vec::new(), Vec::new());
        for (key, item) in imports {
            if let WorldItem::Interface { id, .. } = item {
                add_dependencies(resolve, id, &mut needed);
            }
            match key {
                WorldKey::Interface(id) if !needed.contains(&id) => needed.push(id),
                WorldKey::Interface(_) => {}
                WorldKey::Name(_) => named.push((key, item)),
            }
        }
        for item in exports.values() {
            let WorldItem::Interface { id, .. } = item else { continue };
            for dependency in dependencies(resolve, *id) {
                if !needed.contains(&dependency) && !exports.contains_key(&WorldKey::Interface(dependency)) {
                    needed.push(dependency);
                }
            }
        }
        resolve.worlds[id].imports = needed.into_iter().map(entry).chain(named).collect();
    }
}

/// The interfaces whose types `id` needs, each after those that it needs itself.
fn dependencies(resolve: &Resolve, id: InterfaceId) -> Vec<InterfaceId> {
    let mut ordered = Vec::new();
    add_dependencies(resolve, id, &mut ordered);
    ordered
}

fn add_dependencies(resolve: &Resolve, id: InterfaceId, ordered: &mut Vec<InterfaceId>) {
    for dependency in resolve.interface_direct_deps(id) {
        if !ordered.contains(&dependency) {
            add_dependencies(resolve, dependency, ordered);
            ordered.push(dependency);
        }
    }
}

/// The entry of an interface in a world, under its own name.
fn entry(id: InterfaceId) -> (WorldKey, WorldItem) {
    let (stability, span) = (Stability::Unknown, Default::default());
    let item = WorldItem::Interface { id, stability, external_id: None, docs: Default::default(), span };
    (WorldKey::Interface(id), item)
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
