//! The versions that gates name.

use super::Edit;
use crate::syntax::statements::{Statements, Written};
use semver::Version;
use std::collections::BTreeSet;

/// The versions in `@since(version = …)` and `@deprecated(version = …)` of the items of the package `name` for which
/// `new` gives another one.
///
/// The items of a nested package are that package's, all others those of the package that the file declares, or of
/// `main` where it declares none. Names as in [`declarations`](super::declarations).
pub fn gates(text: &str, main: &str, name: &str, new: &dyn Fn(&Version) -> Option<Version>) -> Vec<Edit> {
    let edit = |(old, bytes): Written| {
        let new = new(&old).filter(|new| *new != old)?;
        Some(Edit { start: bytes.start, end: bytes.end, text: new.to_string() })
    };
    written(text, main, name).into_iter().filter_map(edit).collect()
}

/// Every version that `@since` and `@deprecated` of the package `name` give; whose items are whose as in [`gates`].
pub fn gate_versions(text: &str, main: &str, name: &str) -> BTreeSet<Version> {
    written(text, main, name).into_iter().map(|(version, _)| version).collect()
}

fn written(text: &str, main: &str, name: &str) -> Vec<Written> {
    let Statements { packages, all, .. } = Statements::of(text);
    let package_of = |package: Option<usize>| package.and_then(|at| packages.get(at)).map_or(main, |found| &found.name);
    let own = all.into_iter().filter(|statement| package_of(statement.package) == name);
    let dated = own.flat_map(|statement| statement.attributes);
    dated.filter(|gate| matches!(gate.name, "since" | "deprecated")).filter_map(|gate| gate.version).collect()
}
