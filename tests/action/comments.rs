//! Who gets a comment.

use super::act::{Event, run};
use super::service::{FG, checkout, service};

const MERGE: &str = "refs/pull/1/merge";

#[test]
fn where_it_may_be_posted() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let own = Event::pull_request("acme/wit", "main");
    let fork = Event::pull_request("stranger/wit", "main");
    let dependabot = Event { actor: "dependabot[bot]", ..own.clone() };
    let target = Event { name: "pull_request_target", ..own.clone() };
    for (what, event, comment, is_posted) in [
        ("own", &own, "auto", true),
        ("own", &own, "false", false),
        ("a fork", &fork, "auto", false),
        ("a fork", &fork, "true", true),
        ("Dependabot", &dependabot, "auto", false),
        ("target", &target, "true", false),
    ] {
        let Some(ran) = run(&scratch, event, &[("comment", comment)]) else { return };
        assert!(ran.passed, "{what}: {}", ran.log);
        assert_eq!(ran.comment.is_some(), is_posted, "{what}, {comment}");
        assert_eq!(ran.output("level"), "minor", "{what}");
        assert!(ran.summary.contains("minor"), "{what}: {}", ran.summary);
    }
}

/// Where it is not allowed after all, the check counts, unless a comment was asked for.
#[test]
fn what_cannot_be_posted() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    scratch.write("left/fails-sticky-pull-request-comment", "");
    let event = Event::pull_request("acme/wit", "main");
    for (comment, kind) in [("auto", "warning"), ("true", "error")] {
        let Some(ran) = run(&scratch, &event, &[("comment", comment)]) else { return };
        assert_eq!(ran.passed, comment == "auto", "{}", ran.log);
        let said = format!("{kind} wit-diff: the comment could not be posted");
        assert!(ran.annotations.iter().any(|line| line.starts_with(&said)), "{:?}", ran.annotations);
    }
}
