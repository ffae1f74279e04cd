//! What can go wrong while a revision is read and resolved.
//!
//! Deliberately absent: sentences about verdicts, and exit codes. An [`Error`] says which side, which revision, where,
//! and what to do next; the command line decides what that is worth.

use std::fmt;

/// One of the two revisions that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The revision that was published.
    Old,
    /// The revision that is to be published.
    New,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Old => "old",
            Side::New => "new",
        })
    }
}

/// Why a revision is not there to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// The input could not be read: no such path, revision or entry, no permission, over a limit.
    Unreadable,
    /// The input was read, but is no valid WIT, or a dependency of it is missing (SEMANTICS 9).
    Invalid,
    /// The input was read and holds no WIT at all.
    Empty,
    /// A file could not be written.
    Unwritable,
}

/// A place in a source text. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The file, relative to the input.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A revision, or a package in it, could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The class of the error.
    pub kind: ErrorKind,
    /// What is wrong, without its place; the parser's own words where it is the parser that refuses.
    pub message: String,
    /// Where, as far as it is known.
    pub position: Option<Position>,
    /// The line at `position`, as it stands in the source.
    pub snippet: Option<String>,
    /// What to do next.
    pub hint: Option<String>,
}

impl Error {
    /// An error of `kind` that says `message`, with no place and no hint yet.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), position: None, snippet: None, hint: None }
    }

    /// The same error with advice on what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// The same error at a place.
    pub fn at(mut self, position: Position, snippet: impl Into<String>) -> Error {
        self.position = Some(position);
        self.snippet = Some(snippet.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(p) = &self.position {
            write!(f, "{}:{}:{}: ", p.file, p.line, p.column)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
