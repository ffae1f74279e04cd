//! Every package of a target, resolved.

use super::load::{Loaded, resolve_sources};
use super::matching::Named;
use super::thread::{each, with_stack};
use super::{Options, Shared, source};
use crate::error::{Error, ErrorKind};
use crate::report::Source;
use crate::revision::{Found, Identity, Target};
use std::collections::BTreeSet;

/// The packages of a target.
pub(super) struct Every {
    /// Where they came from.
    pub source: Source,
    /// One for each package that resolves.
    pub loaded: Vec<Loaded>,
    /// Why others do not, or why there is nothing.
    pub errors: Vec<Error>,
    /// Features that are not switched on, and behind which more stands.
    pub shut: BTreeSet<String>,
}

/// Resolves the packages of `target`, those that `options` name.
pub(super) fn every(target: &Target, options: &Options) -> Every {
    with_stack(|| resolved(target, options)).unwrap_or_else(|error| {
        let source = source(target, &Err(error.clone()), options);
        Every { source, loaded: Vec::new(), errors: vec![error], shut: BTreeSet::new() }
    })
}

fn resolved(target: &Target, options: &Options) -> Every {
    let shared = Shared::default();
    let catalog = shared.open(target, options);
    let source = source(target, &catalog, options);
    let mut every = Every { source, loaded: Vec::new(), errors: Vec::new(), shut: BTreeSet::new() };
    let named = match catalog.and_then(Named::new) {
        Ok(named) => named,
        Err(error) => {
            every.errors.push(error);
            return every;
        }
    };
    let is_wanted = |(found, identity): &(&Found, &Identity)| {
        let nested = found.outline.nested.iter().map(|nested| &nested.identity.name);
        options.packages.is_empty() || nested.chain([&identity.name]).any(|name| options.packages.contains(name))
    };
    let wanted: Vec<(&Found, &Identity)> =
        named.catalog.packages.iter().zip(&named.identities).filter(is_wanted).collect();
    if wanted.is_empty() {
        let message = match &options.packages[..] {
            [] => format!("there is no WIT package in `{}`", target.shown),
            names => format!("there is no package {} in `{}`", quoted(names), target.shown),
        };
        every
            .errors
            .push(Error::new(ErrorKind::Empty, message).hint("`wit-diff list` shows the packages that there are"));
        return every;
    }
    for (found, _) in &wanted {
        found.revision.iter().for_each(|revision| shared.parses.expect(revision));
    }
    let resolved = each(&wanted, |(found, identity)| {
        let options = options.of(&identity.name);
        resolve_sources(found.revision.clone()?, &options, Some(&shared.parses)).map_err(|error| placed(error, found))
    });
    for (loaded, (_, identity)) in resolved.into_iter().zip(&wanted) {
        match loaded {
            Ok(loaded) => {
                if loaded.views.open.is_some() {
                    let on = &options.of(&identity.name).features.names;
                    every.shut.extend(loaded.views.gates.iter().filter(|gate| !on.contains(*gate)).cloned());
                }
                every.loaded.push(loaded);
            }
            Err(error) => every.errors.push(error),
        }
    }
    every
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// The same error with a path that counts from the input.
fn placed(mut error: Error, found: &Found) -> Error {
    if let Some(position) = &mut error.position
        && found.path != "."
        && !position.file.starts_with(&found.path)
    {
        position.file = format!("{}/{}", found.path, position.file);
    }
    error
}
