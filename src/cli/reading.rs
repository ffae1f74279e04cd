//! The flags that say what is read, and what of it counts: the same for every command that compares.

use super::size;
use crate::config::Asked;
use crate::pipeline::Options;
use crate::revision;
use crate::surface::Features;
use crate::verdict::Protect;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is read, and what of it counts.
#[derive(Debug, Args)]
pub struct Reading {
    /// The git repository of revisions [default: the one around the working directory]
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    repo: Option<PathBuf>,
    /// For whom the level answers: guests, hosts or all
    ///
    /// By default for guests, and for hosts when both sides are built components.
    #[arg(long, value_enum, value_name = "PARTIES", hide_possible_values = true)]
    protect: Option<Parties>,
    /// Features whose `@unstable` items count
    #[arg(long, value_delimiter = ',', value_name = "A,B", hide_short_help = true)]
    features: Vec<String>,
    /// Count the `@unstable` items of every feature
    #[arg(long, hide_short_help = true)]
    all_features: bool,
    /// Only `namespace:name` (repeatable)
    #[arg(long, value_name = "NAME")]
    package: Vec<String>,
    #[command(flatten)]
    pub file: ConfigFile,
    /// The largest file that is read
    #[arg(long, value_parser = size::parse, default_value = "64M", value_name = "SIZE", hide_short_help = true)]
    pub max_file_size: u64,
}

/// Which configuration file counts.
#[derive(Debug, Args)]
pub struct ConfigFile {
    /// The configuration file [default: the nearest `wit-diff.toml` in what is judged, or above]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", hide_short_help = true)]
    pub config: Option<String>,
    /// Read no configuration file
    #[arg(long, hide_short_help = true)]
    pub no_config: bool,
}

/// The parties that `--protect` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Parties {
    Guests,
    Hosts,
    All,
}

impl Reading {
    /// What the flags ask that a configuration file may ask, too.
    pub fn asked(&self, asked: Asked) -> Asked {
        let options = self.options();
        let has_features = self.all_features || !options.features.names.is_empty();
        Asked { protect: options.protect, features: has_features.then_some(options.features), ..asked }
    }

    /// What the flags ask of a comparison.
    pub fn options(&self) -> Options {
        Options {
            revision: revision::Options {
                repo: self.repo.clone(),
                max_file_bytes: self.max_file_size,
                ..revision::Options::default()
            },
            features: Features {
                names: self
                    .features
                    .iter()
                    .map(|name| name.trim().to_owned())
                    .filter(|name| !name.is_empty())
                    .collect(),
                all: self.all_features,
            },
            protect: self.protect.map(|parties| match parties {
                Parties::Guests => Protect::Guests,
                Parties::Hosts => Protect::Hosts,
                Parties::All => Protect::All,
            }),
            packages: self.package.clone(),
            ..Options::default()
        }
    }
}
