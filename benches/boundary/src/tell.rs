//! The figures that the guide shows.

use std::fmt::Write as _;

use crate::boundary::{ALL, Boundary};
use crate::fit::Fitted;
use crate::measure::{Measured, Time};

/// What is shown, and in which words.
const SHOWN: [(&str, &str); 27] = [
    ("nothing", "nothing"),
    ("take-number", "a number"),
    ("take-numbers16", "16 numbers"),
    ("take-numbers17", "17 numbers, which spill"),
    ("give-pair", "a record of two numbers, returned"),
    ("take-some", "an `option` of a number"),
    ("take-text16", "a string of 16 bytes"),
    ("give-text16", "the same, returned"),
    ("take-text4096", "a string of 4096 bytes"),
    ("take-text65536", "a string of 65536 bytes"),
    ("take-texts4", "4 strings of 16 bytes"),
    ("take-list-text-16", "a list of 16 strings of 16 bytes"),
    ("take-bytes16", "a `list<u8>` of 16"),
    ("take-bytes4096", "a `list<u8>` of 4096"),
    ("take-bytes65536", "a `list<u8>` of 65536"),
    ("take-list-u64-4096", "a `list<u64>` of 4096"),
    ("take-list-pair-1", "a list of 1 record of 16 bytes"),
    ("take-list-pair-16", "a list of 16 records of 16 bytes"),
    ("take-list-pair-256", "a list of 256 records of 16 bytes"),
    ("take-list-eight-256", "a list of 256 records of 64 bytes"),
    ("take-list-quarters-256", "a list of 256 records of 256 bytes"),
    ("take-map-16", "a map of 16 numbers"),
    ("lend-thing", "a handle, lent"),
    ("lend-things4", "4 handles, lent"),
    ("pass-thing", "a handle, moved there and back"),
    ("async-nothing", "nothing, `async`"),
    ("async-take-text16", "a string of 16 bytes, `async`"),
];

pub fn figures(measured: &Measured, fitted: &[(Boundary, Fitted)]) -> String {
    let machine = &measured.machine;
    let mut told = format!(
        "<!-- Written by `cargo run --release -- fit` in benches/boundary: do not edit. -->\n\n\
         Medians of the quieter half of {} rounds with Wasmtime {} on {} ({} cores, {}).\n\
         In brackets nanoseconds, before them how many calls without anything they are.\n\n\
         | What is passed | host to guest | guest to host | guest to guest |\n|---|---:|---:|---:|\n",
        measured.rounds, machine.wasmtime, machine.processor, machine.cores, machine.system
    );
    for (name, words) in SHOWN {
        let _ = write!(told, "| {words} |");
        for over in ALL {
            let (nothing, time) = (of(measured, "nothing", over).quiet(), of(measured, name, over).quiet());
            let _ = write!(told, " {} ({time:.0}) |", ratio(time / nothing));
        }
        told.push('\n');
    }
    told.push_str("\n| | host to guest | guest to host | guest to guest |\n|---|---:|---:|---:|\n");
    for (words, part) in [("median of the calls", 0.5), ("nine of ten calls", 0.9)] {
        let _ = write!(told, "| spread of rounds, {words} |");
        for over in ALL {
            let _ = write!(told, " {:.0} % |", spread(measured, over, part) * 100.0);
        }
        told.push('\n');
    }
    for (words, error) in [
        ("median", (|fitted| fitted.median_error) as fn(&Fitted) -> f64),
        ("nine of ten", |fitted| fitted.ninetieth_error),
    ] {
        let _ = write!(told, "| error of the estimate, {words} |");
        for (_, fitted) in fitted {
            let _ = write!(told, " {:.0} % |", error(fitted) * 100.0);
        }
        told.push('\n');
    }
    told
}

fn of(measured: &Measured, name: &str, over: Boundary) -> Time {
    let row = measured.shapes.iter().find(|row| row.name == name);
    row.unwrap_or_else(|| panic!("{name} was not measured")).nanoseconds[&over]
}

fn ratio(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.1}") } else { format!("{ratio:.0}") }
}

/// The distance of the quartiles, as a part of the median, that so many calls do not exceed.
fn spread(measured: &Measured, over: Boundary, part: f64) -> f64 {
    let mut spreads: Vec<f64> = (measured.shapes.iter())
        .map(|row| {
            let Time { median, quartiles } = row.nanoseconds[&over];
            (quartiles[1] - quartiles[0]) / median
        })
        .collect();
    spreads.sort_by(f64::total_cmp);
    spreads[((spreads.len() - 1) as f64 * part).round() as usize]
}
