//! Every package that one input stands for: a file is one, a directory or a revision all that are in it.

use super::complete::{Pool, Wants, seen_from};
use super::discover::{Discovered, discover};
use super::gather::{self, Gathered, Input, Package};
use super::outline::{self, Identity, Outline};
use super::tree::{EntryKind, Tree};
use super::{Kind, Revision};
use crate::error::Error;

/// The packages of one input.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// What the user typed.
    pub input: String,
    /// What that was taken for.
    pub kind: Kind,
    /// The full id of the commit, where the sources come from one.
    pub commit: Option<String>,
    /// Sorted by path.
    pub packages: Vec<Found>,
    /// What was not looked into.
    pub skipped: Vec<Skipped>,
    /// Whether a directory was searched; else the input names the one package itself.
    pub searched: bool,
}

/// One package of a [`Catalog`].
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is, relative to the input: a directory, or the file; `.` for the input itself.
    pub path: String,
    /// What it declares and asks for, at a glance; empty for WebAssembly.
    pub outline: Outline,
    /// Its sources and those of what it may depend on, or why they cannot be read.
    pub revision: Result<Revision, Error>,
}

/// A directory that was not looked into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Where it is, relative to the input.
    pub path: String,
    /// Why.
    pub because: SkippedBecause,
}

/// Why a directory was not looked into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkippedBecause {
    /// It is another repository.
    Submodule,
    /// It lies deeper than anybody keeps packages.
    TooDeep,
    /// The system refuses, in these words.
    Unreadable(String),
}

impl Catalog {
    /// The catalog of an input without packages.
    pub fn nothing(input: &str, commit: Option<String>) -> Catalog {
        let kind = if commit.is_some() { Kind::Git } else { Kind::Path };
        Catalog { input: input.to_owned(), kind, commit, packages: Vec::new(), skipped: Vec::new(), searched: true }
    }

    /// The same, with paths that count from a directory above, `way` being the way from there.
    pub fn seen_from_above(mut self, way: &str) -> Catalog {
        for found in self.packages.iter_mut().filter(|_| self.searched) {
            found.path = if found.path == "." { way.to_owned() } else { format!("{way}/{}", found.path) };
        }
        self
    }
}

impl Found {
    /// `namespace:name` and version, where they could be told at a glance.
    pub fn identity(&self) -> Option<&Identity> {
        self.outline.main.as_ref().map(|package| &package.identity)
    }
}

/// The catalog of one package that was named as such.
pub(super) fn of_text(revision: Revision) -> Catalog {
    let Revision { input, kind, commit, .. } = revision.clone();
    let outline = outline::outline(&revision.main.files);
    let found = Found { path: revision.main.path.clone(), outline, revision: Ok(revision) };
    Catalog { input, kind, commit, packages: vec![found], skipped: Vec::new(), searched: false }
}

/// What a search found, before anybody says which revision it is of.
pub(super) struct Search {
    packages: Vec<(String, Outline, Result<Gathered, Error>)>,
    skipped: Vec<Skipped>,
    searched: bool,
}

/// Finds the packages at `input`, each with what it depends on.
pub(super) fn search<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> Result<Search, Error> {
    if tree.kind(&input.place, &input.typed)? != Some(EntryKind::Directory) {
        return Ok(alone(gather(tree, input, limit)?, Vec::new(), false));
    }
    let Discovered { mut packages, skipped } = discover(tree, input, limit)?;
    // Files in the very directory that was named are meant, even if they declare no package.
    let has_wit = || tree.list(&input.place, &input.typed).is_ok_and(|entries| entries.iter().any(gather::is_wit));
    if packages.is_empty() || !packages.iter().any(|package| package.path.is_empty()) && has_wit() {
        return Ok(alone(gather(tree, input, limit)?, skipped, true));
    }
    let is_itself = |package: &Package| matches!(package.path.as_str(), "" | "wit");
    if packages.len() == 1
        && packages.iter().all(is_itself)
        && let Some(package) = packages.pop()
    {
        let is_nested = !package.path.is_empty();
        let place = if is_nested { tree.child(&input.place, &package.path) } else { input.place.clone() };
        let gathered = gather::with_siblings(tree, &place, package, limit)?;
        return Ok(alone(completed(tree, input, limit, gathered)?, skipped, true));
    }
    let mut wider = Wider { tree, input, limit, found: None };
    let pool = Pool::new(&packages);
    let mut found = Vec::new();
    for package in &packages {
        let gathered = match &package.deps {
            Ok(deps) => {
                let mut wants = Wants::of(&package.outline, &[deps]);
                let mut siblings = wants.take(&pool, &package.path, true);
                siblings.extend(wider.take(&mut wants, &package.path)?);
                siblings.extend(wants.take(&pool, &package.path, false));
                siblings.sort();
                let (main, outline) = (package.main.clone(), package.outline.clone());
                Ok(Gathered { main, outline, deps: deps.clone(), siblings })
            }
            Err(error) => Err(error.clone()),
        };
        let path = if package.path.is_empty() { "." } else { &package.path };
        found.push((path.to_owned(), package.outline.clone(), gathered));
    }
    Ok(Search { packages: found, skipped, searched: true })
}

/// The one package at `input`, with what it depends on.
pub(super) fn gather<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> Result<Gathered, Error> {
    let gathered = gather::gather(tree, input, limit)?;
    match tree.kind(&input.place, &input.typed)? {
        Some(EntryKind::Directory) => completed(tree, input, limit, gathered),
        _ => Ok(gathered),
    }
}

/// A package with what it asks for and does not have beside it: from the whole repository.
fn completed<T: Tree>(
    tree: &T,
    input: &Input<T::Place>,
    limit: u64,
    mut gathered: Gathered,
) -> Result<Gathered, Error> {
    let mut wants = Wants::of(&gathered.outline, &[&gathered.deps, &gathered.siblings]);
    let found = Wider { tree, input, limit, found: None }.take(&mut wants, &gathered.main.path)?;
    gathered.siblings.extend(found);
    Ok(gathered)
}

fn alone(gathered: Gathered, skipped: Vec<Skipped>, searched: bool) -> Search {
    Search { packages: vec![(gathered.main.path.clone(), gathered.outline.clone(), Ok(gathered))], skipped, searched }
}

/// The packages of the whole repository around an input, searched for when the first one is missing.
struct Wider<'a, T: Tree> {
    tree: &'a T,
    input: &'a Input<T::Place>,
    limit: u64,
    found: Option<Vec<Package>>,
}

impl<T: Tree> Wider<'_, T> {
    fn take(&mut self, wants: &mut Wants, path: &str) -> Result<Vec<super::Bundle>, Error> {
        if wants.is_satisfied() {
            return Ok(Vec::new());
        }
        if self.found.is_none() {
            self.found = Some(self.search()?);
        }
        let found = self.found.as_deref().unwrap_or_default();
        if found.is_empty() {
            return Ok(Vec::new());
        }
        Ok(wants.take(&Pool::new(found), path, false))
    }

    fn search(&self) -> Result<Vec<Package>, Error> {
        let here = self.tree.canonical(&self.input.place).and_then(|here| self.tree.repository(&here));
        let Some((top, here)) = here.filter(|(_, here)| !here.is_empty()) else { return Ok(Vec::new()) };
        let typed = format!("{}{}", self.input.typed, "/..".repeat(here.len()));
        let around = Input { place: top, typed, name: String::new(), steps: Vec::new() };
        Ok(seen_from(&here, discover(self.tree, &around, self.limit)?.packages))
    }
}

impl Search {
    /// The catalog of the packages that were found.
    pub(super) fn catalog(self, input: &str, kind: Kind, commit: Option<String>) -> Catalog {
        let found = |(path, outline, gathered): (String, Outline, Result<Gathered, Error>)| Found {
            path,
            outline,
            revision: gathered.map(|gathered| super::revision(input, kind, commit.clone(), gathered)),
        };
        let packages: Vec<Found> = self.packages.into_iter().map(found).collect();
        let kind = match &packages[..] {
            [Found { revision: Ok(revision), .. }] => revision.kind,
            _ => kind,
        };
        Catalog { input: input.to_owned(), kind, commit, packages, skipped: self.skipped, searched: self.searched }
    }
}
