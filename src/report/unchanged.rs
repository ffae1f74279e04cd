//! A package of which both sides have the same sources: there is nothing to compare.

use super::wire::*;
use crate::verdict::{Level, Verdict};
use crate::version;
use semver::Version;

/// The report on a package whose sources are the same on both sides.
pub fn unchanged(
    name: &str,
    version: Option<&Version>,
    mut interfaces: Vec<String>,
    mut worlds: Vec<String>,
) -> PackageReport {
    interfaces.sort();
    worlds.sort();
    let declared = version.map(Version::to_string);
    let consumers = Consumers { consumers: Verdict::Compatible, providers: Verdict::Compatible };
    let guests = Guests { guests: Verdict::Compatible, hosts: Verdict::Compatible };
    let (status, level) = (ItemStatus::Unchanged, Level::None);
    let version = VersionReport {
        required: version.map(|version| version::required(version, level).to_string()),
        declared: declared.clone(),
        verdict: version::verdict(version, version, level),
        released: None,
    };
    PackageReport {
        old_version: declared.clone(),
        new_version: declared,
        level: Some(level),
        interfaces: (interfaces.into_iter())
            .map(|name| InterfaceReport { name, status, level, link: consumers, source: consumers })
            .collect(),
        worlds: (worlds.into_iter())
            .map(|name| WorldReport { name, status, level, link: guests, source: guests, capabilities: None })
            .collect(),
        ..PackageReport::new(name.to_string(), PackageStatus::Unchanged, version)
    }
}
