//! A world beside the old one: with one statement more, or with the new statements.

use super::definition::encoded;
use super::gather::{Gathered, named, names};
use super::package::{Both, Package, Target, local};
use super::rewrite::bare_type;
use super::write::{Writer, include, version};
use super::{Advice, Part, Place, Shape, Step};
use crate::syntax::{Extern, ExternKind, InterfaceItem, Item, Keyword, Type, TypeDef, Use, UseName, World, WorldItem};
use std::collections::{BTreeMap, BTreeSet};

/// A world that includes the old one and has a statement of the new one; `None` where the statement names types that the
/// old world itself defines: an `include` does not bring those into sight.
pub(super) fn extended(both: &Both<'_>, world: &str, statement: &str) -> Option<Advice> {
    both.old.worlds.get(world)?;
    let &(list, found) = both.new.worlds.get(world)?;
    let items = needed(both, (list, found), &[statement])?;
    let mut gathered = Gathered::new(both);
    gathered.world_items(list, &items)?;
    let mut writer = Writer::new(&gathered, false);
    let name = writer.top.second(world);
    writer.top.add(&name);
    let mut steps = if gathered.is_empty() { Vec::new() } else { writer.steps(world)? };
    if writer.makes_a_circle(&steps) {
        return None;
    }
    let mut written = vec![include(world)];
    written.extend(writer.world_items(list, &items)?);
    let made = World { docs: Vec::new(), attributes: both.since(), name: name.clone(), items: written };
    let into = Place::Package { beside: world.into() };
    steps.push(Step::Add { into, parts: vec![Part::Top(Item::World(made))] });
    let shape = Shape::World { old: world.into(), new: name, includes: true };
    Some(Advice { shape, version: version(both, &steps), steps })
}

/// Statements of a world of the new side, behind those that bring the types that they name. What the old world has as
/// well comes under a second name, because no name stands twice in a world.
pub(super) fn needed(both: &Both<'_>, (list, world): (usize, &World), statements: &[&str]) -> Option<Vec<WorldItem>> {
    let (mut open, mut last) = (Vec::new(), Vec::new());
    for statement in statements {
        let (word, wanted) = statement.split_once(':')?;
        let is_it = |item: &&WorldItem| match (item, word) {
            (WorldItem::Import(found), "import") | (WorldItem::Export(found), "export") => match &found.kind {
                ExternKind::Path(path) => both.new.path(list, path) == wanted,
                ExternKind::Function { name, signature } => {
                    // No setter stands without its getter.
                    encoded(name, signature.keyword) == wanted && signature.keyword != Keyword::Set
                }
                ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => name == wanted,
            },
            _ => false,
        };
        match world.items.iter().find(is_it) {
            Some(item) => {
                if let WorldItem::Import(found) | WorldItem::Export(found) = item
                    && let ExternKind::Function { signature, .. } = &found.kind
                {
                    open.extend(named(signature));
                }
                last.push(item.clone());
            }
            None if word == "type" => open.push(wanted.to_string()),
            None => return None,
        }
    }
    let mut taken = both.names_of_world(&world.name);
    let mut second: BTreeMap<String, String> = BTreeMap::new();
    let (mut uses, mut types) = (Vec::new(), Vec::new());
    while let Some(name) = open.pop() {
        if second.contains_key(&name) {
            continue;
        }
        let here = taken.free(&name);
        taken.add(&here);
        let found = world.items.iter().find_map(|item| match item {
            WorldItem::Use(used) => {
                let found = used.names.iter().find(|found| local(found) == name)?;
                let renamed = (here != found.name).then(|| here.clone());
                let names = vec![UseName { name: found.name.clone(), renamed }];
                Some(WorldItem::Use(Use { attributes: Vec::new(), path: used.path.clone(), names }))
            }
            WorldItem::Type(ty) if ty.name == name && here == name => Some(WorldItem::Type(ty.clone())),
            _ => None,
        })?;
        match found {
            WorldItem::Type(ty) => {
                open.extend(names(&ty));
                types.push(ty);
            }
            used => uses.push(used),
        }
        second.insert(name, here);
    }
    types.reverse();
    let mut items: Vec<WorldItem> = uses.into_iter().chain(types.into_iter().map(WorldItem::Type)).collect();
    items.extend(last);
    for item in &mut items {
        if !matches!(item, WorldItem::Import(item) | WorldItem::Export(item) if is_inline(item)) {
            item.for_each_type(&mut |ty| {
                if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty
                    && let Some(second) = second.get(name)
                {
                    name.clone_from(second);
                }
            });
        }
    }
    (!items.is_empty()).then_some(items)
}

fn is_inline(item: &Extern) -> bool {
    matches!(item.kind, ExternKind::Interface { .. })
}

/// The new world, under a second name, with the worlds that it includes if those are others now; `None` where the world
/// says what it said before.
pub(super) fn new_world(both: &Both<'_>, world: &str) -> Option<Advice> {
    both.old.worlds.get(world)?;
    let mut gathered = Gathered::new(both);
    gathered.new_world(world)?;
    let mut writer = Writer::new(&gathered, false);
    let steps = writer.steps(world)?;
    if writer.makes_a_circle(&steps) {
        return None;
    }
    let shape = Shape::World { old: world.into(), new: writer.world_name(world), includes: false };
    Some(Advice { shape, version: version(both, &steps), steps })
}

impl Both<'_> {
    /// Whether a world of the new side is there on the old side and says the same, in whatever order.
    pub(super) fn is_same_world(&self, name: &str) -> bool {
        self.says_the_same(name, &mut BTreeSet::new())
    }

    fn says_the_same(&self, name: &str, seen: &mut BTreeSet<String>) -> bool {
        let (Some(&(old_list, old)), Some(&(new_list, new))) = (self.old.worlds.get(name), self.new.worlds.get(name))
        else {
            return false;
        };
        if !seen.insert(name.to_string()) {
            return true;
        }
        let said = |side: &Package<'_>, list, items: &[WorldItem]| -> BTreeSet<String> {
            items.iter().flat_map(|item| side.said(list, item)).collect()
        };
        let includes = new.items.iter().filter_map(|item| match item {
            WorldItem::Include(include) => Some(self.new.target(new_list, &include.path)),
            _ => None,
        });
        said(&self.old, old_list, &old.items) == said(&self.new, new_list, &new.items)
            && includes.into_iter().all(|target| match target {
                Target::Own(name) => self.says_the_same(&name, seen),
                Target::Foreign(_) => true,
            })
    }
}

impl Package<'_> {
    /// What a statement says, without documentation, gates and versions.
    fn said(&self, list: usize, item: &WorldItem) -> Vec<String> {
        let statement = |word: &str, item: &Extern| match &item.kind {
            ExternKind::Path(path) => format!("{word} {}", self.path(list, path)),
            ExternKind::Named { name, path } => format!("{word} {name}: {}", self.path(list, path)),
            ExternKind::Function { .. } | ExternKind::Interface { .. } => {
                format!("{word} {:?}", bare_statement(item).kind)
            }
        };
        match item {
            WorldItem::Use(used) => {
                let path = self.path(list, &used.path);
                let name = |name: &UseName| format!("use {path} {} {:?}", name.name, name.renamed);
                used.names.iter().map(name).collect()
            }
            WorldItem::Type(ty) => vec![format!("{:?}", TypeDef { attributes: Vec::new(), ..bare_type(ty) })],
            WorldItem::Include(include) => {
                vec![format!("include {} {:?}", self.path(list, &include.path), include.names)]
            }
            WorldItem::Import(item) => vec![statement("import", item)],
            WorldItem::Export(item) => vec![statement("export", item)],
        }
    }
}

/// An import or export without documentation and gates.
fn bare_statement(item: &Extern) -> Extern {
    let mut item = item.clone();
    if let ExternKind::Interface { items, .. } = &mut item.kind {
        for item in items {
            match item {
                InterfaceItem::Use(used) => used.attributes.clear(),
                InterfaceItem::Type(ty) => *ty = TypeDef { attributes: Vec::new(), ..bare_type(ty) },
                InterfaceItem::Function(function) => {
                    function.docs.clear();
                    function.attributes.clear();
                }
            }
        }
    }
    item
}
