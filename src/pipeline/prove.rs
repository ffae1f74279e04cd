//! Holds a report against the official validator: `--verify` and `--witness`.

use super::Options;
use super::thread::{LOADER, STACK};
use crate::judge::{Judgement, Verification};
use crate::report::{self, Inputs, Report};
use crate::surface::Resolved;
use crate::validator::verify;
use crate::witness::{Unwitnessed, Witness, breaking, show_disagreement, witness};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

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
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((at, &(package, change))) = wanted.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
            let witness = witness(old, new, package, change, judgement.protect);
            let mut found = found.lock().unwrap_or_else(|broken| broken.into_inner());
            found.push((at, witness));
            if let Some(progress) = options.progress {
                progress(found.len(), wanted.len());
            }
        }
    };
    let helpers =
        thread::available_parallelism().map_or(0, |cores| cores.get() - 1).min(wanted.len().saturating_sub(1));
    thread::scope(|scope| {
        for _ in 0..helpers {
            // Where there is no thread, this one does it all.
            let _ = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    let mut found = found.into_inner().unwrap_or_else(|broken| broken.into_inner());
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, witness)| witness).collect()
}
