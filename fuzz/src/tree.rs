//! A git tree with hostile entries.

use super::{laws, panics};
use arbitrary::{Result, Unstructured};
use git2::{ObjectType, Oid, Repository};
use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use wit_diff::pipeline::{self, Options};
use wit_diff::revision;

/// How many revisions were read from a tree.
pub static READ: AtomicUsize = AtomicUsize::new(0);

/// Stands in files that no input may reach. It is put together, so that no input has it by itself.
fn secret() -> String {
    ["package secret", ":", "outside; interface never-read { }"].concat()
}

/// What is asked for, and with what contents there.
const NAMES: [&[u8]; 24] = [
    b"a.wit",
    b"b.wit",
    b"wit",
    b"deps",
    b"d",
    b"x.wasm",
    b"y.wat",
    b"..",
    b".",
    b".git",
    b".GIT",
    b"",
    b"a/b.wit",
    b"../secret.wit",
    b"/secret.wit",
    b"line\nbreak.wit",
    b"\xff.wit",
    b"\xe2\x80\xae.wit",
    b"\x1b[31m.wit",
    b"con",
    b"a.wit ",
    b"git~1",
    b"self",
    b".git/config",
];
const TARGETS: [&str; 12] = [
    "..",
    "../secret.wit",
    ".",
    "self",
    "deps",
    "../a.wit",
    "a.wit",
    ".git/config",
    "/",
    "wit/../../secret.wit",
    "",
    "d",
];
const TEXTS: [&str; 6] = [
    "package a:b@1.0.0;\ninterface i { use c:d/i.{t}; f: func(a: t); }\n",
    "package a:b@1.0.1;\ninterface i { f: func(); }\nworld w { import i; }\n",
    "package c:d;\ninterface i { type t = u8; }\n",
    "version https://git-lfs.github.com/spec/v1\n",
    "\0asm\x0d\0\x01\0",
    "(component)",
];
const PATHS: [&str; 14] = [
    "",
    "a.wit",
    "wit",
    "deps",
    "d",
    "x.wasm",
    "./a.wit",
    "../secret.wit",
    "self/self",
    "wit/a.wit",
    "d/..",
    ".git",
    "\n",
    "self",
];
const MODES: [&str; 9] = ["40000", "100644", "100755", "120000", "160000", "0", "100664", "777777777777", "-1"];

/// Builds trees as the input says, and compares two of them.
pub fn run(data: &[u8]) {
    panics::watch();
    thread_local!(static SCRATCH: RefCell<(usize, Option<Scratch>)> = const { RefCell::new((0, None)) });
    SCRATCH.with_borrow_mut(|(uses, scratch)| {
        *uses += 1;
        // Objects pile up.
        if *uses % 500 == 1 {
            *scratch = Some(Scratch::new());
        }
        if let Some(scratch) = scratch {
            let _ = scratch.compare(&mut Unstructured::new(data));
        }
    });
    panics::none_of_ours();
}

/// A repository, and files around it that are not to be read.
struct Scratch {
    directory: TempDir,
    repository: Repository,
}

impl Scratch {
    fn new() -> Scratch {
        let memory = Path::new("/dev/shm");
        let directory = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let work = directory.path().join("work");
        let repository = Repository::init(&work).unwrap();
        for place in ["secret.wit", "work/secret.wit", "work/a.wit", "work/.git/secret.wit"] {
            fs::write(directory.path().join(place), secret()).unwrap();
        }
        Scratch { directory, repository }
    }

    fn compare(&self, u: &mut Unstructured<'_>) -> Result<()> {
        let (old, new) = (self.tree(u)?, self.tree(u)?);
        let (old, new) = (format!("git:{old}:{}", path(u)?), format!("git:{new}:{}", path(u)?));
        let options = Options {
            revision: revision::Options {
                working_directory: Some(self.directory.path().join("work")),
                max_file_bytes: 1 << 20,
                ..revision::Options::default()
            },
            ..Options::default()
        };
        for side in [&old, &new] {
            let catalog = revision::open(side, &options.revision, &revision::Store::default());
            let found = catalog.into_iter().flat_map(|catalog| catalog.packages).map(|found| found.revision);
            for loaded in found.chain([revision::load(side, &options.revision)]).flatten() {
                READ.fetch_add(1, Ordering::Relaxed);
                let bundles = std::iter::once(&loaded.main).chain(&loaded.deps).chain(&loaded.siblings);
                for file in bundles.flat_map(|bundle| &bundle.files) {
                    let is_outside = file.bytes.windows(14).any(|part| part == &secret().as_bytes()[..14]);
                    assert!(!is_outside, "{side} reads {} from outside the tree", file.path);
                }
            }
        }
        laws::hold(&pipeline::run(&old, &new, &options));
        Ok(())
    }

    /// Writes trees from the leaves up; the last one is the root.
    fn tree(&self, u: &mut Unstructured<'_>) -> Result<Oid> {
        let odb = self.repository.odb().unwrap();
        let write = |kind, bytes: &[u8]| odb.write(kind, bytes).unwrap();
        let mut trees = vec![write(ObjectType::Tree, b"")];
        for _ in 0..u.int_in_range(1..=4)? {
            let mut entries = Vec::new();
            for _ in 0..u.int_in_range(0..=6)? {
                let mode = *u.choose(&MODES)?;
                let id = match mode {
                    "40000" | "160000" => *u.choose(&trees)?,
                    "120000" => write(ObjectType::Blob, &bytes(u, &TARGETS.map(str::as_bytes))?),
                    _ => write(ObjectType::Blob, &bytes(u, &TEXTS.map(str::as_bytes))?),
                };
                let id = if u.ratio(1, 12)? { Oid::from_bytes(&u.arbitrary::<[u8; 20]>()?).unwrap() } else { id };
                let name = bytes(u, &NAMES)?;
                entries.push((name, mode, id));
            }
            // Git looks names up in order, so mostly there is one.
            if u.ratio(9, 10)? {
                entries.sort();
                entries.dedup_by(|a, b| a.0 == b.0);
            }
            let mut tree = Vec::new();
            for (name, mode, id) in entries {
                tree.extend([mode.as_bytes(), b" ", &name, b"\0", id.as_bytes()].concat());
            }
            if u.ratio(1, 20)? {
                tree = u.arbitrary()?;
            }
            trees.push(write(ObjectType::Tree, &tree));
        }
        Ok(trees.pop().unwrap_or(Oid::ZERO_SHA1))
    }
}

fn bytes(u: &mut Unstructured<'_>, known: &[&[u8]]) -> Result<Vec<u8>> {
    if u.ratio(7, 8)? { Ok(u.choose(known)?.to_vec()) } else { u.arbitrary() }
}

fn path(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(7, 8)? { Ok((*u.choose(&PATHS)?).to_owned()) } else { u.arbitrary() }
}
