//! From what each revision did to a line to the figures of everything in it.

use super::days::days;
use super::figures::{Broken, Figures, Turn};
use super::home::{beside, home, kinds};
use super::users::Users;
use super::weigh::{Weighed, class};
use crate::pipeline::log::{Event, Inventory, PackageLine, What};
use crate::report::{
    BrokeFor, Consumers, Guests, ItemStability, LevelCounts, LineRevision, LineRevisionKind, LineStatus, Mark,
    MarkKind, Moment, PackageReport, PackageStability, PartiesReport, Past, StabilityKind, StabilityRevision,
};
use crate::verdict::Level;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// The revisions of a history by their places.
type Revisions = [Option<StabilityRevision>];

/// What became of a line; `is_newest` says whether the newest revision that holds its package holds the line.
pub(super) fn package(line: &PackageLine, is_newest: bool, revisions: &Revisions, users: &Users) -> PackageStability {
    let mut folding = Folding::new(&line.name);
    line.events.iter().for_each(|event| folding.event(event));
    folding.finish(line, is_newest, revisions, users)
}

struct Folding<'a> {
    name: &'a str,
    items: BTreeMap<String, Figures>,
    carried: LevelCounts,
    /// Whether the version before was a pre-release.
    was_pre: bool,
    /// The places of its own releases.
    releases: Vec<usize>,
    pre_releases: usize,
    undetermined: Vec<usize>,
    /// Where it ended, and whether another version went on instead.
    ended: Option<(usize, bool)>,
}

impl<'a> Folding<'a> {
    fn new(name: &'a str) -> Folding<'a> {
        Folding {
            name,
            items: BTreeMap::new(),
            carried: LevelCounts::default(),
            was_pre: false,
            releases: Vec::new(),
            pre_releases: 0,
            undetermined: Vec::new(),
            ended: None,
        }
    }

    fn event(&mut self, event: &Event) {
        let is_pre = event.version.as_ref().is_some_and(is_pre);
        let turn = Turn { at: event.at, is_pre, was_pre: self.was_pre };
        match &event.what {
            What::Base(inventory) => {
                self.appear(turn, inventory, true);
                self.released(turn, event.is_own);
            }
            What::Stays => self.released(turn, event.is_own),
            What::Told(report, inventory) => {
                let before: BTreeSet<String> = self.present().map(|(path, _)| path.clone()).collect();
                self.appear(turn, inventory, false);
                self.change(turn, report, &before, inventory);
                self.count(report);
                self.released(turn, event.is_own);
            }
            What::Undetermined => {
                self.undetermined.push(event.at);
                return;
            }
            What::Went { report, is_other } => {
                self.count(report);
                self.ended = Some((event.at, *is_other));
                if !is_other {
                    // No release of the line breaks what ends with it.
                    let present = self.items.values_mut().filter(|item| item.gone.is_none());
                    present.for_each(|item| item.lose(turn, Level::None, &Broken::new()));
                }
                return;
            }
        }
        self.was_pre = is_pre;
    }

    fn present(&self) -> impl Iterator<Item = (&String, &Figures)> {
        self.items.iter().filter(|(_, item)| item.gone.is_none())
    }

    /// Notes what there is.
    fn appear(&mut self, turn: Turn, inventory: &Inventory, may_be_older: bool) {
        let package = std::iter::once((self.name, StabilityKind::Package, &None));
        let things = inventory.items.iter().map(|(path, thing)| (path.as_str(), thing.kind, &thing.feature));
        for (path, kind, feature) in package.chain(things) {
            let is_new = self.items.get(path).is_none_or(|item| item.gone.is_some());
            let new = || Figures::new(kind, feature.clone(), turn.at, may_be_older);
            let item = self.items.entry(path.to_owned()).or_insert_with(new);
            (item.kind, item.gone) = (kind, None);
            item.feature.clone_from(feature);
            if is_new && !may_be_older {
                item.marks.push((turn.at, MarkKind::Appeared));
            }
        }
    }

    /// Counts each change once, where it stands.
    fn count(&mut self, report: &PackageReport) {
        for change in &report.changes {
            if change.track.is_some() {
                self.carried.add(change.level);
                continue;
            }
            let home = home(&change.path, self.name, kinds(&self.items, |item| item.kind));
            let other = change.renamed.as_ref().filter(|_| home == change.path).map(|name| beside(&home, name));
            let Some(item) = self.items.get_mut(&home) else { continue };
            item.changes.add(change.level);
            match other {
                Some(other) if item.gone.is_some() => item.became = Some(other),
                Some(other) => item.was = Some(other),
                None => {}
            }
        }
    }

    /// Notes for everything that was there, what became of it, and what that did to it.
    fn change(&mut self, turn: Turn, report: &PackageReport, before: &BTreeSet<String>, inventory: &Inventory) {
        let mut levels = self.types(report);
        let all = report.changes.iter().flat_map(|change| broken(change.link, change.source)).collect();
        levels.insert(self.name.to_owned(), (report.level.unwrap_or_default(), all));
        for interface in &report.interfaces {
            let broken = broken(PartiesReport::Interface(interface.link), PartiesReport::Interface(interface.source));
            levels.insert(format!("{}/{}", self.name, interface.name), (interface.level, broken));
        }
        for world in &report.worlds {
            let broken = broken(PartiesReport::World(world.link), PartiesReport::World(world.source));
            levels.insert(format!("{}/{}", self.name, world.name), (world.level, broken));
        }
        let nothing = (Level::None, Broken::new());
        for path in before {
            let Some(item) = self.items.get_mut(path) else { continue };
            let is_there = path == self.name || inventory.items.contains_key(path);
            let own = levels.get(path);
            if is_there {
                let (level, broken) = own.unwrap_or(&nothing);
                item.change(turn, *level, broken);
                continue;
            }
            // What goes along with what it is in has no change of its own.
            let container = path.split_once('#').and_then(|(container, _)| levels.get(container));
            let (level, broken) = own.or(container).unwrap_or(&nothing);
            item.lose(turn, *level, broken);
        }
    }

    /// What happened to types: in themselves, and to what they are made of as far as that breaks.
    fn types(&self, report: &PackageReport) -> BTreeMap<String, (Level, Broken)> {
        let kind = kinds(&self.items, |item| item.kind);
        let mut levels: BTreeMap<String, (Level, Broken)> = BTreeMap::new();
        let mut todo: Vec<(String, Broken)> = Vec::new();
        for change in report.changes.iter().filter(|change| change.track.is_none()) {
            let home = home(&change.path, self.name, &kind);
            let broken = broken(change.link, change.source);
            if change.level == Level::Major {
                // A type that is gone is nothing to count at, and still something that others are made of.
                let path = Some(&home).filter(|home| kind(home) == Some(StabilityKind::Type)).unwrap_or(&change.path);
                todo.push((path.clone(), broken.clone()));
            }
            if kind(&home) == Some(StabilityKind::Type) {
                let item = levels.entry(home).or_default();
                item.0 = item.0.max(change.level);
                item.1.extend(broken);
            }
        }
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        while let Some((path, broken)) = todo.pop() {
            for used in report.uses.iter().filter(|used| used.item == path) {
                let is_type = kind(&used.by) == Some(StabilityKind::Type);
                if is_type && seen.insert((used.item.clone(), used.by.clone())) {
                    let item = levels.entry(used.by.clone()).or_default();
                    item.0 = Level::Major;
                    item.1.extend(&broken);
                    todo.push((used.by.clone(), broken.clone()));
                }
            }
        }
        levels
    }

    fn released(&mut self, turn: Turn, is_own: bool) {
        if !is_own {
            return;
        }
        match turn.is_pre {
            true => self.pre_releases += 1,
            false => self.releases.push(turn.at),
        }
        self.items.values_mut().for_each(|item| item.release(turn));
    }

    fn finish(self, line: &PackageLine, is_newest: bool, revisions: &Revisions, users: &Users) -> PackageStability {
        let last = line.events.iter().rev().find(|event| !matches!(event.what, What::Went { .. } | What::Undetermined));
        let version = last.or(line.events.last()).and_then(|event| event.version.clone());
        let status = match self.ended {
            Some((_, false)) => LineStatus::Removed,
            Some((_, true)) => LineStatus::Ended,
            None if is_newest => LineStatus::GoesOn,
            None => LineStatus::Ended,
        };
        let own = line.events.iter().map(|event| line_revision(event, revisions)).collect();
        let ending = Ending { revisions, releases: &self.releases, until: self.releases.last().copied() };
        let mut items: Vec<ItemStability> = (self.items.iter())
            .map(|(path, figures)| {
                let (used_by, packages) = match figures.gone {
                    None => users.get(&line.name, &version, path),
                    Some(_) => (Vec::new(), 0),
                };
                ItemStability { used_by, used_by_packages: packages, ..ending.item(path, figures) }
            })
            .collect();
        items.sort_by(|a, b| {
            (a.kind != StabilityKind::Package, &a.path).cmp(&(b.kind != StabilityKind::Package, &b.path))
        });
        PackageStability {
            name: line.name.clone(),
            version: version.as_ref().map(Version::to_string),
            protect: None,
            features: None,
            line: status,
            ended: self.ended.map(|(at, _)| moment(revisions, at)),
            releases: self.releases.len(),
            pre_releases: self.pre_releases,
            reasons: Vec::new(),
            undetermined: self.undetermined.iter().map(|&at| moment(revisions, at).revision).collect(),
            carried: self.carried,
            items,
            revisions: own,
        }
    }
}

/// What all items of a line are seen from: its last release.
struct Ending<'a> {
    revisions: &'a Revisions,
    releases: &'a [usize],
    until: Option<usize>,
}

impl Ending<'_> {
    fn item(&self, path: &str, figures: &Figures) -> ItemStability {
        let since = |at: Option<usize>| at.map(|at| (self.releases_since(at), self.days_since(at)));
        let past = |at: usize| {
            let Moment { revision, date } = moment(self.revisions, at);
            Past { revision, date, releases_ago: self.releases_since(at), days_ago: self.days_since(at) }
        };
        let days = figures.promised.map_or(0, |at| self.days_since(at));
        let weighed = Weighed {
            is_gone: figures.gone.is_some(),
            is_unstable: figures.feature.is_some(),
            releases: figures.releases,
            days,
            broke: figures.broke,
            pre_releases_broke: figures.pre_releases_broke,
            since_broke: since(figures.last_broke),
            since_changed: since(figures.last_changed),
        };
        ItemStability {
            path: path.to_owned(),
            kind: figures.kind,
            class: class(&weighed),
            since: moment(self.revisions, figures.since),
            may_be_older: figures.may_be_older,
            gone: figures.gone.map(|at| moment(self.revisions, at)),
            unstable: figures.feature.clone(),
            was: figures.was.clone(),
            became: figures.became.clone(),
            releases: figures.releases,
            pre_releases: figures.pre_releases,
            days,
            grew: figures.grew,
            broke: figures.broke,
            pre_releases_broke: figures.pre_releases_broke,
            broke_for: broke_for(figures),
            last_changed: figures.last_changed.map(past),
            last_broke: figures.last_broke.map(past),
            used_by: Vec::new(),
            used_by_packages: 0,
            changes: figures.changes,
            marks: figures
                .marks
                .iter()
                .map(|&(at, what)| Mark { revision: moment(self.revisions, at).revision, what })
                .collect(),
        }
    }

    fn releases_since(&self, at: usize) -> usize {
        self.releases.iter().filter(|&&release| release > at).count()
    }

    fn days_since(&self, at: usize) -> usize {
        let until = self.until.map_or(String::new(), |until| moment(self.revisions, until).date);
        days(&moment(self.revisions, at).date, &until)
    }
}

fn moment(revisions: &Revisions, at: usize) -> Moment {
    let found = revisions.get(at).and_then(Option::as_ref);
    let (revision, date) = found.map_or_else(Default::default, |found| (found.revision.clone(), found.date.clone()));
    Moment { revision, date }
}

fn line_revision(event: &Event, revisions: &Revisions) -> LineRevision {
    let is_pre = event.version.as_ref().is_some_and(is_pre);
    let kind = match event.what {
        What::Base(_) => LineRevisionKind::Base,
        What::Undetermined => LineRevisionKind::Undetermined,
        What::Went { .. } => LineRevisionKind::End,
        What::Stays | What::Told(..) if !event.is_own => LineRevisionKind::Beside,
        What::Stays | What::Told(..) if is_pre => LineRevisionKind::PreRelease,
        What::Stays | What::Told(..) => LineRevisionKind::Release,
    };
    let Moment { revision, date } = moment(revisions, event.at);
    LineRevision { revision, date, version: event.version.as_ref().map(Version::to_string), kind }
}

fn broke_for(figures: &Figures) -> Vec<BrokeFor> {
    const PARTIES: [&str; 4] = ["consumers", "providers", "guests", "hosts"];
    let count = |party, is_link| figures.broke_for.get(&(party, is_link)).copied().unwrap_or_default();
    let parties = PARTIES.into_iter().map(|party| (party, count(party, true), count(party, false)));
    let parties = parties.filter(|(_, link, source)| link + source > 0);
    parties.map(|(party, link, source)| BrokeFor { party: party.to_owned(), link, source }).collect()
}

/// Whom something breaks, on which layer.
fn broken(link: PartiesReport, source: PartiesReport) -> Broken {
    let parties = |parties: PartiesReport| match parties {
        PartiesReport::Interface(Consumers { consumers, providers }) => {
            [("consumers", consumers), ("providers", providers)]
        }
        PartiesReport::World(Guests { guests, hosts }) => [("guests", guests), ("hosts", hosts)],
    };
    let layer = |found: PartiesReport, is_link: bool| {
        parties(found).into_iter().filter(|(_, verdict)| verdict.is_breaking()).map(move |(party, _)| (party, is_link))
    };
    layer(link, true).chain(layer(source, false)).collect()
}

fn is_pre(version: &Version) -> bool {
    !version.pre.is_empty()
}
