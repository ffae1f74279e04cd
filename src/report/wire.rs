//! The wire types of the report, version 1. Names and values are a contract: see [`contract`](super::contract).
//! Fields may be added; none is renamed or dropped within one schema version.

mod capability;
mod change;
mod check;
mod config;
mod cost;
mod input;
mod profile;

pub use capability::*;
pub use change::*;
pub use check::*;
pub use config::*;
pub use cost::*;
pub use input::*;
pub use profile::*;

use crate::verdict::{Level, Protect, Verdict};
use crate::version::VersionVerdict;
use serde::Serialize;

/// The version of the contract.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the report.
    pub tool: Tool,
    /// The old revision.
    pub old: InputReport,
    /// The new revision.
    pub new: InputReport,
    /// For whom the levels answer.
    pub protect: Protect,
    /// The feature gates that were switched on.
    pub features: Vec<String>,
    /// Whether all packages could be judged.
    pub status: Status,
    /// The highest level of the packages that were judged.
    pub level: Level,
    /// Every package, those that others depend on first.
    pub packages: Vec<PackageReport>,
    /// Whether the official validator confirmed every link verdict; absent where it was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Where the official validator disagrees: what to tell the authors, as Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bug_report: Option<String>,
    /// Why a side is not there; empty when both are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// What was asked for and is not there: a feature that no gate names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Acceptances that are over, or are of no change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<StaleReport>,
    /// How the configuration files of both sides differ; absent where they do not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub config: Vec<ConfigChangeReport>,
    /// What `check` says of the whole; absent where nothing was to be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckReport>,
    /// Nothing was compared, or a package that was asked for by name is not there.
    #[serde(skip)]
    pub nothing_compared: bool,
}

/// Who wrote the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// Its name: `wit-diff`.
    pub name: String,
    /// Its version, as in `0.1.0`.
    pub version: String,
}

impl Tool {
    /// This version of this tool.
    pub fn this() -> Tool {
        Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// Whether all packages could be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// All could be judged.
    Complete,
    /// Some package could not.
    Undetermined,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackageReport {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// How it stands.
    pub status: PackageStatus,
    /// The version on the old side; null where it declares none there, or is not there.
    pub old_version: Option<String>,
    /// The version on the new side, likewise.
    pub new_version: Option<String>,
    /// The highest level of what changed; null where it could not be judged.
    pub level: Option<Level>,
    /// For whom its levels answer, where that is not whom those of the report answer for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protect: Option<Protect>,
    /// The features that count for it, where they are not those of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<String>>,
    /// The version that it needs, and the one that it declares.
    pub version: VersionReport,
    /// Every interface that stands on a side, unchanged ones too.
    pub interfaces: Vec<InterfaceReport>,
    /// Every world that stands on a side, unchanged ones too.
    pub worlds: Vec<WorldReport>,
    /// What changed, each once, at the definition that changed.
    pub changes: Vec<ChangeReport>,
    /// Who uses what of that which changed: all that leads from changed types to what they reach, each step once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<UseReport>,
    /// What is worth knowing beside the changes, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why it could not be judged; null where it could.
    pub error: Option<ErrorReport>,
    /// What it was compared with, where that differs between the packages of one report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<InputReport>,
    /// Its directory on the old side, relative to the input, where that stands for a whole repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_path: Option<String>,
    /// Its directory on the new side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_path: Option<String>,
    /// Other versions of it that stand on one side only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<TrackReport>,
    /// The packages of this report that leave their track, or must, and that this one depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<InheritReport>,
    /// The dependencies that it takes from another track than before.
    #[serde(skip)]
    pub rebased: Vec<InheritReport>,
    /// What `check` says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<PackageCheck>,
    /// What another tool says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileReport>,
    /// How calls are passed in another way than before, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostChangesReport>,
}

impl PackageReport {
    /// A package of which nothing is known but this.
    pub fn new(name: String, status: PackageStatus, version: VersionReport) -> PackageReport {
        PackageReport {
            name,
            status,
            old_version: None,
            new_version: None,
            level: None,
            protect: None,
            features: None,
            version,
            interfaces: Vec::new(),
            worlds: Vec::new(),
            changes: Vec::new(),
            uses: Vec::new(),
            notes: Vec::new(),
            error: None,
            base: None,
            old_path: None,
            new_path: None,
            tracks: Vec::new(),
            inherits: Vec::new(),
            rebased: Vec::new(),
            check: None,
            profile: None,
            cost: None,
        }
    }
}

/// One item uses another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UseReport {
    /// The path of what is used, such as a type.
    pub item: String,
    /// The path of what uses it: a type, a function, an interface or a world.
    pub by: String,
}

/// A version of a package that stands on one side only, beside the one that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrackReport {
    /// `added` or `removed`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["added", "removed"])))]
    pub status: PackageStatus,
    /// The version; null where it declares none.
    pub version: Option<String>,
    /// Its directory, relative to the input of its side.
    pub path: Option<String>,
    /// Its worlds that may touch something, where it was added: to components, they are new.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worlds: Vec<TrackWorldReport>,
}

/// A world of such a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrackWorldReport {
    /// Its name, without the package.
    pub name: String,
    /// What its components may touch.
    pub capabilities: CapabilityChanges,
}

/// A package that leaves its track, or must.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InheritReport {
    /// `namespace:name` of the package that leaves.
    pub package: String,
    /// Its version on the track that it leaves.
    pub from: String,
    /// The version that it declares or, where that is too low, requires.
    pub to: String,
}

/// How a package stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PackageStatus {
    /// Something in it changed.
    Changed,
    /// It is the same on both sides.
    Unchanged,
    /// It stands on the new side only.
    Added,
    /// It stands on the old side only.
    Removed,
    /// It could not be judged.
    Undetermined,
}

/// How an interface or world stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemStatus {
    /// Something in it, or of what it carries, changed.
    Changed,
    /// It is the same on both sides.
    Unchanged,
    /// It stands on the new side only.
    Added,
    /// It stands on the old side only.
    Removed,
}

/// The version that is required, the one that is declared, and whether that will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VersionReport {
    /// The least version that honours the level; null where the old side declares none, or nothing could be judged.
    pub required: Option<String>,
    /// The version that the new side declares; null where it declares none.
    pub declared: Option<String>,
    /// Whether the declared version will do.
    pub verdict: VersionVerdict,
    /// Where the declared version was held against the newest release instead of the old side: `required` and `verdict`
    /// count from there, and the package's `level` does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<ReleasedReport>,
}

/// The newest release of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleasedReport {
    /// The tag of the release.
    pub tag: String,
    /// The version of the package in it.
    pub version: String,
    /// The level of what changed since.
    pub level: Level,
}

/// The parties of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consumers {
    /// Those who import the interface and call it.
    pub consumers: Verdict,
    /// Those who export the interface and implement it.
    pub providers: Verdict,
}

/// The parties of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guests {
    /// The components that target the world.
    pub guests: Verdict,
    /// Those who run such components.
    pub hosts: Verdict,
}

/// The parties of a change: those of the interface or of the world that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum PartiesReport {
    /// Of what stands in an interface.
    Interface(Consumers),
    /// Of what stands in a world.
    World(Guests),
}

/// One interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InterfaceReport {
    /// Its name, without the package.
    pub name: String,
    /// How it stands.
    pub status: ItemStatus,
    /// The level of what changed in it, and of what it carries.
    pub level: Level,
    /// Who breaks among binaries that are built already.
    pub link: Consumers,
    /// Who breaks among those who compile against it.
    pub source: Consumers,
}

/// One world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorldReport {
    /// Its name, without the package.
    pub name: String,
    /// How it stands.
    pub status: ItemStatus,
    /// The level of what changed in it, and of what it carries.
    pub level: Level,
    /// Who breaks among binaries that are built already.
    pub link: Guests,
    /// Who breaks among those who compile against it.
    pub source: Guests,
    /// What its components may touch and could not before, and the other way round; absent where nothing differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<CapabilityChanges>,
}
