//! Parameters and results of functions.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "parameter-added",
        title: "A parameter was added to a function.",
        why: "The parameters are part of the function's type, and there are no optional ones. \
              Consumers and providers break on both layers, even where the new parameter is an `option`.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string, create: bool);
}
",
        instead: "Add a second function that takes the parameter, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "parameter-removed",
        title: "A parameter was removed from a function.",
        why: "The parameters are part of the function's type. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string, create: bool);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Keep the parameter and document that it is ignored, or add a second function without it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "parameter-renamed",
        title: "A parameter was renamed.",
        why: "The names of parameters are part of the function's type, upper and lower case included, \
              so consumers and providers no longer link. \
              Code passes arguments by position and still compiles: the break shows only when components meet.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(file-name: string);
}
",
        instead: "Keep the name and explain the parameter in the documentation.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "parameters-reordered",
        title: "The parameters of a function were reordered.",
        why: "The order of the parameters is part of the function's type, and code passes arguments by position. \
              Consumers and providers break on both layers. \
              Where the types are equal, a compiler may accept the swapped arguments in silence.",
        old: "\
package a:b@1.0.0;

interface files {
    truncate: func(path: string, size: u64);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    truncate: func(size: u64, path: string);
}
",
        instead: "Keep the order; add a second function if another one reads better.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "parameter-retyped",
        title: "The type of a parameter changed.",
        why: "Types are invariant: neither a wider nor a narrower one is accepted in its place. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    truncate: func(path: string, size: u32);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    truncate: func(path: string, size: u64);
}
",
        instead: "Add a second function with the new type, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "parameter-type-replaced",
        title: "The type of a parameter was replaced by another one of the same structure.",
        why: "Value types are structural, so every built component still links. \
              Bindings give each definition a type of its own, so consumers and providers that name the old one \
              no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    lock: func(range: extent);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    lock: func(range: span);
}
",
        instead: "Keep the type that the function names, or make one of the two an alias of the other from the start.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "result-added",
        title: "A function was given a result.",
        why: "A function with a result and one without are of different types. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    write: func(data: list<u8>);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    write: func(data: list<u8>) -> u64;
}
",
        instead: "Add a second function that returns the result, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "result-removed",
        title: "The result of a function was removed.",
        why: "A function with a result and one without are of different types. \
              Consumers and providers break on both layers, even consumers that ignore it.",
        old: "\
package a:b@1.0.0;

interface files {
    write: func(data: list<u8>) -> u64;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    write: func(data: list<u8>);
}
",
        instead: "Keep the result, or add a second function without it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "result-retyped",
        title: "The result type of a function changed.",
        why: "Types are invariant: neither a wider nor a narrower one is accepted in its place. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    size: func(path: string) -> u32;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    size: func(path: string) -> u64;
}
",
        instead: "Add a second function with the new result, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "result-type-replaced",
        title: "The result type of a function was replaced by another one of the same structure.",
        why: "Value types are structural, so every built component still links. \
              Bindings give each definition a type of its own, so consumers and providers that name the old one \
              no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    locked: func() -> extent;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    locked: func() -> span;
}
",
        instead: "Keep the type that the function names, or make one of the two an alias of the other from the start.",
        section: "SEMANTICS 4 and 5",
    },
];
