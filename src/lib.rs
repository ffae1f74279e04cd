//! Compares two revisions of a WIT package.
pub mod change;
pub mod compare;
pub mod error;
pub mod revision;
pub mod rule;
pub mod surface;
pub mod verdict;
pub mod version;
