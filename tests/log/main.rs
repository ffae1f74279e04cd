//! `wit-diff log`: the real `git` makes the histories, and the tool is asked through its binary.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod clones;
mod commits;
mod cost;
mod formats;
mod hostile;
mod item;
mod ranges;
mod rows;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod tags;
mod unreadable;
mod wasi;
mod wavs;

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

impl Scratch {
    /// The history of WASI.
    fn wasi() -> Scratch {
        let scratch = Scratch::empty();
        scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
        scratch
    }

    /// Writes a package as one file, for example `a:p@1.0.0`.
    fn package(&self, path: &str, identity: &str, body: &str) -> &Scratch {
        self.write(path, format!("package {identity};\n\n{body}\n"))
    }

    /// Releases `a:p` in some versions with what they hold, as `v1.0.0`.
    fn releases(releases: &[(&str, &str)]) -> Scratch {
        let scratch = Scratch::repository();
        for (version, body) in releases {
            scratch.package("wit/a.wit", &format!("a:p@{version}"), body);
            scratch.release(&format!("v{version}"));
        }
        scratch
    }

    /// What the tool says.
    #[track_caller]
    fn log(&self, arguments: &[&str]) -> Run {
        Run::by(&mut self.binary(&[&["log"], arguments].concat()))
    }

    /// The JSON of a run that ends with `code`.
    #[track_caller]
    fn json(&self, code: i32, arguments: &[&str]) -> Value {
        self.log(&[arguments, &["--format", "json"]].concat()).code(code).json()
    }
}

impl Run {
    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(words(&self.stdout).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    fn never_names(self, text: &str) -> Run {
        let all = words(&format!("{} {}", self.stdout, self.stderr));
        assert!(!all.contains(&words(text)), "{text:?} is in {self:#?}");
        self
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}

/// The package of that name in a log; there must be one.
#[track_caller]
fn named<'a>(log: &'a Value, name: &str) -> &'a Value {
    let mut found = log["packages"].as_array().unwrap().iter().filter(|package| package["name"] == name);
    let package = found.next().unwrap_or_else(|| panic!("no {name} in {log:#}"));
    assert!(found.next().is_none(), "{name} twice in {log:#}");
    package
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Each row of a package in a line: `revision<against status level old>new verdict required`, dashes for what there is
/// not, and findings behind.
#[track_caller]
fn rows(log: &Value, name: &str) -> Vec<String> {
    let row = |row: &Value| {
        let findings: String =
            each(&row["findings"], "message").iter().map(|message| format!(" ({message})")).collect();
        format!(
            "{}<{} {} {} {}>{} {} {}{findings}",
            text(&row["revision"]),
            text(&row["against"]),
            text(&row["status"]),
            text(&row["level"]),
            text(&row["old_version"]),
            text(&row["new_version"]),
            text(&row["version"]["verdict"]),
            text(&row["version"]["required"]),
        )
    };
    list(&named(log, name)["rows"]).iter().map(row).collect()
}

/// The same for commits, by their subjects.
#[track_caller]
fn by_subject(log: &Value, name: &str) -> Vec<String> {
    let row = |row: &Value| {
        let versions = format!("{}>{}", text(&row["old_version"]), text(&row["new_version"]));
        format!("{}: {} {} {versions}", text(&row["subject"]), text(&row["status"]), text(&row["level"]))
    };
    list(&named(log, name)["rows"]).iter().map(row).collect()
}

/// The row of that revision.
#[track_caller]
fn row<'a>(log: &'a Value, name: &str, revision: &str) -> &'a Value {
    let found: Vec<&Value> = list(&named(log, name)["rows"]).iter().filter(|row| row["revision"] == revision).collect();
    assert_eq!(found.len(), 1, "{name} {revision} in {log:#}");
    found[0]
}

/// `(rule, path)` of the changes of a row, of at least some level.
fn changes<'a>(row: &'a Value, level: &str) -> Vec<(&'a str, &'a str)> {
    let order = ["none", "patch", "minor", "major"];
    let place = |level: &str| order.iter().position(|other| *other == level).unwrap();
    let loud = list(&row["changes"]).iter().filter(|change| place(change["level"].as_str().unwrap()) >= place(level));
    loud.map(|change| (change["rule"].as_str().unwrap(), change["path"].as_str().unwrap())).collect()
}

/// What happened to an item: `revision new_version: event, event`.
#[track_caller]
fn events(log: &Value, name: &str) -> Vec<String> {
    let row = |row: &Value| {
        let what = each(&row["events"], "event").join(", ");
        format!("{} {}: {what}", text(&row["revision"]), text(&row["new_version"]))
    };
    list(&named(log, name)["rows"]).iter().map(row).collect()
}
