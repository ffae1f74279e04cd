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
    // What is only said in a dependency, or unstable there, is nothing that this package says.
    let mut dependencies = by_dependency(&foreign, Level::Patch);
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
    } else if found.is_empty() {
        for (name, changes) in by_dependency(&foreign, Level::None) {
            let (kind, entry) = entries::of_dependency(package, name, &changes, false);
            found.entry(kind).or_default().push(entry);
        }
    }
    found.into_iter().map(|(kind, entries)| ChangelogGroup { kind, entries }).collect()
}

/// Changes that are told together, by heading and by what they have in common, in the order of their paths.
fn bullets<'a>(changes: &[&'a ChangeReport]) -> BTreeMap<(ChangelogKind, Bullet<'a>), Vec<&'a ChangeReport>> {
    let is_resource = |change: &&&ChangeReport| matches!(change.rule.as_str(), "resource-added" | "resource-removed");
    let resources = changes.iter().filter(is_resource).map(|change| (change.path.as_str(), verb(&change.rule)));
    let resources: BTreeSet<(&str, &str)> = resources.collect();
    let mut bullets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    // What came out from behind a feature, or went behind one, is told where it is told that it came, or went.
    let moved = changes.iter().filter(|change| !is_of_gate(&change.rule) && change.stabilised.is_some());
    let moved: BTreeMap<&str, &ChangeReport> = moved.map(|&change| (change.path.as_str(), change)).collect();
    for &told in changes {
        let change = moved.get(told.path.as_str()).copied().filter(|_| is_of_gate(&told.rule)).unwrap_or(told);
        let kind = kind(change);
        let home = words::group(&change.path);
        let owner = owner(change).filter(|owner| {
            let path = format!("{home}#{owner}");
            change.rule.starts_with("function-") && resources.contains(&(path.as_str(), verb(&change.rule)))
        });
        let (item, rule) = match (kind, owner) {
            (ChangelogKind::Fixed, _) => ("", ""),
            (ChangelogKind::Breaking, Some(owner)) => (owner, ""),
            (ChangelogKind::Added, Some(owner)) => (owner, "resource-added"),
            (ChangelogKind::Removed, Some(owner)) => (owner, "resource-removed"),
            (ChangelogKind::Breaking | ChangelogKind::Changed, _) => (item(&change.path), ""),
            _ => (item(&change.path), change.rule.as_str()),
        };
        let apart = Some(change).filter(|_| kind != ChangelogKind::Fixed);
        let gate = apart.and_then(|change| change.gate.as_ref()).map(|gate| gate.unstable.as_str());
        let since = apart.and_then(|change| change.since.as_ref()).map(|since| since.input.as_str());
        bullets.entry((kind, Bullet { home, item, rule, gate, since })).or_default().push(told);
    }
    bullets
}

/// The resource that a function belongs to.
fn owner(change: &ChangeReport) -> Option<&str> {
    let (_, function) = change.path.split_once('#')?;
    let (_, name) = function.rsplit_once(']')?;
    Some(name.split('.').next().unwrap_or(name))
}

/// What became of an item, as the rule has it.
fn verb(rule: &str) -> &str {
    rule.rsplit_once('-').map_or("", |(_, verb)| verb)
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
        ("item-stabilised", _) => ChangelogKind::Added,
        ("item-made-unstable", _) => ChangelogKind::Removed,
        (_, Some((subject, "added"))) if is_item(subject) => ChangelogKind::Added,
        (_, Some((subject, "removed"))) if is_item(subject) => ChangelogKind::Removed,
        _ => ChangelogKind::Changed,
    }
}

/// What is said about gates, for those who maintain the package.
fn is_remark(rule: &str) -> bool {
    rule.starts_with("since-") || matches!(rule, "deprecation-skipped" | "deprecation-changed")
}

/// Whether a rule is about an item that came out from behind a feature, or went behind one.
pub(super) fn is_of_gate(rule: &str) -> bool {
    matches!(rule, "item-stabilised" | "item-made-unstable")
}

/// The function or type that a path leads into: what `#r.a` is a part of.
fn item(path: &str) -> &str {
    let Some((_, item)) = path.split_once('#') else { return "" };
    let is_part = !item.starts_with(['[']) && !item.contains(':');
    if is_part { item.split('.').next().unwrap_or(item) } else { item }
}

/// Changes of dependencies above a level.
fn by_dependency<'a>(changes: &[&'a ChangeReport], above: Level) -> BTreeMap<&'a str, Vec<&'a ChangeReport>> {
    let mut found: BTreeMap<&str, Vec<&ChangeReport>> = BTreeMap::new();
    for &change in changes.iter().filter(|change| change.level > above) {
        found.entry(change.path.split('/').next().unwrap_or_default()).or_default().push(change);
    }
    found
}
