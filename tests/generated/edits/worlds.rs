//! What worlds import, export and include.

use super::{Pen, Row};
use crate::draft::Home;
use wit_diff::syntax::{Extern, ExternKind, Include, Interface, Item, Path, World, WorldItem};

pub const EDITS: &[Row] = &[
    ("import or export of an interface added", |pen| added(pen, false)),
    ("import or export added under a label", |pen| added(pen, true)),
    ("import or export of another package added", foreign),
    ("inline interface added", inline_added),
    ("world item removed", removed),
    ("import turned into an export or the reverse", turned),
    ("imported item exported too, or the reverse", doubled),
    ("label renamed", label_renamed),
    ("label put on another interface", retargeted),
    ("label put on a copy of its interface", retargeted_to_copy),
    ("label added or taken away", labelled),
    ("inline interface given a name", inline_named),
    ("label made inline", made_inline),
    ("world item made another kind", another_kind),
    ("include added", include_added),
    ("include dropped", include_dropped),
    ("include written out", include_expanded),
    ("world items moved into an included world", extracted),
    ("include renames", include_renamed),
];

fn item(kind: ExternKind) -> Extern {
    Extern { docs: Vec::new(), attributes: Vec::new(), kind }
}

/// An item of a world, by its number there.
fn choose(pen: &mut Pen, keep: impl Fn(&WorldItem) -> bool) -> Option<(Home, usize)> {
    let mut found = Vec::new();
    for home in pen.draft.homes(pen.package) {
        if let Some(world) = pen.draft.world(home) {
            found.extend(world.items.iter().enumerate().filter(|(_, item)| keep(item)).map(|(at, _)| (home, at)));
        }
    }
    pen.pick(found)
}

fn kind_of(item: &WorldItem) -> Option<&ExternKind> {
    if let WorldItem::Import(item) | WorldItem::Export(item) = item { Some(&item.kind) } else { None }
}

fn kind_of_mut(item: &mut WorldItem) -> Option<&mut ExternKind> {
    if let WorldItem::Import(item) | WorldItem::Export(item) = item { Some(&mut item.kind) } else { None }
}

fn either(pen: &mut Pen, item: Extern) -> WorldItem {
    if pen.one_in(2) { WorldItem::Import(item) } else { WorldItem::Export(item) }
}

fn added(pen: &mut Pen, label: bool) -> Option<()> {
    let (world, interface) = (pen.world()?, pen.interface()?);
    let path = pen.draft.path_to(world, interface)?;
    let kind = if label { ExternKind::Named { name: pen.fresh_in(world)?, path } } else { ExternKind::Path(path) };
    let item = either(pen, item(kind));
    push_once(pen, world, item)
}

/// An interface stands once among the imports, and once among the exports.
fn push_once(pen: &mut Pen, world: Home, item: WorldItem) -> Option<()> {
    let items = &mut pen.draft.world(world)?.items;
    let same = |known: &&WorldItem| match (known, &item) {
        (WorldItem::Import(a), WorldItem::Import(b)) | (WorldItem::Export(a), WorldItem::Export(b)) => a.kind == b.kind,
        _ => false,
    };
    let is_new = !items.iter().any(|known| same(&known));
    is_new.then(|| items.push(item))
}

fn foreign(pen: &mut Pen) -> Option<()> {
    let world = pen.world()?;
    let others = pen.draft.all_homes().into_iter();
    let others = others.filter(|home| matches!(home, Home::Interface(package, ..) if *package != world.package()));
    let other = pen.pick(others.collect())?;
    let path = pen.draft.path_to(world, other)?;
    let item = either(pen, item(ExternKind::Path(path)));
    push_once(pen, world, item)
}

fn inline_added(pen: &mut Pen) -> Option<()> {
    let (world, interface) = (pen.world()?, pen.interface()?);
    let name = pen.fresh_in(world)?;
    let items = pen.draft.interface(interface)?.items.clone();
    let item = either(pen, item(ExternKind::Interface { name, items }));
    pen.draft.world(world)?.items.push(item);
    Some(())
}

fn removed(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| kind_of(item).is_some())?;
    pen.draft.world(world)?.items.remove(at);
    Some(())
}

fn turned(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| kind_of(item).is_some())?;
    let item = pen.draft.world(world)?.items.remove(at);
    push_once(pen, world, other_way(&item))
}

fn doubled(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| kind_of(item).is_some())?;
    let item = other_way(&pen.draft.world(world)?.items[at]);
    push_once(pen, world, item)
}

fn other_way(item: &WorldItem) -> WorldItem {
    match item.clone() {
        WorldItem::Import(item) => WorldItem::Export(item),
        WorldItem::Export(item) => WorldItem::Import(item),
        other => other,
    }
}

fn label_renamed(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| !matches!(kind_of(item), None | Some(ExternKind::Path(_))))?;
    let new = pen.fresh_in(world)?;
    match kind_of_mut(&mut pen.draft.world(world)?.items[at])? {
        ExternKind::Path(_) => return None,
        ExternKind::Named { name, .. } | ExternKind::Function { name, .. } | ExternKind::Interface { name, .. } => {
            *name = new
        }
    }
    Some(())
}

fn retargeted(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(kind_of(item), Some(ExternKind::Named { .. })))?;
    let interface = pen.interface()?;
    let new = pen.draft.path_to(world, interface)?;
    let ExternKind::Named { path, .. } = kind_of_mut(&mut pen.draft.world(world)?.items[at])? else { return None };
    *path = new;
    Some(())
}

fn retargeted_to_copy(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(kind_of(item), Some(ExternKind::Named { .. })))?;
    let ExternKind::Named { path, .. } = kind_of(&pen.draft.world(world)?.items[at])?.clone() else { return None };
    let interface = pen.draft.find(world.package(), world.file(), &path)?;
    let name = pen.fresh_interface(pen.package)?;
    let copy = Interface { name: name.clone(), ..pen.draft.interface(interface)?.clone() };
    if interface.package() != world.package() {
        return None;
    }
    let ExternKind::Named { path, .. } = kind_of_mut(&mut pen.draft.world(world)?.items[at])? else { return None };
    *path = Path { package: None, name };
    pen.draft.packages[interface.package()][interface.file()].items.push(Item::Interface(copy));
    Some(())
}

fn labelled(pen: &mut Pen) -> Option<()> {
    let is_path = |kind: &ExternKind| matches!(kind, ExternKind::Path(_) | ExternKind::Named { .. });
    let (world, at) = choose(pen, |item| kind_of(item).is_some_and(is_path))?;
    let label = pen.fresh_in(world)?;
    let kind = kind_of_mut(&mut pen.draft.world(world)?.items[at])?;
    *kind = match kind.clone() {
        ExternKind::Path(path) => ExternKind::Named { name: label, path },
        ExternKind::Named { path, .. } => ExternKind::Path(path),
        _ => return None,
    };
    Some(())
}

/// `k: interface { … }` becomes `k: i` or, half of the time, `i`.
fn inline_named(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(kind_of(item), Some(ExternKind::Interface { .. })))?;
    let name = pen.fresh_interface(pen.package)?;
    let keeps_label = pen.one_in(2);
    let kind = kind_of_mut(&mut pen.draft.world(world)?.items[at])?;
    let ExternKind::Interface { name: label, items } = kind.clone() else { return None };
    let path = Path { package: None, name: name.clone() };
    *kind = if keeps_label { ExternKind::Named { name: label, path } } else { ExternKind::Path(path) };
    let interface = Interface { docs: Vec::new(), attributes: Vec::new(), name, items };
    pen.draft.packages[world.package()][world.file()].items.push(Item::Interface(interface));
    Some(())
}

/// `k: i` or `i` becomes `k: interface { … }` with the same items.
fn made_inline(pen: &mut Pen) -> Option<()> {
    let is_path = |kind: &ExternKind| matches!(kind, ExternKind::Path(_) | ExternKind::Named { .. });
    let (world, at) = choose(pen, |item| kind_of(item).is_some_and(is_path))?;
    let (name, path) = match kind_of(&pen.draft.world(world)?.items[at])?.clone() {
        ExternKind::Path(path) => (pen.fresh_in(world)?, path),
        ExternKind::Named { name, path } => (name, path),
        _ => return None,
    };
    let interface = pen.draft.find(world.package(), world.file(), &path)?;
    let items = pen.draft.interface(interface)?.items.clone();
    *kind_of_mut(&mut pen.draft.world(world)?.items[at])? = ExternKind::Interface { name, items };
    Some(())
}

/// Under one name: a function, an inline interface, or an interface with a label.
fn another_kind(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| !matches!(kind_of(item), None | Some(ExternKind::Path(_))))?;
    let signature = pen.any_signature(world);
    let kind = kind_of_mut(&mut pen.draft.world(world)?.items[at])?;
    *kind = match kind.clone() {
        ExternKind::Path(_) => return None,
        ExternKind::Function { name, .. } => ExternKind::Interface { name, items: Vec::new() },
        ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => ExternKind::Function { name, signature },
    };
    Some(())
}

fn include_added(pen: &mut Pen) -> Option<()> {
    let (world, other) = (pen.world()?, pen.world()?);
    if world == other {
        return None;
    }
    let path = Path { package: None, name: pen.draft.world(other)?.name.clone() };
    let include = WorldItem::Include(Include { attributes: Vec::new(), path, names: Vec::new() });
    pen.draft.world(world)?.items.push(include);
    Some(())
}

fn include_dropped(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(item, WorldItem::Include(_)))?;
    pen.draft.world(world)?.items.remove(at);
    Some(())
}

fn include_expanded(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(item, WorldItem::Include(_)))?;
    let WorldItem::Include(include) = pen.draft.world(world)?.items.remove(at) else { return None };
    let other = pen.draft.find(world.package(), world.file(), &include.path)?;
    if other.package() != world.package() {
        return None;
    }
    for mut item in pen.draft.world(other)?.items.clone() {
        if let Some(
            ExternKind::Named { name, .. } | ExternKind::Function { name, .. } | ExternKind::Interface { name, .. },
        ) = kind_of_mut(&mut item)
            && let Some((_, new)) = include.names.iter().find(|(old, _)| old == name)
        {
            *name = new.clone();
        }
        let items = &mut pen.draft.world(world)?.items;
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Some(())
}

fn extracted(pen: &mut Pen) -> Option<()> {
    let world = pen.world()?;
    let name = pen.fresh_interface(pen.package)?;
    let kept = pen.rng.usize(..=pen.draft.world(world)?.items.len());
    let items = pen.draft.world(world)?.items.split_off(kept);
    let path = Path { package: None, name: name.clone() };
    let include = WorldItem::Include(Include { attributes: Vec::new(), path, names: Vec::new() });
    pen.draft.world(world)?.items.push(include);
    let new = World { docs: Vec::new(), attributes: Vec::new(), name, items };
    pen.draft.packages[world.package()][world.file()].items.push(Item::World(new));
    Some(())
}

fn include_renamed(pen: &mut Pen) -> Option<()> {
    let (world, at) = choose(pen, |item| matches!(item, WorldItem::Include(_)))?;
    let new = pen.fresh_in(world)?;
    let WorldItem::Include(include) = pen.draft.world(world)?.items[at].clone() else { return None };
    let other = pen.draft.find(world.package(), world.file(), &include.path)?;
    let names = (pen.draft.world(other)?.items.iter()).filter_map(|item| match kind_of(item)? {
        ExternKind::Path(_) => None,
        ExternKind::Named { name, .. } | ExternKind::Function { name, .. } | ExternKind::Interface { name, .. } => {
            Some(name.clone())
        }
    });
    let names = names.filter(|name| !include.names.iter().any(|(old, _)| old == name)).collect();
    let old = pen.pick(names)?;
    let WorldItem::Include(include) = &mut pen.draft.world(world)?.items[at] else { return None };
    include.names.push((old, new));
    Some(())
}
