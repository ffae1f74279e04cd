//! What a plan does, package by package and file by file.

use super::aims::{Judged, Key};
use super::texts::{Aim, Texts};
use super::{Edited, Plan};
use crate::report::{self, BumpFile, BumpFollows, BumpPackage, BumpReport, BumpStatus, PackageReport, PackageStatus};
use crate::version::{Standing, Step, next, track};
use semver::Version;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The report on a plan. `names` are the packages that it is about; none means all.
pub(super) fn tell(plan: &Plan, texts: &Texts, edited: &Edited, names: &[String], step: &Step) -> BumpReport {
    let is_wanted = |name: &String| names.is_empty() || names.contains(name);
    let mut aims: Vec<&Aim> = plan.aims.iter().filter(|aim| is_wanted(&aim.name)).collect();
    aims.sort_by_key(|aim| plan.judged.get(&key(aim)).map(|judged| judged.place));
    let mut packages: Vec<BumpPackage> = aims.into_iter().map(|aim| versioned(aim, plan, step)).collect();
    let is_unversioned = |package: &&PackageReport| {
        package.new_version.is_none() && package.status != PackageStatus::Removed && is_wanted(&package.name)
    };
    packages.extend(plan.report.packages.iter().filter(is_unversioned).map(unversioned));
    let file = |(path, new): (&PathBuf, &String)| {
        let old = texts.original(path)?;
        Some(BumpFile { path: old.shown.clone(), diff: report::diff(&old.shown, &old.text, new) })
    };
    let moved: BTreeSet<(&str, &Version)> = (plan.aims.iter())
        .filter(|aim| aim.next != aim.declared)
        .map(|aim| (aim.name.as_str(), &aim.declared))
        .collect();
    let pinned = texts.pinned_copies().filter(|(_, identity)| {
        identity.version.as_ref().is_some_and(|version| moved.contains(&(identity.name.as_str(), version)))
    });
    BumpReport {
        old: Some(plan.report.old.clone()),
        packages,
        checked: names.to_vec(),
        files: edited.iter().filter_map(file).collect(),
        notes: pinned.map(|(path, identity)| report::pinned(path, &identity)).chain(notes(plan, texts)).collect(),
        // Versions that others have taken are passed over already.
        warnings: plan.report.warnings.iter().filter(|warning| **warning == report::BASE_IS_ITSELF).cloned().collect(),
        ..BumpReport::new(BumpStatus::Planned)
    }
}

/// What the versions of a plan bring about that nobody may expect.
fn notes(plan: &Plan, texts: &Texts) -> Vec<String> {
    let moved: Vec<&Aim> = plan.aims.iter().filter(|aim| aim.next != aim.declared).collect();
    let doubles = texts.doubles();
    let doubled = moved.iter().filter_map(|aim| {
        let places = doubles.get(&aim.identity())?;
        Some(report::doubled(&aim.name, &aim.next, places))
    });
    let drafts: Vec<&&Aim> = moved.iter().filter(|aim| !aim.next.pre.is_empty()).collect();
    let stable = plan.aims.iter().filter(|aim| aim.next.pre.is_empty() && !drafts.is_empty());
    let refers = stable.flat_map(|aim| {
        let asked = texts.references(aim);
        let drafts = drafts.iter().filter(move |draft| asked.contains(&draft.identity()));
        drafts.map(|draft| report::refers_to_draft((&aim.name, &aim.next), (&draft.name, &draft.next)))
    });
    doubled.chain(refers).collect()
}

fn versioned(aim: &Aim, plan: &Plan, step: &Step) -> BumpPackage {
    let judged = plan.judged.get(&key(aim));
    BumpPackage {
        name: aim.name.clone(),
        old_version: judged.and_then(|judged| judged.old.as_ref()).map(Version::to_string),
        base: judged.and_then(|judged| judged.base.clone()),
        declared: Some(aim.declared.to_string()),
        next: Some(aim.next.to_string()),
        level: judged.map(|judged| judged.level).unwrap_or_default(),
        taken: passed_over(aim, plan, step).iter().map(Version::to_string).collect(),
        follows: judged.into_iter().flat_map(|judged| follows(judged, plan)).collect(),
    }
}

fn unversioned(package: &PackageReport) -> BumpPackage {
    BumpPackage {
        name: package.name.clone(),
        old_version: package.old_version.clone(),
        base: None,
        declared: None,
        next: None,
        level: package.level.unwrap_or_default(),
        taken: Vec::new(),
        follows: Vec::new(),
    }
}

/// The versions that would have done, had nobody released them.
fn passed_over(aim: &Aim, plan: &Plan, step: &Step) -> Vec<Version> {
    let (Some(judged), Some(taken)) = (plan.judged.get(&key(aim)), plan.taken.get(&key(aim))) else {
        return Vec::new();
    };
    let nothing = BTreeSet::new();
    let standing = Standing { old: judged.old.as_ref(), declared: &aim.declared, level: judged.level, taken: &nothing };
    let Ok(wanted) = next(&standing, step) else { return Vec::new() };
    taken.iter().filter(|taken| **taken >= wanted && **taken < aim.next).cloned().collect()
}

/// The packages that leave their track and that this one depends on.
fn follows(judged: &Judged, plan: &Plan) -> Vec<BumpFollows> {
    let leaves = |aim: &&Aim| track::exact(&aim.declared) != track::exact(&aim.next);
    let moved = |name: &String| plan.aims.iter().filter(leaves).find(|aim| aim.name == *name);
    let found = judged.follows.iter().filter_map(|name| Some((name, moved(name)?)));
    found.map(|(name, aim)| BumpFollows { package: name.clone(), to: aim.next.to_string() }).collect()
}

fn key(aim: &Aim) -> Key {
    (aim.name.clone(), aim.declared.clone())
}
