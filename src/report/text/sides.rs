//! What was compared with what.

use super::page::Page;
use crate::report::escape::clean;
use crate::report::wire::*;

/// So many digits of the id of a commit are shown.
const DIGITS: usize = 7;

impl Page {
    /// Which revisions they are; nothing where the inputs say all there is to say.
    pub fn sides(&mut self, old: &InputReport, new: &InputReport) {
        if [old, new].iter().any(|input| input.commit.is_some() || input.how.is_some()) {
            self.wrapped("", "  ", &format!("comparing {} with {}", side(old), side(new)));
        }
    }
}

/// What was typed, which commit that is, and how it was found.
pub fn side(input: &InputReport) -> String {
    let name = clean(&input.input);
    let commit = input.commit.as_deref().map(short).filter(|id| !name.to_ascii_lowercase().contains(id.as_str()));
    let facts: Vec<String> = [commit, input.how.as_deref().map(clean)].into_iter().flatten().collect();
    if facts.is_empty() { name } else { format!("{name} ({})", facts.join(", ")) }
}

fn short(id: &str) -> String {
    clean(&id.chars().take(DIGITS).collect::<String>())
}
