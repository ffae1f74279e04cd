//! What was removed, kept and marked as deprecated; and what was changed for nothing, as it was.

use super::definition::{Definition, encoded};
use super::package::{Both, Target, extern_name, local};
use super::rewrite::bare_type;
use super::{Advice, Part, Place, Shape, Step};
use crate::syntax::{
    Attribute, Extern, ExternKind, Function, InterfaceItem, ResourceFunction, TypeDef, TypeDefKind, Use, WorldItem,
};

/// The old definition, marked.
pub(super) fn keep(both: &Both<'_>, interface: &str, definition: &Definition) -> Option<Advice> {
    let (place, part, name) = old(both, interface, definition)?;
    kept(both, place, part, name, is_there(both, interface, definition))
}

/// The old definition, as it is.
pub(super) fn restore(both: &Both<'_>, interface: &str, definition: &Definition) -> Option<Advice> {
    let (what, part, name) = old(both, interface, definition)?;
    Some(Advice { shape: Shape::Restore { name }, steps: vec![Step::Restore { what, part }], version: None })
}

/// The statement by which an interface used types of another one.
pub(super) fn restore_use(both: &Both<'_>, interface: &str, used: &str) -> Option<Advice> {
    let home = both.old.interfaces.get(interface)?;
    let found = home.interface.items.iter().find_map(|item| match item {
        InterfaceItem::Use(found) if both.old.path(home.list, &found.path) == used => Some(found),
        _ => None,
    })?;
    let part = Part::InInterface(InterfaceItem::Use(Use { attributes: Vec::new(), ..found.clone() }));
    let what = Place::Interface(interface.into());
    let shape = Shape::Restore { name: found.path.name.clone() };
    Some(Advice { shape, steps: vec![Step::Restore { what, part }], version: None })
}

/// An interface or a world, marked.
pub(super) fn keep_whole(both: &Both<'_>, name: &str, is_world: bool) -> Option<Advice> {
    let attributes = match is_world {
        true => &both.old.worlds.get(name)?.1.attributes,
        false => &both.old.interfaces.get(name)?.interface.attributes,
    };
    let part = Part::Head { is_world, name: name.into(), attributes: attributes.clone() };
    let place = if is_world { Place::World(name.into()) } else { Place::Interface(name.into()) };
    let is_there = if is_world { both.new.worlds.contains_key(name) } else { both.new.interfaces.contains_key(name) };
    kept(both, place, part, name.into(), is_there)
}

/// A statement of a world, marked; `None` where something else brought along what is gone.
pub(super) fn keep_statement(both: &Both<'_>, world: &str, statement: &str) -> Option<Advice> {
    let &(list, found) = both.old.worlds.get(world)?;
    let path = |item: &Extern| match &item.kind {
        ExternKind::Path(path) => both.old.path(list, path),
        ExternKind::Function { name, signature } => encoded(name, signature.keyword).into_owned(),
        ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => name.clone(),
    };
    let (part, name) = found.items.iter().find_map(|item| {
        Some(match (item, statement.split_once(':')?) {
            (WorldItem::Import(item), ("import", wanted)) if path(item) == wanted => {
                (WorldItem::Import(bare_statement(item)), extern_name(&item.kind).to_string())
            }
            (WorldItem::Export(item), ("export", wanted)) if path(item) == wanted => {
                (WorldItem::Export(bare_statement(item)), extern_name(&item.kind).to_string())
            }
            (WorldItem::Type(ty), ("type", wanted)) if ty.name == wanted => {
                (WorldItem::Type(bare(ty)), ty.name.clone())
            }
            (WorldItem::Use(used), ("type", wanted)) => (WorldItem::Use(alone(used, wanted)?), wanted.to_string()),
            _ => return None,
        })
    })?;
    let is_there = both.new.worlds.get(world).is_some_and(|(_, new)| new.items.contains(&part));
    kept(both, Place::World(world.into()), Part::InWorld(part), name, is_there)
}

/// Marked in a package with a version, else as it is; as it is also where a gate alone makes it gone.
fn kept(both: &Both<'_>, what: Place, mut part: Part, name: String, is_there: bool) -> Option<Advice> {
    let attributes = match &mut part {
        Part::InInterface(InterfaceItem::Use(Use { attributes, .. }))
        | Part::InInterface(InterfaceItem::Type(TypeDef { attributes, .. }))
        | Part::InInterface(InterfaceItem::Function(Function { attributes, .. }))
        | Part::InResource(ResourceFunction { attributes, .. })
        | Part::InWorld(WorldItem::Use(Use { attributes, .. }))
        | Part::InWorld(WorldItem::Type(TypeDef { attributes, .. }))
        | Part::InWorld(WorldItem::Import(Extern { attributes, .. }))
        | Part::InWorld(WorldItem::Export(Extern { attributes, .. }))
        | Part::Head { attributes, .. } => attributes,
        Part::Top(_) | Part::InWorld(WorldItem::Include(_)) => return None,
    };
    let is_marked = attributes.iter().any(|attribute| matches!(attribute, Attribute::Deprecated(_)));
    let (Some(next), Some(version), false, false) = (&both.next, &both.version, is_there, is_marked) else {
        let shape = Shape::Restore { name };
        return Some(Advice { shape, steps: vec![Step::Restore { what, part }], version: None });
    };
    let is_gated = attributes.iter().any(|a| matches!(a, Attribute::Since(_) | Attribute::Unstable(_)));
    if !is_gated {
        attributes.push(Attribute::Since(version.clone()));
    }
    attributes.push(Attribute::Deprecated(next.clone()));
    let steps = vec![Step::Keep { what, part }];
    Some(Advice { shape: Shape::Keep { name }, version: Some(next.clone()), steps })
}

/// Whether the new side still has a definition in its text.
fn is_there(both: &Both<'_>, interface: &str, definition: &Definition) -> bool {
    let Some(home) = both.new.interfaces.get(interface) else { return false };
    match definition {
        Definition::Type(name) => home.types.contains_key(&**name),
        Definition::Function(name) => {
            home.interface.items.iter().any(
                |item| matches!(item, InterfaceItem::Function(f) if encoded(&f.name, f.signature.keyword) == *name),
            )
        }
        Definition::Member(resource, name) => {
            both.new.members(interface, resource).iter().any(|member| member.encoded(resource) == *name)
        }
    }
}

/// A definition of the old side where it stands, without documentation, and its name.
fn old(both: &Both<'_>, interface: &str, definition: &Definition) -> Option<(Place, Part, String)> {
    let home = both.old.interfaces.get(interface)?;
    let place = Place::Interface(interface.into());
    let items = home.interface.items.iter();
    match definition {
        Definition::Type(name) => items
            .filter_map(|item| match item {
                InterfaceItem::Type(ty) if ty.name == *name => Some(InterfaceItem::Type(bare(ty))),
                InterfaceItem::Use(used) => Some(InterfaceItem::Use(alone(used, name)?)),
                InterfaceItem::Type(_) | InterfaceItem::Function(_) => None,
            })
            .next()
            .map(|item| (place, Part::InInterface(item), name.clone())),
        Definition::Function(wanted) => items.clone().find_map(|item| match item {
            InterfaceItem::Function(found) if encoded(&found.name, found.signature.keyword) == *wanted => {
                let bare = Function { docs: Vec::new(), ..found.clone() };
                Some((place.clone(), Part::InInterface(InterfaceItem::Function(bare)), found.name.clone()))
            }
            _ => None,
        }),
        Definition::Member(resource, wanted) => {
            let members = both.old.members(interface, resource);
            let found = members.iter().find(|member| {
                let encoded = member.encoded(resource);
                // A method made static is called by its new name.
                encoded == *wanted || encoded.split_once(']').map(|(_, n)| n) == wanted.split_once(']').map(|(_, n)| n)
            })?;
            let name = format!("{resource}.{}", found.name().unwrap_or("constructor"));
            let place = Place::Resource(interface.into(), resource.clone());
            Some((place, Part::InResource(ResourceFunction { docs: Vec::new(), ..found.clone() }), name))
        }
    }
}

/// A type with its attributes and without documentation; of a resource, the head alone.
fn bare(ty: &TypeDef) -> TypeDef {
    let mut ty = bare_type(ty);
    if let TypeDefKind::Resource(members) = &mut ty.kind {
        members.clear();
    }
    ty
}

fn bare_statement(item: &Extern) -> Extern {
    Extern { docs: Vec::new(), ..item.clone() }
}

/// The one name of a `use`, if it is there.
fn alone(used: &Use, name: &str) -> Option<Use> {
    let found = used.names.iter().find(|found| local(found) == name)?;
    Some(Use { attributes: used.attributes.clone(), path: used.path.clone(), names: vec![found.clone()] })
}

impl super::package::Package<'_> {
    /// A path as reports have it, without a version.
    pub(super) fn path(&self, list: usize, path: &crate::syntax::Path) -> String {
        match self.target(list, path) {
            Target::Own(name) => format!("{}/{name}", self.name),
            Target::Foreign(path) => {
                let package = path.package.map(|p| format!("{}:{}/", p.namespace, p.name)).unwrap_or_default();
                format!("{package}{}", path.name)
            }
        }
    }

    /// The interface that a type is used from, if it is.
    pub(super) fn uses(&self, home: &super::package::Home<'_>, name: &str) -> Option<String> {
        match home.types.get(name)? {
            super::package::Named::Used(Target::Own(interface), _) => Some(format!("{}/{interface}", self.name)),
            super::package::Named::Used(Target::Foreign(path), _) => Some(self.path(usize::MAX, path)),
            super::package::Named::Defined(_) => None,
        }
    }
}
