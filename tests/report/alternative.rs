//! The WIT below a hint: how much of it is shown, and when.

use wit_diff::pipeline::{self, Options};
use wit_diff::report::{Report, TextOptions, to_text};
use wit_diff::revision::from_text;

fn report(old: &str, new: &str) -> Report {
    pipeline::run_sources(from_text("old.wit", old), from_text("new.wit", new), &Options::default())
}

/// A record of so many fields, in a package of that version, and the same with another type for the first one.
fn pair(fields: usize, version: &str) -> (String, String) {
    let text = |first: &str, version: &str| {
        let fields: String =
            (0..fields).map(|at| format!("f{at}-th: {}, ", if at == 0 { first } else { "u8" })).collect();
        format!("package a:b@{version};\ninterface i {{ record r {{ {fields} }} }}")
    };
    (text("u8", "1.0.0"), text("u16", version))
}

fn shown(report: &Report, options: TextOptions) -> Vec<String> {
    let text = to_text(report, &options);
    let from = text.lines().skip_while(|line| !line.trim_start().starts_with("add to")).skip(1);
    let to = from.take_while(|line| !line.contains(" for guests: "));
    let mut lines: Vec<String> = to.map(|line| line.trim().to_string()).collect();
    assert!(lines.is_empty() || lines.pop().is_some_and(|line| line.is_empty()), "the headline stands by itself");
    lines
}

#[test]
fn long_ones_are_cut_unless_all_is_asked_for() {
    let verbose = TextOptions { verbose: true, ..TextOptions::default() };
    for (fields, lines) in [(2, 4), (11, 13), (12, 13), (40, 13)] {
        let (old, new) = pair(fields, "1.0.1");
        let report = report(&old, &new);
        let short = shown(&report, TextOptions::default());
        assert_eq!(short.len(), lines, "{short:#?}");
        let last = short.last().unwrap();
        match (fields + 2).checked_sub(12).filter(|&more| more > 1) {
            Some(more) => assert_eq!(*last, format!("… {more} more lines: pass --verbose to see them")),
            None => assert_eq!(last, "}"),
        }
        assert_eq!(shown(&report, verbose).len(), fields + 2);
    }
}

/// Who has decided to break is told in the sentence, and programs are told all.
#[test]
fn a_release_that_announces_the_change_is_not_told_how_to_avoid_it() {
    for (version, is_shown) in [("1.0.1", true), ("2.0.0", false)] {
        let (old, new) = pair(2, version);
        let report = report(&old, &new);
        let change = &report.packages[0].changes[0];
        assert_eq!(change.hint.as_deref(), Some("add `r2` beside `r`, and leave `r` as it is"));
        assert_eq!(change.alternative.as_ref().unwrap().steps[0].into, "a:b/i");
        assert_eq!(!shown(&report, TextOptions::default()).is_empty(), is_shown);
    }
}

/// WIT may be broken at any blank, so that a narrow page loses nothing of it.
#[test]
fn narrow_pages_hold_all_of_it() {
    let old =
        "package a:b@1.0.0; interface i { f: func(first-parameter: u8, second-parameter: u8, third-parameter: u8); }";
    let report = report(old, &old.replace("third-parameter: u8", "third-parameter: u16"));
    let wide = shown(&report, TextOptions { width: 200, ..TextOptions::default() }).join(" ");
    let narrow = shown(&report, TextOptions { width: 40, ..TextOptions::default() });
    assert!(narrow.len() > 2, "{narrow:?}");
    assert_eq!(narrow.join(" "), wide);
    assert_eq!(wide, "f2: func(first-parameter: u8, second-parameter: u8, third-parameter: u16);");
}
