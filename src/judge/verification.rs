//! What the official validator said to a judgement.

use crate::verdict::Verdict;

/// The official validator's answers to all link questions of a judgement (SEMANTICS 3), as far as they matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many questions were asked.
    pub questions: usize,
    /// Where its answer and ours differ.
    pub disagreements: Vec<Disagreement>,
    /// What it could not answer.
    pub unanswered: Vec<Unanswered>,
}

impl Verification {
    /// Whether every verdict was confirmed.
    pub fn is_complete(&self) -> bool {
        self.disagreements.is_empty() && self.unanswered.is_empty()
    }
}

/// Whose link is asked about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// `namespace:name`.
    pub package: String,
    /// `interface NAME` or `world NAME`.
    pub item: String,
    /// `consumers`, `providers`, `guests` or `hosts`.
    pub party: String,
}

/// Two answers to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The question.
    pub subject: Subject,
    /// Our verdict; `None` where the judgement does not know the item.
    pub ours: Option<Verdict>,
    /// The official one.
    pub official: Verdict,
    /// The validator's words, if it breaks.
    pub message: String,
    /// The smallest pair of WIT files that shows it, if there is one.
    pub shown: Option<(String, String)>,
}

/// A question that the validator cannot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The question.
    pub subject: Subject,
    /// Why, in the validator's words.
    pub reason: String,
}
