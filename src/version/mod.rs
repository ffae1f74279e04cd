//! From a level to a version: tracks, the required version, the verdict on the declared one.
//!
//! Deliberately absent: what changed. Only its level is known here.

mod require;
pub mod track;

pub use require::{VersionVerdict, required, verdict};
