//! What breaks nobody: changes for which a package fails all the same, and folded other changes, documentation and gates,
//! and what other packages tell.

use super::change::line;
use super::head::place;
use super::sheet::Sheet;
use super::{counted, listed, named, said, short};
use crate::report::markdown_escape::html_code;
use crate::report::places::sides;
use crate::report::quiet::{Quiet, by_rule};
use crate::report::told::is_told;
use crate::report::wire::*;
use crate::report::words::whom;
use std::collections::{BTreeMap, BTreeSet};

/// So many of what changes reach are named.
const REACHED: usize = 3;

/// So many bytes stay free after a list.
const ROOM: usize = 20;

/// So many changes that nobody builds against are listed.
const QUIET: usize = 20;

/// Those of them for which a package fails. How many found no room.
pub fn failing(sheet: &mut Sheet, report: &Report, package: &PackageReport, changes: &[&ChangeReport]) -> usize {
    let (name, whom) = (named(&package.name), whom(report.protect_of(package)));
    let heading = match changes.len() {
        0 => return 0,
        1 => format!("**1 change of {name} makes it fail, though it does not break {whom}:**"),
        count => format!("**{count} changes of {name} make it fail, though they do not break {whom}:**"),
    };
    let lines = changes.iter().map(|change| line(report, package, change));
    list(sheet, &format!("{heading}\n"), "", lines, changes.len())
}

/// The changes that do not break those whom the levels answer for. How many found no room.
pub fn compatible(sheet: &mut Sheet, report: &Report, package: &PackageReport, changes: &[&ChangeReport]) -> usize {
    let (changes_of, whom) = (counted(changes.len(), "change"), whom(report.protect_of(package)));
    let summary = format!("{changes_of} of {}, and none breaks {whom}", package_of(package));
    details(sheet, &summary, changes.iter().map(|change| line(report, package, change)), changes.len())
}

/// What nobody builds against, counted where there is much. How many found no room, the counts included.
pub fn quiet(
    sheet: &mut Sheet,
    report: &Report,
    package: &PackageReport,
    kind: Quiet,
    changes: &[&ChangeReport],
) -> usize {
    let (_, new) = sides(report, package);
    let told = |change: &&ChangeReport| {
        let gate =
            change.gate.as_ref().map_or(String::new(), |gate| format!(", behind feature {}", named(&gate.unstable)));
        let place = change.new.as_ref().map_or(String::new(), |at| format!(" ({})", place(new, at)));
        format!("- {}{gate}{place}", said(&change.message))
    };
    let summary = format!("{} {} of {}", counted(changes.len(), "change"), kind.of_changes(), package_of(package));
    let lines: Vec<String> = match changes.len() <= QUIET {
        true => changes.iter().map(told).collect(),
        false => {
            by_rule(changes.iter().copied()).iter().map(|(rule, count)| format!("- {count} {}", named(rule))).collect()
        }
    };
    let all = lines.len();
    let left_out = details(sheet, &summary, lines.into_iter(), all);
    if left_out == all { changes.len() } else { 0 }
}

/// What a package takes from others that tell it themselves.
pub fn through(sheet: &mut Sheet, package: &PackageReport, told: &BTreeSet<(String, String)>) -> usize {
    let mut by_package: BTreeMap<&str, Vec<&ChangeReport>> = BTreeMap::new();
    for change in package.changes.iter().filter(|change| is_told(told, change)) {
        by_package.entry(change.path.split('/').next().unwrap_or_default()).or_default().push(change);
    }
    let own = named(&package.name);
    let mut left_out = 0;
    for (dependency, changes) in by_package {
        let reached: BTreeSet<&String> = changes.iter().flat_map(|change| &change.reach).collect();
        let reached: Vec<String> = reached.into_iter().map(|item| named(item)).collect();
        let (changes_of, are, reach) = match changes.len() {
            1 => ("1 change".to_owned(), "is", "reaches"),
            count => (format!("{count} changes"), "are", "reach"),
        };
        let reaches =
            if reached.is_empty() { String::new() } else { format!(", and {reach} {}", listed(&reached, REACHED)) };
        let line = format!("{own} uses {}: {changes_of} of that package {are} told there{reaches}.", named(dependency));
        left_out += if sheet.block(&line, 0) { 0 } else { changes.len() };
    }
    left_out
}

fn package_of(package: &PackageReport) -> String {
    html_code(&short(&package.name))
}

/// A folded list. How many lines found no room; that of them which did is said in it.
fn details(sheet: &mut Sheet, summary: &str, lines: impl Iterator<Item = String>, all: usize) -> usize {
    list(sheet, &format!("<details>\n<summary>{summary}</summary>\n"), "\n\n</details>", lines, all)
}

fn list(sheet: &mut Sheet, begin: &str, end: &str, lines: impl Iterator<Item = String>, all: usize) -> usize {
    let mut out = begin.to_owned();
    let mut shown = 0;
    for line in lines {
        if !sheet.has_room(&out, line.len() + end.len() + ROOM) {
            break;
        }
        out.push_str(&format!("\n{line}"));
        shown += 1;
    }
    if shown == 0 {
        return all;
    }
    sheet.block(&format!("{out}{end}"), 0);
    all - shown
}
