//! What the branches and tags of a repository are called.

use git2::Repository;

use super::{Options, repository};

/// The short names of all branches and tags, sorted; none where there is no repository.
pub fn names(options: &Options) -> Vec<String> {
    let mut names = repository::open(options).map(|repository| of(&repository)).unwrap_or_default();
    names.sort();
    names.dedup();
    names
}

pub(super) fn of(repository: &Repository) -> Vec<String> {
    const LOOKED_AT: usize = 20_000;
    let Ok(references) = repository.references() else { return Vec::new() };
    let named = references.flatten().take(LOOKED_AT);
    named.map(|reference| String::from_utf8_lossy(reference.shorthand_bytes()).into_owned()).collect()
}
