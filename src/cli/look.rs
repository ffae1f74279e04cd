//! What a command looks at that is about one revision, and what of it counts.

use super::reading::ConfigFile;
use super::settled::settled_of;
use super::size;
use crate::config::Asked;
use crate::pipeline::Options;
use crate::revision::{self, Target};
use crate::surface::Features;
use clap::{Args, ColorChoice};
use std::path::PathBuf;
use std::process::ExitCode;

/// One revision, and what of it counts.
#[derive(Debug, Args)]
pub struct Looking {
    /// A directory, a git revision, `REV:PATH`, a file, `-` [default: the working tree]
    pub input: Option<String>,
    /// The git repository of revisions [default: the one around the working directory]
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    repo: Option<PathBuf>,
    /// Features whose `@unstable` items count
    #[arg(long, value_delimiter = ',', value_name = "A,B", hide_short_help = true)]
    features: Vec<String>,
    /// Count the `@unstable` items of every feature
    #[arg(long, hide_short_help = true)]
    all_features: bool,
    /// Only this package, as `namespace:name` (repeatable)
    #[arg(long, value_name = "NAME")]
    package: Vec<String>,
    #[command(flatten)]
    file: ConfigFile,
    /// The largest file that is read
    #[arg(long, value_parser = size::parse, default_value = "64M", value_name = "SIZE", hide_short_help = true)]
    max_file_size: u64,
}

impl Looking {
    /// What the flags alone ask.
    pub fn options(&self) -> Options {
        Options {
            revision: revision::Options {
                repo: self.repo.clone(),
                max_file_bytes: self.max_file_size,
                ..revision::Options::default()
            },
            packages: self.package.clone(),
            ..Options::default()
        }
    }

    /// What is looked at, and how, with what the configuration says to `options`.
    pub fn settled(&self, options: Options, color: ColorChoice) -> Result<(Target, Options), ExitCode> {
        let features = Features {
            names: self.features.iter().filter(|name| !name.is_empty()).cloned().collect(),
            all: self.all_features,
        };
        let target = match &self.input {
            Some(input) => Target::typed(input),
            None => super::list::here(&options.revision),
        };
        let has_features = features.all || !features.names.is_empty();
        let asked = Asked { features: has_features.then_some(features), ..Asked::default() };
        let settled = settled_of(&self.file, options, asked, &target, color)?;
        Ok((target, settled.options))
    }
}
