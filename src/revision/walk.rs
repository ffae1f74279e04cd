//! The directories of a tree in which people may keep WIT.

use super::gather::is_skipped;
use super::tree::{Entry, EntryKind, Tree, join};
use super::{Skipped, SkippedBecause};
use crate::error::Error;

/// A directory, and what is in it.
pub(super) struct Directory<P> {
    /// From the directory where the walk began; empty for that one.
    pub path: String,
    pub entries: Vec<Entry<P>>,
}

/// Directories, those above before those below, and what was left out though it may hold WIT.
pub(super) struct Walk<P> {
    pub directories: Vec<Directory<P>>,
    pub skipped: Vec<Skipped>,
}

/// How deep directories lie in each other at most.
pub(super) const DEEPEST: usize = 64;

/// Every directory below `root`, except hidden ones, `target`, `node_modules`, submodules, and what only a link leads to.
pub(super) fn walk<T: Tree>(tree: &T, root: &T::Place, shown: &str) -> Result<Walk<T::Place>, Error> {
    let mut walk = Walk { directories: Vec::new(), skipped: Vec::new() };
    let mut pending = vec![(root.clone(), String::new(), 0)];
    while let Some((place, path, depth)) = pending.pop() {
        let entries = tree.list(&place, &join(shown, &path))?;
        for entry in entries.iter().rev().filter(|entry| entry.exact && !entry.link && !is_skipped(&entry.name)) {
            let path = join(&path, &entry.name);
            match entry.kind {
                EntryKind::Directory if depth < DEEPEST => pending.push((entry.place.clone(), path, depth + 1)),
                EntryKind::Directory => walk.skipped.push(Skipped { path, because: SkippedBecause::TooDeep }),
                EntryKind::Submodule => walk.skipped.push(Skipped { path, because: SkippedBecause::Submodule }),
                EntryKind::File | EntryKind::Other => {}
            }
        }
        walk.directories.push(Directory { path, entries });
    }
    walk.skipped.sort();
    Ok(walk)
}
