//! What chance did not reach: pairs that showed a kind of change, in a world that uses the interface another way.

use crate::coverage::Cell;
use crate::make::{Recipe, Step};
use fastrand::Rng;

/// How many pairs are tried for a cell.
pub const TRIES: usize = 60;

/// Pairs that may show a cell, made from those that showed its rule.
pub fn direct(cell: &Cell, examples: &[Recipe], seed: u64) -> impl Iterator<Item = Recipe> {
    let mut rng = Rng::with_seed(seed);
    (0..TRIES).filter_map(move |turn| {
        let example = examples.get(turn % examples.len().max(1))?;
        let used = cell.used.or(example.used);
        // First just as it was; then, as the edits may have found another place, anywhere.
        let again = |steps: &[Step], rng: &mut Rng| -> Vec<Step> {
            steps
                .iter()
                .map(|step| if turn < examples.len() { *step } else { Step { seed: rng.u64(..), ..*step } })
                .collect()
        };
        let (before, steps) = (again(&example.before, &mut rng), again(&example.steps, &mut rng));
        let swapped = example.swapped ^ (cell.direction == 1);
        Some(Recipe { used, before, steps, swapped, ..example.clone() })
    })
}
