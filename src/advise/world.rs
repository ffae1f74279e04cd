//! A world beside the old one: with one statement more, or with the new statements.

use super::gather::{Gathered, named, names};
use super::package::{Both, Package, Target};
use super::write::{Writer, bare_type, include, version};
use super::{Advice, Part, Place, Shape, Step};
use crate::syntax::{Extern, ExternKind, InterfaceItem, Item, Keyword, TypeDef, UseName, World, WorldItem};
use std::collections::BTreeSet;

/// A world that includes the old one and has a statement of the new one; `None` where the statement names types of its
/// own world, which an `include` does not bring into sight.
pub(super) fn extended(both: &Both<'_>, world: &str, statement: &str) -> Option<Advice> {
    both.old.worlds.get(world)?;
    let &(list, found) = both.new.worlds.get(world)?;
    let (word, wanted) = statement.split_once(':')?;
    let item = found.items.iter().find(|item| match (item, word) {
        (WorldItem::Import(item), "import") | (WorldItem::Export(item), "export") => match &item.kind {
            ExternKind::Path(path) => both.new.path(list, path) == wanted,
            ExternKind::Function { name, signature } => {
                super::definition::encoded(name, signature.keyword) == wanted
                    && named(signature).is_empty()
                    && signature.keyword != Keyword::Set
            }
            ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => name == wanted,
        },
        (WorldItem::Type(ty), "type") => ty.name == wanted && names(ty).is_empty(),
        _ => false,
    })?;
    let items = std::slice::from_ref(item);
    let mut gathered = Gathered::new(both);
    gathered.world_items(list, items)?;
    let mut writer = Writer::new(&gathered, false);
    let name = writer.top.second(world);
    writer.top.add(&name);
    let mut steps = if gathered.is_empty() { Vec::new() } else { writer.steps(world)? };
    if writer.makes_a_circle(&steps) {
        return None;
    }
    let mut written = vec![include(world)];
    written.extend(writer.world_items(list, items)?);
    let made = World { docs: Vec::new(), attributes: both.since(), name: name.clone(), items: written };
    let into = Place::Package { beside: world.into() };
    steps.push(Step::Add { into, parts: vec![Part::Top(Item::World(made))] });
    let shape = Shape::World { old: world.into(), new: name, includes: true };
    Some(Advice { shape, version: version(both, &steps), steps })
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
