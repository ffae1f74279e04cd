//! The gate for branches and pull requests: what changed against a base, and whether the declared versions honour it.

mod bases;
mod excuse;

use super::count::{Counting, count};
use super::gate::{Policy, gate};
use super::matching::{Match, Named, matches};
use super::releases::{Release, Releases, add_older};
use super::several::{Outcome, outcome};
use super::taken;
use super::thread::with_stack;
use super::{
    Options, Shared, assemble, compare, inputs, located, or_nothing, source, unread_directories, with_warnings,
};
use crate::cost::Asked;
use crate::error::{Error, ErrorKind, Side};
use crate::report::{self, Failure, InputReport, PackageReport, Report, Source};
use crate::revision::{self, Baseline, Catalog, Environment, Identity, Kind, ReleaseTag, Target};
use crate::version::VersionVerdict;
use bases::{Names, Part};
use excuse::Excuse;
use semver::Prerelease;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// What is checked, and against what.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// What is checked; `None` is the working tree of the repository that one stands in.
    pub input: Option<String>,
    /// Whether the index of git is checked instead.
    pub staged: bool,
    /// What it is compared with; `None` looks for a pull request, a release and a default branch, in this order.
    pub against: Option<String>,
    /// The same of packages that have another one, by name.
    pub bases: BTreeMap<String, String>,
    /// What is asked for beside versions.
    pub policy: Policy,
    /// The same of packages of which something else is asked, by name.
    pub packages: BTreeMap<String, Policy>,
    /// What counts otherwise than it is reported.
    pub counting: Counting,
    /// Whether packages that declare a pre-release are held against the newest release, as the release that they lead to.
    pub as_release: bool,
    /// Whether a release is held against the release before it, even if pre-releases led to it.
    pub skips_drafts: bool,
    /// What the process knows of the pull request or release that it runs for.
    pub environment: Environment,
}

/// Compares what is checked with its base, and says whether it passes.
///
/// What changed is counted from the base. The declared version is held against the base, too, and where it falls short
/// of that, against the newest release: what no release has promised yet needs no new version.
pub fn check(check: &Check, options: &Options) -> Report {
    let shared = Shared::default();
    let options = around(check, options);
    let options = Options { cost: options.cost.or(denies_costs(check).then(Asked::default)), ..options };
    let bases = Mutex::default();
    let checking = Checking {
        check,
        options: &options,
        shared: &shared,
        against: check.against.as_deref(),
        names: None,
        bases: &bases,
    };
    let report = with_stack(|| checking.run());
    let report = report.unwrap_or_else(|error| checking.failed(&checking.input(), Side::New, error));
    let bases = bases.into_inner().unwrap_or_default();
    let report = count(report, &check.counting, &bases, &options);
    gate(report, &check.policy, &check.packages)
}

/// What a report says of a check that has been made, with another idea of what counts.
pub fn recount(report: Report, check: &Check, counting: &Counting, options: &Options) -> Report {
    gate(count(report, counting, &[], options), &check.policy, &check.packages)
}

/// Every release tag of the repository that [`check`] looks into.
///
/// # Errors
/// As [`revision::every_release`].
pub fn releases(check: &Check, options: &Options) -> Result<Vec<ReleaseTag>, Error> {
    revision::every_release(&around(check, options).revision)
}

/// Whether something about the cost of calls is denied: then it has to be found.
fn denies_costs(check: &Check) -> bool {
    let policies = check.packages.values().chain([&check.policy]);
    policies.flat_map(|policy| &policy.deny).any(|rule| rule.is_cost())
}

/// The options with the repository that the input is in, where one stands outside of every repository.
fn around(check: &Check, options: &Options) -> Options {
    let mut options = options.clone();
    if let (Some(input), None) = (&check.input, &options.revision.repo)
        && revision::working_tree(&options.revision).is_err()
    {
        options.revision.repo = revision::repository_of(input, &options.revision);
    }
    options
}

struct Checking<'a> {
    check: &'a Check,
    options: &'a Options,
    shared: &'a Shared,
    /// What is compared with, as in [`Check::against`].
    against: Option<&'a str>,
    /// Only these packages.
    names: Option<Names>,
    /// The bases that are no releases, as they are found.
    bases: &'a Mutex<Vec<Target>>,
}

/// Packages of the new side, and the releases that each is held against, newest first.
type Chosen = Vec<(usize, Vec<Release>)>;

/// What is checked.
struct New {
    target: Target,
    catalog: Result<Catalog, Error>,
}

impl<'a> Checking<'a> {
    /// The same check of some of the packages.
    fn of(&self, against: Option<&'a str>, names: Names) -> Checking<'a> {
        let Checking { check, options, shared, bases, .. } = *self;
        Checking { check, options, shared, against, names: Some(names), bases }
    }

    fn open(&self, target: &Target) -> Result<Catalog, Error> {
        let catalog = self.shared.open(target, self.options)?;
        Ok(match &self.names {
            Some(names) => names.keep(catalog),
            None => catalog,
        })
    }

    fn run(&self) -> Report {
        let target = match &self.check.input {
            Some(input) => Ok(Target::typed(input)),
            None if self.check.staged => revision::index(&self.options.revision),
            None => revision::working_tree(&self.options.revision),
        };
        let mut target = match target {
            Ok(target) => target,
            Err(error) => return self.failed(&self.input(), Side::New, error),
        };
        let catalog = self.shared.open(&target, self.options);
        match &catalog {
            Ok(catalog) => target.commit = target.commit.or(catalog.commit.clone()),
            // A side without packages may have lost them all.
            Err(error) if error.kind == ErrorKind::Empty => {}
            Err(error) => return self.failed(&target, Side::New, error.clone()),
        }
        let (checked, new) = ((target.clone(), catalog.clone()), New { target, catalog });
        let mut report = match self.check.bases.is_empty() {
            true => self.against(new),
            false => self.against_bases(&new),
        };
        if let (target, Ok(catalog)) = checked {
            taken::warn(&mut report, &target, &catalog, self.options, self.shared);
        }
        report
    }

    fn baseline(&self, target: &Target) -> Result<Baseline, Error> {
        let found = revision::baseline(self.against, target, &self.check.environment, &self.options.revision)?;
        if let Baseline::One(base) = &found {
            self.bases.lock().unwrap_or_else(PoisonError::into_inner).push(base.clone());
        }
        Ok(found)
    }

    fn against(&self, new: New) -> Report {
        match self.baseline(&new.target) {
            Ok(Baseline::One(base)) => self.against_one(&base, new),
            Ok(Baseline::Tags { tags, every, how }) => self.against_releases(tags, every, how, new),
            Err(error) => {
                if let Err(empty) = &new.catalog {
                    return self.failed(&new.target, Side::New, empty.clone());
                }
                let known = new.catalog.and_then(Named::new).map(|named| named.known()).unwrap_or_default();
                self.failed_among(&new.target, Failure { side: Side::Old, error }, &known)
            }
        }
    }

    fn against_one(&self, base: &Target, new: New) -> Report {
        let left = or_nothing(base, self.shared.open(base, self.options), || false);
        let mut excuse = Excuse::new(self, base, &new);
        let mut adjust = |package: &mut PackageReport| {
            if base.commit.is_some() && falls_short(package) {
                excuse.apply(package);
            }
        };
        let right = (&new.target, new.catalog.clone());
        let mut report = compare((base, left), right, self.options, self.shared, &mut adjust);
        if let Some(error) = excuse.failed {
            report.warnings.push(report::unknown_release(&error));
        }
        if self.is_itself(&new, base) {
            report.warnings.push(report::BASE_IS_ITSELF.into());
        }
        report
    }

    /// Whether a base that nobody named has nothing but what is checked.
    fn is_itself(&self, new: &New, base: &Target) -> bool {
        self.against.is_none() && revision::is_itself(&new.target, base, &self.options.revision)
    }

    fn against_releases(&self, tags: Vec<ReleaseTag>, every: bool, how: String, new: New) -> Report {
        match self.found_in_releases(tags, every, how, &new) {
            Ok(Part { old, outcomes, warnings }) => {
                let inputs = inputs((&old, &source(&new.target, &new.catalog, self.options)), self.options);
                let warnings = [warnings, unread_directories(Side::New, &new.catalog)].concat();
                with_warnings(assemble(&inputs, outcomes), warnings)
            }
            Err((side, error)) => {
                let known = new.catalog.and_then(Named::new).map(|named| named.known()).unwrap_or_default();
                self.failed_among(&new.target, Failure { side, error }, &known)
            }
        }
    }

    fn found_in_releases(
        &self,
        tags: Vec<ReleaseTag>,
        every: bool,
        how: String,
        new: &New,
    ) -> Result<Part, (Side, Error)> {
        let releases = &Releases::new(tags, self.check.skips_drafts);
        let old_side = |error| (Side::Old, error);
        let catalog = or_nothing(&new.target, new.catalog.clone(), || false);
        // Releases are those of the whole repository.
        let scope = revision::place(&new.target, &self.options.revision);
        let catalog = catalog.map(|catalog| match &scope {
            Some(way) => catalog.seen_from_above(way),
            None => catalog,
        });
        let named = catalog.and_then(Named::new).map_err(|error| (Side::New, error))?;
        let (chosen, doubled) = self.choose(releases, every, &named).map_err(old_side)?;
        // Where nothing has a release of its own, the newest one says what is gone, unless there never was anything.
        let latest = match chosen.iter().any(|(_, found)| !found.is_empty()) {
            true => None,
            false => releases.latest(|target| self.open(target)).map_err(old_side)?,
        };
        if let (None, Err(empty)) = (&latest, &new.catalog) {
            return Err((Side::New, empty.clone()));
        }
        let used = || chosen.iter().filter_map(|(_, found)| found.first()).chain(&latest);
        let bases: BTreeSet<String> = used().map(|base| called(&base.target)).collect();
        let newest = releases.newest_of(used());
        let old_source = match newest.filter(|_| bases.len() == 1) {
            Some(base) => {
                Source { how: Some(how), ..source(&base.target, &Ok(base.named.catalog.clone()), self.options) }
            }
            None => Source { how: Some(how), ..Source::new(&all(&bases), Kind::Git) },
        };
        let inputs = self.inputs(&old_source, &new.target, &named);
        let several = bases.len() > 1;
        let mut outcomes = Vec::new();
        for (at, found) in &chosen {
            outcomes.push(self.against_each(&named, *at, found, several, &inputs));
        }
        if let Some(newest) = newest {
            outcomes.extend(self.others(newest, &named, scope.as_deref(), &doubled, several, &inputs));
        }
        Ok(Part { old: old_source, outcomes, warnings: Vec::new() })
    }

    /// The releases that each package is held against, and the names that stand twice in one version.
    fn choose(&self, releases: &Releases, every: bool, new: &Named) -> Result<(Chosen, BTreeSet<String>), Error> {
        let open = |target: &Target| self.open(target);
        let (mut chosen, mut doubled) = (Chosen::new(), BTreeSet::new());
        for found in matches(&Named::nothing(), new, None, &self.options.packages) {
            let at = match found {
                Match::Added(at) | Match::Both(_, at) => at,
                Match::Ambiguous { identity, .. } => {
                    doubled.insert(identity.name);
                    continue;
                }
                Match::Removed(_) => continue,
            };
            let identity = &self.wanted(&new.identities[at]);
            chosen
                .push((at, if every { releases.on_track(identity, open)? } else { releases.newest(identity, open)? }));
        }
        // Of several versions of a name, one that begins a track stands beside those that go on.
        let goes_on = |at: usize, found: &[Release]| {
            found.first().is_some_and(|release| release.is_on_track_of(&new.identities[at]))
        };
        let names = chosen.iter().filter(|(at, found)| goes_on(*at, found)).map(|(at, _)| &new.identities[*at].name);
        let names: BTreeSet<String> = names.cloned().collect();
        for (at, found) in &mut chosen {
            if names.contains(&new.identities[*at].name) && !goes_on(*at, found) {
                found.clear();
            }
        }
        Ok((chosen, doubled))
    }

    /// What a package is to be released as.
    fn wanted(&self, identity: &Identity) -> Identity {
        let mut wanted = identity.clone();
        if let Some(version) = wanted.version.as_mut().filter(|_| self.check.as_release) {
            version.pre = Prerelease::EMPTY;
        }
        wanted
    }

    /// One package against its newest release, and against older ones if there are any.
    fn against_each(
        &self,
        new: &Named,
        at: usize,
        releases: &[Release],
        several: bool,
        inputs: &report::Inputs,
    ) -> Outcome {
        let judge = |release: &Release| {
            outcome(&release.named, new, &Match::Both(release.at, at), inputs, self.options, &self.shared.parses)
        };
        let Some((newest, older)) = releases.split_first() else {
            let nothing = Named::nothing();
            return outcome(&nothing, new, &Match::Added(at), inputs, self.options, &self.shared.parses);
        };
        let mut found = judge(newest);
        for release in older {
            let older = judge(release);
            add_older(&mut found, &older, &self.base(release));
        }
        if let Some(package) = found.package_mut().filter(|_| several) {
            package.base = Some(self.base(newest));
        }
        found
    }

    /// What the newest release has and the new side has not, and what the new side has twice: only the places of those
    /// on both sides tell which is which.
    fn others(
        &self,
        newest: &Release,
        new: &Named,
        scope: Option<&str>,
        doubled: &BTreeSet<String>,
        several: bool,
        inputs: &report::Inputs,
    ) -> Vec<Outcome> {
        let matches = matches(&newest.named, new, scope, &self.options.packages);
        let is_other = |found: &&Match| match found {
            Match::Removed(_) | Match::Ambiguous { .. } => true,
            Match::Both(_, at) | Match::Added(at) => doubled.contains(&new.identities[*at].name),
        };
        let judge = |found| outcome(&newest.named, new, found, inputs, self.options, &self.shared.parses);
        let mut outcomes: Vec<Outcome> = matches.iter().filter(is_other).map(judge).collect();
        for outcome in outcomes.iter_mut().filter(|_| several) {
            if let Some(package) = outcome.package_mut() {
                package.base = Some(self.base(newest));
            }
        }
        outcomes
    }

    fn base(&self, release: &Release) -> InputReport {
        InputReport::from(&source(&release.target, &Ok(release.named.catalog.clone()), self.options))
    }

    fn inputs(&self, old: &Source, new: &Target, named: &Named) -> report::Inputs {
        inputs((old, &source(new, &Ok(named.catalog.clone()), self.options)), self.options)
    }

    fn input(&self) -> Target {
        match (&self.check.input, self.check.staged) {
            (Some(input), _) => Target::typed(input),
            (None, true) => Target { shown: "the index".into(), ..Target::typed("git::") },
            (None, false) => Target { shown: "the working tree".into(), ..Target::typed(".") },
        }
    }

    fn failed(&self, new: &Target, side: Side, error: Error) -> Report {
        self.failed_among(new, Failure { side, error }, &[])
    }

    fn failed_among(&self, new: &Target, failure: Failure, known: &[(String, Option<semver::Version>)]) -> Report {
        let old = Source::new(self.against.unwrap_or("the base"), Kind::Git);
        let found = source_of(new);
        let found = if self.options.locate { located(found, new, self.options) } else { found };
        let inputs = inputs((&old, &found), self.options);
        report::of_failure_among(&inputs, &[failure], known, false)
    }
}

/// A release and its commit.
fn called(target: &Target) -> String {
    let commit = target.commit.as_deref().unwrap_or_default();
    format!("{} ({})", target.shown, commit.get(..7).unwrap_or(commit))
}

/// The names of releases, as long as they are few.
fn all(bases: &BTreeSet<String>) -> String {
    const NAMED: usize = 3;
    let mut names: Vec<String> = bases.iter().take(NAMED).cloned().collect();
    match bases.len() {
        0 => return "no release".into(),
        count if count > NAMED => names.push(format!("{} more", count - NAMED)),
        _ => {}
    }
    names.join(", ")
}

fn source_of(target: &Target) -> Source {
    let kind = if target.commit.is_some() { Kind::Git } else { Kind::Path };
    Source { commit: target.commit.clone(), how: target.how.clone(), ..Source::new(&target.shown, kind) }
}

/// Whether the declared version does not honour what changed.
fn falls_short(package: &PackageReport) -> bool {
    let verdict = package.version.verdict;
    matches!(verdict, VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion)
}
