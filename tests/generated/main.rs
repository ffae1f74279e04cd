//! Random edits of packages: every verdict on every pair is the official validator's.
//!
//! `WIT_DIFF_PAIRS` says how many pairs are made, `WIT_DIFF_SEED` from which seed.

mod coverage;
mod draft;
mod edits;
mod judge;
mod make;
mod minimise;
mod packages;
#[path = "../support/pairs.rs"]
mod pairs;
mod run;
mod scope;

#[test]
fn every_verdict_is_proved() {
    let count = from_environment("WIT_DIFF_PAIRS").unwrap_or(run::USUAL);
    let seed = from_environment("WIT_DIFF_SEED").unwrap_or(1);
    let outcome = run::run(seed, count);
    println!("{outcome}");
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n\n"));
}

fn from_environment(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}
