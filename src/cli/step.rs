//! What a step of GitHub Actions leaves behind: its summary, and its outputs for later steps.

use crate::report::{Report, to_markdown, to_step_outputs};
use std::env;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// Names the file whose Markdown GitHub shows on the page of the run. What earlier commands of the step wrote is in it.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Names the file of the outputs, one after the other.
const OUTPUTS: &str = "GITHUB_OUTPUT";

/// Adds the report to the summary and to the outputs, if the process runs in a step that has them.
pub fn leave(report: &Report) -> Result<(), String> {
    // A blank line separates what is Markdown, and is nothing that the outputs may have.
    append(SUMMARY, &to_markdown(report), |_| true)?;
    append(OUTPUTS, &to_step_outputs(report), |last| last != b'\n')
}

/// Adds a text to the file that a variable names, behind a line break of its own where the last byte before it asks for one.
fn append(variable: &str, text: &str, breaks: impl Fn(u8) -> bool) -> Result<(), String> {
    let Some(file) = env::var_os(variable).filter(|file| !file.is_empty()).map(PathBuf::from) else { return Ok(()) };
    let open = OpenOptions::new().read(true).append(true).create(true).open(&file);
    let written = open.and_then(|mut open| {
        let begin = if last_byte(&mut open)?.is_some_and(breaks) { "\n" } else { "" };
        open.write_all(format!("{begin}{text}").as_bytes())
    });
    written.map_err(|error| format!("cannot write `{}`, which {variable} names: {error}", file.display()))
}

fn last_byte(file: &mut File) -> io::Result<Option<u8>> {
    if file.metadata()?.len() == 0 {
        return Ok(None);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(Some(last[0]))
}
