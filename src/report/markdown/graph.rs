//! What breaking types reach, as a picture, where that is neither plain nor a tangle.

use super::short;
use crate::report::wire::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// So few items need no picture.
const FEW: usize = 3;

/// So many are too many for a picture.
const MANY: usize = 15;

/// A Mermaid graph of what the breaking changes of a package reach; `None` where it would not help. Where it would be
/// too large, only the first type with a small one is shown.
pub fn graph(package: &PackageReport, changes: &[&ChangeReport]) -> Option<String> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for used in &package.uses {
        users.entry(&used.item).or_default().insert(&used.by);
    }
    let mut roots: Vec<&str> = Vec::new();
    let mut known = BTreeSet::new();
    for change in changes {
        let root = root(&change.path, &users);
        roots.extend(root.filter(|root| known.insert(*root)));
    }
    let helps = |found: &BTreeSet<&str>| (FEW..=MANY).contains(&found.len());
    let whole = Some(reached(&roots, &users)).filter(helps).map(|found| (roots.clone(), found));
    let (roots, found) = whole.or_else(|| {
        let mut each = roots.iter().map(|root| (vec![*root], reached(&[*root], &users)));
        each.find(|(_, found)| helps(found))
    })?;
    Some(drawn(package, &roots, &found, &users))
}

/// The item whose users are known: a field stands for its record.
fn root<'a>(path: &'a str, users: &BTreeMap<&str, BTreeSet<&str>>) -> Option<&'a str> {
    let mut path = path;
    while !users.contains_key(path) {
        let (begin, item) = path.rsplit_once('#')?;
        let end = item.rfind('.')?;
        path = path.get(..begin.len() + 1 + end)?;
    }
    Some(path)
}

/// All that is reached; of a tangle, only so much that it is seen to be one.
fn reached<'a>(roots: &[&'a str], users: &BTreeMap<&str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = roots.to_vec();
    while let Some(item) = open.pop() {
        if found.insert(item) {
            open.extend(users.get(item).into_iter().flatten());
        }
        if found.len() > MANY {
            break;
        }
    }
    found
}

fn drawn(
    package: &PackageReport,
    roots: &[&str],
    found: &BTreeSet<&str>,
    users: &BTreeMap<&str, BTreeSet<&str>>,
) -> String {
    let ids: BTreeMap<&str, usize> = found.iter().enumerate().map(|(at, path)| (*path, at)).collect();
    let mut out = String::from("What these changes reach:\n\n```mermaid\nflowchart LR\n");
    for (path, id) in &ids {
        let own = path.strip_prefix(&package.name).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
        let _ = writeln!(out, "    n{id}[\"{}\"]", label(own));
    }
    for (item, id) in &ids {
        for by in users.get(item).into_iter().flatten().filter_map(|by| ids.get(by)) {
            let _ = writeln!(out, "    n{id} --> n{by}");
        }
    }
    let broken: Vec<String> = roots.iter().filter_map(|root| ids.get(root)).map(|id| format!("n{id}")).collect();
    out.push_str("    classDef broken fill:#ffebe9,stroke:#cf222e,color:#1f2328\n");
    let _ = write!(out, "    class {} broken\n```", broken.join(","));
    out
}

/// A label in which nothing is markup: Mermaid writes characters as `#` with their number and `;`.
fn label(path: &str) -> String {
    let mut out = String::new();
    for c in short(path).chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '/' | '.' | '-') => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out
}
