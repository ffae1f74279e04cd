//! What a rule means: why it breaks whom, an example, and what to do instead.

use super::TextOptions;
use super::changes::broken;
use super::page::{BOLD, DIM, Page, YELLOW};
use crate::report::wire::*;
use crate::rule::Rule;
use crate::verdict::{Level, Protect};
use std::collections::BTreeSet;

/// What the example of a rule comes to for those who protect one party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Who is protected.
    pub protect: Protect,
    /// The change.
    pub change: ChangeReport,
}

/// The rule as text. `examples` are its own example, judged for guests and for hosts.
pub fn explain_to_text(rule: &Rule, examples: &[Example], options: &TextOptions) -> String {
    let mut page = Page {
        out: String::new(),
        options: *options,
        protect: Protect::default(),
        verified: None,
        shared: BTreeSet::new(),
        told: BTreeSet::new(),
    };
    let id = page.styled(BOLD, rule.id);
    page.wrapped("", "  ", &format!("{id}: {}", rule.title));
    page.gap();
    page.wrapped("  ", "  ", rule.why);
    for (name, text) in [("before", rule.old), ("after", rule.new)] {
        page.gap();
        let name = page.styled(DIM, &format!("{name}:"));
        page.wrapped("  ", "    ", &name);
        for line in text.lines() {
            // Rules are our own, and have no line beyond 80 columns.
            page.out.push_str(format!("    {line}").trim_end());
            page.out.push('\n');
        }
    }
    page.outcomes(examples);
    page.gap();
    let instead = page.styled(YELLOW, "instead:");
    page.wrapped("  ", "    ", &format!("{instead} {}", rule.instead));
    page.alternatives(examples);
    page.gap();
    page.wrapped("  ", "    ", &format!("The definition: {}.", rule.section));
    page.out
}

impl Page {
    /// Whom the example breaks, and its level for each party that may be protected.
    fn outcomes(&mut self, examples: &[Example]) {
        let Some(first) = examples.first() else { return };
        self.gap();
        let broken = broken(&first.change);
        if !broken.is_empty() {
            self.wrapped("  ", "    ", &format!("Here it breaks {}.", broken.join(", ")));
        }
        let levels: Vec<String> = (examples.iter())
            .map(|example| {
                let level = example.change.level;
                format!("{} for {}", self.styled(self.level_style(level), level.word()), example.protect.word())
            })
            .collect();
        self.wrapped("  ", "    ", &format!("Its level: {}.", levels.join(", ")));
    }

    /// The alternatives of the example: one, if it is the same whoever is protected.
    fn alternatives(&mut self, examples: &[Example]) {
        let major = examples.iter().filter(|example| example.change.level == Level::Major);
        let mut groups: Vec<(&AlternativeReport, Vec<&Example>)> = Vec::new();
        for example in major {
            let Some(alternative) = &example.change.alternative else { continue };
            match groups.iter_mut().find(|(known, _)| *known == alternative) {
                Some((_, who)) => who.push(example),
                None => groups.push((alternative, vec![example])),
            }
        }
        for (alternative, who) in groups {
            let names: Vec<&str> = who.iter().map(|example| example.protect.word()).collect();
            let hint = who.first().and_then(|example| example.change.hint.as_deref());
            let hint = hint.map_or(String::new(), |hint| format!(": {hint}"));
            self.gap();
            self.wrapped("  ", "    ", &format!("Here, to protect {}{hint}", names.join(" or ")));
            self.alternative(alternative, 4);
        }
    }
}
