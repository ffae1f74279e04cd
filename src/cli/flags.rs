//! The flags of every command that compares, and what is done with its report.

use super::config_changes::config_changes;
use super::exit;
use super::output::{self, Output};
use super::reading::Reading;
use super::settled::{Settled, settled};
use super::step;
#[cfg(feature = "verify")]
use super::witness;
use crate::capability::Pattern;
use crate::config::Asked;
use crate::cost::{self, Growth};
use crate::pipeline::Options;
use crate::report::{
    Format, RenderOptions, Report, TextOptions, errors_to_text, render, warnings_to_text, with_config_changes,
    with_unknown_packages,
};
use crate::revision::{self, Target};
use crate::verdict::Level;
use clap::{Args, ColorChoice};
use std::io;
#[cfg(feature = "verify")]
use std::path::PathBuf;
use std::process::ExitCode;

/// How to compare, and what to do with the report.
#[derive(Debug, Args)]
pub struct Flags {
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// Fail at this level: patch, minor or major
    ///
    /// Exit with 1 where what changed is of this level or above.
    #[arg(long, value_parser = failing, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Fail where a world gains this capability: `wasi:sockets/*` (repeatable)
    ///
    /// Capabilities are the interfaces and functions that a world imports, by `use` and `include`, too; named without a
    /// version. `*` stands for any text. An interface that only has types cannot be called, and is not denied.
    #[arg(long, value_parser = pattern, value_delimiter = ',', value_name = "PATTERN", hide_short_help = true)]
    deny_capability: Vec<Pattern>,
    /// What to print: text, json, markdown and more
    ///
    /// text, json, markdown, html, sarif, junit, github, gitlab
    #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// To a file, too: `json=a.json` (repeatable)
    #[arg(long, value_name = "FORMAT=FILE")]
    output: Vec<Output>,
    /// The lowest level that the format `github` annotates, beside what is denied: patch, minor or major
    #[arg(long, value_parser = failing, default_value = "major", value_name = "LEVEL", hide_short_help = true)]
    annotate: Level,
    /// Print no report: the exit code and the files of --output tell
    #[arg(long, short, hide_short_help = true)]
    quiet: bool,
    /// List documentation, gates, reach in full
    #[arg(long, short)]
    verbose: bool,
    /// Tell how the cost of calls changes, and what grows to so many times its size [default: 2]
    ///
    /// By the Canonical ABI: flat values, memory, buffers. `wit-diff rules costs` lists what is found; `check --deny costs` fails there.
    #[arg(
        long,
        value_name = "TIMES",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "2",
        value_parser = clap::value_parser!(u64).range(2..=1000),
        hide_short_help = true
    )]
    cost: Option<u64>,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
    /// Ask the official validator, too: no verdict, and exit code 3, where it disagrees
    #[cfg(feature = "verify")]
    #[arg(long, hide_short_help = true)]
    verify: bool,
    /// Write, for each change that breaks a link, the smallest packages that show it, into a new directory
    #[cfg(feature = "verify")]
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    witness: Option<PathBuf>,
}

impl Flags {
    /// Fails where the run could not write what it is asked to write.
    pub fn check(&self) -> Result<(), ExitCode> {
        if let Err(error) = output::apart(&self.output) {
            return Err(usage(&error));
        }
        #[cfg(feature = "verify")]
        if let Some(Err(error)) = self.witness.as_deref().map(witness::check) {
            return Err(usage(&error));
        }
        Ok(())
    }

    /// Writes the report on `new` to where it is wanted, and says how the run ends.
    pub fn finish(&self, report: Report, new: &Target, settled: &Settled) -> ExitCode {
        let changes = config_changes(settled, &report, new);
        let report = with_config_changes(report, changes);
        let report = &match settled.file.as_ref().filter(|_| settled.options.packages.is_empty()) {
            Some(file) => with_unknown_packages(report, file),
            None => report,
        };
        let errors = errors_to_text(report, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        if let Some(bug_report) = &report.bug_report {
            let _ = output::write(io::stderr(), &format!("\n{bug_report}"));
        }
        let _ = output::write(io::stderr(), &warnings_to_text(report));
        let to_file = self.rendered(TextOptions { verbose: self.verbose, ..TextOptions::default() });
        for output in &self.output {
            if let Err(error) = output::save(report, output, &to_file) {
                return usage(&error);
            }
        }
        #[cfg(feature = "verify")]
        if let Some(directory) = &self.witness {
            match witness::save(report, directory) {
                Ok(count) => {
                    let _ = output::write(io::stderr(), &witness::summary(report, count, directory));
                }
                Err(error) => return usage(&error),
            }
        }
        if !self.quiet {
            let layout = output::layout(&io::stdout(), self.color, self.verbose);
            let text = render(report, self.format, &self.rendered(layout));
            if let Err(error) = output::write(io::stdout(), &text) {
                return usage(&format!("cannot write to the standard output: {error}"));
            }
            if self.format == Format::Github
                && let Err(error) = step::leave(report)
            {
                return usage(&error);
            }
        }
        exit::code(report)
    }

    fn rendered(&self, text: TextOptions) -> RenderOptions {
        RenderOptions { text, annotate: self.annotate }
    }

    /// What counts for the comparison whose new side is `target`.
    pub fn settled(&self, asked: Asked, target: &Target) -> Result<Settled, ExitCode> {
        let asked = Asked { fail_on: self.fail_on, deny_capability: patterns(&self.deny_capability), ..asked };
        let settled = settled(&self.reading, asked, target, self.color)?;
        let settled = settled.with_accepted(&self.reading, target, self.color)?;
        Ok(Settled { options: self.options(settled.options), ..settled })
    }

    /// The repository, and what may be read.
    pub fn revision(&self) -> revision::Options {
        self.reading.options().revision
    }

    fn options(&self, options: Options) -> Options {
        Options {
            cost: self
                .cost
                .map(|factor| cost::Asked { growth: Growth { factor, ..Growth::default() }, ..Default::default() }),
            #[cfg(feature = "verify")]
            verify: self.verify,
            #[cfg(feature = "verify")]
            witness: self.witness.is_some(),
            #[cfg(feature = "verify")]
            progress: Some(witness::show_progress),
            locate: true,
            ..options
        }
    }
}

/// What `--deny-capability` takes.
pub fn pattern(text: &str) -> Result<Pattern, String> {
    Pattern::parse(text)
}

/// The patterns that were named; `None` where none was.
pub fn patterns(named: &[Pattern]) -> Option<Vec<Pattern>> {
    (!named.is_empty()).then(|| named.to_vec())
}

/// A level that can fail a gate.
pub fn failing(word: &str) -> Result<Level, String> {
    match word.parse() {
        Ok(level) if level > Level::None => Ok(level),
        _ => Err("write patch, minor or major".into()),
    }
}

/// A level.
#[cfg(feature = "git")]
pub fn level(word: &str) -> Result<Level, String> {
    word.parse().map_err(|_| "write none, patch, minor or major".into())
}

/// Writes to the standard output, where that is all there is to do.
pub fn print(text: &str) -> ExitCode {
    match output::write(io::stdout(), text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => usage(&format!("cannot write to the standard output: {error}")),
    }
}

/// Says what is wrong with the command line.
pub fn usage(message: &str) -> ExitCode {
    let _ = output::write(io::stderr(), &format!("error: {message}\n"));
    ExitCode::from(exit::USAGE)
}
