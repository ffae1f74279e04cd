//! Which package of one catalog is which of another: by name, never by path.

use crate::error::{Error, ErrorKind, Side};
use crate::revision::{Bundle, Catalog, Contents, Found, Identity, Revision};
use crate::surface::{Features, resolve};
use crate::version::{Candidate, Pair, pair};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// A package of one catalog or of both, as indices into [`Catalog::packages`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// On both sides.
    Both(usize, usize),
    /// On the old side only.
    Removed(usize),
    /// On the new side only.
    Added(usize),
    /// Twice in one version on one side, and not the same.
    Ambiguous { side: Side, identity: Identity, paths: Vec<String> },
}

impl Match {
    /// Where it is on the old and on the new side.
    pub fn sides(&self) -> (Option<usize>, Option<usize>) {
        match *self {
            Match::Both(a, b) => (Some(a), Some(b)),
            Match::Removed(a) => (Some(a), None),
            Match::Added(b) => (None, Some(b)),
            Match::Ambiguous { .. } => (None, None),
        }
    }
}

/// One side: a catalog, and what its packages are called.
pub(super) struct Named {
    pub catalog: Catalog,
    pub identities: Vec<Identity>,
}

impl Named {
    /// Tells what the packages are called; WebAssembly has to be read for it.
    ///
    /// # Errors
    /// A package that does not say what it is called.
    pub fn new(catalog: Catalog) -> Result<Named, Error> {
        let identities = catalog.packages.iter().map(identity).collect::<Result<_, _>>()?;
        Ok(Named { catalog, identities })
    }

    /// No packages.
    #[cfg(feature = "git")]
    pub fn nothing() -> Named {
        Named { catalog: Catalog::nothing("", None), identities: Vec::new() }
    }

    pub fn package(&self, at: usize) -> &Found {
        &self.catalog.packages[at]
    }

    /// Every version of every package, also of those that are written in the files of another, for reports.
    pub fn known(&self) -> Vec<(String, Option<Version>)> {
        let known = self.identities.iter().map(|identity| (identity.name.clone(), identity.version.clone()));
        known.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Matches the packages of two catalogs. `names` restricts them; empty means all. With a `scope`, a directory of the old
/// side, what stood elsewhere is not missed.
pub(super) fn matches(old: &Named, new: &Named, scope: Option<&str>, names: &[String]) -> Vec<Match> {
    let (old_names, new_names) = (by_name(old, names), by_name(new, names));
    let all: BTreeSet<&String> = old_names.keys().chain(new_names.keys()).copied().collect();
    let mut matches = Vec::new();
    for name in all {
        let (all_left, all_right) = (at(&old_names, name), at(&new_names, name));
        let mut left = without_copies(old, &all_left, new, &all_right);
        let mut right = without_copies(new, &all_right, old, &all_left);
        let ambiguous = take_ambiguous(Side::Old, old, &mut left, new, &mut right)
            .or_else(|| take_ambiguous(Side::New, new, &mut right, old, &mut left));
        matches.extend(ambiguous);
        let pairs = pair(&candidates(old, &left), &candidates(new, &right));
        matches.extend(pairs.into_iter().map(|pair| match pair {
            Pair::Both(a, b) => Match::Both(left[a], right[b]),
            Pair::Removed(a) => Match::Removed(left[a]),
            Pair::Added(b) => Match::Added(right[b]),
        }));
    }
    let is_in_scope = |at: usize| scope.is_none_or(|scope| is_below(&old.package(at).path, scope));
    matches.retain(|found| !matches!(found, Match::Removed(at) if !is_in_scope(*at)));
    matches
}

/// Whether `path` is the directory `scope` or inside of it.
pub(super) fn is_below(path: &str, scope: &str) -> bool {
    path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether two packages and all that they may depend on are made of the same texts.
pub(super) fn is_same(old: &Revision, new: &Revision) -> bool {
    fn contents(bundle: &Bundle) -> Vec<&Contents> {
        bundle.files.iter().map(|file| &file.bytes).collect()
    }
    fn others(revision: &Revision) -> impl Iterator<Item = Vec<&Contents>> {
        revision.deps.iter().chain(&revision.siblings).map(contents)
    }
    // Mostly they come in the same order, and then nothing has to be sorted.
    let is_same_set = || others(old).collect::<BTreeSet<_>>() == others(new).collect::<BTreeSet<_>>();
    contents(&old.main) == contents(&new.main) && (others(old).eq(others(new)) || is_same_set())
}

/// What a package is called; WebAssembly has to be read for it.
pub(super) fn identity(found: &Found) -> Result<Identity, Error> {
    if let Some(identity) = found.identity() {
        return Ok(identity.clone());
    }
    let views = resolve(found.revision.clone()?, &Features { all: true, ..Features::default() })?;
    let own = views.judged.own.first().map(|&id| views.judged.package(id));
    own.map(|package| Identity { name: package.name.to_string(), version: package.version.clone() })
        .ok_or_else(|| Error::new(ErrorKind::Invalid, format!("`{}` does not say which package it is", found.path)))
}

/// The packages of one side by name.
fn by_name<'a>(side: &'a Named, names: &[String]) -> BTreeMap<&'a String, Vec<usize>> {
    let mut found: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (at, identity) in side.identities.iter().enumerate() {
        let nested = side.package(at).outline.nested.iter().map(|package| &package.identity.name);
        if names.is_empty() || std::iter::once(&identity.name).chain(nested).any(|name| names.contains(name)) {
            found.entry(&identity.name).or_default().push(at);
        }
    }
    found
}

/// Of several packages of one side with the same version and contents only the first, unless what stands at their places
/// on the other side tells them apart.
fn without_copies(here: &Named, these: &[usize], there: &Named, those: &[usize]) -> Vec<usize> {
    let beside = |at: usize| {
        let path = &here.package(at).path;
        those.iter().copied().find(|&other| there.package(other).path == *path)
    };
    let are_apart = |one: usize, other: usize| match (beside(one), beside(other)) {
        (Some(one), Some(other)) => !are_copies(there, one, other),
        _ => false,
    };
    let mut kept: Vec<usize> = Vec::new();
    for &at in these {
        if !kept.iter().any(|&first| are_copies(here, first, at) && !are_apart(first, at)) {
            kept.push(at);
        }
    }
    kept
}

fn are_copies(side: &Named, one: usize, other: usize) -> bool {
    side.identities[one] == side.identities[other]
        && match (&side.package(one).revision, &side.package(other).revision) {
            (Ok(one), Ok(other)) => is_same(one, other),
            _ => false,
        }
}

fn at(names: &BTreeMap<&String, Vec<usize>>, name: &String) -> Vec<usize> {
    names.get(name).cloned().unwrap_or_default()
}

/// Takes out what stands twice in one version, unless both stand at the same places on the other side.
fn take_ambiguous(
    side: Side,
    here: &Named,
    these: &mut Vec<usize>,
    there: &Named,
    those: &mut Vec<usize>,
) -> Option<Match> {
    let path = |named: &Named, at: usize| named.package(at).path.clone();
    let lonely: Vec<usize> = (these.iter().copied())
        .filter(|&at| !those.iter().any(|&other| path(there, other) == path(here, at)))
        .collect();
    let twice = lonely.iter().find(|&&at| {
        let same = |&&other: &&usize| here.identities[other].version == here.identities[at].version;
        these.iter().filter(same).count() > 1
    });
    let identity = here.identities[*twice?].clone();
    let is_it = |named: &Named, at: usize| named.identities[at] == identity;
    let mut paths: Vec<String> = these.iter().filter(|&&at| is_it(here, at)).map(|&at| path(here, at)).collect();
    paths.sort();
    these.retain(|&at| !is_it(here, at));
    // What it became, or what became it, is not known either.
    those.retain(|&at| there.identities[at].track() != identity.track());
    Some(Match::Ambiguous { side, identity, paths })
}

fn candidates<'a>(side: &'a Named, packages: &[usize]) -> Vec<Candidate<'a>> {
    let candidate =
        |&at: &usize| Candidate { version: side.identities[at].version.as_ref(), path: &side.package(at).path };
    packages.iter().map(candidate).collect()
}
