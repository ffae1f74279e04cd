//! What programs read, what GitHub shows, and that it is the same every time.

use super::*;
use std::collections::BTreeSet;
use std::io::Read;
use std::process::Stdio;

fn scratch() -> Scratch {
    Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.1.1", FGH), ("1.2.0", BROKEN)])
}

fn fields(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_shape_of_the_json() {
    let scratch = scratch();
    let log = scratch.json(3, &[]);
    let head = ["schema_version", "tool", "input", "by", "revisions", "protect", "features", "status", "packages"];
    assert_eq!(fields(&log), head.into());
    assert_eq!(
        (&log["schema_version"], &log["tool"]["name"], &log["protect"]),
        (&1.into(), &"wit-diff".into(), &"guests".into())
    );
    assert_eq!(
        log["input"],
        serde_json::json!({ "input": "HEAD", "kind": "git", "commit": scratch.git(&["rev-parse", "HEAD"]) })
    );
    let package = named(&log, "a:p");
    assert_eq!(fields(package), ["name", "rows", "unchanged", "left_out"].into());
    let always = [
        "revision",
        "commit",
        "date",
        "subject",
        "against",
        "status",
        "old_version",
        "new_version",
        "level",
        "version",
        "counts",
        "changes",
        "error",
    ];
    for row in list(&package["rows"]) {
        assert_eq!(fields(row), always.into());
        assert_eq!(row["commit"], scratch.git(&["rev-parse", row["revision"].as_str().unwrap()]));
        assert_eq!(row["subject"], row["revision"]);
        for change in list(&row["changes"]) {
            assert_eq!(fields(change), ["rule", "path", "level", "fingerprint", "gate", "message"].into());
        }
    }
    let change = &row(&log, "a:p", "v1.1.1")["changes"][0];
    assert_eq!((&change["path"], &change["message"]), (&"a:p/i#h".into(), &"function `h` added".into()));
    // It says of each pair what `compare` says.
    let compared = Run::by(&mut scratch.binary(&["compare", "v1.1.0..v1.1.1", "--format", "json"])).json();
    let compared = &compared["packages"][0];
    assert_eq!(compared["changes"][0]["fingerprint"], change["fingerprint"]);
    assert_eq!(compared["version"], row(&log, "a:p", "v1.1.1")["version"]);
    // What went wrong is in it, too.
    let log = scratch.json(4, &["--package", "a:q"]);
    assert_eq!((list(&log["packages"]).len(), list(&log["errors"]).len()), (0, 1));
}

#[test]
fn what_github_shows() {
    let scratch = scratch();
    let markdown = scratch.log(&["--format", "markdown"]).code(3).stdout;
    let lines: Vec<&str> = markdown.lines().collect();
    assert!(lines[0].starts_with("History of `HEAD` (`"), "{markdown}");
    assert!(lines.contains(&"## `a:p`"), "{markdown}");
    let rows: Vec<&&str> = lines.iter().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + 4);
    for row in &rows {
        assert_eq!(row.matches('|').count(), 8, "{row}");
    }
    let insufficient = rows.iter().find(|row| row.starts_with("| `v1.1.1` |")).unwrap();
    assert!(
        insufficient.ends_with("| minor | `1.1.0` → `1.1.1` | `1.2.0` | **insufficient** | `i`: function `h` added |"),
        "{insufficient}"
    );
    assert!(rows[2].contains("undetermined, because"), "{markdown}");
    // Into a file, beside the text.
    scratch.log(&["--output", "markdown=HISTORY.md", "--output", "json=log.json"]).code(3);
    assert_eq!(scratch.read("HISTORY.md"), markdown);
    assert_eq!(scratch.read("log.json"), scratch.log(&["--format", "json"]).stdout);
    scratch.log(&["--output", "sarif=a"]).code(2).says("`sarif` is no format: text, json, markdown, html or junit");
}

#[test]
fn what_a_browser_shows() {
    let scratch = scratch();
    let page = scratch.log(&["--format", "html"]).code(3).stdout;
    assert!(page.starts_with("<!doctype html>\n") && page.ends_with("</html>\n"), "{page}");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("<tr id=")).collect();
    assert_eq!(rows.len(), 4, "{page}");
    let insufficient = rows.iter().find(|row| row.contains(">v1.1.1</a>")).unwrap();
    for part in [
        "<span class=\"whole\">1.1.0 →</span> <span class=\"whole\">1.1.1</span>",
        "<td class=\"needs\">1.2.0</td>",
        "<span class=\"verdict bad\">insufficient</span>",
        "<code>i</code> function <code>h</code> added",
    ] {
        assert!(insufficient.contains(part), "{part}: {insufficient}");
    }
    assert!(rows[0].contains("undetermined, because"), "{}", rows[0]);
    assert!(page.contains("1 of 4 rows could not be judged"), "{page}");
    assert!(page.contains("in 1 of 4 rows the declared version does not honour what changed"), "{page}");
}

#[test]
fn what_test_reports_show() {
    let scratch = scratch();
    let junit = scratch.log(&["--format", "junit"]).code(3).stdout;
    // Oldest first; of the last one there is no verdict.
    let cases: Vec<&str> = junit.lines().filter(|line| line.trim_start().starts_with("<testcase ")).collect();
    let names = ["v1.0.0 (1.0.0)", "v1.1.0 (1.1.0)", "v1.1.1 (1.1.1)", "v1.2.0"];
    for (case, name) in cases.iter().zip(names) {
        assert!(case.contains(&format!("name=\"{name}")), "{case}");
    }
    assert_eq!(cases.len(), names.len());
    assert!(junit.contains("tests=\"4\" failures=\"1\" errors=\"1\""), "{junit}");
    assert!(junit.contains("<failure message=\"minor, declared 1.1.1 is insufficient, needs 1.2.0\""), "{junit}");
}

#[test]
fn the_same_every_time() {
    let wasi = Scratch::wasi();
    for arguments in [
        &["log"][..],
        &["log", "--commits", "--format", "json"],
        &["log", "--format", "markdown", "--verbose"],
        &["log", "--format", "html"],
        &["log", "--format", "junit"],
    ] {
        let once = wasi.binary(arguments).output().unwrap();
        let again = wasi.binary(arguments).output().unwrap();
        assert!(once.stdout.len() > 1000);
        assert_eq!((once.stdout, once.stderr), (again.stdout, again.stderr));
    }
}

#[test]
fn a_reader_that_leaves_early() {
    let wasi = Scratch::wasi();
    let mut child = wasi.binary(&["log", "--verbose"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 8];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (Some(3), ""));
}

#[test]
fn colours_where_they_are_asked_for() {
    let scratch = scratch();
    let colored = scratch.log(&["--color", "always"]).stdout;
    let plain = scratch.log(&[]).stdout;
    assert!(colored.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    let mut parts = colored.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    assert_eq!(parts.fold(first, |text, part| text + part.split_once('m').unwrap().1), plain);
}
