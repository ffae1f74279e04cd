//! Release tags: in which order they come, which ones are a package's own, and what they say beside the version.

use super::*;

#[test]
fn newest_first_each_against_the_one_before() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.1.1", FGH), ("2.0.0", F_CHANGED)]);
    let log = scratch.json(0, &[]);
    assert_eq!(
        rows(&log, "a:p"),
        [
            "v2.0.0<v1.1.1 changed major 1.1.1>2.0.0 sufficient 2.0.0",
            "v1.1.1<v1.1.0 changed minor 1.1.0>1.1.1 insufficient 1.2.0",
            "v1.1.0<v1.0.0 changed minor 1.0.0>1.1.0 sufficient 1.1.0",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    assert_eq!(changes(row(&log, "a:p", "v1.1.1"), "minor"), [("function-added", "a:p/i#h")]);
    assert_eq!(row(&log, "a:p", "v1.1.1")["counts"], serde_json::json!({ "major": 0, "minor": 1, "patch": 0 }));
    let run = scratch.log(&[]).code(0);
    run.prints("v1.1.1: minor, declared 1.1.1 is insufficient, needs 1.2.0 - minor: i: function `h` added")
        .prints("in 1 of 4 rows the declared version does not honour what changed");
}

#[test]
fn what_did_not_change_is_left_out_and_counted() {
    let scratch = Scratch::releases(&[("1.0.0", F)]);
    for tag in ["v1.0.1", "v1.0.2"] {
        scratch.write("README.md", tag);
        scratch.release(tag);
    }
    // The same WIT again, and under its own version: no finding, as most tags say another one.
    let log = scratch.json(0, &[]);
    assert_eq!(rows(&log, "a:p"), ["v1.0.0<- added minor ->1.0.0 sufficient 1.0.0"]);
    assert_eq!((&named(&log, "a:p")["unchanged"], &log["revisions"]), (&2.into(), &3.into()));
    scratch.log(&[]).prints("2 revisions without a change left out (--verbose lists them)");
    let all = scratch.json(0, &["--verbose"]);
    let revisions = each(&named(&all, "a:p")["rows"], "revision");
    assert_eq!((revisions, &named(&all, "a:p")["unchanged"]), (vec!["v1.0.2", "v1.0.1", "v1.0.0"], &0.into()));
    // Neither formatting nor comments are a change.
    scratch.package("wit/a.wit", "a:p@1.0.0", "// Now with a comment.\ninterface i {\n  f: func();\n}");
    scratch.release("v1.0.3");
    assert_eq!(named(&scratch.json(0, &[]), "a:p")["unchanged"], 3);
}

#[test]
fn a_maintenance_branch_that_was_merged_is_a_line_of_its_own() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("2.0.0", F_CHANGED)]);
    scratch.git(&["checkout", "-q", "-b", "maintenance", "v1.0.0"]);
    scratch.package("wit/a.wit", "a:p@1.1.0", FG);
    scratch.release("v1.1.0");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.git(&["merge", "-q", "-s", "ours", "-m", "merge", "maintenance"]);
    scratch.package("wit/a.wit", "a:p@2.1.0", "interface i { f: func() -> u32; g: func(); }");
    scratch.release("v2.1.0");
    assert_eq!(
        rows(&scratch.json(0, &[]), "a:p"),
        [
            "v2.1.0<v2.0.0 changed minor 2.0.0>2.1.0 sufficient 2.1.0",
            "v2.0.0<v1.0.0 changed major 1.0.0>2.0.0 sufficient 2.0.0",
            "v1.1.0<v1.0.0 changed minor 1.0.0>1.1.0 sufficient 1.1.0",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
}

#[test]
fn every_package_has_its_own_tags() {
    let scratch = Scratch::repository();
    let state = |http: &str, io: &str, body: &str| {
        scratch.package("http/http.wit", &format!("wasi:http@{http}"), body);
        scratch.package("io/io.wit", &format!("wasi:io@{io}"), F);
    };
    state("1.0.0", "0.1.0", F);
    scratch.release("http-v1.0.0");
    scratch.git(&["tag", "wasi-io-v0.1.0"]);
    state("1.1.0", "0.1.0", FG);
    scratch.release("http-v1.1.0");
    state("2.0.0", "0.2.0", F_CHANGED);
    scratch.release("io/v0.2.0");
    scratch.write("README.md", "done");
    scratch.release("http/v2.0.0");
    let log = scratch.json(0, &[]);
    assert_eq!(
        rows(&log, "wasi:http"),
        [
            "http/v2.0.0<http-v1.1.0 changed major 1.1.0>2.0.0 sufficient 2.0.0",
            "http-v1.1.0<http-v1.0.0 changed minor 1.0.0>1.1.0 sufficient 1.1.0",
            "http-v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    assert_eq!(
        rows(&log, "wasi:io"),
        [
            "io/v0.2.0<wasi-io-v0.1.0 unchanged none 0.1.0>0.2.0 sufficient 0.1.0",
            "wasi-io-v0.1.0<- added minor ->0.1.0 sufficient 0.1.0",
        ]
    );
    assert_eq!(each(&scratch.json(0, &["--package", "wasi:io"])["packages"], "name"), ["wasi:io"]);
}

#[test]
fn a_tag_that_names_another_version_where_most_do_not() {
    let mut releases = vec![("1.0.0", F), ("1.1.0", FG)];
    let scratch = Scratch::releases(&releases);
    releases.push(("1.2.0", FGH));
    // Forgotten: the tag moves on, and the package does not.
    scratch.package("wit/a.wit", "a:p@1.1.0", FGH);
    scratch.release("v1.2.0");
    let strays = |log: &Value| {
        let rows = list(&named(log, "a:p")["rows"]).to_vec();
        let strays = rows.into_iter().filter(|row| each(&row["findings"], "kind").contains(&"tag-mismatch"));
        strays.map(|row| text(&row["revision"])).collect::<Vec<_>>()
    };
    // Two tags that fit and one that does not: too little to go by.
    assert_eq!(strays(&scratch.json(0, &[])), [""; 0]);
    scratch.package("wit/a.wit", "a:p@1.3.0", FGH);
    scratch.release("v1.3.0");
    let log = scratch.json(0, &[]);
    assert_eq!(strays(&log), ["v1.2.0"]);
    assert_eq!(
        rows(&log, "a:p")[1],
        "v1.2.0<v1.1.0 changed minor 1.1.0>1.1.0 unchanged-version 1.2.0 (tagged v1.2.0, declares 1.1.0)"
    );
    // Where nothing changed, the finding is a row nevertheless.
    scratch.write("README.md", "1.4.0");
    scratch.release("v1.4.0");
    for version in ["1.5.0", "1.6.0", "1.7.0"] {
        scratch.package("wit/a.wit", &format!("a:p@{version}"), FGH);
        scratch.release(&format!("v{version}"));
    }
    let log = scratch.json(0, &[]);
    assert_eq!(strays(&log), ["v1.4.0", "v1.2.0"]);
    assert_eq!(row(&log, "a:p", "v1.4.0")["status"], "unchanged");
    assert_eq!(named(&log, "a:p")["unchanged"], 0);
}

#[test]
fn packages_come_and_go() {
    let scratch = Scratch::repository();
    scratch.package("a/a.wit", "a:p@1.0.0", F).release("v1.0.0");
    scratch.package("b/b.wit", "b:p@1.1.0", F).release("v1.1.0");
    scratch.git(&["rm", "-rq", "a"]);
    scratch.release("v1.2.0");
    scratch.git(&["rm", "-rq", "b"]);
    scratch.write("README.md", "empty");
    scratch.release("v1.3.0");
    scratch.package("a/a.wit", "a:p@1.4.0", FG).release("v1.4.0");
    let log = scratch.json(0, &[]);
    assert_eq!(
        rows(&log, "a:p"),
        [
            "v1.4.0<- added minor ->1.4.0 sufficient 1.4.0",
            "v1.2.0<v1.1.0 removed major 1.0.0>- unversioned -",
            "v1.0.0<- added minor ->1.0.0 sufficient 1.0.0",
        ]
    );
    assert_eq!(
        rows(&log, "b:p"),
        ["v1.3.0<v1.2.0 removed major 1.1.0>- unversioned -", "v1.1.0<- added minor ->1.1.0 sufficient 1.1.0"]
    );
}

#[test]
fn a_limit_keeps_the_newest() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.2.0", FGH)]);
    let log = scratch.json(0, &["--limit", "1"]);
    assert_eq!(rows(&log, "a:p"), ["v1.2.0<v1.1.0 changed minor 1.1.0>1.2.0 sufficient 1.2.0"]);
    assert_eq!(named(&log, "a:p")["left_out"], 2);
    scratch.log(&["--limit", "1"]).code(0).prints("2 older rows left out (--limit)");
    scratch.log(&["--limit", "0"]).code(2);
}
