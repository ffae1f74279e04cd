//! Advice, followed: it makes a minor change of a breaking one, and the official validator agrees.

#![cfg(feature = "verify")]

mod law;
#[path = "../support/pairs.rs"]
mod pairs;
mod shape;

use law::{Counts, hold, read_path, read_text};
use pairs::Pair;
use std::fs;
use wit_diff::rule;
use wit_diff::surface::Features;
use wit_diff::verdict::Protect;

const PROTECT: [Protect; 3] = [Protect::Guests, Protect::Hosts, Protect::All];

/// Prints how many changes of each rule have advice, and fails where something is wrong with one.
fn finish(counts: &Counts, wrong: &[String]) {
    for (rule, (with, without)) in counts {
        println!("{rule:32} {with:5} with, {:4} without", without.len());
    }
    let (with, without) = counts.values().fold((0, 0), |(a, b), (with, without)| (a + with, b + without.len()));
    println!("{with} changes with advice, {without} without");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Every change without advice.
fn without(counts: &Counts) -> Vec<&str> {
    counts.values().flat_map(|(_, without)| without).map(String::as_str).collect()
}

#[test]
fn on_every_rule() {
    let (mut counts, mut wrong, mut apart) = (Counts::new(), Vec::new(), Vec::new());
    for rule in rule::all() {
        let (Some(old), Some(new)) = (read_text(rule.old), read_text(rule.new)) else {
            panic!("{} does not resolve", rule.id);
        };
        for protect in PROTECT {
            hold(rule.id, (&old, &new), &Features::default(), protect, &mut counts, (&mut wrong, &mut apart));
        }
    }
    println!("{} packages cannot follow all of it together\n{}", apart.len(), apart.join("\n"));
    finish(&counts, &wrong);
    // Of a package that is gone there is nothing left to add to.
    assert!(without(&counts).iter().all(|change| change.ends_with("package-removed a:c")), "{:?}", without(&counts));
    assert!(counts.len() > 50, "only {} rules break somebody", counts.len());
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

fn hold_pair(
    pair: &Pair,
    features: &Features,
    counts: &mut Counts,
    (wrong, apart): (&mut Vec<String>, &mut Vec<String>),
) {
    let (Some(old), Some(new)) = (read_path(&pair.old, features), read_path(&pair.new, features)) else { return };
    for protect in PROTECT {
        hold(&pair.name, (&old, &new), features, protect, counts, (wrong, apart));
        hold(&format!("{} backwards", pair.name), (&new, &old), features, protect, counts, (wrong, apart));
    }
}

#[test]
fn on_every_case() {
    let (mut counts, mut wrong, mut apart) = (Counts::new(), Vec::new(), Vec::new());
    for case in pairs::cases() {
        hold_pair(&case, &features(&case), &mut counts, (&mut wrong, &mut apart));
    }
    assert!(apart.is_empty(), "not together: {apart:#?}");
    finish(&counts, &wrong);
    for change in without(&counts) {
        // An old package can neither come back by itself, nor see the next track of what it depends on, nor what it did
        // not depend on.
        let reasons = [
            "protect/package-replaced ",
            "dependency/dep-left-track-",
            "capability/network-gained ",
            "capability/track-moved ",
        ];
        assert!(reasons.iter().any(|reason| change.starts_with(reason)), "{change}");
    }
    assert!(counts.values().map(|(with, _)| with).sum::<usize>() > 1000);
}

/// The old side of one case against the new side of another, as in `tests/oracle.rs`.
#[test]
fn on_cases_crossed() {
    let (mut counts, mut wrong, mut apart) = (Counts::new(), Vec::new(), Vec::new());
    let cases: Vec<Pair> = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/")).collect();
    for at in (0..cases.len() * cases.len()).step_by(stride(397)) {
        let (a, b) = (&cases[at / cases.len()], &cases[at % cases.len()]);
        let name = format!("{} × {}", a.name, b.name);
        let pair = Pair { name, directory: a.directory.clone(), old: a.old.clone(), new: b.new.clone() };
        hold_pair(&pair, &Features::default(), &mut counts, (&mut wrong, &mut apart));
    }
    println!("{} packages cannot follow all of it together\n{}", apart.len(), apart.join("\n"));
    finish(&counts, &wrong);
    assert!(counts.values().map(|(with, _)| with).sum::<usize>() > 500);
}

/// How many pairs are passed over between two that are looked at; `WIT_DIFF_STRIDE=1` looks at all.
fn stride(default: usize) -> usize {
    std::env::var("WIT_DIFF_STRIDE").ok().and_then(|stride| stride.parse().ok()).unwrap_or(default)
}

/// Five new exports of one world, and more.
#[test]
fn on_all_of_one_real_package() {
    let (mut counts, mut wrong, mut apart) = (Counts::new(), Vec::new(), Vec::new());
    let pairs = pairs::corpora().iter().flat_map(|corpus| pairs::neighbours(corpus)).collect::<Vec<_>>();
    for pair in pairs.iter().filter(|pair| pair.name.starts_with("zed-extension")) {
        hold_pair(pair, &Features::default(), &mut counts, (&mut wrong, &mut apart));
    }
    assert!(apart.is_empty(), "not together: {apart:#?}");
    finish(&counts, &wrong);
    assert!(counts["export-added"].0 > 10, "{}", counts["export-added"].0);
}

#[test]
fn on_neighbouring_versions_of_real_packages() {
    let (mut counts, mut wrong, mut apart) = (Counts::new(), Vec::new(), Vec::new());
    for pair in pairs::corpora().iter().flat_map(|corpus| pairs::neighbours(corpus)).step_by(stride(3)) {
        hold_pair(&pair, &Features::default(), &mut counts, (&mut wrong, &mut apart));
    }
    assert!(apart.is_empty(), "not together: {apart:#?}");
    finish(&counts, &wrong);
    for change in without(&counts) {
        // What needs the next track of WASI, and what a world imports for such a thing.
        assert!(change.starts_with("wasi-") || change.contains(" import-added "), "{change}");
    }
    let (with, without) = counts.values().fold((0, 0), |(a, b), (with, without)| (a + with, b + without.len()));
    assert!(with > 2 * without, "{with} with advice, {without} without");
}
