//! What worlds import and export, after `include` and `use` are written out.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "import-added",
        title: "An import was added to a world.",
        why: "Guests built before do not need it and still run. \
              Hosts do not offer it, so they neither link new guests nor compile. \
              Only an interface without functions and types shows in no binary, and links everywhere.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface clocks {
    now: func() -> u64;
}

world tool {
    import files;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface clocks {
    now: func() -> u64;
}

world tool {
    import files;
    import clocks;
}
",
        instead: "Where hosts must not break, add a second world that includes the first one and has the import.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "import-removed",
        title: "An import was removed from a world.",
        why: "Guests that use it neither link nor compile, because hosts no longer offer it. \
              Hosts that still offer it run new guests as before. \
              Only an interface without functions and types shows in no binary, and links everywhere.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface clocks {
    now: func() -> u64;
}

world tool {
    import files;
    import clocks;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface clocks {
    now: func() -> u64;
}

world tool {
    import files;
}
",
        instead: "Keep the import and mark it `@deprecated`, or add a second world without it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "export-added",
        title: "An export was added to a world.",
        why: "Guests built before do not export it and no longer link, and their code lacks it and no longer compiles. \
              Hosts do not call it and still run new guests.",
        old: "\
package a:b@1.0.0;

world tool {
    export run: func();
}
",
        new: "\
package a:b@1.0.0;

world tool {
    export run: func();
    export stop: func();
}
",
        instead: "Add a second world that includes the first one and has the export.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "export-removed",
        title: "An export was removed from a world.",
        why: "Guests built before still run, because an export that nobody asks for is ignored. \
              Hosts call what new guests no longer export, and break.",
        old: "\
package a:b@1.0.0;

world tool {
    export run: func();
    export stop: func();
}
",
        new: "\
package a:b@1.0.0;

world tool {
    export run: func();
}
",
        instead: "Where hosts must not break, keep the export and mark it `@deprecated`, \
                  or add a second world without it.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "import-made-export",
        title: "An import of a world was made an export.",
        why: "Guests built before import what is no longer offered and do not export it: they no longer link, \
              and their code must implement what it called. \
              New guests still link on the hosts of before, which ignore the export.",
        old: "\
package a:b@1.0.0;

interface log {
    write: func(line: string);
}

world tool {
    import log;
}
",
        new: "\
package a:b@1.0.0;

interface log {
    write: func(line: string);
}

world tool {
    export log;
}
",
        instead: "Add a second world with the export, and leave the first one as it is.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "export-made-import",
        title: "An export of a world was made an import.",
        why: "Guests built before still link, because their export is ignored and they do not need the import. \
              Hosts neither offer the import to new guests nor find the export that they call, and break.",
        old: "\
package a:b@1.0.0;

interface log {
    write: func(line: string);
}

world tool {
    export log;
}
",
        new: "\
package a:b@1.0.0;

interface log {
    write: func(line: string);
}

world tool {
    import log;
}
",
        instead: "Add a second world with the import, and leave the first one as it is.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "import-kind-changed",
        title: "An import of a world was made one of another kind.",
        why: "The name stays, but a function, an interface and a type never stand for each other. \
              Guests and hosts break on both layers.",
        old: "\
package a:b@1.0.0;

world tool {
    import log: func(line: string);
}
",
        new: "\
package a:b@1.0.0;

world tool {
    import log: interface {
        write: func(line: string);
    }
}
",
        instead: "Add the new import to a second world, under a name of its own.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "export-kind-changed",
        title: "An export of a world was made one of another kind.",
        why: "The name stays, but a function and an interface never stand for each other. \
              Guests and hosts break on both layers.",
        old: "\
package a:b@1.0.0;

world tool {
    export run: func();
}
",
        new: "\
package a:b@1.0.0;

world tool {
    export run: interface {
        start: func();
    }
}
",
        instead: "Add the new export to a second world, under a name of its own.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "import-retargeted",
        title: "A named import of a world was given another interface.",
        why: "Binaries hold the name of the import, so guests and hosts still link while both interfaces are equal; \
              where they are not, each difference is reported for itself. \
              A host that looks closer sees which interface the import implements.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface blobs {
    open: func(path: string);
}

world tool {
    import store: files;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface blobs {
    open: func(path: string);
}

world tool {
    import store: blobs;
}
",
        instead: "Keep both interfaces equal for as long as the track lasts, or add a second import.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "export-retargeted",
        title: "A named export of a world was given another interface.",
        why: "Binaries hold the name of the export, so guests and hosts still link while both interfaces are equal; \
              where they are not, each difference is reported for itself. \
              A host that looks closer sees which interface the export implements.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface blobs {
    open: func(path: string);
}

world tool {
    export store: files;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface blobs {
    open: func(path: string);
}

world tool {
    export store: blobs;
}
",
        instead: "Keep both interfaces equal for as long as the track lasts, or add a second world with the new one.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "resource-origin-changed",
        title: "The resource of an exported or labelled interface comes from another place.",
        why: "Nothing changed in the interface itself, but a resource that it uses was imported and is exported now, \
              or the reverse; \
              or an interface under a label defines now what it used, which under the label is the label's own. \
              Resources are nominal, so components built against the one do not link against the other.",
        old: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface files {
    use locks.{lock};
    take: func() -> lock;
}

world tool {
    export files;
}
",
        new: "\
package a:b@1.0.0;

interface locks {
    resource lock;
}

interface files {
    use locks.{lock};
    take: func() -> lock;
}

world tool {
    export files;
    export locks;
}
",
        instead: "Decide in the first release who owns the resource, \
                  and put the other arrangement into a second world.",
        section: "SEMANTICS 4",
    },
];
