//! Versions that are declared and that another release has taken: one that is not in the history of what is checked.

use super::matching::{Named, is_same};
use super::{Options, Shared};
use crate::error::Error;
use crate::report::{self, PackageReport, PackageStatus, Report};
use crate::revision::{self, Catalog, ReleaseTag, Target, is_family};

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
