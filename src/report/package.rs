//! One judged package becomes its part of the report.

use super::wire::*;
use super::{advice, words};
use crate::change::{Change, Fact, Home};
use crate::compare::{DependencyComparison, PackageComparison, Standing};
use crate::judge::{Judged, JudgedPackage, Layers, Parties};
use crate::surface::Place;
use crate::verdict::Level;
use crate::version::{self, VersionVerdict, track};
use semver::Version;
use std::collections::HashMap;

/// The report on one package.
pub(super) fn package(judged: &JudgedPackage) -> PackageReport {
    let compared = &judged.comparison;
    let verdict = version::verdict(compared.old_version.as_ref(), compared.new_version.as_ref(), judged.level);
    let is_honoured = verdict == VersionVerdict::Sufficient;
    let mut moved: HashMap<&str, &str> = HashMap::new();
    for change in &compared.changes {
        if let Some(feature) = feature(change) {
            moved.entry(&change.path).or_insert(feature);
        }
    }
    let mut changes: Vec<ChangeReport> = (compared.changes.iter().zip(&judged.changes))
        .filter_map(|(change, judged)| Some((change, (*judged)?)))
        .map(|(change, judged)| self::change(compared, change, judged, is_honoured, &moved))
        .collect();
    changes.sort_by(|a, b| (&a.path, &a.rule, &a.fingerprint).cmp(&(&b.path, &b.rule, &b.fingerprint)));
    let (old, new) = (compared.old_version.as_ref(), compared.new_version.as_ref());
    let is_changed = !changes.is_empty() || judged.level > Level::None;
    let version = match compared.standing {
        Standing::Both => VersionReport {
            required: old.filter(|_| new.is_some()).map(|old| version::required(old, judged.level).to_string()),
            declared: new.map(Version::to_string),
            verdict,
            released: None,
        },
        // Nothing was promised before, or nothing is any more.
        Standing::Added | Standing::Removed => VersionReport {
            required: new.map(Version::to_string),
            declared: new.map(Version::to_string),
            verdict: if new.is_some() { VersionVerdict::Sufficient } else { VersionVerdict::Unversioned },
            released: None,
        },
    };
    let status = match compared.standing {
        Standing::Added => PackageStatus::Added,
        Standing::Removed => PackageStatus::Removed,
        Standing::Both if is_changed => PackageStatus::Changed,
        Standing::Both => PackageStatus::Unchanged,
    };
    PackageReport {
        old_version: old.map(Version::to_string),
        new_version: new.map(Version::to_string),
        level: Some(judged.level),
        interfaces: (compared.interfaces.iter().zip(&judged.interfaces))
            .map(|(interface, judged)| InterfaceReport {
                name: interface.name.clone(),
                status: item_status(interface.standing, judged.level),
                level: judged.level,
                link: consumers(judged.layers.link),
                source: consumers(judged.layers.source),
            })
            .collect(),
        worlds: (compared.worlds.iter().zip(&judged.worlds))
            .map(|(world, judged)| WorldReport {
                name: world.name.clone(),
                status: item_status(world.standing, judged.level),
                level: judged.level,
                link: guests(judged.layers.link),
                source: guests(judged.layers.source),
                capabilities: None,
            })
            .collect(),
        uses: (compared.steps.iter()).map(|(item, by)| UseReport { item: item.clone(), by: by.clone() }).collect(),
        notes: words::notes(compared),
        rebased: compared.dependencies.iter().filter_map(rebased).collect(),
        changes,
        ..PackageReport::new(compared.name.clone(), status, version)
    }
}

/// A dependency that left its track.
fn rebased(dependency: &DependencyComparison) -> Option<InheritReport> {
    let (old, new) = (dependency.old.as_ref()?, dependency.new.as_ref()?);
    let package = dependency.name.clone();
    let is_other = track::exact(old) != track::exact(new);
    is_other.then(|| InheritReport { package, from: old.to_string(), to: new.to_string() })
}

fn item_status(standing: Standing, level: Level) -> ItemStatus {
    match standing {
        Standing::Added => ItemStatus::Added,
        Standing::Removed => ItemStatus::Removed,
        Standing::Both if level > Level::None => ItemStatus::Changed,
        Standing::Both => ItemStatus::Unchanged,
    }
}

fn change(
    package: &PackageComparison,
    change: &Change,
    Judged { level, layers: Layers { link, source } }: Judged,
    is_honoured: bool,
    moved: &HashMap<&str, &str>,
) -> ChangeReport {
    let parties = |parties: Parties| match change.home {
        Home::Package | Home::Interface { .. } => PartiesReport::Interface(consumers(parties)),
        Home::Import | Home::Export | Home::World => PartiesReport::World(guests(parties)),
    };
    let message = words::message(change);
    let stabilised = stabilised(change, moved);
    let is_withdrawn = stabilised.is_some() && change.fact.rule().ends_with("-removed");
    let hint = match is_withdrawn && level == Level::Major {
        true if is_honoured => None,
        true => Some(advice::WITHDRAWN.to_owned()),
        false => advice::hint(change, level, is_honoured, package.old_version.is_some(), None),
    };
    ChangeReport {
        rule: change.fact.rule().to_string(),
        path: change.path.clone(),
        track: change.track.clone(),
        level,
        counts_as: None,
        accepted: None,
        fingerprint: fingerprint(&package.name, change),
        link: parties(link),
        source: parties(source),
        gate: change.gate.clone().map(|unstable| GateReport { unstable }),
        old: change.old.as_ref().map(place),
        new: change.new.as_ref().map(place),
        container: None,
        hint,
        alternative: None,
        message,
        reach: change.reach.clone(),
        witness: None,
        since: None,
        origin: change.track.as_ref().map(|_| fingerprint_at("", change)),
        renamed: change.renamed.clone(),
        stabilised,
    }
}

/// The feature that an item came out from behind, or went behind, if that is why it is there now or gone; `moved` holds
/// them by path.
fn stabilised(change: &Change, moved: &HashMap<&str, &str>) -> Option<String> {
    let rule = change.fact.rule();
    let is_coming_or_going = !change.fact.is_remark() && (rule.ends_with("-added") || rule.ends_with("-removed"));
    let feature = if is_coming_or_going { moved.get(&*change.path).copied() } else { feature(change) };
    feature.map(str::to_string)
}

fn feature(change: &Change) -> Option<&str> {
    match &change.fact {
        Fact::ItemStabilised { feature, .. } | Fact::ItemMadeUnstable { feature, .. } => Some(feature),
        _ => None,
    }
}

pub(super) fn place(place: &Place) -> PlaceReport {
    PlaceReport {
        file: place.position.file.clone(),
        line: place.position.line,
        column: place.position.column,
        text: place.text.clone(),
        excerpt: None,
    }
}

fn consumers(parties: Parties) -> Consumers {
    Consumers { consumers: parties.users, providers: parties.makers }
}

fn guests(parties: Parties) -> Guests {
    Guests { guests: parties.users, hosts: parties.makers }
}

/// Sixteen hexadecimal digits over what a change is and where: not over lines, wording, versions of dependencies or the
/// rest of the file.
pub(super) fn fingerprint(package: &str, change: &Change) -> String {
    let home = change.track.as_ref().map_or(String::new(), |track| format!("{package} {track}"));
    fingerprint_at(&home, change)
}

/// The same of a change that is told as one of `home`; that is empty where the change comes from.
fn fingerprint_at(home: &str, change: &Change) -> String {
    let fact = match &change.fact {
        Fact::ImportAdded { .. }
        | Fact::ImportRemoved { .. }
        | Fact::ExportAdded { .. }
        | Fact::ExportRemoved { .. } => String::new(),
        // Nothing is told of a payload that is not there: what was accepted before payloads were told stays accepted.
        Fact::VariantCaseAdded { name, ty: None } => format!("VariantCaseAdded {{ name: {name:?} }}"),
        Fact::VariantCaseRemoved { name, ty: None } => format!("VariantCaseRemoved {{ name: {name:?} }}"),
        fact => without_versions(&format!("{fact:?}")),
    };
    let facts = [change.fact.rule(), &change.path, home, &fact].join("\0");
    hash(&facts)
}

/// Sixteen hexadecimal digits: FNV-1a, because it is the same on every machine and in every version of the compiler.
pub(super) fn hash(text: &str) -> String {
    let hash = (text.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

/// `ns:pkg/interface@1.2.3#type` without the version.
fn without_versions(text: &str) -> String {
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out.push_str(part.find('#').map_or(part, |end| &part[end..]));
    }
    out
}
