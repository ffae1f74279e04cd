//! `wit-diff stability`: the real `git` makes the histories, and the tool is asked through its binary.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod classes;
mod corpus;
mod formats;
mod histories;
mod laws;
mod odd;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod wasi;

use run::{Run, each, words};
use scratch::Scratch;
use serde_json::Value;

/// What a package holds, from least to most.
const F: &str = "interface i { f: func(); }";
const FG: &str = "interface i { f: func(); g: func(); }";
const FGH: &str = "interface i { f: func(); g: func(); h: func(); }";
/// Breaks those who use `f`.
const F_CHANGED: &str = "interface i { f: func() -> u32; }";
const BROKEN: &str = "interface i { f: fun(); }";

/// A hundred days in seconds: two releases that far apart are more than half a year old.
const STEP: usize = 100 * 24 * 60 * 60;

impl Scratch {
    fn wasi() -> Scratch {
        let scratch = Scratch::empty();
        scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
        scratch
    }

    /// Commits everything on the day of a step, and tags it where there is a tag.
    fn step(&self, step: usize, tag: &str) -> &Scratch {
        let date = format!("{} +0000", 1_600_000_000 + step * STEP);
        self.git(&["add", "-A"]);
        self.git_at(&date, &["commit", "-q", "--allow-empty", "-m", &format!("step {step}")]);
        if !tag.is_empty() {
            self.git(&["tag", tag]);
        }
        self
    }

    /// Releases `a:p` in some versions with what they hold, each a step after the one before.
    fn releases(releases: &[(&str, &str)]) -> Scratch {
        let scratch = Scratch::repository();
        for (step, (version, body)) in releases.iter().enumerate() {
            scratch.write("wit/a.wit", format!("package a:p@{version};\n\n{body}\n"));
            scratch.step(step, &format!("v{version}"));
        }
        scratch
    }

    #[track_caller]
    fn stability(&self, arguments: &[&str]) -> Run {
        Run::by(&mut self.binary(&[&["stability"], arguments].concat()))
    }

    #[track_caller]
    fn json(&self, code: i32, arguments: &[&str]) -> Value {
        self.stability(&[arguments, &["--format", "json"]].concat()).code(code).json()
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The lines of a package: `version line releases+pre-releases`.
#[track_caller]
fn lines(report: &Value, name: &str) -> Vec<String> {
    let line = |line: &Value| {
        let version = line["version"].as_str().unwrap_or("-");
        format!("{version} {} {}+{}", line["line"].as_str().unwrap(), line["releases"], line["pre_releases"])
    };
    list(&report["packages"]).iter().filter(|line| line["name"] == name).map(line).collect()
}

/// The item of that path in the first line that has it; there must be one.
#[track_caller]
fn item<'a>(report: &'a Value, path: &str) -> &'a Value {
    let items = list(&report["packages"]).iter().flat_map(|package| list(&package["items"]));
    items.into_iter().find(|item| item["path"] == path).unwrap_or_else(|| panic!("no {path} in {report:#}"))
}

/// An item in short: `class releases grew broke`.
#[track_caller]
fn short(report: &Value, path: &str) -> String {
    let item = item(report, path);
    let class = item["class"].as_str().unwrap();
    format!("{class} {} {} {}", item["releases"], item["grew"], item["broke"])
}

/// What happened to an item: `revision what`.
#[track_caller]
fn marks(report: &Value, path: &str) -> Vec<String> {
    let mark = |mark: &Value| format!("{} {}", mark["revision"].as_str().unwrap(), mark["what"].as_str().unwrap());
    list(&item(report, path)["marks"]).iter().map(mark).collect()
}
