//! Finds what a package asks for and does not vendor: in the packages of the same repository, by name and version.

use super::gather::Package;
use super::outline::{Identity, Outline, outline};
use super::{Bundle, SourceFile};
use crate::error::Error;
use semver::Version;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The packages that others may need.
pub(super) struct Pool<'a> {
    by_name: BTreeMap<&'a str, Vec<Candidate<'a>>>,
}

struct Candidate<'a> {
    path: &'a str,
    version: &'a Option<Version>,
    outline: &'a Outline,
    main: &'a Bundle,
    deps: &'a [Bundle],
}

impl<'a> Pool<'a> {
    pub fn new(packages: &'a [Package]) -> Pool<'a> {
        let mut by_name: BTreeMap<&str, Vec<Candidate<'_>>> = BTreeMap::new();
        for package in packages {
            let Some(main) = &package.outline.main else { continue };
            by_name.entry(&main.identity.name).or_default().push(Candidate {
                path: &package.path,
                version: &main.identity.version,
                outline: &package.outline,
                main: &package.main,
                deps: package.deps.as_deref().unwrap_or_default(),
            });
        }
        Pool { by_name }
    }

    /// The candidate nearest to `path` that is the package in that very version; else, unless it has to be `exact`, one
    /// in another version, which an error can name. None that is `there` already comes along.
    fn find(&self, wanted: &Identity, path: &str, there: &BTreeSet<Identity>, exact: bool) -> Option<&Candidate<'a>> {
        let fits = |candidate: &&Candidate<'a>, exactly: bool| {
            let is_it = !exactly || *candidate.version == wanted.version;
            is_it && !candidate.outline.packages().any(|package| there.contains(&package.identity))
        };
        let nearest = |exactly: bool| {
            let named = self.by_name.get(wanted.name.as_str()).into_iter().flatten();
            let fitting = named.filter(|candidate| fits(candidate, exactly));
            fitting
                .min_by_key(|candidate| (Reverse(nearness(candidate.path, path)), candidate.path.len(), candidate.path))
        };
        nearest(true).or_else(|| if exact { None } else { nearest(false) })
    }
}

/// What is there, and what is asked for, while dependencies are collected.
pub(super) struct Wants {
    there: BTreeSet<Identity>,
    wanted: BTreeSet<Identity>,
}

impl Wants {
    /// What a package and those that it vendors or has beside it leave to be found.
    pub fn of(outline: &Outline, with: &[&[Bundle]]) -> Wants {
        let mut wants = Wants { there: BTreeSet::new(), wanted: BTreeSet::new() };
        wants.add(outline);
        with.iter().flat_map(|bundles| bundles.iter()).for_each(|bundle| wants.add_bundle(bundle));
        wants
    }

    fn add_bundle(&mut self, bundle: &Bundle) {
        if !bundle.binary {
            self.add(&outline(&bundle.files));
        }
    }

    fn add(&mut self, outline: &Outline) {
        self.there.extend(outline.packages().map(|package| package.identity.clone()));
        self.wanted.extend(outline.references.iter().cloned());
    }

    /// Whether nothing is left to be found.
    pub fn is_satisfied(&self) -> bool {
        self.wanted.is_subset(&self.there)
    }

    /// Takes what is missing from the pool, and what that asks for in turn; `path` is where the package is.
    ///
    /// With `exact`, what the pool does not have in that very version may still be found elsewhere.
    pub fn take(&mut self, pool: &Pool<'_>, path: &str, exact: bool) -> Vec<Bundle> {
        let mut taken: Vec<Bundle> = Vec::new();
        let mut elsewhere = BTreeSet::new();
        let next = |wants: &Wants, elsewhere: &BTreeSet<Identity>| {
            wants.wanted.difference(&wants.there).find(|wanted| !elsewhere.contains(wanted)).cloned()
        };
        while let Some(wanted) = next(self, &elsewhere) {
            let found = pool.find(&wanted, path, &self.there, exact);
            if exact && found.is_none() {
                elsewhere.insert(wanted);
                continue;
            }
            if let Some(found) = found
                && !taken.iter().any(|bundle| bundle.path == found.main.path)
            {
                self.add(found.outline);
                taken.push(found.main.clone());
                // What it vendors is nearer to it than what others have.
                for dep in found.deps.iter().filter(|dep| !dep.binary) {
                    let outline = outline(&dep.files);
                    let is_needed = outline.packages().any(|package| {
                        self.wanted.contains(&package.identity) && !self.there.contains(&package.identity)
                    });
                    if is_needed {
                        self.add(&outline);
                        taken.push(dep.clone());
                    }
                }
            }
            // Found, or nowhere: either way it is done with.
            self.there.insert(wanted);
        }
        taken.sort();
        taken
    }
}

/// The same packages, their paths as seen from the directory `here` of the repository.
pub(super) fn seen_from(here: &[String], packages: Vec<Package>) -> Vec<Package> {
    let seen = |path: &str| relative(here, path);
    let bundle = |bundle: Bundle| Bundle {
        path: seen(&bundle.path),
        files: (bundle.files.into_iter())
            .map(|SourceFile { path, bytes }| SourceFile { path: seen(&path), bytes })
            .collect(),
        ..bundle
    };
    (packages.into_iter())
        .map(|package| Package {
            path: seen(&package.path),
            main: bundle(package.main),
            deps: package.deps.map(|deps| deps.into_iter().map(bundle).collect()) as Result<Vec<Bundle>, Error>,
            ..package
        })
        .collect()
}

/// A path that counts from the top, as it counts from `here`.
fn relative(here: &[String], path: &str) -> String {
    let names: Vec<&str> = path.split('/').filter(|name| !matches!(*name, "" | ".")).collect();
    let shared = names.iter().zip(here).take_while(|(name, here)| *name == here).count();
    let up = std::iter::repeat_n("..", here.len() - shared);
    let path = up.chain(names[shared..].iter().copied()).collect::<Vec<_>>().join("/");
    if path.is_empty() { ".".to_owned() } else { path }
}

/// How many directories `path`, below the input, and another one have in common: those of the input count as well, and
/// are missing where the other one leads out of it.
fn nearness(other: &str, path: &str) -> isize {
    let up = other.split('/').take_while(|name| *name == "..").count();
    let shared = other.split('/').zip(path.split('/')).take_while(|(one, other)| one == other).count();
    shared.cast_signed() - up.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_from_elsewhere() {
        for (here, path, expected) in [
            ("", "a/b", "a/b"),
            ("a/b", "a/c", "../c"),
            ("a/b", "a/b", "."),
            ("a/b", "a", ".."),
            ("a/b", ".", "../.."),
            ("a", "a/b", "b"),
            ("a/b/c", "x/y.wit", "../../../x/y.wit"),
        ] {
            let here: Vec<String> = here.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            assert_eq!(relative(&here, path), expected);
        }
    }
}
