//! `wit-diff capabilities [INPUT]`.

use super::exit;
use super::flags::{pattern, usage};
use super::look::Looking;
use super::output::{self, TextMarkdownOrJson};
use crate::capability::Pattern;
use crate::pipeline;
use crate::report::{
    capabilities_errors_to_text, capabilities_to_json, capabilities_to_markdown, capabilities_to_text,
};
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// List what components may touch: worlds by what they import
///
/// A capability is an interface or a function that a world imports: by itself, through an `include`, or because types of
/// it are used. Names have no version. An interface that only has types cannot be called. `compare` and `check` say what
/// a world gained.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff capabilities v0.2.12 --world wasi:http/proxy",
    after_long_help = "\
Examples:
  wit-diff capabilities
  wit-diff capabilities v0.2.12 --world wasi:http/proxy --verbose
  wit-diff capabilities target/app.wasm --deny-capability 'wasi:sockets/*'

With --deny-capability, a world that has such a capability fails, whoever gave it; in `compare` and
`check`, one that gains it does. Of `wit-diff.toml`, `features` and `leave-out` count here.

Exit codes: 0 done, 1 a world has what is denied, 2 wrong usage, 3 a package could not be read, 4 there is no world."
)]
pub struct Capabilities {
    #[command(flatten)]
    looking: Looking,
    /// Only this world, as `command` or `wasi:cli/command`, with or without `@VERSION` (repeatable)
    #[arg(long, value_name = "WORLD")]
    world: Vec<String>,
    /// Fail where a world has this: `wasi:sockets/*` (repeatable)
    ///
    /// `*` stands for any text. What `wit-diff.toml` denies is denied to those who gain it, and does not count here.
    #[arg(long, value_parser = pattern, value_delimiter = ',', value_name = "PATTERN")]
    deny_capability: Vec<Pattern>,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextMarkdownOrJson,
    /// List what can be called, and how it came, too
    #[arg(long, short)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

impl Capabilities {
    pub fn run(self) -> ExitCode {
        let (target, options) = match self.looking.settled(self.looking.options(), self.color) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let report = pipeline::capabilities(&target, &options, &self.world, &self.deny_capability);
        let errors = capabilities_errors_to_text(&report, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        let text = match self.format {
            TextMarkdownOrJson::Text => {
                capabilities_to_text(&report, &output::layout(&io::stdout(), self.color, self.verbose))
            }
            TextMarkdownOrJson::Markdown => capabilities_to_markdown(&report),
            TextMarkdownOrJson::Json => capabilities_to_json(&report),
        };
        match output::write(io::stdout(), &text) {
            Ok(()) => exit::code_of_capabilities(&report),
            Err(error) => usage(&format!("cannot write to the standard output: {error}")),
        }
    }
}
