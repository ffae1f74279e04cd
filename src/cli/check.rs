//! `wit-diff check [INPUT]`.

use super::flags::{Flags, level};
use super::settled::{bases, policies, target};
use crate::config::{self, Asked};
use crate::pipeline::{self, Check as Question, Policy};
use crate::revision::Environment;
use crate::rule::Rule;
use crate::verdict::Level;
use clap::Args;
use std::process::ExitCode;

/// Check what changed, and whether the declared versions honour it
///
/// Two answers: what changed against the base, and whether the declared version honours it. A version that is there
/// already covers what changes under it until it is released.
///
/// BASE is a revision; `merge-base:REF`; `tag` or `tag:PATTERN`, the newest reachable release tag on the track of each
/// package (`v1.2.3`, `1.2.3`, `name-v1.2.3` or `name/v1.2.3`, unless PATTERN says otherwise); `track`, every release of
/// that track; a directory, or a `.wasm`. By default it is the base of the pull request that CI runs for, else `tag` if
/// there is a release, else the merge base with the default branch.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff check --against merge-base:origin/main",
    after_long_help = "\
Examples:
  wit-diff check
  wit-diff check --against merge-base:origin/main
  wit-diff check wit --against tag --allow minor
  wit-diff check --deny gates
  wit-diff check --deny-capability 'wasi:sockets/*'
  wit-diff check target/app.wasm --against published.wasm

Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 undetermined, 4 nothing compared."
)]
pub struct Check {
    /// What to check [default: the working tree]
    input: Option<String>,
    /// Check the index of git instead: what is about to be committed
    #[arg(long, conflicts_with = "input", hide_short_help = true)]
    staged: bool,
    /// What to compare with: a revision, `tag`, `track`
    ///
    /// A directory and a `.wasm`, too; all that BASE can be stands above.
    #[arg(long, value_name = "BASE")]
    against: Option<String>,
    /// The highest level that may change at all
    ///
    /// None, patch, minor or major; major also accepts breaks that no version can announce, of packages without one or
    /// that are gone.
    #[arg(long, value_parser = level, value_name = "LEVEL")]
    allow: Option<Level>,
    /// Fail where this rule is found (repeatable)
    ///
    /// Whatever the version says; `gates` are all findings about gates, such as `since-omitted`, and `costs` all about what
    /// calls cost, such as `payload-grown`.
    #[arg(long, value_parser = denied, value_delimiter = ',', value_name = "RULE|gates")]
    deny: Vec<Denied>,
    #[command(flatten, next_help_heading = "What is told")]
    flags: Flags,
}

impl Check {
    pub fn run(self) -> ExitCode {
        if let Err(code) = self.flags.check() {
            return code;
        }
        let target = target(self.input.as_deref(), self.staged, &self.flags.revision());
        let asked =
            Asked { base: self.against.clone(), allow: self.allow, deny: rules(&self.deny), ..Asked::default() };
        let settled = match self.flags.settled(asked, &target) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let settings = settled.settings.clone();
        let question = Question {
            input: self.input,
            staged: self.staged,
            packages: policies(&settings),
            bases: bases(&settings),
            against: settings.base.value,
            policy: Policy {
                allow: settings.allow.value,
                fail_on: settings.fail_on.value,
                deny: settings.deny.value,
                deny_capabilities: settings.deny_capability.value,
            },
            counting: settled.counting.clone(),
            as_release: false,
            skips_drafts: false,
            environment: Environment::of_process(),
        };
        let report = pipeline::check(&question, &settled.options);
        self.flags.finish(report, &target, &settled)
    }
}

/// What one name that `--deny` takes stands for.
#[derive(Clone, Debug)]
pub struct Denied(Vec<&'static Rule>);

/// The rules that stand for what was named; `None` where nothing was.
pub fn rules(named: &[Denied]) -> Option<Vec<&'static Rule>> {
    let rules: Vec<&'static Rule> = named.iter().flat_map(|denied| denied.0.iter().copied()).collect();
    Some(rules).filter(|rules| !rules.is_empty())
}

/// What `--deny` takes.
pub fn denied(name: &str) -> Result<Denied, String> {
    config::denied(name.trim()).map(Denied)
}
