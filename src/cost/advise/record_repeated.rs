//! The same large record, passed to one function after the other.

use super::scope::Scope;
use super::types::Types;
use crate::cost::{Fact, Finding};
use std::collections::BTreeMap;
use wit_parser::{TypeDefKind, TypeId};

/// So many functions make one likely to call several with the same value.
const LEAST: usize = 4;
/// The bytes of a record that costs about as much to pass as the call by itself, if it is all numbers; 16 strings cost
/// several times that.
const LEAST_BYTES: u64 = 128;

pub(super) fn find(types: &Types, scope: &Scope) -> Vec<Finding> {
    let mut takers: BTreeMap<TypeId, usize> = BTreeMap::new();
    for known in &scope.functions {
        let parameters = known.parameters().iter().filter_map(|parameter| types.kind(&parameter.ty));
        let mut records: Vec<TypeId> =
            parameters.filter(|(_, kind)| matches!(kind, TypeDefKind::Record(_))).map(|(id, _)| id).collect();
        records.sort_unstable();
        records.dedup();
        records.into_iter().for_each(|id| *takers.entry(id).or_default() += 1);
    }
    let finding = |(id, functions): (TypeId, usize)| {
        let bytes = types.bytes(&wit_parser::Type::Id(id));
        let record = types.resolve().types[id].name.clone()?;
        let fact = Fact::RecordRepeated { record, functions, bytes };
        let is_large = functions >= LEAST && bytes >= LEAST_BYTES;
        is_large.then(|| Finding { package: scope.package.to_owned(), path: scope.path.to_owned(), fact })
    };
    takers.into_iter().filter_map(finding).collect()
}
