//! The guide: it builds, its links lead somewhere, its commands print what stands there, and what it tells of settings,
//! rules and other tools is made from what there is. `BLESS=1` rewrites all of that.

#![cfg(all(feature = "cli", feature = "git", feature = "verify", feature = "config", unix))]

mod book;
mod commands;
mod made;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source() -> PathBuf {
    root().join("guide/src")
}

/// The chapters that stand on their own, by name.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(source()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    files.sort();
    assert!(files.len() > 10, "the guide is not where it belongs");
    let name = |file: &Path| file.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

/// One test after another, where they may write to one chapter.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn blesses() -> bool {
    let blesses = env::var_os("BLESS").is_some_and(|value| !value.is_empty());
    assert!(!blesses || env::var_os("CI").is_none(), "nothing is blessed in CI");
    blesses
}

/// Holds a file to what it should be.
#[track_caller]
fn is_written(path: &Path, expected: &str) {
    if blesses() {
        return fs::write(path, expected).unwrap();
    }
    let found = fs::read_to_string(path).unwrap();
    assert!(found == expected, "{} is out of date: run with `BLESS=1`\n{expected}", path.display());
}
