//! From a level to a version: tracks, the required version, the verdict on the declared one.
//!
//! Deliberately absent: what changed. Only its level is known here.

mod pair;
mod require;
pub mod track;

pub use pair::{Candidate, Pair, pair};
pub use require::{VersionVerdict, required, verdict};
