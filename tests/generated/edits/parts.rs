//! Fields, cases and flags.

use super::{Pen, Row};
use crate::draft::Home;
use wit_diff::syntax::{Case, Field, Tag, TypeDefKind};

pub const EDITS: &[Row] = &[
    ("record field added", |pen| add(pen, is_record)),
    ("record field removed", |pen| remove(pen, is_record)),
    ("record field renamed", |pen| rename(pen, is_record)),
    ("record field renamed in case alone", |pen| recase(pen, is_record)),
    ("record fields reordered", |pen| reorder(pen, is_record)),
    ("record field retyped", |pen| retype(pen, is_record)),
    ("variant case added", |pen| add(pen, is_variant)),
    ("variant case removed", |pen| remove(pen, is_variant)),
    ("variant case renamed", |pen| rename(pen, is_variant)),
    ("variant case renamed in case alone", |pen| recase(pen, is_variant)),
    ("variant cases reordered", |pen| reorder(pen, is_variant)),
    ("variant case retyped", |pen| retype(pen, is_variant)),
    ("variant payload added or removed", payload),
    ("enum case added", |pen| add(pen, is_enum)),
    ("enum case removed", |pen| remove(pen, is_enum)),
    ("enum case renamed", |pen| rename(pen, is_enum)),
    ("enum cases reordered", |pen| reorder(pen, is_enum)),
    ("flag added", |pen| add(pen, is_flags)),
    ("flag removed", |pen| remove(pen, is_flags)),
    ("flag renamed", |pen| rename(pen, is_flags)),
    ("flags reordered", |pen| reorder(pen, is_flags)),
];

type Filter = fn(&TypeDefKind) -> bool;

fn is_record(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Record(_))
}

fn is_variant(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Variant(_))
}

fn is_enum(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Enum(_))
}

fn is_flags(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Flags(_))
}

fn add(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, ty) = pen.definition(filter)?;
    let taken = names(pen, home, &ty)?.into_iter().map(|name| name.clone()).collect::<Vec<_>>();
    let name = pen.fresh(&taken)?;
    let payload = pen.ty(home, Some(&ty));
    let has_payload = pen.one_in(2);
    let at = pen.rng.usize(..=taken.len());
    let docs = Vec::new();
    match &mut pen.def(home, &ty)?.kind {
        TypeDefKind::Record(fields) => fields.insert(at, Field { docs, name, ty: payload }),
        TypeDefKind::Variant(cases) => cases.insert(at, Case { docs, name, ty: has_payload.then_some(payload) }),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => tags.insert(at, Tag { docs, name }),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => return None,
    }
    Some(())
}

fn remove(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, ty) = pen.definition(filter)?;
    let count = names(pen, home, &ty)?.len();
    // None is left without any: there is no such type.
    let at = pen.rng.usize(..(count > 1).then_some(count)?);
    match &mut pen.def(home, &ty)?.kind {
        TypeDefKind::Record(fields) => drop(fields.remove(at)),
        TypeDefKind::Variant(cases) => drop(cases.remove(at)),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => drop(tags.remove(at)),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => return None,
    }
    Some(())
}

fn rename(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, ty) = pen.definition(filter)?;
    let taken = names(pen, home, &ty)?.into_iter().map(|name| name.clone()).collect::<Vec<_>>();
    let name = pen.fresh(&taken)?;
    let at = pen.rng.usize(..taken.len());
    *names(pen, home, &ty)?.swap_remove(at) = name;
    Some(())
}

fn recase(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, ty) = pen.definition(filter)?;
    let count = names(pen, home, &ty)?.len();
    let at = pen.rng.usize(..count);
    let name = names(pen, home, &ty)?.swap_remove(at);
    let upper = name.to_uppercase();
    *name = if *name == upper { name.to_lowercase() } else { upper };
    Some(())
}

fn reorder(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, ty) = pen.definition(filter)?;
    let count = names(pen, home, &ty)?.len();
    let (a, b) = (pen.rng.usize(..count), pen.rng.usize(..count));
    match &mut pen.def(home, &ty)?.kind {
        TypeDefKind::Record(fields) => fields.swap(a, b),
        TypeDefKind::Variant(cases) => cases.swap(a, b),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => tags.swap(a, b),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => return None,
    }
    Some(())
}

fn retype(pen: &mut Pen, filter: Filter) -> Option<()> {
    let (home, name) = pen.definition(filter)?;
    let ty = pen.ty(home, Some(&name));
    let count = names(pen, home, &name)?.len();
    let at = pen.rng.usize(..count);
    match &mut pen.def(home, &name)?.kind {
        TypeDefKind::Record(fields) => fields[at].ty = ty,
        TypeDefKind::Variant(cases) => cases[at].ty = Some(ty),
        _ => return None,
    }
    Some(())
}

fn payload(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_variant)?;
    let ty = pen.ty(home, Some(&name));
    let count = names(pen, home, &name)?.len();
    let at = pen.rng.usize(..count);
    let TypeDefKind::Variant(cases) = &mut pen.def(home, &name)?.kind else { return None };
    let payload = &mut cases[at].ty;
    *payload = if payload.is_some() { None } else { Some(ty) };
    Some(())
}

/// The names of the fields, cases or flags; never none.
fn names<'a>(pen: &'a mut Pen, home: Home, ty: &str) -> Option<Vec<&'a mut String>> {
    let names: Vec<&mut String> = match &mut pen.def(home, ty)?.kind {
        TypeDefKind::Record(fields) => fields.iter_mut().map(|field| &mut field.name).collect(),
        TypeDefKind::Variant(cases) => cases.iter_mut().map(|case| &mut case.name).collect(),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => tags.iter_mut().map(|tag| &mut tag.name).collect(),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => return None,
    };
    (!names.is_empty()).then_some(names)
}
