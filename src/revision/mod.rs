//! From what the user typed to sources in memory.
//!
//! The way of an input: `sides` and `baseline` say which two targets it is, `spec` takes one apart, `catalog` finds its
//! packages (`walk`, `discover`, `outline`), and `complete` what those depend on. `save` is the only way back.
//!
//! Only here: `git2` and `ignore` (behind the feature `git`) and the file system. Deliberately absent: whether any of it
//! is valid WIT. Which files make up a package is decided by their names and places, as `wit-parser` decides it for a
//! directory on disk, and what a package declares and asks for is seen at a glance; whether it parses is for the next
//! module to say.

#[cfg(feature = "git")]
mod ahead;
#[cfg(feature = "git")]
mod ancestry;
#[cfg(feature = "git")]
mod author;
#[cfg(feature = "git")]
mod baseline;
mod catalog;
mod complete;
mod contents;
#[cfg(feature = "git")]
mod digest;
mod discover;
mod disk;
#[cfg(feature = "git")]
mod driver;
#[cfg(feature = "git")]
mod environment;
mod gather;
#[cfg(feature = "git")]
mod git;
#[cfg(feature = "git")]
mod history;
#[cfg(feature = "git")]
mod incomplete;
#[cfg(feature = "git")]
mod index;
#[cfg(feature = "config")]
mod leave_out;
#[cfg(feature = "git")]
mod lineage;
#[cfg(feature = "git")]
mod locate;
#[cfg(feature = "git")]
mod merge_base;
mod missing;
#[cfg(feature = "git")]
mod names;
#[cfg(feature = "git")]
mod origin;
mod outline;
#[cfg(feature = "git")]
mod range;
#[cfg(feature = "git")]
mod repository;
#[cfg(feature = "git")]
mod save;
mod siblings;
mod sides;
mod spec;
#[cfg(feature = "git")]
mod status;
mod store;
#[cfg(feature = "git")]
mod tags;
mod target;
mod tree;
mod upwards;
mod walk;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
#[cfg(feature = "git")]
pub use author::author;
#[cfg(feature = "git")]
pub use baseline::{Baseline, baseline, is_itself};
pub use catalog::{Catalog, Found, Skipped, SkippedBecause};
pub use contents::Contents;
#[cfg(feature = "git")]
pub use digest::TreeDigest;
#[cfg(feature = "git")]
pub use driver::{Scope, Setting, attributes, configure, has_line, with_line};
#[cfg(feature = "git")]
pub use environment::Environment;
use gather::Gathered;
#[cfg(feature = "git")]
pub use history::{Before, Cut, History, Step, Steps, history};
#[cfg(feature = "config")]
pub use leave_out::LeaveOut;
#[cfg(feature = "git")]
pub use locate::{are_whole, index, inside, place, repository_of, working_tree};
#[cfg(feature = "git")]
pub use names::names;
#[cfg(feature = "git")]
pub use origin::{Origin, origin};
pub use outline::{Identity, ItemOutline, Outline, PackageOutline};
#[cfg(feature = "git")]
pub use save::{Replacement, Saved, save};
pub use sides::{SidesError, sides};
use spec::Reading;
#[cfg(feature = "git")]
pub use status::{dirty, top};
pub use store::Store;
#[cfg(feature = "git")]
pub use tags::{ReleaseTag, every_release, is_family, other_releases, release_tags};
pub use target::{Inside, Target};
#[cfg(not(feature = "git"))]
pub use target::{are_whole, inside};
pub use upwards::{Upwards, beside, upwards};

/// Where revisions are looked for, and how much of them is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The git repository, as any directory in it; `None` finds it from the working directory upwards.
    ///
    /// With a repository named here, an input that is no path is always read as a revision.
    pub repo: Option<PathBuf>,
    /// The largest file that is read, in bytes; 64 MiB by default.
    pub max_file_bytes: u64,
    /// The directory that relative inputs start from; `None` is the one of the process.
    pub working_directory: Option<PathBuf>,
    /// What is read instead of what the files on disk hold, by their canonical paths: edits that nobody has saved yet.
    pub unsaved: Arc<BTreeMap<PathBuf, Contents>>,
}

impl Default for Options {
    fn default() -> Options {
        Options { repo: None, max_file_bytes: 64 << 20, working_directory: None, unsaved: Arc::default() }
    }
}

impl Options {
    fn directory(&self) -> &Path {
        self.working_directory.as_deref().unwrap_or(Path::new("."))
    }
}

/// What an input was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// WIT text from the disk or from the standard input.
    Path,
    /// WIT text from a git object database.
    Git,
    /// A WebAssembly binary or its text form (`.wasm`, `.wat`), from the disk or from git.
    Wasm,
}

/// One file of a package, as it stands; not necessarily UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceFile {
    /// The path relative to the input, with forward slashes: `proxy.wit`, `deps/io/streams.wit`,
    /// `../io/streams.wit`. For an input that is one file, the name of that file.
    pub path: String,
    /// The contents.
    pub bytes: Contents,
}

/// The files of one package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    /// The directory or file that holds the package, relative to the input like [`SourceFile::path`]; `.` for an
    /// input that is itself the directory.
    pub path: String,
    /// The files, sorted by path; never none.
    pub files: Vec<SourceFile>,
    /// Whether the package is WebAssembly, binary or text. There is exactly one file then.
    pub binary: bool,
}

/// The sources of one revision of a package, and of what it may depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What the user typed.
    pub input: String,
    /// What that was taken for.
    pub kind: Kind,
    /// The full id of the commit, where the sources come from one.
    pub commit: Option<String>,
    /// The package itself.
    pub main: Bundle,
    /// The packages in its `deps` directory, sorted by file name.
    pub deps: Vec<Bundle>,
    /// Packages of the same repository that it may need, those beside it first: candidates only, and only for what is
    /// not in `deps`.
    pub siblings: Vec<Bundle>,
}

impl Bundle {
    /// What it declares and asks for, at a glance; nothing for WebAssembly.
    pub fn outline(&self) -> Outline {
        if self.binary { Outline::default() } else { outline::outline(&self.files) }
    }
}

impl Revision {
    /// A package that depends on nothing outside of itself.
    pub fn alone(main: Bundle) -> Revision {
        let (input, kind) = (main.path.clone(), if main.binary { Kind::Wasm } else { Kind::Path });
        Revision { input, kind, commit: None, main, deps: Vec::new(), siblings: Vec::new() }
    }
}

/// Reads the sources that `input` names.
///
/// `input` is `-` (one WIT document from the standard input), a path, `REV:PATH` as in `git show`, or `:PATH` for the
/// index. An input that exists as a path is a path; the prefixes `path:` and `git:` force one reading. A directory that
/// holds several packages is read by [`open`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let scratch = tempfile::tempdir()?;
/// # std::fs::write(scratch.path().join("a.wit"), "package a:b;")?;
/// use wit_diff::revision::{Options, load};
/// let options = Options { working_directory: Some(scratch.path().into()), ..Options::default() };
/// assert_eq!(&*load("a.wit", &options)?.main.files[0].bytes, b"package a:b;");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// `Unreadable` where there is nothing to read or no way to read it, `Empty` where a directory holds no WIT, and
/// `Invalid` where a directory in `deps` holds none.
pub fn load(input: &str, options: &Options) -> Result<Revision, Error> {
    match spec::read(input, options)? {
        Reading::Standard => {
            let bytes = standard_input(options.max_file_bytes)?;
            Ok(Revision { input: input.to_owned(), ..from_text("<stdin>", bytes) })
        }
        Reading::Path(path) => Ok(revision(input, Kind::Path, None, disk::load(path, options)?)),
        Reading::Revision { rev, path } => from_git(input, rev, path, options),
        Reading::Neither(error) => Err(error),
    }
}

/// Finds every package that `input` stands for: one for a file, all that are in it for a directory or a revision.
///
/// Each directory with a `package` declaration is one, unless it is below the `deps` of another. On disk, what git
/// ignores, hidden directories, `target`, `node_modules` and other repositories are left out. What a package needs comes
/// from its own `deps`, else from the packages of the same repository, by name and version.
///
/// # Errors
/// As [`load`]; a package whose dependencies cannot be read is in the catalog with its error.
pub fn open(input: &str, options: &Options, store: &Store) -> Result<Catalog, Error> {
    match spec::read(input, options)? {
        Reading::Standard => Ok(catalog::of_text(load(input, options)?)),
        Reading::Path(path) => Ok(disk::open(path, options)?.catalog(input, Kind::Path, None)),
        Reading::Revision { rev, path } => open_git(input, rev, path, options, store),
        Reading::Neither(error) => Err(error),
    }
}

/// A revision of one WIT document that is in memory already; what [`load`] makes of `-`.
pub fn from_text(name: &str, text: impl Into<Vec<u8>>) -> Revision {
    let file = SourceFile { path: name.to_owned(), bytes: text.into().into() };
    Revision {
        input: name.to_owned(),
        kind: Kind::Path,
        commit: None,
        main: Bundle { path: name.to_owned(), files: vec![file], binary: false },
        deps: Vec::new(),
        siblings: Vec::new(),
    }
}

/// What [`load`] would take `input` for, even if loading fails.
pub fn kind_of(input: &str, options: &Options) -> Kind {
    match spec::read(input, options) {
        Ok(Reading::Path(path)) if disk::is_binary(path, options) => Kind::Wasm,
        Ok(Reading::Revision { rev, path }) if git_is_binary(rev, path, options) => Kind::Wasm,
        Ok(Reading::Revision { .. }) => Kind::Git,
        Err(_) if input.starts_with("git:") || input.starts_with(':') => Kind::Git,
        _ => Kind::Path,
    }
}

fn standard_input(limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Error::new(ErrorKind::Unreadable, format!("cannot read the standard input: {error}")))?;
    if bytes.len() as u64 > limit {
        return Err(tree::oversize("<stdin>", None, limit));
    }
    if bytes.starts_with(gather::WASM) {
        return Err(Error::new(ErrorKind::Unreadable, "the standard input holds WebAssembly, and `-` reads WIT text")
            .hint("save it to a file and name that file"));
    }
    Ok(bytes)
}

fn revision(input: &str, kind: Kind, commit: Option<String>, found: Gathered) -> Revision {
    let Gathered { main, deps, siblings, .. } = found;
    let kind = if main.binary { Kind::Wasm } else { kind };
    Revision { input: input.to_owned(), kind, commit, main, deps, siblings }
}

#[cfg(feature = "git")]
fn open_git(input: &str, rev: &str, path: &str, options: &Options, store: &Store) -> Result<Catalog, Error> {
    let (commit, found) = git::open(rev, path, options, store)?;
    Ok(found.catalog(input, Kind::Git, commit))
}

#[cfg(not(feature = "git"))]
fn open_git(input: &str, rev: &str, path: &str, options: &Options, _store: &Store) -> Result<Catalog, Error> {
    from_git(input, rev, path, options).map(catalog::of_text)
}

#[cfg(feature = "git")]
fn from_git(input: &str, rev: &str, path: &str, options: &Options) -> Result<Revision, Error> {
    let (commit, found) = git::load(rev, path, options)?;
    Ok(revision(input, Kind::Git, commit, found))
}

#[cfg(feature = "git")]
fn git_is_binary(rev: &str, path: &str, options: &Options) -> bool {
    git::is_binary(rev, path, options)
}

#[cfg(not(feature = "git"))]
fn from_git(input: &str, _rev: &str, _path: &str, _options: &Options) -> Result<Revision, Error> {
    let message = format!("`{input}` is a git revision, and this build reads none");
    Err(Error::new(ErrorKind::Unreadable, message)
        .hint("build with the feature `git`, or check the revision out and name its path"))
}

#[cfg(not(feature = "git"))]
fn git_is_binary(_rev: &str, path: &str, _options: &Options) -> bool {
    gather::is_binary_name(path)
}
