//! Interfaces and worlds as wholes.

use super::{Pen, Row};
use crate::draft::Home;
use crate::scope::U8;
use wit_diff::syntax::{Extern, ExternKind, Interface, Item, Path, World, WorldItem};

pub const EDITS: &[Row] = &[
    ("interface added", add),
    ("interface removed", remove),
    ("interface renamed", rename),
    ("interface copied", copied),
    ("interface emptied", emptied),
    ("world added", world_added),
    ("world removed", world_removed),
    ("world renamed", world_renamed),
];

fn add(pen: &mut Pen) -> Option<()> {
    let name = pen.fresh_interface(pen.package)?;
    let file = pen.rng.usize(..pen.draft.packages[pen.package].len());
    let interface = Interface { docs: Vec::new(), attributes: Vec::new(), name, items: Vec::new() };
    pen.draft.packages[pen.package][file].items.push(Item::Interface(interface));
    Some(())
}

fn remove(pen: &mut Pen) -> Option<()> {
    let home = pen.interface()?;
    let types: Vec<String> = pen.draft.scope(home).into_iter().map(|named| named.name).collect();
    for name in types {
        pen.draft.drop_type(home, &name, &U8);
    }
    let names: Vec<(usize, usize, Path)> = paths_to(pen, home);
    for package in 0..pen.draft.packages.len() {
        for (f, file) in pen.draft.packages[package].iter_mut().enumerate() {
            let gone = |path: &Path| names.iter().any(|(p, at, known)| (*p, *at, known) == (package, f, path));
            file.items.retain(|item| !matches!(item, Item::Use(item) if gone(&item.path)));
            for item in &mut file.items {
                if let Item::World(world) = item {
                    world.items.retain(|item| {
                        !matches!(item, WorldItem::Import(item) | WorldItem::Export(item)
                        if matches!(&item.kind, ExternKind::Path(path) | ExternKind::Named { path, .. } if gone(path)))
                    });
                }
            }
        }
    }
    let name = pen.draft.interface(home)?.name.clone();
    for file in &mut pen.draft.packages[home.package()] {
        file.items.retain(|item| !matches!(item, Item::Interface(interface) if interface.name == name));
    }
    Some(())
}

/// Every path that leads to an interface or world, with its package and file.
fn paths_to(pen: &mut Pen, home: Home) -> Vec<(usize, usize, Path)> {
    let mut paths = Vec::new();
    pen.draft.for_each_path(&mut |package, file, path| paths.push((package, file, path.clone())));
    paths.retain(|(package, file, path)| pen.draft.find(*package, *file, path) == Some(home));
    paths
}

fn rename(pen: &mut Pen) -> Option<()> {
    let home = pen.interface()?;
    let new = pen.fresh_interface(pen.package)?;
    rename_references(pen, home, &new)?;
    pen.draft.interface(home)?.name = new;
    Some(())
}

fn world_renamed(pen: &mut Pen) -> Option<()> {
    let home = pen.world()?;
    let new = pen.fresh_interface(pen.package)?;
    rename_references(pen, home, &new)?;
    pen.draft.world(home)?.name = new;
    Some(())
}

fn rename_references(pen: &mut Pen, home: Home, new: &str) -> Option<()> {
    let old = match home {
        Home::World(..) => pen.draft.world(home)?.name.clone(),
        _ => pen.draft.interface(home)?.name.clone(),
    };
    let paths = paths_to(pen, home);
    pen.draft.for_each_path(&mut |package, file, path| {
        let leads = paths.iter().any(|(p, f, known)| (*p, *f, known) == (package, file, &*path));
        if leads && path.name == old {
            path.name = new.to_string();
        }
    });
    Some(())
}

/// An equal interface of another name; some labels may go there.
fn copied(pen: &mut Pen) -> Option<()> {
    let home = pen.interface()?;
    let name = pen.fresh_interface(pen.package)?;
    let copy = Interface { name, ..pen.draft.interface(home)?.clone() };
    pen.draft.packages[home.package()][home.file()].items.push(Item::Interface(copy));
    Some(())
}

fn emptied(pen: &mut Pen) -> Option<()> {
    let home = pen.interface()?;
    let types: Vec<String> = pen.draft.scope(home).into_iter().map(|named| named.name).collect();
    for name in types {
        pen.draft.drop_type(home, &name, &U8);
    }
    pen.draft.body(home)?.clear();
    Some(())
}

/// A world that imports, exports, or both, some interfaces of the package.
fn world_added(pen: &mut Pen) -> Option<()> {
    let name = pen.fresh_interface(pen.package)?;
    let mut items = Vec::new();
    let first = pen.interface();
    for home in (0..pen.rng.usize(..2)).filter_map(|_| pen.interface()).chain(first).collect::<Vec<_>>() {
        let path = Path { package: None, name: pen.draft.interface(home)?.name.clone() };
        let item = Extern { docs: Vec::new(), attributes: Vec::new(), kind: ExternKind::Path(path) };
        let role = pen.rng.u32(..3);
        if role != 0 && !items.contains(&WorldItem::Export(item.clone())) {
            items.push(WorldItem::Export(item.clone()));
        }
        if role != 1 && !items.contains(&WorldItem::Import(item.clone())) {
            items.push(WorldItem::Import(item));
        }
    }
    let file = pen.rng.usize(..pen.draft.packages[pen.package].len());
    let world = World { docs: Vec::new(), attributes: Vec::new(), name, items };
    pen.draft.packages[pen.package][file].items.push(Item::World(world));
    Some(())
}

fn world_removed(pen: &mut Pen) -> Option<()> {
    let home = pen.world()?;
    let Home::World(package, file, item) = home else { return None };
    if !paths_to(pen, home).is_empty() {
        return None;
    }
    pen.draft.packages[package][file].items.remove(item);
    Some(())
}
