//! Writes files, all of them or none, and puts the old ones back.
//!
//! Deliberately absent: what to write, and everything outside of the one directory that is named.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, ErrorKind};

/// One file that is to hold other bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The file, which is there; relative to the working directory of the process. Links are followed.
    pub path: PathBuf,
    /// What it holds as far as the caller knows.
    pub old: Vec<u8>,
    /// What it is to hold.
    pub new: Vec<u8>,
}

/// What was written. Dropping it puts the old bytes back, [`keep`](Saved::keep) does not.
#[derive(Debug)]
#[must_use = "what is dropped puts the old bytes back"]
pub struct Saved {
    files: Vec<Target>,
}

/// Writes all files, or none of them.
///
/// Each is written beside the old one, brought to the disk and moved into its place, with its permissions and, as far as
/// that is allowed, its owner: whoever reads it meanwhile sees the old bytes or the new ones. As it is another file then,
/// other hard links to the old one keep the old bytes, and access lists and extended attributes are not kept. Where `old`
/// and `new` are equal, the file is only checked.
///
/// # Errors
/// `Unwritable`, and then every file holds what it held before: where a file is not in the directory `root` when all
/// links are followed, or is in a `.git` or another repository in there; where it is not a regular file, is read-only, or
/// does not hold `old`; and where writing fails.
pub fn save(files: &[Replacement], root: &Path) -> Result<Saved, Error> {
    replace(prepare(files, root)?)
}

impl Saved {
    /// The files that were written, canonical and sorted.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }

    /// Leaves everything as it is now.
    pub fn keep(mut self) {
        self.files.clear();
    }

    /// Puts the old bytes back.
    ///
    /// # Errors
    /// `Unwritable`, naming the files that could not be put back, or that somebody else has changed since.
    pub fn undo(mut self) -> Result<(), Error> {
        self.put_back()
    }

    fn put_back(&mut self) -> Result<(), Error> {
        let files = std::mem::take(&mut self.files);
        let back = |file: Target| {
            file.holds(&file.new)?;
            file.write(&file.old)?.put(&file)
        };
        let failed: Vec<Error> = files.into_iter().rev().filter_map(|file| back(file).err()).collect();
        let Some(first) = failed.first() else { return Ok(()) };
        let messages: Vec<&str> = failed.iter().map(|error| error.message.as_str()).collect();
        let hint = first.hint.clone().unwrap_or_else(|| "`git diff` shows what is left of it".to_owned());
        Err(unwritable(messages.join("; ")).hint(hint))
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        // Nobody is left to hear of an error.
        let _ = self.put_back();
    }
}

/// A file that may be written, and everything to write it with.
#[derive(Debug)]
struct Target {
    path: PathBuf,
    /// As messages name it.
    shown: String,
    old: Vec<u8>,
    new: Vec<u8>,
    metadata: Metadata,
}

/// New bytes beside a file.
struct Written(NamedTempFile);

/// Checks all files and writes the new bytes beside them.
fn prepare(files: &[Replacement], root: &Path) -> Result<Vec<(Target, Written)>, Error> {
    let canonical = fs::canonicalize(root);
    let root = canonical.map_err(|error| unwritable(format!("cannot find `{}`: {error}", root.display())))?;
    let mut targets: BTreeMap<PathBuf, Target> = BTreeMap::new();
    for file in files {
        let target = Target::of(file, &root)?;
        match targets.get(&target.path) {
            Some(other) if other.new != target.new => {
                return Err(unwritable(format!("`{}` and `{}` are one file", other.shown, target.shown))
                    .hint("remove the link, or let both have the same text"));
            }
            _ => _ = targets.insert(target.path.clone(), target),
        }
    }
    let changed = targets.into_values().filter(|target| target.old != target.new);
    changed.map(|target| target.write(&target.new).map(|written| (target, written))).collect()
}

/// Moves what was written into its place.
fn replace(prepared: Vec<(Target, Written)>) -> Result<Saved, Error> {
    let mut saved = Saved { files: Vec::with_capacity(prepared.len()) };
    for (target, written) in prepared {
        // Looked at once more: time has passed.
        if let Err(error) = target.holds(&target.old).and_then(|()| written.put(&target)) {
            return Err(match saved.undo() {
                Ok(()) => error,
                Err(undone) => Error { message: format!("{}; {}", error.message, undone.message), ..undone },
            });
        }
        saved.files.push(target);
    }
    Ok(saved)
}

impl Target {
    fn of(file: &Replacement, root: &Path) -> Result<Target, Error> {
        let Replacement { path, old, new } = file;
        let typed = path.strip_prefix(root).unwrap_or(path).display().to_string();
        let fail = |error: io::Error| unwritable(format!("cannot write `{typed}`: {error}"));
        let path = fs::canonicalize(path).map_err(fail)?;
        let Ok(below) = path.strip_prefix(root) else {
            return Err(outside(&typed, &path, root));
        };
        let shown = below.display().to_string();
        if below.iter().any(|name| name.eq_ignore_ascii_case(".git")) {
            return Err(unwritable(format!("`{shown}` is git's own")).hint("move the package out of `.git`"));
        }
        let directories = path.ancestors().skip(1).take_while(|directory| *directory != root);
        if let Some(other) = directories.filter(|directory| directory.join(".git").exists()).last() {
            let message = format!("`{shown}` is in another repository, that at `{}`", other.display());
            return Err(unwritable(message).hint("run this in that repository first"));
        }
        let metadata = fs::metadata(&path).map_err(fail)?;
        if !metadata.is_file() {
            return Err(unwritable(format!("`{shown}` is not a regular file")).hint("name a file"));
        }
        if metadata.permissions().readonly() {
            return Err(
                unwritable(format!("`{shown}` is read-only")).hint(format!("`chmod u+w {shown}` makes it writable"))
            );
        }
        let target = Target { path, shown, old: old.clone(), new: new.clone(), metadata };
        target.holds(old)?;
        Ok(target)
    }

    /// Whether the file on disk holds these bytes.
    fn holds(&self, bytes: &[u8]) -> Result<(), Error> {
        let changed =
            || unwritable(format!("`{}` was changed meanwhile", self.shown)).hint("run the command once more");
        let limit = (bytes.len() as u64).saturating_add(1);
        let mut found = Vec::with_capacity(bytes.len().saturating_add(1));
        let read = match fs::symlink_metadata(&self.path) {
            // Opening a pipe would wait for somebody to write to it.
            Ok(metadata) if metadata.is_file() => File::open(&self.path),
            Ok(_) => return Err(changed()),
            Err(error) => Err(error),
        };
        match read.and_then(|file| file.take(limit).read_to_end(&mut found)) {
            Ok(_) if found == bytes => Ok(()),
            Ok(_) => Err(changed()),
            Err(error) => Err(unwritable(format!("cannot read `{}`: {error}", self.shown))),
        }
    }

    /// Writes bytes beside the file.
    fn write(&self, bytes: &[u8]) -> Result<Written, Error> {
        let written = || -> io::Result<NamedTempFile> {
            let directory = self.path.parent().unwrap_or(Path::new("."));
            let mut file = Builder::new().prefix(".wit-diff-").suffix(".tmp").tempfile_in(directory)?;
            file.write_all(bytes)?;
            keep_owner(file.as_file(), &self.metadata);
            file.as_file().set_permissions(self.metadata.permissions())?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        written().map(Written).map_err(|error| {
            unwritable(format!("cannot write beside `{}`: {error}", self.shown))
                .hint("let its directory be writable, and have room on the disk")
        })
    }
}

impl Written {
    fn put(self, target: &Target) -> Result<(), Error> {
        let fail = |error: io::Error| unwritable(format!("cannot replace `{}`: {error}", target.shown));
        self.0.persist(&target.path).map_err(|error| fail(error.error))?;
        // The move itself is on the disk only then; where that cannot be asked for, it is all the same done.
        if let Some(directory) = target.path.parent().and_then(|directory| File::open(directory).ok()) {
            let _ = directory.sync_all();
        }
        Ok(())
    }
}

/// Only some may give files away; for all others it is theirs then, as after `git checkout`.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if file.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _old: &Metadata) {}

fn outside(typed: &str, path: &Path, root: &Path) -> Error {
    let (there, root) = (path.display(), root.display());
    let message = if Path::new(typed) == path {
        format!("`{typed}` is outside of `{root}`")
    } else {
        format!("`{typed}` is a link to `{there}`, outside of `{root}`")
    };
    unwritable(message).hint("only files of the repository are written; change that one where it belongs")
}

fn unwritable(message: String) -> Error {
    Error::new(ErrorKind::Unwritable, message)
}

#[cfg(test)]
mod tests {
    use super::{Replacement, prepare, replace};
    use std::fs;

    fn named(directory: &tempfile::TempDir, names: &[&str]) -> Vec<Replacement> {
        let one = |name: &&str| {
            let path = directory.path().join(name);
            fs::write(&path, "old").unwrap();
            Replacement { path, old: "old".into(), new: "new".into() }
        };
        names.iter().map(one).collect()
    }

    /// What happens to the last file after everything was checked and written beside it.
    #[test]
    fn what_fails_half_way_leaves_nothing_written() {
        type Spoil = fn(&std::path::Path);
        let spoil: [(&str, Spoil); 4] = [
            ("`c.wit` was changed meanwhile", |path| fs::write(path, "older").unwrap()),
            ("cannot read `c.wit`", |path| fs::remove_file(path).unwrap()),
            ("`c.wit` was changed meanwhile", |path| {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            }),
            ("cannot read `c.wit`", |path| fs::rename(path, path.with_file_name("d.wit")).unwrap()),
        ];
        for (message, spoil) in spoil {
            let directory = tempfile::tempdir().unwrap();
            let files = named(&directory, &["a.wit", "b.wit", "c.wit"]);
            let prepared = prepare(&files, directory.path()).unwrap();
            spoil(&files[2].path);
            let error = replace(prepared).unwrap_err();
            assert!(error.message.starts_with(message), "{error}");
            for file in &files[..2] {
                assert_eq!(fs::read(&file.path).unwrap(), b"old");
            }
            let left = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".tmp")));
        }
    }

    #[test]
    fn a_directory_that_vanished_is_no_place_to_write_to() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("below")).unwrap();
        let files = named(&directory, &["a.wit", "below/b.wit"]);
        let prepared = prepare(&files, directory.path()).unwrap();
        fs::remove_dir_all(directory.path().join("below")).unwrap();
        assert!(replace(prepared).is_err());
        assert_eq!(fs::read(&files[0].path).unwrap(), b"old");
    }
}
