//! `wit-diff bump` in real repositories: what it plans, what it writes, byte for byte, and when it writes nothing.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod corpus;
mod dependents;
mod gates;
mod pre_releases;
mod refused;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod taken;
mod versions;
mod wasi;

use run::{Run, each, words};
use scratch::Scratch;
use serde_json::Value;

/// What a package holds, from least to most.
const F: &str = "interface i { f: func(); }";
const FG: &str = "interface i { f: func(); g: func(); }";
/// Breaks those who use `f`.
const F_CHANGED: &str = "interface i { f: func() -> u32; }";
const F_DOCUMENTED: &str = "interface i { /// Does it.\n f: func(); }";

/// A package as one file, for example `a:b@1.0.0` with what is in it.
fn wit(identity: &str, body: &str) -> String {
    format!("package {identity};\n\n{body}\n")
}

impl Scratch {
    #[track_caller]
    fn tool(&self, arguments: &[&str]) -> Run {
        Run::by(&mut self.binary(arguments))
    }

    /// Writes what a bump plans, and sees that another one finds nothing more to do.
    #[track_caller]
    fn bump(&self, arguments: &[&str]) -> Run {
        let all = [&["bump", "--write", "--allow-dirty"], arguments].concat();
        let run = self.tool(&all).code(0);
        let again = self.tool(&[&all[..], &["--format", "json"]].concat()).code(0).json();
        assert_eq!(again["status"], "sufficient", "{run:#?} {again:#}");
        self.tool(&["check"]).code(0);
        run
    }

    /// What a bump says, as JSON.
    #[track_caller]
    fn plan(&self, code: i32, arguments: &[&str]) -> Value {
        self.tool(&[&["bump", "--format", "json"], arguments].concat()).code(code).json()
    }

    /// The `name version` lines of a bump.
    #[track_caller]
    fn lines(&self, arguments: &[&str]) -> String {
        self.tool(&[&["bump", "--print"], arguments].concat()).code(0).stdout.trim_end().replace('\n', ", ")
    }

    /// All files of the working tree, with their contents.
    fn files(&self) -> Vec<(String, String)> {
        let names = self.git(&["ls-files", "--cached", "--others", "--exclude-standard"]);
        let mut names: Vec<&str> = names.lines().collect();
        names.sort_unstable();
        names.into_iter().map(|name| (name.to_owned(), self.read(name))).collect()
    }

    /// Fails if anything is written.
    #[track_caller]
    fn unchanged<T>(&self, run: impl FnOnce(&Scratch) -> T) -> T {
        let before = self.files();
        let found = run(self);
        assert_eq!(before, self.files());
        found
    }
}

impl Run {
    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(words(&self.stdout).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }
}

/// Each package of a plan in a line: `name declared>next level`.
fn brief(plan: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let package = |package: &Value| {
        let [name, declared, next, level] = ["name", "declared", "next", "level"].map(|field| text(&package[field]));
        format!("{name} {declared}>{next} {level}")
    };
    plan["packages"].as_array().unwrap().iter().map(package).collect()
}
