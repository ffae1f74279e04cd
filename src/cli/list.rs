//! `wit-diff list [INPUT]`.

use super::flags::usage;
use super::output::{self, TextOrJson};
use super::reading::ConfigFile;
use super::settled::settled_of;
use super::{exit, size};
use crate::config::Asked;
use crate::pipeline::{self, Options};
use crate::report::{list_errors_to_text, list_to_json, list_to_text};
use crate::revision::{self, Target};
use clap::{Args, ColorChoice};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// List packages, and who depends on whom
///
/// Every directory with a `package` declaration is one, except those in the `deps` of another; what git ignores, hidden
/// directories, `target` and `node_modules` are left out, and what `leave-out` in `wit-diff.toml` names.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff list v0.2.12 --verbose",
    after_long_help = "\
Examples:
  wit-diff list
  wit-diff list v0.2.12 --verbose

Packages are looked at, not parsed: `compare` says whether they are valid.

Exit codes: 0 done, 2 wrong usage, 3 a package could not be read, 4 there is none."
)]
pub struct List {
    /// A directory, a git revision, `REV:PATH`, a file [default: the working tree]
    input: Option<String>,
    /// The git repository of revisions [default: the one around the working directory]
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// Only this package, as `namespace:name` (repeatable)
    #[arg(long, value_name = "NAME")]
    package: Vec<String>,
    #[command(flatten)]
    file: ConfigFile,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
    /// List who uses each package, too
    #[arg(long, short)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
    /// The largest file that is read
    #[arg(long, value_parser = size::parse, default_value = "64M", value_name = "SIZE", hide_short_help = true)]
    max_file_size: u64,
}

impl List {
    pub fn run(self) -> ExitCode {
        let revision = revision::Options { repo: self.repo, max_file_bytes: self.max_file_size, ..Default::default() };
        let target = match self.input {
            Some(input) => Target::typed(&input),
            None => here(&revision),
        };
        let options = Options { revision, packages: self.package, ..Options::default() };
        let options = match settled_of(&self.file, options, Asked::default(), &target, self.color) {
            Ok(settled) => settled.options,
            Err(code) => return code,
        };
        let list = pipeline::list(&target, &options);
        let errors = list_errors_to_text(&list, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        let text = match self.format {
            TextOrJson::Text => list_to_text(&list, &output::layout(&io::stdout(), self.color, self.verbose)),
            TextOrJson::Json => list_to_json(&list),
        };
        if let Err(error) = output::write(io::stdout(), &text) {
            return usage(&format!("cannot write to the standard output: {error}"));
        }
        exit::code_of_list(&list)
    }
}

/// The working tree; outside of a repository, the directory that one stands in.
pub(super) fn here(options: &revision::Options) -> Target {
    #[cfg(feature = "git")]
    if let Ok(target) = revision::working_tree(options) {
        return target;
    }
    #[cfg(not(feature = "git"))]
    let _ = options;
    Target::typed(".")
}
