//! The library as others embed it: typed findings of packages that are resolved already, and a small crate outside.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wit_diff::embed::{Comparison, Layer, Party, Policy, compare};
use wit_diff::rule;
use wit_diff::verdict::{Level, Protect};
use wit_diff::version::VersionVerdict;
use wit_diff::wit_parser::{PackageId, Resolve};

/// So many packages come with the library where all features are off, itself included.
const DEPENDENCIES: usize = 63;

const OLD: &str = "package a:b@1.0.0; interface i { f: func(); } world w { import i; }";
const ADDED: &str = "package a:b@1.0.1; interface i { f: func(); g: func(); } world w { import i; }";
const CHANGED: &str = "package a:b@1.1.0; interface i { f: func() -> u8; } world w { import i; }";
const DOCUMENTED: &str = "package a:b@1.0.1; interface i { /// It does.\n f: func(); } world w { import i; }";

fn resolve(text: &str) -> (Resolve, PackageId) {
    let mut resolve = Resolve::default();
    let id = resolve.push_str("a.wit", text).unwrap();
    (resolve, id)
}

fn compared(old: &str, new: &str, policy: &Policy) -> Comparison {
    let ((old, old_id), (new, new_id)) = (resolve(old), resolve(new));
    compare((&old, old_id), (&new, new_id), policy).unwrap()
}

#[test]
fn findings_are_typed() {
    let comparison = compared(OLD, ADDED, &Policy::default());
    let [finding] = &comparison.findings[..] else { panic!("{comparison:?}") };
    assert_eq!((finding.rule, finding.level), (rule::find("function-added").unwrap(), Level::Minor));
    assert_eq!((finding.path.as_str(), comparison.package.as_str()), ("a:b/i#g", "a:b"));
    assert_eq!(finding.broken, [(Party::Providers, Layer::Link), (Party::Providers, Layer::Source)]);
    assert_eq!(comparison.required.as_ref().map(ToString::to_string).as_deref(), Some("1.1.0"));
    assert_eq!((comparison.verdict, comparison.is_honoured()), (VersionVerdict::Insufficient, false));
    let same = compared(OLD, OLD, &Policy::default());
    assert_eq!((same.level, same.findings.len(), same.is_honoured()), (Level::None, 0, true));
    assert_eq!(compared(OLD, CHANGED, &Policy::default()).level, Level::Major);
}

#[test]
fn the_policy_is_the_callers() {
    let of = |new: &str, policy: Policy| compared(OLD, new, &policy);
    assert_eq!(of(ADDED, Policy::default().protecting(Protect::Hosts)).level, Level::Major);
    let docs = rule::find("docs-changed").unwrap();
    assert_eq!(of(DOCUMENTED, Policy::default()).level, Level::Patch);
    let silent = of(DOCUMENTED, Policy::default().weighing(docs, Level::None));
    assert_eq!((silent.level, silent.findings[0].level), (Level::None, Level::None));
    assert_eq!(silent.required.unwrap().to_string(), "1.0.0");
    let loud = of(DOCUMENTED, Policy::default().weighing(docs, Level::Minor));
    assert_eq!((loud.level, loud.verdict), (Level::Minor, VersionVerdict::Insufficient));
}

#[test]
fn what_cannot_be_compared() {
    let ((old, old_id), (other, other_id)) = (resolve(OLD), resolve("package a:c; interface i {}"));
    let policy = Policy::default();
    let error = compare((&old, old_id), (&other, other_id), &policy).unwrap_err();
    assert!(error.message.contains("`a:b`") && error.message.contains("`a:c`"), "{error}");
    for (side, error) in [
        ("old", compare((&old, other_id), (&old, old_id), &policy).unwrap_err()),
        ("new", compare((&old, old_id), (&old, other_id), &policy).unwrap_err()),
    ] {
        assert!(error.message.starts_with(side) && error.hint.is_some(), "{error:?}");
    }
}

/// From a `Resolve` and from text, one answer.
#[test]
fn the_same_as_from_text() {
    use wit_diff::pipeline::{Options, run_sources};
    use wit_diff::revision::from_text;
    for rule in rule::all() {
        let (old, new) = (rule.old, rule.new);
        let mut sides = (Resolve::default(), Resolve::default());
        // What is said in an example by two packages is about both of them.
        let ids = (sides.0.push_str("a.wit", old), sides.1.push_str("a.wit", new));
        let (Ok(old_id), Ok(new_id)) = ids else { continue };
        let comparison = compare((&sides.0, old_id), (&sides.1, new_id), &Policy::default()).unwrap();
        let report = run_sources(from_text("a.wit", old), from_text("a.wit", new), &Options::default());
        let told = report.packages.iter().find(|package| package.name == comparison.package).unwrap();
        let gated = told.changes.iter().any(|change| change.gate.is_some());
        if gated || old.contains("@unstable") || new.contains("@unstable") {
            continue;
        }
        let of_text: Vec<_> = told.changes.iter().map(|change| (&*change.rule, &*change.path, change.level)).collect();
        let found: Vec<_> =
            comparison.findings.iter().map(|finding| (finding.rule.id, &*finding.path, finding.level)).collect();
        assert_eq!(found, of_text, "{}", rule.id);
    }
}

/// What is not to be had without a network is there where this very test was built.
#[test]
fn a_small_crate_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = root.join("tests/outside/Cargo.toml");
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        command.args(arguments).arg("--manifest-path").arg(&manifest).args(["--locked", "--offline"]);
        command.env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("outside"));
        command
    };
    let output = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let tree = output(&mut cargo(&[
        "tree",
        "--target",
        "x86_64-unknown-linux-gnu",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--no-dedupe",
    ]));
    let mut packages: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages.retain(|package| *package != "outside");
    for unwanted in ["clap", "git2", "wit-component", "askama", "schemars", "indicatif", "tempfile"] {
        assert!(!packages.contains(&unwanted), "{unwanted} came along: {packages:?}");
    }
    assert_eq!(packages.len(), DEPENDENCIES, "{packages:?}");

    let scratch = tempfile::tempdir().unwrap();
    let (old, new) = (scratch.path().join("old.wit"), scratch.path().join("new.wit"));
    fs::write(&old, OLD).unwrap();
    fs::write(&new, ADDED).unwrap();
    let mut run = cargo(&["run", "--quiet"]);
    run.arg("--").args([&old, &new]);
    assert_eq!(output(&mut run), "minor function-added a:b/i#g\n1.1.0\n");
}
