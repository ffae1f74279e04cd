//! The bytes of a file, with what was found out about them: shared by all that hold them, and found out once.

use super::outline::Part;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The bytes of a file. A clone is the same bytes, and equal to them without looking.
#[derive(Clone)]
pub struct Contents {
    bytes: Arc<[u8]>,
    part: Arc<OnceLock<Part>>,
}

impl Contents {
    /// The bytes, to keep.
    pub fn shared(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes)
    }

    /// Whether there is another clone.
    #[cfg(feature = "git")]
    pub(super) fn is_held(&self) -> bool {
        Arc::strong_count(&self.bytes) > 1
    }

    /// What they say about packages.
    pub(super) fn part(&self) -> &Part {
        // What is no UTF-8 is no WIT, and loading says so.
        self.part.get_or_init(|| Part::of(std::str::from_utf8(&self.bytes).unwrap_or_default()))
    }
}

impl Deref for Contents {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Vec<u8>> for Contents {
    fn from(bytes: Vec<u8>) -> Contents {
        Contents { bytes: bytes.into(), part: Arc::default() }
    }
}

impl From<&[u8]> for Contents {
    fn from(bytes: &[u8]) -> Contents {
        Contents { bytes: bytes.into(), part: Arc::default() }
    }
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.fmt(f)
    }
}

impl PartialEq for Contents {
    fn eq(&self, other: &Contents) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes
    }
}

impl Eq for Contents {}

impl PartialOrd for Contents {
    fn partial_cmp(&self, other: &Contents) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Contents {
    fn cmp(&self, other: &Contents) -> Ordering {
        if Arc::ptr_eq(&self.bytes, &other.bytes) { Ordering::Equal } else { self.bytes.cmp(&other.bytes) }
    }
}

impl Hash for Contents {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}
