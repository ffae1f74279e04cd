//! Every case directory against its goldens, `report.txt` and `report.json`. `BLESS=1` rewrites them.
//!
//! A case may hold a file `options`, and a file `rust.txt` where the source verdicts and Rust differ (`tests/source`).

#[path = "support/options.rs"]
mod options;
#[path = "support/pairs.rs"]
mod pairs;

use pairs::Pair;
use std::env;
use std::fs;
use wit_diff::pipeline;
use wit_diff::report::{Report, TextOptions, errors_to_text, to_json, to_text};

fn report(case: &Pair) -> Report {
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    pipeline::run(&name(&case.old), &name(&case.new), &options::of(case))
}

#[test]
fn every_case_reads_as_its_goldens() {
    let bless = env::var_os("BLESS").is_some();
    assert!(!bless || env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
    let mut wrong = Vec::new();
    for case in pairs::cases() {
        let report = report(&case);
        let text = format!(
            "{}{}",
            errors_to_text(&report, &TextOptions::default()),
            to_text(&report, &TextOptions { verbose: true, ..TextOptions::default() })
        );
        for (file, found) in [("report.txt", text), ("report.json", to_json(&report))] {
            let golden = case.directory.join(file);
            if bless {
                fs::write(&golden, found).unwrap();
                continue;
            }
            match fs::read_to_string(&golden) {
                Ok(expected) if expected == found => {}
                Ok(expected) => wrong.push(format!("{}/{file} differs:\n{}", case.name, difference(&expected, &found))),
                Err(error) => wrong.push(format!("{}/{file}: {error}", case.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{} goldens differ (BLESS=1 rewrites them):\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_lies_about_in_the_cases() {
    let known = ["old", "new", "old.wit", "new.wit", "report.txt", "report.json", "options", "rust.txt"];
    for case in pairs::cases() {
        for entry in fs::read_dir(&case.directory).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            assert!(known.contains(&name.as_str()), "{}: `{name}` belongs to no test", case.name);
        }
    }
}

fn difference(expected: &str, found: &str) -> String {
    similar::TextDiff::from_lines(expected, found).unified_diff().header("golden", "found").to_string()
}
