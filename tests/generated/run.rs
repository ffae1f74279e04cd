//! Many pairs, on all cores.

use crate::coverage::Coverage;
use crate::draft::Draft;
use crate::edits::EDITS;
use crate::judge::judge;
use crate::make::{Recipe, Step};
use crate::minimise::{cut, fewest_edits, write};
use crate::packages::Sources;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use wit_diff::verdict::Level;

/// How many pairs a normal test run judges.
pub const USUAL: u64 = 3000;

/// How many failures are told in full.
const TOLD: usize = 20;

/// What came of a run.
#[derive(Default)]
pub struct Outcome {
    pub pairs: u64,
    pub questions: u64,
    pub disagreements: u64,
    /// Pairs that `wit-parser` refuses, by its reason.
    pub refused: BTreeMap<String, u64>,
    /// Questions that the validator cannot answer, by its reason.
    pub unanswered: BTreeMap<String, u64>,
    /// Edits: how often made, and how often in vain.
    pub edits: BTreeMap<&'static str, [u64; 2]>,
    pub coverage: Coverage,
    pub failures: Vec<String>,
}

pub fn run(seed: u64, count: u64) -> Outcome {
    let sources = Sources::load();
    let (next, outcome) = (AtomicU64::new(0), Mutex::new(Outcome::default()));
    let bar = if count > USUAL { ProgressBar::new(count) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{pos}/{len} pairs, {per_sec}, {eta} left, {msg}").expect("a template"));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut mine = Outcome::default();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    mine.pair(&sources, seed, number);
                    bar.inc(1);
                    if number % 256 == 0 {
                        let mut all = outcome.lock().unwrap();
                        all.merge(std::mem::take(&mut mine));
                        bar.set_message(format!("{} disagreements", all.disagreements));
                    }
                }
                outcome.lock().unwrap().merge(mine);
            });
        }
    });
    bar.finish_and_clear();
    outcome.into_inner().unwrap()
}

impl Outcome {
    fn pair(&mut self, sources: &Sources, seed: u64, number: u64) {
        let recipe = Recipe::new(sources, seed, number);
        let (old, new) = recipe.make();
        let judged = judge(&old.texts(), &new.texts(), &recipe.features);
        for step in &recipe.steps {
            let counts = self.edits.entry(step.name()).or_default();
            counts[0] += 1;
            counts[1] += u64::from(judged.is_err());
        }
        let mut judged = match judged {
            Ok(judged) => judged,
            Err(reason) => {
                *self.refused.entry(kind_of(&reason)).or_default() += 1;
                return;
            }
        };
        // Each direction is a pair of its own.
        self.pairs += 2;
        self.questions += judged.questions as u64;
        self.coverage.add(&judged.seen);
        let is_silent = recipe.steps.iter().all(|step| step.name().starts_with("shuffled"));
        if is_silent && judged.levels.iter().any(|level| *level != Level::None) {
            judged.wrong.push(format!("order alone is of level {:?}", judged.levels));
        }
        for reason in judged.unanswered {
            *self.unanswered.entry(kind_of(&reason)).or_default() += 1;
        }
        if !judged.wrong.is_empty() {
            self.disagreements += judged.wrong.len() as u64;
            if self.failures.len() < TOLD {
                let failure = tell(&recipe, seed, number, &judged.wrong);
                eprintln!("{failure}\n");
                self.failures.push(failure);
            }
        }
    }

    fn merge(&mut self, other: Outcome) {
        self.pairs += other.pairs;
        self.questions += other.questions;
        self.disagreements += other.disagreements;
        for (mine, other) in [(&mut self.refused, other.refused), (&mut self.unanswered, other.unanswered)] {
            for (reason, count) in other {
                *mine.entry(reason).or_default() += count;
            }
        }
        for (edit, [made, vain]) in other.edits {
            let counts = self.edits.entry(edit).or_default();
            counts[0] += made;
            counts[1] += vain;
        }
        self.coverage.merge(other.coverage);
        self.failures.extend(other.failures);
        self.failures.truncate(TOLD);
    }
}

/// A failure as one can work with it: where it comes from, what differs, and the smallest pair that shows it.
fn tell(recipe: &Recipe, seed: u64, number: u64, wrong: &[String]) -> String {
    let small = fewest_edits(recipe);
    let (old, new) = cut(&small);
    let directory = write(&old, &new, number);
    let edits = |steps: &[Step]| steps.iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    let wrong = judge(&old.texts(), &new.texts(), &small.features)
        .map(|judged| judged.wrong)
        .ok()
        .filter(|wrong| !wrong.is_empty())
        .unwrap_or(wrong.to_vec());
    let text = |draft: &Draft| draft.texts().into_iter().flatten().map(|(path, text)| format!("// {path}\n{text}"));
    format!(
        "WIT_DIFF_SEED={seed}, pair {number}, from {}: {} (after {}; worlds {:?}), features {:?}\n  {}\nold:\n{}\nnew:\n{}\nwritten to {}",
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
fn kind_of(reason: &str) -> String {
    let mut kind = String::new();
    for (at, part) in reason.lines().next().unwrap_or_default().split('`').enumerate() {
        kind.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    kind.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).take(160).collect()
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: u64 = self.refused.values().sum();
        let unanswered: u64 = self.unanswered.values().sum();
        writeln!(
            f,
            "{} pairs, {} questions, {} disagreements, {unanswered} unanswered; {refused} edited packages refused",
            self.pairs, self.questions, self.disagreements
        )?;
        writeln!(f, "refused by wit-parser:")?;
        self.refused.iter().try_for_each(|(reason, count)| writeln!(f, "  {count:>7}  {reason}"))?;
        writeln!(f, "unanswered by the validator:")?;
        self.unanswered.iter().try_for_each(|(reason, count)| writeln!(f, "  {count:>7}  {reason}"))?;
        writeln!(f, "edits, made and in vain:")?;
        for edit in EDITS.iter() {
            let [made, vain] = self.edits.get(edit.name).copied().unwrap_or_default();
            writeln!(f, "  {made:>7} {vain:>7}  {}", edit.name)?;
        }
        write!(f, "{}", self.coverage.table())
    }
}
