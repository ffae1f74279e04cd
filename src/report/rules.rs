//! The rules as JSON, and what every format says of them: the wire types of `wit-diff rules` and `wit-diff explain`.
//!
//! Whom a rule breaks is what the comparison says of its example.

use super::{AlternativeReport, ChangeReport, PartiesReport, Report, SCHEMA_VERSION, Tool};
use crate::rule::{Rule, subjects};
use crate::verdict::{Level, Protect, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// What the example of a rule comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The report on it for those who protect guests.
    pub guests: Report,
    /// The report on it for those who protect hosts.
    pub hosts: Report,
    /// The ids of the rules of the change back, where they are others.
    pub reverse: Vec<&'static str>,
}

/// Rules in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RulesReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the list.
    pub tool: Tool,
    /// The rules, sorted by subject.
    pub rules: Vec<RuleReport>,
}

/// One rule in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleReport {
    /// Its id, in kebab-case.
    pub id: String,
    /// What happened, in one short sentence.
    pub title: String,
    /// What it is about, in one word, as in `functions`.
    pub subject: String,
    /// The sections of SEMANTICS.md that hold.
    pub sections: Vec<SectionReport>,
    /// What its example comes to; null where the example could not be judged.
    pub judged: Option<JudgedReport>,
}

/// Rules as `explain` tells them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the explanation.
    pub tool: Tool,
    /// The rules, in the order in which they were asked for.
    pub rules: Vec<ExplainedRule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainedRule {
    /// Its id, in kebab-case.
    pub id: String,
    /// What happened, in one short sentence.
    pub title: String,
    /// What it is about, in one word, as in `functions`.
    pub subject: String,
    /// The sections of SEMANTICS.md that hold.
    pub sections: Vec<SectionReport>,
    /// For whom it breaks, on which layer, and why.
    pub why: String,
    /// An example: a whole WIT document before the change.
    pub old: String,
    /// The same document after it.
    pub new: String,
    /// What the example comes to; null where it could not be judged.
    pub judged: Option<JudgedReport>,
    /// What to do instead, or how to do it well.
    pub instead: String,
    /// The same for the example, as WIT; empty where nobody breaks, and where there is none.
    pub alternatives: Vec<AdvisedReport>,
    /// The rules of the change back; empty where that has the same one, or none of its own.
    pub reverse: Vec<String>,
    /// The rules of other changes that the example cannot do without.
    pub beside: Vec<String>,
}

/// A section of SEMANTICS.md.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SectionReport {
    /// Its number.
    pub number: u32,
    /// Its heading.
    pub title: String,
}

/// Whom the example of a rule breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JudgedReport {
    /// Who breaks among binaries that are built already.
    pub link: PartiesReport,
    /// Who breaks among those who compile against it.
    pub source: PartiesReport,
    /// How much it weighs, by who is protected.
    pub levels: LevelsReport,
}

/// A level for each party that may be protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelsReport {
    /// Where guests are protected.
    pub guests: Level,
    /// Where hosts are protected.
    pub hosts: Level,
}

/// What to do instead of the example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdvisedReport {
    /// Whom it keeps whole.
    pub protects: Vec<Protect>,
    /// What to do, as a sentence; null where there is none for it.
    pub hint: Option<String>,
    /// The WIT.
    pub alternative: AlternativeReport,
}

/// Rules in short; each comes with its judged example.
pub fn rules_report(rules: &[(&Rule, Example)]) -> RulesReport {
    let row = |(rule, example): &(&Rule, Example)| RuleReport {
        id: rule.id.into(),
        title: rule.title.into(),
        subject: subject(rule).into(),
        sections: sections(rule),
        judged: judged(rule, example),
    };
    let rules = rules.iter().map(row).collect();
    RulesReport { schema_version: SCHEMA_VERSION, tool: Tool::this(), rules }
}

/// Rules in full; each comes with its judged example.
pub fn explain_report(rules: &[(&Rule, Example)]) -> ExplainReport {
    let rules = rules.iter().map(|(rule, example)| explained(rule, example)).collect();
    ExplainReport { schema_version: SCHEMA_VERSION, tool: Tool::this(), rules }
}

/// The rules as [`contract`](super::contract) defines them, with a line break at the end.
pub fn rules_to_json(report: &RulesReport) -> String {
    super::json::indented(report)
}

/// The explanations as [`contract`](super::contract) defines them, with a line break at the end.
pub fn explain_to_json(report: &ExplainReport) -> String {
    super::json::indented(report)
}

pub(super) fn explained(rule: &Rule, example: &Example) -> ExplainedRule {
    let others = changes(&example.guests).map(|change| change.rule.as_str()).filter(|id| *id != rule.id);
    let beside: BTreeSet<&str> = others.collect();
    ExplainedRule {
        id: rule.id.into(),
        title: rule.title.into(),
        subject: subject(rule).into(),
        sections: sections(rule),
        why: rule.why.into(),
        old: rule.old.into(),
        new: rule.new.into(),
        judged: judged(rule, example),
        instead: rule.instead.into(),
        alternatives: alternatives(rule, example),
        reverse: example.reverse.iter().map(|id| (*id).to_owned()).collect(),
        beside: beside.into_iter().map(str::to_owned).collect(),
    }
}

fn subject(rule: &Rule) -> &'static str {
    subjects().iter().find(|subject| subject.rules.contains(rule)).map_or("", |subject| subject.name)
}

/// The sections that a rule cites, with their headings.
fn sections(rule: &Rule) -> Vec<SectionReport> {
    let cited = rule.section.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    let title = |number: u32| {
        let start = format!("## {number}. ");
        include_str!("../semantics.md").lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default()
    };
    cited.map(|number| SectionReport { number, title: title(number).into() }).collect()
}

fn changes(report: &Report) -> impl Iterator<Item = &ChangeReport> {
    report.packages.iter().flat_map(|package| &package.changes)
}

/// The change that the example is there for.
fn shown<'a>(rule: &Rule, report: &'a Report) -> Option<&'a ChangeReport> {
    changes(report).find(|change| change.rule == rule.id)
}

fn judged(rule: &Rule, example: &Example) -> Option<JudgedReport> {
    let (guests, hosts) = (shown(rule, &example.guests)?, shown(rule, &example.hosts)?);
    let levels = LevelsReport { guests: guests.level, hosts: hosts.level };
    Some(JudgedReport { link: guests.link, source: guests.source, levels })
}

/// The alternatives of the example: one, if it is the same whoever is protected.
fn alternatives(rule: &Rule, example: &Example) -> Vec<AdvisedReport> {
    let mut advised: Vec<AdvisedReport> = Vec::new();
    for (protect, report) in [(Protect::Guests, &example.guests), (Protect::Hosts, &example.hosts)] {
        let Some(change) = shown(rule, report).filter(|change| change.level == Level::Major) else { continue };
        let Some(alternative) = &change.alternative else { continue };
        match advised.iter_mut().find(|known| known.alternative == *alternative) {
            Some(known) => known.protects.push(protect),
            None => advised.push(AdvisedReport {
                protects: vec![protect],
                hint: change.hint.clone(),
                alternative: alternative.clone(),
            }),
        }
    }
    advised
}

/// Two parties with their verdicts on both layers.
pub(super) fn parties(judged: &JudgedReport) -> [(&'static str, Verdict, Verdict); 2] {
    let named = |parties: PartiesReport| match parties {
        PartiesReport::Interface(parties) => [("consumers", parties.consumers), ("providers", parties.providers)],
        PartiesReport::World(parties) => [("guests", parties.guests), ("hosts", parties.hosts)],
    };
    let ([(one, one_link), (other, other_link)], [(_, one_source), (_, other_source)]) =
        (named(judged.link), named(judged.source));
    [(one, one_link, one_source), (other, other_link, other_source)]
}

/// Who breaks, in short: "consumers; providers (source)", "guests and hosts (link)", or "nobody".
pub(super) fn breaks(judged: &JudgedReport) -> String {
    let layers = |link: Verdict, source: Verdict| match (link.is_breaking(), source.is_breaking()) {
        (true, true) => Some(""),
        (true, false) => Some(" (link)"),
        (false, true) => Some(" (source)"),
        (false, false) => None,
    };
    let [one, other] = parties(judged).map(|(party, link, source)| (party, layers(link, source)));
    match (one, other) {
        ((one, Some(layers)), (other, Some(same))) if layers == same => format!("{one} and {other}{layers}"),
        ((one, Some(layers)), (other, Some(others))) => format!("{one}{layers}; {other}{others}"),
        ((party, Some(layers)), (_, None)) | ((_, None), (party, Some(layers))) => format!("{party}{layers}"),
        ((_, None), (_, None)) => "nobody".into(),
    }
}

/// "SEMANTICS 4 (Link rules) and 5 (Source rules, where the link survives)".
pub(super) fn definition(sections: &[SectionReport]) -> String {
    if sections.is_empty() {
        return "the Canonical ABI, in `design/mvp/CanonicalABI.md` of the Component Model's repository".into();
    }
    let sections: Vec<String> =
        sections.iter().map(|section| format!("{} ({})", section.number, section.title)).collect();
    format!("SEMANTICS {}, in `src/semantics.md` of wit-diff's repository", sections.join(" and "))
}
