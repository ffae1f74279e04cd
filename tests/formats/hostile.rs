//! What strangers write has no effect where a format is printed: on terminals, and in the logs of CI runners, which read
//! commands out of them. That it has none inside the format, each format's own test says.

use super::fixture;
use super::strangers::{acts_unseen, reports};
use wit_diff::report::*;
use wit_diff::verdict::Level;

/// Whether a runner takes a line for a command: GitHub's reads `::name` behind blanks and `##[` anywhere, others `##vso[`
/// and `##teamcity[`.
fn is_command(line: &str) -> bool {
    let name = line.trim_start().strip_prefix("::").map(str::trim_start);
    name.is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric()))
        || ["##[", "##vso[", "##teamcity["].iter().any(|sign| line.contains(sign))
}

fn does_nothing(format: Format, report: &Report) {
    for annotate in [Level::Major, Level::Patch] {
        let options = RenderOptions { annotate, ..RenderOptions::default() };
        let out = render(report, format, &options);
        if let Some(c) = out.chars().find(|&c| acts_unseen(c)) {
            panic!("{}: {c:?} in {out}", format.name());
        }
        // In this one, the commands are its own, and its test reads them.
        if format.name() == "github" {
            continue;
        }
        for line in out.lines() {
            assert!(!is_command(line), "{}: {line}", format.name());
        }
    }
}

#[test]
fn nothing_gets_out_of_any_format() {
    for format in Format::ALL {
        for (_, report) in fixture::all() {
            does_nothing(*format, &report);
        }
        for report in reports() {
            does_nothing(*format, &report);
        }
    }
}

#[test]
fn the_check_sees_what_it_is_for() {
    let raw = ["a\u{1b}[31mb", "\u{202e}gnp", "a\u{200b}b", "a\rb", "\u{9b}31m"];
    assert!(raw.iter().all(|text| text.chars().any(acts_unseen)));
    assert!(["  ::error::x", "a ##[add-mask]", "x ##vso[task.complete]"].into_iter().all(is_command));
    assert!(!is_command("wasi::http") && !"plain ü 語\n".chars().any(acts_unseen));
}
