//! What `wkg` 0.16.1 does not know yet: it has `wit-component` 0.254 in it, and this crate a newer one.

use crate::judge::Newer;
use wit_parser::{LiveTypes, Resolve, TypeDefKind, WorldId, WorldItem, WorldKey};

/// What is in the package and makes it unreadable there.
pub(super) fn in_package(resolve: &Resolve) -> Option<Newer> {
    let mut names = resolve.interfaces.iter().flat_map(|(_, interface)| interface.functions.keys());
    names.any(|name| name.contains("[get]") || name.contains("[set]")).then_some(Newer::Accessor)
}

/// What is in a world that a component is built for, and in one that it is to fit, and cannot be compared there.
pub(super) fn in_worlds(resolve: &Resolve, prev: WorldId, next: WorldId) -> Option<Newer> {
    // The component imports only what its functions use.
    in_world(resolve, prev, false).or_else(|| in_world(resolve, next, true))
}

fn in_world(resolve: &Resolve, world: WorldId, with_unused: bool) -> Option<Newer> {
    let world = &resolve.worlds[world];
    let mut live = LiveTypes::default();
    for (key, item) in &world.imports {
        if let Some(found) = of_item(resolve, key, item) {
            return Some(found);
        }
        match item {
            item if with_unused => live.add_world_item(resolve, item),
            WorldItem::Interface { id, .. } => {
                resolve.interfaces[*id].functions.values().for_each(|function| live.add_func(resolve, function));
            }
            WorldItem::Function(function) => live.add_func(resolve, function),
            WorldItem::Type { .. } => {}
        }
    }
    for (key, item) in &world.exports {
        if let Some(found) = of_item(resolve, key, item) {
            return Some(found);
        }
        live.add_world_item(resolve, item);
    }
    live.iter().find_map(|id| match &resolve.types[id] {
        ty if ty.external_id.is_some() => Some(Newer::ExternalId),
        ty => matches!(ty.kind, TypeDefKind::Map(..)).then_some(Newer::Map),
    })
}

fn of_item(resolve: &Resolve, key: &WorldKey, item: &WorldItem) -> Option<Newer> {
    let has_id = match item {
        WorldItem::Interface { id, .. } => {
            resolve.interfaces[*id].functions.values().any(|function| function.external_id.is_some())
        }
        WorldItem::Function(_) | WorldItem::Type { .. } => false,
    };
    if has_id || resolve.external_id_value(key, item).is_some() {
        return Some(Newer::ExternalId);
    }
    resolve.implements_interface(key, item).map(|_| Newer::Implements)
}
