//! `wit-diff changelog [INPUT]`.

use super::flags::usage;
use super::reading::Reading;
use super::settled::{settled, target};
use super::{exit, output, replace};
use crate::config::Asked;
use crate::pipeline::{self, Check as Question, Counting, Options, Policy};
use crate::report::{
    ChangelogOptions, ChangelogSection, Report, changelog, changelog_outcome_to_text, changelog_to_markdown,
    changelog_warnings_to_text, errors_to_text, merge_changelog, warnings_to_text,
};
use crate::revision::{self, Environment};
use clap::{Args, ColorChoice};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a changelog for those who use the packages
///
/// What changed for them since the release before: a section for each package that changed, under the version that it declares or, where that is not raised, needs; in it
/// what is breaking, added, deprecated, removed, changed and fixed (documentation), in the order of Keep a Changelog.
///
/// With --write, sections are merged into FILE: what people wrote there stays, an entry that they changed is left alone,
/// one that is no longer true is taken back while its version is not released, and a section whose version has to rise is
/// renamed. A heading with a date counts as released: it keeps its version. What an entry stands for is kept behind it in a comment that nobody sees; to leave an entry out for good,
/// delete its words and keep that comment.
///
/// BASE is what `wit-diff check` takes. By default it is the newest release, also in a pull request: a version is told
/// from the version before it; without a release, it is the merge base with the default branch.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff changelog --write CHANGELOG.md",
    after_long_help = "\
Examples:
  wit-diff changelog
  wit-diff changelog v0.2.12 --against v0.2.9 --package wasi:cli
  wit-diff changelog --write CHANGELOG.md
  wit-diff changelog --write CHANGELOG.md --date 2026-01-31

Exit codes: 0 done, 2 wrong usage, 3 undetermined, 4 nothing compared."
)]
pub struct Changelog {
    /// What has changed [default: the working tree]
    input: Option<String>,
    /// Tell of the index of git instead: what is about to be committed
    #[arg(long, conflicts_with = "input")]
    staged: bool,
    /// What it has changed since
    #[arg(long, value_name = "BASE")]
    against: Option<String>,
    /// Merge the sections into a file, which is made where there is none
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The day of the release, for headings that have none
    #[arg(long, value_parser = date, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// Colours of what goes wrong
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

impl Changelog {
    pub fn run(self) -> ExitCode {
        let target = target(self.input.as_deref(), self.staged, &self.reading.options().revision);
        let options = match settled(&self.reading, Asked::default(), &target, self.color) {
            Ok(settled) => settled.options,
            Err(code) => return code,
        };
        let question = Question {
            input: self.input.clone(),
            staged: self.staged,
            against: self.against.clone(),
            // A version is told from the version before it, whatever a check is held against.
            bases: BTreeMap::new(),
            policy: Policy::default(),
            packages: BTreeMap::new(),
            counting: Counting::default(),
            as_release: false,
            skips_drafts: true,
            environment: Environment::of_process().of_releases(),
        };
        let mut report = pipeline::check(&question, &options);
        // Whether it passes is the answer of another command.
        report.check = None;
        let layout = output::layout(&io::stderr(), self.color, false);
        let _ = output::write(io::stderr(), &errors_to_text(&report, &layout));
        let _ = output::write(io::stderr(), &warnings_to_text(&report));
        let _ = output::write(io::stderr(), &changelog_warnings_to_text(&report));
        let released = released(&question, &report, &options);
        let sections = changelog(&report, &ChangelogOptions { date: self.date.clone(), released });
        let result = match &self.write {
            Some(file) => self.merge(file, &sections),
            None => {
                let text = changelog_to_markdown(&sections);
                output::write(io::stdout(), &text)
                    .map_err(|error| format!("cannot write to the standard output: {error}"))
            }
        };
        match result {
            Ok(()) => exit::code(&report),
            Err(error) => usage(&error),
        }
    }

    fn merge(&self, file: &Path, sections: &[ChangelogSection]) -> Result<(), String> {
        let place = replace::Place::of(file, self.reading.max_file_size)?;
        let is_new = place.text.is_none();
        let old = place.text.as_deref().unwrap_or_default();
        if is_new && sections.iter().all(|section| section.groups.is_empty()) {
            return Ok(());
        }
        let new = merge_changelog(old, sections).map_err(|error| {
            let hint = error.hint.map_or(String::new(), |hint| format!("\nhint: {hint}"));
            format!("cannot merge into `{}`: {}{hint}", file.display(), error.message)
        })?;
        if new != old {
            place.write(&new)?;
        }
        let _ =
            output::write(io::stderr(), &changelog_outcome_to_text(&file.display().to_string(), sections, old, &new));
        Ok(())
    }
}

/// The versions of the packages that tags name; `None` where they cannot be told.
fn released(question: &Question, report: &Report, options: &Options) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let tags = pipeline::releases(question, options).ok()?;
    let versions = |package: &str| {
        let own = tags.iter().filter(|tag| revision::is_family(&tag.prefix, package));
        own.map(|tag| tag.version.to_string()).collect()
    };
    Some(report.packages.iter().map(|package| (package.name.clone(), versions(&package.name))).collect())
}

/// A day of the calendar.
fn date(text: &str) -> Result<String, String> {
    let wrong = || "write a day as YYYY-MM-DD, for example 2026-01-31".to_owned();
    let is_shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap_or_default());
    let (Some(year), Some(month), Some(day), true) = (parts.next(), parts.next(), parts.next(), is_shaped) else {
        return Err(wrong());
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(wrong()),
    };
    if (1..=days).contains(&day) { Ok(text.to_owned()) } else { Err(wrong()) }
}
