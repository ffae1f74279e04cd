//! What to do instead: one sentence for a change that breaks somebody who is protected.

use super::words::Subject;
use crate::change::{Change, Fact};
use crate::verdict::Level;

/// What to do instead, or what else to know; `None` where there is nothing to do.
///
/// `is_honoured` says that the declared version is high enough: then nothing needs to be kept.
pub(super) fn hint(change: &Change, level: Level, is_honoured: bool) -> Option<String> {
    if let Some(other) = &change.renamed {
        return Some(rename_hint(change, other));
    }
    if level != Level::Major {
        return None;
    }
    let advice = match &change.fact {
        Fact::FunctionRemoved { .. } | Fact::ResourceRemoved | Fact::TypeRemoved { .. } => {
            if is_honoured {
                return None;
            }
            "keep it until the next track, marked `@deprecated` beside its `@since`"
        }
        Fact::PackageRemoved => return None,
        Fact::InterfaceRemoved | Fact::WorldRemoved => {
            if is_honoured {
                return None;
            }
            "keep it until the next track, marked `@deprecated` beside its `@since`"
        }
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
        | Fact::ParametersReordered
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
        Fact::ImportAdded { .. }
        | Fact::ImportRemoved { .. }
        | Fact::ExportAdded { .. }
        | Fact::ExportRemoved { .. } => "leave this world as it is, and add a new world that includes it",
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

/// A removal and an addition of equal structure (SEMANTICS 10).
fn rename_hint(change: &Change, other: &str) -> String {
    let (mine, other) = (Subject::of(&change.path).name, Subject::of(&format!("a:b/c#{other}")).name);
    let last = mine.rsplit_once('.').map_or(mine.as_str(), |(_, name)| name);
    if last.eq_ignore_ascii_case(&other) || mine.eq_ignore_ascii_case(&other) {
        return format!("differs from `{other}` in case alone, and that counts: restore the spelling");
    }
    let is_part = matches!(
        change.fact,
        Fact::RecordFieldRemoved { .. }
            | Fact::VariantCaseRemoved { .. }
            | Fact::EnumCaseRemoved { .. }
            | Fact::FlagRemoved { .. }
    );
    if is_part {
        format!("looks renamed to `{other}`: names are part of the type, so keep the old one")
    } else if change.fact.rule().ends_with("-removed") {
        format!("looks renamed to `{other}`: keep the old name beside the new one until the next track")
    } else {
        format!("looks like `{other}` under a new name")
    }
}
