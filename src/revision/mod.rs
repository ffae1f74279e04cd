//! placeholder
use std::path::PathBuf;
#[derive(Clone, Debug)]
pub struct Options {
    pub repo: Option<PathBuf>,
    pub max_file_bytes: u64,
    pub working_directory: Option<PathBuf>,
}
#[derive(Clone, Debug)]
pub struct Revision {
    pub input: String,
    pub kind: Kind,
    pub commit: Option<String>,
    pub main: Bundle,
    pub deps: Vec<Bundle>,
    pub siblings: Vec<Bundle>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Path,
    Git,
    Wasm,
}
#[derive(Clone, Debug)]
pub struct Bundle {
    pub path: String,
    pub files: Vec<SourceFile>,
    pub binary: bool,
}
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub bytes: Vec<u8>,
}
