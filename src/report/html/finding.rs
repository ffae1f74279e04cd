//! One change, with all that is known of it.

use super::index::Index;
use super::sentence::{Party, Sentence, Where, lines, parties, side, text};
use crate::report::accepted::{accepted, level};
use crate::report::consequence::consequence;
use crate::report::wire::*;
use crate::verdict::Level;
use askama::Template;
use askama::filters::HtmlSafe;

/// So many items that a change reaches are shown at once, and so many are listed.
const SHOWN: usize = 3;
const LISTED: usize = 100;

/// A change as it is shown.
pub(super) struct Finding {
    pub id: String,
    pub level: &'static str,
    /// The same, and what it counts as where that is something else.
    pub marked: String,
    pub rule: String,
    /// Whom it breaks, with blanks between.
    pub who: String,
    pub message: Sentence,
    pub accepted: Option<Sentence>,
    pub why: Option<Sentence>,
    pub parties: Vec<Party>,
    pub gate: Option<String>,
    pub since: Option<String>,
    pub places: Vec<Where>,
    pub reach: Vec<Item>,
    /// The items behind those, without the ones that are not listed.
    pub more: Vec<Item>,
    pub rest: usize,
    pub unlisted: usize,
    pub hint: Option<Sentence>,
    /// The finding that shows the same alternative.
    pub above: Option<String>,
    pub alternative: Option<Alternative>,
    pub witness: Option<Witness>,
    /// The finding of another package that this one repeats.
    pub there: Option<String>,
}

/// What to do instead.
pub(super) struct Alternative {
    pub version: Option<String>,
    pub steps: Vec<Step>,
}

pub(super) struct Step {
    /// Absent where it is that of the step before.
    pub heading: Option<Sentence>,
    pub wit: String,
}

pub(super) struct Witness {
    pub what: String,
    pub old: String,
    pub new: String,
    pub command: String,
    pub message: String,
}

/// An item, with a link to where it is told.
#[derive(Clone, Debug, Template)]
#[template(
    source = r##"{% match id %}{% when Some with (id) %}<a href="#{{ id }}"><code>{{ path }}</code></a>{% when None %}<code>{{ path }}</code>{% endmatch %}"##,
    ext = "html"
)]
pub(super) struct Item {
    path: String,
    id: Option<String>,
}

impl HtmlSafe for Item {}

/// The finding of a change: `at` is its place in the report.
pub(super) fn finding(
    index: &Index<'_>,
    at: (usize, usize),
    change: &ChangeReport,
    inputs: (&InputReport, &InputReport),
) -> Finding {
    let parties = parties(change.link, change.source);
    let who: Vec<&str> = parties.iter().filter(|party| party.breaks).map(|party| party.name).collect();
    let places = [("old", inputs.0, &change.old), ("new", inputs.1, &change.new)];
    let item = |path: &String| Item { path: text(path), id: index.path(path).map(str::to_owned) };
    Finding {
        id: index.finding(at).to_owned(),
        level: change.level.word(),
        marked: level(change),
        rule: text(&change.rule),
        who: who.join(" "),
        message: Sentence::new(&change.message),
        accepted: accepted(change).map(|accepted| Sentence::new(&capital(&accepted))),
        why: consequence(change).map(|why| Sentence::new(&capital(&why))),
        parties,
        gate: change.gate.as_ref().map(|gate| text(&gate.unstable)),
        since: change.since.as_ref().map(side),
        places: (places.into_iter())
            .filter_map(|(word, input, place)| Some(Where::new(word, input, place.as_ref()?)))
            .collect(),
        reach: change.reach.iter().take(SHOWN).map(item).collect(),
        more: change.reach.iter().take(LISTED).skip(SHOWN).map(item).collect(),
        rest: change.reach.len().saturating_sub(SHOWN),
        unlisted: change.reach.len().saturating_sub(LISTED),
        hint: change.hint.as_deref().map(Sentence::new),
        above: None,
        alternative: None,
        witness: change.witness.as_ref().map(witness),
        there: None,
    }
}

/// A change that needs room: it breaks somebody, or is more than a remark.
pub(super) fn is_loud(change: &ChangeReport) -> bool {
    change.level > Level::Patch
}

/// What to do instead, as WIT.
pub(super) fn alternative(alternative: &AlternativeReport) -> Alternative {
    let mut before = String::new();
    let step = |step: &StepReport| {
        let what = match step.action {
            StepAction::Add => "add to",
            StepAction::Keep => "keep in",
            StepAction::Restore => "restore in",
        };
        let heading = format!("{what} `{}`:", step.into);
        let is_new = heading != before;
        before.clone_from(&heading);
        Step { heading: is_new.then(|| Sentence::new(&heading)), wit: lines(&step.wit) }
    };
    Alternative {
        version: alternative.version.as_deref().map(text),
        steps: alternative.steps.iter().map(step).collect(),
    }
}

fn witness(witness: &WitnessReport) -> Witness {
    let WitnessReport { item, party, built_for, world, .. } = witness;
    let target = if built_for == "old" { "new" } else { "old" };
    Witness {
        what: text(&format!(
            "breaks {party} of {item}: a component built for the world {world} of {built_for}.wit does not fit that of \
             {target}.wit"
        )),
        old: lines(&witness.old),
        new: lines(&witness.new),
        command: lines(&witness.command),
        message: text(&witness.message),
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
