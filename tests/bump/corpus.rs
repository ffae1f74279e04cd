//! Real packages that grew without their version: a bump gives them one that is enough, and changes versions only.

use super::*;
use semver::Version;
use std::fs;
use std::path::Path;

#[path = "../support/pairs.rs"]
mod pairs;

/// Every so many of the pairs.
const STRIDE: usize = 4;

/// Copies a directory into the working tree.
fn copy(repository: &Scratch, from: &Path, to: &str) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = format!("{to}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() { copy(repository, &path, &to) } else { _ = repository.write(&to, fs::read(&path).unwrap()) }
    }
}

/// What the package in `wit` is called, and its version.
fn identity(repository: &Scratch) -> (String, Option<Version>) {
    let list = repository.tool(&["list", "wit", "--format", "json"]).code(0).json();
    let package = &list["packages"][0];
    (package["name"].as_str().unwrap().to_owned(), package["version"].as_str().map(|version| version.parse().unwrap()))
}

/// A text without the versions that a bump may touch.
fn without_versions(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("@since(version"));
    let mut parts = lines.map(|line| {
        let mut pieces = line.split('@');
        let first = pieces.next().unwrap_or_default().to_owned();
        let is_of_version = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        pieces.fold(first, |all, piece| all + "@" + piece.trim_start_matches(is_of_version))
    });
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |all, line| all + "\n" + &line)
}

#[test]
fn every_package_gets_a_version_that_is_enough() {
    let mut bumped = 0;
    for pair in pairs::corpora().iter().take(1).flat_map(|corpus| pairs::neighbours(corpus)).step_by(STRIDE) {
        let repository = Scratch::repository();
        copy(&repository, &pair.old, "wit");
        let (name, old) = identity(&repository);
        let Some(old) = old else { continue };
        repository.release(&format!("v{old}"));
        fs::remove_dir_all(repository.path().join("wit")).unwrap();
        copy(&repository, &pair.new, "wit");
        let (_, new) = identity(&repository);
        let Some(new) = new else { continue };
        for file in fs::read_dir(repository.path().join("wit")).unwrap().map(|entry| entry.unwrap().path()) {
            if file.is_file() {
                let text = fs::read_to_string(&file).unwrap();
                fs::write(&file, text.replace(&format!("package {name}@{new}"), &format!("package {name}@{old}")))
                    .unwrap();
            }
        }
        repository.git(&["add", "-A"]);
        let before = repository.files();
        repository.bump(&[]);
        let after = repository.files();
        for ((path, old), (_, new)) in before.iter().zip(&after) {
            assert_eq!(without_versions(old), without_versions(new), "{}: {path}", pair.name);
        }
        // Whoever released it may have gone further, unless that was too little.
        let (_, found) = identity(&repository);
        let report = repository.tool(&["check", "--format", "json"]).code(0).json();
        let required: Version = report["packages"][0]["version"]["required"].as_str().unwrap().parse().unwrap();
        assert!(found.as_ref().is_some_and(|found| *found >= required), "{}: {found:?}, {required}", pair.name);
        assert!(found.as_ref().is_some_and(|found| *found <= new.max(required)), "{}: {found:?}", pair.name);
        bumped += usize::from(before != after);
    }
    assert!(bumped > 5, "only {bumped} packages got another version");
}
