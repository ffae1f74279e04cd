//! Likely renames: a removal and an addition of equal structure (SEMANTICS 10). They stay two changes, with a hint.

use super::{Comparer, Root};
use crate::change::Fact;
use std::collections::BTreeMap;

/// How many additions of one structure are weighed against a removal.
const CANDIDATES: usize = 50;

/// How alike two names must be, from 0 to 1, when more than one addition has the structure.
const ALIKE: f32 = 0.5;

impl Comparer<'_> {
    /// Looks for renames among those changes since `first` that are in question: all of one interface or world.
    pub(super) fn find_renames(&mut self, first: usize, in_question: &dyn Fn(&Fact) -> bool) {
        let mut added: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut removed = Vec::new();
        for (at, change) in self.changes.iter().enumerate().skip(first).filter(|(_, c)| in_question(&c.fact)) {
            match self.structure(at, &change.fact) {
                Some((structure, true)) => added.entry(structure).or_default().push(at),
                Some((structure, false)) => removed.push((at, structure)),
                None => {}
            }
        }
        for (old, structure) in removed {
            let Some(candidates) = added.get_mut(&structure) else { continue };
            let name = |at: usize| item(&self.changes[at].path);
            let ranked: Vec<(f32, usize)> = (candidates.iter().take(CANDIDATES).enumerate())
                .filter(|&(_, &at)| family(name(at)) == family(name(old)))
                .map(|(place, &at)| (similarity(name(old), name(at)), place))
                .collect();
            let Some(&(alike, place)) = ranked.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let equals = ranked.iter().filter(|(other, _)| *other == alike).count();
            if candidates.len() > 1 && (alike < ALIKE || equals > 1) {
                continue;
            }
            let new = candidates.remove(place);
            let (old_name, new_name) = (item(&self.changes[old].path), item(&self.changes[new].path));
            let (old_name, new_name) = (old_name.to_string(), new_name.to_string());
            self.changes[old].renamed = Some(new_name);
            self.changes[new].renamed = Some(old_name);
        }
    }

    /// The structure of what came (`true`) or went.
    fn structure(&self, at: usize, fact: &Fact) -> Option<(String, bool)> {
        let shape = |came: bool| {
            let def = match self.roots[at].0 {
                Root::Type(_, Some(new)) if came => self.pairing.new.surface.ty(new),
                Root::Type(Some(old), _) if !came => self.pairing.old.surface.ty(old),
                Root::Nothing | Root::Function | Root::Structure(_) | Root::Type(..) => return None,
            };
            Some((format!("{} {:?}", def.kind.noun(), def.shape), came))
        };
        match fact {
            Fact::FunctionAdded { signature } => Some((signature.clone(), true)),
            Fact::FunctionRemoved { signature } => Some((signature.clone(), false)),
            Fact::ResourceAdded | Fact::TypeAdded { .. } => shape(true),
            Fact::ResourceRemoved | Fact::TypeRemoved { .. } => shape(false),
            fact => match &self.roots[at].0 {
                Root::Structure(structure) if fact.rule().ends_with("-added") => Some((structure.clone(), true)),
                Root::Structure(structure) if fact.rule().ends_with("-removed") => Some((structure.clone(), false)),
                Root::Structure(_) | Root::Nothing | Root::Function | Root::Type(..) => None,
            },
        }
    }
}

fn item(path: &str) -> &str {
    path.rsplit_once('#').or(path.rsplit_once('/')).map_or(path, |(_, item)| item)
}

/// `[method]`, `[static]` and the rest are kept apart.
fn family(name: &str) -> &str {
    name.rfind(']').map_or("", |end| &name[..=end])
}

fn similarity(a: &str, b: &str) -> f32 {
    similar::TextDiff::from_chars(a, b).ratio()
}
