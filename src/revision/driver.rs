//! Git's own settings: the commands that show a kind of file, and which files are of that kind.
//!
//! Deliberately absent: which commands. What somebody else has set is left alone.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind as Io, Write};
use std::path::{Path, PathBuf};

use git2::{Config, ConfigLevel, ErrorCode};

use super::{Options, repository};
use crate::error::{Error, ErrorKind};

/// Whose settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those of the repository that one stands in.
    Repository,
    /// Those of the user, for every repository.
    User,
}

/// One setting, and what it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As in `git config KEY`.
    pub key: &'static str,
    /// `None` takes it away.
    pub value: Option<String>,
    /// What is in every value that may be replaced or taken away.
    pub mark: &'static str,
}

/// Makes git's settings those, and says whether any of them was another one before.
///
/// # Errors
/// `Unreadable` where there is no repository, and `Unwritable`, and then nothing is changed, where somebody else has set
/// one of them already or git's settings cannot be written.
pub fn configure(settings: &[Setting], scope: Scope, options: &Options) -> Result<bool, Error> {
    let mut config = open(scope, options)?;
    let mut changes = Vec::new();
    for Setting { key, value, mark } in settings {
        let old = match config.get_string(key) {
            Ok(old) => Some(old),
            Err(error) if error.code() == ErrorCode::NotFound => None,
            Err(error) => return Err(unwritable(key, &error)),
        };
        match (&old, value) {
            (Some(old), Some(_)) if !old.contains(mark) => {
                let flag = if scope == Scope::User { " --global" } else { "" };
                return Err(Error::new(ErrorKind::Unwritable, format!("`{key}` is set already: `{old}`"))
                    .hint(format!("take it away if nobody needs it: `git config{flag} --unset {key}`")));
            }
            (Some(old), None) if !old.contains(mark) => {}
            _ if old != *value => changes.push((*key, value)),
            _ => {}
        }
    }
    for (key, value) in &changes {
        let done = match value {
            Some(value) => config.set_str(key, value),
            None => config.remove(key),
        };
        done.map_err(|error| unwritable(key, &error))?;
    }
    Ok(!changes.is_empty())
}

/// The file that says which files are of which kind: `.gitattributes` at the top of the working tree, `info/attributes` of
/// a bare repository, or that of the user.
///
/// # Errors
/// `Unreadable` where there is no repository, or nobody's home.
pub fn attributes(scope: Scope, options: &Options) -> Result<PathBuf, Error> {
    if scope == Scope::Repository {
        let repository = repository::open(options)?;
        return Ok(match repository.workdir() {
            Some(top) => top.join(".gitattributes"),
            None => repository.path().join("info").join("attributes"),
        });
    }
    if let Ok(named) = open(scope, options)?.get_path("core.attributesFile") {
        return Ok(named);
    }
    let base = match env::var_os("XDG_CONFIG_HOME").filter(|value| !value.is_empty()) {
        Some(base) => PathBuf::from(base),
        None => home()?.join(".config"),
    };
    Ok(base.join("git").join("attributes"))
}

/// Whether a file has a line, blanks aside.
pub fn has_line(file: &Path, line: &str) -> bool {
    fs::read(file).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).lines().any(|found| is_same(found, line)))
}

/// Adds a line at the end of a file, unless it is there, or takes it away wherever it is. Says whether that changed anything.
///
/// # Errors
/// `Unwritable` where that is no regular file, or cannot be written.
pub fn with_line(file: &Path, line: &str, is_there: bool) -> Result<bool, Error> {
    let fail = |error: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Unwritable, format!("cannot write `{}`: {error}", file.display()))
            .hint(format!("the line is `{line}`"))
    };
    // Git does not follow links here, and neither does what is written.
    match fs::symlink_metadata(file) {
        Ok(found) if !found.is_file() => return Err(fail(&"it is no regular file")),
        Err(error) if error.kind() != Io::NotFound => return Err(fail(&error)),
        _ => {}
    }
    let old = match fs::read(file) {
        Ok(old) => old,
        Err(error) if error.kind() == Io::NotFound => Vec::new(),
        Err(error) => return Err(fail(&error)),
    };
    let has = has_line(file, line);
    if has == is_there {
        return Ok(false);
    }
    if is_there {
        let end = if old.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" };
        let begin = if old.is_empty() || old.ends_with(b"\n") { "" } else { end };
        if let Some(directory) = file.parent() {
            fs::create_dir_all(directory).map_err(|error| fail(&error))?;
        }
        let opened = OpenOptions::new().create(true).append(true).open(file);
        let written = opened.and_then(|mut file| file.write_all(format!("{begin}{line}{end}").as_bytes()));
        return written.map(|()| true).map_err(|error| fail(&error));
    }
    let kept = old.split_inclusive(|&byte| byte == b'\n');
    let kept: Vec<u8> =
        kept.filter(|found| !is_same(&String::from_utf8_lossy(found), line)).flatten().copied().collect();
    // A file that held nothing else goes with the line.
    let written = if kept.is_empty() { fs::remove_file(file) } else { fs::write(file, kept) };
    written.map(|()| true).map_err(|error| fail(&error))
}

fn is_same(found: &str, line: &str) -> bool {
    found.split_whitespace().eq(line.split_whitespace())
}

fn open(scope: Scope, options: &Options) -> Result<Config, Error> {
    if scope == Scope::Repository {
        let config = repository::open(options)?.config().and_then(|config| config.open_level(ConfigLevel::Local));
        return config.map_err(|error| {
            Error::new(
                ErrorKind::Unreadable,
                format!("cannot read the settings of the repository: {}", error.message()),
            )
        });
    }
    let named = env::var_os("GIT_CONFIG_GLOBAL").filter(|value| !value.is_empty()).map(PathBuf::from);
    let file = match named.or_else(|| Config::find_global().ok()).or_else(|| Config::find_xdg().ok()) {
        Some(file) => file,
        None => home()?.join(".gitconfig"),
    };
    Config::open(&file).map_err(|error| {
        Error::new(ErrorKind::Unreadable, format!("cannot read `{}`: {}", file.display(), error.message()))
    })
}

fn home() -> Result<PathBuf, Error> {
    env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from).ok_or_else(|| {
        Error::new(ErrorKind::Unreadable, "it is not known where the home of the user is").hint("set `HOME`")
    })
}

fn unwritable(key: &str, error: &git2::Error) -> Error {
    Error::new(ErrorKind::Unwritable, format!("cannot set `{key}`: {}", error.message()))
        .hint("`git config --show-origin --list` says where git's settings are")
}
