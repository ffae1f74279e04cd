//! What flags, environment and configuration file come to.

use super::exit;
#[cfg(feature = "git")]
use super::list::here;
use super::output;
use super::reading::{ConfigFile, Reading};
use super::today::today;
use crate::accepted::Acceptances;
use crate::config::{self, Asked, Config, Settings, settle};
use crate::error::Error;
#[cfg(feature = "git")]
use crate::pipeline::Policy;
use crate::pipeline::{Counting, Options, Own};
use crate::report::{TextOptions, problem_to_text, unfit};
use crate::revision::{self, LeaveOut, Target, Upwards};
use clap::ColorChoice;
#[cfg(feature = "git")]
use std::collections::BTreeMap;
use std::env;
use std::io;
use std::process::ExitCode;

/// What counts for a run.
pub struct Settled {
    /// Of every command that reads.
    pub options: Options,
    /// All of it.
    pub settings: Settings,
    /// Where some of it stands.
    pub file: Option<Config>,
    /// What a gate counts otherwise than it is reported.
    pub counting: Counting,
    /// Whether the command line says which file that is, or that there is none.
    pub is_named: bool,
}

/// What counts for what is judged; the new side says it, where there are two.
pub fn settled(reading: &Reading, asked: Asked, target: &Target, color: ColorChoice) -> Result<Settled, ExitCode> {
    settled_of(&reading.file, reading.options(), reading.asked(asked), target, color)
}

/// The same for commands that compare nothing.
pub fn settled_of(
    flags: &ConfigFile,
    options: Options,
    asked: Asked,
    target: &Target,
    color: ColorChoice,
) -> Result<Settled, ExitCode> {
    let file = config_file(flags, target, &options.revision).map_err(|error| refuse(&error, color))?;
    let environment = Asked::of_environment(|name| env::var(name).ok()).map_err(|why| super::flags::usage(&why))?;
    let settings = settle(asked, environment, file.as_ref());
    let below = file.as_ref().map(|file| file.below.as_slice()).unwrap_or_default();
    let leave_out = LeaveOut::new(&settings.leave_out.value, below).map_err(|why| super::flags::usage(&why))?;
    let own =
        |asked: &config::PackageSettings| Own { features: asked.features.value.clone(), protect: asked.protect.value };
    let options = Options {
        features: settings.features.value.clone(),
        protect: settings.protect.value,
        own: settings.packages.iter().map(|(name, asked)| (name.clone(), own(asked))).collect(),
        leave_out,
        ..options
    };
    let counting = Counting {
        accepted: Acceptances::default(),
        today: today(),
        levels: settings.levels.value.clone(),
        own: settings.packages.iter().map(|(name, own)| (name.clone(), own.levels.value.clone())).collect(),
    };
    let is_named = flags.no_config || flags.config.is_some();
    Ok(Settled { options, settings, file, counting, is_named })
}

impl Settled {
    /// With what the new side accepts: for commands whose gate heeds it.
    pub fn with_accepted(
        mut self,
        reading: &Reading,
        target: &Target,
        color: ColorChoice,
    ) -> Result<Settled, ExitCode> {
        let accepted = accepted(&reading.file, target, &self.options.revision);
        self.counting.accepted = accepted.map_err(|error| refuse(&error, color))?;
        Ok(self)
    }
}

fn refuse(error: &Error, color: ColorChoice) -> ExitCode {
    let layout: TextOptions = output::layout(&io::stderr(), color, false);
    let _ = output::write(io::stderr(), &problem_to_text(error, &layout));
    ExitCode::from(exit::USAGE)
}

/// What is judged where one input is named, or none; what is not there, the run itself says.
#[cfg(feature = "git")]
pub fn target(input: Option<&str>, staged: bool, options: &revision::Options) -> Target {
    match (input, staged) {
        (Some(input), _) => Target::typed(input),
        (None, true) => revision::index(options).unwrap_or_else(|_| Target::typed(".")),
        (None, false) => here(options),
    }
}

/// The end of a range of history: what is judged of one.
#[cfg(feature = "git")]
pub fn tip(range: Option<&str>, options: &revision::Options) -> Target {
    let end = range.map(|range| range.rsplit_once("..").map_or(range, |(_, end)| end));
    target(end.filter(|end| !end.is_empty()), false, options)
}

/// What is asked of packages by name, where it is something else.
#[cfg(feature = "git")]
pub fn policies(settings: &Settings) -> BTreeMap<String, Policy> {
    let policy = |asked: &config::PackageSettings| Policy {
        allow: asked.allow.value,
        fail_on: asked.fail_on.value,
        deny: asked.deny.value.clone(),
        deny_capabilities: asked.deny_capability.value.clone(),
    };
    settings.packages.iter().map(|(name, asked)| (name.clone(), policy(asked))).collect()
}

/// What packages are compared with by name, where it is something else.
#[cfg(feature = "git")]
pub fn bases(settings: &Settings) -> BTreeMap<String, String> {
    let own = |(name, asked): (&String, &config::PackageSettings)| {
        let base = asked.base.value.clone().filter(|_| asked.base != settings.base)?;
        Some((name.clone(), base))
    };
    settings.packages.iter().filter_map(own).collect()
}

fn config_file(flags: &ConfigFile, target: &Target, options: &revision::Options) -> Result<Option<Config>, Error> {
    if flags.no_config {
        return Ok(None);
    }
    let found = match &flags.config {
        Some(path) => Some(revision::beside(path, options).map_err(|error| unfit(path, error))?),
        None => revision::upwards(target, config::FILE, options).map_err(|error| unfit(config::FILE, error))?,
    };
    found.map(|file| config::read(&file).map_err(|error| unfit(&file.shown, error))).transpose()
}

fn accepted(flags: &ConfigFile, target: &Target, options: &revision::Options) -> Result<Acceptances, Error> {
    if flags.no_config {
        return Ok(Acceptances::default());
    }
    let found = revision::upwards(target, config::ACCEPTED, options).map_err(|error| unfit(config::ACCEPTED, error))?;
    let read = |file: Upwards| config::acceptances(&file).map_err(|error| unfit(&file.shown, error));
    Ok(found.map(read).transpose()?.unwrap_or_default())
}
