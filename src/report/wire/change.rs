//! The wire types of one change: what it is, where it stands, and what to do instead.

use super::{InputReport, PartiesReport};
use crate::verdict::Level;
use serde::Serialize;
use std::ops::Range;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeReport {
    /// The id of the rule, in kebab-case; `wit-diff explain` tells what it means.
    pub rule: String,
    /// What changed: `ns:pkg/interface`, `…#item`, `…#item.field`, `ns:pkg/world#import:name`, `…#export:name`,
    /// `…#type:name`.
    pub path: String,
    /// The track of the dependency that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// How much it weighs for those who are protected.
    pub level: Level,
    /// What it counts as where a gate decides, where the configuration says something else than `level`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<Level>,
    /// Who accepted it, and why; absent where nobody did. It makes no gate fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<AcceptedReport>,
    /// The same for the same change, whatever the commit, the lines and the wording.
    pub fingerprint: String,
    /// Who breaks among binaries that are built already.
    pub link: PartiesReport,
    /// Who breaks among those who compile against it.
    pub source: PartiesReport,
    /// The gate that it stands behind; null where it stands behind none.
    pub gate: Option<GateReport>,
    /// Its place on the old side; null where it is not there, or there is no text.
    pub old: Option<PlaceReport>,
    /// Its place on the new side, likewise.
    pub new: Option<PlaceReport>,
    /// What an item that stands on one side only would stand in, on the other side; absent where there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<PlaceReport>,
    /// What happened, as a sentence without a full stop.
    pub message: String,
    /// What to do instead, as a sentence; null where there is nothing to do.
    pub hint: Option<String>,
    /// The WIT that offers the same and breaks nobody; absent where nobody breaks, and where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<AlternativeReport>,
    /// The paths of the functions, interfaces and worlds that carry it, sorted; at most 1,000.
    pub reach: Vec<String>,
    /// The smallest pair that shows how it breaks a link; absent where none was asked for, or none was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<WitnessReport>,
    /// The release that it breaks, where that is older than what the package was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<InputReport>,
    /// The fingerprint that it has where it comes from, of a change of a dependency.
    #[serde(skip)]
    pub origin: Option<String>,
    /// A likely rename: the name on the other side of an equal structure.
    #[serde(skip)]
    pub renamed: Option<String>,
    /// The feature that the item stood behind on the side where it is missing now.
    #[serde(skip)]
    pub stabilised: Option<String>,
}

impl ChangeReport {
    /// What it counts as where a gate decides.
    pub fn counted(&self) -> Level {
        match self.accepted {
            Some(_) => Level::None,
            None => self.counts_as.unwrap_or(self.level),
        }
    }
}

/// An entry of the file of accepted changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AcceptedReport {
    /// Why it is accepted.
    pub reason: String,
    /// Who did so.
    pub who: String,
    /// The last day on which it is, as `YYYY-MM-DD`, or the first version of the package in which it is not; absent
    /// where it is for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// An acceptance that is over, or is of no change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaleReport {
    /// What is the matter with it.
    pub because: StaleBecause,
    /// Of which change it is.
    pub fingerprint: String,
    /// The rule of that change, as the file has it.
    pub rule: String,
    /// What changed, likewise.
    pub path: String,
    /// Who accepted it, and why.
    pub accepted: AcceptedReport,
    /// The file.
    pub file: String,
    /// The line of the entry, from 1.
    pub line: u32,
}

/// Why an acceptance is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StaleBecause {
    /// Its day or its version has passed.
    Expired,
    /// There is no such change.
    Unmatched,
}

/// What to do to the old package instead of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlternativeReport {
    /// What to do, in this order, to the old package.
    pub steps: Vec<StepReport>,
    /// The version that the package gets then, where the steps name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The level of the old package against itself with these steps: `minor`, or `none` where all is restored.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["none", "minor"])))]
    pub applies_as: Level,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepReport {
    /// What is done.
    pub action: StepAction,
    /// The package, interface, resource or world, in the grammar of paths.
    pub into: String,
    /// What is added, kept with other attributes, or as it was.
    pub wit: String,
}

/// What is done with a piece of WIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WitnessReport {
    /// `interface NAME` or `world NAME`.
    pub item: String,
    /// Who breaks: `consumers`, `providers`, `guests` or `hosts`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["consumers", "providers", "guests", "hosts"])))]
    pub party: String,
    /// The old package, as one WIT file.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The world, in both.
    pub world: String,
    /// The side that the component is built for: `old` or `new`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["old", "new"])))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BesideReport {
    /// The id of its rule.
    pub rule: String,
    /// What changed.
    pub path: String,
}

/// The gate that a change stands behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GateReport {
    /// The feature that `@unstable` names.
    pub unstable: String,
}

/// A place in a revision. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceReport {
    /// The file, counted from the `root` of its side.
    pub file: String,
    /// The line.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: u32,
    /// The column, in characters.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub column: u32,
    /// The line, without the blanks around it.
    pub text: String,
    /// The declaration that stands there; absent where there is no text, or too much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<ExcerptReport>,
}

/// Whole lines of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExcerptReport {
    /// The first line, counted from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: u32,
    /// The lines, as they are indented in the file, without a line break at the end.
    pub text: String,
    /// The bytes of the text that differ from the other side, as far as the change is about them.
    #[serde(skip)]
    pub differing: Vec<Range<usize>>,
    /// The bytes of what the change is about.
    #[serde(skip)]
    pub about: Range<usize>,
}

/// Why a side is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorReport {
    /// Where: `old`, `new`, `both`, `either`, or `input` where there is one side only.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["old", "new", "both", "either", "input"])))]
    pub side: String,
    /// What is wrong.
    pub message: String,
    /// The file; null where it is about none.
    pub file: Option<String>,
    /// The line, counted from 1; null where it is about none.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: Option<u32>,
    /// The column, counted from 1, likewise.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub column: Option<u32>,
    /// The line that it is about; absent where it is about none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    /// What to do about it; absent where nothing is known to help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}
