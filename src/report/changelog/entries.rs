//! Bullets: what happened, who has to do something, what it reaches, and on a line of its own what to do.

use super::group::is_of_gate;
use super::impact::Impact;
use super::migrate::migration;
use super::{ChangelogEntry, ChangelogKind, say};
use crate::report::markdown_escape::{capital, code};
use crate::report::package::hash;
use crate::report::wire::*;
use crate::report::words::Subject;
use crate::verdict::Level;
use crate::version::track;
use semver::Version;

/// What the changes of one bullet have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bullet<'a> {
    /// The interface or world.
    pub home: &'a str,
    /// The function or type; empty where all of them are told together.
    pub item: &'a str,
    /// The rule; empty where several are told together.
    pub rule: &'a str,
    pub gate: Option<&'a str>,
    /// The release that is broken, if that is an older one.
    pub since: Option<&'a str>,
}

/// What is to be told of the package as a whole.
pub(super) fn of_package(package: &PackageReport, version: Option<&str>) -> Vec<(ChangelogKind, ChangelogEntry)> {
    let mut entries = Vec::new();
    let kind = if package.level == Some(Level::Major) { ChangelogKind::Breaking } else { ChangelogKind::Changed };
    if let Some(text) = new_names(package, version) {
        entries.push((kind, entry(kind, "track", Vec::new(), text)));
    }
    entries
}

/// Names that linkers match are other names on another track.
fn new_names(package: &PackageReport, version: Option<&str>) -> Option<String> {
    let old = package.old_version.as_deref();
    if package.status != PackageStatus::Changed {
        return None;
    }
    match (old, version) {
        (Some(old), None) => Some(format!(
            "The package no longer declares a version: what is built for {} links with it only once it is rebuilt.",
            code(old)
        )),
        (None, Some(new)) => Some(format!(
            "The package declares a version, {}: what is built without one links with it only once it is rebuilt.",
            code(new)
        )),
        (Some(old), Some(new)) => {
            let tracks = (Version::parse(old).ok()?, Version::parse(new).ok()?);
            (track::exact(&tracks.0) != track::exact(&tracks.1))
                .then(|| format!("What is built for {} links with {} only once it is rebuilt.", code(old), code(new)))
        }
        (None, None) => None,
    }
}

/// Changes of one item, or of the documentation of one interface or world.
pub(super) fn of_changes(
    package: &PackageReport,
    kind: ChangelogKind,
    changes: &[&ChangeReport],
    version: Option<&str>,
) -> ChangelogEntry {
    let fingerprints: Vec<String> = changes.iter().map(|change| change.fingerprint.clone()).collect();
    // That an item came out from behind a feature is said with its coming.
    let coming: Vec<&ChangeReport> = changes.iter().copied().filter(|change| !is_of_gate(&change.rule)).collect();
    let changes = if coming.is_empty() { changes } else { &coming };
    let Some(&first) = changes.first() else { return entry(kind, "", fingerprints, String::new()) };
    let home = crate::report::words::group(&first.path);
    if kind == ChangelogKind::Fixed {
        // Many bullets would be told apart by their changes; documentation is one bullet, whatever it is of.
        return entry(kind, &format!("documentation {home}"), fingerprints, documentation(package, changes));
    }
    let mut told: Vec<String> = Vec::new();
    let resource = changes.iter().find(|change| changes.len() > 1 && change.rule.starts_with("resource-"));
    for change in resource.map_or(changes, std::slice::from_ref) {
        let what = say::what(change, kind, version);
        let what = if told.is_empty() { what } else { say::shortened(&what, change) };
        if !told.contains(&what) {
            told.push(what);
        }
    }
    let is_of_world = first.rule.starts_with("import-") || first.rule.starts_with("export-");
    let with = resource.map_or(String::new(), |_| match changes.len() - 1 {
        1 => " with its function".to_owned(),
        functions => format!(" with its {functions} functions"),
    });
    let told = told.join("; ") + &with;
    let told = match say::place(first).filter(|_| !say::is_whole(first)) {
        Some(place) if is_of_world && told.starts_with("no") => format!("{place} {told}."),
        Some(place) => format!("{place}: {told}."),
        None => format!("{}.", capital(&told)),
    };
    let mut text = vec![told];
    if first.gate.is_none() {
        let is_addition = changes.iter().all(|change| change.rule.ends_with("-added") && !is_part(&change.rule));
        text.push(Impact::of(changes).sentence(kind, is_addition));
    }
    if let Some(since) = &first.since {
        text.push(format!("This breaks what was built for the release {}.", code(&since.input)));
    }
    // That what is of a resource goes with it was said.
    let own = resource.map(|resource| format!("{}.", Subject::of(&resource.path).name));
    let is_own = |name: &String| own.as_ref().is_some_and(|own| name.trim_matches('`').starts_with(own.as_str()));
    let reached: Vec<String> = say::reached(changes, home).into_iter().filter(|name| !is_own(name)).collect();
    if kind == ChangelogKind::Breaking && !reached.is_empty() {
        text.push(format!("Affects {}.", say::listed(&reached)));
    }
    let mut text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if kind == ChangelogKind::Breaking {
        let steps = migration(changes);
        if !steps.is_empty() {
            text.push_str(&format!("\nMigration: {steps}."));
        }
    }
    entry(kind, &fingerprints.join(" "), fingerprints, text)
}

/// Whether a rule is about a part of an item.
fn is_part(rule: &str) -> bool {
    ["parameter-", "result-", "record-", "variant-", "enum-", "flag-"].iter().any(|begin| rule.starts_with(begin))
}

fn documentation(package: &PackageReport, changes: &[&ChangeReport]) -> String {
    let Some(&first) = changes.first() else { return String::new() };
    let mut items: Vec<String> = Vec::new();
    for change in changes {
        let item = say::item(change);
        if !items.contains(&item) {
            items.push(item);
        }
    }
    let is_whole = |change: &&&ChangeReport| !change.path.contains('#');
    match (say::place(first), items.as_slice()) {
        (None, _) => format!("Documentation of the package {}.", code(&package.name)),
        (Some(place), [_]) if changes.iter().all(|change| is_whole(&change)) => format!("{place}: its documentation."),
        (Some(place), [item]) => format!("{place}: documentation of {item}."),
        (Some(place), items) => format!("{place}: documentation of {} items.", items.len()),
    }
}

/// What is felt of a dependency: that it is another version of it, and what changed in it.
pub(super) fn of_dependency(
    package: &PackageReport,
    name: &str,
    changes: &[&ChangeReport],
    is_told: bool,
) -> (ChangelogKind, ChangelogEntry) {
    const TOLD: usize = 2;
    let is_breaking = changes.iter().any(|change| change.level == Level::Major);
    let kind = if is_breaking { ChangelogKind::Breaking } else { ChangelogKind::Changed };
    let rebased = package.rebased.iter().find(|rebased| rebased.package == name);
    let begin = match rebased {
        Some(InheritReport { from, to, .. }) => {
            format!("Built on {} now, no longer on {}", code(&format!("{name} {to}")), code(from))
        }
        None => format!("Built on {}, which changed", code(name)),
    };
    let told = match changes {
        changes if is_told || changes.is_empty() => String::new(),
        changes if changes.len() <= TOLD => {
            // As if under a heading that says nothing: what became of each is told.
            let what = |change: &&ChangeReport| say::what(change, ChangelogKind::Changed, None);
            format!(": {}", changes.iter().map(what).collect::<Vec<_>>().join("; "))
        }
        changes => format!(": {} changes of it", changes.len()),
    };
    let mut text = format!("{begin}{told}.");
    let own = format!("{}/", package.name);
    let mut reached: Vec<String> = Vec::new();
    for path in changes.iter().flat_map(|change| &change.reach).filter_map(|path| path.strip_prefix(&own)) {
        let name = code(crate::report::words::group(path));
        if !reached.contains(&name) {
            reached.push(name);
        }
    }
    if !reached.is_empty() {
        text.push_str(&format!(" Affects {}.", say::listed(&reached)));
    }
    let impact = Impact::of(changes).sentence(kind, false);
    if is_breaking && !impact.is_empty() {
        text.push_str(&format!(" {impact}"));
    }
    let fingerprints = changes.iter().map(|change| change.fingerprint.clone()).collect();
    (kind, entry(kind, &format!("dependency {name}"), fingerprints, text))
}

/// What breaks without a change of its own.
pub(super) fn of_carriers(package: &PackageReport) -> Vec<ChangelogEntry> {
    let kind = ChangelogKind::Breaking;
    let interfaces = (package.interfaces.iter().filter(|interface| interface.level == Level::Major))
        .map(|interface| ("Interface", &interface.name, Impact::of_interface(interface)));
    let worlds = (package.worlds.iter().filter(|world| world.level == Level::Major))
        .map(|world| ("World", &world.name, Impact::of_world(world)));
    (interfaces.chain(worlds))
        .map(|(noun, name, impact)| {
            let text = format!("{noun} {}: {}", code(name), impact.sentence(kind, false));
            entry(kind, &format!("carrier {noun} {name}"), Vec::new(), text)
        })
        .collect()
}

/// Where there is nothing else to be told, a release still says that there is nothing.
pub(super) fn of_remarks(changes: &[&ChangeReport]) -> ChangelogEntry {
    let fingerprints = changes.iter().map(|change| change.fingerprint.clone()).collect();
    let text = "Nothing that users notice: only the package's remarks on its own history (`@since`) differ.";
    entry(ChangelogKind::Changed, "remarks", fingerprints, text.into())
}

fn entry(kind: ChangelogKind, key: &str, changes: Vec<String>, text: String) -> ChangelogEntry {
    ChangelogEntry { id: hash(&format!("{} {key}", kind.title())), text, changes }
}
