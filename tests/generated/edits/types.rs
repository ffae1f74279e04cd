//! Named types as wholes: added, dropped, renamed, made another kind, aliased, copied.

use super::{Pen, Row};
use crate::draft::Home;
use crate::scope::U8;
use wit_diff::syntax::{Case, Field, Primitive, Tag, Type, TypeDef, TypeDefKind};

pub const EDITS: &[Row] = &[
    ("type added", add),
    ("type removed", remove),
    ("type renamed", rename),
    ("type retyped", retype),
    ("type made another kind of equal shape", another_kind),
    ("alias made a nominal copy", copied),
    ("type made an alias of its equal", aliased),
    ("alias of a type added", alias_added),
    ("copy of a type added", copy_added),
    ("named type made anonymous", anonymous),
    ("anonymous type given a name", named),
    ("reference put on another type", redirected),
    ("parameter put on a copy of its type", |pen| put_on_copy(pen, Holder::Parameter)),
    ("result put on a copy of its type", |pen| put_on_copy(pen, Holder::Result)),
    ("field put on a copy of its type", |pen| put_on_copy(pen, Holder::Field)),
    ("payload put on a copy of its type", |pen| put_on_copy(pen, Holder::Payload)),
    ("alias put on a copy of its type", |pen| put_on_copy(pen, Holder::Alias)),
    ("alias put on another type", alias_retyped),
];

fn is_value(kind: &TypeDefKind) -> bool {
    !matches!(kind, TypeDefKind::Resource(_))
}

fn add(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let name = pen.fresh_in(home)?;
    let kind = pen.kind(home, &name);
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

fn remove(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_value)?;
    pen.draft.drop_type(home, &name, &U8);
    Some(())
}

/// Renamed with everything that names it; other interfaces keep their name for it.
fn rename(pen: &mut Pen) -> Option<()> {
    let (home, old) = pen.definition(|_| true)?;
    let new = pen.fresh_in(home)?;
    pen.rename_type(home, &old, &new)
}

impl Pen<'_> {
    pub fn rename_type(&mut self, home: Home, old: &str, new: &str) -> Option<()> {
        let users = self.draft.users(home, old);
        self.def(home, old)?.name = new.to_string();
        self.draft.rename_references(home, old, new);
        for (user, _) in users {
            let (package, file) = (user.package(), user.file());
            let uses = self.draft.uses(user).len();
            for at in 0..uses {
                let path = self.draft.uses(user)[at].path.clone();
                if self.draft.find(package, file, &path) == Some(home) {
                    for used in self.draft.uses(user)[at].names.iter_mut().filter(|used| used.name == old) {
                        used.renamed = Some(used.renamed.take().unwrap_or(old.to_string()));
                        used.name = new.to_string();
                    }
                }
            }
        }
        Some(())
    }
}

fn retype(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_value)?;
    let kind = pen.kind(home, &name);
    if matches!(kind, TypeDefKind::Resource(_)) {
        return None;
    }
    pen.def(home, &name)?.kind = kind;
    Some(())
}

fn another_kind(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_value)?;
    let choice = pen.rng.bool();
    let docs = Vec::new;
    let kind = &mut pen.def(home, &name)?.kind;
    *kind = match &*kind {
        TypeDefKind::Record(fields) if fields.iter().all(|f| f.ty == Type::Primitive(Primitive::Bool)) && choice => {
            TypeDefKind::Flags(fields.iter().map(|f| Tag { docs: docs(), name: f.name.clone() }).collect())
        }
        TypeDefKind::Record(fields) => {
            TypeDefKind::Alias(Type::Tuple(fields.iter().map(|field| field.ty.clone()).collect()))
        }
        TypeDefKind::Variant(cases) => match &cases[..] {
            [Case { ty: None, .. }, Case { ty: Some(ty), .. }] if choice => {
                TypeDefKind::Alias(Type::Option(Box::new(ty.clone())))
            }
            [ok, err] if choice => {
                TypeDefKind::Alias(Type::Result(ok.ty.clone().map(Box::new), err.ty.clone().map(Box::new)))
            }
            cases => TypeDefKind::Enum(cases.iter().map(|c| Tag { docs: docs(), name: c.name.clone() }).collect()),
        },
        TypeDefKind::Enum(tags) if choice => TypeDefKind::Flags(tags.clone()),
        TypeDefKind::Enum(tags) => {
            let case = |tag: &Tag| Case { docs: docs(), name: tag.name.clone(), ty: None };
            TypeDefKind::Variant(tags.iter().map(case).collect())
        }
        TypeDefKind::Flags(tags) if choice => TypeDefKind::Enum(tags.clone()),
        TypeDefKind::Flags(tags) => {
            let field =
                |tag: &Tag| Field { docs: docs(), name: tag.name.clone(), ty: Type::Primitive(Primitive::Bool) };
            TypeDefKind::Record(tags.iter().map(field).collect())
        }
        TypeDefKind::Alias(Type::Tuple(types)) => {
            let field = |(at, ty): (usize, &Type)| Field { docs: docs(), name: format!("f{at}"), ty: ty.clone() };
            TypeDefKind::Record(types.iter().enumerate().map(field).collect())
        }
        TypeDefKind::Alias(Type::List(inner)) => TypeDefKind::Alias(Type::FixedLengthList(inner.clone(), 2)),
        TypeDefKind::Alias(Type::Option(inner)) => TypeDefKind::Variant(vec![
            Case { docs: docs(), name: "none".into(), ty: None },
            Case { docs: docs(), name: "some".into(), ty: Some((**inner).clone()) },
        ]),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => return None,
    };
    Some(())
}

/// `type a = b` becomes a definition of its own, as that of `b`.
fn copied(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(|kind| matches!(kind, TypeDefKind::Alias(Type::Name(_))))?;
    let TypeDefKind::Alias(Type::Name(of)) = pen.def(home, &name)?.kind.clone() else { return None };
    let mut kind = pen.def(home, &of)?.kind.clone();
    if let TypeDefKind::Resource(functions) = &mut kind {
        functions.clear();
    }
    pen.def(home, &name)?.kind = kind;
    Some(())
}

/// Two definitions that are equal become one and an alias.
fn aliased(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(|kind| !matches!(kind, TypeDefKind::Alias(Type::Name(_))))?;
    let kind = pen.def(home, &name)?.kind.clone();
    let equal = |ty: &&mut TypeDef| ty.name != name && ty.kind == kind;
    let others = pen.draft.types(home).into_iter().filter(equal).map(|ty| ty.name.clone()).collect();
    let other = pen.pick(others)?;
    pen.def(home, &name)?.kind = TypeDefKind::Alias(Type::Name(other));
    Some(())
}

fn alias_added(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let name = pen.fresh_in(home)?;
    let scope = pen.draft.scope(home);
    let of = pen.pick(scope)?;
    let kind =
        TypeDefKind::Alias(if of.is_resource && pen.one_in(3) { Type::Own(of.name) } else { Type::Name(of.name) });
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

fn copy_added(pen: &mut Pen) -> Option<()> {
    let (home, of) = pen.definition(|_| true)?;
    let name = pen.fresh_in(home)?;
    let kind = pen.def(home, &of)?.kind.clone();
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

/// An alias is dropped, and what it stands for is written out.
fn anonymous(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(|kind| matches!(kind, TypeDefKind::Alias(_)))?;
    let TypeDefKind::Alias(ty) = pen.def(home, &name)?.kind.clone() else { return None };
    pen.draft.drop_type(home, &name, &ty);
    Some(())
}

/// What a signature writes out becomes an alias.
fn named(pen: &mut Pen) -> Option<()> {
    let (home, at) = pen.signature(|signature| !signature.parameters.is_empty() || signature.result.is_some())?;
    let name = pen.fresh_in(home)?;
    let mut held = Vec::new();
    pen.draft.signatures(home)[at].for_each_type(&mut |ty| {
        let mut inner = Vec::new();
        ty.clone().for_each(&mut |ty| inner.push(matches!(ty, Type::Borrow(_))));
        if !matches!(ty, Type::Name(_)) && !inner.contains(&true) {
            held.push(ty.clone());
        }
    });
    let ty = pen.pick(held)?;
    let everywhere = pen.one_in(2);
    let mut replace = |found: &mut Type| {
        if *found == ty {
            *found = Type::Name(name.clone());
        }
    };
    match everywhere {
        true => pen.draft.for_each_type(home, &mut replace),
        false => pen.draft.signatures(home)[at].for_each_type(&mut replace),
    }
    let kind = TypeDefKind::Alias(ty);
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

/// Every reference to one type goes to another one.
fn redirected(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let scope = pen.draft.scope(home);
    let (from, to) = (pen.pick(scope.clone())?, pen.pick(scope)?);
    if from.is_resource != to.is_resource || pen.draft.leads_to(home, &to.name, &from.name, 0) {
        return None;
    }
    for signature in pen.draft.signatures(home) {
        signature.for_each_type(&mut |ty| {
            if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty
                && *name == from.name
            {
                *name = to.name.clone();
            }
        });
    }
    Some(())
}

fn alias_retyped(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(|kind| matches!(kind, TypeDefKind::Alias(_)))?;
    let ty = pen.ty(home, Some(&name));
    pen.def(home, &name)?.kind = TypeDefKind::Alias(ty);
    Some(())
}

#[derive(Clone, Copy, PartialEq)]
enum Holder {
    Parameter,
    Result,
    Field,
    Payload,
    Alias,
}

/// One reference to a nominal type goes to a copy of that, a new one where there is none; the type itself stays.
fn put_on_copy(pen: &mut Pen, holder: Holder) -> Option<()> {
    let home = pen.home()?;
    let nominal = |ty: &&mut TypeDef| !matches!(ty.kind, TypeDefKind::Alias(_) | TypeDefKind::Resource(_));
    let types: Vec<TypeDef> = pen.draft.types(home).into_iter().filter(nominal).map(|ty| ty.clone()).collect();
    let of = pen.pick(types.clone())?;
    let copies = types.into_iter().filter(|ty| ty.name != of.name && ty.kind == of.kind).map(|ty| ty.name).collect();
    let copy = pen.pick(copies);
    let name = copy.clone().map_or_else(|| pen.fresh_in(home), Some)?;
    let mut places: Vec<&mut Type> = match holder {
        Holder::Parameter => {
            let signatures = pen.draft.signatures(home).into_iter();
            signatures.flat_map(|signature| &mut signature.parameters).map(|parameter| &mut parameter.ty).collect()
        }
        Holder::Result => {
            pen.draft.signatures(home).into_iter().filter_map(|signature| signature.result.as_mut()).collect()
        }
        Holder::Field | Holder::Payload | Holder::Alias => {
            let types = pen.draft.types(home).into_iter();
            types.flat_map(|ty| parts(&mut ty.kind, holder)).collect()
        }
    };
    let names = |ty: &mut Type| {
        let mut found = false;
        ty.for_each(&mut |ty| found |= *ty == Type::Name(of.name.clone()));
        found
    };
    places.retain_mut(|ty| names(ty));
    let at = pen.rng.usize(..(!places.is_empty()).then_some(places.len())?);
    places.swap_remove(at).for_each(&mut |ty| {
        if *ty == Type::Name(of.name.clone()) {
            *ty = Type::Name(name.clone());
        }
    });
    if copy.is_some() { Some(()) } else { pen.draft.add_type(home, TypeDef { name, ..of }) }
}

fn parts(kind: &mut TypeDefKind, holder: Holder) -> Vec<&mut Type> {
    match (kind, holder) {
        (TypeDefKind::Record(fields), Holder::Field) => fields.iter_mut().map(|field| &mut field.ty).collect(),
        (TypeDefKind::Variant(cases), Holder::Payload) => {
            cases.iter_mut().filter_map(|case| case.ty.as_mut()).collect()
        }
        (TypeDefKind::Alias(ty), Holder::Alias) => vec![ty],
        _ => Vec::new(),
    }
}
