//! Reads many blobs before they are asked for, on all cores: taking them apart is most of what a repository costs.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use git2::{ObjectType, Oid, Repository};

use super::Contents;
use super::store::Store;

/// Why there is no blob.
pub(super) enum Unread {
    NoFile,
    /// So many bytes.
    Oversize(u64),
    Object(git2::Error),
}

/// Fewer blobs are read before a thread has begun to.
const FEW: usize = 64;

/// The blob of that id, of at most `limit` bytes, which is read if nobody has yet.
pub(super) fn blob(repository: &Repository, store: &Store, id: Oid, limit: u64) -> Result<Contents, Unread> {
    store.read(id, || {
        let (size, kind) = repository.odb().and_then(|odb| odb.read_header(id)).map_err(Unread::Object)?;
        if kind != ObjectType::Blob {
            return Err(Unread::NoFile);
        }
        if size as u64 > limit {
            return Err(Unread::Oversize(size as u64));
        }
        Ok(repository.find_blob(id).map_err(Unread::Object)?.content().into())
    })
}

/// Reads and outlines those blobs of `ids` that nobody has read yet. What cannot be read is for others to say.
pub(super) fn read_ahead(repository: &Repository, store: &Store, ids: &[Oid], limit: u64) {
    let ids: Vec<Oid> = ids.iter().copied().filter(|id| !store.has(*id)).collect();
    let helpers = thread::available_parallelism().map_or(0, |cores| cores.get() - 1).min(ids.len() / FEW);
    if helpers == 0 {
        return;
    }
    let next = AtomicUsize::new(0);
    let path = repository.path();
    let read = |repository: &Repository| {
        while let Some(&id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Ok(contents) = blob(repository, store, id, limit) {
                contents.part();
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..helpers {
            // A repository is for one thread. Where there is no thread or no second repository, this one does it all.
            let help = || Repository::open(path).map_or((), |repository| read(&repository));
            let _ = thread::Builder::new().spawn_scoped(scope, help);
        }
        read(repository);
    });
}
