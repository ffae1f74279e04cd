//! For whom levels answer, where packages of one report are asked something else.

use super::wire::*;
use super::words;
use crate::verdict::{Level, Protect};

impl Report {
    /// For whom the levels of one of its packages answer.
    pub(super) fn protect_of(&self, package: &PackageReport) -> Protect {
        package.protect.unwrap_or(self.protect)
    }

    /// The same of all of them; `None` where it is not the same.
    pub(super) fn protect_of_all(&self) -> Option<Protect> {
        self.one_of(|_| true)
    }

    /// The same of those that break somebody.
    pub(super) fn protect_of_breaking(&self) -> Protect {
        self.one_of(|package| package.level == Some(Level::Major)).unwrap_or(Protect::All)
    }

    fn one_of(&self, counts: impl Fn(&PackageReport) -> bool) -> Option<Protect> {
        let mut all = self.packages.iter().filter(|package| counts(package)).map(|package| self.protect_of(package));
        let first = all.next().unwrap_or(self.protect);
        all.all(|other| other == first).then_some(first)
    }
}

/// "guests, of `acme:platform` for hosts".
pub(super) fn whom_of_each(report: &Report) -> String {
    let mut words = words::whom(report.protect).to_owned();
    for package in report.packages.iter().filter(|package| report.protect_of(package) != report.protect) {
        words.push_str(&format!(", of {} for {}", package.name, words::whom(report.protect_of(package))));
    }
    words
}
