//! Advice, applied: it makes a minor change of a breaking one, and the official validator agrees.

#![cfg(feature = "verify")]

mod law;
#[path = "../support/pairs.rs"]
mod pairs;

use law::{Counts, hold, read_path, read_text};
use pairs::Pair;
use std::fs;
use wit_diff::rule;
use wit_diff::surface::Features;
use wit_diff::verdict::Protect;

const PROTECT: [Protect; 3] = [Protect::Guests, Protect::Hosts, Protect::All];

fn finish(counts: &Counts, wrong: &[String]) {
    for (rule, (with, without)) in counts {
        println!("{rule:32} {with:5} with, {without:4} without");
    }
    let (with, without) = counts.values().fold((0, 0), |(a, b), (with, without)| (a + with, b + without));
    println!("{with} changes with advice, {without} without");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn on_every_rule() {
    let (mut counts, mut wrong) = (Counts::new(), Vec::new());
    for rule in rule::all() {
        let (Some(old), Some(new)) = (read_text(rule.old), read_text(rule.new)) else {
            panic!("{} does not resolve", rule.id);
        };
        for protect in PROTECT {
            hold(rule.id, (&old, &new), &Features::default(), protect, &mut counts, &mut wrong);
        }
    }
    finish(&counts, &wrong);
}

fn features(case: &Pair) -> Features {
    let mut features = Features::default();
    for line in fs::read_to_string(case.directory.join("options")).unwrap_or_default().lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("features", names) => features.names = names.split(',').map(str::to_string).collect(),
            ("all-features", "") => features.all = true,
            _ => {}
        }
    }
    features
}

fn hold_pair(pair: &Pair, features: &Features, counts: &mut Counts, wrong: &mut Vec<String>) {
    let (Some(old), Some(new)) = (read_path(&pair.old, features), read_path(&pair.new, features)) else { return };
    for protect in PROTECT {
        hold(&pair.name, (&old, &new), features, protect, counts, wrong);
        hold(&format!("{} backwards", pair.name), (&new, &old), features, protect, counts, wrong);
    }
}

#[test]
fn on_every_case() {
    let (mut counts, mut wrong) = (Counts::new(), Vec::new());
    for case in pairs::cases() {
        hold_pair(&case, &features(&case), &mut counts, &mut wrong);
    }
    finish(&counts, &wrong);
}

#[test]
fn on_neighbouring_versions_of_real_packages() {
    let (mut counts, mut wrong) = (Counts::new(), Vec::new());
    for pair in pairs::corpora().first().into_iter().flat_map(|corpus| pairs::neighbours(corpus)) {
        hold_pair(&pair, &Features::default(), &mut counts, &mut wrong);
    }
    finish(&counts, &wrong);
}
