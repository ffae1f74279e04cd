//! One pair, judged by us and by the official validator.

use std::collections::{BTreeMap, BTreeSet};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{ItemStatus, Report, Status};
use wit_diff::revision::{Bundle, Kind, Revision, SourceFile};
use wit_diff::surface::Features;
use wit_diff::validator::{self, Answer};
use wit_diff::verdict::{Level, Verdict};
use wit_parser::{PackageId, Resolve, SourceMap, WorldItem};

/// The files of every package, by path; the first package is the one under test.
pub type Texts = [Vec<(String, String)>];

/// What came of one pair, both ways.
#[derive(Debug, Default)]
pub struct Judged {
    pub questions: usize,
    /// Questions that the validator cannot answer, by its reason.
    pub unanswered: Vec<String>,
    /// Where we and the validator differ, or a law does not hold.
    pub wrong: Vec<String>,
    /// What we reported, there and back.
    pub seen: [Vec<Seen>; 2],
    /// Our level, there and back.
    pub levels: Vec<Level>,
}

/// A change that was reported.
#[derive(Clone, Debug)]
pub struct Seen {
    pub rule: String,
    /// How worlds of the package use the interface that it stands in, if it stands in one.
    pub used: Option<Used>,
    /// Whether it stands in an interface with a name.
    pub is_in_interface: bool,
}

/// How an interface is used by the worlds of its package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Used {
    Imported,
    Exported,
    Both,
}

/// Judges a pair there and back, or says why `wit-parser` refuses a side of it.
pub fn judge(old: &Texts, new: &Texts, features: &Features) -> Result<Judged, String> {
    let sides = match (resolve(old, features), resolve(new, features)) {
        (Ok(old), Ok(new)) => [old, new],
        (Err(reason), _) | (_, Err(reason)) => return Err(reason),
    };
    let options = Options { features: features.clone(), ..Options::default() };
    let mut judged = Judged::default();
    for (direction, [a, b]) in [[0, 1], [1, 0]].into_iter().enumerate() {
        let texts = [old, new];
        let report = pipeline::run_sources(revision("old", texts[a]), revision("new", texts[b]), &options);
        if report.status != Status::Complete {
            judged.wrong.push(format!("wit-parser loads both sides, and we do not: {:?}", report.errors));
            continue;
        }
        judged.levels.push(report.level);
        let ((old, old_package), (new, new_package)) = (&sides[a], &sides[b]);
        let name = |resolve: &Resolve, package: PackageId| {
            let name = &resolve.packages[package].name;
            format!("{}:{}", name.namespace, name.name)
        };
        let package = name(old, *old_package);
        // Two packages of different names have nothing in common that could be asked about.
        if package == name(new, *new_package) {
            let official = validator::ask(old, *old_package, new, *new_package);
            compare(&report, &package, &official, &mut judged);
        }
        let used = used(&[(old, *old_package), (new, *new_package)]);
        judged.seen[direction] = seen(&report, &used);
    }
    Ok(judged)
}

/// Reads a package as `wit-parser` does.
pub fn resolve(texts: &Texts, features: &Features) -> Result<(Resolve, PackageId), String> {
    let mut resolve = Resolve { all_features: features.all, ..Resolve::default() };
    resolve.features.extend(features.names.iter().cloned());
    let parse = |files: &Vec<(String, String)>| {
        let mut map = SourceMap::new();
        files.iter().for_each(|(path, text)| map.push_str(path, text.as_str()));
        map.parse().map_err(|(_, error)| error.to_string())
    };
    let mut groups = texts.iter().map(parse).collect::<Result<Vec<_>, _>>()?.into_iter();
    let main = groups.next().ok_or("there is no package")?;
    let package = resolve.push_groups(main, groups.collect()).map_err(|error| error.to_string())?;
    Ok((resolve, package))
}

/// The same texts for us.
pub fn revision(input: &str, texts: &Texts) -> Revision {
    let mut bundles = texts.iter().enumerate().map(|(package, files)| Bundle {
        path: if package == 0 { ".".into() } else { format!("deps/d{package}") },
        files: (files.iter())
            .map(|(path, text)| SourceFile { path: path.clone(), bytes: text.as_bytes().into() })
            .collect(),
        binary: false,
    });
    let main = bundles.next().expect("a package");
    let deps = bundles.collect();
    Revision { input: input.into(), kind: Kind::Path, commit: None, main, deps, siblings: Vec::new() }
}

fn compare(report: &Report, package: &str, official: &[Answer], judged: &mut Judged) {
    let ours = ours(report, package);
    judged.questions += official.len();
    for Answer { item, party, survives, message } in official {
        match (ours.get(&(item.clone(), party.to_string())), survives) {
            (Some(ours), Ok(official)) if ours == official => {}
            (Some(_), Err(reason)) => judged.unanswered.push(reason.clone()),
            (ours, official) => {
                judged.wrong.push(format!("{item}, {party}: ours {ours:?}, official {official:?} {message}"))
            }
        }
    }
    if official.len() != ours.len() {
        judged.wrong.push(format!("{} questions, {} answers of ours", official.len(), ours.len()));
    }
    let changes: usize = report.packages.iter().map(|package| package.changes.len()).sum();
    if changes == 0 && ours.values().any(|survives| !survives) {
        judged.wrong.push("a break without a change".into());
    }
}

/// Our answers by item and party: whether the link survives.
fn ours(report: &Report, package: &str) -> BTreeMap<(String, String), bool> {
    let mut answers = BTreeMap::new();
    let mut put = |item: String, party: &str, verdict: Verdict| {
        answers.insert((item, party.to_string()), verdict == Verdict::Compatible);
    };
    let is_lone = |status: ItemStatus| matches!(status, ItemStatus::Added | ItemStatus::Removed);
    for package in report.packages.iter().filter(|found| found.name == package) {
        for interface in package.interfaces.iter().filter(|interface| !is_lone(interface.status)) {
            put(format!("interface {}", interface.name), "consumers", interface.link.consumers);
            put(format!("interface {}", interface.name), "providers", interface.link.providers);
        }
        for world in package.worlds.iter().filter(|world| !is_lone(world.status)) {
            put(format!("world {}", world.name), "guests", world.link.guests);
            put(format!("world {}", world.name), "hosts", world.link.hosts);
        }
    }
    answers
}

/// How the worlds of a package, on either side, use interfaces, by `ns:pkg/name`.
fn used(sides: &[(&Resolve, PackageId)]) -> BTreeMap<String, Used> {
    let (mut imported, mut exported) = (BTreeSet::new(), BTreeSet::new());
    for (resolve, package) in sides {
        for &world in resolve.packages[*package].worlds.values() {
            let world = &resolve.worlds[world];
            for (items, names) in [(&world.imports, &mut imported), (&world.exports, &mut exported)] {
                for item in items.values() {
                    let WorldItem::Interface { id, .. } = item else { continue };
                    let interface = &resolve.interfaces[resolve.interfaces[*id].clone_of.unwrap_or(*id)];
                    if let (Some(package), Some(name)) = (interface.package, &interface.name) {
                        let package = &resolve.packages[package].name;
                        names.insert(format!("{}:{}/{name}", package.namespace, package.name));
                    }
                }
            }
        }
    }
    let both = |name: &String| match (imported.contains(name), exported.contains(name)) {
        (true, true) => Used::Both,
        (true, false) => Used::Imported,
        (false, _) => Used::Exported,
    };
    imported.union(&exported).map(|name| (name.clone(), both(name))).collect()
}

fn seen(report: &Report, used: &BTreeMap<String, Used>) -> Vec<Seen> {
    let mut seen = Vec::new();
    for package in &report.packages {
        let worlds: BTreeSet<String> =
            package.worlds.iter().map(|world| format!("{}/{}", package.name, world.name)).collect();
        for change in &package.changes {
            let holder = change.path.split(['#', '@']).next().unwrap_or_default();
            let is_in_interface = holder.contains('/') && !worlds.contains(holder);
            let used = used.get(holder).copied().filter(|_| is_in_interface);
            seen.push(Seen { rule: change.rule.to_string(), used, is_in_interface });
        }
    }
    seen
}
