//! What the action does for each event, with the whole history at hand.

use super::act::{Event, run};
use super::programs::stand_in;
use super::service::{F, F_CHANGED, FG, checkout, service, wit};
use serde_json::{Value, json};

const MERGE: &str = "refs/pull/1/merge";

#[test]
fn a_pull_request_that_adds() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[]) else { return };
    assert!(ran.passed, "{}", ran.log);
    assert_eq!((ran.output("passed"), ran.output("level")), ("true", "minor"));
    assert_eq!((ran.output("required"), ran.output("breaking-count")), ("a:p 1.1.0", "0"));
    let report: Value = serde_json::from_str(&scratch.read("left/report.json")).unwrap();
    assert_eq!(report["level"], "minor");
    assert!(ran.summary.starts_with("<!-- wit-diff") && ran.summary.contains("minor"), "{}", ran.summary);
    assert!(ran.annotations.is_empty(), "{:?}", ran.annotations);
    let comment = ran.comment.unwrap();
    assert_eq!(comment["body"], ran.summary);
    assert_eq!((&comment["only_update"], &comment["github_token"]), (&json!("false"), &json!("token")));
    let header = comment["header"].as_str().unwrap();
    assert!(header.starts_with("wit-diff-") && header.len() == "wit-diff-".len() + 40, "{header}");
}

#[test]
fn a_red_check() {
    let scratch = service("main", 1, "1.0.0", F_CHANGED);
    checkout(&scratch, MERGE, None);
    let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[]) else { return };
    // The comment is posted and the outputs are there, and then the job fails.
    assert!(!ran.passed, "{}", ran.log);
    assert_eq!((ran.output("passed"), ran.output("level")), ("false", "major"));
    assert_eq!((ran.output("required"), ran.output("breaking-count")), ("a:p 2.0.0", "1"));
    assert!(ran.annotations.iter().any(|line| line.starts_with("error wit/a.wit:3 ")), "{:?}", ran.annotations);
    assert!(ran.comment.as_ref().unwrap()["body"].as_str().unwrap().contains("2.0.0"));
    for file in ["report", "markdown", "sarif", "html"] {
        assert!(!ran.output(file).is_empty(), "{file}");
    }
}

#[test]
fn nothing_changed() {
    let scratch = service("main", 1, "1.0.0", F);
    checkout(&scratch, MERGE, None);
    let Some(ran) = run(&scratch, &Event::pull_request("acme/wit", "main"), &[]) else { return };
    assert!(ran.passed, "{}", ran.log);
    assert_eq!((ran.output("level"), ran.output("required")), ("none", ""));
    // An earlier comment is set right, and no new one is posted.
    assert_eq!(ran.comment.unwrap()["only_update"], "true");
}

#[test]
fn a_push() {
    let scratch = service("main", 0, "1.1.0", FG);
    let before = scratch.git_in("service", &["rev-parse", "main"]);
    scratch.write("service/wit/a.wit", wit("1.1.0", F_CHANGED));
    scratch.git_in("service", &["commit", "-qam", "break"]);
    scratch.git_in("service", &["tag", "-d", "v1.0.0"]);
    checkout(&scratch, "refs/heads/main", None);
    let payload = json!({ "ref": "refs/heads/main", "before": before });
    let event = Event { name: "push", payload, actor: "somebody", has_tool: true };
    let Some(ran) = run(&scratch, &event, &[]) else { return };
    assert!(!ran.passed && ran.comment.is_none(), "{}", ran.log);
    assert_eq!((ran.output("level"), ran.output("required")), ("major", "a:p 2.0.0"));
    assert!(ran.summary.contains("before the push") || ran.summary.contains(&before[..7]), "{}", ran.summary);
}

/// Every input comes to where it belongs.
#[test]
fn inputs() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let event = Event::pull_request("acme/wit", "main");
    let Some(ran) = run(&scratch, &event, &[("allow", "patch")]) else { return };
    assert!(!ran.passed && ran.output("level") == "minor", "{}", ran.log);
    for (inputs, is_red) in [
        (&[("fail-on", "minor")][..], true),
        (&[("fail-on", "major")], false),
        (&[("deny", "function-added")], true),
        (&[("deny", "gates,function-added")], true),
        (&[("deny", "gates, function-added")], true),
        (&[("deny", "gates\nfunction-added\n")], true),
        (&[("deny", "gates,\n\n  parameter-added,\n")], false),
        (&[("protect", "hosts")], true),
        (&[("against", "v1.0.0")], false),
        (&[("path", "wit"), ("features", "a,b")], false),
        (&[("path", "wit"), ("features", " a, b\n")], false),
        (&[("path", "wit"), ("features", "a\nb\n")], false),
        (&[("path", "-x")], true),
        (&[("working-directory", "wit"), ("annotate", "minor")], false),
    ] {
        let ran = run(&scratch, &event, inputs).unwrap();
        assert_eq!(!ran.passed, is_red, "{inputs:?}: {}", ran.log);
        match inputs[0] {
            ("path", "-x") => assert!(ran.log.contains("neither a path nor a revision `-x`"), "{}", ran.log),
            ("path", _) => assert!(ran.summary.starts_with("<!-- wit-diff wit features=a,b -->"), "{}", ran.summary),
            ("protect", _) => assert_eq!(ran.output("level"), "major"),
            ("against", _) => assert!(ran.summary.contains("v1.0.0"), "{}", ran.summary),
            ("working-directory", _) => {
                assert!(
                    ran.annotations.iter().any(|line| line.starts_with("notice wit/a.wit:3")),
                    "{:?}",
                    ran.annotations
                )
            }
            _ => {}
        }
    }
    for inputs in [[("comment", "ture")], [("deepen", "yes")], [("allow", "all")]] {
        let ran = run(&scratch, &event, &inputs).unwrap();
        assert!(!ran.passed && ran.comment.is_none(), "{inputs:?}");
        assert!(ran.outputs.get("passed").is_none_or(|passed| passed != "true"), "{:?}", ran.outputs);
    }
}

/// Names that would be commands where they were put into a script, as values of inputs and as names of branches.
#[test]
fn names_are_no_commands() {
    let base = "$(touch${IFS}$LEFT/x)`touch${IFS}$LEFT/x`';touch${IFS}$LEFT/x;\"";
    let scratch = service(base, 60, "1.1.0", FG);
    checkout(&scratch, MERGE, Some(1));
    let event = Event::pull_request("acme/wit", base);
    let Some(ran) = run(&scratch, &event, &[]) else { return };
    assert!(ran.passed, "{}", ran.log);
    assert_eq!(ran.output("level"), "minor");
    for input in ["path", "against", "protect", "features", "allow", "fail-on", "deny", "annotate", "comment", "deepen"]
    {
        let value = format!("{base}\"; touch $LEFT/x; \"\npassed=true\nlevel=none\n::set-output name=passed::true");
        let ran = run(&scratch, &event, &[(input, &value)]).unwrap();
        assert!(input == "features" || !ran.passed, "{input}: {}", ran.log);
        assert!(ran.passed || ran.outputs.get("passed").is_none_or(|passed| passed != "true"), "{:?}", ran.outputs);
    }
    assert!(!scratch.path().join("left/x").exists());
}

/// Without a program on the path it is built from where the action stands.
#[test]
fn the_program_is_built() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let event = Event { has_tool: false, ..Event::pull_request("acme/wit", "main") };
    let tool = env!("CARGO_BIN_EXE_wit-diff");
    let script = format!(
        "printf '%s\\n' \"$@\" >\"$LEFT/cargo\"; while [ \"$1\" != --root ]; do shift; done\n\
         mkdir -p \"$2/bin\"; ln -s '{tool}' \"$2/bin/wit-diff\"\n"
    );
    stand_in(&scratch, "bin/cargo", &script);
    let Some(ran) = run(&scratch, &event, &[]) else { return };
    assert!(ran.passed && ran.output("level") == "minor", "{}", ran.log);
    let arguments = scratch.read("left/cargo");
    let arguments: Vec<&str> = arguments.lines().collect();
    assert_eq!(arguments[..3], ["install", "--locked", "--path"]);
    assert!(arguments[3].contains("wit-diff"), "{arguments:?}");
    // What is built is kept for as long as the sources are the same.
    let cache: Value = serde_json::from_str(&scratch.read("left/cache.json")).unwrap();
    let key = cache["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("wit-diff-Linux-") && key.rsplit('-').next().unwrap().len() == 40, "{key}");
    assert_eq!(cache["path"], arguments[5]);
}
