//! What of the working tree is not in the last commit.

use std::path::PathBuf;

use git2::StatusOptions;

use super::{Options, repository};
use crate::error::{Error, ErrorKind};

/// The canonical path of the top of the working tree that one stands in.
///
/// # Errors
/// `Unreadable` where there is no repository, or one without a working tree.
pub fn top(options: &Options) -> Result<PathBuf, Error> {
    let repository = repository::open(options)?;
    let top = repository::working_tree(&repository)?;
    top.canonicalize().map_err(|error| {
        Error::new(ErrorKind::Unreadable, format!("cannot read the working tree at `{}`: {error}", top.display()))
    })
}

/// The `*.wit` files of the working tree that differ from the last commit: changed, staged, in conflict, or new and not
/// ignored; with `all`, every file that does. Sorted, relative to the top of the working tree.
///
/// # Errors
/// As [`top`], and where git cannot tell.
pub fn dirty(options: &Options, all: bool) -> Result<Vec<String>, Error> {
    let repository = repository::open(options)?;
    repository::working_tree(&repository)?;
    let mut asked = StatusOptions::new();
    asked.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false).exclude_submodules(true);
    if !all {
        asked.pathspec("*.wit");
    }
    let statuses = repository.statuses(Some(&mut asked)).map_err(|error| {
        Error::new(ErrorKind::Unreadable, format!("cannot tell what changed in the working tree: {}", error.message()))
            .hint("`git status` may say more")
    })?;
    let paths = statuses.iter().map(|entry| String::from_utf8_lossy(entry.path_bytes()).into_owned());
    let mut paths: Vec<String> = paths.filter(|path| all || path.ends_with(".wit")).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}
