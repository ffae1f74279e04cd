//! `wit-diff --version`.

use crate::rule;
use crate::surface;
use std::sync::LazyLock;

/// The versions of all that decides a verdict.
pub fn long() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let (own, rules, parser) = (env!("CARGO_PKG_VERSION"), rule::SET, surface::PARSER_VERSION);
        format!("{own}\nrules {rules}\nwit-parser {parser}")
    });
    &TEXT
}
