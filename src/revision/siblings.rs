//! Finds packages beside a package that has no `deps`, in the layouts that WASI itself uses.
//!
//! Candidates only: what cannot be read is passed over without a word, since nobody asked for it.

use std::collections::BTreeSet;

use super::gather::{is_skipped, wit_files};
use super::tree::{EntryKind, Tree, join};
use super::{Bundle, SourceFile};

const CANDIDATES: usize = 2000;

/// All siblings together; the sources of every published WASI package are less than a tenth of it.
const BYTES: u64 = 64 << 20;

/// The packages in `../*` and, for a directory called `wit…`, in `../../*/<same name>` and `../../*/wit`.
///
/// `nested` says that the package is in the directory `wit` of the input rather than the input itself, which makes
/// every path one step shorter.
pub(super) fn siblings<T: Tree>(tree: &T, main: &T::Place, nested: bool, limit: u64) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    let mut bytes = 0u64;
    for (place, path) in candidates(tree, main) {
        let path = if nested { path.strip_prefix("../").unwrap_or(&path).to_owned() } else { path };
        let Ok(entries) = tree.list(&place, &path) else { continue };
        let Ok(files) = wit_files(tree, &entries, &path, &path, limit) else { continue };
        let size = files.iter().map(|file: &SourceFile| file.bytes.len() as u64).sum::<u64>();
        if !files.is_empty() && bytes + size <= BYTES {
            bytes += size;
            bundles.push(Bundle { path, files, binary: false });
        }
    }
    bundles.sort();
    bundles
}

/// Directories to look into, with their paths relative to the package, each once and the package itself never.
fn candidates<T: Tree>(tree: &T, main: &T::Place) -> Vec<(T::Place, String)> {
    let mut found = Vec::new();
    let Some(main) = tree.canonical(main) else { return found };
    let Some(parent) = tree.parent(&main) else { return found };
    found.extend(directories(tree, &parent, ".."));
    let name = tree.name(&main);
    if name.starts_with("wit")
        && let Some(grandparent) = tree.parent(&parent)
    {
        for (place, path) in directories(tree, &grandparent, "../..") {
            for name in BTreeSet::from([name.as_str(), "wit"]) {
                found.push((tree.child(&place, name), join(&path, name)));
            }
        }
    }
    found.truncate(CANDIDATES);
    let mut seen = BTreeSet::from([main]);
    found.retain(|(place, _)| tree.canonical(place).is_some_and(|place| seen.insert(place)));
    found
}

fn directories<T: Tree>(tree: &T, parent: &T::Place, path: &str) -> Vec<(T::Place, String)> {
    let entries = tree.list(parent, path).unwrap_or_default();
    let directories =
        entries.into_iter().filter(|entry| entry.kind == EntryKind::Directory && !is_skipped(&entry.name));
    directories.map(|entry| (entry.place, join(path, &entry.name))).collect()
}
