//! Edits of WIT text change what they are meant to, and not a byte more.

mod exact;
mod laws;
mod mutate;
#[path = "../support/pairs.rs"]
mod pairs;
mod renamed;
mod since;

use semver::Version;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wit_diff::version::edit::{Edit, apply};

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

/// Every `*.wit` file of the cases and the corpora, once: where it stands, and what it says.
fn texts() -> Vec<(PathBuf, String)> {
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases")];
    directories.extend(pairs::corpora());
    let mut found = BTreeMap::new();
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "wit")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                found.insert(text, path);
            }
        }
    }
    found.into_iter().map(|(text, path)| (path, text)).collect()
}

#[test]
fn edits_are_made_once() {
    let edit = |start, end, text: &str| Edit { start, end, text: text.into() };
    for (edits, expected) in [
        (vec![], "aébc"),
        (vec![edit(3, 4, "x"), edit(0, 1, "y")], "yéxc"),
        (vec![edit(0, 3, "x"), edit(1, 4, "y")], "xbc"),
        (vec![edit(1, 4, "y"), edit(0, 3, "x")], "xbc"),
        (vec![edit(0, 1, "x"), edit(0, 3, "y")], "xébc"),
        (vec![edit(1, 1, "x"), edit(1, 1, "x"), edit(1, 3, "y")], "axébc"),
        (vec![edit(0, 1, "x"), edit(1, 3, "y")], "xybc"),
        (vec![edit(2, 3, "x"), edit(0, 2, "x"), edit(4, 9, "x"), edit(9, 9, "x"), edit(4, 3, "x")], "aébc"),
        (vec![edit(5, 5, "x")], "aébcx"),
        (vec![edit(0, 0, ""), edit(usize::MAX, usize::MAX, "x")], "aébc"),
    ] {
        assert_eq!(apply("aébc", &edits), expected, "{edits:?}");
    }
}
