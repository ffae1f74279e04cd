//! Where two lines of history parted, told only where the history that decides it is here.

use std::collections::BTreeSet;

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
    bases.sort_by_key(|base| std::cmp::Reverse(time(base)));
    match bases.first() {
        Some(&id) => Ok(MergeBase { id, others: bases.len() - 1 }),
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
