//! `wit-diff explain RULE`.

use super::flags::usage;
use super::output;
use crate::pipeline;
use crate::report::explain_to_text;
use crate::rule;
use clap::{Args, ColorChoice};
use std::io;
use std::process::ExitCode;

/// Explain a rule: whom it breaks and why, an example, and what to do instead
///
/// A rule is what stands in brackets behind a change, such as `record-field-added`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff explain record-field-added

Exit codes: 0 done, 2 wrong usage.")]
pub struct Explain {
    /// The id of the rule
    rule: String,
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
        let Some(rule) = rule::find(&self.rule) else { return usage(&unknown(&self.rule)) };
        // All of it: whoever asks wants to read.
        let layout = output::layout(&io::stdout(), self.color, true);
        let text = explain_to_text(rule, &pipeline::example(rule), &layout);
        match output::write(io::stdout(), &text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => usage(&format!("cannot write to the standard output: {error}")),
        }
    }
}

fn unknown(id: &str) -> String {
    let ids: Vec<&str> = rule::all().map(|rule| rule.id).collect();
    let near = similar::get_close_matches(id, &ids, SUGGESTED, ALIKE);
    // What was typed is shown with escapes, should there be something in it that acts on a terminal.
    let shown = id.escape_debug();
    match near.as_slice() {
        [] => format!("there is no rule `{shown}`: the report names the rule of every change in brackets"),
        near => {
            let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            format!("there is no rule `{shown}`; is it {}?", near.join(" or "))
        }
    }
}
