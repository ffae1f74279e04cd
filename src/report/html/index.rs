//! Where everything in a page is found: a name for each package, group and finding, before any of them is written.

use super::finding::is_loud;
use super::page::Ids;
use crate::report::told::{is_told, told};
use crate::report::wire::*;
use crate::report::words;
use std::collections::{BTreeSet, HashMap};

/// Group of a package: the path of what its changes stand in, and the track of a dependency.
pub(super) type GroupKey<'a> = (&'a str, Option<&'a str>);

/// The names.
pub(super) struct Index<'a> {
    packages: Vec<String>,
    findings: Vec<Vec<String>>,
    groups: HashMap<(usize, GroupKey<'a>), String>,
    paths: HashMap<&'a str, String>,
    own: HashMap<(&'a str, &'a str), String>,
    told: BTreeSet<(String, String)>,
}

impl<'a> Index<'a> {
    pub fn new(report: &'a Report, ids: &mut Ids) -> Index<'a> {
        let packages = report.packages.iter().map(|package| ids.take("p", &package.name)).collect();
        let name = |package: &PackageReport, ids: &mut Ids| -> Vec<String> {
            package.changes.iter().map(|change| ids.take("f", &change.fingerprint)).collect()
        };
        let findings: Vec<Vec<String>> = report.packages.iter().map(|package| name(package, ids)).collect();
        let told = told(report);
        let mut index =
            Index { packages, findings, groups: HashMap::new(), paths: HashMap::new(), own: HashMap::new(), told };
        for (at, package) in report.packages.iter().enumerate() {
            let mut changes: Vec<(&ChangeReport, String)> =
                package.changes.iter().zip(index.findings.get(at).cloned().unwrap_or_default()).collect();
            changes.sort_by_key(|(change, _)| std::cmp::Reverse(change.level));
            for (change, id) in changes {
                if change.track.is_none() {
                    index.own.entry((&change.path, &change.rule)).or_insert_with(|| id.clone());
                }
                if is_loud(change) && !index.is_told(change) {
                    let key = group_of(change);
                    let group = index.groups.entry((at, key)).or_insert_with(|| ids.take("g", key.0));
                    index.paths.entry(key.0).or_insert_with(|| group.clone());
                    index.paths.entry(&change.path).or_insert(id);
                }
            }
        }
        index
    }

    pub fn package(&self, at: usize) -> &str {
        self.packages.get(at).map_or("", String::as_str)
    }

    pub fn finding(&self, (package, change): (usize, usize)) -> &str {
        self.findings.get(package).and_then(|findings| findings.get(change)).map_or("", String::as_str)
    }

    pub fn group(&self, package: usize, key: GroupKey<'a>) -> &str {
        self.groups.get(&(package, key)).map_or("", String::as_str)
    }

    /// Where a path is told.
    pub fn path(&self, path: &str) -> Option<&str> {
        self.paths.get(path).map(String::as_str)
    }

    /// Whether a change is of a package that the report tells it of.
    pub fn is_told(&self, change: &ChangeReport) -> bool {
        is_told(&self.told, change)
    }

    /// The finding of that package.
    pub fn there(&self, change: &'a ChangeReport) -> Option<&str> {
        self.own.get(&(change.path.as_str(), change.rule.as_str())).map(String::as_str)
    }
}

pub(super) fn group_of(change: &ChangeReport) -> GroupKey<'_> {
    (words::group(&change.path), change.track.as_deref())
}
