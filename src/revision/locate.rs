//! Where targets are: in the working tree, in the index, in a commit, and as seen from each other.

use std::path::{Component, Path, PathBuf};

use git2::Repository;

use super::spec::{self, Reading};
use super::target::{Inside, Target};
use super::{Options, disk, git, repository};
use crate::error::{Error, ErrorKind};

/// What one input names: a path as it is typed, and a revision by its id.
pub(super) fn named(input: &str, options: &Options) -> Result<Target, Error> {
    match spec::read(input, options)? {
        Reading::Standard | Reading::Path(_) => Ok(Target::typed(input)),
        Reading::Revision { rev, path } => {
            let found = of_revision(&repository::open(options)?, rev, rev, path, options)?;
            Ok(Target { shown: input.to_owned(), ..found })
        }
        Reading::Neither(error) => Err(error),
    }
}

/// The working tree of the repository that one stands in.
///
/// # Errors
/// `Unreadable` where there is no repository, or one without a working tree.
pub fn working_tree(options: &Options) -> Result<Target, Error> {
    in_working_tree(&repository::open(options)?, "", options)
}

/// The index of the repository that one stands in.
///
/// # Errors
/// `Unreadable` where there is no repository, no index, or one with conflicts.
pub fn index(options: &Options) -> Result<Target, Error> {
    in_index(&repository::open(options)?, "", options)
}

/// `path` in the working tree; an empty path is its root. Paths count as in `REV:PATH`.
pub(super) fn in_working_tree(repository: &Repository, path: &str, options: &Options) -> Result<Target, Error> {
    let fail = |message: &str| Error::new(ErrorKind::Unreadable, message);
    let root = repository::working_tree(repository)?;
    let names = spec::names(path, repository::here(repository, options))?;
    let names: Result<Vec<&str>, _> = names.iter().map(|name| std::str::from_utf8(name)).collect();
    let names = names.map_err(|_| fail("the way to the path is not UTF-8"))?;
    let place = names.iter().fold(root.to_path_buf(), |place, name| place.join(name));
    let input = from_here(root, &names, options);
    let input = input.to_str().ok_or_else(|| fail("the way to the working tree is not UTF-8"))?;
    // A colon might make a revision of it.
    let input = if input.contains(':') || input.starts_with('-') { format!("path:{input}") } else { input.to_owned() };
    if !place.exists() {
        let error = fail(&format!("there is no `{}` in the working tree", names.join("/")));
        return Err(match disk::advice(input.strip_prefix("path:").unwrap_or(&input), options) {
            Some(advice) => error.hint(advice),
            None => error,
        });
    }
    let shown = match names.as_slice() {
        [] => "the working tree".to_owned(),
        names => format!("{} in the working tree", names.join("/")),
    };
    Ok(Target { input, shown, how: None, commit: None })
}

/// `path` in the tree of `rev`, which may be the index; `called` is what messages call `rev`.
pub(super) fn of_revision(
    repository: &Repository,
    rev: &str,
    called: &str,
    path: &str,
    options: &Options,
) -> Result<Target, Error> {
    let found = git::find(repository, rev, called, path, options)?;
    let id = if rev == spec::INDEX { String::new() } else { found.commit.unwrap_or(found.root).to_string() };
    let input = if path.is_empty() && !id.is_empty() { format!("git:{id}") } else { format!("git:{id}:{path}") };
    let commit = found.commit.map(|commit| commit.to_string());
    let shown = if path.is_empty() && !called.is_empty() { called.to_owned() } else { format!("{called}:{path}") };
    Ok(Target { input, shown, how: None, commit })
}

/// `path` in the index; an empty path is all of it.
pub(super) fn in_index(repository: &Repository, path: &str, options: &Options) -> Result<Target, Error> {
    let target = of_revision(repository, spec::INDEX, "", path, options)?;
    let shown = if path.is_empty() { "the index".to_owned() } else { format!("{path} in the index") };
    Ok(Target { shown, ..target })
}

/// The way from the working directory to `names` in the working tree at `root`.
fn from_here(root: &Path, names: &[&str], options: &Options) -> PathBuf {
    let below = |root: &Path| names.iter().fold(root.to_path_buf(), |way, name| way.join(name));
    let (Ok(there), Ok(here)) = (root.canonicalize(), options.directory().canonicalize()) else { return below(root) };
    let there = below(&there);
    let shared = there.components().zip(here.components()).take_while(|(there, here)| there == here).count();
    let is_near = there.components().take(shared).any(|part| matches!(part, Component::Normal(_)));
    if !is_near || options.repo.as_ref().is_some_and(|repo| repo.is_absolute()) {
        return there;
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(there.components().skip(shared)).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// The repository that a path is in, as a directory in it.
pub fn repository_of(path: &str, options: &Options) -> Option<PathBuf> {
    let place = options.directory().join(path.strip_prefix("path:").unwrap_or(path));
    let directory = if place.is_dir() { place } else { place.parent()?.to_path_buf() };
    let named = Options { repo: Some(directory.clone()), working_directory: None, ..options.clone() };
    repository::open(&named).ok().map(|_| directory)
}

/// Compares the places of two inputs in one repository, at least one of which is a revision of it.
pub fn inside(old: &Target, new: &Target, options: &Options) -> Option<Inside> {
    let repository = repository::open(options).ok()?;
    let is_revision = |target: &Target| matches!(spec::read(&target.input, options), Ok(Reading::Revision { .. }));
    if !is_revision(old) && !is_revision(new) {
        return None;
    }
    let (old, new) = (names(&repository, old, options)?, names(&repository, new, options)?);
    let way = |names: &[String]| Some(names.join("/")).filter(|way| !way.is_empty());
    let way_to_new = new.strip_prefix(old.as_slice()).and_then(way).map(Inside::New);
    way_to_new.or_else(|| old.strip_prefix(new.as_slice()).and_then(way).map(Inside::Old))
}

/// Whether two inputs are the whole trees of two revisions, as the ends of a range are.
pub fn are_whole(old: &Target, new: &Target, options: &Options) -> bool {
    let is_whole =
        |target: &Target| matches!(spec::read(&target.input, options), Ok(Reading::Revision { path: "", .. }));
    is_whole(old) && is_whole(new)
}

/// The directory of the repository that a target is; nothing where it is all of it, or in no repository.
pub fn place(target: &Target, options: &Options) -> Option<String> {
    let names = names(&repository::open(options).ok()?, target, options)?;
    Some(names.join("/")).filter(|place| !place.is_empty())
}

/// The names on the way from the top of the repository to a target; nothing where that is elsewhere.
pub(super) fn names(repository: &Repository, target: &Target, options: &Options) -> Option<Vec<String>> {
    let names = match spec::read(&target.input, options).ok()? {
        Reading::Revision { path, .. } => spec::names(path, repository::here(repository, options)).ok()?,
        Reading::Path(path) => {
            let root = repository.workdir()?.canonicalize().ok()?;
            let place = options.directory().join(path).canonicalize().ok()?;
            place.strip_prefix(root).ok()?.iter().map(|name| name.as_encoded_bytes().to_vec()).collect()
        }
        Reading::Standard | Reading::Neither(_) => return None,
    };
    Some(names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}
