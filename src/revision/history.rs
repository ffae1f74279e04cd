//! The revisions of a history, one after the other: its release tags, or its commits.

use std::collections::HashSet;

use git2::{Oid, Repository};
use jiff::Timestamp;

use super::ancestry::{Ancestry, ancestry, first_parents};
use super::digest::{Digests, TreeDigest};
use super::lineage::{self, Bits};
use super::merge_base::{Tip, merge_base};
use super::range;
use super::sides::{SidesError, missing_new, missing_old};
use super::spec::{self, Reading};
use super::tags::{self, ReleaseTag};
use super::{Options, Target, incomplete, repository};
use crate::error::{Error, ErrorKind};
use crate::version::track;

/// What the revisions of a history are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// Its release tags.
    Tags,
    /// Its commits along first parents: what was merged counts as one.
    Commits,
}

/// A history.
#[derive(Clone, Debug)]
pub struct History {
    /// Its newest commit.
    pub tip: Target,
    /// What the first revision is compared with, where the range names it.
    pub base: Option<Step>,
    /// What the revisions are.
    pub by: Steps,
    /// The revisions, oldest first: none is in the history of one before it.
    pub steps: Vec<Step>,
    /// Where a shallow clone cuts it off.
    pub cut: Option<Cut>,
    /// The newest release tag, where the tip holds other WIT than every tag.
    pub untagged: Option<String>,
}

/// A revision of a history.
#[derive(Clone, Debug)]
pub struct Step {
    /// The commit, called by its tag or by the first digits of its id.
    pub target: Target,
    /// The tag, where the revisions are tags.
    pub tag: Option<ReleaseTag>,
    /// The day of the commit, in UTC, as in `2026-02-09`.
    pub date: String,
    /// The first line of the commit's message.
    pub subject: String,
    /// What it holds of WIT; `None` where parts of its tree are not here.
    pub digest: Option<TreeDigest>,
    /// Those in its own history, where the revisions are tags.
    history: Bits,
}

/// The end of a history that goes on elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The first digits of the commit whose parents are missing.
    pub commit: String,
    /// How to get them.
    pub hint: String,
}

/// What comes before a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing: history begins with it.
    Nothing,
    /// Something that a shallow clone left out.
    Unknown,
    /// The base of the range.
    Base,
    /// That revision.
    Step(usize),
}

impl History {
    /// What comes before the revision numbered `step`, where only revisions count that `counts` lets pass.
    ///
    /// Of several tags that were merged, it is the newest one on the same track, and else the highest.
    pub fn before(&self, step: usize, counts: impl Fn(&Step) -> bool) -> Before {
        let begin = if self.base.is_some() {
            Before::Base
        } else if self.cut.is_some() {
            Before::Unknown
        } else {
            Before::Nothing
        };
        let Some(here) = self.steps.get(step) else { return begin };
        let Some(tag) = &here.tag else { return step.checked_sub(1).map_or(begin, Before::Step) };
        let earlier = || self.steps.iter().enumerate().take(step).filter(|(at, _)| here.history.contains(*at));
        let earlier: Vec<(usize, &Step)> = earlier().filter(|(_, other)| counts(other)).collect();
        let is_last = |at: usize| !earlier.iter().any(|(_, other)| other.history.contains(at));
        let version = |step: &Step| step.tag.as_ref().map(|tag| tag.version.clone());
        let own = track::of(&Some(tag.version.clone()));
        let newest = earlier.iter().filter(|(at, _)| is_last(*at)).max_by_key(|(at, other)| {
            let version = version(other);
            (version.as_ref() < Some(&tag.version) && track::of(&version) == own, version, *at)
        });
        newest.map_or(begin, |(at, _)| Before::Step(*at))
    }
}

/// The history that `range` names: `A..B` begins after `A`, `A...B` after the merge base of both, and `A` at the first
/// commit of all. Without a `B`, and without a range, it ends at `HEAD`.
///
/// Without `by`, it is the release tags where there are any.
///
/// # Errors
/// `Usage` for what is no range, and `Missing` for an end that is not there, and for a history that cannot be followed.
pub fn history(range: Option<&str>, by: Option<Steps>, options: &Options) -> Result<History, SidesError> {
    let repository = &repository::open(options).map_err(missing_new)?;
    let ends = ends(repository, range.unwrap_or("HEAD"), options)?;
    let boundary = &incomplete::boundary(repository);
    let lost = |error: git2::Error| {
        let message = format!("cannot follow the history of `{}`: {}", ends.called, error.message());
        missing_new(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options)))
    };
    let commits = |ancestry: &Ancestry| ancestry.commits.iter().map(|(id, _)| *id).collect::<HashSet<_>>();
    let hidden = match &ends.base {
        Some((base, _)) => commits(&ancestry(repository, *base, &HashSet::new(), boundary).map_err(lost)?),
        None => HashSet::new(),
    };
    let mut reader = Reader { repository, digests: Digests::new(repository) };
    let tags = match by {
        Some(Steps::Commits) => None,
        Some(Steps::Tags) | None => {
            let ancestry = ancestry(repository, ends.tip, &hidden, boundary).map_err(lost)?;
            let tags = tags::all(repository, None, options).map_err(missing_new)?;
            let tags = lineage::in_order(tags, &ancestry);
            if tags.is_empty() && by.is_none() { None } else { Some((tags, ancestry.cut)) }
        }
    };
    let (by, steps, base, cut) = match tags {
        Some((tags, cut)) => {
            let step = |(tag, history): (ReleaseTag, Bits)| {
                let step = reader.step(Oid::from_str(&tag.commit)?, Some(&tag.name))?;
                Ok(Step { tag: Some(tag), history, ..step })
            };
            let steps = tags.into_iter().map(step).collect::<Result<Vec<_>, _>>().map_err(lost)?;
            (Steps::Tags, steps, ends.base.clone(), cut)
        }
        None => {
            let branch = first_parents(repository, ends.tip, &hidden, boundary).map_err(lost)?;
            let steps = branch.commits.iter().map(|id| reader.step(*id, None)).collect::<Result<Vec<_>, _>>();
            // A base that was merged meanwhile is not the one before the first commit.
            let typed = ends.base.clone().filter(|(base, _)| branch.base == Some(*base) || branch.commits.is_empty());
            let base = typed.or(branch.base.map(|id| (id, None)));
            (Steps::Commits, steps.map_err(lost)?, base, branch.cut)
        }
    };
    let base = base.map(|(id, called)| reader.step(id, called.as_deref())).transpose().map_err(lost)?;
    let cut = cut.map(|id| Cut { commit: reader.short(id), hint: incomplete::history(repository, options) });
    let last = reader.step(ends.tip, None).map_err(lost)?;
    let untagged = match (by, steps.last()) {
        (Steps::Tags, Some(newest)) => {
            steps.iter().all(|step| step.digest != last.digest).then(|| newest.target.shown.clone())
        }
        (Steps::Tags | Steps::Commits, _) => None,
    };
    let tip = Target { shown: ends.called.clone(), ..last.target };
    Ok(History { tip, base, by, steps, cut, untagged })
}

/// The ends of a range.
struct Ends {
    tip: Oid,
    /// What messages call the tip.
    called: String,
    /// What is left out with its history, and what messages call it.
    base: Option<(Oid, Option<String>)>,
}

fn ends(repository: &Repository, range: &str, options: &Options) -> Result<Ends, SidesError> {
    let text = range.strip_prefix("git:").unwrap_or(range);
    let commit = |rev: &str| repository::commit(repository, bare(rev)?, options);
    let tip = |rev: &str| {
        let called = if rev.is_empty() { "HEAD" } else { rev };
        commit(called).map(|id| (id, called.to_owned())).map_err(|error| missing_new(advised(error, rev, options)))
    };
    let Some(range) = range::split(text).map_err(SidesError::Usage)? else {
        bare(text).map_err(missing_new)?;
        let (tip, called) = tip(text)?;
        return Ok(Ends { tip, called, base: None });
    };
    let called = if range.old.is_empty() { "HEAD" } else { range.old };
    let old = commit(called).map_err(missing_old)?;
    let (tip, new_called) = tip(range.new)?;
    let base = if range.from_merge_base {
        let sides = [(old, called), (tip, new_called.as_str())];
        let [one, two] = sides.map(|(id, called)| Tip { id, called: called.to_owned() });
        (merge_base(repository, &one, &two, options).map_err(missing_old)?.id, None)
    } else {
        (old, Some(called.to_owned()))
    };
    Ok(Ends { tip, called: new_called, base: Some(base) })
}

/// A revision without a path: history has none, as packages move.
fn bare(rev: &str) -> Result<&str, Error> {
    match spec::revision(rev)? {
        Reading::Revision { rev, path: "" } if rev != spec::INDEX => Ok(rev),
        _ => Err(Error::new(ErrorKind::Unreadable, format!("`{rev}` names a path, and a history has none"))
            .hint("leave the path out: packages are followed wherever they lie, and `--package NAME` chooses one")),
    }
}

fn advised(error: Error, rev: &str, options: &Options) -> Error {
    if error.hint.is_some() && !spec::exists(rev, options) || rev.is_empty() {
        return error;
    }
    error.hint("a history is that of a revision: `--package NAME` chooses the package, wherever it lies")
}

struct Reader<'r> {
    repository: &'r Repository,
    digests: Digests<'r>,
}

/// So many characters of a subject are kept: whoever writes more has forgotten the empty line below it.
const SUBJECT: usize = 300;

impl Reader<'_> {
    /// A commit, called by a name or by its id.
    fn step(&mut self, id: Oid, called: Option<&str>) -> Result<Step, git2::Error> {
        let commit = self.repository.find_commit(id)?;
        let subject = String::from_utf8_lossy(commit.summary_bytes().unwrap_or_default());
        let date = Timestamp::from_second(commit.time().seconds());
        let target = Target {
            input: format!("git:{id}"),
            shown: called.map_or_else(|| self.short(id), str::to_owned),
            how: None,
            commit: Some(id.to_string()),
        };
        Ok(Step {
            target,
            tag: None,
            date: date.map_or_else(|_| "unknown".to_owned(), |date| date.strftime("%F").to_string()),
            subject: subject.chars().take(SUBJECT).collect(),
            digest: self.digests.of(commit.tree_id()),
            history: Bits::default(),
        })
    }

    fn short(&self, id: Oid) -> String {
        const DIGITS: usize = 7;
        let short = self.repository.find_object(id, None).and_then(|object| object.short_id());
        let short = short.ok().and_then(|short| short.as_str().ok().map(str::to_owned));
        short.unwrap_or_else(|| id.to_string().chars().take(DIGITS).collect())
    }
}
