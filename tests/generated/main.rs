//! Random edits of packages: every verdict on every pair is the official validator's.
//!
//! `WIT_DIFF_PAIRS` says how many pairs are made, `WIT_DIFF_SEED` from which seed. `WIT_DIFF_PAIR` makes one pair alone,
//! by the number that a failure gives.

mod advice;
mod coverage;
mod direct;
mod draft;
mod edits;
mod judge;
#[path = "../advice/law.rs"]
mod law;
mod make;
mod minimise;
mod packages;
#[path = "../support/pairs.rs"]
mod pairs;
mod run;
mod scope;
mod tell;

#[test]
fn every_verdict_is_proved() {
    let count = from_environment("WIT_DIFF_PAIRS").unwrap_or(run::USUAL);
    let seed = from_environment("WIT_DIFF_SEED").unwrap_or(1);
    if let Some(number) = from_environment("WIT_DIFF_PAIR") {
        let outcome = run::one(seed, number);
        println!("{outcome}");
        assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n\n"));
        return;
    }
    let outcome = run::run(seed, count);
    println!("{outcome}");
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n\n"));
    // Fewer pairs cannot show everything.
    if count >= run::USUAL {
        assert!(outcome.is_telling(), "too much is refused or not answered");
        assert_eq!(outcome.coverage.missing(), [], "was not seen");
        assert_eq!(outcome.never_made(), [""; 0], "never made a package that is one");
    }
}

fn from_environment(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}
