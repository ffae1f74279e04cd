//! Edits that nobody has saved yet are read as if they were.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use wit_diff::error::ErrorKind;
use wit_diff::revision::{Contents, Options, Store, load, open};

use super::Scratch;

const OLD: &str = "package a:b@1.0.0; interface i { f: func(); }";
const NEW: &str = "package a:b@1.1.0; interface i { f: func(); g: func(); }";

impl Scratch {
    /// With `text` as what nobody has saved yet of the file at `path`.
    fn unsaved(&self, path: &str, text: &str) -> Options {
        let place = fs::canonicalize(self.path().join(path)).unwrap();
        let unsaved = BTreeMap::from([(place, Contents::from(text.as_bytes()))]);
        Options { unsaved: Arc::new(unsaved), ..self.options() }
    }
}

#[test]
fn what_is_unsaved_is_read_however_it_is_named() {
    let scratch = Scratch::new();
    scratch.write("wit/a.wit", OLD).write("wit/b.wit", "interface j {}");
    let options = scratch.unsaved("wit/a.wit", NEW);
    for input in ["wit", "wit/a.wit", "./wit/../wit/a.wit", "path:wit"] {
        let loaded = load(input, &options).unwrap();
        assert_eq!(&*loaded.main.files[0].bytes, NEW.as_bytes(), "{input}");
        assert!(loaded.main.files[1..].iter().all(|file| &*file.bytes == b"interface j {}"));
    }
    let catalog = open(".", &options, &Store::default()).unwrap();
    let found = catalog.packages[0].revision.as_ref().unwrap();
    assert_eq!(&*found.main.files[0].bytes, NEW.as_bytes());
    assert_eq!(scratch.read("wit/a.wit"), OLD);
    assert_eq!(&*load("wit", &scratch.options()).unwrap().main.files[0].bytes, OLD.as_bytes());
}

#[cfg(unix)]
#[test]
fn what_is_unsaved_is_read_through_links() {
    let scratch = Scratch::new();
    scratch.write("real/a.wit", OLD).link("wit", "real").link("one/a.wit", "../real/a.wit");
    let options = scratch.unsaved("real/a.wit", NEW);
    for input in ["wit", "wit/a.wit", "one", "one/a.wit"] {
        assert_eq!(&*load(input, &options).unwrap().main.files[0].bytes, NEW.as_bytes(), "{input}");
    }
}

#[test]
fn a_file_that_is_not_there_is_not_there_and_limits_hold() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD);
    let mut options = scratch.unsaved("a.wit", NEW);
    let nowhere = scratch.path().canonicalize().unwrap().join("b.wit");
    Arc::make_mut(&mut options.unsaved).insert(nowhere, Contents::from(NEW.as_bytes()));
    assert_eq!(load("b.wit", &options).unwrap_err().kind, ErrorKind::Unreadable);
    assert_eq!(load(".", &options).unwrap().main.files.len(), 1);
    let options = Options { max_file_bytes: OLD.len() as u64, ..options };
    assert!(load("a.wit", &options).unwrap_err().message.contains("over the limit"));
}

#[cfg(feature = "git")]
#[test]
fn a_comparison_judges_what_is_unsaved_and_commits_stay_what_they_are() {
    use wit_diff::{pipeline, revision::Target, verdict::Level};
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", OLD).commit("old");
    let options = pipeline::Options { revision: scratch.unsaved("wit/a.wit", NEW), ..Default::default() };
    let (report, _) = pipeline::run_targets(&Target::typed("HEAD"), &Target::typed("."), &options);
    assert_eq!(report.level, Level::Minor, "{:?}", report.errors);
    assert_eq!(report.packages[0].new_version.as_deref(), Some("1.1.0"));
    assert_eq!(scratch.read("wit/a.wit"), OLD);
    let (report, _) = pipeline::run_targets(&Target::typed("HEAD"), &Target::typed("HEAD"), &options);
    assert_eq!((report.level, report.packages[0].new_version.as_deref()), (Level::None, Some("1.0.0")));
    let nothing = pipeline::Options { revision: scratch.options(), ..Default::default() };
    let (report, _) = pipeline::run_targets(&Target::typed("HEAD"), &Target::typed("."), &nothing);
    assert_eq!(report.level, Level::None);
}
