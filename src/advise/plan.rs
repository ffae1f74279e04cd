//! Which alternative which change asks for.

use super::definition::{Definition, definitions, find};
use super::gather::Gathered;
use super::package::Both;
use super::{Advice, LONGEST};
use super::{remove, world, write};
use crate::change::{Change, Fact, Home};
use crate::judge::JudgedPackage;
use crate::verdict::Level;
use std::collections::BTreeMap;

/// An alternative, by what it is about: changes that ask for the same one share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wish {
    /// The new definition, under another name.
    Offer(String, Definition),
    /// The old definition, marked as deprecated.
    Keep(String, Definition),
    /// The old definition.
    Restore(String, Definition),
    /// What an interface uses of another one, which a world imports for it.
    OfferUsed {
        interface: String,
        used: String,
    },
    /// The same where it is gone.
    RestoreUsed {
        interface: String,
        used: String,
    },
    KeepInterface(String),
    KeepWorld(String),
    /// A statement of a world, by its path.
    KeepStatement {
        world: String,
        statement: String,
    },
    /// A world that includes the old one and has one statement more.
    Extend {
        world: String,
        statement: String,
    },
    /// The new world, under another name.
    World(String),
}

/// What a fact about an interface asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Offer,
    /// One of the parts of a type has another name, on the old and on the new side.
    PartGone,
    PartCame,
    /// A case or flag is gone: one that never occurs does no harm.
    CaseGone,
    Keep,
    Restore,
    Nothing,
}

/// The wishes of the changes that break somebody who is protected, by their places in the comparison.
pub(super) fn plan(both: &Both<'_>, package: &JudgedPackage) -> Vec<(usize, Wish)> {
    let compared = &package.comparison;
    let own = format!("{}/", compared.name);
    let mut known = BTreeMap::new();
    let mut groups: BTreeMap<(String, Definition), Vec<(usize, Way)>> = BTreeMap::new();
    let mut planned = Vec::new();
    for (at, change) in compared.changes.iter().enumerate() {
        let is_major = package.changes.get(at).is_some_and(|judged| judged.is_some_and(|j| j.level == Level::Major));
        let Some(path) = change.path.strip_prefix(&own).filter(|_| is_major && change.track.is_none()) else {
            continue;
        };
        let (home, item) = path.split_once('#').map_or((path, None), |(home, item)| (home, Some(item)));
        match (change.home, item) {
            (Home::Package, None) if matches!(change.fact, Fact::InterfaceRemoved) => {
                planned.push((at, Wish::KeepInterface(home.into())));
            }
            (Home::World, None) if matches!(change.fact, Fact::WorldRemoved) => {
                planned.push((at, Wish::KeepWorld(home.into())));
            }
            (Home::Import | Home::Export | Home::World, Some(item)) => {
                planned.extend(of_world(both, change, home, item).map(|wish| (at, wish)));
            }
            (Home::Interface { is_type }, Some(item)) => {
                let known = known.entry(home).or_insert_with(|| definitions(both, home));
                if let Some(definition) = find(known, item, is_type) {
                    groups.entry((home.into(), definition)).or_default().push((at, way(change)));
                }
            }
            (Home::Package | Home::World | Home::Import | Home::Export | Home::Interface { .. }, _) => {}
        }
    }
    for ((interface, definition), changes) in groups {
        let wish = match asked(&changes) {
            Way::Offer | Way::PartGone | Way::PartCame | Way::CaseGone => Wish::Offer(interface, definition),
            Way::Keep => Wish::Keep(interface, definition),
            Way::Restore => Wish::Restore(interface, definition),
            Way::Nothing => continue,
        };
        planned.extend(changes.into_iter().map(|(at, _)| (at, wish.clone())));
    }
    planned.sort_unstable_by_key(|(at, _)| *at);
    planned
}

/// The advice that a wish comes to, if the old side can have it.
pub(super) fn make(both: &Both<'_>, wish: &Wish) -> Option<Advice> {
    match wish {
        Wish::Offer(interface, definition) => {
            let mut gathered = Gathered::new(both);
            gathered.definition(interface, definition)?;
            let Definition::Type(name) = definition else { return write::offer(&gathered, interface, definition) };
            // All that carry a type, or those of its own interface where that is too much.
            [true, false].into_iter().find_map(|everywhere| {
                let mut gathered = Gathered::new(both);
                gathered.definition(interface, definition)?;
                gathered.carriers(interface, name, everywhere)?;
                write::offer(&gathered, interface, definition).filter(|made| made.lines() <= LONGEST)
            })
        }
        Wish::OfferUsed { interface, used } => {
            let (definitions, moved) = used_from(both, interface, used);
            if let (None, Some(moved)) = (definitions.first(), moved.first()) {
                return remove::restore(both, interface, moved);
            }
            let mut gathered = Gathered::new(both);
            definitions.iter().try_for_each(|definition| gathered.definition(interface, definition))?;
            write::offer(&gathered, interface, definitions.first()?)
        }
        Wish::Keep(interface, definition) => remove::keep(both, interface, definition),
        Wish::Restore(interface, definition) => remove::restore(both, interface, definition),
        Wish::RestoreUsed { interface, used } => remove::restore_use(both, interface, used),
        Wish::KeepInterface(name) => remove::keep_whole(both, name, false),
        Wish::KeepWorld(name) => remove::keep_whole(both, name, true),
        Wish::KeepStatement { world, statement } => {
            remove::keep_statement(both, world, statement).or_else(|| world::new_world(both, world))
        }
        Wish::Extend { world, statement } => {
            world::extended(both, world, statement).or_else(|| world::new_world(both, world))
        }
        Wish::World(name) => world::new_world(both, name),
    }
}

/// What the changes of one definition ask for together: an offer has all that is new in it.
fn asked(changes: &[(usize, Way)]) -> Way {
    let has = |way| changes.iter().any(|(_, found)| *found == way);
    let count = |way| changes.iter().filter(|(_, found)| *found == way).count();
    if has(Way::Offer) {
        Way::Offer
    } else if has(Way::Keep) {
        Way::Keep
    } else if has(Way::PartCame) && (has(Way::CaseGone) || count(Way::PartCame) != count(Way::PartGone)) {
        Way::Offer
    } else if has(Way::CaseGone) || has(Way::PartGone) || has(Way::PartCame) || has(Way::Restore) {
        Way::Restore
    } else {
        Way::Nothing
    }
}

fn of_world(both: &Both<'_>, change: &Change, world: &str, item: &str) -> Option<Wish> {
    let (world, statement) = (world.to_string(), item.to_string());
    let own = |path: &str| path.strip_prefix(&format!("{}/", both.old.name)).map(str::to_string);
    Some(match &change.fact {
        Fact::ImportAdded { through: Some(interface), .. } => {
            Wish::OfferUsed { interface: own(interface)?, used: item.strip_prefix("import:")?.into() }
        }
        Fact::ImportRemoved { through: Some(interface), .. } => {
            Wish::RestoreUsed { interface: own(interface)?, used: item.strip_prefix("import:")?.into() }
        }
        Fact::ImportAdded { .. } | Fact::ExportAdded { .. } | Fact::TypeAdded { .. } | Fact::ResourceAdded => {
            Wish::Extend { world, statement }
        }
        Fact::ImportRemoved { .. } | Fact::ExportRemoved { .. } | Fact::TypeRemoved { .. } | Fact::ResourceRemoved => {
            Wish::KeepStatement { world, statement }
        }
        _ => Wish::World(world),
    })
}

/// The types that an interface has by `use` from another one on the new side: those that are new, and those that it had
/// before from elsewhere.
pub(super) fn used_from(both: &Both<'_>, interface: &str, used: &str) -> (Vec<Definition>, Vec<Definition>) {
    let Some(home) = both.new.interfaces.get(interface) else { return (Vec::new(), Vec::new()) };
    let is_from = |name: &&&str| both.new.uses(home, name).is_some_and(|path| path == used);
    let names = home.types.keys().filter(is_from);
    names
        .map(|name| Definition::Type(name.to_string()))
        .partition(|definition| matches!(definition, Definition::Type(name) if !both.is_alike(interface, name)))
}

/// No `_` arm: a new fact needs an alternative, or none.
fn way(change: &Change) -> Way {
    match &change.fact {
        Fact::FunctionRemoved { .. } | Fact::ResourceRemoved | Fact::TypeRemoved { .. } => {
            let is_spelling = |new: &String| change.path.to_lowercase().ends_with(&new.to_lowercase());
            if change.renamed.as_ref().is_some_and(is_spelling) { Way::Restore } else { Way::Keep }
        }

        Fact::FunctionAdded { .. }
        | Fact::ResourceAdded
        | Fact::TypeAdded { .. }
        | Fact::FunctionMadeAsync
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
        | Fact::ResultRetyped { .. }
        | Fact::TypeKindChanged { .. }
        | Fact::AliasRetargeted { .. }
        | Fact::RecordFieldRetyped { .. }
        | Fact::VariantCaseRetyped { .. } => Way::Offer,

        Fact::RecordFieldRemoved { .. } if change.renamed.is_none() => Way::Offer,
        Fact::VariantCaseRemoved { .. } | Fact::EnumCaseRemoved { .. } | Fact::FlagRemoved { .. }
            if change.renamed.is_none() =>
        {
            Way::CaseGone
        }
        Fact::RecordFieldRemoved { .. }
        | Fact::VariantCaseRemoved { .. }
        | Fact::EnumCaseRemoved { .. }
        | Fact::FlagRemoved { .. } => Way::PartGone,
        Fact::RecordFieldAdded { .. }
        | Fact::VariantCaseAdded { .. }
        | Fact::EnumCaseAdded { .. }
        | Fact::FlagAdded { .. } => Way::PartCame,

        // Another spelling, order or definition of the same: nobody gains by a second one.
        Fact::ParameterRenamed { .. }
        | Fact::ParametersReordered
        | Fact::RecordFieldsReordered
        | Fact::VariantCasesReordered
        | Fact::EnumCasesReordered
        | Fact::FlagsReordered
        | Fact::ParameterTypeReplaced { .. }
        | Fact::ResultTypeReplaced { .. }
        | Fact::AliasTargetReplaced { .. }
        | Fact::AliasMadeNominal { .. }
        | Fact::NominalMadeAlias { .. }
        | Fact::RecordFieldTypeReplaced { .. }
        | Fact::VariantCaseTypeReplaced { .. }
        | Fact::ResourceMoved { .. }
        | Fact::ResourceMadeOwn { .. }
        | Fact::ResourceReplaced { .. } => Way::Restore,

        // Of packages and worlds, or without anybody who breaks.
        Fact::PackageAdded
        | Fact::PackageRemoved
        | Fact::PackageDocsChanged
        | Fact::InterfaceAdded
        | Fact::InterfaceRemoved
        | Fact::WorldAdded
        | Fact::WorldRemoved
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
        | Fact::UseRerouted { .. }
        | Fact::ImportAdded { .. }
        | Fact::ImportRemoved { .. }
        | Fact::ExportAdded { .. }
        | Fact::ExportRemoved { .. }
        | Fact::ImportMadeExport { .. }
        | Fact::ExportMadeImport { .. }
        | Fact::ImportKindChanged { .. }
        | Fact::ExportKindChanged { .. }
        | Fact::ImportRetargeted { .. }
        | Fact::ExportRetargeted { .. }
        | Fact::ResourceOriginChanged { .. } => Way::Nothing,
    }
}
