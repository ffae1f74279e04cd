//! What a repository asks of its checks: the file `wit-diff.toml`; and what it accepts: `wit-diff.accepted.toml`.
//!
//! Deliberately absent: flags, and what is done with a setting. [`read`] knows the file, [`settle`] what wins,
//! [`differing`] what is no longer as it was.

mod accept;
mod acceptances;
mod differ;
mod read;
mod schema;
mod settle;

pub use accept::{accept, prune};
pub use acceptances::{acceptances, until};
pub use differ::differing;
pub use read::read;
pub use schema::{accepted_schema, schema};
pub use settle::{Asked, Origin, PackageSettings, Setting, Settings, settle};

use crate::capability::Pattern;
use crate::rule::{self, Rule};
use crate::verdict::{Level, Protect};
use similar::get_close_matches;
use std::collections::BTreeMap;

/// The name of the file.
pub const FILE: &str = "wit-diff.toml";

/// The name of the file of what is accepted.
pub const ACCEPTED: &str = "wit-diff.accepted.toml";

/// The name of all findings about gates, where rules are named.
pub const GATES: &str = "gates";

/// The name of all that is found about the cost of calls, likewise.
pub const COSTS: &str = "costs";

/// A configuration file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// What a user would type for it.
    pub shown: String,
    /// The names from its directory down to what is judged.
    pub below: Vec<String>,
    /// What it sets.
    pub keys: Keys,
    /// What it sets for packages by name (`namespace:name`): all but `rules` and `leave-out`.
    pub packages: BTreeMap<String, Keys>,
}

/// What a file sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The set of rules that counts, so that newer rules change nothing.
    pub rules: Option<Given<String>>,
    /// For whom levels answer.
    pub protect: Option<Given<Protect>>,
    /// The features whose unstable items count.
    pub features: Option<Given<Vec<String>>>,
    /// Whether those of every feature do.
    pub all_features: Option<Given<bool>>,
    /// What is compared with, as `--against` takes it.
    pub base: Option<Given<String>>,
    /// The highest level that may change at all.
    pub allow: Option<Given<Level>>,
    /// The lowest level that fails.
    pub fail_on: Option<Given<Level>>,
    /// The rules of which no change may be found.
    pub deny: Option<Given<Vec<&'static Rule>>>,
    /// The capabilities that no world may gain.
    pub deny_capability: Option<Given<Vec<Pattern>>>,
    /// What changes of a rule count as where a gate decides, by the id of the rule.
    pub levels: Option<Given<Levels>>,
    /// Packages (`namespace:name`) and paths, as in a `.gitignore`, that are not looked at.
    pub leave_out: Option<Given<Vec<String>>>,
}

/// Levels by the ids of rules.
pub type Levels = BTreeMap<&'static str, Level>;

/// A value, and the line on which it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// The line, from 1.
    pub line: u32,
}

/// The rules that a name stands for: one, all findings about gates, or all about costs.
///
/// # Errors
/// A name of no rule, with the nearest one that there is.
pub fn denied(name: &str) -> Result<Vec<&'static Rule>, String> {
    if name == GATES {
        return Ok(rule::findings().collect());
    }
    if name == COSTS {
        return Ok(rule::costs().collect());
    }
    if let Some(rule) = rule::find(name) {
        return Ok(vec![rule]);
    }
    let names: Vec<&str> = rule::all().chain(rule::costs()).map(|rule| rule.id).chain([GATES, COSTS]).collect();
    Err(format!("there is no such rule{}", meant(name, &names)))
}

/// "; did you mean `protect`?", where something is near.
pub(crate) fn meant(name: &str, names: &[&str]) -> String {
    const ALIKE: f32 = 0.5;
    // The comparison is quadratic in the length, and no name is that long.
    let close = if name.len() > 255 { Vec::new() } else { get_close_matches(name, names, 1, ALIKE) };
    close.first().map_or(String::new(), |close| format!("; did you mean `{close}`?"))
}
