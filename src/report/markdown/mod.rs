//! The report as Markdown, for a comment on a pull request: what is decided and why, what breaks, each with its WIT, what
//! else makes it fail, and folded the rest.

mod change;
mod cost;
mod gained;
mod graph;
mod head;
mod packages;
mod rest;
mod sheet;
mod snippet;

use super::markdown_escape::{code, name, sentence};
use super::quiet::sorted;
use super::told::{is_told, told};
use super::weigh::{Scale, Weight};
use super::wire::*;
use crate::verdict::Level;
use sheet::Sheet;
use std::cmp::Reverse;

/// So long may a comment on GitHub be, in characters, and what posts it adds a line of its own to it. Bytes are counted
/// here: there are no fewer of them.
const LIMIT: usize = 65_536 - 500;

/// So much is kept for the sentence that says what is left out.
const KEPT_FOR_END: usize = 1_000;

/// So much of the rest is kept for changes that break nobody.
const KEPT_FOR_REST: usize = 6_000;

/// So much is kept for changes that are told in a line each.
const KEPT_FOR_LINES: usize = 20_000;

/// So many breaking changes are told in full, others in a line each.
const FULL: usize = 20;

/// So many other changes for which a package fails are not folded.
const FAILING: usize = 20;

/// The report as GitHub-flavoured Markdown, for a comment on a pull request or for the summary of a step; never longer
/// than a comment may be. What comes from outside shows as it is, and does nothing.
///
/// Its first line is a comment by which it is found again, to be replaced by the next one: it starts with
/// `<!-- wit-diff`, and is the same for reports that were asked for alike.
///
/// ```
/// use wit_diff::report::to_markdown;
/// let report = wit_diff::pipeline::run("old.wit", "new.wit", &Default::default());
/// assert!(to_markdown(&report).starts_with("<!-- wit-diff -->\n## ⚠️ "));
/// ```
pub fn to_markdown(report: &Report) -> String {
    let marker = head::marker(report);
    if head::is_nothing(report) {
        return format!("{marker}\n{}\n", head::nothing(report));
    }
    let mut sheet = Sheet::new(&marker, LIMIT - KEPT_FOR_END);
    head::head(&mut sheet, report);
    for package in &report.packages {
        gained::gained(&mut sheet, report, package);
    }
    let told = told(report);
    let (mut full, mut breaking, mut others) = (FULL, 0, 0);
    for package in &report.packages {
        let own = package.changes.iter().filter(|change| !is_told(&told, change));
        let changes: Vec<&ChangeReport> = own.filter(|change| change.level == Level::Major).collect();
        breaking += change::breaking(&mut sheet, report, package, &changes, &mut full);
    }
    for package in &report.packages {
        let own = package.changes.iter().filter(|change| !is_told(&told, change) && change.level < Level::Major);
        let scale = Scale::of(report, package);
        let (mut failing, mut rest): (Vec<_>, Vec<_>) = own.partition(|change| scale.weigh(change) == Weight::Failing);
        failing.sort_by_key(|change| Reverse((scale.is_denied(change), change.level)));
        rest.extend(failing.split_off(failing.len().min(FAILING)));
        others += rest::failing(&mut sheet, report, package, &failing);
        let (minor, quiet): (Vec<_>, Vec<_>) = rest.into_iter().partition(|change| change.level == Level::Minor);
        others += rest::compatible(&mut sheet, report, package, &minor);
        for (kind, changes) in sorted(quiet, |change| change) {
            others += rest::quiet(&mut sheet, report, package, kind, &changes);
        }
        others += rest::through(&mut sheet, package, &told);
        cost::cost(&mut sheet, package);
    }
    sheet.end(breaking, others, report.protect_of_all())
}

/// So long is a name from outside before the rest of it is left out, in characters, and a sentence that quotes some.
const SHORT: usize = 300;
const SENTENCE: usize = 1_000;

fn short(text: &str) -> String {
    cut(text, SHORT)
}

fn cut(text: &str, most: usize) -> String {
    // Nobody reads so far; what is kept more is what the last of it may begin.
    let end = text.char_indices().nth(most + 3).map_or(text.len(), |(end, _)| end);
    let text = super::escape::clean(text.get(..end).unwrap_or_default());
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A name from outside.
fn named(text: &str) -> String {
    code(&short(text))
}

/// A version, or that there is none.
fn version(version: &Option<String>) -> String {
    version.as_deref().map_or("–".into(), |version| name(&short(version)))
}

/// A sentence in which something may come from outside.
fn said(text: &str) -> String {
    sentence(&cut(text, SENTENCE))
}

/// The first few, and how many more there are.
fn listed(items: &[String], most: usize) -> String {
    // One more is not worth a count.
    let shown = if items.len() <= most + 1 { items.len() } else { most };
    let list = items.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    match items.len() - shown {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

/// "1 change", "2 changes".
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
