//! What to do instead of what was made at random, held to the law of `tests/advice`.

use crate::from_environment;
use crate::judge::revision;
use crate::law::{Counts, hold, read};
use crate::make::Recipe;
use crate::packages::Sources;
use wit_diff::verdict::Protect;

/// How many pairs a normal test run looks at; `WIT_DIFF_PAIRS` changes it.
const USUAL: u64 = 300;

#[test]
fn advice_is_held_to_its_law() {
    let (sources, mut counts) = (Sources::load(), Counts::new());
    let (mut wrong, mut apart) = (Vec::new(), Vec::new());
    let seed = from_environment("WIT_DIFF_SEED").unwrap_or(1);
    for number in 0..from_environment("WIT_DIFF_PAIRS").unwrap_or(USUAL) {
        let recipe = Recipe::new(&sources, seed, number, 0);
        let (old, new) = recipe.make();
        let side = |name: &str, texts| read(revision(name, texts), &recipe.features);
        let (Some(old), Some(new)) = (side("old", &old.texts()), side("new", &new.texts())) else { continue };
        for protect in [Protect::Guests, Protect::Hosts] {
            let name = format!("pair {number} of seed {seed}");
            hold(&name, (&old, &new), &recipe.features, protect, &mut counts, (&mut wrong, &mut apart));
        }
    }
    let (with, without) = counts.values().fold((0, 0), |(a, b), (with, without)| (a + with, b + without.len()));
    println!(
        "{with} changes with advice, {without} without, {} pairs whose advice is not for all at once",
        apart.len()
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(with > 3 * without, "{with} with advice, {without} without");
}
