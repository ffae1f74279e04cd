//! Types and resources moved to another interface, with and without `use` back.

use super::{Pen, Row};
use crate::draft::Home;
use crate::scope::U8;
use std::collections::BTreeSet;
use wit_diff::syntax::{Interface, Item, TypeDef, TypeDefKind, Use, UseName};

pub const EDITS: &[Row] = &[
    ("type moved, used back", |pen| moved(pen, is_value, true, true)),
    ("type moved for good", |pen| moved(pen, is_value, false, true)),
    ("resource moved with methods, used back", |pen| moved(pen, is_resource, true, true)),
    ("resource moved without methods, used back", |pen| moved(pen, is_resource, true, false)),
    ("resource moved for good", |pen| moved(pen, is_resource, false, true)),
];

fn is_value(kind: &TypeDefKind) -> bool {
    !is_resource(kind)
}

fn is_resource(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Resource(_))
}

fn moved(pen: &mut Pen, filter: fn(&TypeDefKind) -> bool, back: bool, with_functions: bool) -> Option<()> {
    let (home, name) = pen.definition(filter)?;
    let to = destination(pen, home)?;
    let taken = pen.draft.taken(to);

    // Whatever the type needs goes along: definitions move, uses are copied.
    let (mut moving, mut used) = (Vec::new(), Vec::new());
    let mut open = BTreeSet::from([name.clone()]);
    while let Some(name) = open.pop_first() {
        if taken.contains(&name) {
            return None;
        }
        if let Some(mut ty) = pen.def(home, &name).cloned() {
            if let (TypeDefKind::Resource(functions), false) = (&mut ty.kind, with_functions) {
                functions.clear();
            }
            let mut names = Vec::new();
            ty.for_each_type(&mut |ty| names.extend(crate::scope::name_of(ty)));
            let known = |name: &String, moving: &[TypeDef]| moving.iter().any(|ty| ty.name == *name);
            moving.push(ty);
            open.extend(names.into_iter().filter(|name| !known(name, &moving) && !is_used(&used, name)));
        } else if let Some((from, of)) = pen.draft.origin(home, &name) {
            if from == to {
                return None;
            }
            let path = pen.draft.path_to(to, from)?;
            let renamed = (of != name).then(|| name.clone());
            used.push((name, Use { attributes: Vec::new(), path, names: vec![UseName { name: of, renamed }] }));
        } else {
            return None;
        }
    }
    let users: Vec<_> = moving.iter().map(|ty| (ty.name.clone(), pen.draft.users(home, &ty.name))).collect();
    let path = pen.draft.path_to(home, to)?;
    for (_, item) in used {
        pen.draft.add_use(to, item)?;
    }
    for ty in moving {
        let name = ty.name.clone();
        if back {
            pen.draft.remove_type(home, &name)?;
            let names = vec![UseName { name, renamed: None }];
            pen.draft.add_use(home, Use { attributes: Vec::new(), path: path.clone(), names })?;
        } else {
            pen.draft.drop_type(home, &name, &U8);
        }
        pen.draft.add_type(to, ty)?;
    }
    // Whoever used it from here may now use it from there.
    if pen.one_in(2) {
        for (name, users) in users {
            for (user, local) in users {
                let path = pen.draft.path_to(user, to)?;
                if user != to && pen.draft.remove_use(user, &local).is_some() {
                    let renamed = (local != name).then_some(local);
                    let names = vec![UseName { name: name.clone(), renamed }];
                    pen.draft.add_use(user, Use { attributes: Vec::new(), path, names })?;
                }
            }
        }
    }
    Some(())
}

fn is_used(used: &[(String, Use)], name: &str) -> bool {
    used.iter().any(|(local, _)| local == name)
}

/// Another interface of the package, or a new one.
fn destination(pen: &mut Pen, home: Home) -> Option<Home> {
    if !pen.one_in(3)
        && let Some(to) = pen.interface()
        && to != home
        && !pen.draft.needs(to, home)
    {
        return Some(to);
    }
    let name = pen.fresh_interface(pen.package)?;
    let items = &mut pen.draft.packages[home.package()][home.file()].items;
    items.push(Item::Interface(Interface { docs: Vec::new(), attributes: Vec::new(), name, items: Vec::new() }));
    Some(Home::Interface(home.package(), home.file(), items.len() - 1))
}
