//! The lines of packages through a history: which version continues which, and what each revision did to it.

use super::inventory::Inventory;
use super::state::{Line, State};
use crate::pipeline::matching::Named;
use crate::report::{LogRow, PackageReport, PackageStatus};
use crate::revision::{History, Identity, Step};
use crate::version::track;
use semver::Version;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The lines of all packages, and which of them goes on under which version.
pub(in crate::pipeline) struct Lines {
    pub found: Vec<PackageLine>,
    now: BTreeMap<(String, Option<Version>), usize>,
    /// The place of each revision by what it is called: the base first, at 0, then every step.
    places: BTreeMap<String, usize>,
}

/// Versions of one package that continue one another.
#[derive(Clone)]
pub(in crate::pipeline) struct PackageLine {
    pub name: String,
    /// Oldest first, no two of one revision.
    pub events: Vec<Event>,
    /// The place of the newest revision that holds it.
    pub held: usize,
    /// Whether a tag named the very version that it declares: then tags mean versions of it.
    pub follows_tags: bool,
}

/// What one revision was to a line.
#[derive(Clone)]
pub(in crate::pipeline) struct Event {
    /// The place of the revision: 0 is the base of the range, 1 the first step.
    pub at: usize,
    pub version: Option<Version>,
    /// Whether the revision may release this line, and not another one beside it.
    pub is_own: bool,
    /// Whether its tag names a version on the track of this line.
    pub is_named: bool,
    pub what: What,
}

/// What happened.
#[derive(Clone)]
pub(in crate::pipeline) enum What {
    /// It is there, and nobody knows what was before.
    Base(Arc<Inventory>),
    /// Nothing.
    Stays,
    /// It was compared with what came before, or came.
    Told(Box<PackageReport>, Arc<Inventory>),
    /// There is no verdict.
    Undetermined,
    /// It went; `is_other` where the release is one of another version.
    Went { report: Box<PackageReport>, is_other: bool },
}

impl Lines {
    pub fn new(history: &History) -> Lines {
        let base = history.base.iter().map(|base| (base.target.shown.clone(), 0));
        let steps = history.steps.iter().enumerate().map(|(at, step)| (step.target.shown.clone(), at + 1));
        Lines { found: Vec::new(), now: BTreeMap::new(), places: base.chain(steps).collect() }
    }

    /// Begins a line of which nobody knows what came before; there is no inventory where it cannot be read.
    pub fn begin(&mut self, at: usize, identity: &Identity, inventory: Option<Inventory>) {
        let version = identity.version.clone();
        let what = inventory.map_or(What::Undetermined, |inventory| What::Base(Arc::new(inventory)));
        self.push_line(&identity.name, Event { at, version, is_own: true, is_named: false, what });
    }

    /// What a revision did to a package, whose row that is; `inventory` is what it holds then.
    pub fn tell(
        &mut self,
        (at, step): (usize, &Step),
        row: &LogRow,
        report: &PackageReport,
        inventory: Option<Inventory>,
    ) {
        let version = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Version>().ok());
        let (old, new) = (version(&row.old_version), version(&row.new_version));
        // A version that came or went beside others is told without its changes.
        let mut report = Box::new(report.clone());
        if row.changes.is_empty() {
            report.changes.clear();
        }
        let name = &report.name.clone();
        let against = row.against.as_ref().and_then(|against| self.places.get(against)).copied();
        let event = |version: Option<Version>, what: What| Event { at, version, is_own: true, is_named: false, what };
        match (row.status, inventory) {
            (PackageStatus::Undetermined, inventory) => {
                let key = if row.against.is_some() { old } else { new.clone() };
                let line = self.continued(name, &key, against).or_else(|| self.never_read(name, at));
                let is_unread = line.and_then(|line| self.found.get(line)).is_some_and(PackageLine::is_unread);
                let event = match inventory.filter(|_| row.against.is_some() && is_unread) {
                    // Only what it is compared with could not be read, nor could anything before.
                    Some(inventory) => event(new, What::Base(Arc::new(inventory))),
                    None => event(key, What::Undetermined),
                };
                match line {
                    Some(line) => self.push(line, event),
                    None => self.push_line(name, event),
                }
            }
            (PackageStatus::Removed, _) => {
                let Some(line) = self.continued(name, &old, against) else { return };
                // Whoever releases another version has not taken this one back.
                let track = |version: &Version| track::of(&Some(version.clone()));
                let tag = step.tag.as_ref().filter(|_| self.found.get(line).is_some_and(|line| line.follows_tags));
                let is_elsewhere = tag.zip(old.as_ref()).is_some_and(|(tag, old)| track(&tag.version) != track(old));
                let is_other = is_elsewhere || report.changes.is_empty();
                self.now.remove(&(name.clone(), old.clone()));
                self.add(line, event(old, What::Went { report, is_other }));
            }
            (PackageStatus::Added | PackageStatus::Changed | PackageStatus::Unchanged, Some(inventory)) => {
                let line = match row.status {
                    PackageStatus::Added => self.never_read(name, at),
                    _ => self.continued(name, &old, against),
                };
                let event = event(new, What::Told(report, Arc::new(inventory)));
                match line {
                    Some(line) => self.push(line, event),
                    None => self.push_line(name, event),
                }
            }
            (PackageStatus::Added | PackageStatus::Changed | PackageStatus::Unchanged, None) => {}
        }
    }

    /// A revision that cannot be read at all.
    pub(super) fn unread(&mut self, at: usize, state: &State) {
        for identity in identities(&state.named) {
            let key = identity.version.clone();
            if let Some(&line) = self.now.get(&(identity.name.clone(), key.clone())) {
                self.add(line, Event { at, version: key, is_own: true, is_named: false, what: What::Undetermined });
            }
        }
    }

    /// What a revision holds once everything is told that it changed: whose release it is.
    pub(super) fn pass(&mut self, at: usize, step: &Step, state: &State) {
        let track = |version: &Option<Version>| track::of(version);
        let tag = step.tag.as_ref().map(|tag| track(&Some(tag.version.clone())));
        for (place, line) in state.lines.iter().enumerate() {
            let Some(found) = state.named.catalog.packages.get(place) else { continue };
            let Some(main) = state.named.identities.get(place) else { continue };
            let nested = found.outline.nested.iter().map(|nested| &nested.identity);
            for identity in std::iter::once(main).chain(nested) {
                let Some(&found) = self.now.get(&(identity.name.clone(), identity.version.clone())) else { continue };
                let is_beside = |other: &&Identity| {
                    other.name == identity.name && tag.as_ref().is_some_and(|tag| *tag == track(&other.version))
                };
                let is_named = tag.as_ref().is_some_and(|tag| *tag == track(&identity.version));
                let is_own = is_named || !state.named.identities.iter().any(|other| is_beside(&other));
                let Some(history) = self.found.get_mut(found) else { continue };
                history.held = at;
                history.follows_tags |= step.tag.as_ref().is_some_and(|tag| {
                    identity.version.as_ref().is_some_and(|version| version.cmp_precedence(&tag.version).is_eq())
                });
                match history.events.last_mut() {
                    Some(last) if last.at == at => (last.is_own, last.is_named) = (is_own, is_named),
                    _ if is_own && matches!(line, Line::Read) => {
                        let version = identity.version.clone();
                        history.events.push(Event { at, version, is_own, is_named, what: What::Stays });
                    }
                    Some(_) | None => {}
                }
            }
        }
    }

    /// The line that goes on from a version, as a revision had it.
    ///
    /// Where the line went on elsewhere since, as a branch was merged, it is told from there on by itself.
    fn continued(&mut self, name: &str, version: &Option<Version>, against: Option<usize>) -> Option<usize> {
        let is_later = |event: &Event| against.is_some_and(|against| event.at > against);
        let went_on = |line: &PackageLine| {
            let did = |event: &Event| !matches!(event.what, What::Undetermined | What::Stays);
            line.events.iter().any(|event| is_later(event) && did(event))
        };
        let now = self.now.get(&(name.to_owned(), version.clone())).copied();
        if let Some(now) = now.filter(|&now| !self.found.get(now).is_some_and(went_on)) {
            return Some(now);
        }
        let against = against?;
        let had = |line: &&PackageLine| {
            let before = line.events.iter().rev().find(|event| event.at <= against);
            line.name == name && before.is_some_and(|event| event.version == *version)
        };
        let mut branch = self.found.iter().find(had)?.clone();
        branch.events.retain(|event| event.at <= against);
        self.found.push(branch);
        Some(self.found.len() - 1)
    }

    /// The line of a package that came and could not be read until a revision.
    fn never_read(&self, name: &str, at: usize) -> Option<usize> {
        let is_older = |line: &PackageLine| line.events.last().is_some_and(|last| last.at < at);
        self.found.iter().position(|line| line.name == name && line.is_unread() && is_older(line))
    }

    /// Adds what happened to a line, which goes on under the version of the event.
    fn push(&mut self, line: usize, event: Event) {
        let Some(found) = self.found.get(line) else { return };
        let key = |version: Option<Version>| (found.name.clone(), version);
        let (old, new) = (found.events.last().map(|last| key(last.version.clone())), key(event.version.clone()));
        if let Some(old) = old.filter(|old| self.now.get(old) == Some(&line)) {
            self.now.remove(&old);
        }
        self.now.insert(new, line);
        self.add(line, event);
    }

    fn push_line(&mut self, name: &str, event: Event) {
        self.now.insert((name.to_owned(), event.version.clone()), self.found.len());
        self.found.push(PackageLine {
            name: name.to_owned(),
            held: event.at,
            follows_tags: false,
            events: vec![event],
        });
    }

    fn add(&mut self, line: usize, event: Event) {
        let Some(line) = self.found.get_mut(line) else { return };
        line.events.retain(|other| other.at != event.at);
        line.events.push(event);
    }
}

impl PackageLine {
    /// What happened to it; where it follows tags, those on its track release it, and no others.
    pub fn released(mut self) -> PackageLine {
        if self.follows_tags {
            let is_told = |event: &Event| event.is_named || !matches!(event.what, What::Stays);
            self.events.retain(is_told);
            for event in self.events.iter_mut().filter(|event| !matches!(event.what, What::Base(_))) {
                event.is_own = event.is_named;
            }
        }
        self
    }

    /// Whether no revision of it could be read.
    pub fn is_unread(&self) -> bool {
        self.events.iter().all(|event| matches!(event.what, What::Undetermined))
    }
}

/// What the packages of a revision are called, those included that are written in the files of others.
fn identities(named: &Named) -> impl Iterator<Item = &Identity> {
    let packages = named.catalog.packages.iter().zip(&named.identities);
    packages
        .flat_map(|(found, own)| std::iter::once(own).chain(found.outline.nested.iter().map(|nested| &nested.identity)))
}
