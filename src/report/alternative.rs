//! How advice is told: what to add, keep or restore, as WIT.

use super::package::fingerprint;
use super::{AlternativeReport, PackageReport, Report, StepAction, StepReport, advice};
use crate::advise::{Advice, Step};
use crate::judge::Judgement;
use crate::verdict::Level;
use crate::version::VersionVerdict;
use std::collections::HashMap;
use std::sync::Arc;

/// The report with an alternative at each change that has one, and a hint that names it.
///
/// `judgement` is what the report was made from; `made` holds, by its packages, what [`crate::advise::advise`] made.
pub fn with_advice(mut report: Report, judgement: &Judgement, made: &[Vec<Option<Arc<Advice>>>]) -> Report {
    for (judged, made) in judgement.packages.iter().zip(made) {
        let compared = &judged.comparison;
        let version = compared.old_version.as_ref().map(ToString::to_string);
        let package =
            report.packages.iter_mut().find(|found| found.name == compared.name && found.old_version == version);
        let Some(package) = package.filter(|_| made.iter().any(Option::is_some)) else { continue };
        let is_honoured = package.version.verdict == VersionVerdict::Sufficient;
        let by_fingerprint: HashMap<String, _> = (compared.changes.iter().zip(made))
            .filter_map(|(change, advice)| Some((fingerprint(&compared.name, change), (change, advice.as_deref()?))))
            .collect();
        for told in &mut package.changes {
            if let Some((change, advice)) = by_fingerprint.get(&told.fingerprint) {
                if told.stabilised.is_none() {
                    told.hint = advice::hint(change, told.level, is_honoured, version.is_some(), Some(advice));
                }
                told.alternative = Some(wire(&compared.name, advice));
            }
        }
    }
    report
}

/// Whether a package still has the choice: a release that announces the change needs none.
pub(super) fn is_open(package: &PackageReport) -> bool {
    match package.version.verdict {
        VersionVerdict::Sufficient | VersionVerdict::PreRelease => false,
        VersionVerdict::Insufficient
        | VersionVerdict::UnchangedVersion
        | VersionVerdict::WentBackwards
        | VersionVerdict::Unversioned
        | VersionVerdict::Undetermined => true,
    }
}

fn wire(package: &str, advice: &Advice) -> AlternativeReport {
    let step = |step: &Step| StepReport {
        action: match step {
            Step::Add { .. } => StepAction::Add,
            Step::Keep { .. } => StepAction::Keep,
            Step::Restore { .. } => StepAction::Restore,
        },
        into: step.into(package),
        wit: step.wit(),
    };
    AlternativeReport {
        steps: advice.steps.iter().map(step).collect(),
        version: advice.version.clone(),
        applies_as: if advice.is_restoring() { Level::None } else { Level::Minor },
    }
}
