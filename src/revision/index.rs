//! The index as a tree, as the next commit would hold it.
//!
//! Deliberately absent: writing to the repository. The trees are only in memory, for as long as it is open.

use std::env;
use std::path::{Path, PathBuf};

use git2::{Index, ObjectType, Odb, Oid, Repository};

use super::{Options, incomplete};
use crate::error::{Error, ErrorKind};

/// Before the loose objects and the packs, which have 1 and 2, so that what is written stays in memory.
const FIRST: i32 = 1000;

/// The tree of the index, without what was only announced with `git add --intent-to-add`.
///
/// The index is the one in the repository, or in `GIT_INDEX_FILE` where a hook sees it: in the repository around the
/// working directory of the process.
pub(super) fn tree(repository: &Repository, options: &Options) -> Result<Oid, Error> {
    let fail = |error: git2::Error| unreadable(&error, options);
    if repository.is_bare() {
        return Err(Error::new(ErrorKind::Unreadable, "the git repository is bare: it has no index")
            .hint("name a revision, such as `HEAD`"));
    }
    let index = match elsewhere(repository, options) {
        Some(path) => Index::open(&path).map_err(fail)?,
        None => repository.index().map_err(fail)?,
    };
    if index.has_conflicts() {
        return Err(conflicts(&index));
    }
    let entries = index.iter().filter(|entry| entry.flags_extended & INTENT_TO_ADD == 0);
    let mut entries: Vec<(Vec<u8>, u32, Oid)> = entries.map(|entry| (entry.path, entry.mode, entry.id)).collect();
    // The order of an index in a repository that ignores case is another one.
    entries.sort();
    let odb = repository.odb().map_err(fail)?;
    odb.add_new_mempack_backend(FIRST).map_err(fail)?;
    write(&odb, &entries).map_err(fail)
}

const INTENT_TO_ADD: u16 = git2::IndexEntryExtendedFlag::INTENT_TO_ADD.bits();

fn elsewhere(repository: &Repository, options: &Options) -> Option<PathBuf> {
    if options.repo.is_some() || options.working_directory.is_some() {
        return None;
    }
    let path = env::var_os("GIT_INDEX_FILE").filter(|path| !path.is_empty())?;
    // Git runs hooks at the root, and counts from there.
    Some(repository.workdir().unwrap_or(Path::new("")).join(path))
}

/// Writes the trees that `entries`, sorted by path, make up, and returns the root.
fn write(odb: &Odb<'_>, entries: &[(Vec<u8>, u32, Oid)]) -> Result<Oid, git2::Error> {
    // The directories that are still open, each with its name and its entries so far.
    let mut open: Vec<(&[u8], Vec<u8>)> = Vec::new();
    let mut root = Vec::new();
    for (path, mode, id) in entries {
        let mut names: Vec<&[u8]> = path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()).collect();
        let Some(name) = names.pop() else { continue };
        let shared = open.iter().zip(&names).take_while(|((open, _), name)| open == *name).count();
        close(odb, &mut open, &mut root, shared)?;
        open.extend(names.into_iter().skip(shared).map(|name| (name, Vec::new())));
        append(open.last_mut().map_or(&mut root, |(_, tree)| tree), *mode, name, *id);
    }
    close(odb, &mut open, &mut root, 0)?;
    store(odb, &root)
}

/// Closes directories until `left` are open.
fn close(odb: &Odb<'_>, open: &mut Vec<(&[u8], Vec<u8>)>, root: &mut Vec<u8>, left: usize) -> Result<(), git2::Error> {
    while open.len() > left
        && let Some((name, tree)) = open.pop()
    {
        let id = store(odb, &tree)?;
        append(open.last_mut().map_or(&mut *root, |(_, tree)| tree), 0o040_000, name, id);
    }
    Ok(())
}

fn append(tree: &mut Vec<u8>, mode: u32, name: &[u8], id: Oid) {
    tree.extend(format!("{mode:o} ").into_bytes());
    tree.extend(name);
    tree.push(0);
    tree.extend(id.as_bytes());
}

fn store(odb: &Odb<'_>, tree: &[u8]) -> Result<Oid, git2::Error> {
    let id = Oid::hash_object(ObjectType::Tree, tree)?;
    // Writing what is on disk already would touch the time of its file.
    if odb.exists(id) { Ok(id) } else { odb.write(ObjectType::Tree, tree) }
}

fn conflicts(index: &Index) -> Error {
    const SHOWN: usize = 5;
    let Ok(all) = index.conflicts() else {
        return Error::new(ErrorKind::Unreadable, "the index has conflicts");
    };
    let entries = all.flatten().filter_map(|conflict| conflict.our.or(conflict.their).or(conflict.ancestor));
    let mut paths: Vec<String> = entries.map(|entry| format!("`{}`", String::from_utf8_lossy(&entry.path))).collect();
    paths.sort();
    let more = paths.len().saturating_sub(SHOWN);
    paths.truncate(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Error::new(ErrorKind::Unreadable, format!("the index has conflicts in {}{more}", paths.join(", ")))
        .hint("resolve them and `git add` the files, or name a revision instead of the index")
}

fn unreadable(error: &git2::Error, options: &Options) -> Error {
    let fail = Error::new(ErrorKind::Unreadable, format!("cannot read the index: {}", error.message()));
    let git = incomplete::git(options);
    // Forms that only git itself reads, by the name of what they add.
    let plain = [("'sdir'", "sparse-checkout reapply --no-sparse-index"), ("'link'", "update-index --no-split-index")];
    if let Some((_, command)) = plain.iter().find(|(name, _)| error.message().contains(name)) {
        return fail.hint(format!("`{git} {command}` writes it in the plain form"));
    }
    fail.hint(format!("`{git} status` says whether git can read it"))
}
