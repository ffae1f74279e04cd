//! Resources as a whole: coming, going, and which one a name leads to.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "resource-added",
        title: "A resource was added.",
        why: "Consumers do not notice it. \
              Providers built before do not export it and no longer link, and their code lacks it and no longer \
              compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    resource lock;
    open: func(path: string);
}
",
        instead: "Where providers must not break, add the resource to a new interface.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "resource-removed",
        title: "A resource was removed.",
        why: "Consumers that import it neither link nor compile. \
              Providers built before still link, because a resource that nobody asks for is ignored.",
        old: "\
package a:b@1.0.0;

interface files {
    resource lock;
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Mark the resource `@deprecated`, and remove it on a new track, such as 2.0.0.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "resource-moved",
        title: "A resource was moved to another interface and is used from there.",
        why: "Resources are nominal: providers export one of their own where one from elsewhere is expected now, \
              and no longer link. \
              Consumers still link while the resource has no methods, statics and constructor; those move with it and \
              break the consumers. \
              Where the other resource was there before, two that code told apart are one now, and consumers no longer \
              compile.",
        old: "\
package a:b@1.0.0;

interface files {
    resource lock;
    release: func(held: borrow<lock>);
}
",
        new: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface files {
    use locks.{lock};
    release: func(held: borrow<lock>);
}
",
        instead: "Leave a resource in the interface that defines it, and `use` it from there in the new one.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "resource-made-own",
        title: "A used resource was made a resource of the interface itself.",
        why: "Resources are nominal: consumers pass the resource that was used, another one is expected, \
              and they no longer link. \
              Providers built before still link, because any resource may stand behind the name that they export.",
        old: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface files {
    use locks.{lock};
    release: func(held: borrow<lock>);
}
",
        new: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface files {
    resource lock;
    release: func(held: borrow<lock>);
}
",
        instead: "Keep the `use`, and give the new resource a name of its own.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "resource-replaced",
        title: "Another resource stands where one was named.",
        why: "Resources are nominal: two of them are never the same, however equal they look. \
              A component that passes or expects a handle of the old one no longer links; \
              the report says for which party that is so.",
        old: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface guards {
    resource lock;
}

interface files {
    use locks.{lock};
    release: func(held: borrow<lock>);
}
",
        new: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface guards {
    resource lock;
}

interface files {
    use guards.{lock};
    release: func(held: borrow<lock>);
}
",
        instead: "Keep the functions with the old resource, and add new ones that take the other one.",
        section: "SEMANTICS 4",
    },
];
