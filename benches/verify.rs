//! What `--verify` costs beside a plain comparison: `cargo bench --bench verify [-- --quick]`.
//!
//! Both programs are this one, run again as a child: `--child plain OLD NEW …` and `--child verify OLD NEW …`. They take
//! turns, a run is a whole process, and medians are compared.

#[path = "support/measure.rs"]
mod measure;
#[path = "../tests/support/pairs.rs"]
mod pairs;

use measure::{Run, Usage, quartiles, run};
use std::error::Error;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{self, Status};

/// How often both programs run.
const ROUNDS: usize = 21;
/// The same with `--quick`.
const QUICK: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match &arguments[..] {
        [child, work, rest @ ..] if child == "--child" => compare(rest, work == "verify"),
        // `cargo bench` adds `--bench`.
        options => bench(options.iter().any(|option| option == "--quick")),
    }
}

fn bench(quick: bool) -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus");
    let both = |pair: pairs::Pair| [pair.old, pair.new];
    let http = both(pairs::corpus_pair(&corpus.join("wasi-http"), "0.2.0", "0.2.8")).to_vec();
    let all: Vec<PathBuf> = pairs::neighbours(&corpus).into_iter().flat_map(both).collect();
    let cases = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"));
    let cases: Vec<PathBuf> = cases.flat_map(both).collect();
    println!("medians, quartiles in brackets");
    println!("{:<20} {:>26} {:>26} {:>7} {:>7} {:>7}", "input", "plain ms", "verify ms", "time", "work", "memory");
    for (name, revisions) in [("wasi-http", http), ("corpus", all), ("cases", cases)] {
        let (mut plain, mut verify) = (Vec::new(), Vec::new());
        for _ in 0..if quick { QUICK } else { ROUNDS } {
            plain.push(run(child("plain").args(&revisions))?);
            verify.push(run(child("verify").args(&revisions))?);
        }
        let time = |runs: &[Run]| quartiles(runs.iter().map(|run| run.time));
        let usage =
            |runs: &[Run], of: fn(Usage) -> f64| quartiles(runs.iter().filter_map(|run| run.usage).map(of)).median;
        let ratio = |of: fn(Usage) -> f64| usage(&verify, of) / usage(&plain, of);
        let (a, b) = (time(&plain), time(&verify));
        println!(
            "{:<20} {:>26} {:>26} {:>7.2} {:>7.2} {:>7.2}",
            format!("{name}, {} pairs", revisions.len() / 2),
            format!("{:.1} ({:.1}-{:.1})", a.median, a.low, a.high),
            format!("{:.1} ({:.1}-{:.1})", b.median, b.low, b.high),
            b.median / a.median,
            ratio(|usage| usage.work),
            ratio(|usage| usage.memory),
        );
    }
    Ok(())
}

fn child(work: &str) -> Command {
    // Where this fails, so does the spawning, which says why.
    let mut command = Command::new(env::current_exe().unwrap_or_default());
    command.args(["--child", work]);
    command
}

/// Compares pair by pair, up to the bytes of the report.
fn compare(revisions: &[OsString], verify: bool) -> Result<(), Box<dyn Error>> {
    let options = Options { verify, ..Options::default() };
    for pair in revisions.chunks_exact(2) {
        let report = pipeline::run(&pair[0].to_string_lossy(), &pair[1].to_string_lossy(), &options);
        if report.status != Status::Complete {
            return Err(format!("{pair:?} cannot be compared: {:?}", report.errors).into());
        }
        io::sink().write_all(report::to_json(&report).as_bytes())?;
    }
    Ok(())
}
