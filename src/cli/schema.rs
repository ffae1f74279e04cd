//! `wit-diff schema [KIND]`.

use super::flags::print;
use crate::config;
use crate::report::{SchemaKind, accepted_file_schema, config_file_schema, schema};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::process::ExitCode;
use std::sync::LazyLock;

/// Print the JSON Schema of JSON reports, or of configuration files
///
/// `compare` and `check` write a report. Fields may be added without a new version of the schema, and none is dropped:
/// the schema lets other fields pass.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff schema > report.schema.json
  wit-diff schema log
  wit-diff schema wit-diff.toml
  wit-diff schema wit-diff.accepted.toml

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
    /// The file of accepted changes.
    Accepted,
}

impl Schema {
    pub fn run(self) -> ExitCode {
        print(&match self.kind {
            Kind::Json(kind) => schema(kind),
            Kind::File => config_file_schema(),
            Kind::Accepted => accepted_file_schema(),
        })
    }
}

static KINDS: LazyLock<Vec<Kind>> =
    LazyLock::new(|| SchemaKind::ALL.iter().copied().map(Kind::Json).chain([Kind::File, Kind::Accepted]).collect());

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Kind] {
        &KINDS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Kind::Json(kind) => kind.name(),
            Kind::File => config::FILE,
            Kind::Accepted => config::ACCEPTED,
        }))
    }
}
