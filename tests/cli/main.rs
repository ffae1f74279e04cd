//! Drives the real binary, as a shell or a pipeline would: arguments, streams, files and exit codes.

#![cfg(all(feature = "cli", feature = "git"))]

mod accept;
mod binary;
mod completions;
mod config;
mod config_packages;
mod explain;
mod flags;
mod git;
mod habits;
mod input;
mod refused;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod stream;
#[cfg(feature = "verify")]
mod verify;
mod wasi;

use run::{Run, each};
use scratch::Scratch;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::process::Stdio;

/// Two revisions with one more function in the new one, and one with a function that changed.
const OLD: &str = "package a:b@1.0.0;\ninterface i {\n  f: func();\n}\n";
const MINOR: &str = "package a:b@1.1.0;\ninterface i {\n  f: func();\n  g: func();\n}\n";
const MAJOR: &str = "package a:b@2.0.0;\ninterface i {\n  f: func() -> u32;\n}\n";
const PATCH: &str = "package a:b@1.0.1;\ninterface i {\n  /// What it does.\n  f: func();\n}\n";
const BROKEN: &str = "package a:b@1.1.0;\ninterface i {\n  f: fun();\n}\n";

impl Scratch {
    fn new() -> Scratch {
        Scratch::empty()
    }

    /// With the constants above as `old.wit`, `minor.wit` and so on, and an empty directory.
    fn filled() -> Scratch {
        let scratch = Scratch::new();
        scratch.write("old.wit", OLD).write("minor.wit", MINOR).write("major.wit", MAJOR);
        scratch.write("patch.wit", PATCH).write("broken.wit", BROKEN);
        fs::create_dir(scratch.path().join("empty")).unwrap();
        scratch
    }

    fn call(&self, arguments: &[&str]) -> Run {
        Run::of(&self.binary(arguments).output().unwrap())
    }

    fn compare(&self, arguments: &[&str]) -> Run {
        self.call(&[&["compare"], arguments].concat())
    }

    /// The same from a subdirectory.
    fn compare_in(&self, directory: &str, arguments: &[&str]) -> Run {
        let mut command = self.binary(&[&["compare"], arguments].concat());
        Run::of(&command.current_dir(self.path().join(directory)).output().unwrap())
    }

    /// The report of a run that ends with `code`.
    #[track_caller]
    fn report(&self, code: i32, arguments: &[&str]) -> Value {
        self.compare(&[arguments, &["--format", "json"]].concat()).code(code).json()
    }

    fn compare_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = self.binary(&[&["compare"], arguments].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A run that does not read it has closed the pipe by then.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(&child.wait_with_output().unwrap())
    }
}

impl Run {
    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(self.stdout.contains(text), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    fn silent(self) -> Run {
        assert!(self.stdout.is_empty() && self.stderr.is_empty(), "{self:#?}");
        self
    }
}
