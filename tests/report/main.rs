//! What reports on many packages, of `check` and of `list` look like: goldens in `testdata/report`, at five widths.
//! `BLESS=1` rewrites them.

mod alternative;
mod check;
mod list;
mod merge;
mod summary;
mod wire;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::*;
use wit_diff::revision::{Kind, from_text};
use wit_diff::verdict::Protect;

/// The widths that every text is shown at.
const WIDTHS: [usize; 5] = [40, 60, 80, 120, 200];

/// Every golden.
const GOLDENS: [&str; 13] = [
    "check-failed.json",
    "check-failed.txt",
    "check-passed.txt",
    "check-undetermined.txt",
    "list.json",
    "list.txt",
    "list-verbose.txt",
    "older-release.txt",
    "one-package.txt",
    "summary.txt",
    "summary-color.txt",
    "summary-verbose.txt",
    "undetermined.txt",
];

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/report")
}

/// Fails unless the golden says the same.
#[track_caller]
fn is_golden(name: &str, found: &str) {
    assert!(GOLDENS.contains(&name), "`{name}` is no golden");
    let golden = directory().join(name);
    if env::var_os("BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
        fs::create_dir_all(directory()).unwrap();
        fs::write(&golden, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(expected.as_str(), found);
    assert!(expected == found, "{name} differs (BLESS=1 rewrites it):\n{}", difference.unified_diff());
}

/// The text at every width, none of whose lines is wider, unless a word of it is.
#[track_caller]
fn at_every_width(text: impl Fn(&TextOptions) -> String, options: TextOptions) -> String {
    let mut all = String::new();
    for width in WIDTHS {
        let text = text(&TextOptions { width, ..options });
        if !options.color {
            for line in text.lines() {
                let word = line.split(' ').map(textwrap::core::display_width).max().unwrap_or_default();
                let columns = textwrap::core::display_width(line);
                assert!(columns <= width || word + 12 > width, "{columns} of {width} columns: {line:?}");
                assert_eq!(line, line.trim_end(), "blanks at the end of a line");
            }
        }
        all.push_str(&format!("════ {width} columns\n{text}"));
    }
    all
}

#[test]
fn no_golden_is_left_over() {
    let found: BTreeSet<String> =
        fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    if env::var_os("BLESS").is_some() {
        return;
    }
    let known: BTreeSet<String> = GOLDENS.iter().map(|name| name.to_string()).collect();
    assert_eq!(found, known);
}

fn source(input: &str, commit: Option<&str>, how: Option<&str>) -> Source {
    Source {
        input: input.into(),
        kind: if commit.is_some() { Kind::Git } else { Kind::Path },
        commit: commit.map(Into::into),
        how: how.map(Into::into),
        root: None,
        address: None,
    }
}

fn inputs() -> Inputs {
    Inputs {
        old: source("v0.2.0", Some("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"), None),
        new: source("the working tree", None, None),
        protect: Protect::Guests,
        features: Vec::new(),
        unknown_features: Vec::new(),
        packages: Vec::new(),
    }
}

/// A report on one package, as the tool makes it.
fn compared(old: &str, new: &str) -> Report {
    pipeline::run_sources(from_text("world.wit", old), from_text("world.wit", new), &Options::default())
}

/// The only package of a report.
fn only(mut report: Report) -> PackageReport {
    assert_eq!(report.packages.len(), 1);
    report.packages.remove(0)
}

fn changed(old: &str, new: &str) -> PackageReport {
    only(compared(old, new))
}

/// A package in the state that the word says.
fn package(name: &str, old: &str, new: &str, what: &str) -> PackageReport {
    let declared = |version: &str| if version.is_empty() { String::new() } else { format!("@{version}") };
    let body = match what {
        "major" => ["f: func();", "f: func() -> u32;"],
        "minor" => ["f: func();", "f: func(); g: func();"],
        "patch" => ["f: func();", "/// What it does.\n f: func();"],
        _ => ["f: func();", "f: func();"],
    };
    let side =
        |version: &str, body: &str| format!("package {name}{};\ninterface i {{\n  {body}\n}}\n", declared(version));
    changed(&side(old, body[0]), &side(new, body[1]))
}

/// A package that stands on one side only.
fn one_sided(name: &str, version: &str, is_added: bool) -> PackageReport {
    let it = format!("package {name}@{version};\ninterface i {{\n  f: func();\n}}\n");
    let other = "package other:one;\ninterface i {\n  f: func();\n}\n".to_string();
    let (old, new) = if is_added { (other, it) } else { (it, other) };
    compared(&old, &new).packages.into_iter().find(|package| package.name == name).unwrap()
}
