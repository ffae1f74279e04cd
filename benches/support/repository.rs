//! A git repository with as many packages as one likes, in the layouts of people, and two commits that differ in few.
//!
//! Packages are those of [`generate`]: 20 to 120 types, in two files. A quarter of them is in crates, a quarter in
//! proposals with a `wit` of their own, and the others are plain directories. The same seed gives the same commits.

use super::generate::generate;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// What a repository is made of.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many packages it has.
    pub packages: usize,
    /// Who depends on whom.
    pub uses: Uses,
    /// Each so manieth package vendors `wasi:io` and `wasi:clocks` in `deps`.
    pub vendors: usize,
    /// What differs between the tags `old` and `new`.
    pub change: Change,
}

/// Who depends on whom in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses {
    /// One package of five depends on the two before it.
    Some,
    /// All depend on the first.
    First,
}

/// What differs between two commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file that is no WIT.
    Nothing,
    /// Two packages that nobody depends on.
    Two,
    /// A record of the first package, which all use; its version is the same.
    First,
    /// A function in what is vendored, wherever it is.
    Vendored,
}

/// The directories that a repository has, and how they change.
struct Plan<'a> {
    root: &'a Path,
    shape: Shape,
    seed: u64,
}

/// Makes the repository in `root`, which is there and empty, and returns the directories of the packages that change.
///
/// # Errors
///
/// What cannot be written, and a git that fails.
pub fn repository(root: &Path, shape: Shape, seed: u64) -> io::Result<Vec<PathBuf>> {
    let plan = Plan { root, shape, seed };
    git(root, &["init", "-q", "-b", "main"])?;
    for at in 0..shape.packages {
        plan.write(at, "old")?;
    }
    commit(root, "old")?;
    let changed = plan.change()?;
    commit(root, "new")?;
    // As a clone has it.
    git(root, &["gc", "-q"])?;
    Ok(changed)
}

/// The directories of all packages, in order.
pub fn directories(shape: Shape) -> Vec<PathBuf> {
    (0..shape.packages).map(directory).collect()
}

/// Runs the real git, with everybody's configuration out of its way.
pub fn git(directory: &Path, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new("git")
        // Its own housekeeping would run on behind it.
        .args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.test")])
        .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.test")])
        .envs([("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"), ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")])
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr))));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn commit(root: &Path, tag: &str) -> io::Result<()> {
    git(root, &["add", "-A"])?;
    git(root, &["commit", "-q", "-m", tag])?;
    git(root, &["tag", tag]).map(drop)
}

/// Where the package of that number is.
fn directory(at: usize) -> PathBuf {
    let name = name(at);
    PathBuf::from(match at % 4 {
        0 => format!("crates/{name}/wit"),
        1 => format!("proposals/{name}/wit"),
        2 => format!("wit/{name}"),
        _ => format!("packages/group-{}/{name}", at % 7),
    })
}

fn name(at: usize) -> String {
    format!("package-{at:05}")
}

impl Plan<'_> {
    /// Writes one package as it is on a side, `old` or `new`, with what lies around it.
    fn write(&self, at: usize, side: &str) -> io::Result<()> {
        let directory = self.root.join(directory(at));
        fs::create_dir_all(&directory)?;
        let scratch = tempfile::tempdir()?;
        let types = 20 + at * 37 % 101;
        generate(scratch.path(), &format!("bench:{}", name(at)), types, self.seed ^ at as u64)?;
        copy(&scratch.path().join(side), &directory, |text| text)?;
        let version = if side == "old" { "1.0.0" } else { "1.1.0" };
        fs::write(directory.join("uses.wit"), self.uses(at, version)?)?;
        if self.vendors(at) {
            let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus/wasi-clocks/0.2.0/wit");
            copy(&corpus, &directory.join("deps/clocks"), |text| text)?;
            copy(&corpus.join("deps/io"), &directory.join("deps/io"), |text| text)?;
        }
        if at.is_multiple_of(4) {
            let crate_directory = directory.parent().unwrap_or(&directory);
            fs::create_dir_all(crate_directory.join("src"))?;
            fs::write(crate_directory.join("Cargo.toml"), format!("[package]\nname = \"{}\"\n", name(at)))?;
            fs::write(crate_directory.join("src/lib.rs"), "wit_bindgen::generate!();\n")?;
        }
        Ok(())
    }

    fn vendors(&self, at: usize) -> bool {
        at % self.shape.vendors == self.shape.vendors - 1
    }

    /// The file in which a package uses others.
    fn uses(&self, at: usize, version: &str) -> io::Result<String> {
        let used = match self.shape.uses {
            Uses::Some if at % 5 == 4 => vec![at - 1, at - 2],
            Uses::First if at > 0 => vec![0],
            _ => Vec::new(),
        };
        let mut text = format!("package bench:{}@{version};\n\ninterface uses {{\n", name(at));
        for &other in &used {
            let record = self.record(other)?;
            _ = writeln!(text, "    use bench:{}/part-0@1.0.0.{{{record} as of-{other}}};", name(other));
            _ = writeln!(text, "    get-{other}: func() -> of-{other};");
        }
        if self.vendors(at) {
            text.push_str(
                "    use wasi:io/streams@0.2.0.{input-stream};\n    use wasi:clocks/wall-clock@0.2.0.{datetime};\n",
            );
            text.push_str("    open: func(at: datetime) -> input-stream;\n");
        }
        text.push_str("}\n");
        Ok(text)
    }

    /// The record of a package that others use.
    fn record(&self, at: usize) -> io::Result<String> {
        let part = fs::read_to_string(self.root.join(directory(at)).join("part-0.wit"))?;
        let record = part.lines().find_map(|line| line.strip_prefix("    record ")?.strip_suffix(" {"));
        record.map(str::to_owned).ok_or_else(|| io::Error::other(format!("{} has no record", name(at))))
    }

    /// Changes the working tree, and returns where.
    fn change(&self) -> io::Result<Vec<PathBuf>> {
        let all = 0..self.shape.packages;
        match self.shape.change {
            Change::Nothing => {
                fs::write(self.root.join("README.md"), "Packages\n")?;
                Ok(Vec::new())
            }
            Change::Two => {
                // Neither depends on another, or is depended on.
                let two = [self.shape.packages / 3 / 5 * 5 + 1, self.shape.packages / 3 * 2 / 5 * 5 + 1];
                two.iter().try_for_each(|&at| self.write(at, "new"))?;
                Ok(two.map(directory).to_vec())
            }
            Change::First => {
                let first = self.root.join(directory(0));
                let record = self.record(0)?;
                let (old, new) = (format!("record {record} {{"), format!("record {record} {{ added-later: u32,"));
                copy(&first, &first, |text| text.replace(&old, &new))?;
                Ok(all.map(directory).collect())
            }
            Change::Vendored => {
                let changed: Vec<PathBuf> = all.filter(|&at| self.vendors(at)).map(directory).collect();
                for directory in &changed {
                    let io = self.root.join(directory).join("deps/io");
                    copy(&io, &io, |text| {
                        text.replace("resource pollable {", "resource pollable {\n    again: func();\n")
                    })?;
                }
                Ok(changed)
            }
        }
    }
}

/// Copies the files of a directory, and what they say on the way.
fn copy(from: &Path, to: &Path, say: impl Fn(String) -> String) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::write(to.join(entry.file_name()), say(fs::read_to_string(entry.path())?))?;
        }
    }
    Ok(())
}
