//! Changes that a repository accepts: they are told as such, and make no gate fail. What a version has to be never
//! depends on them.
//!
//! Deliberately absent: the file, which [`config`](crate::config) reads and writes, and what a gate makes of them.

use semver::Version;
use std::fmt;

/// The changes that are accepted, and where that stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptances {
    /// What a user would type for the file.
    pub shown: String,
    /// One for each change, in the order of the file.
    pub entries: Vec<Acceptance>,
}

/// One change that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Which change: as reports have it.
    pub fingerprint: String,
    /// Its rule, for people.
    pub rule: String,
    /// What changed, in the grammar of paths.
    pub path: String,
    /// The track of the package that it stands in; `None` is any.
    pub track: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who did so.
    pub who: String,
    /// Until when; `None` is for good.
    pub until: Option<Until>,
    /// The line of the file, from 1.
    pub line: u32,
}

impl Acceptance {
    /// `namespace:name` of the package that the change is in.
    pub fn package(&self) -> &str {
        self.path.split(['/', '#']).next().unwrap_or_default()
    }
}

/// How long a change is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// To the end of a day, as `YYYY-MM-DD`.
    Day(String),
    /// As long as the package declares a lower version.
    Version(Version),
}

impl Until {
    /// Whether that is over, on a day as `YYYY-MM-DD`, for a package that declares `version`.
    pub fn is_over(&self, today: &str, version: Option<&Version>) -> bool {
        match self {
            Until::Day(last) => today > last.as_str(),
            Until::Version(first) => version.is_some_and(|version| version >= first),
        }
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Until::Day(day) => f.write_str(day),
            Until::Version(version) => version.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Until;

    #[test]
    fn a_day_counts_to_its_end_and_a_version_from_its_beginning() {
        let day = Until::Day("2027-01-31".into());
        assert!(!day.is_over("2026-12-31", None) && !day.is_over("2027-01-31", None));
        assert!(day.is_over("2027-02-01", None));
        let version = |text: &str| text.parse().unwrap();
        let until = Until::Version(version("0.4.0"));
        assert!(!until.is_over("2027-01-01", None));
        assert!(!until.is_over("2027-01-01", Some(&version("0.4.0-rc.1"))));
        assert!(until.is_over("2027-01-01", Some(&version("0.4.0"))));
    }
}
