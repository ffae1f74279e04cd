//! Packages, interfaces and worlds as a whole.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "package-added",
        title: "A package was added.",
        why: "Nothing refers to a package that did not exist before, so nobody breaks on either layer.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

package a:c@1.0.0 {
    interface clocks {
        now: func() -> u64;
    }
}
",
        instead: "Add packages freely, and give each a version from the start.",
        section: "SEMANTICS 7",
    },
    Rule {
        id: "package-removed",
        title: "A package was removed.",
        why: "Consumers of its interfaces neither link nor compile. \
              Its providers still link, because exports that nobody asks for are ignored. \
              Code that names its interfaces or worlds no longer compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

package a:c@1.0.0 {
    interface clocks {
        now: func() -> u64;
    }
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Deprecate its interfaces first, and keep publishing the package until nobody depends on it.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "package-docs-changed",
        title: "The documentation of a package changed.",
        why: "Documentation is no part of any type, so nobody breaks on either layer.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
/// Files and directories.
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Improve documentation at any time; a patch version is enough.",
        section: "SEMANTICS 7",
    },
    Rule {
        id: "interface-added",
        title: "An interface was added.",
        why: "Nobody consumes or provides it yet, so nobody breaks on either layer. \
              A world that imports or exports it is judged by that import or export.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
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
",
        instead: "Add interfaces freely, and think twice before a released world imports or exports one.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "interface-removed",
        title: "An interface was removed.",
        why: "Consumers neither link nor compile: what they import is gone. \
              Providers still link, because an export that nobody asks for is ignored, \
              but their code names the interface and no longer compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

interface clocks {
    now: func() -> u64;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Mark the interface `@deprecated`, and remove it on a new track, such as 2.0.0. \
                  For a rename, keep the old interface beside the new one until then.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "world-added",
        title: "A world was added.",
        why: "No guest targets it and no host runs it yet, so nobody breaks on either layer.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}

world tool {
    import files;
}
",
        instead: "Add worlds freely; prefer a new world to a new import or export in a released one.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "world-removed",
        title: "A world was removed.",
        why: "No binary holds the name of a world, so everything that is built still links. \
              Guests and hosts generate their bindings from it, and no longer compile.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
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
",
        instead: "Mark the world `@deprecated`, and remove it on a new track, such as 2.0.0. \
                  For a rename, let the old world `include` the new one until then.",
        section: "SEMANTICS 5",
    },
];
