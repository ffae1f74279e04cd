//! From a level to a version, and into the text: tracks, the required version, the verdict on the declared one, edits.
//!
//! Deliberately absent: what changed. Only its level is known here.

pub mod edit;
mod pair;
mod require;
pub mod track;

pub use pair::{Candidate, Pair, pair};
pub use require::{VersionVerdict, required, verdict};
