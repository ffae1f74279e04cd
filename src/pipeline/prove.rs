//! Holds a report against the official validator: `--verify`, `--witness`, and `--as` another tool.

use super::Options;
use super::thread::each;
use crate::judge::{Judgement, Verification};
use crate::report::{self, Inputs, Report};
use crate::surface::Resolved;
use crate::validator::{answers, verify};
use crate::witness::{Unwitnessed, Witness, breaking, show_disagreement, witness};
use std::sync::{Mutex, PoisonError};

/// The report with what the options ask for.
pub(super) fn prove(
    mut report: Report,
    inputs: &Inputs,
    judgement: &Judgement,
    (old, new): (&Resolved, &Resolved),
    options: &Options,
) -> Report {
    if options.witness {
        let witnesses = witnesses(old, new, judgement, options);
        report = report::with_witnesses(report, judgement, &witnesses);
    }
    if let Some(profile) = options.profile {
        let world = options.world.as_deref();
        let answers = answers(profile, world, &options.features, (old, new), judgement, &options.packages);
        report = report::with_profile(report, profile, &answers);
    }
    if options.verify {
        let mut verification = verify(old, new, judgement, &options.packages);
        show_disagreements(old, new, &mut verification);
        report = report::with_verification(report, inputs, &verification);
    }
    report
}

/// So many disagreements are made small: each is some hundred comparisons.
const SHOWN: usize = 3;

fn show_disagreements(old: &Resolved, new: &Resolved, verification: &mut Verification) {
    for disagreement in verification.disagreements.iter_mut().take(SHOWN) {
        disagreement.shown = show_disagreement(old, new, &disagreement.subject);
    }
}

/// A witness for every change that breaks a link, or why there is none, in the order of the changes. Each is some
/// hundred comparisons, so all cores take part.
fn witnesses(
    old: &Resolved,
    new: &Resolved,
    judgement: &Judgement,
    options: &Options,
) -> Vec<Result<Witness, Unwitnessed>> {
    let chosen = judgement.packages.iter().filter(|package| {
        let name = &package.comparison.name;
        options.packages.is_empty() || options.packages.contains(name)
    });
    let wanted: Vec<_> =
        chosen.flat_map(|package| breaking(package).into_iter().map(move |at| (package, at))).collect();
    let found = Mutex::new(0);
    each(&wanted, |&(package, change)| {
        let witness = witness(old, new, package, change, judgement.protect);
        if let Some(progress) = options.progress {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            *found += 1;
            progress(*found, wanted.len());
        }
        witness
    })
}
