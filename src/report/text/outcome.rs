//! What `check` says at the end: whether all passed, and what to do about what did not.

use super::page::{GREEN, Page, RED, YELLOW};
use crate::report::UNKNOWN;
use crate::report::profile::command;
use crate::report::reasons::why;
use crate::report::standing::is_too_low;
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
                let why = why(package, *reason, Some(check), self.protect);
                self.wrapped("", "  ", &format!("{word} {} {why}", self.label(package)));
            }
        }
        if report.packages.iter().all(|package| package.profile.is_none()) {
            self.acceptable(check);
        }
        let count = |is: fn(&&PackageReport) -> bool| report.packages.iter().filter(is).count();
        let failed =
            count(|package| package.check.as_ref().is_some_and(|check| !check.passed) && package.error.is_none());
        let profile = report.packages.iter().find_map(|package| package.profile.as_ref());
        let undetermined = count(|package| package.status == PackageStatus::Undetermined);
        let of_all = |some: usize| match report.packages.as_slice() {
            [package] if package.name == UNKNOWN => "what was to be checked".into(),
            [package] => self.label(package),
            packages => format!("{some} of {} packages", packages.len()),
        };
        let (style, word, what) = if failed > 0 {
            let more =
                if undetermined > 0 { format!(", and {undetermined} could not be judged") } else { String::new() };
            (RED, "failed", format!("{}{more}", of_all(failed)))
        } else if undetermined > 0 {
            (YELLOW, "undetermined", format!("{} could not be judged", of_all(undetermined)))
        } else if report.packages.is_empty() {
            (RED, "failed", "nothing was compared".into())
        } else if !check.passed {
            (RED, "failed", "what was asked for is not there".into())
        } else if let Some(profile) = profile {
            (GREEN, "passed", format!("`{}` accepts {}", command(profile.name), all(report.packages.len())))
        } else if let Some(level) = check.levels_only() {
            let denies = if check.deny_capabilities.is_empty() { "" } else { ", and no world gained what is denied" };
            (GREEN, "passed", format!("nothing that `--fail-on {}` refuses{denies}", level.word()))
        } else if check.is_gate() {
            (GREEN, "passed", "no world gained what `--deny-capability` names".into())
        } else {
            (GREEN, "passed", passed(report, check.allow))
        };
        let gate = if profile.is_some() || check.is_gate() { "gate" } else { "check" };
        let word = self.styled(style, &format!("{gate} {word}:"));
        self.wrapped("", "  ", &format!("{word} {what}"));
    }
}

impl Page {
    /// How what fails may be accepted.
    fn acceptable(&mut self, check: &CheckReport) {
        if self.failing.is_empty() || check.is_gate() {
            return;
        }
        // Once what fails is accepted, something of a lower level may.
        let how = "wit-diff accept --all --reason TEXT, or by the fingerprints behind the rules, one by one";
        self.wrapped("", "  ", &format!("to let pass what is meant: {how}"));
    }
}

fn all(packages: usize) -> String {
    if packages == 1 { "it".into() } else { format!("all {packages} packages") }
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
    // Where the version honours it all, nothing had to be accepted.
    let open = || changed.iter().filter(|package| is_too_low(package));
    let is_accepted = open().flat_map(|package| &package.changes).any(|change| change.accepted.is_some());
    let counts = open().any(|package| package.check.as_ref().is_some_and(|check| check.level.is_some()));
    let covered = match changed.len() - unversioned {
        _ if counts && is_accepted => "what the declared version does not cover is accepted",
        _ if counts => "the declared version covers what counts",
        _ if accepts => "what breaks and no version tells is accepted by `--allow major`",
        0 => "nothing breaks",
        1 => "the declared version covers what changed",
        _ => "the declared versions cover what changed",
    };
    let rest = match unversioned {
        unversioned if unversioned == changed.len() || accepts || counts => String::new(),
        0 => String::new(),
        1 => "; 1 declares no version, and nothing in it breaks".into(),
        more => format!("; {more} declare no version, and nothing in them breaks"),
    };
    let allowed = allow.filter(|&allow| allow < Level::Major);
    let allowed = allowed.map_or(String::new(), |allow| format!("; nothing is above the allowed {}", allow.word()));
    let denies =
        report.check.as_ref().is_some_and(|check| !check.deny.is_empty() || !check.deny_capabilities.is_empty());
    let denied = if denies { "; nothing that is denied was found" } else { "" };
    format!("{count}{covered}{rest}{allowed}{denied}")
}
