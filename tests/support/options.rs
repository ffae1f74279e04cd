//! How a case is compared: its file `options`, with lines `protect hosts`, `features a,b` or `all-features`.

use crate::pairs::Pair;
use std::fs;
use wit_diff::pipeline::Options;
use wit_diff::revision;
use wit_diff::verdict::Protect;

/// The options of a case.
pub fn of(case: &Pair) -> Options {
    let mut options = Options {
        revision: revision::Options { working_directory: Some(case.directory.clone()), ..Default::default() },
        ..Options::default()
    };
    for line in fs::read_to_string(case.directory.join("options")).unwrap_or_default().lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("protect", "hosts") => options.protect = Some(Protect::Hosts),
            ("protect", "all") => options.protect = Some(Protect::All),
            ("features", names) => options.features.names = names.split(',').map(str::to_string).collect(),
            ("all-features", "") => options.features.all = true,
            _ => panic!("{}: no such option: {line}", case.name),
        }
    }
    options
}
