//! What a clone has left out, and the command that brings it.
//!
//! Shallow clones leave out commits, partial ones trees and files, and a graft hides that commits are missing.

use std::collections::BTreeSet;
use std::fs;

use git2::{ErrorClass, ErrorCode, Oid, Repository};

use super::Options;

/// The commits whose parents were left out, as far as git has noted them.
pub(super) fn boundary(repository: &Repository) -> BTreeSet<Oid> {
    // Of the repository itself: what libgit2 looks at is the linked working tree, which has no such file.
    let noted = fs::read_to_string(repository.commondir().join("shallow")).unwrap_or_default();
    noted.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}

/// Whether git is told to take other objects for some, which may hide that the real ones are missing.
pub(super) fn is_grafted(repository: &Repository) -> bool {
    repository.references_glob("refs/replace/*").is_ok_and(|mut replaced| replaced.next().is_some())
}

/// Whether `error` says that an object is missing, rather than that nothing has that name.
pub(super) fn is_missing(error: &git2::Error) -> bool {
    error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Odb
}

/// How to get the commits that are missing.
pub(super) fn history(repository: &Repository, options: &Options) -> String {
    let fetch = if boundary(repository).is_empty() { "--refetch" } else { "--unshallow --tags" };
    with_remote(repository, options, |git, remote| {
        let refs = everything(repository, remote);
        format!("`{git} fetch {fetch} {}{refs}` fetches the whole history", quoted(remote))
    })
}

/// How to get the trees and files below `root` that are missing; without one, those of all branches.
pub(super) fn objects(repository: &Repository, root: Option<Oid>, options: &Options) -> String {
    let partial = promisor(repository);
    // What was made here, nobody else knows by its id.
    let root = root.filter(|root| partial.is_some() && !is_loose(repository, *root));
    let fetch = |git: &str, remote: &str| {
        let no_filter = if partial.is_some() { " --no-filter" } else { "" };
        let wanted = root.map_or_else(|| everything(repository, remote), |root| format!(" {root}"));
        format!("{git} fetch --refetch{no_filter} {}{wanted}", quoted(remote))
    };
    match &partial {
        Some(remote) => {
            format!("this is a partial clone; `{}` fetches what is missing", fetch(&git(options), remote))
        }
        None if remote(repository).is_none() => {
            format!("the repository is incomplete: `{} fsck` says what else is missing", git(options))
        }
        None => with_remote(repository, options, |git, remote| {
            format!("the repository is incomplete: `{}` fetches everything anew", fetch(git, remote))
        }),
    }
}

/// How to get `commit`, by its full id.
pub(super) fn commit(repository: &Repository, commit: &str, options: &Options) -> String {
    with_remote(repository, options, |git, remote| {
        format!("`{git} fetch --tags{} {} {commit}` fetches it", unshallow(repository), quoted(remote))
    })
}

/// How to get a revision that is not known here, whatever it is; the end of another hint.
pub(super) fn by_name(repository: &Repository, name: &str, options: &Options) -> String {
    let Some(remote) = remote(repository) else { return String::new() };
    let name = name.strip_prefix(&format!("{remote}/")).unwrap_or(name);
    if name.starts_with('-') {
        return String::new();
    }
    format!(", `{} fetch {} {}` that revision as FETCH_HEAD", git(options), quoted(&remote), quoted(name))
}

/// How to get the branch `name` of `origin`, with its history, as `origin/NAME`.
pub(super) fn branch(repository: &Repository, name: &str, options: &Options) -> String {
    let covers = repository.find_remote("origin").is_ok_and(|remote| {
        let source = format!("refs/heads/{name}");
        let wanted = format!("refs/remotes/origin/{name}");
        remote.refspecs().any(|spec| {
            spec.src_matches(&source) && spec.transform(&source).is_ok_and(|to| to.as_str() == Ok(wanted.as_str()))
        })
    });
    let wanted = if covers && !name.starts_with('-') {
        name.to_owned()
    } else {
        format!("+refs/heads/{name}:refs/remotes/origin/{name}")
    };
    format!("`{} fetch --tags{} origin {}`", git(options), unshallow(repository), quoted(&wanted))
}

/// Git, told which repository is meant, from where the user stands.
pub(super) fn git(options: &Options) -> String {
    match &options.repo {
        Some(repo) => format!("git -C '{}'", repo.display().to_string().replace('\'', r"'\''")),
        None => "git".to_owned(),
    }
}

fn with_remote(repository: &Repository, options: &Options, say: impl Fn(&str, &str) -> String) -> String {
    let git = git(options);
    match remote(repository) {
        Some(remote) => say(&git, &remote),
        None => format!(
            "name the repository that this one was cloned from, `{git} remote add origin URL`, and then {}",
            say(&git, "origin")
        ),
    }
}

fn unshallow(repository: &Repository) -> &'static str {
    if boundary(repository).is_empty() { "" } else { " --unshallow" }
}

/// The remote that left objects out when it was cloned from.
fn promisor(repository: &Repository) -> Option<String> {
    let config = repository.config().ok()?;
    let mut entries = config.entries(Some("^remote\\..*\\.promisor$")).ok()?;
    while let Some(Ok(entry)) = entries.next() {
        let name = entry.name().ok()?;
        if let Some(name) = name.strip_prefix("remote.").and_then(|name| name.strip_suffix(".promisor")) {
            return Some(name.to_owned());
        }
    }
    None
}

/// The remote to fetch from.
pub(super) fn remote(repository: &Repository) -> Option<String> {
    let names = repository.remotes().ok()?;
    let mut names: Vec<&str> = names.iter().filter_map(|name| name.ok().flatten()).collect();
    names.sort_by_key(|name| *name != "origin");
    names.first().map(|name| (*name).to_owned())
}

/// The branches to ask for where nothing is configured, as in a bare clone; empty otherwise.
fn everything(repository: &Repository, remote: &str) -> String {
    let is_configured = repository
        .find_remote(remote)
        .and_then(|remote| remote.fetch_refspecs().map(|specs| !specs.is_empty()))
        .unwrap_or(true);
    if is_configured {
        String::new()
    } else {
        format!(" {}", quoted(&format!("+refs/heads/*:refs/remotes/{remote}/*")))
    }
}

/// Whether an object is in a file of its own: what comes from the remote of a partial clone is in packs.
fn is_loose(repository: &Repository, id: Oid) -> bool {
    let name = id.to_string();
    let (directory, file) = name.split_at(2);
    repository.commondir().join("objects").join(directory).join(file).exists()
}

/// A word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@%".contains(c);
    if word.chars().all(is_plain) && !word.is_empty() {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
