//! `wit-diff compare OLD NEW`, or a range.

use super::flags::{Flags, usage};
use super::settled::Settled;
use crate::config::Asked;
use crate::pipeline;
use crate::revision::{self, SidesError, Target};
use crate::verdict::Level;
use clap::Args;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Compare two revisions of a package, or of all in a repository
///
/// A revision is a `.wit` file, a directory, a `.wasm` or `.wat`, `-` for standard input, a git revision, or `REV:PATH`
/// as in `git show`. A directory and a git revision stand for every package in them. An argument that exists as a path
/// is a path; `git:` and `path:` force the reading.
///
/// A range is `A..B`, `A...B` (from the merge base), or `A..` and `A` (to the working tree).
#[derive(Debug, Args)]
#[command(
    override_usage = "wit-diff compare [OPTIONS] <OLD> <NEW>\n       wit-diff compare [OPTIONS] <RANGE>\n       wit-diff compare [OPTIONS] --staged [REV]",
    after_help = "Example: wit-diff compare v0.2.0..v0.2.12",
    after_long_help = "\
Examples:
  wit-diff compare old.wit new.wit --fail-on major
  wit-diff compare v0.2.0..v0.2.12
  wit-diff compare main...HEAD --package wasi:http
  wit-diff compare v0.2.0:wit wit --repo ../other --format json

Exit codes: 0 done, 1 the gate failed (--fail-on), 2 wrong usage, 3 undetermined, 4 nothing compared."
)]
pub struct Compare {
    /// The revision that was published, and the one that is to be published; or a range
    #[arg(value_name = "OLD NEW|RANGE", hide_short_help = true)]
    inputs: Vec<String>,
    /// Compare with the index of git; REV is HEAD by default
    #[arg(long)]
    staged: bool,
    #[command(flatten, next_help_heading = "What is told")]
    flags: Flags,
}

impl Compare {
    pub fn run(self) -> ExitCode {
        if self.inputs.iter().filter(|input| *input == "-").count() > 1 {
            return usage("only one side can be `-`: there is one standard input");
        }
        if let Err(code) = self.flags.check() {
            return code;
        }
        let sides = match revision::sides(&self.inputs, self.staged, &self.flags.revision()) {
            Err(SidesError::Usage(message)) => return usage(&message),
            sides => sides,
        };
        let nowhere = Target::typed(".");
        let target = sides.as_ref().map_or(&nowhere, |(_, new)| new);
        let settled = match self.flags.settled(Asked::default(), target) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let Settled { options, settings, .. } = &settled;
        let report = match &sides {
            Ok((old, new)) => {
                let report = pipeline::run_targets(old, new, options).0;
                pipeline::count(report, &settled.counting, std::slice::from_ref(old), options)
            }
            Err(SidesError::Usage(message)) => return usage(message),
            Err(SidesError::Missing { side, error }) => pipeline::unread(&self.inputs, *side, error.clone(), options),
        };
        let own: BTreeMap<String, Level> =
            (settings.packages.iter()).filter_map(|(name, asked)| Some((name.clone(), asked.fail_on.value?))).collect();
        let report = match settings.fail_on.value {
            None if own.is_empty() => report,
            level => pipeline::fail_on(report, level, &own),
        };
        self.flags.finish(report, target, &settled)
    }
}
