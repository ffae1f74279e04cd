//! Compares two revisions of a WIT package.
pub mod error;
pub mod revision;
