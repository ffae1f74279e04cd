//! What was parsed: each directory of files once, wherever and however often it lies about.

use super::comments;
use crate::error::Error;
use crate::memo::Memo;
use crate::revision::Bundle;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use wit_parser as wit;

/// The packages that one run has parsed, by what their files hold. Both sides share it.
#[derive(Default)]
pub struct Parses {
    groups: Memo<Key, Arc<wit::UnresolvedPackageGroup>>,
    count: AtomicUsize,
    /// What is kept, where that is not everything.
    kept: OnceLock<HashSet<Key>>,
}

/// The contents of the files, in order of their names.
type Key = Vec<Arc<[u8]>>;

impl Parses {
    /// How many packages were parsed.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Says that no other bundles will be asked for, so that only what is twice among them is kept.
    pub fn expect<'a>(&self, bundles: impl Iterator<Item = &'a Bundle>) {
        let mut seen = HashSet::new();
        let twice = bundles.map(key).filter(|key| !seen.insert(key.clone())).collect();
        self.kept.get_or_init(|| twice);
    }

    /// The package of `bundle`, under its paths, which `parse` parses if nobody has yet.
    pub(super) fn get(
        &self,
        bundle: &Bundle,
        parse: impl FnOnce() -> Result<wit::UnresolvedPackageGroup, Error>,
    ) -> Result<wit::UnresolvedPackageGroup, Error> {
        let mut is_new = false;
        let counted = || {
            is_new = true;
            let group = parse()?;
            self.count.fetch_add(1, Ordering::Relaxed);
            Ok(group)
        };
        let key = key(bundle);
        if self.kept.get().is_some_and(|kept| !kept.contains(&key)) {
            return counted();
        }
        let found = self.groups.get(&key, || counted().map(Arc::new))?;
        let mut group = (*found).clone();
        if !is_new {
            let mut map = wit::SourceMap::new();
            for file in &bundle.files {
                // Places are counted in bytes over all files, and these are as long as those.
                map.push_str(&file.path, comments::without_plain(std::str::from_utf8(&file.bytes).unwrap_or_default()));
            }
            group.source_map = map;
        }
        Ok(group)
    }
}

fn key(bundle: &Bundle) -> Key {
    bundle.files.iter().map(|file| file.bytes.shared()).collect()
}
