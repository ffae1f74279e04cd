//! The findings of a package: by what they stand in, those of one declaration together.

use super::finding::{Finding, alternative, finding, is_loud};
use super::index::{GroupKey, Index, group_of};
use super::sentence::{Party, parties, text};
use super::side_by_side::{Diff, side_by_side};
use crate::change::Home;
use crate::report::alternative::is_open;
use crate::report::quiet::{Quiet, by_rule, sorted};
use crate::report::wire::*;
use crate::report::{places, words};
use crate::verdict::Level;
use std::collections::{BTreeMap, HashMap};

/// Groups are unfolded while there are no more findings than this.
const UNFOLDED: usize = 300;

/// What stands in one interface or world.
pub(super) struct Group {
    pub id: String,
    pub is_open: bool,
    pub kind: &'static str,
    pub name: String,
    pub parties: Vec<Party>,
    pub counts: Vec<(&'static str, usize)>,
    pub cards: Vec<Card>,
}

/// Findings of one declaration.
pub(super) struct Card {
    pub level: &'static str,
    pub findings: Vec<Finding>,
    pub diff: Option<Diff>,
}

/// Findings of another package that is told in the report.
pub(super) struct Through {
    pub id: String,
    pub name: String,
    pub rows: Vec<Finding>,
}

/// An interface or world in which nothing changed itself.
pub(super) struct Carrier {
    pub kind: &'static str,
    pub name: String,
    pub parties: Vec<Party>,
}

/// All of a package's findings.
#[derive(Default)]
pub(super) struct Findings {
    pub groups: Vec<Group>,
    pub through: Vec<Through>,
    pub carriers: Vec<Carrier>,
    pub quiet: Vec<Folded>,
}

/// Changes that nobody builds against.
pub(super) struct Folded {
    pub id: String,
    pub title: &'static str,
    pub rules: Vec<(String, usize)>,
    pub rows: Vec<Finding>,
}

/// The findings of the package at a place in the report; `before` counts those that were shown before.
pub(super) fn findings<'a>(report: &'a Report, index: &Index<'a>, at: usize, before: &mut usize) -> Findings {
    let Some(package) = report.packages.get(at) else { return Findings::default() };
    let inputs = places::sides(report, package);
    let mut findings = Findings::default();
    let mut groups: BTreeMap<GroupKey<'_>, Vec<(usize, &ChangeReport)>> = BTreeMap::new();
    let mut through: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    let mut quiet: Vec<(usize, &ChangeReport)> = Vec::new();
    for (number, change) in package.changes.iter().enumerate() {
        if !is_loud(change) {
            quiet.push((number, change));
        } else if index.is_told(change) {
            let name = change.path.split('/').next().unwrap_or_default();
            let there = index.there(change).map(str::to_owned);
            through.entry(name).or_default().push(Finding { there, ..finding(index, (at, number), change, inputs) });
        } else {
            groups.entry(group_of(change)).or_default().push((number, change));
        }
    }
    let row = |(number, change): (usize, &'a ChangeReport)| finding(index, (at, number), change, inputs);
    let folded = |(kind, changes): (Quiet, Vec<(usize, &'a ChangeReport)>)| Folded {
        id: format!("{}-{}", index.package(at), kind.id()),
        title: kind.title(),
        rules: by_rule(changes.iter().map(|(_, change)| *change))
            .into_iter()
            .map(|(rule, count)| (text(rule), count))
            .collect(),
        rows: changes.into_iter().map(row).collect(),
    };
    findings.quiet = sorted(quiet, |(_, change)| change).map(folded).collect();
    let named = |(name, rows): (&str, _)| Through {
        id: format!("{}-through-{}", index.package(at), crate::report::package::hash(name)),
        name: text(name),
        rows,
    };
    findings.through = through.into_iter().map(named).collect();
    findings.carriers = carriers(package, &groups);
    // Several changes may have one alternative: it is shown at the first.
    let mut seen: BTreeMap<&AlternativeReport, String> = BTreeMap::new();
    let homes = Homes::of(package);
    for (key, mut changes) in groups {
        changes.sort_by_key(|(_, change)| std::cmp::Reverse(change.level));
        *before += changes.len();
        let (kind, name) = heading(package, key, &changes);
        let mut group = Group {
            id: index.group(at, key).to_owned(),
            is_open: *before <= UNFOLDED,
            kind,
            name: text(name),
            parties: homes.parties(package, key, &changes),
            counts: counts(&changes),
            cards: Vec::new(),
        };
        let mut declarations: HashMap<_, usize> = HashMap::new();
        let mut shared: Vec<Vec<&ChangeReport>> = Vec::new();
        for (number, change) in changes {
            let mut found = finding(index, (at, number), change, inputs);
            if let Some(told) = change.alternative.as_ref().filter(|_| is_open(package)) {
                found.above = seen.get(told).cloned();
                if found.above.is_none() {
                    seen.insert(told, found.id.clone());
                    found.alternative = Some(alternative(told));
                }
            }
            let declaration = declaration(change);
            let known = declaration.as_ref().and_then(|declaration| declarations.get(declaration));
            if let Some((card, shared)) = known.and_then(|&card| group.cards.get_mut(card).zip(shared.get_mut(card))) {
                card.findings.push(found);
                shared.push(change);
                continue;
            }
            if let Some(declaration) = declaration {
                declarations.insert(declaration, group.cards.len());
            }
            shared.push(vec![change]);
            group.cards.push(Card { level: change.level.word(), findings: vec![found], diff: None });
        }
        for (card, changes) in group.cards.iter_mut().zip(&shared) {
            card.diff = side_by_side(changes, inputs);
            // Above its declaration stands where it is.
            if let ([only], true) = (card.findings.as_mut_slice(), card.diff.is_some()) {
                only.places.clear();
            }
        }
        findings.groups.push(group);
    }
    findings
}

/// Who is in a group, and how it is called.
fn heading<'a>(
    package: &'a PackageReport,
    (path, track): GroupKey<'a>,
    changes: &[(usize, &ChangeReport)],
) -> (&'static str, &'a str) {
    let own = path.strip_prefix(package.name.as_str()).filter(|_| track.is_none());
    match own.and_then(|rest| rest.strip_prefix('/')) {
        Some(name) => (words::heading(home(changes)), name),
        None if own == Some("") => (words::heading(Home::Package), path),
        None => ("dependency", path),
    }
}

fn home(changes: &[(usize, &ChangeReport)]) -> Home {
    match changes.iter().all(|(_, change)| matches!(change.link, PartiesReport::World(_))) {
        true => Home::World,
        false => Home::Interface { is_type: false },
    }
}

/// The interfaces and worlds of a package by name: there may be many.
struct Homes<'a> {
    interfaces: HashMap<&'a str, &'a InterfaceReport>,
    worlds: HashMap<&'a str, &'a WorldReport>,
}

impl<'a> Homes<'a> {
    fn of(package: &'a PackageReport) -> Homes<'a> {
        Homes {
            interfaces: package.interfaces.iter().map(|interface| (interface.name.as_str(), interface)).collect(),
            worlds: package.worlds.iter().map(|world| (world.name.as_str(), world)).collect(),
        }
    }

    fn parties(
        &self,
        package: &PackageReport,
        (path, track): GroupKey<'_>,
        changes: &[(usize, &ChangeReport)],
    ) -> Vec<Party> {
        let own = path.strip_prefix(package.name.as_str()).filter(|_| track.is_none());
        let Some(name) = own.and_then(|rest| rest.strip_prefix('/')) else { return Vec::new() };
        match home(changes) {
            Home::World => self.worlds.get(name).map_or_else(Vec::new, |world| world_parties(world)),
            _ => self.interfaces.get(name).map_or_else(Vec::new, |interface| interface_parties(interface)),
        }
    }
}

fn interface_parties(interface: &InterfaceReport) -> Vec<Party> {
    parties(PartiesReport::Interface(interface.link), PartiesReport::Interface(interface.source))
}

fn world_parties(world: &WorldReport) -> Vec<Party> {
    parties(PartiesReport::World(world.link), PartiesReport::World(world.source))
}

/// How many findings there are of each level, the highest first.
fn counts(changes: &[(usize, &ChangeReport)]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<std::cmp::Reverse<Level>, usize> = BTreeMap::new();
    changes.iter().for_each(|(_, change)| *counts.entry(std::cmp::Reverse(change.level)).or_default() += 1);
    counts.into_iter().map(|(level, count)| (level.0.word(), count)).collect()
}

/// What tells one declaration from another; `None` where only a line of it is known.
type Declaration<'a> = [Option<(&'a str, u32, &'a str)>; 2];

fn declaration(change: &ChangeReport) -> Option<Declaration<'_>> {
    let side = |place: Option<&'_ PlaceReport>| place.is_none_or(|place| place.excerpt.is_some());
    if !side(change.old.as_ref()) || !side(change.new.as_ref()) {
        return None;
    }
    Some([change.old.as_ref().and_then(excerpt), change.new.as_ref().and_then(excerpt)])
}

fn excerpt(place: &PlaceReport) -> Option<(&str, u32, &str)> {
    place.excerpt.as_ref().map(|excerpt| (place.file.as_str(), excerpt.line, excerpt.text.as_str()))
}

/// Interfaces and worlds that only carry what differs elsewhere.
fn carriers(package: &PackageReport, groups: &BTreeMap<GroupKey<'_>, Vec<(usize, &ChangeReport)>>) -> Vec<Carrier> {
    let is_quiet = |name: &str, status: ItemStatus, level: Level| {
        let path = format!("{}/{name}", package.name);
        status == ItemStatus::Changed && level > Level::Patch && !groups.contains_key(&(path.as_str(), None))
    };
    let interfaces = (package.interfaces.iter())
        .filter(|interface| is_quiet(&interface.name, interface.status, interface.level))
        .map(|interface| Carrier {
            kind: words::heading(Home::Interface { is_type: false }),
            name: text(&interface.name),
            parties: interface_parties(interface),
        });
    let worlds =
        (package.worlds.iter()).filter(|world| is_quiet(&world.name, world.status, world.level)).map(|world| Carrier {
            kind: words::heading(Home::World),
            name: text(&world.name),
            parties: world_parties(world),
        });
    interfaces.chain(worlds).collect()
}
