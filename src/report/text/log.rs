//! The history of packages: for each a table of its revisions, and what happened in them, in words.

use super::TextOptions;
use super::page::{BOLD, LISTED, Page, RED, YELLOW, tone};
use super::sides::side;
use crate::report::escape::clean;
use crate::report::log::*;
use crate::report::log_words::{self, Tone};
use crate::report::reasons::shown;
use crate::report::table::Table;
use crate::report::words::whom;
use crate::verdict::Level;

/// Columns that are left out where there is no room, one more each time.
const DROPPED: [&str; 4] = ["changes", "needs", "old", "date"];

/// Columns of which long words take two lines. The first column of a table never does.
const FOLDED: [&str; 5] = ["release", "old", "declared", "needs", "version"];

/// The log as text. Why there is none, or not the one that was asked for, is left to [`log_errors_to_text`].
///
/// [`log_errors_to_text`]: crate::report::log_errors_to_text
pub fn log_to_text(log: &LogReport, options: &TextOptions) -> String {
    let mut page = Page { protect: log.protect, ..Page::empty(options) };
    if log.packages.is_empty() {
        return page.out;
    }
    page.heading(log);
    for package in &log.packages {
        page.gap();
        page.package_log(log, package);
    }
    page.out
}

impl Page {
    fn heading(&mut self, log: &LogReport) {
        let since = log.base.as_ref().map_or(String::new(), |base| format!(" since {}", side(base)));
        let (one, many) = match log.by {
            Some(LogSteps::Tags) | None => ("release tag", "release tags"),
            Some(LogSteps::Commits) => ("commit", "commits"),
        };
        let count = if log.revisions == 1 { format!("1 {one}") } else { format!("{} {many}", log.revisions) };
        let what = match &log.item {
            Some(item) => format!("history of {} in {}", clean(item), side(&log.input)),
            None => format!("history of {}", side(&log.input)),
        };
        self.wrapped("", "  ", &format!("{what}{since}: {count}, newest first; levels for {}", whom(log.protect)));
    }

    fn package_log(&mut self, log: &LogReport, package: &PackageLog) {
        let name = self.styled(BOLD, &clean(&package.name));
        self.wrapped("", "  ", &format!("{name}{}", log_words::whom_of(package)));
        if !package.rows.is_empty() {
            match log.item {
                Some(_) => self.events(log, package),
                None => {
                    self.rows(log, package);
                    self.words(log, package);
                }
            }
        }
        self.rest(log, package);
    }

    fn rows(&mut self, log: &LogReport, package: &PackageLog) {
        let table = Table {
            header: vec!["date", revision_word(log), "level", "old", "declared", "needs", "verdict", "changes"],
            rows: package.rows.iter().map(|row| cells(log, row)).collect(),
        };
        let style = |at: usize, column: &str| {
            let row = package.rows.get(at)?;
            match column {
                "level" => row.level.map(|level| self.level_style(level)),
                "verdict" => Some(tone(log_words::verdict(log, row).0)),
                _ => None,
            }
        };
        match self.fitting(&table).and_then(|table| self.drawn(&table, style)) {
            Some(table) => self.out.push_str(&table),
            None => package.rows.iter().for_each(|row| self.row_in_a_line(log, row)),
        }
    }

    /// The table with as many columns as there is room for.
    fn fitting(&self, table: &Table) -> Option<Table> {
        (0..=DROPPED.len()).find_map(|dropped| {
            let dropped = DROPPED.get(..dropped).unwrap_or_default();
            let narrow = dropped.iter().fold(table.without(""), |table, name| table.without(name));
            let first = narrow.header.first().copied().unwrap_or_default();
            let folded: Vec<&str> = FOLDED.into_iter().filter(|name| *name != first).collect();
            let folded = narrow.folded(&folded);
            [narrow, folded].into_iter().find(|table| table.least_width() <= self.width())
        })
    }

    /// A row where there is no room for columns.
    fn row_in_a_line(&mut self, log: &LogReport, row: &LogRow) {
        let (style, verdict) = log_words::verdict(log, row);
        let verdict = self.styled(tone(style), &verdict);
        let level = row
            .level
            .map_or(String::new(), |level| format!("{}, ", self.styled(self.level_style(level), level.word())));
        self.wrapped("", "  ", &format!("{} {}: {level}{verdict}", clean(&row.date), clean(&row.revision)));
    }

    /// What happened in the revisions of which there is something to say.
    fn words(&mut self, log: &LogReport, package: &PackageLog) {
        let verbose = self.options.verbose;
        for row in package.rows.iter().filter(|row| verbose || log_words::is_loud(log, row)) {
            self.out.push('\n');
            let revision = self.styled(BOLD, &clean(&row.revision));
            let (style, line) = log_words::headline(log, row);
            let line = self.styled(tone(style), &clean(&line));
            let subject =
                log_words::subject(log, row).map_or(String::new(), |subject| format!(" ({})", clean(subject)));
            self.wrapped("  ", "    ", &format!("{revision}{subject}: {line}"));
            for finding in log_words::more_findings(row) {
                let word = self.styled(YELLOW, "finding:");
                self.wrapped("    ", "      ", &format!("{word} {}", clean(finding)));
            }
            if let Some(hint) = row.error.as_ref().and_then(|error| error.hint.as_ref()) {
                let word = self.styled(YELLOW, "hint:");
                self.wrapped("    ", "      ", &format!("{word} {}", clean(hint)));
            }
            self.listed_changes(package, row);
        }
    }

    fn listed_changes(&mut self, package: &PackageLog, row: &LogRow) {
        let is_told = |change: &&LoggedChange| self.options.verbose || change.level > Level::Patch;
        let mut told: Vec<&LoggedChange> = row.changes.iter().filter(is_told).collect();
        told.sort_by_key(|change| std::cmp::Reverse(change.level));
        let listed = if self.options.verbose { told.len() } else { LISTED };
        for change in told.iter().take(listed) {
            let level = self.styled(self.level_style(change.level), change.level.word());
            let (place, what) = log_words::change(&package.name, change);
            let place = place.map_or(String::new(), |place| format!("{}: ", clean(place)));
            let line = format!("{level}: {place}{}", clean(&what));
            self.wrapped("    - ", "      ", &line);
        }
        let more = told.len().saturating_sub(listed);
        let quiet = row.changes.len() - told.len();
        let more = (more > 0).then(|| format!("{more} more"));
        let quiet = (quiet > 0).then(|| format!("{quiet} of documentation and gates"));
        let rest: Vec<String> = [more, quiet].into_iter().flatten().collect();
        if rest.is_empty() {
            return;
        }
        let and = if told.is_empty() { "" } else { "and " };
        let rest = format!("{and}{}", rest.join(", and "));
        self.wrapped("    … ", "      ", &rest);
    }

    /// What happened to the item that is followed.
    fn events(&mut self, log: &LogReport, package: &PackageLog) {
        let what = |row: &LogRow| {
            let events = log_words::events(row);
            let mark = if events.len() > 1 { "- " } else { "" };
            events.iter().map(|line| format!("{mark}{}", clean(line))).collect::<Vec<_>>()
        };
        let row = |row: &LogRow| {
            let version = shown(row.new_version.as_ref().map_or(&row.old_version, |_| &row.new_version));
            [clean(&row.date), clean(&row.revision), version, what(row).join("\n")].map(filled).into()
        };
        let table = Table {
            header: vec!["date", revision_word(log), "version", "what happened"],
            rows: package.rows.iter().map(row).collect(),
        };
        // Sentences need the room more than names do.
        let table = if table.full_width() > self.width() { table.folded(&FOLDED) } else { table };
        match self.fitting(&table).and_then(|table| self.drawn(&table, |_, _| None)) {
            Some(table) => self.out.push_str(&table),
            None => {
                for row in &package.rows {
                    self.wrapped("", "  ", &format!("{} {}", clean(&row.date), clean(&row.revision)));
                    what(row).iter().for_each(|line| self.wrapped("    ", "      ", line));
                }
            }
        }
    }

    /// What has no row.
    fn rest(&mut self, log: &LogReport, package: &PackageLog) {
        let verdicts = package.rows.iter().map(|row| log_words::verdict(log, row).0);
        let broken = verdicts.filter(|tone| *tone == Tone::Bad).count();
        let rows = package.rows.len();
        let of = if rows == 1 { "the one row".into() } else { format!("{broken} of {rows} rows") };
        let broken = (broken > 0 && log.item.is_none())
            .then(|| self.styled(RED, &format!("in {of} the declared version does not honour what changed")));
        let revisions = if package.unchanged == 1 { "revision" } else { "revisions" };
        let unchanged = (package.unchanged > 0).then(|| match (&log.item, rows) {
            (Some(_), _) => format!("{} {revisions} that did nothing to it left out", package.unchanged),
            (None, 0) => format!("{} {revisions}, none of which changed it", package.unchanged),
            (None, _) => {
                format!("{} {revisions} without a change left out (--verbose lists them)", package.unchanged)
            }
        });
        let older = (package.left_out > 0).then(|| format!("{} older rows left out (--limit)", package.left_out));
        let lines: Vec<String> = [broken, unchanged, older].into_iter().flatten().collect();
        if !lines.is_empty() && rows > 0 {
            self.out.push('\n');
        }
        lines.iter().for_each(|line| self.wrapped("  ", "    ", line));
    }
}

/// Every column but this one is what it says.
fn revision_word(log: &LogReport) -> &'static str {
    match log.by {
        Some(LogSteps::Commits) => "commit",
        Some(LogSteps::Tags) | None => "release",
    }
}

fn cells(log: &LogReport, row: &LogRow) -> Vec<String> {
    let level = row.level.map_or("-", Level::word).to_owned();
    let needs = shown(&log_words::needs(log, row));
    let (old, declared) = (shown(&row.old_version), shown(&row.new_version));
    let counts = log_words::counts(row);
    [clean(&row.date), clean(&row.revision), level, old, declared, needs, log_words::verdict(log, row).1, counts]
        .map(filled)
        .into()
}

/// A cell always has something in it.
fn filled(cell: String) -> String {
    if cell.trim().is_empty() { "-".into() } else { cell.trim().to_owned() }
}
