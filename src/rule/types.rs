//! Value types as a whole: coming, going, aliases and their targets.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "type-added",
        title: "A value type was added.",
        why: "An interface exports its types, aliases and `use`d ones included, \
              and providers built before lack the new one: they no longer link. \
              Consumers do not notice it, and everybody's code still compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write }
    open: func(path: string);
}
",
        instead: "Where built providers must not break, add the type to a new interface.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "type-removed",
        title: "A value type was removed.",
        why: "Consumers that import the type no longer link, whether a function names it or not. \
              Providers built before still link. \
              The code of consumers and providers that name it no longer compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write }
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Mark the type `@deprecated`, and remove it on a new track, such as 2.0.0. \
                  For a rename, keep the definition where it is, and make the new name an alias of it.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "type-kind-changed",
        title: "A type was made one of another kind.",
        why: "No kind stands for another one, even where both are laid out alike in memory: \
              an enum is no variant, and a tuple is no record. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write }
    open: func(path: string, how: mode);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    variant mode { read, write }
    open: func(path: string, how: mode);
}
",
        instead: "Add a second type of the new kind, and a second function that takes it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "alias-retargeted",
        title: "An alias was given another type.",
        why: "Aliases are transparent, so everything that names this one has changed its type. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    type size = u32;
    truncate: func(path: string, to: size);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    type size = u64;
    truncate: func(path: string, to: size);
}
",
        instead: "Add a second alias for the new type, and a second function that takes it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "alias-target-replaced",
        title: "An alias was given another type of the same structure.",
        why: "Value types are structural, so every built component still links. \
              Bindings give each definition a type of its own, so consumers and providers that mix the alias with \
              its old target no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    type range = extent;
    lock: func(at: range);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    type range = span;
    lock: func(at: range);
}
",
        instead: "Keep the target, and add a second alias for the other type.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "alias-made-nominal",
        title: "An alias was made a type of its own, with the same structure.",
        why: "Value types are structural, so every built component still links. \
              In bindings the two types were one and are two now, so consumers and providers that mix them no longer \
              compile.",
        old: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    type span = extent;
    lock: func(at: span);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    lock: func(at: span);
}
",
        instead: "Keep the alias; give the type a definition of its own on a new track, such as 2.0.0.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "nominal-made-alias",
        title: "A type was made an alias of another one, with the same structure.",
        why: "Value types are structural, so every built component still links. \
              In bindings the two types were two and are one now, so consumers and providers that tell them apart no \
              longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    record span { start: u64, end: u64 }
    lock: func(at: span);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record extent { start: u64, end: u64 }
    type span = extent;
    lock: func(at: span);
}
",
        instead: "Keep both definitions; make them one on a new track, such as 2.0.0.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "type-moved",
        title: "A value type was moved to another interface and is used from there.",
        why: "Value types are structural and the old name still leads to it, \
              so consumers and providers still link and compile. \
              The interface that it stands in now is judged for itself.",
        old: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write }
    open: func(path: string, how: mode);
}
",
        new: "\
package a:b@1.0.0;

interface modes {
    enum mode { read, write }
}

interface files {
    use modes.{mode};
    open: func(path: string, how: mode);
}
",
        instead: "Move value types this way, with a `use` under the old name; never drop that `use` on the same track.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "use-rerouted",
        title: "A `use` takes an equal type from another place.",
        why: "Value types are structural and the name stays, so consumers and providers still link and compile.",
        old: "\
package a:b@1.0.0;

interface modes {
    enum mode { read, write }
}

interface options {
    enum mode { read, write }
}

interface files {
    use modes.{mode};
    open: func(path: string, how: mode);
}
",
        new: "\
package a:b@1.0.0;

interface modes {
    enum mode { read, write }
}

interface options {
    enum mode { read, write }
}

interface files {
    use options.{mode};
    open: func(path: string, how: mode);
}
",
        instead: "Reroute value types freely while they are equal; never reroute a resource.",
        section: "SEMANTICS 4",
    },
];
