//! `wit-diff cost [INPUT]`.

use super::exit;
use super::flags::usage;
use super::look::Looking;
use super::output::{self, TextMarkdownOrJson};
use crate::cost;
use crate::pipeline::{self, Options};
use crate::report::{CostOrder, cost_errors_to_text, cost_to_json, cost_to_markdown, cost_to_text};
use clap::{Args, ColorChoice, ValueEnum};
use std::io;
use std::process::ExitCode;

/// Tell what a call of each function costs
///
/// By the Canonical ABI: how many flat values cross, which of them go through memory, how many bytes and buffers that takes,
/// and which handles are lent or given away. Figures are of parameters and result. Time is estimated by a model that was
/// fitted to calls measured under Wasmtime; its ranks count, not its nanoseconds.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: wit-diff cost v0.2.12 --package wasi:http --sort time",
    after_long_help = "\
Columns:
  flat       values of core WebAssembly; more than 16 parameters, or 1 result, go through memory
  bytes      of the fixed part, where it stands in memory; what lists and strings hold comes on top
  buffers    one for each string, list and map; of those in a list, one for each element
  handles    of resources, and ends of streams and futures
  in memory  what does not fit into a core signature, where the caller waits
  host ns    estimated nanoseconds where a guest calls the host; `guest ns` where it calls another guest

Examples:
  wit-diff cost
  wit-diff cost wit --verbose
  wit-diff cost v0.2.12 --package wasi:http --sort time --top 10

Exit codes: 0 done, 2 wrong usage, 3 a package could not be read, 4 there is none."
)]
pub struct Cost {
    #[command(flatten)]
    looking: Looking,
    /// What comes first: path, time (host ns), flat, bytes or buffers
    #[arg(long, value_enum, default_value = "path", value_name = "COLUMN", hide_possible_values = true)]
    sort: Order,
    /// Only so many functions
    #[arg(long, value_name = "COUNT")]
    top: Option<usize>,
    /// How long strings and lists are taken to be where time is estimated
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = cost::LENGTH,
        value_parser = clap::value_parser!(u32).range(..=LONGEST),
        hide_short_help = true
    )]
    length: u32,
    /// What to print: text, markdown or json
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    format: TextMarkdownOrJson,
    /// Take every function apart: what allocates, what is lent, core signatures
    #[arg(long, short)]
    verbose: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_short_help = true)]
    color: ColorChoice,
}

/// Of longer ones, lists in lists do not fit into any number.
const LONGEST: i64 = 1_000_000;

/// What `--sort` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    Path,
    Time,
    Flat,
    Bytes,
    Buffers,
}

impl Cost {
    pub fn run(self) -> ExitCode {
        let asked = cost::Asked { length: self.length, ..cost::Asked::default() };
        let options = Options { cost: Some(asked), ..self.looking.options() };
        let (target, options) = match self.looking.settled(options, self.color) {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let report = pipeline::cost(&target, &options);
        let errors = cost_errors_to_text(&report, &output::layout(&io::stderr(), self.color, self.verbose));
        let _ = output::write(io::stderr(), &errors);
        let order = match self.sort {
            Order::Path => CostOrder::Path,
            Order::Time => CostOrder::Time,
            Order::Flat => CostOrder::Flat,
            Order::Bytes => CostOrder::Bytes,
            Order::Buffers => CostOrder::Buffers,
        };
        let top = self.top.unwrap_or(usize::MAX);
        let text = match self.format {
            TextMarkdownOrJson::Text => {
                cost_to_text(&report, order, top, &output::layout(&io::stdout(), self.color, self.verbose))
            }
            TextMarkdownOrJson::Markdown => cost_to_markdown(&report, order, top),
            TextMarkdownOrJson::Json => cost_to_json(&report),
        };
        if let Err(error) = output::write(io::stdout(), &text) {
            return usage(&format!("cannot write to the standard output: {error}"));
        }
        exit::code_of_cost(&report)
    }
}
