//! What differs between two surfaces: facts, without prose and without judgement.
//!
//! Deliberately absent: sentences (they are the report's) and verdicts (they are the judge's).

use crate::surface::{Place, Stability};
use semver::Version;

/// A difference at one definition, once, with everything that it reaches (SEMANTICS 10).
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is.
    pub fact: Fact,
    /// Where it is, in the grammar of REPORT.md: `ns:pkg/interface#item.field`, `ns:pkg/world#import:name`.
    pub path: String,
    /// Whose promise it touches.
    pub home: Home,
    /// Its place in the old revision; `None` where it is not there, or where there is no text.
    pub old: Option<Place>,
    /// Its place in the new revision, likewise.
    pub new: Option<Place>,
    /// The feature behind which it stands, if that is shut: no part of the promise (SEMANTICS 8).
    pub gate: Option<String>,
    /// A likely rename: the name on the other side of an equal structure.
    pub renamed: Option<String>,
    /// The track of the dependency that it stands in; `None` in the package under test.
    pub track: Option<String>,
    /// The functions, interfaces and worlds that carry it, sorted.
    pub reach: Vec<String>,
}

/// Whose promise a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// A package as a whole.
    Package,
    /// An interface: consumers and providers.
    Interface {
        /// Whether it is a type; types count where an interface is only used by another one (SEMANTICS 3).
        is_type: bool,
    },
    /// An import of a world: guests and hosts.
    Import,
    /// An export of a world: guests and hosts.
    Export,
    /// A world as a whole: guests and hosts.
    World,
}

/// What an import or export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    Interface,
    /// An interface without functions and types, which no binary shows.
    EmptyInterface,
    Function,
    Type,
}

/// Which resource stands behind a name that names one on both sides (SEMANTICS 4, "resources alone are nominal").
///
/// Each answer is a plain fact of component linking: a binary built for one side, put where the other is, finds the
/// resource that it expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// A binary that imports the old one, given the new one.
    pub import_forward: bool,
    /// A binary that imports the new one, given the old one.
    pub import_backward: bool,
    /// A binary that exports the old one, where the new one is expected.
    pub export_forward: bool,
    /// A binary that exports the new one, where the old one is expected.
    pub export_backward: bool,
}

/// One difference. Strings are names and types as WIT text; a resource is `merged` with one that was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    PackageAdded,
    PackageRemoved,
    PackageDocsChanged,
    InterfaceAdded,
    InterfaceRemoved,
    WorldAdded,
    WorldRemoved,

    DocsChanged,
    SinceAdded { new: Version },
    SinceRemoved { old: Version },
    SinceChanged { old: Version, new: Version },
    ItemDeprecated { new: Version },
    ItemUndeprecated { old: Version },
    DeprecationChanged { old: Version, new: Version },
    FeatureChanged { old: String, new: String },
    ItemStabilised { feature: String, since: Option<Version> },
    ItemMadeUnstable { feature: String, since: Option<Version> },
    SinceOmitted,
    SinceMisdated { since: Version, release: Version },
    SinceItemChanged { since: Version },
    DeprecationSkipped,
    ExternalIdChanged { old: Option<String>, new: Option<String> },

    FunctionAdded { signature: String },
    FunctionRemoved { signature: String },
    FunctionMadeAsync,
    FunctionMadeSync,
    MethodMadeStatic,
    StaticMadeMethod,
    ConstructorMadeFallible { new: String },
    ConstructorMadeInfallible { old: String },
    ParameterAdded { name: String, ty: String },
    ParameterRemoved { name: String, ty: String },
    ParameterRenamed { old: String, new: String },
    ParametersReordered,
    ParameterRetyped { name: String, old: String, new: String },
    ParameterTypeReplaced { name: String, old: String, new: String },
    ResultAdded { ty: String },
    ResultRemoved { ty: String },
    ResultRetyped { old: String, new: String },
    ResultTypeReplaced { old: String, new: String },

    TypeAdded { definition: String },
    TypeRemoved { definition: String },
    TypeKindChanged { old: String, new: String },
    AliasRetargeted { old: String, new: String },
    AliasTargetReplaced { old: String, new: String },
    AliasMadeNominal { old: String, new: String },
    NominalMadeAlias { old: String, new: String },
    TypeMoved { old: String, new: String },
    UseRerouted { old: String, new: String },

    ResourceAdded,
    ResourceRemoved,
    ResourceMoved { new: String, merged: bool, identity: Identity },
    ResourceMadeOwn { old: String, identity: Identity },
    ResourceReplaced { old: String, new: String, identity: Identity },

    RecordFieldAdded { name: String, ty: String },
    RecordFieldRemoved { name: String, ty: String },
    RecordFieldRetyped { name: String, old: String, new: String },
    RecordFieldTypeReplaced { name: String, old: String, new: String },
    RecordFieldsReordered,
    VariantCaseAdded { name: String, ty: Option<String> },
    VariantCaseRemoved { name: String, ty: Option<String> },
    VariantCaseRetyped { name: String, old: Option<String>, new: Option<String> },
    VariantCaseTypeReplaced { name: String, old: String, new: String },
    VariantCasesReordered,
    EnumCaseAdded { name: String },
    EnumCaseRemoved { name: String },
    EnumCasesReordered,
    FlagAdded { name: String },
    FlagRemoved { name: String },
    FlagsReordered,

    ImportAdded { item: ItemKind, what: String, through: Option<String> },
    ImportRemoved { item: ItemKind, what: String, through: Option<String> },
    ExportAdded { item: ItemKind, what: String, through: Option<String> },
    ExportRemoved { item: ItemKind, what: String, through: Option<String> },
    ImportMadeExport { item: ItemKind },
    ExportMadeImport { item: ItemKind },
    ImportKindChanged { old: ItemKind, new: ItemKind },
    ExportKindChanged { old: ItemKind, new: ItemKind },
    ImportRetargeted { old: String, new: String },
    ExportRetargeted { old: String, new: String },
    ResourceOriginChanged { identity: Identity },
}

impl Fact {
    /// The differences between two gates, deprecation included.
    pub fn of_stability(old: &Stability, new: &Stability) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Fact::of_gate(old, new).into_iter().collect();
        match (old.deprecated(), new.deprecated()) {
            (None, Some(new)) => facts.push(Fact::ItemDeprecated { new: new.clone() }),
            (Some(old), None) => facts.push(Fact::ItemUndeprecated { old: old.clone() }),
            (Some(old), Some(new)) if old != new => {
                facts.push(Fact::DeprecationChanged { old: old.clone(), new: new.clone() })
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        facts
    }

    /// The difference between two gates.
    fn of_gate(old: &Stability, new: &Stability) -> Option<Fact> {
        match (old.feature(), new.feature()) {
            (Some(old), Some(new)) => (old != new).then(|| Fact::FeatureChanged { old: old.into(), new: new.into() }),
            (Some(old), None) => Some(Fact::ItemStabilised { feature: old.into(), since: new.since().cloned() }),
            (None, Some(new)) => Some(Fact::ItemMadeUnstable { feature: new.into(), since: old.since().cloned() }),
            (None, None) => match (old.since(), new.since()) {
                (None, Some(new)) => Some(Fact::SinceAdded { new: new.clone() }),
                (Some(old), None) => Some(Fact::SinceRemoved { old: old.clone() }),
                (Some(old), Some(new)) => {
                    (old != new).then(|| Fact::SinceChanged { old: old.clone(), new: new.clone() })
                }
                (None, None) => None,
            },
        }
    }

    /// Whether it says that an item went behind a feature, came from behind one, or stands behind another one.
    pub fn is_of_feature(&self) -> bool {
        matches!(self, Fact::FeatureChanged { .. } | Fact::ItemStabilised { .. } | Fact::ItemMadeUnstable { .. })
    }

    /// The rule id: subject, then past participle.
    pub fn rule(&self) -> &'static str {
        match self {
            Fact::PackageAdded => "package-added",
            Fact::PackageRemoved => "package-removed",
            Fact::PackageDocsChanged => "package-docs-changed",
            Fact::InterfaceAdded => "interface-added",
            Fact::InterfaceRemoved => "interface-removed",
            Fact::WorldAdded => "world-added",
            Fact::WorldRemoved => "world-removed",
            Fact::DocsChanged => "docs-changed",
            Fact::SinceAdded { .. } => "since-added",
            Fact::SinceRemoved { .. } => "since-removed",
            Fact::SinceChanged { .. } => "since-changed",
            Fact::ItemDeprecated { .. } => "item-deprecated",
            Fact::ItemUndeprecated { .. } => "item-undeprecated",
            Fact::DeprecationChanged { .. } => "deprecation-changed",
            Fact::FeatureChanged { .. } => "feature-changed",
            Fact::ItemStabilised { .. } => "item-stabilised",
            Fact::ItemMadeUnstable { .. } => "item-made-unstable",
            Fact::SinceOmitted => "since-omitted",
            Fact::SinceMisdated { .. } => "since-misdated",
            Fact::SinceItemChanged { .. } => "since-item-changed",
            Fact::DeprecationSkipped => "deprecation-skipped",
            Fact::ExternalIdChanged { .. } => "external-id-changed",
            Fact::FunctionAdded { .. } => "function-added",
            Fact::FunctionRemoved { .. } => "function-removed",
            Fact::FunctionMadeAsync => "function-made-async",
            Fact::FunctionMadeSync => "function-made-sync",
            Fact::MethodMadeStatic => "method-made-static",
            Fact::StaticMadeMethod => "static-made-method",
            Fact::ConstructorMadeFallible { .. } => "constructor-made-fallible",
            Fact::ConstructorMadeInfallible { .. } => "constructor-made-infallible",
            Fact::ParameterAdded { .. } => "parameter-added",
            Fact::ParameterRemoved { .. } => "parameter-removed",
            Fact::ParameterRenamed { .. } => "parameter-renamed",
            Fact::ParametersReordered => "parameters-reordered",
            Fact::ParameterRetyped { .. } => "parameter-retyped",
            Fact::ParameterTypeReplaced { .. } => "parameter-type-replaced",
            Fact::ResultAdded { .. } => "result-added",
            Fact::ResultRemoved { .. } => "result-removed",
            Fact::ResultRetyped { .. } => "result-retyped",
            Fact::ResultTypeReplaced { .. } => "result-type-replaced",
            Fact::TypeAdded { .. } => "type-added",
            Fact::TypeRemoved { .. } => "type-removed",
            Fact::TypeKindChanged { .. } => "type-kind-changed",
            Fact::AliasRetargeted { .. } => "alias-retargeted",
            Fact::AliasTargetReplaced { .. } => "alias-target-replaced",
            Fact::AliasMadeNominal { .. } => "alias-made-nominal",
            Fact::NominalMadeAlias { .. } => "nominal-made-alias",
            Fact::TypeMoved { .. } => "type-moved",
            Fact::UseRerouted { .. } => "use-rerouted",
            Fact::ResourceAdded => "resource-added",
            Fact::ResourceRemoved => "resource-removed",
            Fact::ResourceMoved { .. } => "resource-moved",
            Fact::ResourceMadeOwn { .. } => "resource-made-own",
            Fact::ResourceReplaced { .. } => "resource-replaced",
            Fact::RecordFieldAdded { .. } => "record-field-added",
            Fact::RecordFieldRemoved { .. } => "record-field-removed",
            Fact::RecordFieldRetyped { .. } => "record-field-retyped",
            Fact::RecordFieldTypeReplaced { .. } => "record-field-type-replaced",
            Fact::RecordFieldsReordered => "record-fields-reordered",
            Fact::VariantCaseAdded { .. } => "variant-case-added",
            Fact::VariantCaseRemoved { .. } => "variant-case-removed",
            Fact::VariantCaseRetyped { .. } => "variant-case-retyped",
            Fact::VariantCaseTypeReplaced { .. } => "variant-case-type-replaced",
            Fact::VariantCasesReordered => "variant-cases-reordered",
            Fact::EnumCaseAdded { .. } => "enum-case-added",
            Fact::EnumCaseRemoved { .. } => "enum-case-removed",
            Fact::EnumCasesReordered => "enum-cases-reordered",
            Fact::FlagAdded { .. } => "flag-added",
            Fact::FlagRemoved { .. } => "flag-removed",
            Fact::FlagsReordered => "flags-reordered",
            Fact::ImportAdded { .. } => "import-added",
            Fact::ImportRemoved { .. } => "import-removed",
            Fact::ExportAdded { .. } => "export-added",
            Fact::ExportRemoved { .. } => "export-removed",
            Fact::ImportMadeExport { .. } => "import-made-export",
            Fact::ExportMadeImport { .. } => "export-made-import",
            Fact::ImportKindChanged { .. } => "import-kind-changed",
            Fact::ExportKindChanged { .. } => "export-kind-changed",
            Fact::ImportRetargeted { .. } => "import-retargeted",
            Fact::ExportRetargeted { .. } => "export-retargeted",
            Fact::ResourceOriginChanged { .. } => "resource-origin-changed",
        }
    }
}

impl Fact {
    /// Whether it is about what is said of an item, and not about its type.
    pub fn is_remark(&self) -> bool {
        matches!(
            self,
            Fact::PackageDocsChanged
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
        )
    }

    /// Which resource stands behind the name, if that is what the fact is about.
    pub fn identity(&self) -> Option<Identity> {
        match self {
            Fact::ResourceMoved { identity, .. }
            | Fact::ResourceMadeOwn { identity, .. }
            | Fact::ResourceReplaced { identity, .. }
            | Fact::ResourceOriginChanged { identity } => Some(*identity),
            _ => None,
        }
    }
}
