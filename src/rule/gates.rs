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
        why: "The item was there before and stays, so nobody breaks on either layer. \
              It weighs `patch`.",
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
        id: "item-deprecated",
        title: "An item was marked `@deprecated`.",
        why: "The item stays, so everybody still links and compiles. \
              Users are told to move, which weighs `minor`.",
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
        why: "The item stays, so everybody still links and compiles. \
              It weighs `minor`.",
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
        why: "The item stays deprecated, so everybody still links and compiles. \
              It weighs `patch`.",
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
              Whoever selects only the old feature no longer has the item. \
              It weighs `patch`.",
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
        id: "item-stabilised",
        title: "An item came from behind its feature.",
        why: "The addition is judged for itself: until now only those had the item who select its feature. \
              Beside it, the item is promised from now on, which weighs `minor`.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
    @unstable(feature = locking)
    lock: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    open: func(path: string);
    @since(version = 1.1.0)
    lock: func(path: string);
}
",
        instead: "Let `@since` take the place of `@unstable`, with the version that is being released.",
        section: "SEMANTICS 8",
    },
    Rule {
        id: "item-made-unstable",
        title: "An item went behind a feature.",
        why: "The removal is judged for itself: from now on only those have the item who select its feature. \
              Beside it, a promise is taken back, which weighs `minor`.",
        old: "\
package a:b@1.0.0;

interface files {
    open: func(path: string);
    lock: func(path: string);
}
",
        new: "\
package a:b@1.1.0;

interface files {
    open: func(path: string);
    @unstable(feature = locking)
    lock: func(path: string);
}
",
        instead: "Leave the item as it is, and try out changes under another name behind the feature.",
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
];
