//! What is worth knowing about a package beside its changes, in sentences.

use super::escape::clean;
use super::profile::told;
use super::wire::*;
use crate::version::track;
use semver::Version;

/// A sentence each, without a full stop.
pub(super) fn notes(package: &PackageReport) -> Vec<String> {
    let notes = package.notes.iter().map(|note| clean(note));
    let moved = moved(package).map(|moved| format!("moved {moved}"));
    // A refusal is told where it is told that the package fails.
    let told = package.profile.as_ref().filter(|profile| profile.accepts || package.check.is_none()).map(told);
    notes
        .chain(told)
        .chain(package.inherits.iter().map(inherits))
        .chain(package.tracks.iter().map(beside))
        .chain(moved)
        .collect()
}

/// Where a package was and where it is, if that is elsewhere.
pub(super) fn moved(package: &PackageReport) -> Option<String> {
    let (old, new) = (package.old_path.as_ref()?, package.new_path.as_ref()?);
    (old != new).then(|| format!("from {} to {}", named(old), named(new)))
}

/// What became of another version of the package.
fn beside(TrackReport { status, version, path, .. }: &TrackReport) -> String {
    let version = version.as_deref().map_or("a version that is not declared".into(), clean);
    let place = path.as_deref().map_or(String::new(), |path| format!(" in {}", named(path)));
    match status {
        PackageStatus::Removed => format!("{version}{place} is gone, and only this version goes on"),
        _ => format!("{version}{place} is new beside it"),
    }
}

fn inherits(InheritReport { package, from, to }: &InheritReport) -> String {
    let track = Version::parse(from).map_or(String::new(), |from| format!(" and leaves track {}", track::exact(&from)));
    format!(
        "this package uses {}, which goes from {} to {}{track}: to use the new one, this package has to leave its own \
         track, too",
        named(package),
        clean(from),
        clean(to),
    )
}

/// A name from outside, for a sentence.
fn named(name: &str) -> String {
    format!("`{}`", clean(name))
}
