//! The summary of a step of GitHub Actions.

use crate::report::{Report, to_markdown};
use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

/// Names the file whose Markdown GitHub shows on the page of the run. What earlier commands of the step wrote is in it.
const VARIABLE: &str = "GITHUB_STEP_SUMMARY";

/// Adds the report to the summary, if the process runs in a step that has one.
pub fn add(report: &Report) -> Result<(), String> {
    let Some(file) = env::var_os(VARIABLE).filter(|file| !file.is_empty()).map(PathBuf::from) else { return Ok(()) };
    let open = OpenOptions::new().append(true).create(true).open(&file);
    let written = open.and_then(|mut open| {
        // Whatever stands there may end without a line break.
        let begin = if open.metadata()?.len() > 0 { "\n" } else { "" };
        open.write_all(format!("{begin}{}", to_markdown(report)).as_bytes())
    });
    written.map_err(|error| format!("cannot write `{}`, which {VARIABLE} names: {error}", file.display()))
}
