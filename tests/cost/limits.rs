//! Types at the limits and beyond: figures where a component can hold them, a reason where not, and never a panic or a spin.

use std::fmt::Write as _;
use wit_diff::cost::{self, Beyond, Call};
use wit_diff::revision::from_text;
use wit_diff::surface::{Features, resolve_whole};
use wit_parser::TypeDefKind;

fn calls(text: &str) -> Vec<Call> {
    let (_, resolved) = resolve_whole(from_text("a.wit", text), &Features::default()).unwrap();
    cost::of(&resolved, cost::LENGTH)
}

fn call(items: &str) -> Call {
    calls(&format!("package a:b; interface i {{ {items} }}")).remove(0)
}

fn beyond(items: &str) -> Beyond {
    call(items).shape.unwrap_err()
}

#[test]
fn lists_of_a_fixed_length_count_as_often_as_they_are_long() {
    let shape = call("f: func(x: list<u8, 16>) -> list<u16, 3>;").shape.unwrap();
    assert_eq!((shape.parameters.flat, shape.parameters.bytes), (16, 16));
    assert!(!shape.signatures.import.parameters_in_memory);
    let result = shape.result.unwrap();
    assert_eq!((result.flat, result.bytes, result.align), (3, 6, 2));
    let shape = call("f: func(x: list<u8, 17>);").shape.unwrap();
    assert!(shape.signatures.import.parameters_in_memory);
    let shape = call("f: func(x: list<u64, 1000000>);").shape.unwrap();
    assert_eq!((shape.parameters.flat, shape.parameters.bytes), (1_000_000, 8_000_000));
}

#[test]
fn parts_of_lists_of_a_fixed_length_count_as_often() {
    let parts = call("f: func() -> list<list<string, 3>, 2>;").shape.unwrap().result.unwrap().parts;
    assert_eq!((parts.allocations.count, parts.allocations.first.len()), (6, 1));
    let several = call("f: func() -> tuple<string, list<option<string>, 5>>;").shape.unwrap().result.unwrap().parts;
    assert_eq!((several.allocations.count, several.choices.count), (6, 5));
}

#[test]
fn huge_lists_of_a_fixed_length_are_beyond() {
    assert_eq!(beyond("f: func(x: list<u8, 4294967295>, y: u64);"), Beyond::TooLarge);
    assert_eq!(
        beyond("type t = list<list<list<u64, 4294967295>, 4294967295>, 4294967295>; f: func(x: t);"),
        Beyond::TooLarge
    );
    // The one behind a pointer cannot be in memory either.
    assert_eq!(beyond("f: func() -> list<list<u64, 4294967295>>;"), Beyond::TooLarge);
}

#[test]
fn what_is_within_the_limits_is_told_beside_what_is_not() {
    let calls = calls("package a:b; interface i { f: func(x: list<u64, 4294967295>); g: func(x: list<u8>); }");
    assert!(calls[0].shape.is_err());
    assert_eq!(calls[1].shape.as_ref().unwrap().parameters.parts.allocations.first[0].element_bytes, 1);
}

/// No text declares a type without parts, but whoever resolves packages by other means may.
fn emptied(items: &str) -> Call {
    let text = format!("package a:b; interface i {{ record e {{ a: u8 }} {items} }}");
    let (_, mut resolved) = resolve_whole(from_text("a.wit", text.as_str()), &Features::default()).unwrap();
    for (_, def) in resolved.resolve.types.iter_mut() {
        if let TypeDefKind::Record(record) = &mut def.kind {
            record.fields.retain(|field| field.name != "a");
        }
    }
    cost::of(&resolved, cost::LENGTH).remove(0)
}

#[test]
fn nothing_a_billion_times_does_not_spin() {
    let of_lists = emptied("f: func(x: list<list<e, 4294967295>, 4294967295>);");
    assert_eq!(emptied("f: func(x: list<e, 4294967295>);").shape, of_lists.shape);
    assert!(matches!(of_lists.shape.unwrap_err(), Beyond::TooManyParts | Beyond::TooLarge));
    let shape = emptied("f: func(x: e) -> list<e>;").shape.unwrap();
    assert_eq!((shape.parameters.flat, shape.parameters.bytes), (0, 0));
    let doubled = (1..64).fold("record t0 { b: e, c: e }".to_owned(), |text, at| {
        format!("{text} record t{at} {{ b: t{0}, c: t{0} }}", at - 1)
    });
    assert!(emptied(&format!("{doubled} f: func(x: t63);")).shape.is_err());
}

/// A chain in which every type is made of the one before it.
fn chain(length: usize, first: &str, link: impl Fn(usize) -> String) -> String {
    let mut text = first.to_owned();
    for at in 1..length {
        write!(text, " {}", link(at)).unwrap();
    }
    format!("{text} f: func(x: t{});", length - 1)
}

#[test]
fn types_that_double_are_beyond() {
    let records = chain(64, "record t0 { a: u8 }", |at| format!("record t{at} {{ a: t{0}, b: t{0} }}", at - 1));
    assert!(matches!(beyond(&records), Beyond::TooManyParts | Beyond::TooLarge));
    let cases = "a, b, c, d, e, f, g, h".split(", ");
    let variants = chain(15, "variant t0 { a(u8) }", |at| {
        let cases: Vec<String> = cases.clone().map(|case| format!("{case}(t{})", at - 1)).collect();
        format!("variant t{at} {{ {} }}", cases.join(", "))
    });
    assert_eq!(beyond(&variants), Beyond::TooManyParts);
}

#[test]
fn types_that_lie_deep_are_beyond() {
    let options = chain(5_000, "type t0 = u8;", |at| format!("type t{at} = option<t{}>;", at - 1));
    assert_eq!(beyond(&options), Beyond::TooDeep);
    let lists = chain(5_000, "type t0 = u8;", |at| format!("type t{at} = list<t{}>;", at - 1));
    assert_eq!(beyond(&lists), Beyond::TooDeep);
}

#[test]
fn what_is_passed_is_taken_apart() {
    let shape = call(
        "resource r; flags many { a, b, c, d, e, f, g, h, i } enum colour { red, green }
         record item { name: string, tags: list<tuple<u8, u64>>, kind: option<colour>, set: many }
         f: func(items: list<item>, lent: borrow<r>, given: r, later: stream<u8>) -> result<string, map<u32, string>>;",
    );
    let shape = shape.shape.unwrap();
    let parts = &shape.parameters.parts;
    let paths: Vec<_> = parts.allocations.first.iter().map(|a| (a.path.as_str(), a.element_bytes)).collect();
    // A string, a list, two bytes of the option, two of the flags: 20 bytes.
    assert_eq!(paths, [("items", 20), ("items[].name", 1), ("items[].tags", 16)]);
    let choices: Vec<_> = parts.choices.first.iter().map(|c| (c.path.as_str(), c.cases, c.bytes)).collect();
    assert_eq!(choices, [("items[].kind", 2, 1), ("items[].kind.some", 2, 1)]);
    assert_eq!(parts.flags.first.iter().map(|f| (f.flags, f.bytes)).collect::<Vec<_>>(), [(9, 2)]);
    assert_eq!(
        (&parts.lent.first[..], &parts.moved.first[..]),
        (&["lent".to_owned()][..], &["given".into(), "later".into()][..])
    );
    let result = shape.result.unwrap();
    assert_eq!((result.flat, result.bytes), (3, 12));
    let paths: Vec<_> = result.parts.allocations.first.iter().map(|a| (a.path.as_str(), a.element_bytes)).collect();
    assert_eq!(paths, [("result.ok", 1), ("result.err", 12), ("result.err[value]", 1)]);
}

#[test]
fn loads_count_what_is_done() {
    let shape = call("f: func(x: list<tuple<u8, string>>, y: list<u32>) -> option<u64>;").shape.unwrap();
    let length = f64::from(cost::LENGTH);
    let load = shape.load.parameters;
    assert_eq!((load.values, load.plain), (length, length));
    assert_eq!(load.bytes, length * 12.0 + length * length + length * 4.0);
    assert_eq!((load.text, load.texts, load.allocations), (length * length, length, length + 2.0));
    assert_eq!(load.records, length);
    let load = shape.load.result;
    assert_eq!((load.values, load.choices, load.bytes), (1.0, 1.0, 16.0));
}
