//! The parts of value types: fields, cases and flags.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "record-field-added",
        title: "A field was added to a record.",
        why: "Records must be equal field by field, and there are no optional fields. \
              Consumers and providers break on both layers, even where the new field is an `option`.",
        old: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64 }
    inspect: func(path: string) -> stat;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64, links: u32 }
    inspect: func(path: string) -> stat;
}
",
        instead: "Add a second record with the field, and a second function that uses it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "record-field-removed",
        title: "A field was removed from a record.",
        why: "Records must be equal field by field, names included, so a field that was renamed is removed and added. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64, links: u32 }
    inspect: func(path: string) -> stat;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64 }
    inspect: func(path: string) -> stat;
}
",
        instead: "Keep the field and document a value for it that means nothing, \
                  or add a second record without it and a second function.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "record-field-retyped",
        title: "The type of a record's field changed.",
        why: "Types are invariant: neither a wider nor a narrower one is accepted in its place. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    record stat { size: u32 }
    inspect: func(path: string) -> stat;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64 }
    inspect: func(path: string) -> stat;
}
",
        instead: "Add a second record with the new type, and a second function that uses it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "record-field-type-replaced",
        title: "The type of a record's field was replaced by another one of the same structure.",
        why: "Value types are structural, so every built component still links. \
              Bindings give each definition a type of its own, so consumers and providers that name the old one \
              no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    enum kind { file, directory }
    enum node { file, directory }
    record stat { what: kind }
    inspect: func(path: string) -> stat;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    enum kind { file, directory }
    enum node { file, directory }
    record stat { what: node }
    inspect: func(path: string) -> stat;
}
",
        instead: "Keep the type that the field names, or make one of the two an alias of the other from the start.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "record-fields-reordered",
        title: "The fields of a record were reordered.",
        why: "The order of fields is part of the type, so consumers and providers no longer link. \
              Code names the fields and still compiles: the break shows only when components meet.",
        old: "\
package a:b@1.0.0;

interface files {
    record stat { size: u64, links: u32 }
    inspect: func(path: string) -> stat;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    record stat { links: u32, size: u64 }
    inspect: func(path: string) -> stat;
}
",
        instead: "Keep the order once it is released; sort only what nobody has built against.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "variant-case-added",
        title: "A case was added to a variant.",
        why: "Variants must be equal case by case, so consumers and providers no longer link, \
              whether the new case ever occurs or not. \
              Code that matches every case no longer compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string) }
    remove: func(path: string) -> result<_, error>;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string), busy(u64) }
    remove: func(path: string) -> result<_, error>;
}
",
        instead: "Give every variant that may grow a catch-all case from the start. \
                  For this one, add a second variant and a second function.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "variant-case-removed",
        title: "A case was removed from a variant.",
        why: "Variants must be equal case by case, names included, so a case that was renamed is removed and added. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string), busy(u64) }
    remove: func(path: string) -> result<_, error>;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string) }
    remove: func(path: string) -> result<_, error>;
}
",
        instead: "Keep the case and document that it no longer occurs.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "variant-case-retyped",
        title: "The payload of a variant's case changed.",
        why: "A payload that is added, dropped or of another type makes another variant. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(u32) }
    remove: func(path: string) -> result<_, error>;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string) }
    remove: func(path: string) -> result<_, error>;
}
",
        instead: "Add a second variant with the new payload, and a second function that uses it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "variant-case-type-replaced",
        title: "The payload of a variant's case was replaced by another type of the same structure.",
        why: "Value types are structural, so every built component still links. \
              Bindings give each definition a type of its own, so consumers and providers that name the old one \
              no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    enum cause { disk, network }
    enum reason { disk, network }
    variant error { missing, other(cause) }
    remove: func(path: string) -> result<_, error>;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    enum cause { disk, network }
    enum reason { disk, network }
    variant error { missing, other(reason) }
    remove: func(path: string) -> result<_, error>;
}
",
        instead: "Keep the type that the case names, or make one of the two an alias of the other from the start.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "variant-cases-reordered",
        title: "The cases of a variant were reordered.",
        why: "The order of cases is part of the type, so consumers and providers no longer link. \
              Code names the cases and still compiles: the break shows only when components meet.",
        old: "\
package a:b@1.0.0;

interface files {
    variant error { missing, other(string) }
    remove: func(path: string) -> result<_, error>;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    variant error { other(string), missing }
    remove: func(path: string) -> result<_, error>;
}
",
        instead: "Keep the order once it is released; sort only what nobody has built against.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "enum-case-added",
        title: "A case was added to an enum.",
        why: "Enums must be equal case by case, so consumers and providers no longer link, \
              whether the new case ever occurs or not. \
              Code that matches every case no longer compiles.",
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
    enum mode { read, write, append }
    open: func(path: string, how: mode);
}
",
        instead: "Add a second enum with the case, and a second function that takes it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "enum-case-removed",
        title: "A case was removed from an enum.",
        why: "Enums must be equal case by case, names included, so a case that was renamed is removed and added. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write, append }
    open: func(path: string, how: mode);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    enum mode { read, write }
    open: func(path: string, how: mode);
}
",
        instead: "Keep the case, and document that it no longer occurs or how it is treated.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "enum-cases-reordered",
        title: "The cases of an enum were reordered.",
        why: "The order of cases is part of the type, so consumers and providers no longer link. \
              Code names the cases and still compiles: the break shows only when components meet.",
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
    enum mode { write, read }
    open: func(path: string, how: mode);
}
",
        instead: "Keep the order once it is released; sort only what nobody has built against.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "flag-added",
        title: "A flag was added.",
        why: "Flags must be equal name by name, so consumers and providers no longer link, \
              whether the new flag is ever set or not. \
              Code still compiles: the break shows only when components meet.",
        old: "\
package a:b@1.0.0;

interface files {
    flags rights { read, write }
    open: func(path: string, how: rights);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    flags rights { read, write, lock }
    open: func(path: string, how: rights);
}
",
        instead: "Add a second `flags` type with the flag, and a second function that takes it.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "flag-removed",
        title: "A flag was removed.",
        why: "Flags must be equal name by name, so a flag that was renamed is removed and added. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    flags rights { read, write, lock }
    open: func(path: string, how: rights);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    flags rights { read, write }
    open: func(path: string, how: rights);
}
",
        instead: "Keep the flag and document that it is ignored.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "flags-reordered",
        title: "Flags were reordered.",
        why: "The order of flags is part of the type, so consumers and providers no longer link. \
              Code names the flags and still compiles: the break shows only when components meet.",
        old: "\
package a:b@1.0.0;

interface files {
    flags rights { read, write }
    open: func(path: string, how: rights);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    flags rights { write, read }
    open: func(path: string, how: rights);
}
",
        instead: "Keep the order once it is released; sort only what nobody has built against.",
        section: "SEMANTICS 4 and 5",
    },
];
