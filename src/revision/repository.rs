//! Finds the git repository, and the tree that a revision names.
//!
//! Deliberately absent: checkouts, the index, and the network. Only the object database and the references are read.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository};

use super::Options;
use super::missing::{alternatives, similar_names};
use crate::error::{Error, ErrorKind};

/// What a revision names.
pub(super) struct Target {
    /// The commit, unless the revision names a tree or a file by its id.
    pub commit: Option<Oid>,
    /// The tree of the commit, or the tree or file itself.
    pub root: Oid,
    pub is_tree: bool,
}

/// The repository that `options` name, or the one around the working directory.
pub(super) fn open(options: &Options) -> Result<Repository, Error> {
    let start = match &options.repo {
        Some(repo) => options.directory().join(repo),
        None => options.directory().to_path_buf(),
    };
    Repository::discover(&start).map_err(|error| unopened(&start, options, &error))
}

/// Finds what `rev` names; anything that `git rev-parse` understands.
pub(super) fn resolve(repository: &Repository, rev: &str) -> Result<Target, Error> {
    let object = repository.revparse_single(rev).map_err(|error| unknown(repository, rev, &error))?;
    if let Ok(commit) = object.peel_to_commit() {
        return Ok(Target { commit: Some(commit.id()), root: commit.tree_id(), is_tree: true });
    }
    if let Ok(tree) = object.peel_to_tree() {
        return Ok(Target { commit: None, root: tree.id(), is_tree: true });
    }
    match object.peel(ObjectType::Blob) {
        Ok(blob) => Ok(Target { commit: None, root: blob.id(), is_tree: false }),
        Err(error) => Err(unknown(repository, rev, &error)),
    }
}

/// The working directory's place in the working tree, as names from the root, if it is in there.
pub(super) fn here(repository: &Repository, options: &Options) -> Option<Vec<Vec<u8>>> {
    let root = repository.workdir()?.canonicalize().ok()?;
    let directory = options.directory().canonicalize().ok()?;
    let names = directory.strip_prefix(root).ok()?;
    Some(names.iter().map(|name| name.as_encoded_bytes().to_vec()).collect())
}

/// Whether git left objects out when it cloned.
pub(super) fn is_partial(repository: &Repository) -> bool {
    let Ok(config) = repository.config() else { return false };
    let Ok(mut entries) = config.entries(Some("^remote\\..*\\.promisor$")) else { return false };
    entries.next().is_some()
}

fn unopened(start: &Path, options: &Options, error: &git2::Error) -> Error {
    let fail = |message: String| Error::new(ErrorKind::Unreadable, message);
    let elsewhere = "check the revision out and name its path: `git worktree add DIRECTORY REV`";
    match error.code() {
        ErrorCode::NotFound => match &options.repo {
            Some(repo) => fail(format!("there is no git repository at `{}` or above it", repo.display()))
                .hint("`--repo` takes a directory in a working tree, or a bare repository"),
            None => fail("the working directory is not in a git repository".to_owned())
                .hint("`--repo DIRECTORY` names the repository"),
        },
        ErrorCode::Owner => fail(format!("the git repository at `{}` belongs to another user", start.display())).hint(
            "if you trust it, run `git config --global --add safe.directory DIRECTORY` with the root of its working tree",
        ),
        _ if error.message().contains("object format") => {
            fail(format!("the git repository is not one with SHA-1 ids: {}", error.message())).hint(elsewhere)
        }
        _ => fail(format!("cannot open the git repository: {}", error.message())).hint(elsewhere),
    }
}

fn unknown(repository: &Repository, rev: &str, error: &git2::Error) -> Error {
    let fail = |message: String| Error::new(ErrorKind::Unreadable, message);
    let names = references(repository);
    if names.is_empty() && repository.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch) {
        return fail(format!("there is no revision `{rev}`: the repository has no commit yet"))
            .hint("commit first, or name a path");
    }
    if rev.contains("..") && !rev.contains('{') {
        return fail(format!("`{rev}` names a range, and one revision is needed here"));
    }
    match error.code() {
        ErrorCode::Ambiguous => {
            return fail(format!("`{rev}` is ambiguous: more than one object has an id that begins so"))
                .hint("give more digits of the id");
        }
        // A commit that is known and an object of it that is not.
        ErrorCode::NotFound if error.class() == ErrorClass::Odb && is_partial(repository) => {
            return fail(format!("the object that `{rev}` names is not in this partial clone"))
                .hint(format!("`git cat-file -e '{rev}'` fetches it"));
        }
        _ => {}
    }
    let base = rev.split(['~', '^', '@']).next().unwrap_or(rev);
    let names: Vec<&str> = names.iter().map(String::as_str).chain(["HEAD"]).collect();
    let close = similar_names(base, &names);
    let suffix = rev.strip_prefix(base).unwrap_or("");
    let others = close.iter().filter(|name| **name != base).map(|name| format!("{name}{suffix}"));
    let meant = alternatives(others).map(|meant| format!("did you mean {meant}?"));
    if repository.is_shallow() {
        let mut fetch = "`git fetch --unshallow --tags` fetches the whole history".to_owned();
        if !base.is_empty() && repository.revparse_single(base).is_err() {
            fetch = format!("{fetch}, `git fetch {} {base}` that revision as FETCH_HEAD", remote(repository));
        }
        return fail(format!("there is no revision `{rev}` in this shallow clone"))
            .hint(meant.map_or(fetch.clone(), |meant| format!("{meant} {fetch}")));
    }
    let message = match error.code() {
        ErrorCode::NotFound if base == rev => format!("there is no revision `{rev}`"),
        _ => format!("there is no revision `{rev}`: {}", error.message()),
    };
    fail(message).hint(meant.unwrap_or_else(|| "`git branch --all` and `git tag` list what there is".to_owned()))
}

/// The short names of all branches and tags.
fn references(repository: &Repository) -> Vec<String> {
    const LOOKED_AT: usize = 20_000;
    let Ok(references) = repository.references() else { return Vec::new() };
    let named = references.flatten().take(LOOKED_AT);
    named.map(|reference| String::from_utf8_lossy(reference.shorthand_bytes()).into_owned()).collect()
}

fn remote(repository: &Repository) -> String {
    let names = repository.remotes().ok();
    let first =
        names.and_then(|names| names.iter_bytes().next().map(|name| String::from_utf8_lossy(name).into_owned()));
    first.unwrap_or_else(|| "origin".to_owned())
}
