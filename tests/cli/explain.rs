//! `wit-diff explain RULE`.

use super::{Run, Scratch};
use wit_diff::rule;

#[test]
fn every_rule_is_explained_with_its_example() {
    let scratch = Scratch::new();
    for rule in rule::all().step_by(7) {
        let mut command = scratch.binary(&["explain", rule.id]);
        let run = Run::of(&command.env("COLUMNS", "200").output().unwrap());
        let run = run.code(0).prints(rule.title).prints(rule.section);
        for line in [rule.old, rule.new].into_iter().flat_map(str::lines) {
            assert!(run.stdout.lines().any(|found| found.trim() == line.trim()), "{}: {line}", rule.id);
        }
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn what_to_do_instead_is_made_from_the_example() {
    let run = Scratch::new().call(&["explain", "record-field-added"]).code(0);
    assert!(
        run.stdout.ends_with(
            "\
  Here, to protect guests: add `stat2` beside `stat`, and leave `stat` as it is
    add to a:b/files:
      record stat2 {
          size: u64,
          links: u32,
      }
      inspect2: func(path: string) -> stat2;

  Here, to protect hosts: add an interface `files2` beside `files`
    add to a:b:
      interface files2 {
          record stat {
              size: u64,
              links: u32,
          }
          inspect: func(path: string) -> stat;
      }

  The definition: SEMANTICS 4.
"
        ),
        "{}",
        run.stdout
    );
    Scratch::new().call(&["explain", "docs-changed"]).code(0).prints("Its level: patch for guests, patch for hosts.");
}

#[test]
fn a_rule_that_there_is_not_is_wrong_usage() {
    let scratch = Scratch::new();
    let run = scratch.call(&["explain", "record-feild-added"]).code(2).says("is it `record-field-added`");
    assert_eq!(run.stdout, "");
    scratch.call(&["explain", "\u{1b}[31m"]).code(2).says("there is no rule `\\u{1b}[31m`: the report names");
    scratch.call(&["explain"]).code(2).says("<RULE>");
}
