//! Clones that left something out: never told as if it were all.

use super::*;

fn clone(source: &Scratch, flags: &[&str]) -> Scratch {
    let clone = Scratch::empty();
    let url = format!("file://{}", source.path().display());
    clone.git(&[&["clone", "-q"], flags, &[&url, "."]].concat());
    clone
}

fn source() -> Scratch {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.2.0", FGH), ("2.0.0", F_CHANGED)]);
    for name in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
        scratch.git(&["config", name, "true"]);
    }
    scratch
}

#[test]
fn a_history_that_is_cut_off() {
    let source = source();
    let shallow = clone(&source, &["--depth", "3"]);
    shallow.git(&["fetch", "-q", "--tags", "--depth", "3"]);
    for by in ["--tags", "--commits"] {
        let run = shallow.log(&[by, "--format", "json"]).code(0);
        let cut = shallow.git(&["rev-parse", "--short", "HEAD~2"]);
        let run = run.says(&format!("history is cut off at {cut}")).says("--unshallow");
        let log = run.json();
        // The first one that is here is what the next one is compared with, and nobody says that it was added.
        let told: Vec<(String, String)> = list(&named(&log, "a:p")["rows"])
            .iter()
            .map(|row| (text(&row["new_version"]), text(&row["status"])))
            .collect();
        assert_eq!(told, [("2.0.0".to_owned(), "changed".to_owned()), ("1.2.0".to_owned(), "changed".to_owned())]);
        assert_eq!(list(&log["warnings"]).len(), 1);
    }
    // What the warning says brings the rest.
    let said = words(&shallow.log(&[]).stderr);
    let command = said.split('`').find(|quoted| quoted.contains(" fetch ")).unwrap().to_owned();
    shallow.run("", std::process::Command::new("sh").args(["-c", &command]));
    let whole = shallow.log(&[]).code(0);
    assert_eq!((whole.stdout, whole.stderr.as_str()), (source.log(&[]).stdout, ""));
}

#[test]
fn one_commit_alone_tells_nothing() {
    let shallow = clone(&source(), &["--depth", "1"]);
    let run = shallow.log(&["--commits", "--format", "json"]).says("history is cut off");
    assert_eq!(rows(&run.json(), "a:p"), [""; 0]);
}

#[test]
fn files_that_are_missing_are_rows_that_say_so() {
    let partial = clone(&source(), &["--filter=blob:none", "--no-checkout"]);
    let log = partial.json(3, &["v1.0.0..v1.2.0"]);
    assert_eq!(log["status"], "undetermined");
    let error = log["errors"][0]["hint"].as_str().or(log["packages"][0]["rows"][0]["error"]["hint"].as_str());
    assert!(error.unwrap().contains("fetch"), "{log:#}");
}
