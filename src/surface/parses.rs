//! What was parsed: each directory of files once, wherever and however often it lies about.

use super::comments;
use crate::error::Error;
use crate::memo::Memo;
use crate::revision::{Bundle, Revision};
use std::collections::HashMap;
#[cfg(feature = "git")]
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use wit_parser as wit;

/// The packages that one run has parsed, by what their files hold. Both sides share it.
#[derive(Default)]
pub struct Parses {
    groups: Memo<Key, Arc<wit::UnresolvedPackageGroup>>,
    count: AtomicUsize,
    /// How often each will still be asked for, where that is known; [`ALWAYS`] for candidates, which are tried.
    uses: Mutex<HashMap<Key, usize>>,
}

/// The contents of the files, in order of their names.
type Key = Vec<Arc<[u8]>>;

impl Parses {
    /// How many packages were parsed.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Says that a revision will be resolved once more: what nobody will ask for again is not kept.
    pub fn expect(&self, revision: &Revision) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let certain = std::iter::once(&revision.main).chain(&revision.deps).map(|bundle| (bundle, 1));
        for (bundle, more) in certain.chain(revision.siblings.iter().map(|bundle| (bundle, ALWAYS))) {
            let count = uses.entry(key(bundle)).or_default();
            *count = count.saturating_add(more);
        }
    }

    /// Gives back all packages but those of some revisions; they are parsed again if need be.
    #[cfg(feature = "git")]
    pub fn release_all_but<'a>(&self, revisions: impl Iterator<Item = &'a Revision>) {
        let bundles = revisions
            .flat_map(|revision| std::iter::once(&revision.main).chain(&revision.deps).chain(&revision.siblings));
        let kept: HashSet<Key> = bundles.map(key).collect();
        self.groups.retain(|key, _| kept.contains(key));
        self.uses.lock().unwrap_or_else(PoisonError::into_inner).retain(|key, _| kept.contains(key));
    }

    /// The package of `bundle`, under its paths, which `parse` parses if nobody has yet.
    pub(super) fn get(
        &self,
        bundle: &Bundle,
        parse: impl FnOnce() -> Result<wit::UnresolvedPackageGroup, Error>,
    ) -> Result<wit::UnresolvedPackageGroup, Error> {
        let mut is_new = false;
        let key = key(bundle);
        let found = self.groups.get(&key, || {
            is_new = true;
            let group = parse()?;
            self.count.fetch_add(1, Ordering::Relaxed);
            Ok(Arc::new(group))
        })?;
        if self.is_last(&key) {
            self.groups.forget(&key);
        }
        let mut group = Arc::unwrap_or_clone(found);
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

    fn is_last(&self, key: &Key) -> bool {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        match uses.get_mut(key) {
            None | Some(&mut ALWAYS) => false,
            Some(left) => {
                *left = left.saturating_sub(1);
                *left == 0
            }
        }
    }
}

const ALWAYS: usize = usize::MAX;

fn key(bundle: &Bundle) -> Key {
    bundle.files.iter().map(|file| file.bytes.shared()).collect()
}
