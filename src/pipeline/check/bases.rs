//! Packages that are compared with a base of their own, and the rest with that of all.

use super::{Checking, Excuse, New, falls_short};
use crate::error::{Error, Side};
use crate::pipeline::matching::{self, Named, matches};
use crate::pipeline::several::{self, Outcome};
use crate::pipeline::{assemble, or_nothing, seen, source, unread_directories, with_warnings};
use crate::report::{self, Failure, InputReport, Report, Source};
use crate::revision::{Baseline, Catalog, Found, Kind, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Packages by name.
pub(super) enum Names {
    /// Only these.
    Only(BTreeSet<String>),
    /// All others.
    AllBut(BTreeSet<String>),
}

/// What was found of packages that have one base in common.
pub(super) struct Part {
    pub old: Source,
    pub outcomes: Vec<Outcome>,
    pub warnings: Vec<String>,
}

impl Names {
    /// Leaves these.
    pub(super) fn keep(&self, mut catalog: Catalog) -> Catalog {
        catalog.packages.retain(|found| self.has(found));
        catalog
    }

    fn has(&self, found: &Found) -> bool {
        let name = matching::identity(found).map(|identity| identity.name).unwrap_or_default();
        match self {
            Names::Only(names) => names.contains(&name),
            Names::AllBut(names) => !names.contains(&name),
        }
    }
}

impl Checking<'_> {
    /// Each package against its own base, or against that of all.
    pub(super) fn against_bases(&self, new: &New) -> Report {
        let mut named: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
        for (name, base) in &self.check.bases {
            named.entry(base).or_default().insert(name.clone());
        }
        let all = self.check.bases.keys().cloned().collect();
        let own = named.into_iter().map(|(base, names)| (Some(base.as_str()), Names::Only(names)));
        let rest = (self.check.against.as_deref(), Names::AllBut(all));
        let parts: Vec<Part> = own.chain([rest]).filter_map(|(base, names)| self.part(base, names, new)).collect();
        let mut inputs: Vec<&Source> = Vec::new();
        for part in &parts {
            let is_new =
                !inputs.iter().any(|known| (&known.input, &known.commit) == (&part.old.input, &part.old.commit));
            inputs.extend((is_new && !part.outcomes.is_empty()).then_some(&part.old));
        }
        let several = inputs.len() > 1;
        let old = match inputs.as_slice() {
            [] => Source::new("the base", Kind::Git),
            [one] => (*one).clone(),
            more => {
                let names: Vec<&str> = more.iter().map(|source| source.input.as_str()).collect();
                Source::new(&names.join(", "), Kind::Git)
            }
        };
        let (mut outcomes, mut warnings) = (Vec::new(), unread_directories(Side::New, &new.catalog));
        for part in parts {
            let base = InputReport::from(&part.old);
            outcomes.extend(part.outcomes.into_iter().map(|mut outcome| {
                if let Some(package) = outcome.package_mut().filter(|_| several) {
                    package.base.get_or_insert(base.clone());
                }
                outcome
            }));
            warnings.extend(part.warnings);
        }
        let inputs = self.inputs_of(&old, new);
        with_warnings(assemble(&inputs, outcomes), warnings)
    }

    /// The packages of those names; `None` where there are none to be compared.
    fn part(&self, against: Option<&str>, names: Names, new: &New) -> Option<Part> {
        let catalog = new.catalog.clone().map(|catalog| names.keep(catalog));
        let is_asked = against.is_some();
        let (new, checking) = (New { target: new.target.clone(), catalog }, self.of(against, names));
        match checking.found(&new) {
            Ok(part) => Some(part),
            Err((side, error)) => {
                let outcomes = checking.failures(&new, Failure { side, error });
                // Where nothing is left to be compared, nobody asked for a base of the rest.
                let is_told = is_asked || !outcomes.is_empty();
                let old = Source::new(against.unwrap_or("the base"), Kind::Git);
                is_told.then_some(Part { old, outcomes, warnings: Vec::new() })
            }
        }
    }

    fn found(&self, new: &New) -> Result<Part, (Side, Error)> {
        match self.baseline(&new.target) {
            Ok(Baseline::One(base)) => self.found_in_one(&base, new),
            Ok(Baseline::Tags { tags, every, how }) => self.found_in_releases(tags, every, how, new),
            Err(error) => Err((Side::Old, error)),
        }
    }

    fn found_in_one(&self, base: &Target, new: &New) -> Result<Part, (Side, Error)> {
        let left = or_nothing(base, self.open(base), || false);
        let right = or_nothing(&new.target, new.catalog.clone(), || false);
        let (left, right, scope) = seen((base, left), (&new.target, right), self.options);
        let mut warnings = unread_directories(Side::Old, &left);
        let old_source = source(base, &left, self.options);
        let old = left.and_then(Named::new).map_err(|error| (Side::Old, error))?;
        let named = right.and_then(Named::new).map_err(|error| (Side::New, error))?;
        let inputs = self.inputs(&old_source, &new.target, &named);
        let matches = matches(&old, &named, scope.as_deref(), &self.options.packages);
        let mut outcomes = several::outcomes(&old, &named, &matches, &inputs, self.options, &self.shared.parses);
        let mut excuse = Excuse::new(self, base, new);
        for package in outcomes.iter_mut().filter_map(Outcome::package_mut) {
            if base.commit.is_some() && falls_short(package) {
                excuse.apply(package);
            }
        }
        warnings.extend(excuse.failed.map(|error| report::unknown_release(&error)));
        warnings.extend(self.is_itself(new, base).then(|| report::BASE_IS_ITSELF.to_owned()));
        Ok(Part { old: old_source, outcomes, warnings })
    }

    /// One for each package that there is no verdict on.
    fn failures(&self, new: &New, failure: Failure) -> Vec<Outcome> {
        let old = Source::new(self.against.unwrap_or("the base"), Kind::Git);
        let inputs = self.inputs_of(&old, new);
        let named = new.catalog.clone().and_then(Named::new).unwrap_or_else(|_| Named::nothing());
        let failed = matches(&Named::nothing(), &named, None, &self.options.packages);
        let failed = failed.iter().filter_map(|found| found.sides().1);
        let outcome = |at: usize| {
            let (identity, found) = (named.identities[at].clone(), named.package(at));
            let known = [(identity.name.clone(), identity.version.clone())];
            let report = report::of_failure_among(&inputs, std::slice::from_ref(&failure), &known, false);
            Outcome { identity, references: found.outline.references.clone(), report }
        };
        failed.map(outcome).collect()
    }

    fn inputs_of(&self, old: &Source, new: &New) -> report::Inputs {
        super::inputs((old, &source(&new.target, &new.catalog, self.options)), self.options)
    }
}
