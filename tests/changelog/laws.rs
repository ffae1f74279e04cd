//! What holds of every case and of every corpus pair.

use super::*;
use std::collections::BTreeSet;
use wit_diff::report::{ChangelogKind, PackageStatus};
use wit_diff::verdict::Level;

/// The report on each pair, by name.
fn reports() -> Vec<(String, Report)> {
    let mut pairs: Vec<_> = pairs::cases().into_iter().map(|case| (options::of(&case), case)).collect();
    for corpus in pairs::corpora() {
        pairs.extend(pairs::neighbours(&corpus).into_iter().map(|pair| (Options::default(), pair)));
    }
    let name = |path: &std::path::Path| path.display().to_string();
    let reports: Vec<_> = (pairs.iter())
        .map(|(options, pair)| (pair.name.clone(), pipeline::run(&name(&pair.old), &name(&pair.new), options)))
        .collect();
    assert!(reports.len() > 330, "only {} pairs are there", reports.len());
    reports
}

const THEIRS: &str = "# Our changes\r\n\r\nSome words.\r\n\r\n## [Unreleased]\r\n\r\n- Soon.\r\n\r\n## [0.0.1] - 2020-02-02\r\n\r\n\
                      ### Added\r\n\r\n* A bullet.\r\n* Another `bullet`,\r\n  with a line.\r\n\r\n[Unreleased]: https://example.test\r\n";

#[test]
fn laws() {
    let mut told = 0;
    for (name, report) in reports() {
        let found = sections(&report);
        let text = changelog_to_markdown(&found);
        is_plain(&text);
        assert_eq!(found, sections(&report), "{name}: two runs differ");
        every_change_is_told_once(&name, &report, &found);
        told += found.iter().filter(|section| !section.groups.is_empty()).count();

        let file = merge_changelog("", &found).unwrap();
        is_plain(&file);
        assert_eq!(merge_changelog(&file, &found).unwrap(), file, "{name}: a second merge");
        assert_eq!(file.is_empty(), text.is_empty(), "{name}");
        let begin =
            "# Changelog\n\nWhat changed in each version, for those who use it. What breaks somebody comes first.\n\n";
        let all = if text.is_empty() { String::new() } else { format!("{begin}{text}") };
        assert_eq!(without_marks(&file), all, "{name}: the file says something else");

        let merged = merge_changelog(THEIRS, &found).unwrap();
        assert_eq!(merge_changelog(&merged, &found).unwrap(), merged, "{name}: a second merge");
        assert!(merged.split('\n').all(|line| line.is_empty() || line.ends_with('\r')), "{name}: line ends");
        let mut lines = merged.lines();
        for line in THEIRS.lines() {
            assert!(lines.any(|other| other == line), "{name}: {line:?} is gone from {merged}");
        }
    }
    assert!(told > 250, "only {told} sections");
}

/// Each change stands in one entry, those that break somebody under Breaking; only remarks about gates in none.
fn every_change_is_told_once(name: &str, report: &Report, sections: &[ChangelogSection]) {
    let judged = report.packages.iter().filter(|package| package.level.is_some());
    for (package, section) in judged.zip(sections) {
        assert_eq!(package.name, section.package);
        let entries = || section.groups.iter().flat_map(|group| group.entries.iter().map(|entry| (group.kind, entry)));
        let ids: BTreeSet<&str> = entries().map(|(_, entry)| entry.id.as_str()).collect();
        assert_eq!(ids.len(), entries().count(), "{name}: two entries with one id");
        for change in &package.changes {
            let is_it = |(_, entry): &(ChangelogKind, &_)| {
                let entry: &wit_diff::report::ChangelogEntry = entry;
                entry.changes.contains(&change.fingerprint)
            };
            let kinds: Vec<ChangelogKind> = entries().filter(is_it).map(|(kind, _)| kind).collect();
            let is_major = change.level == Level::Major && change.gate.is_none();
            let is_remark = change.rule.starts_with("since-") || change.rule.starts_with("deprecation-");
            let is_quiet = change.track.is_some() && change.level <= Level::Patch;
            match kinds.as_slice() {
                // What a dependency did is told in one entry.
                [ChangelogKind::Breaking] if change.track.is_some() => {}
                // Why it is gone is told where it is told that it is.
                [ChangelogKind::Breaking] if change.rule == "item-made-unstable" => {}
                [kind] => {
                    assert_eq!(is_major, *kind == ChangelogKind::Breaking, "{name}: {} is {kind:?}", change.message)
                }
                [] => assert!(is_remark || is_quiet, "{name}: {} is not told", change.message),
                _ => panic!("{name}: {} is told {} times", change.message, kinds.len()),
            }
        }
        let breaks = section.groups.iter().any(|group| group.kind == ChangelogKind::Breaking);
        let is_major = package.level == Some(Level::Major);
        assert_eq!(breaks, is_major, "{name}: {:?}", section.groups);
        let is_quiet = package.changes.is_empty() && package.status == PackageStatus::Unchanged;
        assert!(!section.groups.is_empty() || is_quiet || package.changes.is_empty(), "{name} has nothing to tell");
    }
}
