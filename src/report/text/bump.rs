//! What `bump` does, or would do: each package with its reason, then the files.

use super::TextOptions;
use super::page::{BOLD, DIM, GREEN, Page, RED, YELLOW};
use super::sides::side;
use crate::report::bump::*;
use crate::report::escape::clean;
use crate::verdict::Level;

/// The plan as text. What stands in its way goes to the standard error: see [`bump_errors_to_text`].
///
/// [`bump_errors_to_text`]: crate::report::bump_errors_to_text
pub fn bump_to_text(report: &BumpReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    if let Some(old) = &report.old {
        page.wrapped("", "  ", &format!("comparing {} with the working tree", side(old)));
    }
    page.versions(report);
    page.diffs(report);
    for note in &report.notes {
        page.note(&clean(note));
    }
    // What is wrong has been said.
    if !report.packages.is_empty() || report.errors.is_empty() && report.check.is_none() {
        page.ending(report);
    }
    page.out
}

impl Page {
    fn versions(&mut self, report: &BumpReport) {
        if !report.packages.is_empty() {
            self.gap();
        }
        let stays = |package: &&BumpPackage| package.declared == package.next;
        let (still, moved): (Vec<_>, Vec<_>) = report.packages.iter().partition(|package| stays(package));
        for package in moved {
            let label = self.styled(BOLD, &clean(&package.name));
            let next = self.styled(GREEN, &shown(&package.next));
            self.wrapped("", "  ", &format!("{label} {} → {next}: {}", shown(&package.declared), why(package)));
        }
        // Where much stands still, its names are enough.
        let listed = self.options.verbose || still.len() <= LISTED;
        if listed {
            for package in still {
                let version =
                    package.declared.as_deref().map_or(String::new(), |version| format!(" {}", clean(version)));
                self.wrapped("", "  ", &format!("{}{version} stays: {}", clean(&package.name), why(package)));
            }
        } else {
            self.wrapped("", "  ", &format!("{} packages stay as they are", still.len()));
        }
    }

    fn diffs(&mut self, report: &BumpReport) {
        if report.status == BumpStatus::Written || report.files.is_empty() {
            return;
        }
        self.gap();
        for line in report.files.iter().flat_map(|file| file.diff.split_inclusive('\n')) {
            let text = line.strip_suffix('\n').unwrap_or(line);
            let (text, end) = text.strip_suffix('\r').map_or((text, ""), |text| (text, "\r"));
            let style = match text.as_bytes().first() {
                Some(b'+') => Some(GREEN),
                Some(b'-') => Some(RED),
                Some(b'@') => Some(DIM),
                _ => None,
            };
            // What is a tab in a text stays one, and nothing else steers a terminal.
            let text = text.split('\t').map(clean).collect::<Vec<_>>().join("\t");
            let text = style.map_or_else(|| text.clone(), |style| self.styled(style, &text));
            self.out.push_str(&format!("{text}{end}\n"));
        }
    }

    fn ending(&mut self, report: &BumpReport) {
        let files = |verb: &str| match report.files.len() {
            1 => format!("1 file {verb}"),
            count => format!("{count} files {verb}"),
        };
        let (style, text) = match report.status {
            BumpStatus::Planned => (YELLOW, format!("{}; nothing is written without `--write`", files("to change"))),
            BumpStatus::Written => (GREEN, format!("{}, and `check` passes{}", files("written"), about(report))),
            BumpStatus::Sufficient => (GREEN, "nothing to change: the declared versions are sufficient".to_owned()),
            BumpStatus::Failed => (RED, "nothing is written: even so, `check` would not pass".to_owned()),
            BumpStatus::Refused => (RED, "nothing is written".to_owned()),
            BumpStatus::Undetermined => (YELLOW, "nothing is written: a package could not be judged".to_owned()),
            BumpStatus::Nothing => (RED, "there is no package here".to_owned()),
        };
        self.gap();
        let text = self.styled(style, &text);
        self.wrapped("", "  ", &text);
    }
}

/// So many packages that stay are named each.
const LISTED: usize = 8;

/// Why a package moves, or stays.
fn why(package: &BumpPackage) -> String {
    if package.declared.is_none() {
        return "it declares no version".to_owned();
    }
    let Some(old) = package.old_version.as_deref() else { return "it has no release yet".to_owned() };
    let base = package.base.as_deref().map_or(String::new(), |base| format!(" ({})", clean(base)));
    let since = format!("since {}{base}", clean(old));
    let mut why = match package.level {
        Level::None => format!("nothing changed {since}"),
        level => format!("{} {since}", level.word()),
    };
    let is_moved = package.declared != package.next;
    if is_moved && !package.follows.is_empty() {
        let names = package.follows.iter().map(|found| format!("{} {}", clean(&found.package), clean(&found.to)));
        why.push_str(&format!(", as it depends on {}", names.collect::<Vec<_>>().join(", ")));
    }
    if is_moved && !package.taken.is_empty() {
        let taken = package.taken.iter().map(|version| clean(version)).collect::<Vec<_>>().join(", ");
        why.push_str(&format!("; {taken}: released with other contents"));
    }
    why
}

/// Which packages the check was about, if not all.
fn about(report: &BumpReport) -> String {
    let names: Vec<String> = report.checked.iter().map(|name| clean(name)).collect();
    if names.is_empty() { String::new() } else { format!(" for {}", names.join(", ")) }
}

fn shown(version: &Option<String>) -> String {
    version.as_deref().map_or_else(|| "no version".to_owned(), clean)
}
