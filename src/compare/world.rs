//! What differs between two worlds, after elaboration: never the statements, always what they amount to.

use super::pair::Half;
use super::{Comparer, DeltaId, Root, Site, Standing, WorldComparison};
use crate::change::{Fact, Home, Identity, ItemKind};
use crate::surface::{
    BoxedAttributes, Function, InterfaceId, Owner, Span, Surface, Type, TypeId, TypeKind, World, WorldId, WorldItem,
    WorldItemKind, WorldKey, said,
};
use std::collections::{BTreeMap, BTreeSet};

/// What an item is called across both sides: an interface by its id on the new side where it has one there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Old(InterfaceId),
    New(InterfaceId),
    Name(Box<str>),
}

/// The items of one list under their keys.
pub(super) type Items<'a> = BTreeMap<Key, &'a WorldItem>;

/// One of the two lists of a world.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Imports,
    Exports,
}

impl List {
    fn word(self) -> &'static str {
        match self {
            List::Imports => "import",
            List::Exports => "export",
        }
    }

    fn home(self) -> Home {
        match self {
            List::Imports => Home::Import,
            List::Exports => Home::Export,
        }
    }
}

impl<'a> Comparer<'a> {
    /// Compares the worlds of the package under test.
    pub(super) fn worlds(&mut self, package: &str) -> Vec<WorldComparison> {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let names = Self::by_name(
            self.pairing.old.own_worlds().map(|id| (left.world(id).name.to_string(), id)),
            self.pairing.new.own_worlds().map(|id| (right.world(id).name.to_string(), id)),
        );
        let mut compared = Vec::with_capacity(names.len());
        for (name, sides) in names {
            let path = format!("{package}/{name}");
            let mut world = WorldComparison {
                name,
                standing: Standing::Both,
                changes: Vec::new(),
                imports: Vec::new(),
                exports: Vec::new(),
                export_identity: Identity::KEPT,
                reshaped: false,
            };
            let first = self.changes.len();
            match sides {
                (Some(old), Some(new)) => self.world(&path, old, new, &mut world),
                (old, new) => world.standing = self.lone_world(&path, old, new),
            }
            self.find_renames(first, &|_| true);
            world.changes = (first..self.changes.len()).filter(|&at| self.roots[at].1.is_none()).collect();
            compared.push(world);
        }
        compared
    }

    fn lone_world(&mut self, path: &str, old: Option<WorldId>, new: Option<WorldId>) -> Standing {
        let old = old.map(|id| self.pairing.old.surface.world(id));
        let new = new.map(|id| self.pairing.new.surface.world(id));
        let gate = new.or(old).and_then(|w| said(&w.attributes).stability.feature().map(str::to_string));
        let site =
            Site { prefix: path.into(), joint: Some('#'), home: Home::World, at: None, own: true, gate, track: None };
        let span = |world: Option<&World>| world.map_or(Span::UNKNOWN, |w| w.span);
        let (fact, standing) = match new {
            Some(_) => (Fact::WorldAdded, Standing::Added),
            None => (Fact::WorldRemoved, Standing::Removed),
        };
        self.emit(&site, fact, path.into(), span(old), span(new), Root::Nothing);
        match (old, new) {
            (_, Some(new)) => self.came(&site, path, &new.attributes, new.span),
            (Some(old), None) => self.went(&site, path, &old.attributes, old.span),
            (None, None) => {}
        }
        standing
    }

    fn world(&mut self, path: &str, old_id: WorldId, new_id: WorldId, compared: &mut WorldComparison) {
        let (old, new) = (self.pairing.old.surface.world(old_id), self.pairing.new.surface.world(new_id));
        let gate = said(&new.attributes).stability.feature().or(said(&old.attributes).stability.feature());
        let site = Site {
            prefix: path.into(),
            joint: Some('#'),
            home: Home::World,
            at: None,
            own: true,
            gate: gate.map(str::to_string),
            track: None,
        };
        self.attributes(&site, path, (&old.attributes, old.span), (&new.attributes, new.span), Root::Nothing);

        let (old_imports, new_imports) = (self.old_items(&old.imports), self.new_items(&new.imports));
        let (old_exports, new_exports) = (self.old_items(&old.exports), self.new_items(&new.exports));
        let flipped: BTreeSet<Key> = (old_imports.keys())
            .filter(|key| !new_imports.contains_key(key) && new_exports.contains_key(key))
            .filter(|key| !old_exports.contains_key(key))
            .chain(
                (old_exports.keys())
                    .filter(|key| !new_exports.contains_key(key) && new_imports.contains_key(key))
                    .filter(|key| !old_imports.contains_key(key)),
            )
            .cloned()
            .collect();
        for key in &flipped {
            match (old_imports.get(key), old_exports.get(key), new_imports.get(key), new_exports.get(key)) {
                (Some(from), _, _, Some(to)) => self.flip(&site, key, (List::Imports, from), (List::Exports, to)),
                (_, Some(from), Some(to), _) => self.flip(&site, key, (List::Exports, from), (List::Imports, to)),
                _ => {}
            }
        }
        compared.imports = self.items(&site, List::Imports, &old_imports, &new_imports, &flipped);
        compared.exports = self.items(&site, List::Exports, &old_exports, &new_exports, &flipped);
        compared.reshaped = !flipped.is_empty()
            && [(&old_imports, &new_imports), (&old_exports, &new_exports)].iter().any(|(a, b)| self.reshaped(a, b));
        compared.export_identity = self.export_identity(&site, &old_exports, &new_exports, &compared.exports);
    }

    fn items(
        &mut self,
        world: &Site,
        list: List,
        old: &Items<'a>,
        new: &Items<'a>,
        flipped: &BTreeSet<Key>,
    ) -> Vec<DeltaId> {
        let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).filter(|key| !flipped.contains(key)).collect();
        let mut deltas = Vec::new();
        for key in keys {
            match (old.get(key), new.get(key)) {
                (Some(old), Some(new)) => self.item(world, list, key, old, new, &mut deltas),
                (Some(old), None) => self.gone(world, list, key, old),
                (None, Some(new)) => self.come(world, list, key, new),
                (None, None) => {}
            }
        }
        deltas.sort_unstable();
        deltas.dedup();
        deltas
    }

    /// Whether an interface on both sides has a type or function of another shape, be it by a type that it uses.
    fn reshaped(&self, old: &Items<'_>, new: &Items<'_>) -> bool {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        old.iter().any(|(key, old)| {
            let Some(new) = new.get(key) else { return false };
            let (WorldItemKind::Interface(a), WorldItemKind::Interface(b)) = (&old.kind, &new.kind) else {
                return false;
            };
            let (a, b) = (self.pairing.old.canonical(*a), self.pairing.new.canonical(*b));
            let other_type = |&x: &TypeId| {
                let found = left.ty(x).name.as_deref().and_then(|name| right.type_named(b, name));
                found.is_some_and(|y| left.ty(x).shape != right.ty(y).shape)
            };
            let functions = &right.interface(b).functions;
            let other_function = |f: &Function| {
                let found = functions.binary_search_by(|g| g.name.cmp(&f.name));
                found.is_ok_and(|at| functions[at].shape != f.shape)
            };
            left.interface(a).types.iter().any(other_type) || left.interface(a).functions.iter().any(other_function)
        })
    }

    fn item(
        &mut self,
        world: &Site,
        list: List,
        key: &Key,
        old: &WorldItem,
        new: &WorldItem,
        deltas: &mut Vec<DeltaId>,
    ) {
        let path = self.item_path(world, list, key, &new.kind);
        let site = Site { prefix: path.clone(), joint: Some('.'), home: list.home(), ..world.clone() };
        match (&old.kind, &new.kind) {
            (WorldItemKind::Interface(a), WorldItemKind::Interface(b)) => {
                if old.stated || new.stated {
                    let (before, after) = ((&old.attributes, old.span), (&new.attributes, new.span));
                    self.attributes(&site, &path, before, after, Root::Nothing);
                }
                self.interfaces_at(&site, list, (*a, old.span), (*b, new.span), key, deltas);
            }
            (WorldItemKind::Function(a), WorldItemKind::Function(b)) => self.function(&site, &path, a, b),
            (WorldItemKind::Type(a), WorldItemKind::Type(b)) => self.type_def(&site, &path, *a, *b),
            (a, b) => {
                let (a, b) = (kind(self.pairing.old.surface, a), kind(self.pairing.new.surface, b));
                let fact = match list {
                    List::Imports => Fact::ImportKindChanged { old: a, new: b },
                    List::Exports => Fact::ExportKindChanged { old: a, new: b },
                };
                self.emit(&site, fact, path.clone(), old.span, new.span, Root::Nothing);
                self.turned_statement(&site, &path, old, new);
            }
        }
    }

    /// Two interfaces under one name: the same one, or whatever a plain name stands for.
    fn interfaces_at(
        &mut self,
        site: &Site,
        list: List,
        (a, old_span): (InterfaceId, Span),
        (b, new_span): (InterfaceId, Span),
        key: &Key,
        deltas: &mut Vec<DeltaId>,
    ) {
        let named = |surface: &Surface, id| surface.interface(id).name.is_some();
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let same = self.pairing.new_interface(a) == Some(self.pairing.new.canonical(b));
        match key {
            Key::Old(_) | Key::New(_) => {
                let (a, b) = (self.pairing.old.canonical(a), self.pairing.new.canonical(b));
                deltas.push(self.delta(a, b));
            }
            Key::Name(_) if same && named(left, a) && named(right, b) => {
                deltas.push(self.delta(a, b));
                if list == List::Imports {
                    self.labelled_import(site, (a, old_span), (b, new_span));
                }
            }
            Key::Name(_) => {
                if named(left, a) || named(right, b) {
                    let (old, new) = (self.pairing.old.interface_path(a), self.pairing.new.interface_path(b));
                    let fact = match list {
                        List::Imports => Fact::ImportRetargeted { old, new },
                        List::Exports => Fact::ExportRetargeted { old, new },
                    };
                    self.emit(site, fact, site.prefix.clone(), old_span, new_span, Root::Nothing);
                }
                let site = Site { at: Some((a, b)), ..site.clone() };
                self.labelled(&site, a, b);
            }
        }
    }

    fn come(&mut self, world: &Site, list: List, key: &Key, new: &WorldItem) {
        let site = Site { home: list.home(), ..world.clone() };
        if let WorldItemKind::Type(id) = new.kind {
            let site = Site { prefix: format!("{}#type:", world.prefix), joint: None, ..site };
            return self.type_added(&site, id);
        }
        let path = self.item_path(world, list, key, &new.kind);
        let half = &self.pairing.new;
        let (item, what) = (kind(half.surface, &new.kind), called(half, new));
        let (through, span) = self.brought(half, list, new, &world.prefix);
        let root = Root::Structure(structure(half.surface, new));
        let fact = match list {
            List::Imports => Fact::ImportAdded { item, what, through },
            List::Exports => Fact::ExportAdded { item, what, through },
        };
        let gate = self.item_gate(half.surface, new);
        self.emit_gated(&site, fact, path.clone(), Span::UNKNOWN, span, root, gate.as_deref());
        if new.stated {
            let attributes = self.stated(self.pairing.new.surface, new);
            self.came(&site, &path, &attributes, new.span);
        }
    }

    fn gone(&mut self, world: &Site, list: List, key: &Key, old: &WorldItem) {
        let site = Site { home: list.home(), ..world.clone() };
        if let WorldItemKind::Type(id) = old.kind {
            let site = Site { prefix: format!("{}#type:", world.prefix), joint: None, ..site };
            return self.type_removed(&site, id);
        }
        let path = self.item_path(world, list, key, &old.kind);
        let half = &self.pairing.old;
        let (item, what) = (kind(half.surface, &old.kind), called(half, old));
        let (through, span) = self.brought(half, list, old, &world.prefix);
        let root = Root::Structure(structure(half.surface, old));
        let fact = match list {
            List::Imports => Fact::ImportRemoved { item, what, through },
            List::Exports => Fact::ExportRemoved { item, what, through },
        };
        let gate = self.item_gate(half.surface, old);
        self.emit_gated(&site, fact, path.clone(), span, Span::UNKNOWN, root, gate.as_deref());
        if old.stated {
            let attributes = self.stated(self.pairing.old.surface, old);
            self.went(&site, &path, &attributes, old.span);
        }
    }

    /// The interface that brought an import along by a `use`, and where; no interface where a statement brought it.
    fn brought(&self, half: &Half<'_>, list: List, item: &WorldItem, world: &str) -> (Option<String>, Span) {
        let surface = half.surface;
        let name = world.rsplit_once('/').map_or(world, |(_, name)| name);
        let world = half.own_worlds().map(|id| surface.world(id)).find(|world| &*world.name == name);
        let (Some(world), WorldItemKind::Interface(id)) = (world, &item.kind) else { return (None, item.span) };
        if item.stated || list == List::Exports || item.span != world.span {
            return (None, item.span);
        }
        let holders = world.imports.iter().chain(&world.exports).filter_map(|holder| match holder.kind {
            WorldItemKind::Interface(holder) => Some(holder),
            WorldItemKind::Function(_) | WorldItemKind::Type(_) => None,
        });
        for holder in holders.filter(|holder| holder != id) {
            for def in surface.interface(holder).types.iter().map(|&ty| surface.ty(ty)) {
                if let TypeKind::Alias(Type::Id(target)) = def.kind
                    && surface.ty(target).owner == Owner::Interface(*id)
                {
                    return (Some(half.interface_name(holder)), def.span.or(item.span));
                }
            }
        }
        (None, item.span)
    }

    fn flip(&mut self, world: &Site, key: &Key, (from, old): (List, &WorldItem), (to, new): (List, &WorldItem)) {
        let path = self.item_path(world, to, key, &new.kind);
        let item = kind(self.pairing.new.surface, &new.kind);
        let item = if kind(self.pairing.old.surface, &old.kind) == ItemKind::EmptyInterface {
            ItemKind::EmptyInterface
        } else {
            item
        };
        let fact = match from {
            List::Imports => Fact::ImportMadeExport { item },
            List::Exports => Fact::ExportMadeImport { item },
        };
        let site = Site { home: to.home(), ..world.clone() };
        self.emit(&site, fact, path.clone(), old.span, new.span, Root::Nothing);
        self.turned_statement(&site, &path, old, new);
    }

    /// Looks at the gate of an import or export that the last change is about.
    fn turned_statement(&mut self, site: &Site, path: &str, old: &WorldItem, new: &WorldItem) {
        if old.stated {
            let attributes = self.stated(self.pairing.old.surface, old);
            self.turned(site, path, &attributes, self.changes.len().saturating_sub(1), (old.span, new.span));
        }
    }

    fn old_items(&self, items: &'a [WorldItem]) -> Items<'a> {
        let half = &self.pairing.old;
        self.items_by(half, items, &|id| self.pairing.new_interface(id).map_or(Key::Old(half.canonical(id)), Key::New))
    }

    fn new_items(&self, items: &'a [WorldItem]) -> Items<'a> {
        self.items_by(&self.pairing.new, items, &|id| Key::New(self.pairing.new.canonical(id)))
    }

    /// Of several versions on one track the newest that is there.
    fn items_by(&self, half: &Half<'_>, items: &'a [WorldItem], called: &dyn Fn(InterfaceId) -> Key) -> Items<'a> {
        let mut by_key = Items::new();
        for item in items {
            match &item.key {
                WorldKey::Interface(id) if half.canonical(*id) == *id => drop(by_key.insert(called(*id), item)),
                WorldKey::Interface(id) => _ = by_key.entry(called(*id)).or_insert(item),
                WorldKey::Name(name) => drop(by_key.insert(Key::Name(name.clone()), item)),
            }
        }
        by_key
    }

    pub(super) fn item_path(&self, world: &Site, list: List, key: &Key, kind: &WorldItemKind) -> String {
        let word = match kind {
            WorldItemKind::Type(_) => "type",
            WorldItemKind::Interface(_) | WorldItemKind::Function(_) => list.word(),
        };
        let name = match key {
            Key::Old(id) => self.pairing.old.interface_path(*id),
            Key::New(id) => self.pairing.new.interface_path(*id),
            Key::Name(name) => name.to_string(),
        };
        format!("{}#{word}:{name}", world.prefix)
    }

    /// What is said about an item where it is stated.
    fn stated(&self, surface: &Surface, item: &WorldItem) -> BoxedAttributes {
        match &item.kind {
            WorldItemKind::Interface(_) => item.attributes.clone(),
            WorldItemKind::Function(function) => function.attributes.clone(),
            WorldItemKind::Type(id) => surface.ty(*id).attributes.clone(),
        }
    }

    fn item_gate(&self, surface: &Surface, item: &WorldItem) -> Option<String> {
        let attributes = match &item.kind {
            WorldItemKind::Interface(id) => {
                let interface = said(&surface.interface(*id).attributes).stability.feature();
                return said(&item.attributes).stability.feature().or(interface).map(str::to_string);
            }
            WorldItemKind::Function(function) => &function.attributes,
            WorldItemKind::Type(id) => &surface.ty(*id).attributes,
        };
        said(attributes).stability.feature().map(str::to_string)
    }
}

/// What an item is called in a sentence: an interface with its version, a label with what stands behind it.
fn called(half: &Half<'_>, item: &WorldItem) -> String {
    match (&item.key, &item.kind) {
        (WorldKey::Interface(id), _) => half.interface_name(*id),
        (WorldKey::Name(label), WorldItemKind::Interface(id)) if half.surface.interface(*id).name.is_some() => {
            format!("{}` as `{label}", half.interface_name(*id))
        }
        (WorldKey::Name(name), _) => name.to_string(),
    }
}

/// The structure of an item as a text to compare.
fn structure(surface: &Surface, item: &WorldItem) -> String {
    match &item.kind {
        WorldItemKind::Interface(id) => surface.interface_structure(*id),
        WorldItemKind::Function(function) => format!("{:?}", function.shape),
        WorldItemKind::Type(id) => format!("{:?}", surface.ty(*id).shape),
    }
}

/// What an item is.
fn kind(surface: &Surface, kind: &WorldItemKind) -> ItemKind {
    match kind {
        WorldItemKind::Interface(id) => {
            let interface = surface.interface(*id);
            if interface.functions.is_empty() && interface.types.is_empty() {
                ItemKind::EmptyInterface
            } else {
                ItemKind::Interface
            }
        }
        WorldItemKind::Function(_) => ItemKind::Function,
        WorldItemKind::Type(_) => ItemKind::Type,
    }
}
