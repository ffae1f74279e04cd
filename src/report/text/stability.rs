//! How stable packages are: for each a table of what is in it, the most settled first.

use super::TextOptions;
use super::page::{BOLD, Page, YELLOW, tone};
use super::sides::side;
use crate::report::escape::clean;
use crate::report::stability::*;
use crate::report::stability_words::{self, StabilityOptions};
use crate::report::table::Table;
use std::collections::BTreeSet;

/// Columns that are left out where there is no room, one more each time.
const DROPPED: [&str; 4] = ["last broke", "since", "grew", "users"];

/// So many of those who use something are named.
const NAMED: usize = 5;

/// The report as text. Why there is none is left to [`stability_errors_to_text`].
///
/// [`stability_errors_to_text`]: crate::report::stability_errors_to_text
pub fn stability_to_text(report: &StabilityReport, what: &StabilityOptions, options: &TextOptions) -> String {
    let mut page = Page { protect: report.protect, ..Page::empty(options) };
    if report.packages.is_empty() {
        return page.out;
    }
    let since = report.base.as_ref().map_or(String::new(), |base| format!(" since {}", side(base)));
    let head = format!("stability in {}{since}: {}", side(&report.input), stability_words::about(report));
    page.wrapped("", "  ", &head);
    for package in &report.packages {
        page.gap();
        page.line_of(report, package, what);
    }
    page.classes(report, what);
    page.out
}

impl Page {
    fn line_of(&mut self, report: &StabilityReport, package: &PackageStability, what: &StabilityOptions) {
        let version = package.version.as_deref().map_or(String::new(), |version| format!(" {}", clean(version)));
        let name = self.styled(BOLD, &format!("{}{version}", clean(&package.name)));
        let whole = stability_words::whole(package);
        let class = whole.map_or("undetermined".into(), |whole| self.class(whole.class));
        let since = whole.map_or(String::new(), |whole| {
            format!(", since {} ({})", clean(&stability_words::since(whole)), clean(&whole.since.date))
        });
        let age = stability_words::age(report, package);
        let users = whole.map_or(0, |whole| whole.used_by_packages);
        let users = match users {
            0 => String::new(),
            1 => ", used by 1 other package".into(),
            many => format!(", used by {many} other packages"),
        };
        let whom = stability_words::whom_of(package);
        let end = stability_words::end(package).map_or(String::new(), |end| format!("; {}", clean(&end)));
        self.wrapped("", "  ", &format!("{name}: {class}{since}, {age}{users}{whom}{end}"));
        for note in whole.map(|whole| figures(whole, report)).into_iter().flatten() {
            self.wrapped("  ", "    ", &clean(&note));
        }
        if !package.undetermined.is_empty() {
            let names: Vec<String> = package.undetermined.iter().map(|name| clean(name)).collect();
            let word = self.styled(YELLOW, "undetermined:");
            let count = stability_words::count_for_nothing(package);
            let line = format!("{word} {}, which {count}", self.listed(&names));
            self.wrapped("  ", "    ", &line);
            let reasons = stability_words::reasons(package);
            let told = if self.options.verbose { reasons.len() } else { NAMED };
            reasons.iter().take(told).for_each(|reason| self.wrapped("    ", "      ", &clean(reason)));
            if let Some(more) = reasons.len().checked_sub(told).filter(|more| *more > 0) {
                self.wrapped("    ", "      ", &format!("and {more} more (`--verbose` tells why)"));
            }
        }
        let items = stability_words::listed(package, what);
        if !items.is_empty() {
            self.items(report, package, &items);
        }
        if self.options.verbose {
            items.iter().for_each(|item| self.item(report, package, item));
        }
    }

    fn items(&mut self, report: &StabilityReport, package: &PackageStability, items: &[&ItemStability]) {
        let row = |item: &&ItemStability| -> Vec<String> {
            let last = item.last_broke.as_ref().map_or("-".into(), |past| clean(&stability_words::past(past)));
            let broke = match (item.broke, item.pre_releases_broke) {
                (broke, 0) => broke.to_string(),
                (broke, drafts) => format!("{broke} +{drafts}"),
            };
            vec![
                clean(stability_words::name(package, item)),
                item.class.word().to_owned(),
                clean(&stability_words::since(item)),
                item.releases.to_string(),
                item.grew.to_string(),
                broke,
                last,
                item.used_by.len().to_string(),
            ]
        };
        let table = Table {
            header: vec![
                "item",
                "class",
                "since",
                stability_words::step(report, 2),
                "grew",
                "broke",
                "last broke",
                "users",
            ],
            rows: items.iter().map(row).collect(),
        };
        let broke = table.rows.iter().any(|row| row.get(6).is_some_and(|cell| cell != "-"));
        let table = if broke { table } else { table.without("last broke") };
        let style = |at: usize, column: &str| {
            let item = items.get(at).filter(|_| column == "class")?;
            Some(tone(stability_words::tone(item.class)))
        };
        let fitting = (0..=DROPPED.len()).find_map(|dropped| {
            let dropped = DROPPED.get(..dropped).unwrap_or_default();
            let narrow = dropped.iter().fold(table.without(""), |table, name| table.without(name));
            let is_fit = narrow.full_width() <= self.width() || dropped.len() == DROPPED.len();
            Some(narrow).filter(|table| is_fit && table.least_width() <= self.width())
        });
        match fitting.and_then(|table| self.drawn(&table, style)) {
            Some(table) => self.out.push_str(&table),
            None => {
                for item in items {
                    let class = self.class(item.class);
                    let name = clean(stability_words::name(package, item));
                    let step = stability_words::step(report, item.releases);
                    let line = format!("{name}: {class}, {} {step}, broke {}", item.releases, item.broke);
                    self.wrapped("", "  ", &line);
                }
            }
        }
    }

    /// An item in sentences.
    fn item(&mut self, report: &StabilityReport, package: &PackageStability, item: &ItemStability) {
        // Where it is gone, stands among what happened.
        let gone = stability_words::gone(item);
        let mut lines = stability_words::notes(item);
        lines.retain(|note| Some(note) != gone.as_ref());
        lines.extend(stability_words::broke_for(report, package, item));
        let marks: Vec<String> = item
            .marks
            .iter()
            .filter(|mark| mark.what != MarkKind::Documented)
            .map(|mark| format!("{} in {}", mark.what.word(), mark.revision))
            .collect();
        lines.extend((!marks.is_empty()).then(|| marks.join(", ")));
        if !item.used_by.is_empty() {
            let named: Vec<&str> = item.used_by.iter().take(NAMED).map(String::as_str).collect();
            let more = item.used_by.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("used by {}{more}", named.join(", ")));
        }
        if lines.is_empty() {
            return;
        }
        self.out.push('\n');
        let name = self.styled(BOLD, &clean(stability_words::name(package, item)));
        self.wrapped("  ", "    ", &name);
        lines.iter().for_each(|line| self.wrapped("    ", "      ", &clean(line)));
    }

    /// What the words mean that stand there.
    fn classes(&mut self, report: &StabilityReport, what: &StabilityOptions) {
        let listed = |package: &PackageStability| -> Vec<StabilityClass> {
            let items = stability_words::listed(package, what);
            items.into_iter().chain(stability_words::whole(package)).map(|item| item.class).collect()
        };
        let has_drafts = |package: &PackageStability| {
            let items = stability_words::listed(package, what);
            items.iter().any(|item| item.pre_releases_broke > 0)
        };
        let has_drafts = report.packages.iter().any(has_drafts);
        let there: BTreeSet<StabilityClass> = report.packages.iter().flat_map(listed).collect();
        self.gap();
        for class in there {
            let word = self.class(class);
            self.wrapped("", "  ", &format!("{word}: {}", stability_words::meaning(class)));
        }
        if has_drafts {
            self.wrapped("", "  ", "broke +N: N times from or to a pre-release, which promises nothing; what was promised before counts at the next \
                 release");
        }
    }

    fn class(&self, class: StabilityClass) -> String {
        self.styled(tone(stability_words::tone(class)), class.word())
    }
}

/// What is to be known of a package as a whole.
fn figures(item: &ItemStability, report: &StabilityReport) -> Vec<String> {
    let mut lines = Vec::new();
    if item.grew + item.broke > 0 {
        let last = item.last_broke.as_ref().map_or(String::new(), |past| {
            let step = stability_words::step(report, past.releases_ago);
            format!(", last in {} ({}), {} {step} ago", past.revision, past.date, past.releases_ago)
        });
        lines.push(format!("grew in {}, broke in {}{last}", item.grew, item.broke));
    }
    lines.extend(stability_words::notes(item));
    lines
}
