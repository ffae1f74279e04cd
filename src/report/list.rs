//! What a revision holds: the wire types of `wit-diff list`, and their JSON.

use super::wire::{ErrorReport, InputReport, SCHEMA_VERSION, Tool};
use super::{Source, error_report};
use crate::error::{Error, ErrorKind};
use serde::Serialize;

/// All packages of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the list.
    pub tool: Tool,
    /// What was looked at.
    pub input: InputReport,
    /// Every package that was found.
    pub packages: Vec<ListedPackage>,
    /// What was not looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedReport>,
    /// Why the revision could not be read; empty where it could.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// There is no package.
    #[serde(skip)]
    pub nothing_found: bool,
}

/// The list of what was found in `source`; `error` says why there is nothing, or why it could not be read.
pub fn list(
    source: &Source,
    packages: Vec<ListedPackage>,
    skipped: Vec<SkippedReport>,
    error: Option<&Error>,
) -> ListReport {
    let nothing_found = error.map_or(packages.is_empty(), |error| error.kind == ErrorKind::Empty);
    let tool = Tool::this();
    let errors = error.map(|error| error_report("input", error)).into_iter().collect();
    let input = InputReport::from(source);
    ListReport { schema_version: SCHEMA_VERSION, tool, input, packages, skipped, errors, nothing_found }
}

/// A package that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedPackage {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// The version; null where it declares none.
    pub version: Option<String>,
    /// Its directory or file, relative to the input.
    pub path: String,
    /// The names of its interfaces.
    pub interfaces: Vec<String>,
    /// The names of its worlds.
    pub worlds: Vec<String>,
    /// The packages that it names.
    pub depends_on: Vec<DependencyReport>,
    /// The packages of this list that depend on it, as `namespace:name@version`.
    pub used_by: Vec<String>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorReport>,
}

/// A package that another one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DependencyReport {
    /// `namespace:name`.
    pub name: String,
    /// The version; null where none is named.
    pub version: Option<String>,
    /// Where it is taken from.
    pub from: DependencySource,
    /// Where it is, relative to the input; absent where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Where a dependency is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DependencySource {
    /// From the package's own `deps` directory.
    Deps,
    /// It is a package of the same repository.
    Repository,
    /// It stands in the package's own files, as `package … { … }`.
    Nested,
    /// It is nowhere.
    Missing,
}

/// A file or directory that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SkippedReport {
    /// Where it is, relative to the input.
    pub path: String,
    /// Why it was left out.
    pub reason: String,
}

/// The list as [`contract`](super::contract) defines it, with a line break at the end.
pub fn list_to_json(list: &ListReport) -> String {
    super::json::indented(list)
}
