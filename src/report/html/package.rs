//! A package: whether its version honours what changed, and what there is to know beside its findings.

use super::cards::{Carrier, Findings, Folded, Group, Through, findings};
use super::costs::{Costs, costs};
use super::graph::{Budget, Graph, graph};
use super::index::Index;
use super::page::mark;
use super::sentence::{Sentence, lines, side, text};
use crate::report::gained::{Told, told};
use crate::report::log_words::Tone;
use crate::report::notes::notes;
use crate::report::reasons::{reasons, shown, why};
use crate::report::standing::{reason, since_release, unversioned, verdict};
use crate::report::wire::*;
use crate::report::words::whom;
use crate::version::VersionVerdict;

/// A package as it is shown.
pub(super) struct Package {
    pub id: String,
    /// What filters call it.
    pub key: String,
    pub label: String,
    pub name: String,
    pub versions: Option<String>,
    pub level: Option<&'static str>,
    pub whom: &'static str,
    pub status: Option<&'static str>,
    pub base: Option<String>,
    pub answers: Vec<Answer>,
    pub error: Option<Failure>,
    pub capabilities: Vec<Gain>,
    pub notes: Vec<Sentence>,
    pub graph: Option<Graph>,
    pub groups: Vec<Group>,
    pub through: Vec<Through>,
    pub carriers: Vec<Carrier>,
    pub quiet: Vec<Folded>,
    pub costs: Option<Costs>,
    pub findings: usize,
}

/// What worlds gained or lost.
pub(super) struct Gain {
    pub word: &'static str,
    pub text: Sentence,
    pub ways: Vec<Sentence>,
    pub rows: Vec<GainRow>,
}

/// One interface or function that is gained or lost.
pub(super) struct GainRow {
    pub name: String,
    pub functions: Vec<String>,
}

impl Gain {
    fn new(told: &Told<'_>) -> Gain {
        let row = |capability: &&CapabilityReport| GainRow {
            name: text(&capability.name),
            functions: capability.functions.iter().map(|name| text(name)).collect(),
        };
        let word = if told.is_gain { "gained" } else { "lost" };
        let ways = told.ways.iter().map(|way| Sentence::new(way)).collect();
        Gain { word, text: Sentence::new(&told.sentence), ways, rows: told.capabilities.iter().map(row).collect() }
    }
}

/// A sentence that decides.
pub(super) struct Answer {
    pub tone: &'static str,
    pub mark: &'static str,
    pub text: Sentence,
}

impl Answer {
    pub fn new(tone: Tone, sentence: &str) -> Answer {
        let (tone, mark) = mark(tone);
        Answer { tone, mark, text: Sentence::new(sentence) }
    }
}

/// Why a side is not there.
pub(super) struct Failure {
    pub message: Sentence,
    pub place: Option<String>,
    pub snippet: Option<String>,
    pub hint: Option<Sentence>,
}

/// A line of the table of packages.
pub(super) struct SummaryRow {
    pub id: String,
    pub name: String,
    pub level: Option<&'static str>,
    pub old: String,
    pub declared: String,
    pub required: String,
    pub tone: &'static str,
    pub verdict: String,
    pub findings: usize,
}

/// The package at a place in the report; `shown` counts the findings that were shown before.
pub(super) fn package<'a>(
    report: &'a Report,
    index: &Index<'a>,
    at: usize,
    label: String,
    shown: &mut usize,
    budget: &mut Budget,
) -> Option<Package> {
    let package = report.packages.get(at)?;
    let Findings { groups, through, carriers, quiet } = findings(report, index, at, shown);
    let is_told = |error: &&ErrorReport| !report.errors.contains(error);
    Some(Package {
        id: index.package(at).to_owned(),
        key: label.clone(),
        label,
        name: text(&package.name),
        versions: versions(package),
        level: package.level.map(|level| level.word()),
        whom: whom(report.protect_of(package)),
        status: match package.status {
            PackageStatus::Added => Some("added"),
            PackageStatus::Removed => Some("removed"),
            PackageStatus::Unchanged => Some("unchanged"),
            PackageStatus::Undetermined => Some("undetermined"),
            PackageStatus::Changed => None,
        },
        base: package.base.as_ref().map(side),
        answers: answers(report, package),
        error: package.error.as_ref().filter(is_told).map(failure),
        capabilities: told(package).iter().map(Gain::new).collect(),
        notes: notes(package).iter().map(|note| Sentence::new(note)).collect(),
        graph: graph(index, at, package, budget),
        groups,
        through,
        carriers,
        quiet,
        costs: costs(package),
        findings: package.changes.len(),
    })
}

/// Its line in the table of packages.
pub(super) fn summary(index: &Index<'_>, at: usize, package: &PackageReport, label: &str) -> SummaryRow {
    let dash = |version: String| if version == "-" { "–".to_owned() } else { version };
    let VersionReport { required, declared, .. } = &package.version;
    let is_promised = matches!(package.status, PackageStatus::Changed | PackageStatus::Unchanged);
    let (tone, word) = verdict(package);
    SummaryRow {
        id: index.package(at).to_owned(),
        name: label.to_owned(),
        level: package.level.map(|level| level.word()),
        old: dash(shown(&package.old_version)),
        declared: dash(shown(declared)),
        required: if is_promised { dash(shown(required)) } else { "–".into() },
        tone: mark(tone).0,
        verdict: word,
        findings: package.changes.len(),
    }
}

pub(super) fn failure(error: &ErrorReport) -> Failure {
    let place = error.file.as_ref().map(|file| match (error.line, error.column) {
        (Some(line), Some(column)) => text(&format!("{file}:{line}:{column}")),
        _ => text(file),
    });
    let message = match error.side.as_str() {
        side @ ("old" | "new") => format!("{side} revision: {}", error.message),
        _ => error.message.clone(),
    };
    Failure {
        message: Sentence::new(&message),
        place,
        snippet: error.snippet.as_deref().map(lines),
        hint: error.hint.as_deref().map(Sentence::new),
    }
}

/// Whether the version will do, and what to do where it will not.
fn answers(report: &Report, package: &PackageReport) -> Vec<Answer> {
    if let Some(error) = &package.error {
        return vec![Answer::new(Tone::Unknown, &format!("undetermined, because {}", reason(error)))];
    }
    let VersionReport { required, declared, verdict, released } = &package.version;
    let check = report.check.as_ref();
    let mut answers: Vec<Answer> = (reasons(package).into_iter())
        .map(|reason| Answer::new(Tone::Bad, &why(package, reason, check, report.protect)))
        .collect();
    if let Some(sentence) = since_release(&package.version, |_, words| words.to_owned()) {
        let tone = super::page::tone(*verdict);
        answers.push(Answer::new(tone, &sentence));
        return answers;
    }
    let is_fine = *verdict == VersionVerdict::Sufficient && released.is_none();
    let is_silent = package.status == PackageStatus::Unchanged && is_fine || package.status == PackageStatus::Removed;
    if is_silent || !answers.is_empty() {
        return answers;
    }
    let (required, declared) = (shown(required), shown(declared));
    let sentence = match (verdict, package.status) {
        (VersionVerdict::Unversioned, _) => unversioned(package),
        (VersionVerdict::Sufficient, PackageStatus::Added) => format!("declares {declared}"),
        (VersionVerdict::PreRelease, _) => {
            format!("requires {required}, declares {declared}: no promise is broken inside a pre-release series")
        }
        (verdict, _) => format!("requires {required}, declares {declared}: {}", word(*verdict)),
    };
    answers.push(Answer::new(super::page::tone(*verdict), &sentence));
    answers
}

fn word(verdict: VersionVerdict) -> &'static str {
    match verdict {
        VersionVerdict::Sufficient => "sufficient",
        VersionVerdict::Insufficient => "insufficient",
        VersionVerdict::UnchangedVersion => "changed under an unchanged version",
        VersionVerdict::WentBackwards => "went backwards",
        VersionVerdict::PreRelease => "pre-release",
        VersionVerdict::Unversioned => "unversioned",
        VersionVerdict::Undetermined => "undetermined",
    }
}

fn versions(package: &PackageReport) -> Option<String> {
    let clean = |version: &Option<String>| version.as_deref().map(text);
    match (package.status, clean(&package.old_version), clean(&package.new_version)) {
        (PackageStatus::Added | PackageStatus::Removed, old, new) => new.or(old),
        (_, Some(old), Some(new)) if old == new => Some(old),
        (_, Some(old), Some(new)) => Some(format!("{old} → {new}")),
        (_, Some(old), None) => Some(format!("{old} → (no version)")),
        (_, None, Some(new)) => Some(format!("(no version) → {new}")),
        (_, None, None) => None,
    }
}
