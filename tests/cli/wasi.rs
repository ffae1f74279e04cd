//! The history of WASI, as the tool is meant to be used on it.

use super::{Run, Scratch, each};
use serde_json::Value;

const PAIR: [&str; 2] = ["v0.2.0:preview2/http", "v0.2.8:wasip2/http"];

/// All tags, oldest first, without those of the 0.3.0 candidates.
const RELEASES: [&str; 14] = [
    "v0.2.0", "v0.2.1", "v0.2.2", "v0.2.3", "v0.2.4", "v0.2.5", "v0.2.6", "v0.2.7", "v0.2.8", "v0.2.9", "v0.2.10",
    "v0.2.11", "v0.2.12", "v0.3.0",
];

/// The tags that hold drafts of 0.3.0, oldest first.
const DRAFTS: [&str; 7] =
    ["v0.2.9", "v0.3.0-rc-2026-01-06", "v0.2.10", "v0.3.0-rc-2026-02-09", "v0.3.0-rc-2026-03-15", "v0.2.11", "v0.2.12"];

fn wasi() -> Scratch {
    let scratch = Scratch::new();
    clone(&scratch, &[], "wasi");
    scratch
}

fn clone(scratch: &Scratch, flags: &[&str], name: &str) {
    let bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle");
    scratch.git(&[&["clone", "-q"], flags, &[bundle, name]].concat());
}

fn http(scratch: &Scratch, directory: &str, flags: &[&str]) -> Run {
    scratch.compare_in(directory, &[&PAIR, flags].concat()).code(0)
}

#[test]
fn the_text_says_what_changed_for_whom_where_and_what_it_takes() {
    let scratch = wasi();
    let run = http(&scratch, "", &["--repo", "wasi"]);
    let mut lines = run.stdout.lines();
    let commits = PAIR.map(|side| {
        let id = scratch.git_in("wasi", &["rev-parse", &format!("{}^{{commit}}", side.split_once(':').unwrap().0)]);
        format!("{side} ({})", &id[..7])
    });
    assert_eq!(lines.by_ref().take(2).collect::<Vec<_>>(), [&*format!("comparing {}", commits.join(" with ")), ""]);
    let last = run.stdout.lines().rev().take(2).collect::<Vec<_>>();
    assert_eq!(last, ["  requires 0.2.1, declares 0.2.8: sufficient", "minor for guests: wasi:http 0.2.0 → 0.2.8"]);
    assert_eq!(run.stderr, "");
    run.prints("world `imports` added")
        .prints("--> proxy.wit:6:7")
        .prints("type `field-name` (field-key) added")
        .prints("--> types.wit:146:8")
        .prints("`field-key` deprecated in 0.2.2")
        .prints("--> types.wit:129:")
        .prints("::: types.wit:158:")
        .prints("157 |   @deprecated(version = 0.2.2)")
        .prints("wasi:http/proxy")
        .prints("world proxy: guests compatible, hosts break (link)");
}

#[test]
fn the_report_keeps_its_contract() {
    let scratch = wasi();
    let run = http(&scratch, "", &["--repo", "wasi", "--format", "json"]);
    assert_eq!(run.stderr, "");
    let report = run.json();
    holds(&report, "schema_version tool old new protect features status level packages");
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["tool"]["name"], "wit-diff");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    for (side, input) in [("old", PAIR[0]), ("new", PAIR[1])] {
        holds(&report[side], "input kind commit");
        assert_eq!(report[side]["input"], input);
        assert_eq!(report[side]["kind"], "git");
        let tag = input.split(':').next().unwrap();
        assert_eq!(report[side]["commit"], scratch.git_in("wasi", &["rev-parse", &format!("{tag}^{{commit}}")]));
    }
    assert_eq!(report["protect"], "guests");
    assert_eq!(report["features"], serde_json::json!([]));
    assert_eq!((&report["status"], &report["level"]), (&"complete".into(), &"minor".into()));

    assert_eq!(each(&report["packages"], "name"), ["wasi:http"]);
    let package = &report["packages"][0];
    holds(package, "name status old_version new_version level version interfaces worlds changes error");
    assert_eq!((&package["status"], &package["level"]), (&"changed".into(), &"minor".into()));
    assert_eq!((&package["old_version"], &package["new_version"]), (&"0.2.0".into(), &"0.2.8".into()));
    let version = serde_json::json!({ "required": "0.2.1", "declared": "0.2.8", "verdict": "sufficient" });
    assert_eq!(package["version"], version);
    assert_eq!(package["error"], Value::Null);
    assert_eq!(each(&package["interfaces"], "name"), ["incoming-handler", "outgoing-handler", "types"]);
    assert_eq!(each(&package["worlds"], "name"), ["imports", "proxy"]);
    for interface in package["interfaces"].as_array().unwrap() {
        holds(interface, "name status level link source");
        holds(&interface["link"], "consumers providers");
        holds(&interface["source"], "consumers providers");
    }
    for world in package["worlds"].as_array().unwrap() {
        holds(world, "name status level link source");
        holds(&world["link"], "guests hosts");
        holds(&world["source"], "guests hosts");
    }
    assert_eq!(package["worlds"][1]["link"], serde_json::json!({ "guests": "compatible", "hosts": "breaking" }));
    assert_eq!(package["worlds"][0]["status"], "added");

    let changes = package["changes"].as_array().unwrap();
    for change in changes {
        holds(change, "rule path level fingerprint link source gate old new message hint reach");
        for place in [&change["old"], &change["new"]].into_iter().filter(|place| !place.is_null()) {
            holds(place, "file line column text");
        }
    }
    let field_name = changes.iter().find(|change| change["path"] == "wasi:http/types#field-name").unwrap();
    assert_eq!((&field_name["rule"], &field_name["level"]), (&"type-added".into(), &"minor".into()));
    assert_eq!(field_name["old"], Value::Null);
    assert_eq!((&field_name["new"]["file"], &field_name["new"]["line"]), (&"types.wit".into(), &146.into()));
    assert!(field_name["reach"].as_array().unwrap().contains(&"wasi:http/proxy".into()), "{field_name}");
    let gated = changes.iter().find(|change| !change["gate"].is_null()).unwrap();
    assert_eq!(gated["gate"], serde_json::json!({ "unstable": "informational-outbound-responses" }));
}

/// Fails unless all these fields are there; more may be.
#[track_caller]
fn holds(object: &Value, fields: &str) {
    let object = object.as_object().unwrap();
    for field in fields.split(' ') {
        assert!(object.contains_key(field), "no `{field}` in {object:?}");
    }
}

#[test]
fn the_report_is_the_same_on_every_run() {
    let scratch = wasi();
    for flags in [["--format", "json"], ["--format", "text"]] {
        let flags = [&flags[..], &["--repo", "wasi"]].concat();
        assert_eq!(http(&scratch, "", &flags).stdout, http(&scratch, "", &flags).stdout);
    }
}

#[test]
fn every_shape_of_a_repository_gives_the_same_packages() {
    let scratch = wasi();
    let packages = |directory: &str, flags: &[&str]| http(&scratch, directory, flags).json()["packages"].take();
    let expected = packages("wasi", &["--format", "json"]);
    clone(&scratch, &["--bare"], "bare.git");
    scratch.git_in("wasi", &["worktree", "add", "-q", "--detach", "../linked", "v0.2.0"]);
    let from = [
        ("", vec!["--repo", "wasi"]),
        ("", vec!["--repo", "bare.git"]),
        ("", vec!["--repo", "linked"]),
        ("", vec!["--repo", "wasi/proposals"]),
        ("bare.git", vec![]),
        ("linked", vec![]),
        ("linked/preview2", vec![]),
        ("wasi/proposals/http", vec![]),
        ("wasi/proposals/http", vec!["--repo", "../../../linked"]),
    ];
    for (directory, flags) in from {
        assert_eq!(
            packages(directory, &[&flags[..], &["--format", "json"]].concat()),
            expected,
            "{directory} {flags:?}"
        );
    }
}

#[test]
fn every_release_is_compared_with_the_one_before() {
    let scratch = wasi();
    let stable = |tag: &str, package: &str| match tag {
        "v0.2.0" => format!("{tag}:preview2/{package}"),
        "v0.2.1" | "v0.2.2" | "v0.2.3" | "v0.2.4" | "v0.2.5" | "v0.2.6" | "v0.2.7" | "v0.2.8" => {
            format!("{tag}:wasip2/{package}")
        }
        _ => format!("{tag}:proposals/{package}/wit"),
    };
    let draft = |tag: &str, package: &str| format!("{tag}:proposals/{package}/wit-0.3.0-draft");
    for package in ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"] {
        let mut chain: Vec<String> = RELEASES.iter().map(|tag| stable(tag, package)).collect();
        if package == "io" {
            // Its last release.
            chain.pop();
        }
        for pair in chain.windows(2) {
            neighbours(&scratch, package, &pair[0], &pair[1]);
        }
        if package != "io" {
            let mut chain: Vec<String> = DRAFTS.iter().map(|tag| draft(tag, package)).collect();
            chain.push(stable("v0.3.0", package));
            for pair in chain.windows(2) {
                neighbours(&scratch, package, &pair[0], &pair[1]);
            }
        }
    }
}

#[track_caller]
fn neighbours(scratch: &Scratch, package: &str, old: &str, new: &str) {
    let broken = [old, new].iter().any(|side| side.starts_with("v0.2.4:") && package == "http");
    let run = scratch.compare(&[old, new, "--repo", "wasi", "--format", "json"]).code(if broken { 3 } else { 0 });
    let report = run.json();
    let names = each(&report["packages"], "name");
    assert_eq!(names, [format!("wasi:{package}")], "{old} {new}");
    assert_eq!(report["status"], if broken { "undetermined" } else { "complete" }, "{old} {new}");
    if broken {
        // It was released with the imports of the release before.
        assert_eq!(report["packages"][0]["status"], "undetermined");
        let side = if new.starts_with("v0.2.4:") { "new" } else { "old" };
        let run = run.says(&format!("error: {side} revision")).says("'wasi:clocks@0.2.3' not found");
        run.says("proxy.wit:9:10").says("import wasi:clocks/monotonic-clock@0.2.3;").says("help: ");
    }
}

#[test]
fn a_package_that_went_away_is_named_with_what_is_there() {
    let run = wasi().compare(&["v0.2.12:proposals/io/wit", "v0.3.0:proposals/io/wit", "--repo", "wasi"]);
    run.code(3).says("new revision `v0.3.0:proposals/io/wit`: there is no").says("`cli/`, `clocks/`");
}
