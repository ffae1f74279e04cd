//! The rules in a table, by subject.

use super::TextOptions;
use super::page::{BOLD, Page};
use crate::report::rules::{RuleReport, RulesReport, breaks};
use crate::report::table::Table;

/// The rules as text.
pub fn rules_to_text(report: &RulesReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut headings = Vec::new();
    for subject in report.rules.chunk_by(|one, other| one.subject == other.subject) {
        if !rows.is_empty() {
            rows.push(vec![String::new(); 3]);
        }
        headings.push(rows.len());
        let name = subject.first().map_or("", |rule| rule.subject.as_str());
        rows.push(vec![name.to_uppercase(), String::new(), String::new()]);
        rows.extend(subject.iter().map(row));
    }
    let table = Table { header: vec!["rule", "breaks", "what happened"], rows };
    let style = |row: usize, column: &str| Some(BOLD).filter(|_| column == "rule" && headings.contains(&row));
    match page.drawn(&table, style) {
        Some(table) => page.out.push_str(&table),
        None => report.rules.iter().for_each(|rule| page.listed_rule(rule)),
    }
    page.gap();
    let count = match report.rules.len() {
        1 => "1 rule".to_owned(),
        count => format!("{count} rules"),
    };
    page.wrapped(
        "",
        "  ",
        &format!("{count}; `wit-diff explain RULE` tells why, with an example and what to do instead"),
    );
    page.out
}

fn row(rule: &RuleReport) -> Vec<String> {
    vec![rule.id.clone(), rule.judged.as_ref().map_or("-".into(), breaks), rule.title.clone()]
}

impl Page {
    /// A rule where there is no room for columns.
    fn listed_rule(&mut self, rule: &RuleReport) {
        let id = self.styled(BOLD, &rule.id);
        self.wrapped("", "  ", &format!("{id}: {}", rule.title));
        if let Some(judged) = &rule.judged {
            self.wrapped("  ", "    ", &format!("breaks {}", breaks(judged)));
        }
    }
}
