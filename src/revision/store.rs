//! What was read from git: each blob and each tree once, whatever number of packages and revisions hold it.

#[cfg(feature = "git")]
use super::{Contents, git::Listing};
#[cfg(feature = "git")]
use crate::memo::Memo;
#[cfg(feature = "git")]
use git2::Oid;
#[cfg(feature = "git")]
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What one run has read, by id. Both sides share it.
#[derive(Debug, Default)]
pub struct Store {
    #[cfg(feature = "git")]
    blobs: Memo<Oid, Contents>,
    reads: AtomicUsize,
    #[cfg(feature = "git")]
    trees: Memo<Oid, Arc<Listing>>,
}

impl Store {
    /// How many blobs were read.
    pub fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }

    /// Gives back what nobody else holds any more; it is read again if need be.
    #[cfg(feature = "git")]
    pub fn release(&self) {
        self.trees.retain(|_, _| false);
        self.blobs.retain(|_, contents| contents.is_some_and(Contents::is_held));
    }

    /// The blob of that id, which `read` reads if nobody has yet.
    #[cfg(feature = "git")]
    pub(super) fn read<E>(&self, id: Oid, read: impl FnOnce() -> Result<Contents, E>) -> Result<Contents, E> {
        self.blobs.get(&id, || {
            let contents = read()?;
            self.reads.fetch_add(1, Ordering::Relaxed);
            Ok(contents)
        })
    }

    /// Whether the blob of that id was read, or is being read.
    #[cfg(feature = "git")]
    pub(super) fn has(&self, id: Oid) -> bool {
        self.blobs.has(&id)
    }

    /// The entries of the tree of that id, which `list` lists if nobody has yet.
    #[cfg(feature = "git")]
    pub(super) fn tree<E>(&self, id: Oid, list: impl FnOnce() -> Result<Listing, E>) -> Result<Arc<Listing>, E> {
        self.trees.get(&id, || list().map(Arc::new))
    }
}
