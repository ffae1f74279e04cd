//! Drives the real binary, as a shell or a pipeline would: arguments, streams, files and exit codes.

#![cfg(all(feature = "cli", feature = "git"))]

mod binary;
mod flags;
mod git;
mod input;
mod refused;
mod stream;
#[cfg(feature = "verify")]
mod verify;
mod wasi;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Two revisions with one more function in the new one, and one with a function that changed.
const OLD: &str = "package a:b@1.0.0;\ninterface i {\n  f: func();\n}\n";
const MINOR: &str = "package a:b@1.1.0;\ninterface i {\n  f: func();\n  g: func();\n}\n";
const MAJOR: &str = "package a:b@2.0.0;\ninterface i {\n  f: func() -> u32;\n}\n";
const PATCH: &str = "package a:b@1.0.1;\ninterface i {\n  /// What it does.\n  f: func();\n}\n";
const BROKEN: &str = "package a:b@1.1.0;\ninterface i {\n  f: fun();\n}\n";

/// A scratch directory, and what is run in it.
struct Scratch(TempDir);

impl Scratch {
    fn new() -> Scratch {
        Scratch(tempfile::tempdir().unwrap())
    }

    /// With the constants above as `old.wit`, `minor.wit` and so on, and an empty directory.
    fn filled() -> Scratch {
        let scratch = Scratch::new();
        scratch.write("old.wit", OLD).write("minor.wit", MINOR).write("major.wit", MAJOR);
        scratch.write("patch.wit", PATCH).write("broken.wit", BROKEN);
        fs::create_dir(scratch.path().join("empty")).unwrap();
        scratch
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, contents: impl AsRef<[u8]>) -> &Scratch {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The binary, in the scratch directory, out of reach of everybody's environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for name in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    fn compare(&self, arguments: &[&str]) -> Run {
        self.run(&[&["compare"], arguments].concat())
    }

    /// The same from a subdirectory.
    fn compare_in(&self, directory: &str, arguments: &[&str]) -> Run {
        let mut command = self.command(&[&["compare"], arguments].concat());
        Run::of(&command.current_dir(self.path().join(directory)).output().unwrap())
    }

    /// The report of a run that ends with `code`.
    #[track_caller]
    fn report(&self, code: i32, arguments: &[&str]) -> Value {
        self.compare(&[arguments, &["--format", "json"]].concat()).code(code).json()
    }

    fn compare_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = self.command(&[&["compare"], arguments].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A run that does not read it has closed the pipe by then.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(&child.wait_with_output().unwrap())
    }

    fn git(&self, directory: &str, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "protocol.file.allow=always"])
            .args(arguments)
            .current_dir(self.path().join(directory))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.test")])
            .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.test")])
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits everything in the scratch directory under a tag.
    fn commit(&self, tag: &str) -> &Scratch {
        self.git("", &["add", "-A"]);
        self.git("", &["commit", "-q", "-m", tag]);
        self.git("", &["tag", tag]);
        self
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
    /// No run may panic or be killed, whatever it is given.
    #[track_caller]
    fn of(output: &Output) -> Run {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let run = Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) };
        assert!(!run.stderr.contains("panicked") && run.code.is_some_and(|code| code < 5), "{run:#?}");
        run
    }

    #[track_caller]
    fn code(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(self.stdout.contains(text), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Run {
        // Errors are wrapped to the terminal's width: where a line breaks is not what they say.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&self.stderr).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    fn silent(self) -> Run {
        assert!(self.stdout.is_empty() && self.stderr.is_empty(), "{self:#?}");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self:#?}"))
    }
}

/// The values of a field, in order.
fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}
