//! Which kinds of change were produced, and where.

use crate::judge::{Seen, Used};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How often each rule was seen: in interfaces by their use, or elsewhere; there and back.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    cells: BTreeMap<(String, Option<Used>), [u64; 2]>,
}

/// In an interface: by worlds that import it, that export it, and both.
pub const USES: [Used; 3] = [Used::Imported, Used::Exported, Used::Both];

impl Coverage {
    pub fn add(&mut self, seen: &[Vec<Seen>; 2]) {
        for (direction, changes) in seen.iter().enumerate() {
            for change in changes {
                self.cells.entry((change.rule.clone(), change.used)).or_default()[direction] += 1;
            }
        }
    }

    pub fn merge(&mut self, other: Coverage) {
        for (cell, counts) in other.cells {
            let mine = self.cells.entry(cell).or_default();
            mine[0] += counts[0];
            mine[1] += counts[1];
        }
    }

    /// How often a rule was seen in interfaces of that use, there and back.
    pub fn of(&self, rule: &str, used: Option<Used>) -> [u64; 2] {
        self.cells.get(&(rule.to_string(), used)).copied().unwrap_or_default()
    }

    /// One line per rule.
    pub fn table(&self) -> String {
        let mut table = format!("{:34}{:>15}{:>15}{:>15}{:>15}\n", "rule", "imported", "exported", "both", "elsewhere");
        for rule in wit_diff::rule::all() {
            let _ = write!(table, "{:34}", rule.id);
            for used in USES.into_iter().map(Some).chain([None]) {
                let [there, back] = self.of(rule.id, used);
                let _ = write!(table, "{:>15}", format!("{there}/{back}"));
            }
            table.push('\n');
        }
        table
    }
}
