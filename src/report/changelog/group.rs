//! Which change is told under which heading, and with which others in one bullet.

use super::entries::{self, Bullet};
use super::{ChangelogEntry, ChangelogGroup, ChangelogKind};
use crate::report::wire::*;
use crate::report::words;
use crate::verdict::Level;
use std::collections::{BTreeMap, BTreeSet};

/// Everything to be told of a package, under the version that it will have.
pub(super) fn groups(package: &PackageReport, version: Option<&str>, report: &Report) -> Vec<ChangelogGroup> {
    if package.level.is_none_or(|level| level == Level::None) && package.changes.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<ChangelogKind, Vec<ChangelogEntry>> = BTreeMap::new();
    let mut tell = |(kind, entry): (ChangelogKind, ChangelogEntry)| found.entry(kind).or_default().push(entry);
    entries::of_package(package, version).into_iter().for_each(&mut tell);
    let (foreign, own): (Vec<_>, Vec<_>) = package.changes.iter().partition(|change| change.track.is_some());
    let (remarks, own): (Vec<_>, Vec<_>) = own.into_iter().partition(|change| is_remark(&change.rule));
    for ((kind, _), changes) in bullets(&own) {
        tell((kind, entries::of_changes(package, kind, &changes, version)));
    }
    let mut dependencies = by_dependency(&foreign);
    for rebased in &package.rebased {
        dependencies.entry(&rebased.package).or_default();
    }
    for (name, changes) in dependencies {
        let is_told = report.packages.iter().any(|other| other.name == name && !other.changes.is_empty());
        tell(entries::of_dependency(package, name, &changes, is_told));
    }
    if !found.contains_key(&ChangelogKind::Breaking) && package.level == Some(Level::Major) {
        entries::of_carriers(package)
            .into_iter()
            .for_each(|entry| found.entry(ChangelogKind::Breaking).or_default().push(entry));
    }
    if found.is_empty() && !remarks.is_empty() {
        found.insert(ChangelogKind::Changed, vec![entries::of_remarks(&remarks)]);
    }
    found.into_iter().map(|(kind, entries)| ChangelogGroup { kind, entries }).collect()
}

/// Changes that are told together, by heading and by what they have in common, in the order of their paths.
fn bullets<'a>(changes: &[&'a ChangeReport]) -> BTreeMap<(ChangelogKind, Bullet<'a>), Vec<&'a ChangeReport>> {
    let mut bullets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for &change in changes {
        let kind = kind(change);
        let home = words::group(&change.path);
        let item = match kind {
            ChangelogKind::Fixed => "",
            _ => item(&change.path),
        };
        let rule = match kind {
            ChangelogKind::Breaking | ChangelogKind::Changed => "",
            ChangelogKind::Fixed => "",
            _ => change.rule.as_str(),
        };
        let apart = Some(change).filter(|_| kind != ChangelogKind::Fixed);
        let gate = apart.and_then(|change| change.gate.as_ref()).map(|gate| gate.unstable.as_str());
        let since = apart.and_then(|change| change.since.as_ref()).map(|since| since.input.as_str());
        bullets.entry((kind, Bullet { home, item, rule, gate, since })).or_default().push(change);
    }
    bullets
}

/// The heading of a change.
fn kind(change: &ChangeReport) -> ChangelogKind {
    let subject_and_verb = change.rule.rsplit_once('-');
    let is_item = |subject: &str| {
        ["package", "interface", "world", "function", "resource", "type", "import", "export"].contains(&subject)
    };
    match (change.rule.as_str(), subject_and_verb) {
        _ if change.level == Level::Major && change.gate.is_none() => ChangelogKind::Breaking,
        ("docs-changed" | "package-docs-changed", _) => ChangelogKind::Fixed,
        ("item-deprecated", _) => ChangelogKind::Deprecated,
        (_, Some((subject, "added"))) if is_item(subject) => ChangelogKind::Added,
        (_, Some((subject, "removed"))) if is_item(subject) => ChangelogKind::Removed,
        _ => ChangelogKind::Changed,
    }
}

/// What is said about gates, for those who maintain the package.
fn is_remark(rule: &str) -> bool {
    rule.starts_with("since-") || matches!(rule, "deprecation-skipped" | "deprecation-changed")
}

/// The function or type that a path leads into: what `#r.a` is a part of.
fn item(path: &str) -> &str {
    let Some((_, item)) = path.split_once('#') else { return "" };
    let is_part = !item.starts_with(['[']) && !item.contains(':');
    if is_part { item.split('.').next().unwrap_or(item) } else { item }
}

fn by_dependency<'a>(changes: &[&'a ChangeReport]) -> BTreeMap<&'a str, Vec<&'a ChangeReport>> {
    let mut found: BTreeMap<&str, Vec<&ChangeReport>> = BTreeMap::new();
    let is_felt = |change: &&&ChangeReport| change.level > Level::Patch;
    let mut seen = BTreeSet::new();
    for &change in changes.iter().filter(is_felt).filter(|change| seen.insert(&change.fingerprint)) {
        found.entry(change.path.split('/').next().unwrap_or_default()).or_default().push(change);
    }
    found
}
