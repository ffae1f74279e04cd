//! What was read from git: each blob once, whatever number of packages and revisions hold it.

use crate::error::Error;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The blobs that one run has read, by id. Both sides share it.
#[derive(Debug, Default)]
pub struct Store {
    blobs: Mutex<HashMap<Vec<u8>, Arc<[u8]>>>,
    reads: AtomicUsize,
}

impl Store {
    /// How many blobs were read.
    pub fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }

    /// The blob of that id, which `read` reads if nobody has yet.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "files on disk have no id"))]
    pub(super) fn read(&self, id: &[u8], read: impl FnOnce() -> Result<Arc<[u8]>, Error>) -> Result<Arc<[u8]>, Error> {
        if let Some(found) = self.blobs.lock().ok().and_then(|blobs| blobs.get(id).cloned()) {
            return Ok(found);
        }
        let bytes = read()?;
        self.reads.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut blobs) = self.blobs.lock() {
            blobs.insert(id.to_vec(), Arc::clone(&bytes));
        }
        Ok(bytes)
    }
}
