//! How a world came to what it imports: by a statement, through worlds that it includes, through types that are used.

use super::{interface_name, world_name};
use crate::surface::{
    Include, InterfaceId, Owner, Surface, Type, TypeKind, World, WorldId, WorldItem, WorldItemKind, WorldKey,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So many steps of a way are told, those nearest to the capability.
const STEPS: usize = 32;

/// How an import came into a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The worlds that are included, from this world on; empty where it says so itself.
    pub includes: Vec<String>,
    /// What the last of those worlds, or this one, says.
    pub statement: Statement,
    /// Whose types are used, from what the statement names to what uses types of the capability; empty where the
    /// statement names that itself.
    pub uses: Vec<String>,
}

/// What brings an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    /// `import`.
    Import,
    /// `export`: what an exported interface uses is imported.
    Export,
    /// `use`.
    Use,
}

/// The ways to everything that one world imports; of several to one, the shortest.
pub struct Ways<'a> {
    surface: &'a Surface,
    world: WorldId,
    reached: Vec<Reached>,
    nodes: Vec<Node>,
    found: BTreeMap<Key, usize>,
}

/// The world itself, or one that it includes, near or far.
struct Reached {
    world: WorldId,
    parent: Option<usize>,
}

/// An interface that the world imports or exports.
struct Node {
    name: String,
    from: From,
}

#[derive(Clone, Copy)]
enum From {
    Said(usize, Statement),
    UsedBy(usize),
}

/// A name without its version; a plain one is that of one world. Exports are not what is imported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Named(String),
    Plain(usize, String),
    Export(usize, String),
}

impl<'a> Ways<'a> {
    /// Follows the statements of a world.
    pub fn new(surface: &'a Surface, world: WorldId) -> Ways<'a> {
        let reached = reached(surface, world);
        let mut ways = Ways { surface, world, reached, nodes: Vec::new(), found: BTreeMap::new() };
        ways.follow();
        ways
    }

    /// The way to what is imported under a name; `None` where nothing in the text tells it.
    pub fn of(&self, name: &str) -> Option<Way> {
        let Some(&node) = self.found.get(&Key::Named(name.to_owned())) else { return self.plain(name) };
        let (mut at, mut uses) = (node, Vec::new());
        loop {
            match self.nodes.get(at)?.from {
                From::UsedBy(user) => {
                    at = user;
                    uses.push(self.nodes.get(user)?.name.clone());
                }
                From::Said(world, statement) => {
                    uses.truncate(STEPS);
                    uses.reverse();
                    return Some(Way { includes: self.includes(world), statement, uses });
                }
            }
        }
    }

    fn follow(&mut self) {
        let surface = self.surface;
        let mut queue = VecDeque::new();
        let worlds: Vec<WorldId> = self.reached.iter().map(|reached| reached.world).collect();
        let stated = |items: &'a [WorldItem]| items.iter().filter(|item| item.stated);
        for (at, &id) in worlds.iter().enumerate() {
            for item in stated(&surface.world(id).imports) {
                if let WorldItemKind::Interface(interface) = item.kind {
                    let key = match interface_name(surface, interface) {
                        Some(name) => Key::Named(name),
                        None => Key::Plain(at, plain_name(item)),
                    };
                    self.add(&mut queue, key, interface, item, From::Said(at, Statement::Import));
                }
            }
        }
        for (at, &id) in worlds.iter().enumerate() {
            for item in stated(&surface.world(id).imports) {
                if let Some((interface, name)) = used(surface, item) {
                    self.add(&mut queue, Key::Named(name), interface, item, From::Said(at, Statement::Use));
                }
            }
        }
        for (at, &id) in worlds.iter().enumerate() {
            for item in stated(&surface.world(id).exports) {
                if let WorldItemKind::Interface(interface) = item.kind {
                    let name = interface_name(surface, interface).unwrap_or_else(|| plain_name(item));
                    self.add(&mut queue, Key::Export(at, name), interface, item, From::Said(at, Statement::Export));
                }
            }
        }
        while let Some((user, interface)) = queue.pop_front() {
            for used in surface.direct_dependencies(interface) {
                let Some(name) = interface_name(surface, used) else { continue };
                if let Some(node) = self.note(Key::Named(name.clone()), name, From::UsedBy(user)) {
                    queue.push_back((node, used));
                }
            }
        }
    }

    fn add(
        &mut self,
        queue: &mut VecDeque<(usize, InterfaceId)>,
        key: Key,
        interface: InterfaceId,
        item: &WorldItem,
        from: From,
    ) {
        let name = interface_name(self.surface, interface).unwrap_or_else(|| plain_name(item));
        queue.extend(self.note(key, name, from).map(|node| (node, interface)));
    }

    fn note(&mut self, key: Key, name: String, from: From) -> Option<usize> {
        if self.found.contains_key(&key) {
            return None;
        }
        let at = self.nodes.len();
        self.nodes.push(Node { name, from });
        self.found.insert(key, at);
        Some(at)
    }

    fn includes(&self, mut at: usize) -> Vec<String> {
        let mut worlds = Vec::new();
        while let Some(Reached { world, parent: Some(parent) }) = self.reached.get(at) {
            worlds.push(world_name(self.surface, *world));
            at = *parent;
        }
        worlds.truncate(STEPS);
        worlds.reverse();
        worlds
    }

    /// The way to a function, or to an interface that is written in a world: `include` may rename them.
    fn plain(&self, name: &str) -> Option<Way> {
        let surface = self.surface;
        let mut queue: Vec<(WorldId, String, Option<usize>)> = vec![(self.world, name.to_owned(), None)];
        let mut seen = BTreeSet::from([(self.world, name.to_owned())]);
        let mut at = 0;
        while let Some((world, name, _)) = queue.get(at).cloned() {
            let world = surface.world(world);
            let item = named(world, &name);
            if item.is_some_and(|item| item.stated) {
                let mut includes = Vec::new();
                let mut back = Some(at);
                while let Some((world, _, Some(parent))) = back.and_then(|at| queue.get(at)) {
                    includes.push(world_name(surface, *world));
                    back = Some(*parent);
                }
                includes.truncate(STEPS);
                includes.reverse();
                return Some(Way { includes, statement: Statement::Import, uses: Vec::new() });
            }
            for include in &world.includes {
                let old = (include.renames.iter())
                    .find(|(_, new)| **new == *name)
                    .map_or_else(|| name.clone(), |(old, _)| old.to_string());
                let is_there = named(surface.world(include.world), &old).is_some();
                if is_there && seen.insert((include.world, old.clone())) {
                    queue.push((include.world, old, Some(at)));
                }
            }
            at += 1;
        }
        None
    }
}

/// The world and all that it includes, nearest first.
fn reached(surface: &Surface, world: WorldId) -> Vec<Reached> {
    let mut reached = vec![Reached { world, parent: None }];
    let mut seen = BTreeSet::from([world]);
    let mut at = 0;
    while let Some(world) = reached.get(at).map(|reached| surface.world(reached.world)) {
        let here: BTreeSet<InterfaceId> = interfaces(world).collect();
        // One behind a feature that is shut brings nothing.
        let counts = |include: &&Include| interfaces(surface.world(include.world)).all(|id| here.contains(&id));
        for include in world.includes.iter().filter(counts) {
            if seen.insert(include.world) {
                reached.push(Reached { world: include.world, parent: Some(at) });
            }
        }
        at += 1;
    }
    reached
}

fn interfaces(world: &World) -> impl Iterator<Item = InterfaceId> + '_ {
    world.imports.iter().filter_map(|item| match item.key {
        WorldKey::Interface(id) => Some(id),
        WorldKey::Name(_) => None,
    })
}

fn named<'a>(world: &'a World, name: &str) -> Option<&'a WorldItem> {
    world.imports.iter().find(|item| matches!(&item.key, WorldKey::Name(key) if **key == *name))
}

fn plain_name(item: &WorldItem) -> String {
    match &item.key {
        WorldKey::Name(name) => name.to_string(),
        WorldKey::Interface(_) => String::new(),
    }
}

/// The interface that a `use` of a world takes a type of.
fn used(surface: &Surface, item: &WorldItem) -> Option<(InterfaceId, String)> {
    let WorldItemKind::Type(id) = item.kind else { return None };
    let TypeKind::Alias(Type::Id(target)) = surface.ty(id).kind else { return None };
    let Owner::Interface(owner) = surface.ty(target).owner else { return None };
    Some((owner, interface_name(surface, owner)?))
}
