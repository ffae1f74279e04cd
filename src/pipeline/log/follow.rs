//! One item through history: from its first day behind a feature to the last.

use super::item::{self, Path};
use super::section;
use super::standing::{Gate, items};
use super::state::State;
use crate::pipeline::load::resolve_sources;
use crate::pipeline::{Options, Shared};
use crate::report::{
    self, ErrorReport, ItemEvent, ItemEventReport, LogRow, LoggedChange, PackageReport, PackageStatus,
};
use crate::revision::Found;
use crate::verdict::Level;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// The item that is followed.
pub(super) struct Item {
    path: Path,
    is_met: bool,
    /// What else there is, until the item is met: it may have been meant.
    others: BTreeSet<String>,
}

/// How the item stands in one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    /// Whether it is promised, and not only there behind a feature.
    is_stable: bool,
    gate: Gate,
}

impl Deref for Item {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl Item {
    /// The item of that path.
    ///
    /// # Errors
    /// What is wrong with the path.
    pub fn parse(text: &str) -> Result<Item, String> {
        Ok(Item { path: Path::parse(text)?, is_met: false, others: BTreeSet::new() })
    }

    /// Whether any revision so far holds the item.
    pub fn is_met(&self) -> bool {
        self.is_met
    }

    /// The error that no revision holds it.
    pub fn unknown(&self) -> ErrorReport {
        let others: Vec<&str> = self.others.iter().map(String::as_str).collect();
        report::unlogged_item(&self.text, &item::nearest(&self.text, &others))
    }

    /// Looks for the item where nothing is compared.
    pub fn meet(&mut self, state: &State, options: &Options, shared: &Shared) {
        for found in &state.named.catalog.packages {
            self.standing(Some(found), options, shared);
        }
    }

    /// Keeps of a row what the item feels, and says whether that is anything.
    pub fn follow(
        &mut self,
        row: &mut LogRow,
        package: &PackageReport,
        (old, new): (Option<&Found>, Option<&Found>),
        options: &Options,
        shared: &Shared,
    ) -> bool {
        let (old, new) = (self.standing(old, options, shared), self.standing(new, options, shared));
        if row.status == PackageStatus::Undetermined {
            row.changes.clear();
            section::count(row);
            return true;
        }
        let turn = turn(old.as_ref(), new.as_ref());
        let mut felt: BTreeMap<&str, Option<ItemEventReport>> = BTreeMap::new();
        for change in &package.changes {
            let is_turn =
                turn.is_some() && (self.is(&change.path) || self.is_in(&change.path)) && comes_or_goes(&change.rule);
            let event = if is_turn || self.is(&change.path) && FINDINGS.contains(&change.rule.as_str()) {
                None
            } else if change.track.is_none() && self.holds(&change.path) {
                Some((event(&change.rule), change.message.clone()))
            } else if change.reach.iter().any(|reached| self.holds(reached)) {
                Some((ItemEvent::Carried, report::item_carries(&change.path, &change.message)))
            } else {
                continue;
            };
            let fingerprint = Some(change.fingerprint.clone());
            felt.insert(
                &change.fingerprint,
                event.map(|(event, message)| ItemEventReport { event, message, fingerprint }),
            );
        }
        row.changes.retain(|change| felt.contains_key(change.fingerprint.as_str()));
        section::count(row);
        if row.level.is_some() {
            let least = turn.as_ref().map(|(event, _)| weight(*event)).filter(|_| row.changes.is_empty());
            row.level = Some(
                row.changes.iter().map(|change: &LoggedChange| change.level).chain(least).max().unwrap_or_default(),
            );
        }
        let turn = turn.map(|(event, message)| ItemEventReport { event, message, fingerprint: None });
        row.events = turn.into_iter().chain(felt.into_values().flatten()).collect();
        row.events.sort_by(|a, b| (a.event, &a.message).cmp(&(b.event, &b.message)));
        !row.events.is_empty()
    }

    /// How the item stands in a package; `None` where it does not, and where that cannot be told.
    fn standing(&mut self, found: Option<&Found>, options: &Options, shared: &Shared) -> Option<Standing> {
        let revision = found?.revision.clone().ok()?;
        let options = options.of(&self.path.package);
        let views = resolve_sources(revision, &options, Some(&shared.parses)).ok()?.views;
        let judged = items(&views.judged, &self.path.package);
        let open = views.open.as_ref().map(|open| items(open, &self.path.package));
        let gate = |items: &BTreeMap<String, Gate>| {
            let found = items.iter().find(|(path, _)| self.path.is(path));
            found.map(|(_, gate)| gate.clone())
        };
        let promised = gate(&judged).map(|gate| Standing { is_stable: true, gate });
        let standing = promised.or_else(|| Some(Standing { is_stable: false, gate: gate(open.as_ref()?)? }));
        self.is_met |= standing.is_some();
        if self.is_met {
            self.others.clear();
        } else {
            self.others.extend(open.unwrap_or(judged).into_keys().map(|path| item::read(&path).into_owned()));
        }
        standing
    }
}

/// What is found about gates where something else happened.
const FINDINGS: [&str; 4] = ["since-omitted", "since-misdated", "since-item-changed", "deprecation-skipped"];

/// Whether the item came, went, or changed sides with its gate.
fn turn(old: Option<&Standing>, new: Option<&Standing>) -> Option<(ItemEvent, String)> {
    match (old, new) {
        (None, Some(new)) => {
            let event = if new.is_stable { ItemEvent::Added } else { ItemEvent::AddedUnstable };
            Some((event, report::item_added(new.gate.feature.as_deref(), new.gate.since.as_deref())))
        }
        (Some(old), None) => Some((ItemEvent::Removed, report::item_removed(old.gate.deprecated.as_deref()))),
        (Some(old), Some(new)) if !old.is_stable && new.is_stable => {
            let message = report::item_stabilised(old.gate.feature.as_deref(), new.gate.since.as_deref());
            Some((ItemEvent::Stabilised, message))
        }
        (Some(old), Some(new)) if old.is_stable && !new.is_stable => {
            Some((ItemEvent::Withdrawn, report::item_withdrawn(new.gate.feature.as_deref())))
        }
        (None, None) | (Some(_), Some(_)) => None,
    }
}

/// Whether a rule says that something is there that was not, or the reverse, its gate included.
fn comes_or_goes(rule: &str) -> bool {
    let of_gate = ["item-stabilised", "item-made-unstable"].contains(&rule);
    of_gate || rule.ends_with("-added") || rule.ends_with("-removed")
}

fn event(rule: &str) -> ItemEvent {
    match rule {
        "item-deprecated" => ItemEvent::Deprecated,
        "docs-changed" | "since-added" | "since-removed" | "since-changed" | "deprecation-changed" => {
            ItemEvent::Documented
        }
        _ => ItemEvent::Changed,
    }
}

/// What it weighs for the item that it came or went, where no change of its own says so.
fn weight(event: ItemEvent) -> Level {
    match event {
        ItemEvent::Removed | ItemEvent::Withdrawn => Level::Major,
        ItemEvent::Added | ItemEvent::Stabilised | ItemEvent::Deprecated | ItemEvent::Changed | ItemEvent::Carried => {
            Level::Minor
        }
        ItemEvent::AddedUnstable | ItemEvent::Documented => Level::Patch,
    }
}
