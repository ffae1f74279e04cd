//! `wit-diff log [RANGE]`.

use super::exit;
use super::flags::usage;
use super::output::{self, Output};
use super::reading::Reading;
use super::settled::{settled, tip};
use crate::config::Asked;
use crate::pipeline::{self, Log as Question};
use crate::report::{
    LogReport, TextOptions, log_errors_to_text, log_to_html, log_to_json, log_to_junit, log_to_markdown, log_to_text,
};
use crate::revision::Steps;
use clap::{Args, ColorChoice, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::io;
use std::process::ExitCode;
use std::sync::OnceLock;

/// Tell what each release or commit changed
///
/// And whether its version honoured that.
///
/// A row a revision, newest first, each against the one before it: against the release before it in its own history, or
/// against its first parent. Revisions that did not change a package have no row. Several versions of a package that
/// stand side by side, as drafts of the next one do, are followed each by itself.
///
/// RANGE is `A..B` (what came after A), `A...B` (after the merge base of both), or `A` (all that led to A).
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff log v0.2.0.. --package wasi:http",
    after_long_help = "\
Examples:
  wit-diff log
  wit-diff log v0.2.0.. --package wasi:http
  wit-diff log --item 'wasi:cli/exit#exit-with-code'
  wit-diff log main --commits --limit 20 --format markdown

Exit codes: 0 done, 2 wrong usage, 3 a revision could not be read, 4 there is no such history."
)]
pub struct Log {
    /// Which revisions [default: all that led to HEAD]
    range: Option<String>,
    /// Release by release [default where there are any]
    ///
    /// Releases are tags `v1.2.3`, `1.2.3`, `name-v1.2.3` and `name/v1.2.3`.
    #[arg(long, conflicts_with = "commits")]
    tags: bool,
    /// Commit by commit, along first parents
    #[arg(long)]
    commits: bool,
    /// Follow one item, as `ns:pkg/interface#function`
    ///
    /// An interface, a world, or what is in it; a method of a resource is `ns:pkg/interface#resource.method`.
    #[arg(long, value_name = "PATH")]
    item: Option<String>,
    /// So many rows for each package, the newest ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// What to print: text, json, markdown, html, junit
    #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Write to a file, too: `markdown=HISTORY.md` (repeatable)
    #[arg(long, value_name = "FORMAT=FILE")]
    output: Vec<Output<Format>>,
    /// List revisions without a change, too, and every change of each
    #[arg(long, short, hide_short_help = true)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

/// A format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, at a terminal.
    Text,
    /// For programs: one object, as the report contract defines it.
    Json,
    /// For people, on GitHub.
    Markdown,
    /// For people, in a browser: one file.
    Html,
    /// For test reporting: a case for each revision.
    Junit,
}

impl Log {
    pub fn run(self) -> ExitCode {
        if let Err(error) = output::apart(&self.output) {
            return usage(&error);
        }
        let by = if self.tags { Some(Steps::Tags) } else { None };
        let question = Question {
            range: self.range.clone(),
            by: if self.commits { Some(Steps::Commits) } else { by },
            item: self.item.clone(),
            limit: self.limit.and_then(|limit| usize::try_from(limit).ok()),
            unchanged: self.verbose,
            progress: Some(show_progress),
        };
        let target = tip(self.range.as_deref(), &self.reading.options().revision);
        let options = match settled(&self.reading, Asked::default(), &target, self.color) {
            Ok(settled) => settled.options,
            Err(code) => return code,
        };
        let told = pipeline::log(&question, &options);
        clear_progress();
        let log = match told {
            Ok((log, _)) => log,
            Err(message) => return usage(&message),
        };
        let errors = log_errors_to_text(&log, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        for output in &self.output {
            let layout = TextOptions { verbose: self.verbose, ..TextOptions::default() };
            if let Err(error) = output.write(&render(&log, output.format, &layout)) {
                return usage(&error);
            }
        }
        let text = render(&log, self.format, &output::layout(&io::stdout(), self.color, self.verbose));
        if let Err(error) = output::write(io::stdout(), &text) {
            return usage(&format!("cannot write to the standard output: {error}"));
        }
        exit::code_of_log(&log)
    }
}

fn render(log: &LogReport, format: Format, text: &TextOptions) -> String {
    match format {
        Format::Text => log_to_text(log, text),
        Format::Json => log_to_json(log),
        Format::Markdown => log_to_markdown(log),
        Format::Html => log_to_html(log),
        Format::Junit => log_to_junit(log),
    }
}

static BAR: OnceLock<ProgressBar> = OnceLock::new();

/// Shows how far it got, where the standard error is a terminal; nothing of it stays.
pub(super) fn show_progress(done: usize, all: usize) {
    let bar = BAR.get_or_init(|| {
        let style = ProgressStyle::with_template("revision {pos} of {len} {wide_bar}");
        ProgressBar::new(all as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    });
    bar.set_position(done as u64);
}

pub(super) fn clear_progress() {
    if let Some(bar) = BAR.get() {
        bar.finish_and_clear();
    }
}
