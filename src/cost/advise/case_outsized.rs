//! Lists of variants of which one case is far larger than all others.

use super::scope::Scope;
use super::types::{Types, inner, passed};
use crate::cost::{Fact, Finding};
use std::collections::HashSet;
use wit_parser::{PackageId, Type, TypeDefKind, TypeId, TypeOwner, Variant};

/// So many times as large as the next: most of a list is then room for what it does not hold.
const FACTOR: u64 = 4;
/// So many bytes more: a line of what processors keep at hand, for each element.
const LEAST_BYTES: u64 = 64;
/// With fewer, it is either something or the other thing, and half of the values may be large.
const LEAST_CASES: usize = 3;

pub(super) fn find(types: &Types, own: &[PackageId], scopes: &[Scope]) -> Vec<Finding> {
    let functions = scopes.iter().flat_map(|scope| &scope.functions);
    let mut left: Vec<(Type, bool)> =
        functions.flat_map(|known| passed(known.function)).map(|ty| (ty, false)).collect();
    let mut seen = HashSet::new();
    let mut findings = Vec::new();
    while let Some((ty, in_list)) = left.pop() {
        let Type::Id(id) = ty else { continue };
        if !seen.insert((id, in_list)) {
            continue;
        }
        let kind = &types.resolve().types[id].kind;
        if let (TypeDefKind::Variant(variant), true) = (kind, in_list) {
            findings.extend(outsized(types, variant).and_then(|fact| finding(types, own, id, fact)));
        }
        let in_list = match kind {
            TypeDefKind::List(_) | TypeDefKind::FixedLengthList(..) | TypeDefKind::Map(..) | TypeDefKind::Stream(_) => {
                true
            }
            _ => in_list,
        };
        left.extend(inner(kind).map(|ty| (ty, in_list)));
    }
    findings
}

fn outsized(types: &Types, variant: &Variant) -> Option<Fact> {
    if variant.cases.len() < LEAST_CASES {
        return None;
    }
    let bytes = |ty: Option<&Type>| ty.map_or(0, |ty| types.bytes(ty));
    let (mut name, mut largest, mut others) = ("", 0, 0);
    for case in &variant.cases {
        let bytes = bytes(case.ty.as_ref());
        if bytes > largest {
            (name, largest, others) = (&case.name, bytes, largest);
        } else {
            others = others.max(bytes);
        }
    }
    (largest >= others.saturating_mul(FACTOR) && largest - others >= LEAST_BYTES).then(|| Fact::CaseOutsized {
        case: name.to_owned(),
        bytes: largest,
        others,
    })
}

/// `None` where the variant belongs to another package: its own authors are told.
fn finding(types: &Types, own: &[PackageId], id: TypeId, fact: Fact) -> Option<Finding> {
    let resolve = types.resolve();
    let def = &resolve.types[id];
    let (package, owner) = match def.owner {
        TypeOwner::Interface(id) => (resolve.interfaces[id].package?, resolve.interfaces[id].name.as_deref()?),
        TypeOwner::World(id) => (resolve.worlds[id].package?, resolve.worlds[id].name.as_str()),
        TypeOwner::None => return None,
    };
    let name = &resolve.packages[package].name;
    let package = own.contains(&package).then(|| format!("{}:{}", name.namespace, name.name))?;
    let path = format!("{package}/{owner}#{}", def.name.as_deref()?);
    Some(Finding { package, path, fact })
}
