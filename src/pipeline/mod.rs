//! The whole way in one call: two inputs in, a report out.

#[cfg(feature = "git")]
mod bump;
mod capabilities;
#[cfg(feature = "git")]
mod check;
mod cost;
mod count;
mod deny;
mod every;
mod example;
mod fail_on;
mod fold;
#[cfg(feature = "git")]
mod gate;
mod list;
mod load;
#[cfg(feature = "git")]
mod log;
mod matching;
mod order;
mod own;
mod pair;
mod profile;
#[cfg(feature = "verify")]
mod prove;
#[cfg(feature = "git")]
mod releases;
mod several;
mod show;
#[cfg(feature = "git")]
mod stability;
#[cfg(feature = "git")]
mod taken;
mod thread;

#[cfg(feature = "git")]
pub use bump::{Bump, bump};
pub use capabilities::capabilities;
#[cfg(feature = "git")]
pub use check::{Check, check, recount, releases};
pub use cost::cost;
pub use count::{Counting, count};
pub use deny::deny_capabilities;
pub use example::example;
pub use fail_on::fail_on;
#[cfg(feature = "git")]
pub use gate::Policy;
pub use list::list;
pub use load::{Loaded, load};
#[cfg(feature = "git")]
pub use log::{Log, log};
pub use own::Own;
pub use profile::gate_of_profile;
pub use show::{Shown, show, show_change, show_file};
#[cfg(feature = "git")]
pub use stability::{Stability, stability};
pub use thread::LOADER;

use crate::error::{Error, ErrorKind, Side};
#[cfg(feature = "verify")]
use crate::judge::Profile;
use crate::report::{self, Failure, Inputs, PackageReport, Report, Source};
use crate::revision::{self, Catalog, Inside, Kind, Store, Target};
use crate::surface::{Features, Parses, Views};
use crate::verdict::Protect;
use load::{resolve_sources, source_of};
use matching::Named;
use std::collections::BTreeMap;
use thread::{at_once, in_turn, with_stack};

/// How a comparison is made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where revisions are looked for, and how much of them is read.
    pub revision: revision::Options,
    /// The gates that are switched on.
    pub features: Features,
    /// For whom the levels answer; `None` is guests, and hosts where both sides are built components (SEMANTICS 7).
    pub protect: Option<Protect>,
    /// The same for packages by name, where it is something else.
    pub own: BTreeMap<String, Own>,
    /// Only these packages, as `namespace:name`; empty means all.
    pub packages: Vec<String>,
    /// Packages that are not looked at.
    #[cfg(feature = "config")]
    pub leave_out: revision::LeaveOut,
    /// Whether it is found out where the files of both sides are in their repository, and on the site that hosts it: for
    /// formats with links and for annotations.
    pub locate: bool,
    /// What is asked about the cost of calls; `None` where nothing is.
    pub cost: Option<crate::cost::Asked>,
    /// Whether the official validator is asked as well (SEMANTICS 3); where it disagrees, there is no verdict.
    #[cfg(feature = "verify")]
    pub verify: bool,
    /// Whether every change that breaks a link gets the smallest pair that shows it.
    #[cfg(feature = "verify")]
    pub witness: bool,
    /// Another tool whose answer is wanted, too.
    #[cfg(feature = "verify")]
    pub profile: Option<Profile>,
    /// The world that it is asked about, where it asks about one.
    #[cfg(feature = "verify")]
    pub world: Option<String>,
    /// Called as witnesses are found, with how many of how many there are.
    #[cfg(feature = "verify")]
    pub progress: Option<fn(usize, usize)>,
}

impl Options {
    /// Whether the official validator is to be asked.
    fn proves(&self) -> bool {
        #[cfg(feature = "verify")]
        let proves = self.verify || self.witness || self.profile.is_some();
        #[cfg(not(feature = "verify"))]
        let proves = false;
        proves
    }

    /// Whether what `wit-parser` made of a package is needed as well.
    fn keeps(&self) -> bool {
        self.proves() || self.cost.is_some()
    }

    /// Whether a package is looked into that is the same on both sides.
    fn looks_into_equals(&self) -> bool {
        #[cfg(feature = "verify")]
        let looks = self.profile.is_some();
        #[cfg(not(feature = "verify"))]
        let looks = false;
        looks
    }
}

/// What a run did, for those who measure it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Blobs that were read out of git.
    pub blobs: usize,
    /// Packages that were parsed.
    pub parses: usize,
}

/// Compares what two inputs name, and reports. What cannot be loaded is in the report as undetermined.
///
/// A directory or a revision stands for every package in it; packages match by name.
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
    run_targets(&Target::typed(old), &Target::typed(new), options).0
}

/// Compares two targets, such as those of a range, and says what that took.
pub fn run_targets(old: &Target, new: &Target, options: &Options) -> (Report, Work) {
    let shared = &Shared::default();
    let report = with_stack(|| {
        let open = |target| move || shared.open(target, options);
        // What two commits share is there for the second one once the first one has read it.
        let is_git = old.commit.is_some() && new.commit.is_some();
        let (left, right) = if is_git { in_turn(open(old), open(new)) } else { at_once(open(old), open(new)) };
        compare((old, left), (new, right), options, shared, &mut |_| {})
    });
    let report = report.unwrap_or_else(|error| {
        let failed = |target| (source(target, &Err(error.clone()), options), Err(error.clone()));
        let ((old, left), (new, right)) = (failed(old), failed(new));
        pair::both((&old, &new), options, || left, || right)
    });
    (report, shared.work())
}

/// The report on a comparison one side of which is not there. `inputs` are what the user typed.
pub fn unread(inputs: &[String], side: Side, error: Error, options: &Options) -> Report {
    let typed = |at: usize| inputs.get(at).or(inputs.first()).map_or("HEAD", String::as_str);
    let source = |input: &str| Source::new(input, Kind::Git);
    let inputs = self::inputs((&source(typed(0)), &source(typed(1))), options);
    report::of_failure_among(&inputs, &[Failure { side, error }], &[], false)
}

/// Compares two revisions of one package that are in memory, and reports.
pub fn run_sources(old: revision::Revision, new: revision::Revision, options: &Options) -> Report {
    let sources = (source_of(&old), source_of(&new));
    let sources = (&sources.0, &sources.1);
    let report = with_stack(|| {
        let resolve = |revision| resolve_sources(revision, options, None);
        pair::both(sources, options, || resolve(old), || resolve(new))
    });
    report.unwrap_or_else(|error| pair::both(sources, options, || Err(error.clone()), || Err(error.clone())))
}

/// Compares two surfaces that need no reading, and reports.
pub(crate) fn run_views(
    old: impl FnOnce() -> Result<Views, Error> + Send,
    new: impl FnOnce() -> Result<Views, Error> + Send,
    options: &Options,
) -> Report {
    let source = Source::new("", Kind::Path);
    let sources = (&source, &source);
    let report = with_stack(|| {
        let loaded = |views: Views| Loaded { views, ..Loaded::nothing(options) };
        pair::both(sources, options, || old().map(loaded), || new().map(loaded))
    });
    report.unwrap_or_else(|error| pair::both(sources, options, || Err(error.clone()), || Err(error.clone())))
}

/// What both sides read and parse, each thing once.
#[derive(Default)]
struct Shared {
    store: Store,
    parses: Parses,
}

impl Shared {
    fn open(&self, target: &Target, options: &Options) -> Result<Catalog, Error> {
        let catalog = revision::open(&target.input, &options.revision, &self.store);
        #[cfg(feature = "config")]
        let catalog = catalog.and_then(|mut catalog| {
            // What is named itself is looked at.
            catalog.packages.retain(|found| found.path == "." || !options.leave_out.has(found));
            match catalog.packages.is_empty() {
                true => Err(report::all_left_out(&target.shown)),
                false => Ok(catalog),
            }
        });
        catalog
    }

    fn work(&self) -> Work {
        Work { blobs: self.store.reads(), parses: self.parses.count() }
    }
}

/// Compares two catalogs. `adjust` sees each package before what it means for others is told.
///
/// Where one is a part of what the other one is, paths count from the whole, and of what is elsewhere none is missed.
fn compare(
    (old, left): (&Target, Result<Catalog, Error>),
    (new, right): (&Target, Result<Catalog, Error>),
    options: &Options,
    shared: &Shared,
    adjust: &mut dyn FnMut(&mut PackageReport),
) -> Report {
    let sources = (source(old, &left, options), source(new, &right, options));
    let sources = (&sources.0, &sources.1);
    let is_one = |side: &Result<Catalog, Error>| side.as_ref().map_or(true, |catalog| catalog.packages.len() == 1);
    let are_whole = || revision::are_whole(old, new, &options.revision);
    let (left, right) = match (left, right) {
        (Ok(left), right) => (Ok(left), or_nothing(new, right, are_whole)),
        (left, Ok(right)) => (or_nothing(old, left, are_whole), Ok(right)),
        neither => neither,
    };
    let (left, right, scope) = seen((old, left), (new, right), options);
    let warnings = [unread_directories(Side::Old, &left), unread_directories(Side::New, &right)].concat();
    let is_elsewhere = |path: &str| scope.as_deref().is_some_and(|scope| !matching::is_below(path, scope));
    let is_missed = !left.iter().flat_map(|catalog| &catalog.packages).any(|found| is_elsewhere(&found.path));
    if is_one(&left) && is_one(&right) && is_missed {
        let paths = moved(&left, &right);
        let revisions = [&left, &right].into_iter().flatten().flat_map(|catalog| &catalog.packages);
        let revisions = revisions.filter_map(|found| found.revision.as_ref().ok());
        revisions.for_each(|revision| shared.parses.expect(revision));
        let report = alone(sources, &left, &right, options, &shared.parses);
        let mut report = several::with_paths(report, paths);
        report.packages.iter_mut().for_each(adjust);
        return with_warnings(report, warnings);
    }
    let inputs = inputs(sources, options);
    let named = |side: Result<Catalog, Error>| side.and_then(Named::new);
    let report = match (named(left), named(right)) {
        (Ok(old), Ok(new)) => {
            let matches = matching::matches(&old, &new, scope.as_deref(), &options.packages);
            let mut outcomes = several::outcomes(&old, &new, &matches, &inputs, options, &shared.parses);
            outcomes.iter_mut().filter_map(several::Outcome::package_mut).for_each(adjust);
            assemble(&inputs, outcomes)
        }
        (old, new) => {
            let known = old.as_ref().or(new.as_ref()).map(Named::known).unwrap_or_default();
            let failures = pair::failures(old.as_ref().err(), new.as_ref().err());
            report::of_failure_among(&inputs, &failures, &known, old.is_ok())
        }
    };
    with_warnings(report, warnings)
}

/// Both sides with paths that count from the same directory; where the new one is a part of the old one, which part.
fn seen(
    (old, left): (&Target, Result<Catalog, Error>),
    (new, right): (&Target, Result<Catalog, Error>),
    options: &Options,
) -> (Result<Catalog, Error>, Result<Catalog, Error>, Option<String>) {
    match revision::inside(old, new, &options.revision) {
        Some(Inside::Old(way)) => (left.map(|catalog| catalog.seen_from_above(&way)), right, None),
        Some(Inside::New(way)) => (left, right.map(|catalog| catalog.seen_from_above(&way)), Some(way)),
        None => (left, right, None),
    }
}

fn with_warnings(mut report: Report, warnings: Vec<String>) -> Report {
    report.warnings.extend(warnings);
    report
}

/// Directories that may hold packages, and that nobody could look into.
fn unread_directories(side: Side, catalog: &Result<Catalog, Error>) -> Vec<String> {
    let skipped = catalog.iter().flat_map(|catalog| &catalog.skipped);
    skipped.filter_map(|skipped| report::unread(side, skipped)).collect()
}

/// One report of many.
fn assemble(inputs: &Inputs, outcomes: Vec<several::Outcome>) -> Report {
    let mut outcomes = order::order(fold::fold(outcomes));
    order::inherit(&mut outcomes);
    report::merge(inputs, outcomes.into_iter().map(|outcome| outcome.report).collect())
}

/// A side without any WIT has no packages, unless it was named itself: then it was meant to have some. `is_all` says
/// whether its name is that of all that there is.
fn or_nothing(target: &Target, side: Result<Catalog, Error>, is_all: impl FnOnce() -> bool) -> Result<Catalog, Error> {
    match side {
        Err(error) if error.kind == ErrorKind::Empty && (target.input != target.shown || is_all()) => {
            Ok(Catalog::nothing(&target.input, target.commit.clone()))
        }
        side => side,
    }
}

/// Where the one package of each side is, where directories were searched for it.
fn moved(old: &Result<Catalog, Error>, new: &Result<Catalog, Error>) -> Option<(String, String)> {
    let path = |side: &Result<Catalog, Error>| {
        let catalog = side.as_ref().ok().filter(|catalog| catalog.searched)?;
        Some(catalog.packages.first()?.path.clone()).filter(|path| path != ".")
    };
    Some((path(old)?, path(new)?))
}

/// Compares the one package of each side.
fn alone(
    sources: (&Source, &Source),
    left: &Result<Catalog, Error>,
    right: &Result<Catalog, Error>,
    options: &Options,
    parses: &Parses,
) -> Report {
    let compare = |options: &Options| {
        let only = |side: &Result<Catalog, Error>| only(side.clone(), options, parses);
        pair::both(sources, options, || only(left), || only(right))
    };
    if options.own.is_empty() {
        return compare(options);
    }
    let found =
        |side: &Result<Catalog, Error>| side.as_ref().ok().and_then(|catalog| catalog.packages.first().cloned());
    let (left, right) = (found(left), found(right));
    own::compared(&inputs(sources, options), options, (left.as_ref(), right.as_ref()), compare)
}

/// The one package of a catalog, resolved.
fn only(catalog: Result<Catalog, Error>, options: &Options, parses: &Parses) -> Result<Loaded, Error> {
    let found = catalog?.packages.pop();
    found.map_or_else(|| Ok(Loaded::nothing(options)), |found| resolve_sources(found.revision?, options, Some(parses)))
}

/// What is known before a package is read.
fn inputs(sources: (&Source, &Source), options: &Options) -> Inputs {
    let nothing = || Ok(Loaded::nothing(options));
    let inputs = pair::inputs((sources.0, &nothing()), (sources.1, &nothing()), options);
    Inputs { unknown_features: Vec::new(), ..inputs }
}

fn source(target: &Target, side: &Result<Catalog, Error>, options: &Options) -> Source {
    let (kind, commit) = match side {
        Ok(catalog) => (catalog.kind, catalog.commit.clone()),
        Err(_) if target.input == "-" => (Kind::Path, None),
        Err(_) => (revision::kind_of(&target.input, &options.revision), target.commit.clone()),
    };
    let source = Source { commit, how: target.how.clone(), ..Source::new(&target.shown, kind) };
    if options.locate { located(source, target, options) } else { source }
}

#[cfg(feature = "git")]
fn located(source: Source, target: &Target, options: &Options) -> Source {
    let commit = source.commit.clone().or(target.commit.clone());
    let revision::Origin { root, address } = revision::origin(&Target { commit, ..target.clone() }, &options.revision);
    Source { root, address, ..source }
}

/// Without git, nothing is known of a repository.
#[cfg(not(feature = "git"))]
fn located(source: Source, _target: &Target, _options: &Options) -> Source {
    source
}
