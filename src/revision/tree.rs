//! The questions that a directory on disk and a git tree both answer.
//!
//! Deliberately absent: which files matter. That is `gather`'s, written once over this trait.

use super::Contents;
use super::walk::{self, Walk};
use crate::error::{Error, ErrorKind};

/// What stands at a place, links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Directory,
    File,
    /// A directory whose contents are in another repository.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "on disk it is a directory"))]
    Submodule,
    /// Something that reading refuses, and says why: a link that leads nowhere, a device.
    Other,
}

/// One entry of a directory.
pub(super) struct Entry<P> {
    /// The name, made printable.
    pub name: String,
    /// Whether `name` is the name as it stands, which takes UTF-8.
    pub exact: bool,
    pub kind: EntryKind,
    /// Whether a symbolic link leads there.
    pub link: bool,
    pub place: P,
}

/// Files in directories. `shown` is always what the user would type for a place, for messages.
pub(super) trait Tree: Sized {
    type Place: Clone + Ord;

    /// What is at `place`, or `None` if nothing is.
    fn kind(&self, place: &Self::Place, shown: &str) -> Result<Option<EntryKind>, Error>;

    /// The entries of a directory, sorted by the bytes of their names.
    fn list(&self, directory: &Self::Place, shown: &str) -> Result<Vec<Entry<Self::Place>>, Error>;

    /// The contents of a file of at most `limit` bytes.
    fn read(&self, file: &Self::Place, shown: &str, limit: u64) -> Result<Contents, Error>;

    /// Reads files that will be asked for, where that is faster for many than for one after the other.
    fn read_ahead<'a>(&self, _files: impl Iterator<Item = &'a Self::Place>, _limit: u64)
    where
        Self::Place: 'a,
    {
    }

    /// The place called `name` in `directory`; there need not be anything.
    fn child(&self, directory: &Self::Place, name: &str) -> Self::Place;

    /// The one name that a place has when no link is in its path; `None` if there is nothing.
    fn canonical(&self, place: &Self::Place) -> Option<Self::Place>;

    /// The directory above a canonical place, unless that would leave what belongs together.
    fn parent(&self, canonical: &Self::Place) -> Option<Self::Place>;

    /// The last name of a canonical place, made printable.
    fn name(&self, canonical: &Self::Place) -> String;

    /// The directory of the repository that a canonical place is in, and the names from there to it; `None` outside of
    /// every repository.
    fn repository(&self, canonical: &Self::Place) -> Option<(Self::Place, Vec<String>)>;

    /// The directories at and below `root` in which people may keep WIT.
    fn walk(&self, root: &Self::Place, shown: &str) -> Result<Walk<Self::Place>, Error> {
        walk::walk(self, root, shown)
    }
}

/// What the user would type for `name` in the directory that they typed as `directory`.
pub(super) fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() || directory.ends_with([':', '/']) {
        format!("{directory}{name}")
    } else {
        format!("{directory}/{name}")
    }
}

/// The refusal of a file of `size` bytes, or of one that is not even counted to its end.
pub(super) fn oversize(shown: &str, size: Option<u64>, limit: u64) -> Error {
    let size = size.map_or("larger than".to_owned(), |size| format!("{size} bytes, over"));
    Error::new(ErrorKind::Unreadable, format!("`{shown}` is {size} the limit of {limit} bytes"))
        .hint("`--max-file-size` raises the limit")
}
