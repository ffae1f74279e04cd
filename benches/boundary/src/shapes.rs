//! All calls that are measured.

use std::collections::HashMap;

use wasmtime::component::{ComponentType, Lift, Lower};

use crate::shape::{Shape, async_shape, shape};
use crate::value::{Carried, Defined, Known, Value, record};

record! { Pair, OwnedPair = "pair" { left: u64 = "left", right: u64 = "right" } }

record! { Mixed, OwnedMixed = "mixed" { tag: u8 = "tag", flag: bool = "flag", size: u32 = "size", at: f64 = "at" } }

record! {
    Eight, OwnedEight = "eight" {
        a: u64 = "a", b: u64 = "b", c: u64 = "c", d: u64 = "d", e: u64 = "e", f: u64 = "f", g: u64 = "g", h: u64 = "h",
    }
}

record! { Quarters, OwnedQuarters = "quarters" { a: Eight = "a", b: Eight = "b", c: Eight = "c", d: Eight = "d" } }

record! { Entry, OwnedEntry = "entry" { name: &'static str = "name", size: u64 = "size" } }

record! {
    Person, OwnedPerson = "person" {
        first: &'static str = "first", last: &'static str = "last", street: &'static str = "street",
        city: &'static str = "city", age: u32 = "age",
    }
}

#[derive(Clone, Copy, ComponentType, Lower, Lift)]
#[component(enum)]
#[repr(u8)]
pub enum Colour {
    #[component(name = "red")]
    Red,
    #[component(name = "green")]
    Green,
    #[component(name = "blue")]
    Blue,
}

impl Known for Colour {
    fn value(&self) -> Value {
        Value::Case(*self as u32, None)
    }
}

impl Carried for Colour {
    type Owned = Colour;
    fn wit() -> String {
        "colour".to_string()
    }
}

wasmtime::component::flags! {
    Rights {
        #[component(name = "read")]
        const READ;
        #[component(name = "write")]
        const WRITE;
        #[component(name = "run")]
        const RUN;
    }
}

impl Known for Rights {
    fn value(&self) -> Value {
        let bits = [Rights::READ, Rights::WRITE, Rights::RUN];
        Value::Bits(bits.iter().enumerate().map(|(bit, right)| u64::from(self.contains(*right)) << bit).sum())
    }
}

impl Carried for Rights {
    type Owned = Rights;
    fn wit() -> String {
        "rights".to_string()
    }
}

#[derive(Clone, Copy, ComponentType, Lower)]
#[component(variant)]
pub enum Event {
    #[component(name = "quiet")]
    Quiet,
    #[component(name = "number")]
    Number(u64),
    #[component(name = "pair")]
    Pair(Pair),
    #[component(name = "text")]
    Text(&'static str),
}

#[derive(ComponentType, Lift)]
#[component(variant)]
pub enum OwnedEvent {
    #[component(name = "quiet")]
    Quiet,
    #[component(name = "number")]
    Number(u64),
    #[component(name = "pair")]
    Pair(OwnedPair),
    #[component(name = "text")]
    Text(String),
}

impl Known for Event {
    fn value(&self) -> Value {
        match self {
            Event::Quiet => Value::Case(0, None),
            Event::Number(number) => Value::Case(1, Some(Box::new(number.value()))),
            Event::Pair(pair) => Value::Case(2, Some(Box::new(pair.value()))),
            Event::Text(text) => Value::Case(3, Some(Box::new(text.value()))),
        }
    }
}

impl Known for OwnedEvent {
    fn value(&self) -> Value {
        match self {
            OwnedEvent::Quiet => Value::Case(0, None),
            OwnedEvent::Number(number) => Value::Case(1, Some(Box::new(number.value()))),
            OwnedEvent::Pair(pair) => Value::Case(2, Some(Box::new(pair.value()))),
            OwnedEvent::Text(text) => Value::Case(3, Some(Box::new(text.value()))),
        }
    }
}

impl Carried for Event {
    type Owned = OwnedEvent;
    fn wit() -> String {
        "event".to_string()
    }
}

/// The types that the functions use.
pub fn definitions() -> Vec<String> {
    let mut definitions = vec![
        Pair::definition(),
        Mixed::definition(),
        Eight::definition(),
        Quarters::definition(),
        Entry::definition(),
        Person::definition(),
    ];
    definitions.push("enum colour { red, green, blue }".to_string());
    definitions.push("flags rights { read, write, run }".to_string());
    definitions.push("variant event { quiet, number(u64), pair(pair), text(string) }".to_string());
    definitions
}

fn leak<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

/// Text of this many bytes, no two alike.
fn text(length: usize, seed: usize) -> &'static str {
    let letters = (0..length).map(|place| char::from(b'a' + ((place * 7 + seed * 11) % 26) as u8));
    String::leak(letters.collect())
}

fn list<T>(length: usize, element: impl FnMut(usize) -> T) -> &'static [T] {
    leak((0..length).map(element).collect())
}

fn pair(seed: usize) -> Pair {
    Pair { left: seed as u64, right: !(seed as u64) }
}

fn eight(seed: usize) -> Eight {
    let next = |place: u64| (seed as u64 + 1) * 1_000_003 + place;
    Eight { a: next(0), b: next(1), c: next(2), d: next(3), e: next(4), f: next(5), g: next(6), h: next(7) }
}

fn quarters(seed: usize) -> Quarters {
    Quarters { a: eight(seed), b: eight(seed + 1), c: eight(seed + 2), d: eight(seed + 3) }
}

fn entry(length: usize, seed: usize) -> Entry {
    Entry { name: text(length, seed), size: seed as u64 }
}

fn person(length: usize, seed: usize) -> Person {
    Person {
        first: text(length, seed),
        last: text(length, seed + 1),
        street: text(length, seed + 2),
        city: text(length, seed + 3),
        age: seed as u32,
    }
}

fn event(seed: usize) -> Event {
    match seed % 4 {
        0 => Event::Quiet,
        1 => Event::Number(seed as u64),
        2 => Event::Pair(pair(seed)),
        _ => Event::Text(text(16, seed)),
    }
}

fn colour(seed: usize) -> Colour {
    [Colour::Red, Colour::Green, Colour::Blue][seed % 3]
}

pub fn plain() -> Vec<Shape> {
    let mut shapes = vec![
        shape("nothing", (), ()),
        // Numbers, one by one.
        shape("take-number", (7_u32,), ()),
        shape("take-wide", (7_u64,), ()),
        shape("take-float", (7.5_f64,), ()),
        shape("take-truth", (true,), ()),
        shape("take-character", ('ß',), ()),
        shape("take-numbers4", (1_u32, 2_u32, 3_u32, 4_u32), ()),
        shape("take-numbers8", (1_u32, 2_u32, 3_u32, 4_u32, 5_u32, 6_u32, 7_u32, 8_u32), ()),
        shape("take-wides8", (1_u64, 2_u64, 3_u64, 4_u64, 5_u64, 6_u64, 7_u64, 8_u64), ()),
        shape(
            "take-numbers16",
            (
                1_u32, 2_u32, 3_u32, 4_u32, 5_u32, 6_u32, 7_u32, 8_u32, 9_u32, 10_u32, 11_u32, 12_u32, 13_u32, 14_u32,
                15_u32, 16_u32,
            ),
            (),
        ),
        shape(
            "take-numbers17",
            (
                1_u32, 2_u32, 3_u32, 4_u32, 5_u32, 6_u32, 7_u32, 8_u32, 9_u32, 10_u32, 11_u32, 12_u32, 13_u32, 14_u32,
                15_u32, 16_u32, 17_u32,
            ),
            (),
        ),
        shape("give-number", (), (7_u32,)),
        shape("give-wide", (), (7_u64,)),
        shape("give-float", (), (7.5_f64,)),
        shape("add", (3_u32, 4_u32, 5_u32, 6_u32), (18_u32,)),
        // Records.
        shape("take-pair", (pair(5),), ()),
        shape("take-mixed", (Mixed { tag: 3, flag: true, size: 9, at: 0.5 },), ()),
        shape("take-eight", (eight(5),), ()),
        shape("take-quarters", (quarters(5),), ()),
        shape("give-pair", (), (pair(5),)),
        shape("give-mixed", (), (Mixed { tag: 3, flag: true, size: 9, at: 0.5 },)),
        shape("give-eight", (), (eight(5),)),
        shape("give-quarters", (), (quarters(5),)),
        shape("take-person16", (person(16, 1),), ()),
        shape("give-person16", (), (person(16, 1),)),
        // Cases.
        shape("take-none", (None::<u32>,), ()),
        shape("take-some", (Some(7_u32),), ()),
        shape("give-none", (), (None::<u32>,)),
        shape("give-some", (), (Some(7_u32),)),
        shape("take-some-text16", (Some(text(16, 1)),), ()),
        shape("give-some-text16", (), (Some(text(16, 1)),)),
        shape("give-ok", (), (Ok::<u32, Colour>(7),)),
        shape("give-error", (), (Err::<u32, Colour>(Colour::Blue),)),
        shape("give-ok-bytes16", (), (Ok::<_, Colour>(list(16, |place| place as u8)),)),
        shape("take-options4", (Some(1_u32), None::<u64>, Some(2.5_f64), Some(true)), ()),
        shape("take-colour", (Colour::Blue,), ()),
        shape("give-colour", (), (Colour::Blue,)),
        shape("take-rights", (Rights::READ | Rights::RUN,), ()),
        shape("give-rights", (), (Rights::READ | Rights::RUN,)),
        shape("take-event-number", (event(1),), ()).cheaper(),
        shape("take-event-pair", (event(2),), ()).cheaper(),
        shape("take-event-text16", (event(3),), ()),
        shape("give-event-number", (), (event(1),)).cheaper(),
        shape("give-event-text16", (), (event(3),)),
        // Text and bytes.
        shape("take-text0", (text(0, 1),), ()),
        shape("take-text16", (text(16, 1),), ()),
        shape("take-text256", (text(256, 1),), ()),
        shape("take-text4096", (text(4096, 1),), ()),
        shape("take-text65536", (text(65536, 1),), ()),
        shape("give-text0", (), (text(0, 1),)),
        shape("give-text16", (), (text(16, 1),)),
        shape("give-text256", (), (text(256, 1),)),
        shape("give-text4096", (), (text(4096, 1),)),
        shape("give-text65536", (), (text(65536, 1),)),
        shape("echo-text16", (text(16, 1),), (text(16, 2),)),
        shape("take-texts4", (text(16, 1), text(16, 2), text(16, 3), text(16, 4)), ()),
    ];
    for (take, give, length) in [
        ("take-bytes16", "give-bytes16", 16),
        ("take-bytes256", "give-bytes256", 256),
        ("take-bytes4096", "give-bytes4096", 4096),
        ("take-bytes65536", "give-bytes65536", 65536),
    ] {
        let bytes = list(length, |place| (place % 251) as u8);
        shapes.extend([shape(take, (bytes,), ()), shape(give, (), (bytes,))]);
    }
    // Numbers in lists.
    for (take, give, length) in [
        ("take-list-u32-16", "give-list-u32-16", 16),
        ("take-list-u32-256", "give-list-u32-256", 256),
        ("take-list-u32-4096", "give-list-u32-4096", 4096),
    ] {
        let numbers = list(length, |place| place as u32 * 3);
        shapes.extend([shape(take, (numbers,), ()), shape(give, (), (numbers,))]);
    }
    for (take, give, length) in [
        ("take-list-u64-16", "give-list-u64-16", 16),
        ("take-list-u64-256", "give-list-u64-256", 256),
        ("take-list-u64-4096", "give-list-u64-4096", 4096),
    ] {
        let numbers = list(length, |place| place as u64 * 3);
        shapes.extend([shape(take, (numbers,), ()), shape(give, (), (numbers,))]);
    }
    for (take, give, length) in [
        ("take-list-f64-16", "give-list-f64-16", 16),
        ("take-list-f64-256", "give-list-f64-256", 256),
        ("take-list-f64-4096", "give-list-f64-4096", 4096),
    ] {
        let numbers = list(length, |place| place as f64 / 3.0);
        shapes.extend([shape(take, (numbers,), ()), shape(give, (), (numbers,))]);
    }
    for (take, give, length) in
        [("take-list-bool-16", "give-list-bool-16", 16), ("take-list-bool-256", "give-list-bool-256", 256)]
    {
        let truths = list(length, |place| place % 3 == 0);
        shapes.extend([shape(take, (truths,), ()), shape(give, (), (truths,))]);
    }
    for (take, give, length) in
        [("take-list-char-16", "give-list-char-16", 16), ("take-list-char-256", "give-list-char-256", 256)]
    {
        let characters = list(length, |place| ['a', 'ß', '→'][place % 3]);
        shapes.extend([shape(take, (characters,), ()), shape(give, (), (characters,))]);
    }
    // Records in lists: of 16, 64 and 256 bytes.
    for (take, give, length) in [
        ("take-list-pair-1", "give-list-pair-1", 1),
        ("take-list-pair-16", "give-list-pair-16", 16),
        ("take-list-pair-256", "give-list-pair-256", 256),
    ] {
        let records = list(length, pair);
        shapes.extend([shape(take, (records,), ()), shape(give, (), (records,))]);
    }
    for (take, give, length) in [
        ("take-list-eight-1", "give-list-eight-1", 1),
        ("take-list-eight-16", "give-list-eight-16", 16),
        ("take-list-eight-256", "give-list-eight-256", 256),
    ] {
        let records = list(length, eight);
        shapes.extend([shape(take, (records,), ()), shape(give, (), (records,))]);
    }
    for (take, give, length) in [
        ("take-list-quarters-1", "give-list-quarters-1", 1),
        ("take-list-quarters-16", "give-list-quarters-16", 16),
        ("take-list-quarters-256", "give-list-quarters-256", 256),
    ] {
        let records = list(length, quarters);
        shapes.extend([shape(take, (records,), ()), shape(give, (), (records,))]);
    }
    let mixed = list(16, |place| Mixed { tag: place as u8, flag: place % 2 == 0, size: 9, at: 0.5 });
    shapes.extend([shape("take-list-mixed-16", (mixed,), ()), shape("give-list-mixed-16", (), (mixed,))]);
    // Lists of what has a length of its own.
    for (take, give, length) in [
        ("take-list-text-1", "give-list-text-1", 1),
        ("take-list-text-16", "give-list-text-16", 16),
        ("take-list-text-256", "give-list-text-256", 256),
    ] {
        let texts = list(length, |place| text(length, place));
        shapes.extend([shape(take, (texts,), ()), shape(give, (), (texts,))]);
    }
    for (take, give, length) in
        [("take-list-entry-16", "give-list-entry-16", 16), ("take-list-entry-256", "give-list-entry-256", 256)]
    {
        let entries = list(length, |place| entry(length, place));
        shapes.extend([shape(take, (entries,), ()), shape(give, (), (entries,))]);
    }
    let people = list(16, |place| person(16, place));
    shapes.extend([shape("take-list-person-16", (people,), ()), shape("give-list-person-16", (), (people,))]);
    let rows = list(16, |row| list(16, |column| (row * column) as u32));
    shapes.extend([shape("take-rows-16", (rows,), ()), shape("give-rows-16", (), (rows,))]);
    let events = list(16, |place| event(4 * place + 3));
    shapes.extend([shape("take-list-event-16", (events,), ()), shape("give-list-event-16", (), (events,))]);
    for (take, give, length) in
        [("take-list-colour-16", "give-list-colour-16", 16), ("take-list-colour-256", "give-list-colour-256", 256)]
    {
        let colours = list(length, colour);
        shapes.extend([shape(take, (colours,), ()), shape(give, (), (colours,))]);
    }
    for (take, give, length) in
        [("take-list-option-16", "give-list-option-16", 16), ("take-list-option-256", "give-list-option-256", 256)]
    {
        let options = list(length, |place| Some(place as u32));
        shapes.extend([shape(take, (options,), ()), shape(give, (), (options,))]);
    }
    // Maps.
    let numbers: &'static HashMap<u32, u32> = Box::leak(Box::new((0..16).map(|key| (key, key * 3)).collect()));
    shapes.extend([shape("take-map-16", (numbers,), ()), shape("give-map-16", (), (numbers,))]);
    let named: &'static HashMap<&'static str, u32> =
        Box::leak(Box::new((0..16).map(|key| (text(16, key), key as u32)).collect()));
    shapes.extend([shape("take-map-text-16", (named,), ()), shape("give-map-text-16", (), (named,))]);
    shapes
}

pub fn asynchronous() -> Vec<Shape> {
    vec![
        async_shape("async-nothing", (), ()),
        async_shape("async-take-number", (7_u32,), ()),
        async_shape("async-give-number", (), (7_u32,)),
        async_shape("async-take-numbers4", (1_u32, 2_u32, 3_u32, 4_u32), ()),
        async_shape("async-take-numbers8", (1_u32, 2_u32, 3_u32, 4_u32, 5_u32, 6_u32, 7_u32, 8_u32), ()),
        async_shape("async-take-text16", (text(16, 1),), ()),
        async_shape("async-give-text16", (), (text(16, 1),)),
        async_shape("async-give-pair", (), (pair(5),)),
        async_shape("async-give-ok", (), (Ok::<u32, Colour>(7),)),
        async_shape("async-give-bytes4096", (), (list(4096, |place| (place % 251) as u8),)),
        async_shape("async-take-list-pair-16", (list(16, pair),), ()),
    ]
}
