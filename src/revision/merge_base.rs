//! Where two lines of history parted, told only where the history that decides it is here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use git2::{ErrorClass, ErrorCode, Oid, Repository};

use super::{Options, incomplete};
use crate::error::{Error, ErrorKind};

/// A commit, and what messages call it.
pub(super) struct Tip {
    pub id: Oid,
    pub called: String,
}

/// The best common ancestor of two commits.
pub(super) struct MergeBase {
    pub id: Oid,
    /// How many others are as good, after merges that crossed.
    pub others: usize,
}

/// Finds the merge base that `git merge-base` prints, the newest one of several.
///
/// In a shallow clone the answer must not depend on what was left out: no history may be cut off before it comes to
/// the merge base.
pub(super) fn merge_base(repository: &Repository, one: &Tip, two: &Tip, options: &Options) -> Result<MergeBase, Error> {
    let lost = |error: git2::Error| {
        let message =
            format!("cannot follow the history of `{}` and `{}`: {}", one.called, two.called, error.message());
        Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options))
    };
    let mut bases = match repository.merge_bases(one.id, two.id) {
        Ok(bases) => bases.to_vec(),
        Err(error) if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Merge => Vec::new(),
        Err(error) => return Err(lost(error)),
    };
    let boundary = incomplete::boundary(repository);
    if !boundary.is_empty()
        && !bases.iter().any(|base| *base == one.id || *base == two.id)
        && let Some(cut) = cut(repository, &[one.id, two.id], &bases, &boundary).map_err(lost)?
    {
        let cut = &cut.to_string()[..12];
        let message = format!(
            "the merge base of `{}` and `{}` cannot be told in this shallow clone: the history is cut off at {cut}",
            one.called, two.called
        );
        return Err(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options)));
    }
    let time = |id: &Oid| repository.find_commit(*id).map_or(i64::MIN, |commit| commit.time().seconds());
    let newest = bases.iter().map(time).max();
    let others = bases.len().saturating_sub(1);
    bases.retain(|base| Some(time(base)) == newest);
    let id = match bases.as_slice() {
        [] => None,
        [id] => Some(*id),
        equal => first_met(repository, one.id, two.id, equal).map_err(lost)?,
    };
    match id {
        Some(id) => Ok(MergeBase { id, others }),
        None => {
            let message = format!("`{}` and `{}` have no common history", one.called, two.called);
            Err(Error::new(ErrorKind::Unreadable, message)
                .hint("name the old revision itself: `A..B` compares any two"))
        }
    }
}

impl MergeBase {
    /// "the merge base of `main` and `HEAD`", with what there is to be said of it.
    pub fn says(&self, begin: &str) -> String {
        match self.others {
            0 => begin.to_owned(),
            1 => format!("{begin}, the newer one of two"),
            others => format!("{begin}, the newest one of {}", others + 1),
        }
    }
}

/// A commit that tells nothing of its parents, among those that lead from `tips` to `bases`.
fn cut(
    repository: &Repository,
    tips: &[Oid],
    bases: &[Oid],
    boundary: &BTreeSet<Oid>,
) -> Result<Option<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    for tip in tips {
        walk.push(*tip)?;
    }
    // Which one of several is an ancestor of another may be cut off as well.
    if let [base] = bases {
        walk.hide(*base)?;
    }
    for id in walk {
        let id = id?;
        if boundary.contains(&id) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The first one of `bases`, all equally old, that git meets from both sides: newest commits first, and of equally old
/// ones the one that was named first.
fn first_met(repository: &Repository, one: Oid, two: Oid, bases: &[Oid]) -> Result<Option<Oid>, git2::Error> {
    let mut met_by: BTreeMap<Oid, u8> = BTreeMap::new();
    let mut queue = BinaryHeap::new();
    let mut named = 0usize;
    for (tip, side) in [(one, 1), (two, 2)] {
        met_by.insert(tip, side);
        queue.push((repository.find_commit(tip)?.time().seconds(), Reverse(named), tip));
        named += 1;
    }
    while let Some((_, _, id)) = queue.pop() {
        let sides = met_by.get(&id).copied().unwrap_or_default();
        if sides == 3 && bases.contains(&id) {
            return Ok(Some(id));
        }
        for parent in repository.find_commit(id)?.parents() {
            let met = met_by.entry(parent.id()).or_default();
            if *met | sides != *met {
                *met |= sides;
                queue.push((parent.time().seconds(), Reverse(named), parent.id()));
                named += 1;
            }
        }
    }
    Ok(bases.first().copied())
}
