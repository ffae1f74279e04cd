//! What the official validator's answers make of a report.

use super::escape::clean;
use super::{ErrorReport, Inputs, PackageReport, Report, Status, undetermined};
use crate::judge::{Disagreement, Subject, Unanswered, Verification};
use crate::verdict::{Level, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many parties are named that a reason is about.
const NAMED: usize = 2;

/// The side of an error that is about both.
pub(super) const BOTH: &str = "both";

/// The report, verified: a package about which the official validator says otherwise loses its verdict, and the report
/// tells how to tell the authors. What could not be asked is a warning.
pub fn with_verification(mut report: Report, inputs: &Inputs, verification: &Verification) -> Report {
    report.verified = Some(verification.is_complete() && verification.questions > 0);
    report.warnings.extend(unanswered(&verification.unanswered));
    if verification.questions == 0 {
        report.warnings.push("not verified: no interface and no world stands on both sides".into());
    }
    if verification.disagreements.is_empty() {
        return report;
    }
    for disagreement in &verification.disagreements {
        let error = error(disagreement);
        let package = report.packages.iter_mut().find(|package| package.name == disagreement.subject.package);
        if let Some(package) = package.filter(|package| package.error.is_none()) {
            let (old, new) = (package.old_version.take(), package.new_version.take());
            let (base, old_path, new_path) = (package.base.take(), package.old_path.take(), package.new_path.take());
            let lost = undetermined(std::mem::take(&mut package.name), old, new, Some(error.clone()));
            *package = PackageReport { base, old_path, new_path, ..lost };
        }
        report.errors.push(error);
    }
    report.status = Status::Undetermined;
    report.level = report.packages.iter().filter_map(|package| package.level).max().unwrap_or(Level::None);
    report.bug_report = Some(bug_report(&report, inputs, &verification.disagreements));
    report
}

/// One warning for each reason in a package.
fn unanswered(unanswered: &[Unanswered]) -> Vec<String> {
    let mut by_reason: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for Unanswered { subject: Subject { package, item, party }, reason } in unanswered {
        by_reason.entry((package, reason)).or_default().push(format!("{party} of {item}"));
    }
    let warning = |((package, reason), subjects): ((&str, &str), Vec<String>)| {
        let more = subjects.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let subjects = subjects[..subjects.len().min(NAMED)].join(", ");
        let reason = one_line(reason);
        format!("not verified: the official validator cannot answer for `{package}`, {subjects}{more}: {reason}")
    };
    by_reason.into_iter().map(warning).collect()
}

/// What the validator says on several lines.
pub(super) fn one_line(message: &str) -> String {
    message.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn error(Disagreement { subject, ours, official, message, .. }: &Disagreement) -> ErrorReport {
    let Subject { package, item, party } = subject;
    let words = if message.is_empty() { String::new() } else { format!(": {}", one_line(message)) };
    ErrorReport {
        side: BOTH.into(),
        message: format!(
            "two answers for the {party} of {item} of `{package}`: wit-diff says {}, the official validator says \
             {}{words}",
            ours_in_words(*ours),
            official.word()
        ),
        file: None,
        line: None,
        column: None,
        snippet: None,
        hint: Some("this is a bug of wit-diff: please report it, with the report below".into()),
    }
}

fn ours_in_words(ours: Option<Verdict>) -> &'static str {
    ours.map_or("nothing", Verdict::word)
}

/// What the authors need to know, as Markdown.
fn bug_report(report: &Report, inputs: &Inputs, disagreements: &[Disagreement]) -> String {
    let mut out = String::from("# A verdict differs from the official validator's\n\n");
    let _ = writeln!(out, "- {} {}", report.tool.name, report.tool.version);
    for (side, source) in [("old", &inputs.old), ("new", &inputs.new)] {
        let commit = source.commit.as_ref().map_or(String::new(), |commit| format!(", commit {commit}"));
        let _ = writeln!(out, "- {side}: `{}`{commit}", source.input);
    }
    if !inputs.features.is_empty() {
        let _ = writeln!(out, "- features: {}", inputs.features.join(", "));
    }
    out.push_str("\n| package | item | party | wit-diff | official validator |\n|---|---|---|---|---|\n");
    for Disagreement { subject: Subject { package, item, party }, ours, official, .. } in disagreements {
        let _ = writeln!(out, "| {package} | {item} | {party} | {} | {} |", ours_in_words(*ours), official.word());
    }
    for Disagreement { message, .. } in disagreements.iter().filter(|found| !found.message.is_empty()) {
        let _ = write!(out, "\n```text\n{message}\n```\n");
    }
    let shown: Vec<_> = disagreements.iter().filter_map(|found| found.shown.as_ref()).collect();
    for (old, new) in &shown {
        let _ = write!(out, "\nold:\n\n```wit\n{old}```\n\nnew:\n\n```wit\n{new}```\n");
    }
    if shown.is_empty() {
        out.push_str("\nPlease add both revisions, or as much of them as shows it.\n");
    }
    out.lines().map(|line| clean(line) + "\n").collect()
}
