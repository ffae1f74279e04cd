//! Directories and files on disk.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind as Io, Read};
use std::path::{Path, PathBuf};

use super::catalog::{self, Search};
#[cfg(feature = "git")]
use super::gather::is_skipped;
use super::gather::{self, Gathered, Input};
use super::missing::{self, Step};
use super::tree::{Entry, EntryKind, Tree, oversize};
use super::upwards::{self, Upwards};
#[cfg(feature = "git")]
use super::walk::{self, Directory, Walk};
use super::{Contents, Options};
#[cfg(feature = "git")]
use super::{Skipped, SkippedBecause};
use crate::error::{Error, ErrorKind};
#[cfg(feature = "git")]
use ignore::WalkBuilder;
#[cfg(feature = "git")]
use std::sync::{Arc, Mutex};

/// Reads the packages at `path`, from the working directory.
pub(super) fn load(path: &str, options: &Options) -> Result<Gathered, Error> {
    catalog::gather(&Disk::of(options), &input(path, options), options.max_file_bytes)
}

/// Finds the packages at `path`, from the working directory.
pub(super) fn open(path: &str, options: &Options) -> Result<Search, Error> {
    catalog::search(&Disk::of(options), &input(path, options), options.max_file_bytes)
}

/// Whether `path` is one file of WebAssembly.
pub(super) fn is_binary(path: &str, options: &Options) -> bool {
    gather::is_binary(&Disk::of(options), &input(path, options), options.max_file_bytes)
}

/// What is there instead of `path`, which is not there.
pub(super) fn advice(path: &str, options: &Options) -> Option<String> {
    missing::advice(&Disk::of(options), &input(path, options).steps).ok().flatten()
}

/// The file `name` beside `path` or above.
pub(super) fn upwards(path: &str, name: &str, options: &Options) -> Result<Option<Upwards>, Error> {
    let start = options.directory().join(path);
    let base = fs::canonicalize(options.directory()).unwrap_or_default();
    let called = |place: &PathBuf| match (place.strip_prefix(&base), base.strip_prefix(place)) {
        (Ok(below), _) => below.display().to_string(),
        (_, Ok(above)) => vec![".."; above.iter().count()].join("/"),
        _ => place.display().to_string(),
    };
    let disk = Disk::of(options);
    let found = upwards::search(&disk, &start, name, called, options.max_file_bytes)?;
    if let Some((shown, ..)) = &found {
        stays_inside(&disk, &options.directory().join(shown), shown)?;
    }
    Ok(found.map(|(shown, contents, below)| Upwards { shown, contents, below }))
}

/// Whoever proposes a change writes such a file, and what is wrong with it is quoted: it is no link to elsewhere.
fn stays_inside(disk: &Disk<'_>, file: &Path, shown: &str) -> Result<(), Error> {
    let directory = file.parent().and_then(|directory| fs::canonicalize(directory).ok()).unwrap_or_default();
    let top = disk.repository(&directory).map_or(directory, |(top, _)| top);
    match fs::canonicalize(file) {
        Ok(place) if place.starts_with(&top) => Ok(()),
        Ok(_) => {
            Err(Error::new(ErrorKind::Unreadable, format!("`{shown}` is a link that leads out of the repository"))
                .hint("put the file itself there, or name it with `--config`"))
        }
        Err(error) => Err(refusal(file, shown, &error)),
    }
}

/// The file at `path`, which speaks for what is judged as if it stood beside it.
pub(super) fn named(path: &str, options: &Options) -> Result<Upwards, Error> {
    let contents = Disk::of(options).read(&options.directory().join(path), path, options.max_file_bytes)?;
    Ok(Upwards { shown: path.to_owned(), contents, below: Vec::new() })
}

fn input(path: &str, options: &Options) -> Input<PathBuf> {
    let typed = Path::new(path);
    let name = typed.file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let steps = typed.ancestors().zip(typed.ancestors().skip(1)).map(|(child, parent)| Step {
        place: options.directory().join(parent),
        shown: if parent.as_os_str().is_empty() { ".".to_owned() } else { parent.display().to_string() },
        next: child.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    });
    Input { place: options.directory().join(typed), typed: path.to_owned(), name, steps: steps.collect() }
}

struct Disk<'a> {
    unsaved: &'a BTreeMap<PathBuf, Contents>,
}

impl Disk<'_> {
    fn of(options: &Options) -> Disk<'_> {
        Disk { unsaved: &options.unsaved }
    }

    /// What nobody has saved yet of a file.
    fn unsaved(&self, file: &Path) -> Option<&Contents> {
        if self.unsaved.is_empty() { None } else { self.unsaved.get(&fs::canonicalize(file).ok()?) }
    }
}

impl Tree for Disk<'_> {
    type Place = PathBuf;

    fn kind(&self, place: &PathBuf, shown: &str) -> Result<Option<EntryKind>, Error> {
        match fs::metadata(place) {
            Ok(metadata) => Ok(Some(kind(&metadata))),
            Err(error) if is_absent(&error) && !is_link(place) => Ok(None),
            Err(error) => Err(refusal(place, shown, &error)),
        }
    }

    fn list(&self, directory: &PathBuf, shown: &str) -> Result<Vec<Entry<PathBuf>>, Error> {
        list(directory, shown)
    }

    fn read(&self, file: &PathBuf, shown: &str, limit: u64) -> Result<Contents, Error> {
        let refuse = |error: io::Error| refusal(file, shown, &error);
        // Before it is opened: opening a pipe waits for somebody to write to it.
        let metadata = fs::metadata(file).map_err(refuse)?;
        if kind(&metadata) != EntryKind::File {
            return Err(Error::new(ErrorKind::Unreadable, format!("`{shown}` is neither a file nor a directory"))
                .hint("`-` reads one WIT document from the standard input"));
        }
        if let Some(contents) = self.unsaved(file) {
            let size = contents.len() as u64;
            return if size > limit { Err(oversize(shown, Some(size), limit)) } else { Ok(contents.clone()) };
        }
        if metadata.len() > limit {
            return Err(oversize(shown, Some(metadata.len()), limit));
        }
        // All in one go; one byte more shows that there are no more.
        let length = usize::try_from(metadata.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(length.saturating_add(1));
        // Counted again, for files that grow or that do not know their size.
        File::open(file).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes)).map_err(refuse)?;
        if bytes.len() as u64 > limit { Err(oversize(shown, None, limit)) } else { Ok(bytes.into()) }
    }

    fn child(&self, directory: &PathBuf, name: &str) -> PathBuf {
        directory.join(name)
    }

    fn canonical(&self, place: &PathBuf) -> Option<PathBuf> {
        fs::canonicalize(place).ok()
    }

    fn parent(&self, canonical: &PathBuf) -> Option<PathBuf> {
        // The root of a working tree is as far as `REV:PATH` sees, and both must see the same.
        if canonical.join(".git").exists() { None } else { canonical.parent().map(Path::to_path_buf) }
    }

    fn name(&self, canonical: &PathBuf) -> String {
        canonical.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn repository(&self, canonical: &PathBuf) -> Option<(PathBuf, Vec<String>)> {
        let top = canonical.ancestors().find(|directory| directory.join(".git").exists())?;
        let names = canonical.strip_prefix(top).ok()?.iter();
        Some((top.to_path_buf(), names.map(|name| name.to_string_lossy().into_owned()).collect()))
    }

    #[cfg(feature = "git")]
    fn walk(&self, root: &PathBuf, shown: &str) -> Result<Walk<PathBuf>, Error> {
        list(root, shown)?;
        Ok(unignored(root))
    }
}

fn list(directory: &Path, shown: &str) -> Result<Vec<Entry<PathBuf>>, Error> {
    let refuse = |error: io::Error| refusal(directory, shown, &error);
    let mut entries: Vec<(OsString, Entry<PathBuf>)> = Vec::new();
    for entry in fs::read_dir(directory).map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        let name = entry.file_name();
        let place = directory.join(&name);
        let kind = fs::metadata(&place).map_or(EntryKind::Other, |metadata| kind(&metadata));
        let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let shown = name.to_string_lossy().into_owned();
        entries.push((name.clone(), Entry { exact: name.to_str().is_some(), name: shown, kind, link, place }));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// The directories that git does not ignore.
#[cfg(feature = "git")]
fn unignored(root: &Path) -> Walk<PathBuf> {
    let path = |place: &Path| {
        let below = place.strip_prefix(root).unwrap_or(place);
        below.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    // Found by a filter that has to own what it writes to.
    let others = Arc::new(Mutex::new(Vec::new()));
    let found = Arc::clone(&others);
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .git_ignore(true)
        .git_exclude(true)
        .git_global(true)
        .parents(true)
        .require_git(false)
        .max_depth(Some(walk::DEEPEST))
        .filter_entry(move |entry| {
            let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
            if entry.depth() == 0 || !is_directory {
                return entry.depth() == 0;
            }
            let is_other = entry.path().join(".git").exists();
            if is_other && let Ok(mut found) = found.lock() {
                found.push(entry.path().to_path_buf());
            }
            let is_text = entry.file_name().to_str().is_some();
            !is_other && is_text && !is_skipped(&entry.file_name().to_string_lossy())
        })
        .build();
    let (mut directories, mut skipped) = (Vec::new(), Vec::new());
    for entry in walker {
        let listed = entry.map_err(|error| (error_path(&error), error.to_string())).and_then(|entry| {
            let (place, path) = (entry.into_path(), path);
            match list(&place, &place.display().to_string()) {
                Ok(entries) => Ok(Directory { path: path(&place), entries }),
                Err(error) => Err((Some(place), error.message)),
            }
        });
        match listed {
            Ok(directory) => directories.push(directory),
            Err((place, why)) => {
                let path = place.map_or_else(|| ".".to_owned(), |place| path(&place));
                skipped.push(Skipped { path, because: SkippedBecause::Unreadable(why) });
            }
        }
    }
    let others = others.lock().map(|found| found.clone()).unwrap_or_default();
    skipped.extend(others.iter().map(|place| Skipped { path: path(place), because: SkippedBecause::Submodule }));
    directories.sort_by(|a, b| a.path.cmp(&b.path));
    skipped.sort();
    Walk { directories, skipped }
}

/// The directory that a walk could not enter.
#[cfg(feature = "git")]
fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

fn kind(metadata: &Metadata) -> EntryKind {
    if metadata.is_dir() {
        EntryKind::Directory
    } else if metadata.is_file() {
        EntryKind::File
    } else {
        EntryKind::Other
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), Io::NotFound | Io::NotADirectory)
}

fn is_link(place: &Path) -> bool {
    fs::symlink_metadata(place).is_ok_and(|metadata| metadata.is_symlink())
}

fn refusal(place: &Path, shown: &str, error: &io::Error) -> Error {
    if error.kind() == Io::PermissionDenied {
        return Error::new(ErrorKind::Unreadable, format!("no permission to read `{shown}`"))
            .hint("change its permissions, or run as a user who may read it");
    }
    let message = match fs::read_link(place) {
        Ok(target) if is_absent(error) => {
            format!("`{shown}` is a symbolic link to `{}`, which does not exist", target.display())
        }
        Ok(target) => format!("`{shown}` is a symbolic link to `{}`: {error}", target.display()),
        Err(_) if error.kind() == Io::NotADirectory => format!("`{shown}` is not a directory"),
        Err(_) => format!("cannot read `{shown}`: {error}"),
    };
    let error = Error::new(ErrorKind::Unreadable, message);
    if is_link(place) { error.hint("let the link lead to a file or a directory, or name that instead") } else { error }
}
