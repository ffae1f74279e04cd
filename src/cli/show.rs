//! `wit-diff show [INPUT]`.

use super::exit;
use super::flags::{print, usage};
use super::output;
use super::reading::ConfigFile;
use super::settled::settled_of;
use super::size;
use crate::config::Asked;
use crate::pipeline::{self, Options};
use crate::report::{ShowOptions, show, show_notes_to_text};
use crate::revision::{self, Target};
use crate::surface::Features;
use clap::{Args, ColorChoice};
use std::io;
use std::path::PathBuf;
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
    /// A directory, a git revision, `REV:PATH`, a file, `-` [default: the working tree]
    input: Option<String>,
    /// The git repository of revisions [default: the one around the working directory]
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    repo: Option<PathBuf>,
    /// Features whose `@unstable` items are shown
    #[arg(long, value_delimiter = ',', value_name = "A,B", hide_short_help = true)]
    features: Vec<String>,
    /// Show the `@unstable` items of every feature
    #[arg(long, hide_short_help = true)]
    all_features: bool,
    /// Only this package, as `namespace:name` (repeatable)
    #[arg(long, value_name = "NAME")]
    package: Vec<String>,
    /// Leave out what the packages use of others
    #[arg(long)]
    own: bool,
    /// One file by itself, names not resolved; what is no WIT comes as it stands
    #[arg(long, requires = "input", conflicts_with_all = ["features", "all_features", "package", "own", "config"])]
    alone: bool,
    #[command(flatten)]
    file: ConfigFile,
    /// The largest file that is read
    #[arg(long, value_parser = size::parse, default_value = "64M", value_name = "SIZE", hide_short_help = true)]
    max_file_size: u64,
}

impl Show {
    pub fn run(self) -> ExitCode {
        let features = Features {
            names: self.features.into_iter().filter(|name| !name.is_empty()).collect(),
            all: self.all_features,
        };
        let options = Options {
            revision: revision::Options { repo: self.repo, max_file_bytes: self.max_file_size, ..Default::default() },
            packages: self.package,
            ..Options::default()
        };
        if self.alone {
            return alone(self.input.as_deref().unwrap_or("-"), &options);
        }
        let target = match self.input {
            Some(input) => Target::typed(&input),
            None => super::list::here(&options.revision),
        };
        let has_features = features.all || !features.names.is_empty();
        let asked = Asked { features: has_features.then_some(features), ..Asked::default() };
        let options = match settled_of(&self.file, options, asked, &target, ColorChoice::Auto) {
            Ok(settled) => settled.options,
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
