//! What nobody builds against: changes behind features that are shut, and those to documentation and gates.

use super::ChangeReport;
use std::collections::BTreeMap;

/// One kind of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quiet {
    /// Unstable, and the feature is shut (SEMANTICS 8).
    Features,
    /// Documentation, and gates themselves (SEMANTICS 7).
    Documentation,
}

impl Quiet {
    /// What a list of such changes is called.
    pub fn title(self) -> &'static str {
        match self {
            Quiet::Features => "behind features",
            Quiet::Documentation => "documentation and gates",
        }
    }

    /// The end of an anchor.
    #[cfg(feature = "formats")]
    pub fn id(self) -> &'static str {
        match self {
            Quiet::Features => "behind",
            Quiet::Documentation => "quiet",
        }
    }

    /// What follows "2 changes".
    #[cfg(feature = "formats")]
    pub fn of_changes(self) -> &'static str {
        match self {
            Quiet::Features => "behind features",
            Quiet::Documentation => "to documentation and gates",
        }
    }
}

/// The kinds that there are, with their changes, which `change` finds in what is sorted.
pub(super) fn sorted<'a, T>(
    changes: Vec<T>,
    change: impl Fn(&T) -> &'a ChangeReport,
) -> impl Iterator<Item = (Quiet, Vec<T>)> {
    let (behind, other): (Vec<T>, Vec<T>) = changes.into_iter().partition(|found| change(found).gate.is_some());
    [(Quiet::Features, behind), (Quiet::Documentation, other)].into_iter().filter(|(_, changes)| !changes.is_empty())
}

/// How many there are of each rule.
pub(super) fn by_rule<'a>(changes: impl IntoIterator<Item = &'a ChangeReport>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(change.rule.as_str()).or_default() += 1;
    }
    counts
}
