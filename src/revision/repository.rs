//! Finds the git repository, and the tree that a revision names.
//!
//! Deliberately absent: checkouts and the network. Objects, references and the index are read, and nothing is written.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository};

use super::missing::{alternatives, similar_names};
use super::{Options, incomplete, index, names, spec};
use crate::error::{Error, ErrorKind};

/// What a revision names.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// The commit, unless the revision is the index, or names a tree or a file by its id.
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

/// Finds what `rev` names: anything that `git rev-parse` understands, or the index.
pub(super) fn resolve(repository: &Repository, rev: &str, options: &Options) -> Result<Named, Error> {
    if rev == spec::INDEX {
        return Ok(Named { commit: None, root: index::tree(repository, options)?, is_tree: true });
    }
    let fail = |error: git2::Error| unknown(repository, rev, &error, options);
    let object = repository.revparse_single(rev).map_err(fail)?;
    if let Ok(commit) = object.peel_to_commit() {
        return Ok(Named { commit: Some(commit.id()), root: commit.tree_id(), is_tree: true });
    }
    match object.peel_to_tree() {
        Ok(tree) => return Ok(Named { commit: None, root: tree.id(), is_tree: true }),
        Err(error) if incomplete::is_missing(&error) => return Err(fail(error)),
        Err(_) => {}
    }
    object.peel(ObjectType::Blob).map_err(fail).map(|blob| Named { commit: None, root: blob.id(), is_tree: false })
}

/// The commit that `rev` names.
pub(super) fn commit(repository: &Repository, rev: &str, options: &Options) -> Result<Oid, Error> {
    resolve(repository, rev, options)?.commit.ok_or_else(|| {
        Error::new(ErrorKind::Unreadable, format!("`{rev}` names no commit, and one is needed here"))
            .hint("name a branch, a tag or the id of a commit")
    })
}

/// The top of the working tree.
pub(super) fn working_tree(repository: &Repository) -> Result<&Path, Error> {
    repository.workdir().ok_or_else(|| {
        Error::new(ErrorKind::Unreadable, "the git repository is bare: it has no working tree").hint(
            "name the revision that stands for it, as in `A..B`, or run this in a working tree: `git worktree add \
             DIRECTORY`",
        )
    })
}

/// The working directory's place in the working tree, as names from the root, if it is in there.
pub(super) fn here(repository: &Repository, options: &Options) -> Option<Vec<Vec<u8>>> {
    let root = repository.workdir()?.canonicalize().ok()?;
    let directory = options.directory().canonicalize().ok()?;
    let names = directory.strip_prefix(root).ok()?;
    Some(names.iter().map(|name| name.as_encoded_bytes().to_vec()).collect())
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

fn unknown(repository: &Repository, rev: &str, error: &git2::Error, options: &Options) -> Error {
    let fail = |message: String| Error::new(ErrorKind::Unreadable, message);
    let base = rev.split(['~', '^', '@']).next().unwrap_or(rev);
    let names = names::of(repository);
    if repository.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch) {
        if names.is_empty() {
            return fail(format!("there is no revision `{rev}`: the repository has no commit yet"))
                .hint("commit first, or name a path");
        }
        if base == "HEAD" || rev.starts_with('@') {
            return fail(format!("there is no revision `{rev}`: the branch that is checked out has no commit yet"))
                .hint("commit first, or name another branch or a tag");
        }
    }
    if rev.contains("..") && !rev.contains('{') {
        return fail(format!("`{rev}` names a range, and one revision is needed here"));
    }
    if error.code() == ErrorCode::Ambiguous {
        return fail(format!("`{rev}` is ambiguous: more than one object has an id that begins so"))
            .hint("give more digits of the id");
    }
    let is_known = repository.find_reference(base).is_ok()
        || repository.resolve_reference_from_short_name(base).is_ok()
        || (base != rev && repository.revparse_single(base).is_ok());
    if incomplete::is_missing(error) && is_known {
        let message = format!("an object on the way to `{rev}` is not in this repository: {}", error.message());
        return fail(message).hint(incomplete::history(repository, options));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).chain(["HEAD"]).collect();
    let close = similar_names(base, &names);
    let suffix = rev.strip_prefix(base).unwrap_or("");
    // A branch of the remote that nobody has checked out yet.
    let remote = names.iter().filter(|name| name.strip_suffix(base).is_some_and(|before| before.ends_with('/')));
    let mut close: Vec<&str> = remote.copied().chain(close).filter(|name| *name != base).collect();
    close.dedup();
    let others = close.iter().map(|name| format!("{name}{suffix}"));
    let meant = alternatives(others).map(|meant| format!("did you mean {meant}?")).filter(|_| !is_known);
    let is_id = base.len() == 40 && base.bytes().all(|byte| byte.is_ascii_hexdigit());
    let clone = if incomplete::boundary(repository).is_empty() { "" } else { " in this shallow clone" };
    let mut message = format!("there is no revision `{rev}`{clone}");
    if clone.is_empty() {
        message.push_str(&why(rev, base, is_known, error));
    }
    let more = if is_id && !is_known && incomplete::remote(repository).is_some() {
        Some(incomplete::commit(repository, base, options))
    } else if clone.is_empty() {
        None
    } else {
        let by_name = (!base.is_empty() && !is_known).then(|| incomplete::by_name(repository, base, options));
        Some(format!("{}{}", incomplete::history(repository, options), by_name.unwrap_or_default()))
    };
    let hints: Vec<String> = meant.into_iter().chain(more).collect();
    if !hints.is_empty() {
        return fail(message).hint(hints.join(" "));
    }
    let git = incomplete::git(options);
    let mut hint = format!("`{git} branch --all` and `{git} tag` list what there is");
    if let Some(remote) = incomplete::remote(repository) {
        hint = format!("{hint}, and `{git} fetch --tags {}` brings more", incomplete::quoted(&remote));
    }
    fail(message).hint(hint)
}

/// Why a revision is not there, as the end of a sentence.
fn why(rev: &str, base: &str, is_known: bool, error: &git2::Error) -> String {
    let suffix = rev.strip_prefix(base).unwrap_or_default();
    match (error.code(), error.class()) {
        // The words of libgit2 for these are about its own parts, if not left over from something else.
        (ErrorCode::NotFound | ErrorCode::InvalidSpec, _) | (_, ErrorClass::Reference | ErrorClass::None) => {
            if is_known && !base.is_empty() && !suffix.is_empty() {
                format!(": `{base}` is there, and `{suffix}` leads nowhere from it")
            } else if error.code() == ErrorCode::InvalidSpec {
                ": nothing in git can be called that".to_owned()
            } else {
                String::new()
            }
        }
        _ => format!(": {}", error.message()),
    }
}
