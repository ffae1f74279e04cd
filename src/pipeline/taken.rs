//! Versions that are declared and that another release has taken: one that is not in the history of what is checked.

use super::matching::{Named, is_same};
use super::{Options, Shared};
use crate::error::Error;
use crate::report::{self, PackageReport, PackageStatus, Report};
use crate::revision::{self, Catalog, Found, ReleaseTag, Target, is_family};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

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

/// A version of a package in the working tree.
pub(super) struct Wanted<'a> {
    pub name: &'a str,
    /// The version that it is compared with: nobody goes back before that.
    pub old: Option<&'a Version>,
    pub found: &'a Found,
}

/// The versions of each package that were released with other contents than it has now, wherever that was.
pub(super) fn versions(
    wanted: &[Wanted<'_>],
    new: &Target,
    options: &Options,
    shared: &Shared,
) -> Vec<BTreeSet<Version>> {
    let tags = |tags: Result<Vec<ReleaseTag>, Error>| tags.unwrap_or_default();
    let mut all = tags(revision::release_tags(new, None, &options.revision));
    all.extend(tags(revision::other_releases(new, &options.revision)));
    let is_later =
        |wanted: &Wanted<'_>, version: &Version| wanted.old.is_none_or(|old| version.cmp_precedence(old).is_gt());
    let mut taken = vec![BTreeSet::new(); wanted.len()];
    for tag in &all {
        let may_hold = |wanted: &Wanted<'_>| is_later(wanted, &tag.version) && is_family(&tag.prefix, wanted.name);
        let asking: Vec<usize> = (0..wanted.len()).filter(|&at| may_hold(&wanted[at])).collect();
        if asking.is_empty() {
            continue;
        }
        let Ok(there) = shared.open(&Target::of_tag(tag), options).and_then(Named::new) else { continue };
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, identity) in there.identities.iter().enumerate() {
            by_name.entry(&identity.name).or_default().push(at);
        }
        for at in asking {
            for &package in by_name.get(wanted[at].name).into_iter().flatten() {
                let is_same = match (&wanted[at].found.revision, &there.package(package).revision) {
                    (Ok(here), Ok(there)) => is_same(here, there),
                    _ => false,
                };
                let version =
                    there.identities[package].version.as_ref().filter(|version| is_later(&wanted[at], version));
                taken[at].extend(version.filter(|_| !is_same).cloned());
            }
        }
    }
    taken
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
