//! Every link verdict equals the official validator's answer: on every case, and on neighbouring versions of real
//! packages. There is no list of exceptions.

#[path = "support/package.rs"]
mod package;
#[path = "support/pairs.rs"]
mod pairs;

use pairs::Pair;
use std::collections::BTreeMap;
use std::path::Path;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{PackageStatus, Report, Status};
use wit_diff::surface::Features;
use wit_diff::validator::{self, Answer};
use wit_diff::verdict::Verdict;

/// Answers by item and party: whether the link survives.
type Answers = BTreeMap<(String, String), bool>;

fn ours(report: &Report, package: &str) -> Answers {
    let mut answers = Answers::new();
    let mut put = |item: String, party: &str, verdict: Verdict| {
        answers.insert((item, party.to_string()), verdict == Verdict::Compatible);
    };
    for package in report.packages.iter().filter(|found| found.name == package) {
        for interface in package.interfaces.iter().filter(|i| !is_lone(i.status)) {
            put(format!("interface {}", interface.name), "consumers", interface.link.consumers);
            put(format!("interface {}", interface.name), "providers", interface.link.providers);
        }
        for world in package.worlds.iter().filter(|w| !is_lone(w.status)) {
            put(format!("world {}", world.name), "guests", world.link.guests);
            put(format!("world {}", world.name), "hosts", world.link.hosts);
        }
    }
    answers
}

fn is_lone(status: wit_diff::report::ItemStatus) -> bool {
    use wit_diff::report::ItemStatus::{Added, Changed, Removed, Unchanged};
    match status {
        Added | Removed => true,
        Changed | Unchanged => false,
    }
}

/// Where our answers and the official ones differ, and how many were compared.
fn disagreements(pair: &Pair, all_features: bool, wrong: &mut Vec<String>) -> usize {
    let load = |path: &Path| match all_features {
        true => package::load_with_all_features(path),
        false => package::load(path),
    };
    let (Ok((old, old_package)), Ok((new, new_package))) = (load(&pair.old), load(&pair.new)) else { return 0 };
    let options = Options { features: Features { all: all_features, ..Features::default() }, ..Options::default() };
    let report = pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &options);
    if report.status != Status::Complete {
        wrong.push(format!("{}: the validator loads it, and we do not: {:?}", pair.name, report.errors));
        return 0;
    }
    let name = |resolve: &wit_parser::Resolve, package: wit_parser::PackageId| {
        let name = &resolve.packages[package].name;
        format!("{}:{}", name.namespace, name.name)
    };
    let package = name(&old, old_package);
    if package != name(&new, new_package) {
        return 0;
    }
    let compared = report.packages.iter().find(|found| found.name == package);
    assert!(compared.is_some_and(|found| found.status != PackageStatus::Undetermined), "{}", pair.name);
    let ours = ours(&report, &package);
    let official = validator::ask(&old, old_package, &new, new_package);
    for Answer { item, party, survives: answer, message } in &official {
        let key = (item.clone(), party.to_string());
        match (ours.get(&key), answer) {
            (Some(ours), Ok(official)) if ours == official => {}
            (ours, official) => {
                wrong.push(format!("{}: {item}, {party}: ours {ours:?}, official {official:?} {message}", pair.name))
            }
        }
    }
    if official.len() != ours.len() {
        wrong.push(format!("{}: {} questions, {} answers of ours", pair.name, official.len(), ours.len()));
    }
    official.len()
}

fn agree(pairs: &[Pair], at_least: usize) {
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for pair in pairs {
        for all_features in [false, true] {
            asked += disagreements(pair, all_features, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked >= at_least, "only {asked} questions were asked");
    println!("{asked} questions, no disagreement");
}

#[test]
fn on_every_case() {
    agree(&pairs::cases(), 1000);
}

/// The old side of one case against the new side of another: most have a package `a:b` with an interface `i` or a
/// world `w`, so that every such pair is a change that nobody thought of.
#[test]
fn on_cases_crossed() {
    let cases: Vec<Pair> = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/")).collect();
    let crossed: Vec<Pair> = (0..cases.len() * cases.len())
        .step_by(stride(97))
        .map(|at| (&cases[at / cases.len()], &cases[at % cases.len()]))
        .map(|(a, b)| Pair {
            name: format!("{} × {}", a.name, b.name),
            directory: a.directory.clone(),
            old: a.old.clone(),
            new: b.new.clone(),
        })
        .collect();
    agree(&crossed, 1000);
}

/// How many pairs are passed over between two that are asked about; `WIT_DIFF_STRIDE=1` asks about all.
fn stride(default: usize) -> usize {
    std::env::var("WIT_DIFF_STRIDE").ok().and_then(|stride| stride.parse().ok()).unwrap_or(default)
}

#[test]
fn on_distant_versions_of_real_packages() {
    for corpus in pairs::corpora() {
        let pairs: Vec<Pair> = pairs::strangers(&corpus).into_iter().step_by(stride(17)).collect();
        agree(&pairs, 500);
    }
}

#[test]
fn on_neighbouring_versions_of_real_packages() {
    let corpora = pairs::corpora();
    assert!(!corpora.is_empty(), "no corpus is there");
    for corpus in corpora {
        agree(&pairs::neighbours(&corpus), 500);
    }
}
