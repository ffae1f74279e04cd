//! How stable each package, interface, world and type is, over the revisions of a history: the wire types of
//! `wit-diff stability` and their JSON.

use super::log::{LevelCounts, LogReport, LogSteps};
use super::wire::*;
use crate::verdict::{Level, Protect};
use serde::Serialize;

/// How stable packages are, and what is in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StabilityReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the report.
    pub tool: Tool,
    /// Where the history ends.
    pub input: InputReport,
    /// What its first revision is compared with; absent where history begins with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<InputReport>,
    /// What the revisions are; null where the history could not be read.
    pub by: Option<LogSteps>,
    /// For whom breaks count.
    pub protect: Protect,
    /// The feature gates that were switched on.
    pub features: Vec<String>,
    /// Whether all revisions could be judged.
    pub status: Status,
    /// The revisions, oldest first.
    pub revisions: Vec<StabilityRevision>,
    /// Every line of every package, by name; those that go on before those that ended.
    pub packages: Vec<PackageStability>,
    /// Why there is no history, or not the one that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// What is worth knowing; absent where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// No package was found, or not one that was asked for.
    #[serde(skip)]
    pub nothing_found: bool,
}

/// A revision of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StabilityRevision {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// The full id of the commit.
    pub commit: String,
    /// The day of the commit, in UTC.
    pub date: String,
}

/// One line of a package: the versions that continue one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackageStability {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// The newest version of the line; null where it declares none.
    pub version: Option<String>,
    /// For whom breaks count, where that is not whom they count for elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protect: Option<Protect>,
    /// The features that count for it, where they are not those of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<String>>,
    /// Whether the line goes on.
    pub line: LineStatus,
    /// The revision that holds it no longer; absent where it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// Its own releases: those of versions that are no pre-release.
    pub releases: usize,
    /// Its own pre-releases.
    pub pre_releases: usize,
    /// The revisions that could not be judged, which count for nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undetermined: Vec<String>,
    /// Why that is, oldest first; what is as it was before is said once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<UndeterminedReason>,
    /// Changes of what it takes from other packages, which are counted there, too.
    pub carried: LevelCounts,
    /// The package itself first, then what is in it, by path.
    pub items: Vec<ItemStability>,
    /// Its own revisions, oldest first: by these, `marks` and `releases` count.
    pub revisions: Vec<LineRevision>,
}

/// Why a revision could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UndeterminedReason {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// What is wrong with it.
    pub error: ErrorReport,
}

/// A revision in which a line was released, or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineRevision {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// The day of the commit.
    pub date: String,
    /// The version in it; null where it declares none.
    pub version: Option<String>,
    /// What it is to the line.
    pub kind: LineRevisionKind,
}

/// What a revision is to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineRevisionKind {
    /// It is not known what came before: a range begins with it, or a shallow clone.
    Base,
    /// A release, which makes a promise.
    Release,
    /// A pre-release, which makes none.
    PreRelease,
    /// It could not be judged.
    Undetermined,
    /// It changed the line, and released something else.
    Beside,
    /// It holds the line no longer.
    End,
}

/// Whether a line goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineStatus {
    /// The newest revision of its history holds it.
    GoesOn,
    /// It ended where another version was released: what it promised is judged as of its last release.
    Ended,
    /// It was removed.
    Removed,
}

/// A package, an interface, a world or a type, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemStability {
    /// What it is, in the grammar of paths.
    pub path: String,
    /// What kind of thing that is.
    pub kind: StabilityKind,
    /// What its figures amount to.
    pub class: StabilityClass,
    /// The first revision that holds it.
    pub since: Moment,
    /// It may be older than that: it stood in what the history begins with, of which nothing before is known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub may_be_older: bool,
    /// The revision in which it was gone; absent where it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<Moment>,
    /// The feature of `@unstable` that it stands behind; absent where it is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unstable: Option<String>,
    /// What it looks renamed from, in the grammar of paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What it looks renamed to, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
    /// The releases that it has lived through, the first one included.
    pub releases: usize,
    /// The pre-releases, likewise.
    pub pre_releases: usize,
    /// The days between its first release and the last one of its line.
    pub days: usize,
    /// The releases that changed it and broke nobody who is protected.
    pub grew: usize,
    /// The releases that broke somebody who is protected; one that has it no longer, too.
    pub broke: usize,
    /// The pre-releases that would have, and broke no promise.
    pub pre_releases_broke: usize,
    /// For whom releases broke it, protected or not: consumers, providers, guests, hosts.
    pub broke_for: Vec<BrokeFor>,
    /// When a release last changed it, breaks included; absent where none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changed: Option<Past>,
    /// When a release last broke it; absent where none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_broke: Option<Past>,
    /// Who uses it in the newest release of its line: other interfaces and worlds.
    pub used_by: Vec<String>,
    /// How many other packages that are.
    pub used_by_packages: usize,
    /// The changes that stand at it, and at nothing that is listed inside of it: each is counted once.
    pub changes: LevelCounts,
    /// What happened, oldest first.
    pub marks: Vec<Mark>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StabilityKind {
    /// A package.
    Package,
    /// An interface, its functions included.
    Interface,
    /// A world, what stands in it alone included.
    World,
    /// A type; a resource with its methods.
    Type,
}

impl StabilityKind {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            StabilityKind::Package => "package",
            StabilityKind::Interface => "interface",
            StabilityKind::World => "world",
            StabilityKind::Type => "type",
        }
    }
}

/// How stable something is, the most settled first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StabilityClass {
    /// Old enough to tell, and nothing changed for a while.
    Settled,
    /// Old enough to tell, and of late only added to.
    Growing,
    /// Too young to tell.
    New,
    /// It broke of late, or breaks often.
    Moving,
    /// It stands behind a feature, and nothing is promised.
    Unstable,
    /// It is gone.
    Gone,
}

impl StabilityClass {
    /// Every class, in order.
    pub const ALL: [StabilityClass; 6] = [
        StabilityClass::Settled,
        StabilityClass::Growing,
        StabilityClass::New,
        StabilityClass::Moving,
        StabilityClass::Unstable,
        StabilityClass::Gone,
    ];

    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            StabilityClass::Settled => "settled",
            StabilityClass::Growing => "growing",
            StabilityClass::New => "new",
            StabilityClass::Moving => "moving",
            StabilityClass::Unstable => "unstable",
            StabilityClass::Gone => "gone",
        }
    }
}

/// A revision and its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moment {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// The day of the commit.
    pub date: String,
}

/// The same, and how long ago that was when the line was last released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Past {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// The day of the commit.
    pub date: String,
    /// How many releases of the line came after it.
    pub releases_ago: usize,
    /// How many days before the last release of the line that was.
    pub days_ago: usize,
}

/// How often something broke for a party on a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BrokeFor {
    /// `consumers`, `providers`, `guests` or `hosts`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["consumers", "providers", "guests", "hosts"])))]
    pub party: String,
    /// The releases that broke what is built already.
    pub link: usize,
    /// The releases that broke what is compiled anew.
    pub source: usize,
}

/// Something that happened to an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// What happened.
    pub what: MarkKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Only what is said of it changed.
    Documented,
    /// It changed, and broke nobody who is protected.
    Grew,
    /// It broke somebody who is protected.
    Broke,
    /// It is there for the first time, or again.
    Appeared,
    /// It is gone.
    Gone,
}

impl MarkKind {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            MarkKind::Documented => "documented",
            MarkKind::Grew => "grew",
            MarkKind::Broke => "broke",
            MarkKind::Appeared => "appeared",
            MarkKind::Gone => "gone",
        }
    }
}

/// How stable `packages` are in the history that `log` tells, over its `revisions`.
pub fn stability_report(
    log: LogReport,
    revisions: Vec<StabilityRevision>,
    packages: Vec<PackageStability>,
) -> StabilityReport {
    let LogReport { schema_version, tool, input, base, by, protect, features, status, errors, warnings, .. } = log;
    let nothing_found = log.nothing_found;
    StabilityReport {
        schema_version,
        tool,
        input,
        base,
        by,
        protect,
        features,
        status,
        revisions,
        packages,
        errors,
        warnings,
        nothing_found,
    }
}

/// The report as [`contract`](super::contract) defines it, with a line break at the end.
pub fn stability_to_json(report: &StabilityReport) -> String {
    super::json::indented(report)
}

impl LevelCounts {
    /// Counts one more of a level.
    pub fn add(&mut self, level: Level) {
        match level {
            Level::Major => self.major += 1,
            Level::Minor => self.minor += 1,
            Level::Patch => self.patch += 1,
            Level::None => {}
        }
    }
}
