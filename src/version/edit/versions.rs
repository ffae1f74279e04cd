//! The versions of a package where it is declared and where it is asked for.

use super::Edit;
use crate::syntax::statements::{Statements, Written};
use semver::Version;

/// The version in every `package name@old;` and in every nested `package name@old { … }`.
///
/// `name` is `namespace:name` without `%`; `old` counts with its build metadata.
pub fn declarations(text: &str, name: &str, old: &Version, new: &Version) -> Vec<Edit> {
    let packages = Statements::of(text).packages;
    let named = packages.into_iter().filter(|package| package.name == name);
    named.filter_map(|package| replace(package.version, old, new)).collect()
}

/// The version in every reference `namespace:name/item@old`: in `use`, `import`, `export` and `include`.
///
/// `name` and `old` as in [`declarations`].
pub fn references(text: &str, name: &str, old: &Version, new: &Version) -> Vec<Edit> {
    let file = Statements::of(text);
    let words = |at: usize| file.tokens.get(at).filter(|token| token.is_name()).map(|token| token.text);
    // A slash stands nowhere else.
    let slashes = (3..file.tokens.len()).filter(|&at| file.is(at, "/") && file.is(at - 2, ":"));
    let named = slashes.filter(|&at| match (words(at - 3), words(at - 1)) {
        (Some(namespace), Some(package)) => name.split_once(':') == Some((namespace, package)),
        _ => false,
    });
    let versioned = named.filter(|&at| words(at + 1).is_some() && file.is(at + 2, "@"));
    versioned.filter_map(|at| replace(file.version(text, at + 3), old, new)).collect()
}

fn replace(found: Option<Written>, old: &Version, new: &Version) -> Option<Edit> {
    let (version, bytes) = found?;
    (version == *old && old != new).then(|| Edit { start: bytes.start, end: bytes.end, text: new.to_string() })
}
