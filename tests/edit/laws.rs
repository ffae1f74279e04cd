//! What holds of every text that there is, in every layout.

use crate::mutate::mutate;
use crate::renamed::{Step, full};
use crate::{texts, version};
use fastrand::Rng;
use std::collections::BTreeSet;
use wit_diff::syntax::{File, Item, parse};
use wit_diff::version::edit::{Edit, apply, declarations, gate_versions, gates, references};

/// In no text.
const STRANGE: [&str; 3] = ["77.8.9", "0.77.0-rc-2026-02-09", "7.0.77-a.b-c.1+d.0-e"];

fn edits(text: &str, name: &str, old: &str, new: &str) -> Vec<Edit> {
    let (old, new) = (version(old), version(new));
    let mut edits = references(text, name, &old, &new);
    edits.extend(declarations(text, name, &old, &new));
    edits.extend(gates(text, "main:main", name, &|found| (*found == old).then(|| new.clone())));
    edits
}

/// Every package in a text with every version that stands anywhere in it.
fn steps(text: &str, tree: &File) -> BTreeSet<(String, String)> {
    let mut names = BTreeSet::from(["main:main".to_owned()]);
    let mut versions = BTreeSet::new();
    let words: Vec<&str> = text.split([' ', '\n', '\t', '{', '}', '/', '@', ';', '(', ')']).collect();
    names.extend(words.iter().filter(|word| word.matches(':').count() == 1).map(|word| word.replace('%', "")));
    versions.extend(words.iter().map(|word| word.trim().trim_end_matches('.')));
    names.extend(tree.package.iter().map(|package| full(&package.name)));
    for item in &tree.items {
        if let Item::Package(package) = item {
            names.insert(full(&package.name));
        }
    }
    versions.retain(|version| version.parse::<semver::Version>().is_ok());
    names.retain(|name| !name.starts_with(':') && !name.ends_with(':'));
    names.iter().flat_map(|name| versions.iter().map(|&version| (name.clone(), version.to_owned()))).collect()
}

#[test]
fn there_and_back_is_nowhere_and_only_versions_change() {
    let mut rng = Rng::with_seed(5);
    let (mut changed, mut rounds) = (0, 0);
    for (path, original) in texts() {
        let Ok(tree) = parse(&original) else { continue };
        for (name, old) in steps(&original, &tree) {
            let is_there = !edits(&original, &name, &old, STRANGE[0]).is_empty();
            for round in 0..if is_there { 3 } else { 1 } {
                // Where nothing is to be edited, what is put in must not be, either.
                let layout = round > 0 || !is_there;
                let text = if layout { mutate(&original, &name, &old, &mut rng) } else { original.clone() };
                let new = rng.choice(STRANGE).unwrap();
                let there = apply(&text, &edits(&text, &name, &old, new));
                let mut expected = parse(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", path.display()));
                assert_eq!(expected, tree, "{}\n{text}", path.display());
                Step::new(&name, &old, new).file(&mut expected, "main:main");
                assert_eq!(parse(&there).unwrap(), expected, "{} {name}@{old}\n{text}", path.display());
                assert_eq!(apply(&there, &edits(&there, &name, new, &old)), text, "{}", path.display());
                assert_eq!(apply(&text, &edits(&text, &name, &old, &old)), text);
                changed += usize::from(expected != tree);
                rounds += 1;
            }
        }
    }
    assert!(changed > 2000, "only {changed} of {rounds} texts had something to edit");
}

#[test]
fn the_versions_of_gates_are_those_that_can_be_changed() {
    let mut found = 0;
    for (path, text) in texts() {
        let Ok(tree) = parse(&text) else { continue };
        for (name, old) in steps(&text, &tree) {
            let old = version(&old);
            let is_there = !gates(&text, "main:main", &name, &|v| (*v == old).then(|| version(STRANGE[0]))).is_empty();
            assert_eq!(gate_versions(&text, "main:main", &name).contains(&old), is_there, "{}", path.display());
            found += usize::from(is_there);
        }
    }
    assert!(found > 200, "only {found} versions of gates");
}

#[test]
fn what_is_no_wit_is_left_alone() {
    let mut rng = Rng::with_seed(7);
    let mut broken = 0;
    for (_, text) in texts() {
        let Ok(tree) = parse(&text) else { continue };
        let Some((name, old)) = rng.choice(steps(&text, &tree).into_iter().collect::<Vec<_>>()) else { continue };
        let mut cut = rng.usize(..=text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let (before, after) = text.split_at(cut);
        let garbage =
            rng.choice(["\u{1}", "{", "}", "\"", "/*", "@", "package", ";", "(", "@since(version =", ""]).unwrap();
        for text in [format!("{before}{garbage}{after}"), format!("{before}{garbage}"), after.to_owned()] {
            let edits = edits(&text, &name, &old, STRANGE[0]);
            let there = apply(&text, &edits);
            assert_eq!(there.len() as i64, text.len() as i64 + growth(&edits), "{text}");
            assert!(edits.iter().all(|edit| text[edit.start..edit.end] == *old), "{text}");
            broken += usize::from(parse(&text).is_err());
        }
    }
    assert!(broken > 500, "only {broken} texts were broken");
}

fn growth(edits: &[Edit]) -> i64 {
    edits.iter().map(|edit| edit.text.len() as i64 - (edit.end - edit.start) as i64).sum()
}
