//! The table of rules: complete, well named, every example shows what it claims, and what is told of them is made of it.
//! `BLESS=1` rewrites the chapters of the guide.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use wit_diff::compare::compare;
use wit_diff::judge::judge;
use wit_diff::pipeline::example;
use wit_diff::report::*;
use wit_diff::revision::{Bundle, Kind, Revision, SourceFile};
use wit_diff::rule::{self, Rule};
use wit_diff::surface::{Features, Views, resolve};
use wit_diff::verdict::{Level, Protect};

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
const IRREGULAR: [&str; 2] = ["grown", "made"];

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

/// The rules about changes, and those about costs.
fn every() -> impl Iterator<Item = &'static Rule> {
    rule::all().chain(rule::costs())
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
    for rule in every() {
        assert!(seen.insert(rule.id), "`{}` stands twice", rule.id);
        assert_eq!(rule::find(rule.id), Some(rule));
    }
    assert_eq!(rule::find("rule-invented"), None);
}

#[test]
fn ids_are_a_subject_and_a_past_participle() {
    for rule in every() {
        let words: Vec<&str> = rule.id.split('-').collect();
        let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        assert!(words.iter().all(is_word), "`{}` is no kebab-case", rule.id);
        let is_participle = |word: &&str| word.ends_with("ed") || IRREGULAR.contains(word);
        assert!(words.iter().skip(1).any(is_participle), "`{}` has no participle behind a subject", rule.id);
    }
}

#[test]
fn texts_are_sentences_that_a_terminal_can_show() {
    for rule in every() {
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
        if rule.is_cost() {
            assert!(rule.section.starts_with("Canonical ABI, "), "{}: {}", rule.id, rule.section);
            continue;
        }
        let numbers = rule.section.strip_prefix("SEMANTICS ").expect(rule.id);
        assert!(numbers.split(" and ").all(|n| matches!(n.parse(), Ok(1..=10))), "{}: {}", rule.id, rule.section);
    }
}

#[test]
fn titles_are_unique() {
    let mut seen = BTreeSet::new();
    for rule in every() {
        assert!(seen.insert(rule.title), "two rules say: {}", rule.title);
    }
}

#[test]
fn examples_are_whole_documents() {
    for rule in every() {
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

/// Every rule with its judged example.
fn examples() -> Vec<(&'static Rule, Example)> {
    rule::all().map(|rule| (rule, example(rule))).collect()
}

/// Those about costs, too.
fn all_examples() -> Vec<(&'static Rule, Example)> {
    every().map(|rule| (rule, example(rule))).collect()
}

#[test]
fn subjects_share_the_rules_out() {
    let shared: Vec<&str> = rule::subjects().iter().flat_map(|subject| subject.rules).map(|rule| rule.id).collect();
    assert_eq!(shared, every().map(|rule| rule.id).collect::<Vec<_>>());
    for subject in rule::subjects() {
        assert!(!subject.rules.is_empty() && subject.name.chars().all(|c| c.is_ascii_lowercase()), "{subject:?}");
        assert!(subject.about.ends_with('.'), "{subject:?}");
    }
}

/// What is said of a rule in prose is what the comparison says of its example.
#[test]
fn every_example_is_judged() {
    let examples = examples();
    for rule in explain_report(&examples).rules {
        let judged = rule.judged.as_ref().unwrap_or_else(|| panic!("{} is not judged", rule.id));
        let breaks = [judged.link, judged.source].iter().any(|parties| match parties {
            PartiesReport::Interface(parties) => parties.consumers.is_breaking() || parties.providers.is_breaking(),
            PartiesReport::World(parties) => parties.guests.is_breaking() || parties.hosts.is_breaking(),
        });
        let is_major = [judged.levels.guests, judged.levels.hosts].contains(&Level::Major);
        assert_eq!(breaks, is_major, "{}", rule.id);
        for advised in &rule.alternatives {
            for protect in &advised.protects {
                let level = if *protect == Protect::Guests { judged.levels.guests } else { judged.levels.hosts };
                assert_eq!(level, Level::Major, "{} needs no alternative for {protect:?}", rule.id);
            }
        }
        let companions = COMPANIONS.iter().find(|(id, _)| *id == rule.id).map_or(&[][..], |(_, others)| *others);
        assert_eq!(rule.beside, companions, "{}", rule.id);
    }
}

#[test]
fn every_rule_cites_sections_that_are_there() {
    let semantics = include_str!("../src/semantics.md");
    let examples = examples();
    for rule in explain_report(&examples).rules {
        assert!(!rule.sections.is_empty(), "{}", rule.id);
        for section in rule.sections {
            assert!(!section.title.is_empty(), "{}: SEMANTICS {}", rule.id, section.number);
            assert!(semantics.contains(&format!("\n## {}. {}\n", section.number, section.title)), "{}", rule.id);
        }
    }
}

/// Which rule goes back is found out, not written down; the names bear it out.
#[test]
fn the_reverse_of_a_reverse_is_the_rule() {
    let examples = examples();
    let reverse: BTreeMap<&str, &[&str]> = examples.iter().map(|(rule, e)| (rule.id, e.reverse.as_slice())).collect();
    for (id, reverses) in &reverse {
        assert!(reverses.len() <= 1, "{id} goes back by {reverses:?}");
        for other in *reverses {
            assert_eq!(reverse[other], [*id], "{other}");
        }
        for (word, opposite) in [("-added", "-removed"), ("-removed", "-added")] {
            let Some(subject) = id.strip_suffix(word) else { continue };
            assert_eq!(*reverses, [format!("{subject}{opposite}")], "{id}");
        }
    }
    for (one, other) in [
        ("function-made-async", "function-made-sync"),
        ("method-made-static", "static-made-method"),
        ("import-made-export", "export-made-import"),
        ("item-stabilised", "item-made-unstable"),
        ("resource-moved", "resource-made-own"),
    ] {
        assert_eq!(reverse[one], [other]);
    }
    assert!(reverse["parameter-renamed"].is_empty() && reverse["since-omitted"].is_empty());
}

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src")
}

/// Every chapter on rules, by its path in the guide.
fn chapters(examples: &[(&'static Rule, Example)]) -> BTreeMap<String, String> {
    let pages = examples.iter().map(|(rule, example)| (format!("rules/{}.md", rule.id), rule_page(rule, example)));
    pages.chain([("rules.md".into(), rules_page(&rules_report(examples)))]).collect()
}

#[test]
fn the_guide_says_what_the_rules_say() {
    let chapters = chapters(&all_examples());
    let directory = guide();
    if env::var_os("BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
        let _ = fs::remove_dir_all(directory.join("rules"));
        fs::create_dir_all(directory.join("rules")).unwrap();
        chapters.iter().for_each(|(path, text)| fs::write(directory.join(path), text).unwrap());
        return;
    }
    for (path, text) in &chapters {
        let found = fs::read_to_string(directory.join(path)).unwrap_or_default();
        let difference = similar::TextDiff::from_lines(found.as_str(), text);
        assert!(found == *text, "{path} differs (BLESS=1 rewrites it):\n{}", difference.unified_diff());
    }
    let found = fs::read_dir(directory.join("rules")).unwrap();
    let found = found.map(|entry| format!("rules/{}", entry.unwrap().file_name().to_string_lossy()));
    let left_over: Vec<String> = found.filter(|path| !chapters.contains_key(path)).collect();
    assert!(left_over.is_empty(), "left over (BLESS=1 removes them): {left_over:?}");
}

/// Read by a parser of Markdown: every link leads somewhere, and nothing but what was meant is markup.
#[test]
fn chapters_are_sound_markdown() {
    use comrak::nodes::NodeValue;
    let chapters = chapters(&all_examples());
    let mut options = comrak::Options::default();
    options.extension.table = true;
    for (path, text) in &chapters {
        let arena = comrak::Arena::new();
        let root = comrak::parse_document(&arena, text, &options);
        let (mut headings, mut links, mut fences) = (Vec::new(), 0, Vec::new());
        for node in root.descendants() {
            match &node.data.borrow().value {
                NodeValue::Heading(heading) => headings.push(heading.level),
                NodeValue::Link(link) => {
                    let leads_to = Path::new(path).parent().unwrap().join(&link.url);
                    let leads_to = leads_to.to_string_lossy().replace("rules/../", "");
                    assert!(chapters.contains_key(&leads_to), "{path}: {}", link.url);
                    links += 1;
                }
                NodeValue::CodeBlock(block) => {
                    assert!(["diff", "text", "wit"].contains(&block.info.as_str()), "{path}: {}", block.info);
                    fences.push(block.literal.clone());
                }
                NodeValue::HtmlBlock(block) => assert!(block.literal.starts_with("<!-- Made from"), "{path}"),
                NodeValue::HtmlInline(html) => panic!("{path}: {html}"),
                NodeValue::Image(image) => panic!("{path}: {}", image.url),
                _ => {}
            }
        }
        assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1, "{path}");
        if path == "rules.md" {
            assert_eq!(links, chapters.len() - 1);
            continue;
        }
        let id = path.trim_start_matches("rules/").trim_end_matches(".md");
        let rule = rule::find(id).unwrap();
        let side = |sign: char| -> String {
            let lines = fences[0].lines().filter(|line| !line.starts_with(sign));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
        };
        assert_eq!((side('+').as_str(), side('-').as_str()), (rule.old, rule.new), "{path}");
    }
}

#[test]
fn what_is_printed_as_markdown_leads_nowhere() {
    let examples = all_examples();
    let rules = rules_to_markdown(&rules_report(&examples));
    let explained = explain_to_markdown(&explain_report(&examples));
    for rule in every() {
        assert!(rules.contains(&format!("| `{}` | ", rule.id)), "{}", rule.id);
        assert!(explained.contains(&format!("# `{}`\n", rule.id)), "{}", rule.id);
    }
    assert!(!rules.contains("](") && !explained.contains("]("));
}

#[test]
fn texts_keep_to_the_width() {
    let examples = all_examples();
    let (rules, explained) = (rules_report(&examples), explain_report(&examples));
    for width in [40, 60, 80, 100, 200] {
        let options = TextOptions { width, ..TextOptions::default() };
        let text = rules_to_text(&rules, &options);
        for line in text.lines() {
            assert!(textwrap::core::display_width(line) <= width && line == line.trim_end(), "{width}: {line:?}");
        }
        for id in every().map(|rule| rule.id) {
            assert!(text.lines().any(|line| line.starts_with(id)), "{width}: no line begins with {id}");
        }
        let text = explain_to_text(&explained, &TextOptions { verbose: true, ..options });
        for line in text.lines().filter(|_| width >= 100) {
            assert!(textwrap::core::display_width(line) <= width && line == line.trim_end(), "{width}: {line:?}");
        }
    }
    let bare = rules_to_text(&rules, &TextOptions::default());
    let coloured = rules_to_text(&rules, &TextOptions { color: true, ..TextOptions::default() });
    assert!(!bare.contains('\u{1b}') && coloured.contains('\u{1b}'));
    assert_eq!(coloured.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", ""), bare);
}
