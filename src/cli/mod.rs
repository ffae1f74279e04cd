//! Flags, colours, exit codes.
//!
//! Deliberately absent: every judgement. A command turns flags into options, runs the pipeline, and writes.

#[cfg(feature = "git")]
mod accept;
#[cfg(feature = "git")]
mod bump;
mod candidates;
mod capabilities;
#[cfg(feature = "git")]
mod changelog;
#[cfg(feature = "git")]
mod check;
mod compare;
mod completions;
mod config;
mod config_changes;
mod cost;
mod exit;
mod explain;
mod flags;
#[cfg(feature = "git")]
mod git_driver;
mod list;
#[cfg(feature = "git")]
mod log;
mod look;
mod man;
mod output;
mod reading;
#[cfg(feature = "git")]
mod replace;
mod rules;
mod schema;
mod settled;
mod show;
mod size;
#[cfg(feature = "git")]
mod stability;
mod step;
mod today;
mod version;
#[cfg(feature = "verify")]
mod witness;

use clap::{CommandFactory, Parser, Subcommand};
use std::io;
use std::process::ExitCode;

/// Says for whom changes of WIT packages break, where, and what version they need
#[derive(Debug, Parser)]
#[command(
    name = "wit-diff",
    version,
    long_version = version::long(),
    max_term_width = 100,
    help_template = "{about-with-newline}{usage-heading} {usage}\n\n{subcommands}{after-help}",
    after_help = "Without a command: `check`. `-h` behind one is its help, `--help` all of it."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Compare),
    #[cfg(feature = "git")]
    Check(check::Check),
    #[cfg(feature = "git")]
    Accept(accept::Accept),
    #[cfg(feature = "git")]
    Bump(bump::Bump),
    #[cfg(feature = "git")]
    Changelog(changelog::Changelog),
    #[cfg(feature = "git")]
    Log(log::Log),
    #[cfg(feature = "git")]
    Stability(stability::Stability),
    List(list::List),
    Capabilities(capabilities::Capabilities),
    Config(config::Show),
    Show(show::Show),
    Cost(cost::Cost),
    #[cfg(feature = "git")]
    GitDriver(git_driver::GitDriver),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    #[command(hide = true)]
    Man(man::Man),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    quiet_loader_panics();
    completions::answer();
    match Cli::parse().command.or_else(unasked) {
        Some(Command::Compare(compare)) => compare.run(),
        #[cfg(feature = "git")]
        Some(Command::Check(check)) => check.run(),
        #[cfg(feature = "git")]
        Some(Command::Accept(accept)) => accept.run(),
        #[cfg(feature = "git")]
        Some(Command::Bump(bump)) => bump.run(),
        #[cfg(feature = "git")]
        Some(Command::Changelog(changelog)) => changelog.run(),
        Some(Command::List(list)) => list.run(),
        Some(Command::Capabilities(capabilities)) => capabilities.run(),
        Some(Command::Config(config)) => config.run(),
        Some(Command::Show(show)) => show.run(),
        Some(Command::Cost(cost)) => cost.run(),
        #[cfg(feature = "git")]
        Some(Command::GitDriver(driver)) => driver.run(),
        Some(Command::Rules(rules)) => rules.run(),
        Some(Command::Explain(explain)) => explain.run(),
        Some(Command::Schema(schema)) => schema.run(),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Man(man)) => man.run(),
        #[cfg(feature = "git")]
        Some(Command::Log(log)) => log.run(),
        #[cfg(feature = "git")]
        Some(Command::Stability(stability)) => stability.run(),
        None => {
            let _ = output::write(io::stderr(), &Cli::command().render_help().to_string());
            ExitCode::from(exit::USAGE)
        }
    }
}

/// What is meant where no command is named: in a repository, the check.
fn unasked() -> Option<Command> {
    #[cfg(feature = "git")]
    if crate::revision::working_tree(&crate::revision::Options::default()).is_ok() {
        return Cli::parse_from(["wit-diff", "check"]).command;
    }
    None
}

/// A panic of the parser becomes an error of its side: what it printed would only be in the way.
fn quiet_loader_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(crate::pipeline::LOADER) {
            default(info);
        }
    }));
}
