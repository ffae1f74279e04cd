//! The recipes in `src/release_tools.md`: their commands run, and with the tools at hand they make releases.

#![cfg(all(feature = "cli", feature = "git", unix))]

#[allow(dead_code)]
#[path = "support/run.rs"]
mod run;
#[path = "support/scratch.rs"]
mod scratch;

use run::Run;
use scratch::Scratch;
use std::env;
use std::path::Path;
use std::process::Command;

const RECIPES: &str = include_str!("../src/release_tools.md");
const BEFORE: &str =
    "package my:calculator@1.2.0;\n\n/// Adds.\ninterface add {\n    add: func(a: u32, b: u32) -> u32;\n";
const NEW: &str = "    subtract: func(a: u32, b: u32) -> u32;\n";

/// The fenced blocks of one language in the section of a tool.
fn blocks(tool: &str, language: &str) -> Vec<String> {
    let section = RECIPES.split("\n## ").find(|section| section.starts_with(tool)).unwrap();
    let mut blocks = section.split("\n```");
    let mut found = Vec::new();
    while let (Some(_), Some(block)) = (blocks.next(), blocks.next()) {
        let (first, rest) = block.split_once('\n').unwrap();
        found.extend((first == language).then(|| rest.to_owned() + "\n"));
    }
    assert!(!found.is_empty(), "{tool} has no {language}");
    found
}

/// A package that was released as 1.2.0, and has a function more.
fn repository() -> Scratch {
    let repository = Scratch::repository();
    repository.write("wit/calculator.wit", format!("{BEFORE}}}\n")).write("CHANGELOG.md", "# Changelog\n");
    repository
}

fn more(repository: &Scratch) {
    repository.write("wit/calculator.wit", format!("{BEFORE}{NEW}}}\n")).commit("feat: subtract");
}

fn is_released(repository: &Scratch) {
    assert!(repository.read("wit/calculator.wit").starts_with("package my:calculator@1.3.0;\n"));
    assert_eq!(repository.read("wit/calculator.wit").replace("1.3.0", "1.2.0"), format!("{BEFORE}{NEW}}}\n"));
}

/// The commands of the tool that a text holds.
fn commands(text: &str) -> Vec<Vec<String>> {
    let ends = |rest: &str| rest.find(['|', ')', '\n', ';', '}', '`']).into_iter().chain(rest.find("&&")).min();
    let after = text.match_indices("wit-diff ").map(|(at, found)| &text[at + found.len()..]);
    let commands = after.map(|rest| &rest[..ends(rest).unwrap_or(rest.len())]);
    let word = |word: &str| {
        word.trim_matches(['"', '\'', '\\', ',']).replace("${lastRelease.gitTag", "v1.2.0").replace("$last", "v1.2.0")
    };
    commands.map(|command| command.split_whitespace().map(word).collect()).collect()
}

#[test]
fn every_command_of_the_recipes_runs() {
    let text =
        RECIPES.replace("${lastRelease.gitTag}", "v1.2.0").replace("$(git describe --tags --abbrev=0)", "v1.2.0");
    let blocks = text.split("```").skip(1).step_by(2).collect::<Vec<_>>().join("\n");
    let commands = commands(&blocks);
    assert!(commands.len() > 12, "{commands:?}");
    for command in commands {
        let repository = repository();
        repository.release("v1.2.0");
        more(&repository);
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        let run = Run::by(&mut repository.binary(&arguments));
        assert_eq!(run.code, Some(0), "{command:?}: {run:#?}");
        match arguments.as_slice() {
            ["bump", "--print", ..] => assert_eq!(run.stdout, "my:calculator 1.3.0\n"),
            ["compare", ..] => assert_eq!(run.json()["level"], "minor"),
            ["bump", ..] => is_released(&repository),
            ["changelog", .., "--write", file] => assert!(repository.read(file).contains("subtract"), "{run:#?}"),
            ["changelog", ..] => assert!(run.stdout.contains("subtract"), "{run:#?}"),
            other => panic!("what is {other:?}?"),
        }
    }
}

/// A shell command, where the tool and what else is needed are found.
fn shell(repository: &Scratch, script: &str, path: &[&Path]) {
    let tool = Path::new(env!("CARGO_BIN_EXE_wit-diff")).parent().unwrap();
    let old = env::var_os("PATH").unwrap_or_default();
    let all = path.iter().copied().chain([tool]).map(Path::to_path_buf).chain(env::split_paths(&old));
    let mut command = Command::new("sh");
    command.args(["-ec", script]).env("PATH", env::join_paths(all).unwrap()).env_remove("CARGO_TARGET_DIR");
    repository.run("", &mut command);
}

/// The `node_modules` directory with the npm packages that a recipe names.
fn node_modules(repository: &Scratch) -> std::path::PathBuf {
    let modules = env::var_os("NODE_MODULES").expect("NODE_MODULES names the directory that has the npm packages");
    repository.link("node_modules", modules.to_str().unwrap());
    repository.write(".git/info/exclude", "node_modules\n");
    Path::new(&modules).join(".bin")
}

#[test]
#[ignore = "needs cargo-release and jq"]
fn cargo_release_makes_a_release() {
    let repository = repository();
    let manifest = "[package]\nname = \"calculator\"\nversion = \"1.2.0\"\nedition = \"2024\"\n";
    repository.write("Cargo.toml", manifest).write("src/lib.rs", "").write(".gitignore", "target\n");
    repository.write("release.toml", blocks("cargo-release", "toml").remove(0));
    shell(&repository, "cargo generate-lockfile --offline", &[]);
    repository.release("v1.2.0");
    more(&repository);
    let script = blocks("cargo-release", "sh").remove(0);
    shell(&repository, &script.replace("--execute", "--no-publish --no-push --no-confirm"), &[]);
    assert_eq!(repository.git(&["status", "--porcelain"]), "", "a dry run writes nothing");
    shell(&repository, &script.replace("--execute", "--no-publish --no-push --no-confirm --execute"), &[]);
    is_released(&repository);
    assert!(repository.read("CHANGELOG.md").contains("1.3.0"));
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
    assert_eq!(repository.git(&["describe", "--tags"]), "v1.3.0");
}

#[test]
#[ignore = "needs the npm packages semantic-release, @semantic-release/exec and @semantic-release/git, and jq"]
fn semantic_release_makes_a_release() {
    let repository = repository();
    let remote = Scratch::empty();
    remote.git(&["init", "-q", "--bare", "-b", "main"]);
    let modules = node_modules(&repository);
    repository.write("package.json", r#"{ "name": "calculator", "version": "0.0.0", "private": true }"#);
    repository.write(".releaserc.json", blocks("semantic-release", "json").remove(0));
    repository.git(&["remote", "add", "origin", remote.path().to_str().unwrap()]);
    repository.release("v1.2.0");
    more(&repository);
    repository.git(&["push", "-q", "--tags", "origin", "main"]);
    let script = blocks("semantic-release", "sh").remove(0).replace("npx ", "");
    let url = format!("--no-ci --repository-url file://{}", remote.path().display());
    shell(&repository, &format!("{} {url}", script.trim()), &[&modules]);
    is_released(&repository);
    assert!(repository.read("CHANGELOG.md").contains("1.3.0"));
    assert_eq!(repository.git(&["describe", "--tags"]), "v1.3.0");
    assert_eq!(remote.git(&["rev-parse", "main"]), repository.git(&["rev-parse", "HEAD"]));
}

#[test]
#[ignore = "needs the npm package @changesets/cli, and jq"]
fn changesets_make_a_release() {
    let repository = repository();
    let modules = node_modules(&repository);
    repository.write("package.json", r#"{ "name": "my-calculator", "version": "1.2.0" }"#);
    repository.write(".changeset/config.json", r#"{ "changelog": "@changesets/cli/changelog", "baseBranch": "main" }"#);
    let mut scripts = blocks("changesets", "sh").into_iter();
    repository.write("release-wit.sh", scripts.next().unwrap());
    repository.release("v1.2.0");
    more(&repository);
    shell(&repository, &scripts.next().unwrap().replace("npx ", ""), &[&modules]);
    is_released(&repository);
    assert!(repository.read("package.json").contains("\"1.3.0\""));
    assert!(repository.read("CHANGELOG.md").contains("subtract"));
}
