//! Compatibility tracks: what linkers take for the same name (SEMANTICS 6).

use semver::{Prerelease, Version};

/// The track that matching goes by, as text: a pre-release counts as on the track of its release. Empty without a
/// version.
pub fn of(version: &Option<Version>) -> String {
    match version {
        None => String::new(),
        Some(v) => exact(&Version { pre: Prerelease::EMPTY, ..v.clone() }),
    }
}

/// The track that linkers go by: a pre-release is its own; else `X`, `0.Y` or `0.0.Z`.
///
/// ```
/// use wit_diff::version::track;
/// assert_eq!(track::exact(&"1.2.3".parse().unwrap()), "1");
/// assert_eq!(track::exact(&"0.2.3".parse().unwrap()), "0.2");
/// assert_eq!(track::exact(&"0.0.3".parse().unwrap()), "0.0.3");
/// assert_eq!(track::exact(&"1.2.0-rc.1".parse().unwrap()), "1.2.0-rc.1");
/// ```
pub fn exact(version: &Version) -> String {
    let Version { major, minor, patch, pre, .. } = version;
    if !pre.is_empty() {
        format!("{major}.{minor}.{patch}-{pre}")
    } else if *major > 0 {
        format!("{major}")
    } else if *minor > 0 {
        format!("0.{minor}")
    } else {
        format!("0.0.{patch}")
    }
}
