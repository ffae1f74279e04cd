//! Compares two revisions of a WIT package.
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod error;
pub mod judge;
pub mod pipeline;
pub mod report;
pub mod revision;
pub mod rule;
pub mod surface;
pub mod verdict;
pub mod version;
