//! The example of a rule, compared like any two revisions.

use super::{Options, run_sources};
use crate::report::Example;
use crate::revision::from_text;
use crate::rule::Rule;
use crate::verdict::Protect;

/// What the example of a rule comes to, for guests and for hosts; empty where the parser gives up on it.
pub fn example(rule: &Rule) -> Vec<Example> {
    let judged = |protect| {
        let options = Options { protect: Some(protect), ..Options::default() };
        let report = run_sources(from_text("old.wit", rule.old), from_text("new.wit", rule.new), &options);
        let changes = report.packages.into_iter().flat_map(|package| package.changes);
        let change = changes.into_iter().find(|change| change.rule == rule.id)?;
        Some(Example { protect, change })
    };
    [Protect::Guests, Protect::Hosts].into_iter().filter_map(judged).collect()
}
