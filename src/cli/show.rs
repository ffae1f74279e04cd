//! `wit-diff show [INPUT]`.

use super::exit;
use super::flags::{print, usage};
use super::look::Looking;
use super::output;
use crate::pipeline::{self, Options};
use crate::report::{ShowOptions, show, show_notes_to_text};
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// Print what packages promise, one line an item
///
/// Each line is the path of an item, a blank, and what it is. Aliases and worlds are resolved. Layout, order, documentation, `@since`
/// and the versions of dependencies on their tracks change nothing, so a text differs where something changed that is
/// more than `patch`, and where the version did. What the packages use of others comes last. Of `wit-diff.toml`, `features`
/// and `leave-out` count here.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff show v0.2.12 --package wasi:http",
    after_long_help = "\
Lines:
  a:b package 1.0.0                  the version is in no other line
  a:b/i interface                    @unstable, @deprecated and @external-id stand behind
  a:b/i#r record                     or variant, enum, flags, resource
  a:b/i#r.a field string             or case, flag
  a:b/i#t type list<r>               any other type, and what comes by `use`
  a:b/i#f func(x: r) -> c:d/j@1#s    types of other packages with their track
  a:b/w#import:c:d/j interface c:d/j@1

Examples:
  wit-diff show
  wit-diff show v0.2.12 --package wasi:http
  wit-diff show wit | grep -w borrow

`wit-diff git-driver install` makes `git diff` and `git log -p` show such lines.

Exit codes: 0 done, 2 wrong usage, 3 a package could not be read, 4 there is none."
)]
pub struct Show {
    #[command(flatten)]
    looking: Looking,
    /// Leave out what the packages use of others
    #[arg(long)]
    own: bool,
    /// One file by itself, names not resolved; what is no WIT comes as it stands
    #[arg(long, requires = "input", conflicts_with_all = ["features", "all_features", "package", "own", "config"])]
    alone: bool,
}

impl Show {
    pub fn run(self) -> ExitCode {
        let options = self.looking.options();
        if self.alone {
            return alone(self.looking.input.as_deref().unwrap_or("-"), &options);
        }
        let (target, options) = match self.looking.settled(options, ColorChoice::Auto) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let shown = pipeline::show(&target, &options);
        let layout = output::layout(&io::stderr(), ColorChoice::Auto, false);
        let notes = show_notes_to_text(&target.shown, &shown.errors, &shown.shut, &layout);
        let _ = output::write(io::stderr(), &notes);
        let text = show(&shown.surfaces, &ShowOptions { packages: &options.packages, own: self.own });
        match output::write(io::stdout(), &text) {
            Ok(()) => exit::code_of_errors(&shown.errors),
            Err(error) => usage(&format!("cannot write to the standard output: {error}")),
        }
    }
}

fn alone(input: &str, options: &Options) -> ExitCode {
    match pipeline::show_file(input, options) {
        Ok(text) => print(&text),
        Err(error) => {
            let layout = output::layout(&io::stderr(), ColorChoice::Auto, false);
            let errors = [error];
            let _ = output::write(io::stderr(), &show_notes_to_text(input, &errors, &Default::default(), &layout));
            exit::code_of_errors(&errors)
        }
    }
}
