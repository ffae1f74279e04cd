//! The whole way in one call: two inputs in, a report out.

#[cfg(feature = "verify")]
mod prove;

use crate::compare::compare;
use crate::error::{Error, ErrorKind, Side};
use crate::judge::judge;
use crate::report::{self, Failure, Inputs, Report, Source};
use crate::revision::{self, Kind};
#[cfg(feature = "verify")]
use crate::surface::resolve_whole;
use crate::surface::{Features, Resolved, Surface, Views, resolve};
use crate::verdict::Protect;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// The stack of a thread that reads or compares: types may lie in each other a hundred thousand deep.
const STACK: usize = 1 << 30;

/// From so many types on it takes longer to give a surface back than to start a thread that does.
const LARGE: usize = 10_000;

/// How a comparison is made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where revisions are looked for, and how much of them is read.
    pub revision: revision::Options,
    /// The gates that are switched on.
    pub features: Features,
    /// For whom the levels answer; `None` is guests, and hosts where both sides are built components (SEMANTICS 7).
    pub protect: Option<Protect>,
    /// Only these packages, as `namespace:name`; empty means all.
    pub packages: Vec<String>,
    /// Whether the official validator is asked as well (SEMANTICS 3); where it disagrees, there is no verdict.
    #[cfg(feature = "verify")]
    pub verify: bool,
    /// Whether every change that breaks a link gets the smallest pair that shows it.
    #[cfg(feature = "verify")]
    pub witness: bool,
    /// Called as witnesses are found, with how many of how many there are.
    #[cfg(feature = "verify")]
    pub progress: Option<fn(usize, usize)>,
}

/// A revision, read and resolved.
#[derive(Debug)]
pub struct Loaded {
    /// Where it came from.
    pub source: Source,
    /// What it promises.
    pub views: Views,
    /// The same for the official validator, if it is to be asked.
    pub resolved: Option<Resolved>,
}

/// Reads and resolves one revision.
///
/// # Errors
///
/// What cannot be read, parsed or resolved (SEMANTICS 9). The parser giving up is an error too, not a panic.
pub fn load(input: &str, options: &Options) -> Result<Loaded, Error> {
    let sources = revision::load(input, &options.revision)?;
    resolve_sources(sources, options)
}

fn resolve_sources(sources: revision::Revision, options: &Options) -> Result<Loaded, Error> {
    let source = Source { input: sources.input.clone(), kind: sources.kind, commit: sources.commit.clone(), how: None };
    #[cfg(feature = "verify")]
    if options.verify || options.witness {
        let (views, resolved) = resolve_whole(sources, &options.features)?;
        return Ok(Loaded { source, views, resolved: Some(resolved) });
    }
    Ok(Loaded { source, views: resolve(sources, &options.features)?, resolved: None })
}

/// Compares what two inputs name, and reports. What cannot be loaded is in the report as undetermined.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let scratch = tempfile::tempdir()?;
/// # std::fs::write(scratch.path().join("old.wit"), "package a:b@1.0.0; interface i { f: func(); }")?;
/// # std::fs::write(scratch.path().join("new.wit"), "package a:b@1.0.1; interface i { f: func(); g: func(); }")?;
/// use wit_diff::{pipeline, revision, verdict::Level};
/// let options = pipeline::Options {
///     revision: revision::Options { working_directory: Some(scratch.path().into()), ..Default::default() },
///     ..Default::default()
/// };
/// let report = pipeline::run("old.wit", "new.wit", &options);
/// assert_eq!(report.level, Level::Minor);
/// assert_eq!(report.packages[0].version.required.as_deref(), Some("1.1.0"));
/// # Ok(())
/// # }
/// ```
pub fn run(old: &str, new: &str, options: &Options) -> Report {
    both((old, new), options, || load(old, options), || load(new, options))
}

/// Compares two revisions that are in memory, and reports.
pub fn run_sources(old: revision::Revision, new: revision::Revision, options: &Options) -> Report {
    let (old_input, new_input) = (old.input.clone(), new.input.clone());
    both((&old_input, &new_input), options, || resolve_sources(old, options), || resolve_sources(new, options))
}

/// Loads both sides at once, as each is as long as all the rest, and compares them.
fn both(
    inputs: (&str, &str),
    options: &Options,
    old: impl FnOnce() -> Result<Loaded, Error> + Send,
    new: impl FnOnce() -> Result<Loaded, Error> + Send,
) -> Report {
    let report = with_stack(|| {
        let (old, new) = thread::scope(|scope| {
            let other = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, old);
            let new = catch_unwind(AssertUnwindSafe(new)).unwrap_or_else(|panic| Err(gave_up("parser", &*panic)));
            let old = match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(old)) => old,
                Ok(Err(panic)) => Err(gave_up("parser", &*panic)),
                Err(error) => Err(no_thread(&error)),
            };
            (old, new)
        });
        finish((inputs.0, old), (inputs.1, new), options)
    });
    report.unwrap_or_else(|error| finish((inputs.0, Err(error.clone())), (inputs.1, Err(error)), options))
}

/// The name of the threads that read a revision: whoever installs a panic hook may want to keep it quiet for them.
pub const LOADER: &str = "wit-diff-load";

/// What a panic said, as an error: bad input is never to end the program.
fn gave_up(who: &str, panic: &(dyn Any + Send)) -> Error {
    let said = (panic.downcast_ref::<String>().map(String::as_str)).or(panic.downcast_ref::<&str>().copied());
    Error::new(ErrorKind::Invalid, format!("the {who} gave up on this input: {}", said.unwrap_or("no reason given")))
        .hint("please report it, with the input")
}

fn no_thread(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Unreadable, format!("there is no thread to work in: {error}"))
        .hint("limit less memory: a thread needs 1 GiB of addresses, most of which is never touched")
}

fn finish(
    (old_input, old): (&str, Result<Loaded, Error>),
    (new_input, new): (&str, Result<Loaded, Error>),
    options: &Options,
) -> Report {
    let source = |input: &str, loaded: &Result<Loaded, Error>| match loaded {
        Ok(loaded) => loaded.source.clone(),
        Err(_) => Source {
            input: input.into(),
            kind: if input == "-" { Kind::Path } else { revision::kind_of(input, &options.revision) },
            commit: None,
            how: None,
        },
    };
    let components = |loaded: &Result<Loaded, Error>| loaded.as_ref().is_ok_and(|loaded| loaded.views.is_component);
    let by_kind = if components(&old) && components(&new) { Protect::Hosts } else { Protect::Guests };
    let inputs = Inputs {
        old: source(old_input, &old),
        new: source(new_input, &new),
        protect: options.protect.unwrap_or(by_kind),
        features: features(&options.features, &[&old, &new]),
        unknown_features: unknown_features(&options.features, &[&old, &new]),
        packages: options.packages.clone(),
    };
    match (old, new) {
        (Ok(mut old), Ok(mut new)) => {
            let resolved = old.resolved.take().zip(new.resolved.take());
            let judged = catch_unwind(AssertUnwindSafe(|| {
                let open = (old.views.open.is_some() || new.views.open.is_some())
                    .then(|| (open(&old.views), open(&new.views)));
                judge(compare(&old.views.judged, &new.views.judged, open), inputs.protect)
            }));
            match judged {
                Ok(judged) => thread::scope(|scope| {
                    // Large surfaces take their time to be given back. Where there is no thread, it is done here.
                    let size = old.views.judged.types.len();
                    let give_back = move || drop((old, new));
                    if size > LARGE {
                        let _ = thread::Builder::new().spawn_scoped(scope, give_back);
                    } else {
                        give_back();
                    }
                    let report = report::of_judgement(&inputs, &judged);
                    match resolved {
                        #[cfg(feature = "verify")]
                        Some((old, new)) => prove::prove(report, &inputs, &judged, (&old, &new), options),
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
            let failures = [(Side::Old, old.as_ref().err()), (Side::New, new.as_ref().err())];
            let failures =
                failures.into_iter().filter_map(|(side, error)| Some(Failure { side, error: error?.clone() }));
            let known = old.as_ref().or(new.as_ref()).ok().map(|loaded| &loaded.views.judged);
            report::of_failure(&inputs, &failures.collect::<Vec<_>>(), known, old.is_ok())
        }
    }
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

/// Runs what may recurse as deep as its input does.
fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| no_thread(&error))?;
        thread.join().map_err(|panic| gave_up("report", &*panic))
    })
}
