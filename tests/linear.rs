//! Inputs that would make a careless comparison recurse, double or multiply: each is done in moments, or refused.

use std::fmt::Write as _;
use wit_diff::pipeline::{Options, run_sources};
use wit_diff::report::{Report, Status};
use wit_diff::revision::from_text;
use wit_diff::verdict::Level;

fn run(old: &str, new: &str) -> Report {
    let report = run_sources(from_text("old.wit", old), from_text("new.wit", new), &Options::default());
    assert_eq!(report.status, Status::Complete, "{:?}", report.errors);
    report
}

/// A chain in which every type names the one before it; `last` is what the first stands for.
fn chain(length: usize, first: &str, link: impl Fn(usize) -> String) -> String {
    let mut text = format!("package a:b@1.0.0;\ninterface i {{\n  {first}\n");
    for at in 1..length {
        writeln!(text, "  {}", link(at)).unwrap();
    }
    writeln!(text, "  f: func(x: t{}) -> t{};\n}}", length - 1, length - 1).unwrap();
    text
}

#[test]
fn a_hundred_thousand_aliases() {
    let aliases = |first: &str| chain(100_000, first, |at| format!("type t{at} = t{};", at - 1));
    let report = run(&aliases("type t0 = u32;"), &aliases("type t0 = u64;"));
    assert_eq!(report.level, Level::Major);
    assert_eq!(report.packages[0].changes.len(), 1, "one cause, one change");
    assert_eq!(run(&aliases("type t0 = u32;"), &aliases("type t0 = u32;")).level, Level::None);
}

#[test]
fn a_hundred_thousand_records_in_each_other() {
    let records = |first: &str| chain(100_000, first, |at| format!("record t{at} {{ a: option<t{}> }}", at - 1));
    let report = run(&records("record t0 { a: u32 }"), &records("record t0 { a: u64 }"));
    assert_eq!(report.packages[0].changes.len(), 1, "one cause, one change");
}

#[test]
fn chains_of_other_names_are_walked_side_by_side() {
    let lists = |name: &str| {
        let mut text = format!("package a:b@1.0.0;\ninterface i {{\n  type {name}0 = list<u8>;\n");
        for at in 1..20_000 {
            writeln!(text, "  type {name}{at} = list<{name}{}>;", at - 1).unwrap();
        }
        for at in 0..20_000 {
            writeln!(text, "  g-f{at}: func(x: {name}{at});").unwrap();
        }
        text + "}\n"
    };
    let report = run(&lists("old-t"), &lists("new-t"));
    let rules = report.packages[0].changes.iter().filter(|change| change.rule.starts_with("parameter"));
    assert_eq!(rules.count(), 0, "aliases are transparent");
}

#[test]
fn a_graph_that_doubles_sixty_four_times() {
    let doubling = |first: &str| chain(64, first, |at| format!("type t{at} = tuple<t{0}, t{0}>;", at - 1));
    let report = run(&doubling("record t0 { a: u32 }"), &doubling("record t0 { a: u64 }"));
    assert_eq!(report.packages[0].changes.len(), 1, "one cause, one change");
    let resources = |method: &str| {
        chain(64, &format!("resource t0 {{ {method} }}"), |at| format!("record t{at} {{ a: t{0}, b: t{0} }}", at - 1))
    };
    assert_eq!(run(&resources("m: func();"), &resources("m: func(); n: func();")).level, Level::Minor);
}

#[test]
fn records_ten_thousand_fields_wide() {
    let record = |ty: &str, reversed: bool| {
        let mut fields: Vec<String> = (0..10_000).map(|at| format!("g-f{at}: {ty}")).collect();
        if reversed {
            fields.reverse();
        }
        format!("package a:b@1.0.0; interface i {{ record r {{ {} }} f: func(x: r); }}", fields.join(", "))
    };
    assert_eq!(run(&record("u32", false), &record("u64", false)).packages[0].changes.len(), 10_000);
    assert_eq!(run(&record("u32", false), &record("u32", true)).packages[0].changes.len(), 1);
}

#[test]
fn enormous_fixed_length_lists() {
    let list = |length: &str| {
        format!("package a:b@1.0.0; interface i {{ f: func(x: list<list<u8, 4294967295>, {length}>); }}")
    };
    assert_eq!(run(&list("4294967295"), &list("4294967295")).level, Level::None);
    assert_eq!(run(&list("4294967295"), &list("4294967294")).level, Level::Major);
}

#[test]
fn many_changes_that_all_reach_far() {
    let chain = |ty: &str| {
        let mut text = String::from("package a:b@1.0.0;\ninterface i {\n  record t0 { a: u32 }\n");
        for at in 1..5_000 {
            writeln!(text, "  record t{at} {{ a: t{}, b: {ty} }}\n  g-f{at}: func(x: t{at});", at - 1).unwrap();
        }
        text + "}\n"
    };
    let report = run(&chain("u32"), &chain("u64"));
    assert_eq!(report.packages[0].changes.len(), 4_999);
    assert!(report.packages[0].changes.iter().all(|change| change.reach.len() <= 1_000));
}

#[test]
fn everything_on_one_line() {
    let line = |ty: &str| {
        let functions: Vec<String> = (0..60_000).map(|at| format!("g-f{at}: func(x: {ty});")).collect();
        format!("package a:b@1.0.0; interface i {{ {} }}", functions.join(" "))
    };
    let report = run(&line("u32"), &line("u64"));
    assert_eq!(report.packages[0].changes.len(), 60_000);
}

#[test]
fn advice_ends_where_it_would_cost_as_much_as_the_comparison() {
    let functions = |count: usize, ty: &str| {
        let all: String = (0..count).map(|at| format!("  g-f{at}: func(x: {ty});\n")).collect();
        format!("package a:b@1.0.0;\ninterface i {{\n{all}}}\n")
    };
    let advised = |count: usize| {
        let report = run(&functions(count, "u32"), &functions(count, "u64"));
        report.packages[0].changes.iter().filter(|change| change.alternative.is_some()).count()
    };
    assert_eq!((advised(100), advised(1_000), advised(30_000)), (100, 200, 0));
}
