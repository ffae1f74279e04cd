//! The whole report in one line that decides.

use super::escape::clean;
use super::profile::command;
use super::quiet::{Quiet, sorted};
use super::standing::{is_gone, is_too_low, reason};
use super::words::{self, whom};
use super::{CheckReason, PackageReport, Report, Status};
use crate::verdict::Level;
use std::collections::BTreeSet;

/// So many packages are named, and so many rules.
const NAMED: usize = 3;

/// What a report comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Versions honour what changed, and the check passed where there was one.
    Passes,
    /// A version is too low, or the check failed.
    Fails,
    /// Some package could not be judged, or there was none.
    Undetermined,
}

/// How the report is decided.
pub(super) fn outcome(report: &Report) -> Outcome {
    let is_failed = match &report.check {
        Some(check) => !check.passed,
        None => report.packages.iter().any(|package| is_too_low(package) || is_gone(package)),
    };
    match report.status {
        Status::Undetermined => Outcome::Undetermined,
        Status::Complete if report.nothing_compared => Outcome::Undetermined,
        Status::Complete if is_failed => Outcome::Fails,
        Status::Complete => Outcome::Passes,
    }
}

/// "major: 2 breaking changes for guests · `wasi:http` needs 0.3.0, declares 0.2.9".
///
/// `shown` makes a name or version from outside fit for the format; names are quoted by it, too.
pub(super) fn decision(report: &Report, name: impl Fn(&str) -> String, text: impl Fn(&str) -> String) -> String {
    if report.nothing_compared && report.packages.is_empty() {
        return "nothing was compared".into();
    }
    let mut parts = Vec::new();
    if report.status == Status::Undetermined {
        parts.push(undetermined(report));
    }
    if report.level > Level::None || parts.is_empty() {
        parts.push(changes(report));
    }
    let wanting: Vec<String> = (report.packages.iter())
        .filter_map(|package| Some(format!("{} {}", name(&package.name), wants(package, &name, &text)?)))
        .collect();
    parts.extend(wanting.iter().take(NAMED).cloned());
    if wanting.len() > NAMED {
        let more = wanting.len() - NAMED;
        parts.push(format!("and {more} more package{}", if more == 1 { "" } else { "s" }));
    }
    parts.join(" · ")
}

/// How much could not be judged and, where that is one, why.
fn undetermined(report: &Report) -> String {
    let errors: Vec<_> = report.packages.iter().filter_map(|package| package.error.as_ref()).collect();
    let why = match errors.as_slice() {
        [] => report.errors.first().map(reason),
        [first, rest @ ..] => rest.iter().all(|error| error.side == first.side).then(|| reason(first)),
    };
    let why = why.map_or(String::new(), |why| format!(", because {why}"));
    match (errors.len(), report.packages.len()) {
        (0 | 1, 0 | 1) => format!("undetermined{why}"),
        (some, all) if some < all => format!("undetermined: {some} of {all} packages could not be judged{why}"),
        (_, all) => format!("undetermined: none of {all} packages could be judged{why}"),
    }
}

fn changes(report: &Report) -> String {
    let whom = whom(report.protect_of_breaking());
    let at = |level: Level| {
        let changes = report.packages.iter().flat_map(|package| &package.changes);
        // What a package brings to others is one change.
        let one = |change: &super::ChangeReport| (change.path.clone(), change.rule.clone(), change.gate.is_some());
        changes.filter(|change| change.level >= level).map(one).collect::<BTreeSet<_>>().len()
    };
    let accepted = accepted(report);
    match (report.level, at(report.level)) {
        (Level::None, _) => "no changes".into(),
        // A track that was left, or a package: the whole is another one.
        (level, 0) => format!("{} for {whom}", level.word()),
        (Level::Major, count) => {
            format!("major: {} for {whom}", counted(count, "breaking change", "breaking changes")) + &accepted
        }
        (Level::Minor, count) => {
            let whom = report.protect_of_all().map_or("anybody who is protected", words::whom);
            let all = counted(count, "addition or change", "additions or changes");
            format!("minor: {all}, and none breaks {whom}{accepted}")
        }
        (Level::Patch, count) => {
            format!("patch: {} {}{accepted}", counted(count, "change", "changes"), of_patches(report))
        }
    }
}

/// ", 2 accepted": of the changes of the highest level.
fn accepted(report: &Report) -> String {
    let changes = report.packages.iter().flat_map(|package| &package.changes);
    let accepted = changes.filter(|change| change.level == report.level && change.accepted.is_some());
    match accepted.map(|change| (&change.path, &change.rule)).collect::<BTreeSet<_>>().len() {
        0 => String::new(),
        count => format!(", {count} accepted"),
    }
}

/// What changes of level patch are about.
fn of_patches(report: &Report) -> &'static str {
    let changes: Vec<_> = report.packages.iter().flat_map(|package| &package.changes).collect();
    let kinds: Vec<Quiet> = sorted(changes, |change| change).map(|(kind, _)| kind).collect();
    match kinds.as_slice() {
        [kind] => kind.of_changes(),
        _ => "to documentation and gates, and behind features",
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// What a package lacks; `None` where it lacks nothing. `name` quotes rules, and `text` shows versions.
pub(super) fn wants(
    package: &PackageReport,
    name: &impl Fn(&str) -> String,
    text: &impl Fn(&str) -> String,
) -> Option<String> {
    let reasons = package.check.iter().flat_map(|check| &check.reasons);
    let mut says: Vec<String> = reasons.map(|reason| wanting(package, *reason, name, text)).collect();
    let needs = needs(package, text);
    // A gate of levels does not ask for versions, and they are too low all the same.
    if is_too_low(package) && !says.contains(&needs) {
        says.insert(0, needs);
    } else if package.check.is_none() && is_gone(package) {
        says.push("is gone".into());
    }
    (!says.is_empty()).then(|| says.join(", and "))
}

pub(super) fn wanting(
    package: &PackageReport,
    reason: CheckReason,
    name: &impl Fn(&str) -> String,
    text: &impl Fn(&str) -> String,
) -> String {
    match reason {
        CheckReason::InsufficientVersion | CheckReason::UnchangedVersion | CheckReason::WentBackwards => {
            needs(package, text)
        }
        CheckReason::VersionWithdrawn => "no longer declares a version".into(),
        CheckReason::BreaksUnversioned => "breaks and declares no version".into(),
        CheckReason::RemovedUnannounced => "is gone".into(),
        CheckReason::OverAllowed => {
            let counts = package.check.as_ref().and_then(|check| check.level);
            format!("is {}, which is more than is allowed", counts.or(package.level).unwrap_or_default().word())
        }
        CheckReason::ToolRefuses => {
            let tool = package.profile.as_ref().map_or("another tool", |profile| command(profile.name));
            format!("is refused by {}", name(tool))
        }
        CheckReason::CapabilityDenied => {
            let denied = package.check.iter().flat_map(|check| &check.capabilities);
            let names: Vec<&str> =
                denied.map(|denied| denied.name.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
            match names.as_slice() {
                [] => "gains a denied capability".into(),
                [one] => format!("gains the denied capability {}", name(one)),
                several => format!("gains {} denied capabilities", several.len()),
            }
        }
        CheckReason::RuleDenied => {
            let counts = package.check.iter().flat_map(|check| &check.denied);
            let counts: Vec<(&str, usize)> = counts.map(|(rule, count)| (rule.as_str(), *count)).collect();
            format!("has {}", denied(&counts, name))
        }
    }
}

/// "1 change of the denied rule `a` and 2 of `b`", of rules and how many changes of them there are.
pub(super) fn denied(counts: &[(&str, usize)], name: &impl Fn(&str) -> String) -> String {
    let Some(((rule, count), others)) = counts.split_first() else { return "changes of a denied rule".into() };
    let mut parts = vec![format!("{} of the denied rule {}", counted(*count, "change", "changes"), name(rule))];
    parts.extend(others.iter().take(NAMED - 1).map(|(rule, count)| format!("{count} of {}", name(rule))));
    let rest = others.iter().skip(NAMED - 1);
    let sum: usize = rest.clone().map(|(_, count)| count).sum();
    match rest.len() {
        0 => {}
        1 => parts.push(format!("{sum} of another")),
        more => parts.push(format!("{sum} of {more} others")),
    }
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => parts.concat(),
    }
}

/// A name from outside between backticks, in plain text.
pub(super) fn quoted(name: &str) -> String {
    format!("`{}`", clean(name))
}

fn needs(package: &PackageReport, text: &impl Fn(&str) -> String) -> String {
    let shown = |version: &Option<String>| version.as_deref().map_or_else(|| "no version".to_owned(), text);
    format!("needs {}, declares {}", shown(&package.version.required), shown(&package.version.declared))
}
