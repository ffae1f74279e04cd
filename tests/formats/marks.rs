//! What is marked inside the lines of a declaration, and where a change is said to stand.

use super::{fixture, pairs};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::*;
use wit_diff::revision::from_text;

/// The report on two texts, `a.wit` both.
fn compared(old: &str, new: &str) -> Report {
    pipeline::run_sources(from_text("a.wit", old), from_text("a.wit", new), &Options::default())
}

/// Both sides of an interface.
fn in_interface(old: &str, new: &str) -> Report {
    let side = |items: &str| format!("package a:b@1.0.0;\ninterface i {{\n{items}\n}}\n");
    compared(&side(old), &side(new))
}

fn change<'a>(report: &'a Report, rule: &str) -> &'a ChangeReport {
    let mut changes = report.packages.iter().flat_map(|package| &package.changes);
    changes.find(|change| change.rule == rule).unwrap_or_else(|| panic!("no {rule} in {}", to_json(report)))
}

/// The line of a side with `«»` around what differs, or `‹›` around what a change is about where nothing does.
fn marked(place: &PlaceReport) -> String {
    let excerpt = place.excerpt.as_ref().unwrap();
    let [open, close] = if excerpt.differing.is_empty() { ['‹', '›'] } else { ['«', '»'] };
    let about = [excerpt.about.clone()];
    let marks = if excerpt.differing.is_empty() { &about[..] } else { &excerpt.differing };
    let mut text = excerpt.text.clone();
    for mark in marks.iter().rev() {
        text.insert(mark.end, close);
        text.insert(mark.start, open);
    }
    text.lines().filter(|line| line.contains(open)).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn sides(change: &ChangeReport) -> [String; 2] {
    [&change.old, &change.new].map(|place| place.as_ref().map(marked).unwrap_or_default())
}

#[test]
fn only_what_a_change_is_about_is_marked() {
    let cases = [
        (
            "f: func(a: u32) -> u32;",
            "f: func(a: u64) -> u64;",
            "result-retyped",
            ["f: func(a: u32) -> «u32»;", "f: func(a: u64) -> «u64»;"],
        ),
        (
            "f: func(a: u32) -> u32;",
            "f: func(a: u64) -> u64;",
            "parameter-retyped",
            ["f: func(a: «u32») -> u32;", "f: func(a: «u64») -> u64;"],
        ),
        (
            "f: func(path: u8);",
            "f: func(way: u8);",
            "parameter-renamed",
            ["f: func(«path»: u8);", "f: func(«way»: u8);"],
        ),
        (
            "f: async func(a: u8);",
            "f: func(a: u16);",
            "function-made-sync",
            ["f: «async» func(a: u8);", "f: ‹func›(a: u16);"],
        ),
        (
            "f: func(a: u8, b: u8);",
            "f: func(b: u8, a: u8);",
            "parameters-reordered",
            ["f: func(«a»: u8, «b»: u8);", "f: func(«b»: u8, «a»: u8);"],
        ),
        (
            "f: func(a: u8);",
            "f: func(a: u16) -> u8;",
            "result-added",
            ["‹f›: func(a: u8);", "f: func(a: u16) «-> u8»;"],
        ),
        (
            "variant s { circle(u32), b }",
            "variant s { circle(u64), b }",
            "variant-case-retyped",
            ["variant s { circle(«u32»), b }", "variant s { circle(«u64»), b }"],
        ),
        (
            "variant s { a, b }",
            "variant s { a, b(u8) }",
            "variant-case-retyped",
            ["variant s { a, ‹b› }", "variant s { a, b«(u8)» }"],
        ),
        (
            "record r { a: u32, b: list<u8> }",
            "record r { a: u64, b: list<u8> }",
            "record-field-retyped",
            ["record r { a: «u32», b: list<u8> }", "record r { a: «u64», b: list<u8> }"],
        ),
        ("enum e { a, b }", "enum e { a, b, c }", "enum-case-added", ["", "enum e { a, b, «c» }"]),
        (
            "f: func(a: tuple<u8, u8>, b: u8);",
            "f: func(b: u8);",
            "parameter-removed",
            ["f: func(«a: tuple<u8, u8>», b: u8);", ""],
        ),
        (
            "type t = u8; type u = u8;",
            "type t = u8; type u = list<u8>;",
            "alias-retargeted",
            ["type t = u8; type ‹u› = u8;", "type t = u8; type u = «list<»u8«>»;"],
        ),
        ("enum t { a }", "flags t { a }", "type-kind-changed", ["«enum» t { a }", "«flags» t { a }"]),
        (
            "@since(version = 1.0.0) f: func();",
            "@since(version = 1.0.0) @deprecated(version = 1.0.0) f: func();",
            "item-deprecated",
            [
                "@since(version = 1.0.0) ‹f›: func();",
                "@since(version = 1.0.0) «@deprecated(version = 1.0.0)» f: func();",
            ],
        ),
    ];
    for (old, new, rule, expected) in cases {
        assert_eq!(sides(change(&in_interface(old, new), rule)), expected, "{rule}: {old} → {new}");
    }
}

#[test]
fn a_change_stands_where_what_changed_stands() {
    let old = "package a:b@1.0.0;\nworld w { export z: async func(); type t = u8; export y: func() -> u8; }\n";
    let new = old.replace("async ", "").replace("t = u8", "t = u16").replace("-> u8", "-> u32");
    let report = compared(old, &new);
    for rule in ["function-made-sync", "alias-retargeted", "result-retyped"] {
        let change = change(&report, rule);
        for (place, text, words) in
            [(&change.old, old, ["async", "t = u8", "u8; }"]), (&change.new, &*new, ["func", "t = u16", "u32; }"])]
        {
            let place = place.as_ref().unwrap();
            let at = ["function-made-sync", "alias-retargeted", "result-retyped"].iter().position(|r| *r == rule);
            let column = text.lines().nth(1).unwrap().find(words[at.unwrap()]).unwrap() + 1;
            assert_eq!((place.line, place.column as usize), (2, column), "{rule} in {text}");
        }
    }
    // A result that stands on a line of its own is there, and not where its function begins.
    let report = in_interface("f: func(\n  a: u8,\n) -> u8;", "f: func(\n  a: u8,\n) -> u16;");
    let place = change(&report, "result-retyped").new.as_ref().unwrap();
    assert_eq!((place.line, place.column, place.text.as_str()), (5, 6, ") -> u16;"));
}

#[test]
fn text_tells_the_place_of_the_report() {
    let one = compared(
        "package a:b;\ninterface i { f: func(); }\n",
        "package a:b;\ninterface i { /* ::error:: */ f: func(a: u32); }\n",
    );
    let reports = fixture::all().map(|(_, report)| report).chain([one]);
    for report in reports {
        for width in [40, 80, 200] {
            for color in [false, true] {
                let shown = to_text(&report, &TextOptions { width, color, ..TextOptions::default() });
                let changes = report.packages.iter().flat_map(|package| &package.changes);
                let loud = changes.filter(|change| change.level > wit_diff::verdict::Level::Patch);
                for place in loud.flat_map(|change| [&change.old, &change.new]).flatten() {
                    let at = format!(":{}:{}", place.line, place.column);
                    let is_there = shown.lines().any(|line| line.ends_with(&at) && !line.contains(" | "));
                    assert!(is_there, "no {}{at} in {shown}", place.file);
                }
            }
        }
    }
}

#[test]
fn marks_are_within_the_page() {
    let name = "a-name-of-some-length";
    let parameters =
        |last: &str| format!("f: func({name}: u8, b: {last}, c: list<tuple<u8, string, {last}>>) -> {last};");
    for before in 0..40 {
        let old = format!("{}{}", " ".repeat(before), parameters("u8"));
        let report = in_interface(&old, &old.replace("u8", "list<list<list<string>>>"));
        assert!(!report.packages.is_empty());
        for width in 60..100 {
            let shown = to_text(&report, &TextOptions { width, ..TextOptions::default() });
            for line in shown.lines() {
                let columns = textwrap::core::display_width(line);
                assert!(columns <= width, "{columns} of {width} columns: {line:?} in {shown}");
            }
        }
    }
}

#[test]
fn what_shares_its_line_is_told_from_its_neighbours() {
    let cases = [
        (
            "package a:b;\ninterface i {\n  enum mode { read, write }\n}\n",
            "package a:b;\ninterface i {\n  enum mode { read, write, append }\n}\n",
            "-enum mode { read, write }\n+enum mode { read, write, append }\n",
        ),
        (
            "package a:b;\ninterface i { f: func(); g: func(); }\n",
            "package a:b;\ninterface i { f: func(); }\n",
            "-interface i { f: func(); g: func(); }\n+interface i { f: func(); }\n",
        ),
        (
            "package a:b;\ninterface i {\n resource r {\n  f: func(a: u8);\n }\n}\n",
            "package a:b;\ninterface i {\n resource r {\n  f: func(a: u8, b: u8);\n }\n}\n",
            "-f: func(a: u8);\n+f: func(a: u8, b: u8);\n",
        ),
    ];
    for (old, new, expected) in cases {
        let shown = to_markdown(&compared(old, new));
        assert!(shown.contains(expected), "no {expected} in {shown}");
        let page = to_html(&compared(old, new));
        assert_eq!(page.matches(" −</td>").count(), 1, "{page}");
        assert_eq!(page.matches(" +</td>").count(), 1, "{page}");
    }
    // What has a line of its own needs no more than that.
    let report = in_interface("enum e {\n  a,\n}", "enum e {\n  a,\n  b,\n}");
    let container = change(&report, "enum-case-added").container.as_ref().unwrap();
    assert_eq!((container.line, &container.excerpt), (3, &None));
}

#[test]
fn marks_lie_in_the_declaration_and_differ() {
    let mut found = 0;
    for case in pairs::cases() {
        let report = pipeline::run(&case.old.to_string_lossy(), &case.new.to_string_lossy(), &Options::default());
        for change in report.packages.iter().flat_map(|package| &package.changes) {
            let mut differing = Vec::new();
            for place in [&change.old, &change.new].into_iter().flatten() {
                let Some(excerpt) = &place.excerpt else { continue };
                let line = excerpt.text.lines().nth((place.line - excerpt.line) as usize).unwrap();
                let rest: String = line.chars().skip(place.column as usize - 1).collect();
                assert!(rest.starts_with(|c: char| !c.is_whitespace()), "{}: {change:?}", case.name);
                assert_eq!(line.trim(), place.text, "{}", case.name);
                let mut end = 0;
                for mark in excerpt.differing.iter().chain([&excerpt.about]) {
                    let text = &excerpt.text[mark.clone()];
                    assert!(!text.is_empty() && text == text.trim() && !text.contains('\n'), "{}: {text:?}", case.name);
                }
                for mark in &excerpt.differing {
                    assert!(mark.start >= end, "{}: {change:?}", case.name);
                    end = mark.end;
                    found += 1;
                }
                differing.push(excerpt.differing.iter().map(|mark| &excerpt.text[mark.clone()]).collect::<Vec<_>>());
            }
            if let [old, new] = &differing[..] {
                let is_order = change.rule.ends_with("-reordered");
                assert!(old != new || old.is_empty() || is_order, "{}: {change:?}", case.name);
            }
        }
    }
    assert!(found > 100, "{found}");
}
