//! The rules, one row each: what `explain` shows and what reports link to.
//!
//! Deliberately absent: judgement, which depends on the role in which an item is used and is made in `judge`, and
//! levels, which depend on who is protected.

mod costs;
mod findings;
mod function;
mod gates;
mod package;
mod parts;
mod resource;
mod signature;
mod types;
mod world;

/// The version of the set of rules: the month from which on rules and their levels are these.
pub const SET: &str = "2026-11";

/// One rule, for explanation; judgement is made in `judge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id: subject, then past participle.
    pub id: &'static str,
    /// What happened, in one short sentence.
    pub title: &'static str,
    /// For whom it breaks, on which layer, and why.
    pub why: &'static str,
    /// A whole WIT document before the change.
    pub old: &'static str,
    /// The same document after it.
    pub new: &'static str,
    /// What to do instead, or how to do it well.
    pub instead: &'static str,
    /// The section of SEMANTICS.md that holds; of a cost, that of the Canonical ABI.
    pub section: &'static str,
}

/// A set of rules that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set {
    /// The month from which on it is.
    pub name: &'static str,
    /// The ids of the rules that the set before it does not have.
    pub added: &'static [&'static str],
}

/// Every set that can be asked for, the oldest first. A rule that is added later makes no check fail that asks for an older
/// one.
pub const SETS: [Set; 1] = [Set { name: SET, added: &[] }];

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// One word for it, in the plural.
    pub name: &'static str,
    /// What belongs to it.
    pub about: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
}

/// From packages down to the parts of types, then worlds and what is said beside the types.
const SUBJECTS: [Subject; 10] = [
    Subject { name: "packages", about: "Packages, interfaces and worlds as a whole.", rules: package::RULES },
    Subject {
        name: "functions",
        about: "Functions as a whole: free functions, methods, statics and constructors.",
        rules: function::RULES,
    },
    Subject { name: "signatures", about: "Parameters and results of functions.", rules: signature::RULES },
    Subject {
        name: "types",
        about: "Value types as a whole: coming, going, aliases and their targets.",
        rules: types::RULES,
    },
    Subject {
        name: "resources",
        about: "Resources as a whole: coming, going, and which one a name leads to.",
        rules: resource::RULES,
    },
    Subject { name: "parts", about: "The parts of value types: fields, cases and flags.", rules: parts::RULES },
    Subject {
        name: "worlds",
        about: "What worlds import and export, after `include` and `use` are written out.",
        rules: world::RULES,
    },
    Subject {
        name: "gates",
        about: "What is said beside the types: documentation, gates, deprecation, `@external-id`.",
        rules: gates::RULES,
    },
    Subject {
        name: "findings",
        about: "Findings about the gates themselves: what readers are not told, or told wrongly.",
        rules: findings::RULES,
    },
    Subject {
        name: "costs",
        about: "What calls cost where they cross a boundary. It is told where it is asked for, and has no level.",
        rules: costs::RULES,
    },
];

/// What rules are about; every rule belongs to one subject.
pub fn subjects() -> &'static [Subject] {
    &SUBJECTS
}

/// Every rule about changes, sorted by subject; the order is the same on every call.
///
/// ```
/// assert_eq!(wit_diff::rule::all().next().unwrap().id, "package-added");
/// ```
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SUBJECTS.iter().flat_map(|subject| subject.rules).filter(|rule| !rule.is_cost())
}

/// The rules about what calls cost: they are no changes, break nobody and have no level.
pub fn costs() -> impl Iterator<Item = &'static Rule> {
    costs::RULES.iter()
}

impl Rule {
    /// Whether it is about what calls cost.
    pub fn is_cost(&self) -> bool {
        costs::RULES.iter().any(|rule| rule.id == self.id)
    }
}

/// The rules of findings about the gates themselves (SEMANTICS 8): what is to be mended, whatever the version says.
pub fn findings() -> impl Iterator<Item = &'static Rule> {
    findings::RULES.iter()
}

/// The ids of the rules that came after a set.
pub fn added_after(set: &str) -> impl Iterator<Item = &'static str> {
    later(&SETS, set)
}

fn later<'a>(sets: &'a [Set], name: &str) -> impl Iterator<Item = &'static str> + use<'a> {
    let at = sets.iter().position(|set| set.name == name).map_or(sets.len(), |at| at + 1);
    sets.iter().skip(at).flat_map(|set| set.added.iter().copied())
}

/// The rule of one id, about a change or a cost; `None` where there is no such rule.
///
/// ```
/// let rule = wit_diff::rule::find("record-field-added").unwrap();
/// assert_eq!(rule.title, "A field was added to a record.");
/// assert!(wit_diff::rule::find("no-such-rule").is_none());
/// ```
pub fn find(id: &str) -> Option<&'static Rule> {
    all().chain(costs()).find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::{SET, SETS, Set, find, later};

    #[test]
    fn what_came_later_is_known_for_every_set() {
        let sets = [
            Set { name: "2026-11", added: &[] },
            Set { name: "2027-03", added: &["a", "b"] },
            Set { name: "2027-09", added: &["c"] },
        ];
        let later = |name: &str| later(&sets, name).collect::<Vec<_>>();
        assert_eq!(later("2026-11"), ["a", "b", "c"]);
        assert_eq!(later("2027-03"), ["c"]);
        assert!(later("2027-09").is_empty());
    }

    #[test]
    fn sets_are_in_order_and_of_rules_that_there_are() {
        assert!(SETS.is_sorted_by_key(|set| set.name) && SETS.last().is_some_and(|set| set.name == SET));
        assert!(SETS.iter().flat_map(|set| set.added).all(|id| find(id).is_some()));
    }
}
