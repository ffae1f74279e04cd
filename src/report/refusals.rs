//! Why `bump` writes nothing, and what it leaves alone, in sentences.

use crate::error::{Error, ErrorKind};
use crate::revision::Identity;
use crate::version::NoNext;
use semver::Version;

/// So many files are named before the rest is counted.
const NAMED: usize = 3;

/// The working tree has changes that nobody committed.
pub fn dirty(paths: &[String]) -> Error {
    let named = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let more = match paths.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Error::new(ErrorKind::Unreadable, format!("there are changes that are not committed: {named}{more}"))
        .hint("commit or stash them, or write beside them with `--allow-dirty`")
}

/// Everything that there is, is left out.
#[cfg(feature = "config")]
pub fn all_left_out(shown: &str) -> Error {
    Error::new(ErrorKind::Empty, format!("every package of `{shown}` is left out")).hint(
        "`leave-out` in `wit-diff.toml` names too much; `wit-diff config` shows it, and `--no-config` reads no file",
    )
}

/// There is no version that could come next.
pub fn no_next(name: &str, declared: &Version, why: &NoNext) -> Error {
    match why {
        NoNext::SeriesGoesBackwards { old, first } => {
            let message = format!("`{name}` would go backwards: {first} comes before {old}, which is released already");
            Error::new(ErrorKind::Invalid, message).hint("name a series that comes later, such as `rc` after `beta`")
        }
        NoNext::Exhausted(version) => Error::new(
            ErrorKind::Invalid,
            format!("`{name}` {declared} has no next version: {version} is the last one"),
        )
        .hint("declare another version by hand"),
    }
}

/// Packages that move each other for ever; none are known.
pub fn endless() -> Error {
    Error::new(ErrorKind::Invalid, "the versions of these packages ask for each other without end")
        .hint("raise one after the other with `--package`")
}

/// A package that keeps a copy of its own of a version that moves.
pub fn pinned(path: &str, copy: &Identity) -> String {
    format!("`{path}` keeps its own copy of {copy}, which is not what the repository has: it does not follow")
}

/// A package that stands at several places, which differ.
pub fn doubled(name: &str, next: &Version, places: &[&str]) -> String {
    let places = places.iter().map(|place| format!("`{place}`")).collect::<Vec<_>>().join(" and in ");
    format!("`{name}` stands in {places}, and these differ: all of them declare {next} now")
}

/// A release that asks for a pre-release.
pub fn refers_to_draft((name, version): (&str, &Version), (draft, next): (&str, &Version)) -> String {
    format!(
        "`{name}` {version} is no pre-release and asks for {draft} {next} now: linkers match that by its exact name only"
    )
}
