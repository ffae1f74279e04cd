//! What a whole repository costs beside the packages of it that changed: `cargo bench --bench repository [-- --quick]`.
//!
//! Five programs, all of them this one, run again as a child. `--child whole` compares `old..new`, as the tool does.
//! `--child each` compares every package by `old:PATH` and `new:PATH`, one after the other, and `--child changed` only
//! those that differ. `--child git` has the real git list both trees and print the blobs that differ, and reads no more
//! than that; `--child git-all` has it print all WIT, as a report that tells what every package holds takes reading all
//! of it. They take turns, a run is a whole process, and medians are compared.

#[path = "support/generate.rs"]
mod generate;
#[path = "support/measure.rs"]
mod measure;
#[path = "support/repository.rs"]
mod repository;

use measure::{Quartiles, Run, Usage, quartiles, run};
use repository::{Change, Shape, Uses};
use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};
use wit_diff::pipeline::{self, Options, Work};
use wit_diff::report::{self, Status};
use wit_diff::revision::{self, Target, sides};

/// The repositories, each with how often the programs run.
const ROWS: [(&str, Shape, usize); 7] = {
    const USUAL: Shape = Shape { packages: 500, uses: Uses::Some, vendors: 4, change: Change::Two };
    [
        ("500, 2 changed", USUAL, 15),
        ("500, none changed", Shape { change: Change::Nothing, ..USUAL }, 15),
        ("500, all vendor, 2", Shape { vendors: 1, ..USUAL }, 9),
        ("500, vendored changed", Shape { vendors: 1, change: Change::Vendored, ..USUAL }, 5),
        ("500, all use one, 2", Shape { uses: Uses::First, ..USUAL }, 9),
        ("500, that one changed", Shape { uses: Uses::First, change: Change::First, ..USUAL }, 5),
        ("5000, 2 changed", Shape { packages: 5_000, ..USUAL }, 5),
    ]
};
/// From so many packages on each by itself takes too long: whoever asks for another searches the whole repository.
const MANY: usize = 5_000;
/// How often each by itself runs at most.
const SLOW: usize = 3;
/// How often with `--quick`, except for what is slow, which runs once.
const QUICK: usize = 3;
/// What packages are made of.
const SEED: u64 = 2026;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match &arguments[..] {
        [child, work, root] if child == "--child" => {
            let root = Path::new(root);
            match work.to_str() {
                Some("whole") => whole(root).map(drop),
                Some("each") => each(root, "all").map(drop),
                Some("changed") => each(root, "changed").map(drop),
                Some("git") => git(root, false),
                Some("git-all") => git(root, true),
                Some("count-whole") => whole(root).map(tell),
                Some("count-each") => each(root, "all").map(tell),
                Some("count-changed") => each(root, "changed").map(tell),
                _ => make(root, work.to_str().and_then(|at| at.parse().ok()).unwrap_or_default()),
            }
        }
        // `cargo bench` adds `--bench`.
        options => bench(options.iter().any(|option| option == "--quick")),
    }
}

fn bench(quick: bool) -> Result<(), Box<dyn Error>> {
    println!("medians, quartiles in brackets; memory in MiB; `whole` beside the other programs");
    for (at, (name, shape, rounds)) in ROWS.into_iter().enumerate() {
        let scratch = tempfile::tempdir()?;
        // By a child: a child's peak memory is never below what its parent had when it was spawned.
        run(&mut child(&at.to_string(), scratch.path()))?;
        let rounds = if quick { (rounds.min(QUICK), 1) } else { (rounds, rounds.min(SLOW)) };
        row(name, scratch.path(), shape, rounds)?;
    }
    Ok(())
}

fn child(work: &str, root: &Path) -> Command {
    // Where this fails, so does the spawning, which says why.
    let mut command = Command::new(env::current_exe().unwrap_or_default());
    command.args(["--child", work]).arg(root).stdout(Stdio::null());
    command
}

/// What one program needs.
struct Cost {
    time: Quartiles,
    /// Medians.
    usage: Option<Usage>,
}

/// Runs the programs on one repository and prints what they take.
fn row(name: &str, root: &Path, shape: Shape, (rounds, slow): (usize, usize)) -> Result<(), Box<dyn Error>> {
    let works = ["whole", "each", "changed", "git", "git-all"];
    let skips =
        |work: &str| work == "each" && shape.packages >= MANY || work == "changed" && shape.change != Change::Two;
    let mut runs: [Vec<Run>; 5] = Default::default();
    for round in 0..rounds {
        let runs = works.iter().zip(&mut runs).filter(|(work, _)| !skips(work));
        for (work, runs) in runs.filter(|(work, _)| **work != "each" || round < slow) {
            runs.push(run(&mut child(work, root))?);
        }
    }
    let kib = fs::read_to_string(root.join("size"))?;
    println!("\n{name} ({} KiB of WIT)", kib.trim());
    println!(
        "  {:<8} {:>28} {:>10} {:>10} {:>8} {:>8} {:>9} {:>9}",
        "", "ms", "time", "work", "MiB", "memory", "blobs", "parses"
    );
    let costs: Vec<Cost> = runs.iter().map(|runs| Cost::of(runs)).collect();
    for (work, cost) in works.iter().zip(&costs).filter(|(work, _)| !skips(work)) {
        let ratio = |of: &dyn Fn(&Cost) -> f64| format!("{:.2}", of(&costs[0]) / of(cost));
        let usage = |of: fn(Usage) -> f64| move |cost: &Cost| cost.usage.map_or(f64::NAN, of);
        let counted = if work.starts_with("git") { Vec::new() } else { counted(work, root)? };
        let count = |at: usize| counted.get(at).map_or("-", String::as_str);
        println!(
            "  {work:<8} {:>28} {:>10} {:>10} {:>8.1} {:>8} {:>9} {:>9}",
            format!("{:.1} ({:.1}-{:.1})", cost.time.median, cost.time.low, cost.time.high),
            ratio(&|cost| cost.time.median),
            ratio(&usage(|usage| usage.work)),
            usage(|usage| usage.memory)(cost),
            ratio(&usage(|usage| usage.memory)),
            count(0),
            count(1),
        );
    }
    Ok(())
}

impl Cost {
    fn of(runs: &[Run]) -> Cost {
        let usages: Option<Vec<Usage>> = runs.iter().map(|run| run.usage).collect();
        Cost {
            time: quartiles(runs.iter().map(|run| run.time)),
            usage: usages.map(|usages| Usage {
                work: quartiles(usages.iter().map(|usage| usage.work)).median,
                memory: quartiles(usages.iter().map(|usage| usage.memory)).median,
            }),
        }
    }
}

/// The blobs and the parses of a program.
fn counted(work: &str, root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let output = child(&format!("count-{work}"), root).stdout(Stdio::piped()).output()?;
    Ok(String::from_utf8(output.stdout)?.split_whitespace().map(str::to_owned).collect())
}

fn tell(work: Work) {
    println!("{} {}", work.blobs, work.parses);
}

/// Makes a repository in `repository` and the lists of its packages beside it.
fn make(root: &Path, at: usize) -> Result<(), Box<dyn Error>> {
    let shape = ROWS[at].1;
    fs::create_dir(root.join("repository"))?;
    let changed = repository::repository(&root.join("repository"), shape, SEED)?;
    let list = |paths: Vec<PathBuf>| paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>();
    fs::write(root.join("all"), list(repository::directories(shape)))?;
    fs::write(root.join("changed"), list(changed))?;
    let listed = repository::git(&root.join("repository"), &["ls-tree", "-r", "-l", "old"])?;
    let sizes = listed.lines().filter(|line| line.ends_with(".wit")).filter_map(|line| line.split_whitespace().nth(3));
    let bytes: u64 = sizes.filter_map(|size| size.parse::<u64>().ok()).sum();
    fs::write(root.join("size"), format!("{}\n", bytes / 1024))?;
    Ok(())
}

fn options(root: &Path) -> Options {
    let revision = revision::Options { working_directory: Some(root.join("repository")), ..Default::default() };
    Options { revision, ..Options::default() }
}

/// Compares all at once, up to the bytes of the report.
fn whole(root: &Path) -> Result<Work, Box<dyn Error>> {
    let options = options(root);
    let (old, new) = sides(&["old..new".to_owned()], false, &options.revision).map_err(|error| format!("{error:?}"))?;
    compare(&old, &new, &options)
}

/// Compares the packages of a list one by one.
fn each(root: &Path, list: &str) -> Result<Work, Box<dyn Error>> {
    let options = options(root);
    let mut all = Work::default();
    for path in fs::read_to_string(root.join(list))?.lines() {
        let side = |tag: &str| Target::typed(&format!("{tag}:{path}"));
        let work = compare(&side("old"), &side("new"), &options)?;
        all = Work { blobs: all.blobs + work.blobs, parses: all.parses + work.parses };
    }
    Ok(all)
}

fn compare(old: &Target, new: &Target, options: &Options) -> Result<Work, Box<dyn Error>> {
    let (report, work) = pipeline::run_targets(old, new, options);
    if report.status != Status::Complete {
        return Err(format!("{old:?} and {new:?} cannot be compared: {:?}", report.errors).into());
    }
    io::sink().write_all(report::to_json(&report).as_bytes())?;
    Ok(work)
}

/// Lists both trees and prints the blobs that differ, or all WIT.
fn git(root: &Path, all: bool) -> Result<(), Box<dyn Error>> {
    let root = root.join("repository");
    let [old, new] =
        [repository::git(&root, &["ls-tree", "-r", "old"])?, repository::git(&root, &["ls-tree", "-r", "new"])?];
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (old.lines().collect(), new.lines().collect());
    let lines: Vec<&&str> = match all {
        true => old.union(&new).filter(|line| line.ends_with(".wit")).collect(),
        false => old.symmetric_difference(&new).collect(),
    };
    let ids: BTreeSet<&str> = lines.into_iter().filter_map(|line| line.split_whitespace().nth(2)).collect();
    let ids: String = ids.into_iter().map(|id| format!("{id}\n")).collect();
    let mut child = Command::new("git")
        .args(["cat-file", "--batch"])
        .current_dir(&root)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(ids.as_bytes()))?;
    if child.wait()?.success() { Ok(()) } else { Err("git cat-file failed".into()) }
}
