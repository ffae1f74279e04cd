//! What a world has to import for an interface, and in which order.

use wit_parser::{InterfaceId, Resolve, Stability, WorldItem, WorldKey};

/// The interfaces whose types `id` needs, each after those that it needs itself.
pub(super) fn dependencies(resolve: &Resolve, id: InterfaceId) -> Vec<InterfaceId> {
    let mut ordered = Vec::new();
    add_dependencies(resolve, id, &mut ordered);
    ordered
}

pub(super) fn add_dependencies(resolve: &Resolve, id: InterfaceId, ordered: &mut Vec<InterfaceId>) {
    for dependency in resolve.interface_direct_deps(id) {
        if !ordered.contains(&dependency) {
            add_dependencies(resolve, dependency, ordered);
            ordered.push(dependency);
        }
    }
}

/// The entry of an interface in a world, under its own name.
pub(super) fn entry(id: InterfaceId) -> (WorldKey, WorldItem) {
    let (stability, span) = (Stability::Unknown, Default::default());
    let item = WorldItem::Interface { id, stability, external_id: None, docs: Default::default(), span };
    (WorldKey::Interface(id), item)
}
