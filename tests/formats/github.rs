//! The format `github`, read as the runner of GitHub Actions reads what a step prints, and the summary of a step.

use super::fixture;
use super::strangers::{HARMLESS, HOSTILE, acts_unseen, spoilt};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use wit_diff::report::*;
use wit_diff::verdict::Level;
use wit_diff::version::VersionVerdict;

#[test]
fn goldens() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.github.txt", &to_github(&report, Level::Major));
    }
}

/// What the runner takes for commands.
const COMMANDS: [&str; 16] = [
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
    "internal-set-repo-path",
];

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parsed {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// What the runner does with a line: the rules of `ActionCommand.TryParseV2` of github.com/actions/runner.
fn command(line: &str) -> Option<Parsed> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (info, data) = rest.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    COMMANDS.contains(&name.to_lowercase().as_str()).then_some(())?;
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let property = |text: &str| unescaped(text).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
    let properties = properties.trim().split(',').filter_map(|pair| pair.split_once('='));
    Some(Parsed {
        name: name.to_owned(),
        properties: properties.map(|(name, value)| (name.to_owned(), property(value))).collect(),
        data: unescaped(data).replace("%25", "%"),
    })
}

/// The older form, of which the runner looks for the first in a line that is no command of the newer one: the rules of
/// `ActionCommand.TryParse`.
fn older(line: &str) -> bool {
    let inside = line.split_once("##[").and_then(|(_, rest)| rest.split_once(']')).map(|(inside, _)| inside);
    let name = inside.map(|inside| inside.split(' ').next().unwrap_or_default().to_lowercase());
    name.is_some_and(|name| COMMANDS.contains(&name.as_str()))
}

/// The annotations, and the plain line after them.
#[track_caller]
fn read(text: &str) -> (Vec<Parsed>, String) {
    assert!(text.ends_with('\n') && !text.contains('\r'), "{text}");
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.pop().unwrap();
    assert!(command(last).is_none() && last.starts_with("wit-diff: "), "{last}");
    let found: Vec<Parsed> =
        lines.iter().map(|line| command(line).unwrap_or_else(|| panic!("no command: {line}"))).collect();
    for parsed in &found {
        assert!(["error", "warning", "notice"].contains(&parsed.name.as_str()), "{parsed:?}");
        let number = |name: &str| parsed.properties.get(name).map(|value| value.parse::<u32>().unwrap());
        // What the runner takes back where it does not hold.
        assert_eq!(number("line"), number("endLine"));
        assert!(number("line").is_none_or(|line| line > 0) && number("line").is_some() >= number("col").is_some());
        assert!(number("endColumn") >= number("col") && number("col").is_some() == number("endColumn").is_some());
        assert!(parsed.properties.contains_key("file") || number("line").is_none());
        assert!(parsed.properties["title"].starts_with("wit-diff") && !parsed.data.trim().is_empty(), "{parsed:?}");
    }
    // The log shows what the runner prints of them, in which nothing begins either.
    assert!(!text.contains("##["), "{text}");
    assert!(text.lines().all(|line| !older(line)), "{text}");
    assert!(!text.contains(acts_unseen), "{text}");
    (found, last.to_owned())
}

#[test]
fn the_reader_reads() {
    let parsed = command("  ::error file=a%2Cb,line=1,title=c%3A%3Ad::e%0Af%25").unwrap();
    assert_eq!((parsed.name.as_str(), parsed.data.as_str()), ("error", "e\nf%"));
    assert_eq!(parsed.properties["file"], "a,b");
    assert_eq!(parsed.properties["title"], "c::d");
    assert!(command("a ::error::b").is_none() && command("::other::b").is_none());
    assert!(older("a ##[error]b") && older("##[add-mask c=d]e") && !older("##[other]") && !older("##[error"));
}

/// Every change of a level has one annotation; those of lower levels have none.
#[test]
fn what_is_annotated() {
    let levels = [Level::Major, Level::Minor, Level::Patch];
    for (name, report) in fixture::all() {
        for lowest in levels {
            let text = to_github(&report, lowest);
            let (found, _) = read(&text);
            for level in levels {
                let title = format!("wit-diff: {} (", level.word());
                let titled: Vec<&Parsed> =
                    found.iter().filter(|parsed| parsed.properties["title"].starts_with(&title)).collect();
                let changes = report.packages.iter().flat_map(|package| &package.changes);
                let expected = changes.filter(|change| change.level == level && level >= lowest).count();
                assert_eq!(titled.len(), expected, "{name} {lowest:?}: {text}");
            }
            let kinds = ["error", "warning", "notice"];
            let order: Vec<usize> =
                found.iter().filter_map(|parsed| kinds.iter().position(|kind| parsed.name == *kind)).collect();
            assert!(order.is_sorted(), "{text}");
        }
    }
}

/// An error is why the package fails, as in SARIF: each change has the same weight in both.
#[test]
fn breaks_that_the_version_announces_are_warnings() {
    let verdicts = [VersionVerdict::Sufficient, VersionVerdict::Insufficient, VersionVerdict::Unversioned];
    for (verdict, expected) in verdicts.into_iter().zip(["warning", "error", "error"]) {
        for name in ["breaking", "several", "compatible"] {
            let mut report = fixture::report(name);
            report.packages.iter_mut().for_each(|package| package.version.verdict = verdict);
            let (found, _) = read(&to_github(&report, Level::Patch));
            let is_major = |parsed: &&Parsed| parsed.properties["title"].starts_with("wit-diff: major (");
            assert!(found.iter().filter(is_major).all(|parsed| parsed.name == expected), "{name} {verdict:?}");
            // Changes that another package tells already have no annotation.
            if report.packages.len() > 1 {
                continue;
            }
            let sarif: serde_json::Value = serde_json::from_str(&to_sarif(&report)).unwrap();
            let mut expected: Vec<(String, String)> = (sarif["runs"][0]["results"].as_array().unwrap().iter())
                .map(|result| (result["ruleId"].as_str().unwrap(), result["level"].as_str().unwrap()))
                .map(|(rule, level)| (rule.to_owned(), if level == "note" { "notice" } else { level }.to_owned()))
                .collect();
            let rule =
                |parsed: &Parsed| Some(parsed.properties["title"].split_once('(')?.1.trim_matches(')').to_owned());
            let mut kinds: Vec<(String, String)> =
                found.iter().filter_map(|parsed| Some((rule(parsed)?, parsed.name.clone()))).collect();
            expected.sort();
            kinds.sort();
            assert_eq!(kinds, expected, "{name} {verdict:?}");
        }
    }
    let mut report = fixture::report("breaking");
    report.packages[0].version.verdict = VersionVerdict::Sufficient;
    assert!(!to_github(&report, Level::Patch).contains("::error"), "nothing fails");
}

/// It is why the check fails, whatever its level.
#[test]
fn what_is_denied_is_annotated() {
    let mut report = fixture::report("compatible");
    report.packages[0].check = Some(PackageCheck {
        passed: false,
        reasons: vec![CheckReason::RuleDenied],
        denied: [("docs-changed".to_owned(), 1)].into(),
        ..PackageCheck::default()
    });
    report.check =
        Some(CheckReport { passed: false, deny: ["docs-changed".to_owned()].into(), ..CheckReport::default() });
    let (found, last) = read(&to_github(&report, Level::Major));
    let titles: Vec<&str> = found.iter().map(|parsed| parsed.properties["title"].as_str()).collect();
    assert_eq!(titles, ["wit-diff: fails", "wit-diff: patch (docs-changed)"]);
    assert!(found.iter().all(|parsed| parsed.name == "error"), "{found:?}");
    assert!(last.ends_with("`acme:clock` has 1 change of the denied rule `docs-changed`"), "{last}");
}

/// A range ends with the word that it begins with, and is the one of SARIF.
#[test]
fn ranges_are_words() {
    let mut ranges = 0;
    for (name, report) in fixture::all() {
        let (found, _) = read(&to_github(&report, Level::Patch));
        let found: BTreeSet<_> = found
            .iter()
            .filter_map(|parsed| {
                let number = |name: &str| parsed.properties.get(name)?.parse::<u64>().ok();
                Some((
                    parsed.properties.get("file")?.clone(),
                    number("line")?,
                    number("col")?,
                    number("endColumn")? + 1,
                ))
            })
            .collect();
        let sarif: serde_json::Value = serde_json::from_str(&to_sarif(&report)).unwrap();
        for result in sarif["runs"][0]["results"].as_array().unwrap() {
            let physical = &result["locations"][0]["physicalLocation"];
            if physical["artifactLocation"]["uriBaseId"] != "%SRCROOT%" || physical.get("region").is_none() {
                continue;
            }
            // Of what something stood in, the indentation is not known.
            let region = &physical["region"];
            if region.get("snippet").is_none() {
                assert!(result["locations"][0].get("message").is_some(), "{name}: {result}");
                continue;
            }
            let word = region["snippet"]["text"].as_str().unwrap_or_default();
            assert!(!word.is_empty() && !word.contains([' ', ',', ';', '{', '}']), "{name}: {word:?}");
            let number = |name: &str| region[name].as_u64().unwrap();
            assert_eq!(number("endColumn") - number("startColumn"), word.chars().count() as u64);
            let file = physical["artifactLocation"]["uri"].as_str().unwrap().to_owned();
            if file.contains('%') {
                continue;
            }
            let range = (file, number("startLine"), number("startColumn"), number("endColumn"));
            assert!(found.contains(&range), "{name}: {range:?} in {found:?}");
            ranges += 1;
        }
    }
    assert!(ranges > 10, "only {ranges}");
}

/// What is there is annotated where it is; what is gone, where its container is, and never at a line that is not there.
#[test]
fn where_it_is_annotated() {
    let mut gone = 0;
    for (name, report) in fixture::all() {
        let (found, _) = read(&to_github(&report, Level::Patch));
        for package in &report.packages {
            // What would be a command is told otherwise.
            for change in package.changes.iter().filter(|change| !change.message.contains("::")) {
                let parsed = found.iter().find(|parsed| parsed.data.starts_with(&change.message)).unwrap();
                let place = match (&change.old, &change.new) {
                    (_, Some(new)) => Some(new),
                    (Some(_), None) => change.container.as_ref(),
                    (None, None) => None,
                };
                let expected = place.map(|place| (format!("wit/{}", place.file), place.line.to_string()));
                let at = parsed.properties.get("file").map(|file| (file.clone(), parsed.properties["line"].clone()));
                assert_eq!(at, expected, "{name}: {}", change.message);
                let sources = fixture::directory(name).join("new");
                if let Some(place) = place {
                    let text = fs::read_to_string(sources.join(&place.file)).unwrap();
                    assert!(text.lines().count() >= place.line as usize, "{name}: {}", change.message);
                }
                gone += usize::from(change.new.is_none());
            }
        }
    }
    assert!(gone > 2, "only {gone} are gone");
    // Where nobody knows the container, there is no place at all.
    let mut report = fixture::report("breaking");
    report.packages.iter_mut().flat_map(|package| &mut package.changes).for_each(|change| change.container = None);
    let (found, _) = read(&to_github(&report, Level::Major));
    let removed = found.iter().find(|parsed| parsed.data.starts_with("interface `locks` removed")).unwrap();
    assert!(!removed.properties.contains_key("file"), "{removed:?}");
    assert!(removed.data.contains("(was at wit/files.wit:41)"), "{removed:?}");
}

#[test]
fn errors_and_failures() {
    let text = to_github(&fixture::report("undetermined"), Level::Major);
    let (found, last) = read(&text);
    assert_eq!(found.len(), 1, "{text}");
    assert_eq!(
        (&*found[0].name, &*found[0].properties["file"], &*found[0].properties["line"]),
        ("error", "wit/clock.wit", "5")
    );
    assert_eq!(last, "wit-diff: undetermined, because the new side could not be loaded");
    // One of the old side has no place on the new one.
    let mut report = fixture::report("undetermined");
    report.errors.iter_mut().for_each(|error| error.side = "old".into());
    report.packages.iter_mut().flat_map(|package| &mut package.error).for_each(|error| error.side = "old".into());
    let text = to_github(&report, Level::Major);
    assert!(!read(&text).0[0].properties.contains_key("file") && text.contains("was at wit/clock.wit:5"), "{text}");
    // The version is what is to be mended: it comes before all changes.
    let text = to_github(&fixture::report("breaking"), Level::Patch);
    let (found, last) = read(&text);
    assert!(found[0].data.starts_with("acme:files declares 1.3.0, too low"), "{text}");
    assert_eq!(found[0].properties["file"], "wit/files.wit");
    assert!(last.starts_with("wit-diff: major: 6 breaking changes for guests"), "{last}");
}

/// Whatever strangers write, there are the same annotations: their words are all that differs.
#[test]
fn text_of_strangers_is_no_command() {
    for (name, report) in fixture::all() {
        let of = |text: &str| to_github(&spoilt(report.clone(), text), Level::Patch);
        let shape = |text: &str| -> Vec<(String, Vec<String>)> {
            let (found, _) = read(text);
            found.into_iter().map(|parsed| (parsed.name, parsed.properties.into_keys().collect())).collect()
        };
        let harmless = shape(&of(HARMLESS));
        for text in HOSTILE {
            assert_eq!(shape(&of(text)), harmless, "{name} with {text:?}");
        }
    }
    let report = spoilt(fixture::report("breaking"), "100%, a:b;c=d%0A");
    let (found, _) = read(&to_github(&report, Level::Major));
    assert!(
        found.iter().any(|parsed| parsed.properties.get("file").is_some_and(|file| file.ends_with("100%, a:b;c=d%0A")))
    );
}

#[test]
fn more_than_github_shows_is_counted() {
    let mut report = fixture::report("breaking");
    assert!(!to_github(&report, Level::Major).contains("GitHub annotates"));
    let changes = &mut report.packages[0].changes;
    let one = changes[0].clone();
    changes.extend(std::iter::repeat_n(one, 10_000));
    let text = to_github(&report, Level::Patch);
    let (found, _) = read(&text);
    let counts: Vec<&Parsed> = found.iter().filter(|parsed| parsed.data.contains("GitHub annotates")).collect();
    let errors = found.iter().filter(|parsed| parsed.name == "error").count();
    assert!(matches!(counts[..], [one] if one.data.contains(&format!("There are {errors} errors, 3 notices"))));
    let notice = found.iter().position(|parsed| parsed.name == "notice").unwrap();
    assert_eq!(found[notice], *counts[0], "GitHub shows the first notices");
}

fn run(summary: Option<&Path>, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
    command.arg("compare").args(arguments).current_dir(fixture::directory("breaking"));
    // The tests may run in a step, too.
    command.env_remove("GITHUB_STEP_SUMMARY").env_remove("GITHUB_OUTPUT");
    command.envs(summary.map(|file| ("GITHUB_STEP_SUMMARY", file)));
    command.output().unwrap()
}

#[test]
fn the_summary_of_a_step() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("summary.md");
    let arguments = ["old", "new", "--format", "github"];
    let found = run(Some(&file), &arguments);
    let expected = run(None, &arguments);
    assert_eq!((found.status.code(), &found.stdout), (Some(0), &expected.stdout));
    let markdown = run(None, &["old", "new", "--format", "markdown"]).stdout;
    let markdown = String::from_utf8(markdown).unwrap();
    assert!(markdown.starts_with("<!-- wit-diff"), "{markdown}");
    assert_eq!(fs::read_to_string(&file).unwrap(), markdown);
    // What stood there stays.
    fs::write(&file, "before").unwrap();
    run(Some(&file), &arguments);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("before\n{markdown}"));
    // Other formats, and formats of which a file is written, leave it alone.
    let output = format!("github={}", directory.path().join("github.txt").display());
    for arguments in
        [&["old", "new"][..], &["old", "new", "--output", &output], &["old", "new", "--format", "github", "--quiet"]]
    {
        run(Some(&file), arguments);
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("before\n{markdown}"), "{arguments:?}");
    }
    run(Some(Path::new("")), &arguments);
}

#[test]
fn a_summary_that_cannot_be_written() {
    let directory = tempfile::tempdir().unwrap();
    let found = run(Some(directory.path()), &["old", "new", "--format", "github"]);
    let stderr = String::from_utf8(found.stderr).unwrap();
    assert_eq!(found.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: cannot write `") && stderr.contains("GITHUB_STEP_SUMMARY"), "{stderr}");
}
