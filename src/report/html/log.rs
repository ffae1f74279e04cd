//! The history of packages as one HTML file.

use super::package::{Answer, Failure, failure};
use super::page::{Head, Ids, mark, sign};
use super::sentence::{Sentence, side, text};
use crate::report::decision::Outcome;
use crate::report::log::*;
use crate::report::log_words::{self, Tone};
use crate::report::wire::*;
use crate::report::words::whom;
use crate::verdict::Level;
use askama::Template;

/// So many changes of a revision are listed.
const LISTED: usize = 200;

#[derive(Template)]
#[template(path = "log.html")]
struct Page {
    head: Head,
    outcome: &'static str,
    mark: &'static str,
    headline: Sentence,
    about: Sentence,
    errors: Vec<Failure>,
    warnings: Vec<Sentence>,
    step: &'static str,
    is_item: bool,
    packages: Vec<Package>,
}

struct Package {
    id: String,
    name: String,
    notes: Vec<Answer>,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    revision: String,
    date: String,
    level: Option<&'static str>,
    /// Absent where it is the same.
    old: Option<String>,
    new: String,
    needs: String,
    tone: &'static str,
    verdict: String,
    subject: Option<String>,
    lines: Vec<Sentence>,
    counts: String,
    changes: Vec<Change>,
    unlisted: usize,
}

struct Change {
    level: &'static str,
    place: Option<String>,
    message: Sentence,
    rule: String,
}

/// The log as one HTML file, which loads nothing. What strangers wrote shows as they wrote it, and does nothing.
pub fn log_to_html(log: &LogReport) -> String {
    let mut ids = Ids::default();
    let packages: Vec<Package> = log.packages.iter().map(|found| package(log, found, &mut ids)).collect();
    let bad = log.packages.iter().flat_map(|package| &package.rows).filter(|row| is_bad(log, row)).count();
    let outcome = match (log.status, bad) {
        (Status::Undetermined, _) => Outcome::Undetermined,
        (Status::Complete, 0) if !log.packages.is_empty() => Outcome::Passes,
        (Status::Complete, 0) => Outcome::Undetermined,
        (Status::Complete, _) => Outcome::Fails,
    };
    let (_, class, mark) = sign(outcome);
    let what = match &log.item {
        Some(item) => format!("History of `{item}` in {}", side(&log.input)),
        None => format!("History of {}", side(&log.input)),
    };
    let (one, many) = match log.by {
        Some(LogSteps::Commits) => ("commit", "commits"),
        Some(LogSteps::Tags) | None => ("release tag", "release tags"),
    };
    let count = if log.revisions == 1 { format!("1 {one}") } else { format!("{} {many}", log.revisions) };
    let since = log.base.as_ref().map_or(String::new(), |base| format!(" since {}", side(base)));
    let about = format!("{count}{since}, newest first; levels for {}", whom(log.protect));
    let page = Page {
        head: Head::new(&what.replace('`', ""), &log.tool, outcome),
        outcome: class,
        mark,
        headline: Sentence::new(&what),
        about: Sentence::new(&about),
        errors: log.errors.iter().map(failure).collect(),
        warnings: log.warnings.iter().map(|warning| Sentence::new(warning)).collect(),
        step: if log.by == Some(LogSteps::Commits) { "commit" } else { "release" },
        is_item: log.item.is_some(),
        packages,
    };
    super::rendered(&page)
}

fn package(log: &LogReport, package: &PackageLog, ids: &mut Ids) -> Package {
    let id = ids.take("p", &package.name);
    let bad = package.rows.iter().filter(|row| is_bad(log, row)).count();
    let rows = package.rows.len();
    let of = if rows == 1 { "the one row".into() } else { format!("{bad} of {rows} rows") };
    let broken = (bad > 0 && log.item.is_none())
        .then(|| Answer::new(Tone::Bad, &format!("in {of} the declared version does not honour what changed")));
    let unread = package.rows.iter().filter(|row| row.status == PackageStatus::Undetermined).count();
    let unread =
        (unread > 0).then(|| Answer::new(Tone::Unknown, &format!("{unread} of {rows} rows could not be judged")));
    let revisions = if package.unchanged == 1 { "revision" } else { "revisions" };
    let left_out = match (package.unchanged, rows) {
        (0, _) => None,
        (some, 0) => Some(format!("{some} {revisions}, none of which changed it")),
        (some, _) => Some(format!("{some} {revisions} without a change left out")),
    };
    let older = (package.left_out > 0).then(|| format!("{} older rows left out", package.left_out));
    let whom = package.protect.map(|protect| format!("levels for {}", whom(protect)));
    let rest = whom.into_iter().chain(left_out).chain(older).map(|line| Answer {
        tone: "",
        mark: "",
        text: Sentence::new(&line),
    });
    Package {
        name: text(&package.name),
        notes: broken.into_iter().chain(unread).chain(rest).collect(),
        rows: package.rows.iter().map(|found| row(log, package, &id, found, ids)).collect(),
        id,
    }
}

fn is_bad(log: &LogReport, row: &LogRow) -> bool {
    log_words::verdict(log, row).0 == Tone::Bad
}

fn row(log: &LogReport, package: &PackageLog, id: &str, row: &LogRow, ids: &mut Ids) -> Row {
    let shown = |version: &Option<String>| version.as_deref().map_or("–".into(), text);
    let mut lines: Vec<String> = match log.item {
        Some(_) => log_words::events(row),
        None if row.status == PackageStatus::Undetermined => vec![log_words::headline(log, row).1],
        None => row.findings.iter().map(|finding| finding.message.clone()).collect(),
    };
    let hint = row.error.as_ref().and_then(|error| error.hint.as_ref());
    lines.extend(hint.map(|hint| format!("hint: {hint}")));
    let mut changes: Vec<&LoggedChange> =
        row.changes.iter().filter(|_| log_words::is_judged(row) && log.item.is_none()).collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.level));
    let change = |change: &&LoggedChange| {
        let (place, what) = log_words::change(&package.name, change);
        Change {
            level: change.level.word(),
            place: place.map(text),
            message: Sentence::new(&what),
            rule: text(&change.rule),
        }
    };
    let (tone, word) = log_words::verdict(log, row);
    Row {
        id: ids.take(&format!("r-{}", id.trim_start_matches("p-")), &row.revision),
        revision: text(&row.revision),
        date: text(&row.date),
        level: row.level.map(Level::word),
        old: row.old_version.as_deref().filter(|_| row.old_version != row.new_version).map(text),
        new: shown(&row.new_version),
        needs: log_words::needs(log, row).as_deref().map(text).unwrap_or_default(),
        tone: mark(tone).0,
        verdict: word,
        subject: log_words::subject(log, row).map(text),
        lines: lines.iter().map(|line| Sentence::new(line)).collect(),
        counts: log_words::counts(row),
        unlisted: changes.len().saturating_sub(LISTED),
        changes: changes.iter().take(LISTED).map(change).collect(),
    }
}
