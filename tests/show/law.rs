//! Over all cases and the corpus: the lines differ where the comparison says more than `patch`, and nowhere else.

use crate::{options, pairs, shuffle};
use pairs::Pair;
use std::fs;
use std::path::Path;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{Report, ShowOptions, Status, show, show_file};
use wit_diff::revision::{Target, from_text};
use wit_diff::surface::{Features, resolve};
use wit_diff::verdict::Level;

/// What differs for the comparison and not in the lines, or the other way round, and why.
const APART: [(&str, &str); 1] = [(
    "layout/nested-package",
    "a package that is written in the files of another is shown as one of those that were asked for",
)];

fn all() -> Vec<(Pair, Options)> {
    let cases = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"));
    let mut all: Vec<(Pair, Options)> = cases.map(|case| (case.clone(), options::of(&case))).collect();
    for pair in pairs::neighbours(&pairs::corpora().into_iter().next().expect("the corpus in testdata")) {
        for everything in [false, true] {
            let features = Features { all: everything, ..Features::default() };
            all.push((pair.clone(), Options { features, ..Options::default() }));
        }
    }
    all
}

fn text(path: &Path, options: &Options) -> String {
    let shown = pipeline::show(&Target::typed(&path.to_string_lossy()), options);
    assert!(shown.errors.is_empty(), "{}: {:?}", path.display(), shown.errors);
    show(&shown.surfaces, &ShowOptions::default())
}

fn report(pair: &Pair, options: &Options) -> Report {
    let report = pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), options);
    assert_eq!(report.status, Status::Complete, "{}: {:?}", pair.name, report.errors);
    report
}

/// Without the versions of the packages themselves.
fn unversioned(text: &str) -> String {
    let line = |line: &str| match line.split_once(" package") {
        Some((path, _)) if !path.contains(['#', '/']) => format!("{path} package\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn lines_differ_where_more_than_documentation_does() {
    let (mut differ, mut equal, mut wrong) = (0, 0, Vec::new());
    for (pair, options) in all() {
        let (old, new) = (unversioned(&text(&pair.old, &options)), unversioned(&text(&pair.new, &options)));
        let report = report(&pair, &options);
        if old == new {
            equal += 1
        } else {
            differ += 1
        }
        let is_apart = APART.iter().any(|(name, _)| *name == pair.name);
        if ((old != new) != (report.level > Level::Patch)) != is_apart {
            let lines = similar::TextDiff::from_lines(&old, &new).unified_diff().to_string();
            let rules: Vec<_> =
                report.packages.iter().flat_map(|p| &p.changes).map(|c| (c.level, &c.rule, &c.path)).collect();
            wrong.push(format!("{}: {:?} {rules:?}\n{lines}", pair.name, report.level));
        }
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
    for (name, _) in APART {
        assert!(all().iter().any(|(pair, _)| pair.name == name), "{name} is gone");
    }
    assert!(differ > 200 && equal > 40, "{differ} pairs differ, {equal} are equal");
}

#[test]
fn order_and_layout_change_no_line() {
    let mut shuffled = 0;
    for (pair, _) in all() {
        let Ok(plain) = fs::read_to_string(&pair.new) else { continue };
        let turned = shuffle::reversed(&plain);
        let lines = |text: &str| show_file(text);
        assert_eq!(lines(&plain), lines(&turned), "{}", pair.name);
        assert_eq!(lines(&plain), lines(&plain.replace('\n', "\r\n")), "{}", pair.name);
        let resolved = |text: &str| {
            let views = resolve(from_text("a.wit", text), &Features { all: true, ..Features::default() });
            show(&[views.unwrap_or_default().judged], &ShowOptions::default())
        };
        assert_eq!(resolved(&plain), resolved(&turned), "{}", pair.name);
        shuffled += 1;
    }
    assert!(shuffled > 150, "only {shuffled} texts were shuffled");
}

/// What a file says by itself is all that its package is made of, where it is the only one.
#[test]
fn a_file_by_itself_differs_where_its_package_does() {
    let mut differ = 0;
    for (pair, options) in all() {
        let (Ok(old), Ok(new)) = (fs::read_to_string(&pair.old), fs::read_to_string(&pair.new)) else { continue };
        if text(&pair.old, &options) != text(&pair.new, &options) {
            assert_ne!(show_file(&old), show_file(&new), "{}", pair.name);
            differ += 1;
        }
    }
    assert!(differ > 100, "{differ} pairs differ");
}

#[test]
fn every_line_begins_with_the_path_of_its_item() {
    let mut compared = 0;
    for (pair, options) in all() {
        let shown = text(&pair.new, &options);
        let report = report(&pair, &options);
        let paths: std::collections::BTreeSet<&str> =
            shown.lines().filter_map(|line| Some(line.split_once(' ')?.0)).collect();
        assert_eq!(paths.iter().filter(|path| path.contains(':')).count(), paths.len(), "{}", pair.name);
        for change in report.packages.iter().flat_map(|package| &package.changes) {
            let rules =
                ["function-added", "type-added", "resource-added", "interface-added", "world-added", "import-added"];
            // What is behind a gate that is shut is no part of the promise.
            if rules.contains(&&*change.rule) && change.level > Level::Patch && change.path.starts_with("a:b") {
                assert!(paths.contains(&*change.path), "{}: no line for {}:\n{shown}", pair.name, change.path);
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "{compared} items were added");
}
