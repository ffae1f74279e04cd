//! From a number to a pair.

use crate::draft::Draft;
use crate::edits::{EDITS, Pen};
use crate::judge::Used;
use crate::packages::{Source, Sources};
use fastrand::Rng;
use std::collections::BTreeSet;
use wit_diff::surface::Features;
use wit_diff::syntax::{Extern, ExternKind, Item, Path, World, WorldItem};

/// How a pair is made: all that its number decides.
#[derive(Clone, Debug)]
pub struct Recipe {
    pub source: Source,
    /// Only this world is left, which imports or exports every interface.
    pub used: Option<Used>,
    /// Edits of both sides.
    pub before: Vec<Step>,
    /// Edits of the new side.
    pub steps: Vec<Step>,
    pub features: Features,
    /// Whether the sides change places.
    pub swapped: bool,
}

/// One edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index into [`EDITS`].
    pub edit: usize,
    pub seed: u64,
}

impl Step {
    pub fn name(self) -> &'static str {
        EDITS[self.edit].name
    }

    /// The draft after the edit, where that applies.
    pub fn apply(self, draft: &Draft) -> Option<Draft> {
        let mut edited = draft.clone();
        let mut rng = Rng::with_seed(self.seed);
        // Mostly the package itself, sometimes one of its dependencies.
        let others = edited.packages.len() - 1;
        // Of two versions on one track the newest stands for both: it must keep what the other has.
        let base = |package| edited.name(package).map(|name| (name.namespace.clone(), name.name.clone()));
        let names: BTreeSet<_> = (0..=others).map(base).collect();
        let package = if others > 0 && names.len() > others && rng.u8(..8) == 0 { rng.usize(1..=others) } else { 0 };
        (EDITS[self.edit].apply)(&mut Pen { draft: &mut edited, package, rng })?;
        (edited != *draft).then_some(edited)
    }
}

impl Recipe {
    /// The recipe of a number, or a further one where that was in vain. Numbers take the edits by turns, so that each kind is tried as often.
    pub fn new(sources: &Sources, seed: u64, number: u64, attempt: u64) -> Recipe {
        let mut rng = Rng::with_seed(seed ^ (number << 8 | attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (turn, first) = (number / EDITS.len() as u64, (number % EDITS.len() as u64) as usize);
        let used = [None, Some(Used::Imported), None, Some(Used::Exported), None, Some(Used::Both)][turn as usize % 6];
        loop {
            let source = sources.any(&mut rng);
            let any = |rng: &mut Rng| Step { edit: rng.usize(..EDITS.len()), seed: rng.u64(..) };
            let mut old = with_worlds(&source.draft, used);
            let mut before = Vec::new();
            for _ in 0..rng.usize(0..=3) {
                let step = any(&mut rng);
                if let Some(draft) = step.apply(&old) {
                    old = draft;
                    before.push(step);
                }
            }
            let Some((mut new, step)) = (0..4).find_map(|_| {
                let step = Step { edit: first, seed: rng.u64(..) };
                Some((step.apply(&old)?, step))
            }) else {
                continue;
            };
            let mut steps = vec![step];
            let more = [0, 0, 0, 1, 1, 2, 3, 4];
            for _ in 0..more[rng.usize(..more.len())] {
                let step = any(&mut rng);
                if let Some(draft) = step.apply(&new) {
                    new = draft;
                    steps.push(step);
                }
            }
            let features = features(&[&old, &new], &mut rng);
            return Recipe { source, used, before, steps, features, swapped: rng.bool() };
        }
    }

    /// Both sides. Steps that do not apply are left out.
    pub fn make(&self) -> (Draft, Draft) {
        let run =
            |draft: Draft, steps: &[Step]| steps.iter().fold(draft, |draft, step| step.apply(&draft).unwrap_or(draft));
        let old = run(with_worlds(&self.source.draft, self.used), &self.before);
        let new = run(old.clone(), &self.steps);
        if self.swapped { (new, old) } else { (old, new) }
    }
}

/// The package with one world in place of its own, where that is asked for.
fn with_worlds(draft: &Draft, used: Option<Used>) -> Draft {
    let mut draft = draft.clone();
    let Some(used) = used else { return draft };
    let mut items = Vec::new();
    for file in &mut draft.packages[0] {
        file.items.retain(|item| !matches!(item, Item::World(_)));
        for item in &file.items {
            let Item::Interface(interface) = item else { continue };
            let path = Path { package: None, name: interface.name.clone() };
            // Behind the gate of the interface, as it could not stand otherwise.
            let attributes = interface.attributes.clone();
            let item = Extern { docs: Vec::new(), attributes, kind: ExternKind::Path(path) };
            if used != Used::Exported {
                items.push(WorldItem::Import(item.clone()));
            }
            if used != Used::Imported {
                items.push(WorldItem::Export(item));
            }
        }
    }
    let world = World { docs: Vec::new(), attributes: Vec::new(), name: "generated".into(), items };
    draft.packages[0][0].items.push(Item::World(world));
    draft
}

/// None, all, or one of the features that gates name.
fn features(sides: &[&Draft], rng: &mut Rng) -> Features {
    let mut names = BTreeSet::new();
    for text in sides.iter().flat_map(|side| side.texts()).flatten().map(|(_, text)| text) {
        let gates = text.split("@unstable(feature = ").skip(1);
        names.extend(gates.filter_map(|gate| Some(gate.split_once(')')?.0.trim_start_matches('%').to_string())));
    }
    match rng.u8(..4) {
        0 => Features { all: true, ..Features::default() },
        1 if !names.is_empty() => Features { names: rng.choice(names).into_iter().collect(), all: false },
        _ => Features::default(),
    }
}
