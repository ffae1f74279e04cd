//! `wit-diff schema [KIND]`.

use super::flags::print;
use crate::config;
use crate::report::{SchemaKind, config_file_schema, schema};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::process::ExitCode;
use std::sync::LazyLock;

/// Print the JSON Schema of JSON reports, or of `wit-diff.toml`
///
/// `compare` and `check` write a report. Fields may be added without a new version of the schema, and none is dropped:
/// the schema lets other fields pass.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff schema > report.schema.json
  wit-diff schema log
  wit-diff schema wit-diff.toml

Exit codes: 0 done, 2 wrong usage.")]
pub struct Schema {
    /// What the schema is of
    #[arg(value_enum, default_value = "report")]
    kind: Kind,
}

/// Something that has a schema.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Json(SchemaKind),
    /// The configuration file.
    File,
}

impl Schema {
    pub fn run(self) -> ExitCode {
        print(&match self.kind {
            Kind::Json(kind) => schema(kind),
            Kind::File => config_file_schema(),
        })
    }
}

static KINDS: LazyLock<Vec<Kind>> =
    LazyLock::new(|| SchemaKind::ALL.iter().copied().map(Kind::Json).chain([Kind::File]).collect());

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Kind] {
        &KINDS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Kind::Json(kind) => kind.name(),
            Kind::File => config::FILE,
        }))
    }
}
