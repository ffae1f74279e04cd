//! Changelogs: what they say of real packages (goldens in `testdata/changelog`, rewritten by `BLESS=1`), what holds of
//! every pair there is, and what a file that people write in looks like after a merge.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod goldens;
mod hostile;
mod laws;
mod merge;
#[path = "../support/options.rs"]
mod options;
#[path = "../support/pairs.rs"]
mod pairs;
mod repository;
#[allow(dead_code, reason = "of JSON there is none here")]
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{ChangelogOptions, ChangelogSection, Report, changelog, changelog_to_markdown, merge_changelog};
use wit_diff::revision::from_text;

/// A report on a package with these bodies.
fn compared(old: &str, new: &str) -> Report {
    pipeline::run_sources(from_text("a.wit", old), from_text("a.wit", new), &Options::default())
}

/// Where no version but those of the reports is released.
fn sections(report: &Report) -> Vec<ChangelogSection> {
    changelog(report, &ChangelogOptions { date: None, released: Some(Default::default()) })
}

/// Fails unless the text is headings of our kinds, and bullets of words and code.
#[track_caller]
fn is_plain(markdown: &str) {
    let mut depth = 0;
    for event in Parser::new_ext(markdown, pulldown_cmark::Options::all()) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3, .. }) => {}
            Event::Start(Tag::List(None)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item | Tag::Paragraph) | Event::End(_) => {}
            Event::Text(text) => {
                let unsafe_text = text.contains(['@', '<', '|', '`', '#']) || text.contains("://");
                assert!(!unsafe_text, "{text:?} in {markdown}");
            }
            Event::Code(_) | Event::SoftBreak => {}
            Event::InlineHtml(html) if is_mark(&html) => {}
            other => panic!("{other:?} in {markdown}"),
        }
        assert!((0..=1).contains(&depth), "a list in a list in {markdown}");
    }
}

/// `<!-- wit-diff 0123456789abcdef 01234567 -->`
fn is_mark(html: &str) -> bool {
    let inside = html.strip_prefix("<!-- wit-diff ").and_then(|rest| rest.strip_suffix(" -->")).unwrap_or_default();
    let lengths: Vec<usize> = inside.split(' ').map(str::len).collect();
    lengths == [16, 8] && inside.chars().all(|c| c.is_ascii_hexdigit() || c == ' ')
}

/// The text without the comments that nobody sees.
fn without_marks(text: &str) -> String {
    let mut parts = text.split(" <!-- wit-diff ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("-->").map_or("", |(_, rest)| rest))
}
