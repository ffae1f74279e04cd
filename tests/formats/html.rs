//! The format `html`, as an HTML5 parser reads it. What a browser makes of it, `browser.rs` tries.

use super::complete::Complete;
use super::fixture::{all, is_golden, many, report};
use super::strangers::{STRANGE, acts_unseen, tame};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use wit_diff::report::*;

/// Everything that there is of packages.
const ALL: StabilityOptions = StabilityOptions { items: StabilityItems::Types, sort: StabilitySort::Rank };

#[test]
fn goldens() {
    for name in ["breaking", "hostile"] {
        is_golden(name, "report.html", &to_html(&report(name)));
    }
}

#[test]
fn every_finding_is_there_under_its_name() {
    for (name, report) in all() {
        let page = parsed(&to_html(&report));
        let names: Vec<&str> = select(&page, ".f").iter().filter_map(|found| found.attr("id")).collect();
        let changes = || report.packages.iter().flat_map(|package| &package.changes);
        let expected: BTreeSet<String> = changes().map(|change| format!("f-{}", change.fingerprint)).collect();
        assert_eq!(names.len(), changes().count(), "{name}");
        assert_eq!(expected, names.iter().map(ToString::to_string).collect(), "{name}");
        for change in changes() {
            let finding = select(&page, &format!("#f-{}", change.fingerprint));
            let text: String = finding.iter().flat_map(|found| found.text()).collect();
            assert!(text.contains(&change.rule), "{name}: {text}");
            // What would be a command to a runner is spelled out.
            let message = change.message.replace('`', "").replace(" ::", " \\u{3a}:");
            assert!(text.contains(&message), "{name}: {text}");
            assert_eq!(finding[0].attr("data-level"), Some(change.level.word()), "{name}");
        }
    }
}

#[test]
fn names_are_given_once_and_links_lead_to_them() {
    let twice = {
        let mut report = report("breaking");
        let mut again = report.packages[0].clone();
        again.changes.push(again.changes[0].clone());
        report.packages.push(again);
        report
    };
    let mut reports: Vec<(&str, Report)> = all().collect();
    reports.push(("twice", twice));
    reports.push(("strange", Complete(STRANGE).report()));
    for (name, report) in reports {
        let page = parsed(&to_html(&report));
        let mut known = BTreeSet::new();
        for found in select(&page, "[id]") {
            let id = found.attr("id").unwrap();
            assert!(known.insert(id), "{name}: {id} twice");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{name}: {id}");
        }
        let findings = report.packages.iter().map(|package| package.changes.len()).sum::<usize>();
        assert_eq!(select(&page, ".f").len(), findings, "{name}");
        let links = select(&page, "a[href]");
        let inside = links.iter().filter_map(|link| link.attr("href")?.strip_prefix('#'));
        for target in inside.filter(|target| !target.starts_with("rule=")) {
            assert!(known.contains(target), "{name}: #{target} leads nowhere");
        }
        for label in ["aria-labelledby", "for"] {
            for found in select(&page, &format!("[{label}]")) {
                assert!(known.contains(found.attr(label).unwrap()), "{name}: {label}");
            }
        }
    }
}

#[test]
fn nothing_is_loaded_and_nothing_else_runs() {
    let mut pages: Vec<(String, String)> = all().map(|(name, report)| (name.to_owned(), to_html(&report))).collect();
    pages.push(("strange".into(), to_html(&Complete(STRANGE).report())));
    pages.push(("strange log".into(), log_to_html(&Complete(STRANGE).log(None))));
    pages.push(("strange item".into(), log_to_html(&Complete(STRANGE).log(Some("a:b/i")))));
    pages.push(("strange stability".into(), stability_to_html(&Complete(STRANGE).stability(), &ALL)));
    for (name, text) in pages {
        let page = parsed(&text);
        let loads =
            ["src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "srcdoc", "style"];
        for (element, attributes) in shape(&page) {
            for (attribute, value) in attributes {
                assert!(!attribute.starts_with("on"), "{name}: {element} {attribute}");
                assert!(!loads.contains(&attribute.as_str()), "{name}: {element} {attribute}");
                if attribute == "href" && element != "link" {
                    let leads = value.starts_with('#') || value.starts_with("https://github.com/acme/wit/blob/");
                    assert!(leads, "{name}: {value}");
                }
            }
        }
        let icon = select(&page, "link");
        assert_eq!(icon.len(), 1, "{name}");
        assert!(icon[0].attr("href").unwrap().starts_with("data:image/svg+xml,"), "{name}");
        for only in ["script", "style", "title", "main", "h1"] {
            assert_eq!(
                select(&page, &format!("head > {only}, body > {only}, header > {only}")).len(),
                1,
                "{name}: {only}"
            );
        }
        assert_eq!(select(&page, "script").len(), 1, "{name}");
        for never in
            ["iframe", "object", "embed", "img", "base", "textarea", "plaintext", "image", "use", "foreignObject"]
        {
            assert!(select(&page, never).is_empty(), "{name}: {never}");
        }
        assert!(select(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").is_some_and(|policy| {
            policy.starts_with("default-src 'none'; ")
                && !policy.contains("unsafe")
                && policy.contains("base-uri 'none'")
        }));
        assert!(!text.contains(acts_unseen), "{name}");
    }
}

/// What strangers wrote adds no element and no attribute: the page has the shape of one on which nobody tried.
#[test]
fn strangers_leave_no_mark() {
    let (strange, tame) = (STRANGE.to_owned(), tame());
    let both: [fn(&str) -> String; 4] = [
        |text| to_html(&Complete(text).report()),
        |text| log_to_html(&Complete(text).log(None)),
        |text| log_to_html(&Complete(text).log(Some("a:b/i"))),
        |text| stability_to_html(&Complete(text).stability(), &ALL),
    ];
    for page in both {
        let names = |text: &str| -> Vec<String> {
            let named = |(element, attributes): (String, BTreeMap<String, String>)| {
                format!("{element} {}", attributes.into_keys().collect::<Vec<_>>().join(" "))
            };
            shape(&parsed(&page(text))).into_iter().map(named).collect()
        };
        let (strange, tame) = (names(&strange), names(&tame));
        assert!(strange.len() > 90, "{}", strange.len());
        let differs = strange.iter().zip(&tame).position(|(strange, tame)| strange != tame);
        assert_eq!(differs.map(|at| (&strange[at], &tame[at])), None);
        assert_eq!(strange.len(), tame.len());
    }
    // They are all shown, though: nothing was dropped.
    let page = parsed(&to_html(&Complete(STRANGE).report()));
    let text: String = page.root_element().text().collect();
    assert!(text.matches("<script>window.__pwned=1</script>").count() > 50);
}

/// How a side was found quotes names, which are code as everywhere.
#[test]
fn what_is_quoted_is_code() {
    let mut report = report("breaking");
    report.old.how = Some("the newest release tag in the history of `HEAD`".into());
    let text = to_html(&report);
    assert!(text.contains("in the history of <code>HEAD</code>"));
    assert!(!text.contains("`HEAD`"));
}

#[test]
fn an_address_that_is_no_site_is_no_link() {
    for address in ["javascript:alert(1)//", "data:text/html,", "http://plain.example", "//evil.example", ""] {
        let mut report = report("breaking");
        report.old.address = Some(address.into());
        report.new.address = Some(address.into());
        let page = parsed(&to_html(&report));
        for link in select(&page, "a[href]") {
            assert!(link.attr("href").unwrap().starts_with('#'), "{address}");
        }
        assert!(!select(&page, ".place").is_empty());
    }
}

#[test]
fn both_sides_stand_beside_each_other() {
    let report = report("breaking");
    let change = report.packages[0].changes.iter().find(|change| change.rule == "parameter-renamed").unwrap();
    let page = parsed(&to_html(&report));
    let card = Selector::parse(".card").unwrap();
    let finding = Selector::parse(&format!("#f-{}", change.fingerprint)).unwrap();
    let card = page.select(&card).find(|card| card.select(&finding).next().is_some()).unwrap();
    let rows: Vec<Vec<String>> = (card.select(&Selector::parse(".diff tbody tr").unwrap()))
        .map(|row| row.select(&Selector::parse("td").unwrap()).map(|cell| cell.text().collect()).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["24", "read: func(", "25", "read: func("],
            ["25", "    length: u64,", "26", "    length: u64,"],
            ["26 −", "    offset: u64,", "27 +", "    start: u64,"],
            ["27", ") -> result<list<u8>, error-code>;", "28", ") -> result<list<u8>, error-code>;"],
        ]
    );
    let marked =
        |name: &str| -> String { card.select(&Selector::parse(name).unwrap()).flat_map(|e| e.text()).collect() };
    assert_eq!((marked("del"), marked("ins")), ("offset".into(), "start".into()));
    let links: Vec<&str> =
        card.select(&Selector::parse(".diff a").unwrap()).filter_map(|link| link.attr("href")).collect();
    assert_eq!(
        links,
        [
            "https://github.com/acme/wit/blob/0000000000000000000000000000000000000000/wit/files.wit#L26",
            "https://github.com/acme/wit/blob/ffffffffffffffffffffffffffffffffffffffff/wit/files.wit#L27",
        ]
    );
}

#[test]
fn one_declaration_is_shown_once() {
    let mut report = report("breaking");
    let changes = &mut report.packages[0].changes;
    let again: Vec<ChangeReport> = (changes.iter().filter(|change| change.rule == "record-field-retyped"))
        .map(|change| ChangeReport { fingerprint: "another".into(), ..change.clone() })
        .collect();
    assert_eq!(again.len(), 1);
    let before =
        select(&parsed(&to_html(&Report { packages: report.packages.clone(), ..report.clone() })), ".diff").len();
    report.packages[0].changes.extend(again);
    let page = parsed(&to_html(&report));
    assert_eq!(select(&page, ".diff").len(), before);
    assert_eq!(select(&page, "#f-another").len(), 1);
}

#[test]
fn the_picture_shows_what_a_changed_type_reaches() {
    let page = parsed(&to_html(&report("breaking")));
    let nodes = select(&page, ".graph .node");
    let named = |name: &str| {
        let is_it = |node: &&ElementRef<'_>| {
            node.select(&Selector::parse(".name").unwrap()).any(|text| text.text().collect::<String>() == name)
        };
        nodes.iter().find(is_it).copied().unwrap_or_else(|| panic!("no {name}"))
    };
    let class = |name: &str| named(name).attr("class").unwrap().to_owned();
    assert_eq!(class("stat"), "node type major");
    assert_eq!(class("descriptor.read"), "node function major");
    assert_eq!(class("inspect"), "node function");
    assert_eq!(class("stats"), "node type");
    assert_eq!(class("types"), "node interface");
    assert_eq!(class("tool"), "node world");
    let target = named("stat").attr("href").unwrap().to_owned();
    let text: String = select(&page, &target).iter().flat_map(|finding| finding.text()).collect();
    assert!(text.contains("field size of record stat"), "{text}");
    let number = |name: &str| named(name).attr("data-n").unwrap();
    let step = format!(".edges path[data-a=\"{}\"][data-b=\"{}\"]", number("stat"), number("descriptor.stat"));
    assert!(!select(&page, &step).is_empty());
    assert!(select(&page, ".uses li").iter().any(|line| {
        line.text().collect::<String>() == "acme:files/types#stat is used by acme:files/types#[method]descriptor.stat"
    }));
}

/// Circles, loops, long ways, all with all, and more than anybody looks at.
#[test]
fn any_picture_is_drawn_in_bounds() {
    let mut random = fastrand::Rng::with_seed(6);
    let path = |item: usize| match item % 7 {
        0 => format!("acme:files/i{item}"),
        _ => format!("acme:files/types#t{item}"),
    };
    let step = |(item, by): (usize, usize)| UseReport { item: path(item), by: path(by) };
    let chain = |length: usize| (1..length).map(|item| (item - 1, item)).collect::<Vec<_>>();
    let mut shapes: Vec<Vec<(usize, usize)>> = vec![
        vec![(0, 0)],
        vec![(0, 1), (1, 0)],
        vec![(0, 1), (1, 2), (2, 0), (3, 3), (4, 5)],
        chain(500),
        chain(120).into_iter().chain((0..119).map(|item| (item, 119))).chain((1..119).map(|by| (0, by))).collect(),
        (0..40).flat_map(|item| (0..40).map(move |by| (item, by))).collect(),
        (0..5_000).map(|by| (0, by + 1)).collect(),
        (0..5_000).map(|item| (2 * item, 2 * item + 1)).collect(),
    ];
    for _ in 0..60 {
        let (items, steps) = (random.usize(2..200), random.usize(1..600));
        shapes.push((0..steps).map(|_| (random.usize(0..items), random.usize(0..items))).collect());
    }
    let mut given = report("breaking");
    for steps in shapes {
        given.packages[0].uses = steps.into_iter().map(step).collect();
        let text = to_html(&given);
        assert_eq!(text, to_html(&given));
        let page = parsed(&text);
        let nodes = select(&page, ".graph .node");
        let all: BTreeSet<&String> = given.packages[0].uses.iter().flat_map(|step| [&step.item, &step.by]).collect();
        assert!(nodes.len() <= all.len().min(120), "{} of {}", nodes.len(), all.len());
        if all.len() > 1 && nodes.is_empty() {
            panic!("nothing drawn of {}", all.len());
        }
        let size =
            |name: &str| -> f64 { select(&page, ".graph svg").first().unwrap().attr(name).unwrap().parse().unwrap() };
        for text in select(&page, ".graph .name") {
            let at = |name: &str| -> f64 { text.attr(name).unwrap().parse().unwrap() };
            assert!((0.0..size("width")).contains(&at("x")) && (0.0..size("height")).contains(&at("y")));
        }
    }
}

#[test]
fn ten_thousand_changes_are_one_page_of_a_size_to_send() {
    let text = to_html(&many(10_000));
    assert!(text.len() < 30_000_000, "{}", text.len());
    let page = parsed(&text);
    assert_eq!(select(&page, ".f").len(), 10_000);
    assert!(select(&page, "details.group[open]").len() < 10);
}

fn parsed(text: &str) -> Html {
    let page = Html::parse_document(text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Every element with its attributes, in the order of the page.
fn shape(page: &Html) -> Vec<(String, BTreeMap<String, String>)> {
    let element = |element: ElementRef<'_>| {
        let attributes = element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned()));
        (element.value().name().to_owned(), attributes.collect())
    };
    select(page, "*").into_iter().map(element).collect()
}
