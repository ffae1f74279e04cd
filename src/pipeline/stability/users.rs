//! Who uses what, in the newest release of each line.

use crate::pipeline::log::{Inventory, PackageLine, Used, What};
use crate::version::track;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// The paths of those who use something, by package, track and path.
pub(super) struct Users(BTreeMap<(String, String, String), BTreeSet<String>>);

impl Users {
    pub fn of(lines: &[PackageLine]) -> Users {
        let mut users: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for inventory in lines.iter().filter_map(newest) {
            for (Used { package, version, path }, by) in &inventory.uses {
                let is_other = self::package(by) != package.as_str();
                let paths = [Some(path), Some(package).filter(|_| is_other)];
                for path in paths.into_iter().flatten() {
                    let key = (package.clone(), track::of(version), path.clone());
                    users.entry(key).or_default().insert(by.clone());
                }
            }
        }
        Users(users)
    }

    /// Who uses an item of a version of a package, and how many other packages that are.
    pub fn get(&self, package: &str, version: &Option<Version>, path: &str) -> (Vec<String>, usize) {
        let key = (package.to_owned(), track::of(version), path.to_owned());
        let users: Vec<String> = self.0.get(&key).into_iter().flatten().cloned().collect();
        let others: BTreeSet<&str> =
            users.iter().map(|by| self::package(by)).filter(|other| *other != package).collect();
        let count = others.len();
        (users, count)
    }
}

/// What a line holds in the end; nothing where it was taken back.
fn newest(line: &PackageLine) -> Option<&Inventory> {
    if line.events.last().is_some_and(|event| matches!(event.what, What::Went { is_other: false, .. })) {
        return None;
    }
    line.events.iter().rev().find_map(|event| match &event.what {
        What::Base(inventory) | What::Told(_, inventory) => Some(&**inventory),
        What::Stays | What::Undetermined | What::Went { .. } => None,
    })
}

fn package(path: &str) -> &str {
    path.split_once('/').map_or(path, |(package, _)| package)
}
