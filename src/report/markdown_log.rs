//! The history of packages as GitHub shows it.

use super::log::*;
use super::log_words;
use super::markdown_escape::{code, sentence, table_row};
use super::wire::{InputReport, PackageStatus};
use super::words::whom;
use crate::verdict::Level;
use std::fmt::Write as _;

/// So many changes of a row are listed before the rest is counted.
const LISTED: usize = 10;

/// The log as GitHub-flavoured Markdown. What strangers wrote shows as they wrote it, and does nothing.
pub fn log_to_markdown(log: &LogReport) -> String {
    let mut out = String::new();
    let (one, many) = match log.by {
        Some(LogSteps::Commits) => ("commit", "commits"),
        Some(LogSteps::Tags) | None => ("release tag", "release tags"),
    };
    let count = if log.revisions == 1 { format!("1 {one}") } else { format!("{} {many}", log.revisions) };
    let since = log.base.as_ref().map_or(String::new(), |base| format!(" since {}", input(base)));
    let item = log.item.as_deref().map_or(String::new(), |item| format!("{} in ", code(item)));
    let whom = whom(log.protect);
    let _ = writeln!(out, "History of {item}{}{since}: {count}, newest first; levels for {whom}.", input(&log.input));
    for error in &log.errors {
        let _ = writeln!(out, "\n> **Error:** {}", sentence(&error.message));
    }
    for warning in &log.warnings {
        let _ = writeln!(out, "\n> **Warning:** {}", sentence(warning));
    }
    for package in &log.packages {
        let _ = writeln!(out, "\n## {}{}", code(&package.name), log_words::whom_of(package));
        if !package.rows.is_empty() {
            out.push('\n');
            match log.item {
                Some(_) => events(&mut out, log, package),
                None => rows(&mut out, log, package),
            }
        }
        rest(&mut out, package);
    }
    out
}

fn rows(out: &mut String, log: &LogReport, package: &PackageLog) {
    let _ = writeln!(out, "| {} | Date | Level | Version | Needs | Verdict | Changes |", revision_word(log));
    out.push_str("|---|---|---|---|---|---|---|\n");
    for row in &package.rows {
        let level = match row.level {
            Some(Level::Major) => "**major**".to_owned(),
            level => level.map_or("–", Level::word).to_owned(),
        };
        let version = |version: &Option<String>| version.as_deref().map_or("–".into(), code);
        let versions = match (&row.old_version, &row.new_version) {
            (Some(old), Some(new)) if old == new => code(new),
            (Some(_), _) => format!("{} → {}", version(&row.old_version), version(&row.new_version)),
            (None, new) => version(new),
        };
        let needs = version(&log_words::needs(log, row));
        let (tone, word) = log_words::verdict(log, row);
        let word = if tone == log_words::Tone::Bad { format!("**{word}**") } else { word };
        let revision = code(&row.revision);
        let what = what(log, package, row);
        let cells = [&revision, &row.date, &level, &versions, &needs, &word, &what];
        let _ = writeln!(out, "{}", table_row(cells.map(String::as_str)));
    }
}

/// What happened, in one cell.
fn what(log: &LogReport, package: &PackageLog, row: &LogRow) -> String {
    let mut lines: Vec<String> = log_words::subject(log, row).map(code).into_iter().collect();
    if row.status == PackageStatus::Undetermined {
        lines.push(sentence(&log_words::headline(log, row).1));
    }
    lines.extend(row.findings.iter().map(|finding| sentence(&finding.message)));
    let mut loud: Vec<&LoggedChange> = row.changes.iter().filter(|change| change.level > Level::Patch).collect();
    loud.sort_by_key(|change| std::cmp::Reverse(change.level));
    if log_words::is_judged(row) {
        lines.extend(loud.iter().take(LISTED).map(|change| {
            let level = if change.level == Level::Major { "**major:** " } else { "" };
            let (place, what) = log_words::change(&package.name, change);
            let place = place.map_or(String::new(), |place| format!("{}: ", code(place)));
            format!("{level}{place}{}", sentence(&what))
        }));
        match loud.len().saturating_sub(LISTED) {
            0 => {}
            more => lines.push(format!("and {more} more")),
        }
        match row.counts.patch {
            0 => {}
            quiet => lines.push(format!("{quiet} of documentation and gates")),
        }
    }
    lines.join("<br>")
}

fn events(out: &mut String, log: &LogReport, package: &PackageLog) {
    let _ = writeln!(out, "| {} | Date | Version | What happened |", revision_word(log));
    out.push_str("|---|---|---|---|\n");
    for row in &package.rows {
        let version = row.new_version.as_deref().or(row.old_version.as_deref()).map_or("–".into(), code);
        let mut lines: Vec<String> = log_words::subject(log, row).map(code).into_iter().collect();
        lines.extend(log_words::events(row).iter().map(|line| sentence(line)));
        let what = lines.join("<br>");
        let cells = [&code(&row.revision), &row.date, &version, &what];
        let _ = writeln!(out, "{}", table_row(cells.map(String::as_str)));
    }
}

fn rest(out: &mut String, package: &PackageLog) {
    let revisions = if package.unchanged == 1 { "revision" } else { "revisions" };
    let unchanged =
        (package.unchanged > 0).then(|| format!("{} {revisions} without a change left out.", package.unchanged));
    let older = (package.left_out > 0).then(|| format!("{} older rows left out.", package.left_out));
    let lines: Vec<String> = [unchanged, older].into_iter().flatten().collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{}", lines.join(" "));
    }
}

fn input(input: &InputReport) -> String {
    let commit: Option<String> = input.commit.as_ref().map(|commit| commit.chars().take(7).collect());
    match commit.filter(|commit| !input.input.contains(commit.as_str())) {
        Some(commit) => format!("{} ({})", code(&input.input), code(&commit)),
        None => code(&input.input),
    }
}

fn revision_word(log: &LogReport) -> &'static str {
    match log.by {
        Some(LogSteps::Commits) => "Commit",
        Some(LogSteps::Tags) | None => "Release",
    }
}
