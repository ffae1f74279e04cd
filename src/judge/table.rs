//! The table: what one fact means. To be read beside SEMANTICS 4, 5, 7 and 8.

use crate::change::{Fact, Identity, ItemKind};
use crate::verdict::Level;

/// Whom a fact breaks, on one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    /// Who imports it: consumers.
    Consumers,
    /// Who implements it: providers.
    Providers,
    /// Consumers and providers, guests and hosts.
    Both,
    Guests,
    Hosts,
    /// Whoever does not find the resource that it expects.
    Identity(Identity),
}

/// What one fact means: whom it breaks on which layer, and how much it weighs if it breaks nobody who is protected.
pub(super) struct Meaning {
    pub link: Who,
    pub source: Who,
    pub weight: Level,
}

/// The table. No `_` arm: a new fact must be judged before it compiles.
pub(super) fn meaning(fact: &Fact) -> Meaning {
    use Who::*;
    let (link, source) = match fact {
        // SEMANTICS 7: documentation and gates.
        Fact::PackageDocsChanged
        | Fact::DocsChanged
        | Fact::SinceAdded { .. }
        | Fact::SinceRemoved { .. }
        | Fact::SinceChanged { .. }
        | Fact::DeprecationChanged { .. }
        | Fact::FeatureChanged { .. }
        // SEMANTICS 8: findings about the gates themselves weigh nothing beside what they are about.
        | Fact::SinceOmitted
        | Fact::SinceMisdated { .. }
        | Fact::SinceItemChanged { .. }
        | Fact::DeprecationSkipped => return Meaning { link: Nobody, source: Nobody, weight: Level::Patch },

        // Seen by the graph or by a reader, felt by nobody.
        Fact::PackageAdded
        | Fact::InterfaceAdded
        | Fact::WorldAdded
        | Fact::ItemDeprecated { .. }
        | Fact::ItemUndeprecated { .. }
        // SEMANTICS 8: whom it breaks is said where the item comes or goes.
        | Fact::ItemStabilised { .. }
        | Fact::ItemMadeUnstable { .. }
        | Fact::ExternalIdChanged { .. }
        | Fact::TypeMoved { .. }
        | Fact::UseRerouted { .. }
        | Fact::ImportRetargeted { .. }
        | Fact::ExportRetargeted { .. } => (Nobody, Nobody),

        // SEMANTICS 5: names that bindings are made under.
        Fact::PackageRemoved | Fact::InterfaceRemoved => (Consumers, Both),
        Fact::WorldRemoved => (Nobody, Both),

        // SEMANTICS 4: an interface may offer more, not less; source follows, as far as code names it.
        Fact::FunctionAdded { .. } | Fact::ResourceAdded => (Providers, Providers),
        Fact::FunctionRemoved { .. } | Fact::ResourceRemoved => (Consumers, Consumers),
        Fact::TypeAdded { .. } => (Providers, Nobody),
        Fact::TypeRemoved { .. } => (Consumers, Both),

        // SEMANTICS 4: value and function types are invariant.
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
        | Fact::ResultRetyped { .. }
        | Fact::TypeKindChanged { .. }
        | Fact::AliasRetargeted { .. }
        | Fact::RecordFieldAdded { .. }
        | Fact::RecordFieldRemoved { .. }
        | Fact::RecordFieldRetyped { .. }
        | Fact::VariantCaseAdded { .. }
        | Fact::VariantCaseRemoved { .. }
        | Fact::VariantCaseRetyped { .. }
        | Fact::EnumCaseAdded { .. }
        | Fact::EnumCaseRemoved { .. }
        | Fact::FlagRemoved { .. } => (Both, Both),

        // The treacherous ones: regenerated code compiles, built code does not link.
        Fact::ParameterRenamed { .. }
        | Fact::RecordFieldsReordered
        | Fact::VariantCasesReordered
        | Fact::EnumCasesReordered
        | Fact::FlagsReordered
        | Fact::FlagAdded { .. } => (Both, Nobody),

        // SEMANTICS 5: the structure is kept, the type that bindings give it is another one.
        Fact::ParameterTypeReplaced { .. }
        | Fact::ResultTypeReplaced { .. }
        | Fact::AliasTargetReplaced { .. }
        | Fact::AliasMadeNominal { .. }
        | Fact::NominalMadeAlias { .. }
        | Fact::RecordFieldTypeReplaced { .. }
        | Fact::VariantCaseTypeReplaced { .. } => (Nobody, Both),

        // SEMANTICS 4: resources alone are nominal.
        Fact::ResourceMoved { identity, merged: false, .. } => (Identity(*identity), Providers),
        // SEMANTICS 5: a resource of its own becomes an alias of one that was there before.
        Fact::ResourceMoved { identity, merged: true, .. } => (Identity(*identity), Both),
        Fact::ResourceMadeOwn { identity, .. }
        | Fact::ResourceReplaced { identity, .. }
        | Fact::ResourceOriginChanged { identity } => (Identity(*identity), Both),

        // SEMANTICS 4, worlds: a world may ask for less and offer more.
        Fact::ImportAdded { item, .. } => match item {
            ItemKind::EmptyInterface => (Nobody, Nobody),
            ItemKind::Interface | ItemKind::Function => (Hosts, Hosts),
            ItemKind::Type => (Hosts, Nobody),
        },
        Fact::ImportRemoved { item, .. } => match item {
            ItemKind::EmptyInterface => (Nobody, Nobody),
            ItemKind::Interface | ItemKind::Function => (Guests, Guests),
            ItemKind::Type => (Guests, Both),
        },
        Fact::ExportAdded { .. } | Fact::ImportMadeExport { .. } => (Guests, Guests),
        Fact::ExportRemoved { .. } | Fact::ExportMadeImport { .. } => (Hosts, Hosts),
        Fact::ImportKindChanged { old, new } => match (old, new) {
            // Nothing built shows an empty import.
            (ItemKind::EmptyInterface, _) => (Hosts, Both),
            (_, ItemKind::EmptyInterface) => (Guests, Both),
            (ItemKind::Interface | ItemKind::Function | ItemKind::Type, _) => (Both, Both),
        },
        Fact::ExportKindChanged { .. } => (Both, Both),
    };
    Meaning { link, source, weight: Level::Minor }
}
