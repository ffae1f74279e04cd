//! From a level to a version: tracks, the required version, the verdict on the declared one, the one to declare next, and
//! the edits that put it into the texts.
//!
//! Deliberately absent: what changed. Only its level is known here.

pub mod edit;
mod next;
mod pair;
mod require;
pub mod track;

pub use next::{NoNext, Series, Standing, Step, next};
pub use pair::{Candidate, Pair, pair};
pub use require::{VersionVerdict, required, verdict};
