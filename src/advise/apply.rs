//! Advice, followed.

use super::package::{extern_name, is_main, is_named, local};
use super::{Advice, Part, Place, Step};
use crate::error::{Error, ErrorKind};
use crate::revision::SourceFile;
use crate::syntax::{
    self, Attribute, Extern, ExternKind, File, Include, Interface, InterfaceItem, Item, Path, ResourceFunction,
    TypeDef, TypeDefKind, Use, UseName, WorldItem,
};

/// The files of the old side with what the advice adds and marks, laid out anew.
///
/// `package` is the one that the advice is for, as `namespace:name`.
///
/// # Errors
///
/// What is no WIT text, and a step that finds nothing to be done to: the files are not those that it was made from.
pub fn apply(files: &[SourceFile], package: &str, advice: &Advice) -> Result<Vec<SourceFile>, Error> {
    let parse = |file: &SourceFile| syntax::parse(&String::from_utf8_lossy(&file.bytes));
    let mut trees: Vec<File> = files.iter().map(parse).collect::<Result<_, _>>()?;
    for step in &advice.steps {
        let is_done = with_lists(&mut trees, package, &mut |items| follow(items, step));
        if !is_done {
            let place = step.place().path(package);
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("`{place}` is not there, or not as the advice knows it"),
            ));
        }
    }
    if let Some(version) = &advice.version {
        trees.iter_mut().for_each(|file| set_version(file, package, version));
    }
    let file = |(file, tree): (&SourceFile, &File)| SourceFile {
        path: file.path.clone(),
        bytes: tree.to_string().into_bytes().into(),
    };
    Ok(files.iter().zip(&trees).map(file).collect())
}

/// Tries the lists of items that make up a package until one will do.
fn with_lists(files: &mut [File], package: &str, follow: &mut dyn FnMut(&mut Vec<Item>) -> bool) -> bool {
    fn nested(items: &mut [Item], package: &str, follow: &mut dyn FnMut(&mut Vec<Item>) -> bool) -> bool {
        items.iter_mut().any(|item| match item {
            Item::Package(found) => {
                is_named(&found.name, package) && follow(&mut found.items) || nested(&mut found.items, package, follow)
            }
            Item::Interface(_) | Item::World(_) | Item::Use(_) => false,
        })
    }
    match is_main(files, package) {
        true => files.iter_mut().any(|file| follow(&mut file.items)),
        false => files.iter_mut().any(|file| nested(&mut file.items, package, follow)),
    }
}

fn follow(items: &mut Vec<Item>, step: &Step) -> bool {
    match step {
        Step::Add { into, parts } => add(items, into, parts),
        Step::Keep { what, part } => keep(items, what, part),
        Step::Restore { what, .. } => restores(items, what),
    }
}

fn add(items: &mut Vec<Item>, into: &Place, parts: &[Part]) -> bool {
    let list = match into {
        Place::Package { beside } => {
            let is_it = |item: &Item| match item {
                Item::Interface(Interface { name, .. }) => name == beside,
                Item::World(world) => world.name == *beside,
                Item::Use(_) | Item::Package(_) => false,
            };
            if !items.iter().any(is_it) {
                return false;
            }
            items.extend(parts.iter().filter_map(|part| match part {
                Part::Top(item) => Some(item.clone()),
                _ => None,
            }));
            return true;
        }
        Place::Interface(name) | Place::Resource(name, _) => interface(items, name),
        Place::World(_) => None,
    };
    let Some(list) = list else { return false };
    if let Place::Resource(_, resource) = into {
        let Some(members) = members(list, resource) else { return false };
        members.extend(parts.iter().filter_map(|part| match part {
            Part::InResource(function) => Some(function.clone()),
            _ => None,
        }));
        return true;
    }
    list.extend(parts.iter().filter_map(|part| match part {
        Part::InInterface(item) => Some(item.clone()),
        _ => None,
    }));
    true
}

fn keep(items: &mut [Item], what: &Place, part: &Part) -> bool {
    match (what, part) {
        (_, Part::Head { is_world, name, attributes }) => items.iter_mut().any(|item| match item {
            Item::Interface(found) if !is_world && found.name == *name => set(&mut found.attributes, attributes),
            Item::World(found) if *is_world && found.name == *name => set(&mut found.attributes, attributes),
            _ => false,
        }),
        (Place::Interface(name), Part::InInterface(part)) => {
            let Some(list) = interface(items, name) else { return false };
            match part {
                InterfaceItem::Use(part) => split(list, part, InterfaceItem::Use, |item| match item {
                    InterfaceItem::Use(used) => Some(used),
                    _ => None,
                }),
                InterfaceItem::Type(part) => list.iter_mut().any(|item| match item {
                    InterfaceItem::Type(found) if found.name == part.name => {
                        set(&mut found.attributes, &part.attributes)
                    }
                    _ => false,
                }),
                InterfaceItem::Function(part) => list.iter_mut().any(|item| match item {
                    InterfaceItem::Function(found)
                        if found.name == part.name && found.signature.keyword == part.signature.keyword =>
                    {
                        set(&mut found.attributes, &part.attributes)
                    }
                    _ => false,
                }),
            }
        }
        (Place::Resource(name, resource), Part::InResource(part)) => {
            let members = interface(items, name).and_then(|list| members(list, resource));
            members.into_iter().flatten().any(|found: &mut ResourceFunction| {
                let is_it = found.kind == part.kind && found.signature == part.signature;
                is_it && set(&mut found.attributes, &part.attributes)
            })
        }
        (Place::World(name), Part::InWorld(part)) => {
            let Some(list) = world(items, name) else { return false };
            keep_in_world(list, part)
        }
        _ => false,
    }
}

fn keep_in_world(list: &mut Vec<WorldItem>, part: &WorldItem) -> bool {
    let is_it = |found: &Extern, part: &Extern| {
        let signature = |item: &Extern| match &item.kind {
            ExternKind::Function { signature, .. } => Some(signature.keyword),
            _ => None,
        };
        let path = |item: &Extern| match &item.kind {
            ExternKind::Path(path) => Some(path.clone()),
            _ => None,
        };
        extern_name(&found.kind) == extern_name(&part.kind)
            && path(found) == path(part)
            && signature(found) == signature(part)
    };
    if let WorldItem::Use(part) = part {
        return split(list, part, WorldItem::Use, |item| match item {
            WorldItem::Use(used) => Some(used),
            _ => None,
        });
    }
    list.iter_mut().any(|found| match (found, part) {
        (WorldItem::Type(found), WorldItem::Type(part)) if found.name == part.name => {
            set(&mut found.attributes, &part.attributes)
        }
        (WorldItem::Import(found), WorldItem::Import(part)) | (WorldItem::Export(found), WorldItem::Export(part))
            if is_it(found, part) =>
        {
            set(&mut found.attributes, &part.attributes)
        }
        _ => false,
    })
}

/// One name of a `use` becomes a statement of its own.
fn split<T>(list: &mut Vec<T>, part: &Use, item: impl Fn(Use) -> T, used: impl Fn(&mut T) -> Option<&mut Use>) -> bool {
    let Some(name) = part.names.first() else { return false };
    let holds = |used: &Use| used.path == part.path && used.names.contains(name);
    let Some(at) = list.iter_mut().position(|item| used(item).is_some_and(|used| holds(used))) else { return false };
    let others = list.get_mut(at).and_then(used).map(|used| {
        used.names.retain(|found: &UseName| local(found) != local(name));
        used.names.len()
    });
    match others {
        Some(0) => {
            if let Some(whole) = list.get_mut(at) {
                *whole = item(part.clone());
            }
        }
        _ => list.insert(at + 1, item(part.clone())),
    }
    true
}

fn restores(items: &mut [Item], what: &Place) -> bool {
    match what {
        Place::Package { .. } => true,
        Place::Interface(name) => interface(items, name).is_some(),
        Place::Resource(name, resource) => interface(items, name).is_some_and(|list| members(list, resource).is_some()),
        Place::World(name) => world(items, name).is_some(),
    }
}

fn interface<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<InterfaceItem>> {
    items.iter_mut().find_map(|item| match item {
        Item::Interface(found) if found.name == name => Some(&mut found.items),
        _ => None,
    })
}

fn world<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<WorldItem>> {
    items.iter_mut().find_map(|item| match item {
        Item::World(found) if found.name == name => Some(&mut found.items),
        _ => None,
    })
}

fn members<'a>(items: &'a mut [InterfaceItem], resource: &str) -> Option<&'a mut Vec<ResourceFunction>> {
    items.iter_mut().find_map(|item| match item {
        InterfaceItem::Type(TypeDef { name, kind: TypeDefKind::Resource(members), .. }) if name == resource => {
            Some(members)
        }
        _ => None,
    })
}

fn set(attributes: &mut Vec<Attribute>, wanted: &[Attribute]) -> bool {
    *attributes = wanted.to_vec();
    true
}

/// The package line, and every path with a version to the package.
fn set_version(file: &mut File, package: &str, version: &str) {
    let old = file.package.as_ref().filter(|found| is_named(&found.name, package));
    let mut old = old.and_then(|found| found.name.version.clone());
    if let Some(found) = file.package.as_mut().filter(|found| is_named(&found.name, package)) {
        found.name.version = Some(version.into());
    }
    for item in &mut file.items {
        if let Item::Package(found) = item
            && is_named(&found.name, package)
        {
            old = found.name.version.replace(version.into());
        }
    }
    let mut point = |path: &mut Path| {
        if let Some(found) = path.package.as_mut().filter(|found| is_named(found, package))
            && found.version == old
        {
            found.version = Some(version.into());
        }
    };
    file.items.iter_mut().for_each(|item| for_each_path(item, &mut point));
}

fn for_each_path(item: &mut Item, point: &mut dyn FnMut(&mut Path)) {
    match item {
        Item::Use(used) => point(&mut used.path),
        Item::Interface(interface) => interface.items.iter_mut().for_each(|item| of_interface(item, point)),
        Item::Package(package) => package.items.iter_mut().for_each(|item| for_each_path(item, point)),
        Item::World(world) => {
            for item in &mut world.items {
                match item {
                    WorldItem::Use(Use { path, .. }) | WorldItem::Include(Include { path, .. }) => point(path),
                    WorldItem::Type(_) => {}
                    WorldItem::Import(item) | WorldItem::Export(item) => match &mut item.kind {
                        ExternKind::Path(path) | ExternKind::Named { path, .. } => point(path),
                        ExternKind::Function { .. } => {}
                        ExternKind::Interface { items, .. } => {
                            items.iter_mut().for_each(|item| of_interface(item, point));
                        }
                    },
                }
            }
        }
    }
}

fn of_interface(item: &mut InterfaceItem, point: &mut dyn FnMut(&mut Path)) {
    if let InterfaceItem::Use(used) = item {
        point(&mut used.path);
    }
}
