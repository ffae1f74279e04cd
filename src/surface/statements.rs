//! Which statement of a world brought an import or export.
//!
//! Elaboration forgets where an imported interface was asked for, so the statements are noted before it.

use super::{Include, Span, WorldId};
use std::collections::{BTreeMap, BTreeSet};
use wit_parser as wit;

/// The statements of all worlds, by full package name and world name.
#[derive(Debug, Default)]
pub(super) struct Statements {
    worlds: BTreeMap<(String, String), Stated>,
}

#[derive(Debug, Default)]
struct Stated {
    imports: BTreeMap<String, (Span, Said)>,
    exports: BTreeMap<String, (Span, Said)>,
    includes: Vec<Included>,
}

#[derive(Debug)]
struct Included {
    world: (String, String),
    renames: Vec<(Box<str>, Box<str>)>,
    span: Span,
}

/// What is said about an interface where it is imported or exported, and not behind a feature. Elaboration keeps it only
/// where the statement stands before all that bring the interface along.
type Said = Option<(wit::Docs, wit::Stability, Option<String>)>;

/// The statements of one world.
#[derive(Clone, Copy)]
pub(super) struct OfWorld<'a> {
    all: &'a Statements,
    world: Option<&'a Stated>,
}

/// The statement behind an item.
pub(super) struct Statement {
    /// Where it is, an `include` if that brought it; unknown where an interface came along as a dependency.
    pub span: Span,
    /// Whether it is a statement of the world itself.
    pub stated: bool,
    /// What it says itself, if it is about an interface.
    pub said: Said,
}

impl Statements {
    /// Notes the statements of a package whose texts begin at `offset` of the whole.
    pub fn note(&mut self, package: &wit::UnresolvedPackage, offset: u32) {
        let mut foreign = BTreeMap::new();
        for (name, items) in &package.foreign_deps {
            for (item_name, (item, _)) in items {
                // What stands for an item of another package does not know its own name.
                match item {
                    wit::AstItem::Interface(id) => foreign.insert((0, id.index()), (name, item_name)),
                    wit::AstItem::World(id) => foreign.insert((1, id.index()), (name, item_name)),
                };
            }
        }
        for (_, world) in &package.worlds {
            let names = |items: &wit::IndexMap<wit::WorldKey, wit::WorldItem>| {
                (items.iter())
                    .map(|(key, item)| {
                        let name = match key {
                            wit::WorldKey::Name(name) => name.clone(),
                            wit::WorldKey::Interface(id) => match foreign.get(&(0, id.index())) {
                                Some((owner, name)) => owner.interface_id(name),
                                None => {
                                    let name = package.interfaces[*id].name.as_deref().unwrap_or_default();
                                    package.name.interface_id(name)
                                }
                            },
                        };
                        (name, (Span::shifted(item.span(), offset), said(item)))
                    })
                    .collect()
            };
            let stated = Stated {
                imports: names(&world.imports),
                exports: names(&world.exports),
                includes: (world.includes.iter())
                    .map(|include| {
                        let included = match foreign.get(&(1, include.id.index())) {
                            Some((owner, name)) => (owner.to_string(), name.to_string()),
                            None => (package.name.to_string(), package.worlds[include.id].name.clone()),
                        };
                        let names = include.names.iter();
                        Included {
                            world: included,
                            renames: names.map(|name| (name.name.as_str().into(), name.as_.as_str().into())).collect(),
                            span: Span::shifted(include.span, offset),
                        }
                    })
                    .collect(),
            };
            self.worlds.insert((package.name.to_string(), world.name.clone()), stated);
        }
    }

    /// Whether a world, or one that it includes, states what is looked for.
    fn brings(&self, start: &(String, String), of: &dyn Fn(&Stated) -> bool) -> bool {
        let (mut seen, mut queue) = (BTreeSet::from([start]), vec![start]);
        while let Some(key) = queue.pop() {
            let Some(world) = self.worlds.get(key) else { continue };
            if of(world) {
                return true;
            }
            queue.extend(world.includes.iter().map(|include| &include.world).filter(|key| seen.insert(key)));
        }
        false
    }

    /// The statements of one world; a world that nothing is noted of (it came from a binary) states everything.
    pub fn of(&self, package: &str, world: &str) -> OfWorld<'_> {
        OfWorld { all: self, world: self.worlds.get(&(package.to_string(), world.to_string())) }
    }
}

impl Stated {
    fn list(&self, import: bool) -> &BTreeMap<String, (Span, Said)> {
        if import { &self.imports } else { &self.exports }
    }
}

fn said(item: &wit::WorldItem) -> Said {
    match item {
        wit::WorldItem::Interface { stability: wit::Stability::Unstable { .. }, .. } => None,
        wit::WorldItem::Interface { stability, external_id, docs, .. } => {
            Some((docs.clone(), stability.clone(), external_id.clone()))
        }
        wit::WorldItem::Function(_) | wit::WorldItem::Type { .. } => None,
    }
}

impl OfWorld<'_> {
    /// The statement that brought `name`, in this world or in one that it includes.
    pub fn find(self, import: bool, name: &str) -> Statement {
        let Some(world) = self.world else { return Statement { span: Span::UNKNOWN, stated: true, said: None } };
        if let Some((span, said)) = world.list(import).get(name) {
            return Statement { span: *span, stated: true, said: said.clone() };
        }
        // An item under a new name (`with`) is not looked for: then the world itself is the place.
        for Included { world: included, span, .. } in &world.includes {
            if self.all.brings(included, &|stated| stated.list(import).contains_key(name)) {
                return Statement { span: *span, stated: false, said: None };
            }
        }
        Statement { span: Span::UNKNOWN, stated: false, said: None }
    }

    /// The worlds that it includes, found by full package name and name; one behind a shut feature is not there.
    pub fn includes(self, find: impl Fn(&(String, String)) -> Option<WorldId>) -> Vec<Include> {
        let includes = self.world.map(|world| &world.includes).into_iter().flatten();
        let include =
            |included: &Included| Some(Include { world: find(&included.world)?, renames: included.renames.clone() });
        includes.filter_map(include).collect()
    }
}
