//! `wit-diff show`: what its lines say, when they change, and how git shows them.

#![cfg(all(feature = "cli", feature = "git"))]

mod law;
#[path = "../support/options.rs"]
mod options;
#[path = "../support/pairs.rs"]
mod pairs;
#[allow(dead_code, reason = "what is shown is text")]
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
#[path = "../support/shuffle.rs"]
mod shuffle;

mod driver;
mod printed;

use run::Run;
use scratch::Scratch;

impl Scratch {
    #[track_caller]
    fn call(&self, arguments: &[&str]) -> Run {
        Run::by(&mut self.binary(arguments))
    }
}
