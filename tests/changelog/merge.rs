//! Files that people write in.

use super::*;

/// A package before and after, at these versions.
fn change(old: &str, new: &str, bodies: [&str; 2]) -> Vec<ChangelogSection> {
    let side = |version: &str, body: &str| {
        let version = if version.is_empty() { String::new() } else { format!("@{version}") };
        format!("package a:b{version}; interface i {{ {body} }}")
    };
    sections(&compared(&side(old, bodies[0]), &side(new, bodies[1])))
}

/// `f` before, `f` and `g` now.
fn addition() -> Vec<ChangelogSection> {
    change("1.0.0", "1.1.0", ["f: func();", "f: func(); g: func();"])
}

/// The same, and `h`.
fn two_additions() -> Vec<ChangelogSection> {
    change("1.0.0", "1.1.0", ["f: func();", "f: func(); g: func(); h: func();"])
}

/// `f` changed, which takes another version.
fn breaking() -> Vec<ChangelogSection> {
    change("1.0.0", "1.0.0", ["f: func();", "f: func() -> u32; g: func();"])
}

fn nothing() -> Vec<ChangelogSection> {
    change("1.0.0", "1.0.0", ["f: func();", "f: func();"])
}

#[track_caller]
fn merge(existing: &str, sections: &[ChangelogSection]) -> String {
    let merged = merge_changelog(existing, sections).unwrap();
    assert_eq!(merge_changelog(&merged, sections).unwrap(), merged, "a second merge");
    merged
}

const G: &str = "- Interface `i`: function `g`. Implementers must add it.";
const H: &str = "- Interface `i`: function `h`. Implementers must add it.";

#[test]
fn a_new_file() {
    let merged = without_marks(&merge("", &addition()));
    let (_, section) = merged.split_once("comes first.\n\n").unwrap();
    assert_eq!(section, format!("## a:b 1.1.0\n\n### Added\n\n{G}\n"));
}

#[test]
fn a_new_bullet_stands_behind_its_neighbour() {
    let first = merge("", &addition());
    let second = merge(&first, &two_additions());
    assert_eq!(without_marks(&second), without_marks(&first) + H + "\n");
    assert!(second.starts_with(&first), "{second}");
    // And the other way round: what was taken back is gone, without a trace.
    assert_eq!(merge(&second, &addition()), first);
}

#[test]
fn what_was_taken_back_leaves_nothing_behind() {
    let first = merge("", &addition());
    let begin = first.split("\n\n## ").next().unwrap().to_owned() + "\n";
    assert_eq!(merge(&first, &nothing()), begin);
    let theirs = first.replace("### Added", "Some words.\n\n### Added") + "\n### Security\n\n- Nothing.\n";
    let left = merge(&theirs, &nothing());
    assert!(left.ends_with("## a:b 1.1.0\n\nSome words.\n\n### Security\n\n- Nothing.\n"), "{left}");
}

#[test]
fn words_of_people_stay() {
    let file = merge("", &two_additions());
    let edited = file.replace("function `g`. Implementers must add it.", "a *second* function, `g`!");
    let edited = edited.replace("### Added\n\n", "### Added\n\nAll of these are new.\n\n- By hand.\n");
    let edited = edited + "- Last.\n\n### Security\n\n- A bullet.\n\n[x]: https://example.test\n";
    assert_eq!(merge(&edited, &two_additions()), edited);
    // What is no longer true goes, unless it was changed.
    let less = merge(&edited, &nothing());
    assert!(less.contains("a *second* function, `g`!") && !less.contains("function `h`"), "{less}");
    let kept: Vec<&str> = edited.lines().filter(|line| !line.contains("function `h`")).collect();
    assert_eq!(less.lines().collect::<Vec<_>>(), kept);
}

#[test]
fn bullets_may_be_moved_and_wrapped_and_left_out() {
    let file = merge("", &two_additions());
    let lines: Vec<&str> = file.lines().collect();
    let at = |name: &str| lines.iter().position(|line| line.contains(&format!("function `{name}`"))).unwrap();
    let swapped =
        file.replace(lines[at("g")], "@").replace(lines[at("h")], lines[at("g")]).replace('@', lines[at("h")]);
    assert_eq!(merge(&swapped, &two_additions()), swapped);
    let elsewhere =
        file.replace(&format!("{}\n", lines[at("h")]), "") + &format!("\n### Notes\n\n{}\n", lines[at("h")]);
    assert_eq!(merge(&elsewhere, &two_additions()), elsewhere);
    let wrapped = file.replace("- Interface `i`: function `g`.", "*   Interface `i`:\n    function `g`.");
    assert_eq!(merge(&wrapped, &two_additions()), wrapped);
    // Wrapped is not changed: it may still be taken back.
    assert!(!merge(&wrapped, &nothing()).contains("Interface"));
    let bare = file.replace("- Interface `i`: function `g`. Implementers must add it. <!--", "<!--");
    assert!(bare.contains("\n<!-- wit-diff "), "{bare}");
    assert_eq!(merge(&bare, &two_additions()), bare);
}

#[test]
fn a_version_that_has_to_rise_is_renamed() {
    let first = merge("", &addition());
    let theirs = first.replace("### Added", "By the team.\n\n### Added");
    let second = without_marks(&merge(&theirs, &breaking()));
    assert!(!second.contains("1.1.0") && second.matches("## a:b 2.0.0").count() == 1, "{second}");
    assert!(second.contains("## a:b 2.0.0\n\nBy the team.\n\n### Breaking\n\n- What is built for `1.0.0`"), "{second}");
    assert!(second.ends_with(&format!("\n\n### Added\n\n{G}\n")), "{second}");
    // And back.
    assert_eq!(merge(&merge(&theirs, &breaking()), &addition()), theirs);
}

#[test]
fn what_may_be_released_is_not_renamed() {
    let first = merge("", &addition());
    let dated = first.replace("## a:b 1.1.0", "## a:b 1.1.0 - 2026-01-31");
    let by_hand = first.replace(" <!--", " <!-- not").replace("wit-diff", "ours");
    let released = |sections: &mut Vec<ChangelogSection>, versions: Option<&[&str]>| {
        sections[0].released = versions.map(|versions| versions.iter().map(|version| version.to_string()).collect());
    };
    let (mut tagged, mut unknown) = (breaking(), breaking());
    released(&mut tagged, Some(&["1.0.0", "1.1.0"]));
    released(&mut unknown, None);
    for (file, sections) in [(&dated, breaking()), (&by_hand, breaking()), (&first, tagged), (&first, unknown)] {
        let merged = merge(file, &sections);
        let (before, after) = file.split_once("## a:b").unwrap();
        assert!(merged.starts_with(&format!("{before}## a:b 2.0.0\n\n### Breaking\n\n")), "{merged}");
        assert!(merged.ends_with(&format!("\n\n## a:b{after}")), "{merged}");
    }
}

#[test]
fn headings_that_people_write() {
    for heading in
        ["## [1.1.0]", "## 1.1.0", "## v1.1.0", "## a:b 1.1.0", "## [a:b 1.1.0] - 2026-01-31", "1.1.0\n-----"]
    {
        let file = format!("# Changes\n\n{heading}\n\nWords.\n\n## 1.0.0\n\n- First.\n");
        let merged = without_marks(&merge(&file, &addition()));
        assert_eq!(merged, format!("# Changes\n\n{heading}\n\nWords.\n\n### Added\n\n{G}\n\n## 1.0.0\n\n- First.\n"));
    }
    // What looks like a heading and is none.
    for hidden in ["```\n## 1.1.0\n```", "<!--\n## 1.1.0\n-->", "> ## 1.1.0", "    ## 1.1.0", "- ## 1.1.0"] {
        let file = format!("# Changes\n\n{hidden}\n\n## v1.0.0\n");
        let merged = without_marks(&merge(&file, &addition()));
        assert_eq!(merged, format!("# Changes\n\n{hidden}\n\n## v1.1.0\n\n### Added\n\n{G}\n\n## v1.0.0\n"));
    }
}

#[test]
fn a_new_section_stands_on_top_of_released_ones() {
    let section = format!("## a:b 1.1.0\n\n### Added\n\n{G}\n");
    for (before, after) in [
        ("# Changes\n\n## [Unreleased]\n\n- Soon.\n\n", "## x:y 0.1.0\n\n- Old.\n"),
        ("# Changes\n\n## About\n\nWords.\n\n", "## a:b 1.0.0\n\n- Old.\n\n## x:y 0.1.0\n"),
    ] {
        let merged = without_marks(&merge(&format!("{before}{after}"), &addition()));
        assert_eq!(merged, format!("{before}{section}\n{after}"));
    }
    for before in ["# Changes\n\n## [Unreleased]\n\n- Soon.", "# Changes", "Words only\n"] {
        let merged = without_marks(&merge(before, &addition()));
        let style =
            section.replace("## a:b 1.1.0", if before.contains("Unreleased]") { "## [1.1.0]" } else { "## a:b 1.1.0" });
        assert_eq!(merged, format!("{}\n\n{style}", before.trim_end()));
    }
    // Where links are defined at the end, they stay there.
    let merged = without_marks(&merge("# Changes\n\n[x]: https://example.test\n", &addition()));
    assert_eq!(merged, format!("# Changes\n\n{section}\n[x]: https://example.test\n"));
}

#[test]
fn groups_keep_the_order_of_keep_a_changelog() {
    let file = "## 2.0.0\n\n### Fixed\n\n- A bug.\n\n### Security\n\n- A hole.\n";
    let merged = without_marks(&merge(file, &breaking()));
    let order: Vec<&str> = merged.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(order, ["## 2.0.0", "### Breaking", "### Added", "### Fixed", "### Security"]);
    let merged = without_marks(&merge("## 2.0.0\n\n### Breaking changes\n\n* Mine.\n", &breaking()));
    assert!(merged.starts_with("## 2.0.0\n\n### Breaking changes\n\n* Mine.\n* What is built for"), "{merged}");
}

#[test]
fn bytes_that_are_not_ours() {
    let file = "\u{feff}---\ntitle: x\n---\n# Changes\n\n## 1.0.0\n\n- First.";
    let merged = merge(file, &addition());
    assert!(merged.starts_with("\u{feff}---\ntitle: x\n---\n# Changes\n\n## 1.1.0\n") && merged.ends_with("- First."));
    let merged = merge("# Changes\r\n\r\n## 1.1.0\r\n\r\n- Mine.", &addition());
    assert!(merged.lines().count() > 5 && !merged.replace("\r\n", "").contains('\n'), "{merged:?}");
    assert_eq!(merge("\u{feff}", &addition()).matches('\u{feff}').count(), 1);
    for file in ["", "\u{feff}# Changes", "# Changes\r\n\r\n", "no heading", "\n\n"] {
        assert_eq!(merge(file, &nothing()), file);
    }
}

#[test]
fn what_hides_the_sections_is_an_error() {
    for file in ["# Changes\n\n```\nnot closed\n", "# Changes\n\n<!-- not closed\n"] {
        let error = merge_changelog(file, &addition()).unwrap_err();
        assert!(error.message.contains("not seen again") && error.hint.is_some(), "{error:?}");
    }
}

#[test]
fn several_packages_have_sections_of_their_own() {
    let mut both = addition();
    both.extend(two_additions().into_iter().map(|section| ChangelogSection { package: "x:y".into(), ..section }));
    let merged = merge("# Changes\n\n## [1.1.0]\n\n- Of the whole.\n", &both);
    let order: Vec<&str> = merged.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(order, ["## a:b 1.1.0", "## x:y 1.1.0", "## [1.1.0]"]);
    // A package by itself finds its own section.
    assert_eq!(merge(&merged, &both[1..]), merged);
}

#[test]
fn one_package_on_two_tracks() {
    let mut both = change("0.2.0", "0.2.1", ["f: func();", "f: func(); g: func();"]);
    both.extend(change("0.3.0-rc.1", "0.3.0-rc.2", ["f: func();", "f: func() -> u32;"]));
    let merged = merge("", &both);
    let order: Vec<&str> = merged.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(order, ["## a:b 0.2.1", "## a:b 0.3.0-rc.2"]);
    let mut later = change("0.2.0", "0.2.1", ["f: func();", "f: func(); g: func();"]);
    later.extend(change("0.3.0-rc.1", "0.3.0-rc.3", ["f: func();", "f: func() -> u32;"]));
    let order: Vec<String> =
        merge(&merged, &later).lines().filter(|l| l.starts_with("## ")).map(str::to_owned).collect();
    assert_eq!(order, ["## a:b 0.2.1", "## a:b 0.3.0-rc.3"]);
}

#[test]
fn days_are_put_where_there_is_none() {
    let mut dated = addition();
    dated[0].date = Some("2026-01-31".into());
    let merged = merge("", &dated);
    assert!(merged.contains("\n## a:b 1.1.0 - 2026-01-31\n"), "{merged}");
    let merged = merge("## [1.1.0]\n", &dated);
    assert!(merged.starts_with("## [1.1.0] - 2026-01-31\n"), "{merged}");
    dated[0].date = Some("2026-02-01".into());
    assert_eq!(merge(&merged, &dated), merged, "a day that is there stays");
}

#[test]
fn a_package_without_a_version() {
    let unversioned = change("", "", ["f: func();", "f: func(); g: func();"]);
    assert!(merge("", &unversioned).contains("\n## a:b (unversioned)\n\n### Added\n"));
    let merged = without_marks(&merge("# Changes\n\n## [Unreleased]\n\n- Mine.\n", &unversioned));
    assert_eq!(merged, format!("# Changes\n\n## [Unreleased]\n\n- Mine.\n\n### Added\n\n{G}\n"));
}

#[test]
fn any_text_keeps_its_lines() {
    let mixed = "---\ntitle: x\n---\n# A\n\n> quote\n\n## [Unreleased]\n\n- a\n  - b\n\n    c\n\n1. d\n\n### Added\n\n+\te\n\n\
                 ```wit\n## 1.1.0\n```\n\n***\n\n<details>\n\n## v1.1.0 ##\n\n### Added\n\n*   f <!-- x -->\n\n    g\n\n</details>\n\n\
                 Old\n---\n\n| a | b |\n|---|---|\n| c | d |\n\n[x]: y\n[z]: <w>\n\n## 1.0.0\n\n\t- h\n\n[^1]: note\n<!-- end -->\n";
    let windows = mixed.replace('\n', "\r\n");
    let mut merged_into = 0;
    for text in [mixed, &windows] {
        for (at, _) in text.char_indices().step_by(3) {
            for part in [&text[..at], &text[at..]] {
                let Ok(merged) = merge_changelog(part, &breaking()) else { continue };
                merged_into += 1;
                // Half a line end at the end of a file is one.
                let mut lines = merged.lines().map(|line| line.trim_end_matches('\r'));
                for line in part.trim_end_matches('\r').lines().filter(|line| !line.trim().is_empty()) {
                    assert!(lines.any(|other| other == line), "{line:?} of {part:?} is gone from {merged:?}");
                }
                // And whatever was put there goes again.
                let left = merge_changelog(&merged, &nothing()).unwrap();
                assert!(!left.contains("wit-diff"), "{left:?}");
            }
        }
    }
    assert!(merged_into > 300, "only {merged_into} could be merged into");
}

#[test]
fn releases_under_headings_of_the_first_level() {
    for (before, new) in [
        (
            "# [1.0.0](https://x.test) (2025-01-01)\n\n### Features\n\n* One.\n\n## [0.9.1](https://x.test) (2024-01-01)\n",
            "# [1.1.0]",
        ),
        ("# 1.0.0 (2026-01-01)\n\n## Added\n\n* One.\n", "# 1.1.0"),
        ("### 1.0.0 (2026-01-01)\n\n### Added\n\n* One.\n", "### 1.1.0"),
    ] {
        let groups = if before.contains("## Added") && !before.contains("### Added") { "##" } else { "###" };
        let merged = without_marks(&merge(before, &addition()));
        assert_eq!(merged, format!("{new}\n\n{groups} Added\n\n{G}\n\n{before}"));
    }
    // Its own section is found, too, and ends where the next one begins.
    let file = "# 1.1.0\n\n### Features\n\n* One.\n\n## 1.0.0 (2026-01-01)\n";
    let merged = without_marks(&merge(file, &addition()));
    assert_eq!(merged, file.replace("* One.\n", &format!("* One.\n\n### Added\n\n{G}\n")));
}

#[test]
fn a_day_takes_the_place_of_what_stands_for_it() {
    let mut dated = addition();
    dated[0].date = Some("2026-03-03".into());
    for end in [" - Unreleased", " (unreleased)", " - TBD", " -", " [Unreleased]", ""] {
        let merged = merge(&format!("# Changes\n\n## [1.1.0]{end}\n"), &dated);
        assert!(merged.starts_with("# Changes\n\n## [1.1.0] - 2026-03-03\n"), "{end}: {merged}");
    }
}

#[test]
fn a_version_that_was_released_elsewhere() {
    let file = "# Changes\n\n## [1.1.0]\n\n- Of another branch.\n";
    let mut taken = addition();
    taken[0].released = Some(["1.0.0".to_owned(), "1.1.0".to_owned()].into());
    taken[0].date = Some("2026-03-03".into());
    assert_eq!(merge(file, &taken), file);
}
