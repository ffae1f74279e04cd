//! Many pairs, on all cores.

use crate::coverage::Coverage;
use crate::direct::direct;
use crate::edits::EDITS;
use crate::judge::{Texts, judge};
use crate::make::Recipe;
use crate::packages::Sources;
use crate::tell::{kind_of, tell};
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

/// Why the validator refuses a side by itself, where `wit-parser` lets it pass, so that there is nothing to ask about it.
const REFUSALS: [&str; 8] = [
    // What types may hold.
    "map value type cannot contain a handle",
    "payload cannot contain a `borrow` type",
    "`stream<char>` is not valid at this time",
    // How accessors hang together.
    "if a getter function returns a result, that result must have a value type",
    "must match the return type of",
    "requires a preceding export named",
    // Names that are equal but for hyphens or the case of letters.
    "conflicts with previous name",
    // Two versions on one track that the newest stands for: exported, and imported by what another import needs.
    "transitively depends on an interface in incompatible ways",
];

/// What came of a run.
#[derive(Default)]
pub struct Outcome {
    pub pairs: u64,
    pub questions: u64,
    pub disagreements: u64,
    /// Pairs that `wit-parser` refuses, by its reason.
    pub refused: BTreeMap<String, u64>,
    /// Questions that the validator cannot answer, by its reason, with the first pair.
    pub unanswered: BTreeMap<String, (u64, u64)>,
    /// Edits: how often made, and how often in vain.
    pub edits: BTreeMap<&'static str, [u64; 2]>,
    pub coverage: Coverage,
    pub failures: Vec<String>,
}

/// Judges the one pair of a number, and tells of it.
pub fn one(seed: u64, number: u64) -> Outcome {
    let mut outcome = Outcome::default();
    let recipe = outcome.number(&Sources::load(), seed, number);
    println!("{}", tell(&recipe, seed, number, &[]));
    outcome
}

/// Judges so many pairs, each there and back, and those that it takes to see every kind of change everywhere.
pub fn run(seed: u64, pairs: u64) -> Outcome {
    let sources = Sources::load();
    let count = pairs.div_ceil(2);
    let (next, outcome) = (AtomicU64::new(0), Mutex::new(Outcome::default()));
    let bar = if pairs > USUAL { ProgressBar::new(count) } else { ProgressBar::hidden() };
    bar.set_style(
        ProgressStyle::with_template("{pos}/{len} both ways, {per_sec}, {eta} left, {msg}").expect("a template"),
    );
    let work = || {
        let mut mine = Outcome::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            mine.number(&sources, seed, number);
            bar.inc(1);
            // A bar is drawn on terminals only.
            if pairs > USUAL && bar.is_hidden() && (number + 1) % (count / 20) == 0 {
                eprintln!("{} of {count} both ways", number + 1);
            }
            if number % 256 == 0 {
                let mut all = outcome.lock().unwrap();
                all.merge(std::mem::take(&mut mine));
                bar.set_message(format!("{} disagreements", all.disagreements));
            }
        }
        outcome.lock().unwrap().merge(mine);
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    bar.finish_and_clear();
    let mut outcome = outcome.into_inner().unwrap();
    outcome.reach_the_rest(seed, count);
    outcome
}

/// Whether a package is there in two versions.
fn is_doubled(texts: &Texts) -> bool {
    let name = |files: &Vec<(String, String)>| -> Option<String> {
        let header = files.iter().flat_map(|(_, text)| text.lines()).find(|line| line.starts_with("package "))?;
        Some(header.split(['@', ';']).next()?.to_string())
    };
    let names: Vec<String> = texts.iter().filter_map(name).collect();
    names.iter().enumerate().any(|(at, name)| names[..at].contains(name))
}

impl Outcome {
    /// Whether the validator answered nearly everything, and nearly all edits made a package.
    pub fn is_telling(&self) -> bool {
        self.unanswered() * 100 < self.questions && self.refused() * 10 < self.pairs
    }

    /// The edits that never made a pair to judge.
    pub fn never_made(&self) -> Vec<&'static str> {
        let made = |name: &str| self.edits.get(name).is_some_and(|[made, vain]| made > vain);
        EDITS.iter().map(|edit| edit.name).filter(|name| !made(name)).collect()
    }

    fn refused(&self) -> u64 {
        self.refused.values().sum()
    }

    fn unanswered(&self) -> u64 {
        self.unanswered.values().map(|(count, _)| count).sum()
    }

    fn reach_the_rest(&mut self, seed: u64, count: u64) {
        for (at, cell) in self.coverage.missing().into_iter().enumerate() {
            let examples = self.coverage.examples(&cell.rule);
            for (turn, recipe) in direct(&cell, &examples, seed ^ at as u64).enumerate() {
                if self.coverage.count(&cell) > 0 {
                    break;
                }
                self.pair(&recipe, seed, count + (at * crate::direct::TRIES + turn) as u64);
            }
        }
    }

    /// Judges the first pair of a number that `wit-parser` takes.
    fn number(&mut self, sources: &Sources, seed: u64, number: u64) -> Recipe {
        let mut recipes = (0..).map(|attempt| Recipe::new(sources, seed, number, attempt));
        recipes.find(|recipe| self.pair(recipe, seed, number)).expect("an endless number of attempts")
    }

    /// Judges a pair, if `wit-parser` takes it.
    fn pair(&mut self, recipe: &Recipe, seed: u64, number: u64) -> bool {
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
                return false;
            }
        };
        // Each direction is a pair of its own.
        self.pairs += 2;
        self.questions += judged.questions as u64;
        self.coverage.add(number, recipe, &judged.seen);
        let is_silent = recipe.steps.iter().all(|step| step.name().starts_with("shuffled"));
        if is_silent && judged.levels.iter().any(|level| *level != Level::None) {
            judged.wrong.push(format!("order alone is of level {:?}", judged.levels));
        }
        for reason in judged.unanswered {
            // Two versions on one track stand for each other; whoever exports the one and uses the other fits nowhere.
            let is_doubled =
                reason.contains("does not even fit itself") && (is_doubled(&old.texts()) || is_doubled(&new.texts()));
            if !is_doubled && !REFUSALS.iter().any(|refusal| reason.contains(refusal)) {
                judged.wrong.push(format!("the validator cannot answer: {reason}"));
            }
            self.unanswered.entry(kind_of(&reason)).or_insert((0, number)).0 += 1;
        }
        if !judged.wrong.is_empty() {
            self.disagreements += judged.wrong.len() as u64;
            if self.failures.len() < TOLD {
                let failure = tell(recipe, seed, number, &judged.wrong);
                eprintln!("{failure}\n");
                self.failures.push(failure);
            }
        }
        true
    }

    fn merge(&mut self, other: Outcome) {
        self.pairs += other.pairs;
        self.questions += other.questions;
        self.disagreements += other.disagreements;
        for (reason, count) in other.refused {
            *self.refused.entry(reason).or_default() += count;
        }
        for (reason, (count, first)) in other.unanswered {
            let mine = self.unanswered.entry(reason).or_insert((0, first));
            *mine = (mine.0 + count, mine.1.min(first));
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

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (refused, unanswered) = (self.refused(), self.unanswered());
        writeln!(
            f,
            "{} pairs, {} questions, {} disagreements, {unanswered} unanswered; {refused} edited packages refused",
            self.pairs, self.questions, self.disagreements
        )?;
        writeln!(f, "refused by wit-parser:")?;
        self.refused.iter().try_for_each(|(reason, count)| writeln!(f, "  {count:>7}  {reason}"))?;
        writeln!(f, "unanswered by the validator:")?;
        (self.unanswered.iter())
            .try_for_each(|(reason, (count, first))| writeln!(f, "  {count:>7}  {reason} (first in pair {first})"))?;
        writeln!(f, "edits, made and in vain:")?;
        for edit in EDITS.iter() {
            let [made, vain] = self.edits.get(edit.name).copied().unwrap_or_default();
            writeln!(f, "  {made:>7} {vain:>7}  {}", edit.name)?;
        }
        write!(f, "{}", self.coverage.table())
    }
}
