//! What a call costs: figures against the official encoder, types that nobody can compute with, and what is told of it.

mod advice;
mod encoder;
mod limits;
mod model;
#[path = "../support/pairs.rs"]
mod pairs;
mod rules;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod thresholds;
mod told;
