//! What corresponds to what: packages by name and track, interfaces by package and name, types by interface and name.

use crate::surface::{
    InterfaceId, Owner, PackageId, Surface, Type, TypeId, TypeKind, WorldId, WorldItemKind, WorldKey,
};
use crate::version::{self, Candidate, Pair, track};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A package on both sides, or on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    Both(PackageId, PackageId),
    Added(PackageId),
    Removed(PackageId),
}

/// Matches the packages under test by `namespace:name`, of several versions of one name as [`version::pair`] does.
/// Sorted by name.
pub fn match_packages(old: &Surface, new: &Surface) -> Vec<(String, Matched)> {
    let by_name = |surface: &Surface| {
        let mut names: BTreeMap<String, Vec<PackageId>> = BTreeMap::new();
        for &id in &surface.own {
            names.entry(surface.package(id).name.to_string()).or_default().push(id);
        }
        for ids in names.values_mut() {
            ids.sort_by(|&a, &b| surface.package(a).version.cmp(&surface.package(b).version));
        }
        names
    };
    let (mut olds, mut news) = (by_name(old), by_name(new));
    let names: std::collections::BTreeSet<String> = olds.keys().chain(news.keys()).cloned().collect();
    // A package that is nested in the sources on one side may stand in `deps` on the other.
    for (name, own, other) in names.iter().flat_map(|name| [(name, 0, new), (name, 1, old)]) {
        let (have, lack) = if own == 0 { (&olds, &mut news) } else { (&news, &mut olds) };
        if have.contains_key(name) && !lack.contains_key(name) {
            let there = (0..other.packages.len() as PackageId).filter(|&id| *other.package(id).name == **name);
            let there: Vec<_> = there.collect();
            if !there.is_empty() {
                lack.insert(name.clone(), there);
            }
        }
    }
    let mut matched = Vec::new();
    for name in names {
        let (left, right) = (olds.remove(&name).unwrap_or_default(), news.remove(&name).unwrap_or_default());
        let pairs = version::pair(&candidates(old, &left), &candidates(new, &right));
        let pairs = pairs.into_iter().map(|pair| match pair {
            Pair::Both(a, b) => Matched::Both(left[a], right[b]),
            Pair::Removed(a) => Matched::Removed(left[a]),
            Pair::Added(b) => Matched::Added(right[b]),
        });
        matched.extend(pairs.map(|pair| (name.clone(), pair)));
    }
    matched
}

fn candidates<'a>(surface: &'a Surface, packages: &[PackageId]) -> Vec<Candidate<'a>> {
    let candidate = |&id: &PackageId| Candidate { version: surface.package(id).version.as_ref(), path: "" };
    packages.iter().map(candidate).collect()
}

/// How an interface is called when one package is under test: that package has no version, every other one its track.
type Key = (String, Option<String>, String);

fn key(surface: &Surface, interface: InterfaceId, under_test: PackageId) -> Option<Key> {
    let interface = surface.interface(interface);
    let package = surface.package(interface.package);
    let track = if interface.package == under_test { None } else { Some(track::of(&package.version)) };
    Some((package.name.to_string(), track, interface.name.as_deref()?.to_string()))
}

/// One side of a [`Pairing`].
pub struct Half<'a> {
    /// The revision.
    pub surface: &'a Surface,
    /// The package under test.
    pub package: PackageId,
    /// Of several versions on one track the newest stands for all.
    canonical: HashMap<InterfaceId, InterfaceId>,
    partner: HashMap<InterfaceId, InterfaceId>,
    world_partner: HashMap<WorldId, WorldId>,
}

/// What corresponds to what when one package is under test.
pub struct Pairing<'a> {
    /// The old side.
    pub old: Half<'a>,
    /// The new side.
    pub new: Half<'a>,
    /// The two interfaces that stand under one label while they are compared.
    pub label: Option<(InterfaceId, InterfaceId)>,
}

impl<'a> Pairing<'a> {
    /// Pairs everything that two versions of one package reach.
    pub fn new(old: &'a Surface, old_package: PackageId, new: &'a Surface, new_package: PackageId) -> Pairing<'a> {
        let (mut old, old_keys) = Half::new(old, old_package);
        let (mut new, new_keys) = Half::new(new, new_package);
        for (key, &a) in &old_keys {
            if let Some(&b) = new_keys.get(key) {
                old.partner.insert(a, b);
                new.partner.insert(b, a);
            }
        }
        let worlds: HashMap<&str, WorldId> = new.own_worlds().map(|w| (&*new.surface.world(w).name, w)).collect();
        let pairs: Vec<(WorldId, WorldId)> =
            old.own_worlds().filter_map(|w| Some((w, *worlds.get(&*old.surface.world(w).name)?))).collect();
        for (a, b) in pairs {
            old.world_partner.insert(a, b);
            new.world_partner.insert(b, a);
            pair_inline(&mut old, &mut new, a, b);
        }
        Pairing { old, new, label: None }
    }

    /// The interface on the new side that has the name of `old`.
    pub fn new_interface(&self, old: InterfaceId) -> Option<InterfaceId> {
        self.old.partner.get(&self.old.canonical(old)).copied()
    }

    /// The world on the new side that has the name of `old`.
    pub fn new_world(&self, old: WorldId) -> Option<WorldId> {
        self.old.world_partner.get(&old).copied()
    }

    /// Whether two types have one name in corresponding places.
    pub fn paired(&self, old: TypeId, new: TypeId) -> bool {
        let (a, b) = (self.old.surface.ty(old), self.new.surface.ty(new));
        a.name.is_some()
            && a.name == b.name
            && match (a.owner, b.owner) {
                (Owner::Interface(a), Owner::Interface(b)) => {
                    self.new_interface(a).is_some_and(|partner| partner == self.new.canonical(b))
                }
                (Owner::World(a), Owner::World(b)) => self.new_world(a) == Some(b),
                (Owner::None | Owner::Interface(_) | Owner::World(_), _) => false,
            }
    }

    /// The type that has the name of `old` in the corresponding place of the new side.
    pub fn find_new(&self, old: TypeId) -> Option<TypeId> {
        find(&self.old, &self.new, old)
    }

    /// The type that has the name of `new` in the corresponding place of the old side.
    pub fn find_old(&self, new: TypeId) -> Option<TypeId> {
        find(&self.new, &self.old, new)
    }

    /// Pairs two interfaces, with each other alone, for the time that they stand under one label: their types are the
    /// label's own then, and not those that either has under its name.
    pub fn pair_labelled(&mut self, old: InterfaceId, new: InterfaceId) -> BeforeLabel {
        let (old_partner, new_partner) = (self.old.partner.insert(old, new), self.new.partner.insert(new, old));
        let others = (new_partner.filter(|&id| id != old), old_partner.filter(|&id| id != new));
        if let Some(other) = others.0 {
            self.old.partner.remove(&other);
        }
        if let Some(other) = others.1 {
            self.new.partner.remove(&other);
        }
        let label = self.label.replace((old, new));
        BeforeLabel { pair: (old, new), partners: (old_partner, new_partner), label }
    }

    /// Takes [`Pairing::pair_labelled`] back.
    pub fn restore(&mut self, before: BeforeLabel) {
        let BeforeLabel { pair: (old, new), partners, label } = before;
        self.label = label;
        self.old.partner.remove(&old);
        self.new.partner.remove(&new);
        if let Some(partner) = partners.0 {
            self.old.partner.insert(old, partner);
            self.new.partner.insert(partner, old);
        }
        if let Some(partner) = partners.1 {
            self.new.partner.insert(new, partner);
            self.old.partner.insert(partner, new);
        }
    }
}

/// What two interfaces were paired with, each, before they stood under one label.
pub struct BeforeLabel {
    pair: (InterfaceId, InterfaceId),
    partners: (Option<InterfaceId>, Option<InterfaceId>),
    label: Option<(InterfaceId, InterfaceId)>,
}

fn find(from: &Half<'_>, to: &Half<'_>, id: TypeId) -> Option<TypeId> {
    let def = from.surface.ty(id);
    let name = def.name.as_deref()?;
    match def.owner {
        Owner::None => None,
        Owner::Interface(owner) => {
            let partner = *from.partner.get(&from.canonical(owner))?;
            to.surface.type_named(partner, name)
        }
        Owner::World(owner) => {
            let partner = *from.world_partner.get(&owner)?;
            (to.surface.world(partner).imports.iter()).find_map(|item| match (&item.key, &item.kind) {
                (WorldKey::Name(key), WorldItemKind::Type(id)) if &**key == name => Some(*id),
                _ => None,
            })
        }
    }
}

fn pair_inline(old: &mut Half<'_>, new: &mut Half<'_>, a: WorldId, b: WorldId) {
    let (left, right) = (old.surface.world(a), new.surface.world(b));
    for (lefts, rights) in [(&left.imports, &right.imports), (&left.exports, &right.exports)] {
        let labels: BTreeMap<_, _> = rights.iter().map(|item| (&item.key, &item.kind)).collect();
        for item in lefts {
            let WorldKey::Name(_) = item.key else { continue };
            if let (WorldItemKind::Interface(a), Some(WorldItemKind::Interface(b))) =
                (&item.kind, labels.get(&item.key))
                && old.surface.interface(*a).name.is_none()
                && new.surface.interface(*b).name.is_none()
            {
                old.partner.entry(*a).or_insert(*b);
                new.partner.entry(*b).or_insert(*a);
            }
        }
    }
}

impl<'a> Half<'a> {
    fn new(surface: &'a Surface, package: PackageId) -> (Half<'a>, HashMap<Key, InterfaceId>) {
        let mut keys: HashMap<Key, InterfaceId> = HashMap::new();
        let mut canonical = HashMap::new();
        let version = |id: InterfaceId| &surface.package(surface.interface(id).package).version;
        for id in 0..surface.interfaces.len() as InterfaceId {
            let Some(key) = key(surface, id, package) else { continue };
            keys.entry(key)
                .and_modify(|best| {
                    if version(id) > version(*best) {
                        *best = id
                    }
                })
                .or_insert(id);
        }
        for id in 0..surface.interfaces.len() as InterfaceId {
            if let Some(&best) = key(surface, id, package).and_then(|key| keys.get(&key))
                && best != id
            {
                canonical.insert(id, best);
            }
        }
        let half = Half { surface, package, canonical, partner: HashMap::new(), world_partner: HashMap::new() };
        (half, keys)
    }

    /// The interface that stands for this one: of several versions on one track the newest.
    pub fn canonical(&self, id: InterfaceId) -> InterfaceId {
        self.canonical.get(&id).copied().unwrap_or(id)
    }

    /// The worlds of the package under test.
    pub fn own_worlds(&self) -> impl Iterator<Item = WorldId> + use<'a> {
        self.surface.package(self.package).worlds.iter().copied()
    }

    /// The named interfaces of the package under test.
    pub fn own_interfaces(&self) -> impl Iterator<Item = InterfaceId> + use<'a> {
        self.surface.package(self.package).interfaces.iter().copied()
    }

    /// Whether an interface is of the package under test.
    pub fn owns(&self, id: InterfaceId) -> bool {
        self.surface.interface(id).package == self.package
    }

    /// The other packages that the package under test reaches through types and worlds, with their versions.
    pub fn reached(&self) -> BTreeMap<&'a str, Vec<Option<Version>>> {
        let mut queue: Vec<InterfaceId> = self.own_interfaces().collect();
        for world in self.own_worlds().map(|id| self.surface.world(id)) {
            queue.extend(world.imports.iter().chain(&world.exports).filter_map(|item| match item.kind {
                WorldItemKind::Interface(id) => Some(id),
                WorldItemKind::Function(_) | WorldItemKind::Type(_) => None,
            }));
        }
        let mut seen: HashSet<InterfaceId> = queue.iter().copied().collect();
        let mut packages = BTreeSet::new();
        while let Some(id) = queue.pop() {
            packages.insert(self.surface.interface(id).package);
            queue.extend(self.surface.direct_dependencies(id).into_iter().filter(|&id| seen.insert(id)));
        }
        let mut reached: BTreeMap<&'a str, Vec<Option<Version>>> = BTreeMap::new();
        for package in packages.into_iter().filter(|&id| id != self.package).map(|id| self.surface.package(id)) {
            reached.entry(&package.name).or_default().push(package.version.clone());
        }
        reached
    }

    /// The resource behind a type, aliases seen through.
    pub fn resource(&self, id: TypeId) -> Option<TypeId> {
        match self.surface.base(Type::Id(id)) {
            Type::Id(base) if matches!(self.surface.ty(base).kind, TypeKind::Resource) => Some(base),
            Type::Id(_) | Type::Primitive(_) => None,
        }
    }

    /// `ns:pkg/name` of an interface, without the version; empty for an inline one.
    pub fn interface_path(&self, id: InterfaceId) -> String {
        let interface = self.surface.interface(id);
        match &interface.name {
            Some(name) => format!("{}/{name}", self.surface.package(interface.package).name),
            None => String::new(),
        }
    }

    /// `ns:pkg/name@version` of an interface of a dependency; without the version in the package under test.
    pub fn interface_name(&self, id: InterfaceId) -> String {
        let package = self.surface.package(self.surface.interface(id).package);
        match (&package.version, self.owns(id)) {
            (Some(version), false) => format!("{}@{version}", self.interface_path(id)),
            (Some(_) | None, _) => self.interface_path(id),
        }
    }

    /// The track of the package that an interface belongs to.
    pub fn track(&self, id: InterfaceId) -> String {
        track::of(&self.surface.package(self.surface.interface(id).package).version)
    }

    /// What a type is called in a sentence: with the version of its package, if that is a dependency.
    pub fn type_name(&self, id: TypeId) -> String {
        match self.surface.ty(id).owner {
            Owner::Interface(owner) if !self.owns(owner) => {
                format!("{}#{}", self.interface_name(owner), self.surface.ty(id).name.as_deref().unwrap_or("_"))
            }
            Owner::Interface(_) | Owner::World(_) | Owner::None => self.type_path(id),
        }
    }

    /// `ns:pkg/interface#type` of a named type, `ns:pkg/world#type:name` for a world's.
    pub fn type_path(&self, id: TypeId) -> String {
        let def = self.surface.ty(id);
        let name = def.name.as_deref().unwrap_or("_");
        match def.owner {
            Owner::None => name.to_string(),
            Owner::Interface(owner) => format!("{}#{name}", self.interface_path(owner)),
            Owner::World(owner) => {
                let world = self.surface.world(owner);
                format!("{}/{}#type:{name}", self.surface.package(world.package).name, world.name)
            }
        }
    }
}
