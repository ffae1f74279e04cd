//! The pairs that tests run over: the case directories, and neighbouring versions of the corpus.

#![allow(dead_code)] // Every test target that includes this module uses its own part of it.

use std::fs;
use std::path::{Path, PathBuf};

/// Two revisions on disk.
#[derive(Clone, Debug)]
pub struct Pair {
    /// `record/field-added` or `wasi-http 0.2.0 0.2.1`.
    pub name: String,
    /// The directory of a case; of a corpus pair, that of the series.
    pub directory: PathBuf,
    /// The old side.
    pub old: PathBuf,
    /// The new side.
    pub new: PathBuf,
}

/// The project's directory; `tests/source` is a package of its own below it.
fn root() -> &'static Path {
    let directories = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    directories.into_iter().find(|directory| directory.join("testdata").is_dir()).expect("`testdata` is there")
}

/// Every case directory, sorted by name.
pub fn cases() -> Vec<Pair> {
    let mut cases = Vec::new();
    for topic in directories(&root().join("testdata/cases")) {
        for directory in directories(&topic) {
            let name = format!("{}/{}", name(&topic), name(&directory));
            let side = |side: &str| {
                let file = directory.join(format!("{side}.wit"));
                if file.exists() { file } else { directory.join(side) }
            };
            cases.push(Pair { name, old: side("old"), new: side("new"), directory: directory.clone() });
        }
    }
    assert!(cases.len() > 200, "the cases are not where they belong: {} found", cases.len());
    cases
}

/// The corpora that are there: the one in `testdata/`, and the whole one beside the project.
pub fn corpora() -> Vec<PathBuf> {
    let corpora = [root().join("testdata/corpus"), root().join("../shared/corpus")];
    corpora.into_iter().filter(|corpus| corpus.join("LABELS.tsv").exists()).collect()
}

/// Neighbouring versions of every series of a corpus, in the order of their versions.
pub fn neighbours(corpus: &Path) -> Vec<Pair> {
    let neighbours =
        |versions: &[PathBuf]| versions.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    in_series(corpus, &neighbours)
}

/// Every version of every series of a corpus against every other one, forwards and backwards.
pub fn strangers(corpus: &Path) -> Vec<Pair> {
    in_series(corpus, &|versions| {
        let all = || versions.iter().cloned();
        all().flat_map(|old| all().map(move |new| (old.clone(), new))).filter(|(old, new)| old != new).collect()
    })
}

/// Every version of every series of a corpus, with its directory, in the order of their versions.
pub fn versions(corpus: &Path) -> Vec<(String, String, PathBuf)> {
    let series = directories(corpus).into_iter();
    series
        .flat_map(|series| {
            versions_of(&series).into_iter().map(move |path| (name(&series), name(&path), path.join("wit")))
        })
        .collect()
}

/// An old and a new version.
type Chosen = (PathBuf, PathBuf);

fn in_series(corpus: &Path, choose: &dyn Fn(&[PathBuf]) -> Vec<Chosen>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for series in directories(corpus) {
        for (old, new) in choose(&versions_of(&series)) {
            pairs.push(corpus_pair(&series, &name(&old), &name(&new)));
        }
    }
    pairs
}

fn versions_of(series: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> =
        directories(series).into_iter().filter(|version| version.join("wit").is_dir()).collect();
    versions.sort_by_key(|version| semver::Version::parse(&name(version)).ok());
    versions
}

/// Two versions of one series.
pub fn corpus_pair(series: &Path, old: &str, new: &str) -> Pair {
    Pair {
        name: format!("{} {old} {new}", name(series)),
        directory: series.to_path_buf(),
        old: series.join(old).join("wit"),
        new: series.join(new).join("wit"),
    }
}

fn directories(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
