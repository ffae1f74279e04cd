//! What worlds may touch: against what real components import, through real releases, and as gates.

#![cfg(all(feature = "cli", feature = "verify"))]

#[path = "../support/complete.rs"]
#[allow(dead_code)]
mod complete;
mod components;
mod gates;
mod releases;
#[path = "../support/run.rs"]
#[allow(dead_code)]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod told;

use run::{Run, words};
use scratch::Scratch;
use serde_json::Value;
use std::sync::OnceLock;

/// All releases of WASI, in one repository that nobody changes.
fn wasi() -> &'static Scratch {
    static WASI: OnceLock<Scratch> = OnceLock::new();
    WASI.get_or_init(|| {
        let scratch = Scratch::empty();
        scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
        scratch
    })
}

/// What a command writes as JSON, that ends with `code`.
#[track_caller]
fn json(scratch: &Scratch, code: i32, arguments: &[&str]) -> Value {
    Run::by(&mut scratch.binary(&[arguments, &["--format", "json"]].concat())).code(code).json()
}

/// The names in a list of capabilities.
fn names(list: &Value) -> Vec<&str> {
    run::each(list, "name")
}

/// The world of that name in the first package of a report.
fn world<'a>(report: &'a Value, name: &str) -> &'a Value {
    let worlds = report["packages"][0]["worlds"].as_array().unwrap();
    worlds.iter().find(|world| world["name"] == name).unwrap()
}
