//! From the packages of one revision to those of the next: what differs is compared, and becomes rows.

use super::follow::Item;
use super::inventory::{Inventory, inventory};
use super::lines::Lines;
use super::section;
use super::state::{After, Line, State, is_as};
use crate::error::Side;
use crate::pipeline::matching::{Match, Named, matches};
use crate::pipeline::several::{self, Outcome};
use crate::pipeline::{Loaded, Options, Shared, resolve_sources};
use crate::report::{self, FindingKind, Inputs, LogRow, PackageReport, PackageStatus};
use crate::revision::{Found, Identity, Step};
use crate::version::{VersionVerdict, track};
use std::collections::{BTreeMap, BTreeSet};

/// What every comparison at one revision is made with.
pub(super) struct Turn<'a> {
    pub at: usize,
    pub step: &'a Step,
    pub options: &'a Options,
    pub shared: &'a Shared,
    pub inputs: &'a Inputs,
}

/// Who looks on, beside the rows.
pub(super) struct Watch<'a> {
    pub item: Option<&'a mut Item>,
    pub lines: Option<&'a mut Lines>,
}

/// What a revision made of the packages before it.
pub(super) struct Turned {
    pub state: State,
    /// By package.
    pub rows: Vec<(String, LogRow)>,
    /// The features that count for packages, where they have some of their own.
    pub own_features: BTreeMap<String, Vec<String>>,
    /// Packages that stand twice in one version.
    pub ambiguous: BTreeSet<String>,
    /// Features that gates name.
    pub features: BTreeSet<String>,
}

/// A package that is not what it was.
struct Differing {
    old: Option<usize>,
    new: Option<usize>,
    /// What is compared; of the old side only what could be read.
    compared: Match,
}

impl Turn<'_> {
    /// Compares `new` with what was there before. `names` restricts the packages; empty means all.
    pub fn advance(&self, before: &After, new: &Named, names: &[String], watch: &mut Watch) -> Turned {
        let old = &*before.state;
        let matches = matches(&old.named, new, None, names);
        let mut state = State::nothing();
        let mut differing = Vec::new();
        for found in &matches {
            match *found {
                Match::Both(a, b) if self.stays(old, a, new, b, &mut state) => {}
                Match::Both(a, b) if self.is_of_another_line(&old.named.identities[a], new, b) => {
                    hold(before, a, &mut state);
                }
                Match::Both(a, b) => {
                    let compared = if before.against(a).is_some() { Match::Both(a, b) } else { Match::Added(b) };
                    differing.push(Differing { old: Some(a), new: Some(b), compared });
                }
                // What never could be read is missed by nobody.
                Match::Removed(a) if before.against(a).is_none() => {}
                Match::Removed(a) => differing.push(Differing { old: Some(a), new: None, compared: found.clone() }),
                Match::Added(b) => differing.push(Differing { old: None, new: Some(b), compared: found.clone() }),
                Match::Ambiguous { .. } => differing.push(Differing { old: None, new: None, compared: found.clone() }),
            }
        }
        let compared: Vec<Match> = differing.iter().map(|differing| differing.compared.clone()).collect();
        let (options, shared) = (self.options, self.shared);
        let outcomes =
            several::judged(&old.named, new, &compared, compared.len(), self.inputs, options, &shared.parses);
        let mut turned = Turned {
            state,
            rows: Vec::new(),
            own_features: BTreeMap::new(),
            ambiguous: BTreeSet::new(),
            features: BTreeSet::new(),
        };
        for (differing, outcome) in differing.iter().zip(&outcomes) {
            turned.features.extend(self.features(outcome));
            self.go_on(differing, outcome, before, new, &mut turned);
        }
        for (differing, outcome) in differing.iter().zip(outcomes) {
            self.rows(differing, outcome, before, new, watch, &mut turned);
        }
        turned
    }

    /// The features that gates name, as far as they were asked for.
    fn features(&self, outcome: &Outcome) -> Vec<String> {
        let warnings = &outcome.report.warnings;
        let is_known = |name: &&String| !warnings.contains(&report::unknown_feature(name));
        outcome.report.features.iter().filter(is_known).cloned().collect()
    }

    /// Takes a package over whose texts are the same.
    fn stays(&self, old: &State, a: usize, new: &Named, b: usize, state: &mut State) -> bool {
        let (line, read) = (&old.lines[a], old.named.package(a));
        let seen = match line {
            Line::Broken { now, .. } => &**now,
            Line::Read | Line::Held { .. } | Line::Unread => read,
        };
        if !is_as(seen, new.package(b)) {
            return false;
        }
        match line {
            Line::Read | Line::Held { .. } => state.push(new.package(b).clone(), new.identities[b].clone(), Line::Read),
            Line::Broken { .. } | Line::Unread => {
                state.push(read.clone(), old.named.identities[a].clone(), line.clone());
            }
        }
        true
    }

    /// Whether a tag releases another version of a package than this one, which goes on under the version that it had:
    /// what changed in it is for its own next release to tell.
    fn is_of_another_line(&self, old: &Identity, new: &Named, b: usize) -> bool {
        let Some(tag) = &self.step.tag else { return false };
        let track = track::of(&Some(tag.version.clone()));
        let (name, version) = (&old.name, &new.identities[b].version);
        let mut others = new.identities.iter().filter(|other| other.name == *name);
        *version == old.version && track::of(version) != track && others.any(|other| track::of(&other.version) == track)
    }

    /// Adds to the state what the next revision is compared with.
    fn go_on(&self, differing: &Differing, outcome: &Outcome, before: &After, new: &Named, turned: &mut Turned) {
        let old = &*before.state;
        let failed = |side: Side| outcome.report.errors.iter().any(|error| error.side == side.to_string());
        let state = &mut turned.state;
        match (differing.old, differing.new, &differing.compared) {
            (_, _, Match::Ambiguous { side, identity, .. }) => {
                turned.ambiguous.insert(identity.name.clone());
                let is_it = |other: &&Identity| other.track() == identity.track();
                // Which one goes on is not known: the old ones stay, unless they are what is not known.
                match side {
                    Side::New => {
                        let identities = old.named.identities.iter().enumerate();
                        identities.filter(|(_, other)| is_it(other)).for_each(|(at, _)| hold(before, at, state));
                    }
                    Side::Old => {
                        for (at, identity) in new.identities.iter().enumerate().filter(|(_, other)| is_it(other)) {
                            state.push(new.package(at).clone(), identity.clone(), Line::Read);
                        }
                    }
                }
            }
            (Some(a), Some(b), _) if failed(Side::New) => {
                let (read, now) = (old.named.package(a), new.package(b).clone());
                match before.against(a).filter(|_| !failed(Side::Old)) {
                    Some(against) => {
                        let line = Line::Broken { against: against.to_owned(), now: Box::new(now) };
                        state.push(read.clone(), old.named.identities[a].clone(), line);
                    }
                    None => state.push(now, new.identities[b].clone(), Line::Unread),
                }
            }
            (_, Some(b), _) => {
                let line = if failed(Side::New) { Line::Unread } else { Line::Read };
                state.push(new.package(b).clone(), new.identities[b].clone(), line);
            }
            (_, None, _) => {}
        }
    }

    /// The rows of a package, and of those that are written in its files.
    fn rows(
        &self,
        differing: &Differing,
        outcome: Outcome,
        before: &After,
        new: &Named,
        watch: &mut Watch,
        turned: &mut Turned,
    ) {
        let old = &*before.state;
        let against = differing.old.and_then(|a| before.against(a));
        let was_broken = differing.old.is_some_and(|a| matches!(old.lines[a], Line::Broken { .. }));
        let found = (
            differing.old.filter(|_| against.is_some()).map(|a| old.named.package(a)),
            differing.new.map(|b| new.package(b)),
        );
        let identity = outcome.identity;
        // Packages that are written in the same files mostly are asked the same.
        let mut loaded: BTreeMap<Vec<String>, Option<Loaded>> = BTreeMap::new();
        for package in outcome.report.packages {
            let is_own = package.name == identity.name;
            let name = package.name.clone();
            turned.own_features.extend(package.features.clone().map(|features| (name.clone(), features)));
            let mut row = section::row(self.step, against, package.clone());
            self.call_by_name(&mut row);
            if is_own {
                self.tell_lines(&mut row, &identity, differing, old, new);
            }
            if let (PackageStatus::Unchanged, true, Some(against)) = (row.status, was_broken, against) {
                row.finds(FindingKind::ReadableAgain, report::readable_again(against));
            }
            if let Some(lines) = watch.lines.as_deref_mut() {
                let inventory = found.1.and_then(|new| self.inventory(new, &name, &mut loaded));
                lines.tell((self.at + 1, self.step), &row, &package, inventory);
            }
            let is_told = match watch.item.as_deref_mut() {
                Some(item) => self.follow(item, &mut row, &package, found),
                None => !is_quiet(&row),
            };
            if is_told {
                turned.rows.push((name, row));
            }
        }
    }

    /// What a package holds; the sources are parsed already.
    fn inventory(
        &self,
        found: &Found,
        name: &str,
        loaded: &mut BTreeMap<Vec<String>, Option<Loaded>>,
    ) -> Option<Inventory> {
        let options = self.options.of(name);
        let mut features: Vec<String> = options.features.names.iter().cloned().collect();
        features.extend(options.features.all.then(|| "*".into()));
        let load = || resolve_sources(found.revision.clone().ok()?, &options, Some(&self.shared.parses)).ok();
        let loaded = loaded.entry(features).or_insert_with(load).as_ref()?;
        Some(inventory(&loaded.views, name))
    }

    /// Keeps of a row what the item feels, and says whether that is anything.
    fn follow(
        &self,
        item: &mut Item,
        row: &mut LogRow,
        package: &PackageReport,
        found: (Option<&Found>, Option<&Found>),
    ) -> bool {
        if row.findings.iter().any(|finding| finding.kind == FindingKind::LineEnded) {
            return false;
        }
        item.follow(row, package, found, self.options, self.shared)
    }

    /// A version that comes or goes beside others is no addition or removal of the package.
    fn tell_lines(&self, row: &mut LogRow, identity: &Identity, differing: &Differing, old: &State, new: &Named) {
        let versions = |identities: &[Identity], but: Option<usize>| -> Vec<String> {
            let others = identities.iter().enumerate();
            let others = others.filter(|(at, other)| other.name == identity.name && Some(*at) != but);
            others.map(|(_, other)| other.version.as_ref().map_or("no version".into(), ToString::to_string)).collect()
        };
        let own = identity.version.as_ref().map_or("a copy without a version".into(), ToString::to_string);
        let (kind, message) = match row.status {
            PackageStatus::Added => {
                let others = versions(&new.identities, differing.new);
                let is_beside = old.named.identities.iter().any(|other| other.name == identity.name);
                if others.is_empty() || !is_beside {
                    return;
                }
                (FindingKind::LineBegun, report::line_begun(&own, &others))
            }
            PackageStatus::Removed => {
                let others = versions(&new.identities, None);
                if others.is_empty() {
                    return;
                }
                (FindingKind::LineEnded, report::line_ended(&own, &others))
            }
            PackageStatus::Changed | PackageStatus::Unchanged | PackageStatus::Undetermined => return,
        };
        row.level = None;
        row.changes.clear();
        section::count(row);
        row.finds(kind, message);
    }

    /// Errors call a commit by its id where they do not know its name.
    fn call_by_name(&self, row: &mut LogRow) {
        if let Some(error) = &mut row.error {
            error.message = error.message.replace(&row.commit, &row.revision);
            error.hint = error.hint.as_ref().map(|hint| hint.replace(&row.commit, &row.revision));
        }
    }
}

/// Keeps a package as it was.
fn hold(before: &After, at: usize, state: &mut State) {
    let old = &*before.state;
    let line = match (&old.lines[at], before.against(at)) {
        (Line::Read | Line::Held { .. }, Some(against)) => Line::Held { against: against.to_owned() },
        (line, _) => line.clone(),
    };
    state.push(old.named.package(at).clone(), old.named.identities[at].clone(), line);
}

/// Whether a row says nothing at all.
fn is_quiet(row: &LogRow) -> bool {
    row.status == PackageStatus::Unchanged
        && row.old_version == row.new_version
        && row.findings.is_empty()
        && row.version.verdict != VersionVerdict::WentBackwards
}
