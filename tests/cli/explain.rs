//! `wit-diff explain RULE` and `wit-diff rules`.

use super::{Run, Scratch, each};
use wit_diff::rule;

#[test]
fn every_rule_is_explained_with_its_example() {
    let scratch = Scratch::new();
    for rule in rule::all().step_by(7) {
        let mut command = scratch.binary(&["explain", rule.id]);
        let run = Run::of(&command.env("COLUMNS", "200").output().unwrap());
        let run = run.code(0).prints(rule.title).prints("The definition: SEMANTICS ");
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

  The reverse: record-field-removed.
  The definition: SEMANTICS 4 (Link rules), in `src/semantics.md` of wit-diff's
    repository.
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
    scratch.call(&["explain", "\u{1b}[31m"]).code(2).says("there is no rule `\\u{1b}[31m`: `wit-diff rules` lists");
    scratch.call(&["explain"]).code(2).says("<RULE>...");
    // All or nothing: what is known of is not told either.
    let run = scratch.call(&["explain", "flag-added", "flag-aded"]).code(2).says("is it `flag-added`");
    assert_eq!(run.stdout, "");
    scratch.call(&["explain", "flag-added", "--all"]).code(2).says("cannot be used with");
}

#[test]
fn several_are_explained_one_after_the_other() {
    let scratch = Scratch::new();
    let run = scratch.call(&["explain", "flag-removed", "flag-added", "flag-removed", "--format", "json"]).code(0);
    assert_eq!(each(&run.json()["rules"], "id"), ["flag-removed", "flag-added"]);
    let all = scratch.call(&["explain", "--all", "--format", "json"]).code(0).json();
    assert_eq!(each(&all["rules"], "id"), rule::all().chain(rule::costs()).map(|rule| rule.id).collect::<Vec<_>>());
    let one = |id: &str| scratch.call(&["explain", id]).code(0).stdout;
    let both = scratch.call(&["explain", "flag-removed", "flag-added"]).code(0).stdout;
    assert_eq!(both, format!("{}\n{}", one("flag-removed"), one("flag-added")));
    let markdown = scratch.call(&["explain", "flag-removed", "--format", "markdown"]).code(0).stdout;
    assert!(markdown.starts_with("# `flag-removed`\n\n**A flag was removed.**\n"), "{markdown}");
}

#[test]
fn rules_are_listed() {
    let scratch = Scratch::new();
    let ids = |arguments: &[&str]| {
        let run = scratch.call(&[&["rules", "--format", "json"], arguments].concat()).code(0);
        each(&run.json()["rules"], "id").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), rule::all().chain(rule::costs()).map(|rule| rule.id).collect::<Vec<_>>());
    assert_eq!(ids(&["FLAG", "added"]), ["flag-added"]);
    // By subject, and by what stands in the title only.
    assert_eq!(ids(&["resources", "removed"]), ["resource-removed"]);
    assert_eq!(ids(&["synchronous"]), ["function-made-sync"]);
    let run = scratch.call(&["rules", "flag"]).code(0);
    assert!(
        run.stdout.starts_with("rule             breaks                          what happened\nPARTS\n"),
        "{run:#?}"
    );
    run.prints("\nflag-removed     consumers and providers         A flag was removed.\n").prints("\n3 rules; ");
    scratch.call(&["rules", "flag", "--format", "markdown"]).code(0).prints("| `flag-added` | A flag was added. | ");
    let run =
        scratch.call(&["rules", "flag", "\u{1b}[31m"]).code(2).says("no rule has `flag` and `\\u{1b}[31m` in its");
    assert_eq!(run.stdout, "");
}

#[test]
fn their_help_says_how_they_end() {
    let scratch = Scratch::new();
    let help = scratch.call(&["--help"]).code(0);
    for command in ["rules", "explain", "schema"] {
        assert!(help.stdout.lines().any(|line| line.trim().starts_with(&format!("{command} "))), "{help:#?}");
        let long =
            scratch.call(&[command, "--help"]).code(0).prints("Examples:").prints("Exit codes: 0 done, 2 wrong usage");
        assert!(long.stdout.contains(&format!("  wit-diff {command}")), "{long:#?}");
    }
}
