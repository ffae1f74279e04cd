//! What shells are offered where they complete a value.

use crate::rule;
use clap::{Arg, Command};
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use std::ffi::{OsStr, OsString};

/// The command line with what its values can be.
///
/// What a value is says its name: a flag that takes a `LEVEL` is offered levels, wherever it stands.
pub fn with(command: Command) -> Command {
    let formats = formats(&command);
    command.mut_args(|argument| offering(argument, &formats)).mut_subcommands(with)
}

/// What a command can print.
fn formats(command: &Command) -> Vec<String> {
    let format = command.get_arguments().find(|argument| argument.get_id() == "format");
    let values = format.map(Arg::get_possible_values).unwrap_or_default();
    values.iter().map(|value| value.get_name().to_owned()).collect()
}

fn offering(argument: Arg, formats: &[String]) -> Arg {
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let id = argument.get_id().as_str();
    match name.as_str() {
        "LEVEL" if id == "allow" => argument.add(ArgValueCandidates::new(|| levels(&["none"]))),
        "LEVEL" => argument.add(ArgValueCandidates::new(|| levels(&[]))),
        "RULE" => argument.add(ArgValueCandidates::new(rules)),
        "RULE|gates" => argument.add(ArgValueCandidates::new(denied)),
        "NAME" => argument.add(ArgValueCandidates::new(packages)),
        "FORMAT=FILE" => {
            let formats = formats.to_vec();
            argument.add(ArgValueCompleter::new(move |typed: &OsStr| outputs(typed, &formats)))
        }
        "BASE" | "OLD NEW|RANGE" => argument.add(ArgValueCompleter::new(inputs)),
        _ if ["input", "range"].contains(&id) => argument.add(ArgValueCompleter::new(inputs)),
        _ => argument,
    }
}

fn levels(more: &[&'static str]) -> Vec<CompletionCandidate> {
    more.iter().chain(&["patch", "minor", "major"]).map(CompletionCandidate::new).collect()
}

fn rules() -> Vec<CompletionCandidate> {
    rule::all()
        .chain(rule::costs())
        .map(|rule| CompletionCandidate::new(rule.id).help(Some(rule.title.into())))
        .collect()
}

fn denied() -> Vec<CompletionCandidate> {
    let gates = CompletionCandidate::new("gates").help(Some("All findings about gates.".into()));
    let costs = CompletionCandidate::new("costs").help(Some("All that is found about what calls cost.".into()));
    rules().into_iter().chain([gates, costs]).collect()
}

/// `FORMAT=`, then a path.
fn outputs(typed: &OsStr, formats: &[String]) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    match typed.split_once('=') {
        Some((format, path)) => paths(&format!("{format}="), path),
        None => {
            let formats = formats.iter().map(|format| format!("{format}="));
            formats.filter(|format| format.starts_with(&*typed)).map(CompletionCandidate::new).collect()
        }
    }
}

/// Paths, and revisions: alone, and at either end of a range.
fn inputs(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    // `merge-base:main`, `v1.0.0..main`, `v1.0.0...main`
    let begins = typed.rfind("..").map(|at| at + 2).or_else(|| typed.starts_with("merge-base:").then_some(11));
    let (before, end) = typed.split_at(begins.unwrap_or_default());
    let names = revisions().into_iter().filter(|name| name.starts_with(end) && is_plain(name));
    let names = names.map(|name| CompletionCandidate::new(format!("{before}{name}")));
    let paths = if before.is_empty() { paths("", end) } else { Vec::new() };
    paths.into_iter().chain(names).collect()
}

fn paths(before: &str, path: &str) -> Vec<CompletionCandidate> {
    let found = PathCompleter::any().complete(OsStr::new(path)).into_iter();
    let found = found.filter(|candidate| candidate.get_value().to_str().is_some_and(is_plain));
    found.map(|candidate| candidate.add_prefix(OsString::from(before))).collect()
}

#[cfg(feature = "git")]
fn revisions() -> Vec<String> {
    crate::revision::names(&crate::revision::Options::default())
}

#[cfg(not(feature = "git"))]
fn revisions() -> Vec<String> {
    Vec::new()
}

/// The packages of the working tree.
#[cfg(feature = "git")]
fn packages() -> Vec<CompletionCandidate> {
    use crate::pipeline;
    use crate::revision;
    let options = pipeline::Options::default();
    let Ok(here) = revision::working_tree(&options.revision) else { return Vec::new() };
    let list = pipeline::list(&here, &options);
    let names: std::collections::BTreeSet<String> = list.packages.into_iter().map(|package| package.name).collect();
    names.into_iter().filter(|name| is_plain(name)).map(CompletionCandidate::new).collect()
}

#[cfg(not(feature = "git"))]
fn packages() -> Vec<CompletionCandidate> {
    Vec::new()
}

/// Whether every shell takes a name as it stands: what a stranger's repository calls `$(command)` must not end up in
/// somebody's command line.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "._-+/@:=,%".contains(c);
    name.chars().all(is_plain) && !name.starts_with('-')
}
