//! One input that names two sides: a range, or one revision and what is here.

use git2::Repository;

use super::locate;
use super::merge_base::{Tip, merge_base};
use super::sides::{SidesError, missing_new, missing_old, usage};
use super::spec::{self, Reading};
use super::target::Target;
use super::{Options, repository};
use crate::error::{Error, ErrorKind};

/// The sides that `input` names; with `staged`, the new one is the index.
pub(super) fn one(input: &str, staged: bool, options: &Options) -> Result<(Target, Target), SidesError> {
    if input == "-" {
        return usage("`-` is one side of a comparison: name the other one, too");
    }
    let forced = input.strip_prefix("git:");
    let is_path = input.starts_with("path:") || ["/", "./", "../"].iter().any(|begin| input.starts_with(begin));
    if forced.is_none() && (is_path || spec::exists(input, options)) {
        let path = input.strip_prefix("path:").unwrap_or(input);
        return usage(&format!(
            "`{path}` is a path, and nothing says what to compare it with: `compare OLD {path}` names an old side, \
             and `check {path}` finds one"
        ));
    }
    match split(forced.unwrap_or(input)) {
        Err(message) => usage(&message),
        Ok(Some(_)) if staged => usage("`--staged` is the new side, and a range names one already"),
        Ok(Some(range)) => range.sides(options),
        Ok(None) => beside(input, staged, options),
    }
}

/// The last commit and the index.
pub(super) fn last_commit(options: &Options) -> Result<(Target, Target), SidesError> {
    // There may be a file of that name.
    let (old, new) = beside("git:HEAD", true, options)?;
    Ok((Target { shown: "HEAD".to_owned(), ..old }, new))
}

/// A revision, and what is here.
fn beside(input: &str, staged: bool, options: &Options) -> Result<(Target, Target), SidesError> {
    let path = match spec::read(input, options).map_err(missing_old)? {
        Reading::Revision { path, .. } => path.to_owned(),
        Reading::Neither(error) => return Err(missing_old(error)),
        Reading::Standard | Reading::Path(_) => String::new(),
    };
    let old = locate::named(input, options).map_err(missing_old)?;
    let here = if staged { locate::in_index } else { locate::in_working_tree };
    let new = repository::open(options).and_then(|repository| here(&repository, &path, options));
    Ok((old, new.map_err(missing_new)?))
}

/// `A..B` or `A...B`.
pub(super) struct Range<'a> {
    pub old: &'a str,
    pub new: &'a str,
    /// Three dots.
    pub from_merge_base: bool,
}

impl Range<'_> {
    fn sides(&self, options: &Options) -> Result<(Target, Target), SidesError> {
        let repository = repository::open(options).map_err(missing_old)?;
        let (old_rev, old_path) = revision(self.old).map_err(missing_old)?;
        let (new_rev, new_path) = revision(self.new).map_err(missing_new)?;
        let (old_rev, old_path) = if self.old.is_empty() { ("HEAD", new_path) } else { (old_rev, old_path) };
        let new = || match self.new {
            "" => locate::in_working_tree(&repository, old_path, options),
            _ => locate::of_revision(&repository, new_rev, new_rev, new_path, options),
        };
        let old = || match self.from_merge_base {
            false => locate::of_revision(&repository, old_rev, old_rev, old_path, options),
            true => self.merge_base(&repository, old_rev, old_path, new_rev, options),
        };
        // What is typed before what is chosen for it, and what cannot be told last.
        if self.from_merge_base && !self.new.is_empty() {
            repository::resolve(&repository, new_rev, options).map_err(missing_new)?;
        }
        if self.old.is_empty() {
            let new = new().map_err(missing_new)?;
            return Ok((old().map_err(missing_old)?, new));
        }
        Ok((old().map_err(missing_old)?, new().map_err(missing_new)?))
    }

    fn merge_base(
        &self,
        repository: &Repository,
        old_rev: &str,
        old_path: &str,
        new_rev: &str,
        options: &Options,
    ) -> Result<Target, Error> {
        let new_rev = if self.new.is_empty() { "HEAD" } else { new_rev };
        let tip = |rev: &str| match rev {
            spec::INDEX => Err(Error::new(ErrorKind::Unreadable, "the index has no merge base with anything")
                .hint("`A..` compares with the working tree, and `--staged` with the index")),
            rev => Ok(Tip { id: repository::commit(repository, rev, options)?, called: rev.to_owned() }),
        };
        let base = merge_base(repository, &tip(old_rev)?, &tip(new_rev)?, options)?;
        let called = format!("{old_rev}...{new_rev}");
        let how = base.says(&format!("the merge base of `{old_rev}` and `{new_rev}`"));
        let target = locate::of_revision(repository, &base.id.to_string(), &called, old_path, options)?;
        Ok(Target { how: Some(how), ..target })
    }
}

/// The revision and the path that one end of a range names.
fn revision(end: &str) -> Result<(&str, &str), Error> {
    if end.is_empty() {
        return Ok(("", ""));
    }
    match spec::revision(end)? {
        Reading::Revision { rev, path } => Ok((rev, path)),
        _ => Ok((end, "")),
    }
}

/// Takes a range apart; `None` for one revision.
///
/// Two dots that are a name in a path, as in `v1:../wit`, and those in braces, as in `HEAD^{/a..b}`, separate nothing.
pub(super) fn split(text: &str) -> Result<Option<Range<'_>>, String> {
    let Some((at, length)) = dots(text) else { return Ok(None) };
    let (old, rest) = text.split_at(at);
    let (dots, new) = rest.split_at(length);
    if length > 3 {
        return Err(format!("`{text}` is no range: one has two dots or three"));
    }
    if old.is_empty() && new.is_empty() {
        return Err(format!("`{dots}` names neither end: `A{dots}B` names both"));
    }
    if self::dots(new).is_some() {
        return Err(format!("`{text}` names more than one range: `A{dots}B` names one"));
    }
    Ok(Some(Range { old, new, from_merge_base: length == 3 }))
}

/// Where the dots of a range are, and how many.
fn dots(text: &str) -> Option<(usize, usize)> {
    // `:/text` looks for a commit message and runs to the end.
    if text.starts_with(":/") {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut depth, mut in_path, mut at) = (0usize, false, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => in_path = true,
            b'.' if depth == 0 => {
                let length = bytes.iter().skip(at).take_while(|byte| **byte == b'.').count();
                let begins = at.checked_sub(1).and_then(|before| bytes.get(before));
                let is_name = in_path && matches!(begins, Some(b':' | b'/')) && bytes.get(at + length) == Some(&b'/');
                if length > 1 && !is_name {
                    return Some((at, length));
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}
