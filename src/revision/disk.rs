//! Directories and files on disk.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind as Io, Read};
use std::path::{Path, PathBuf};

use super::Options;
use super::gather::{self, Gathered, Input};
use super::missing::{self, Step};
use super::tree::{Entry, EntryKind, Tree, oversize};
use crate::error::{Error, ErrorKind};

/// Reads the packages at `path`, from the working directory.
pub(super) fn load(path: &str, options: &Options) -> Result<Gathered, Error> {
    gather::gather(&Disk, &input(path, options), options.max_file_bytes)
}

/// Whether `path` is one file of WebAssembly.
pub(super) fn is_binary(path: &str, options: &Options) -> bool {
    gather::is_binary(&Disk, &input(path, options), options.max_file_bytes)
}

/// What is there instead of `path`, which is not there.
pub(super) fn advice(path: &str, options: &Options) -> Option<String> {
    missing::advice(&Disk, &input(path, options).steps).ok().flatten()
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

struct Disk;

impl Tree for Disk {
    type Place = PathBuf;

    fn kind(&self, place: &PathBuf, shown: &str) -> Result<Option<EntryKind>, Error> {
        match fs::metadata(place) {
            Ok(metadata) => Ok(Some(kind(&metadata))),
            Err(error) if is_absent(&error) && !is_link(place) => Ok(None),
            Err(error) => Err(refusal(place, shown, &error)),
        }
    }

    fn list(&self, directory: &PathBuf, shown: &str) -> Result<Vec<Entry<PathBuf>>, Error> {
        let refuse = |error: io::Error| refusal(directory, shown, &error);
        let mut entries: Vec<(OsString, Entry<PathBuf>)> = Vec::new();
        for entry in fs::read_dir(directory).map_err(refuse)? {
            let entry = entry.map_err(refuse)?;
            let name = entry.file_name();
            let place = directory.join(&name);
            let kind = fs::metadata(&place).map_or(EntryKind::Other, |metadata| kind(&metadata));
            let shown = name.to_string_lossy().into_owned();
            entries.push((name.clone(), Entry { exact: name.to_str().is_some(), name: shown, kind, place }));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    fn read(&self, file: &PathBuf, shown: &str, limit: u64) -> Result<Vec<u8>, Error> {
        let refuse = |error: io::Error| refusal(file, shown, &error);
        // Before it is opened: opening a pipe waits for somebody to write to it.
        let metadata = fs::metadata(file).map_err(refuse)?;
        if kind(&metadata) != EntryKind::File {
            return Err(Error::new(ErrorKind::Unreadable, format!("`{shown}` is neither a file nor a directory"))
                .hint("`-` reads one WIT document from the standard input"));
        }
        if metadata.len() > limit {
            return Err(oversize(shown, Some(metadata.len()), limit));
        }
        // All in one go; one byte more shows that there are no more.
        let length = usize::try_from(metadata.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(length.saturating_add(1));
        // Counted again, for files that grow or that do not know their size.
        File::open(file).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes)).map_err(refuse)?;
        if bytes.len() as u64 > limit { Err(oversize(shown, None, limit)) } else { Ok(bytes) }
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
