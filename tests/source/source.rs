//! Every source verdict against the Rust compiler: code that is written mechanically against the bindings of the old
//! revision is compiled against those of the new one (SEMANTICS 2 and 5).
//!
//! Where Rust's answer is special to Rust, or cannot be had, the case says so and why, in its `rust.txt`; for real
//! packages `packages.txt` does. `BLESS=1` rewrites these, and nothing else is an exception. `WIT_DIFF_CASES=record/`
//! asks about those cases alone, and not about real packages.

mod answers;
mod bindings;
#[path = "../support/options.rs"]
mod options;
#[path = "../support/pairs.rs"]
mod pairs;
mod program;
mod question;
mod rust;
mod special;
mod worlds;

use answers::{Outcome, Settled};
use pairs::Pair;
use question::Asked;
use rust::Compiler;
use special::SPECIAL;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use wit_diff::pipeline::Options;

fn main() -> ExitCode {
    let chosen = env::var("WIT_DIFF_CASES").unwrap_or_default();
    let bless = env::var_os("BLESS").is_some();
    assert!(!bless || env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
    // Where the generator panics, what it says becomes the answer.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(at) if at.file().contains("wit-bindgen") => {}
        _ => eprintln!("{panic}"),
    }));
    let compiler = Compiler::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("source"));

    let cases: Vec<Pair> = pairs::cases().into_iter().filter(|case| case.name.starts_with(&chosen)).collect();
    let asked: Vec<Asked> = cases.iter().filter_map(|case| question::ask(case, &options::of(case))).collect();
    let of_cases = answers::settle(&compiler, &asked);
    let mut wrong = unexplained(&of_cases);
    for case in &cases {
        let of_case = of_cases.iter().filter(|settled| settled.pair.directory == case.directory);
        let found: String = of_case.filter_map(Settled::says).map(|line| line + "\n").collect();
        wrong.extend(check(&case.name, &case.directory.join("rust.txt"), &found, bless));
    }
    println!("cases: {}, of which {} can be asked about", cases.len(), asked.len());
    summarise(&of_cases);

    if chosen.is_empty() {
        let pairs = pairs::corpora().into_iter().take(1).flat_map(|corpus| pairs::neighbours(&corpus));
        let asked: Vec<Asked> = pairs.filter_map(|pair| question::ask(&pair, &Options::default())).collect();
        let of_packages = answers::settle(&compiler, &asked);
        wrong.extend(unexplained(&of_packages));
        println!("pairs of real packages: {}", asked.len());
        summarise(&of_packages);
        let said = |settled: &Settled| Some(format!("{}: {}\n", settled.pair.name, settled.says()?));
        let found: String = of_packages.iter().filter_map(said).collect();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("packages.txt");
        wrong.extend(check("real packages", &golden, &found, bless));
        let enough = of_cases.len() >= 600 && of_packages.len() >= 400;
        wrong.extend((!enough).then(|| format!("{} and {} questions only", of_cases.len(), of_packages.len())));
        for special in SPECIAL {
            let is_used = of_cases
                .iter()
                .any(|settled| matches!(settled.outcome, Outcome::Special(_, used) if used == special.reason));
            wrong.extend((!is_used).then(|| format!("applies to no case: {}", special.reason)));
        }
    } else if of_cases.is_empty() {
        wrong.push(format!("no case that can be asked about starts with `{chosen}`"));
    }
    println!("runs of the compiler: {}", compiler.runs.load(Ordering::Relaxed));

    if wrong.is_empty() {
        println!("no unexplained difference");
        return ExitCode::SUCCESS;
    }
    println!("\n{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    ExitCode::FAILURE
}

fn unexplained(settled: &[Settled]) -> Vec<String> {
    let wrong = settled.iter().filter_map(|settled| match &settled.outcome {
        Outcome::Unexplained(why) => Some(format!("{}: {}: {why}", settled.pair.name, settled.question)),
        _ => None,
    });
    wrong.collect()
}

/// Holds what is said of exceptions against what was found; or writes it down.
fn check(name: &str, golden: &Path, found: &str, bless: bool) -> Option<String> {
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if expected == found {
        return None;
    }
    if bless {
        let written = if found.is_empty() { fs::remove_file(golden) } else { fs::write(golden, found) };
        return written.err().map(|error| format!("{}: {error}", golden.display()));
    }
    let file = golden.file_name().unwrap_or_default().display();
    Some(format!("{name}: {file} differs (BLESS=1 rewrites it); expected:\n{expected}found:\n{found}"))
}

fn summarise(settled: &[Settled]) {
    let mut counts = BTreeMap::new();
    for settled in settled {
        *counts.entry(settled.outcome.kind()).or_insert(0) += 1;
    }
    let programs: usize = settled.iter().map(|settled| settled.programs).sum();
    println!("  questions: {}, programs compiled: {programs}", settled.len());
    for (kind, count) in counts {
        println!("  {count:>5} {kind}");
    }
}
