//! The example of a rule, compared like any two revisions.

use super::{Options, run_sources};
use crate::report::{Example, Report};
use crate::revision::from_text;
use crate::rule::{self, Rule};
use crate::verdict::Protect;

/// What the example of a rule comes to, for guests and for hosts, and the rules of the change back.
///
/// ```
/// let rule = wit_diff::rule::find("record-field-added").unwrap();
/// let example = wit_diff::pipeline::example(rule);
/// assert_eq!(example.guests.packages[0].changes[0].rule, "record-field-added");
/// assert_eq!(example.reverse, ["record-field-removed"]);
/// ```
pub fn example(rule: &Rule) -> Example {
    Example {
        guests: compared(rule.old, rule.new, Protect::Guests),
        hosts: compared(rule.old, rule.new, Protect::Hosts),
        reverse: reverse(rule),
    }
}

/// The rules that the example shows with its sides swapped, and the examples of which, swapped, show this one: what else
/// an example shows goes back by other rules.
fn reverse(rule: &Rule) -> Vec<&'static str> {
    let others = rule::all().filter(|other| other.id != rule.id);
    let back = swapped(rule);
    others.filter(|other| shows(&back, other) && shows(&swapped(other), rule)).map(|other| other.id).collect()
}

fn swapped(rule: &Rule) -> Report {
    compared(rule.new, rule.old, Protect::Guests)
}

fn shows(report: &Report, rule: &Rule) -> bool {
    report.packages.iter().flat_map(|package| &package.changes).any(|change| change.rule == rule.id)
}

fn compared(old: &str, new: &str, protect: Protect) -> Report {
    let options = Options { protect: Some(protect), ..Options::default() };
    run_sources(from_text("old.wit", old), from_text("new.wit", new), &options)
}
