//! What counts for packages by name, where it is something else than for all.

use super::{Options, matching};
use crate::report::{self, Inputs, PackageReport, Report};
use crate::revision::Found;
use crate::surface::Features;
use crate::verdict::Protect;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What counts for one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The gates that are switched on, in its dependencies, too.
    pub features: Features,
    /// For whom its levels answer, as in [`Options::protect`].
    pub protect: Option<Protect>,
}

impl Options {
    /// What counts for the package of that name.
    pub(super) fn of(&self, name: &str) -> Cow<'_, Options> {
        match self.own.get(name) {
            Some(Own { features, protect }) => {
                Cow::Owned(Options { features: features.clone(), protect: *protect, ..self.clone() })
            }
            None => Cow::Borrowed(self),
        }
    }
}

/// One pair of packages, with those that are written in its files: a report on all that are asked the same, by `compare`,
/// and one of them all.
pub(super) fn compared(
    inputs: &Inputs,
    options: &Options,
    (left, right): (Option<&Found>, Option<&Found>),
    compare: impl Fn(&Options) -> Report,
) -> Report {
    let reports: Vec<Report> = parts(options, left, right)
        .into_iter()
        .map(|part| with_own(compare(&part), &inputs.protect, part.features != options.features))
        .collect();
    match <[Report; 1]>::try_from(reports) {
        Ok([report]) if report.packages.iter().all(|package| package.features.is_none()) => {
            Report { protect: inputs.protect, ..report }
        }
        Ok([report]) => report::merge(inputs, vec![report]),
        Err(reports) => report::merge(inputs, reports),
    }
}

/// The report on a package of which nothing changed, with what counts for it.
pub(super) fn unchanged(package: PackageReport, inputs: &Inputs, options: &Options) -> PackageReport {
    let Some(Own { features, protect }) = options.own.get(&package.name) else { return package };
    let has_features = *features != options.features;
    PackageReport {
        protect: protect.filter(|protect| *protect != inputs.protect),
        features: has_features.then(|| features.names.iter().cloned().collect()),
        ..package
    }
}

/// The options for all packages of a pair that are asked the same; what is asked of a package itself comes first.
fn parts(options: &Options, left: Option<&Found>, right: Option<&Found>) -> Vec<Options> {
    if options.own.is_empty() {
        return vec![options.clone()];
    }
    let mut parts: Vec<(Option<&Own>, Vec<String>)> = Vec::new();
    for name in [right, left].into_iter().flatten().flat_map(names).filter(|name| is_wanted(options, name)) {
        let own = options.own.get(&name);
        match parts.iter_mut().find(|(other, _)| *other == own) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => parts.push((own, vec![name])),
        }
    }
    let is_one = parts.len() == 1;
    let part = |(own, names): (Option<&Own>, Vec<String>)| {
        let general = Own { features: options.features.clone(), protect: options.protect };
        let Own { features, protect } = own.cloned().unwrap_or(general);
        // What is asked for by name and is not there, is told of the whole.
        let packages = if is_one { options.packages.clone() } else { names };
        Options { features, protect, packages, ..options.clone() }
    };
    match parts.is_empty() {
        true => vec![options.clone()],
        false => parts.into_iter().map(part).collect(),
    }
}

fn is_wanted(options: &Options, name: &String) -> bool {
    options.packages.is_empty() || options.packages.contains(name)
}

/// The package itself, then those that are written in its files.
fn names(found: &Found) -> Vec<String> {
    let own = matching::identity(found).ok().map(|identity| identity.name);
    let nested = found.outline.nested.iter().map(|nested| nested.identity.name.clone());
    let mut seen = BTreeSet::new();
    own.into_iter().chain(nested).filter(|name| seen.insert(name.clone())).collect()
}

/// The report with what counts for its packages, where that is not what counts for all.
fn with_own(mut report: Report, protect: &Protect, has_features: bool) -> Report {
    let protect = Some(report.protect).filter(|own| own != protect);
    let features = has_features.then(|| std::mem::take(&mut report.features));
    for package in &mut report.packages {
        (package.protect, package.features) = (protect, features.clone());
    }
    if has_features {
        report.warnings = report::of_own_features(&report);
    }
    report
}
