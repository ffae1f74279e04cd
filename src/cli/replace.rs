//! Puts a text in the place of a file, in one step or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file that is to be replaced, and what is in it.
#[derive(Debug)]
pub struct Place {
    /// What the user called it.
    name: PathBuf,
    /// Where the file itself is: a link stays, and what it leads to is replaced.
    path: PathBuf,
    /// What is in it; `None` where it is not there yet.
    pub text: Option<String>,
}

impl Place {
    /// Reads a file that is to be replaced.
    pub fn of(name: &Path, max_bytes: u64) -> Result<Place, String> {
        let fail = |what: &str| format!("cannot write `{}`: {what}", name.display());
        let metadata = match fs::symlink_metadata(name) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let directory = name.parent().filter(|parent| !parent.as_os_str().is_empty());
                if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
                    return Err(fail(&format!("there is no directory `{}`", directory.display())));
                }
                return Ok(Place { name: name.into(), path: name.into(), text: None });
            }
            Err(error) => return Err(fail(&error.to_string())),
        };
        let path = if metadata.is_symlink() {
            let path =
                name.canonicalize().map_err(|error| fail(&format!("it is a link that leads nowhere: {error}")))?;
            let root = root(name).ok_or_else(|| fail("it is a link, and nobody can tell where from"))?;
            if !path.starts_with(&root) {
                return Err(fail(&format!(
                    "it is a link that leads out of `{}`\nhint: name the file itself, `{}`",
                    root.display(),
                    path.display()
                )));
            }
            path
        } else {
            name.to_path_buf()
        };
        // Before it is opened: opening a pipe waits for somebody to write to it.
        let metadata = fs::metadata(&path).map_err(|error| fail(&error.to_string()))?;
        if metadata.is_dir() {
            return Err(fail("it is a directory\nhint: name a file in it, such as CHANGELOG.md"));
        }
        if !metadata.is_file() {
            return Err(fail("it is no regular file"));
        }
        if metadata.len() > max_bytes {
            return Err(fail("it is larger than `--max-file-size` allows"));
        }
        let mut bytes = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(max_bytes).read_to_end(&mut bytes));
        read.map_err(|error| fail(&error.to_string()))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| fail("what is in it is not UTF-8\nhint: convert it, for example with `iconv -t UTF-8`"))?;
        Ok(Place { name: name.into(), path, text: Some(text) })
    }

    /// Puts a text in its place. Where that fails, the file is what it was.
    pub fn write(&self, text: &str) -> Result<(), String> {
        self.try_write(text).map_err(|error| format!("cannot write `{}`: {error}", self.name.display()))
    }

    fn try_write(&self, text: &str) -> io::Result<()> {
        let directory = self.path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".wit-diff-");
        // A new file may be read by whom the process lets read its files, and not by its owner alone.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        if self.text.is_some() {
            // Whoever may not write the file does not get to replace it.
            File::options().append(true).open(&self.path)?;
        }
        let mut file = builder.tempfile_in(directory)?;
        if self.text.is_some() {
            file.as_file().set_permissions(fs::metadata(&self.path)?.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The working tree that a file is in, else its directory.
fn root(name: &Path) -> Option<PathBuf> {
    let directory = name.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let directory = directory.canonicalize().ok()?;
    let top = directory.ancestors().find(|ancestor| ancestor.join(".git").exists());
    Some(top.unwrap_or(&directory).to_path_buf())
}
