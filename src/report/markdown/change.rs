//! What breaks: each change with whom it stops, its WIT, what to do instead, where it stands, and what it reaches.

use super::graph::graph;
use super::head::{place, side};
use super::packages::{label, parties};
use super::sheet::Sheet;
use super::snippet::snippet;
use super::{KEPT_FOR_LINES, KEPT_FOR_REST, listed, named, said, short, version};
use crate::report::accepted::{accepted, short as handle};
use crate::report::alternative::is_open;
use crate::report::consequence::consequence;
use crate::report::markdown_escape::{capital, fence};
use crate::report::places::sides;
use crate::report::weigh::{Scale, Weight};
use crate::report::wire::*;
use std::collections::BTreeSet;

/// So many of what a change reaches are named.
const REACHED: usize = 3;

/// So many lines of WIT are shown of what to do instead.
const LINES: usize = 60;

/// Tells the breaking changes of a package: `full` more of them in full. How many found no room.
pub fn breaking(
    sheet: &mut Sheet,
    report: &Report,
    package: &PackageReport,
    changes: &[&ChangeReport],
    full: &mut usize,
) -> usize {
    if changes.is_empty() {
        return 0;
    }
    let versions = match (&package.old_version, &package.new_version) {
        (None, None) => String::new(),
        (old, new) if old == new => format!(" {}", version(new)),
        (old, new) => format!(" {} → {}", version(old), version(new)),
    };
    let heading = format!("### {}{versions}", label_only(report, package));
    let heading = [Some(heading), parties(package)].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    if !sheet.block(&heading, KEPT_FOR_REST) {
        return changes.len();
    }
    let mut seen = BTreeSet::new();
    let mut told = 0;
    for change in changes {
        if *full == 0 || !sheet.block(&in_full(report, package, change, &mut seen), KEPT_FOR_LINES) {
            break;
        }
        (told, *full) = (told + 1, *full - 1);
    }
    if let Some(graph) = graph(package, changes) {
        sheet.block(&graph, KEPT_FOR_LINES);
    }
    for (at, change) in changes.iter().enumerate().skip(told) {
        *full = 0;
        let line = line(report, package, change);
        let has_room = match at == told {
            true => sheet.block(&line, KEPT_FOR_REST),
            false => sheet.line(&line, KEPT_FOR_REST),
        };
        if !has_room {
            return changes.len() - at;
        }
    }
    0
}

/// A change in a line: what, whom it stops, the rule and the place.
pub fn line(report: &Report, package: &PackageReport, change: &ChangeReport) -> String {
    let gate = change.gate.as_ref().map_or(String::new(), |gate| format!(", behind feature {}", named(&gate.unstable)));
    let stops = consequence(change).map_or(String::new(), |stops| format!(": {}", said(&stops)));
    let accepted = accepted(change).map_or(String::new(), |accepted| format!("; {}", said(&accepted)));
    let place = places(report, package, change).map_or(String::new(), |place| format!(", {place}"));
    format!("- {}{gate}{stops}{accepted} ({}{place})", said(&change.message), named(&change.rule))
}

/// The heading tells versions.
fn label_only(report: &Report, package: &PackageReport) -> String {
    let label = label(report, package);
    if package.old_version.is_none() && package.new_version.is_none() { label } else { named(&package.name) }
}

fn in_full<'a>(
    report: &Report,
    package: &PackageReport,
    change: &'a ChangeReport,
    seen: &mut BTreeSet<&'a AlternativeReport>,
) -> String {
    let accepted = accepted(change).map(|accepted| format!("{}.", capital(&said(&accepted))));
    let heading = if accepted.is_some() { "#### Accepted: " } else { "#### " };
    let mut blocks = vec![format!("{heading}{}", said(&change.message))];
    let gate = change.gate.as_ref().map(|gate| format!("Behind feature {}.", named(&gate.unstable)));
    let stops = consequence(change).map(|stops| format!("{}.", capital(&said(&stops))));
    let since = change
        .since
        .as_ref()
        .map(|release| format!("It breaks what was built for {}, which is older than the base.", side(release)));
    // By it, `wit-diff accept` knows the change.
    let fails = package.check.is_some() && Scale::of(report, package).weigh(change) == Weight::Failing;
    let handle = fails.then(|| format!(", fingerprint {}", named(&handle(&change.fingerprint))));
    let rule = format!("Rule {}{}.", named(&change.rule), handle.unwrap_or_default());
    blocks.push([accepted, stops, gate, since, Some(rule)].into_iter().flatten().collect::<Vec<_>>().join(" "));
    blocks.extend(snippet(change));
    let alternative = change.alternative.as_ref().filter(|_| is_open(package));
    let is_new = alternative.is_some_and(|alternative| seen.insert(alternative));
    let reach: Vec<String> = change.reach.iter().map(|path| named(path)).collect();
    let above = if alternative.is_some() && !is_new { " (as above)" } else { "" };
    let facts = [
        places(report, package, change).map(|places| format!("- **Where:** {places}")),
        (!reach.is_empty()).then(|| format!("- **Reaches** {}", listed(&reach, REACHED))),
        change.hint.as_ref().map(|hint| format!("- **Hint:** {}{above}", said(hint))),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        blocks.push(facts.join("\n"));
    }
    blocks.extend(alternative.filter(|_| is_new).map(instead));
    blocks.join("\n\n")
}

/// Where it was, and where it is.
fn places(report: &Report, package: &PackageReport, change: &ChangeReport) -> Option<String> {
    let (old, new) = sides(report, package);
    match (&change.old, &change.new) {
        (Some(before), Some(after)) => Some(format!("{} → {}", place(old, before), place(new, after))),
        (Some(before), None) => Some(format!("{} (old)", place(old, before))),
        (None, Some(after)) => Some(format!("{} (new)", place(new, after))),
        (None, None) => None,
    }
}

/// The WIT that breaks nobody, folded.
fn instead(alternative: &AlternativeReport) -> String {
    let mut out = "<details>\n<summary>WIT that breaks nobody</summary>".to_owned();
    if alternative.version.is_some() {
        out.push_str(&format!("\n\nSet the version of the package to {}.", version(&alternative.version)));
    }
    let mut left = LINES;
    let mut begun = (None, Vec::new());
    let mut done: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for step in &alternative.steps {
        let what = match step.action {
            StepAction::Add => "Add to",
            StepAction::Keep => "Keep in",
            StepAction::Restore => "Restore in",
        };
        let heading = Some(format!("{what} {}:", named(&step.into)));
        if begun.0 != heading {
            done.push(std::mem::replace(&mut begun, (heading, Vec::new())));
        }
        begun.1.extend(step.wit.lines().take(left).map(short));
        left = left.saturating_sub(step.wit.lines().count());
    }
    done.push(begun);
    for (heading, lines) in done.iter().filter(|(_, lines)| !lines.is_empty()) {
        out.push_str(&format!("\n\n{}\n\n{}", heading.as_deref().unwrap_or_default(), fence("wit", lines)));
    }
    let all: usize = alternative.steps.iter().map(|step| step.wit.lines().count()).sum();
    if all > LINES {
        out.push_str(&format!("\n\n… and {} more lines.", all - LINES));
    }
    out + "\n\n</details>"
}
