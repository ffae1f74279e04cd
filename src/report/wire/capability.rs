//! The wire types of what worlds may touch.

use super::{ChangeReport, PlaceReport};
use crate::capability::{CapabilityKind, Power, Statement};
use serde::Serialize;

/// What a world imports under one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CapabilityReport {
    /// `namespace:package/interface`, never with a version, or the plain name of a function or of an interface that is
    /// written in the world.
    pub name: String,
    /// What it is.
    pub kind: CapabilityKind,
    /// The versions of its package; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// What it is known to give; absent where nothing is known of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gives: Option<Power>,
    /// The encoded names of what can be called; empty where there are only types.
    pub functions: Vec<String>,
    /// How it came; absent where the text does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<WayReport>,
    /// The statement that brought it, or the world; absent where there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceReport>,
}

/// How an import came into a world; of several ways the shortest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WayReport {
    /// The worlds that are included, from this world on, as `namespace:package/world`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<String>,
    /// What the last of those worlds says or, where there are none, this one.
    pub statement: Statement,
    /// Whose types are used: first what the statement names, last what uses types of the import. Left out where the
    /// statement names that itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
}

/// What a world may touch on one side only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CapabilityChanges {
    /// What it can call now and could not; all of it in a world that is new.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<CapabilityReport>,
    /// What it could call and cannot any more, as it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<CapabilityReport>,
    /// Interfaces that it could call before, with functions that are new.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extended: Vec<ExtendedReport>,
    /// What nothing that it imported gave before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reaches: Vec<Power>,
    /// What nothing that it imports gives any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leaves: Vec<Power>,
}

/// An interface with more functions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExtendedReport {
    /// Its name, as that of a capability.
    pub name: String,
    /// The functions that are new.
    pub functions: Vec<String>,
}

/// A capability that a world has or gained, and that is denied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeniedCapability {
    /// The world, without the package.
    pub world: String,
    /// The capability.
    pub name: String,
    /// The pattern that denies it: the first that does.
    pub pattern: String,
}

impl ChangeReport {
    /// Whether it says that a world of a package imports something new.
    pub(crate) fn imports(&self, package: &str, world: &str, name: &str) -> bool {
        self.rule == "import-added" && self.path == format!("{package}/{world}#import:{name}")
    }
}
