//! Hostile inputs, each with the exact error, the exit code, and on both sides. What is legal in spite of its looks gets
//! its verdict.

#![cfg(all(feature = "cli", feature = "git", feature = "verify"))]

mod binary;
mod cycle;
mod disk;
mod kind;
mod name;
#[path = "../support/scratch.rs"]
mod scratch;
mod size;
mod terminal;
mod text;

use scratch::Scratch;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const HEADER: &str = "package a:b@1.0.0;\n";
const BODY: &str = "interface i {\n  f: func();\n}\n";

impl Scratch {
    /// With one good package in it, `old.wit`.
    fn new() -> Scratch {
        let scratch = Scratch::empty();
        scratch.write("old.wit", format!("{HEADER}{BODY}"));
        scratch
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.binary(&[&["compare"], arguments].concat())
    }

    fn compare(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    #[track_caller]
    fn compare_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A run that does not read it has closed the pipe by then.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of(&child.wait_with_output().unwrap())
    }

    /// The error of `input` is exactly this, on either side, and it is all that comes of the comparison.
    #[track_caller]
    fn refuses(&self, input: &str, error: &str) {
        self.refuses_with(input, 3, error);
    }

    #[track_caller]
    fn refuses_with(&self, input: &str, code: i32, error: &str) {
        for side in ["new", "old"] {
            let run = self.compare(&if side == "new" { ["old.wit", input] } else { [input, "old.wit"] });
            run.fails(code, &error.replace("new revision", &format!("{side} revision")));
            let undetermined = format!("undetermined: a:b, because the {side} side could not be loaded\n");
            // A revision of git is named before anything else.
            let said = run.stdout.split_once("\n\n").map_or(&*run.stdout, |(_, said)| said);
            assert_eq!(said, if code == 3 { &undetermined } else { "" });
        }
    }

    /// What `input` is to `old.wit`, as the first headline of the report says it.
    #[track_caller]
    fn accepts(&self, input: &str, headline: &str) {
        self.compare(&["old.wit", input]).succeeds(headline);
    }
}

/// What a run left behind.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: &Output) -> Run {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    #[track_caller]
    fn fails(&self, code: i32, error: &str) {
        assert_eq!((self.code, self.stderr.trim_end()), (Some(code), error.trim()), "{self:#?}");
    }

    #[track_caller]
    fn succeeds(&self, headline: &str) {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{self:#?}");
        // With several packages, a table stands before it.
        assert_eq!(self.stdout.lines().find(|line| line.contains(" for guests: ")), Some(headline), "{self:#?}");
    }
}
