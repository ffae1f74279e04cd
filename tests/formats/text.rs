//! The format `text`.

use super::{fixture, strangers};
use wit_diff::report::*;

/// The widths that it is laid out for, and those below and above.
const WIDTHS: [usize; 6] = [10, 40, 60, 80, 120, 200];

fn text(report: &Report, width: usize) -> String {
    to_text(report, &TextOptions { width, ..TextOptions::default() })
}

#[test]
fn goldens() {
    for (name, report) in fixture::all() {
        let shown = WIDTHS.iter().skip(1).map(|&width| format!("════ {width} columns\n{}", text(&report, width)));
        fixture::is_golden(name, "report.txt", &shown.collect::<String>());
    }
}

#[test]
fn no_line_is_wider_than_the_page_unless_a_word_of_it_is() {
    for report in fixture::all().map(|(_, report)| report).chain(strangers::reports()) {
        for width in WIDTHS {
            // A path is one word, whatever is in it.
            let is_path = |line: &&str| [" --> ", " ::: "].iter().any(|arrow| line.contains(arrow));
            for line in text(&report, width).lines().filter(|line| !is_path(line)) {
                let columns = textwrap::core::display_width(line);
                let word = line.split(' ').map(textwrap::core::display_width).max().unwrap_or_default();
                assert!(
                    columns <= width.max(40) || word + 20 > width.max(40),
                    "{columns} of {width} columns: {line:?}"
                );
            }
        }
    }
}

#[test]
fn both_sides_are_marked_where_they_differ() {
    let shown = text(&fixture::report("breaking"), 80);
    for lines in [
        "13 |         size: u32,\n         |               --- old\n",
        "14 |         size: u64,\n         |               ^^^ new\n",
        "26 |             offset: u64,\n         |             ------ old\n",
        "27 |             start: u64,\n         |             ^^^^^ new\n",
        "41 | interface locks {\n         |           ----- old\n",
    ] {
        assert!(shown.contains(lines), "no {lines:?} in {shown}");
    }
    let last: Vec<&str> = shown.lines().rev().take(2).collect();
    assert_eq!(last, ["  requires 2.0.0, declares 1.3.0: insufficient", "major for guests: acme:files 1.2.0 → 1.3.0"]);
}

#[test]
fn very_many_changes_are_all_there() {
    let report = fixture::many(10_000);
    let shown = text(&report, 80);
    let told = shown.lines().filter(|line| line.contains("major: function") || line.contains("minor: function"));
    assert_eq!(told.count(), 10_000);
}
