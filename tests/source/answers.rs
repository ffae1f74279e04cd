//! Rust's answers, beside ours.

use crate::pairs::Pair;
use crate::question::{Asked, Programs, Question};
use crate::rust::{Compiler, Objections, Unit};
use crate::special::{Answer, SPECIAL, Why, without_orphans};
use std::collections::{BTreeMap, BTreeSet};

/// One question with its answers.
pub struct Settled {
    pub pair: Pair,
    pub question: String,
    pub outcome: Outcome,
    /// How many programs were compiled for it.
    pub programs: usize,
    /// Whether Rust compiles the old program against the new bindings; `None` where it cannot be asked.
    pub compiles: Option<bool>,
}

/// How the two answers stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Agrees {
        compiles: bool,
    },
    /// Rust answers otherwise, for a reason that is known.
    Special(Why, &'static str),
    /// The generator cannot express it, in its words.
    Inexpressible(String),
    Unexplained(String),
}

impl Outcome {
    pub fn kind(&self) -> String {
        match self {
            Outcome::Agrees { compiles: true } => "agree: compiles".to_string(),
            Outcome::Agrees { compiles: false } => "agree: stops".to_string(),
            Outcome::Special(Why::Rust, reason) => format!("special to Rust: {reason}"),
            Outcome::Special(Why::Decided, reason) => format!("decided otherwise: {reason}"),
            Outcome::Inexpressible(reason) => format!("not expressible: {reason}"),
            Outcome::Unexplained(_) => "unexplained".to_string(),
        }
    }
}

impl Settled {
    /// The line of `rust.txt`, where there is something to say.
    pub fn says(&self) -> Option<String> {
        let word = match self.compiles {
            Some(true) => "compiles",
            Some(false) => "stops",
            None => "not expressible",
        };
        match &self.outcome {
            Outcome::Special(_, reason) => Some(format!("{}: {word} — {reason}", self.question)),
            Outcome::Inexpressible(reason) => Some(format!("{}: {word} — {reason}", self.question)),
            Outcome::Agrees { .. } | Outcome::Unexplained(_) => None,
        }
    }
}

/// Compiles all programs, and holds the answers against our verdicts.
pub fn settle(compiler: &Compiler, asked: &[Asked]) -> Vec<Settled> {
    let questions = || asked.iter().flat_map(|asked| asked.questions.iter().map(move |question| (asked, question)));
    let programs = || questions().filter_map(|(_, question)| Some((question, question.programs.as_ref().ok()?)));

    let before = compile(compiler, programs().map(|(_, Programs { old, .. })| (old, true)));
    let now = compile(compiler, programs().map(|(question, Programs { new, .. })| (new, !question.ours.is_breaking())));
    // Where something stops, the bindings themselves may be at fault.
    let alone = |bindings: &Unit| Unit { program: "".into(), ..bindings.clone() };
    let suspects = programs().flat_map(|(_, Programs { old, new })| [old, new]).filter(|unit| {
        [&before, &now].into_iter().filter_map(|answers| answers.get(*unit)).any(|objections| !objections.is_empty())
    });
    let suspects: Vec<Unit> = suspects.map(alone).collect();
    let faults = compile(compiler, suspects.iter().map(|unit| (unit, true)));
    let fault = |unit: &Unit| faults.get(&alone(unit)).and_then(|objections| objections.first());

    // Where Rust stops and we do not, the question is whether more than orphans stand in the way.
    let stopped: Vec<(&Unit, Unit)> = programs()
        .filter(|(question, _)| !question.ours.is_breaking())
        .filter_map(|(_, Programs { new, .. })| Some((new, without_orphans(new, now.get(new)?)?)))
        .collect();
    let without = compile(compiler, stopped.iter().map(|(_, unit)| (unit, true)));
    let without: BTreeMap<&Unit, &Objections> = stopped.iter().map(|(new, unit)| (*new, &without[unit])).collect();

    let settle = |(asked, question): (&Asked, &Question)| {
        let programs = match &question.programs {
            Ok(programs) => programs,
            Err(reason) => {
                let outcome = Outcome::Inexpressible(format!("the generator says: {reason}"));
                return settled(asked, question, outcome, 0, None);
            }
        };
        if let Some(fault) = fault(&programs.old).or(fault(&programs.new)) {
            let outcome =
                Outcome::Inexpressible(format!("the bindings do not compile by themselves: {}", fault.message));
            return settled(asked, question, outcome, 1, None);
        }
        let answer = Answer {
            objections: now[&programs.new].clone(),
            without_orphans: without.get(&programs.new).map(|&left| left.clone()),
        };
        let outcome = match before[&programs.old].first() {
            None => outcome(asked, question, &answer),
            Some(objection) => {
                Outcome::Unexplained(format!("the old program fits not even the old bindings: {objection:?}"))
            }
        };
        let compiled = 2 + usize::from(answer.without_orphans.is_some());
        settled(asked, question, outcome, compiled, Some(answer.compiles()))
    };
    questions().map(settle).collect()
}

fn settled(asked: &Asked, question: &Question, outcome: Outcome, programs: usize, compiles: Option<bool>) -> Settled {
    Settled { pair: asked.pair.clone(), question: question.name.clone(), outcome, programs, compiles }
}

fn outcome(asked: &Asked, question: &Question, answer: &Answer) -> Outcome {
    let compiles = answer.compiles();
    if compiles != question.ours.is_breaking() {
        return Outcome::Agrees { compiles };
    }
    if let Some(special) = SPECIAL.iter().find(|special| special.applies(asked, question, answer)) {
        return Outcome::Special(special.why, special.reason);
    }
    let shown = answer.without_orphans.as_ref().unwrap_or(&answer.objections).iter();
    let shown: String = shown.map(|o| format!("\n    {} {}\n      {}", o.code, o.message, o.line)).collect();
    Outcome::Unexplained(match compiles {
        true => "we say that it stops, and it compiles".to_string(),
        false => format!("we say that it compiles, and it stops:{shown}"),
    })
}

/// What the compiler says to each of these, once for equal ones.
fn compile<'a>(compiler: &Compiler, units: impl Iterator<Item = (&'a Unit, bool)>) -> BTreeMap<Unit, Objections> {
    let mut seen = BTreeSet::new();
    let units: Vec<(Unit, bool)> =
        units.filter(|(unit, _)| seen.insert(*unit)).map(|(unit, likely)| (unit.clone(), likely)).collect();
    let answers = compiler.compile(&units);
    units.into_iter().map(|(unit, _)| unit).zip(answers).collect()
}
