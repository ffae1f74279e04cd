//! Advice beside its thresholds: what is just spoken of, and the neighbours of which nothing is said.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use wit_diff::cost::{self, Fact, Finding, Growth, Way};
use wit_diff::revision::from_text;
use wit_diff::rule;
use wit_diff::surface::{Features, Resolved, resolve_whole};

/// Every rule that is advice.
const ADVICE: [&str; 7] = [
    "calls-repeated",
    "case-outsized",
    "getters-scattered",
    "list-collected",
    "lists-nested",
    "record-repeated",
    "state-returned",
];

fn resolved(text: &str) -> Resolved {
    let features = Features { all: true, ..Features::default() };
    resolve_whole(from_text("a.wit", text), &features).unwrap_or_else(|error| panic!("{error}")).1
}

fn of_text(text: &str) -> Vec<Finding> {
    let resolved = resolved(text);
    cost::advise(&resolved, &cost::of(&resolved, cost::LENGTH))
}

fn of(items: &str) -> Vec<Finding> {
    of_text(&format!("package a:b; interface i {{ {items} }}"))
}

fn facts(items: &str) -> Vec<Fact> {
    of(items).into_iter().map(|finding| finding.fact).collect()
}

#[track_caller]
fn silent(items: &str) {
    assert_eq!(of(items), [], "{items}");
}

/// What is said, with the name of the function.
#[track_caller]
fn says(items: &str, expected: &[(&str, &str)]) {
    let found = of(items);
    let found: Vec<_> = found
        .iter()
        .map(|finding| (finding.path.rsplit(['/', '#', ']', '.']).next().unwrap(), finding.fact.rule()))
        .collect();
    assert_eq!(found, expected, "{items}");
}

#[test]
fn examples_show_exactly_their_rule() {
    let mut shown = BTreeSet::new();
    for rule in rule::costs() {
        assert_eq!(of_text(rule.old), [], "{}, old", rule.id);
        let found: Vec<&str> = of_text(rule.new).iter().map(|finding| finding.fact.rule()).collect();
        if ADVICE.contains(&rule.id) {
            assert_eq!(found, [rule.id]);
            // Nor does the way from one to the other tell of anything else.
            let calls = |text: &str| cost::of(&resolved(text), cost::LENGTH);
            let (old, new) = (calls(rule.old), calls(rule.new));
            let grown = cost::changed(&old, &new).into_iter().flat_map(|changed| changed.findings(Growth::default()));
            assert_eq!(grown.collect::<Vec<_>>(), [], "{}", rule.id);
            shown.insert(rule.id);
        } else {
            assert!(found.is_empty(), "{} shows {found:?}", rule.id);
        }
    }
    assert_eq!(shown, ADVICE.into());
}

/// So many getters that give `u32`.
fn getters(count: usize, get: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| format!("{} ", get(at))).collect()
}

fn numbers(count: usize) -> String {
    getters(count, |at| format!("p{at}: func() -> u32;"))
}

#[test]
fn getters_are_spoken_of_from_six_on() {
    assert_eq!(facts(&numbers(6)), [Fact::GettersScattered { getters: 6, flat: 6, bytes: 24 }]);
    silent(&numbers(5));
    let of_resource = of(&format!("resource r {{ {} }} {}", numbers(7), numbers(5)));
    assert_eq!(of_resource[0].path, "a:b/i#r");
    assert_eq!(of_resource.len(), 1);
    let properties = getters(6, |at| format!("p{at}: get() -> f64;"));
    says(&format!("resource r {{ {properties} }}"), &[("r", "getters-scattered")]);
    let inline = format!("package a:b; world w {{ export x: interface {{ {} }} }}", numbers(6));
    assert_eq!(of_text(&inline)[0].path, "a:b/w#export:x");
    let of_world = format!("package a:b; world w {{ {} }}", getters(6, |at| format!("import p{at}: func() -> f32;")));
    assert_eq!(of_text(&of_world)[0].path, "a:b/w#import");
}

#[test]
fn getters_of_what_is_not_small_plain_and_there_do_not_count() {
    let sixth = |sixth: &str| format!("record pair {{ a: u8, b: u8 }} resource s; {} {sixth}", numbers(5));
    for counted in [
        "p: func() -> tuple<u64, u64>;",
        "p: func() -> option<char>;",
        "get-p: func() -> s8;",
        "taken: get() -> bool;",
        "is-p: func() -> bool;",
        "enabled: func() -> bool;",
    ] {
        says(&sixth(counted), &[("i", "getters-scattered")]);
    }
    for not in [
        "p: func() -> tuple<u64, u64, u8>;",
        "p: func() -> pair;",
        "p: func() -> string;",
        "p: func() -> list<u8>;",
        "p: func() -> s;",
        "p: func() -> result<u32>;",
        "p: async func() -> u32;",
        "p: func(at: u32) -> u32;",
        "p: func();",
        "next-id: func() -> u32;",
        "increment: func() -> u32;",
        "rewind: func() -> bool;",
        "get-random-number: func() -> u32;",
    ] {
        silent(&sixth(not));
    }
    silent(&format!("resource r {{ {} p: static func() -> u32; }}", numbers(5)));
}

#[test]
fn getters_with_a_setter_or_a_record_do_not_count() {
    silent(&format!("{} set-p0: func(to: u32);", numbers(6)));
    silent(&format!("{} p0: set(to: u32);", getters(6, |at| format!("p{at}: get() -> u32;"))));
    silent(&format!("record all {{ p5: u32 }} {} info: func() -> result<all>;", numbers(6)));
    silent(&format!(
        "record all {{ p5: u32 }} {} info: func() -> option<all>;",
        getters(6, |at| format!("get-p{at}: func() -> u32;"))
    ));
    let of_another = format!("record all {{ p5: u32 }} resource r {{ {} }} info: func() -> all;", numbers(6));
    says(&of_another, &[("r", "getters-scattered")]);
}

const POINT: &str = "record point { x: f64, y: f64 } record four { a: u64, b: u64, c: u64, d: u64 } \
    record more { a: four, b: bool } record file { name: string, size: u64 } \
    record packet { size: u32 } resource s;";

#[test]
fn elements_that_are_taken_one_by_one() {
    for (function, name) in [
        ("append: func(point: point);", "append"),
        ("push: func(x: u32) -> result<_, string>;", "push"),
        ("insert: func(key: u32, value: f64) -> bool;", "insert"),
        ("insert: func(four: four);", "insert"),
        ("add-point: func(point: point);", "add-point"),
        ("add-line: func(x: f64, y: f64);", "add-line"),
        ("set-pixel: func(x: u32, y: u32, to: u32);", "set-pixel"),
        ("set-pixel: func(s: borrow<s>, at: point, to: u32);", "set-pixel"),
        ("write-byte: func(byte: u8) -> result;", "write-byte"),
        ("write-u32: func(x: u32);", "write-u32"),
        ("append: async func(x: u32);", "append"),
    ] {
        says(&format!("{POINT} {function}"), &[(name, "calls-repeated")]);
    }
    for function in [
        "append: func(more: more);",
        "append: func(name: string);",
        "append: func(s: s);",
        "append: func(s: borrow<s>);",
        "append: func(point: point) -> u32;",
        "append: func(point: point) -> result<u32>;",
        "append: func();",
        "insert: func(a: u8, b: u8, c: u8, d: u8, e: u8);",
        "add: func(point: point);",
        "add-seconds: func(seconds: f64);",
        "add-point: func(place: u32);",
        "add-liquidity: func(a: u64, b: u64);",
        "set-bool: func(to: bool);",
        "set-u32: func(column: u32, to: u32);",
        "set-byte: func(to: u8);",
        "add-event: func(point: point);",
        "push-message: func(x: u32);",
        "set-width: func(width: u32);",
        "write: func(x: u32);",
        "byte: get() -> u8; byte: set(byte: u8);",
    ] {
        silent(&format!("{POINT} {function}"));
    }
    silent(&format!("{POINT} resource path {{ append: static func(point: point); }}"));
    silent(&format!("{POINT} resource event-sink {{ append: func(point: point); }}"));
    silent("record log-message { at: u64 } append: func(m: log-message);");
}

#[test]
fn elements_that_are_given_one_by_one() {
    let way = |way, bytes| [Fact::CallsRepeated { way, bytes }];
    assert_eq!(facts(&format!("{POINT} next: func() -> option<point>;")), way(Way::Given, 16));
    assert_eq!(facts(&format!("{POINT} resolve-next-file: func() -> result<option<file>>;")), way(Way::Given, 16));
    assert_eq!(facts(&format!("{POINT} read-entry: async func() -> option<file>;")), way(Way::Given, 16));
    assert_eq!(facts(&format!("{POINT} read-byte: func() -> result<u8>;")), way(Way::Read, 1));
    assert_eq!(facts(&format!("{POINT} get-pixel: func(x: u32, y: u32) -> point;")), way(Way::Read, 16));
    assert_eq!(facts(&format!("{POINT} get-cell: func(s: borrow<s>, at: packet) -> point;")), way(Way::Read, 16));
    assert_eq!(facts(&format!("{POINT} read-at: func(place: u64) -> option<point>;")), way(Way::Read, 16));
    for (function, name) in [
        ("next-row: func() -> option<point>;", "next-row"),
        ("get-next-entry: func() -> option<point>;", "get-next-entry"),
        ("fetch-next: func() -> option<point>;", "fetch-next"),
        ("resource city-iterator { next-city: func() -> option<point>; }", "next-city"),
        ("resource file-stream { read-file: func() -> option<file>; }", "read-file"),
    ] {
        says(&format!("{POINT} {function}"), &[(name, "calls-repeated")]);
    }
    let wide = |fields: usize| {
        let fields: String = (0..fields).map(|at| format!("f{at}: string, ")).collect();
        format!("record wide {{ {fields} }} next: func() -> option<wide>;")
    };
    assert_eq!(facts(&wide(8)), way(Way::Given, 64));
    silent(&wide(9));
    for function in [
        "next: func() -> u64;",
        "next: func() -> option<list<u8>>;",
        "next: func() -> option<packet>;",
        "resource subscription { next: func() -> option<point>; }",
        "next: func() -> option<string>;",
        "next: func() -> option<s>;",
        "next: func(of: u32) -> option<point>;",
        "next-event: func() -> option<point>;",
        "try-next: func() -> option<point>;",
        "next-alarm: func() -> option<point>;",
        "peek-next: func() -> option<point>;",
        "read-state: func() -> option<point>;",
        "get: func() -> point;",
        "get: func() -> option<point>;",
        "get-sample: func() -> f64;",
        "get-cell: func(name: string) -> u64;",
        "get-cell: func(place: u32) -> file;",
        "get-cell: func(near: point) -> u64;",
        "get-u64: func(column: u32) -> u64;",
        "get-item: func(id: u32) -> u64;",
        "read: func(place: u32) -> u64;",
    ] {
        silent(&format!("{POINT} {function}"));
    }
}

#[test]
fn one_by_one_beside_a_list_is_fine() {
    for (one, several) in [
        ("append: func(point: point);", "append-all: func(points: list<point>);"),
        ("append: func(point: point);", "type p = point; drain: func() -> stream<p>;"),
        ("insert: func(key: u32, value: f64);", "extend: func(by: list<tuple<u32, f64>>);"),
        ("insert: func(key: u32, value: f64);", "all: func() -> map<u32, f64>;"),
        ("next: func() -> option<file>;", "rest: func() -> result<list<file>>;"),
        ("get-pixel: func(x: u32, y: u32) -> u32;", "row: func(y: u32) -> list<u32>;"),
        ("read-byte: func() -> u8;", "read: func(most: u32) -> list<u8>;"),
    ] {
        let name = one.split(':').next().unwrap();
        says(&format!("{POINT} {one}"), &[(name, "calls-repeated")]);
        silent(&format!("{POINT} {one} {several}"));
    }
}

const ENTRY: &str = "record entry { a: string, b: string, c: string, d: string } \
    record small { a: string, b: string, c: string } record page { entries: list<entry>, next: string }";

#[test]
fn large_lists_where_a_stream_would_do() {
    let found = |part: &str| [Fact::ListCollected { part: part.to_owned(), bytes: 32, buffers: 4 }];
    assert_eq!(facts(&format!("{ENTRY} list-all: async func() -> list<entry>;")), found("result"));
    assert_eq!(facts(&format!("{ENTRY} query: async func(sql: string) -> result<list<entry>>;")), found("result.ok"));
    assert_eq!(facts(&format!("{ENTRY} search: func() -> page; tell: func() -> stream<u8>;")), found("result.entries"));
    for functions in [
        "list-all: func() -> list<entry>;",
        "list-all: async func() -> list<small>;",
        "cities: async func() -> list<entry>;",
        "list-all: async func(limit: u32) -> list<entry>;",
        "query: async func(max-rows: u32) -> list<entry>;",
        "find: async func(names: list<string>) -> list<entry>;",
        "list-all: async func() -> stream<entry>;",
        "list-all: async func() -> list<list<entry>>;",
    ] {
        let found = of(&format!("{ENTRY} {functions}"));
        assert!(found.iter().all(|finding| finding.fact.rule() != "list-collected"), "{functions}: {found:?}");
    }
}

/// A variant with a case of so many words of 8 bytes beside others of one.
fn variant(words: usize, others: &str, function: &str) -> String {
    let fields: String = (0..words).map(|at| format!("f{at}: u64, ")).collect();
    format!("record large {{ {fields} }} variant v {{ large(large){others} }} f: func{function};")
}

#[test]
fn cases_that_every_element_has_room_for() {
    let fact = |bytes, others| [Fact::CaseOutsized { case: "large".into(), bytes, others }];
    assert_eq!(facts(&variant(9, ", small(u64), none", "(x: list<v>)")), fact(72, 8));
    assert_eq!(of(&variant(9, ", small(u64), none", "(x: list<v>)"))[0].path, "a:b/i#v");
    assert_eq!(facts(&variant(12, ", small(tuple<u64, u64, u64>), none", "(x: list<v>)")), fact(96, 24));
    assert_eq!(facts(&variant(9, ", small(u64), none", "() -> stream<option<v>>")), fact(72, 8));
    silent(&variant(8, ", small(u64), none", "(x: list<v>)"));
    silent(&variant(11, ", small(tuple<u64, u64, u64>), none", "(x: list<v>)"));
    silent(&variant(9, ", small(u64)", "(x: list<v>)"));
    silent(&variant(9, ", small(u64), none", "(x: v) -> v"));
    silent(&variant(9, ", small(u64), none", "()"));
    silent(&variant(9, ", small(u64), none, other(large)", "(x: list<v>)"));
}

#[test]
fn records_that_come_back() {
    let record = |words: usize| {
        let fields: String = (0..words).map(|at| format!("f{at}: u64, ")).collect();
        format!("record state {{ {fields} }} type s = state;")
    };
    assert_eq!(
        facts(&format!("{} set-x: func(s: s, x: u64) -> state;", record(8))),
        [Fact::StateReturned { bytes: 64 }]
    );
    says(&format!("{} step: func(s: s) -> result<state>;", record(8)), &[("step", "state-returned")]);
    silent(&format!("{} set-x: func(s: s, x: u64) -> state;", record(7)));
    silent(&format!("{} render: func(s: s) -> state;", record(8)));
    silent(&format!("{} set-x: func(x: u64) -> state;", record(8)));
    silent(&format!("{} set-x: func(s: s, x: u64) -> list<state>;", record(8)));
}

#[test]
fn records_that_are_passed_again_and_again() {
    let functions = |words: usize, count: usize| {
        let fields: String = (0..words).map(|at| format!("f{at}: u64, ")).collect();
        let functions = getters(count, |at| format!("f{at}: func(o: options, x: o);"));
        format!("record options {{ {fields} }} type o = options; {functions}")
    };
    let fact = Fact::RecordRepeated { record: "options".into(), functions: 4, bytes: 128 };
    assert_eq!(facts(&functions(16, 4)), [fact]);
    silent(&functions(16, 3));
    silent(&functions(15, 4));
}

#[test]
fn lists_right_in_lists() {
    let fact = |part: &str, buffers| [Fact::ListsNested { part: part.to_owned(), buffers }];
    assert_eq!(facts("f: func(x: list<list<string>>);"), fact("x", 1 + 16 + 256));
    assert_eq!(facts("f: func() -> result<list<list<tuple<string, string>>>>;"), fact("result.ok", 1 + 16 + 512));
    assert_eq!(facts("f: func(x: list<map<string, u8>>);"), fact("x", 1 + 16 + 256));
    assert_eq!(facts("record t { rows: list<list<list<u8>>> } f: func(x: t);"), fact("x.rows", 1 + 16 + 256));
    for silence in [
        "f: func(x: list<list<u8>>);",
        "f: func(x: list<list<f64>>);",
        "f: func(x: list<string>);",
        "f: func(x: list<tuple<string, string>>);",
        "record row { cells: list<string> } f: func(x: list<row>);",
        "record cell { text: string } f: func(x: list<list<cell>>);",
        "variant cell { text(string), number(f64) } f: func(x: list<list<cell>>);",
    ] {
        silent(silence);
    }
}

/// Many of everything, and more than can be computed with.
#[test]
fn large_packages_are_gone_through_once() {
    let mut items = String::from(POINT);
    for at in 0..10_000 {
        write!(items, "append-p{at}: func(point: point); p{at}: func() -> u32; ").unwrap();
    }
    let found = of(&items);
    assert_eq!(found.len(), 10_001);
    assert!(found.is_sorted_by_key(|finding| finding.path.clone()));
    let wide: String = (0..2_000).map(|at| format!("x{at}: list<point>, ")).collect();
    let uses = getters(300, |at| format!("g{at}: func(x: wide); push-x{at}: func(x: f64);"));
    let found = of(&format!("{POINT} record wide {{ {wide} }} {uses}"));
    assert_eq!(found.iter().map(|finding| finding.fact.rule()).collect::<Vec<_>>(), ["record-repeated"]);
}

#[test]
fn of_what_is_beyond_nothing_is_said() {
    silent("type huge = list<list<u64, 4294967295>, 4294967295>; append: func(x: huge); next: func() -> option<huge>;");
    let deep: String = (1..5_000).map(|at| format!("type t{at} = list<t{}>; ", at - 1)).collect();
    silent(&format!("type t0 = string; {deep} f: func(x: t4999);"));
    let doubled: String = (1..64).map(|at| format!("record t{at} {{ a: t{0}, b: t{0} }} ", at - 1)).collect();
    silent(&format!("record t0 {{ a: u8 }} {doubled} set-x: func(x: t63) -> t63;"));
}
