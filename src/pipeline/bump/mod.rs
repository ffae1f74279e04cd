//! From a check to the versions that pass it, in the files: planned on texts that nobody has saved, judged, then written.

mod aims;
mod tell;
mod texts;
mod write;

use super::gate::Policy;
use super::thread::with_stack;
use super::{Check, Counting, Options, Shared, check, taken};
use crate::error::{Error, ErrorKind};
use crate::report::{self, BumpReport, BumpStatus, PackageReport, PackageStatus, Report, Status};
use crate::revision::{self, Contents, Environment, Target};
use crate::verdict::Level;
use crate::version::{NoNext, Step, edit};
use aims::{Judged, Key, is_it};
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use texts::{Aim, Texts};

/// What is raised, and how.
#[derive(Clone, Debug, Default)]
pub struct Bump {
    /// What the working tree is compared with; as in [`Check::against`].
    pub against: Option<String>,
    /// The same of packages that have another one, by name.
    pub bases: BTreeMap<String, String>,
    /// Which kind of version comes next.
    pub step: Step,
    /// The highest level that may change at all.
    pub allow: Option<Level>,
    /// What `check` asks of packages by name, where it is something else.
    pub packages: BTreeMap<String, Policy>,
    /// What `check` counts otherwise than it is reported.
    pub counting: Counting,
    /// Whether the files are written.
    pub write: bool,
    /// Whether they are written although there are changes that nobody committed.
    pub allow_dirty: bool,
    /// What the process knows of the pull request or release that it runs for.
    pub environment: Environment,
}

/// Gives every package of the working tree the version that [`check`] asks for, and those that depend on it what they
/// need then. With [`Options::packages`], only those, and whom they move: who refers to one that moves follows, and where
/// anything changed in that one, it gets its version, too.
///
/// Nothing is written unless it is asked for, and then only what passes the same check.
pub fn bump(bump: &Bump, options: &Options) -> BumpReport {
    let bumping = Bumping { bump, options, shared: Shared::default() };
    let report = with_stack(|| bumping.run());
    report.unwrap_or_else(|error| failed(BumpStatus::Undetermined, &error))
}

struct Bumping<'a> {
    bump: &'a Bump,
    options: &'a Options,
    shared: Shared,
}

/// The texts of files that differ from what is on the disk.
type Edited = BTreeMap<PathBuf, String>;

/// What every package is to declare, and the report on just that.
struct Plan {
    aims: Vec<Aim>,
    judged: BTreeMap<Key, Judged>,
    taken: BTreeMap<Key, BTreeSet<Version>>,
    edited: Edited,
    report: Report,
}

impl Bumping<'_> {
    fn run(&self) -> BumpReport {
        match self.try_run() {
            Ok(report) => report,
            Err(stopped) => *stopped,
        }
    }

    fn try_run(&self) -> Result<BumpReport, Box<BumpReport>> {
        let revision = &self.options.revision;
        let unreadable = |error: Error| {
            let nothing = error.kind == ErrorKind::Empty;
            Box::new(failed(if nothing { BumpStatus::Nothing } else { BumpStatus::Undetermined }, &error))
        };
        let top = revision::top(revision).map_err(unreadable)?;
        if self.bump.write && !self.bump.allow_dirty {
            let dirty = revision::dirty(revision, true).map_err(unreadable)?;
            if !dirty.is_empty() {
                return Err(Box::new(failed(BumpStatus::Refused, &report::dirty(&dirty))));
            }
        }
        let target = revision::working_tree(revision).map_err(unreadable)?;
        let catalog = self.shared.open(&target, self.options).map_err(unreadable)?;
        let mut texts = Texts::new(catalog, &top);
        let plan = self.plan(&mut texts, &target)?;
        let edited = self.with_gates(&texts, &plan);
        let names = self.concerned(&plan);
        let check = self.check(&edited, false, &names);
        let mut report = tell::tell(&plan, &texts, &edited, &names, &self.bump.step);
        if !passes(&check) {
            return Err(Box::new(unfit(report, check)));
        }
        if edited.is_empty() {
            report.status = BumpStatus::Sufficient;
        } else if self.bump.write {
            report.status = BumpStatus::Written;
            let judge = || Some(self.check(&Edited::new(), false, &names)).filter(|check| !passes(check));
            match write::write(&texts, &edited, &top, judge) {
                Ok(None) => {}
                Ok(Some(check)) => return Err(Box::new(unfit(report, check))),
                Err(error) => return Err(Box::new(BumpReport { errors: vec![written(&error)], ..refused(report) })),
            }
        }
        Ok(report)
    }

    /// The versions that are needed; each one that leaves its track may ask others for more.
    fn plan(&self, texts: &mut Texts, target: &Target) -> Result<Plan, Box<BumpReport>> {
        let mut current = aims::beginnings(texts);
        let mut judged = BTreeMap::new();
        let mut taken: Option<BTreeMap<Key, BTreeSet<Version>>> = None;
        let mut aims = begin(&current);
        // Each round moves at least one package for good.
        for _ in 0..=current.len() + 1 {
            let edited = texts.edited(&aims, &BTreeMap::new());
            let report = self.check(&edited, self.bump.step != Step::Sufficient, &[]);
            if !self.is_judged(&report) {
                return Err(Box::new(unfit(BumpReport::new(BumpStatus::Undetermined), report)));
            }
            aims::judge(&report, &current, &mut judged);
            let taken = taken.get_or_insert_with(|| {
                self.remember_base(&report, texts);
                self.taken(texts, target, &judged)
            });
            let next = aims::aims(&judged, taken, &self.bump.step, &self.options.packages, texts);
            let next = next.map_err(|refused| Box::new(impossible(&refused.0, &refused.1)))?;
            if next == aims {
                let taken = std::mem::take(taken);
                return Ok(Plan { aims, judged, taken, edited, report });
            }
            current = next.iter().map(|aim| ((aim.name.clone(), aim.declared.clone()), aim.next.clone())).collect();
            aims = next;
        }
        Err(Box::new(failed(BumpStatus::Refused, &report::endless())))
    }

    /// What `check` would say if the texts were saved.
    fn check(&self, edited: &Edited, as_release: bool, names: &[String]) -> Report {
        let unsaved = edited.iter().map(|(path, text)| (path.clone(), Contents::from(text.clone().into_bytes())));
        let revision = revision::Options { unsaved: Arc::new(unsaved.collect()), ..self.options.revision.clone() };
        let question = Check {
            against: self.bump.against.clone(),
            bases: self.bump.bases.clone(),
            policy: Policy { allow: self.bump.allow, ..Policy::default() },
            packages: self.bump.packages.clone(),
            counting: self.bump.counting.clone(),
            as_release,
            skips_drafts: as_release,
            environment: self.bump.environment.clone(),
            ..Check::default()
        };
        check(&question, &Options { revision, packages: names.to_vec(), ..self.options.clone() })
    }

    /// Whether all that is asked for could be judged.
    fn is_judged(&self, report: &Report) -> bool {
        let names = &self.options.packages;
        let is_asked_for = |package: &&PackageReport| names.is_empty() || names.contains(&package.name);
        let is_undetermined = |package: &PackageReport| package.status == PackageStatus::Undetermined;
        // Where not even the names are known, one package stands for all.
        let is_known = report.packages.iter().all(|package| package.name != report::UNKNOWN);
        match names.is_empty() || !is_known {
            true => report.status == Status::Complete,
            false => !report.packages.iter().filter(is_asked_for).any(is_undetermined),
        }
    }

    /// What packages were in what they are compared with.
    fn remember_base(&self, report: &Report, texts: &mut Texts) {
        let bases = report.packages.iter().filter_map(|package| package.base.as_ref());
        let commits: BTreeSet<&String> = bases.chain([&report.old]).filter_map(|input| input.commit.as_ref()).collect();
        for commit in commits {
            if let Ok(catalog) = self.shared.open(&Target::typed(&format!("git:{commit}")), self.options) {
                texts.remember(&catalog);
            }
        }
    }

    /// The versions of each package that somebody released with other contents.
    fn taken(
        &self,
        texts: &Texts,
        target: &Target,
        judged: &BTreeMap<Key, Judged>,
    ) -> BTreeMap<Key, BTreeSet<Version>> {
        let catalog = texts.catalog();
        let places: BTreeMap<&revision::Identity, &revision::Found> =
            catalog.packages.iter().filter_map(|found| Some((found.identity()?, found))).collect();
        let found = |(name, declared): &Key| {
            let identity = revision::Identity { name: name.clone(), version: Some(declared.clone()) };
            places.get(&identity).copied()
        };
        let known: Vec<(&Key, taken::Wanted<'_>)> = (judged.iter())
            .filter_map(|(key, judged)| {
                Some((key, taken::Wanted { name: &key.0, old: judged.old.as_ref(), found: found(key)? }))
            })
            .collect();
        let (keys, wanted): (Vec<&Key>, Vec<_>) = known.into_iter().unzip();
        let mut taken = taken::versions(&wanted, target, self.options, &self.shared);
        // What stands beside it in the same repository is another version of it, too.
        for ((name, declared), taken) in keys.iter().copied().zip(&mut taken) {
            let others = judged.keys().filter(|(other, version)| other == name && version != declared);
            taken.extend(others.map(|(_, version)| version.clone()));
        }
        keys.into_iter().cloned().zip(taken).collect()
    }

    /// The texts of a plan, with the gates that new items lack.
    fn with_gates(&self, texts: &Texts, plan: &Plan) -> Edited {
        let mut gates: BTreeMap<PathBuf, Vec<edit::Edit>> = BTreeMap::new();
        for aim in plan.aims.iter().filter(|aim| aim.corrects_gates) {
            let package = plan.report.packages.iter().find(|package| is_it(package, &aim.name, &aim.next));
            let omitted = package.into_iter().flat_map(|package| &package.changes);
            let omitted = omitted.filter(|change| matches!(change.rule.as_str(), "since-omitted" | "since-misdated"));
            let mut sharing: BTreeMap<(&PathBuf, usize), (edit::Edit, usize, usize)> = BTreeMap::new();
            for place in omitted.filter_map(|change| change.new.as_ref()) {
                let Some(path) = texts.place(&place.file) else { continue };
                let text = plan.edited.get(path).or(texts.original(path).map(|text| &text.text));
                let found = text.and_then(|text| {
                    let all = edit::sharers(text, place.line, place.column)?;
                    Some((edit::add_since(text, place.line, place.column, &aim.next)?, all))
                });
                if let Some((edit, all)) = found {
                    sharing.entry((path, edit.start)).or_insert((edit, all, 0)).2 += 1;
                }
            }
            // The gate of a `use` is that of all its names: one that was there before would get another date.
            for ((path, _), (edit, all, new)) in sharing {
                gates.entry(path.clone()).or_default().extend((new >= all).then_some(edit));
            }
        }
        texts.edited(&plan.aims, &gates)
    }

    /// The packages that the check at the end is about; none means all.
    fn concerned(&self, plan: &Plan) -> Vec<String> {
        if self.options.packages.is_empty() {
            return Vec::new();
        }
        let moved = plan.aims.iter().filter(|aim| aim.next != aim.declared).map(|aim| &aim.name);
        self.options.packages.iter().chain(moved).cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn begin(current: &BTreeMap<Key, Version>) -> Vec<Aim> {
    let aim = |((name, declared), next): (&Key, &Version)| {
        let (name, declared, next) = (name.clone(), declared.clone(), next.clone());
        Aim { name, declared, next, released: None, corrects_gates: false }
    };
    current.iter().map(aim).collect()
}

fn passes(check: &Report) -> bool {
    check.check.as_ref().is_some_and(|outcome| outcome.passed)
}

/// The report when `check` does not pass, or cannot judge.
fn unfit(report: BumpReport, check: Report) -> BumpReport {
    let status = match check.status {
        _ if check.nothing_compared => BumpStatus::Nothing,
        Status::Undetermined => BumpStatus::Undetermined,
        Status::Complete => BumpStatus::Failed,
    };
    BumpReport { status, check: Some(Box::new(check)), ..report }
}

fn refused(report: BumpReport) -> BumpReport {
    BumpReport { status: BumpStatus::Refused, ..report }
}

fn failed(status: BumpStatus, error: &Error) -> BumpReport {
    BumpReport { errors: vec![written(error)], ..BumpReport::new(status) }
}

fn impossible((name, declared): &Key, why: &NoNext) -> BumpReport {
    failed(BumpStatus::Refused, &report::no_next(name, declared, why))
}

fn written(error: &Error) -> report::ErrorReport {
    report::error_report("new", error)
}
