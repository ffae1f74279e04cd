//! A version that falls short of the base, and not of what was released.

use super::{Checking, New, falls_short, source_of};
use crate::error::Error;
use crate::pipeline::matching::{Match, Named};
use crate::pipeline::releases::Releases;
use crate::pipeline::several::outcome;
use crate::report::{self, PackageReport, ReleasedReport};
use crate::revision::{self, Target};

/// Holds versions that fall short of the base against the newest release.
pub struct Excuse<'a> {
    checking: &'a Checking<'a>,
    base: &'a Target,
    new: &'a New,
    /// The releases, and what is checked; looked for when the first version falls short.
    known: Option<(Releases, Named)>,
    /// Why the newest release is not known.
    pub failed: Option<Error>,
}

impl<'a> Excuse<'a> {
    pub fn new(checking: &'a Checking<'a>, base: &'a Target, new: &'a New) -> Excuse<'a> {
        Excuse { checking, base, new, known: None, failed: None }
    }

    pub fn apply(&mut self, package: &mut PackageReport) {
        if self.failed.is_some() {
            return;
        }
        if let Err(error) = self.try_apply(package) {
            self.failed = Some(error);
        }
    }

    fn try_apply(&mut self, package: &mut PackageReport) -> Result<(), Error> {
        let Checking { options, shared, .. } = self.checking;
        if self.known.is_none() {
            let tags = revision::release_tags(&self.new.target, None, &options.revision)?;
            self.known =
                Some((Releases::new(tags, self.checking.check.skips_drafts), Named::new(self.new.catalog.clone()?)?));
        }
        let Some((releases, named)) = &self.known else { return Ok(()) };
        // What a release promised is not made good by a newer one that did not keep it.
        if releases.is_release_of(&package.name, self.base) {
            return Ok(());
        }
        let declared = package.new_version.as_deref();
        let is_it = |at: &usize| {
            let identity = &named.identities[*at];
            identity.name == package.name && identity.version.as_ref().map(ToString::to_string).as_deref() == declared
        };
        let Some(at) = (0..named.identities.len()).find(is_it) else { return Ok(()) };
        let mut newest =
            releases.newest(&self.checking.wanted(&named.identities[at]), |target| self.checking.open(target))?;
        let Some(release) = newest.pop() else { return Ok(()) };
        let inputs = self.checking.inputs(&source_of(&release.target), &self.new.target, named);
        let since = outcome(&release.named, named, &Match::Both(release.at, at), &inputs, options, &shared.parses);
        let Some(since) = since.package().filter(|since| !falls_short(since)) else { return Ok(()) };
        if let (Some(version), Some(level)) = (since.old_version.clone(), since.level) {
            package.version = report::VersionReport {
                released: Some(ReleasedReport { tag: release.target.shown.clone(), version, level }),
                ..since.version.clone()
            };
        }
        Ok(())
    }
}
