//! What is worth knowing about a package beside its changes.

use super::page::{Page, named};
use crate::report::escape::clean;
use crate::report::wire::*;
use crate::version::track;
use semver::Version;

impl Page {
    pub fn notes(&mut self, package: &PackageReport) {
        for note in &package.notes {
            self.note(&clean(note));
        }
        for inherited in &package.inherits {
            self.note(&inherits(inherited));
        }
        for track in &package.tracks {
            self.note(&beside(track));
        }
        if let Some(moved) = moved(package) {
            self.note(&format!("moved {moved}"));
        }
    }
}

/// Where a package was and where it is, if that is elsewhere.
pub fn moved(package: &PackageReport) -> Option<String> {
    let (old, new) = (package.old_path.as_ref()?, package.new_path.as_ref()?);
    (old != new).then(|| format!("from {} to {}", named(old), named(new)))
}

/// What became of another version of the package.
fn beside(TrackReport { status, version, path }: &TrackReport) -> String {
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
