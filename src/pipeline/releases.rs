//! The releases of a package: those tags whose trees hold it, and what the older ones of a track still promise.

use super::matching::Named;
use super::several::Outcome;
use crate::error::{Error, ErrorKind};
use crate::report::{InputReport, ItemStatus, PackageReport, PackageStatus};
use crate::revision::{Catalog, Identity, ReleaseTag, Target, is_family};
use crate::verdict::Level;
use crate::version::{self, track};
use semver::Version;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Release tags, and the packages of those that were looked into.
pub(super) struct Releases {
    /// Highest version first.
    tags: Vec<ReleaseTag>,
    opened: RefCell<BTreeMap<String, Rc<Named>>>,
    skips_drafts: bool,
}

/// A package in a release.
#[derive(Clone)]
pub(super) struct Release {
    pub target: Target,
    pub named: Rc<Named>,
    /// Where the package is in there.
    pub at: usize,
    /// Its place among the tags.
    rank: usize,
}

/// So many tags are looked into for a package that none of them may have.
const LOOKED_INTO: usize = 100;

impl Releases {
    /// `skips_drafts`: whether what is to be a release is held against a release even where its own track has only
    /// pre-releases.
    pub fn new(tags: Vec<ReleaseTag>, skips_drafts: bool) -> Releases {
        Releases { tags, opened: RefCell::default(), skips_drafts }
    }

    /// The newest release of the package on its own track; else the newest one before that track. One, or none.
    ///
    /// What is to be a release itself goes back to one: a pre-release promised nothing, and counts only where the track
    /// has no other.
    pub fn newest(
        &self,
        identity: &Identity,
        open: impl Fn(&Target) -> Result<Catalog, Error>,
    ) -> Result<Vec<Release>, Error> {
        let takes_drafts = identity.version.as_ref().is_some_and(|version| !version.pre.is_empty());
        let mut draft: Option<Release> = None;
        let mut before: Option<Release> = None;
        let mut any: Option<Release> = None;
        for rank in self.ranks(identity).into_iter().take(LOOKED_INTO) {
            if draft.is_some()
                && !self.skips_drafts
                && track_of(&self.tags[rank].version) != track::of(&identity.version)
            {
                break;
            }
            let named = self.opened(rank, &open)?;
            let here = self.of_name(rank, &named, identity);
            // Of several versions on its track, which stand side by side, its own.
            let own = here.iter().find(|release| release.version() == identity.version.as_ref());
            if let Some(release) = own.or(here.iter().find(|release| release.is_on_track_of(identity))) {
                if takes_drafts || release.promises() {
                    return Ok(vec![release.clone()]);
                }
                draft = draft.or(Some(release.clone()));
            }
            let is_before = |release: &&Release| {
                release.version() < identity.version.as_ref() && (!self.skips_drafts || release.promises())
            };
            before = before.or_else(|| here.iter().find(is_before).cloned());
            any = any.or_else(|| here.first().cloned());
        }
        let found = if self.skips_drafts && !takes_drafts { before.or(draft) } else { draft.or(before) };
        Ok(found.or(any).into_iter().collect())
    }

    /// Every release of the package on its own track, newest first; where there is none, as [`Releases::newest`].
    ///
    /// Of older ones only those that promise something: no pre-releases, and each version once, in the tag of its name
    /// if there is one.
    pub fn on_track(
        &self,
        identity: &Identity,
        open: impl Fn(&Target) -> Result<Catalog, Error>,
    ) -> Result<Vec<Release>, Error> {
        let mut found: Vec<Release> = self.newest(identity, &open)?;
        if !found.iter().any(|newest| newest.is_on_track_of(identity)) {
            return Ok(found);
        }
        for rank in self.ranks(identity) {
            if track_of(&self.tags[rank].version) != track::of(&identity.version) {
                break;
            }
            let named = self.opened(rank, &open)?;
            let here = self.of_name(rank, &named, identity);
            let Some(release) = here.into_iter().find(|release| release.is_on_track_of(identity)) else { continue };
            let is_of_its_name = release.version() == Some(&self.tags[rank].version);
            match found.iter().position(|known| known.version() == release.version()) {
                Some(at) if at > 0 && is_of_its_name => found[at] = release,
                None if release.promises() => found.push(release),
                Some(_) | None => {}
            }
        }
        Ok(found)
    }

    /// Whether a target is a release of the package.
    pub fn is_release_of(&self, package: &str, target: &Target) -> bool {
        let is_it = |tag: &ReleaseTag| Some(&tag.commit) == target.commit.as_ref() && is_family(&tag.prefix, package);
        self.tags.iter().any(is_it)
    }

    /// The newest release that holds anything at all.
    pub fn latest(&self, open: impl Fn(&Target) -> Result<Catalog, Error>) -> Result<Option<Release>, Error> {
        for rank in 0..self.tags.len().min(LOOKED_INTO) {
            let named = self.opened(rank, &open)?;
            if !named.identities.is_empty() {
                return Ok(Some(Release { target: Target::of_tag(&self.tags[rank]), named, at: 0, rank }));
            }
        }
        Ok(None)
    }

    /// The newest of some releases.
    pub fn newest_of<'a>(&self, releases: impl Iterator<Item = &'a Release>) -> Option<&'a Release> {
        releases.min_by_key(|release| release.rank)
    }

    /// The tags that may be releases of the package: those that are called after it, if there are any; else those that
    /// are called after nothing; else all, which tell at least what was there. First those on its track, then those
    /// before it, then the others.
    fn ranks(&self, identity: &Identity) -> Vec<usize> {
        let tags = |fits: &dyn Fn(&str) -> bool| {
            (0..self.tags.len()).filter(|&rank| fits(&self.tags[rank].prefix)).collect::<Vec<_>>()
        };
        let called = tags(&|prefix| !prefix.is_empty() && is_family(prefix, &identity.name));
        let plain = tags(&str::is_empty);
        let all = tags(&|_| true);
        let mut ranks = [called, plain, all].into_iter().find(|ranks| !ranks.is_empty()).unwrap_or_default();
        let own = track::of(&identity.version);
        let nearness = |rank: &usize| {
            let version = &self.tags[*rank].version;
            if track_of(version) == own { 0 } else { 1 + u8::from(Some(version) > identity.version.as_ref()) }
        };
        ranks.sort_by_key(nearness);
        ranks
    }

    fn opened(&self, rank: usize, open: impl Fn(&Target) -> Result<Catalog, Error>) -> Result<Rc<Named>, Error> {
        let tag = &self.tags[rank];
        if let Some(named) = self.opened.borrow().get(&tag.commit) {
            return Ok(Rc::clone(named));
        }
        let catalog = match open(&Target::of_tag(tag)) {
            Err(error) if error.kind == ErrorKind::Empty => Catalog::nothing(&tag.name, Some(tag.commit.clone())),
            catalog => catalog?,
        };
        let named = Rc::new(Named::new(catalog)?);
        self.opened.borrow_mut().insert(tag.commit.clone(), Rc::clone(&named));
        Ok(named)
    }

    /// The versions of a package in a release, newest first.
    fn of_name(&self, rank: usize, named: &Rc<Named>, identity: &Identity) -> Vec<Release> {
        let here = (0..named.identities.len()).filter(|&at| named.identities[at].name == identity.name);
        let release = |at| Release { target: Target::of_tag(&self.tags[rank]), named: Rc::clone(named), at, rank };
        let mut found: Vec<Release> = here.map(release).collect();
        found.sort_by(|a, b| b.version().cmp(&a.version()));
        found
    }
}

impl Release {
    fn version(&self) -> Option<&Version> {
        self.named.identities[self.at].version.as_ref()
    }

    /// Whether it is more than a pre-release.
    fn promises(&self) -> bool {
        self.version().is_none_or(|version| version.pre.is_empty())
    }

    pub fn is_on_track_of(&self, identity: &Identity) -> bool {
        track::of(&self.version().cloned()) == track::of(&identity.version)
    }
}

fn track_of(version: &Version) -> String {
    track::of(&Some(version.clone()))
}

/// Adds what breaks an older release of the track, where the newest one does not know of it.
pub(super) fn add_older(found: &mut Outcome, older: &Outcome, base: &InputReport) {
    let (older_report, Some(older)) = (&older.report, older.package()) else { return };
    if older.status == PackageStatus::Undetermined {
        found.report = older_report.clone();
        found.report.packages.iter_mut().for_each(|package| package.base = Some(base.clone()));
        return;
    }
    let Some(package) = found.package_mut() else { return };
    let known: BTreeSet<String> = package.changes.iter().map(|change| change.fingerprint.clone()).collect();
    let is_news =
        |change: &&crate::report::ChangeReport| change.level == Level::Major && !known.contains(&change.fingerprint);
    let news: Vec<_> = older.changes.iter().filter(is_news).cloned().collect();
    if news.is_empty() || package.level.is_none() {
        return;
    }
    let newest = package.old_version.as_deref().and_then(|version| version.parse::<Version>().ok());
    package.changes.extend(news.into_iter().map(|change| crate::report::ChangeReport {
        since: Some(base.clone()),
        // What the newest release is called already cannot be released once more.
        alternative: change.alternative.filter(|told| {
            let version = told.version.as_deref().and_then(|version| version.parse::<Version>().ok());
            version.is_none() || version > newest
        }),
        ..change
    }));
    package.changes.sort_by(|a, b| (&a.path, &a.rule, &a.fingerprint).cmp(&(&b.path, &b.rule, &b.fingerprint)));
    package.status = PackageStatus::Changed;
    package.level = Some(Level::Major);
    for item in &mut package.interfaces {
        if let Some(broken) =
            older.interfaces.iter().find(|older| older.name == item.name && older.level == Level::Major)
        {
            (item.status, item.level) = (ItemStatus::Changed, Level::Major);
            item.link.consumers = item.link.consumers.max(broken.link.consumers);
            item.link.providers = item.link.providers.max(broken.link.providers);
            item.source.consumers = item.source.consumers.max(broken.source.consumers);
            item.source.providers = item.source.providers.max(broken.source.providers);
        }
    }
    for item in &mut package.worlds {
        if let Some(broken) = older.worlds.iter().find(|older| older.name == item.name && older.level == Level::Major) {
            (item.status, item.level) = (ItemStatus::Changed, Level::Major);
            item.link.guests = item.link.guests.max(broken.link.guests);
            item.link.hosts = item.link.hosts.max(broken.link.hosts);
            item.source.guests = item.source.guests.max(broken.source.guests);
            item.source.hosts = item.source.hosts.max(broken.source.hosts);
        }
    }
    require(package);
    found.report.level = Level::Major;
}

/// Reckons the required version anew, for the level that it has now.
fn require(package: &mut PackageReport) {
    let parsed = |version: &Option<String>| version.as_deref().and_then(|version| version.parse::<Version>().ok());
    let (old, new) = (parsed(&package.old_version), parsed(&package.new_version));
    let level = package.level.unwrap_or_default();
    package.version.verdict = version::verdict(old.as_ref(), new.as_ref(), level);
    package.version.required = old.filter(|_| new.is_some()).map(|old| version::required(&old, level).to_string());
}
