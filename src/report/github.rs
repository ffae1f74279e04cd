//! The report for GitHub Actions: annotations, as workflow commands, and a line that decides.
//!
//! The runner reads a command from any line that begins with `::`, blanks aside, and an older form of it, `##[error]`,
//! from anywhere in a line. Nothing from outside begins either.

use super::accepted;
use super::anchor::error_place;
use super::consequence::consequence;
use super::decision::{Outcome, decision, outcome};
use super::errors::errors;
use super::escape::clean;
use super::markdown_escape::capital;
use super::places::{path, sides};
use super::reasons::{reasons, why};
use super::span;
use super::standing::reason;
use super::told::{is_told, told};
use super::weigh::{Scale, Weight};
use super::wire::*;
use crate::verdict::Level;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// So many annotations of each kind GitHub shows of one step.
const SHOWN: usize = 10;

/// So long is a text from outside before the rest of it is left out, in characters.
const SHORT: usize = 1_000;

/// How loud an annotation is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Error,
    Warning,
    Notice,
}

/// One annotation.
struct Annotation {
    kind: Kind,
    at: Option<Spot>,
    title: String,
    message: String,
}

/// Where something stands on the new side.
struct Spot {
    file: String,
    line: Option<u32>,
    /// The first and the last column.
    columns: Option<(u32, u32)>,
}

/// The report as workflow commands of GitHub Actions, the most important ones first, and a plain line at the end.
///
/// Changes of the level `annotate` and above, and those that are denied, are annotated: as errors where the package fails because of them, or where
/// they break and no version says so; as warnings where they break and the version says so, or where a gate is to be
/// mended; else as notices. What is gone is annotated where its container is: there is no line for it.
///
/// ```
/// use wit_diff::report::to_github;
/// use wit_diff::verdict::Level;
/// let report = wit_diff::pipeline::run("old.wit", "new.wit", &Default::default());
/// assert!(to_github(&report, Level::Major).starts_with("::error title=wit-diff%3A undetermined::"));
/// ```
pub fn to_github(report: &Report, annotate: Level) -> String {
    let mut annotations: Vec<Annotation> =
        errors(report).iter().map(|(_, error)| undetermined(report, error)).collect();
    annotations.extend(report.packages.iter().flat_map(|package| failures(report, package)));
    annotations.extend(report.packages.iter().flat_map(|package| costs(report, package)));
    let told = told(report);
    let mut changes = Vec::new();
    for package in &report.packages {
        let scale = Scale::of(report, package);
        let is_asked =
            |change: &ChangeReport| change.level >= annotate || scale.is_denied(change) || scale.brings_denied(change);
        let own = package.changes.iter().filter(|change| is_asked(change) && !is_told(&told, change));
        changes.extend(own.map(|change| (scale.weigh(change), package, change)));
    }
    changes.sort_by_key(|(weight, _, change)| Reverse((*weight, change.level)));
    annotations.extend(changes.into_iter().map(|(weight, package, change)| changed(report, package, change, weight)));
    annotations.extend(report.stale.iter().map(|entry| Annotation {
        kind: Kind::Warning,
        at: accepted::file(report, entry).map(|file| Spot { file, line: Some(entry.line), columns: None }),
        title: "wit-diff: stale acceptance".into(),
        message: plain(&accepted::stale(entry)),
    }));
    annotations.extend(report.warnings.iter().map(|warning| Annotation {
        kind: Kind::Warning,
        at: None,
        title: "wit-diff".into(),
        message: plain(warning),
    }));
    annotations.sort_by_key(|annotation| annotation.kind);
    if let Some(more) = more(&annotations) {
        let louder = annotations.iter().filter(|annotation| annotation.kind < more.kind).count();
        annotations.insert(louder, more);
    }
    let mut out = String::new();
    for annotation in &annotations {
        annotation.write(&mut out);
    }
    // Only a gate passes or fails.
    let word = match (&report.check, outcome(report)) {
        (Some(_), Outcome::Passes) => "passes: ",
        (Some(_), Outcome::Fails) => "fails: ",
        _ => "",
    };
    let _ = writeln!(out, "wit-diff: {word}{}", decision(report, |name| format!("`{}`", plain(name)), plain));
    out
}

/// A side that could not be loaded, or a package that has no verdict.
fn undetermined(report: &Report, error: &ErrorReport) -> Annotation {
    let place = error_place(error);
    let begin = match error.side.as_str() {
        "old" | "new" => format!("{}: ", capital(&reason(error))),
        _ => String::new(),
    };
    let mut message = format!("{}{}", plain(&begin), plain(&error.message));
    if let Some(place) = place.as_ref().filter(|_| error.side == "old") {
        let _ = write!(message, " ({})", old(&report.old, place));
    }
    if let Some(hint) = &error.hint {
        let _ = write!(message, "\nHint: {}", plain(hint));
    }
    let at = place.filter(|_| error.side == "new").map(|place| spot(&report.new, &place));
    Annotation { kind: Kind::Error, at, title: "wit-diff: undetermined".into(), message }
}

/// Why a package fails, where it is declared.
fn failures(report: &Report, package: &PackageReport) -> Vec<Annotation> {
    let check = report.check.as_ref();
    let one = |reason| Annotation {
        kind: Kind::Error,
        at: declaration(report, package),
        title: "wit-diff: fails".into(),
        message: plain(&format!("{} {}", package.name, why(package, reason, check, report.protect))),
    };
    reasons(package).into_iter().map(one).collect()
}

/// What is found about the cost of calls: an error where the package fails for it.
fn costs<'a>(report: &'a Report, package: &'a PackageReport) -> impl Iterator<Item = Annotation> + 'a {
    let (_, new) = sides(report, package);
    let findings = package.cost.iter().flat_map(|cost| &cost.findings);
    findings.map(move |finding| {
        let is_denied = package.check.as_ref().is_some_and(|check| check.denied.contains_key(&finding.rule));
        Annotation {
            kind: if is_denied { Kind::Error } else { Kind::Notice },
            at: finding.place.as_ref().map(|place| spot(new, place)),
            title: format!("wit-diff: {}", plain(&finding.rule)),
            message: plain(&format!("{}. {}", finding.message, finding.hint)),
        }
    })
}

/// Where the package says its name, if something is told of that; else the first file of it that is known.
fn declaration(report: &Report, package: &PackageReport) -> Option<Spot> {
    let (_, new) = sides(report, package);
    let own = package.changes.iter().filter(|change| change.track.is_none());
    let declared = own.clone().find(|change| change.path == package.name).and_then(|change| change.new.as_ref());
    if let Some(place) = declared {
        return Some(spot(new, place));
    }
    let place = own.filter_map(on_new_side).next()?;
    Some(Spot { file: path(new, place), line: None, columns: None })
}

fn changed(report: &Report, package: &PackageReport, change: &ChangeReport, weight: Weight) -> Annotation {
    let (before, after) = sides(report, package);
    let kind = match weight {
        Weight::Failing | Weight::Unannounced => Kind::Error,
        Weight::Announced | Weight::Finding => Kind::Warning,
        Weight::Compatible | Weight::Accepted => Kind::Notice,
    };
    let mut message = plain(&change.message);
    if let Some(place) = change.old.as_ref().filter(|_| change.new.is_none()) {
        let _ = write!(message, " ({})", old(before, place));
    }
    if let Some(gate) = &change.gate {
        let _ = write!(message, ", behind feature `{}`", plain(&gate.unstable));
    }
    if let Some(stops) = consequence(change) {
        let _ = write!(message, "\n{}.", capital(&plain(&stops)));
    }
    if let Some(accepted) = accepted::accepted(change) {
        let _ = write!(message, "\n{}.", capital(&plain(&accepted)));
    }
    if let Some(hint) = &change.hint {
        let _ = write!(message, "\nHint: {}", plain(hint));
    }
    let title = format!("wit-diff: {} ({})", accepted::level(change), plain(&change.rule));
    Annotation { kind, at: on_new_side(change).map(|place| spot(after, place)), title, message }
}

/// The place of a change on the new side, or that of its container there.
fn on_new_side(change: &ChangeReport) -> Option<&PlaceReport> {
    // What was added has its container on the old side.
    change.new.as_ref().or(change.container.as_ref().filter(|_| change.old.is_some()))
}

fn old(input: &InputReport, place: &PlaceReport) -> String {
    format!("was at {}:{}", plain(&path(input, place)), place.line)
}

fn spot(input: &InputReport, place: &PlaceReport) -> Spot {
    let column = place.column.max(1);
    let length = span::word(place).and_then(|word| u32::try_from(word.chars().count()).ok()).unwrap_or(1);
    let columns = (column, (column - 1).saturating_add(length).max(column));
    Spot { file: path(input, place), line: Some(place.line.max(1)), columns: Some(columns) }
}

/// That there is more than GitHub shows.
fn more(annotations: &[Annotation]) -> Option<Annotation> {
    let count = |kind| annotations.iter().filter(|annotation| annotation.kind == kind).count();
    let counts = [(count(Kind::Error), "error"), (count(Kind::Warning), "warning"), (count(Kind::Notice), "notice")];
    if counts.iter().all(|(count, _)| *count <= SHOWN) {
        return None;
    }
    let counts: Vec<String> = (counts.iter().filter(|(count, _)| *count > 0))
        .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    let message = format!(
        "There are {}, and GitHub annotates the first {SHOWN} of a kind: this log and the summary of the step tell more.",
        counts.join(", ")
    );
    Some(Annotation { kind: Kind::Notice, at: None, title: "wit-diff".into(), message })
}

impl Annotation {
    fn write(&self, out: &mut String) {
        let command = match self.kind {
            Kind::Error => "error",
            Kind::Warning => "warning",
            Kind::Notice => "notice",
        };
        let mut properties = Vec::new();
        if let Some(Spot { file, line, columns }) = &self.at {
            properties.push(format!("file={}", property(&plain(file))));
            if let Some(line) = line {
                properties.push(format!("line={line},endLine={line}"));
            }
            if let Some((first, last)) = columns {
                properties.push(format!("col={first},endColumn={last}"));
            }
        }
        properties.push(format!("title={}", property(&self.title)));
        let _ = writeln!(out, "::{command} {}::{}", properties.join(","), data(&self.message));
    }
}

/// Text from outside in which no command begins, and that does nothing at a terminal.
fn plain(text: &str) -> String {
    // Nobody reads so far; what is kept more is what the last of it may begin.
    let end = text.char_indices().nth(SHORT + 3).map_or(text.len(), |(end, _)| end);
    let text = clean(text.get(..end).unwrap_or_default());
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// As GitHub's own toolkit escapes what stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As GitHub's own toolkit escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
