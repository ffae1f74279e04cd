//! Changes that a repository accepts: they are told, fail nothing, and change nothing else.

use super::config::{editor_of, seen};
use super::run::{Run, each};
use super::scratch::Scratch;
use serde_json::{Value, json};

const FILE: &str = "wit-diff.accepted.toml";

const OLD: &str = "package a:b@0.2.0;\n\ninterface files {\n  open: func();\n  close: func();\n}\n\
                   interface names {\n  find: func();\n  last: func();\n}\n";

/// A repository of somebody whose name git knows.
fn of_ada() -> Scratch {
    let scratch = Scratch::repository();
    scratch.git(&["config", "user.name", "Ada"]);
    scratch.git(&["config", "user.email", "ada@example.org"]);
    scratch
}

/// A package with a release, of which two functions are gone since.
fn repository() -> Scratch {
    let scratch = of_ada();
    scratch.write("a.wit", OLD).release("v0.2.0");
    scratch.write("a.wit", OLD.replace("  close: func();\n", "").replace("  find: func();\n", ""));
    scratch
}

fn check(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.call(&[&["check", "--format", "json"], arguments].concat())
}

/// The report of a check on a day, in seconds since 1970.
fn check_at(scratch: &Scratch, seconds: u64) -> Run {
    let mut command = scratch.binary(&["check", "--format", "json"]);
    Run::by(command.env("SOURCE_DATE_EPOCH", seconds.to_string()))
}

const DAY: u64 = 86_400;

/// The fingerprint of the change of a path.
fn fingerprint(scratch: &Scratch, path: &str) -> String {
    let report = check(scratch, &["--no-config"]).json();
    let changes =
        report["packages"].as_array().unwrap().iter().flat_map(|package| package["changes"].as_array().unwrap());
    let found = changes.clone().find(|change| change["path"] == path);
    found.unwrap_or_else(|| panic!("no {path}"))["fingerprint"].as_str().unwrap().to_owned()
}

/// Accepts what is called so, for a reason.
fn accept(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.call(&[&["accept", "--reason", "nobody calls it"], arguments].concat())
}

fn changes(report: &Value) -> Vec<Value> {
    report["packages"][0]["changes"].as_array().unwrap().clone()
}

#[test]
fn what_is_accepted_passes_and_stays_what_it_is() {
    let scratch = repository();
    let before = check(&scratch, &[]).code(1).json();
    let [close, find] = ["a:b/files#close", "a:b/names#find"].map(|path| fingerprint(&scratch, path));
    // The failing check says how.
    let shown = super::run::words(&scratch.call(&["check"]).code(1).stdout);
    assert!(shown.contains("to let pass what is meant: wit-diff accept --all --reason TEXT, or by"), "{shown}");
    for handle in [&close[..8], &find[..8]] {
        assert!(shown.contains(&format!("[function-removed] {handle}")), "{shown}");
    }
    let run = accept(&scratch, &[&close[..8]]).code(0);
    assert_eq!(
        run.stdout,
        format!("1 change is accepted in {FILE}:\n  {}  a:b/files#close (function-removed)\n", &close[..8])
    );
    // The other one still fails.
    let report = check(&scratch, &[]).code(1).json();
    assert_eq!(report["packages"][0]["check"]["reasons"], json!(["unchanged-version"]));
    accept(&scratch, &[&find, "--until", "2027-01-31"]).code(0);
    let report = check(&scratch, &["--deny", "function-removed", "--fail-on", "minor"]).code(0).json();
    assert_eq!(report["check"]["passed"], true);
    assert_eq!(report["packages"][0]["check"], json!({ "passed": true, "level": "none" }));
    let who = "Ada <ada@example.org>";
    let accepted: Vec<Value> = changes(&report).iter().map(|change| change["accepted"].clone()).collect();
    assert_eq!(
        accepted,
        [
            json!({ "reason": "nobody calls it", "who": who }),
            json!({ "reason": "nobody calls it", "who": who, "until": "2027-01-31" })
        ]
    );
    // The truth is what it was.
    for key in ["level", "version", "interfaces", "worlds", "status"] {
        assert_eq!(report["packages"][0][key], before["packages"][0][key], "{key}");
    }
    assert_eq!(report["packages"][0]["version"]["verdict"], "unchanged-version");
    let text = scratch.call(&["check"]).code(0);
    let text = text.prints("major, accepted: function `close` removed").prints("until 2027-01-31: nobody calls it");
    text.prints("requires 0.3.0, declares 0.2.0").prints("what the declared version does not cover is accepted");
    // It counts only where a file may be read.
    check(&scratch, &["--no-config"]).code(1);
    // Versions do not get smaller by it.
    scratch.commit("accepted");
    let bump = scratch.call(&["bump", "--print"]).code(0);
    assert_eq!(bump.stdout, "a:b 0.3.0\n");
}

#[test]
fn the_gate_of_compare_hears_of_it() {
    let scratch = repository();
    scratch.call(&["compare", "v0.2.0", "--fail-on", "major"]).code(1);
    accept(&scratch, &["--all"]).code(0);
    scratch.call(&["compare", "v0.2.0", "--fail-on", "major"]).code(0).prints("gate passed");
    // Each revision accepts what its own file says.
    scratch.commit("accepted");
    std::fs::remove_file(scratch.path().join(FILE)).unwrap();
    scratch.call(&["compare", "v0.2.0", "--fail-on", "major"]).code(1);
    scratch.call(&["compare", "v0.2.0..HEAD", "--fail-on", "major"]).code(0);
    scratch.call(&["check", "HEAD"]).code(0);
    scratch.call(&["check", "--staged"]).code(0);
    scratch.git(&["rm", "-q", "--cached", FILE]);
    scratch.call(&["check", "--staged"]).code(1);
    // Without a gate, it is only told.
    let report = scratch.call(&["compare", "v0.2.0..HEAD", "--format", "json"]).code(0).json();
    assert!(changes(&report).iter().all(|change| change["accepted"]["reason"] == "nobody calls it"));
    assert!(report["check"].is_null());
}

#[test]
fn all_is_all_that_it_takes() {
    let scratch = repository();
    let more = scratch.read("a.wit").replace("interface names", "/// What is called how.\ninterface names");
    scratch.write("a.wit", more.replace("last: func()", "last: func(); first: func()"));
    let run = accept(&scratch, &["--all"]).code(0);
    assert!(run.stdout.starts_with("4 changes are accepted"), "{}", run.stdout);
    scratch.call(&["check"]).code(0);
    assert_eq!(accept(&scratch, &["--all"]).code(0).stdout, "nothing fails, so nothing is accepted\n");
    // What comes later is not accepted with it.
    scratch.write("a.wit", scratch.read("a.wit").replace("last: func()", "last: func() -> u32"));
    let report = check(&scratch, &[]).code(1).json();
    let open: Vec<_> = changes(&report).into_iter().filter(|change| change["accepted"].is_null()).collect();
    assert_eq!(each(&json!(open), "rule"), ["result-added"]);
}

#[test]
fn it_ends() {
    let scratch = repository();
    let close = fingerprint(&scratch, "a:b/files#close");
    accept(&scratch, &["--all", "--until", "2027-01-31"]).code(0);
    // 2027-01-31 begins 20,849 days after 1970-01-01.
    check_at(&scratch, 20_850 * DAY - 1).code(0);
    let run = check_at(&scratch, 20_850 * DAY).code(1);
    let report = run.json();
    assert_eq!(each(&report["stale"], "because"), ["expired", "expired"]);
    let stale = &report["stale"][0];
    assert_eq!(
        (&stale["file"], &stale["line"], &stale["path"], &stale["fingerprint"]),
        (&json!(FILE), &json!(4), &json!("a:b/files#close"), &json!(close))
    );
    run.says(&format!("the acceptance of `a:b/files#close` (function-removed) in {FILE}:4 ended with 2027-01-31"));
    // Or with a version of the package.
    accept(&scratch, &["--all", "--until", "0.2.1"]).code(0);
    // They are accepted still, so that nothing fails.
    assert!(scratch.read(FILE).contains("until = 2027-01-31"));
    scratch.write(FILE, scratch.read(FILE).replace("2027-01-31", "\"0.2.1\""));
    check(&scratch, &[]).code(0);
    scratch.write("a.wit", scratch.read("a.wit").replace("0.2.0", "0.2.1-rc.1"));
    check(&scratch, &[]).code(0);
    scratch.write("a.wit", scratch.read("a.wit").replace("0.2.1-rc.1", "0.2.1"));
    let report = check(&scratch, &[]).code(1).json();
    assert_eq!(each(&report["stale"], "because"), ["expired", "expired"]);
    // To be accepted anew, it is named.
    accept(&scratch, &[&close, "--until", "0.2.2"]).code(0);
    let report = check(&scratch, &[]).code(1).json();
    assert_eq!(each(&report["stale"], "path"), ["a:b/names#find"]);
}

#[test]
fn what_accepts_nothing_is_told_and_taken_away() {
    let scratch = repository();
    accept(&scratch, &["--all"]).code(0);
    let text = scratch.read(FILE);
    let [head, first, second] = text.split("[[accepted]]\n").collect::<Vec<_>>()[..] else { panic!("{text}") };
    let by_hand = format!("{head}# Why this one?\n[[accepted]]\n{first}# Ask Ada.\n[[accepted]]\n{second}");
    scratch.write(FILE, by_hand.replace("who = \"", "who   = \""));
    // One of them is undone.
    scratch.write("a.wit", OLD.replace("  find: func();\n", ""));
    let run = check(&scratch, &[]).code(0).says("is of no change: that was undone, or released");
    assert_eq!(each(&run.json()["stale"], "because"), ["unmatched"]);
    assert_eq!(each(&run.json()["stale"], "path"), ["a:b/files#close"]);
    let pruned = scratch.call(&["accept", "--prune"]).code(0);
    assert!(pruned.stdout.contains("1 entry is taken out of") && pruned.stdout.contains("a:b/files#close"));
    let rest = format!("{head}# Ask Ada.\n[[accepted]]\n{second}").replace("who = \"", "who   = \"");
    assert_eq!(scratch.read(FILE), rest);
    assert!(check(&scratch, &[]).code(0).json()["stale"].is_null());
    assert_eq!(scratch.call(&["accept", "--prune"]).code(0).stdout, format!("nothing in {FILE} is over\n"));
    // With the release that breaks, all of it is over.
    scratch.write("a.wit", scratch.read("a.wit").replace("0.2.0", "0.2.1")).release("v0.2.1");
    check(&scratch, &[]).code(0).says("is of no change");
    scratch.call(&["accept", "--prune"]).code(0);
    assert_eq!(scratch.read(FILE), head);
    check(&scratch, &[]).code(0);
}

#[test]
fn what_was_merged_with_its_change_is_not_stale() {
    let scratch = repository();
    scratch.git(&["switch", "-q", "-c", "break"]);
    accept(&scratch, &["--all"]).code(0);
    scratch.commit("break");
    let against = ["--against", "merge-base:main"];
    check(&scratch, &against).code(0);
    scratch.git(&["switch", "-q", "main"]);
    scratch.git(&["merge", "-q", "break"]);
    // The next topic knows nothing of it.
    scratch.git(&["switch", "-q", "-c", "next"]);
    scratch.write("a.wit", scratch.read("a.wit").replace("last: func()", "/// Last.\n  last: func()"));
    let report = check(&scratch, &[&against[..], &["--allow", "patch"]].concat()).json();
    assert!(report["stale"].is_null(), "{report:#}");
    // What it adds itself, for nothing, is.
    let entry = "\n[[accepted]]\nfingerprint = \"0123456789abcdef\"\nrule = \"function-removed\"\npath = \"a:b/x#y\"\n\
                 reason = \"none\"\nwho = \"Ada\"\n";
    scratch.write(FILE, scratch.read(FILE) + entry);
    let report = check(&scratch, &against).json();
    assert_eq!(each(&report["stale"], "path"), ["a:b/x#y"]);
    // Of packages that are not compared, nothing is known.
    scratch.write(FILE, scratch.read(FILE).replace("a:b/x#y", "c:d/x#y"));
    assert!(check(&scratch, &against).json()["stale"].is_null());
}

#[test]
fn branches_that_accept_merge() {
    let scratch = of_ada();
    let state = |gone: &[&str]| {
        let functions = ["a", "b", "c", "d", "e"].map(|name| format!("  {name}: func();\n"));
        let left: String =
            functions.into_iter().filter(|line| !gone.contains(&line.trim().split(':').next().unwrap())).collect();
        format!("package a:b@0.2.0;\n\ninterface i {{\n{left}}}\n")
    };
    scratch.write("a.wit", state(&[])).release("v0.2.0");
    scratch.write("a.wit", state(&["c"]));
    accept(&scratch, &["--all"]).code(0);
    scratch.commit("c");
    let both = [("left", "a"), ("right", "e")];
    for (branch, gone) in both {
        scratch.git(&["switch", "-q", "-c", branch, "main"]);
        scratch.write("a.wit", state(&["c", gone]));
        accept(&scratch, &["--all"]).code(0);
        scratch.commit(branch);
    }
    scratch.git(&["merge", "-q", "left"]);
    let paths: Vec<String> =
        scratch.read(FILE).lines().filter(|line| line.starts_with("path")).map(str::to_owned).collect();
    assert_eq!(paths, ["path = \"a:b/i#a\"", "path = \"a:b/i#c\"", "path = \"a:b/i#e\""]);
    let merged = scratch.read(FILE);
    scratch.call(&["check"]).code(0);
    // It is the file that one would have written.
    std::fs::remove_file(scratch.path().join(FILE)).unwrap();
    accept(&scratch, &["--all"]).code(0);
    assert_eq!(scratch.read(FILE), merged);
}

#[test]
fn who_and_where() {
    let scratch = repository();
    let close = fingerprint(&scratch, "a:b/files#close");
    accept(&scratch, &[&close, "--who", "Ada"]).code(0);
    assert!(scratch.read(FILE).contains("who = \"Ada\"\n"));
    let mut command = scratch.binary(&["accept", &close, "--reason", "x"]);
    command.env("GIT_AUTHOR_NAME", "Eve").env("GIT_AUTHOR_EMAIL", "eve@example.org");
    Run::by(&mut command).code(0);
    // One change, one entry.
    let text = scratch.read(FILE);
    assert_eq!((text.matches("[[accepted]]").count(), text.contains("who = \"Eve <eve@example.org>\"")), (1, true));
    assert!(text.contains("reason = \"x\""));
    // From below, the same file; a new one stands beside the configuration.
    scratch.write("sub/x.txt", "");
    let mut command = scratch.binary(&["accept", "--all", "--reason", "x", "--who", "Ada"]);
    Run::by(command.current_dir(scratch.path().join("sub"))).code(0);
    assert_eq!(scratch.read(FILE).matches("[[accepted]]").count(), 2);
    scratch.call(&["check"]).code(0);
    std::fs::remove_file(scratch.path().join(FILE)).unwrap();
    let mut command = scratch.binary(&["accept", "--all", "--reason", "x", "--who", "Ada"]);
    Run::by(command.current_dir(scratch.path().join("sub"))).code(0);
    assert!(scratch.path().join(FILE).exists());
    scratch.call(&["check"]).code(0);
}

#[test]
fn what_cannot_be_accepted() {
    let scratch = repository();
    scratch.call(&["accept"]).code(2).says("say what is accepted");
    scratch.call(&["accept", "--all"]).code(2).says("say why it is accepted: --reason TEXT");
    scratch.call(&["accept", "--all", "--reason", " "]).code(2).says("this is empty");
    accept(&scratch, &["--all", "--until", "tomorrow"]).code(2).says("write a day, as 2027-01-31, or a version");
    accept(&scratch, &["--all", "--until", "2027-02-30"]).code(2);
    accept(&scratch, &["--all", "--no-config"]).code(2);
    let close = fingerprint(&scratch, "a:b/files#close");
    let run = accept(&scratch, &["ffff0000"]).code(2).says("no change since v0.2.0 has a fingerprint that begins with");
    run.says(&close).says("hint: what was compared with something else, is found with that: `--against BASE`");
    accept(&scratch, &["--all", "--until", "2020-01-31"]).code(2).says("that day is over");
    accept(&scratch, &["--all", "--until", "0.2.0"]).code(2).says("the package declares 0.2.0 already");
    accept(&scratch, &[""]).code(2).says("begins several fingerprints");
    assert!(!scratch.path().join(FILE).exists());
    scratch.write("a.wit", "package a:b@0.2.0;\ninterface i { f: fun(); }\n");
    accept(&scratch, &["--all"]).code(3);
    let outside = Scratch::new();
    accept(&outside, &["--all"]).code(3);
}

#[test]
fn a_file_that_says_what_cannot_be() {
    let scratch = repository();
    let editor = editor_of(FILE);
    let entry = "[[accepted]]\nfingerprint = \"0123456789abcdef\"\nrule = \"r\"\npath = \"a:b/i\"\nreason = \"x\"\nwho = \"y\"\n";
    for (text, message) in [
        ("[[acepted]]\n".to_owned(), "did you mean `accepted`?"),
        ("accepted = 1\n".into(), "has to be a list of tables"),
        ("accepted = [1]\n".into(), "has to be a table"),
        ("[[accepted]\n".into(), ":1:"),
        (entry.replace("reason = \"x\"\n", ""), "this entry has no `reason`"),
        (entry.replace("\"x\"", "\"\""), "this is empty"),
        (entry.replace("who", "wo"), "there is no key `wo` here; did you mean `who`?"),
        (entry.replace("0123456789abcdef", "xyz"), "sixteen hexadecimal digits"),
        (format!("{entry}until = 1\n"), "in quotes"),
        (format!("{entry}until = \"soon\"\n"), "write a day"),
        (format!("{entry}until = 2027-01-31T00:00:00Z\n"), "write the day alone"),
    ] {
        scratch.write(FILE, &text);
        check(&scratch, &[]).code(2).says(message).says(FILE);
        // Editors do not know versions and days.
        let is_until = text.contains("until = \"soon\"") || text.contains("T00:00");
        assert_eq!(seen(&text).is_some_and(|file| editor.is_valid(&file)), is_until, "{text}");
        accept(&scratch, &["--all"]).code(2).says(FILE);
        assert_eq!(scratch.read(FILE), text);
    }
    for text in [entry.to_owned(), format!("{entry}until = \"2027-01-31\"\n"), format!("{entry}until = 2027-01-31\n")] {
        assert!(editor.is_valid(&seen(&text).unwrap()), "{text}");
        scratch.write(FILE, text);
        check(&scratch, &[]).code(1);
    }
}

#[test]
fn every_format_shows_it() {
    let scratch = repository();
    let plain = |format: &str| scratch.call(&["check", "--format", format]).stdout;
    accept(&scratch, &["--all", "--who", "Ada", "--until", "2027-01-31"]).code(0);
    let words = "ccepted by Ada until 2027-01-31: nobody calls it";
    let sarif: Value = serde_json::from_str(&plain("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!((&result["level"], &result["suppressions"][0]["status"]), (&json!("note"), &json!("accepted")));
        assert_eq!(result["suppressions"][0]["justification"], "nobody calls it");
    }
    for format in ["text", "markdown", "html", "github", "gitlab", "junit", "sarif"] {
        assert!(plain(format).contains(words), "{format}: {}", plain(format));
    }
    let github = plain("github");
    assert!(!github.contains("::error") && github.contains("::notice"), "{github}");
    assert!(github.contains("wit-diff: passes: major: 2 breaking changes for guests, 2 accepted"), "{github}");
    assert!(plain("junit").contains("failures=\"0\" errors=\"0\""));
    let gitlab: Value = serde_json::from_str(&plain("gitlab")).unwrap();
    assert_eq!(each(&gitlab, "severity"), ["info", "info", "major"]);
    // What is over, too.
    scratch.write("a.wit", OLD);
    let stale = "is of no change";
    for format in ["markdown", "html", "github", "gitlab", "junit", "sarif"] {
        assert!(plain(format).contains(stale), "{format}: {}", plain(format));
    }
    assert!(plain("github").contains(&format!("::warning file={FILE},line=4,")), "{}", plain("github"));
}

#[test]
fn rules_may_count_otherwise() {
    let scratch = repository();
    let level = |text: &str, code: i32| {
        scratch.write("wit-diff.toml", text);
        check(&scratch, &[]).code(code).json()["packages"][0].clone()
    };
    let package = level("[levels]\nfunction-removed = \"none\"\n", 0);
    assert_eq!(package["check"], json!({ "passed": true, "level": "none" }));
    assert_eq!((&package["level"], &package["version"]["required"]), (&json!("major"), &json!("0.3.0")));
    assert_eq!(package["changes"][0]["counts_as"], "none");
    let package = level("[levels]\nfunction-removed = \"minor\"\n", 1);
    assert_eq!(package["check"]["level"], "minor");
    scratch.call(&["check"]).code(1).prints("major, counts as minor").prints("minor, as it counts here");
    scratch.write("a.wit", scratch.read("a.wit").replace("0.2.0", "0.2.1"));
    level("[levels]\nfunction-removed = \"minor\"\n", 0);
    level("[levels]\nfunction-removed = \"minor\"\n[packages.\"a:b\".levels]\nfunction-removed = \"major\"\n", 1);
    level("[packages.\"c:d\".levels]\nfunction-removed = \"minor\"\n", 1);
    level("[packages.\"a:b\".levels]\nfunction-removed = \"minor\"\n", 0);
    // Upwards, too.
    scratch.write("a.wit", OLD.replace("0.2.0", "0.2.1").replace("  open", "  /// Opens.\n  open"));
    level("", 0);
    let package = level("[levels]\ndocs-changed = \"major\"\n", 1);
    assert_eq!(package["check"]["reasons"], json!(["insufficient-version"]));
    for (text, message) in [
        ("[levels]\nfunction-remved = \"none\"\n", "did you mean `function-removed`?"),
        ("[levels]\nfunction-removed = \"low\"\n", "has to be `none`"),
        ("levels = \"none\"\n", "has to be a table of rules"),
    ] {
        scratch.write("wit-diff.toml", text);
        check(&scratch, &[]).code(2).says(message);
    }
    scratch.write("wit-diff.toml", "[levels]\ngates = \"minor\"\nsince-omitted = \"none\"\n");
    let shown = scratch.call(&["config", "--format", "json"]).code(0).json();
    let levels =
        shown["settings"].as_array().unwrap().iter().find(|setting| setting["key"] == "levels").unwrap().clone();
    let levels = levels["value"].as_array().unwrap();
    assert!(levels.contains(&json!("since-omitted = none")) && levels.contains(&json!("since-misdated = minor")));
}

#[test]
fn a_change_of_a_dependency_is_accepted_once() {
    let scratch = of_ada();
    let io = "package z:io@0.2.0;\n\ninterface streams {\n  flush: func();\n  sync: func();\n}\n";
    scratch.write("io/io.wit", io);
    for name in ["files", "sockets", "http"] {
        let text = format!("package z:{name}@0.2.0;\n\nworld w {{\n  import z:io/streams@0.2.0;\n}}\n");
        scratch.write(&format!("{name}/{name}.wit"), text);
    }
    scratch.release("v0.2.0");
    scratch.write("io/io.wit", io.replace("  flush: func();\n", ""));
    let report = check(&scratch, &[]).code(1).json();
    let failed = report["packages"].as_array().unwrap().iter().filter(|package| package["check"]["passed"] == false);
    assert_eq!(failed.count(), 4);
    let run = accept(&scratch, &["--all", "--until", "0.2.1"]).code(0);
    assert!(run.stdout.starts_with("1 change is accepted"), "{}", run.stdout);
    let report = check(&scratch, &[]).code(0).json();
    assert!(report["stale"].is_null());
    // By itself, whoever depends on it passes as well, as long as it is accepted where it comes from.
    check(&scratch, &["--package", "z:http"]).code(0);
    scratch.write("io/io.wit", scratch.read("io/io.wit").replace("0.2.0", "0.2.1"));
    for name in ["files", "sockets", "http"] {
        let file = format!("{name}/{name}.wit");
        scratch.write(&file, scratch.read(&file).replace("streams@0.2.0", "streams@0.2.1"));
    }
    let report = check(&scratch, &[]).code(1).json();
    assert_eq!(each(&report["stale"], "because"), ["expired"]);
    let changes =
        report["packages"].as_array().unwrap().iter().flat_map(|package| package["changes"].as_array().unwrap());
    assert!(changes.into_iter().all(|change| change["accepted"].is_null()), "{report:#}");
}

#[test]
fn very_many_that_are_stale_are_counted() {
    let scratch = repository();
    let entry = |at: usize| {
        format!(
            "[[accepted]]\nfingerprint = \"{at:016x}\"\nrule = \"r\"\npath = \"a:b/i#f{at}\"\nreason = \"x\"\nwho = \"y\"\n\n"
        )
    };
    scratch.write(FILE, (0..9).map(entry).collect::<String>());
    let run =
        check(&scratch, &[]).code(1).says("6 more acceptances in wit-diff.accepted.toml are over, or of no change");
    assert_eq!(run.stderr.matches("is of no change").count(), 3);
    assert_eq!(run.json()["stale"].as_array().unwrap().len(), 9);
}

/// A package on two tracks, each in a directory of its own.
fn of_two_tracks() -> Scratch {
    let scratch = of_ada();
    for version in ["1.0.0", "2.0.0"] {
        let text = format!("package a:b@{version};\n\ninterface i {{\n  f: func();\n  g: func();\n}}\n");
        scratch.write(&format!("v{}/a.wit", &version[..1]), text);
    }
    scratch.commit("both");
    scratch.git(&["tag", "v1.0.0"]);
    scratch.git(&["tag", "v2.0.0"]);
    scratch
}

fn retype(scratch: &Scratch, file: &str) {
    scratch.write(file, scratch.read(file).replace("f: func()", "f: func(x: u8)"));
}

#[test]
fn a_break_of_one_track_is_none_of_another() {
    let scratch = of_two_tracks();
    retype(&scratch, "v1/a.wit");
    accept(&scratch, &["--all", "--until", "1.5.0"]).code(0);
    assert!(scratch.read(FILE).contains("\ntrack = \"1\"\n"), "{}", scratch.read(FILE));
    let report = check(&scratch, &[]).code(0).json();
    // That of the other track is higher already, and says nothing.
    assert!(report["stale"].is_null(), "{report:#}");
    retype(&scratch, "v2/a.wit");
    let report = check(&scratch, &[]).code(1).json();
    let passed: Vec<&Value> =
        report["packages"].as_array().unwrap().iter().map(|package| &package["check"]["passed"]).collect();
    assert_eq!(passed, [true, false]);
    // Each has an entry of its own.
    accept(&scratch, &["--all"]).code(0);
    assert_eq!(scratch.read(FILE).matches("[[accepted]]").count(), 2);
    check(&scratch, &[]).code(0);
    // Without a track, an entry is of all.
    scratch.write(FILE, scratch.read(FILE).replace("track = \"1\"\n", "").replace("track = \"2\"\n", ""));
    check(&scratch, &[]).code(0);
}

#[test]
fn nothing_is_taken_away_of_what_could_not_be_judged() {
    let scratch = of_two_tracks();
    retype(&scratch, "v2/a.wit");
    accept(&scratch, &["--all"]).code(0);
    let before = scratch.read(FILE);
    scratch.write("v2/a.wit", scratch.read("v2/a.wit") + "}\n");
    assert!(check(&scratch, &[]).code(3).json()["stale"].is_null());
    scratch.call(&["accept", "--prune"]).code(3);
    assert_eq!(scratch.read(FILE), before);
    scratch.call(&["accept", "--prune", "--against", "nowhere"]).code(3);
    // Nothing is over: no byte changes.
    scratch.write("v2/a.wit", scratch.read("v2/a.wit").replace("}\n}\n", "}\n"));
    let by_hand = before.replace("reason = ", "reason   =  ").replace("\n[[", "[[");
    scratch.write(FILE, &by_hand);
    scratch.call(&["accept", "--prune"]).code(0);
    assert_eq!(scratch.read(FILE), by_hand);
}

#[test]
fn an_entry_is_of_the_change_that_it_names() {
    let scratch = repository();
    let close = fingerprint(&scratch, "a:b/files#close");
    let entry = |rule: &str, path: &str| {
        format!(
            "[[accepted]]\nfingerprint = \"{close}\"\nrule = \"{rule}\"\npath = \"{path}\"\nreason = \"x\"\nwho = \"y\"\n"
        )
    };
    let accepted = |text: String| {
        scratch.write(FILE, text);
        let report = check(&scratch, &[]).code(1).json();
        let accepted = changes(&report).iter().any(|change| !change["accepted"].is_null());
        (accepted, report["stale"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(accepted(entry("function-removed", "a:b/files#close")), (true, 0));
    assert_eq!(accepted(entry("docs-changed", "a:b/files#close")), (false, 1));
    assert_eq!(accepted(entry("function-removed", "a:b/files#open")), (false, 1));
    assert_eq!(accepted(entry("function-removed", "c:d/files#close")), (false, 0));
}

#[test]
fn what_needs_no_acceptances_reads_none() {
    let scratch = repository();
    scratch.write(FILE, "<<<<<<< HEAD\n[[accepted]]\n=======\n>>>>>>> other\n");
    for command in ["list", "show", "config", "changelog", "log"] {
        scratch.call(&[command]).code(0);
    }
    scratch.call(&["bump", "--print"]).code(0);
    scratch.call(&["check"]).code(2).says("the marks of a merge that is not finished");
    accept(&scratch, &["--all"]).code(2).says("the marks of a merge that is not finished");
}

#[test]
fn a_file_stands_where_it_is_found_again() {
    let scratch = repository();
    scratch.write("ci/wit-diff.toml", "protect = \"guests\"\n");
    let named = ["--config", "ci/wit-diff.toml"];
    accept(&scratch, &[&named[..], &["--all"]].concat()).code(0);
    assert!(scratch.path().join(FILE).exists());
    check(&scratch, &named).code(0);
}

#[cfg(unix)]
#[test]
fn a_link_to_elsewhere_is_not_read() {
    let scratch = repository();
    let outside = Scratch::new();
    outside.write("secret", "a secret\n");
    for file in [FILE, "wit-diff.toml"] {
        scratch.link(file, outside.path().join("secret").to_str().unwrap());
        let run = scratch.call(&["check"]).code(2).says("is a link that leads out of the repository");
        assert!(!run.stderr.contains("a secret"), "{run:#?}");
        std::fs::remove_file(scratch.path().join(file)).unwrap();
    }
    scratch.write("below/real.toml", "allow = \"none\"\n").link("wit-diff.toml", "below/real.toml");
    check(&scratch, &[]).code(1);
}

#[test]
fn what_only_flags_ask_for_can_be_accepted() {
    let scratch = repository();
    scratch.write("a.wit", OLD.replace("0.2.0", "0.2.1").replace("open: func();", "open: func();\n  more: func();"));
    check(&scratch, &[]).code(0);
    let deny = ["--deny", "function-added"];
    check(&scratch, &deny).code(1);
    assert_eq!(accept(&scratch, &["--all"]).code(0).stdout, "nothing fails, so nothing is accepted\n");
    accept(&scratch, &[&deny[..], &["--all"]].concat()).code(0);
    check(&scratch, &deny).code(0);
}
