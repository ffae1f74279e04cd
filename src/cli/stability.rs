//! `wit-diff stability [RANGE]`.

use super::exit;
use super::flags::usage;
use super::log::{clear_progress, show_progress};
use super::output::{self, Output};
use super::reading::Reading;
use super::settled::{settled, tip};
use crate::config::Asked;
use crate::pipeline::{self, Stability as Question};
use crate::report::{
    StabilityItems, StabilityOptions, StabilityReport, StabilitySort, TextOptions, stability_errors_to_text,
    stability_to_html, stability_to_json, stability_to_markdown, stability_to_text,
};
use crate::revision::Steps;
use clap::{Args, ColorChoice, ValueEnum};
use std::io;
use std::process::ExitCode;

/// Rank what is settled, and what keeps moving
///
/// Over the releases of a history: since when each package, interface, world and type is there, how often it grew, how
/// often it broke and for whom, and who uses it in the newest one. Versions that stand side by side are each weighed by
/// themselves; pre-releases promise nothing, and are counted apart. Days are those of the commits.
///
/// RANGE is as in `wit-diff log`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff stability v0.2.12 --package wasi:http",
    after_long_help = "\
Classes, the most settled first:
  settled   3 releases and 180 days old or more, and unchanged for as long
  growing   as old, and changed since without breaking anybody
  new       too young to tell
  moving    broke in the last 3 releases or 180 days, or in more than one of four
            releases; or is a pre-release that broke
  unstable  behind `@unstable`: nothing is promised
  gone      no longer there

Examples:
  wit-diff stability
  wit-diff stability v0.2.12 --package wasi:http --items types
  wit-diff stability --sort users --verbose
  wit-diff stability --output html=stability.html

Exit codes: 0 done, 2 wrong usage, 3 a revision could not be read, 4 there is no such history."
)]
pub struct Stability {
    /// Which revisions [default: all that led to HEAD]
    range: Option<String>,
    /// Release by release [default where there are any]
    #[arg(long, conflicts_with = "commits")]
    tags: bool,
    /// Commit by commit, along first parents
    #[arg(long)]
    commits: bool,
    /// What is listed: packages, interfaces or types
    ///
    /// Interfaces include worlds; types come with the interfaces that they are in. JSON has them all.
    #[arg(long, value_enum, default_value = "interfaces", hide_default_value = true, hide_possible_values = true)]
    items: Items,
    /// In which order: rank, name, age, broke, users
    #[arg(long, value_enum, default_value = "rank", hide_default_value = true, hide_possible_values = true)]
    sort: Sort,
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// What to print: text, json, markdown, html
    #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Write to a file, too: `html=stability.html` (repeatable)
    #[arg(long, value_name = "FORMAT=FILE")]
    output: Vec<Output<Format>>,
    /// Say of each item what happened to it, and who uses it
    #[arg(long, short, hide_short_help = true)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Items {
    /// Packages alone.
    Packages,
    /// Their interfaces and worlds, too.
    Interfaces,
    /// And the types of these.
    Types,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The most settled first.
    Rank,
    /// By name.
    Name,
    /// The oldest first.
    Age,
    /// Those first that broke most often.
    Broke,
    /// Those first that most others use.
    Users,
}

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, at a terminal.
    Text,
    /// For programs: one object, as the report contract defines it.
    Json,
    /// For people, on GitHub.
    Markdown,
    /// For people, in a browser: one file, with a picture over time.
    Html,
}

impl Stability {
    pub fn run(self) -> ExitCode {
        if let Err(error) = output::apart(&self.output) {
            return usage(&error);
        }
        let by = if self.tags { Some(Steps::Tags) } else { None };
        let question = Question {
            range: self.range.clone(),
            by: if self.commits { Some(Steps::Commits) } else { by },
            progress: Some(show_progress),
        };
        let target = tip(self.range.as_deref(), &self.reading.options().revision);
        let options = match settled(&self.reading, Asked::default(), &target, self.color) {
            Ok(settled) => settled.options,
            Err(code) => return code,
        };
        let told = pipeline::stability(&question, &options);
        clear_progress();
        let report = match told {
            Ok((report, _)) => report,
            Err(message) => return usage(&message),
        };
        let errors = stability_errors_to_text(&report, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        for output in &self.output {
            let layout = TextOptions { verbose: self.verbose, ..TextOptions::default() };
            if let Err(error) = output.write(&self.rendered(&report, output.format, &layout)) {
                return usage(&error);
            }
        }
        let text = self.rendered(&report, self.format, &output::layout(&io::stdout(), self.color, self.verbose));
        if let Err(error) = output::write(io::stdout(), &text) {
            return usage(&format!("cannot write to the standard output: {error}"));
        }
        exit::code_of_stability(&report)
    }

    fn rendered(&self, report: &StabilityReport, format: Format, text: &TextOptions) -> String {
        let items = match self.items {
            Items::Packages => StabilityItems::Packages,
            Items::Interfaces => StabilityItems::Interfaces,
            Items::Types => StabilityItems::Types,
        };
        let sort = match self.sort {
            Sort::Rank => StabilitySort::Rank,
            Sort::Name => StabilitySort::Name,
            Sort::Age => StabilitySort::Age,
            Sort::Broke => StabilitySort::Broke,
            Sort::Users => StabilitySort::Users,
        };
        let what = StabilityOptions { items, sort };
        match format {
            Format::Text => stability_to_text(report, &what, text),
            Format::Json => stability_to_json(report),
            Format::Markdown => stability_to_markdown(report, &what),
            Format::Html => stability_to_html(report, &what),
        }
    }
}
