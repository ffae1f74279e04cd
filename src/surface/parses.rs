//! What was parsed: each directory of files once, wherever and however often it lies about.

use super::comments;
use crate::revision::Bundle;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use wit_parser as wit;

/// The packages that one run has parsed, by what their files hold. Both sides share it.
#[derive(Default)]
pub struct Parses {
    groups: Mutex<HashMap<Key, Arc<wit::UnresolvedPackageGroup>>>,
    count: AtomicUsize,
}

/// The contents of the files, in order of their names.
type Key = Vec<Arc<[u8]>>;

impl Parses {
    /// How many packages were parsed.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// The package of `bundle`, if one of the same files was parsed, under the paths of this one.
    pub(super) fn get(&self, bundle: &Bundle) -> Option<wit::UnresolvedPackageGroup> {
        let found = Arc::clone(self.groups.lock().ok()?.get(&key(bundle))?);
        let mut group = (*found).clone();
        let mut map = wit::SourceMap::new();
        for file in &bundle.files {
            // Places are counted in bytes over all files, and these are as long as those.
            map.push_str(&file.path, comments::without_plain(std::str::from_utf8(&file.bytes).ok()?));
        }
        group.source_map = map;
        Some(group)
    }

    /// Keeps what was parsed.
    pub(super) fn keep(&self, bundle: &Bundle, group: &wit::UnresolvedPackageGroup) {
        self.count.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut groups) = self.groups.lock() {
            groups.insert(key(bundle), Arc::new(group.clone()));
        }
    }
}

fn key(bundle: &Bundle) -> Key {
    bundle.files.iter().map(|file| Arc::clone(&file.bytes)).collect()
}
