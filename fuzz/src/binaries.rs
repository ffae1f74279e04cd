//! Two arbitrary binaries.

use super::{laws, panics};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::Report;
use wit_diff::revision::{Bundle, Kind, Revision, SourceFile};

/// Compares so many bytes as the first two say with those behind them; if these are none, with itself.
pub fn run(data: &[u8]) {
    panics::watch();
    let Some((length, rest)) = data.split_first_chunk::<2>() else { return };
    let (old, new) = rest.split_at(usize::from(u16::from_le_bytes(*length)).min(rest.len()));
    let new = if new.is_empty() { old } else { new };
    let report = compare(old, new);
    laws::hold(&report);
    if old == new {
        laws::are_equal(&report);
    } else {
        laws::are_equal(&compare(new, new));
        laws::hold(&compare(new, old));
    }
    panics::none_of_ours();
}

fn compare(old: &[u8], new: &[u8]) -> Report {
    let source = |name: &str, bytes: &[u8]| Revision {
        input: name.to_owned(),
        kind: Kind::Wasm,
        commit: None,
        main: Bundle {
            path: name.to_owned(),
            files: vec![SourceFile { path: name.to_owned(), bytes: bytes.into() }],
            binary: true,
        },
        deps: Vec::new(),
        siblings: Vec::new(),
    };
    pipeline::run_sources(source("old.wasm", old), source("new.wasm", new), &Options::default())
}
