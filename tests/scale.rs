//! What a repository with many packages costs, in counts: each thing is read and parsed once, and only if need be.

#![cfg(feature = "git")]

#[path = "support/scratch.rs"]
mod scratch;

use scratch::Scratch;
use std::collections::BTreeSet;
use wit_diff::pipeline::{Options, Work, run_targets};
use wit_diff::report::{PackageStatus, Report};
use wit_diff::revision::{self, Target, sides};

const PACKAGES: usize = 60;
/// One package of so many vendors the same `wasi:io`.
const VENDORS: usize = 4;
/// What changes; the first is used by another one, which is used in turn.
const CHANGED: [usize; 2] = [9, 23];
/// Who uses the first that changes, and who uses that; nothing of their own changes.
const USERS: [usize; 2] = [10, 11];

/// The tags `old` and `new`, between which packages change, and `same`, in which another file does.
struct Repository(Scratch);

impl Repository {
    fn new() -> Repository {
        let repository = Repository(Scratch::repository());
        (0..PACKAGES).for_each(|at| repository.package(at, "u32"));
        repository.0.release("old");
        CHANGED.iter().for_each(|&at| repository.package(at, "u64"));
        repository.0.release("new");
        repository.0.write("README.md", "Packages");
        repository.0.release("same");
        repository
    }

    fn package(&self, at: usize, ty: &str) {
        let directory = directory(at);
        let used = USERS.iter().position(|&user| user == at).map(|_| at - 1);
        let used = used.map(|used| format!("use bench:p{used}/types@1.0.0.{{r as q}}; f: func() -> q;"));
        let header = format!("package bench:p{at}@1.0.0;\n");
        self.0.write(
            &format!("{directory}/types.wit"),
            format!("{header}interface types {{ record r {{ a{at}: {ty} }} {} }}", used.unwrap_or_default()),
        );
        let io = if vendors(at) { "import wasi:io/poll@0.2.0;" } else { "" };
        self.0.write(&format!("{directory}/world.wit"), format!("{header}world w {{ import types; {io} }}"));
        if vendors(at) {
            self.0.write(
                &format!("{directory}/deps/io/poll.wit"),
                "package wasi:io@0.2.0; interface poll { f: func(); }",
            );
        }
    }

    /// How many different WIT files some commits have, as git counts them.
    fn blobs(&self, tags: &[&str]) -> usize {
        self.blobs_in(".", tags)
    }

    fn blobs_in(&self, path: &str, tags: &[&str]) -> usize {
        let listed: String = tags.iter().map(|tag| self.0.git(&["ls-tree", "-r", tag, path])).collect();
        let files = listed.lines().filter(|line| line.ends_with(".wit"));
        files.filter_map(|line| line.split_whitespace().nth(2)).collect::<BTreeSet<_>>().len()
    }

    fn options(&self) -> Options {
        let working_directory = Some(self.0.path().to_path_buf());
        Options { revision: revision::Options { working_directory, ..Default::default() }, ..Options::default() }
    }

    /// Compares the ends of a range. Threads take turns as they like, and yet it costs the same every time.
    fn compare(&self, range: &str) -> (Report, Work) {
        let options = self.options();
        let (old, new) = sides(&[range.to_owned()], false, &options.revision).unwrap();
        let (report, work) = run_targets(&old, &new, &options);
        for _ in 0..3 {
            let again = run_targets(&old, &new, &options);
            assert_eq!((&again.0.packages, again.1), (&report.packages, work));
        }
        assert_eq!(report.packages.len(), PACKAGES);
        (report, work)
    }
}

fn directory(at: usize) -> String {
    match at % 3 {
        0 => format!("crates/p{at}/wit"),
        1 => format!("wit/p{at}"),
        _ => format!("deep/er/p{at}"),
    }
}

fn vendors(at: usize) -> bool {
    at % VENDORS == VENDORS - 1
}

fn changed(report: &Report) -> BTreeSet<String> {
    let is_changed = |status| status != PackageStatus::Unchanged;
    let changed = report.packages.iter().filter(|package| is_changed(package.status));
    changed.map(|package| package.name.clone()).collect()
}

#[test]
fn only_what_changed_is_parsed_with_what_it_needs() {
    let repository = Repository::new();
    let (report, work) = repository.compare("old..new");
    assert_eq!(work.blobs, repository.blobs(&["old", "new"]));
    // Who uses what changed is compared, too, though its own text is the same on both sides.
    let compared = [CHANGED, USERS].concat();
    assert_eq!(changed(&report), compared.iter().map(|at| format!("bench:p{at}")).collect());
    let vendored = compared.iter().filter(|&&at| vendors(at)).count();
    assert!(vendored > 1, "what several vendor is parsed once");
    assert_eq!(work.parses, 2 * CHANGED.len() + USERS.len() + 1);
}

#[test]
fn equal_commits_are_not_parsed() {
    let repository = Repository::new();
    for range in ["new..same", "new..new"] {
        let (report, work) = repository.compare(range);
        assert_eq!(changed(&report), BTreeSet::new());
        assert_eq!(work, Work { blobs: repository.blobs(&["new"]), parses: 0 });
    }
}

#[test]
fn one_package_is_parsed_once_on_each_side_and_what_it_vendors_once() {
    let repository = Repository::new();
    let at = CHANGED[1];
    assert!(vendors(at));
    let side = |tag: &str| Target::typed(&format!("{tag}:{}", directory(at)));
    let (report, work) = run_targets(&side("old"), &side("new"), &repository.options());
    assert_eq!(changed(&report).len(), 1);
    assert_eq!(work, Work { blobs: repository.blobs_in(&directory(at), &["old", "new"]), parses: 2 + 1 });
}
