//! Two revisions of one package: resolved, compared, judged, reported.

use super::thread::{self, at_once, gave_up};
use super::{Loaded, Options};
use crate::advise::{self, Advice};
use crate::compare::compare;
use crate::error::{Error, Side};
use crate::judge::{Judgement, judge};
use crate::report::{self, Failure, Inputs, Report, Source};
use crate::surface::{Features, Surface, Views};
use crate::verdict::Protect;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// From so many types on it takes longer to give a surface back than to start a thread that does.
const LARGE: usize = 10_000;

/// Resolves both sides at once, as each is as long as all the rest, and compares them.
pub(super) fn both(
    sources: (&Source, &Source),
    options: &Options,
    old: impl FnOnce() -> Result<Loaded, Error> + Send,
    new: impl FnOnce() -> Result<Loaded, Error> + Send,
) -> Report {
    let (old, new) = at_once(old, new);
    finish((sources.0, old), (sources.1, new), options)
}

/// The same, one side after the other, for one of many pairs.
pub(super) fn in_turn(
    sources: (&Source, &Source),
    options: &Options,
    old: impl FnOnce() -> Result<Loaded, Error>,
    new: impl FnOnce() -> Result<Loaded, Error>,
) -> Report {
    let (old, new) = thread::in_turn(old, new);
    finish((sources.0, old), (sources.1, new), options)
}

/// What was asked, with what only the sources can tell.
pub(super) fn inputs(
    (old_source, old): (&Source, &Result<Loaded, Error>),
    (new_source, new): (&Source, &Result<Loaded, Error>),
    options: &Options,
) -> Inputs {
    let components = |loaded: &Result<Loaded, Error>| loaded.as_ref().is_ok_and(|loaded| loaded.views.is_component);
    let by_kind = if components(old) && components(new) { Protect::Hosts } else { Protect::Guests };
    Inputs {
        old: old_source.clone(),
        new: new_source.clone(),
        protect: options.protect.unwrap_or(by_kind),
        features: features(&options.features, &[old, new]),
        unknown_features: unknown_features(&options.features, &[old, new]),
        packages: options.packages.clone(),
    }
}

fn finish(
    (old_source, old): (&Source, Result<Loaded, Error>),
    (new_source, new): (&Source, Result<Loaded, Error>),
    options: &Options,
) -> Report {
    let inputs = inputs((old_source, &old), (new_source, &new), options);
    match (old, new) {
        (Ok(mut old), Ok(mut new)) => {
            let resolved = old.resolved.take().zip(new.resolved.take());
            let judged = catch_unwind(AssertUnwindSafe(|| {
                let open = (old.views.open.is_some() || new.views.open.is_some())
                    .then(|| (open(&old.views), open(&new.views)));
                judge(compare(&old.views.judged, &new.views.judged, open), inputs.protect)
            }));
            match judged {
                Ok(judged) => std::thread::scope(|scope| {
                    let advice = advice(&old, &new, &judged);
                    let report = report::of_judgement(&inputs, &judged);
                    let report = report::with_excerpts(report, &old.views.judged.sources, &new.views.judged.sources);
                    let report = with_costs(report, &old, &new, options);
                    let report = report::with_capabilities(report, &old.views.judged, &new.views.judged);
                    // Large surfaces take their time to be given back. Where there is no thread, it is done here.
                    let size = old.views.judged.types.len();
                    let give_back = move || drop((old, new));
                    if size > LARGE {
                        let _ = std::thread::Builder::new().spawn_scoped(scope, give_back);
                    } else {
                        give_back();
                    }
                    let report = report::with_advice(report, &judged, &advice);
                    match resolved {
                        #[cfg(feature = "verify")]
                        Some((old, new)) => super::prove::prove(report, &inputs, &judged, (&old, &new), options),
                        _ => report,
                    }
                }),
                Err(panic) => {
                    let failure = Failure { side: Side::New, error: gave_up("comparison", &*panic) };
                    report::of_failure(&inputs, &[failure], Some(&old.views.judged), true)
                }
            }
        }
        (old, new) => {
            let failures = failures(old.as_ref().err(), new.as_ref().err());
            let known = old.as_ref().or(new.as_ref()).ok().map(|loaded| &loaded.views.judged);
            report::of_failure(&inputs, &failures, known, old.is_ok())
        }
    }
}

/// With what calls cost, where that is to be told.
fn with_costs(report: Report, old: &Loaded, new: &Loaded, options: &Options) -> Report {
    match (options.cost, old.costed(), new.costed()) {
        (Some(asked), Some(old), Some(new)) => report::with_costs(report, &old, &new, asked.growth),
        _ => report,
    }
}

/// What to do instead, by package and change. A report is worth having without it.
fn advice(old: &Loaded, new: &Loaded, judged: &Judgement) -> Vec<Vec<Option<Arc<Advice>>>> {
    fn side(loaded: &Loaded) -> advise::Side<'_> {
        advise::Side { files: &loaded.files, surface: &loaded.views.judged }
    }
    let advise = |package| advise::advise(side(old), side(new), package, judged.protect);
    let made = catch_unwind(AssertUnwindSafe(|| judged.packages.iter().map(advise).collect()));
    made.unwrap_or_default()
}

/// The sides that are not there.
pub(super) fn failures(old: Option<&Error>, new: Option<&Error>) -> Vec<Failure> {
    let failure = |(side, error): (Side, Option<&Error>)| Some(Failure { side, error: error?.clone() });
    [(Side::Old, old), (Side::New, new)].into_iter().filter_map(failure).collect()
}

fn open(views: &Views) -> &Surface {
    views.open.as_ref().unwrap_or(&views.judged)
}

/// The names of the features that are switched on: all that either side has, where all are.
fn features(features: &Features, sides: &[&Result<Loaded, Error>]) -> Vec<String> {
    let mut names = features.names.clone();
    if features.all {
        names.extend(sides.iter().filter_map(|side| side.as_ref().ok()).flat_map(|side| side.views.gates.clone()));
    }
    names.into_iter().collect()
}

/// The features that were asked for by name and that no gate of either side has; none where a side is not known.
fn unknown_features(features: &Features, sides: &[&Result<Loaded, Error>]) -> Vec<String> {
    let has =
        |name: &String| sides.iter().any(|side| side.as_ref().map_or(true, |side| side.views.gates.contains(name)));
    features.names.iter().filter(|name| !has(name)).cloned().collect()
}
