//! Completions, in the shells themselves. Where one is not there, its part is skipped, but not in CI.

use super::Scratch;
use std::env;
use std::path::Path;
use std::process::Command;

/// A repository with a package, releases, and names that no shell must see.
fn repository() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "package wasi:http@1.0.0;\ninterface i {\n  f: func();\n}\n");
    scratch.write("cli/a.wit", "package wasi:cli@1.0.0;\ninterface i {\n  f: func();\n}\n");
    scratch.release("v1.0.0").release("v1.1.0");
    scratch.git(&["tag", "v1.2$(touch${IFS}owned)"]);
    scratch.git(&["tag", "v1.3;reboot"]);
    scratch.write("bin/.keep", "");
    #[cfg(unix)]
    scratch.link("bin/wit-diff", env!("CARGO_BIN_EXE_wit-diff"));
    scratch
}

/// What is typed, and all that is offered for its last word.
const OFFERED: [(&str, &[&str]); 12] = [
    ("wit-diff comp", &["compare", "completions"]),
    ("wit-diff check --agai", &["--against"]),
    ("wit-diff check --allow ", &["none", "patch", "minor", "major"]),
    ("wit-diff check --fail-on ", &["patch", "minor", "major"]),
    ("wit-diff log --format h", &["html"]),
    ("wit-diff log --output j", &["json=", "junit="]),
    ("wit-diff explain record-field-r", &["record-field-removed", "record-field-retyped"]),
    ("wit-diff check --deny gat", &["gates"]),
    ("wit-diff check --against v1.", &["v1.0.0", "v1.1.0"]),
    ("wit-diff compare v1.0.0..v1.", &["v1.0.0..v1.0.0", "v1.0.0..v1.1.0"]),
    ("wit-diff check --package wasi:", &["wasi:cli", "wasi:http"]),
    ("wit-diff check --package=wasi:h", &["--package=wasi:http"]),
];

/// Whether a shell is there, and has to be.
fn is_there(program: &str) -> bool {
    let found = env::split_paths(&env::var_os("PATH").unwrap()).any(|directory| directory.join(program).is_file());
    assert!(found || env::var_os("CI").is_none(), "{program} is not installed");
    found
}

/// A shell with the binary on its way, away from everybody's settings.
fn shell(scratch: &Scratch, program: &str, arguments: &[&str]) -> Command {
    // With the environment that the binary is run in.
    let mut command = scratch.binary(&[]);
    let mut shell = Command::new(program);
    for (name, value) in command.arg("").get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let path = env::join_paths(
        [scratch.path().join("bin")].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())),
    );
    shell.args(arguments).current_dir(scratch.path()).env("PATH", path.unwrap()).env("TERM", "dumb");
    shell
}

/// The same order as the shell may have chosen another one.
fn sorted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = words.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    words.sort();
    words
}

#[track_caller]
fn nothing_happened(scratch: &Scratch) {
    assert!(!scratch.path().join("owned").exists());
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !error.contains("panicked"), "{command:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Bash takes the line apart itself: by readline's rules, as it does where somebody presses the key.
#[test]
fn bash() {
    if !is_there("bash") {
        return;
    }
    let scratch = repository();
    let script = r#"
        set -u
        source <(wit-diff completions bash)
        complete -p wit-diff >/dev/null
        line=$1
        COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9 COMP_KEY=9
        # As readline does it: breaks are words of their own.
        COMP_WORDS=($(sed -E 's/([:=])/ \1 /g' <<<"$line"))
        [[ $line == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        replaced=${COMP_WORDS[COMP_CWORD]}
        [[ $replaced == [:=] ]] && replaced=''
        kept=${line%"$replaced"}
        kept=${kept##* }
        compopt() { :; }
        _wit_diff_complete wit-diff "$replaced" ''
        for reply in "${COMPREPLY[@]}"; do echo "$kept$reply"; done
    "#;
    for (line, offered) in OFFERED {
        let told = output(&mut shell(&scratch, "bash", &["--norc", "-c", script, "bash", line]));
        assert_eq!(sorted(told.lines()), sorted(offered.iter().copied()), "{line}");
    }
    nothing_happened(&scratch);
}

#[test]
fn fish() {
    if !is_there("fish") {
        return;
    }
    let scratch = repository();
    for (line, offered) in OFFERED {
        let script = "wit-diff completions fish | source; complete --do-complete $argv[1]";
        let told = output(&mut shell(&scratch, "fish", &["--no-config", "-c", script, line]));
        let words = told.lines().filter_map(|row| row.split('\t').next());
        assert_eq!(sorted(words), sorted(offered.iter().copied()), "{line}");
    }
    nothing_happened(&scratch);
}

/// The completion system of zsh runs in its line editor only; what it would show is caught where it is handed over.
#[test]
fn zsh() {
    if !is_there("zsh") {
        return;
    }
    let scratch = repository();
    let script = r#"
        compdef() { :; }
        eval "$(wit-diff completions zsh)"
        mark=$'\x01'
        _describe() { local item; for item in ${(P)argv[3]}; do print -r -- "${${item//\\:/$mark}%%:*}"; done; }
        words=(${(z)1})
        [[ $1 == *' ' ]] && words+=('')
        CURRENT=$#words
        _clap_dynamic_completer_wit_diff
    "#;
    for (line, offered) in OFFERED {
        let told = output(&mut shell(&scratch, "zsh", &["-f", "-c", script, "zsh", line]));
        assert_eq!(sorted(told.replace('\u{1}', ":").lines()), sorted(offered.iter().copied()), "{line}");
    }
    nothing_happened(&scratch);
}

/// What a shell is answered, by its own protocol: so is PowerShell, which few machines have.
#[test]
fn powershell() {
    let scratch = repository();
    let script = output(&mut scratch.binary(&["completions", "powershell"]));
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName wit-diff"), "{script}");
    assert!(script.contains("$env:WIT_DIFF_COMPLETE = \"powershell\"") && script.contains("& wit-diff -- $args"));
    for (line, offered) in OFFERED {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.insert(0, "--");
        let told = output(scratch.binary(&words).env("WIT_DIFF_COMPLETE", "powershell"));
        let words = told.lines().filter_map(|row| row.split('\t').next());
        assert_eq!(sorted(words), sorted(offered.iter().copied()), "{line}");
    }
}

#[test]
fn other_shells() {
    let scratch = Scratch::new();
    scratch.call(&["completions"]).code(2);
    scratch.call(&["completions", "tcsh"]).code(2).says("[possible values: bash, zsh, fish, powershell]");
    // A slip in a start file is told, and is no comparison.
    let run = scratch.binary(&["--", "wit-diff", "co"]).env("WIT_DIFF_COMPLETE", "tcsh").output().unwrap();
    assert!(!run.status.success() && run.stdout.is_empty(), "{run:?}");
}

/// Manual pages, read by the programs that show them.
#[test]
fn manual_pages() {
    let scratch = Scratch::new();
    assert_eq!(scratch.call(&["man", "made/man"]).code(0).stdout, "");
    let directory = scratch.path().join("made/man");
    let help = scratch.call(&["-h"]).code(0).stdout;
    let page = |name: &str| std::fs::read_to_string(directory.join(format!("{name}.1"))).unwrap();
    for command in ["compare", "check", "bump", "changelog", "log", "list", "rules", "explain", "schema", "completions"]
    {
        assert!(help.contains(&format!("\n  {command}")), "{command}");
        let text = page(&format!("wit-diff-{command}"));
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "\"EXIT STATUS\""] {
            assert!(text.contains(&format!(".SH {section}\n")), "{command} has no {section}:\n{text}");
        }
        assert!(page("wit-diff").contains(&format!("wit\\-diff\\-{command}(1)")), "{command}");
    }
    // What the short help leaves out is there, and said.
    assert!(
        page("wit-diff-check").contains("\\-\\-max\\-file\\-size")
            && page("wit-diff-check").contains("The largest file")
    );
    let pages: Vec<_> = std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(pages.len() > 10, "{pages:?}");
    for page in &pages {
        if is_there("groff") {
            let run = Command::new("groff").args(["-ww", "-man", "-Tascii", "-z"]).arg(page).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&run.stderr), "", "{}", page.display());
        }
        if is_there("mandoc") {
            let run = Command::new("mandoc").args(["-T", "lint", "-W", "warning"]).arg(page).output().unwrap();
            let told = String::from_utf8_lossy(&run.stdout).into_owned();
            // No day is known when pages are made, and spare room does no harm.
            let harmless = ["missing date", "skipping paragraph macro: br"];
            let told = told.lines().filter(|line| !harmless.iter().any(|harmless| line.contains(harmless)));
            assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new());
        }
    }
    scratch.write("file", "");
    scratch.call(&["man", "file"]).code(2).says("cannot write manual pages to `file`");
    assert!(Path::new(&directory).join("wit-diff.1").is_file());
}
