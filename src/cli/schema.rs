//! `wit-diff schema [KIND]`.

use super::flags::print;
use crate::report::{SchemaKind, schema};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Print the JSON Schema of what `--format json` writes
///
/// `compare` and `check` write a report. Fields may be added without a new version of the schema, and none is dropped:
/// the schema lets other fields pass.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff schema > report.schema.json
  wit-diff schema log

Exit codes: 0 done, 2 wrong usage.")]
pub struct Schema {
    /// What the schema is of
    #[arg(value_enum, default_value = "report")]
    kind: SchemaKind,
}

impl Schema {
    pub fn run(self) -> ExitCode {
        print(&schema(self.kind))
    }
}

impl ValueEnum for SchemaKind {
    fn value_variants<'a>() -> &'a [SchemaKind] {
        SchemaKind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
