//! Words for what went wrong.

use crate::draft::Draft;
use crate::judge::judge;
use crate::make::{Recipe, Step};
use crate::minimise::{cut, fewest_edits, write};

/// A failure as one can work with it: where it comes from, what differs, and the smallest pair that shows it.
pub fn tell(recipe: &Recipe, seed: u64, number: u64, wrong: &[String]) -> String {
    let small = fewest_edits(recipe);
    let (old, new) = cut(&small);
    let directory = write(&old, &new, number);
    let edits = |steps: &[Step]| steps.iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    let judged = judge(&old.texts(), &new.texts(), &small.features).map(|judged| judged.wrong);
    let wrong = judged.ok().filter(|wrong| !wrong.is_empty()).unwrap_or(wrong.to_vec());
    let text = |draft: &Draft| draft.texts().into_iter().flatten().map(|(path, text)| format!("// {path}\n{text}"));
    format!(
        "WIT_DIFF_SEED={seed}, pair {number}, from {}: {} (after {}; worlds {:?}), features {:?}\n  {}\n\
         old:\n{}\nnew:\n{}\nwritten to {}",
        small.source.name,
        edits(&small.steps),
        edits(&small.before),
        small.used,
        small.features,
        wrong.join("\n  "),
        text(&old).collect::<String>(),
        text(&new).collect::<String>(),
        directory.display(),
    )
}

/// A reason without the names and places in it.
pub fn kind_of(reason: &str) -> String {
    let mut kind = String::new();
    for (at, part) in reason.lines().next().unwrap_or_default().split('`').enumerate() {
        kind.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    kind.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).take(160).collect()
}
