//! Every rule about costs shows itself on its example, and nothing else about costs; told in the formats where people look.

use wit_diff::cost::Asked;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{CostFindingReport, Report, TextOptions, to_html, to_json, to_markdown, to_text};
use wit_diff::revision::from_text;
use wit_diff::rule;

fn compared(old: &str, new: &str) -> Report {
    let options = Options { cost: Some(Asked::default()), ..Options::default() };
    pipeline::run_sources(from_text("old.wit", old), from_text("new.wit", new), &options)
}

fn findings(report: &Report) -> Vec<&CostFindingReport> {
    report.packages.iter().flat_map(|package| &package.cost).flat_map(|cost| &cost.findings).collect()
}

#[test]
fn examples_show_exactly_their_rule() {
    for rule in rule::costs() {
        let report = compared(rule.old, rule.new);
        let found: Vec<&str> = findings(&report).iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(found, [rule.id]);
        let finding = findings(&report)[0];
        assert!(finding.place.is_some() && finding.hint == rule.instead, "{finding:#?}");
        // What the old side has already is no news.
        for same in [rule.old, rule.new] {
            assert_eq!(findings(&compared(same, same)), Vec::<&CostFindingReport>::new(), "{}", rule.id);
        }
    }
}

/// Nothing about costs moves a level or a version.
#[test]
fn verdicts_do_not_know_of_costs() {
    for rule in rule::costs().chain(rule::all()) {
        let mut with = compared(rule.old, rule.new);
        let options = Options::default();
        let without = pipeline::run_sources(from_text("old.wit", rule.old), from_text("new.wit", rule.new), &options);
        with.packages.iter_mut().for_each(|package| package.cost = None);
        assert_eq!(with, without, "{}", rule.id);
    }
}

#[test]
fn every_format_for_people_tells_them() {
    let rule = rule::find("payload-grown").unwrap();
    let report = compared(rule.old, rule.new);
    let text = to_text(&report, &TextOptions { width: 200, ..TextOptions::default() });
    assert!(text.contains("cost of calls, parameters and result:\n    a:b/index#entries: "), "{text}");
    assert!(text.contains("an element of `result` 16 → 48 bytes"), "{text}");
    assert!(
        text.contains(
            "payload-grown: an element of `result` of `a:b/index#entries` takes 48 bytes, 3 times the 16 of before"
        ),
        "{text}"
    );
    let markdown = to_markdown(&report);
    assert!(markdown.contains("**Calls of `a:b` cost more:**\n\n- **`payload-grown`**: "), "{markdown}");
    assert!(markdown.contains("How calls are passed: 1 function in another way than before</summary>"), "{markdown}");
    let html = to_html(&report);
    assert!(
        html.contains("<b>payload-grown</b>") && html.contains("1 passed in another way, 1 worth a look"),
        "{html}"
    );
    assert!(to_json(&report).contains("\"rule\": \"payload-grown\""));
}
