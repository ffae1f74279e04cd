//! Compares two revisions of a WIT package.
pub mod change;
pub mod compare;
pub mod error;
pub mod judge;
pub mod revision;
pub mod surface;
pub mod verdict;
pub mod version;
