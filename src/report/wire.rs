//! The wire types of the report, version 1. Names and values are a contract: see [`contract`](super::contract).
//! Fields may be added; none is renamed or dropped within one schema version.

use crate::verdict::{Level, Protect, Verdict};
use crate::version::VersionVerdict;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the contract.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub schema_version: u32,
    pub tool: Tool,
    pub old: InputReport,
    pub new: InputReport,
    pub protect: Protect,
    pub features: Vec<String>,
    pub status: Status,
    pub level: Level,
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
    /// What `check` says of the whole; absent where nothing was to be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckReport>,
    /// Nothing was compared, or a package that was asked for by name is not there.
    #[serde(skip)]
    pub nothing_compared: bool,
}

/// Who wrote the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

impl Tool {
    /// This version of this tool.
    pub fn this() -> Tool {
        Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// One revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputReport {
    pub input: String,
    pub kind: InputKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// How it was found, as the end of a sentence: "the merge base of `main` and `HEAD`".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// The directory that the files of its places count from, seen from the top of the repository, as in `wit/deps`;
    /// empty where that is the top. Absent where it is the top, and where it was not looked for.
    #[serde(skip_serializing_if = "is_top")]
    pub root: Option<String>,
    /// The address of its top directory on the site that hosts the repository, without a `/` at the end: a file's path
    /// seen from the top and `#L` with a line lead to the line. Absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

fn is_top(root: &Option<String>) -> bool {
    root.as_ref().is_none_or(String::is_empty)
}

/// What an input was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    Path,
    Git,
    Wasm,
}

/// Whether all packages could be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Complete,
    Undetermined,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageReport {
    pub name: String,
    pub status: PackageStatus,
    pub old_version: Option<String>,
    pub new_version: Option<String>,
    pub level: Option<Level>,
    pub version: VersionReport,
    pub interfaces: Vec<InterfaceReport>,
    pub worlds: Vec<WorldReport>,
    pub changes: Vec<ChangeReport>,
    /// Who uses what of that which changed: all that leads from changed types to what they reach, each step once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<UseReport>,
    /// What is worth knowing beside the changes, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
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
        }
    }
}

/// One item uses another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UseReport {
    /// The path of what is used, such as a type.
    pub item: String,
    /// The path of what uses it: a type, a function, an interface or a world.
    pub by: String,
}

/// A version of a package that stands on one side only, beside the one that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrackReport {
    /// `added` or `removed`.
    pub status: PackageStatus,
    pub version: Option<String>,
    /// Its directory, relative to the input of its side.
    pub path: Option<String>,
}

/// A package that leaves its track, or must.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InheritReport {
    pub package: String,
    /// Its version on the track that it leaves.
    pub from: String,
    /// The version that it declares or, where that is too low, requires.
    pub to: String,
}

/// The gate, for all packages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    pub passed: bool,
    /// The highest level that is allowed; absent where any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Level>,
    /// The rules of which no change may be found.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub deny: BTreeSet<String>,
}

/// The gate, for one package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PackageCheck {
    pub passed: bool,
    /// Why not; empty where it passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<CheckReason>,
    /// How many changes of denied rules were found, by rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub denied: BTreeMap<String, usize>,
}

/// Why a package does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckReason {
    /// The declared version is lower than the required one.
    InsufficientVersion,
    /// Something changed under an unchanged version.
    UnchangedVersion,
    /// The declared version is lower than the old one.
    WentBackwards,
    /// The old side declares a version, and the new one none.
    VersionWithdrawn,
    /// A breaking change in a package that declares no version: nothing announces it.
    BreaksUnversioned,
    /// The package is gone, and no other track of it stands on the new side.
    RemovedUnannounced,
    /// The level is above the one that is allowed.
    OverAllowed,
    /// A change of a rule was found that is denied.
    RuleDenied,
}

/// How a package stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageStatus {
    Changed,
    Unchanged,
    Added,
    Removed,
    Undetermined,
}

/// How an interface or world stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemStatus {
    Changed,
    Unchanged,
    Added,
    Removed,
}

/// The version that is required, the one that is declared, and whether that will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionReport {
    pub required: Option<String>,
    pub declared: Option<String>,
    pub verdict: VersionVerdict,
    /// Where the declared version was held against the newest release instead of the old side: `required` and `verdict`
    /// count from there, and the package's `level` does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<ReleasedReport>,
}

/// The newest release of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleasedReport {
    pub tag: String,
    /// The version of the package in it.
    pub version: String,
    /// The level of what changed since.
    pub level: Level,
}

/// The parties of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Consumers {
    pub consumers: Verdict,
    pub providers: Verdict,
}

/// The parties of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Guests {
    pub guests: Verdict,
    pub hosts: Verdict,
}

/// The parties of a change: those of the interface or of the world that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PartiesReport {
    Interface(Consumers),
    World(Guests),
}

/// One interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InterfaceReport {
    pub name: String,
    pub status: ItemStatus,
    pub level: Level,
    pub link: Consumers,
    pub source: Consumers,
}

/// One world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorldReport {
    pub name: String,
    pub status: ItemStatus,
    pub level: Level,
    pub link: Guests,
    pub source: Guests,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    pub rule: String,
    pub path: String,
    /// The track of the dependency that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    pub level: Level,
    pub fingerprint: String,
    pub link: PartiesReport,
    pub source: PartiesReport,
    pub gate: Option<GateReport>,
    pub old: Option<PlaceReport>,
    pub new: Option<PlaceReport>,
    /// What an item that stands on one side only would stand in, on the other side; absent where there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<PlaceReport>,
    pub message: String,
    pub hint: Option<String>,
    /// The WIT that offers the same and breaks nobody; absent where nobody breaks, and where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<AlternativeReport>,
    pub reach: Vec<String>,
    /// The smallest pair that shows how it breaks a link; absent where none was asked for, or none was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<WitnessReport>,
    /// The release that it breaks, where that is older than what the package was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<InputReport>,
    /// A likely rename: the name on the other side of an equal structure.
    #[serde(skip)]
    pub renamed: Option<String>,
    /// The feature that the item stood behind on the side where it is missing now.
    #[serde(skip)]
    pub stabilised: Option<String>,
}

/// What to do to the old package instead of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AlternativeReport {
    pub steps: Vec<StepReport>,
    /// The version that the package gets then, where the steps name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The level of the old package against itself with these steps: `minor`, or `none` where all is restored.
    pub applies_as: Level,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct StepReport {
    pub action: StepAction,
    /// The package, interface, resource or world, in the grammar of paths.
    pub into: String,
    /// What is added, kept with other attributes, or as it was.
    pub wit: String,
}

/// What is done with a piece of WIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepAction {
    /// It is new.
    Add,
    /// It was there, and is marked as deprecated.
    Keep,
    /// It was there, and stays as it was.
    Restore,
}

/// Two packages that show how a change breaks a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WitnessReport {
    /// `interface NAME` or `world NAME`.
    pub item: String,
    /// Who breaks: `consumers`, `providers`, `guests` or `hosts`.
    pub party: String,
    /// The old package, as one WIT file.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The world, in both.
    pub world: String,
    /// The side that the component is built for: `old` or `new`.
    pub built_for: String,
    /// The shell command that shows it with the official tools, where the packages are `old.wit` and `new.wit`.
    pub command: String,
    /// What the official validator says.
    pub message: String,
    /// Other changes in it that could not be cut away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<BesideReport>,
}

/// Another change in a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BesideReport {
    pub rule: String,
    pub path: String,
}

/// The gate that a change stands behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GateReport {
    pub unstable: String,
}

/// A place in a revision. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceReport {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub text: String,
    /// The declaration that stands there; absent where there is no text, or too much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<ExcerptReport>,
}

/// Whole lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExcerptReport {
    /// The first line, counted from 1.
    pub line: u32,
    /// The lines, as they are indented in the file, without a line break at the end.
    pub text: String,
}

/// Why a side is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorReport {
    pub side: String,
    pub message: String,
    pub file: Option<String>,
    pub line: Option<u32>,
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}
