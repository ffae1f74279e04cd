//! From the oldest revision to the newest: each is opened if it holds other WIT than the last one.

use super::advance::{Turn, Watch};
use super::begin::{self, Unread};
use super::family::{self, Family, Key};
use super::follow::Item;
use super::lines::Lines;
use super::section::{self, Sections};
use super::state::{self, After, Line, State};
use super::{Log, Told};
use crate::error::{Error, ErrorKind};
use crate::pipeline::matching::Named;
use crate::pipeline::{Options, Shared, inputs};
use crate::report::{self, Inputs, LogRow, PackageStatus, Source, UNKNOWN};
use crate::revision::{Before, Catalog, History, Identity, Kind, Step, Target, TreeDigest, is_family};
use crate::version::VersionVerdict;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A walk through a history.
pub(super) struct Walk<'a> {
    log: &'a Log,
    options: &'a Options,
    history: &'a History,
    shared: &'a Shared,
    inputs: Inputs,
    item: Option<Item>,
    lines: Option<Lines>,
    prefixes: BTreeSet<String>,
    keys: BTreeMap<String, Key>,
    families: BTreeMap<Key, (Family, BTreeSet<String>)>,
    sections: Sections,
    base: Option<Rc<Named>>,
    /// The last revision that was opened, and what it holds.
    last: Option<(TreeDigest, Rc<Named>)>,
    /// Revisions that cannot be read, with the error.
    failed: BTreeMap<usize, Error>,
    /// What every package is called that any revision holds.
    met: BTreeSet<String>,
    features: BTreeSet<String>,
    /// What had been read and parsed when it was last given back.
    released: (usize, usize),
}

/// After so many blobs, and so many packages that were parsed, what is no longer needed is given back.
const BLOBS: usize = 20_000;
const PARSES: usize = 1_000;

impl<'a> Walk<'a> {
    pub fn new(
        log: &'a Log,
        options: &'a Options,
        item: Option<Item>,
        history: &'a History,
        shared: &'a Shared,
    ) -> Walk<'a> {
        let source = Source::new(&history.tip.shown, Kind::Git);
        Walk {
            log,
            options,
            history,
            shared,
            inputs: inputs((&source, &source), options),
            item,
            lines: None,
            prefixes: family::prefixes(history),
            keys: BTreeMap::new(),
            families: BTreeMap::new(),
            sections: Sections::default(),
            base: None,
            last: None,
            failed: BTreeMap::new(),
            met: BTreeSet::new(),
            features: BTreeSet::new(),
            released: (0, 0),
        }
    }

    /// The same walk, on which the lines of packages are followed, too.
    pub fn with_lines(self) -> Walk<'a> {
        Walk { lines: Some(Lines::new(self.history)), ..self }
    }

    pub fn run(mut self) -> Told {
        let mut told = Told::default();
        if let Some(base) = &self.history.base {
            match self.open(&base.target) {
                Ok(named) => {
                    let named = Rc::new(named);
                    self.meet(&named);
                    self.last = base.digest.map(|digest| (digest, Rc::clone(&named)));
                    if self.lines.is_some() {
                        let state = State::of(&named, &self.options.packages);
                        // The rows of what follows say it.
                        begin::begin((0, &state), self.options, self.shared, self.lines.as_mut());
                    }
                    self.base = Some(named);
                }
                Err(error) => told.errors.push(report::log_error(&error)),
            }
        }
        let all = self.history.steps.len();
        for (at, step) in self.history.steps.iter().enumerate() {
            if self.is_wanted(step) {
                self.step(at, step);
                self.release();
            }
            if let Some(progress) = self.log.progress {
                progress(at + 1, all);
            }
        }
        self.tell_unread();
        told.missing = self.missing();
        told.features = self.features;
        told.lines = self.lines;
        told.packages = self.sections.finish(self.history, self.log.limit, self.item.is_none());
        told
    }

    /// Whether a revision counts for a package that is asked for.
    fn is_wanted(&self, step: &Step) -> bool {
        let names = &self.options.packages;
        let Some(tag) = &step.tag else { return true };
        names.is_empty() || names.iter().any(|name| family::key(&self.prefixes, name).contains(&tag.prefix))
    }

    fn step(&mut self, at: usize, step: &'a Step) {
        let named = match self.named(step) {
            Ok(named) => named,
            Err(error) => return self.fail(at, step, error),
        };
        self.meet(&named);
        let keys: Vec<Key> = self.families.keys().cloned().collect();
        for key in keys {
            let Some((family, names)) = self.families.get(&key) else { continue };
            let Some(before) = family.before.get(at).copied().flatten() else { continue };
            let all: Vec<String> = if self.is_everybody(&key) { Vec::new() } else { names.iter().cloned().collect() };
            let next = self.turn(&key, (at, step), before, &named, &all);
            self.declare(at, step, &named, &all);
            if let Some((family, _)) = self.families.get_mut(&key) {
                family.keep(at, next);
            }
        }
    }

    /// Takes one family to a revision.
    fn turn(
        &mut self,
        key: &Key,
        (at, step): (usize, &Step),
        before: Before,
        named: &Rc<Named>,
        names: &[String],
    ) -> After {
        let Some(old) = self.old(key, before, names) else { return self.begin(named, names, (at, step)) };
        // What could not be read may have been anything.
        let digest = match before {
            Before::Base => self.history.base.as_ref().and_then(|base| base.digest),
            Before::Step(before) if self.failed.contains_key(&before) => None,
            Before::Step(before) => self.history.steps.get(before).and_then(|step| step.digest),
            Before::Nothing | Before::Unknown => None,
        };
        if let (Before::Base, Some(item)) = (before, &mut self.item) {
            item.meet(&old.state, self.options, self.shared);
        }
        if digest.is_some() && digest == step.digest {
            let next = After { called: step.target.shown.clone(), ..old };
            self.pass(at, step, &next);
            return next;
        }
        let known: BTreeSet<String> = old.state.names().into_iter().cloned().collect();
        let turn = Turn { at, step, options: self.options, shared: self.shared, inputs: &self.inputs };
        let mut watch = Watch { item: self.item.as_mut(), lines: self.lines.as_mut() };
        let turned = turn.advance(&old, named, names, &mut watch);
        self.features.extend(turned.features);
        let unread = self.unread_before(key, at);
        for (name, row) in turned.rows {
            if !known.contains(&name) && !unread.is_empty() {
                self.tell_failures(&name, &unread);
            }
            let section = self.sections.of(&name);
            if turned.ambiguous.contains(&name) { section.push_unless_said(at, row) } else { section.push(at, row) }
        }
        for (name, features) in turned.own_features {
            if self.sections.has(&name) {
                let all = self.sections.of(&name).features.get_or_insert_default();
                all.extend(features);
                all.sort();
                all.dedup();
            }
        }
        let next = After { state: Rc::new(turned.state), called: step.target.shown.clone() };
        self.pass(at, step, &next);
        next
    }

    /// What a revision is compared with; `None` where nobody knows what came before.
    fn old(&self, key: &Key, before: Before, names: &[String]) -> Option<After> {
        let nothing = || After { state: Rc::new(State::nothing()), called: String::new() };
        let (family, _) = self.families.get(key)?;
        match before {
            Before::Nothing => Some(nothing()),
            Before::Unknown => None,
            Before::Base => {
                let (named, base) = (self.base.as_ref()?, self.history.base.as_ref()?);
                Some(After { state: Rc::new(State::of(named, names)), called: base.target.shown.clone() })
            }
            Before::Step(before) => match family.state(before) {
                Some(state) => Some(state),
                None if self.failed.contains_key(&before) => self.old(key, family.before.get(before).copied()??, names),
                // Nothing of the family was there yet.
                None => Some(nothing()),
            },
        }
    }

    /// Where nothing is known of what came before, a revision is only what the next one is compared with.
    fn begin(&mut self, named: &Named, names: &[String], (at, step): (usize, &Step)) -> After {
        let mut state = State::of(named, names);
        let unread = begin::begin((at + 1, &state), self.options, self.shared, self.lines.as_mut());
        if let Some(item) = &mut self.item {
            item.meet(&state, self.options, self.shared);
        }
        for name in state.names() {
            self.sections.of(name);
        }
        for Unread { place, identity, error } in unread {
            if let Some(line) = state.lines.get_mut(place) {
                *line = Line::Unread;
            }
            let asked = &self.options.packages;
            if asked.is_empty() || asked.contains(&identity.name) {
                let mut row = self::unread(step, &self.called_by_name(step, error));
                row.new_version = identity.version.as_ref().map(Version::to_string);
                self.sections.of(&identity.name).push_unless_said(at, row);
            }
        }
        After { state: Rc::new(state), called: step.target.shown.clone() }
    }

    /// Notes that nothing happened to the packages of a state, where nothing has.
    fn pass(&mut self, at: usize, step: &Step, after: &After) {
        let state = &*after.state;
        if let Some(lines) = &mut self.lines {
            lines.pass(at + 1, step, state);
        }
        let is_asked_for = |name: &String| self.options.packages.is_empty() || self.options.packages.contains(name);
        for name in state.names().into_iter().filter(|name| is_asked_for(name)) {
            let section = self.sections.of(name);
            let is_told = section.rows.last().is_some_and(|(last, _)| *last == at);
            if !self.log.unchanged || is_told {
                section.pass(at);
                continue;
            }
            let is_it = |(identity, line): &(&Identity, &Line)| identity.name == *name && matches!(line, Line::Read);
            for (identity, _) in state.named.identities.iter().zip(&state.lines).filter(is_it) {
                section.push(at, section::unchanged(step, identity.version.as_ref()));
            }
        }
    }

    /// Notes which versions packages declare under a tag of theirs.
    fn declare(&mut self, at: usize, step: &Step, named: &Named, names: &[String]) {
        let Some(tag) = &step.tag else { return };
        let mut declared: BTreeMap<&String, Vec<Version>> = BTreeMap::new();
        for identity in &named.identities {
            let is_here = names.is_empty() || names.contains(&identity.name);
            if let Some(version) =
                identity.version.as_ref().filter(|_| is_here && is_family(&tag.prefix, &identity.name))
            {
                declared.entry(&identity.name).or_default().push(version.clone());
            }
        }
        for (name, versions) in declared {
            self.sections.of(name).declared.push((at, versions));
        }
    }

    /// Every package of a revision belongs to a family.
    fn meet(&mut self, named: &Named) {
        let asked = &self.options.packages;
        let found = named.catalog.packages.iter().zip(&named.identities);
        for name in found.flat_map(|(found, identity)| state::names(found, identity)) {
            if !self.met.contains(name) {
                self.met.insert(name.clone());
            }
        }
        if self.prefixes.is_empty() {
            if self.families.is_empty() {
                let family = Family::new(self.history, &Key::new());
                self.families.insert(Key::new(), (family, asked.iter().cloned().collect()));
            }
            return;
        }
        for (found, identity) in named.catalog.packages.iter().zip(&named.identities) {
            let names: Vec<&String> = if asked.is_empty() {
                vec![&identity.name]
            } else {
                state::names(found, identity).filter(|name| asked.contains(name)).collect()
            };
            for name in names {
                if self.keys.contains_key(name) {
                    continue;
                }
                let key = family::key(&self.prefixes, name);
                self.keys.insert(name.clone(), key.clone());
                let family = || (Family::new(self.history, &key), BTreeSet::new());
                self.families.entry(key.clone()).or_insert_with(family).1.insert(name.clone());
            }
        }
    }

    /// Whether a family is all packages that there are.
    fn is_everybody(&self, key: &Key) -> bool {
        self.options.packages.is_empty() && (self.prefixes.is_empty() || self.prefixes.len() == 1 && key.len() == 1)
    }

    /// What a revision holds.
    fn named(&mut self, step: &Step) -> Result<Rc<Named>, Error> {
        if let Some((before, error)) = self.failed.last_key_value()
            && step.digest.is_some()
            && self.history.steps.get(*before).is_some_and(|before| before.digest == step.digest)
        {
            return Err(error.clone());
        }
        if let Some((digest, named)) = &self.last
            && Some(*digest) == step.digest
        {
            return Ok(Rc::clone(named));
        }
        let named = Rc::new(self.open(&step.target)?);
        self.last = step.digest.map(|digest| (digest, Rc::clone(&named)));
        Ok(named)
    }

    fn open(&self, target: &Target) -> Result<Named, Error> {
        let catalog = match self.shared.open(target, self.options) {
            Err(error) if error.kind == ErrorKind::Empty => Catalog::nothing(&target.input, target.commit.clone()),
            catalog => catalog?,
        };
        Named::new(catalog)
    }

    /// A revision that cannot be read is a row of all packages that were there before.
    fn fail(&mut self, at: usize, step: &Step, error: Error) {
        let error = self.called_by_name(step, error);
        for key in self.families.keys().cloned().collect::<Vec<Key>>() {
            let Some((family, names)) = self.families.get(&key) else { continue };
            let Some(before) = family.before.get(at).copied().flatten() else { continue };
            let all: Vec<String> = if self.is_everybody(&key) { Vec::new() } else { names.iter().cloned().collect() };
            let Some(state) = self.old(&key, before, &all) else { continue };
            for name in state.state.names() {
                self.sections.of(name).push_unless_said(at, unread(step, &error));
            }
            if let Some(lines) = &mut self.lines {
                lines.unread(at + 1, &state.state);
            }
            if let Some((family, _)) = self.families.get_mut(&key) {
                family.keep(at, state);
            }
        }
        self.failed.insert(at, error);
    }

    /// An error calls a commit by its id where it does not know its name.
    fn called_by_name(&self, step: &Step, error: Error) -> Error {
        let Some(commit) = &step.target.commit else { return error };
        let named = |text: &str| text.replace(commit, &step.target.shown);
        Error { message: named(&error.message), hint: error.hint.as_deref().map(named), ..error }
    }

    /// The revisions right before one that could not be read, oldest first.
    fn unread_before(&self, key: &Key, at: usize) -> Vec<usize> {
        let mut unread = Vec::new();
        let Some((family, _)) = self.families.get(key) else { return unread };
        let mut before = family.before.get(at).copied().flatten();
        while let Some(Before::Step(at)) = before.filter(|_| !self.failed.is_empty()) {
            if !self.failed.contains_key(&at) {
                break;
            }
            unread.insert(0, at);
            before = family.before.get(at).copied().flatten();
        }
        unread
    }

    fn tell_failures(&mut self, name: &str, unread: &[usize]) {
        for at in unread {
            if let (Some(error), Some(step)) = (self.failed.get(at), self.history.steps.get(*at)) {
                let row = self::unread(step, error);
                let section = self.sections.of(name);
                if !section.rows.iter().any(|(told, _)| told == at) {
                    section.push_unless_said(*at, row);
                }
            }
        }
    }

    /// Where no revision can be read, nobody knows which packages there are.
    fn tell_unread(&mut self) {
        if self.sections.names().next().is_none() {
            let unread: Vec<usize> = self.failed.keys().copied().collect();
            self.tell_failures(UNKNOWN, &unread);
        }
    }

    /// What was asked for and was never met.
    fn missing(&self) -> Vec<report::ErrorReport> {
        if self.sections.has(UNKNOWN) {
            return Vec::new();
        }
        let names: Vec<&str> = self.met.iter().map(String::as_str).collect();
        let unknown = self.options.packages.iter().filter(|name| !self.sections.has(name));
        let packages: Vec<_> =
            unknown.map(|name| report::unlogged_package(name, &super::item::nearest(name, &names))).collect();
        match &self.item {
            Some(item) if packages.is_empty() && !item.is_met() => vec![item.unknown()],
            _ => packages,
        }
    }

    /// Gives back what no revision to come is compared with, once that is much.
    fn release(&mut self) {
        let work = self.shared.work();
        if work.blobs - self.released.0 < BLOBS && work.parses - self.released.1 < PARSES {
            return;
        }
        self.released = (work.blobs, work.parses);
        let states = self.families.values().flat_map(|(family, _)| family.states());
        self.shared.parses.release_all_but(states.flat_map(|after| after.state.revisions()));
        self.shared.store.release();
    }
}

fn unread(step: &Step, error: &Error) -> LogRow {
    let mut row = section::empty(step);
    (row.status, row.level, row.version.verdict) = (PackageStatus::Undetermined, None, VersionVerdict::Undetermined);
    row.error = Some(report::error_report("new", error));
    row
}
