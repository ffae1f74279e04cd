//! Tags that name a release, as far as a commit has them in its history.

use std::collections::{BTreeMap, BTreeSet};

use git2::{ErrorCode, ObjectType, Oid, Repository};
use semver::Version;

use super::{Options, Target, incomplete, repository};
use crate::error::{Error, ErrorKind};

/// A tag that names a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseTag {
    /// The tag, as in `http-v0.2.1`.
    pub name: String,
    /// What was released, as far as the tag says: `http`. Empty for a tag that is only a version.
    pub prefix: String,
    /// The version.
    pub version: Version,
    /// The full id of the commit.
    pub commit: String,
}

/// The release tags in the history of `new`, highest version first; of the same version the shortest name first.
///
/// The history is that of its commit, or of `HEAD` for the working tree and the index; its own tags count. Release tags
/// are `v1.2.3`, `1.2.3`, `NAME-v1.2.3` and `NAME/v1.2.3`. With a `pattern`, they are the tags that it matches, as
/// `git tag --list` does it, and that end in a version; what the pattern itself begins with is not in the prefix then.
///
/// # Errors
/// `Unreadable` where a tag may be missing because the clone is shallow: where its history is cut off and there is no
/// tag, or one that is higher than all that are reachable.
pub fn release_tags(new: &Target, pattern: Option<&str>, options: &Options) -> Result<Vec<ReleaseTag>, Error> {
    let repository = repository::open(options)?;
    let tip = tip(&repository, new, options)?;
    Ok(reachable(&repository, tip, pattern, false, options)?.tags)
}

/// The release tags that are not in the history of `new`, in the same order.
///
/// # Errors
/// As [`release_tags`].
pub fn other_releases(new: &Target, options: &Options) -> Result<Vec<ReleaseTag>, Error> {
    let repository = repository::open(options)?;
    let tip = tip(&repository, new, options)?;
    let known = reachable(&repository, tip, None, false, options)?.tags;
    let others = all(&repository, None, options)?.into_iter().map(|(tag, _)| tag);
    Ok(others.filter(|tag| !known.contains(tag)).collect())
}

/// All release tags of the repository, in the same order, whatever they are tags of.
///
/// # Errors
/// `Unreadable` where there is no repository, and where the clone is shallow and has none: they may not be fetched.
pub fn every_release(options: &Options) -> Result<Vec<ReleaseTag>, Error> {
    let repository = repository::open(options)?;
    let tags: Vec<ReleaseTag> = all(&repository, None, options)?.into_iter().map(|(tag, _)| tag).collect();
    if tags.is_empty() && repository.is_shallow() {
        let message = "the release tags cannot be told in this shallow clone: there is none";
        return Err(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(&repository, options)));
    }
    Ok(tags)
}

/// Whether a tag with this prefix is one of the package `namespace:name`.
///
/// ```
/// use wit_diff::revision::is_family;
/// assert!(is_family("", "wasi:http") && is_family("http", "wasi:http") && is_family("wasi-http", "wasi:http"));
/// assert!(!is_family("io", "wasi:http"));
/// ```
pub fn is_family(prefix: &str, package: &str) -> bool {
    let (namespace, name) = package.split_once(':').unwrap_or(("", package));
    let with_namespace = |prefix: &str| {
        let rest = prefix.strip_prefix(namespace).filter(|_| !namespace.is_empty());
        rest.is_some_and(|rest| rest.strip_prefix(['-', '_', '/', '.']) == Some(name))
    };
    prefix.is_empty() || prefix == name || with_namespace(prefix)
}

/// The commit that a side stands on.
pub(super) fn tip(repository: &Repository, new: &Target, options: &Options) -> Result<Oid, Error> {
    repository::commit(repository, new.commit.as_deref().unwrap_or("HEAD"), options)
}

/// The release tags in a history.
pub(super) struct Reached {
    /// Highest version first.
    pub tags: Vec<ReleaseTag>,
    /// Whether the history goes on where a shallow clone ends.
    pub is_cut: bool,
}

/// The release tags in the history of `tip`; `every` one only where none can be missing.
pub(super) fn reachable(
    repository: &Repository,
    tip: Oid,
    pattern: Option<&str>,
    every: bool,
    options: &Options,
) -> Result<Reached, Error> {
    let all = all(repository, pattern, options)?;
    let lost = |error: git2::Error| {
        Error::new(ErrorKind::Unreadable, format!("cannot follow the history of {tip}: {}", error.message()))
            .hint(incomplete::history(repository, options))
    };
    let boundary = incomplete::boundary(repository);
    let mut wanted: BTreeSet<Oid> = all.iter().map(|(_, commit)| *commit).collect();
    let mut reached = BTreeSet::new();
    let mut is_cut = false;
    let mut walk = repository.revwalk().map_err(lost)?;
    walk.push(tip).map_err(lost)?;
    // Where something may be missing, what is found first is not the end of it.
    let to_the_end = every || !boundary.is_empty() || incomplete::is_grafted(repository);
    while (to_the_end || !wanted.is_empty())
        && let Some(commit) = walk.next()
    {
        let commit = commit.map_err(lost)?;
        is_cut |= boundary.contains(&commit);
        if wanted.remove(&commit) {
            reached.insert(commit);
        }
    }
    if is_cut && let Some(why) = untrusted(&all, &reached) {
        let message = format!("the newest release tag cannot be told in this shallow clone: {why}");
        return Err(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options)));
    }
    let tags = all.into_iter().filter(|(_, commit)| reached.contains(commit)).map(|(tag, _)| tag).collect();
    Ok(Reached { tags, is_cut })
}

/// Why a higher tag than those that are reachable may be hidden behind the end of a shallow clone.
fn untrusted(all: &[(ReleaseTag, Oid)], reached: &BTreeSet<Oid>) -> Option<String> {
    if all.is_empty() {
        return Some("there is none in the part of the history that is here".to_owned());
    }
    let mut highest: BTreeMap<&str, &(ReleaseTag, Oid)> = BTreeMap::new();
    for tag in all {
        highest.entry(&tag.0.prefix).or_insert(tag);
    }
    let hidden = highest.values().find(|(_, commit)| !reached.contains(commit));
    hidden.map(|(tag, _)| format!("`{}` may be behind the end of its history", tag.name))
}

/// All release tags, highest version first, with the commits that they stand for.
pub(super) fn all(
    repository: &Repository,
    pattern: Option<&str>,
    options: &Options,
) -> Result<Vec<(ReleaseTag, Oid)>, Error> {
    let fail =
        |error: git2::Error| Error::new(ErrorKind::Unreadable, format!("cannot list the tags: {}", error.message()));
    let names = repository.tag_names(pattern).map_err(fail)?;
    let mut tags = Vec::new();
    for name in names.iter() {
        // A name that is not UTF-8 is none that anybody could have asked for.
        let Ok(Some(name)) = name else { continue };
        let Some((prefix, version)) = release(name, pattern) else { continue };
        let Ok(reference) = repository.find_reference(&format!("refs/tags/{name}")) else { continue };
        let commit = match reference.peel(ObjectType::Commit) {
            Ok(commit) => commit.id(),
            Err(error) if error.code() == ErrorCode::NotFound => {
                let message = format!("the commit of the tag `{name}` is not in this repository: {}", error.message());
                return Err(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options)));
            }
            // Of a tree, or of a file.
            Err(_) => continue,
        };
        let prefix = prefix.to_owned();
        tags.push((ReleaseTag { name: name.to_owned(), prefix, version, commit: commit.to_string() }, commit));
    }
    tags.sort_by(|(a, _), (b, _)| {
        b.version.cmp(&a.version).then(a.name.len().cmp(&b.name.len())).then_with(|| a.name.cmp(&b.name))
    });
    Ok(tags)
}

/// What a tag says was released, and its version.
fn release<'a>(name: &'a str, pattern: Option<&str>) -> Option<(&'a str, Version)> {
    let Some(pattern) = pattern else { return usual(name) };
    let (head, version) = version_at_end(name)?;
    // What the user spelled out says which tags are meant, and not which package.
    let literal = pattern.split(['*', '?', '[', '\\']).next().unwrap_or_default();
    let prefix = if literal.starts_with(head) { "" } else { head.strip_prefix(literal).unwrap_or(head) };
    let is_separator = |c: char| !c.is_alphanumeric();
    let bare = prefix.strip_suffix('v').filter(|rest| rest.is_empty() || rest.ends_with(is_separator));
    Some((bare.unwrap_or(prefix).trim_end_matches(is_separator), version))
}

/// The longest version that a name ends in, and what is before it.
fn version_at_end(name: &str) -> Option<(&str, Version)> {
    let mut before = ' ';
    for (at, c) in name.char_indices() {
        let begins = c.is_ascii_digit() && !before.is_ascii_digit() && !['.', '+'].contains(&before);
        before = c;
        if begins && let (head, Ok(version)) = (name.get(..at)?, Version::parse(name.get(at..)?)) {
            return Some((head, version));
        }
    }
    None
}

/// `v1.2.3`, `1.2.3`, `NAME-v1.2.3` and `NAME/v1.2.3`.
fn usual(name: &str) -> Option<(&str, Version)> {
    if let Ok(version) = Version::parse(name.strip_prefix('v').unwrap_or(name)) {
        return Some(("", version));
    }
    let ends = name.match_indices("-v").chain(name.match_indices("/v"));
    let mut ends: Vec<usize> = ends.map(|(at, _)| at).filter(|at| *at > 0).collect();
    ends.sort_unstable();
    ends.into_iter().find_map(|at| Some((name.get(..at)?, Version::parse(name.get(at + 2..)?).ok()?)))
}
