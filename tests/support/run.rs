//! What a run of the binary left behind.

use serde_json::Value;
use std::process::{Command, Output};

/// Exit code and streams.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// No run may panic or be killed, whatever it is given.
    #[track_caller]
    pub fn of(output: &Output) -> Run {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let run = Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) };
        assert!(!run.stderr.contains("panicked") && run.code.is_some_and(|code| code < 5), "{run:#?}");
        run
    }

    /// Runs it.
    #[track_caller]
    #[allow(dead_code, reason = "not every target has commands only")]
    pub fn by(command: &mut Command) -> Run {
        Run::of(&command.output().unwrap())
    }

    #[track_caller]
    pub fn code(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Run {
        assert!(words(&self.stderr).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self:#?}"))
    }
}

/// Text is wrapped to the terminal's width: where a line breaks is not what it says.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of a field, in order; none where there is no list.
pub fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().into_iter().flatten().map(|item| item[field].as_str().unwrap()).collect()
}
