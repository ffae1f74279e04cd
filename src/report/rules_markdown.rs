//! The rules as Markdown: for whoever asks, and as the chapters of the guide, which lead to each other.

use super::markdown_escape::{code, sentence};
use super::rules::*;
use super::{AlternativeReport, Report, StepAction, TextOptions, to_text};
use crate::rule::{Rule, subjects};
use crate::verdict::Verdict;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;

/// The rules as GitHub-flavoured Markdown: a table for each subject.
pub fn rules_to_markdown(report: &RulesReport) -> String {
    let mut out = String::from("# Rules\n");
    tables(&mut out, report, &code);
    out
}

/// The rules as GitHub-flavoured Markdown, one below the other.
pub fn explain_to_markdown(report: &ExplainReport) -> String {
    let chapter = |rule: &ExplainedRule| {
        let mut out = String::new();
        chapter(&mut out, rule, None);
        see_also(&mut out, rule, &code);
        out
    };
    report.rules.iter().map(chapter).collect::<Vec<_>>().join("\n")
}

/// The chapter of the guide that lists all rules; those of the rules stand beside it in `rules`, as `ID.md`.
pub fn rules_page(report: &RulesReport) -> String {
    let mut out = String::from(GENERATED);
    out.push_str(
        "# Rules\n\nEvery kind of change has a rule: its id stands beside each change of a report, and never changes \
         its meaning. Whom a change breaks depends on where the changed item is used; what stands here is what the \
         comparison says of the example of each rule. *Link* is about binaries that are built already, *source* about \
         code that is compiled against the new WIT; where neither is named, both layers break.\n\n\
         At a terminal, `wit-diff rules` lists them, and `wit-diff explain RULE` tells what stands in the chapters.\n",
    );
    tables(&mut out, report, &|id| format!("[`{id}`](rules/{id}.md)"));
    out
}

/// The chapter of the guide on one rule.
pub fn rule_page(rule: &Rule, example: &Example) -> String {
    let mut out = String::from(GENERATED);
    let rule = explained(rule, example);
    chapter(&mut out, &rule, Some(&example.guests));
    see_also(&mut out, &rule, &|id| format!("[`{id}`]({id}.md)"));
    out.push_str("- [All rules](../rules.md)\n");
    out
}

/// What chapters begin with: nobody is to edit them by hand.
const GENERATED: &str = "<!-- Made from the table of rules: `BLESS=1 cargo test --test rules` writes it. -->\n\n";

fn tables(out: &mut String, report: &RulesReport, name: &dyn Fn(&str) -> String) {
    for rules in report.rules.chunk_by(|one, other| one.subject == other.subject) {
        let name_of = rules.first().map_or("", |rule| rule.subject.as_str());
        let about = subjects().iter().find(|subject| subject.name == name_of).map_or("", |subject| subject.about);
        let _ = writeln!(out, "\n## {}\n\n{}\n", capitalised(name_of), sentence(about));
        out.push_str("| Rule | What happened | Breaks | For guests | For hosts |\n|---|---|---|---|---|\n");
        for rule in rules {
            let cells = rule.judged.as_ref().map_or(["–".into(), "–".into(), "–".into()], |judged| {
                [breaks(judged), judged.levels.guests.word().into(), judged.levels.hosts.word().into()]
            });
            let [breaks, guests, hosts] = cells;
            let _ = writeln!(out, "| {} | {} | {breaks} | {guests} | {hosts} |", name(&rule.id), sentence(&rule.title));
        }
    }
}

/// One rule, without what it leads to; `compared` is the report on its example, where that is to be shown.
fn chapter(out: &mut String, rule: &ExplainedRule, compared: Option<&Report>) {
    let _ = writeln!(out, "# {}\n\n**{}**\n\n{}", code(&rule.id), sentence(&rule.title), sentence(&rule.why));
    let _ = write!(out, "\n## Example\n\n```diff\n{}```\n", diff(&rule.old, &rule.new));
    if let Some(judged) = &rule.judged {
        whom(out, judged);
    }
    if let Some(report) = compared {
        let text = to_text(report, &TextOptions::default());
        let _ = write!(out, "\n`wit-diff compare old.wit new.wit` says:\n\n```text\n{text}```\n");
    }
    let _ = writeln!(out, "\n## Instead\n\n{}", sentence(&rule.instead));
    for advised in &rule.alternatives {
        let protects: Vec<&str> = advised.protects.iter().map(|protect| protect.word()).collect();
        let hint = advised.hint.as_deref().map_or(String::new(), |hint| format!(": {}", sentence(hint)));
        let _ = writeln!(out, "\nHere, to protect {}{hint}.", protects.join(" or "));
        steps(out, &advised.alternative);
    }
}

/// Both documents as one, with what went and what came.
fn diff(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let line = |change: similar::Change<&str>| {
        let sign = match change.tag() {
            ChangeTag::Delete => "-",
            ChangeTag::Insert => "+",
            ChangeTag::Equal if change.value() == "\n" => "",
            ChangeTag::Equal => " ",
        };
        format!("{sign}{}", change.value())
    };
    diff.iter_all_changes().map(line).collect()
}

/// Parties and layers, and the level for each party that may be protected.
fn whom(out: &mut String, judged: &JudgedReport) {
    let word = |verdict: Verdict| if verdict.is_breaking() { "**breaking**" } else { "compatible" };
    let [(one, one_link, one_source), (other, other_link, other_source)] = parties(judged);
    let _ = write!(
        out,
        "\n| | {} | {} |\n|---|---|---|\n| Link: binaries that are built already | {} | {} |\n\
         | Source: code that is compiled against it | {} | {} |\n\nIts level is {} for those who protect guests, \
         and {} for those who protect hosts.\n",
        capitalised(one),
        capitalised(other),
        word(one_link),
        word(other_link),
        word(one_source),
        word(other_source),
        judged.levels.guests.word(),
        judged.levels.hosts.word(),
    );
}

fn steps(out: &mut String, alternative: &AlternativeReport) {
    if let Some(version) = &alternative.version {
        let _ = writeln!(out, "\nSet the version of the package to {}.", code(version));
    }
    for step in &alternative.steps {
        let what = match step.action {
            StepAction::Add => "Add to",
            StepAction::Keep => "Keep in",
            StepAction::Restore => "Restore in",
        };
        let _ = write!(out, "\n{what} {}:\n\n```wit\n{}\n```\n", code(&step.into), step.wit.trim_end());
    }
}

fn see_also(out: &mut String, rule: &ExplainedRule, name: &dyn Fn(&str) -> String) {
    out.push_str("\n## See also\n\n");
    for (what, ids) in [("The reverse", &rule.reverse), ("Comes with", &rule.beside)] {
        if !ids.is_empty() {
            let ids: Vec<String> = ids.iter().map(|id| name(id)).collect();
            let _ = writeln!(out, "- {what}: {}", ids.join(", "));
        }
    }
    let _ = writeln!(out, "- The definition: {}", sentence(&definition(&rule.sections)));
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
