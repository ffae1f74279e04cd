//! The wire types of what `bump` does, or would do.

use super::wire::{ErrorReport, InputReport, Report, SCHEMA_VERSION, Tool};
use crate::verdict::Level;
use serde::Serialize;

/// What `bump` does, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BumpReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the report.
    pub tool: Tool,
    /// How it ended.
    pub status: BumpStatus,
    /// What the working tree is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<InputReport>,
    /// Every package of the working tree; of those that were named, only `checked`.
    pub packages: Vec<BumpPackage>,
    /// The packages that `check` was asked about, where some were named: these, and those that move with them. Absent
    /// where it was asked about all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<String>,
    /// The files that change, by path from the top of the working tree.
    pub files: Vec<BumpFile>,
    /// Why nothing is written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// What is worth knowing, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What `check` warns of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What `check` says where it does not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<Box<Report>>,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BumpStatus {
    /// Nothing is written, as nobody asked for it.
    Planned,
    /// The files are written, and `check` passes.
    Written,
    /// Nothing has to change.
    Sufficient,
    /// With these versions, `check` would not pass: nothing is written.
    Failed,
    /// Nothing is written, as the working tree is not clean, or a version is impossible.
    Refused,
    /// A package cannot be judged: nothing is written.
    Undetermined,
    /// There is no package.
    Nothing,
}

/// One package, in one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BumpPackage {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// The version that it is compared with; absent where it has no release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_version: Option<String>,
    /// Where that is, if not where that of all others is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The version that it declares; null where it declares none, and then nothing is raised.
    pub declared: Option<String>,
    /// The version that it is to declare: the same where that is sufficient.
    pub next: Option<String>,
    /// The level of what changed since `old_version`.
    pub level: Level,
    /// Why a version that would be enough is passed over: somebody released it with other contents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<String>,
    /// The packages that leave their track, and that it depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<BumpFollows>,
}

/// A package that leaves its track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BumpFollows {
    /// `namespace:name` of the package that leaves.
    pub package: String,
    /// The version that it gets.
    pub to: String,
}

/// A file that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BumpFile {
    /// Its path from the top of the working tree.
    pub path: String,
    /// The unified diff, as `git apply` and `patch -p1` take it.
    pub diff: String,
}

impl BumpReport {
    /// A report on nothing yet.
    pub fn new(status: BumpStatus) -> BumpReport {
        BumpReport {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            status,
            old: None,
            packages: Vec::new(),
            checked: Vec::new(),
            files: Vec::new(),
            errors: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            check: None,
        }
    }
}

/// The unified diff of one file.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    similar::TextDiff::from_lines(old, new).unified_diff().header(&before, &after).to_string()
}

/// The report as JSON, with a line break at the end.
pub fn bump_to_json(report: &BumpReport) -> String {
    super::json::indented(report)
}

/// `name version`, a line a package, for scripts. Packages without a version are left out, and all but those of these
/// names, if there are any.
pub fn bump_to_lines(report: &BumpReport, names: &[String]) -> String {
    let is_asked_for = |package: &BumpPackage| names.is_empty() || names.contains(&package.name);
    let line = |package: &BumpPackage| {
        Some(format!("{} {}\n", package.name, package.next.as_deref()?)).filter(|_| is_asked_for(package))
    };
    report.packages.iter().filter_map(line).collect()
}
