//! The version that a package is to declare next (SEMANTICS 6): what `bump` writes.

use super::require::{VersionVerdict, required, verdict};
use super::track;
use crate::verdict::Level;
use semver::{BuildMetadata, Prerelease, Version};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Where a package stands between its last release and the next one.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The version that it is compared with; `None` where there is none yet.
    pub old: Option<&'a Version>,
    /// The version that it declares now.
    pub declared: &'a Version,
    /// The level of what changed since `old`.
    pub level: Level,
    /// Versions that were released with other contents: nobody can have them any more.
    pub taken: &'a BTreeSet<Version>,
}

/// Which kind of version comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// The least one that is sufficient; the declared one if that is.
    #[default]
    Sufficient,
    /// One of a series of pre-releases, which starts or goes on.
    PreRelease(Series),
    /// The release that a series of pre-releases leads to; else as [`Step::Sufficient`].
    Release,
}

/// What pre-releases of one series begin with: `rc` for `1.2.0-rc.1` and `1.2.0-rc.2`.
///
/// One that ends in a date, `rc-2026-03-15`, is not counted: each date is a pre-release by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series(String);

/// Why there is no next version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoNext {
    /// The series comes before the pre-release that was released already: `beta` after `rc.2`.
    SeriesGoesBackwards {
        /// The pre-release that was released.
        old: Version,
        /// The first one of the series that was asked for.
        first: Version,
    },
    /// The version does not count any further.
    Exhausted(Version),
}

/// The version to declare next; the declared one where that is sufficient and free.
///
/// # Errors
/// Where a series of pre-releases would go backwards, and where numbers end.
///
/// ```
/// use semver::Version;
/// use std::collections::BTreeSet;
/// use wit_diff::verdict::Level;
/// use wit_diff::version::{Standing, Step, next};
///
/// let next = |old: &str, declared: &str, level, step| {
///     let (old, declared) = (old.parse().unwrap(), declared.parse().unwrap());
///     let standing = Standing { old: Some(&old), declared: &declared, level, taken: &BTreeSet::new() };
///     next(&standing, &step).unwrap().to_string()
/// };
/// let rc = || Step::PreRelease("rc".parse().unwrap());
/// assert_eq!(next("0.2.3", "0.2.3", Level::Major, Step::Sufficient), "0.3.0");
/// assert_eq!(next("0.2.3", "0.4.0", Level::Major, Step::Sufficient), "0.4.0");
/// assert_eq!(next("1.2.3", "1.2.3", Level::Minor, rc()), "1.3.0-rc.1");
/// assert_eq!(next("1.2.3", "1.3.0-rc.4", Level::Minor, Step::Release), "1.3.0");
/// ```
pub fn next(standing: &Standing<'_>, step: &Step) -> Result<Version, NoNext> {
    match step {
        Step::Sufficient => sufficient(standing),
        Step::PreRelease(series) => pre_release(standing, series),
        Step::Release => {
            let release = release_of(standing.declared);
            let declared = if standing.declared.pre.is_empty() { standing.declared } else { &release };
            let found = sufficient(&Standing { declared, ..*standing })?;
            if found.pre.is_empty() { Ok(found) } else { free(standing, release_of(&found)) }
        }
    }
}

fn sufficient(standing: &Standing<'_>) -> Result<Version, NoNext> {
    let Standing { old, declared, level, .. } = *standing;
    let wanted = match (old, verdict(old, Some(declared), level)) {
        (Some(old), VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion) => {
            like(declared, required(old, level))
        }
        (Some(old), VersionVerdict::WentBackwards) if level == Level::None => old.clone(),
        (Some(old), VersionVerdict::WentBackwards) => required(old, level),
        _ => declared.clone(),
    };
    free(standing, wanted)
}

fn pre_release(standing: &Standing<'_>, series: &Series) -> Result<Version, NoNext> {
    let Standing { old, declared, level, taken } = *standing;
    if old.is_some() && level == Level::None && !taken.contains(declared) {
        return sufficient(standing);
    }
    let release = match old {
        Some(old) if old.pre.is_empty() => release_of(&required(old, level)),
        Some(old) => release_of(old),
        None => release_of(declared),
    };
    let release = release.max(release_of(declared));
    let goes_on = release_of(declared) == release && series.holds(&declared.pre);
    let first = if goes_on { declared.clone() } else { series.first(&release) };
    if let Some(old) = old.filter(|old| first.cmp_precedence(old).is_lt()) {
        // What was released may be further on in the same series.
        if !series.holds(&old.pre) || series.is_dated() {
            return Err(NoNext::SeriesGoesBackwards { old: old.clone(), first });
        }
        return free(standing, required(old, level.max(Level::Patch)));
    }
    let is_old = |version: &Version| old.is_some_and(|old| old.cmp_precedence(version).is_eq());
    let wanted = if is_old(&first) && level > Level::None { required(&first, level) } else { first };
    free(standing, wanted)
}

/// The version, or the next one that nobody has taken.
fn free(standing: &Standing<'_>, mut version: Version) -> Result<Version, NoNext> {
    while let Some(taken) = in_the_way(standing, &version) {
        let after = required(taken, standing.level.max(Level::Patch));
        if after.cmp_precedence(&version).is_le() {
            return Err(NoNext::Exhausted(version));
        }
        version = after;
    }
    Ok(version)
}

/// The version that somebody released and that leaves no room for another one: the same, and what is higher on the same
/// track, as that has nothing of what is new here.
fn in_the_way<'a>(standing: &Standing<'a>, version: &Version) -> Option<&'a Version> {
    let is_release = |taken: &Version| taken.pre.is_empty() && version.pre.is_empty();
    let lacks_it = |taken: &Version| {
        standing.level > Level::Patch
            && is_release(taken)
            && taken.cmp_precedence(version).is_gt()
            && track::exact(taken) == track::exact(version)
    };
    let mut found = standing.taken.iter();
    found.rfind(|taken| taken.cmp_precedence(version).is_eq() || lacks_it(taken))
}

/// The release that is required, as a pre-release where one is declared: whoever works towards a release goes on to.
fn like(declared: &Version, required: Version) -> Version {
    if declared.pre.is_empty() || !required.pre.is_empty() {
        return required;
    }
    let pre = match declared.pre.as_str().rsplit_once('.') {
        Some((series, count)) if is_number(count) => Prerelease::new(&format!("{series}.1")).ok(),
        _ => None,
    };
    Version { pre: pre.unwrap_or_else(|| declared.pre.clone()), ..required }
}

/// The release that a version leads to: without pre-release and build metadata.
fn release_of(version: &Version) -> Version {
    Version { pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY, ..version.clone() }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Series {
    /// Whether a pre-release is one of the series.
    fn holds(&self, pre: &Prerelease) -> bool {
        let rest = pre.as_str().strip_prefix(&self.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('.').is_some_and(is_number))
    }

    fn first(&self, release: &Version) -> Version {
        let text = if self.is_dated() { self.0.clone() } else { format!("{}.1", self.0) };
        Version { pre: Prerelease::new(&text).unwrap_or(Prerelease::EMPTY), ..release.clone() }
    }

    /// Whether it ends in a number of its own, as `rc-2026-03-15` does.
    fn is_dated(&self) -> bool {
        self.0.rsplit(['-', '.']).next().is_some_and(is_number)
    }
}

impl FromStr for Series {
    type Err = String;

    fn from_str(text: &str) -> Result<Series, String> {
        match Prerelease::new(text) {
            Ok(pre)
                if text.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && !pre.is_empty()
                    && Prerelease::new(&format!("{text}.1")).is_ok() =>
            {
                Ok(Series(text.to_owned()))
            }
            _ => Err("write what pre-releases begin with, such as `rc`, or a date too: `rc-2026-03-15`".to_owned()),
        }
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
