//! Times every shape over every boundary, in turns, so that what disturbs the machine disturbs all alike.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use wasmtime::Result;

use crate::boundary::{Boundary, Crossing};
use crate::load::LoadOf;
use crate::shape::{Shape, Timed};

/// All that was measured.
#[derive(Serialize, Deserialize)]
pub struct Measured {
    pub machine: Machine,
    /// How often each shape was timed over each boundary.
    pub rounds: usize,
    pub shapes: Vec<Row>,
    /// Some shapes once more, with an engine that cannot run guests concurrently.
    pub without_concurrency: Vec<Bare>,
}

/// Where it was measured.
#[derive(Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub system: String,
    pub wasmtime: String,
}

/// One shape.
#[derive(Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    /// Its declaration in WIT.
    pub function: String,
    pub is_async: bool,
    /// How long every list and text is.
    pub length: usize,
    pub is_dearest: bool,
    pub load: LoadOf,
    pub nanoseconds: BTreeMap<Boundary, Time>,
}

#[derive(Serialize, Deserialize)]
pub struct Bare {
    pub name: String,
    pub nanoseconds: BTreeMap<Boundary, Time>,
}

/// Nanoseconds of one call.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Time {
    pub median: f64,
    /// Half of all rounds lie between these.
    pub quartiles: [f64; 2],
}

impl Time {
    /// The median of the quieter half of the rounds: what else runs on a machine only ever makes calls slower.
    pub fn quiet(&self) -> f64 {
        self.quartiles[0]
    }
}

/// As JSON with a line for each shape, so that differences can be read.
pub fn written(measured: &Measured) -> Result<String> {
    let mut rows = Vec::new();
    for row in &measured.shapes {
        rows.push(serde_json::to_string(row)?);
    }
    let mut bare = Vec::new();
    for row in &measured.without_concurrency {
        bare.push(serde_json::to_string(row)?);
    }
    Ok(format!(
        "{{\n\"machine\": {},\n\"rounds\": {},\n\"shapes\": [\n{}\n],\n\"without_concurrency\": [\n{}\n]\n}}\n",
        serde_json::to_string(&measured.machine)?,
        measured.rounds,
        rows.join(",\n"),
        bare.join(",\n"),
    ))
}

/// How long a shape is called in one round, at least.
const ROUND: Duration = Duration::from_micros(300);

/// One function over one boundary.
struct Task {
    crossing: usize,
    shape: usize,
    timed: Timed,
    times: u32,
    nanoseconds: Vec<f64>,
}

/// Times the shapes that `picked` names, in all crossings.
pub fn measure(
    crossings: &mut [Crossing],
    rounds: usize,
    picked: impl Fn(&Shape) -> bool,
) -> Result<BTreeMap<(&'static str, Boundary), Time>> {
    let mut tasks = Vec::new();
    for (place, crossing) in crossings.iter_mut().enumerate() {
        for shape in 0..crossing.shapes.len() {
            if crossing.shapes[shape].is_timed && picked(&crossing.shapes[shape]) {
                let mut timed = crossing.timed(shape)?;
                let times = calibrate(crossing, &mut timed)?;
                tasks.push(Task { crossing: place, shape, timed, times, nanoseconds: Vec::new() });
            }
        }
    }
    for _ in 0..rounds {
        for task in &mut tasks {
            let taken = (task.timed)(&mut crossings[task.crossing].store, task.times)?;
            task.nanoseconds.push(taken.as_nanos() as f64 / f64::from(task.times));
        }
    }
    Ok((tasks.into_iter())
        .map(|task| {
            let crossing = &crossings[task.crossing];
            ((crossing.shapes[task.shape].name, crossing.boundary), time(task.nanoseconds))
        })
        .collect())
}

/// How often a function has to be called until a round is over. The fastest of several tries counts: one that the machine
/// interrupts seems long enough when it is not.
fn calibrate(crossing: &mut Crossing, timed: &mut Timed) -> Result<u32> {
    let mut times = 1;
    loop {
        let mut fastest = Duration::MAX;
        for _ in 0..5 {
            fastest = fastest.min(timed(&mut crossing.store, times)?);
        }
        if fastest >= ROUND {
            return Ok(times);
        }
        times *= 2;
    }
}

fn time(mut nanoseconds: Vec<f64>) -> Time {
    nanoseconds.sort_by(f64::total_cmp);
    let at = |part: f64| tenths(nanoseconds[((nanoseconds.len() - 1) as f64 * part).round() as usize]);
    Time { median: at(0.5), quartiles: [at(0.25), at(0.75)] }
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// What this is measured on.
pub fn machine() -> Machine {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = (processors.lines())
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown", |(_, name)| name);
    Machine {
        processor: processor.to_string(),
        cores: std::thread::available_parallelism().map_or(0, usize::from),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        wasmtime: wasmtime_version(),
    }
}

fn wasmtime_version() -> String {
    let lock = include_str!("../Cargo.lock");
    let version = lock.split_once("name = \"wasmtime\"\nversion = \"").and_then(|(_, rest)| rest.split_once('"'));
    version.expect("the lock names the version").0.to_string()
}
