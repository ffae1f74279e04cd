//! Whether a package says since when its items are there.

use crate::syntax::{Attribute, Interface, InterfaceItem, Item, World, WorldItem};

/// Whether an item, or one in it, carries `@since`.
pub(super) fn is_gated(item: &Item) -> bool {
    let is_since = |attributes: &[Attribute]| attributes.iter().any(|a| matches!(a, Attribute::Since(_)));
    match item {
        Item::Interface(Interface { attributes, items, .. }) => {
            is_since(attributes)
                || items.iter().any(|item| match item {
                    InterfaceItem::Use(used) => is_since(&used.attributes),
                    InterfaceItem::Type(ty) => is_since(&ty.attributes),
                    InterfaceItem::Function(function) => is_since(&function.attributes),
                })
        }
        Item::World(World { attributes, items, .. }) => {
            is_since(attributes)
                || items.iter().any(|item| match item {
                    WorldItem::Use(used) => is_since(&used.attributes),
                    WorldItem::Type(ty) => is_since(&ty.attributes),
                    WorldItem::Include(include) => is_since(&include.attributes),
                    WorldItem::Import(item) | WorldItem::Export(item) => is_since(&item.attributes),
                })
        }
        Item::Use(_) | Item::Package(_) => false,
    }
}
