//! Picks the files of a package out of a tree, exactly as `wit-parser` picks them from a directory on disk.

use std::collections::VecDeque;

use super::missing::{self, Step};
use super::outline::{Outline, outline};
use super::tree::{Entry, EntryKind, Tree, join};
use super::{Bundle, SourceFile, siblings};
use crate::error::{Error, ErrorKind};

/// How a WebAssembly binary begins.
pub(super) const WASM: &[u8] = b"\0asm";

const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The packages of one input.
pub(super) struct Gathered {
    pub main: Bundle,
    pub outline: Outline,
    pub deps: Vec<Bundle>,
    pub siblings: Vec<Bundle>,
}

/// A package in a directory.
pub(super) struct Package {
    /// The directory, relative to the input; empty for the input itself.
    pub path: String,
    pub main: Bundle,
    pub outline: Outline,
    /// What its `deps` holds, or why that cannot be read.
    pub deps: Result<Vec<Bundle>, Error>,
    /// Whether it has a `deps` at all.
    pub has_deps: bool,
}

/// An input in a tree.
pub(super) struct Input<P> {
    pub place: P,
    /// What the user typed, such that [`join`] makes the input for something below it.
    pub typed: String,
    /// The name of the input if it is a file.
    pub name: String,
    /// The way to it, nearest directory first.
    pub steps: Vec<Step<P>>,
}

/// Reads the packages at `input`: one file, or a directory with its `deps` or its siblings.
pub(super) fn gather<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> Result<Gathered, Error> {
    match tree.kind(&input.place, &input.typed)? {
        None => Err(missing::missing(tree, &input.typed, &input.steps)),
        Some(EntryKind::Directory | EntryKind::Submodule) => directory(tree, input, limit),
        Some(EntryKind::File | EntryKind::Other) => {
            let main = single(tree, &input.place, &input.name, &input.typed, limit)?;
            let outline = if main.binary { Outline::default() } else { outline(&main.files) };
            Ok(Gathered { main, outline, deps: Vec::new(), siblings: Vec::new() })
        }
    }
}

/// Whether `input` is one file of WebAssembly.
pub(super) fn is_binary<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> bool {
    match tree.kind(&input.place, &input.typed) {
        Ok(Some(EntryKind::Directory | EntryKind::Submodule)) => false,
        Ok(Some(EntryKind::File)) if !is_binary_name(&input.name) => {
            tree.read(&input.place, &input.typed, limit).is_ok_and(|bytes| bytes.starts_with(WASM))
        }
        _ => is_binary_name(&input.name),
    }
}

/// Whether a file of this name is WebAssembly whatever it holds.
pub(super) fn is_binary_name(name: &str) -> bool {
    matches!(extension(name), Some("wasm" | "wat"))
}

/// The `*.wit` files in a directory, sorted by path. `path` is the directory relative to the input.
pub(super) fn wit_files<T: Tree>(
    tree: &T,
    entries: &[Entry<T::Place>],
    path: &str,
    shown: &str,
    limit: u64,
) -> Result<Vec<SourceFile>, Error> {
    let mut files = Vec::new();
    for entry in entries.iter().filter(|entry| is_wit(entry)) {
        files.push(source(tree, &entry.place, join(path, &entry.name), &join(shown, &entry.name), limit)?);
    }
    files.sort();
    Ok(files)
}

/// Whether nobody keeps WIT for others in a directory of this name.
pub(super) fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || name == "target" || name == "node_modules"
}

fn single<T: Tree>(tree: &T, place: &T::Place, path: &str, shown: &str, limit: u64) -> Result<Bundle, Error> {
    let file = source(tree, place, path.to_owned(), shown, limit)?;
    let binary = is_binary_name(path) || file.bytes.starts_with(WASM);
    Ok(Bundle { path: path.to_owned(), files: vec![file], binary })
}

fn source<T: Tree>(tree: &T, place: &T::Place, path: String, shown: &str, limit: u64) -> Result<SourceFile, Error> {
    let bytes = tree.read(place, shown, limit)?;
    if bytes.starts_with(LFS_POINTER) {
        let message = format!("`{shown}` is a Git LFS pointer: the contents are not in the repository itself");
        return Err(Error::new(ErrorKind::Unreadable, message)
            .hint("check the revision out, run `git lfs pull`, and name the file by its path on disk"));
    }
    Ok(SourceFile { path, bytes })
}

fn directory<T: Tree>(tree: &T, input: &Input<T::Place>, limit: u64) -> Result<Gathered, Error> {
    let entries = tree.list(&input.place, &input.typed)?;
    if entries.iter().any(is_wit) {
        return beside(tree, &input.place, &entries, "", &input.typed, limit);
    }
    if let Some(wit) = entries.iter().find(|entry| entry.name == "wit" && entry.kind == EntryKind::Directory) {
        let shown = join(&input.typed, "wit");
        let inner = tree.list(&wit.place, &shown)?;
        if inner.iter().any(is_wit) {
            return beside(tree, &wit.place, &inner, "wit", &shown, limit);
        }
    }
    Err(empty(tree, &entries, &input.typed))
}

/// The package in the directory `place`, which is at `path` relative to the input, with what is beside it.
fn beside<T: Tree>(
    tree: &T,
    place: &T::Place,
    entries: &[Entry<T::Place>],
    path: &str,
    shown: &str,
    limit: u64,
) -> Result<Gathered, Error> {
    let files = wit_files(tree, entries, path, shown, limit)?;
    with_siblings(tree, place, package(tree, entries, path, shown, files, limit), limit)
}

/// A package in the directory `place`, with what is beside it.
pub(super) fn with_siblings<T: Tree>(
    tree: &T,
    place: &T::Place,
    package: Package,
    limit: u64,
) -> Result<Gathered, Error> {
    let Package { path, main, outline, deps, has_deps } = package;
    let siblings = if has_deps || outline.references.is_empty() {
        Vec::new()
    } else {
        siblings::siblings(tree, place, !path.is_empty(), limit)
    };
    Ok(Gathered { main, outline, deps: deps?, siblings })
}

/// The package that `files` make up, with what `entries`, those of their directory, say.
pub(super) fn package<T: Tree>(
    tree: &T,
    entries: &[Entry<T::Place>],
    path: &str,
    shown: &str,
    files: Vec<SourceFile>,
    limit: u64,
) -> Package {
    let outline = outline(&files);
    let main = Bundle { path: if path.is_empty() { "." } else { path }.to_owned(), files, binary: false };
    let entry = entries.iter().find(|entry| entry.name == "deps" && entry.exact);
    let deps = entry.map_or(Ok(Vec::new()), |entry| {
        dependencies(tree, &entry.place, &join(path, "deps"), &join(shown, "deps"), limit)
    });
    Package { path: path.to_owned(), main, outline, deps, has_deps: entry.is_some() }
}

fn dependencies<T: Tree>(
    tree: &T,
    place: &T::Place,
    path: &str,
    shown: &str,
    limit: u64,
) -> Result<Vec<Bundle>, Error> {
    let mut deps = Vec::new();
    for entry in tree.list(place, shown)? {
        let path = join(path, &entry.name);
        let shown = join(shown, &entry.name);
        match entry.kind {
            EntryKind::Directory | EntryKind::Submodule => {
                let entries = tree.list(&entry.place, &shown)?;
                let files = wit_files(tree, &entries, &path, &shown, limit)?;
                if files.is_empty() {
                    let message = format!("the dependency `{shown}` holds no `.wit` file of its own");
                    let hint = format!("`{shown}` {}; only files directly in it count", missing::contents(&entries));
                    return Err(Error::new(ErrorKind::Invalid, message).hint(hint));
                }
                deps.push(Bundle { path, files, binary: false });
            }
            EntryKind::File | EntryKind::Other => {
                if matches!(extension(&entry.name), Some("wit" | "wasm" | "wat")) {
                    deps.push(single(tree, &entry.place, &path, &shown, limit)?);
                }
            }
        }
    }
    Ok(deps)
}

pub(super) fn is_wit<P>(entry: &Entry<P>) -> bool {
    let is_file = matches!(entry.kind, EntryKind::File | EntryKind::Other);
    is_file && entry.exact && entry.name.ends_with(".wit")
}

/// What follows the last dot; a leading dot begins no extension.
fn extension(name: &str) -> Option<&str> {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
}

fn empty<T: Tree>(tree: &T, entries: &[Entry<T::Place>], typed: &str) -> Error {
    const SHOWN: usize = 6;
    let error = Error::new(ErrorKind::Empty, format!("`{typed}` holds no `.wit` file"));
    let binaries = entries.iter().filter(|entry| entry.kind == EntryKind::File && is_binary_name(&entry.name));
    let mut meant: Vec<String> = binaries.map(|entry| join(typed, &entry.name)).collect();
    meant.extend(wit_directories(tree, entries, typed));
    if meant.is_empty() {
        return error.hint(format!("`{typed}` {}", missing::contents(entries)));
    }
    let more = if meant.len() > SHOWN { format!(" ({} more like these)", meant.len() - SHOWN) } else { String::new() };
    meant.truncate(SHOWN);
    let meant = missing::alternatives(meant.into_iter()).unwrap_or_default();
    error.hint(format!("did you mean {meant}?{more}"))
}

/// The directories below that hold `*.wit` files, nearest first, down to the third level: `proposals/http/wit`.
fn wit_directories<T: Tree>(tree: &T, entries: &[Entry<T::Place>], typed: &str) -> Vec<String> {
    const DEEPEST: usize = 3;
    const VISITED: usize = 500;
    let mut found = Vec::new();
    let mut queue = VecDeque::new();
    let below = |entries: &[Entry<T::Place>], shown: &str, depth: usize| -> Vec<(T::Place, String, usize)> {
        let directories = entries.iter().filter(|entry| entry.kind == EntryKind::Directory && !is_skipped(&entry.name));
        directories.map(|entry| (entry.place.clone(), join(shown, &entry.name), depth)).collect()
    };
    queue.extend(below(entries, typed, 1));
    for _ in 0..VISITED {
        let Some((place, shown, depth)) = queue.pop_front() else { break };
        let Ok(entries) = tree.list(&place, &shown) else { continue };
        if entries.iter().any(is_wit) {
            found.push(shown);
        } else if depth < DEEPEST {
            queue.extend(below(&entries, &shown, depth + 1));
        }
    }
    found
}
