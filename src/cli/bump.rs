//! `wit-diff bump`.

use super::exit;
use super::flags::{level, usage};
use super::output::{self, TextOrJson};
use super::reading::Reading;
use super::settled::{Settled, bases, policies, settled, target};
use crate::config::Asked;
use crate::pipeline::{self, Bump as Question, Policy};
use crate::report::{bump_errors_to_text, bump_to_json, bump_to_lines, bump_to_text};
use crate::revision::Environment;
use crate::verdict::Level;
use crate::version::{Series, Step};
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// Raise the versions that are too low, wherever they are named
///
/// Each package of the working tree is compared with BASE as `check` does it. Where the declared version does not honour
/// what changed, the least sufficient one is set: in every `package` line, in the references of other packages of the
/// repository, in the copies of it in their `deps`, and in the `@since` of what is new. A package that depends on one that
/// leaves its track follows. Everything else stays, byte for byte. With `--package`, who refers to one that gets a version
/// gets one, too, where anything changed in it.
///
/// Without `--write`, the plan and a diff are printed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff bump --write",
    after_long_help = "\
Examples:
  wit-diff bump
  wit-diff bump --write
  wit-diff bump --pre rc --write
  wit-diff bump --print --package wasi:http

What is written has passed `check`; else nothing is.

Exit codes: 0 done, 1 `check` would not pass, 2 wrong usage or refused, 3 undetermined, 4 no package."
)]
pub struct Bump {
    /// What to compare with, as for `wit-diff check`
    #[arg(long, value_name = "BASE")]
    against: Option<String>,
    /// Write the files
    #[arg(long, short)]
    write: bool,
    /// Start or continue pre-releases, such as `rc`
    ///
    /// `rc` gives 1.3.0-rc.1, then 1.3.0-rc.2; a series that ends in a date, as `rc-2026-03-15`, is taken as it is.
    #[arg(long, value_name = "SERIES", conflicts_with = "release")]
    pre: Option<Series>,
    /// End pre-releases: 1.3.0-rc.2 becomes 1.3.0
    #[arg(long)]
    release: bool,
    /// Write beside what is not committed
    #[arg(long)]
    allow_dirty: bool,
    /// The highest level that may change at all, as for `wit-diff check`
    #[arg(long, value_parser = level, value_name = "LEVEL", hide_short_help = true)]
    allow: Option<Level>,
    /// Print only `name version`, a line a package
    ///
    /// Of `--package` only that one.
    #[arg(long, conflicts_with = "format")]
    print: bool,
    #[command(flatten, next_help_heading = "What counts")]
    reading: Reading,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
    /// List every package that stays as it is, too
    #[arg(long, short, hide_short_help = true)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

impl Bump {
    pub fn run(self) -> ExitCode {
        let step = match (&self.pre, self.release) {
            (Some(series), _) => Step::PreRelease(series.clone()),
            (None, true) => Step::Release,
            (None, false) => Step::Sufficient,
        };
        let asked = Asked { base: self.against, allow: self.allow, ..Asked::default() };
        let target = target(None, false, &self.reading.options().revision);
        let Settled { options, settings, counting, .. } = match settled(&self.reading, asked, &target, self.color) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let question = Question {
            packages: policies(&settings).into_iter().map(without_capabilities).collect(),
            bases: bases(&settings),
            counting,
            against: settings.base.value,
            step,
            allow: settings.allow.value,
            write: self.write,
            allow_dirty: self.allow_dirty,
            environment: Environment::of_process(),
        };
        let report = pipeline::bump(&question, &options);
        let errors = bump_errors_to_text(&report, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        let text = match self.format {
            _ if self.print => bump_to_lines(&report, &options.packages),
            TextOrJson::Text => bump_to_text(&report, &output::layout(&io::stdout(), self.color, self.verbose)),
            TextOrJson::Json => bump_to_json(&report),
        };
        if let Err(error) = output::write(io::stdout(), &text) {
            return usage(&format!("cannot write to the standard output: {error}"));
        }
        exit::code_of_bump(report.status)
    }
}

/// No version makes a capability allowed or denied.
fn without_capabilities((name, policy): (String, Policy)) -> (String, Policy) {
    (name, Policy { deny_capabilities: Vec::new(), ..policy })
}
