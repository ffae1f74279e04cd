//! What a comparison costs beside a program that only parses: `cargo bench --bench compare [-- --quick]`.
//!
//! Both programs are this one, run again as a child: `--child parse OLD NEW …` gives each side to `wit-parser` and
//! keeps nothing, `--child compare OLD NEW …` makes the JSON report and drops it. They take turns, and a run is a whole
//! process: what the system needs to start it counts. Medians are compared; the quartiles say how far to trust them.

#[path = "support/generate.rs"]
mod generate;
#[path = "support/measure.rs"]
mod measure;
#[path = "../tests/support/pairs.rs"]
mod pairs;

use measure::{Quartiles, Run, Usage, quartiles};
use std::error::Error;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{self, Status};
use wit_parser::{Resolve, Type, TypeDefKind};

/// Sizes of generated packages in types, each with how often both programs run.
const GENERATED: [(usize, usize); 3] = [(2_000, 15), (20_000, 9), (200_000, 5)];
/// How often both programs run on published packages.
const PUBLISHED: usize = 21;
/// The same with `--quick`.
const QUICK: usize = 3;
/// What generated packages are made of.
const SEED: u64 = 2026;

/// From so many types on a comparison takes no longer than parsing.
const LARGE: usize = 20_000;
/// How much longer it may take below.
const TIME: f64 = 1.25;
/// How much more memory it may take.
const MEMORY: f64 = 2.5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match &arguments[..] {
        [child, work, rest @ ..] if child == "--child" => match work.to_str() {
            Some("parse") => parse(rest),
            Some("compare") => compare(rest),
            Some("count") => count(rest),
            Some("generate") => write(rest),
            _ => Err(format!("no such work: {work:?}").into()),
        },
        // `cargo bench` adds `--bench`.
        options => bench(options.iter().any(|option| option == "--quick")),
    }
}

/// One input of both programs: pairs of revisions.
struct Input {
    name: String,
    revisions: Vec<PathBuf>,
    rounds: usize,
}

/// What both programs need for one input.
struct Row {
    name: String,
    types: usize,
    parse: Cost,
    compare: Cost,
}

/// What one program needs.
struct Cost {
    time: Quartiles,
    /// Medians.
    usage: Option<Usage>,
}

fn bench(quick: bool) -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let rounds = |rounds: usize| if quick { rounds.min(QUICK) } else { rounds };
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus");
    let http = pairs::corpus_pair(&corpus.join("wasi-http"), "0.2.0", "0.2.8");
    let all = pairs::neighbours(&corpus);
    let mut inputs = vec![
        Input { name: http.name.clone(), revisions: vec![http.old, http.new], rounds: rounds(PUBLISHED) },
        Input {
            name: format!("corpus, {} pairs", all.len()),
            revisions: all.into_iter().flat_map(|pair| [pair.old, pair.new]).collect(),
            rounds: rounds(PUBLISHED),
        },
    ];
    for (types, often) in GENERATED {
        let directory = scratch.path().join(types.to_string());
        // By a child, too: a child's peak memory is never below what its parent had when it was spawned.
        run(child("generate").arg(&directory).arg(types.to_string()))?;
        inputs.push(Input {
            name: format!("generated {types}"),
            revisions: vec![directory.join("old"), directory.join("new")],
            rounds: rounds(often),
        });
    }

    header();
    let mut rows = Vec::new();
    for input in &inputs {
        let row = measure(input)?;
        row.print();
        rows.push(row);
    }
    growth(&rows[rows.len() - GENERATED.len()..]);
    Ok(())
}

fn child(work: &str) -> Command {
    // Where this fails, so does the spawning, which says why.
    let mut command = Command::new(env::current_exe().unwrap_or_default());
    command.args(["--child", work]);
    command
}

fn run(command: &mut Command) -> io::Result<Run> {
    measure::run(command)
}

fn measure(input: &Input) -> Result<Row, Box<dyn Error>> {
    let counted = child("count").args(&input.revisions).output()?;
    let types = String::from_utf8(counted.stdout)?.trim().parse()?;
    let (mut parse, mut compare) = (Vec::new(), Vec::new());
    for _ in 0..input.rounds {
        parse.push(run(child("parse").args(&input.revisions))?);
        compare.push(run(child("compare").args(&input.revisions))?);
    }
    Ok(Row { name: input.name.clone(), types, parse: Cost::of(&parse), compare: Cost::of(&compare) })
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

fn header() {
    println!("`!` misses an aim; work is the time of all threads together, quartiles are in brackets");
    line([
        "input",
        "types",
        "parse ms",
        "compare ms",
        "time ratio",
        "work ratio",
        "parse MiB",
        "compare MiB",
        "memory ratio",
    ]);
}

fn line(cells: [&str; 9]) {
    const WIDTHS: [usize; 9] = [24, 7, 24, 27, 10, 10, 9, 11, 12];
    let [name, cells @ ..] = cells;
    print!("{name:<0$}", WIDTHS[0]);
    cells.iter().zip(&WIDTHS[1..]).for_each(|(cell, &width)| print!("  {cell:>width$}"));
    println!();
}

impl Row {
    fn print(&self) {
        let time = |time: &Quartiles| format!("{:.1} ({:.1}-{:.1})", time.median, time.low, time.high);
        let ratio = |ratio: f64, aim: f64| format!("{ratio:.2}{}", if ratio > aim { "!" } else { " " });
        let (parse, compare) = (&self.parse, &self.compare);
        let times = ratio(compare.time.median / parse.time.median, if self.types >= LARGE { 1.0 } else { TIME });
        let usages = parse.usage.zip(compare.usage);
        let of = |cell: &dyn Fn(Usage, Usage) -> String| usages.map_or("-".into(), |(a, b)| cell(a, b));
        line([
            &self.name,
            &self.types.to_string(),
            &time(&parse.time),
            &time(&compare.time),
            &times,
            &of(&|parse, compare| format!("{:.2}", compare.work / parse.work)),
            &of(&|parse, _| format!("{:.1}", parse.memory)),
            &of(&|_, compare| format!("{:.1}", compare.memory)),
            &of(&|parse, compare| ratio(compare.memory / parse.memory, MEMORY)),
        ]);
    }
}

/// Time by type: what grows with the input as it should stays the same.
fn growth(rows: &[Row]) {
    println!("\n{:<24} {:>17} {:>19}", "growth", "parse µs per type", "compare µs per type");
    for row in rows {
        let each = |cost: &Cost| cost.time.median * 1e3 / row.types as f64;
        println!("{:<24} {:>17.2} {:>19.2}", row.name, each(&row.parse), each(&row.compare));
    }
}

/// Parses one side after the other.
fn parse(revisions: &[OsString]) -> Result<(), Box<dyn Error>> {
    for revision in revisions {
        Resolve::default().push_path(revision)?;
    }
    Ok(())
}

/// Compares pair by pair, up to the bytes of the report.
fn compare(revisions: &[OsString]) -> Result<(), Box<dyn Error>> {
    for pair in revisions.chunks_exact(2) {
        let report = pipeline::run(&pair[0].to_string_lossy(), &pair[1].to_string_lossy(), &Options::default());
        if report.status != Status::Complete {
            return Err(format!("{pair:?} cannot be compared: {:?}", report.errors).into());
        }
        io::sink().write_all(report::to_json(&report).as_bytes())?;
    }
    Ok(())
}

/// Prints how many types the old sides define; those that `use` brings are not counted.
fn count(revisions: &[OsString]) -> Result<(), Box<dyn Error>> {
    let mut count = 0;
    for old in revisions.iter().step_by(2) {
        let mut resolve = Resolve::default();
        resolve.push_path(old)?;
        let is_used = |kind: &TypeDefKind, owner| match kind {
            TypeDefKind::Type(Type::Id(id)) => resolve.types[*id].name.is_some() && resolve.types[*id].owner != owner,
            _ => false,
        };
        count += resolve.types.iter().filter(|(_, ty)| ty.name.is_some() && !is_used(&ty.kind, ty.owner)).count();
    }
    println!("{count}");
    Ok(())
}

/// Writes a generated package: `DIRECTORY TYPES`.
fn write(arguments: &[OsString]) -> Result<(), Box<dyn Error>> {
    let [directory, types] = arguments else { return Err("a directory and a number are asked for".into()) };
    let types = types.to_string_lossy().parse()?;
    Ok(generate::generate(Path::new(directory), "bench:generated", types, SEED)?)
}
