//! The book builds, every chapter is in it, and every link leads somewhere.

use super::*;
use mdbook_driver::MDBook;
use scraper::{Html, Selector};
use std::collections::BTreeSet;

#[test]
fn every_chapter_is_listed() {
    let _alone = alone();
    let summary = fs::read_to_string(source().join("SUMMARY.md")).unwrap();
    let (before, _) = summary.split_once("- [Rules](rules.md)\n").expect("the rules come last");
    let rules = wit_diff::rule::all()
        .chain(wit_diff::rule::costs())
        .map(|rule| format!("  - [`{0}`](rules/{0}.md)\n", rule.id));
    let expected = format!("{before}- [Rules](rules.md)\n{}", rules.collect::<String>());
    is_written(&source().join("SUMMARY.md"), &expected);
    for (name, _) in pages().iter().filter(|(name, _)| name != "SUMMARY") {
        assert!(summary.contains(&format!("({name}.md)")), "{name} is not in SUMMARY.md");
    }
}

#[test]
fn the_book_builds_and_every_link_leads_somewhere() {
    let _alone = alone();
    let scratch = tempfile::tempdir().unwrap();
    let mut book = MDBook::load(root().join("guide")).unwrap();
    book.config.build.build_dir = scratch.path().to_owned();
    book.build().unwrap();

    let (mut links, mut wrong) = (0, Vec::new());
    let (mut todo, mut seen) = (vec![scratch.path().join("index.html")], BTreeSet::new());
    while let Some(file) = todo.pop() {
        if !seen.insert(file.clone()) {
            continue;
        }
        let page = read(&file);
        // An include that found nothing is left as it stands.
        if page.root_element().text().any(|text| text.contains("{{#")) {
            wrong.push(format!("{}: an include", file.display()));
        }
        for link in page.select(&Selector::parse("main a[href], nav a[href]").unwrap()) {
            let href = link.value().attr("href").unwrap();
            if href.contains("://") {
                continue;
            }
            links += 1;
            let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = if path.is_empty() { file.clone() } else { normal(&file.parent().unwrap().join(path)) };
            let found = target.exists() && (anchor.is_empty() || has(&read(&target), anchor));
            if !found {
                wrong.push(format!("{}: {href}", file.display()));
            } else if target.extension().is_some_and(|end| end == "html") {
                todo.push(target);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(links > 500 && seen.len() > 90, "{links} links in {} pages", seen.len());
}

fn read(file: &Path) -> Html {
    Html::parse_document(&fs::read_to_string(file).unwrap())
}

fn has(page: &Html, id: &str) -> bool {
    page.select(&Selector::parse("[id]").unwrap()).any(|element| element.value().id() == Some(id))
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}
