//! Runs every input in `testdata/fuzz` through the function of its fuzz target (see `fuzz/README.md`).

#![cfg(all(feature = "git", feature = "verify"))]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;
#[path = "support/pairs.rs"]
mod pairs;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata, encode};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};

/// Runs the inputs of a target; a failure says which one it was.
fn run(target: &str, body: fn(&[u8])) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/fuzz").join(target);
    let mut inputs: Vec<PathBuf> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 10, "only {} inputs in {}", inputs.len(), directory.display());
    for input in inputs {
        println!("{}", input.display());
        body(&fs::read(&input).unwrap());
    }
}

#[test]
fn texts() {
    run("texts", fuzz::texts::run);
    let answers = fuzz::texts::ANSWERS.load(Ordering::Relaxed);
    assert!(answers >= 100, "the validator was asked for {answers} answers only");
}

#[test]
fn binaries() {
    run("binaries", fuzz::binaries::run);
}

#[test]
fn tree() {
    run("tree", fuzz::tree::run);
    let read = fuzz::tree::READ.load(Ordering::Relaxed);
    assert!(read >= 5, "only {read} revisions were read from a tree");
}

#[test]
fn reports() {
    run("reports", fuzz::reports::run);
}

/// The inputs say little if nothing is made of them.
#[test]
fn mutated_texts_are_still_read() {
    let old = b"package a:b@1.0.0;\ninterface i {\n  record r { a: u8, b: list<u16> }\n  f: func(r: r) -> u32;\n}\n";
    let mut seen = std::collections::BTreeSet::new();
    let mut parsed = 0;
    for seed in 0..300 {
        let new = fuzz::tokens::mutate(old, seed).unwrap();
        parsed += usize::from(Resolve::default().push_str("a.wit", &String::from_utf8(new.clone()).unwrap()).is_ok());
        seen.insert(new);
    }
    assert!(seen.len() > 150 && parsed > 50, "{} texts, {parsed} of them WIT", seen.len());
}

/// Writes the seeds of the corpus: the cases as texts, as packages and as components.
#[test]
#[ignore = "for whoever starts a fuzz run: see fuzz/README.md"]
fn plant() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let write = |target: &str, name: &str, bytes: &[u8]| {
        fs::create_dir_all(corpus.join(target)).unwrap();
        fs::write(corpus.join(target).join(name), bytes).unwrap();
    };
    for case in pairs::cases() {
        let name = case.name.replace('/', "-");
        let (Ok(old), Ok(new)) = (fs::read(&case.old), fs::read(&case.new)) else { continue };
        write("texts", &name, &[&old, [fuzz::texts::SEPARATOR].as_slice(), &new].concat());
        let (Some(old), Some(new)) = (encoded(&old), encoded(&new)) else { continue };
        for (kind, old, new) in [("package", &old.0, &new.0), ("component", &old.1, &new.1)] {
            let length = u16::try_from(old.len()).unwrap().to_le_bytes();
            write("binaries", &format!("{name}-{kind}"), &[&length, old.as_slice(), new].concat());
        }
    }
    for target in ["tree", "reports"] {
        for seed in 0..40u8 {
            let bytes: Vec<u8> =
                (0..400u32).map(|n| (n.wrapping_mul(2_654_435_761 + u32::from(seed) * 40_503) >> 13) as u8).collect();
            write(target, &format!("seed-{seed}"), &bytes);
        }
    }
}

/// The package of a text, and a component for its first world (the package itself where it has none).
fn encoded(text: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("a.wit", std::str::from_utf8(text).ok()?).ok()?;
    let encoded = encode(&resolve, package, false).ok()?;
    let Some(&world) = resolve.packages[package].worlds.values().next() else {
        return Some((encoded.clone(), encoded));
    };
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).ok()?;
    let component = ComponentEncoder::default().module(&module).ok()?.encode().ok()?;
    Some((encoded, component))
}
