//! Findings about the gates themselves: what readers of a gated package are not told, or told wrongly.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "since-omitted",
        title: "A new item of a gated package carries no `@since`.",
        why: "The addition is judged for itself; the missing gate breaks nobody on either layer. \
              Readers cannot tell which version they need for it. \
              It weighs `patch`.",
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
              Readers will look for the item in a version that does not have it. \
              It weighs `patch`.",
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
        id: "since-changed",
        title: "The `@since` of an item was changed.",
        why: "The item stays, so nobody breaks on either layer. \
              One of the two versions is not the one that first had the item, and misleads whoever asks for it. \
              It weighs `patch`.",
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
        id: "since-removed",
        title: "The `@since` of an item was removed.",
        why: "The item stays, so nobody breaks on either layer. \
              Readers can no longer tell which version they need for it. \
              It weighs `patch`.",
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
        id: "since-item-changed",
        title: "An item that carries `@since` changed incompatibly.",
        why: "The change is judged for itself, and whom it breaks stands there. \
              Beside it, the promise that the item made with its `@since` is broken. \
              It weighs `patch`.",
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
              Beside it, nobody who used the item was given a warning. \
              It weighs `patch`.",
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
