//! What `check` says at the end: whether all passed, and what to do about what did not.

use super::changes::location;
use super::headline::shown;
use super::page::{GREEN, Page, RED, YELLOW};
use crate::report::UNKNOWN;
use crate::report::decision::whom;
use crate::report::escape::clean;
use crate::report::wire::*;
use crate::verdict::Level;
use crate::version::VersionVerdict;

impl Page {
    pub fn outcome(&mut self, report: &Report) {
        let Some(check) = &report.check else { return };
        self.gap();
        for package in &report.packages {
            let reasons = package.check.iter().flat_map(|check| &check.reasons);
            for reason in reasons {
                let word = self.styled(RED, "fails:");
                let why = self.why(package, *reason, check.allow);
                self.wrapped("", "  ", &format!("{word} {} {why}", self.label(package)));
            }
        }
        let count = |is: fn(&&PackageReport) -> bool| report.packages.iter().filter(is).count();
        let failed =
            count(|package| package.check.as_ref().is_some_and(|check| !check.passed) && package.error.is_none());
        let undetermined = count(|package| package.status == PackageStatus::Undetermined);
        let of_all = |some: usize| match report.packages.as_slice() {
            [package] if package.name == UNKNOWN => "what was to be checked".into(),
            [package] => self.label(package),
            packages => format!("{some} of {} packages", packages.len()),
        };
        let (style, word, what) = if failed > 0 {
            let more =
                if undetermined > 0 { format!(", and {undetermined} could not be judged") } else { String::new() };
            (RED, "check failed", format!("{}{more}", of_all(failed)))
        } else if undetermined > 0 {
            (YELLOW, "check undetermined", format!("{} could not be judged", of_all(undetermined)))
        } else if report.packages.is_empty() {
            (RED, "check failed", "nothing was compared".into())
        } else if !check.passed {
            (RED, "check failed", "what was asked for is not there".into())
        } else {
            (GREEN, "check passed", passed(report, check.allow))
        };
        let word = self.styled(style, &format!("{word}:"));
        self.wrapped("", "  ", &format!("{word} {what}"));
    }

    /// What is wrong with a package, and what to do.
    fn why(&self, package: &PackageReport, reason: CheckReason, allow: Option<Level>) -> String {
        let VersionReport { required, declared, released, .. } = &package.version;
        let (required, declared) = (shown(required), shown(declared));
        let level = released.as_ref().map(|released| released.level).or(package.level).unwrap_or_default();
        let undo = if level == Level::Major { "undo the breaking changes" } else { "undo the changes" };
        let level = level.word();
        match reason {
            CheckReason::InsufficientVersion => format!(
                "declares {declared}, too low for what changed ({level}): declare at least {required}, or {undo}"
            ),
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
                whom(self.protect),
                clean(&package.name)
            ),
            CheckReason::RemovedUnannounced => {
                "is gone, and no other version of it is there: restore it, or accept it with `--allow major`".into()
            }
            CheckReason::RuleDenied => {
                format!("has what `--deny` names: {}: mend that, or deny it no longer", denied(package).join(", "))
            }
            CheckReason::OverAllowed => {
                let found = package.level.unwrap_or_default().word();
                let allowed = allow.unwrap_or_default().word();
                format!(
                    "changed at level {found}, above the allowed {allowed}: undo that, or accept it with `--allow {found}`"
                )
            }
        }
    }
}

/// The denied rules with how often and where they were found.
fn denied(package: &PackageReport) -> Vec<String> {
    const NAMED: usize = 3;
    let counts = package.check.iter().flat_map(|check| &check.denied);
    let one = |(rule, count): (&String, &usize)| {
        let found = package.changes.iter().filter(|change| change.rule == *rule);
        let mut places: Vec<String> =
            found.filter_map(|change| change.new.as_ref().or(change.old.as_ref())).map(location).collect();
        let more = places.len().saturating_sub(NAMED);
        places.truncate(NAMED);
        places.extend((more > 0).then(|| format!("{more} more")));
        let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        format!("{count} {}{places}", clean(rule))
    };
    counts.map(one).collect()
}

fn passed(report: &Report, allow: Option<Level>) -> String {
    let changed: Vec<_> = report.packages.iter().filter(|package| package.status != PackageStatus::Unchanged).collect();
    let all = report.packages.len();
    if changed.is_empty() {
        return if all == 1 { "nothing changed".into() } else { format!("nothing changed in {all} packages") };
    }
    let is_unversioned = |package: &&&PackageReport| package.version.verdict == VersionVerdict::Unversioned;
    let unversioned = changed.iter().filter(is_unversioned).count();
    let count = if all == 1 { String::new() } else { format!("{} of {all} packages changed, ", changed.len()) };
    let breaks = |package: &&&PackageReport| {
        package.level == Some(Level::Major)
            && (package.status == PackageStatus::Removed || package.version.verdict == VersionVerdict::Unversioned)
    };
    let accepts = changed.iter().any(|package| breaks(&package));
    let covered = match changed.len() - unversioned {
        _ if accepts => "what breaks and no version tells is accepted by `--allow major`",
        0 => "nothing breaks",
        1 => "the declared version covers what changed",
        _ => "the declared versions cover what changed",
    };
    let rest = match unversioned {
        unversioned if unversioned == changed.len() || accepts => String::new(),
        0 => String::new(),
        1 => "; 1 declares no version, and nothing in it breaks".into(),
        more => format!("; {more} declare no version, and nothing in them breaks"),
    };
    let allowed = allow.filter(|&allow| allow < Level::Major);
    let allowed = allowed.map_or(String::new(), |allow| format!("; nothing is above the allowed {}", allow.word()));
    let denies = report.check.as_ref().is_some_and(|check| !check.deny.is_empty());
    let denied = if denies { "; nothing that is denied was found" } else { "" };
    format!("{count}{covered}{rest}{allowed}{denied}")
}
