//! What is worth a warning beside the changes, in sentences.

use super::{NO_GATE, Report};
use crate::error::{Error, Side};
use crate::revision::{Skipped, SkippedBecause};

/// The base of a check is what is checked.
pub const BASE_IS_ITSELF: &str = "the base is the very commit that is checked: only what is not committed can differ; check out what is \
                      to be merged, tag releases, name their tags with `--against tag:PATTERN`, or name another base with \
                      `--against`";

/// The newest release could have excused a version, and nobody knows it.
pub fn unknown_release(error: &Error) -> String {
    format!("the newest release is not known: {}", error.message)
}

/// A version that is declared was released elsewhere, as the tag `tag`.
pub fn taken(package: &str, declared: &str, tag: &str) -> String {
    format!(
        "`{package}` {declared} was released already, as `{tag}`, with other contents and outside of this history: \
         declare a version that is free"
    )
}

/// A directory that may hold packages, and that nobody could look into. What is another repository is not meant.
pub fn unread(side: Side, Skipped { path, because }: &Skipped) -> Option<String> {
    match because {
        SkippedBecause::Submodule => None,
        SkippedBecause::TooDeep => Some(format!("`{path}` on the {side} side lies too deep to be looked into")),
        SkippedBecause::Unreadable(why) => Some(format!("`{path}` on the {side} side was not looked into: {why}")),
    }
}

/// The warnings of a report the packages of which have features of their own: of those it is told whose gates lack them.
pub fn of_own_features(report: &Report) -> Vec<String> {
    let Some(package) = report.packages.first() else { return report.warnings.clone() };
    let tell = |warning: &String| match warning.strip_prefix(NO_GATE) {
        Some(feature) => format!("no gate of `{}` names the feature {feature}", package.name),
        None => warning.clone(),
    };
    report.warnings.iter().map(tell).collect()
}
