//! The tool in a hook, where git says by variables what is to be committed.

use super::*;
use std::os::unix::fs::PermissionsExt;

/// A release, and a hook that lets only pass what honours it.
fn guarded() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", F)).write("more/a.wit", wit("a:q@1.0.0", F)).release("v1.0.0");
    let hook = scratch.path().join(".git/hooks/pre-commit");
    let tool = env!("CARGO_BIN_EXE_wit-diff");
    scratch.write(".git/hooks/pre-commit", format!("#!/bin/sh\nexec '{tool}' check --staged >&2\n"));
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    scratch
}

#[test]
fn what_is_staged_is_checked() {
    let scratch = guarded();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", F_CHANGED)).git(&["add", "-A"]);
    // It is right again where nobody asks.
    scratch.write("wit/a.wit", wit("a:p@2.0.0", F_CHANGED));
    let report = scratch.json(1, &["check", "--staged"]);
    assert_eq!(
        verdicts(&report),
        [
            "a:p changed major 1.0.0>1.0.0 unchanged-version failed unchanged-version",
            "a:q unchanged none 1.0.0>1.0.0 sufficient passed",
        ]
    );
    let run = scratch.tool(&["check", "--staged"]).code(1);
    run.prints("with the index").ends("check failed: 1 of 2 packages");
    scratch.json_in("wit", 1, &["check", "--staged"]);
    assert_eq!(scratch.json(0, &["check"])["check"]["passed"], true);
    scratch.shell("", "! git commit -qm bad");
    scratch.git(&["add", "-A"]);
    scratch.git(&["commit", "-qm", "good"]);
}

/// Only some files are committed: git keeps them in an index of their own.
#[test]
fn a_part_of_what_is_staged() {
    let scratch = guarded();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", F_CHANGED)).git(&["add", "-A"]);
    scratch.write("more/a.wit", wit("a:q@1.1.0", FG));
    scratch.git(&["commit", "-qm", "only the other one", "more/a.wit"]);
    scratch.shell("", "! git commit -qm bad");
    scratch.shell("wit", "! git commit -qm bad a.wit");
    scratch.shell("", "! git commit -qam bad");
}

#[test]
fn in_a_linked_working_tree() {
    let scratch = guarded();
    scratch.git(&["worktree", "add", "-q", "--detach", "linked"]);
    scratch.write("linked/wit/a.wit", wit("a:p@1.0.0", F_CHANGED));
    scratch.shell("linked", "! git commit -qam bad");
    scratch.write("linked/wit/a.wit", wit("a:p@2.0.0", F_CHANGED));
    scratch.shell("linked", "git commit -qam good");
}
