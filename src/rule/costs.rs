//! What crossing a boundary costs: limits of the Canonical ABI that were crossed, payloads that grew, and interfaces that
//! make more crossings than they need. None of them breaks anybody, and none has a level.

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
        instead: "Keep the element small, and let those who need more ask for it by its id.",
        section: "Canonical ABI, Element Size",
    },
];
