//! All packages at a glance, and whom each of them breaks.

use super::{counted, listed, named, version};
use crate::report::log_words::Tone;
use crate::report::markdown_escape::table_row;
use crate::report::standing::{is_nameless, is_quiet, verdict};
use crate::report::wire::*;
use crate::verdict::{Level, Verdict};

/// So many packages, interfaces and worlds have a row.
const ROWS: usize = 40;

/// So many bytes the rows of a table may take.
const BYTES: usize = 10_000;

/// The name of a package, with its version where several have that name.
pub fn label(report: &Report, package: &PackageReport) -> String {
    let name = named(&package.name);
    // Packages of one name stand beside each other.
    let is_shared = report.packages.len() > 1
        && report.packages.iter().filter(|other| other.name == package.name).take(2).count() > 1;
    match package.new_version.as_ref().or(package.old_version.as_ref()) {
        Some(_) if is_shared => {
            let shown = if package.new_version.is_some() { &package.new_version } else { &package.old_version };
            format!("{name} {}", version(shown))
        }
        _ => name,
    }
}

/// The packages that ask for attention; `None` where none does.
pub fn table(report: &Report) -> Option<String> {
    let rows: Vec<&PackageReport> =
        report.packages.iter().filter(|package| !is_quiet(package) && !is_nameless(package)).collect();
    if rows.is_empty() {
        return None;
    }
    let head = ["Package", "Level", "Old", "Declared", "Required", "Verdict"];
    let lines = rows.iter().map(|package| {
        let is_promised = matches!(package.status, PackageStatus::Changed | PackageStatus::Unchanged);
        let required = if is_promised { &package.version.required } else { &None };
        let level = match package.level {
            Some(Level::Major) => "**major**",
            level => level.map_or("–", Level::word),
        };
        let (tone, word) = verdict(package);
        let sign = match tone {
            Tone::Good => "✅",
            Tone::Unknown => "⚠️",
            Tone::Bad => "❌",
        };
        let cells = [
            &label(report, package),
            level,
            &version(&package.old_version),
            &version(&package.version.declared),
            &version(required),
            &format!("{sign} {word}"),
        ];
        table_row(cells)
    });
    Some(drawn(head, lines, rows.len(), "package"))
}

/// Those that do not.
pub fn unchanged(report: &Report) -> Option<String> {
    let quiet: Vec<String> =
        report.packages.iter().filter(|package| is_quiet(package)).map(|package| label(report, package)).collect();
    (!quiet.is_empty()).then(|| format!("{} unchanged: {}.", quiet.len(), listed(&quiet, 10)))
}

/// What the interfaces and worlds of a package that breaks mean for whom; `None` where all are compatible.
pub fn parties(package: &PackageReport) -> Option<String> {
    let interfaces = package.interfaces.iter().map(|interface| {
        let (link, source) = (interface.link, interface.source);
        let (users, makers) = ((link.consumers, source.consumers), (link.providers, source.providers));
        ("interface", &interface.name, users, makers)
    });
    let worlds = package.worlds.iter().map(|world| {
        let (link, source) = (world.link, world.source);
        ("world", &world.name, (link.guests, source.guests), (link.hosts, source.hosts))
    });
    let breaks = |(link, source): (Verdict, Verdict)| link.is_breaking() || source.is_breaking();
    let rows: Vec<_> =
        interfaces.chain(worlds).filter(|(_, _, users, makers)| breaks(*users) || breaks(*makers)).collect();
    if rows.is_empty() {
        return None;
    }
    let head = ["", "Consumers or guests", "Providers or hosts"];
    let lines = rows.iter().map(|(noun, name, users, makers)| {
        table_row([format!("{noun} {}", named(name)).as_str(), layers(*users), layers(*makers)])
    });
    Some(drawn(head, lines, rows.len(), "interface or world"))
}

fn layers((link, source): (Verdict, Verdict)) -> &'static str {
    match (link.is_breaking(), source.is_breaking()) {
        (false, false) => "compatible",
        (true, true) => "**break**",
        (true, false) => "**break** (link only)",
        (false, true) => "**break** (source only)",
    }
}

/// A table of as many rows as there is room for, and how many more there are.
fn drawn<const N: usize>(head: [&str; N], rows: impl Iterator<Item = String>, all: usize, what: &str) -> String {
    let mut out = format!("{}\n{}", table_row(head), table_row(["---"; N]));
    let mut shown = 0;
    for row in rows.take(ROWS) {
        if out.len() + row.len() > BYTES {
            break;
        }
        out.push_str(&format!("\n{row}"));
        shown += 1;
    }
    match all - shown {
        0 => out,
        more => format!("{out}\n\n… and {} in the full report.", counted(more, &format!("more {what}"))),
    }
}
