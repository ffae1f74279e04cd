//! The format `markdown`: what GitHub makes of it, read by a parser of its dialect.

use super::fixture;
use super::strangers::{HARMLESS, HOSTILE, acts_unseen, spoilt};
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use wit_diff::report::*;
use wit_diff::verdict::{Level, Protect};

/// So long may a comment be, with a line more of who posts it.
const LIMIT: usize = 65_536 - 500;

/// What GitHub switches on, and some that it may.
fn github() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.inline_footnotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.shortcodes = true;
    extension.superscript = true;
    options.parse.relaxed_autolinks = true;
    options
}

/// Reads a text, and hands its nodes over.
fn read<T>(markdown: &str, with: impl for<'a> FnOnce(&'a AstNode<'a>) -> T) -> T {
    with(parse_document(&Arena::new(), markdown, &github()))
}

#[test]
fn goldens() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.md", &to_markdown(&report));
    }
}

/// Fails unless there is nothing in it but words, code, tables, lists, and links to where the repository is.
#[track_caller]
fn is_plain(markdown: &str) {
    assert!(markdown.len() <= LIMIT && markdown.ends_with('\n') && !markdown.ends_with("\n\n"));
    assert!(!markdown.contains(acts_unseen), "{markdown}");
    let mut open = 0;
    read(markdown, |root| {
        for node in root.descendants() {
            match &node.data.borrow().value {
                NodeValue::HtmlBlock(html) => open += is_own_html(html.literal.trim(), markdown),
                NodeValue::Link(link) => {
                    let to = ["https://github.com/acme/wit/blob/", "https://github.com/acme/wit/commit/"];
                    assert!(to.iter().any(|to| link.url.starts_with(to)), "{} in {markdown}", link.url);
                }
                NodeValue::CodeBlock(code) => {
                    assert!(code.fenced && code.closed, "{markdown}");
                    assert!(["diff", "wit", "mermaid"].contains(&code.info.as_str()), "{markdown}");
                }
                NodeValue::Text(text) => does_nothing(text, markdown),
                NodeValue::Document
                | NodeValue::Paragraph
                | NodeValue::Heading(_)
                | NodeValue::List(_)
                | NodeValue::Item(_)
                | NodeValue::Table(_)
                | NodeValue::TableRow(_)
                | NodeValue::TableCell
                | NodeValue::Code(_)
                | NodeValue::Strong
                | NodeValue::SoftBreak => {}
                other => panic!("{other:?} in {markdown}"),
            }
            assert!((0..=1).contains(&open), "details are not closed in {markdown}");
        }
    });
    assert_eq!(open, 0, "details are not closed in {markdown}");
}

/// What GitHub finds in text that is no markup: people, issues, commits, addresses, emoji.
#[track_caller]
fn does_nothing(text: &str, markdown: &str) {
    let found = text.contains(['@', '#', '<', '`', '|', '*', '_', '~', '$', '[', ']', '\\', '&'])
        || ["://", "www.", "mailto:"].iter().any(|part| text.contains(part))
        || text.split_whitespace().any(|word| word.to_lowercase().starts_with("gh-"))
        || text.split(' ').any(|word| word.matches(':').count() > 1)
        || text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
            word.len() > 6 && word.bytes().all(|b| b.is_ascii_hexdigit()) && word.bytes().any(|b| b.is_ascii_digit())
        });
    assert!(!found, "{text:?} in {markdown}");
}

/// Fails unless it is the marker or one of the tags that fold; how many `details` it leaves open.
#[track_caller]
fn is_own_html(html: &str, markdown: &str) -> i32 {
    if html == "</details>" {
        return -1;
    }
    if let Some(words) = html.strip_prefix("<!-- wit-diff").and_then(|rest| rest.strip_suffix("-->")) {
        assert!(!words.contains(['<', '>', '\n']) && !words.contains("--") && !words.contains("-!"), "{html}");
        assert_eq!(markdown.lines().next(), Some(html));
        return 0;
    }
    let summary = html.strip_prefix("<details>\n<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
    let summary = summary.unwrap_or_else(|| panic!("{html} in {markdown}"));
    let outside: Vec<&str> = summary.split("<code>").collect();
    assert!(!outside[0].contains(['<', '>', '@', '#']), "{html}");
    if let [_, rest] = outside[..] {
        let (name, rest) = rest.split_once("</code>").unwrap();
        assert!(!name.contains(['<', '>', '"', '\n']) && !rest.contains(['<', '>', '@', '#']), "{html}");
    }
    assert!(outside.len() <= 2, "{html}");
    1
}

/// The blocks of a text, and how many links each has.
fn shape(markdown: &str) -> Vec<String> {
    read(markdown, |root| {
        let blocks = root.descendants().filter(|node| node.data.borrow().value.block());
        blocks
            .map(|node| {
                let value = &node.data.borrow().value;
                let kind = match value {
                    NodeValue::Heading(heading) => format!("heading {}", heading.level),
                    NodeValue::CodeBlock(code) => format!("{} of {} lines", code.info, code.literal.lines().count()),
                    other => format!("{:?}", discriminant(other)),
                };
                let within = node.children().flat_map(|child| child.descendants());
                let links = within.filter(|node| matches!(node.data.borrow().value, NodeValue::Link(_)));
                format!("{} {kind} {}", node.ancestors().count(), links.count())
            })
            .collect()
    })
}

#[test]
fn what_is_shown_does_nothing() {
    for (_, report) in fixture::all() {
        is_plain(&to_markdown(&report));
    }
}

#[test]
fn text_of_strangers_changes_nothing_but_words() {
    for (name, report) in fixture::all() {
        let harmless = to_markdown(&spoilt(report.clone(), HARMLESS));
        is_plain(&harmless);
        for text in HOSTILE {
            let hostile = to_markdown(&spoilt(report.clone(), text));
            is_plain(&hostile);
            assert_eq!(shape(&hostile), shape(&harmless), "{name} with {text:?}:\n{hostile}");
        }
    }
}

/// An address that is none, or that would end the link.
#[test]
fn addresses_of_strangers() {
    for (address, count) in [
        ("javascript:alert(1)", 0),
        ("https://a.example/) ![b](https://c.example/d.png", 3),
        ("https://a.example/\n\n# b\n<img>", 3),
        ("data:text/html,<script>", 0),
    ] {
        let mut report = fixture::report("breaking");
        (report.old.address, report.new.address) = (Some(address.into()), Some(address.into()));
        let markdown = to_markdown(&report);
        let found = read(&markdown, |root| {
            let mut links = Vec::new();
            for node in root.descendants() {
                match &node.data.borrow().value {
                    NodeValue::Link(link) => links.push(link.url.clone()),
                    NodeValue::Image(_) | NodeValue::HtmlInline(_) => panic!("{markdown}"),
                    _ => {}
                }
            }
            links
        });
        assert!(found.len() >= count && (count > 0 || found.is_empty()), "{found:?}");
        assert!(found.iter().all(|url| url.starts_with("https://a.example/")), "{found:?}");
    }
}

/// The headings and, where they are told in a line, the items of lists that are about changes; and what is said of the
/// others.
fn told(markdown: &str) -> (usize, usize, usize) {
    let full = markdown.lines().filter(|line| line.starts_with("#### ")).count();
    let lines = markdown.lines().filter(|line| line.starts_with("- ") && line.contains("(`r-")).count();
    let end = markdown.lines().last().unwrap();
    let numbers = end.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse::<usize>().ok());
    (full, lines, if end.contains("left out here") { numbers.sum() } else { 0 })
}

fn many(count: usize, name: &str) -> Report {
    let mut report = fixture::report("several");
    let package = report.packages.iter_mut().find(|package| package.level == Some(Level::Major)).unwrap();
    let one = package.changes[0].clone();
    package.changes = (0..count)
        .map(|at| ChangeReport {
            rule: format!("r-{at}"),
            path: format!("acme:http/types#{name}{at}"),
            message: format!("type `{name}{at}` removed"),
            level: if at % 2 == 0 { Level::Major } else { Level::Minor },
            ..one.clone()
        })
        .collect();
    report.packages.retain(|package| package.level == Some(Level::Major));
    report
}

#[test]
fn no_comment_is_too_long_and_what_is_cut_is_counted() {
    for count in [1, 2, 10, 100, 300, 1_000, 20_000] {
        for name in ["n".to_owned(), "long-name-".repeat(12), "語".repeat(500), "`".repeat(5_000), "|<@".repeat(700)] {
            let report = many(count, &name);
            let markdown = to_markdown(&report);
            is_plain(&markdown);
            let (full, lines, left_out) = told(&markdown);
            assert_eq!(full + lines + left_out, count, "{full} + {lines} + {left_out} of {count} with {name:.20}");
            assert!(full > 0, "nothing is told");
            // What breaks comes first: nothing else is told before it has had its room.
            let breaking = count.div_ceil(2);
            assert!(full + lines >= breaking.min(5), "{full} and {lines} of {breaking} with {name:.20}");
        }
    }
}

#[test]
fn every_kind_of_line_is_bounded() {
    let long = "wörd ".repeat(500);
    for (name, report) in fixture::all() {
        let mut report = spoilt(report, &long);
        let package = report.packages.first().cloned();
        report.packages.extend(std::iter::repeat_n(package, 100).flatten());
        let error = report.errors[0].clone();
        report.errors.extend((0..300).map(|line| ErrorReport { line: Some(line), ..error.clone() }));
        let markdown = to_markdown(&report);
        is_plain(&markdown);
        assert!(markdown.contains("more"), "{name}");
    }
}

#[test]
fn one_line_where_nothing_changed() {
    let markdown = to_markdown(&fixture::report("unchanged"));
    let lines: Vec<&str> = markdown.lines().collect();
    assert!(
        matches!(lines[..], [marker, line] if marker.starts_with("<!-- wit-diff") && line.starts_with('✅')),
        "{markdown}"
    );
    // Not where a warning, or a package that is not honoured, has something to say.
    let mut report = fixture::report("unchanged");
    report.warnings.push("no gate names the feature `x`".into());
    assert!(to_markdown(&report).contains("no gate names the feature `x`"));
}

#[test]
fn the_headline_decides() {
    let begins = |name: &str, sign: &str| {
        let markdown = to_markdown(&fixture::report(name));
        let headline = markdown.lines().nth(1).unwrap();
        assert!(headline.starts_with(sign), "{headline}");
    };
    begins("breaking", "## ❌ major: 6 breaking changes for guests · `acme:files` needs 2.0.0, declares 1.3.0");
    begins("compatible", "## ✅ minor: ");
    begins("undetermined", "## ⚠️ undetermined, because the new side could not be loaded");
}

/// What fails the check is named, and is not folded.
#[test]
fn what_is_denied_is_shown() {
    let markdown = to_markdown(&fixture::denying("docs-changed"));
    let headline = markdown.lines().nth(1).unwrap();
    assert!(headline.ends_with(" · `acme:files` has 1 change of the denied rule `docs-changed`"), "{headline}");
    let lines: Vec<&str> =
        markdown.lines().filter(|line| line.contains("documentation of `error-code` changed")).collect();
    assert!(matches!(lines[..], [line] if line.starts_with("- ") && line.contains("`docs-changed`")), "{lines:?}");
    is_plain(&markdown);
    let at = markdown.find(lines[0]).unwrap();
    assert_eq!(markdown[..at].matches("<details>").count(), markdown[..at].matches("</details>").count(), "{markdown}");
    // Several rules, each with its count.
    let mut report = fixture::denying("docs-changed");
    let check = report.packages[0].check.as_mut().unwrap();
    check.denied = [("a".to_owned(), 3), ("b".to_owned(), 1), ("c".to_owned(), 1), ("d".to_owned(), 1)].into();
    let markdown = to_markdown(&report);
    let headline = markdown.lines().nth(1).unwrap();
    assert!(
        headline.ends_with("has 3 changes of the denied rule `a`, 1 of `b`, 1 of `c` and 1 of another"),
        "{headline}"
    );
}

/// Additions that no version tells fail, too: the first of them are shown, and all are counted.
#[test]
fn very_many_that_fail_are_folded_again() {
    for count in [1, 20, 21, 300, 5_000] {
        let mut report = fixture::report("compatible");
        let package = &mut report.packages[0];
        package.version.verdict = wit_diff::version::VersionVerdict::UnchangedVersion;
        let one = package.changes.iter().find(|change| change.level == Level::Minor).unwrap().clone();
        let change =
            |at| ChangeReport { rule: format!("r-{at}"), path: format!("acme:clock/wall#f{at}"), ..one.clone() };
        package.changes = (0..count).map(change).collect();
        let markdown = to_markdown(&report);
        is_plain(&markdown);
        let (full, lines, left_out) = told(&markdown);
        assert_eq!(full + lines + left_out, count, "{lines} and {left_out} of {count}");
        let (shown, _) = markdown.split_once("<details>").unwrap_or((&markdown, ""));
        assert_eq!(told(shown).1, count.min(20));
        let makes = if count == 1 { "1 change of `acme:clock` makes it fail" } else { "of `acme:clock` make it fail" };
        assert!(shown.contains(makes), "{shown}");
    }
}

/// Comments of one pull request that were asked for otherwise do not replace each other; those asked for alike do.
#[test]
fn markers() {
    let marker = |report: &Report| to_markdown(report).lines().next().unwrap().to_owned();
    let mut reports = vec![fixture::report("breaking")];
    let later = fixture::report("compatible");
    assert_eq!(marker(&reports[0]), marker(&later));
    for edit in [
        |report: &mut Report| report.protect = Protect::Hosts,
        |report: &mut Report| report.protect = Protect::All,
        |report: &mut Report| report.features = vec!["x".into()],
        |report: &mut Report| report.new.root = Some("other/wit".into()),
        |report: &mut Report| report.new.root = Some("--> <b>".into()),
        |report: &mut Report| report.new.root = None,
    ] {
        let mut report = fixture::report("breaking");
        edit(&mut report);
        reports.push(report);
    }
    let markers: BTreeSet<String> = reports.iter().map(marker).collect();
    assert_eq!(markers.len(), reports.len(), "{markers:?}");
    assert!(markers.contains("<!-- wit-diff -->"), "{markers:?}");
    assert!(markers.iter().all(|marker| marker.starts_with("<!-- wit-diff")), "{markers:?}");
}

/// Nodes by their id, and edges.
type Graph = (BTreeMap<String, String>, BTreeSet<(String, String)>);

/// The graphs of a text; fails where one is not of the few forms of line that we write.
fn graphs(markdown: &str) -> Vec<Graph> {
    let mut graphs = Vec::new();
    read(markdown, |root| {
        for node in root.descendants() {
            let NodeValue::CodeBlock(code) = &node.data.borrow().value else { continue };
            if code.info != "mermaid" {
                continue;
            }
            let is_id = |id: &str| id.strip_prefix('n').is_some_and(|number| number.parse::<usize>().is_ok());
            let (mut nodes, mut edges) = (BTreeMap::new(), BTreeSet::new());
            let mut lines = code.literal.lines();
            assert_eq!(lines.next(), Some("flowchart LR"));
            for line in lines {
                let line = line.trim_start();
                if let Some((id, label)) = line.strip_suffix("\"]").and_then(|line| line.split_once("[\"")) {
                    let is_label = |c: char| c.is_alphanumeric() || "/.-#;…".contains(c);
                    assert!(is_id(id) && label.chars().all(is_label), "{line}");
                    nodes.insert(id.to_owned(), label.to_owned());
                } else if let Some((from, to)) = line.split_once(" --> ") {
                    assert!(nodes.contains_key(from) && nodes.contains_key(to), "{line}");
                    edges.insert((from.to_owned(), to.to_owned()));
                } else if let Some(ids) = line.strip_prefix("class ").and_then(|line| line.strip_suffix(" broken")) {
                    assert!(ids.split(',').all(|id| nodes.contains_key(id)), "{line}");
                } else {
                    assert!(line.starts_with("classDef broken "), "{line}");
                }
            }
            assert!((3..=15).contains(&nodes.len()), "{} nodes", nodes.len());
            graphs.push((nodes, edges));
        }
    });
    graphs
}

#[test]
fn a_graph_of_what_is_reached_where_it_helps() {
    let with = |uses: &[(&str, &str)]| {
        let mut report = fixture::report("several");
        for package in &mut report.packages {
            let uses = uses.iter().filter(|_| package.level == Some(Level::Major));
            package.uses = uses.map(|(item, by)| UseReport { item: item.to_string(), by: by.to_string() }).collect();
        }
        graphs(&to_markdown(&report))
    };
    let request = "acme:http/types#request";
    assert!(with(&[]).is_empty());
    assert!(with(&[(request, "acme:http/handler#handle")]).is_empty(), "two nodes need no picture");
    assert!(with(&[("acme:http/types#other", "a"), ("a", "b"), ("b", "c")]).is_empty(), "nothing of it changed");
    let found = with(&[(request, "acme:http/handler#handle"), ("acme:http/handler#handle", "acme:http/proxy")]);
    let names: Vec<&String> = found[0].0.values().collect();
    assert_eq!(names, ["handler#35;handle", "proxy", "types#35;request"]);
    assert_eq!(found[0].1.len(), 2);
    // A circle ends, and a tangle is none.
    assert_eq!(with(&[(request, "a"), ("a", "b"), ("b", request)]).len(), 1);
    let names: Vec<String> = (0..40).map(|at| format!("acme:http/i{at}")).collect();
    assert!(with(&names.iter().map(|name| (request, name.as_str())).collect::<Vec<_>>()).is_empty());
    // Where all together would be one, a type that reaches few things is shown alone.
    let mut uses: Vec<(&str, &str)> = names.iter().map(|name| (request, name.as_str())).collect();
    uses.extend([("acme:http/types#method", "a"), ("a", "b")]);
    let found = with(&uses);
    assert_eq!(found[0].0.values().collect::<Vec<_>>(), ["a", "types#35;method", "b"]);
}
