//! What to do instead: one sentence for a change that breaks somebody who is protected.
//!
//! Where there is advice in WIT, the sentence names what that is about; else it speaks of the change in general.

use super::words::Subject;
use crate::advise::{Advice, Shape};
use crate::change::{Change, Fact};
use crate::verdict::Level;

/// What to do instead of putting a promise behind a feature.
pub(super) const WITHDRAWN: &str = "leave it as it was: behind a feature it is gone for everyone who did not ask for that; `@deprecated` warns them first";

/// What to do instead, or what else to know; `None` where there is nothing to do.
///
/// `is_honoured` says that the declared version is high enough: then nothing needs to be kept. `is_versioned` says that
/// the old side has one at all. `advice` is the advice on this change.
pub(super) fn hint(
    change: &Change,
    level: Level,
    is_honoured: bool,
    is_versioned: bool,
    advice: Option<&Advice>,
) -> Option<String> {
    if let Some(hint) = change.renamed.as_ref().and_then(|other| rename_hint(change, other, is_honoured)) {
        return Some(hint);
    }
    if level != Level::Major {
        return None;
    }
    if let Some(by_name) = advice.and_then(|advice| by_name(&advice.shape))
        && !(is_honoured && change.fact.rule().ends_with("-removed"))
    {
        return Some(by_name);
    }
    let is_restored = advice.is_some_and(|advice| matches!(advice.shape, Shape::Restore { .. }));
    let advice = match &change.fact {
        Fact::VariantCaseRemoved { .. } | Fact::EnumCaseRemoved { .. } if is_restored => {
            "keep the case, and document that it no longer occurs"
        }
        Fact::FlagRemoved { .. } if is_restored => "keep the flag, and document that it is ignored",
        Fact::RecordFieldAdded { .. }
        | Fact::RecordFieldRemoved { .. }
        | Fact::VariantCaseAdded { .. }
        | Fact::EnumCaseAdded { .. }
        | Fact::FlagAdded { .. }
            if is_restored =>
        {
            "keep the old name: names are part of the type"
        }
        Fact::PackageRemoved => return None,
        Fact::FunctionRemoved { .. }
        | Fact::ResourceRemoved
        | Fact::TypeRemoved { .. }
        | Fact::InterfaceRemoved
        | Fact::WorldRemoved => match (is_honoured, is_versioned) {
            (true, _) => return None,
            (false, false) => "keep it: without a version it cannot be marked `@deprecated`",
            (false, true) if is_restored => "keep it until the next track",
            (false, true) => "keep it until the next track, marked `@deprecated` beside its `@since`",
        },
        Fact::FunctionAdded { .. } | Fact::ResourceAdded | Fact::TypeAdded { .. } => {
            "put the addition into a new interface, and export that from a new world"
        }
        Fact::FunctionMadeAsync
        | Fact::FunctionMadeSync
        | Fact::MethodMadeStatic
        | Fact::StaticMadeMethod
        | Fact::ConstructorMadeFallible { .. }
        | Fact::ConstructorMadeInfallible { .. }
        | Fact::ParameterAdded { .. }
        | Fact::ParameterRemoved { .. }
        | Fact::ParameterRetyped { .. }
        | Fact::ResultAdded { .. }
        | Fact::ResultRemoved { .. }
        | Fact::ResultRetyped { .. } => {
            if change.path.contains("[constructor]") {
                "add a static function beside the constructor, and leave that as it is"
            } else {
                "add a function of another name beside it, and deprecate this one"
            }
        }
        Fact::ParametersReordered => "restore the order: it is part of the function's type",
        Fact::ParameterRenamed { .. } => "keep the old name: parameter names are part of the function's type",
        Fact::RecordFieldAdded { .. } | Fact::RecordFieldRemoved { .. } | Fact::RecordFieldRetyped { .. } => {
            "add a new record, and functions that take it, beside the old ones"
        }
        Fact::VariantCaseAdded { .. }
        | Fact::VariantCaseRemoved { .. }
        | Fact::VariantCaseRetyped { .. }
        | Fact::EnumCaseAdded { .. }
        | Fact::EnumCaseRemoved { .. }
        | Fact::FlagAdded { .. }
        | Fact::FlagRemoved { .. } => "add a new type, and functions that use it, beside the old ones",
        Fact::RecordFieldsReordered | Fact::VariantCasesReordered | Fact::EnumCasesReordered | Fact::FlagsReordered => {
            "restore the order: it is part of the type, though regenerated code compiles"
        }
        Fact::TypeKindChanged { .. } | Fact::AliasRetargeted { .. } => "give the new structure a name of its own",
        Fact::ParameterTypeReplaced { .. }
        | Fact::ResultTypeReplaced { .. }
        | Fact::AliasTargetReplaced { .. }
        | Fact::AliasMadeNominal { .. }
        | Fact::NominalMadeAlias { .. }
        | Fact::RecordFieldTypeReplaced { .. }
        | Fact::VariantCaseTypeReplaced { .. } => {
            "name the same type as before: bindings give every definition a type of its own"
        }
        Fact::ResourceMoved { .. } | Fact::ResourceMadeOwn { .. } | Fact::ResourceReplaced { .. } => {
            "leave the resource where it was defined: resources are told apart by their definition"
        }
        Fact::ImportAdded { .. } | Fact::ExportAdded { .. } => {
            "leave this world as it is, and add a new world that includes it"
        }
        Fact::ImportRemoved { .. } | Fact::ExportRemoved { .. } if is_honoured => return None,
        Fact::ImportRemoved { .. } | Fact::ExportRemoved { .. } if is_restored => "keep what brings it into this world",
        Fact::ImportRemoved { .. } | Fact::ExportRemoved { .. } => {
            "leave this world as it is, and add a new world without it"
        }
        Fact::ImportMadeExport { .. }
        | Fact::ExportMadeImport { .. }
        | Fact::ImportKindChanged { .. }
        | Fact::ExportKindChanged { .. }
        | Fact::ImportRetargeted { .. }
        | Fact::ExportRetargeted { .. }
        | Fact::ResourceOriginChanged { .. } => "add a new world, and leave this one as it is",
        Fact::PackageAdded
        | Fact::PackageDocsChanged
        | Fact::InterfaceAdded
        | Fact::WorldAdded
        | Fact::DocsChanged
        | Fact::SinceAdded { .. }
        | Fact::SinceRemoved { .. }
        | Fact::SinceChanged { .. }
        | Fact::ItemDeprecated { .. }
        | Fact::ItemUndeprecated { .. }
        | Fact::DeprecationChanged { .. }
        | Fact::FeatureChanged { .. }
        | Fact::ItemStabilised { .. }
        | Fact::ItemMadeUnstable { .. }
        | Fact::SinceOmitted
        | Fact::SinceMisdated { .. }
        | Fact::SinceItemChanged { .. }
        | Fact::DeprecationSkipped
        | Fact::ExternalIdChanged { .. }
        | Fact::TypeMoved { .. }
        | Fact::UseRerouted { .. } => return None,
    };
    Some(match &change.track {
        None => advice.into(),
        Some(_) => "this is a change of a dependency: stay on its old version, or follow it to a new track".to_string(),
    })
}

/// What the advice comes to, by its names; `None` where it is the old text that counts, and why is to be said.
fn by_name(shape: &Shape) -> Option<String> {
    Some(match shape {
        Shape::Beside { old, new } => format!("add `{new}` beside `{old}`, and leave `{old}` as it is"),
        Shape::Interface { old, new, worlds } => {
            let beside = format!("add an interface `{new}` beside `{old}`");
            match worlds.as_slice() {
                [] => beside,
                [(old, new)] => format!("{beside}, and a world `{new}` that includes `{old}`"),
                worlds => {
                    let new: Vec<String> = worlds.iter().map(|(_, new)| format!("`{new}`")).collect();
                    format!("{beside}, and worlds that include the old ones: {}", new.join(", "))
                }
            }
        }
        Shape::World { old, new, includes: true } => format!("add a world `{new}` that includes `{old}`"),
        Shape::World { old, new, includes: false } => {
            format!("call the new world `{new}`, and leave `{old}` as it is")
        }
        Shape::Keep { name } => format!("keep `{name}` until the next track, marked `@deprecated`"),
        Shape::Restore { .. } => return None,
    })
}

/// A removal and an addition of equal structure (SEMANTICS 10).
fn rename_hint(change: &Change, other: &str, is_honoured: bool) -> Option<String> {
    let (mine, other) = (Subject::of(&change.path).name, Subject::of(&format!("a:b/c#{other}")).name);
    let last = mine.rsplit_once('.').map_or(mine.as_str(), |(_, name)| name);
    if mine == other {
        // The same of another version.
        return None;
    }
    if last.eq_ignore_ascii_case(&other) || mine.eq_ignore_ascii_case(&other) {
        return Some(format!("differs from `{other}` in case alone, and that counts: restore the spelling"));
    }
    let is_part = matches!(
        change.fact,
        Fact::RecordFieldRemoved { .. }
            | Fact::VariantCaseRemoved { .. }
            | Fact::EnumCaseRemoved { .. }
            | Fact::FlagRemoved { .. }
    );
    Some(if is_honoured {
        format!("looks renamed to `{other}`")
    } else if is_part {
        format!("looks renamed to `{other}`: names are part of the type, so keep the old one")
    } else if matches!(change.fact, Fact::TypeRemoved { .. }) {
        format!("looks renamed to `{other}`: keep the definition, and write `type {other} = {mine};` beside it")
    } else if change.fact.rule().ends_with("-removed") {
        format!("looks renamed to `{other}`: keep the old name beside the new one until the next track")
    } else {
        format!("looks like `{other}` under a new name")
    })
}
