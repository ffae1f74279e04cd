//! Formats, and where they go.

use crate::report::{Format, RenderOptions, Report, TextOptions, render};
use clap::builder::PossibleValue;
use clap::{ColorChoice, ValueEnum};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The formats of what is no comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people, at a terminal.
    Text,
    /// For programs: one object, as the report contract defines it.
    Json,
}

/// The formats of what is said of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextMarkdownOrJson {
    /// For people, at a terminal.
    Text,
    /// For people, in a document.
    Markdown,
    /// For programs: one object, as the report contract defines it.
    Json,
}

/// A format and the file that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output<F = Format> {
    pub format: F,
    file: PathBuf,
}

impl<F: ValueEnum> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Output<F>, String> {
        let (format, file) = text.split_once('=').ok_or("write FORMAT=FILE, for example `json=report.json`")?;
        let format = F::from_str(format, false).map_err(|_| format!("`{format}` is no format: {}", formats::<F>()))?;
        if file == "-" {
            return Err("`--format` chooses what goes to the standard output".into());
        }
        if file.is_empty() {
            return Err(format!("`{text}` names no file"));
        }
        Ok(Output { format, file: file.into() })
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// "text, json or markdown".
fn formats<F: ValueEnum>() -> String {
    let names = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let mut names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) }
}

/// How text is written to a stream: its width, and whether in colour.
pub fn layout(stream: &impl IsTerminal, choice: ColorChoice, verbose: bool) -> TextOptions {
    let is_terminal = stream.is_terminal();
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let color = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && !named("NO_COLOR") && std::env::var("TERM").as_deref() != Ok("dumb"),
    };
    // Zero is what a terminal says that does not know its width.
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|&columns| columns > 0);
    let measured = if is_terminal { Some(textwrap::termwidth()) } else { None };
    let width = columns.or(measured).unwrap_or(TextOptions::default().width);
    TextOptions { width: width.clamp(40, 200), color, verbose }
}

/// Writes to a stream that may be closed at its other end: then nobody is there to be told.
pub fn write(mut stream: impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Fails where two formats would go to one file: one of them would be lost.
pub fn apart<F>(outputs: &[Output<F>]) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    match outputs.iter().find(|output| place(&output.file).is_some_and(|place| !taken.insert(place))) {
        Some(Output { file, .. }) => {
            Err(format!("two formats would go to `{}`: name a file for each of them", file.display()))
        }
        None => Ok(()),
    }
}

/// Where a file is or would be; nothing where all that is written goes on, as to a pipe.
fn place(file: &Path) -> Option<PathBuf> {
    if let Ok(place) = file.canonicalize() {
        return Some(place).filter(|place| place.is_file());
    }
    let directory = file.parent().filter(|directory| !directory.as_os_str().is_empty());
    Some(directory.unwrap_or(Path::new(".")).canonicalize().ok()?.join(file.file_name()?))
}

/// Writes a report to its file.
pub fn save(report: &Report, output: &Output, options: &RenderOptions) -> Result<(), String> {
    output.write(&render(report, output.format, options))
}

impl<F> Output<F> {
    /// Writes a text to the file.
    pub fn write(&self, text: &str) -> Result<(), String> {
        fs::write(&self.file, text).map_err(|error| format!("cannot write `{}`: {error}", self.file.display()))
    }
}
