//! The history of WASI, as those see it who know it.

use super::*;

/// The class of an item in the line of a version.
#[track_caller]
fn class<'a>(report: &'a Value, version: &str, path: &str) -> &'a str {
    let is_it = |line: &&Value| {
        let name = path.split(['/', '#']).next().unwrap();
        line["name"] == name && line["version"] == version
    };
    let line = list(&report["packages"]).iter().find(is_it).unwrap_or_else(|| panic!("{path} {version}"));
    let item = list(&line["items"]).iter().find(|item| item["path"] == path);
    item.unwrap_or_else(|| panic!("{path}"))["class"].as_str().unwrap()
}

#[test]
fn what_is_settled_and_what_is_new() {
    let report = Scratch::wasi().json(3, &[]);
    for path in [
        "wasi:io/streams",
        "wasi:io/poll",
        "wasi:clocks/wall-clock",
        "wasi:clocks/wall-clock#datetime",
        "wasi:clocks/monotonic-clock",
        "wasi:random/random",
        "wasi:filesystem/types#descriptor",
        "wasi:sockets/tcp",
        "wasi:cli/stdin",
    ] {
        assert_eq!(class(&report, "0.2.12", path), "settled", "{path}");
    }
    // It left its feature in the last release.
    assert_eq!(class(&report, "0.2.12", "wasi:cli/exit"), "growing");
    assert_eq!(class(&report, "0.2.12", "wasi:clocks/timezone"), "unstable");
    for path in ["wasi:cli/stdin", "wasi:http/types", "wasi:clocks/system-clock", "wasi:random/random"] {
        assert_eq!(class(&report, "0.3.0", path), "new", "{path}");
    }
    // The tags of the next track are no releases of this one, of packages that it has no more, either.
    for name in ["wasi:io", "wasi:clocks", "wasi:cli"] {
        let line = lines(&report, name).pop().unwrap();
        assert_eq!(line, "0.2.12 ended 13+0", "{name}");
    }
    assert_eq!(lines(&report, "wasi:clocks")[0], "0.3.0 goes-on 1+3");
    // A release that could not be read counts for nothing.
    assert_eq!(lines(&report, "wasi:http")[1], "0.2.12 ended 12+0");
    let http =
        &list(&report["packages"]).iter().find(|line| line["name"] == "wasi:http" && line["version"] == "0.2.12");
    assert_eq!(http.unwrap()["undetermined"], serde_json::json!(["v0.2.4"]));
}

#[test]
fn drafts_move() {
    let report = Scratch::wasi().json(3, &["v0.3.0-rc-2026-03-15"]);
    assert_eq!(class(&report, "0.3.0-rc-2026-03-15", "wasi:random/random"), "moving");
    assert_eq!(class(&report, "0.3.0-rc-2026-03-15", "wasi:clocks/system-clock"), "new");
    assert_eq!(class(&report, "0.2.10", "wasi:random/random"), "settled");
}

#[test]
fn who_uses_what() {
    let report = Scratch::wasi().json(0, &["v0.2.3"]);
    let users = |path: &str| list(&item(&report, path)["used_by"]).to_vec();
    for by in ["wasi:http/types", "wasi:filesystem/types", "wasi:sockets/tcp", "wasi:cli/stdin", "wasi:http/proxy"] {
        assert!(users("wasi:io/streams").contains(&by.into()), "{by}");
    }
    assert!(!users("wasi:io/streams").contains(&"wasi:random/random".into()));
    assert_eq!(item(&report, "wasi:io")["used_by_packages"], 5);
}

#[test]
fn in_sixty_columns() {
    let scratch = Scratch::wasi();
    for (columns, arguments) in
        [("40", &["stability"][..]), ("60", &["stability"]), ("60", &["stability", "--items", "types", "--verbose"])]
    {
        {
            let run = Run::by(scratch.binary(arguments).env("COLUMNS", columns));
            assert!(run.stdout.contains("wall-clock"), "{run:#?}");
            for line in run.stdout.lines() {
                let is_one_word = line.split_whitespace().count() <= 2;
                assert!(line.chars().count() <= columns.parse().unwrap() || is_one_word, "{columns}: {line}");
            }
        }
    }
}
