//! The history of WASI: what there is to be found in it without being told.

use super::*;

#[test]
fn a_release_that_ships_another_version_and_does_not_resolve() {
    let scratch = Scratch::wasi();
    let log = scratch.json(3, &["--package", "wasi:http"]);
    assert_eq!((&log["by"], &log["status"], &log["revisions"]), (&"tags".into(), &"undetermined".into(), &17.into()));
    let broken = row(&log, "wasi:http", "v0.2.4");
    assert_eq!(broken["status"], "undetermined");
    assert_eq!(broken["level"], Value::Null);
    assert_eq!(each(&broken["findings"], "kind"), ["tag-mismatch"]);
    assert_eq!(each(&broken["findings"], "message"), ["tagged v0.2.4, declares 0.2.3"]);
    let hint = broken["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("`wasi:clocks@0.2.4` is there and `wasi:clocks@0.2.3` is asked for"), "{hint}");
    // The next one is compared with the last one that could be read.
    let next = row(&log, "wasi:http", "v0.2.5");
    assert_eq!((&next["against"], &next["old_version"]), (&"v0.2.3".into(), &"0.2.3".into()));
    assert_eq!(next["version"]["verdict"], "sufficient");
    let run = scratch.log(&["--package", "wasi:http"]).code(3);
    run.prints("v0.2.4: undetermined, because").prints("finding: tagged v0.2.4, declares 0.2.3");
}

/// Nothing else in the whole history is said to stray from its tags: drafts are in tags of others all the time.
#[test]
fn no_other_release_strays_from_its_tag() {
    let scratch = Scratch::wasi();
    let log = scratch.json(3, &[]);
    let packages = list(&log["packages"]);
    let names = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"];
    assert_eq!(each(&log["packages"], "name"), names.map(|name| format!("wasi:{name}")));
    let mismatches: Vec<(String, String)> = packages
        .iter()
        .flat_map(|package| list(&package["rows"]).iter().map(move |row| (package, row)))
        .filter(|(_, row)| each(&row["findings"], "kind").contains(&"tag-mismatch"))
        .map(|(package, row)| (text(&package["name"]), text(&row["revision"])))
        .collect();
    assert_eq!(mismatches, [("wasi:http".to_owned(), "v0.2.4".to_owned())]);
    // Every declared version honours what changed, where that could be judged; drafts promise nothing yet.
    for package in packages {
        for row in list(&package["rows"]).iter().filter(|row| !text(&row["new_version"]).contains("-rc")) {
            let verdict = row["version"]["verdict"].as_str().unwrap();
            let fine = ["sufficient", "pre-release", "undetermined", "unversioned"];
            assert!(fine.contains(&verdict), "{} {} {verdict}", package["name"], row["revision"]);
        }
        assert_eq!(package["left_out"], 0);
    }
}

#[test]
fn two_lines_side_by_side() {
    let scratch = Scratch::wasi();
    let log = scratch.json(0, &["--package", "wasi:random"]);
    let rows = rows(&log, "wasi:random");
    let versions: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| row.split(' ').nth(3)?.split_once('>'))
        .filter(|(old, new)| *old != "-" && *new != "-")
        .collect();
    assert!(versions.len() > 10, "{rows:#?}");
    for (old, new) in versions {
        assert_eq!(old.starts_with("0.3"), new.starts_with("0.3"), "{rows:#?}");
    }
    let begun = rows.iter().find(|row| row.contains("begins beside")).unwrap();
    assert!(begun.starts_with("v0.2.9<- added - ->0.3.0-rc-2025-09-16"), "{begun}");
    let ended = rows.iter().find(|row| row.contains("is gone")).unwrap();
    assert!(ended.starts_with("v0.3.0<v0.2.12 removed - 0.2.12>-"), "{ended}");
    assert!(ended.ends_with("(0.2.12 is gone, and only 0.3.0 goes on)"), "{ended}");
}

#[test]
fn a_parameter_renamed_between_two_release_candidates() {
    let scratch = Scratch::wasi();
    let log = scratch.json(0, &["--package", "wasi:random"]);
    let renamed = list(&named(&log, "wasi:random")["rows"])
        .iter()
        .find(|row| changes(row, "major").iter().any(|(rule, _)| *rule == "parameter-renamed"));
    let renamed = renamed.unwrap();
    assert_eq!((&renamed["revision"], &renamed["level"]), (&"v0.3.0-rc-2026-03-15".into(), &"major".into()));
    assert_eq!(
        (&renamed["old_version"], &renamed["new_version"]),
        (&"0.3.0-rc-2026-02-09".into(), &"0.3.0-rc-2026-03-15".into())
    );
    assert_eq!(renamed["version"]["verdict"], "pre-release");
    let run = scratch.log(&["--package", "wasi:random"]).code(0);
    run.prints("parameter `len` of function `get-random-bytes` renamed to `max-len`");
}

#[test]
fn an_item_from_its_first_day_to_the_one_on_which_it_is_stable() {
    let scratch = Scratch::wasi();
    let item = "wasi:cli/exit#exit-with-code";
    let log = scratch.json(0, &["--item", item]);
    assert_eq!((&log["item"], each(&log["packages"], "name")), (&item.into(), vec!["wasi:cli"]));
    let rows = list(&named(&log, "wasi:cli")["rows"]);
    let stable = rows.iter().find(|row| row["new_version"] == "0.2.12").unwrap();
    assert_eq!((&stable["revision"], &stable["level"]), (&"v0.2.12".into(), &"minor".into()));
    assert_eq!(each(&stable["events"], "event"), ["stabilised"]);
    let message = stable["events"][0]["message"].as_str().unwrap();
    assert_eq!(message, "stable, `@since(version = 0.2.12)` (was behind the feature `cli-exit-with-code`)");
    // Before, it stood behind a feature, from the day on which git finds it first.
    let first = rows.last().unwrap();
    assert_eq!(each(&first["events"], "event"), ["added-unstable"]);
    let tags = scratch.git(&["tag", "--sort=version:refname", "--list", "v0.2.*"]);
    let holds = |tag: &&str| {
        !scratch.git(&["grep", "-l", "-e", "exit-with-code", "--or", "-e", "^package", tag]).is_empty()
            && scratch.git(&["log", "-1", "--format=%H", tag, "-S", "exit-with-code: func"]).len() == 40
    };
    assert_eq!(first["revision"], tags.lines().find(holds).unwrap());
    let at = |row: &Value| row["new_version"].as_str().unwrap().to_owned();
    assert!(rows.iter().all(|row| !each(&row["events"], "event").contains(&"added")), "{rows:#?}");
    assert!(rows.iter().any(|row| at(row) == "0.3.0"), "the line of drafts is followed, too");
    scratch.log(&["--item", item]).code(0).prints("stable, `@since(version = 0.2.12)`");
}

#[test]
fn in_sixty_columns() {
    let scratch = Scratch::wasi();
    for (columns, least) in [("60", 60), ("80", 80), ("120", 120), ("40", 40)] {
        for arguments in [&["log"][..], &["log", "--item", "wasi:cli/exit#exit-with-code"], &["log", "--commits"]] {
            let run = Run::by(scratch.binary(arguments).env("COLUMNS", columns));
            assert!(run.stdout.contains("newest first"), "{run:#?}");
            for line in run.stdout.lines() {
                let is_one_word = line.split_whitespace().count() <= 2;
                assert!(line.chars().count() <= least || is_one_word, "{columns}: {line}");
            }
        }
    }
}
