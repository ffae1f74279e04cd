//! A world beside the old one: with one statement more, or with the new statements.

use super::gather::{Gathered, named};
use super::package::Both;
use super::write::{Writer, include, version};
use super::{Advice, Part, Shape, Step};
use crate::syntax::{ExternKind, Item, TypeDef, World, WorldItem};

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
                super::definition::encoded(name, signature.keyword) == wanted && named(signature).is_empty()
            }
            ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => name == wanted,
        },
        (WorldItem::Type(ty), "type") => ty.name == wanted && names_nothing(ty),
        _ => false,
    })?;
    let items = std::slice::from_ref(item);
    made(
        both,
        world,
        |writer| {
            let mut written = vec![include(world)];
            written.extend(writer.world_items(list, items)?);
            Some(written)
        },
        (list, items),
        true,
    )
}

/// The new world, under a second name.
pub(super) fn new_world(both: &Both<'_>, world: &str) -> Option<Advice> {
    both.old.worlds.get(world)?;
    let &(list, found) = both.new.worlds.get(world)?;
    made(both, world, |writer| writer.world_items(list, &found.items), (list, &found.items), false)
}

fn made(
    both: &Both<'_>,
    world: &str,
    items: impl FnOnce(&mut Writer<'_, '_, '_>) -> Option<Vec<WorldItem>>,
    (list, needed): (usize, &[WorldItem]),
    includes: bool,
) -> Option<Advice> {
    let mut gathered = Gathered::new(both);
    gathered.world_items(list, needed)?;
    let mut writer = Writer::new(&gathered, false);
    let name = writer.top.second(world);
    writer.top.add(&name);
    let mut steps = if gathered.is_empty() { Vec::new() } else { writer.steps(world)? };
    if writer.makes_a_circle(&steps) {
        return None;
    }
    let items = items(&mut writer)?;
    let made = World { docs: Vec::new(), attributes: both.since(), name: name.clone(), items };
    let into = super::Place::Package { beside: world.into() };
    steps.push(Step::Add { into, parts: vec![Part::Top(Item::World(made))] });
    let shape = Shape::World { old: world.into(), new: name, includes };
    Some(Advice { shape, version: version(both, &steps), steps })
}

fn names_nothing(ty: &TypeDef) -> bool {
    super::gather::names(ty).is_empty()
}
