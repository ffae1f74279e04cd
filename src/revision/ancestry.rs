//! Commits and their parents, as far as they are in this clone.

use std::collections::{BTreeSet, HashSet};

use git2::{Oid, Repository};

/// The commits behind a tip.
pub(super) struct Ancestry {
    /// With their parents among them, parents before children.
    pub commits: Vec<(Oid, Vec<Oid>)>,
    /// A commit whose parents a shallow clone left out.
    pub cut: Option<Oid>,
}

/// The history of `tip` without that of `hidden`.
pub(super) fn ancestry(
    repository: &Repository,
    tip: Oid,
    hidden: &HashSet<Oid>,
    boundary: &BTreeSet<Oid>,
) -> Result<Ancestry, git2::Error> {
    let mut found = Ancestry { commits: Vec::new(), cut: None };
    let mut seen = HashSet::new();
    let mut open: Vec<(Oid, Vec<Oid>, usize)> = Vec::new();
    let mut next = Some(tip);
    loop {
        if let Some(id) = next.take().filter(|id| !hidden.contains(id) && seen.insert(*id)) {
            let parents = if boundary.contains(&id) {
                found.cut = found.cut.or(Some(id));
                Vec::new()
            } else {
                repository.find_commit(id)?.parent_ids().collect()
            };
            open.push((id, parents, 0));
        }
        let Some((_, parents, at)) = open.last_mut() else { return Ok(found) };
        next = parents.get(*at).copied();
        *at += 1;
        if next.is_none()
            && let Some((id, mut parents, _)) = open.pop()
        {
            parents.retain(|parent| !hidden.contains(parent));
            found.commits.push((id, parents));
        }
    }
}

/// The commits of a branch, merges without what they merged.
pub(super) struct Branch {
    /// Oldest first.
    pub commits: Vec<Oid>,
    /// The first parent of the oldest one.
    pub base: Option<Oid>,
    /// The oldest one, where a shallow clone left out its parents.
    pub cut: Option<Oid>,
}

/// The commits from `tip` along first parents, up to those that are `hidden`.
pub(super) fn first_parents(
    repository: &Repository,
    tip: Oid,
    hidden: &HashSet<Oid>,
    boundary: &BTreeSet<Oid>,
) -> Result<Branch, git2::Error> {
    let mut found = Branch { commits: Vec::new(), base: None, cut: None };
    let mut next = Some(tip);
    while let Some(id) = next {
        if hidden.contains(&id) {
            found.base = next;
            break;
        }
        found.commits.push(id);
        if boundary.contains(&id) {
            found.cut = next;
            break;
        }
        next = repository.find_commit(id)?.parent_id(0).ok();
    }
    found.commits.reverse();
    Ok(found)
}
