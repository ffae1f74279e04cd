//! `--as`: the answers of other tools, held against what the tools' own fixtures expect, against the same question put
//! to the official library as the tool puts it, and against the tools themselves where they are installed.

#![cfg(all(feature = "cli", feature = "git", feature = "verify"))]

#[path = "support/pairs.rs"]
mod pairs;
#[allow(dead_code)]
#[path = "support/run.rs"]
mod run;
#[path = "support/scratch.rs"]
mod scratch;

use pairs::{Pair, corpora, neighbours};
use run::Run;
use scratch::Scratch;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use wit_component::{encode, semver_check};
use wit_diff::judge::Profile;
use wit_diff::pipeline::{self, Options};
use wit_diff::verdict::Protect;
use wit_parser::{PackageId, Resolve};

/// A pair in `testdata/profiles`, with what the tool is to say.
struct Case {
    name: String,
    pair: Pair,
    arguments: Vec<String>,
    accepts: bool,
    says: Option<String>,
}

fn cases(tool: &str) -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/profiles").join(tool);
    let mut found: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(found.len() > 10, "{tool} has its cases");
    found.iter().map(|directory| case(directory)).collect()
}

fn case(directory: &Path) -> Case {
    let side = |side: &str| {
        let forms = ["", ".wit", ".wat"].map(|form| directory.join(format!("{side}{form}")));
        forms.into_iter().find(|path| path.exists()).unwrap()
    };
    let name = directory.file_name().unwrap().to_string_lossy().into_owned();
    let expected = fs::read_to_string(directory.join("expected.txt")).unwrap();
    let lines: BTreeMap<&str, &str> = expected.lines().filter_map(|line| line.split_once(' ')).collect();
    assert!(lines.keys().all(|key| ["#", "arguments", "answer", "says"].contains(key)), "{name}: {lines:?}");
    Case {
        pair: Pair { name: name.clone(), directory: directory.into(), old: side("old"), new: side("new") },
        arguments: lines.get("arguments").into_iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect(),
        accepts: match lines["answer"] {
            "yes" => true,
            "no" => false,
            other => panic!("{name}: {other}"),
        },
        says: lines.get("says").map(|&says| says.to_owned()),
        name,
    }
}

/// The report on a pair, and whether the gate passed.
fn asked(tool: &str, pair: &Pair, arguments: &[&str]) -> (Value, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
    command.args(["compare", "--no-config", "--format", "json", "--as", tool]).arg(&pair.old).arg(&pair.new);
    let run = Run::by(command.args(arguments));
    assert!(run.code < Some(2), "{}: {run:?}", pair.name);
    (run.json(), run.code == Some(0))
}

/// The same without a process of its own.
fn asked_here(profile: Profile, pair: &Pair, options: Options) -> (Value, bool) {
    let options = Options { profile: Some(profile), ..options };
    let report = pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &options);
    let report = pipeline::gate_of_profile(report);
    assert_eq!(report.errors, [], "{}", pair.name);
    let passed = report.check.as_ref().unwrap().passed;
    (serde_json::to_value(report).unwrap(), passed)
}

fn profiles(report: &Value) -> Vec<&Value> {
    report["packages"].as_array().unwrap().iter().map(|package| &package["profile"]).collect()
}

#[test]
fn every_fixture_gets_the_answer_of_its_tool() {
    for tool in ["wasm-tools", "wkg"] {
        for case in cases(tool) {
            let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
            let (report, passed) = asked(tool, &case.pair, &arguments);
            assert_eq!(passed, case.accepts, "{tool}, {}: {report:#}", case.name);
            assert_eq!(report["check"]["passed"], case.accepts, "{}", case.name);
            let profiles = profiles(&report);
            assert!(!profiles.is_empty());
            for profile in &profiles {
                assert_eq!(
                    (&profile["name"], &profile["accepts"]),
                    (&tool.into(), &case.accepts.into()),
                    "{}",
                    case.name
                );
            }
            if let Some(says) = &case.says {
                let said: Vec<&str> = profiles.iter().filter_map(|profile| profile["message"].as_str()).collect();
                assert!(said.iter().any(|said| said.contains(says)), "{}: {said:?}", case.name);
            }
        }
    }
}

#[test]
fn where_our_level_says_otherwise_a_sentence_says_why() {
    let (mut same, mut other) = (0, 0);
    for tool in ["wasm-tools", "wkg"] {
        let profile = if tool == "wkg" { Profile::Wkg } else { Profile::WasmTools };
        for case in cases(tool) {
            for protect in [Protect::Guests, Protect::Hosts, Protect::All] {
                let options = Options { protect: Some(protect), ..Options::default() };
                let (report, _) = asked_here(profile, &case.pair, options);
                for package in report["packages"].as_array().unwrap() {
                    let differs = (package["level"] == "major") == (package["profile"]["accepts"] == true);
                    let told = package["profile"]["differs"].as_str();
                    assert_eq!(told.is_some(), differs, "{tool}, {}, {protect:?}: {package:#}", case.name);
                    *if differs { &mut other } else { &mut same } += 1;
                }
            }
        }
    }
    assert!(same > 20 && other > 20, "{same} and {other}");
}

#[test]
fn every_format_tells_the_answer() {
    let case = |tool: &str, name: &str| cases(tool).into_iter().find(|case| case.name == name).unwrap().pair;
    for (tool, pair, word, why) in [
        ("wkg", case("wkg", "import-added"), "refuses it", "; wkg asks whether"),
        ("wkg", case("wkg", "import-removed"), "accepts", "; wkg asks whether"),
        ("wasm-tools", case("wasm-tools", "import-removed"), "refuses it", "missing import named"),
        ("wasm-tools", case("wasm-tools", "type-that-nobody-uses"), "accepts", "; asked the same"),
    ] {
        for format in ["text", "markdown", "html"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
            command.args(["compare", "--no-config", "--format", format, "--as", tool]).arg(&pair.old).arg(&pair.new);
            let run = Run::by(&mut command);
            let said = run::words(&run.stdout);
            assert!(said.contains(word), "{tool}, {}, {format}: {said}", pair.name);
            assert_eq!(said.matches(why).count(), 1, "{tool}, {}, {format}: {said}", pair.name);
        }
    }
}

#[test]
fn code_quality_tells_why_it_refuses() {
    let case = cases("wkg").into_iter().find(|case| case.name == "import-added").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
    command
        .args(["compare", "--no-config", "--format", "gitlab", "--as", "wkg"])
        .arg(&case.pair.old)
        .arg(&case.pair.new);
    let entries = Run::by(&mut command).code(1).json();
    let entries: Vec<&Value> = entries.as_array().unwrap().iter().filter(|it| it["severity"] == "blocker").collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(entries[0]["check_name"], "wkg-publish");
    let told = entries[0]["description"].as_str().unwrap();
    assert!(
        told.starts_with("`orchard:press`: `wkg publish` refuses it: world `mill`: ") && told.ends_with("for guests."),
        "{told}"
    );
}

#[test]
fn what_cannot_be_asked_together_is_refused() {
    let pair = cases("wkg").swap_remove(0).pair;
    let refused = |arguments: &[&str], says: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
        Run::by(command.arg("compare").args(arguments).arg(&pair.old).arg(&pair.new)).code(2).says(says);
    };
    refused(&["--as", "wkg", "--fail-on", "major"], "cannot be used with");
    refused(&["--as", "wkg", "--verify"], "cannot be used with");
    refused(&["--as", "wkg", "--world", "mill"], "wkg compares all worlds");
    refused(&["--world", "mill"], "--as");
    refused(&["--as", "cargo"], "wasm-tools");
}

#[test]
fn the_configured_level_is_not_the_other_tools_gate() {
    let case = cases("wkg").into_iter().find(|case| case.name == "import-removed").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
    command.args(["compare", "--no-config", "--as", "wkg"]).arg(&case.pair.old).arg(&case.pair.new);
    let run = Run::by(command.env("WIT_DIFF_FAIL_ON", "major")).code(0);
    assert!(run.stdout.ends_with("gate passed: `wkg publish` accepts it\n"), "{run:?}");
}

/// Both sides in one tree, as `wasm-tools` wants them: each as a dependency of a package that is nothing else.
struct Tree {
    scratch: Scratch,
    there: BTreeSet<String>,
}

impl Tree {
    /// `None` where the sides cannot stand in one tree, having one name and version.
    fn of(pair: &Pair) -> Option<Tree> {
        let mut tree = Tree { scratch: Scratch::empty(), there: BTreeSet::new() };
        tree.scratch.write("root.wit", "package both:sides;\n");
        let own = [tree.add("old", &pair.old), tree.add("new", &pair.new)];
        let deps = own.iter().all(|added| *added);
        for (side, path) in [("old", &pair.old), ("new", &pair.new)] {
            let Ok(entries) = fs::read_dir(path.join("deps")) else { continue };
            let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            entries.sort();
            for entry in entries {
                tree.add(&format!("{side}-{}", entry.file_stem().unwrap().to_string_lossy()), &entry);
            }
        }
        deps.then_some(tree)
    }

    /// Whether it is there now; a package of that name and version may be there already.
    fn add(&mut self, name: &str, path: &Path) -> bool {
        let files: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect(),
            Err(_) => vec![path.to_owned()],
        };
        let texts: Vec<(String, String)> = (files.iter())
            .map(|file| (file.extension().unwrap().to_string_lossy().into_owned(), fs::read_to_string(file).unwrap()))
            .collect();
        let declared = texts.iter().flat_map(|(_, text)| text.lines()).find(|line| line.starts_with("package "));
        if !declared.is_none_or(|line| self.there.insert(line.to_owned())) {
            return false;
        }
        for (at, (form, text)) in texts.iter().enumerate() {
            let place = if form == "wat" { format!("deps/{name}.wat") } else { format!("deps/{name}/{at}.wit") };
            self.scratch.write(&place, text);
        }
        true
    }

    /// What `wasm-tools component semver-check` does with it.
    fn answer(&self, prev: &str, new: &str) -> Result<(), String> {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(self.scratch.path()).map_err(|error| resolve.render_error(&error))?;
        let select = |world: &str| resolve.select_world(&[package], Some(world)).map_err(|error| format!("{error:#}"));
        let (prev, new) = (select(prev)?, select(new)?);
        semver_check(resolve, prev, new).map_err(|error| format!("{error:#}"))
    }
}

/// One side, as it is resolved by itself.
fn resolved(path: &Path, all_features: bool) -> Option<(Resolve, PackageId)> {
    let mut resolve = Resolve { all_features, ..Resolve::default() };
    let (package, _) = resolve.push_path(path).ok()?;
    Some((resolve, package))
}

/// What both sides of a pair are called by a tool: the package, and the worlds of both sides.
fn named(pair: &Pair) -> Option<(String, Vec<String>, String, String)> {
    let ((old, old_id), (new, new_id)) = (resolved(&pair.old, false)?, resolved(&pair.new, false)?);
    let (old, new) = (&old.packages[old_id], &new.packages[new_id]);
    let worlds = old.worlds.keys().filter(|world| new.worlds.contains_key(*world)).cloned().collect();
    let name = |package: &wit_parser::Package| format!("{}:{}", package.name.namespace, package.name.name);
    let versions = (old.name.version.clone()?.to_string(), new.name.version.clone()?.to_string());
    (name(old) == name(new)).then(|| (name(old), worlds, versions.0, versions.1))
}

/// A message without what the library counts: offsets, and types across threads.
fn steady(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if *word == "(at" && words.get(at + 1) == Some(&"offset") {
            at += 3;
            continue;
        }
        out.push_str(word);
        out.push(' ');
        at += 1;
    }
    const COUNTED: &str = "globally_unique_id: ";
    let mut parts = out.trim().split(COUNTED);
    let first = parts.next().unwrap().to_owned();
    let uncounted = |part: &str| format!("{COUNTED}0{}", part.trim_start_matches(|c: char| c.is_ascii_digit()));
    parts.fold(first, |out, part| out + &uncounted(part))
}

/// The fixtures, real packages, and all cases, as if each were a release and the next one.
fn pairs_of(tool: &str, scratch: &Scratch) -> Vec<Pair> {
    let corpus = corpora().into_iter().next().expect("the corpus in testdata");
    let known = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"));
    let known = known.map(|case| {
        let released = |side: &str, path: &Path, version: &str| {
            let into = scratch.path().join(&case.name).join(side);
            release(path, &into, version, true);
            into
        };
        let (old, new) = (released("old", &case.old, "1.0.0"), released("new", &case.new, "1.1.0"));
        Pair { old, new, ..case }
    });
    cases(tool).into_iter().map(|case| case.pair).chain(neighbours(&corpus)).chain(known).collect()
}

/// Copies a package, its files under another version.
fn release(from: &Path, into: &Path, version: &str, is_own: bool) {
    fs::create_dir_all(into).unwrap();
    let paths = match fs::read_dir(from) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => vec![from.to_owned()],
    };
    for path in paths {
        let target = into.join(path.file_name().unwrap());
        if path.is_dir() {
            release(&path, &target, version, false);
        } else if is_own && path.extension().is_some_and(|end| end == "wit") {
            let text = fs::read_to_string(&path).unwrap();
            let line = |line: &str| match line.strip_prefix("package ").and_then(|rest| rest.strip_suffix(';')) {
                Some(name) => format!("package {}@{version};\n", name.split('@').next().unwrap()),
                None => format!("{line}\n"),
            };
            fs::write(target, text.lines().map(line).collect::<String>()).unwrap();
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The program, where it is installed.
fn installed(program: &str) -> Option<Command> {
    let is_there = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    is_there.then(|| Command::new(program))
}

#[test]
fn wasm_tools_is_asked_as_it_asks_itself() {
    let mut asked_about = 0;
    let scratch = Scratch::empty();
    for pair in pairs_of("wasm-tools", &scratch) {
        let Some((package, worlds, old, new)) = named(&pair) else { continue };
        let Some(tree) = Tree::of(&pair) else { continue };
        for world in worlds {
            let (prev, next) = (format!("{package}/{world}@{old}"), format!("{package}/{world}@{new}"));
            let (report, passed) = asked_here(
                Profile::WasmTools,
                &pair,
                Options { packages: vec![package.clone()], world: Some(world.clone()), ..Options::default() },
            );
            let profile = profiles(&report)[0];
            let official = tree.answer(&prev, &next);
            assert_eq!(passed, official.is_ok(), "{}, {world}: {official:?}, {profile}", pair.name);
            let ours = profile["message"].as_str().map(str::to_owned);
            let theirs = official.err().map(|message| format!("world `{world}`: {}", steady(&message)));
            assert_eq!(ours, theirs, "{}, {world}", pair.name);
            if let Some(mut command) = installed("wasm-tools") {
                command.args(["component", "semver-check"]).arg(tree.scratch.path());
                let output = command.args(["--prev", &prev, "--new", &next]).output().unwrap();
                assert_eq!(output.status.success(), passed, "{}, {world}: {output:?}", pair.name);
            }
            asked_about += 1;
        }
    }
    assert!(asked_about > 140, "only {asked_about}");
}

/// `wkg publish` of a side into a registry in a directory.
fn publish(scratch: &Scratch, side: &str, path: &Path) -> Option<Output> {
    let (resolve, package) = resolved(path, true)?;
    scratch.write(&format!("{side}.wasm"), encode(&resolve, package, false).unwrap());
    let registry = scratch.path().join("registry");
    let config = format!(
        "default_registry = \"here\"\n\n[registry.here]\ntype = \"local\"\n\n[registry.here.local]\nroot = '{}'\n",
        registry.display()
    );
    scratch.write("config.toml", config);
    let mut command = installed("wkg")?;
    command.args(["publish", "--config", "config.toml", &format!("{side}.wasm")]);
    Some(command.current_dir(scratch.path()).env("RUST_BACKTRACE", "0").output().unwrap())
}

#[test]
fn wkg_says_the_same_where_it_is_installed() {
    if installed("wkg").is_none() {
        return;
    }
    let mut refused = 0;
    let released = Scratch::empty();
    for pair in pairs_of("wkg", &released) {
        let scratch = Scratch::empty();
        let Some(first) = publish(&scratch, "old", &pair.old) else { continue };
        let Some(second) = publish(&scratch, "new", &pair.new) else { continue };
        let (report, passed) = {
            // The program publishes what a directory is, not what is nested in its files.
            let (resolve, id) = resolved(&pair.new, true).unwrap();
            let name = &resolve.packages[id].name;
            let packages = vec![format!("{}:{}", name.namespace, name.name)];
            asked_here(Profile::Wkg, &pair, Options { packages, ..Options::default() })
        };
        // What cannot be published by itself was not published before, either.
        let theirs = first.status.success() && second.status.success();
        assert_eq!(passed, theirs, "{}: {second:?}\n{:#}", pair.name, profiles(&report)[0]);
        refused += usize::from(!theirs);
    }
    assert!(refused > 10, "only {refused}");
}

/// Only what applies is given as the reason.
#[test]
fn gates_are_the_reason_where_they_are() {
    let uneven = "in interfaces, wkg counts functions behind a gate in the newer version";
    for (name, features, is_told) in [
        ("gated-function-unchanged", "", true),
        ("gated-function-unchanged", "tare", true),
        ("gated-function-added", "", true),
        // Whoever counts the function says the same as wkg.
        ("gated-function-added", "tare", false),
        ("gated-function-removed", "", false),
        ("gated-function-of-an-export-removed", "", false),
        ("gated-function-of-an-export-removed", "tare", true),
        ("map-unchanged", "", false),
    ] {
        let case = cases("wkg").into_iter().find(|case| case.name == name).unwrap();
        let (report, _) = asked("wkg", &case.pair, &["--protect", "hosts", "--features", features]);
        let differs = profiles(&report)[0]["differs"].as_str().unwrap_or_default();
        assert_eq!(differs.contains(uneven), is_told, "{name}, {features}: {differs}");
    }
}
