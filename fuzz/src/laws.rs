//! What holds of every report, whatever went in.

use serde_json::Value;
use wit_diff::report::{Format, ListReport, PackageStatus, RenderOptions, Report, Status, TextOptions};
use wit_diff::report::{errors_to_text, list_errors_to_text, list_to_json, list_to_text, render, to_json, to_text};
use wit_diff::verdict::Level;

/// Checks that the report is at one with itself, and that it can be written in every format.
pub fn hold(report: &Report) {
    let json: Value = serde_json::from_str(&to_json(report)).expect("the JSON report is no JSON");
    assert_eq!(json, serde_json::to_value(report).unwrap(), "the JSON report reads back as something else");
    for width in [20, 40, 80, 200] {
        for (color, verbose) in [(false, false), (false, true), (true, true)] {
            let options = TextOptions { width, color, verbose };
            is_clean(&to_text(report, &options), &options);
            is_clean(&errors_to_text(report, &options), &options);
        }
    }
    for &format in Format::ALL {
        let written = render(report, format, &RenderOptions { annotate: Level::Patch, ..RenderOptions::default() });
        is_clean(&written, &TextOptions { color: false, ..TextOptions::default() });
        if ["sarif", "gitlab"].contains(&format.name()) {
            serde_json::from_str::<Value>(&written).expect("the report is no JSON");
        }
    }
    if report.status == Status::Undetermined {
        assert_eq!(report.level, Level::None, "a level on partial knowledge");
        assert!(!report.errors.is_empty(), "undetermined, and no error says why");
        for package in &report.packages {
            assert_eq!(package.status, PackageStatus::Undetermined);
            assert!(package.level.is_none() && package.version.required.is_none(), "a level on partial knowledge");
        }
    }
}

/// Checks that a list can be written in every format.
pub fn hold_list(list: &ListReport) {
    let json: Value = serde_json::from_str(&list_to_json(list)).expect("the JSON list is no JSON");
    assert_eq!(json, serde_json::to_value(list).unwrap(), "the JSON list reads back as something else");
    for width in [20, 40, 80, 200] {
        for (color, verbose) in [(false, false), (false, true), (true, true)] {
            let options = TextOptions { width, color, verbose };
            is_clean(&list_to_text(list, &options), &options);
            is_clean(&list_errors_to_text(list, &options), &options);
        }
    }
}

/// Checks that both sides are told to be equal, if they could be loaded.
pub fn are_equal(report: &Report) {
    if report.status == Status::Complete {
        assert_eq!(report.level, Level::None, "equal sides: {}", to_json(report));
        assert!(report.packages.iter().all(|package| package.changes.is_empty()), "equal sides: {}", to_json(report));
    }
}

fn is_clean(text: &str, options: &TextOptions) {
    let plain = if options.color { without_styles(text) } else { text.to_owned() };
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = plain.chars().find(|&c| c != '\n' && steers(c));
    assert!(found.is_none(), "{found:?} goes through to the terminal: {text:?}");
}

/// The text without the colours that we put in: `ESC [ digits m`, and nothing else.
fn without_styles(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let body = &rest[at + 2..];
        let length = body.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(body.len());
        match body[length..].strip_prefix('m') {
            Some(after) => rest = after,
            None => {
                out.push('\u{1b}');
                rest = body;
            }
        }
    }
    out + rest
}
