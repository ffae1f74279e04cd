//! What another tool says.

use serde::Serialize;

/// What another tool says of a package: `--as`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProfileReport {
    /// The tool.
    pub name: ProfileName,
    /// Whether the tool ends well.
    pub accepts: bool,
    /// The worlds that it compared, and found well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worlds: Vec<String>,
    /// Why it does not end well, or compared nothing: the official library's words behind ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Why `level` says otherwise; absent where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
}

/// A tool that is asked, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProfileName {
    /// `wasm-tools component semver-check`.
    WasmTools,
    /// `wkg publish`.
    Wkg,
}
