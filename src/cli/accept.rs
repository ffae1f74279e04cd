//! `wit-diff accept`.

use super::check::{Denied, denied, rules};
use super::exit;
use super::flags::{failing as failing_level, level, pattern, patterns, print, usage};
use super::output;
use super::reading::Reading;
use super::replace::Place;
use super::settled::{Settled, bases, policies, settled, target};
use super::today::today;
use crate::accepted::{Acceptance, Until};
use crate::capability::Pattern;
use crate::config::{self, Asked};
use crate::pipeline::{self, Check as Question, Options, Policy};
use crate::report::{
    ChangeReport, Meant, Report, Status, accepted_to_text, errors_to_text, failing, meant, pruned_to_text,
};
use crate::revision::{self, Environment};
use crate::verdict::Level;
use clap::{Args, ColorChoice};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Accept changes: they are told as such, and make no check fail
///
/// What is accepted stands in `wit-diff.accepted.toml`, which is to be committed: which change, why, who says so, and until
/// when. It is found upwards as `wit-diff.toml` is, and a new one is written beside that, else at the top of the working
/// tree. Changes are those that `wit-diff check` finds in the working tree; a failing check tells their fingerprints.
///
/// What a version has to be does not depend on it: a break that is accepted is a break, and the gate lets it pass. An entry
/// that is over, or of no change, is told by every check.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff accept 3f9a012b --reason 'nobody calls it yet'",
    after_long_help = "\
Examples:
  wit-diff accept 3f9a012b --reason 'nobody calls it yet'
  wit-diff accept --all --reason 'the preview ends' --until 2027-01-31
  wit-diff accept 3f9a012b --reason 'until hosts follow' --until 0.4.0
  wit-diff accept --prune

Exit codes: 0 done, 2 wrong usage or no such change, 3 undetermined, 4 nothing compared."
)]
pub struct Accept {
    /// Which changes: the beginnings of their fingerprints
    #[arg(value_name = "FINGERPRINT")]
    fingerprint: Vec<String>,
    /// All because of which packages fail
    #[arg(long)]
    all: bool,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = said)]
    reason: Option<String>,
    /// The last day, or the first version without it
    ///
    /// A day counts to its end, in UTC; a version is that of the package.
    #[arg(long, value_name = "DATE|VERSION", value_parser = config::until)]
    until: Option<Until>,
    /// Who accepts it [default: you, as git knows you]
    #[arg(long, value_name = "NAME", value_parser = said)]
    who: Option<String>,
    /// Drop entries that are over, or of no change
    #[arg(long)]
    prune: bool,
    /// What to compare with, as for `wit-diff check`
    #[arg(long, value_name = "BASE")]
    against: Option<String>,
    /// The highest level that may change at all, as for `wit-diff check`
    #[arg(long, value_parser = level, value_name = "LEVEL", hide_short_help = true)]
    allow: Option<Level>,
    /// The lowest level that fails, likewise
    #[arg(long, value_parser = failing_level, value_name = "LEVEL", hide_short_help = true)]
    fail_on: Option<Level>,
    /// Rules of which no change may be found, likewise
    #[arg(long, value_parser = denied, value_delimiter = ',', value_name = "RULE|gates", hide_short_help = true)]
    deny: Vec<Denied>,
    /// Capabilities that no world may gain, likewise
    #[arg(long, value_parser = pattern, value_delimiter = ',', value_name = "PATTERN", hide_short_help = true)]
    deny_capability: Vec<Pattern>,
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// Colours of what goes wrong
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

impl Accept {
    pub fn run(self) -> ExitCode {
        let is_named = self.all || !self.fingerprint.is_empty();
        if !is_named && !self.prune {
            return usage(
                "say what is accepted: fingerprints, as a failing `wit-diff check` tells them, or --all; or --prune",
            );
        }
        if is_named && self.reason.is_none() {
            return usage("say why it is accepted: --reason TEXT");
        }
        if self.reading.file.no_config {
            return usage("--no-config would not read what is accepted already");
        }
        self.try_run(is_named).unwrap_or_else(|code| code)
    }

    fn try_run(&self, is_named: bool) -> Result<ExitCode, ExitCode> {
        let revision = self.reading.options().revision;
        let target = target(None, false, &revision);
        let asked = Asked {
            base: self.against.clone(),
            allow: self.allow,
            fail_on: self.fail_on,
            deny: rules(&self.deny),
            deny_capability: patterns(&self.deny_capability),
            ..Asked::default()
        };
        let settled = settled(&self.reading, asked, &target, self.color)?;
        let Settled { options, settings, file, counting, is_named: is_named_file } =
            settled.with_accepted(&self.reading, &target, self.color)?;
        let accepted = counting.accepted.clone();
        let question = Question {
            packages: policies(&settings),
            bases: bases(&settings),
            against: settings.base.value.clone(),
            policy: Policy {
                allow: settings.allow.value,
                fail_on: settings.fail_on.value,
                deny: settings.deny.value.clone(),
                deny_capabilities: settings.deny_capability.value.clone(),
            },
            counting,
            environment: Environment::of_process(),
            ..Question::default()
        };
        let report = pipeline::check(&question, &options);
        let errors = errors_to_text(&report, &output::layout(&io::stderr(), self.color, false));
        let _ = output::write(io::stderr(), &errors);
        let mut named = self.fingerprint.clone();
        if self.all {
            named.extend(all(&report, &question, &options));
        }
        let changes = meant(&report, &named).map_err(|why| match report.status {
            Status::Undetermined => exit::code(&report),
            Status::Complete => usage(&why),
        })?;
        let path = match accepted.shown.as_str() {
            // A configuration that was named may lie anywhere: nobody would find this one beside it.
            "" => beside(file.filter(|_| !is_named_file).map(|file| file.shown), &target.input),
            shown => PathBuf::from(shown),
        };
        let place = Place::of(&path, self.reading.max_file_size).map_err(|error| usage(&error))?;
        let text = place.text.clone().unwrap_or_default();
        let shown = path.display().to_string();
        let (text, said) = if is_named {
            if changes.is_empty() && !self.prune {
                return Ok(nothing(&report));
            }
            self.is_to_come(&changes)?;
            let entries = self.entries(&changes, &revision)?;
            (config::accept(&text, &entries), accepted_to_text(&entries, &shown))
        } else {
            (Ok(text), String::new())
        };
        let fail = |error: crate::error::Error| usage(&format!("{shown}: {}", error.message));
        let text = text.map_err(fail)?;
        let mut is_pruned = false;
        let (text, said) = if self.prune {
            let stale: BTreeSet<u32> = report.stale.iter().map(|entry| entry.line).collect();
            let again: BTreeSet<&str> = changes.iter().map(|meant| meant.change.fingerprint.as_str()).collect();
            let over: Vec<&Acceptance> = (accepted.entries.iter())
                .filter(|entry| stale.contains(&entry.line) && !again.contains(entry.fingerprint.as_str()))
                .collect();
            is_pruned = !over.is_empty();
            (config::prune(&text, &over).map_err(fail)?, said + &pruned_to_text(&over, &shown))
        } else {
            (text, said)
        };
        if is_named || is_pruned {
            place.write(&text).map_err(|error| usage(&error))?;
        }
        let _ = print(&said);
        Ok(match report.status {
            Status::Undetermined => exit::code(&report),
            Status::Complete => ExitCode::SUCCESS,
        })
    }

    /// Fails where what is accepted would be over already.
    fn is_to_come(&self, changes: &[Meant<'_>]) -> Result<(), ExitCode> {
        let Some(until) = &self.until else { return Ok(()) };
        match changes.iter().find(|meant| until.is_over(&today(), meant.declared.as_ref())) {
            None => Ok(()),
            Some(Meant { declared: Some(version), .. }) if matches!(until, Until::Version(_)) => Err(usage(&format!(
                "`--until {until}`: the package declares {version} already; name a version that is still to come"
            ))),
            Some(_) => Err(usage(&format!("`--until {until}`: that day is over"))),
        }
    }

    fn entries(&self, changes: &[Meant<'_>], revision: &revision::Options) -> Result<Vec<Acceptance>, ExitCode> {
        let who = self.who.clone().or_else(|| revision::author(revision));
        let Some(who) = who else {
            return Err(usage("git knows no name of yours: set it (`git config user.name`), or pass --who NAME"));
        };
        let entry = |Meant { change, track, .. }: &Meant<'_>| Acceptance {
            track: track.clone(),
            reason: self.reason.clone().unwrap_or_default(),
            who: who.clone(),
            until: self.until.clone(),
            ..unreasoned(change)
        };
        Ok(changes.iter().map(entry).collect())
    }
}

/// Everything that has to be accepted for the check to pass: what fails, and what fails once that does not.
fn all(report: &Report, question: &Question, options: &Options) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let (mut report, mut counting) = (report.clone(), question.counting.clone());
    loop {
        let more: Vec<Acceptance> = failing(&report).into_iter().map(unreasoned).collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more.iter().map(|entry| entry.fingerprint.clone()));
        counting.accepted.entries.extend(more);
        report = pipeline::recount(report, question, &counting, options);
    }
}

/// An acceptance that nobody has written yet.
fn unreasoned(change: &ChangeReport) -> Acceptance {
    Acceptance {
        fingerprint: change.fingerprint.clone(),
        rule: change.rule.clone(),
        path: change.path.clone(),
        track: None,
        reason: String::new(),
        who: String::new(),
        until: None,
        line: 0,
    }
}

/// Where a new file stands: beside the configuration, else where one looks from.
fn beside(config: Option<String>, top: &str) -> PathBuf {
    let directory = match &config {
        Some(file) => Path::new(file).parent().unwrap_or(Path::new("")).to_path_buf(),
        // Where a name might be taken for a revision, it is marked.
        None => PathBuf::from(top.strip_prefix("path:").unwrap_or(top)),
    };
    match directory.to_str() {
        Some(".") => PathBuf::from(config::ACCEPTED),
        _ => directory.join(config::ACCEPTED),
    }
}

/// There is nothing to accept.
fn nothing(report: &Report) -> ExitCode {
    match report.status {
        Status::Undetermined => exit::code(report),
        Status::Complete if report.check.as_ref().is_none_or(|check| check.passed) => {
            print("nothing fails, so nothing is accepted\n")
        }
        // What calls cost, and what worlds gain without a statement of their own, is no change.
        Status::Complete => usage(
            "no change can be accepted for what fails: `wit-diff check` tells what it is; deny it no longer, or declare the \
             version that it asks for",
        ),
    }
}

fn said(text: &str) -> Result<String, String> {
    // It is told in lines of others.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err("this is empty".into()) } else { Ok(text) }
}
