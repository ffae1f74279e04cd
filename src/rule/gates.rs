//! What is said beside the types: documentation, gates, deprecation, `@external-id`.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "docs-changed",
        title: "The documentation of an item changed.",
        why: "Documentation is no part of any type, so nobody breaks on either layer.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    /// Opens the file and creates it where it is missing.
    open: func(path: string);
}
",
        instead: "Improve documentation at any time; a patch version is enough.",
        section: "SEMANTICS 7",
    },
    Rule {
        id: "since-added",
        title: "An item was given a `@since`.",
        why: "The item was there before and stays, so nobody breaks on either layer.",
        old: "\
package a:b@1.1.0;

interface files {
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        instead: "Name the version that first had the item, not the one that is being released.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "since-removed",
        title: "The `@since` of an item was removed.",
        why: "The item stays, so nobody breaks on either layer. \
              Readers can no longer tell which version they need for it.",
        old: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    open: func(path: string);
}
",
        instead: "Keep every `@since` for as long as the item lasts.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "since-changed",
        title: "The `@since` of an item was changed.",
        why: "The item stays, so nobody breaks on either layer. \
              One of the two versions is not the one that first had the item, and misleads whoever asks for it.",
        old: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.1.0)
    open: func(path: string);
}
",
        instead: "Leave the `@since` of a released item alone, unless it was wrong.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "item-deprecated",
        title: "An item was marked `@deprecated`.",
        why: "The item stays, so everybody still links and compiles. \
              Users are told to move, which asks for a minor version.",
        old: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    @deprecated(version = 1.1.0)
    open: func(path: string);
}
",
        instead: "Say in the documentation what to use in its place, and remove the item only on a new track.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "item-undeprecated",
        title: "An item is no longer marked `@deprecated`.",
        why: "The item stays, so everybody still links and compiles.",
        old: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    @deprecated(version = 1.1.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        instead: "Say in the documentation that the item stays, for those who have moved already.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "deprecation-changed",
        title: "The version of a `@deprecated` was changed.",
        why: "The item stays deprecated, so everybody still links and compiles.",
        old: "\
package a:b@1.2.0;

interface files {
    @since(version = 1.0.0)
    @deprecated(version = 1.1.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.2.0;

interface files {
    @since(version = 1.0.0)
    @deprecated(version = 1.2.0)
    open: func(path: string);
}
",
        instead: "Leave the version that first deprecated the item, unless it was wrong.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "feature-changed",
        title: "An unstable item stands behind another feature.",
        why: "An unstable item is no part of the promise unless its feature is selected, so nobody else breaks. \
              Whoever selects only the old feature no longer has the item.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
    @unstable(feature = locking)
    lock: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
    @unstable(feature = locks)
    lock: func(path: string);
}
",
        instead: "Rename features freely, and tell those who try them out.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "external-id-changed",
        title: "The `@external-id` of an item was added, changed or removed.",
        why: "The type checker does not see it, so everybody still links and compiles. \
              A host that looks closer sees it and may act on it, so it is never without weight.",
        old: "\
package a:b@1.0.0;

interface files {
    @external-id(\"open\")
    open: func(path: string);
}
",
        new: "\
package a:b@1.0.0;

interface files {
    @external-id(\"fopen\")
    open: func(path: string);
}
",
        instead: "Keep the id of a released item, and give a new item an id of its own.",
        section: "SEMANTICS 5",
    },
    Rule {
        id: "since-omitted",
        title: "A new item of a gated package carries no `@since`.",
        why: "The addition is judged for itself; the missing gate breaks nobody on either layer. \
              Readers cannot tell which version they need for it.",
        old: "\
package a:b@1.0.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
    close: func();
}
",
        instead: "Add `@since` with the version that is being released.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "since-misdated",
        title: "A new item carries the `@since` of another version than the one being released.",
        why: "The addition is judged for itself; the wrong date breaks nobody on either layer. \
              Readers will look for the item in a version that does not have it.",
        old: "\
package a:b@1.0.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
    @since(version = 1.0.0)
    close: func();
}
",
        instead: "Name the version that is being released.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "since-item-changed",
        title: "An item that carries `@since` changed incompatibly.",
        why: "The change is judged for itself, and whom it breaks stands there. \
              Beside it, the promise that the item made with its `@since` is broken.",
        old: "\
package a:b@1.0.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string) -> bool;
}
",
        instead: "Leave the item as it is, add another one beside it, and deprecate this one.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "deprecation-skipped",
        title: "An item of a gated package was removed without having been deprecated.",
        why: "The removal is judged for itself, and whom it breaks stands there. \
              Beside it, nobody who used the item was given a warning.",
        old: "\
package a:b@1.0.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
    @since(version = 1.0.0)
    close: func();
}
",
        new: "\
package a:b@1.1.0;

interface files {
    @since(version = 1.0.0)
    open: func(path: string);
}
",
        instead: "Mark it `@deprecated` in one release, and remove it on the next track.",
        section: "SEMANTICS 8",
    },
];
