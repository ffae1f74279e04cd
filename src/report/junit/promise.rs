//! What a package is held to, a test case each.

use crate::report::CheckReason;

/// What a package is held to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    Version,
    Allowed,
    Denied,
    Capability,
    Tool,
}

impl Promise {
    /// Why a package fails, as what it does not keep.
    pub fn of(reason: CheckReason) -> Promise {
        match reason {
            CheckReason::OverAllowed => Promise::Allowed,
            CheckReason::RuleDenied => Promise::Denied,
            CheckReason::CapabilityDenied => Promise::Capability,
            CheckReason::ToolRefuses => Promise::Tool,
            CheckReason::InsufficientVersion
            | CheckReason::UnchangedVersion
            | CheckReason::WentBackwards
            | CheckReason::VersionWithdrawn
            | CheckReason::BreaksUnversioned
            | CheckReason::RemovedUnannounced => Promise::Version,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Promise::Version => "the declared version honours what changed",
            Promise::Allowed => "nothing is above the allowed level",
            Promise::Denied => "no denied change was found",
            Promise::Capability => "no world gained a denied capability",
            Promise::Tool => "the other tool accepts it",
        }
    }

    pub fn kind(self) -> &'static str {
        match self {
            Promise::Version => "version",
            Promise::Allowed => "over-allowed",
            Promise::Denied => "rule-denied",
            Promise::Capability => "capability-denied",
            Promise::Tool => "tool-refuses",
        }
    }
}
