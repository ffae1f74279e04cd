//! Clones of one commit, as `actions/checkout` makes them.

use super::act::{Event, run};
use super::scratch::Scratch;
use super::service::{F, F_CHANGED, FG, checkout, checkout_branch, service, service_at, wit};
use serde_json::json;

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

/// What is pushed is compared with the newest release, wherever that is, and not with the branch that it was pushed to.
/// `actions/checkout` fetches no tags.
#[test]
fn a_push() {
    for (commits, depth) in [(3, Some(1)), (3, None), (200, Some(1)), (1200, Some(1))] {
        let scratch = service("main", commits, "1.1.0", FG);
        scratch.write("service/wit/a.wit", wit("1.0.0", F_CHANGED));
        scratch.git_in("service", &["commit", "-qam", "break"]);
        let before = scratch.git_in("service", &["rev-parse", "main"]);
        scratch.git_in("service", &["commit", "-q", "--allow-empty", "-m", "pushed"]);
        checkout_branch(&scratch, "main", depth);
        let payload = json!({ "ref": "refs/heads/main", "before": before });
        let event = Event { name: "push", payload, actor: "somebody", has_tool: true };
        let Some(ran) = run(&scratch, &event, &[]) else { return };
        assert!(!ran.passed, "{commits} commits, {depth:?}: {}", ran.log);
        assert_eq!((ran.output("level"), ran.output("required")), ("major", "a:p 2.0.0"), "{commits}, {depth:?}");
        assert!(ran.summary.contains("v1.0.0"), "{}", ran.summary);
    }
}

/// Where there are no releases there is nothing to wait for, and where the remote is gone the check itself answers.
#[test]
fn a_push_without_releases() {
    for is_reachable in [true, false] {
        let scratch = service("main", 3, "1.1.0", FG);
        scratch.git_in("service", &["tag", "-d", "v1.0.0"]);
        let before = scratch.git_in("service", &["rev-parse", "main"]);
        scratch.write("service/wit/a.wit", wit("1.0.0", F));
        scratch.git_in("service", &["commit", "-q", "--allow-empty", "-am", "pushed"]);
        checkout_branch(&scratch, "main", None);
        if !is_reachable {
            std::fs::rename(scratch.path().join("service"), scratch.path().join("gone")).unwrap();
        }
        let payload = json!({ "ref": "refs/heads/main", "before": before });
        let event = Event { name: "push", payload, actor: "somebody", has_tool: true };
        let Some(ran) = run(&scratch, &event, &[]) else { return };
        assert!(ran.passed, "{}", ran.log);
        assert_eq!(ran.output("level"), "none");
    }
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

/// One commit of WASI's own history, as a pull request into the release before it.
#[test]
fn wasi() {
    let scratch = Scratch::empty();
    let bundle = super::programs::project().join("testdata/wasi-history.bundle");
    scratch.git(&["clone", "-q", bundle.to_str().unwrap(), "service"]);
    scratch.git_in("service", &["branch", "releases", "v0.2.7"]);
    scratch.git_in("service", &["update-ref", MERGE, "v0.2.8"]);
    checkout(&scratch, MERGE, Some(1));
    let event = Event::pull_request("acme/wit", "releases");
    let Some(ran) = run(&scratch, &event, &[("annotate", "patch")]) else { return };
    let (old, new) =
        (scratch.git_in("service", &["rev-parse", "v0.2.7"]), scratch.git_in("clone", &["rev-parse", "HEAD"]));
    let report: serde_json::Value = serde_json::from_str(&scratch.read("left/report.json")).unwrap();
    assert_eq!(report["old"]["commit"], old);
    let mut compare = scratch.binary(&["compare", &old, &new, "--format", "json"]);
    let expected = compare.current_dir(scratch.path().join("service")).output().unwrap();
    let expected: serde_json::Value = serde_json::from_slice(&expected.stdout).unwrap();
    assert_eq!(ran.output("level"), expected["level"]);
    let level = |report: &serde_json::Value| -> Vec<serde_json::Value> {
        report["packages"].as_array().unwrap().iter().map(|package| package["level"].clone()).collect()
    };
    assert_eq!(level(&report), level(&expected));
    assert_eq!(level(&report).len(), 7);
    assert!(ran.summary.contains("wasi:http"), "{}", ran.summary);
}
