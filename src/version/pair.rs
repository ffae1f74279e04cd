//! Which of several versions of one package is the successor of which.

use super::track;
use semver::Version;

/// One version of a package, and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The version that it declares.
    pub version: Option<&'a Version>,
    /// Where it is; only of interest where two declare the same.
    pub path: &'a str,
}

/// Two versions of one package, as indices of what was given, or one that has no counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pair {
    /// On both sides.
    Both(usize, usize),
    /// On the old side only.
    Removed(usize),
    /// On the new side only.
    Added(usize),
}

/// Pairs the versions of one package: the same version first, then the same track, a pre-release being on the track of
/// its release (SEMANTICS 6). Only where nothing of the name continues its track, what is left is paired in order of
/// the versions: the package has moved on to another track. Of equals, those at the same path.
///
/// ```
/// use wit_diff::version::{Candidate, Pair, pair};
/// let versions = |versions: &[&str]| versions.iter().map(|v| v.parse().unwrap()).collect::<Vec<semver::Version>>();
/// let pairs = |old: &[&str], new: &[&str]| {
///     let (old, new) = (versions(old), versions(new));
///     let candidate = |version| Candidate { version: Some(version), path: "" };
///     pair(&old.iter().map(candidate).collect::<Vec<_>>(), &new.iter().map(candidate).collect::<Vec<_>>())
/// };
/// assert_eq!(pairs(&["0.2.0"], &["0.2.12", "0.3.0-rc.1"]), [Pair::Both(0, 0), Pair::Added(1)]);
/// assert_eq!(pairs(&["0.2.12", "0.3.0-rc.1"], &["0.3.0"]), [Pair::Both(1, 0), Pair::Removed(0)]);
/// assert_eq!(pairs(&["0.2.12"], &["0.3.0"]), [Pair::Both(0, 0)]);
/// ```
pub fn pair(old: &[Candidate<'_>], new: &[Candidate<'_>]) -> Vec<Pair> {
    let sorted = |candidates: &[Candidate<'_>]| {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|&at| (candidates[at].version, candidates[at].path));
        order
    };
    let (mut left, mut right) = (sorted(old), sorted(new));
    let mut pairs = Vec::new();
    let mut take = |same: &dyn Fn(&Candidate<'_>, &Candidate<'_>) -> bool, pairs: &mut Vec<Pair>| {
        left.retain(|&a| match right.iter().position(|&b| same(&old[a], &new[b])) {
            Some(at) => {
                pairs.push(Pair::Both(a, right.remove(at)));
                false
            }
            None => true,
        });
    };
    let track = |candidate: &Candidate<'_>| track::of(&candidate.version.cloned());
    take(&|a, b| a.version == b.version && a.path == b.path, &mut pairs);
    take(&|a, b| a.version == b.version, &mut pairs);
    take(&|a, b| track(a) == track(b) && a.path == b.path, &mut pairs);
    take(&|a, b| track(a) == track(b), &mut pairs);
    if pairs.is_empty() {
        take(&|_, _| true, &mut pairs);
    }
    pairs.sort();
    pairs.extend(left.into_iter().map(Pair::Removed));
    pairs.extend(right.into_iter().map(Pair::Added));
    pairs
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Pair, pair};
    use semver::Version;

    /// Pairs versions at paths, written `path 1.2.3` or `path` where none is declared.
    fn pairs(old: &[&str], new: &[&str]) -> Vec<Pair> {
        let parsed = |texts: &[&str]| -> Vec<(String, Option<Version>)> {
            let one = |text: &&str| match text.split_once(' ') {
                Some((path, version)) => (path.to_owned(), version.parse().ok()),
                None => (text.to_string(), None),
            };
            texts.iter().map(one).collect()
        };
        let (old, new) = (parsed(old), parsed(new));
        fn candidates(parsed: &[(String, Option<Version>)]) -> Vec<Candidate<'_>> {
            parsed.iter().map(|(path, version)| Candidate { version: version.as_ref(), path }).collect()
        }
        pair(&candidates(&old), &candidates(&new))
    }

    #[test]
    fn what_continues_what() {
        use Pair::{Added, Both, Removed};
        for (old, new, expected) in [
            (&["a 1.0.0"][..], &["b 1.0.0"][..], &[Both(0, 0)][..]),
            (&["a"], &["a 1.0.0"], &[Both(0, 0)]),
            (&["a 0.1.0", "b 0.2.0"], &["a 0.2.1", "b 0.3.0"], &[Both(1, 0), Removed(0), Added(1)]),
            (&["a 1.0.0", "b 1.1.0"], &["a 1.0.1", "b 1.1.1"], &[Both(0, 0), Both(1, 1)]),
            (&["a 1.0.0", "b 1.0.0"], &["b 1.0.0", "a 1.0.0"], &[Both(0, 1), Both(1, 0)]),
            (&["a 1.0.0", "b 2.0.0"], &["c 3.0.0", "d 4.0.0"], &[Both(0, 0), Both(1, 1)]),
            (&["a 0.3.0-rc.1"], &["a 0.3.0-rc.2", "b 0.3.0"], &[Both(0, 0), Added(1)]),
            (&["a 0.0.1"], &["a 0.0.2"], &[Both(0, 0)]),
            (&[], &["a 1.0.0"], &[Added(0)]),
            (&["a 1.0.0"], &[], &[Removed(0)]),
            (&[], &[], &[]),
        ] {
            assert_eq!(pairs(old, new), expected, "{old:?} {new:?}");
        }
    }
}
