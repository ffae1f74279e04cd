//! Holds the recorded answers of `testdata/cases/LINK.tsv` against the official validator.

#[path = "support/oracle.rs"]
mod oracle;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wit_parser::{PackageId, Resolve};

type Question = (String, String);

#[test]
fn the_validator_gives_every_recorded_answer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let recorded = recorded(&root.join("testdata/cases/LINK.tsv"));
    let mut wrong = Vec::new();
    for (case, expected) in &recorded {
        let Some(directory) = find(root, case) else {
            wrong.push(format!("{case}: found nowhere"));
            continue;
        };
        let (old, old_package) = side(&directory, "old");
        let (new, new_package) = side(&directory, "new");
        let answers = oracle::ask(&old, old_package, &new, new_package);
        let given: BTreeMap<Question, (String, String)> = answers
            .into_iter()
            .map(|(item, party, verdict, message)| {
                let verdict = match verdict {
                    Ok(true) => "compatible".to_string(),
                    Ok(false) => "breaking".to_string(),
                    Err(reason) => format!("unknown, {reason}"),
                };
                ((item, party.to_string()), (verdict, message))
            })
            .collect();
        for (question @ (item, party), expected) in expected {
            match given.get(question) {
                Some((verdict, _)) if verdict == expected => {}
                Some((verdict, message)) => {
                    wrong.push(format!("{case}, {item}, {party}: recorded {expected}, answered {verdict} {message}"));
                }
                None => wrong.push(format!("{case}, {item}, {party}: recorded {expected}, cannot be asked")),
            }
        }
        for (item, party) in given.keys().filter(|question| !expected.contains_key(*question)) {
            wrong.push(format!("{case}, {item}, {party}: answered, but not recorded"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(recorded.values().map(BTreeMap::len).sum::<usize>(), 234);
}

/// The recorded verdicts, by case and question.
fn recorded(path: &Path) -> BTreeMap<String, BTreeMap<Question, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut cases: BTreeMap<String, BTreeMap<Question, String>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let [case, item, party, verdict] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{}: four columns expected: {line}", path.display());
        };
        let question = (item.to_string(), party.to_string());
        let twice = cases.entry(case.to_string()).or_default().insert(question, verdict.to_string());
        assert_eq!(twice, None, "{}: recorded twice: {line}", path.display());
    }
    cases
}

/// The directory of the case: under some topic of ours, or among the shared ones.
fn find(root: &Path, case: &str) -> Option<PathBuf> {
    let shared = root.join("../shared/cases").join(case);
    find_below(&root.join("testdata/cases"), case).or_else(|| shared.is_dir().then_some(shared))
}

fn find_below(directory: &Path, case: &str) -> Option<PathBuf> {
    let here = directory.join(case);
    if here.is_dir() {
        return Some(here);
    }
    let entries = fs::read_dir(directory).ok()?.filter_map(Result::ok);
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).find_map(|path| find_below(&path, case))
}

/// One side of the case: a file or a directory.
fn side(case: &Path, name: &str) -> (Resolve, PackageId) {
    let file = case.join(format!("{name}.wit"));
    let path = if file.is_file() { file } else { case.join(name) };
    oracle::load(&path).unwrap_or_else(|error| panic!("{}: {error:#}", path.display()))
}
