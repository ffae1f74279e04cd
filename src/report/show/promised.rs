//! The lines of one package, and of what it uses of others.

use super::types::{Types, Writer, interface_of};
use super::{line, marks};
use crate::surface::{
    BoxedAttributes, Function, InterfaceId, Owner, PackageId, Surface, TypeId, TypeKind, WorldId, WorldItem,
    WorldItemKind, WorldKey,
};
use crate::version::track;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// What the lines of a dependency are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub package: String,
    pub track: String,
    /// The interface.
    name: String,
    item: Rank,
}

/// Where an item stands among others: an interface first, then types, then functions that belong to none of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Itself,
    Type(String),
    Function(String),
}

/// Writes one package, and keeps what it uses of others.
pub(super) struct Lines<'a> {
    surface: &'a Surface,
    types: &'a Types<'a>,
    package: PackageId,
    /// The version that its paths carry, where another one stands beside it.
    version: Option<&'a Version>,
    /// How interfaces without a name begin the paths of what is in them.
    inline: BTreeMap<InterfaceId, String>,
    /// Interfaces of others that a world brings along.
    whole: BTreeSet<InterfaceId>,
    /// Interfaces of others whose types are used.
    typed: BTreeSet<InterfaceId>,
}

impl<'a> Lines<'a> {
    pub fn new(types: &'a Types<'a>, package: PackageId, version: Option<&'a Version>) -> Lines<'a> {
        let surface = types.surface;
        let mut lines = Lines {
            surface,
            types,
            package,
            version,
            inline: BTreeMap::new(),
            whole: BTreeSet::new(),
            typed: BTreeSet::new(),
        };
        for &world in &surface.package(package).worlds {
            for (word, item) in items(surface, world) {
                if let WorldItemKind::Interface(id) = item.kind
                    && surface.interface(id).name.is_none()
                {
                    let path = format!("{}.", lines.item_path(world, word, item));
                    lines.inline.insert(id, path);
                }
            }
        }
        lines
    }

    /// All that the package promises.
    pub fn package(&mut self) -> Vec<String> {
        let package = self.surface.package(self.package);
        let version = package.version.as_ref().map_or(String::new(), |version| format!(" {version}"));
        let mut out = vec![line(&self.package_path(self.package), &format!("package{version}"), "")];
        for &id in &package.interfaces {
            out.extend(self.interface(id, true).into_values().flatten());
        }
        for &id in &package.worlds {
            self.world(id, &mut out);
        }
        out
    }

    /// What the package uses of others: the whole of an interface where a world brings it along, else the types of it. Of
    /// what one uses, every type counts (SEMANTICS 3).
    pub fn used(mut self) -> BTreeMap<Key, Vec<String>> {
        let mut out = BTreeMap::new();
        let (mut whole, mut typed) = (BTreeSet::new(), BTreeSet::new());
        loop {
            let (id, functions) = match (self.whole.pop_first(), self.typed.pop_first()) {
                (Some(id), typed) => {
                    self.typed.extend(typed);
                    (id, true)
                }
                (None, Some(id)) => (id, false),
                (None, None) => return out,
            };
            if !typed.insert(id) && (!functions || !whole.insert(id)) {
                continue;
            }
            for (rank, lines) in self.interface(id, functions) {
                out.insert(self.key(id, rank), lines);
            }
        }
    }

    fn key(&self, id: InterfaceId, item: Rank) -> Key {
        let interface = self.surface.interface(id);
        let package = self.surface.package(interface.package);
        let name = interface.name.as_deref().unwrap_or_default().to_owned();
        Key { package: package.name.to_string(), track: track::of(&package.version), name, item }
    }

    fn interface(&mut self, id: InterfaceId, functions: bool) -> BTreeMap<Rank, Vec<String>> {
        let (surface, path) = (self.surface, self.interface_path(id));
        let interface = surface.interface(id);
        let marks = self.marks(Owner::Interface(id), &interface.attributes);
        let mut out = BTreeMap::from([(Rank::Itself, vec![line(&path, "interface", &marks)])]);
        if interface.name.is_none() {
            out.clear();
        }
        out.extend(interface.types.iter().map(|&ty| self.ty(id, ty)));
        let used = surface.direct_dependencies(id).into_iter();
        let foreign: Vec<_> = used.filter(|&id| !self.is_own(surface.interface(id).package)).collect();
        self.typed.extend(foreign);
        for function in interface.functions.iter().filter(|_| functions) {
            let owner = Owner::Interface(id);
            let path = format!("{}{}", self.place(owner), function.name);
            let text = self.function(owner, &path, function);
            let rank = match function.member() {
                Some((resource, _)) => Rank::Type(resource.to_owned()),
                None => Rank::Function(function.name.to_string()),
            };
            out.entry(rank).or_default().push(text);
        }
        out
    }

    fn ty(&mut self, home: InterfaceId, id: TypeId) -> (Rank, Vec<String>) {
        let name = self.surface.ty(id).name.as_deref().unwrap_or_default();
        let owner = Owner::Interface(home);
        let path = format!("{}{name}", self.place(owner));
        (Rank::Type(name.to_owned()), self.type_lines(owner, &path, id))
    }

    fn world(&mut self, id: WorldId, out: &mut Vec<String>) {
        let surface = self.surface;
        let world = surface.world(id);
        let marks = self.marks(Owner::World(id), &world.attributes);
        out.push(line(&self.world_path(id), "world", &marks));
        let mut sorted: Vec<Vec<String>> = Vec::new();
        for (word, item) in items(surface, id) {
            let path = self.item_path(id, word, item);
            sorted.push(self.world_item(id, &path, item));
        }
        // Several versions on one track are one to linkers.
        sorted.sort_by(|a, b| a.first().cmp(&b.first()));
        sorted.dedup();
        out.extend(sorted.into_iter().flatten());
    }

    fn world_item(&mut self, world: WorldId, path: &str, item: &WorldItem) -> Vec<String> {
        let home = Owner::World(world);
        match &item.kind {
            WorldItemKind::Type(id) => self.type_lines(home, path, *id),
            WorldItemKind::Function(function) => vec![self.function(home, path, function)],
            WorldItemKind::Interface(id) => {
                let marks = self.marks(home, &item.attributes);
                if self.surface.interface(*id).name.is_none() {
                    let mut out = vec![line(path, "interface", &marks)];
                    out.extend(self.interface(*id, true).into_values().flatten());
                    return out;
                }
                if !self.is_own(self.surface.interface(*id).package) {
                    self.whole.insert(*id);
                }
                let word = match &item.key {
                    WorldKey::Interface(_) => "interface",
                    WorldKey::Name(_) => "implements",
                };
                vec![line(path, &format!("{word} {}", self.interface_path(*id)), &marks)]
            }
        }
    }

    fn function(&mut self, home: Owner, path: &str, function: &Function) -> String {
        let text = self.written(home, |writer| writer.signature(function));
        line(path, &text, &self.marks(home, &function.attributes))
    }

    fn type_lines(&mut self, home: Owner, path: &str, id: TypeId) -> Vec<String> {
        let surface = self.surface;
        let def = surface.ty(id);
        let marks = self.marks(home, &def.attributes);
        let part = |name: &str, text: &str| line(&format!("{path}.{name}"), text, "");
        let head = |text: &str| vec![line(path, text, &marks)];
        match &def.kind {
            TypeKind::Record(fields) => {
                let mut out = head("record");
                for field in fields {
                    let ty = self.written(home, |writer| writer.reference(field.ty));
                    out.push(part(&field.name, &format!("field {ty}")));
                }
                out
            }
            TypeKind::Variant(cases) => {
                let mut out = head("variant");
                for case in cases {
                    let ty = case.ty.map(|ty| format!(" {}", self.written(home, |writer| writer.reference(ty))));
                    out.push(part(&case.name, &format!("case{}", ty.unwrap_or_default())));
                }
                out
            }
            TypeKind::Enum(cases) => {
                let mut out = head("enum");
                out.extend(cases.iter().map(|case| part(&case.name, "case")));
                out
            }
            TypeKind::Flags(flags) => {
                let mut out = head("flags");
                out.extend(flags.iter().map(|flag| part(&flag.name, "flag")));
                out
            }
            TypeKind::Resource => head("resource"),
            kind => {
                let text = self.written(home, |writer| writer.definition(kind));
                head(&format!("type {text}"))
            }
        }
    }

    /// What `write` writes for a place; where types of others come from is noted.
    fn written(&mut self, home: Owner, write: impl FnOnce(&mut Writer) -> String) -> String {
        let place = |owner| self.place(owner);
        let mut writer = Writer { types: self.types, home, place: &place, named: Vec::new() };
        let text = write(&mut writer);
        let owners: BTreeSet<_> = writer.named.into_iter().filter_map(interface_of).collect();
        let foreign = owners.into_iter().filter(|&id| !self.is_own(self.surface.interface(id).package));
        let foreign: Vec<_> = foreign.collect();
        self.typed.extend(foreign);
        text
    }

    /// What is said of an item of the package; of others it does not count.
    fn marks(&self, home: Owner, attributes: &BoxedAttributes) -> String {
        let package = match home {
            Owner::Interface(id) => self.surface.interface(id).package,
            Owner::World(id) => self.surface.world(id).package,
            Owner::None => self.package,
        };
        if self.is_own(package) { marks(attributes) } else { String::new() }
    }

    fn is_own(&self, package: PackageId) -> bool {
        self.types.own.contains(&package)
    }

    /// How the paths of what is in an interface or world begin.
    fn place(&self, owner: Owner) -> String {
        match owner {
            Owner::Interface(id) => match self.inline.get(&id) {
                Some(path) => path.clone(),
                None => format!("{}#", self.interface_path(id)),
            },
            Owner::World(id) => format!("{}#type:", self.world_path(id)),
            Owner::None => String::new(),
        }
    }

    fn package_path(&self, id: PackageId) -> String {
        let (version, name) = self.versioned(id);
        format!("{name}{version}")
    }

    fn interface_path(&self, id: InterfaceId) -> String {
        let interface = self.surface.interface(id);
        let (version, package) = self.versioned(interface.package);
        format!("{package}/{}{version}", interface.name.as_deref().unwrap_or_default())
    }

    fn world_path(&self, id: WorldId) -> String {
        let world = self.surface.world(id);
        let (version, package) = self.versioned(world.package);
        format!("{package}/{}{version}", world.name)
    }

    fn item_path(&self, world: WorldId, word: &str, item: &WorldItem) -> String {
        let name = match &item.key {
            WorldKey::Interface(id) => {
                let interface = self.surface.interface(*id);
                let package = &self.surface.package(interface.package).name;
                format!("{package}/{}", interface.name.as_deref().unwrap_or_default())
            }
            WorldKey::Name(name) => name.to_string(),
        };
        let word = if let WorldItemKind::Type(_) = item.kind { "type" } else { word };
        format!("{}#{word}:{name}", self.world_path(world))
    }

    /// What the paths of a package carry, `@` included: its track, and nothing where it is under test itself.
    fn versioned(&self, id: PackageId) -> (String, &'a str) {
        let package = self.surface.package(id);
        let version = if id == self.package {
            self.version.map(ToString::to_string)
        } else if self.is_own(id) {
            None
        } else {
            Some(track::of(&package.version)).filter(|track| !track.is_empty())
        };
        (version.map_or(String::new(), |version| format!("@{version}")), &package.name)
    }
}

/// The items of a world, with the word for what it does with each.
fn items(surface: &Surface, world: WorldId) -> impl Iterator<Item = (&'static str, &WorldItem)> {
    let world = surface.world(world);
    let imports = world.imports.iter().map(|item| ("import", item));
    imports.chain(world.exports.iter().map(|item| ("export", item)))
}
