//! `wit-diff rules [WORD]…`.

use super::flags::{print, usage};
use super::output::{self, TextMarkdownOrJson};
use crate::pipeline;
use crate::report::{Example, rules_report, rules_to_json, rules_to_markdown, rules_to_text};
use crate::rule::{self, Rule, Subject};
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// List the rules: what happened, and whom that breaks
///
/// Whom a rule breaks is what the comparison says of its example.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff rules
  wit-diff rules resource
  wit-diff rules record field --format json

Exit codes: 0 done, 2 wrong usage, or no such rule.")]
pub struct Rules {
    /// Only those with all these words in their id, title or subject
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextMarkdownOrJson,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,
}

impl Rules {
    pub fn run(self) -> ExitCode {
        let words: Vec<String> = self.words.iter().map(|word| word.to_lowercase()).collect();
        let found: Vec<&Rule> = (rule::subjects().iter())
            .flat_map(|subject| subject.rules.iter().filter(|rule| has_all(subject, rule, &words)))
            .collect();
        if found.is_empty() {
            let words: Vec<String> = self.words.iter().map(|word| format!("`{}`", word.escape_debug())).collect();
            return usage(&format!("no rule has {} in its id, title or subject", words.join(" and ")));
        }
        let judged: Vec<(&Rule, Example)> = found.into_iter().map(|rule| (rule, pipeline::example(rule))).collect();
        let report = rules_report(&judged);
        let text = match self.format {
            TextMarkdownOrJson::Text => rules_to_text(&report, &output::layout(&io::stdout(), self.color, true)),
            TextMarkdownOrJson::Markdown => rules_to_markdown(&report),
            TextMarkdownOrJson::Json => rules_to_json(&report),
        };
        print(&text)
    }
}

fn has_all(subject: &Subject, rule: &Rule, words: &[String]) -> bool {
    let text = format!("{} {} {}", subject.name, rule.id, rule.title).to_lowercase();
    words.iter().all(|word| text.contains(word))
}
