//! Colours, widths, and streams that end early.

use super::{Run, Scratch};
use std::io::Read;
use std::process::Stdio;

const ESCAPE: char = '\u{1b}';

fn with(scratch: &Scratch, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = scratch.binary(&[&["compare"], arguments].concat());
    Run::of(&command.envs(variables.iter().copied()).output().unwrap())
}

#[test]
fn colours_where_they_are_wanted() {
    let scratch = Scratch::filled();
    for new in ["major.wit", "broken.wit"] {
        let colored = |variables: &[(&str, &str)], flags: &[&str]| {
            let run = with(&scratch, variables, &[&["old.wit", new], flags].concat());
            run.stdout.contains(ESCAPE) || run.stderr.contains(ESCAPE)
        };
        // No stream is a terminal.
        assert!(!colored(&[], &[]) && !colored(&[], &["--color", "auto"]), "{new}");
        assert!(!colored(&[("NO_COLOR", "1")], &[]) && !colored(&[], &["--color", "never"]), "{new}");
        assert!(colored(&[], &["--color", "always"]), "{new}");
        // What is asked for in so many words wins.
        assert!(colored(&[("NO_COLOR", "1")], &["--color", "always"]), "{new}");
    }
    let json = with(&scratch, &[], &["old.wit", "major.wit", "--format", "json", "--color", "always"]);
    assert!(!json.stdout.contains(ESCAPE));
    // Colours are all that differs.
    let run = |color| scratch.compare(&["old.wit", "major.wit", "--color", color]).stdout;
    assert_eq!(plain(&run("always")), run("never"));
}

/// The text without its escapes.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn the_width_is_that_of_the_terminal() {
    let scratch = Scratch::filled();
    let functions = |name: &str| -> String {
        let parameters = "first: string, second: list<u8>, third: option<string>";
        (0..4).map(|n| format!("  {name}-function-{n}: func({parameters});\n")).collect()
    };
    for (file, name) in [("short.wit", "a"), ("long.wit", "another-and-much-longer")] {
        scratch.write(file, format!("package a:b@1.0.0;\ninterface i {{\n{}}}\n", functions(name)));
    }
    for pair in [["short.wit", "long.wit"], ["long.wit", "short.wit"], ["old.wit", "long.wit"]] {
        for (columns, width) in [("60", 60), ("80", 80), ("120", 120), ("", 80), ("wide", 80), ("0", 80)] {
            let run = with(&scratch, &[("COLUMNS", columns)], &[&pair[..], &["--verbose"]].concat()).code(0);
            for line in run.stdout.lines() {
                let is_one_word = line.split_whitespace().count() == 1;
                assert!(line.chars().count() <= width || is_one_word, "COLUMNS={columns}: {line}");
            }
        }
    }
    let text = |columns| with(&scratch, &[("COLUMNS", columns)], &["short.wit", "long.wit"]).stdout;
    assert_eq!(text("0"), text("80"));
    for columns in ["1", "-1", "99999999999999999999", "1000000"] {
        with(&scratch, &[("COLUMNS", columns)], &["old.wit", "long.wit"]).code(0);
        with(&scratch, &[("COLUMNS", columns)], &["old.wit", "broken.wit"]).code(3);
    }
}

#[test]
fn a_reader_that_goes_away() {
    let scratch = Scratch::filled();
    // More than any pipe holds.
    let functions: String = (0..5000).map(|n| format!("  fn{n}: func();\n")).collect();
    scratch.write("many.wit", format!("package a:b@1.0.0;\ninterface i {{\n{functions}}}\n"));
    for format in ["text", "json"] {
        let mut command = scratch.binary(&["compare", "old.wit", "many.wit", "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let run = Run::of(&child.wait_with_output().unwrap()).code(0);
        assert_eq!(run.stderr, "", "{format}");
    }
}

#[cfg(unix)]
#[test]
fn streams_that_are_closed_or_full() {
    let scratch = Scratch::filled();
    let shell = |redirection: &str, arguments: &str| {
        let script = format!("exec \"$0\" compare {arguments} {redirection}");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_wit-diff")]).current_dir(scratch.path());
        Run::of(&command.output().unwrap())
    };
    shell("<&-", "- old.wit").code(3).says("old revision `-`");
    shell("<&-", "old.wit minor.wit").code(0).prints("minor");
    shell(">&-", "old.wit major.wit --fail-on major").code(1);
    shell("2>&-", "old.wit broken.wit").code(3);
    if cfg!(target_os = "linux") {
        shell(">/dev/full", "old.wit minor.wit").code(2).says("cannot write to the standard output");
        shell("", "old.wit minor.wit --output json=/dev/full").code(2).says("cannot write `/dev/full`");
        shell("2>/dev/full", "old.wit broken.wit").code(3);
    }
}
