//! Takes what the user typed apart: standard input, path, or revision.

use std::fs;
use std::io::ErrorKind as Io;

use super::{Options, disk};
use crate::error::{Error, ErrorKind};

/// What stands for the index where a revision is named, which no revision is called.
pub(super) const INDEX: &str = "";

/// What an input says.
pub(super) enum Reading<'a> {
    /// `-`
    Standard,
    /// A path, from the working directory.
    Path(&'a str),
    /// A revision or [`INDEX`], and a path in its tree; an empty path is the whole tree.
    Revision { rev: &'a str, path: &'a str },
    /// Neither a path nor a revision, and why.
    Neither(Error),
}

/// Decides what `input` says. A path that exists is a path.
pub(super) fn read<'a>(input: &'a str, options: &Options) -> Result<Reading<'a>, Error> {
    if input == "-" {
        return Ok(Reading::Standard);
    }
    if let Some(rest) = input.strip_prefix("git:") {
        return revision(rest);
    }
    let path = input.strip_prefix("path:").unwrap_or(input);
    if path.is_empty() {
        return Err(Error::new(ErrorKind::Unreadable, "the input is empty").hint("`.` is the working directory"));
    }
    if path != input || exists(path, options) {
        return Ok(Reading::Path(path));
    }
    if options.repo.is_some() || colon(input).is_some() {
        return revision(input);
    }
    Ok(match known(input, options) {
        Ok(()) => Reading::Revision { rev: input, path: "" },
        Err(error) => Reading::Neither(neither(input, error, options)),
    })
}

/// The names on the way to `path` in a tree whose root is `root`; `here` is the working directory's place in it.
#[cfg(feature = "git")]
pub(super) fn names(path: &str, here: Option<Vec<Vec<u8>>>) -> Result<Vec<Vec<u8>>, Error> {
    let refuse = |message: &str| Error::new(ErrorKind::Unreadable, format!("`{path}` {message}"));
    if path.starts_with('/') {
        return Err(refuse("is an absolute path, and paths after `REV:` count from the repository's root")
            .hint(format!("leave out the leading slash: `{}`", path.trim_start_matches('/'))));
    }
    let relative = matches!(path.split('/').next(), Some("." | ".."));
    let mut names = match (relative, here) {
        (false, _) => Vec::new(),
        (true, Some(here)) => here,
        (true, None) => {
            return Err(refuse("is relative to the working directory, which is not in the repository's working tree")
                .hint("leave out the leading dots: paths after `REV:` count from the repository's root"));
        }
    };
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop().ok_or_else(|| refuse("leads out of the repository"))?;
            }
            name => names.push(name.as_bytes().to_vec()),
        }
    }
    Ok(names)
}

/// Takes `REV`, `REV:PATH` or `:PATH` apart.
pub(super) fn revision(input: &str) -> Result<Reading<'_>, Error> {
    if input.is_empty() {
        return Err(Error::new(ErrorKind::Unreadable, "the revision is empty").hint("`HEAD` is the last commit"));
    }
    // `:/text` runs to the end, colons and all.
    if input.starts_with(":/") {
        return Ok(Reading::Revision { rev: input, path: "" });
    }
    match colon(input) {
        None => Ok(Reading::Revision { rev: input, path: "" }),
        Some(0) => index(input),
        Some(at) => {
            let (rev, path) = input.split_at(at);
            Ok(Reading::Revision { rev, path: path.strip_prefix(':').unwrap_or(path) })
        }
    }
}

/// `:PATH` and `:0:PATH`. The other stages are the sides of a merge that is not done.
fn index(input: &str) -> Result<Reading<'_>, Error> {
    let path = input.strip_prefix(':').unwrap_or(input);
    match path.split_once(':') {
        Some(("0", path)) => Ok(Reading::Revision { rev: INDEX, path }),
        Some((stage @ ("1" | "2" | "3"), path)) => {
            let side = match stage {
                "1" => ("the version that both sides began with", "$(git merge-base HEAD MERGE_HEAD)"),
                "2" => ("our version", "HEAD"),
                _ => ("their version", "MERGE_HEAD"),
            };
            let message = format!("`{input}` names {} of a file with a conflict, and only stage 0 is read", side.0);
            Err(Error::new(ErrorKind::Unreadable, message)
                .hint(format!("`{}:{path}` names it in a merge, and `:{path}` once it is resolved", side.1)))
        }
        _ => Ok(Reading::Revision { rev: INDEX, path }),
    }
}

/// The first colon outside braces, as git finds it: `HEAD^{/fix: this}:wit`.
pub(super) fn colon(input: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in input.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Whether there is anything at `path`, readable or not.
pub(super) fn exists(path: &str, options: &Options) -> bool {
    match fs::symlink_metadata(options.directory().join(path)) {
        Ok(_) => !is_gits_own(path, options),
        // A path that is there but out of reach deserves to be named as such.
        Err(error) => {
            !matches!(error.kind(), Io::NotFound | Io::NotADirectory | Io::InvalidInput | Io::InvalidFilename)
        }
    }
}

/// Whether `path` is a file by which git itself keeps revisions: who stands in a bare repository names those.
fn is_gits_own(path: &str, options: &Options) -> bool {
    let here = options.directory();
    let is_bare = || here.join("HEAD").is_file() && here.join("objects").is_dir() && here.join("refs").is_dir();
    path.ends_with("HEAD") && !path.contains('/') && is_bare()
}

#[cfg(feature = "git")]
fn known(rev: &str, options: &Options) -> Result<(), Error> {
    let repository = super::repository::open(options)?;
    super::repository::resolve(&repository, rev, options).map(|_| ())
}

#[cfg(not(feature = "git"))]
fn known(_rev: &str, _options: &Options) -> Result<(), Error> {
    Err(Error::new(ErrorKind::Unreadable, "this build reads no git revisions"))
}

fn neither(input: &str, revision: Error, options: &Options) -> Error {
    let message = match revision.message.strip_prefix(&format!("there is no revision `{input}`")) {
        Some(why) => format!("there is neither a path nor a revision `{input}`{why}"),
        None => format!("there is no path `{input}`, and no revision either: {}", revision.message),
    };
    let hints: Vec<String> = disk::advice(input, options).into_iter().chain(revision.hint).collect();
    let error = Error::new(ErrorKind::Unreadable, message);
    if hints.is_empty() { error } else { error.hint(hints.join("; ")) }
}
