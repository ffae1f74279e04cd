//! The report as one HTML file: it loads nothing, all of it is there without a script, and the script only filters.
//!
//! Templates stand beside this file. They escape what is filled in; only [`page::Own`] and what is a template itself
//! goes in as it is. Every text from outside goes through [`sentence::text`] first.

mod cards;
mod costs;
mod finding;
mod graph;
mod index;
mod layout;
mod log;
mod package;
mod page;
mod sentence;
mod side_by_side;
mod stability;

pub use log::log_to_html;
pub use stability::stability_to_html;

use super::Report;
use super::accepted::warnings;
use super::decision::{decision, outcome};
use super::protected::whom_of_each;
use super::standing::{is_nameless, is_quiet};
use super::wire::*;
use crate::verdict::Level;
use askama::Template;
use graph::Budget;
use index::Index;
use package::{Failure, Package, SummaryRow, failure, package, summary};
use page::{Head, Ids, sign};
use sentence::{Sentence, lines, parties, text};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The report as one HTML file, which loads nothing. What strangers wrote shows as they wrote it, and does nothing.
pub fn to_html(report: &Report) -> String {
    rendered(&Page::of(report))
}

fn rendered(page: &impl Template) -> String {
    // Templates are checked when they are built, and a text takes all that is written to it.
    let mut out = page.render().unwrap_or_default();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    head: Head,
    outcome: &'static str,
    outcome_word: &'static str,
    mark: &'static str,
    headline: Sentence,
    wanting: Vec<Sentence>,
    sides: Vec<Side>,
    facts: Vec<String>,
    tally: Tally,
    errors: Vec<Failure>,
    warnings: Vec<Sentence>,
    bug_report: Option<String>,
    rows: Vec<SummaryRow>,
    unchanged: Vec<String>,
    total: usize,
    rules: Vec<(String, usize)>,
    broken: Vec<(&'static str, usize)>,
    packages: Vec<Package>,
}

/// One side of what was compared.
struct Side {
    word: &'static str,
    name: String,
    /// The commit, and its first digits.
    commit: Option<(String, String)>,
    how: Option<Sentence>,
}

/// How many findings there are of each level, as numbers and as a bar.
struct Tally {
    levels: Vec<(&'static str, usize)>,
    bar: Option<Vec<Stretch>>,
}

struct Stretch {
    level: &'static str,
    x: usize,
    width: usize,
}

impl Page {
    fn of(report: &Report) -> Page {
        let mut ids = Ids::default();
        let index = Index::new(report, &mut ids);
        let outcome = outcome(report);
        let (outcome_word, class, mark) = sign(outcome);
        let quoted = |name: &str| format!("`{}`", name.replace('`', "'"));
        let decided = decision(report, quoted, str::to_owned);
        let mut parts = decided.split(" · ").map(Sentence::new);
        let labels = labels(report);
        let (mut shown, mut budget) = (0, Budget::default());
        let loud =
            |at: &usize| report.packages.get(*at).is_some_and(|package| !is_quiet(package) && !is_nameless(package));
        let loud: Vec<usize> = (0..report.packages.len()).filter(loud).collect();
        let label = |at: usize| labels.get(at).cloned().unwrap_or_default();
        let packages: Vec<Package> =
            (loud.iter()).filter_map(|&at| package(report, &index, at, label(at), &mut shown, &mut budget)).collect();
        let changes = || report.packages.iter().flat_map(|package| &package.changes);
        let title = decision(report, str::to_owned, str::to_owned);
        Page {
            head: Head::new(&title, &report.tool, outcome),
            outcome: class,
            outcome_word,
            mark,
            headline: parts.next().unwrap_or_default(),
            wanting: parts.collect(),
            sides: [("old", &report.old), ("new", &report.new)].into_iter().map(side).collect(),
            facts: facts(report),
            tally: tally(changes()),
            errors: report.errors.iter().map(failure).collect(),
            warnings: warnings(report).map(|warning| Sentence::new(&warning)).collect(),
            bug_report: report.bug_report.as_deref().map(lines),
            rows: (loud.iter())
                .filter_map(|&at| Some(summary(&index, at, report.packages.get(at)?, &label(at))))
                .collect(),
            unchanged: (report.packages.iter().zip(&labels))
                .filter(|(package, _)| is_quiet(package))
                .map(|(_, label)| label.clone())
                .collect(),
            total: changes().count(),
            rules: rules(changes()),
            broken: broken(changes()),
            packages,
        }
    }
}

/// The names of packages, with versions where several have one name.
fn labels(report: &Report) -> Vec<String> {
    let (mut names, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for package in &report.packages {
        if !names.insert(&package.name) {
            shared.insert(&package.name);
        }
    }
    let label = |package: &PackageReport| match package.new_version.as_ref().or(package.old_version.as_ref()) {
        Some(version) if shared.contains(&package.name) => text(&format!("{} {version}", package.name)),
        _ => text(&package.name),
    };
    report.packages.iter().map(label).collect()
}

fn side((word, input): (&'static str, &InputReport)) -> Side {
    const DIGITS: usize = 7;
    let short = |commit: &String| (text(commit), text(&commit.chars().take(DIGITS).collect::<String>()));
    Side {
        word,
        name: text(&input.input),
        commit: input.commit.as_ref().map(short),
        how: input.how.as_deref().map(Sentence::new),
    }
}

fn facts(report: &Report) -> Vec<String> {
    let features: Vec<String> = report.features.iter().map(|feature| text(feature)).collect();
    let features = (!features.is_empty()).then(|| format!("with the features {}", features.join(", ")));
    let verified = report.verified.map(|verified| match verified {
        true => "verified by the official validator".to_owned(),
        false => "not verified by the official validator".to_owned(),
    });
    let levels = format!("levels answer for {}", text(&whom_of_each(report)));
    [Some(levels), features, verified].into_iter().flatten().collect()
}

fn tally<'a>(changes: impl Iterator<Item = &'a ChangeReport>) -> Tally {
    const WHOLE: usize = 1_000;
    let mut counts: BTreeMap<Reverse<Level>, usize> = BTreeMap::new();
    changes.for_each(|change| *counts.entry(Reverse(change.level)).or_default() += 1);
    let levels: Vec<(&'static str, usize)> = counts.iter().map(|(level, count)| (level.0.word(), *count)).collect();
    let total: usize = counts.values().sum();
    let mut before = 0;
    let stretch = |&(level, count): &(&'static str, usize)| {
        let x = before * WHOLE / total.max(1);
        before += count;
        Stretch { level, x, width: before * WHOLE / total.max(1) - x }
    };
    let bar = (levels.len() > 1).then(|| levels.iter().map(stretch).collect());
    Tally { levels, bar }
}

fn rules<'a>(changes: impl Iterator<Item = &'a ChangeReport>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    changes.for_each(|change| *counts.entry(&change.rule).or_default() += 1);
    counts.into_iter().map(|(rule, count)| (text(rule), count)).collect()
}

/// How many findings break each party, users first.
fn broken<'a>(changes: impl Iterator<Item = &'a ChangeReport>) -> Vec<(&'static str, usize)> {
    const PARTIES: [&str; 4] = ["consumers", "providers", "guests", "hosts"];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes {
        for party in parties(change.link, change.source).iter().filter(|party| party.breaks) {
            *counts.entry(party.name).or_default() += 1;
        }
    }
    PARTIES.into_iter().filter_map(|party| Some((party, *counts.get(party)?))).collect()
}
