//! The version that a level asks for, and whether the declared one honours it (SEMANTICS 6).

use crate::verdict::Level;
use semver::{BuildMetadata, Prerelease, Version};
use serde::Serialize;
use std::cmp::Ordering;

/// Whether the declared version honours what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VersionVerdict {
    /// It is at least the required one, or a pre-release of it.
    Sufficient,
    /// It is lower than the required one.
    Insufficient,
    /// Something changed under an unchanged version.
    UnchangedVersion,
    /// It is lower than the old one.
    WentBackwards,
    /// One pre-release follows another: no promise is broken inside a series.
    PreRelease,
    /// A side declares no version: nothing can be verified.
    Unversioned,
    /// The package could not be judged.
    Undetermined,
}

/// The least version that honours `level` after `old`.
///
/// ```
/// use wit_diff::{verdict::Level, version::required};
/// let required = |old: &str, level| required(&old.parse().unwrap(), level).to_string();
/// assert_eq!(required("1.2.3", Level::Minor), "1.3.0");
/// assert_eq!(required("0.2.3", Level::Major), "0.3.0");
/// assert_eq!(required("0.2.3", Level::Minor), "0.2.4");
/// assert_eq!(required("0.0.3", Level::Patch), "0.0.4");
/// assert_eq!(required("1.2.0-rc.2", Level::Major), "1.2.0-rc.3");
/// ```
pub fn required(old: &Version, level: Level) -> Version {
    let &Version { major, minor, patch, .. } = old;
    if level == Level::None {
        return bare(old);
    }
    if !old.pre.is_empty() {
        return next_pre_release(old);
    }
    match (major, minor, level) {
        (0, 0, _) => Version::new(0, 0, patch.saturating_add(1)),
        (0, _, Level::Major) => Version::new(0, minor.saturating_add(1), 0),
        (0, _, _) => Version::new(0, minor, patch.saturating_add(1)),
        (_, _, Level::Major) => Version::new(major.saturating_add(1), 0, 0),
        (_, _, Level::Minor) => Version::new(major, minor.saturating_add(1), 0),
        (_, _, Level::Patch | Level::None) => Version::new(major, minor, patch.saturating_add(1)),
    }
}

/// `rc.2` becomes `rc.3`; a series that does not count, such as one of dates, gets a count behind it.
fn next_pre_release(old: &Version) -> Version {
    let text = old.pre.as_str();
    let counted = text.rsplit_once('.').and_then(|(series, count)| {
        let next = count.parse::<u64>().ok()?.checked_add(1)?;
        Prerelease::new(&format!("{series}.{next}")).ok()
    });
    let pre = counted.or_else(|| Prerelease::new(&format!("{text}.1")).ok()).unwrap_or_else(|| old.pre.clone());
    Version { pre, ..bare(old) }
}

/// Whether `new` honours `level` after `old`.
pub fn verdict(old: Option<&Version>, new: Option<&Version>, level: Level) -> VersionVerdict {
    let (Some(old), Some(new)) = (old, new) else { return VersionVerdict::Unversioned };
    match new.cmp_precedence(old) {
        Ordering::Less => VersionVerdict::WentBackwards,
        Ordering::Equal if level == Level::None => VersionVerdict::Sufficient,
        Ordering::Equal => VersionVerdict::UnchangedVersion,
        Ordering::Greater => {
            let release = Version { pre: Prerelease::EMPTY, ..bare(new) };
            let same_series = !old.pre.is_empty()
                && !new.pre.is_empty()
                && release == Version { pre: Prerelease::EMPTY, ..bare(old) };
            if same_series {
                VersionVerdict::PreRelease
            } else if release.cmp_precedence(&required(old, level)) != Ordering::Less {
                VersionVerdict::Sufficient
            } else {
                VersionVerdict::Insufficient
            }
        }
    }
}

/// The same version without build metadata, which says nothing about compatibility.
fn bare(version: &Version) -> Version {
    Version { build: BuildMetadata::EMPTY, ..version.clone() }
}
