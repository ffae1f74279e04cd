//! Advice for a path that is not there: what is there instead, and what may have been meant.

use similar::get_close_matches;

use super::tree::{Entry, EntryKind, Tree, join};
use crate::error::{Error, ErrorKind};

/// A directory on the way to a path, and the name that was looked for in it.
pub(super) struct Step<P> {
    pub place: P,
    pub shown: String,
    pub next: String,
}

/// The error for `shown`, which is not there; `steps` lead to it, nearest first.
pub(super) fn missing<T: Tree>(tree: &T, shown: &str, steps: &[Step<T::Place>]) -> Error {
    let error = Error::new(ErrorKind::Unreadable, format!("there is no `{shown}`"));
    match advice(tree, steps) {
        Ok(Some(hint)) => error.hint(hint),
        Ok(None) => error,
        Err(error) => error,
    }
}

/// What the nearest directory that exists has to offer; the error of the way to it where that is the reason.
pub(super) fn advice<T: Tree>(tree: &T, steps: &[Step<T::Place>]) -> Result<Option<String>, Error> {
    for step in steps {
        let Some(kind) = tree.kind(&step.place, &step.shown)? else { continue };
        if kind == EntryKind::File {
            return Ok(Some(format!("`{}` is a file", step.shown)));
        }
        let entries = tree.list(&step.place, &step.shown)?;
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let close = similar_names(&step.next, &names);
        let meant = alternatives(close.iter().map(|name| join(&step.shown, name)));
        let holds = format!("`{}` {}", step.shown, contents(&entries));
        return Ok(Some(match meant {
            Some(meant) => format!("did you mean {meant}? {holds}"),
            None => holds,
        }));
    }
    Ok(None)
}

/// What a directory holds, hidden things aside, as the end of a sentence.
pub(super) fn contents<P>(entries: &[Entry<P>]) -> String {
    const SHOWN: usize = 8;
    let entries: Vec<&Entry<P>> = entries.iter().filter(|entry| !entry.name.starts_with('.')).collect();
    if entries.is_empty() {
        return "holds nothing".to_owned();
    }
    let mut names: Vec<String> = entries.iter().take(SHOWN).map(|entry| quote(entry)).collect();
    if entries.len() > SHOWN {
        names.push(format!("and {} more", entries.len() - SHOWN));
    }
    format!("holds {}", names.join(", "))
}

/// The names that are most like `name`, best first.
pub(super) fn similar_names<'a>(name: &str, names: &[&'a str]) -> Vec<&'a str> {
    // The comparison is quadratic in the length, and nothing that long is a slip of the fingers.
    if name.len() > 255 { Vec::new() } else { get_close_matches(name, names, 3, 0.6) }
}

/// `a`, `b` or `c`, or nothing.
pub(super) fn alternatives(names: impl Iterator<Item = String>) -> Option<String> {
    let mut quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let last = quoted.pop()?;
    Some(if quoted.is_empty() { last } else { format!("{} or {last}", quoted.join(", ")) })
}

fn quote<P>(entry: &Entry<P>) -> String {
    match entry.kind {
        EntryKind::Directory => format!("`{}/`", entry.name),
        EntryKind::Submodule => format!("`{}` (a submodule)", entry.name),
        EntryKind::File | EntryKind::Other => format!("`{}`", entry.name),
    }
}
