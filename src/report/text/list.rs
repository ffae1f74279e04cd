//! What a revision holds: its packages, where they are, and who depends on whom.

use super::TextOptions;
use super::page::{BOLD, Page, RED, YELLOW};
use super::sides::side;
use crate::report::escape::clean;
use crate::report::list::*;
use crate::report::table::Table;
use std::collections::BTreeSet;

/// So much of what was skipped is listed before the rest is counted.
const SKIPPED: usize = 10;

/// The list as text. What could not be read as a whole is left to [`list_errors_to_text`].
///
/// [`list_errors_to_text`]: crate::report::list_errors_to_text
pub fn list_to_text(list: &ListReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    if list.input.commit.is_some() || list.input.how.is_some() {
        page.wrapped("", "  ", &format!("packages in {}", side(&list.input)));
    }
    if !list.packages.is_empty() {
        page.gap();
        page.packages(list);
    }
    page.unreadable(list);
    page.skipped(list);
    if list.errors.is_empty() || !list.packages.is_empty() {
        page.gap();
        let count = count(list);
        page.wrapped("", "  ", &count);
    }
    page.out
}

impl Page {
    fn packages(&mut self, list: &ListReport) {
        let mut table = Table {
            header: vec!["package", "version", "directory", "depends on", "used by"],
            rows: list.packages.iter().map(row).collect(),
        };
        let is_used = list.packages.iter().any(|package| !package.used_by.is_empty());
        if !is_used || !self.options.verbose && table.full_width() > self.width() {
            table = table.without("used by");
        }
        let style = |row: usize, column: &str| match column {
            "package" => Some(BOLD),
            "depends on" if list.packages.get(row).is_some_and(is_incomplete) => Some(YELLOW),
            _ => None,
        };
        match self.drawn(&table, style) {
            Some(table) => self.out.push_str(&table),
            None => list.packages.iter().for_each(|package| self.listed_package(package)),
        }
    }

    /// A package where there is no room for columns.
    fn listed_package(&mut self, package: &ListedPackage) {
        let name = self.styled(BOLD, &clean(&package.name));
        let version = package.version.as_deref().map_or(String::new(), |version| format!(" {}", clean(version)));
        self.wrapped("", "  ", &format!("{name}{version} in {}", clean(&package.path)));
        if !package.depends_on.is_empty() {
            self.wrapped("  ", "    ", &format!("depends on {}", depends_on(package)));
        }
        if self.options.verbose && !package.used_by.is_empty() {
            self.wrapped("  ", "    ", &format!("used by {}", used_by(package)));
        }
    }

    fn unreadable(&mut self, list: &ListReport) {
        let broken: Vec<_> =
            list.packages.iter().filter_map(|package| Some((package, package.error.as_ref()?))).collect();
        if broken.is_empty() {
            return;
        }
        self.gap();
        for (package, error) in broken {
            let word = self.styled(RED, "not readable:");
            let place = match (&error.file, error.line, error.column) {
                (Some(file), Some(line), Some(column)) => format!(" ({}:{line}:{column})", clean(file)),
                (Some(file), ..) => format!(" ({})", clean(file)),
                (None, ..) => String::new(),
            };
            let line = format!(
                "{word} {} in {}: {}{place}",
                clean(&package.name),
                clean(&package.path),
                clean(&error.message)
            );
            self.wrapped("", "  ", &line);
            if let Some(hint) = &error.hint {
                let word = self.styled(YELLOW, "hint:");
                self.wrapped("  ", "    ", &format!("{word} {}", clean(hint)));
            }
        }
    }

    fn skipped(&mut self, list: &ListReport) {
        if list.skipped.is_empty() {
            return;
        }
        self.gap();
        let listed = if self.options.verbose { list.skipped.len() } else { SKIPPED };
        for SkippedReport { path, reason } in list.skipped.iter().take(listed) {
            self.wrapped("", "  ", &format!("skipped {}: {}", clean(path), clean(reason)));
        }
        if list.skipped.len() > listed {
            let more = list.skipped.len() - listed;
            self.wrapped("", "  ", &format!("… and {more} more: pass --verbose to list them"));
        }
    }
}

fn row(package: &ListedPackage) -> Vec<String> {
    let version = package.version.as_deref().map_or(String::new(), clean);
    let cells = [clean(&package.name), version, clean(&package.path), depends_on(package), used_by(package)];
    cells.map(|cell| if cell.trim().is_empty() { "-".into() } else { cell.trim().to_string() }).into()
}

fn depends_on(package: &ListedPackage) -> String {
    let dependency = |dependency: &DependencyReport| {
        let version = dependency.version.as_deref().map_or(String::new(), |version| format!("@{}", clean(version)));
        let mark = if dependency.from == DependencySource::Missing { " (missing)" } else { "" };
        format!("{}{version}{mark}", clean(&dependency.name))
    };
    package.depends_on.iter().map(dependency).collect::<Vec<_>>().join(", ")
}

fn used_by(package: &ListedPackage) -> String {
    package.used_by.iter().map(|user| clean(user)).collect::<Vec<_>>().join(", ")
}

fn is_incomplete(package: &ListedPackage) -> bool {
    package.depends_on.iter().any(|dependency| dependency.from == DependencySource::Missing)
}

fn count(list: &ListReport) -> String {
    let many = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let packages = &list.packages;
    let missing = packages.iter().flat_map(|package| &package.depends_on);
    let missing: BTreeSet<_> = (missing.filter(|dependency| dependency.from == DependencySource::Missing))
        .map(|dependency| (&dependency.name, &dependency.version))
        .collect();
    let unreadable = packages.iter().filter(|package| package.error.is_some()).count();
    let counts = [
        Some(many(packages.len(), "package", "packages").unwrap_or("no package".into())),
        many(unreadable, "of them not readable", "of them not readable"),
        many(missing.len(), "missing dependency", "missing dependencies"),
        many(list.skipped.len(), "place skipped", "places skipped"),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
