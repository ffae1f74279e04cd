//! The levels of real packages equal those that people gave them by hand.

#[path = "support/pairs.rs"]
mod pairs;

use std::fs;
use std::path::Path;
use wit_diff::pipeline::{self, Options};

/// The rows of a corpus whose level differs from the label, and how many were read.
fn wrong_levels(corpus: &Path, confidence: &str) -> (Vec<String>, usize) {
    let labels = fs::read_to_string(corpus.join("LABELS.tsv")).unwrap();
    let (mut wrong, mut read) = (Vec::new(), 0);
    for row in labels.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [series, old, new, package, _, level, _, _, sure, reason] = columns[..] else {
            panic!("{}: a row has {} columns: {row}", corpus.display(), columns.len());
        };
        if sure != confidence {
            continue;
        }
        let pair = pairs::corpus_pair(&corpus.join(series), old, new);
        let report = pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &Options::default());
        let found = report.packages.iter().find(|found| found.name == package).and_then(|found| found.level);
        read += 1;
        if found.map(|level| level.word()) != Some(level) {
            let found = found.map_or("undetermined", |level| level.word());
            wrong.push(format!("{}: found {found}, labelled {level}: {reason}", pair.name));
        }
    }
    (wrong, read)
}

#[test]
fn every_sure_label_holds() {
    for corpus in pairs::corpora() {
        let (wrong, read) = wrong_levels(&corpus, "high");
        assert!(wrong.is_empty(), "{} of {read}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(read >= 50, "only {read} labels were read");
    }
}
