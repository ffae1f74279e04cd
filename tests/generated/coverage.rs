//! Which kinds of change were produced, and where: in imported, exported and doubly used interfaces, both ways.

use crate::judge::{Seen, Used};
use crate::make::Recipe;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A place in the table: a rule, how the interface that it stands in is used, there (0) or back (1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub rule: String,
    /// `None` where the change stands in no interface, or in one that no world uses.
    pub used: Option<Used>,
    pub direction: usize,
}

/// How often each cell was seen.
#[derive(Clone, Default)]
pub struct Coverage {
    cells: BTreeMap<Cell, u64>,
    /// By rule, the first pairs in which it was seen in an interface; there, if need be with the sides swapped.
    examples: BTreeMap<String, BTreeMap<u64, Recipe>>,
}

/// How an interface is used: by worlds that import it, that export it, or both.
pub const USES: [Used; 3] = [Used::Imported, Used::Exported, Used::Both];

/// So many examples are kept of each rule.
const EXAMPLES: usize = 8;

impl Coverage {
    pub fn add(&mut self, number: u64, recipe: &Recipe, seen: &[Vec<Seen>; 2]) {
        for (direction, changes) in seen.iter().enumerate() {
            for change in changes {
                let cell = Cell { rule: change.rule.clone(), used: change.used, direction };
                *self.cells.entry(cell).or_default() += 1;
                if change.is_in_interface {
                    let examples = self.examples.entry(change.rule.clone()).or_default();
                    if examples.len() < EXAMPLES || examples.keys().next_back().is_some_and(|last| number < *last) {
                        let swapped = recipe.swapped ^ (direction == 1);
                        examples.insert(number, Recipe { swapped, ..recipe.clone() });
                    }
                    if examples.len() > EXAMPLES {
                        examples.pop_last();
                    }
                }
            }
        }
    }

    pub fn merge(&mut self, other: Coverage) {
        for (cell, count) in other.cells {
            *self.cells.entry(cell).or_default() += count;
        }
        for (rule, examples) in other.examples {
            let mine = self.examples.entry(rule).or_default();
            mine.extend(examples);
            while mine.len() > EXAMPLES {
                mine.pop_last();
            }
        }
    }

    /// How often a cell was seen.
    pub fn count(&self, cell: &Cell) -> u64 {
        self.cells.get(cell).copied().unwrap_or_default()
    }

    /// Pairs in which a rule was seen in an interface, there.
    pub fn examples(&self, rule: &str) -> Vec<Recipe> {
        self.examples.get(rule).into_iter().flat_map(|found| found.values().cloned()).collect()
    }

    /// The cells that must be seen and were not. There is no list of exceptions.
    pub fn missing(&self) -> Vec<Cell> {
        required().into_iter().filter(|cell| !self.is_seen(cell)).collect()
    }

    fn is_seen(&self, cell: &Cell) -> bool {
        // A rule that stands in no interface is of no use to count by use.
        match cell.used {
            Some(_) => self.count(cell) > 0,
            None => self.cells.iter().any(|(found, _)| found.rule == cell.rule && found.direction == cell.direction),
        }
    }

    /// One line per rule.
    pub fn table(&self) -> String {
        let mut table = format!("{:34}{:>15}{:>15}{:>15}{:>15}\n", "rule", "imported", "exported", "both", "elsewhere");
        for rule in wit_diff::rule::all() {
            let _ = write!(table, "{:34}", rule.id);
            for used in USES.into_iter().map(Some).chain([None]) {
                let count = |direction| self.count(&Cell { rule: rule.id.into(), used, direction });
                let _ = write!(table, "{:>15}", format!("{}/{}", count(0), count(1)));
            }
            table.push('\n');
        }
        table
    }
}

/// Every rule that can stand in an interface by all three uses, every other one once; both ways.
fn required() -> Vec<Cell> {
    let of_worlds = ["package-", "world-", "import-", "export-", "resource-origin-"];
    let mut cells = Vec::new();
    for rule in wit_diff::rule::all() {
        let is_of_world = of_worlds.iter().any(|prefix| rule.id.starts_with(prefix));
        let uses: Vec<Option<Used>> = if is_of_world { vec![None] } else { USES.into_iter().map(Some).collect() };
        for used in uses {
            cells.extend([0, 1].map(|direction| Cell { rule: rule.id.into(), used, direction }));
        }
    }
    cells
}
