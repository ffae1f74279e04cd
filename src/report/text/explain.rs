//! What a rule means: why it breaks whom, an example, and what to do instead.

use super::TextOptions;
use super::page::{BOLD, DIM, Page, YELLOW};
use crate::report::rules::{AdvisedReport, ExplainReport, ExplainedRule, JudgedReport, definition, parties};
use crate::verdict::Verdict;

/// The rules as text, one below the other.
pub fn explain_to_text(report: &ExplainReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    for rule in &report.rules {
        page.gap();
        page.explained(rule);
    }
    page.out
}

impl Page {
    fn explained(&mut self, rule: &ExplainedRule) {
        let id = self.styled(BOLD, &rule.id);
        self.wrapped("", "  ", &format!("{id}: {}", rule.title));
        self.gap();
        self.wrapped("  ", "  ", &rule.why);
        for (name, text) in [("before", &rule.old), ("after", &rule.new)] {
            self.gap();
            let name = self.styled(DIM, &format!("{name}:"));
            self.wrapped("  ", "    ", &name);
            for line in text.lines() {
                // Rules are our own, and have no line beyond 80 columns.
                self.out.push_str(format!("    {line}").trim_end());
                self.out.push('\n');
            }
        }
        if let Some(judged) = &rule.judged {
            self.gap();
            self.judged(judged, rule.beside.is_empty());
        }
        self.gap();
        let instead = self.styled(YELLOW, "instead:");
        self.wrapped("  ", "    ", &format!("{instead} {}", rule.instead));
        rule.alternatives.iter().for_each(|advised| self.advised(advised));
        self.gap();
        for (what, ids) in [("The reverse", &rule.reverse), ("Comes with", &rule.beside)] {
            if !ids.is_empty() {
                self.wrapped("  ", "    ", &format!("{what}: {}.", ids.join(", ")));
            }
        }
        self.wrapped("  ", "    ", &format!("The definition: {}.", definition(&rule.sections)));
    }

    /// Whom the example breaks, and its level for each party that may be protected.
    fn judged(&mut self, judged: &JudgedReport, is_alone: bool) {
        let broken: Vec<String> = parties(judged).into_iter().filter_map(broken).collect();
        // What comes with it may break more, and is another finding.
        let here = if is_alone { "Here" } else { "By itself" };
        let broken = if broken.is_empty() { "nobody".into() } else { broken.join(", ") };
        self.wrapped("  ", "    ", &format!("{here} it breaks {broken}."));
        let levels = [("guests", judged.levels.guests), ("hosts", judged.levels.hosts)];
        let levels =
            levels.map(|(party, level)| format!("{} for {party}", self.styled(self.level_style(level), level.word())));
        self.wrapped("  ", "    ", &format!("Its level: {}.", levels.join(", ")));
    }

    fn advised(&mut self, advised: &AdvisedReport) {
        let names: Vec<&str> = advised.protects.iter().map(|protect| protect.word()).collect();
        let hint = advised.hint.as_ref().map_or(String::new(), |hint| format!(": {hint}"));
        self.gap();
        self.wrapped("  ", "    ", &format!("Here, to protect {}{hint}", names.join(" or ")));
        self.alternative(&advised.alternative, 4);
    }
}

/// Who breaks, with the layers.
fn broken((party, link, source): (&str, Verdict, Verdict)) -> Option<String> {
    let layers = match (link.is_breaking(), source.is_breaking()) {
        (false, false) => return None,
        (true, true) => "link and source",
        (true, false) => "link; source compiles",
        (false, true) => "source; still links",
    };
    Some(format!("{party} ({layers})"))
}
