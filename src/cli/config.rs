//! `wit-diff config [INPUT]`.

use super::flags::print;
use super::list::here;
use super::output::{self, TextOrJson};
use super::reading::Reading;
use super::settled::settled;
use crate::config::Asked;
use crate::report::{config_report, config_to_json, config_to_text};
use crate::revision::Target;
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// Show every setting that counts, and where it comes from
///
/// Flags win over the environment (`WIT_DIFF_PROTECT`, `WIT_DIFF_FEATURES`, `WIT_DIFF_AGAINST`, `WIT_DIFF_ALLOW`,
/// `WIT_DIFF_FAIL_ON`, `WIT_DIFF_DENY`, `WIT_DIFF_DENY_CAPABILITY`), that over the file `wit-diff.toml`, and that over what is so by default. The file is
/// the nearest one in the directory that is judged or above it; of two sides, the new one says it, and a git revision
/// has its own.
///
/// A table `[packages."namespace:name"]` asks something else of one package: `protect`, `features`, `all-features`, `base`,
/// `allow`, `fail-on`, `deny`, `deny-capability`. `base` counts for `check` and `bump`, `allow` and `deny` for those two,
/// `fail-on` for `check`, `compare` and `bump`, `deny-capability` for `check` and `compare`; the rest for all that compare, and features for `show`, too. A package that is written in the files
/// of another is asked by its own name; but its base and, in `show`, its features are those of the other.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff config
  wit-diff config v1.2.0:wit --format json

Exit codes: 0 done, 2 wrong usage or a file that says what cannot be.")]
pub struct Show {
    /// What is judged: a directory, a git revision, `REV:PATH`, a file [default: the working tree]
    input: Option<String>,
    #[command(flatten)]
    reading: Reading,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,
}

impl Show {
    pub fn run(self) -> ExitCode {
        let target = match &self.input {
            Some(input) => Target::typed(input),
            None => here(&self.reading.options().revision),
        };
        let settled = match settled(&self.reading, Asked::default(), &target, self.color) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let report = config_report(settled.file.as_ref(), &settled.settings);
        print(&match self.format {
            TextOrJson::Text => config_to_text(&report, &output::layout(&io::stdout(), self.color, false)),
            TextOrJson::Json => config_to_json(&report),
        })
    }
}
