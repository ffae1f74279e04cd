//! The hooks for `pre-commit`, installed and run by it.

use super::programs::{find, path, project, tool};
use super::scratch::Scratch;
use super::service::{F, F_CHANGED, wit};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

const HOOKS: &str = include_str!("../../.pre-commit-hooks.yaml");

/// A repository with a release, and a hook of `hooks` in it, which is a repository with our hooks.
fn guarded(hook: &str) -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", "main", "hooks"]);
    scratch.write("hooks/.pre-commit-hooks.yaml", HOOKS);
    // As good as the project itself, and built in a moment.
    scratch.write("hooks/Cargo.toml", "[package]\nname = \"wit-diff\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    let main = format!(
        "use std::os::unix::process::CommandExt;\nfn main() {{ std::process::Command::new({:?})\
         .args(std::env::args_os().skip(1)).exec(); std::process::exit(2) }}\n",
        env!("CARGO_BIN_EXE_wit-diff")
    );
    scratch.write("hooks/src/main.rs", main);
    scratch.git_in("hooks", &["add", "-A"]);
    scratch.git_in("hooks", &["commit", "-qm", "hooks"]);
    let commit = scratch.git_in("hooks", &["rev-parse", "HEAD"]);
    scratch.git(&["init", "-q", "-b", "main", "work"]);
    let config = format!(
        "repos:\n  - repo: {}\n    rev: {commit}\n    hooks:\n      - id: {hook}\n",
        scratch.path().join("hooks").display()
    );
    scratch.write("work/.pre-commit-config.yaml", config).write("work/wit/a.wit", wit("1.0.0", F));
    scratch.git_in("work", &["add", "-A"]);
    scratch.git_in("work", &["commit", "-qm", "release"]);
    scratch.git_in("work", &["tag", "v1.0.0"]);
    scratch
}

fn run(scratch: &Scratch, program: impl AsRef<OsStr>, arguments: &[&str], before: &[&Path]) -> Output {
    let mut command = Command::new(program);
    // Without a home of its own, cargo is not found where rustup has it.
    let names = ["CARGO_HOME", "RUSTUP_HOME", "HOME", "RUSTUP_TOOLCHAIN"];
    let kept = names.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
    command.env_clear().envs(kept).env("PATH", path(before)).env("PRE_COMMIT_HOME", scratch.path().join("home"));
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("PRE_COMMIT_COLOR", "never")]);
    command.envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.test")]);
    command.envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.test")]);
    command.args(arguments).current_dir(scratch.path().join("work")).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn what_is_committed_is_checked() {
    let Some(pre_commit) = find("pre-commit", "the package `pre-commit` of PyPI has it") else { return };
    for (hook, before) in [("wit-diff-system", &[tool()][..]), ("wit-diff", &[])] {
        let scratch = guarded(hook);
        let installed = run(&scratch, &pre_commit, &["install"], before);
        assert!(installed.status.success(), "{}", said(&installed));
        let commit = |message: &str| run(&scratch, "git", &["commit", "-qm", message], before);
        // What is no WIT runs nothing.
        scratch.write("work/README", "work\n").git_in("work", &["add", "-A"]);
        let other = commit("other");
        assert!(other.status.success() && said(&other).contains("Skipped"), "{hook}: {}", said(&other));
        scratch.write("work/wit/a.wit", wit("1.0.0", F_CHANGED)).git_in("work", &["add", "-A"]);
        let bad = commit("bad");
        assert!(!bad.status.success(), "{hook}: {}", said(&bad));
        assert!(said(&bad).contains("Failed") && said(&bad).contains("2.0.0"), "{hook}: {}", said(&bad));
        scratch.write("work/wit/a.wit", wit("2.0.0", F_CHANGED)).git_in("work", &["add", "-A"]);
        let good = commit("good");
        assert!(good.status.success() && said(&good).contains("Passed"), "{hook}: {}", said(&good));
    }
}

/// The hooks as the project has them, without a copy: those are found under these names.
#[test]
fn the_project_is_a_repository_of_hooks() {
    let Some(pre_commit) = find("pre-commit", "the package `pre-commit` of PyPI has it") else { return };
    let scratch = guarded("wit-diff");
    let manifest = project().join(".pre-commit-hooks.yaml");
    let checked = run(&scratch, &pre_commit, &["validate-manifest", manifest.to_str().unwrap()], &[]);
    assert!(checked.status.success(), "{}", said(&checked));
}
