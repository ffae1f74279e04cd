//! Many packages at a glance: a table of those that ask for attention, and a line for the others.

use super::page::{BOLD, Page, YELLOW, tone};
use crate::report::escape::clean;
use crate::report::notes::moved;
use crate::report::reasons::shown;
use crate::report::standing::{is_nameless, is_quiet, reason, verdict};
use crate::report::table::Table;
use crate::report::wire::*;

/// Versions, which take two lines where there is no room, and what is left out first where there still is none.
const DROPPED: [&str; 3] = ["required", "old", "declared"];

impl Page {
    /// The name of a package, with its version where several have that name.
    pub fn label(&self, package: &PackageReport) -> String {
        let name = clean(&package.name);
        match package.new_version.as_ref().or(package.old_version.as_ref()) {
            Some(version) if self.shared.contains(&package.name) => format!("{name} {}", clean(version)),
            _ => name,
        }
    }

    pub fn summary(&mut self, report: &Report) {
        let rows: Vec<&PackageReport> = report.packages.iter().filter(|package| !is_quiet(package)).collect();
        if !rows.is_empty() {
            let mut table = Table {
                header: vec!["package", "level", "old", "declared", "required", "verdict"],
                rows: rows.iter().map(|package| row(package)).collect(),
            };
            if table.least_width() > self.width() {
                table = table.folded(&DROPPED);
            }
            for dropped in DROPPED {
                if table.least_width() > self.width() {
                    table = table.without(dropped);
                }
            }
            let style = |row: usize, column: &str| {
                let package = rows.get(row)?;
                match column {
                    "level" => package.level.map(|level| self.level_style(level)),
                    "verdict" => Some(tone(verdict(package).0)),
                    _ => None,
                }
            };
            match self.drawn(&table, style) {
                Some(table) => self.out.push_str(&table),
                None => rows.iter().for_each(|package| self.row(package)),
            }
        }
        self.unchanged(report);
    }

    /// A row where there is no room for columns.
    fn row(&mut self, package: &PackageReport) {
        let level = match package.level {
            Some(level) => format!("{} ", self.styled(self.level_style(level), level.word())),
            None => String::new(),
        };
        let (is, word) = verdict(package);
        let word = self.styled(tone(is), &word);
        self.wrapped("", "  ", &format!("{level}{}: {word}", self.label(package)));
    }

    fn unchanged(&mut self, report: &Report) {
        let quiet: Vec<&PackageReport> = report.packages.iter().filter(|package| is_quiet(package)).collect();
        if quiet.is_empty() {
            return;
        }
        let names: Vec<String> = quiet.iter().map(|package| self.label(package)).collect();
        let line = format!("{} unchanged: {}", quiet.len(), self.listed(&names));
        self.wrapped("", "  ", &line);
        let moved: Vec<String> =
            (quiet.iter()).filter_map(|package| Some(format!("{} {}", self.label(package), moved(package)?))).collect();
        if !moved.is_empty() {
            let line = format!("{} of them moved: {}", moved.len(), self.listed(&moved));
            self.wrapped("  ", "    ", &line);
        }
    }

    /// All packages without a verdict, for one and the same reason.
    pub fn all_undetermined(&mut self, report: &Report) -> bool {
        let error = report.packages.first().and_then(|package| package.error.as_ref());
        let is_one = error.is_some() && report.packages.iter().all(|package| package.error.as_ref() == error);
        let names: Vec<String> = report.packages.iter().map(|package| self.label(package)).collect();
        if let Some(error) = error.filter(|_| is_one && names.len() > 1) {
            let line = format!(
                "{}: {} packages, because {}: {}",
                self.styled(YELLOW, "undetermined"),
                names.len(),
                reason(error),
                self.listed(&names)
            );
            self.wrapped("", "  ", &line);
            return true;
        }
        false
    }

    pub fn undetermined(&mut self, package: &PackageReport, error: &ErrorReport) {
        if !is_nameless(package) {
            let word = self.styled(YELLOW, "undetermined");
            let name = self.styled(BOLD, &clean(&package.name));
            self.wrapped("", "  ", &format!("{word}: {name}, because {}", reason(error)));
        }
    }
}

fn row(package: &PackageReport) -> Vec<String> {
    let VersionReport { required, declared, .. } = &package.version;
    let is_promised = matches!(package.status, PackageStatus::Changed | PackageStatus::Unchanged);
    let required = if is_promised { shown(required) } else { "-".into() };
    let level = package.level.map_or("-", |level| level.word()).to_string();
    let cells =
        [clean(&package.name), level, shown(&package.old_version), shown(declared), required, verdict(package).1];
    cells.map(|cell| if cell.trim().is_empty() { "-".into() } else { cell.trim().to_string() }).into()
}
