//! The wire type of a configuration that is another one than that of the old side.

use serde::Serialize;

/// What the new side asks of its checks and the old side does not, or not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigChangeReport {
    /// The file of the old side, as a user would type it; null where there is none.
    pub old: Option<String>,
    /// The file of the new side, which counts; null where there is none.
    pub new: Option<String>,
    /// The keys that differ, as `allow` and `packages."a:b".allow`.
    pub keys: Vec<String>,
}
