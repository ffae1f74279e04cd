//! The command, in repositories that the real `git` makes.

use super::*;
use run::Run;
use scratch::Scratch;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const FILE: &str = "CHANGELOG.md";

fn wit(version: &str, body: &str) -> String {
    format!("package a:b@{version};\n\ninterface i {{\n  {body}\n}}\n")
}

/// With a release 1.0.0 that has `f`.
fn released() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("1.0.0", "f: func();")).release("v1.0.0");
    scratch
}

/// What the command prints, which ends with `code`.
#[track_caller]
fn run(scratch: &Scratch, code: i32, arguments: &[&str]) -> Run {
    Run::by(&mut scratch.binary(&[&["changelog"], arguments].concat())).code(code)
}

/// Writes twice, and returns what is in the file.
#[track_caller]
fn write(scratch: &Scratch, arguments: &[&str]) -> String {
    let arguments = [&["--write", FILE], arguments].concat();
    let all = run(scratch, 0, &arguments);
    assert!(all.stdout.is_empty(), "{all:#?}");
    let written = scratch.read(FILE);
    let before = fs::metadata(scratch.path().join(FILE)).unwrap().modified().unwrap();
    run(scratch, 0, &arguments);
    assert_eq!(scratch.read(FILE), written, "a second time");
    let after = fs::metadata(scratch.path().join(FILE)).unwrap().modified().unwrap();
    assert_eq!(before, after, "a file that is not changed is not written");
    let entries = fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(entries.into_iter().all(|name| !name.starts_with(".wit-diff")), "a temporary file is left");
    written
}

#[test]
fn since_the_newest_release() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.0.0", "f: func(); g: func();"));
    let text = "## a:b 1.1.0\n\n### Added\n\n- Interface `i`: function `g`. Implementers must add it.\n";
    assert_eq!(run(&scratch, 0, &[]).stdout, text);
    assert_eq!(run(&scratch, 0, &["--against", "v1.0.0", "--package", "a:b"]).stdout, text);
    let dated = run(&scratch, 0, &["--date", "2026-01-31"]).stdout;
    assert_eq!(dated, text.replace("1.1.0", "1.1.0 - 2026-01-31"));
    // The index has nothing of it yet.
    assert_eq!(run(&scratch, 0, &["--staged"]).stdout, "");
    scratch.git(&["add", "-A"]);
    assert_eq!(run(&scratch, 0, &["--staged"]).stdout, text);
    // Whom a pull request is for does not matter.
    scratch.commit("g");
    let mut command = scratch.binary(&["changelog"]);
    command.envs([("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_EVENT_NAME", "pull_request")]);
    assert_eq!(Run::by(&mut command).code(0).stdout, text);
}

#[test]
fn from_release_to_release() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.0.0", "f: func(); g: func();"));
    let first = write(&scratch, &[]);
    assert!(first.contains("\n## a:b 1.1.0\n"), "{first}");
    // What a person says stays when more comes, and the version rises.
    let edited =
        first.replace("Implementers must add it.", "Thanks to all!").replace("\n## ", "\n## [Unreleased]\n\n## ");
    scratch.write(FILE, &edited).write("wit/a.wit", wit("1.0.0", "f: func() -> u32; g: func();"));
    let second = write(&scratch, &[]);
    let headings: Vec<&str> = second.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# Changelog", "## [Unreleased]", "## a:b 2.0.0", "### Breaking", "### Added"]);
    assert_eq!(second.matches("Thanks to all!").count(), 1);
    // After the release, a section on top of it.
    scratch.write("wit/a.wit", wit("2.0.0", "f: func() -> u32; g: func();"));
    assert_eq!(write(&scratch, &[]), second);
    scratch.release("v2.0.0").write("wit/a.wit", wit("2.0.0", "f: func() -> u32; g: func(); h: func();"));
    let third = write(&scratch, &[]);
    let (_, rest) = second.split_once("## a:b 2.0.0").unwrap();
    assert!(
        third.contains("## a:b 2.1.0\n\n### Added\n") && third.ends_with(&format!("\n\n## a:b 2.0.0{rest}")),
        "{third}"
    );
    // What is taken back before a release is gone, and what is released stays.
    scratch.write("wit/a.wit", wit("2.0.0", "f: func() -> u32; g: func();"));
    assert_eq!(write(&scratch, &[]), second);
    // And once the other one is released without a new version, too.
    assert_eq!(write(&scratch, &["--against", "v1.0.0"]), second);
}

#[test]
fn line_ends_and_permissions_stay() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.1.0", "f: func(); g: func();"));
    scratch.write(FILE, "\u{feff}# Changes\r\n\r\n## [1.0.0] - 2026-01-01\r\n\r\n- First.");
    let path = scratch.path().join(FILE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let written = write(&scratch, &[]);
    assert!(
        written.starts_with("\u{feff}# Changes\r\n\r\n## [1.1.0]\r\n\r\n### Added\r\n\r\n- Interface"),
        "{written:?}"
    );
    assert!(written.ends_with("\r\n\r\n## [1.0.0] - 2026-01-01\r\n\r\n- First."), "{written:?}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn links_lead_to_the_file() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.1.0", "f: func(); g: func();")).write("docs/changes.md", "# Changes\n");
    scratch.link(FILE, "docs/changes.md");
    run(&scratch, 0, &["--write", FILE]);
    assert!(fs::symlink_metadata(scratch.path().join(FILE)).unwrap().is_symlink());
    assert!(scratch.read("docs/changes.md").contains("## a:b 1.1.0"));
    let outside = Scratch::empty();
    outside.write("changes.md", "# Changes\n");
    scratch.link("out.md", &outside.path().join("changes.md").display().to_string()).link("nowhere.md", "missing.md");
    run(&scratch, 2, &["--write", "out.md"]).says("it is a link that leads out of");
    run(&scratch, 2, &["--write", "nowhere.md"]).says("it is a link that leads nowhere");
    assert_eq!(outside.read("changes.md"), "# Changes\n");
}

#[test]
fn files_that_cannot_be_written() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.1.0", "f: func(); g: func();"));
    run(&scratch, 2, &["--write", "wit"]).says("`wit`: it is a directory");
    run(&scratch, 2, &["--write", "no/such/CHANGELOG.md"]).says("there is no directory `no/such`");
    scratch.write("latin.md", b"# \xc4nderungen\n");
    run(&scratch, 2, &["--write", "latin.md"]).says("is not UTF-8");
    assert_eq!(fs::read(scratch.path().join("latin.md")).unwrap(), b"# \xc4nderungen\n");
    scratch.write("open.md", "# Changes\n\n<!-- open\n");
    run(&scratch, 2, &["--write", "open.md"]).says("not seen again").says("close it");
    assert_eq!(scratch.read("open.md"), "# Changes\n\n<!-- open\n");
    scratch.write("large.md", "x".repeat(5000));
    run(&scratch, 2, &["--write", "large.md", "--max-file-size", "4K"]).says("--max-file-size");
    run(&scratch, 2, &["--date", "2026-02-29"]).says("write a day as YYYY-MM-DD");
    run(&scratch, 2, &["--staged", "wit"]);
}

#[test]
fn the_end_is_not_a_gate() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.0.0", "f: func() -> u32;"));
    assert_eq!(Run::by(&mut scratch.binary(&["check"])).code, Some(1));
    run(&scratch, 0, &[]);
    run(&scratch, 4, &["--package", "x:y"]).says("no package is called `x:y`");
    scratch.write("wit/a.wit", "package a:b@1.0.0;\ninterface i { f: fun(); }\n");
    let broken = run(&scratch, 3, &["--write", FILE]);
    assert!(broken.stdout.is_empty() && !scratch.path().join(FILE).exists(), "{broken:#?}");
    scratch.write("wit/a.wit", wit("1.0.0", "f: func();"));
    run(&scratch, 0, &["--write", FILE]);
    assert!(!scratch.path().join(FILE).exists(), "nothing is to be told");
}

#[test]
fn the_history_of_wasi() {
    let scratch = Scratch::empty();
    scratch.git(&["clone", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle"), "."]);
    let told = run(&scratch, 0, &["v0.2.12", "--against", "v0.2.9", "--package", "wasi:cli"]).stdout;
    let exit = "## wasi:cli 0.2.12\n\n### Added\n\n- Interface `exit`: function `exit-with-code` is stable (was behind \
                `@unstable(feature = cli-exit-with-code)`). Implementers must add it.\n";
    assert!(told.starts_with(exit), "{told}");
    scratch.git(&["checkout", "-q", "v0.2.12"]);
    let all = write(&scratch, &["v0.2.12", "--against", "v0.2.9"]);
    is_plain(&all);
    // Where every package has a section, the release before it has one below.
    let before = write(&scratch, &["v0.2.9", "--against", "v0.2.0"]);
    let at = |heading: &str| before.find(heading).unwrap_or_else(|| panic!("no {heading} in {before}"));
    assert!(at("\n## wasi:cli 0.2.12\n") < at("\n## wasi:cli 0.2.9\n") && before.len() > all.len(), "{before}");
    assert_eq!(write(&scratch, &["v0.2.12", "--against", "v0.2.9"]), before);
}

#[test]
fn versions_that_are_too_low() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.1.0", "f: func(x: u8);"));
    let first = write(&scratch, &["--date", "2026-01-01"]);
    assert!(first.contains("\n## a:b 1.1.0 - 2026-01-01\n"), "{first}");
    run(&scratch, 0, &[]).says("warning: `a:b` declares 1.1.0, too low for what changed: that requires 2.0.0");
    scratch.release("v1.1.0").write("wit/a.wit", wit("1.2.0", "f: func(x: u16);"));
    let second = write(&scratch, &["--date", "2026-02-02"]);
    let (preamble, section) = first.split_once("\n## ").unwrap();
    let new = second.strip_prefix(preamble).unwrap().strip_suffix(&format!("\n## {section}")).unwrap();
    assert!(new.starts_with("\n## a:b 1.2.0 - 2026-02-02\n\n### Breaking\n") && new.contains("u16"), "{second}");
}

#[test]
fn every_release_keeps_its_section() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus/wavs-types");
    let mut versions: Vec<semver::Version> = fs::read_dir(&corpus)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().parse().unwrap())
        .collect();
    versions.sort();
    assert!(versions.len() > 15, "{versions:?}");
    let scratch = Scratch::repository();
    let mut before = String::new();
    for (at, version) in versions.iter().enumerate() {
        let _ = fs::remove_dir_all(scratch.path().join("wit"));
        let from = corpus.join(version.to_string());
        for entry in walkdir(&from) {
            let name = entry.strip_prefix(&from).unwrap().display().to_string();
            scratch.write(&name, fs::read(&entry).unwrap());
        }
        if at > 0 {
            let date = format!("2026-01-{:02}", at + 1);
            let after = write(&scratch, &["--date", &date]);
            let new: Vec<&str> = after.lines().filter(|line| line.starts_with("## ")).collect();
            let old: Vec<&str> = before.lines().filter(|line| line.starts_with("## ")).collect();
            let heading = format!("## wavs:types {version} - {date}");
            if new.len() == old.len() {
                assert_eq!(after, before, "{version} has nothing to tell");
            } else {
                assert_eq!(new.iter().filter(|line| **line == heading).count(), 1, "{version}: {new:?}");
                assert_eq!(new.len(), old.len() + 1, "{version}: {new:?}");
                let mut lines = after.lines();
                assert!(before.lines().all(|line| lines.any(|other| other == line)), "{version}: {after}");
            }
            before = after;
        }
        scratch.release(&format!("v{version}"));
    }
    assert!(before.matches("\n## ").count() > 10, "{before}");
}

#[test]
fn a_package_that_goes_and_comes_back() {
    let scratch = released();
    let other = |body: &str| format!("package a:c@0.1.0;\n\ninterface i {{\n  {body}\n}}\n");
    scratch.write("c/c.wit", other("f: func();")).release("v1.0.1");
    let headings =
        |text: &str| text.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect::<Vec<_>>();
    scratch.write("c/c.wit", other("f: func(); g: func();"));
    let first = write(&scratch, &[]);
    assert_eq!(headings(&first), ["## a:c 0.1.1"]);
    fs::remove_dir_all(scratch.path().join("c")).unwrap();
    let gone = write(&scratch, &[]);
    assert_eq!(headings(&gone), ["## a:c (removed)"]);
    assert!(!gone.contains("`g`"), "{gone}");
    scratch.write("c/c.wit", other("f: func(); g: func();"));
    assert_eq!(write(&scratch, &[]), first);
    // Gone in a release, it stays told when the package comes back.
    fs::remove_dir_all(scratch.path().join("c")).unwrap();
    write(&scratch, &[]);
    scratch.release("v1.0.2").write("c/c.wit", other("f: func(); g: func();"));
    assert_eq!(headings(&write(&scratch, &[])), ["## a:c 0.1.1", "## a:c (removed)"]);
}

#[test]
fn what_was_written_is_told() {
    let scratch = released();
    scratch.write("wit/a.wit", wit("1.1.0", "f: func(); g: func(); h: func();"));
    run(&scratch, 0, &["--write", FILE]).says("CHANGELOG.md: `a:b` 1.1.0: 2 entries");
    run(&scratch, 0, &["--write", FILE]).says("CHANGELOG.md is up to date");
    // Elsewhere, somebody releases that version.
    scratch.commit("more");
    scratch.git(&["tag", "v1.1.0"]);
    scratch.git(&["checkout", "-q", "-b", "other", "v1.0.0"]);
    let theirs = "# Changelog\n\n## a:b 1.1.0 - 2026-01-01\n\n- Ours.\n";
    scratch.write(FILE, theirs).write("wit/a.wit", wit("1.1.0", "f: func(); i: func();"));
    run(&scratch, 0, &["--write", FILE]).says("`a:b` 1.1.0 is released already").says("declare a version that is free");
    assert_eq!(scratch.read(FILE), theirs);
}

/// The files in a directory, however deep.
fn walkdir(directory: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walkdir(&path) } else { vec![path] }).collect()
}

#[test]
fn a_release_is_told_from_the_release_before_its_pre_releases() {
    let scratch = released();
    let release = |version: &str, body: &str| {
        scratch.write("wit/a.wit", wit(version, body));
        write(&scratch, &[]);
        scratch.release(&format!("v{version}"));
    };
    release("2.0.0-rc.1", "f: func(x: u8);");
    release("2.0.0-rc.2", "f: func(x: u16);");
    release("2.0.0", "f: func(x: u16);");
    let text = scratch.read(FILE);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## a:b 2.0.0", "## a:b 2.0.0-rc.2", "## a:b 2.0.0-rc.1"]);
    let section = text.split("\n## ").nth(1).unwrap();
    assert!(section.contains("parameter `x: u16` added to function `f`"), "{section}");
}
