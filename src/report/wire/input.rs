//! The wire types of one side.

use serde::Serialize;

/// One revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputReport {
    /// What the user typed, or a name for it.
    pub input: String,
    /// What that was taken for.
    pub kind: InputKind,
    /// The full id of the commit; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// How it was found, as the end of a sentence: "the merge base of `main` and `HEAD`".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// The directory that the files of its places count from, seen from the top of the repository, as in `wit/deps`;
    /// outside of one, as it was typed. Absent where that is the top, and where it was not looked for.
    #[serde(skip_serializing_if = "is_top")]
    pub root: Option<String>,
    /// The address of its top directory on the site that hosts the repository, without a `/` at the end: a file's path
    /// seen from the top and `#L` with a line lead to the line. Absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

fn is_top(root: &Option<String>) -> bool {
    root.as_ref().is_none_or(String::is_empty)
}

/// What an input was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// A directory or file on disk.
    Path,
    /// A revision of a git repository.
    Git,
    /// A WebAssembly binary.
    Wasm,
}
