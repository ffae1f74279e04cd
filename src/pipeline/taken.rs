//! Versions that are declared and that another release has taken: one that is not in the history of what is checked.

use super::matching::{Named, is_same};
use super::{Options, Shared};
use crate::error::Error;
use crate::report::{self, PackageReport, PackageStatus, Report};
use crate::revision::{self, Catalog, Found, ReleaseTag, Target, is_family};
use semver::Version;
use std::collections::BTreeSet;

/// Warns of packages that changed and declare a version that was released elsewhere with other contents.
pub(super) fn warn(report: &mut Report, new: &Target, catalog: &Catalog, options: &Options, shared: &Shared) {
    let is_changed = |package: &&PackageReport| package.status == PackageStatus::Changed;
    if !report.packages.iter().any(|package| is_changed(&package)) {
        return;
    }
    // Where the tags cannot be told, whoever needs them has said so.
    let Ok(tags) = revision::other_releases(new, &options.revision) else { return };
    let taken: Vec<String> = (report.packages.iter().filter(is_changed))
        .filter_map(|package| taken(package, &tags, catalog, options, shared).ok().flatten())
        .collect();
    report.warnings.extend(taken);
}

/// The versions of a package that were released with other contents than it has now, wherever that was: those from
/// `old` on, as nobody goes back before that.
pub(super) fn versions(
    name: &str,
    old: Option<&Version>,
    here: &Found,
    new: &Target,
    options: &Options,
    shared: &Shared,
) -> BTreeSet<Version> {
    let tags = |tags: Result<Vec<ReleaseTag>, Error>| tags.unwrap_or_default();
    let reachable = tags(revision::release_tags(new, None, &options.revision));
    let others = tags(revision::other_releases(new, &options.revision));
    let mut found = BTreeSet::new();
    let is_later = |version: &Version| old.is_none_or(|old| version.cmp_precedence(old).is_ge());
    for tag in reachable.iter().chain(&others) {
        if !is_later(&tag.version) || !is_family(&tag.prefix, name) {
            continue;
        }
        let Ok(there) = shared.open(&Target::of_tag(tag), options).and_then(Named::new) else { continue };
        for (package, identity) in there.catalog.packages.iter().zip(&there.identities) {
            let is_same = || match (&here.revision, &package.revision) {
                (Ok(here), Ok(there)) => is_same(here, there),
                _ => false,
            };
            if identity.name == name && !is_same() {
                found.extend(identity.version.clone().filter(is_later));
            }
        }
    }
    found
}

fn taken(
    package: &PackageReport,
    tags: &[ReleaseTag],
    catalog: &Catalog,
    options: &Options,
    shared: &Shared,
) -> Result<Option<String>, Error> {
    let Some(declared) = package.new_version.as_deref() else { return Ok(None) };
    let is_it = |name: &str, version: String| name == package.name && version == declared;
    let here = catalog.packages.iter().find(|found| {
        let identity = found.identity().and_then(|identity| Some((&identity.name, identity.version.as_ref()?)));
        identity.is_some_and(|(name, version)| is_it(name, version.to_string()))
    });
    let Some(Ok(here)) = here.map(|found| &found.revision) else { return Ok(None) };
    for tag in tags.iter().filter(|tag| tag.version.to_string() == declared && is_family(&tag.prefix, &package.name)) {
        let there = Named::new(shared.open(&Target::of_tag(tag), options)?)?;
        for (found, identity) in there.catalog.packages.iter().zip(&there.identities) {
            let version = identity.version.as_ref().map(ToString::to_string).unwrap_or_default();
            if is_it(&identity.name, version) && found.revision.as_ref().is_ok_and(|there| !is_same(here, there)) {
                return Ok(Some(report::taken(&package.name, declared, &tag.name)));
            }
        }
    }
    Ok(None)
}
