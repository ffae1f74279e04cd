//! A judged comparison becomes something to read. Sentences exist only here.
//!
//! Every format is made from [`Report`], the wire types of REPORT.md; what a revision holds, from [`ListReport`]. A report
//! on one pair of packages comes from [`of_judgement`], one on a whole repository from many of them and [`merge`].

mod accept;
mod accepted;
mod advice;
mod alternative;
#[cfg(feature = "formats")]
mod anchor;
mod bump;
mod capabilities;
mod changelog;
mod columns;
#[cfg(feature = "config")]
mod config;
mod consequence;
mod cost;
mod cost_table;
mod cost_words;
#[doc = include_str!("contract.md")]
pub mod contract {}
#[cfg(feature = "formats")]
mod decision;
mod driver;
#[cfg(feature = "formats")]
mod edits;
#[cfg(feature = "formats")]
mod errors;
mod escape;
mod excerpts;
mod format;
#[doc = include_str!("formats.md")]
pub mod formats {}
mod gained;
#[cfg(feature = "formats")]
mod github;
#[cfg(feature = "formats")]
mod gitlab;
#[cfg(feature = "formats")]
mod html;
#[cfg(feature = "formats")]
mod identify;
mod json;
#[cfg(feature = "formats")]
mod junit;
mod list;
mod log;
mod log_words;
#[cfg(feature = "formats")]
mod markdown;
mod markdown_capabilities;
mod markdown_cost;
mod markdown_escape;
mod markdown_log;
mod markdown_stability;
mod marks;
mod merge;
mod notes;
mod package;
#[cfg(feature = "formats")]
mod places;
mod problems;
mod profile;
#[cfg(feature = "formats")]
mod protected;
mod quiet;
mod reasons;
mod refusals;
mod rules;
mod rules_markdown;
#[cfg(feature = "formats")]
mod sarif;
#[cfg(feature = "schema")]
mod schema;
mod show;
mod shown;
#[cfg(feature = "formats")]
mod span;
mod stability;
mod stability_words;
mod standing;
#[cfg(feature = "formats")]
mod step_outputs;
mod table;
#[cfg(feature = "formats")]
mod tell;
mod text;
mod told;
mod unchanged;
mod verification;
mod warnings;
mod weigh;
mod wire;
#[cfg(feature = "verify")]
mod witness;
mod words;

pub use accept::{Meant, accepted_to_text, meant, pruned_to_text};
pub use alternative::with_advice;
pub use bump::*;
pub use capabilities::*;
#[cfg(feature = "changelog")]
pub use changelog::merge_changelog;
pub use changelog::{
    ChangelogEntry, ChangelogGroup, ChangelogKind, ChangelogOptions, ChangelogSection, changelog,
    changelog_outcome_to_text, changelog_to_markdown, changelog_warnings_to_text,
};
#[cfg(feature = "config")]
pub use config::{
    ConfigReport, PackageSettingsReport, SettingReport, config_report, config_to_json, unfit, with_config_changes,
    with_unknown_packages,
};
pub use cost::{Costed, cost, cost_to_json, with_costs};
pub use cost_table::CostOrder;
pub use driver::{DriverReport, ShownChange, change_to_text, driver_to_text, unmerged_to_text};
pub use excerpts::with_excerpts;
pub use format::{Format, RenderOptions, render};
pub use gained::with_capabilities;
#[cfg(feature = "formats")]
pub use github::to_github;
#[cfg(feature = "formats")]
pub use gitlab::to_gitlab;
#[cfg(feature = "formats")]
pub use html::{log_to_html, stability_to_html, to_html};
pub use json::to_json;
#[cfg(feature = "formats")]
pub use junit::{log_to_junit, to_junit};
pub use list::*;
pub use log::*;
#[cfg(feature = "formats")]
pub use markdown::to_markdown;
pub use markdown_capabilities::capabilities_to_markdown;
pub use markdown_cost::cost_to_markdown;
pub use markdown_log::log_to_markdown;
pub use markdown_stability::stability_to_markdown;
pub use merge::merge;
#[cfg(feature = "config")]
pub use problems::problem_to_text;
pub use problems::{
    bump_errors_to_text, capabilities_errors_to_text, cost_errors_to_text, errors_to_text, list_errors_to_text,
    log_errors_to_text, show_notes_to_text, stability_errors_to_text, warnings_to_text,
};
#[cfg(feature = "verify")]
pub use profile::with_profile;
pub use refusals::*;
pub use rules::*;
pub use rules_markdown::{explain_to_markdown, rule_page, rules_page, rules_to_markdown};
#[cfg(feature = "formats")]
pub use sarif::to_sarif;
#[cfg(feature = "schema")]
pub use schema::{SchemaKind, schema};
#[cfg(all(feature = "config", feature = "schema"))]
pub use schema::{accepted_file_schema, config_file_schema};
pub use show::{ShowOptions, show, show_file};
pub use stability::*;
pub use stability_words::{StabilityItems, StabilityOptions, StabilitySort};
#[cfg(feature = "formats")]
pub use step_outputs::to_step_outputs;
#[cfg(feature = "config")]
pub use text::config_to_text;
pub use text::{
    TextOptions, bump_to_text, capabilities_to_text, cost_to_text, explain_to_text, list_to_text, log_to_text,
    rules_to_text, stability_to_text, to_text,
};
pub use unchanged::unchanged;
pub use verification::with_verification;
pub use warnings::*;
pub use weigh::failing;
pub use wire::*;
#[cfg(feature = "verify")]
pub use witness::{with_witnesses, witness_to_markdown};

use crate::error::{Error, ErrorKind, Side};
use crate::judge::Judgement;
use crate::revision::Kind;
use crate::surface::Surface;
use crate::verdict::{Level, Protect};
use crate::version::VersionVerdict;
use semver::Version;

/// Where a revision came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the user typed.
    pub input: String,
    /// What that was taken for.
    pub kind: Kind,
    /// The commit, where there is one.
    pub commit: Option<String>,
    /// How it was found, as the end of a sentence, where that takes words.
    pub how: Option<String>,
    /// The directory that its files count from, seen from the top of the repository.
    pub root: Option<String>,
    /// The address of the top directory on the site that hosts the repository.
    pub address: Option<String>,
}

impl Source {
    /// An input of which nothing else is known.
    pub fn new(input: &str, kind: Kind) -> Source {
        Source { input: input.to_owned(), kind, commit: None, how: None, root: None, address: None }
    }
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The old revision.
    pub old: Source,
    /// The new revision.
    pub new: Source,
    /// For whom the levels answer.
    pub protect: Protect,
    /// The features that were switched on.
    pub features: Vec<String>,
    /// Features that were asked for and that no gate names.
    pub unknown_features: Vec<String>,
    /// Only these packages; empty means all.
    pub packages: Vec<String>,
}

/// A side that is not there to be compared.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which one.
    pub side: Side,
    /// Why.
    pub error: Error,
}

impl From<&Source> for InputReport {
    fn from(source: &Source) -> InputReport {
        InputReport {
            input: source.input.clone(),
            kind: match source.kind {
                Kind::Path => InputKind::Path,
                Kind::Git => InputKind::Git,
                Kind::Wasm => InputKind::Wasm,
            },
            commit: source.commit.clone(),
            how: source.how.clone(),
            root: source.root.clone(),
            address: source.address.clone(),
        }
    }
}

/// What the warning about a feature starts with that was asked for in vain.
const NO_GATE: &str = "no gate names the feature ";

/// The name of a package when no side could tell it.
pub const UNKNOWN: &str = "unknown";

/// The report on a judged comparison.
pub fn of_judgement(inputs: &Inputs, judgement: &Judgement) -> Report {
    let packages: Vec<PackageReport> = (judgement.packages.iter())
        .filter(|package| inputs.packages.is_empty() || inputs.packages.contains(&package.comparison.name))
        .map(package::package)
        .collect();
    let level = packages.iter().filter_map(|package| package.level).max().unwrap_or_default();
    let is_there = |name: &String| judgement.packages.iter().any(|package| package.comparison.name == *name);
    let missing: Vec<ErrorReport> =
        inputs.packages.iter().filter(|name| !is_there(name)).map(|n| no_package(n)).collect();
    let nothing_compared = packages.is_empty() || !missing.is_empty();
    Report { status: Status::Complete, level, packages, errors: missing, nothing_compared, ..empty(inputs) }
}

/// A package that was asked for and stands on neither side.
fn no_package(name: &str) -> ErrorReport {
    ErrorReport {
        side: "either".into(),
        message: format!("no package is called `{name}`"),
        file: None,
        line: None,
        column: None,
        snippet: None,
        hint: Some(match name.contains('@') {
            true => "packages are named without a version: `namespace:name`".into(),
            false => "leave `--package` out to see which ones there are".into(),
        }),
    }
}

/// The report on packages that are told already.
pub fn of_packages(inputs: &Inputs, packages: Vec<PackageReport>) -> Report {
    let is_undetermined = packages.iter().any(|package| package.status == PackageStatus::Undetermined);
    let status = if is_undetermined { Status::Undetermined } else { Status::Complete };
    let level = packages.iter().filter_map(|package| package.level).max().unwrap_or_default();
    Report { status, level, nothing_compared: packages.is_empty(), packages, ..empty(inputs) }
}

/// The report when a side could not be loaded: no level and no version is suggested (SEMANTICS 9).
///
/// `known` is the side that could be, the old one if `known_is_old`.
pub fn of_failure(inputs: &Inputs, failures: &[Failure], known: Option<&Surface>, known_is_old: bool) -> Report {
    let known = known.filter(|surface| !surface.own.is_empty());
    let packages: Option<Vec<(String, Option<Version>)>> = known.map(|surface| {
        let package = |&id| surface.package(id);
        surface.own.iter().map(package).map(|known| (known.name.to_string(), known.version.clone())).collect()
    });
    failed(inputs, failures, packages.as_deref(), known_is_old)
}

/// The same for a side that stands for many packages, of which names and versions are known: those of the other side.
///
/// Of what was asked for by name, only that is listed. With none to list, one package stands for all.
pub fn of_failure_among(
    inputs: &Inputs,
    failures: &[Failure],
    known: &[(String, Option<Version>)],
    known_is_old: bool,
) -> Report {
    let is_asked_for = |name: &String| inputs.packages.is_empty() || inputs.packages.contains(name);
    let known: Vec<_> = known.iter().filter(|(name, _)| is_asked_for(name)).cloned().collect();
    failed(inputs, failures, if known.is_empty() { None } else { Some(&known) }, known_is_old)
}

fn failed(
    inputs: &Inputs,
    failures: &[Failure],
    known: Option<&[(String, Option<Version>)]>,
    known_is_old: bool,
) -> Report {
    let nothing = failures.iter().all(|failure| failure.error.kind == ErrorKind::Empty);
    let error = failures.first().map(failure_report);
    let package = |(name, version): &(String, Option<Version>)| {
        let version = version.as_ref().map(Version::to_string);
        let declared = if known_is_old { None } else { version.clone() };
        let old = if known_is_old { version } else { None };
        undetermined(name.clone(), old, declared, error.clone())
    };
    let packages = match known {
        _ if nothing => Vec::new(),
        Some(known) => known.iter().map(package).collect(),
        None => vec![undetermined(UNKNOWN.into(), None, None, error.clone())],
    };
    let errors = failures.iter().map(failure_report).collect();
    Report { status: Status::Undetermined, packages, errors, nothing_compared: nothing, ..empty(inputs) }
}

/// A package without a verdict.
fn undetermined(
    name: String,
    old_version: Option<String>,
    declared: Option<String>,
    error: Option<ErrorReport>,
) -> PackageReport {
    let version = VersionReport {
        required: None,
        declared: declared.clone(),
        verdict: VersionVerdict::Undetermined,
        released: None,
    };
    let package = PackageReport::new(name, PackageStatus::Undetermined, version);
    PackageReport { old_version, new_version: declared, error, ..package }
}

fn empty(inputs: &Inputs) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        old: InputReport::from(&inputs.old),
        new: InputReport::from(&inputs.new),
        protect: inputs.protect,
        features: inputs.features.clone(),
        status: Status::Complete,
        level: Level::None,
        packages: Vec::new(),
        verified: None,
        bug_report: None,
        errors: Vec::new(),
        warnings: inputs.unknown_features.iter().map(|name| format!("{NO_GATE}`{name}`")).collect(),
        stale: Vec::new(),
        config: Vec::new(),
        check: None,
        nothing_compared: false,
    }
}

/// An error as the wire has it; `side` is `old`, `new`, or what stands for both.
pub fn error_report(side: &str, error: &Error) -> ErrorReport {
    let Error { message, position, snippet, hint, .. } = error;
    ErrorReport {
        side: side.to_owned(),
        message: message.clone(),
        file: position.as_ref().map(|position| position.file.clone()),
        line: position.as_ref().map(|position| position.line),
        column: position.as_ref().map(|position| position.column),
        snippet: snippet.clone(),
        hint: hint.clone(),
    }
}

fn failure_report(failure: &Failure) -> ErrorReport {
    error_report(&failure.side.to_string(), &failure.error)
}
