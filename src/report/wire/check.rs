//! The wire types of a gate: whether packages pass, and why not.

use super::DeniedCapability;
use crate::verdict::Level;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The gate, for all packages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckReport {
    /// Whether all packages pass.
    pub passed: bool,
    /// The highest level that is allowed; absent where any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Level>,
    /// The lowest level that fails, where one was asked for; `compare` knows no other reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Level>,
    /// The rules of which no change may be found.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub deny: BTreeSet<String>,
    /// The patterns of capabilities that no world may gain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deny_capabilities: Vec<String>,
    /// Nothing is held against versions: the gate of `compare`.
    #[serde(skip)]
    pub ignores_versions: bool,
}

impl CheckReport {
    /// The lowest level that fails, where nothing else does: the gate of `compare`.
    pub(in crate::report) fn levels_only(&self) -> Option<Level> {
        self.fail_on.filter(|_| self.allow.is_none())
    }

    /// Whether versions make nothing fail.
    pub(in crate::report) fn is_gate(&self) -> bool {
        self.ignores_versions || self.levels_only().is_some()
    }

    /// The same with what is asked of one package.
    pub(in crate::report) fn of(&self, package: &PackageCheck) -> CheckReport {
        let (allow, fail_on) = (package.allow.or(self.allow), package.fail_on.or(self.fail_on));
        CheckReport { allow, fail_on, ..self.clone() }
    }
}

/// The gate, for one package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackageCheck {
    /// Whether it passes.
    pub passed: bool,
    /// Why not; empty where it passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<CheckReason>,
    /// The level that counts, where that is another one than what changed: without what is accepted, and with the levels
    /// that the configuration gives to rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// How many changes of denied rules were found, by rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub denied: BTreeMap<String, usize>,
    /// The denied capabilities that its worlds gained.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<DeniedCapability>,
    /// The highest level that is allowed, where this package has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Level>,
    /// The lowest level that fails, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Level>,
}

/// Why a package does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The level is above the one that is allowed, or one that fails.
    OverAllowed,
    /// A change of a rule was found that is denied.
    RuleDenied,
    /// A world gained a capability that is denied.
    CapabilityDenied,
    /// Another tool, which was asked for, refuses it.
    ToolRefuses,
}
