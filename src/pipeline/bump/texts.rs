//! The WIT texts of a working tree, and what they become when packages take other versions.

use crate::revision::{Bundle, Catalog, Contents, Found, Identity};
use crate::version::edit::{self, Edit};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A version of a package that becomes another one, or stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aim {
    /// What the package is called.
    pub name: String,
    /// The version that it declares now.
    pub declared: Version,
    /// The one that it is to declare.
    pub next: Version,
    /// The version that was released last; `None` where there is none.
    pub released: Option<Version>,
    /// Whether gates that name a version which nobody released are to name `next`.
    pub corrects_gates: bool,
}

impl Aim {
    pub fn identity(&self) -> Identity {
        Identity { name: self.name.clone(), version: Some(self.declared.clone()) }
    }

    /// The version that a gate is to name instead of one that nobody released.
    fn gate(&self, since: &Version) -> Option<Version> {
        let is_upto = |version: &Version| since.cmp_precedence(version).is_le();
        let is_released = is_upto(self.released.as_ref().unwrap_or(&self.next));
        // Within a series each item names the pre-release that it came with.
        let is_of_series = !since.pre.is_empty() && !self.next.pre.is_empty() && is_upto(&self.next);
        let stays = is_released || is_of_series || since.cmp_precedence(&self.next).is_eq();
        (self.corrects_gates && !stays).then(|| self.next.clone())
    }
}

/// One file.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Its path from the top of the working tree, as reports show it.
    pub shown: String,
    pub text: String,
}

/// Whose a file is.
struct Owner {
    /// The package, as an index into the catalog.
    package: usize,
    /// The bundle in its `deps`, and the file in that; `None` for a file of the package itself.
    vendored: Option<(usize, usize)>,
}

/// All files of all packages of a working tree.
pub(super) struct Texts {
    catalog: Catalog,
    files: BTreeMap<PathBuf, (Text, Owner)>,
    /// Where the files of each package are, in the order of its bundle.
    places: Vec<Vec<PathBuf>>,
    /// What packages were in the revision that the working tree is compared with, and may still be vendored.
    before: BTreeMap<Identity, Vec<Contents>>,
}

impl Texts {
    /// The files below `top`. What is no UTF-8 is left out: loading says so.
    pub fn new(catalog: Catalog, top: &Path) -> Texts {
        let place = |path: &str| top.join(path).canonicalize().unwrap_or_else(|_| top.join(path));
        let text = |shown: &str, bytes: &[u8]| {
            std::str::from_utf8(bytes).ok().map(|text| Text { shown: shown.to_owned(), text: text.to_owned() })
        };
        let (mut files, mut places) = (BTreeMap::new(), Vec::new());
        let revisions = || catalog.packages.iter().map(|found| found.revision.as_ref().ok());
        for (package, revision) in revisions().enumerate() {
            let mut own = Vec::new();
            for file in revision.iter().filter(|revision| !revision.main.binary).flat_map(|found| &found.main.files) {
                let path = place(&file.path);
                if let Some(text) = text(&file.path, &file.bytes) {
                    files.insert(path.clone(), (text, Owner { package, vendored: None }));
                }
                own.push(path);
            }
            places.push(own);
        }
        for (package, revision) in revisions().enumerate() {
            let bundles = revision.iter().flat_map(|revision| revision.deps.iter().enumerate());
            for (at, bundle) in bundles.filter(|(_, bundle)| !bundle.binary) {
                for (number, file) in bundle.files.iter().enumerate() {
                    if let Some(text) = text(&file.path, &file.bytes) {
                        // A link to the package itself is the package itself.
                        let owner = Owner { package, vendored: Some((at, number)) };
                        files.entry(place(&file.path)).or_insert((text, owner));
                    }
                }
            }
        }
        Texts { catalog, files, places, before: BTreeMap::new() }
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Remembers what packages were before: a copy of that in somebody's `deps` is one that follows.
    pub fn remember(&mut self, before: &Catalog) {
        for found in &before.packages {
            if let (Some(identity), Ok(revision)) = (found.identity(), &found.revision) {
                self.before.insert(identity.clone(), contents(&revision.main));
            }
        }
    }

    /// The references to versions that nothing declares any more, as somebody raised the package by hand: they are to name
    /// what it is to declare.
    fn left_behind(&self, aims: &[Aim]) -> Vec<Aim> {
        let mut declared: BTreeMap<&String, Vec<&Identity>> = BTreeMap::new();
        let packages = || self.catalog.packages.iter().flat_map(|found| found.outline.packages());
        for identity in packages().map(|package| &package.identity).collect::<BTreeSet<_>>() {
            declared.entry(&identity.name).or_default().push(identity);
        }
        let mut found: BTreeMap<&Identity, Aim> = BTreeMap::new();
        for package in &self.catalog.packages {
            let deps = package.revision.iter().flat_map(|revision| revision.deps.iter());
            let vendored: BTreeSet<String> =
                deps.flat_map(|bundle| bundle.outline().main).map(|package| package.identity.name).collect();
            for asked in package.outline.references.iter().filter(|asked| !vendored.contains(&asked.name)) {
                // Of several versions nobody knows which one is meant.
                let (Some([one]), Some(old)) = (declared.get(&asked.name).map(Vec::as_slice), &asked.version) else {
                    continue;
                };
                let aim = aims.iter().find(|aim| aim.identity() == **one).filter(|aim| aim.declared != *old);
                if let Some(aim) = aim {
                    found.insert(asked, Aim { declared: old.clone(), corrects_gates: false, ..aim.clone() });
                }
            }
        }
        found.into_values().collect()
    }

    /// The file at a path from the top of the working tree.
    pub fn place(&self, shown: &str) -> Option<&PathBuf> {
        self.files.iter().find(|(_, (text, _))| text.shown == shown).map(|(path, _)| path)
    }

    pub fn original(&self, path: &Path) -> Option<&Text> {
        self.files.get(path).map(|(text, _)| text)
    }

    /// The files of a package itself.
    pub fn of_package(&self, package: usize) -> impl Iterator<Item = &Text> {
        self.places[package].iter().filter_map(|path| self.original(path))
    }

    /// The files that differ once every package declares what it aims for, and what they are then. `gates` are edits of
    /// what becomes of the files of packages without them.
    pub fn edited(&self, aims: &[Aim], gates: &BTreeMap<PathBuf, Vec<Edit>>) -> BTreeMap<PathBuf, String> {
        let pinned = self.all_pinned();
        let aims = &[aims, &self.left_behind(aims)].concat()[..];
        let mut edited = BTreeMap::new();
        for (path, (text, owner)) in self.files.iter().filter(|(_, (_, owner))| owner.vendored.is_none()) {
            let edits = self.edits(&text.text, owner.package, aims, &pinned[owner.package], true);
            let new = edit::apply(&text.text, &edits);
            edited.insert(path.clone(), gates.get(path).map_or_else(|| new.clone(), |gates| edit::apply(&new, gates)));
        }
        for (path, (text, owner)) in &self.files {
            let Some((at, number)) = owner.vendored else { continue };
            let pinned = &pinned[owner.package];
            let new = match self.model(owner.package, at, pinned) {
                Some(model) => self.places[model].get(number).and_then(|place| edited.get(place)).cloned(),
                None => None,
            };
            let new = new.unwrap_or_else(|| {
                let edits = self.edits(&text.text, owner.package, aims, pinned, false);
                edit::apply(&text.text, &edits)
            });
            edited.insert(path.clone(), new);
        }
        edited.retain(|path, new| self.original(path).is_some_and(|text| text.text != *new));
        edited
    }

    /// What stands at several places in one version, and differs: these places.
    pub fn doubles(&self) -> BTreeMap<&Identity, Vec<&str>> {
        let mut found: BTreeMap<&Identity, Vec<(&str, Vec<Contents>)>> = BTreeMap::new();
        for package in &self.catalog.packages {
            if let (Some(identity), Ok(revision)) = (package.identity(), &package.revision) {
                found.entry(identity).or_default().push((package.path.as_str(), contents(&revision.main)));
            }
        }
        found.retain(|_, copies| copies.iter().any(|(_, here)| *here != copies[0].1));
        found.into_iter().map(|(name, copies)| (name, copies.into_iter().map(|(path, _)| path).collect())).collect()
    }

    /// What the package of an aim asks for.
    pub fn references(&self, aim: &Aim) -> BTreeSet<Identity> {
        let is_it = |found: &&Found| found.identity() == Some(&aim.identity());
        let found = self.catalog.packages.iter().filter(is_it);
        found.flat_map(|found| found.outline.references.iter().cloned()).collect()
    }

    /// The packages whose references change as these aims are reached.
    pub fn followers(&self, aims: &[Aim]) -> BTreeSet<Identity> {
        let aims = [aims, &self.left_behind(aims)].concat();
        let moved: Vec<Identity> =
            aims.iter().filter(|aim| aim.next != aim.declared).map(|aim| aim.identity()).collect();
        let all_pinned = self.all_pinned();
        let follows = |(found, pinned): &(&Found, &BTreeSet<Identity>)| {
            moved.iter().any(|moved| found.outline.references.contains(moved) && !pinned.contains(moved))
        };
        let packages = self.catalog.packages.iter().zip(&all_pinned).filter(follows);
        packages.flat_map(|(found, _)| found.outline.packages()).map(|package| package.identity.clone()).collect()
    }

    /// Packages that keep a copy of their own of some version, and what that is: they do not follow it.
    pub fn pinned_copies(&self) -> impl Iterator<Item = (&str, Identity)> {
        self.all_pinned().into_iter().zip(&self.catalog.packages).flat_map(|(pinned, found)| {
            let path = found.path.as_str();
            pinned.into_iter().map(move |identity| (path, identity))
        })
    }

    fn edits(&self, text: &str, package: usize, aims: &[Aim], pinned: &BTreeSet<Identity>, own: bool) -> Vec<Edit> {
        let found = &self.catalog.packages[package];
        let main = found.identity().map_or("", |identity| &identity.name);
        // Another version of a package may be kept in the same repository.
        let declares = |aim: &Aim| found.outline.packages().any(|package| package.identity == aim.identity());
        // What a copy in `deps` asks for is not known at a glance.
        let asks_for = |aim: &Aim| !own || found.outline.references.contains(&aim.identity());
        let mut edits = Vec::new();
        for aim in aims {
            let moves = aim.next != aim.declared;
            if own && declares(aim) {
                if moves {
                    edits.extend(edit::declarations(text, &aim.name, &aim.declared, &aim.next));
                }
                edits.extend(edit::gates(text, main, &aim.name, &|since| aim.gate(since)));
            }
            if moves && asks_for(aim) && !pinned.contains(&aim.identity()) {
                edits.extend(edit::references(text, &aim.name, &aim.declared, &aim.next));
            }
        }
        edits
    }

    /// What each package keeps as it is: copies that differ, and what another copy in the same `deps` still asks for.
    fn all_pinned(&self) -> Vec<BTreeSet<Identity>> {
        let mut all: Vec<BTreeSet<Identity>> =
            (0..self.catalog.packages.len()).map(|package| self.pinned(package)).collect();
        // What one keeps, others have to keep beside a copy of it; there are no more packages than that to tell.
        for _ in 0..all.len() {
            let mut is_settled = true;
            for package in 0..all.len() {
                let revision = self.catalog.packages[package].revision.as_ref().ok();
                for bundle in revision.iter().flat_map(|revision| revision.deps.iter()) {
                    let outline = bundle.outline();
                    let identity = outline.main.map(|package| package.identity);
                    let model = identity.filter(|identity| !all[package].contains(identity));
                    let Some(model) = model.and_then(|identity| self.own(&identity)) else { continue };
                    let kept: Vec<Identity> = all[model].intersection(&outline.references).cloned().collect();
                    for identity in kept {
                        is_settled &= !all[package].insert(identity);
                    }
                }
            }
            if is_settled {
                break;
            }
        }
        all
    }

    /// The vendored packages that also stand in the repository, and whose copy is one that somebody keeps as it is.
    fn pinned(&self, package: usize) -> BTreeSet<Identity> {
        let revision = self.catalog.packages[package].revision.as_ref().ok();
        let bundles = revision.iter().flat_map(|revision| revision.deps.iter());
        let identity = |bundle: &Bundle| bundle.outline().main.map(|package| package.identity);
        bundles
            .filter_map(|bundle| Some((bundle, identity(bundle)?)))
            .filter(|(bundle, identity)| self.own(identity).is_some_and(|own| !self.is_copy(bundle, identity, own)))
            .map(|(_, identity)| identity)
            .collect()
    }

    /// The package that a vendored bundle is a copy of.
    fn model(&self, package: usize, bundle: usize, pinned: &BTreeSet<Identity>) -> Option<usize> {
        let bundle = self.catalog.packages[package].revision.as_ref().ok()?.deps.get(bundle)?;
        let identity = bundle.outline().main?.identity;
        if pinned.contains(&identity) { None } else { self.own(&identity) }
    }

    /// The package of the repository that is called so.
    fn own(&self, identity: &Identity) -> Option<usize> {
        self.catalog.packages.iter().position(|found| found.identity() == Some(identity))
    }

    /// Whether a bundle is what the package is, or what it was before.
    fn is_copy(&self, bundle: &Bundle, identity: &Identity, own: usize) -> bool {
        let Ok(revision) = &self.catalog.packages[own].revision else { return false };
        let here = contents(bundle);
        // Of one file the name does not matter.
        let has_same_files =
            here.len() == 1 && revision.main.files.len() == 1 || names(bundle).eq(names(&revision.main));
        has_same_files && (here == contents(&revision.main) || self.before.get(identity) == Some(&here))
    }
}

/// The files of a bundle in the order of their names; a copy may be in a directory of another name.
fn contents(bundle: &Bundle) -> Vec<Contents> {
    bundle.files.iter().map(|file| file.bytes.clone()).collect()
}

/// What the files of a bundle are called, wherever it is.
fn names(bundle: &Bundle) -> impl Iterator<Item = &str> {
    bundle.files.iter().map(|file| file.path.rsplit('/').next().unwrap_or(&file.path))
}
