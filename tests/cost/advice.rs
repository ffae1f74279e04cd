//! What is advised: of the corpus and of WASI, whole, as a golden; and of small packages beside each threshold.

use crate::pairs;
use crate::scratch::Scratch;
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use wit_diff::cost::{self, Fact, Finding};
use wit_diff::revision::{self, Options, Revision};
use wit_diff::surface::{Features, resolve_whole};

/// The newest releases of both tracks.
const RELEASES: [&str; 2] = ["v0.2.12", "v0.3.0"];

fn advice(revision: Revision) -> Vec<Finding> {
    let (_, resolved) = resolve_whole(revision, &Features { all: true, ..Features::default() }).unwrap();
    let calls = cost::of(&resolved, cost::LENGTH);
    let advice = cost::advise(&resolved, &calls);
    assert_eq!(cost::advise(&resolved, &calls), advice);
    advice
}

/// One line, figures after the rule.
fn line(finding: &Finding) -> String {
    let figures = match &finding.fact {
        Fact::GettersScattered { getters, flat, bytes } => {
            format!("{getters} getters; a record of all is {flat} flat values, {bytes} bytes")
        }
        Fact::CallsRepeated { way, bytes } => format!("{way:?}, one element is {bytes} bytes"),
        Fact::ListCollected { part, bytes, buffers } => {
            format!("{part}, one element is {bytes} bytes, {buffers} buffers")
        }
        Fact::CaseOutsized { case, bytes, others } => format!("{case} is {bytes} bytes, no other more than {others}"),
        Fact::StateReturned { bytes } => format!("{bytes} bytes go in and come back"),
        Fact::RecordRepeated { record, functions, bytes } => {
            format!("{functions} functions take {record}, {bytes} bytes")
        }
        Fact::ListsNested { part, buffers } => format!("{part}, {buffers} buffers where all are of length 16"),
        fact => panic!("{fact:?} is no advice"),
    };
    format!("{} {}: {figures}", finding.fact.rule(), finding.path)
}

/// Versions, and what is said of all of them alike.
type Said = (Vec<String>, Vec<String>);

/// What is said of each version of each series, with the versions of which the same is said.
fn said(versions: impl IntoIterator<Item = (String, String, Revision)>) -> (String, usize) {
    let mut series: Vec<(String, Vec<Said>)> = Vec::new();
    let mut packages = 0;
    for (name, version, revision) in versions {
        packages += 1;
        let lines: Vec<String> = advice(revision).iter().map(line).collect();
        if series.last().is_none_or(|(last, _)| *last != name) {
            series.push((name, Vec::new()));
        }
        let said = &mut series.last_mut().unwrap().1;
        match said.iter_mut().find(|(_, known)| *known == lines) {
            Some((versions, _)) => versions.push(version),
            None => said.push((vec![version], lines)),
        }
    }
    let mut text = String::new();
    for (name, said) in series {
        for (versions, lines) in said {
            writeln!(text, "{name} {}", versions.join(" ")).unwrap();
            lines.iter().for_each(|line| writeln!(text, "    {line}").unwrap());
        }
    }
    (text, packages)
}

fn corpus(corpus: &Path) -> impl Iterator<Item = (String, String, Revision)> {
    pairs::versions(corpus).into_iter().map(|(series, version, directory)| {
        let revision = revision::load(directory.to_str().unwrap(), &Options::default()).unwrap();
        (series, version, revision)
    })
}

fn wasi(scratch: &Scratch) -> Vec<(String, String, Revision)> {
    scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
    let options = Options { repo: Some(scratch.path().into()), ..Options::default() };
    let mut found: BTreeMap<String, Vec<(String, String, Revision)>> = BTreeMap::new();
    for release in RELEASES {
        let packages = scratch.git(&["ls-tree", "--name-only", release, "proposals/"]);
        for package in packages.lines() {
            let revision = revision::load(&format!("{release}:{package}/wit"), &options).unwrap();
            let name = format!("release {}", package.trim_start_matches("proposals/"));
            found.entry(name.clone()).or_default().push((name, release.to_owned(), revision));
        }
    }
    found.into_values().flatten().collect()
}

/// Everything that is said of packages that people have published: rarely anything, and what they would agree with.
#[test]
fn of_the_corpus_and_of_wasi_this_is_said() {
    let scratch = Scratch::empty();
    let (text, packages) = said(corpus(&pairs::corpora()[0]).chain(wasi(&scratch)));
    assert!(packages > 80, "only {packages} packages were looked at");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cost/advice.txt");
    if env::var_os("BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(expected.as_str(), &text);
    assert!(expected == text, "it differs (BLESS=1 rewrites it):\n{}", difference.unified_diff());
}
