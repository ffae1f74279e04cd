//! `wit-diff compare OLD NEW`, or a range.

use super::flags::{Flags, usage};
use crate::capability::Pattern;
use crate::config::Asked;
#[cfg(feature = "verify")]
use crate::judge::Profile;
use crate::pipeline;
use crate::revision::{self, SidesError, Target};
use crate::verdict::Level;
use clap::Args;
#[cfg(feature = "verify")]
use clap::ValueEnum;
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

Exit codes: 0 done, 1 the gate failed (--fail-on, --deny-capability, --as), 2 wrong usage, 3 undetermined, 4 nothing compared."
)]
pub struct Compare {
    /// The revision that was published, and the one that is to be published; or a range
    #[arg(value_name = "OLD NEW|RANGE", hide_short_help = true)]
    inputs: Vec<String>,
    /// Compare with the index of git; REV is HEAD by default
    #[arg(long)]
    staged: bool,
    /// Answer as another tool does: wasm-tools or wkg
    ///
    /// Exit with 1 where that tool says no: `wasm-tools component semver-check` of one world (--world), or `wkg publish`
    /// of the new side where the old one is what was published. The report says where and why wit-diff says otherwise.
    #[cfg(feature = "verify")]
    #[arg(
        long = "as",
        value_enum,
        value_name = "TOOL",
        hide_possible_values = true,
        conflicts_with_all = ["fail_on", "deny_capability", "verify", "witness"]
    )]
    profile: Option<Tool>,
    /// The world that `--as wasm-tools` is about, as `app` or `acme:plugin/app@1.0.0` [default: the only one]
    #[cfg(feature = "verify")]
    #[arg(long, value_name = "NAME", requires = "profile", hide_short_help = true)]
    world: Option<String>,
    #[command(flatten, next_help_heading = "What is told")]
    flags: Flags,
}

/// The tools that `--as` takes.
#[cfg(feature = "verify")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tool {
    WasmTools,
    Wkg,
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
        #[cfg(feature = "verify")]
        if self.profile == Some(Tool::Wkg) && self.world.is_some() {
            return usage("`--world` is for `--as wasm-tools`: wkg compares all worlds");
        }
        let nowhere = Target::typed(".");
        let target = sides.as_ref().map_or(&nowhere, |(_, new)| new);
        let settled = match self.flags.settled(Asked::default(), target) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let settings = &settled.settings;
        let options = &self.options(settled.options.clone());
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
            _ if self.asks_a_tool() => pipeline::gate_of_profile(report),
            None if own.is_empty() => report,
            level => pipeline::fail_on(report, level, &own),
        };
        let denied = &settings.deny_capability.value;
        let own: BTreeMap<String, Vec<Pattern>> = (settings.packages.iter())
            .map(|(name, asked)| (name.clone(), asked.deny_capability.value.clone()))
            .collect();
        let denies = !denied.is_empty() || own.values().any(|patterns| !patterns.is_empty());
        let report = match denies && !self.asks_a_tool() {
            true => pipeline::deny_capabilities(report, denied, &own),
            false => report,
        };
        self.flags.finish(report, target, &settled)
    }

    /// With the other tool to ask.
    #[cfg(feature = "verify")]
    fn options(&self, options: pipeline::Options) -> pipeline::Options {
        let profile = self.profile.map(|tool| match tool {
            Tool::WasmTools => Profile::WasmTools,
            Tool::Wkg => Profile::Wkg,
        });
        pipeline::Options { profile, world: self.world.clone(), ..options }
    }

    #[cfg(not(feature = "verify"))]
    fn options(&self, options: pipeline::Options) -> pipeline::Options {
        options
    }

    #[cfg(feature = "verify")]
    fn asks_a_tool(&self) -> bool {
        self.profile.is_some()
    }

    #[cfg(not(feature = "verify"))]
    fn asks_a_tool(&self) -> bool {
        false
    }
}
