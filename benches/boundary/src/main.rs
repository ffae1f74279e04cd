//! Measures what a call across a component boundary costs under Wasmtime.

mod boundary;
mod check;
mod fit;
mod guest;
mod handles;
mod layout;
mod load;
mod measure;
mod shape;
mod shapes;
mod tell;
mod value;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wasmtime::{Result, bail};

use boundary::{ALL, Crossing, engine};
use measure::{Bare, Measured, Row};
use shape::Shape;

/// The system's allocator takes several times as long in some states of its heap, which would hide what is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often every shape is timed over every boundary.
const ROUNDS: usize = 101;

/// What is measured with an engine without concurrency, too.
const BARE: [&str; 6] = ["nothing", "take-numbers16", "take-text16", "give-text16", "take-list-pair-256", "lend-thing"];

fn main() -> Result<()> {
    let mut definitions = shapes::definitions();
    let asynchronous = shapes::asynchronous();
    let async_package = guest::package(&definitions, &asynchronous);
    definitions.push(handles::DEFINITION.to_string());
    let mut plain = shapes::plain();
    plain.extend(handles::handles());
    let plain_package = guest::package(&definitions, &plain);
    let packages = [(plain_package.as_str(), plain.as_slice()), (async_package.as_str(), asynchronous.as_slice())];
    match std::env::args().nth(1).as_deref() {
        Some("measure") => {
            measure_all(packages)?;
            fit_all()
        }
        Some("fit") => fit_all(),
        Some("check") => {
            for (package, shapes) in packages {
                let held = check::check(package, shapes)?;
                println!("{} functions, {held} buffers: as wit-diff tells", shapes.len());
            }
            Ok(())
        }
        _ => bail!("measure, fit or check: see README.md"),
    }
}

/// Fits the model to what was measured, and writes it where `wit-diff` reads it.
fn fit_all() -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let measured: Measured = serde_json::from_str(&fs::read_to_string(here.join("measured.json"))?)?;
    let fitted: Vec<_> = ALL.iter().map(|&over| (over, fit::fit(&measured, over))).collect();
    for (over, fitted) in &fitted {
        print!("{}", fit::told(*over, fitted));
    }
    fs::write(here.join("figures.md"), tell::figures(&measured, &fitted))?;
    fs::write(here.join("../../src/cost/fitted.rs"), fit::source(&measured, &fitted))?;
    Ok(())
}

fn measure_all(packages: [(&str, &[Shape]); 2]) -> Result<()> {
    let resolves = packages.map(|(package, _)| guest::resolve(package));
    let with = engine(true)?;
    let mut crossings = Vec::new();
    for ((_, shapes), resolve) in packages.iter().zip(&resolves) {
        for boundary in ALL {
            let mut crossing = Crossing::new(&with, boundary, resolve, shapes, false)?;
            for place in 0..shapes.len() {
                crossing.verify(place)?;
            }
            crossings.push(crossing);
        }
    }
    let mut times = measure::measure(&mut crossings, ROUNDS, |_| true)?;
    let without = engine(false)?;
    let mut crossings = Vec::new();
    for boundary in ALL {
        crossings.push(Crossing::new(&without, boundary, &resolves[0], packages[0].1, false)?);
    }
    let mut bare = measure::measure(&mut crossings, ROUNDS, |shape| BARE.contains(&shape.name))?;

    let mut rows = Vec::new();
    for (package, shapes) in packages {
        for (shape, load) in shapes.iter().zip(load::loads(package, shapes)) {
            let nanoseconds: BTreeMap<_, _> =
                ALL.iter().filter_map(|&over| Some((over, times.remove(&(shape.name, over))?))).collect();
            if shape.is_timed {
                rows.push(Row {
                    name: shape.name.to_string(),
                    function: guest::declaration(shape),
                    is_async: shape.is_async,
                    length: shape.length(),
                    is_dearest: shape.is_dearest,
                    load,
                    nanoseconds,
                });
            }
        }
    }
    let measured = Measured {
        machine: measure::machine(),
        rounds: ROUNDS,
        shapes: rows,
        without_concurrency: (BARE.iter())
            .map(|&name| Bare {
                name: name.to_string(),
                nanoseconds: ALL.iter().filter_map(|&over| Some((over, bare.remove(&(name, over))?))).collect(),
            })
            .collect(),
    };
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("measured.json"), measure::written(&measured)?)?;
    Ok(())
}
