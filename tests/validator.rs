//! Holds the recorded answers of `testdata/cases/LINK.tsv` against the official validator, and the way it is asked
//! against what must hold of any answer.

#[path = "support/package.rs"]
mod package;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wit_diff::validator::{self, Answer};
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
        let answers = validator::ask(&old, old_package, &new, new_package);
        let given: BTreeMap<Question, (String, String)> = answers
            .into_iter()
            .map(|Answer { item, party, survives, message }| {
                let verdict = match survives {
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

#[test]
fn what_does_not_change_breaks_nobody() {
    let mut resolve = Resolve::default();
    let package = resolve.push_source("everything.wit", EVERYTHING).unwrap();
    let answers = validator::ask(&resolve, package, &resolve, package);
    let count = answers.len();
    let wrong: Vec<_> = answers.into_iter().filter(|answer| answer.survives != Ok(true)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(count, 22);
}

#[test]
#[ignore = "takes half a minute"]
fn the_validator_answers_for_real_packages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpora = [root.join("testdata/corpus"), root.join("../shared/corpus")];
    let load = |revision: &PathBuf| package::load(&revision.join("wit")).unwrap();
    for series in corpora.iter().flat_map(|corpus| directories(corpus)) {
        let mut revisions = directories(&series);
        revisions.retain(|revision| revision.join("wit").is_dir());
        revisions.sort_by_key(|revision| {
            let name = revision.file_name().unwrap().to_str().unwrap().to_string();
            (semver::Version::parse(&name).ok(), name)
        });
        for pair in revisions.windows(2) {
            let ((old, old_package), (new, new_package)) = (load(&pair[0]), load(&pair[1]));
            for Answer { item, party, survives: verdict, .. } in validator::ask(&old, old_package, &new, new_package) {
                assert!(verdict.is_ok(), "{pair:?}, {item}, {party}: {verdict:?}");
            }
        }
    }
}

/// Every kind of type, function and world item, in every role that is allowed.
const EVERYTHING: &str = r#"
package a:b@1.0.0;
interface base {
  resource r {
    constructor(x: u32);
    m: func() -> string;
    s: static func(a: list<r>) -> own<r>;
    am: async func(b: borrow<r>);
    p: get() -> u32;
  }
  resource fallible { constructor() -> result<fallible, string>; }
  type alias-r = r;
  record rec { a: u8, h: r }
  variant v { x, y(list<string>), z(own<r>) }
  flags f { a, b }
  enum e { c, d }
  type fut = future<rec>;
  type st = stream<u8>;
  type bare = stream;
  type fixed = list<u8, 3>;
  type m = map<string, list<u8>>;
  type ec = error-context;
  type tup = tuple<u8, r>;
  type opt = option<borrow<r>>;
  type res = result<_, v>;
  type b = borrow<r>;
  type o = own<r>;
}
interface user {
  use base.{r, rec, v as w, fut, st};
  f: func(a: borrow<r>, b: rec) -> result<w, string>;
  g: async func(a: stream<rec>) -> future<result<w>>;
  h: func(x: fut, y: st);
}
interface empty {}
world imports {
  import user;
  import empty;
  use base.{rec as renamed};
  type local = list<renamed>;
  record shape { a: local }
  resource own-r { m: func(); }
  import f: func(a: own-r, b: renamed) -> shape;
}
world exports { export user; export base; export empty; export run: async func(x: string) -> u32; }
world imports-what-it-uses { export user; }
world both { import user; export user; import base; export base; }
world inline {
  import i: interface { record t { a: u8 } resource z; use base.{r}; f: func(x: t) -> z; g: func(r: r); }
  export e: interface { resource t { m: func(); } f: func(x: t); }
}
world labelled { import x: base; import y: base; import user; export z: user; }
world labelled-and-not { import base; import x: base; import user; export base; export z: base; export user; }
world includes { include imports; include exports; }
"#;

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
    let is_case = here.join("old.wit").is_file() || here.join("old").is_dir();
    if is_case { Some(here) } else { directories(directory).iter().find_map(|inner| find_below(inner, case)) }
}

/// The directories in this one, if it is there at all.
fn directories(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// One side of the case: a file or a directory.
fn side(case: &Path, name: &str) -> (Resolve, PackageId) {
    let file = case.join(format!("{name}.wit"));
    let path = if file.is_file() { file } else { case.join(name) };
    package::load(&path).unwrap_or_else(|error| panic!("{}: {error:#}", path.display()))
}
