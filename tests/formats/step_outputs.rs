//! The outputs of a step, read as the runner of GitHub Actions reads them.

use super::fixture;
use super::strangers::reports;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use wit_diff::report::*;
use wit_diff::verdict::Level;

/// `name=value` or `name<<END`, whichever comes first; lines end where .NET ends them. An output may be said again, the
/// last one counts.
fn read(text: &str) -> BTreeMap<String, String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = text.lines();
    let mut found = BTreeMap::new();
    while let Some(line) = lines.next() {
        let (equals, several) = (line.find('='), line.find("<<"));
        let (name, value) = match (equals, several) {
            (equals, Some(at)) if equals.is_none_or(|equals| at < equals) => {
                let (name, end) = (&line[..at], &line[at + 2..]);
                let mut value = Vec::new();
                loop {
                    match lines.next().unwrap_or_else(|| panic!("{end:?} is missing in {text}")) {
                        line if line == end => break,
                        line => value.push(line),
                    }
                }
                (name, value.join("\n"))
            }
            (Some(at), _) => (&line[..at], line[at + 1..].to_owned()),
            (None, _) => panic!("{line:?} is neither in {text}"),
        };
        found.insert(name.to_owned(), value);
    }
    found
}

#[track_caller]
fn are(report: &Report, passed: &str, level: &str, breaking: &str, required: &str) {
    let found = read(&to_step_outputs(report));
    let expected = [("passed", passed), ("level", level), ("breaking-count", breaking), ("required", required)];
    assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[test]
fn what_is_said() {
    are(&fixture::report("breaking"), "true", "major", "6", "acme:files 2.0.0");
    are(&fixture::report("undetermined"), "false", "undetermined", "0", "");
    let mut report = fixture::report("breaking");
    report.check = Some(CheckReport { passed: false, ..CheckReport::default() });
    are(&report, "false", "major", "6", "acme:files 2.0.0");
    // Of packages that did not change, and of those without a version, nothing is required.
    let mut other = report.packages[0].clone();
    (other.name, other.level, other.changes) = ("acme:other".into(), Some(Level::None), Vec::new());
    report.packages.push(other.clone());
    other.level = Some(Level::Patch);
    other.version.required = None;
    report.packages.push(other.clone());
    (other.name, other.version.required) = ("acme:third".into(), Some("1.2.4".into()));
    report.packages.push(other);
    are(&report, "false", "major", "6", "acme:files 2.0.0\nacme:third 1.2.4");
    report.nothing_compared = true;
    assert_eq!(read(&to_step_outputs(&report))["level"], "undetermined");
}

/// Whatever stands in a report, the outputs have these names and their values these shapes.
#[test]
fn text_of_strangers_is_no_output() {
    for mut report in reports() {
        let spoilt = report.packages.first().map(|package| package.changes.len().to_string());
        for package in &mut report.packages {
            package.version.required = Some(format!("{}\nend\npassed=true", spoilt.as_deref().unwrap_or_default()));
        }
        let found = read(&to_step_outputs(&report));
        let names: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(names, ["breaking-count", "level", "passed", "required"]);
        assert!(["true", "false"].contains(&&*found["passed"]), "{found:?}");
        assert!(found["breaking-count"].bytes().all(|byte| byte.is_ascii_digit()), "{found:?}");
        let changed = report.packages.iter().filter(|package| package.level.is_some_and(|level| level > Level::None));
        assert_eq!(found["required"].lines().count(), changed.count(), "{found:?}");
    }
}

#[test]
fn a_step_gets_them() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("outputs");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
        command.args(["compare", "old", "new"]).args(arguments).current_dir(fixture::directory("breaking"));
        command.env_remove("GITHUB_STEP_SUMMARY").env("GITHUB_OUTPUT", &file).output().unwrap()
    };
    run(&[]);
    assert!(!file.exists());
    // There is no blank line, whether what stands there ends in a line break or not.
    for before in ["", "a=b\n", "a=b"] {
        fs::write(&file, before).unwrap();
        run(&["--format", "github", "--fail-on", "major"]);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.lines().all(|line| !line.is_empty()) && text.starts_with(before), "{text}");
        let found = read(&text);
        assert_eq!(
            (&*found["passed"], &*found["level"], found.contains_key("a")),
            ("false", "major", !before.is_empty())
        );
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let found = run(&["--format", "github"]);
    let stderr = String::from_utf8(found.stderr).unwrap();
    assert!(found.status.code() == Some(2) && stderr.contains("which GITHUB_OUTPUT names"), "{stderr}");
}
