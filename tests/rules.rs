//! The table of rules: complete, well named, and every example shows what it claims.

use std::collections::BTreeSet;
use wit_diff::compare::compare;
use wit_diff::judge::judge;
use wit_diff::revision::{Bundle, Kind, Revision, SourceFile};
use wit_diff::rule::{self, Rule};
use wit_diff::surface::{Features, Views, resolve};
use wit_diff::verdict::Protect;

/// The rules that cannot show themselves without another one, with the others.
const COMPANIONS: [(&str, &[&str]); 9] = [
    ("deprecation-skipped", &["function-removed"]),
    ("item-made-unstable", &["function-removed"]),
    ("item-stabilised", &["function-added"]),
    ("resource-moved", &["interface-added"]),
    ("resource-origin-changed", &["import-made-export"]),
    ("since-item-changed", &["result-added"]),
    ("since-misdated", &["function-added"]),
    ("since-omitted", &["function-added"]),
    ("type-moved", &["interface-added"]),
];

/// Words that make a participle without ending in `-ed`.
const IRREGULAR: [&str; 1] = ["made"];

/// The ids that facts have, from the text of the one function that gives them.
fn ids_of_facts() -> BTreeSet<&'static str> {
    let text = include_str!("../src/change.rs");
    let (_, from) = text.split_once("fn rule(&self)").expect("change.rs has `fn rule`");
    let (body, _) = from.split_once("\n    }\n").expect("`fn rule` ends");
    body.split('"').skip(1).step_by(2).collect()
}

fn views(text: &str) -> Views {
    let file = SourceFile { path: "example.wit".into(), bytes: text.as_bytes().into() };
    let main = Bundle { path: "example.wit".into(), files: vec![file], binary: false };
    let revision = Revision {
        input: "example.wit".into(),
        kind: Kind::Path,
        commit: None,
        main,
        deps: Vec::new(),
        siblings: Vec::new(),
    };
    resolve(revision, &Features::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The rules that a pair of documents shows, each as often as it does.
fn shown(old: &str, new: &str) -> Vec<&'static str> {
    let (old, new) = (views(old), views(new));
    let open = (old.open.as_ref().unwrap_or(&old.judged), new.open.as_ref().unwrap_or(&new.judged));
    let comparison = compare(&old.judged, &new.judged, Some(open));
    let mut shown: Vec<_> = comparison.packages.iter().flat_map(|p| &p.changes).map(|c| c.fact.rule()).collect();
    shown.sort_unstable();
    shown
}

fn sentences(rule: &Rule) -> [(&'static str, &'static str); 3] {
    [("title", rule.title), ("why", rule.why), ("instead", rule.instead)]
}

#[test]
fn every_fact_has_a_row_and_every_row_a_fact() {
    let rows: BTreeSet<&str> = rule::all().map(|rule| rule.id).collect();
    let facts = ids_of_facts();
    assert!(facts.len() > 70, "only {} ids were found in change.rs", facts.len());
    assert_eq!(facts.difference(&rows).collect::<Vec<_>>(), Vec::<&&str>::new(), "facts without a row");
    assert_eq!(rows.difference(&facts).collect::<Vec<_>>(), Vec::<&&str>::new(), "rows without a fact");
}

#[test]
fn ids_are_unique_and_find_their_row() {
    let mut seen = BTreeSet::new();
    for rule in rule::all() {
        assert!(seen.insert(rule.id), "`{}` stands twice", rule.id);
        assert_eq!(rule::find(rule.id), Some(rule));
    }
    assert_eq!(rule::find("rule-invented"), None);
}

#[test]
fn ids_are_a_subject_and_a_past_participle() {
    for rule in rule::all() {
        let words: Vec<&str> = rule.id.split('-').collect();
        let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        assert!(words.iter().all(is_word), "`{}` is no kebab-case", rule.id);
        let is_participle = |word: &&str| word.ends_with("ed") || IRREGULAR.contains(word);
        assert!(words.iter().skip(1).any(is_participle), "`{}` has no participle behind a subject", rule.id);
    }
}

#[test]
fn texts_are_sentences_that_a_terminal_can_show() {
    for rule in rule::all() {
        for (name, text) in sentences(rule) {
            let place = format!("{}, {name}: {text}", rule.id);
            assert!(text.ends_with('.') && !text.ends_with(".."), "{place}");
            assert!(text.chars().next().is_some_and(char::is_uppercase), "{place}");
            assert!(!text.contains('\n') && !text.contains("  "), "{place}");
            assert!(text.matches('`').count() % 2 == 0, "{place}");
            let count = text.matches(". ").count() + 1;
            assert!(count <= if name == "title" { 1 } else { 3 }, "{place}");
        }
        assert!(rule.title.len() <= 90, "{}: {}", rule.id, rule.title);
        let numbers = rule.section.strip_prefix("SEMANTICS ").expect(rule.id);
        assert!(numbers.split(" and ").all(|n| matches!(n.parse(), Ok(1..=10))), "{}: {}", rule.id, rule.section);
    }
}

#[test]
fn titles_are_unique() {
    let mut seen = BTreeSet::new();
    for rule in rule::all() {
        assert!(seen.insert(rule.title), "two rules say: {}", rule.title);
    }
}

#[test]
fn examples_are_whole_documents() {
    for rule in rule::all() {
        for text in [rule.old, rule.new] {
            assert!(text.starts_with("package a:b@1.") || text.contains("\npackage a:b@1."), "{}\n{text}", rule.id);
            assert!(text.ends_with("}\n") && !text.contains('\t'), "{}\n{text}", rule.id);
            assert!(text.lines().all(|line| line.len() <= 80 && line.trim_end() == line), "{}\n{text}", rule.id);
            let mut whole = wit_parser::Resolve::new();
            whole.all_features = true;
            if let Err(error) = whole.push_str("example.wit", text) {
                panic!("{}: {error:#}\n{text}", rule.id);
            }
        }
    }
}

/// What is said of a gate weighs what its row says, whoever is protected.
#[test]
fn rules_about_gates_weigh_what_they_say() {
    let mut weighed = 0;
    for rule in rule::all() {
        let Some((_, said)) = rule.why.split_once("weighs `") else { continue };
        for protect in [Protect::Guests, Protect::Hosts, Protect::All] {
            let (old, new) = (views(rule.old), views(rule.new));
            let open = (old.open.as_ref().unwrap_or(&old.judged), new.open.as_ref().unwrap_or(&new.judged));
            let judgement = judge(compare(&old.judged, &new.judged, Some(open)), protect);
            let package = &judgement.packages[0];
            let changes = package.comparison.changes.iter().zip(&package.changes);
            let levels: Vec<_> = changes.filter(|(c, _)| c.fact.rule() == rule.id).map(|(_, j)| j).collect();
            let [Some(judged)] = levels[..] else { panic!("{} stands {} times", rule.id, levels.len()) };
            assert_eq!(judged.level.word(), said.split('`').next().unwrap(), "{}", rule.id);
            assert_eq!(judged.layers, Default::default(), "{}", rule.id);
        }
        weighed += 1;
    }
    assert!(rule::findings().all(|rule| rule.why.contains("weighs `")));
    assert_eq!(weighed, 13, "a rule about gates does not say what it weighs");
}

#[test]
fn examples_show_exactly_their_rule() {
    let mut wrong = Vec::new();
    for rule in rule::all() {
        let mut expected = vec![rule.id];
        expected.extend(COMPANIONS.iter().filter(|(id, _)| *id == rule.id).flat_map(|(_, others)| *others));
        expected.sort_unstable();
        let found = shown(rule.old, rule.new);
        if found != expected {
            wrong.push(format!("{} shows {found:?}", rule.id));
        }
        for side in [rule.old, rule.new] {
            let found = shown(side, side);
            if !found.is_empty() {
                wrong.push(format!("{} against itself shows {found:?}\n{side}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
