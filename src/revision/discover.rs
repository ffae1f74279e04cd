//! Finds the packages of a tree: each directory that declares one, unless it is vendored for another.

use super::gather::{self, Input, Package};
use super::tree::{EntryKind, Tree, join};
use super::walk::Directory;
use super::{Skipped, outline};
use crate::error::Error;

/// The packages of a tree.
pub(super) struct Discovered {
    /// Sorted by path, which counts from the directory where the search began.
    pub packages: Vec<Package>,
    /// What was not looked into.
    pub skipped: Vec<Skipped>,
}

/// Finds every package at or below the directory `input`.
pub(super) fn discover<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> Result<Discovered, Error> {
    let walk = tree.walk(&input.place, &input.typed)?;
    let entries = walk.directories.iter().flat_map(|directory| &directory.entries);
    tree.read_ahead(entries.filter(|entry| gather::is_wit(entry)).map(|entry| &entry.place), limit);
    let mut packages: Vec<Package> = Vec::new();
    let mut vendored: Vec<String> = Vec::new();
    for directory in walk.directories {
        let Directory { path, entries } = directory;
        let is_vendored = vendored.iter().any(|deps| path.strip_prefix(deps.as_str()).is_some_and(is_below));
        if is_vendored || !entries.iter().any(gather::is_wit) {
            continue;
        }
        let shown = join(&input.typed, &path);
        let files = gather::wit_files(tree, &entries, &path, &shown, limit)?;
        if !outline::declares_package(&files) {
            continue;
        }
        if entries.iter().any(|entry| entry.name == "deps" && entry.kind == EntryKind::Directory) {
            vendored.push(join(&path, "deps"));
        }
        packages.push(gather::package(tree, &entries, &path, &shown, files, limit));
    }
    packages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Discovered { packages, skipped: walk.skipped })
}

fn is_below(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}
