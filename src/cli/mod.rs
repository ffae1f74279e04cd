//! Flags, colours, exit codes.
//!
//! Deliberately absent: every judgement. A command turns flags into options, runs the pipeline, and writes.

#[cfg(feature = "git")]
mod bump;
#[cfg(feature = "git")]
mod changelog;
#[cfg(feature = "git")]
mod check;
mod compare;
mod config;
mod exit;
mod explain;
mod flags;
#[cfg(feature = "git")]
mod git_driver;
mod list;
#[cfg(feature = "git")]
mod log;
mod output;
mod reading;
#[cfg(feature = "git")]
mod replace;
mod rules;
mod schema;
mod settled;
mod show;
mod size;
mod step_summary;
#[cfg(feature = "verify")]
mod witness;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Says for whom a change to a WIT package breaks, where, and which version it needs.
#[derive(Debug, Parser)]
#[command(name = "wit-diff", version, about, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Compare),
    #[cfg(feature = "git")]
    Check(check::Check),
    #[cfg(feature = "git")]
    Bump(bump::Bump),
    #[cfg(feature = "git")]
    Changelog(changelog::Changelog),
    #[cfg(feature = "git")]
    Log(log::Log),
    List(list::List),
    Config(config::Show),
    Show(show::Show),
    #[cfg(feature = "git")]
    GitDriver(git_driver::GitDriver),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Schema(schema::Schema),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    quiet_loader_panics();
    match Cli::parse().command {
        Command::Compare(compare) => compare.run(),
        #[cfg(feature = "git")]
        Command::Check(check) => check.run(),
        #[cfg(feature = "git")]
        Command::Bump(bump) => bump.run(),
        #[cfg(feature = "git")]
        Command::Changelog(changelog) => changelog.run(),
        Command::List(list) => list.run(),
        Command::Config(config) => config.run(),
        Command::Show(show) => show.run(),
        #[cfg(feature = "git")]
        Command::GitDriver(driver) => driver.run(),
        Command::Rules(rules) => rules.run(),
        Command::Explain(explain) => explain.run(),
        Command::Schema(schema) => schema.run(),
        #[cfg(feature = "git")]
        Command::Log(log) => log.run(),
    }
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
