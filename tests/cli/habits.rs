//! What people expect of every tool: help that fits a screen, examples that run, versions, and a word for a slip.

use super::Scratch;
use crate::run::Run;
use std::collections::BTreeSet;

/// What a screen shows.
const LINES: usize = 24;
const COLUMNS: usize = 80;

/// The names of all commands, from the help itself.
fn commands(scratch: &Scratch) -> Vec<String> {
    let help = scratch.call(&["-h"]).code(0).stdout;
    let rows = help.lines().skip_while(|line| !line.starts_with("Usage:")).skip(2).take_while(|line| !line.is_empty());
    let name = |row: &str| row.split_whitespace().next().unwrap().to_owned();
    rows.filter(|row| !row.starts_with("   ")).map(name).filter(|name| name != "help").collect()
}

fn help(scratch: &Scratch, arguments: &[&str]) -> String {
    Run::by(scratch.binary(arguments).env("COLUMNS", COLUMNS.to_string())).code(0).stdout
}

#[test]
fn short_help_fits_a_screen() {
    let scratch = Scratch::new();
    let commands = commands(&scratch);
    assert!(commands.len() > 8, "{commands:?}");
    let calls = commands.iter().map(|command| vec![command.as_str(), "-h"]).chain([vec!["-h"]]);
    for call in calls {
        let help = help(&scratch, &call);
        assert!(help.lines().count() <= LINES, "{call:?} has {} lines:\n{help}", help.lines().count());
        let is_short = |line: &&str| line.chars().count() <= COLUMNS;
        assert!(help.lines().all(|line| is_short(&line)), "{call:?}:\n{help}");
    }
}

#[test]
fn long_help_leaves_nothing_out() {
    let scratch = Scratch::new();
    for command in commands(&scratch) {
        let (short, long) = (help(&scratch, &[&command, "-h"]), help(&scratch, &[&command, "--help"]));
        let flags = |help: &str| -> BTreeSet<String> {
            help.split([' ', '\n']).filter(|word| word.starts_with("--")).map(str::to_owned).collect()
        };
        let (shown, all) = (flags(&short), flags(&long));
        assert!(long.contains("Examples:\n") && long.contains("Exit codes:"), "{command}:\n{long}");
        assert!(shown.is_subset(&all), "{command}: {shown:?} {all:?}");
    }
    for command in ["compare", "check"] {
        let help = help(&scratch, &[command, "--help"]);
        let formats = help.lines().find(|line| line.contains("text, json, markdown, html")).unwrap();
        let wrong = scratch.call(&[command, "--format", "xml"]).code(2).stderr;
        let known = wrong.split_once("[possible values: ").unwrap().1.split_once(']').unwrap().0;
        assert_eq!(formats.trim(), known, "{command}");
    }
}

/// A repository in which the examples have something to work on.
fn examples() -> (Scratch, Vec<(String, Vec<String>)>) {
    let scratch = Scratch::new();
    let package = |name: &str, version: &str, more: &str| {
        format!(
            "package {name}@{version};\ninterface types {{\n  f: func();\n{more}}}\ninterface exit {{\n  exit-with-code: func();\n}}\nworld proxy {{\n  import exit;\n}}\n"
        )
    };
    scratch.git(&["init", "-q", "-b", "main"]);
    scratch.git(&["config", "user.name", "Ada"]);
    scratch.write(".gitignore", "published.wasm\ntarget\n");
    for version in ["0.2.0", "0.2.9", "0.2.12"] {
        let more = if version == "0.2.12" { "  /// Says more.\n  g: func();\n" } else { "" };
        scratch.write("wit/http.wit", package("wasi:http", version, more));
        scratch.write("cli/cli.wit", package("wasi:cli", version, more));
        scratch.release(&format!("v{version}"));
    }
    let commit = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["update-ref", "refs/remotes/origin/main", &commit]);
    scratch.write("published.wasm", wat_of_package()).write("target/app.wasm", wat_of_package());
    let mut found = Vec::new();
    for command in commands(&scratch).into_iter().chain(["man".to_owned()]) {
        let long = scratch.call(&[&command, "--help"]).code(0).stdout;
        let list = long.split_once("Examples:\n").unwrap().1;
        let rows = list.lines().take_while(|row| row.starts_with("  "));
        let short = scratch.call(&[&command, "-h"]).code(0).stdout;
        let one = short.lines().find_map(|line| line.strip_prefix("Example: "));
        let before = found.len();
        for row in rows.chain(one) {
            // What the shell does with it is not ours.
            let row = row.trim().trim_start_matches("source <(").split([')', '>', '|']).next().unwrap();
            let words = words(row);
            assert_eq!(words[..2], ["wit-diff", &command], "{row}");
            found.push((row.to_owned(), words));
        }
        assert!(found.len() > before, "{command} has no example");
    }
    (scratch, found)
}

/// The words of a command, as a shell takes them.
fn words(row: &str) -> Vec<String> {
    let quoted = row.split('\'').enumerate().flat_map(|(at, part)| match at % 2 {
        1 => vec![part],
        _ => part.split_whitespace().collect(),
    });
    quoted.map(str::to_owned).collect()
}

/// A component with an import.
fn wat_of_package() -> &'static str {
    "(component (import \"a:b/i@1.0.0\" (instance (export \"f\" (func)))))"
}

#[test]
fn the_examples_of_the_help_run() {
    let (scratch, examples) = examples();
    for (row, words) in examples {
        let mut arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
        // The one path that is outside.
        arguments.iter_mut().filter(|argument| **argument == "../other").for_each(|argument| *argument = ".");
        if arguments.contains(&"old.wit") {
            scratch.write("old.wit", super::OLD).write("new.wit", super::MINOR);
        }
        let mut fingerprint = String::new();
        if arguments[0] == "accept" {
            scratch.write("wit/http.wit", scratch.read("wit/http.wit").replace("  g: func();\n", ""));
            let report = scratch.call(&["check", "--format", "json"]).code(1).json();
            fingerprint.push_str(report["packages"][1]["changes"][0]["fingerprint"].as_str().unwrap());
        }
        arguments.iter_mut().filter(|argument| **argument == "3f9a012b").for_each(|argument| *argument = &fingerprint);
        let run = scratch.call(&arguments);
        // Passed or failed, but understood, found and compared.
        assert!(matches!(run.code, Some(0 | 1)), "{row}: {run:#?}");
        scratch.git(&["clean", "-q", "-fd"]);
        scratch.git(&["reset", "-q", "--hard"]);
    }
}

#[test]
fn versions_of_all_that_decides() {
    let scratch = Scratch::new();
    let own = concat!("wit-diff ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(scratch.call(&["-V"]).code(0).stdout, own);
    let long = scratch.call(&["--version"]).code(0).stdout;
    let [first, rules, parser] = long.lines().collect::<Vec<_>>()[..] else { panic!("{long}") };
    assert_eq!((first, rules), (own.trim_end(), format!("rules {}", wit_diff::rule::SET).as_str()));
    // It is the parser that is built in, and no other fits.
    let version = parser.strip_prefix("wit-parser ").unwrap();
    let locked = include_str!("../../Cargo.lock").split("name = \"wit-parser\"\nversion = \"").nth(1).unwrap();
    assert!(locked.starts_with(&format!("{version}.")), "{parser}: {}", &locked[..10]);
    assert!(include_str!("../../Cargo.toml").contains(&format!("\nwit-parser = {{ version = \"{version}\"")));
}

#[test]
fn without_a_command() {
    let outside = Scratch::filled();
    let run = outside.call(&[]).code(2).says("Usage: wit-diff").says("compare");
    assert_eq!(run.stdout, "");
    let inside = Scratch::new();
    inside.git(&["init", "-q", "-b", "main"]);
    inside.write("wit/a.wit", super::OLD).release("v1.0.0");
    inside.write("wit/a.wit", super::MAJOR.replace("2.0.0", "1.0.1")).commit("a change");
    let checked = inside.call(&["check"]).code(1);
    let run = inside.call(&[]).code(1);
    assert_eq!((run.stdout, run.stderr), (checked.stdout, checked.stderr));
}

#[test]
fn slips_of_the_fingers() {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q", "-b", "main"]);
    scratch.write("wit/a.wit", super::OLD).release("v1.0.0");
    scratch.call(&["chekc"]).code(2).says("'check'");
    scratch.call(&["comapre", "a", "b"]).code(2).says("'compare'");
    scratch.call(&["check", "--agianst", "main"]).code(2).says("'--against'");
    scratch.call(&["check", "--format", "marckdown"]).code(2).says("'markdown'");
    scratch.call(&["explain", "record-feild-added"]).code(2).says("`record-field-added`");
    scratch.call(&["check", "--deny", "record-feild-added"]).code(2).says("did you mean `record-field-added`?");
    for (range, meant) in
        [("v1.0.0..mian", "`main`"), ("mian..", "`main`"), ("v1.0.O..main", "`v1.0.0`"), ("v1.0.0..mian^", "`main^`")]
    {
        scratch.compare(&[range]).code(3).says(&format!("did you mean {meant}"));
    }
    scratch.call(&["log", "v1.0.0..mian"]).code(3).says("did you mean `main`");
    scratch.call(&["check", "--against", "mian"]).code(3).says("did you mean `main`");
}

/// What git's library says of its own parts helps nobody.
#[test]
fn revisions_that_are_not_there() {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q", "-b", "main"]);
    scratch.write("wit/a.wit", super::OLD).release("v1.0.0");
    let leads_nowhere = |base: &str, rest: &str| format!("`{base}` is there, and `{rest}` leads nowhere from it");
    for (rev, why) in [
        ("HEAD~99", leads_nowhere("HEAD", "~99")),
        ("v1.0.0^7", leads_nowhere("v1.0.0", "^7")),
        ("HEAD@{99}", leads_nowhere("HEAD", "@{99}")),
        ("HEAD^{/nope}", leads_nowhere("HEAD", "^{/nope}")),
        ("a b", "nothing in git can be called that".to_owned()),
        ("[", "nothing in git can be called that".to_owned()),
        ("@{-9}", "there is no revision `@{-9}`".to_owned()),
        ("^", "there is no revision `^`".to_owned()),
        ("nope~2", "there is no revision `nope~2`".to_owned()),
    ] {
        let run = scratch.compare(&[&format!("{rev}..")]).code(3).says(&why);
        for word in ["revspec", "specifier", "parent", "reflog", "no error", "to stat"] {
            assert!(!run.stderr.contains(word), "{rev}: {run:#?}");
        }
    }
}
