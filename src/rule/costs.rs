//! What crossing a boundary costs: limits of the Canonical ABI that were crossed, payloads that grew, and interfaces that
//! make more crossings than they need, or dearer ones. None of them breaks anybody, and none has a level.
//!
//! Of the latter, `new` is what is advised against, and `old` does the same without it.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "parameters-spilled",
        title: "The parameters of a function no longer fit into those of a core function.",
        why: "Up to 16 flat values are passed as they are; with one more, all of them go through memory. \
              Each call then allocates a buffer where the callee is, writes all parameters to memory, and reads them back. \
              What breaks is judged for itself.",
        old: "\
package a:b@1.0.0;

interface shapes {
    record point { x: f64, y: f64, z: f64, w: f64 }
    box: func(a: point, b: point, c: point, d: point);
}
",
        new: "\
package a:b@1.1.0;

interface shapes {
    record point { x: f64, y: f64, z: f64, w: f64 }
    box: func(a: point, b: point, c: point, d: point, filled: bool);
}
",
        instead: "Offer what is new by a function of its own, where most calls go without it.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "async-parameters-spilled",
        title: "The parameters of an `async` function no longer fit where the caller does not wait.",
        why: "Up to 4 flat values are passed as they are by a caller that does not wait; with one more, all go through memory. \
              The memory must stay as it is until the callee has taken the parameters. \
              What breaks is judged for itself.",
        old: "\
package a:b@1.0.0;

interface files {
    copy: async func(source: string, target: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    copy: async func(source: string, target: string, overwrite: bool);
}
",
        instead: "Keep what is called often within 4 flat values: a string or list is two, an option one more than what it holds.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "result-spilled",
        title: "The result of a function is no longer one flat value.",
        why: "One flat value is returned as it is; anything larger is written to memory, for which the caller gives a place. \
              Most results are, so this is worth a thought only for what is called very often. \
              What breaks is judged for itself.",
        old: "\
package a:b@1.0.0;

interface clock {
    now: func() -> u64;
}
",
        new: "\
package a:b@1.1.0;

interface clock {
    now: func() -> option<u64>;
}
",
        instead: "Keep a plain result for the usual case, and offer the larger one by a function of its own.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "async-result-spilled",
        title: "The result of an `async` function no longer fits into the parameters of `task.return`.",
        why: "An `async` function hands over its result by a call with up to 16 flat values; with one more, they go through memory. \
              What breaks is judged for itself.",
        old: "\
package a:b@1.0.0;

interface sensor {
    record axes { x: f64, y: f64, z: f64, t: u64 }
    record frame { a: axes, b: axes, c: axes, d: axes }
    next: async func() -> frame;
}
",
        new: "\
package a:b@1.1.0;

interface sensor {
    record axes { x: f64, y: f64, z: f64, t: u64 }
    record frame { a: axes, b: axes, c: axes, d: axes, count: u32 }
    next: async func() -> frame;
}
",
        instead: "Offer what is new by a function of its own, or hand over a stream of smaller records.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "payload-grown",
        title: "What a call passes takes at least twice the memory.",
        why: "Bytes are copied on every call, and those of an element as often as there are elements. \
              Told is what grew to twice its size, and by 32 bytes at least. \
              What breaks is judged for itself.",
        old: "\
package a:b@1.0.0;

interface index {
    record entry { id: u64, size: u64 }
    entries: func() -> list<entry>;
}
",
        new: "\
package a:b@1.1.0;

interface index {
    record entry {
        id: u64,
        size: u64,
        name: string,
        owner: string,
        made: u64,
        changed: u64,
    }
    entries: func() -> list<entry>;
}
",
        instead: "Keep what is passed often small, and let those who need more ask for it.",
        section: "Canonical ABI, Element Size",
    },
    Rule {
        id: "getters-scattered",
        title: "Many small values have a function each, where one record would serve.",
        why: "Whoever needs all of them makes a call for each, and a call costs more than any of the values. \
              Told are six or more of one resource, or of one interface by itself: without parameters, never \
              refused, plain, of 16 bytes at most. \
              Not counted is what is also in a record that is to be had at once, or can be set by itself.",
        old: "\
package a:b@1.0.0;

interface images {
    enum colours { grey, rgb, rgba }
    record info {
        width: u32,
        height: u32,
        depth: u8,
        colours: colours,
        frames: u32,
        is-animated: bool,
    }
    resource image {
        info: func() -> info;
    }
}
",
        new: "\
package a:b@1.1.0;

interface images {
    enum colours { grey, rgb, rgba }
    resource image {
        width: func() -> u32;
        height: func() -> u32;
        depth: func() -> u8;
        colours: func() -> colours;
        frames: func() -> u32;
        is-animated: func() -> bool;
    }
}
",
        instead: "Give a record of all by one function; it may stand beside the others.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "calls-repeated",
        title: "A function passes one element for each call, where a list would do.",
        why: "A list is passed by one call, and its buffer is filled at once where the elements are plain. \
              Told are elements that are added, written to or read from their place, of 32 bytes at most and \
              without strings, and those that are given until there are no more, of 64 bytes at most. \
              Nothing is told where a function beside it passes a list or a stream of the same type, and of events \
              and messages, which come one by one.",
        old: "\
package a:b@1.0.0;

interface shapes {
    record point { x: f64, y: f64 }
    resource path {
        append: func(points: list<point>);
    }
}
",
        new: "\
package a:b@1.1.0;

interface shapes {
    record point { x: f64, y: f64 }
    resource path {
        append: func(point: point);
    }
}
",
        instead: "Take or give a list of them, or a stream where they come over time; one for single \
                  elements may stand beside it.",
        section: "Canonical ABI, Loading",
    },
    Rule {
        id: "list-collected",
        title: "A list of large records is collected where a stream would hand them over one by one.",
        why: "The whole list is in the memory of both sides before the first record can be used, with a buffer for each string in it. \
              Told are elements of 32 bytes or more, where the package already waits or has streams, the name says \
              that nobody knows how many there are, and no parameter says where to end.",
        old: "\
package a:b@1.0.0;

interface store {
    record entry { key: string, owner: string, kind: string, note: string }
    enum error { gone, denied }
    list-all: func() -> tuple<stream<entry>, future<result<_, error>>>;
}
",
        new: "\
package a:b@1.1.0;

interface store {
    record entry { key: string, owner: string, kind: string, note: string }
    enum error { gone, denied }
    list-all: async func() -> result<list<entry>, error>;
}
",
        instead: "Give a stream and a future that says how it ended, or take a limit and where to go on.",
        section: "Canonical ABI, Storing",
    },
    Rule {
        id: "case-outsized",
        title: "One case of a variant in a list is many times larger than all others.",
        why: "Every element of a list has room for the largest case, whichever it is. \
              Told is a case of four times the bytes of the next one and 64 bytes more, of a variant with three \
              cases or more that is an element or in one.",
        old: "\
package a:b@1.0.0;

interface drawing {
    record text {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        font: string,
        size: f64,
        colour: u32,
        content: string,
        language: string,
        direction: string,
    }
    variant command { clear, line(tuple<f32, f32>), text(u32) }
    draw-with: func(commands: list<command>, texts: list<text>);
}
",
        new: "\
package a:b@1.1.0;

interface drawing {
    record text {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        font: string,
        size: f64,
        colour: u32,
        content: string,
        language: string,
        direction: string,
    }
    variant command { clear, line(tuple<f32, f32>), text(text) }
    draw: func(commands: list<command>);
}
",
        instead: "Let the case hold an index into a list beside it.",
        section: "Canonical ABI, Element Size",
    },
    Rule {
        id: "state-returned",
        title: "A function takes a large record and gives it back with a little of it changed.",
        why: "Each call copies the whole record twice, with a new buffer for each string in it, and both times through memory. \
              Told are records of 64 bytes or more that go in and come back, where the name says that something is \
              set, moved or counted.",
        old: "\
package a:b@1.0.0;

interface games {
    resource game {
        advance: func(seconds: f64);
    }
}
",
        new: "\
package a:b@1.1.0;

interface games {
    record body { x: f64, y: f64, z: f64, mass: f64, spin: f64 }
    record state { time: f64, ship: body, moon: body }
    advance: func(state: state, seconds: f64) -> state;
}
",
        instead: "Keep the state where it is changed, behind a resource, and pass what changes.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "record-repeated",
        title: "Several functions of an interface take the same large record.",
        why: "Whoever calls one after the other passes the same value again, with a new buffer for each string in it. \
              Told are records of 128 bytes or more that four or more functions of one interface take.",
        old: "\
package a:b@1.0.0;

interface project {
    record settings {
        name: string,
        path: string,
        user: string,
        group: string,
        host: string,
        port: u16,
        region: string,
        language: string,
        zone: string,
        roots: list<string>,
        marks: list<string>,
        tags: list<string>,
        proxy: option<string>,
        token: option<string>,
        note: option<string>,
    }
    resource session {
        constructor(settings: settings);
        build: func(target: string);
        check: func(target: string);
        clean: func();
        publish: func() -> bool;
    }
}
",
        new: "\
package a:b@1.1.0;

interface project {
    record settings {
        name: string,
        path: string,
        user: string,
        group: string,
        host: string,
        port: u16,
        region: string,
        language: string,
        zone: string,
        roots: list<string>,
        marks: list<string>,
        tags: list<string>,
        proxy: option<string>,
        token: option<string>,
        note: option<string>,
    }
    build: func(settings: settings, target: string);
    check: func(settings: settings, target: string);
    clean: func(settings: settings);
    publish: func(settings: settings) -> bool;
}
",
        instead: "Pass it once, to the constructor of a resource, and make the functions methods of that.",
        section: "Canonical ABI, Flattening",
    },
    Rule {
        id: "lists-nested",
        title: "A list of lists holds what has a buffer of its own.",
        why: "There is a buffer for each cell of each row: with 16 rows of 16 strings 273 of them, each allocated by a call into the callee. \
              Told are lists, and maps, right in lists, of strings, lists or tuples with such; what has names is a \
              record, and is not told.",
        old: "\
package a:b@1.0.0;

interface tables {
    record table { columns: u32, cells: list<string> }
    read: func(name: string) -> table;
}
",
        new: "\
package a:b@1.1.0;

interface tables {
    read: func(name: string) -> list<list<string>>;
}
",
        instead: "Pass one list of all cells with the number of columns, or the text as one string with a \
                  list of where each cell ends.",
        section: "Canonical ABI, Loading",
    },
];
