//! The recipes: their commands run, and the two workflows for forks work together.

use super::act::{Event, Ran, run_workflow};
use super::programs::stand_in;
use super::scratch::Scratch;
use super::service::{F_CHANGED, FG, checkout, service};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const CHECK: &str = include_str!("../../recipes/github/check.yml");
const COMMENT: &str = include_str!("../../recipes/github/comment.yml");
const GITLAB: &str = include_str!("../../recipes/gitlab/.gitlab-ci.yml");
const FORGEJO: &str = include_str!("../../recipes/forgejo/wit.yml");
const JENKINS: &str = include_str!("../../recipes/jenkins/Jenkinsfile");
const GUIDE: &str = include_str!("../../guide/src/ci.md");

const MERGE: &str = "refs/pull/1/merge";
const HEAD: &str = "0123456789012345678901234567890123456789";

/// Runs the first workflow for a fork.
fn checked(scratch: &Scratch) -> Option<Ran> {
    scratch.write("check.yml", CHECK.replace("OWNER/wit-diff@REF", "acme/wit-diff@v1"));
    run_workflow(scratch, &Event::pull_request("stranger/wit", "main"), "check.yml")
}

/// Runs the second one with what the first has left; the service says that pull requests, but for the second, are of `head`.
fn commented(scratch: &Scratch, head: &str) -> Ran {
    scratch.write("comment.yml", COMMENT);
    // Whoever asks for something else than a number may get an answer, too.
    let answers = format!(
        "test \"$1 $3\" = 'api --jq'\n\
         case $2 in repos/acme/wit/pulls/2) echo 'other';; repos/acme/wit/pulls/*) echo '{head}';; *) exit 1;; esac\n"
    );
    stand_in(scratch, "bin/gh", &answers);
    let payload = json!({ "repository": { "full_name": "acme/wit" }, "workflow_run": {
        "id": 7, "event": "pull_request", "head_sha": HEAD, "head_repository": { "full_name": "stranger/wit" } } });
    let event = Event { name: "workflow_run", payload, actor: "stranger", has_tool: false };
    run_workflow(scratch, &event, "comment.yml").unwrap()
}

/// What the first workflow has uploaded is what the second downloads.
fn hand_over(scratch: &Scratch) {
    let left = scratch.path().join("left");
    let _ = fs::remove_dir_all(left.join("brings-download-artifact"));
    fs::rename(left.join("upload-artifact"), left.join("brings-download-artifact")).unwrap();
}

#[test]
fn a_fork_gets_its_comment() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let Some(ran) = checked(&scratch) else { return };
    assert!(ran.passed && ran.comment.is_none(), "{}", ran.log);
    hand_over(&scratch);
    let ran = commented(&scratch, &format!("{HEAD} stranger/wit"));
    assert!(ran.passed, "{}", ran.log);
    let comment = ran.comment.unwrap();
    assert_eq!((&comment["number"], &comment["only_update"]), (&json!("1"), &json!("false")));
    assert!(comment["body"].as_str().unwrap().starts_with("<!-- wit-diff"), "{comment}");
    let download: Value = serde_json::from_str(&scratch.read("left/download-artifact.json")).unwrap();
    assert_eq!(download["run-id"], "7");
}

#[test]
fn a_red_check_gets_its_comment() {
    let scratch = service("main", 1, "1.0.0", F_CHANGED);
    checkout(&scratch, MERGE, None);
    let Some(ran) = checked(&scratch) else { return };
    assert!(!ran.passed, "{}", ran.log);
    hand_over(&scratch);
    let ran = commented(&scratch, &format!("{HEAD} stranger/wit"));
    assert!(ran.comment.unwrap()["body"].as_str().unwrap().contains("2.0.0"));
}

/// Whoever proposes something may leave whatever they like.
#[test]
fn nothing_that_is_left_is_believed() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let Some(_) = checked(&scratch) else { return };
    hand_over(&scratch);
    let left = "left/brings-download-artifact";
    let ours = format!("{HEAD} stranger/wit");
    let refused = |what: &str, head: &str| {
        let ran = commented(&scratch, head);
        assert!(!ran.passed && ran.comment.is_none(), "{what}: {}", ran.log);
    };
    refused("another commit", &format!("{} stranger/wit", HEAD.replace('0', "1")));
    refused("another repository", &format!("{HEAD} acme/wit"));
    for number in ["2", "", "0", "1\nnothing=x", "1; touch x", "$(id)", "../1", "12345678901", "1/../2"] {
        scratch.write(&format!("{left}/number"), number);
        refused(number, &ours);
    }
    scratch.write(&format!("{left}/number"), "1\n");
    scratch.write(&format!("{left}/nothing"), "true\nnumber=2\n");
    let ran = commented(&scratch, &ours);
    let comment = ran.comment.unwrap_or_else(|| panic!("{}", ran.log));
    assert_eq!((&comment["number"], &comment["only_update"]), (&json!("1"), &json!("true")));
    scratch.write(&format!("{left}/report.md"), "x".repeat(65_537));
    refused("a long text", &ours);
    fs::remove_file(scratch.path().join(left).join("report.md")).unwrap();
    refused("no text", &ours);
    scratch.link(&format!("{left}/report.md"), "/etc/hostname");
    refused("a link", &ours);
}

/// The commands of the tool in a text.
fn commands(text: &str) -> Vec<&str> {
    let at = text.match_indices("wit-diff check").map(|(at, _)| &text[at..]);
    at.map(|rest| rest.split(['\n', '\'', '`', '#']).next().unwrap().trim()).collect()
}

/// What a recipe keeps is what its command writes.
#[test]
fn commands_and_what_they_write() {
    let scratch = service("main", 1, "1.1.0", FG);
    checkout(&scratch, MERGE, None);
    let files = [
        (GITLAB, &["gl-code-quality-report.json", "wit-diff.xml", "wit-diff.html"][..]),
        (FORGEJO, &["wit-diff.md", "wit-diff.html"]),
        (JENKINS, &["wit-diff.xml", "wit-diff.html"]),
    ];
    for (recipe, kept) in files {
        let commands = commands(recipe);
        let [command] = commands[..] else { panic!("{commands:?}") };
        let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
        let clone = scratch.path().join("clone");
        let output = scratch.binary(&arguments).current_dir(&clone).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        for file in kept {
            assert!(recipe.matches(file).count() > 1, "{file} is written, and not kept");
            fs::remove_file(clone.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        assert_eq!(command.matches("--output").count(), kept.len());
    }
}

/// What Jenkins runs before the check brings what the check needs, in a clone as a multibranch pipeline makes it.
#[test]
fn jenkins_fetches_what_is_needed() {
    let scratch = service("main", 3, "1.1.0", FG);
    scratch.git(&["init", "-q", "clone"]);
    scratch.git_in("clone", &["remote", "add", "origin", "../service"]);
    let topic = "+refs/heads/topic:refs/remotes/origin/PR-1";
    scratch.git_in("clone", &["fetch", "-q", "--no-tags", "origin", topic]);
    scratch.git_in("clone", &["checkout", "-q", "--detach", "refs/remotes/origin/PR-1"]);
    let script = JENKINS.split("'''").nth(1).unwrap();
    scratch.run("clone", Command::new("sh").args(["-eu", "-c", script]).env("CHANGE_TARGET", "main"));
    let mut check = scratch.binary(&["check"]);
    check.envs([("CHANGE_ID", "1"), ("CHANGE_TARGET", "main")]).current_dir(scratch.path().join("clone"));
    let output = check.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("origin/main"), "{said}");
}

/// The guide shows the recipes as they are, and every input and output of the action.
#[test]
fn the_guide() {
    for (name, recipe) in [
        ("github/check.yml", CHECK),
        ("github/comment.yml", COMMENT),
        ("gitlab/.gitlab-ci.yml", GITLAB),
        ("forgejo/wit.yml", FORGEJO),
        ("jenkins/Jenkinsfile", JENKINS),
    ] {
        assert!(GUIDE.contains(&format!("{{{{#include ../../recipes/{name}}}}}")), "{name}");
        assert!(!recipe.is_empty());
    }
    let action = include_str!("../../action.yml");
    let (inputs, rest) = action.split_once("\ninputs:").unwrap().1.split_once("\noutputs:").unwrap();
    let outputs = rest.split_once("\nruns:").unwrap().0;
    let names = [inputs, outputs].into_iter().flat_map(str::lines).filter_map(|line| line.strip_prefix("  "));
    let names: Vec<&str> = names.filter(|line| !line.starts_with(' ')).map(|line| line.trim_end_matches(':')).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert!(GUIDE.contains(&format!("| `{name}` |")), "the guide does not tell of {name}");
    }
}
