//! Both sides of a package as trees, by name.

use super::gated::is_gated;
use super::gather::Carriers;
use super::name::Taken;
use super::together::Given;
use crate::compare::PackageComparison;
use crate::surface::{self, InterfaceId, Surface, TypeId, WorldItem, WorldItemKind, WorldKey};
use crate::syntax::{
    Attribute, ExternKind, File, Interface, InterfaceItem, Item, Path, ResourceFunction, TypeDef, TypeDefKind, UseName,
    World,
};
use crate::verdict::{Level, Protect};
use crate::version::{self, track};
use semver::Version;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// What advice is made from.
pub(super) struct Both<'a> {
    pub old: Package<'a>,
    pub new: Package<'a>,
    surface: &'a Surface,
    new_surface: &'a Surface,
    protect: Protect,
    /// The version of the old side.
    pub version: Option<String>,
    /// The version that the package gets with an addition.
    pub next: Option<String>,
    /// Whether the old side says since when its items are there.
    pub is_gated: bool,
    /// What was found alike, or not.
    pub(super) alike: RefCell<HashMap<(String, String, String, String), bool>>,
    /// The names that are taken, by interface; those at the top under no name.
    pub(super) taken: RefCell<BTreeMap<String, Taken>>,
    /// The names that advice has given.
    pub(super) given: RefCell<BTreeSet<Given>>,
    /// How deep types are being followed.
    pub(super) depth: Cell<usize>,
    /// What carries what, by interface.
    carriers: RefCell<BTreeMap<String, Option<Rc<Carriers>>>>,
    /// Under which names other interfaces use a type of the new side.
    users: OnceCell<Users>,
    /// The interfaces that the old side promises.
    promised: BTreeMap<&'a str, InterfaceId>,
}

/// An interface, and the name of a type in it.
type InInterface = (String, String);

/// By type, the interfaces that use it, each with its name there.
type Users = BTreeMap<InInterface, Vec<InInterface>>;

/// One side of a package.
pub(super) struct Package<'a> {
    /// `namespace:name`.
    pub name: String,
    /// What `use a:b/c as d;` names, by list of items.
    renamed: Vec<BTreeMap<&'a str, &'a Path>>,
    pub interfaces: BTreeMap<&'a str, Home<'a>>,
    pub worlds: BTreeMap<&'a str, (usize, &'a World)>,
}

/// An interface, and what its names mean.
pub(super) struct Home<'a> {
    /// The list of items that it stands in.
    pub list: usize,
    pub interface: &'a Interface,
    pub types: BTreeMap<&'a str, Named<'a>>,
}

/// What the name of a type means.
#[derive(Clone, Debug)]
pub(super) enum Named<'a> {
    Defined(&'a TypeDef),
    /// Used, from where, under the name there.
    Used(Target, &'a str),
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// To an interface or world of this package.
    Own(String),
    /// To one of another package, with the version as it stands.
    Foreign(Path),
}

impl<'a> Both<'a> {
    pub fn new(
        (old, surface): (&'a [File], &'a Surface),
        (new, new_surface): (&'a [File], &'a Surface),
        compared: &PackageComparison,
        protect: Protect,
    ) -> Option<Both<'a>> {
        let version = compared.old_version.as_ref();
        let text = version.map(ToString::to_string);
        let lists = lists(old, &compared.name, text.as_deref());
        let is_gated = lists.iter().any(|items| items.iter().any(is_gated));
        let text = compared.new_version.as_ref().map(ToString::to_string);
        Some(Both {
            old: Package::new(&compared.name, lists)?,
            new: Package::new(&compared.name, self::lists(new, &compared.name, text.as_deref()))?,
            surface,
            new_surface,
            protect,
            version: version.map(ToString::to_string),
            next: version.map(|version| next(version, compared.new_version.as_ref()).to_string()),
            is_gated,
            alike: RefCell::default(),
            taken: RefCell::default(),
            given: RefCell::default(),
            depth: Cell::new(0),
            carriers: RefCell::default(),
            users: OnceCell::new(),
            promised: (surface.own.iter().map(|&id| surface.package(id)))
                .filter(|package| *package.name == *compared.name && package.version == compared.old_version)
                .flat_map(|package| &package.interfaces)
                .filter_map(|&id| Some((surface.interface(id).name.as_deref()?, id)))
                .collect(),
        })
    }

    /// Whether the old side promises a type: it may stand behind a gate that is shut.
    pub fn promises(&self, interface: &str, name: &str) -> bool {
        let interface = self.promised.get(interface);
        interface.is_some_and(|&interface| self.surface.type_named(interface, name).is_some())
    }

    /// By a type of the new side, the interfaces of both sides that use it, each with its name there.
    pub fn users(&self) -> &Users {
        self.users.get_or_init(|| {
            let mut users = Users::new();
            for (interface, home) in &self.new.interfaces {
                for (name, named) in &home.types {
                    if let Named::Used(Target::Own(target), there) = named
                        && self.has_name(interface, "", name)
                    {
                        let user = (interface.to_string(), name.to_string());
                        users.entry((target.clone(), there.to_string())).or_default().push(user);
                    }
                }
            }
            users
        })
    }

    pub fn carriers(&self, interface: &str) -> Option<Rc<Carriers>> {
        let mut known = self.carriers.borrow_mut();
        let carriers = known.entry(interface.into()).or_insert_with(|| Carriers::new(self, interface).map(Rc::new));
        carriers.clone()
    }

    /// Whether nobody who is protected breaks when an interface of the old side gets more to offer.
    pub fn may_grow(&self, interface: &str) -> bool {
        self.protect == Protect::Guests && !self.holders(interface).any(|(_, _, exports)| exports)
    }

    /// The worlds that hold an interface of the old side, whether a statement of theirs says so under its own name, and
    /// whether they export it.
    pub fn holders<'b>(&'b self, interface: &'b str) -> impl Iterator<Item = (&'b str, bool, bool)> {
        let is_it = move |id: InterfaceId| {
            let found = self.surface.interface(id);
            found.name.as_deref() == Some(interface) && *self.surface.package(found.package).name == self.old.name
        };
        let worlds = self.surface.own.iter().map(|&id| self.surface.package(id));
        let worlds = worlds.filter(|package| *package.name == self.old.name).flat_map(|package| &package.worlds);
        worlds.flat_map(move |&id| {
            let world = self.surface.world(id);
            let imports = world.imports.iter().map(|item| (item, false));
            let held = imports.chain(world.exports.iter().map(|item| (item, true)));
            held.filter(move |(item, _)| matches!(item.kind, WorldItemKind::Interface(id) if is_it(id))).map(
                move |(item, exports)| {
                    (&*world.name, item.stated && matches!(item.key, WorldKey::Interface(_)), exports)
                },
            )
        })
    }

    /// Whether a world of the old side exports an interface under another name. `wit-parser` takes further exports that
    /// use its types for incompatible ones.
    pub fn exports_under_label(&self, world: &str) -> bool {
        let own = self.surface.own.iter().flat_map(|&id| &self.surface.package(id).worlds);
        own.map(|&id| self.surface.world(id)).filter(|found| *found.name == *world).any(|found| {
            let is_label = |item: &WorldItem| match (&item.key, &item.kind) {
                (WorldKey::Name(_), WorldItemKind::Interface(id)) => self.surface.interface(*id).name.is_some(),
                _ => false,
            };
            found.exports.iter().any(is_label)
        })
    }

    /// The path to something of another package as the old side writes it; `None` where the old side cannot reach it, or
    /// has something else there.
    pub fn foreign(&self, path: &Path, type_name: Option<&str>) -> Option<Path> {
        let wanted = path.package.as_ref()?;
        let of_new = found(self.new_surface, path, type_name);
        let new = of_new.iter().find(|(version, _)| *version == wanted.version).or(of_new.first());
        let new = new.and_then(|(_, ty)| *ty).map(|id| self.new_surface.ty(id).shape);
        let is_same = |ty: &Option<TypeId>| match (ty, new) {
            (Some(old), Some(new)) => self.surface.ty(*old).shape == new,
            _ => true,
        };
        let mut versions = found(self.surface, path, type_name);
        versions.retain(|(_, ty)| is_same(ty));
        let versions: Vec<Option<String>> = versions.into_iter().map(|(version, _)| version).collect();
        let version = versions.iter().find(|version| **version == wanted.version).or(versions.first())?.clone();
        let mut path = path.clone();
        path.package.as_mut()?.version = version;
        Some(path)
    }

    /// The names at the top of both packages.
    pub fn top(&self) -> Taken {
        self.once("", || self.find_top())
    }

    /// The names in an interface, on both sides.
    pub fn names_in(&self, interface: &str) -> Taken {
        self.once(interface, || self.find_names_in(interface))
    }

    fn once(&self, place: &str, find: impl FnOnce() -> Taken) -> Taken {
        let mut taken = self.taken.borrow_mut();
        taken.entry(place.to_string()).or_insert_with(|| find().shared()).clone()
    }

    fn find_top(&self) -> Taken {
        let mut taken = Taken::default();
        for side in [&self.old, &self.new] {
            side.interfaces.keys().chain(side.worlds.keys()).for_each(|name| taken.add(name));
            side.renamed.iter().flat_map(|names| names.keys()).for_each(|name| taken.add(name));
        }
        taken
    }

    fn find_names_in(&self, interface: &str) -> Taken {
        let mut taken = Taken::default();
        for home in [&self.old, &self.new].into_iter().filter_map(|side| side.interfaces.get(interface)) {
            home.types.keys().for_each(|name| taken.add(name));
            for item in &home.interface.items {
                if let InterfaceItem::Function(function) = item {
                    taken.add(&function.name);
                }
            }
        }
        taken
    }

    /// The names in a resource, on both sides.
    pub fn names_of(&self, interface: &str, resource: &str) -> Taken {
        self.once(&format!("{interface}#{resource}"), || self.find_names_of(interface, resource))
    }

    fn find_names_of(&self, interface: &str, resource: &str) -> Taken {
        let mut taken = Taken::default();
        for side in [&self.old, &self.new] {
            for name in side.members(interface, resource).iter().filter_map(|member| member.name()) {
                taken.add(name);
            }
        }
        taken
    }

    /// The plain names in a world of the old side, with all that it includes.
    pub fn names_of_world(&self, name: &str) -> Taken {
        let mut taken = Taken::default();
        let worlds = self.surface.own.iter().flat_map(|&id| &self.surface.package(id).worlds);
        for world in worlds.map(|&id| self.surface.world(id)).filter(|world| *world.name == *name) {
            for item in world.imports.iter().chain(&world.exports) {
                if let WorldKey::Name(name) = &item.key {
                    taken.add(name);
                }
            }
        }
        taken
    }

    /// `@since` for what is new, where the old side has it.
    pub fn since(&self) -> Vec<Attribute> {
        self.next.clone().filter(|_| self.is_gated).map(Attribute::Since).into_iter().collect()
    }

    /// The attributes of what comes along: a gate that is shut stays.
    pub fn attributes(&self, new: &[Attribute]) -> Vec<Attribute> {
        let is_shut = |attribute: &&Attribute| matches!(attribute, Attribute::Unstable(_));
        let shut: Vec<Attribute> = new.iter().filter(is_shut).cloned().collect();
        if shut.is_empty() { self.since() } else { shut }
    }
}

impl<'a> Package<'a> {
    fn new(name: &str, lists: Vec<&'a [Item]>) -> Option<Package<'a>> {
        let mut package = Package {
            name: name.to_string(),
            renamed: vec![BTreeMap::new(); lists.len()],
            interfaces: BTreeMap::new(),
            worlds: BTreeMap::new(),
        };
        for (list, items) in lists.iter().enumerate() {
            for item in *items {
                if let Item::Use(used) = item {
                    let name = used.renamed.as_ref().unwrap_or(&used.path.name);
                    package.renamed[list].insert(name, &used.path);
                }
            }
        }
        for (list, items) in lists.iter().enumerate() {
            for item in *items {
                match item {
                    Item::Interface(interface) => {
                        let types = package.types(list, &interface.items);
                        package.interfaces.insert(&interface.name, Home { list, interface, types });
                    }
                    Item::World(world) => {
                        package.worlds.insert(&world.name, (list, world));
                    }
                    Item::Use(_) | Item::Package(_) => {}
                }
            }
        }
        (!lists.is_empty()).then_some(package)
    }

    fn types(&self, list: usize, items: &'a [InterfaceItem]) -> BTreeMap<&'a str, Named<'a>> {
        let mut types = BTreeMap::new();
        for item in items {
            match item {
                InterfaceItem::Use(used) => {
                    let target = self.target(list, &used.path);
                    let named = |name: &'a UseName| (local(name), Named::Used(target.clone(), &name.name));
                    types.extend(used.names.iter().map(named));
                }
                InterfaceItem::Type(ty) => {
                    types.insert(&*ty.name, Named::Defined(ty));
                }
                InterfaceItem::Function(_) => {}
            }
        }
        types
    }

    /// The list of items that an interface or world of that name stands in.
    pub fn list_of(&self, name: &str) -> Option<usize> {
        let world = || self.worlds.get(name).map(|(list, _)| *list);
        self.interfaces.get(name).map(|home| home.list).or_else(world)
    }

    /// Where a path of one list leads.
    pub fn target(&self, list: usize, path: &Path) -> Target {
        let renamed = self.renamed.get(list).and_then(|names| names.get(&*path.name)).copied();
        let path = if path.package.is_none() { renamed.unwrap_or(path) } else { path };
        match &path.package {
            Some(package) if format!("{}:{}", package.namespace, package.name) != self.name => {
                Target::Foreign(path.clone())
            }
            Some(_) | None => Target::Own(path.name.clone()),
        }
    }

    /// The functions of a resource.
    pub fn members(&self, interface: &str, resource: &str) -> &'a [ResourceFunction] {
        let home = self.interfaces.get(interface);
        match home.and_then(|home| home.types.get(resource)) {
            Some(Named::Defined(TypeDef { kind: TypeDefKind::Resource(functions), .. })) => functions,
            _ => &[],
        }
    }
}

/// Where a surface has what a path names, on its track: the versions, each with the type if one is asked for.
fn found(surface: &Surface, path: &Path, type_name: Option<&str>) -> Vec<(Option<String>, Option<TypeId>)> {
    let Some(wanted) = &path.package else { return Vec::new() };
    let is_it = |package: &&surface::Package| {
        is_named(wanted, &package.name)
            && wanted.version.as_deref().is_none_or(|version| is_on_track(version, package.version.as_ref()))
    };
    let there = |package: &surface::Package| {
        let named = |&id: &InterfaceId| surface.interface(id).name.as_deref() == Some(&path.name);
        let interface = package.interfaces.iter().copied().find(|id| named(id));
        let ty = match (interface, type_name) {
            (Some(interface), Some(name)) => Some(surface.type_named(interface, name)?),
            (Some(_), None) => None,
            (None, Some(_)) => return None,
            (None, None) => {
                package.worlds.iter().find(|&&world| *surface.world(world).name == *path.name)?;
                None
            }
        };
        Some((package.version.as_ref().map(ToString::to_string), ty))
    };
    surface.packages.iter().filter(is_it).filter_map(there).collect()
}

/// What a used type is called where it is used.
pub(super) fn local(name: &UseName) -> &str {
    name.renamed.as_ref().unwrap_or(&name.name)
}

/// The lists of items that make up a package: the tops of its files, or what is nested somewhere in them.
fn lists<'a>(files: &'a [File], name: &str, version: Option<&str>) -> Vec<&'a [Item]> {
    if is_main(files, name) {
        return files.iter().map(|file| &file.items[..]).collect();
    }
    fn nested<'a>(items: &'a [Item], name: &str, version: Option<&str>, found: &mut Vec<&'a [Item]>) {
        for item in items {
            if let Item::Package(package) = item {
                if is_named(&package.name, name) && package.name.version.as_deref() == version {
                    found.push(&package.items);
                }
                nested(&package.items, name, version, found);
            }
        }
    }
    let mut found = Vec::new();
    files.iter().for_each(|file| nested(&file.items, name, version, &mut found));
    found
}

/// Whether the files themselves are the package of that name.
pub(super) fn is_main(files: &[File], name: &str) -> bool {
    files.iter().filter_map(|file| file.package.as_ref()).any(|package| is_named(&package.name, name))
}

pub(super) fn is_named(package: &crate::syntax::PackageName, name: &str) -> bool {
    name.split_once(':') == Some((&package.namespace, &package.name))
}

/// Whether a version as it is written is on the track of another one.
fn is_on_track(text: &str, version: Option<&Version>) -> bool {
    let written = Version::parse(text).ok();
    track::of(&written) == track::of(&version.cloned())
}

/// What an addition asks for, or what is declared already if that is more: lower ones may be released.
fn next(old: &Version, declared: Option<&Version>) -> Version {
    let least = version::required(old, Level::Minor);
    let is_higher = |new: &&Version| **new > least && new.pre.is_empty() && track::exact(new) == track::exact(old);
    declared.filter(is_higher).cloned().unwrap_or(least)
}

/// What an import or export is called: by its name, or by the interface that it names.
pub(super) fn extern_name(kind: &ExternKind) -> &str {
    match kind {
        ExternKind::Path(path) => &path.name,
        ExternKind::Named { name, .. } | ExternKind::Function { name, .. } | ExternKind::Interface { name, .. } => name,
    }
}
