//! `wit-diff explain RULE`.

use super::flags::{print, usage};
use super::output::{self, TextMarkdownOrJson};
use crate::pipeline;
use crate::report::{Example, explain_report, explain_to_json, explain_to_markdown, explain_to_text};
use crate::rule::{self, Rule};
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// Explain rules: whom they break, why, and what to do instead
///
/// A rule is what stands in brackets behind a change, such as `record-field-added`; `wit-diff rules` lists them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff explain record-field-added
  wit-diff explain --all --format markdown

Exit codes: 0 done, 2 wrong usage.")]
pub struct Explain {
    /// The ids of the rules
    #[arg(value_name = "RULE", required_unless_present = "all")]
    rules: Vec<String>,
    /// Explain every rule
    #[arg(long, conflicts_with = "rules")]
    all: bool,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: TextMarkdownOrJson,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,
}

/// So many rules are suggested.
const SUGGESTED: usize = 3;

/// How alike a name is that was meant.
const ALIKE: f32 = 0.5;

impl Explain {
    pub fn run(self) -> ExitCode {
        let mut rules: Vec<&Rule> = if self.all { rule::all().chain(rule::costs()).collect() } else { Vec::new() };
        for id in &self.rules {
            match rule::find(id) {
                Some(rule) if rules.contains(&rule) => {}
                Some(rule) => rules.push(rule),
                None => return usage(&unknown(id)),
            }
        }
        let judged: Vec<(&Rule, Example)> = rules.into_iter().map(|rule| (rule, pipeline::example(rule))).collect();
        let report = explain_report(&judged);
        let text = match self.format {
            // All of it: whoever asks wants to read.
            TextMarkdownOrJson::Text => explain_to_text(&report, &output::layout(&io::stdout(), self.color, true)),
            TextMarkdownOrJson::Markdown => explain_to_markdown(&report),
            TextMarkdownOrJson::Json => explain_to_json(&report),
        };
        print(&text)
    }
}

fn unknown(id: &str) -> String {
    let ids: Vec<&str> = rule::all().chain(rule::costs()).map(|rule| rule.id).collect();
    let near = similar::get_close_matches(id.to_lowercase().as_str(), &ids, SUGGESTED, ALIKE);
    // What was typed is shown with escapes, should there be something in it that acts on a terminal.
    let shown = id.escape_debug();
    match near.as_slice() {
        [] => format!("there is no rule `{shown}`: `wit-diff rules` lists all of them"),
        near => {
            let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            format!("there is no rule `{shown}`; is it {}?", near.join(" or "))
        }
    }
}
