//! Compares the packages of two catalogs: each pair by itself, and only those whose texts differ.

use super::load::{Loaded, resolve_sources};
use super::matching::{Match, Named, is_same};
use super::thread::each;
use super::{Options, own, pair};
use crate::error::{Error, ErrorKind, Side};
use crate::report::{self, Failure, Inputs, PackageReport, PackageStatus, Report, Source};
use crate::revision::{Found, Identity};
use crate::surface::{Features, Parses};
use std::collections::BTreeSet;

/// The report on one package, and what is to be known of it among others.
pub(super) struct Outcome {
    /// What it is called; the new side's version where it has one.
    pub identity: Identity,
    /// The packages that it asks for.
    pub references: BTreeSet<Identity>,
    /// The report on it alone, and on packages that are written in its files.
    pub report: Report,
}

impl Outcome {
    /// The package itself.
    pub fn package(&self) -> Option<&PackageReport> {
        self.report.packages.iter().find(|package| package.name == self.identity.name)
    }

    /// The package itself, to add to it.
    pub fn package_mut(&mut self) -> Option<&mut PackageReport> {
        self.report.packages.iter_mut().find(|package| package.name == self.identity.name)
    }
}

/// Compares what was matched.
pub(super) fn outcomes(
    old: &Named,
    new: &Named,
    matches: &[Match],
    inputs: &Inputs,
    options: &Options,
    parses: &Parses,
) -> Vec<Outcome> {
    let is_equal = |found: &Match| match *found {
        Match::Both(a, b) => is_unchanged(Some(old.package(a)), Some(new.package(b))),
        _ => false,
    };
    let differ: Vec<&Match> = matches.iter().filter(|found| !is_equal(found)).collect();
    for found in &differ {
        let (left, right) = found.sides();
        let found = [left.map(|at| old.package(at)), right.map(|at| new.package(at))];
        found.into_iter().flatten().flat_map(|found| &found.revision).for_each(|revision| parses.expect(revision));
    }
    judged(old, new, matches, differ.len(), inputs, options, parses)
}

/// The same where what is parsed will be asked for again; so many of the matches take their time.
pub(super) fn judged(
    old: &Named,
    new: &Named,
    matches: &[Match],
    slow: usize,
    inputs: &Inputs,
    options: &Options,
    parses: &Parses,
) -> Vec<Outcome> {
    // Proofs take all cores by themselves.
    if slow < 2 || options.proves() {
        return matches.iter().map(|found| outcome(old, new, found, inputs, options, parses)).collect();
    }
    each(matches, |found| {
        outcome_of(old, new, found, inputs, options, |sources, options, left, right| {
            pair::in_turn(sources, options, || side(left, options, parses), || side(right, options, parses))
        })
    })
}

/// The report on two revisions of one package, the sides of which are known to be there, or not.
pub(super) fn outcome(
    old: &Named,
    new: &Named,
    found: &Match,
    inputs: &Inputs,
    options: &Options,
    parses: &Parses,
) -> Outcome {
    outcome_of(old, new, found, inputs, options, |sources, options, left, right| {
        pair::both(sources, options, || side(left, options, parses), || side(right, options, parses))
    })
}

fn outcome_of(
    old: &Named,
    new: &Named,
    found: &Match,
    inputs: &Inputs,
    options: &Options,
    compare: impl Fn((&Source, &Source), &Options, Option<&Found>, Option<&Found>) -> Report,
) -> Outcome {
    if let Match::Ambiguous { side, identity, paths } = found {
        let failures = [ambiguous(*side, identity, paths)];
        let report = report::of_failure_among(inputs, &failures, &known(identity), *side == Side::Old);
        return Outcome { identity: identity.clone(), references: BTreeSet::new(), report };
    }
    let (left, right) = found.sides();
    let identities = (left.map(|at| &old.identities[at]), right.map(|at| &new.identities[at]));
    let identity =
        identities.1.or(identities.0).cloned().unwrap_or_else(|| Identity { name: String::new(), version: None });
    let (left, right) = (left.map(|at| old.package(at)), right.map(|at| new.package(at)));
    let mut report = match right {
        Some(found) if is_unchanged(left, right) && !options.looks_into_equals() => unchanged(inputs, found, options),
        _ => {
            let options = Options { packages: wanted(options, left, right), ..options.clone() };
            let sources = (&inputs.old, &inputs.new);
            own::compared(inputs, &options, (left, right), |options| compare(sources, options, left, right))
        }
    };
    name(&mut report, &identity, identities);
    let references = right.or(left).map(|found| found.outline.references.clone()).unwrap_or_default();
    let mut outcome = Outcome { identity, references, report };
    let path =
        |found: Option<&Found>, named: &Named| found.filter(|_| named.catalog.searched).map(|found| found.path.clone());
    let (old_path, new_path) = (path(left, old), path(right, new));
    if let Some(package) = outcome.package_mut() {
        (package.old_path, package.new_path) = (old_path, new_path);
    }
    outcome
}

/// Says what a package is called, and in which versions, that could not be judged: at a glance, that is known.
fn name(report: &mut Report, identity: &Identity, (old, new): (Option<&Identity>, Option<&Identity>)) {
    let version = |side: Option<&Identity>| side.and_then(|side| side.version.as_ref()).map(ToString::to_string);
    let is_it = |package: &&mut PackageReport| package.name == report::UNKNOWN || package.name == identity.name;
    let is_undetermined = |package: &&mut PackageReport| package.status == PackageStatus::Undetermined;
    for package in report.packages.iter_mut().filter(is_it).filter(is_undetermined) {
        package.name = identity.name.clone();
        (package.old_version, package.new_version) = (version(old), version(new));
        package.version.declared = version(new);
    }
}

/// Whether a package stands on both sides, made of the same texts.
fn is_unchanged(left: Option<&Found>, right: Option<&Found>) -> bool {
    match (left.map(|found| &found.revision), right.map(|found| &found.revision)) {
        (Some(Ok(old)), Some(Ok(new))) => !old.main.binary && is_same(old, new),
        _ => false,
    }
}

/// Of the packages that were asked for by name those that may stand in this pair.
fn wanted(options: &Options, left: Option<&Found>, right: Option<&Found>) -> Vec<String> {
    let found = [left, right].into_iter().flatten();
    let there: BTreeSet<&String> =
        found.flat_map(|found| found.outline.packages()).map(|package| &package.identity.name).collect();
    options.packages.iter().filter(|name| there.is_empty() || there.contains(name)).cloned().collect()
}

/// One side of a pair; nothing where the package does not stand there.
fn side(found: Option<&Found>, options: &Options, parses: &Parses) -> Result<Loaded, Error> {
    match found {
        Some(found) => resolve_sources(found.revision.clone()?, options, Some(parses)),
        None => Ok(Loaded::nothing(options)),
    }
}

/// The report on a package whose texts are the same on both sides: they need not be parsed.
fn unchanged(inputs: &Inputs, found: &Found, options: &Options) -> Report {
    let names = |items: &[crate::revision::ItemOutline], features: &Features| {
        let is_open = |feature: &Option<String>| {
            let is_on = |feature| features.all || features.names.contains(feature);
            feature.as_ref().is_none_or(is_on)
        };
        items.iter().filter(|item| is_open(&item.feature)).map(|item| item.name.clone()).collect()
    };
    let package = |package: &crate::revision::PackageOutline| {
        let features = &options.of(&package.identity.name).features;
        let (interfaces, worlds) = (names(&package.interfaces, features), names(&package.worlds, features));
        let package = report::unchanged(&package.identity.name, package.identity.version.as_ref(), interfaces, worlds);
        own::unchanged(package, inputs, options)
    };
    let is_wanted = |package: &PackageReport| inputs.packages.is_empty() || inputs.packages.contains(&package.name);
    report::of_packages(inputs, found.outline.packages().map(package).filter(is_wanted).collect())
}

fn known(identity: &Identity) -> Vec<(String, Option<semver::Version>)> {
    vec![(identity.name.clone(), identity.version.clone())]
}

fn ambiguous(side: Side, identity: &Identity, paths: &[String]) -> Failure {
    let places = paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" and in ");
    let error = Error::new(ErrorKind::Invalid, format!("package `{identity}` is in {places}, and they differ"))
        .hint("keep one of them, or compare the directory that is meant by its path");
    Failure { side, error }
}

/// The report with the directories that its package is in, where they are known.
pub(super) fn with_paths(mut report: Report, paths: Option<(String, String)>) -> Report {
    let is_on_both =
        |package: &&mut PackageReport| matches!(package.status, PackageStatus::Changed | PackageStatus::Unchanged);
    if let (Some((old, new)), Some(package)) = (paths, report.packages.first_mut().filter(is_on_both)) {
        (package.old_path, package.new_path) = (Some(old), Some(new));
    }
    report
}
