//! From a level to a version.
pub mod track;
