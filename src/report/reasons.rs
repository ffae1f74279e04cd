//! Why a package does not pass, and what to do: every sentence of a check that failed.

use super::escape::clean;
use super::gained::quoted;
use super::profile::told;
use super::wire::*;
use super::words::whom;
use crate::verdict::{Level, Protect};
use crate::version;
#[cfg(feature = "formats")]
use crate::version::VersionVerdict;

/// Why a package does not pass: what `check` says or, where that was not asked, that the version is too low.
#[cfg(feature = "formats")]
pub(super) fn reasons(package: &PackageReport) -> Vec<CheckReason> {
    match (&package.check, package.version.verdict) {
        (Some(check), _) => check.reasons.clone(),
        (None, _) if package.status == PackageStatus::Removed => Vec::new(),
        (None, VersionVerdict::Insufficient) => vec![CheckReason::InsufficientVersion],
        (None, VersionVerdict::UnchangedVersion) => vec![CheckReason::UnchangedVersion],
        (None, VersionVerdict::WentBackwards) => vec![CheckReason::WentBackwards],
        (
            None,
            VersionVerdict::Sufficient
            | VersionVerdict::PreRelease
            | VersionVerdict::Unversioned
            | VersionVerdict::Undetermined,
        ) => Vec::new(),
    }
}

/// What is wrong with a package, and what to do.
pub(super) fn why(
    package: &PackageReport,
    reason: CheckReason,
    check: Option<&CheckReport>,
    protect: Protect,
) -> String {
    let protect = package.protect.unwrap_or(protect);
    let VersionReport { required, declared, released, .. } = &package.version;
    let counts = package.check.as_ref().and_then(|check| check.level);
    let old = || package.old_version.as_deref().and_then(|version| version.parse().ok());
    let left = counts.and_then(|level| Some(version::required(&old()?, level).to_string()));
    let (required, declared) = (shown(&left.or_else(|| required.clone())), shown(declared));
    let level = counts.or(released.as_ref().map(|released| released.level)).or(package.level).unwrap_or_default();
    let undo = if level == Level::Major { "undo the breaking changes" } else { "undo the changes" };
    let level = match counts {
        Some(_) => format!("{}, as it counts here", level.word()),
        None => level.word().to_owned(),
    };
    match reason {
        CheckReason::InsufficientVersion => {
            format!("declares {declared}, too low for what changed ({level}): declare at least {required}, or {undo}")
        }
        CheckReason::UnchangedVersion => {
            format!("changed ({level}) and still declares {declared}: declare at least {required}, or {undo}")
        }
        CheckReason::WentBackwards => {
            let before = released.as_ref().map(|released| clean(&released.version));
            let before = before.unwrap_or_else(|| shown(&package.old_version));
            format!("declares {declared}, lower than {before} before: declare at least {required}")
        }
        CheckReason::VersionWithdrawn => format!(
            "declared {} and declares no version any more, which gives every item of it another name: declare one, or \
             accept it with `--allow major`",
            shown(&package.old_version)
        ),
        CheckReason::BreaksUnversioned => format!(
            "breaks {} and declares no version that could tell them: give it one, as in `package {}@0.1.0;`, undo the \
             breaking changes, or accept them with `--allow major`",
            whom(protect),
            clean(&package.name)
        ),
        CheckReason::RemovedUnannounced => {
            "is gone, and no other version of it is there: restore it, or accept it with `--allow major`".into()
        }
        CheckReason::ToolRefuses => package.profile.as_ref().map_or_else(|| "is refused by another tool".into(), told),
        CheckReason::RuleDenied => {
            format!("has what `--deny` names: {}: mend that, or deny it no longer", denied(package).join(", "))
        }
        CheckReason::CapabilityDenied => {
            let denied = denied_capabilities(package).join(", ");
            format!("gains what `--deny-capability` names: {denied}: take that out, or deny it no longer")
        }
        CheckReason::OverAllowed => {
            let found = counts.or(package.level).unwrap_or_default().word();
            let own = check.zip(package.check.as_ref()).map(|(all, own)| all.of(own));
            let check = own.as_ref();
            let refused =
                check.and_then(|check| check.fail_on).filter(|level| Some(*level) <= counts.or(package.level));
            if let Some(level) = refused {
                return format!("changed at level {found}, which `--fail-on {}` refuses: undo that", level.word());
            }
            let allowed = check.and_then(|check| check.allow).unwrap_or_default().word();
            format!(
                "changed at level {found}, above the allowed {allowed}: undo that, or accept it with `--allow {found}`"
            )
        }
    }
}

/// The denied rules with how often and where they were found.
fn denied(package: &PackageReport) -> Vec<String> {
    const NAMED: usize = 3;
    let counts = package.check.iter().flat_map(|check| &check.denied);
    let one = |(rule, count): (&String, &usize)| {
        let found = package.changes.iter().filter(|change| change.rule == *rule);
        let found = found.filter_map(|change| change.new.as_ref().or(change.old.as_ref()));
        let costs = package.cost.iter().flat_map(|cost| &cost.findings).filter(|finding| finding.rule == *rule);
        let mut places: Vec<String> =
            found.chain(costs.filter_map(|finding| finding.place.as_ref())).map(location).collect();
        let more = places.len().saturating_sub(NAMED);
        places.truncate(NAMED);
        places.extend((more > 0).then(|| format!("{more} more")));
        let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        format!("{count} {}{places}", clean(rule))
    };
    counts.map(one).collect()
}

/// The denied capabilities with the worlds that gained them, and where.
fn denied_capabilities(package: &PackageReport) -> Vec<String> {
    const NAMED: usize = 5;
    let denied = package.check.iter().flat_map(|check| &check.capabilities);
    let one = |DeniedCapability { world, name, pattern }: &DeniedCapability| {
        let worlds = package.worlds.iter().filter(|known| known.name == *world);
        let mut gained = worlds.flat_map(|world| world.capabilities.iter().flat_map(|changes| &changes.gained));
        let place = gained.find(|known| known.name == *name).and_then(|known| known.place.as_ref());
        let place = place.map_or(String::new(), |place| format!(", {}", location(place)));
        format!("{} in world {} ({}{place})", quoted(name), quoted(world), quoted(pattern))
    };
    let mut lines: Vec<String> = denied.clone().take(NAMED).map(one).collect();
    let more = denied.count().saturating_sub(NAMED);
    lines.extend((more > 0).then(|| format!("{more} more")));
    lines
}

/// A version, or that there is none.
pub(super) fn shown(version: &Option<String>) -> String {
    version.as_deref().map_or("-".into(), clean)
}

pub(super) fn location(place: &PlaceReport) -> String {
    format!("{}:{}:{}", clean(&place.file), place.line, place.column)
}
