//! What another tool says of the same pair, when it is asked in its own way.

use crate::error::Side;
use semver::Version;

/// The tool whose answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// `wasm-tools component semver-check`: whether a component built for the old world fits the new one.
    WasmTools,
    /// `wkg publish`: whether a component built for the new world fits the old one, for every world that there was.
    Wkg,
}

/// The answer on one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolAnswer {
    /// `namespace:name`.
    pub package: String,
    /// The worlds that were compared and will do, in the order in which they were.
    pub worlds: Vec<String>,
    /// What the tool says.
    pub outcome: ToolOutcome,
    /// Whether it would say otherwise if the same features counted on both sides.
    pub is_by_gates: bool,
}

impl ToolAnswer {
    /// Whether the tool ends well.
    pub fn accepts(&self) -> bool {
        matches!(self.outcome, ToolOutcome::Accepted | ToolOutcome::NotCompared(_))
    }
}

/// What a tool says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToolOutcome {
    /// All that it compared will do.
    Accepted,
    /// There was nothing to compare, which is fine.
    NotCompared(NotCompared),
    /// This world will not do.
    Incompatible {
        /// Its name.
        world: String,
        /// The words of the official library.
        message: String,
    },
    /// It stops before it has an answer.
    Refused(Refusal),
}

/// Why a tool had nothing to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// The package is new: no version of it was published.
    New,
    /// The package is gone: there is nothing to publish.
    Gone,
    /// The old version is none of those that the new one is held against.
    OtherSeries {
        /// The old version.
        old: Version,
        /// Those that are: a requirement on versions, as Cargo writes them.
        series: String,
    },
}

/// Why a tool stops before it has an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The package is not on this side.
    NoPackage(Side),
    /// One world would have to be chosen on this side.
    SeveralWorlds(Side),
    /// The world cannot be chosen on this side: the words of the official library.
    NoWorld(Side, String),
    /// The package declares no version on this side.
    NoVersion(Side),
    /// The version is published already.
    Published(Version),
    /// This world is gone.
    WorldRemoved(String),
    /// The package cannot be written as WebAssembly on this side: the words of the official library.
    NotEncoded(Side, String),
    /// The package cannot be read on this side, as the tool is older than this.
    Unreadable(Side, Newer),
    /// The world cannot be compared, for the same reason.
    Uncomparable(String, Newer),
    /// Both sides cannot stand beside each other: the words of the official library.
    NotMerged(String),
}

/// What a tool does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newer {
    /// Getters and setters.
    Accessor,
    /// Identifiers for hosts.
    ExternalId,
    /// Interfaces under a plain name.
    Implements,
    /// Maps.
    Map,
}
