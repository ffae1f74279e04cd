//! Histories that are short, cut off, broken, or mean no good.

use super::*;

#[test]
fn one_release_only() {
    let report = Scratch::releases(&[("1.0.0", F)]).json(0, &[]);
    assert_eq!((short(&report, "a:p"), short(&report, "a:p/i")), ("new 1 0 0".into(), "new 1 0 0".into()));
    assert_eq!(marks(&report, "a:p/i"), ["v1.0.0 appeared"]);
    assert_eq!(lines(&report, "a:p"), ["1.0.0 goes-on 1+0"]);
}

#[test]
fn ranges_without_anything() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG)]);
    let nothing = scratch.stability(&["v1.1.0.."]).code(4).says("no revision is between");
    assert_eq!(nothing.stdout, "");
    scratch.stability(&["v1.1.0..", "--tags"]).code(4).says("no release tag");
    scratch.stability(&["HEAD..HEAD", "--commits"]).code(4).says("no revision is between");
    scratch.stability(&["v9"]).code(3).says("v9");
    scratch.stability(&["--package", "a:q"]).code(4).says("no package is called `a:q`");
    scratch.stability(&["--item", "a:p/i"]).code(2);
    let empty = Scratch::repository();
    empty.step(0, "");
    empty.stability(&[]).code(4);
}

#[test]
fn without_tags_commits_count() {
    let scratch = Scratch::repository();
    for (step, body) in [F, FG, F_CHANGED].into_iter().enumerate() {
        scratch.write("wit/a.wit", format!("package a:p;\n{body}\n")).step(step, "");
    }
    let report = scratch.json(0, &[]);
    assert_eq!((&report["by"], lines(&report, "a:p")), (&"commits".into(), vec!["- goes-on 3+0".into()]));
    assert_eq!(short(&report, "a:p/i"), "moving 3 1 1");
    assert!(scratch.stability(&[]).stdout.contains("3 commits"));
    scratch.stability(&["--tags"]).code(4).says("no release tag");
}

#[test]
fn a_range_does_not_make_anything_young() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.0.1", F), ("1.0.2", F), ("1.1.0", FG)]);
    let report = scratch.json(0, &["v1.0.1.."]);
    let i = item(&report, "a:p/i");
    assert_eq!((&i["since"]["revision"], &i["may_be_older"]), (&"v1.0.1".into(), &true.into()));
    assert_eq!(
        (marks(&report, "a:p/i"), short(&report, "a:p/i")),
        (vec!["v1.1.0 grew".into()], "growing 3 1 0".into())
    );
    assert_eq!(report["revisions"].as_array().unwrap().len(), 3, "the base, too");
    assert!(scratch.stability(&["v1.0.1.."]).stdout.contains("≤ v1.0.1"));
}

#[test]
fn a_shallow_clone_says_so() {
    let source = Scratch::releases(&[("1.0.0", F), ("1.0.1", F), ("1.1.0", FG), ("1.1.1", FG)]);
    let shallow = Scratch::empty();
    let url = format!("file://{}", source.path().display());
    shallow.git(&["clone", "-q", "--depth", "2", &url, "."]);
    shallow.git(&["fetch", "-q", "--tags", "--depth", "2"]);
    let run = shallow.stability(&["--format", "json"]).code(0).says("history is cut off");
    let report = run.json();
    assert_eq!((short(&report, "a:p/i"), &item(&report, "a:p/i")["may_be_older"]), ("new 2 0 0".into(), &true.into()));
}

#[test]
fn a_release_that_cannot_be_read_is_no_break() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", BROKEN), ("1.2.0", FG), ("1.2.1", FG)]);
    let report = scratch.json(3, &[]);
    assert_eq!(
        (short(&report, "a:p/i"), lines(&report, "a:p")),
        ("growing 3 1 0".into(), vec!["1.2.1 goes-on 3+0".into()])
    );
    assert_eq!(report["packages"][0]["undetermined"], serde_json::json!(["v1.1.0"]));
    let text = words(&scratch.stability(&[]).code(3).stdout);
    assert!(text.contains("undetermined: v1.1.0, which counts for nothing v1.1.0: expected"), "{text}");
    assert!(text.contains("(wit/a.wit:3:"), "{text}");
    let reason = &report["packages"][0]["reasons"][0];
    assert_eq!((&reason["revision"], &reason["error"]["line"]), (&"v1.1.0".into(), &3.into()));
    let markdown = scratch.stability(&["--format", "markdown"]).code(3).stdout;
    assert!(markdown.contains("- v1.1.0: expected"), "{markdown}");
    let page = scratch.stability(&["--format", "html"]).code(3).stdout;
    assert!(
        page.contains("v1.1.0: expected") && page.contains("could not be judged, and counts for nothing"),
        "{page}"
    );
    // A package of which nothing can be read is told, too, and one that could not be at first begins when it can be.
    let report = Scratch::releases(&[("1.0.0", BROKEN)]).json(3, &[]);
    assert_eq!((each(&report["packages"], "name"), list(&report["packages"][0]["items"])), (vec!["a:p"], &[][..]));
    let report = Scratch::releases(&[("1.0.0", BROKEN), ("1.0.1", F)]).json(3, &[]);
    assert_eq!(
        (lines(&report, "a:p").len(), item(&report, "a:p/i")["since"]["revision"].as_str()),
        (1, Some("v1.0.1"))
    );
}

#[test]
fn a_history_that_begins_with_what_cannot_be_read() {
    let source = Scratch::releases(&[("0.9.0", F), ("1.0.0", BROKEN)]);
    let url = format!("file://{}", source.path().display());
    let shallow = Scratch::empty();
    shallow.git(&["clone", "-q", "--depth", "1", &url, "."]);
    let report = shallow.json(3, &[]);
    assert_eq!((&report["status"], lines(&report, "a:p")), (&"undetermined".into(), vec!["1.0.0 goes-on 0+0".into()]));
    assert_eq!(report["packages"][0]["undetermined"], serde_json::json!(["v1.0.0"]));
    let log = Run::by(&mut shallow.binary(&["log"])).code(3);
    assert!(log.stdout.contains("v1.0.0: undetermined, because expected"), "{log:#?}");
    // What comes then is told.
    shallow.write("wit/a.wit", format!("package a:p@1.1.0;\n{F}\n")).step(2, "v1.1.0");
    shallow.write("wit/a.wit", format!("package a:p@1.2.0;\n{FG}\n")).step(3, "v1.2.0");
    assert_eq!(short(&shallow.json(3, &[]), "a:p/i"), "new 2 1 0");
    // The same where a range begins with it.
    let report = shallow.json(3, &["v1.0.0.."]);
    assert_eq!(lines(&report, "a:p"), ["1.2.0 goes-on 2+0"]);
    assert_eq!(report["packages"][0]["undetermined"], serde_json::json!(["v1.0.0"]));
    assert_eq!(report["packages"][0]["reasons"][0]["revision"], "v1.0.0");
    let text = words(&shallow.stability(&["v1.0.0.."]).code(3).stdout);
    assert!(text.contains("2 release tags and the revision before;"), "{text}");
    let i = item(&report, "a:p/i");
    assert_eq!((short(&report, "a:p/i"), &i["since"]["revision"]), ("new 2 1 0".into(), &"v1.1.0".into()));
    assert_eq!(i["may_be_older"], true);
    let none = shallow.json(0, &["v1.1.0.."]);
    assert_eq!(none["packages"][0].get("undetermined"), None);
}

#[test]
fn what_comes_and_goes_and_looks_renamed() {
    let report = histories::come_and_go().json(0, &[]);
    let point = item(&report, "a:p/i#point");
    assert_eq!((&point["class"], &point["became"]), (&"gone".into(), &"a:p/i#points".into()));
    assert_eq!(point["gone"]["revision"], "v2.0.0");
    assert_eq!(item(&report, "a:p/i#points")["was"], "a:p/i#point");
    assert_eq!(marks(&report, "a:p/i#point"), ["v1.0.0 appeared", "v2.0.0 gone"]);
    assert_eq!(marks(&report, "a:p/j"), ["v2.0.0 appeared", "v2.1.0 grew"]);
    // It was taken back, and what is there later is another line.
    assert_eq!(lines(&report, "b:q"), ["1.0.0 goes-on 1+0", "1.0.0 removed 2+0"]);
    assert_eq!(lines(&report, "n:n").len(), 1, "{report:#}");
    assert_eq!(item(&report, "n:n/in-it#r")["class"], "gone");
}

#[test]
fn a_branch_that_is_merged_is_a_line_of_its_own() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG)]);
    scratch.git(&["switch", "-q", "-c", "old"]);
    scratch.write("wit/a.wit", format!("package a:p@1.2.0;\n{FGH}\n")).step(2, "v1.2.0");
    scratch.git(&["switch", "-q", "main"]);
    scratch.write("wit/a.wit", format!("package a:p@2.0.0;\n{F_CHANGED}\n")).step(3, "v2.0.0");
    scratch.git(&["merge", "-q", "-s", "ours", "-m", "merge", "old"]);
    scratch.write("wit/a.wit", format!("package a:p@2.0.1;\n/// Says more.\n{F_CHANGED}\n")).step(4, "v2.0.1");
    let report = scratch.json(0, &[]);
    assert_eq!(lines(&report, "a:p"), ["2.0.1 goes-on 4+0", "1.2.0 ended 3+0"]);
    let items: Vec<&Value> = list(&report["packages"]).iter().map(|line| &line["items"][1]).collect();
    assert_eq!((&items[0]["broke"], &items[1]["broke"], &items[1]["grew"]), (&1.into(), &0.into(), &2.into()));
}

#[test]
fn hostile_names_do_nothing() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", format!("package a:p@1.0.0;\n{F}\n"));
    scratch.step(0, "");
    // Git lets no control characters into a tag, and much else.
    scratch.git(&["tag", "<b>|`x`\u{202e}@octocat-v1.0.0"]);
    for format in ["text", "markdown", "html", "json"] {
        let run = scratch.stability(&["--format", format, "--verbose"]).code(0);
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{run:#?}");
        assert!(!run.stdout.contains("<b>|") || format != "html", "{run:#?}");
        assert!(run.stdout.contains("octocat"), "{run:#?}");
    }
    for arguments in [&["--", "-x"][..], &[""], &["..", "x"], &["\u{1b}[2J"], &["--package", "\u{1b}[2J"]] {
        let run = scratch.stability(arguments);
        assert!(matches!(run.code, Some(2..=4)), "{run:#?}");
        assert!(!run.stderr.contains('\u{1b}'), "{run:#?}");
    }
}
