//! Clones of one commit, as `actions/checkout` makes them.

use super::act::{Event, run};
use super::scratch::Scratch;
use super::service::{F_CHANGED, FG, checkout, service, service_at};

const MERGE: &str = "refs/pull/1/merge";

fn commits(scratch: &Scratch) -> usize {
    scratch.git_in("clone", &["rev-list", "--count", "HEAD"]).parse().unwrap()
}

/// No more is fetched than is needed.
#[test]
fn deepened_a_little() {
    let scratch = service("main", 200, "1.1.0", FG);
    checkout(&scratch, MERGE, Some(1));
    let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[]) else { return };
    assert!(ran.passed, "{}", ran.log);
    assert_eq!((ran.output("level"), ran.output("required")), ("minor", "a:p 1.1.0"));
    assert!((50..100).contains(&commits(&scratch)), "{}", commits(&scratch));
}

/// Main declares what no release has claimed yet, which covers a break: only the release tells, and it is far away.
#[test]
fn deepened_to_the_end() {
    let scratch = service_at("main", "2.0.0", 1200, "2.0.0", F_CHANGED);
    checkout(&scratch, MERGE, Some(1));
    let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[]) else { return };
    assert!(ran.passed, "{}", ran.log);
    assert_eq!((ran.output("level"), ran.output("required")), ("major", "a:p 2.0.0"));
    assert_eq!(commits(&scratch), 1203);
}

/// Where nothing can be fetched, or may be, the program says what is missing, and nothing passes.
#[test]
fn not_deepened() {
    for deepen in ["true", "false"] {
        let scratch = service("main", 5, "1.1.0", FG);
        checkout(&scratch, MERGE, Some(1));
        if deepen == "true" {
            std::fs::rename(scratch.path().join("service"), scratch.path().join("gone")).unwrap();
        }
        let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[("deepen", deepen)]) else { return };
        assert!(!ran.passed, "{}", ran.log);
        assert_eq!((ran.output("passed"), ran.output("level")), ("false", "undetermined"));
        assert!(ran.annotations.iter().any(|line| line.contains("git fetch --tags --unshallow origin main")));
        assert!(ran.comment.unwrap()["body"].as_str().unwrap().contains("--unshallow"));
        assert_eq!(commits(&scratch), 1);
    }
}
