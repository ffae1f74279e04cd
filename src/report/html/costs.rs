//! How calls are passed in another way than before, and what is worth saying of it.

use super::sentence::{Sentence, text};
use crate::report::cost_words::differences;
use crate::report::wire::*;

/// The cost of a package's calls.
pub(super) struct Costs {
    pub findings: Vec<CostFinding>,
    pub changes: Vec<CostChange>,
}

/// Something that costs more, or could cost less.
pub(super) struct CostFinding {
    pub rule: String,
    pub place: Option<String>,
    pub message: Sentence,
    pub hint: Sentence,
}

/// A function that is passed in another way.
pub(super) struct CostChange {
    pub path: String,
    pub parts: Vec<Sentence>,
}

/// What is told of a package; `None` where nothing is.
pub(super) fn costs(package: &PackageReport) -> Option<Costs> {
    let cost = package.cost.as_ref().filter(|cost| !cost.findings.is_empty() || !cost.changes.is_empty())?;
    let finding = |finding: &CostFindingReport| CostFinding {
        rule: text(&finding.rule),
        place: finding.place.as_ref().map(|place| text(&format!("{}:{}:{}", place.file, place.line, place.column))),
        message: Sentence::new(&finding.message),
        hint: Sentence::new(&finding.hint),
    };
    let change = |change: &CostChangeReport| CostChange {
        path: text(&change.path),
        parts: differences(change).iter().map(|part| Sentence::new(part)).collect(),
    };
    Some(Costs {
        findings: cost.findings.iter().map(finding).collect(),
        changes: cost.changes.iter().map(change).collect(),
    })
}
