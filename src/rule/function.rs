//! Functions as a whole: free functions, methods, statics and constructors.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "function-added",
        title: "A function was added.",
        why: "Consumers do not notice it. \
              Providers built before do not export it and no longer link, and their code lacks it and no longer \
              compiles. \
              So a world that imports the interface breaks its hosts, and a world that exports it breaks its guests.",
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
    remove: func(path: string);
}
",
        instead: "Where providers must not break, add the function to a new interface, \
                  and let them provide that one when they are ready.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "function-removed",
        title: "A function was removed.",
        why: "Consumers that call it neither link nor compile. \
              Providers built before still link, because a function that nobody asks for is ignored. \
              A function that was renamed is one removed and one added, and breaks both.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
    remove: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        instead: "Mark the function `@deprecated`, and remove it on a new track, such as 2.0.0.",
        section: "SEMANTICS 4 and 5",
    },
    Rule {
        id: "function-made-async",
        title: "A function was made `async`.",
        why: "The types `func` and `async func` differ, so consumers and providers no longer link. \
              Bindings call and implement the two in different ways, so neither party compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    read: func(path: string) -> string;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    read: async func(path: string) -> string;
}
",
        instead: "Add an `async` function under another name, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "function-made-sync",
        title: "A function was made synchronous.",
        why: "The types `async func` and `func` differ, so consumers and providers no longer link. \
              Bindings call and implement the two in different ways, so neither party compiles.",
        old: "\
package a:b@1.0.0;

interface files {
    read: async func(path: string) -> string;
}
",
        new: "\
package a:b@1.0.0;

interface files {
    read: func(path: string) -> string;
}
",
        instead: "Add a synchronous function under another name, and mark the old one `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "method-made-static",
        title: "A method was made a static function.",
        why: "A method and a static function are exported under different names, and only the method takes a handle. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    resource file {
        limit: func() -> u64;
    }
}
",
        new: "\
package a:b@1.0.0;

interface files {
    resource file {
        limit: static func() -> u64;
    }
}
",
        instead: "Add a static function under another name, and mark the method `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "static-made-method",
        title: "A static function was made a method.",
        why: "A static function and a method are exported under different names, and only the method takes a handle. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    resource file {
        limit: static func() -> u64;
    }
}
",
        new: "\
package a:b@1.0.0;

interface files {
    resource file {
        limit: func() -> u64;
    }
}
",
        instead: "Add a method under another name, and mark the static function `@deprecated`.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "constructor-made-fallible",
        title: "A constructor was made fallible.",
        why: "A constructor that returns a `result` has another type than one that returns the resource. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    resource file {
        constructor(path: string);
    }
}
",
        new: "\
package a:b@1.0.0;

interface files {
    resource file {
        constructor(path: string) -> result<file, string>;
    }
}
",
        instead: "Add a static function that returns the `result`, and keep the constructor as it is.",
        section: "SEMANTICS 4",
    },
    Rule {
        id: "constructor-made-infallible",
        title: "A constructor was made infallible.",
        why: "A constructor that returns the resource has another type than one that returns a `result`, \
              even though it promises more. \
              Consumers and providers break on both layers.",
        old: "\
package a:b@1.0.0;

interface files {
    resource file {
        constructor(path: string) -> result<file, string>;
    }
}
",
        new: "\
package a:b@1.0.0;

interface files {
    resource file {
        constructor(path: string);
    }
}
",
        instead: "Keep the `result` and document that it is never an error, or add a static function without it.",
        section: "SEMANTICS 4",
    },
];
