//! What a working tree, a branch or a release is to be compared with.

use git2::{Oid, Repository};

use super::environment::{Environment, PullRequest};
use super::locate;
use super::merge_base::{Tip, merge_base};
use super::tags::{self, ReleaseTag};
use super::target::Target;
use super::{Options, incomplete, repository, spec};
use crate::error::{Error, ErrorKind};

/// The old side of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// One old side for every package.
    One(Target),
    /// Release tags, of which each package picks its own.
    Tags {
        /// Those in the history of the new side, highest version first; never none.
        tags: Vec<ReleaseTag>,
        /// Whether all on a package's track count, and not only the newest one.
        every: bool,
        /// How they were found, as the end of a sentence.
        how: String,
    },
}

/// Finds the old side for `new`.
///
/// `against` is a path, a revision or `REV:PATH`, `merge-base:REF`, `tag` or `tag:PATTERN` for the newest release, and
/// `track` or `track:PATTERN` for every release of the track. `git:tag` is a revision that is called `tag`.
///
/// Without it, the old side is the merge base with what the pull request is for, if `environment` tells of one; else
/// the newest release tag; else the merge base with the default branch. A release is judged against the one before it:
/// where `new` is a commit, or `environment` says that a tag is released, tags of that very commit do not count.
///
/// # Errors
/// `Unreadable` where nothing fits, and where a shallow clone does not tell what fits.
pub fn baseline(
    against: Option<&str>,
    new: &Target,
    environment: &Environment,
    options: &Options,
) -> Result<Baseline, Error> {
    let Some(against) = against else { return default(new, environment, options) };
    if against.starts_with("path:") || against == "-" || spec::exists(against, options) {
        return Ok(Baseline::One(Target::typed(against)));
    }
    if let Some(other) = against.strip_prefix("merge-base:") {
        let repository = repository::open(options)?;
        let (rev, path) = revision(other)?;
        let other = Tip { id: repository::commit(&repository, rev, options)?, called: rev.to_owned() };
        return parted(&repository, new, &other, path, "", options).map(Baseline::One);
    }
    let (word, pattern) = against.split_once(':').map_or((against, None), |(word, rest)| (word, Some(rest)));
    let pattern = pattern.filter(|pattern| !pattern.is_empty());
    match word {
        "tag" | "track" => {
            let repository = repository::open(options)?;
            let every = word == "track";
            let found = releases(&repository, new, pattern, every, environment, options)?;
            found.ok_or_else(|| no_release(&repository, new, pattern, options))
        }
        _ => locate::named(against, options).map(Baseline::One),
    }
}

fn default(new: &Target, environment: &Environment, options: &Options) -> Result<Baseline, Error> {
    let repository = repository::open(options)?;
    if let Some(request) = environment.pull_request(options.max_file_bytes) {
        return pull_request(&repository, new, &request, options).map(Baseline::One);
    }
    if let Some(found) = releases(&repository, new, None, false, environment, options)? {
        return Ok(found);
    }
    let Some(DefaultBranch { reference, called, what }) = default_branch(&repository, environment, options)? else {
        let message = "nothing says what to compare with: there is no release tag, and none of the branches \
                       `origin/HEAD`, `origin/main`, `origin/master`, `main` and `master`";
        let git = incomplete::git(options);
        return Err(Error::new(ErrorKind::Unreadable, message)
            .hint(format!("`--against REV` names it, and `{git} fetch --tags` brings the tags that the remote has")));
    };
    let branch = Tip { id: repository::commit(&repository, &reference, options)?, called };
    let base = parted(&repository, new, &branch, "", &what, options)?;
    let pushed = environment.pushed_to(options.max_file_bytes).filter(|_| is_itself(new, &base, options));
    match pushed {
        Some((before, service)) => before_push(&repository, &before, service, options).map(Baseline::One),
        None => Ok(Baseline::One(base)),
    }
}

struct DefaultBranch {
    /// Its full name.
    reference: String,
    called: String,
    /// How it came to be the one, as the end of a sentence.
    what: String,
}

/// The default branch: as git knows it, as the service names it, or one that is usually called so.
fn default_branch(
    repository: &Repository,
    environment: &Environment,
    options: &Options,
) -> Result<Option<DefaultBranch>, Error> {
    // It may lead to a branch that was never fetched.
    let find = |full: &str| repository.find_reference(full).ok()?.resolve().ok();
    let found = |full: &str, what: &str| {
        let reference = find(full)?;
        Some(DefaultBranch {
            reference: reference.name().map_or_else(|_| full.to_owned(), str::to_owned),
            called: reference.shorthand().map_or_else(|_| full.to_owned(), str::to_owned),
            what: what.to_owned(),
        })
    };
    if let Some(branch) = found("refs/remotes/origin/HEAD", ", the default branch") {
        return Ok(Some(branch));
    }
    if let Some((name, service)) = environment.default_branch() {
        let what = format!(", the default branch that {service} names");
        let places = [format!("refs/remotes/origin/{name}"), format!("refs/heads/{name}")];
        let branch = places.iter().find_map(|full| found(full, &what)).ok_or_else(|| {
            let message = format!("the default branch `{name}` that {service} names is not in this clone");
            let hint = format!("{} fetches it", incomplete::branch(repository, name, options));
            Error::new(ErrorKind::Unreadable, message).hint(hint)
        });
        return branch.map(Some);
    }
    let usual = ["remotes/origin/main", "remotes/origin/master", "heads/main", "heads/master"];
    Ok(usual.iter().find_map(|name| found(&format!("refs/{name}"), ", taken for the default branch")))
}

/// Whether the old side is the very commit that is checked, or that the working tree is of: then only what is not
/// committed can differ.
pub fn is_itself(new: &Target, old: &Target, options: &Options) -> bool {
    let tip = || repository::open(options).and_then(|repository| tags::tip(&repository, new, options));
    old.commit.is_some() && tip().is_ok_and(|tip| old.commit == Some(tip.to_string()))
}

/// What a branch was before a push.
fn before_push(repository: &Repository, before: &str, service: &str, options: &Options) -> Result<Target, Error> {
    let id = known(repository, before).ok_or_else(|| {
        let message = format!("the commit {before} that was pushed to is not in this clone");
        Error::new(ErrorKind::Unreadable, message).hint(incomplete::commit(repository, before, options))
    })?;
    let target = locate::of_revision(repository, &id.to_string(), before, "", options)?;
    Ok(Target { how: Some(format!("what the branch was before the push that {service} runs for")), ..target })
}

/// The merge base with what the pull request is for.
fn pull_request(
    repository: &Repository,
    new: &Target,
    request: &PullRequest,
    options: &Options,
) -> Result<Target, Error> {
    let PullRequest { base, named, service } = request;
    let (base, called) = match (&base.branch, &base.commit) {
        (Some(branch), commit) if !base.is_exact => {
            let fail = || {
                let message = format!("the branch `{branch}` that {named} is for is not in this clone");
                Error::new(ErrorKind::Unreadable, message)
                    .hint(format!("{} fetches it", incomplete::branch(repository, branch, options)))
            };
            let found = [format!("refs/remotes/origin/{branch}"), format!("refs/heads/{branch}")];
            let found = found.into_iter().find(|name| repository.find_reference(name).is_ok());
            match (found, commit) {
                (Some(name), _) => {
                    let called = name.splitn(3, '/').last().unwrap_or(branch).to_owned();
                    (repository::commit(repository, &name, options)?, called)
                }
                (None, Some(commit)) => (known(repository, commit).ok_or_else(fail)?, commit.clone()),
                (None, None) => return Err(fail()),
            }
        }
        (_, Some(commit)) => {
            let id = known(repository, commit).ok_or_else(|| {
                let message = format!("the commit {commit} that {named} is for is not in this clone");
                Error::new(ErrorKind::Unreadable, message).hint(incomplete::commit(repository, commit, options))
            })?;
            (id, commit.clone())
        }
        (_, None) => {
            let message = format!("{service} does not say what {named} is for: its event file cannot be read");
            return Err(Error::new(ErrorKind::Unreadable, message).hint("`--against REV` says it"));
        }
    };
    let other = Tip { id: base, called };
    parted(repository, new, &other, "", &format!(", the base of {named} that {service} runs for"), options)
}

/// A commit that an environment names by its id.
fn known(repository: &Repository, id: &str) -> Option<Oid> {
    let id = Oid::from_str(id).ok().filter(|_| id.len() == 40)?;
    repository.find_commit(id).ok().map(|commit| commit.id())
}

/// `path` at the merge base of `other` and the new side.
fn parted(
    repository: &Repository,
    new: &Target,
    other: &Tip,
    path: &str,
    because: &str,
    options: &Options,
) -> Result<Target, Error> {
    let tip = Tip { id: tags::tip(repository, new, options)?, called: called(new) };
    let base = merge_base(repository, other, &tip, options)?;
    let shown = format!("{}...{}", other.called, tip.called);
    let mut how = base.says(&format!("the merge base with `{}`{because}", other.called));
    if base.id == tip.id {
        how.push_str(", which is the commit itself");
    }
    let target = locate::of_revision(repository, &base.id.to_string(), &shown, path, options)?;
    Ok(Target { how: Some(how), ..target })
}

/// The release tags in the history of the new side, if there are any.
fn releases(
    repository: &Repository,
    new: &Target,
    pattern: Option<&str>,
    every: bool,
    environment: &Environment,
    options: &Options,
) -> Result<Option<Baseline>, Error> {
    let tip = tags::tip(repository, new, options)?;
    let tags::Reached { mut tags, is_cut } = tags::reachable(repository, tip, pattern, every, options)?;
    if every && is_cut {
        let message = "the releases of the track cannot be told in this shallow clone: its history is cut off";
        return Err(Error::new(ErrorKind::Unreadable, message).hint(incomplete::history(repository, options)));
    }
    let is_released = new.commit.is_some() || environment.is_release();
    let (before, tip) = (tags.len(), tip.to_string());
    if is_released {
        tags.retain(|tag| tag.commit != tip);
    }
    if tags.is_empty() {
        return Ok(None);
    }
    let history = if tags.len() < before { "before" } else { "in the history of" };
    let itself = tags.first().filter(|tag| !every && tag.commit == tip);
    let itself = itself.map(|tag| format!(", which is {} itself", tag.name)).unwrap_or_default();
    let which = if every { "every release tag" } else { "the newest release tag" };
    let such = pattern.map(|pattern| format!(" that `{pattern}` matches")).unwrap_or_default();
    Ok(Some(Baseline::Tags { tags, every, how: format!("{which}{such} {history} `{}`{itself}", called(new)) }))
}

fn no_release(repository: &Repository, new: &Target, pattern: Option<&str>, options: &Options) -> Error {
    let message = match pattern {
        Some(pattern) => {
            format!("no tag that `{pattern}` matches and that ends in a version is in the history of `{}`", called(new))
        }
        None => format!(
            "no release tag is in the history of `{}`: that is `v1.2.3`, `1.2.3`, `NAME-v1.2.3` or `NAME/v1.2.3`",
            called(new)
        ),
    };
    let remote = incomplete::remote(repository).map(|remote| format!(" {}", incomplete::quoted(&remote)));
    Error::new(ErrorKind::Unreadable, message).hint(format!(
        "`{} fetch --tags{}` brings the tags that the remote has; `--against REV` names another old side, and `git:tag` \
         a revision that is called `tag`",
        incomplete::git(options),
        remote.unwrap_or_default()
    ))
}

/// What messages call the commit that the new side stands on.
fn called(new: &Target) -> String {
    if new.commit.is_some() { new.shown.clone() } else { "HEAD".to_owned() }
}

/// The revision and the path in `merge-base:REV:PATH`.
fn revision(text: &str) -> Result<(&str, &str), Error> {
    match spec::revision(text)? {
        spec::Reading::Revision { rev, path } if rev != spec::INDEX => Ok((rev, path)),
        _ => Err(Error::new(ErrorKind::Unreadable, "the index has no merge base with anything")),
    }
}
