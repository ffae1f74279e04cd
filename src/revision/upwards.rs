//! A file that speaks for a directory and for all that is below it.

use super::Options;
use super::contents::Contents;
use super::disk;
#[cfg(feature = "git")]
use super::git;
use super::spec::{self, Reading};
use super::target::Target;
use super::tree::{EntryKind, Tree, join};
use crate::error::{Error, ErrorKind};

/// Such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upwards {
    /// What a user would type for it.
    pub shown: String,
    /// What is in it.
    pub contents: Contents,
    /// The names from its directory down to the target; none where that is the directory, or a file in it.
    pub below: Vec<String>,
}

/// The file `name` in the directory that a target is, or that holds it, or the nearest above; the top of a repository is
/// as far as it goes. `None` where there is none, and where the target is not there: whoever reads that says so.
///
/// What a git revision or the index holds, is looked for there, whatever is on the disk.
///
/// # Errors
/// A file that cannot be read.
pub fn upwards(target: &Target, name: &str, options: &Options) -> Result<Option<Upwards>, Error> {
    let Ok(reading) = spec::read(&target.input, options) else { return Ok(None) };
    match reading {
        Reading::Path(path) => disk::upwards(path, name, options),
        Reading::Standard => disk::upwards(".", name, options),
        #[cfg(feature = "git")]
        Reading::Revision { rev, path } => git::upwards(rev, path, name, options),
        #[cfg(not(feature = "git"))]
        Reading::Revision { .. } => Ok(None),
        Reading::Neither(_) => Ok(None),
    }
}

/// A file that was named itself.
///
/// # Errors
/// A file that is not there, or cannot be read.
pub fn beside(path: &str, options: &Options) -> Result<Upwards, Error> {
    disk::named(path, options)
}

/// The same in one tree. `called` is what a user would type for a directory, by its names from where it is found.
pub(super) fn search<T: Tree>(
    tree: &T,
    start: &T::Place,
    name: &str,
    called: impl Fn(&T::Place) -> String,
    limit: u64,
) -> Result<Option<(String, Contents, Vec<String>)>, Error> {
    let Some(mut here) = tree.canonical(start) else { return Ok(None) };
    let mut below = Vec::new();
    if tree.kind(&here, &called(&here)).is_ok_and(|kind| kind == Some(EntryKind::File)) {
        match tree.parent(&here) {
            Some(parent) => here = parent,
            None => return Ok(None),
        }
    }
    loop {
        let file = tree.child(&here, name);
        let shown = join(&called(&here), name);
        let kind = match tree.kind(&file, &shown) {
            Ok(kind) => kind,
            // Of a directory that nobody may read or enter, whoever reads what is judged says so.
            Err(_) if !is_listed(tree, &here, name) => return Ok(None),
            Err(error) => return Err(error),
        };
        match kind {
            Some(EntryKind::File) => {
                below.reverse();
                return Ok(Some((shown.clone(), tree.read(&file, &shown, limit)?, below)));
            }
            Some(_) => return Err(Error::new(ErrorKind::Unreadable, format!("`{shown}` is not a file"))),
            None => {}
        }
        let Some(parent) = tree.parent(&here) else { return Ok(None) };
        below.push(tree.name(&here));
        here = parent;
    }
}

fn is_listed<T: Tree>(tree: &T, directory: &T::Place, name: &str) -> bool {
    tree.list(directory, "").is_ok_and(|entries| entries.iter().any(|entry| entry.name == name))
}
