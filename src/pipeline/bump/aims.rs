//! Which version each package is to declare, from what a check says of it.

use super::texts::{Aim, Texts};
use crate::report::{PackageReport, PackageStatus, Report};
use crate::verdict::Level;
use crate::version::{NoNext, Standing, Step, edit, next};
use semver::Version;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A version of a package in the working tree: the name, and what it declares.
pub(super) type Key = (String, Version);

/// What is known of a package once it was judged for the first time.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    /// Its place among the packages: behind those that it depends on.
    pub place: usize,
    /// The version that it is compared with; `None` for one that is new.
    pub old: Option<Version>,
    /// What that is called, where it is not what all are compared with.
    pub base: Option<String>,
    /// The level of what changed since, before any other package moved.
    pub first: Level,
    /// The same with all that moved.
    pub level: Level,
    /// The packages that leave their track, or must, and that it depends on.
    pub follows: BTreeSet<String>,
}

/// Every version of every package of a working tree, and the one that it declares for now: a gate that names a higher
/// one than the package is an error, so that one is taken to begin with.
pub(super) fn beginnings(texts: &Texts) -> BTreeMap<Key, Version> {
    let mut found = BTreeMap::new();
    for (at, package) in texts.catalog().packages.iter().enumerate() {
        let main = package.identity().map_or("", |identity| &identity.name);
        for outline in package.outline.packages() {
            let (name, Some(declared)) = (&outline.identity.name, &outline.identity.version) else { continue };
            let gates = texts.of_package(at).flat_map(|text| edit::gate_versions(&text.text, main, name));
            let highest = gates.max_by(|a, b| a.cmp_precedence(b));
            let begins = highest.filter(|gate| gate.cmp_precedence(declared).is_gt());
            found.insert((name.clone(), declared.clone()), begins.unwrap_or_else(|| declared.clone()));
        }
    }
    found
}

/// Takes over what a report says of the packages that declare the `current` versions.
pub(super) fn judge(report: &Report, current: &BTreeMap<Key, Version>, judged: &mut BTreeMap<Key, Judged>) {
    for (key, version) in current {
        // Of copies the one that changed most speaks for all: they declare one version.
        let packages = report.packages.iter().enumerate().filter(|(_, package)| is_it(package, &key.0, version));
        let Some((place, package)) = packages.max_by_key(|(at, package)| (package.level, Reverse(*at))) else {
            continue;
        };
        let (old, level) = standing(package);
        let known = judged.entry(key.clone()).or_insert_with(|| Judged {
            place,
            old: old.clone(),
            base: base(package),
            first: level,
            level,
            follows: BTreeSet::new(),
        });
        known.follows.extend(package.inherits.iter().map(|found| found.package.clone()));
        // On another track there may be other releases: what was promised before is what counts.
        if known.old == old {
            known.level = known.level.max(level);
        }
    }
}

/// The version that each package is to declare.
pub(super) fn aims(
    judged: &BTreeMap<Key, Judged>,
    taken: &BTreeMap<Key, BTreeSet<Version>>,
    step: &Step,
    names: &[String],
    texts: &Texts,
) -> Result<Vec<Aim>, Box<(Key, NoNext)>> {
    let mut meant = meant(judged, names);
    loop {
        let aims = aims_of(&meant, judged, taken, step)?;
        if names.is_empty() {
            return Ok(aims);
        }
        // Who gets another reference is edited, and has to pass with what else changed in it.
        let moving: Vec<Aim> = aims.iter().filter(|aim| meant.contains(&aim.name)).cloned().collect();
        let followers = texts.followers(&moving).into_iter().filter_map(|found| Some((found.name, found.version?)));
        let changed = |key: &Key| judged.get(key).is_some_and(|known| known.level > Level::None);
        let before = meant.len();
        meant.extend(followers.filter(changed).map(|(name, _)| name));
        if meant.len() == before {
            return Ok(aims);
        }
    }
}

/// The same where it is known which packages are to move at all.
fn aims_of(
    meant: &BTreeSet<String>,
    judged: &BTreeMap<Key, Judged>,
    taken: &BTreeMap<Key, BTreeSet<Version>>,
    step: &Step,
) -> Result<Vec<Aim>, Box<(Key, NoNext)>> {
    let nothing = BTreeSet::new();
    let aim = |(key, known): (&Key, &Judged)| {
        let (name, declared) = key;
        let is_meant = meant.contains(name);
        let taken = taken.get(key).unwrap_or(&nothing);
        let standing = Standing { old: known.old.as_ref(), declared, level: known.level, taken };
        let next = if is_meant {
            next(&standing, step).map_err(|why| Box::new((key.clone(), why)))?
        } else {
            declared.clone()
        };
        let (name, declared, released) = (name.clone(), declared.clone(), known.old.clone());
        Ok(Aim { name, declared, next, released, corrects_gates: is_meant })
    };
    judged.iter().map(aim).collect()
}

/// The packages that are asked for, and those that others make change.
fn meant(judged: &BTreeMap<Key, Judged>, names: &[String]) -> BTreeSet<String> {
    let is_asked_for = |name: &&String| names.is_empty() || names.contains(name);
    let mut meant: BTreeSet<String> = judged.keys().map(|(name, _)| name).filter(is_asked_for).cloned().collect();
    loop {
        let before = meant.len();
        for ((name, _), known) in judged {
            let mut follows = known.follows.iter();
            if known.level > known.first
                || known.level == Level::Major && follows.any(|package| meant.contains(package))
            {
                meant.insert(name.clone());
            }
        }
        if meant.len() == before {
            return meant;
        }
    }
}

/// Whether a report is on this version of a package.
pub(super) fn is_it(package: &PackageReport, name: &str, version: &Version) -> bool {
    package.name == name && package.new_version.as_deref() == Some(version.to_string().as_str())
}

/// The version that the declared one was held against, and the level since.
fn standing(package: &PackageReport) -> (Option<Version>, Level) {
    let parsed = |version: &str| version.parse::<Version>().ok();
    match (&package.version.released, package.status) {
        (_, PackageStatus::Added) => (None, Level::None),
        (Some(released), _) => (parsed(&released.version), released.level),
        (None, _) => (package.old_version.as_deref().and_then(parsed), package.level.unwrap_or_default()),
    }
}

fn base(package: &PackageReport) -> Option<String> {
    let released = package.version.released.as_ref().map(|released| released.tag.clone());
    released.or_else(|| package.base.as_ref().map(|base| base.input.clone()))
}
