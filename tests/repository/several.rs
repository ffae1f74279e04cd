//! Several packages in one report: at a glance first, those that others need before them, and none hides another.

use super::*;

/// `a:app` uses `m:mid`, which uses `z:base`; `n:none` uses nobody. Names are in the reverse of the order of need.
fn state(scratch: &Scratch, base: (&str, &str), rest: &str) {
    let base_use = format!("z:base/i@{}", base.0);
    scratch.write("base/wit/a.wit", wit(&format!("z:base@{}", base.0), base.1));
    scratch.write(
        "mid/wit/a.wit",
        wit(&format!("m:mid@{rest}"), &format!("world w {{ import {base_use}; }} interface k {{}}")),
    );
    scratch.write("app/wit/a.wit", importing(&format!("a:app@{rest}"), &[&format!("m:mid/k@{rest}")]));
    scratch.write("none/wit/a.wit", wit(&format!("n:none@{rest}"), F));
}

fn history() -> Scratch {
    let scratch = Scratch::repository();
    state(&scratch, ("1.0.0", F), "0.3.0");
    scratch.release("v1.0.0");
    state(&scratch, ("2.0.0", F_CHANGED), "0.3.0");
    scratch.release("v2.0.0");
    scratch
}

fn names(report: &Value) -> Vec<&str> {
    each(&report["packages"], "name")
}

#[test]
fn those_that_others_need_come_first() {
    let scratch = history();
    let report = scratch.json(0, &["compare", "v1.0.0..v2.0.0"]);
    assert_eq!(names(&report), ["n:none", "z:base", "m:mid", "a:app"]);
    assert_eq!(names(&scratch.json(1, &["check", "--against", "v1.0.0"])), ["n:none", "z:base", "m:mid", "a:app"]);
    assert_eq!(names(&scratch.json(0, &["compare", "v2.0.0..v1.0.0"])), ["n:none", "z:base", "m:mid", "a:app"]);
}

#[test]
fn a_table_comes_last() {
    let scratch = history();
    let run = scratch.tool(&["compare", "v1.0.0..v2.0.0"]).code(0);
    let id = |tag: &str| scratch.id(tag)[..7].to_owned();
    let begin = format!(
        "comparing v1.0.0 ({}) with v2.0.0 ({})\n\
         \n\
         major for guests: z:base 1.0.0 → 2.0.0\n",
        id("v1.0.0"),
        id("v2.0.0")
    );
    assert_eq!(run.stdout.get(..begin.len()), Some(&*begin), "{}", run.stdout);
    let end = "\n\n\
               package  level  old    declared  required  verdict\n\
               z:base   major  1.0.0  2.0.0     2.0.0     sufficient\n\
               m:mid    major  0.3.0  0.3.0     0.4.0     unchanged version\n\
               a:app    none   0.3.0  0.3.0     0.3.0     sufficient\n\
               1 unchanged: n:none\n";
    assert!(run.stdout.ends_with(end), "{}", run.stdout);
    let at = |text: &str| run.stdout.find(text).unwrap_or_else(|| panic!("no {text:?} in {}", run.stdout));
    assert!(at("for guests: z:base") < at("for guests: m:mid"));
    assert!(at("for guests: m:mid") < at("for guests: a:app"));
    assert_eq!(run.stderr, "");
}

#[test]
fn who_depends_on_what_leaves_its_track_inherits_it() {
    let scratch = history();
    let report = scratch.json(0, &["compare", "v1.0.0..v2.0.0"]);
    let from_base = serde_json::json!([{ "package": "z:base", "from": "1.0.0", "to": "2.0.0" }]);
    // What `m:mid` requires, its users inherit in turn.
    let from_mid = serde_json::json!([{ "package": "m:mid", "from": "0.3.0", "to": "0.4.0" }]);
    assert_eq!(named(&report, "m:mid")["inherits"], from_base);
    assert_eq!(named(&report, "a:app")["inherits"], from_mid);
    assert_eq!(
        (&named(&report, "z:base")["inherits"], &named(&report, "n:none")["inherits"]),
        (&Value::Null, &Value::Null)
    );
    scratch.tool(&["compare", "v1.0.0..v2.0.0"]).prints(
        "note: this package uses `z:base`, which goes from 1.0.0 to 2.0.0 and leaves track 1: to use the new one, this \
         package has to leave its own track, too",
    );
    // In the same way with `check`.
    let report = scratch.json(1, &["check", "--against", "v1.0.0"]);
    assert_eq!((&named(&report, "m:mid")["inherits"], &named(&report, "a:app")["inherits"]), (&from_base, &from_mid));
    // Nobody inherits what stays on its track.
    state(&scratch, ("2.1.0", "interface i { f: func() -> u32; g: func(); }"), "0.3.1");
    let report = scratch.json(0, &["compare", "v2.0.0"]);
    assert!(report["packages"].as_array().unwrap().iter().all(|package| package["inherits"].is_null()), "{report:#}");
}

#[test]
fn what_cannot_be_judged_hides_nothing() {
    let scratch = history();
    scratch.write("none/wit/a.wit", wit("n:none@0.3.0", BROKEN));
    let whole = scratch.json(0, &["compare", "v1.0.0..v2.0.0"]);
    let report = scratch.json(3, &["compare", "v1.0.0"]);
    assert_eq!(report["status"], "undetermined");
    assert_eq!(report["level"], "major");
    for name in ["z:base", "m:mid", "a:app"] {
        assert_eq!(named(&report, name), named(&whole, name));
    }
    let broken = named(&report, "n:none");
    assert_eq!((&broken["status"], &broken["level"]), (&"undetermined".into(), &Value::Null));
    let place = |field: &str| broken["error"][field].clone();
    assert_eq!((place("side"), place("file"), place("line")), ("new".into(), "none/wit/a.wit".into(), 3.into()));
    let run = scratch.tool(&["compare", "v1.0.0"]).code(3).says("error: new revision `the working tree`: ");
    run.says("none/wit/a.wit:3:").prints("n:none - 0.3.0 0.3.0 - undetermined").prints("major for guests: z:base");
    // One that others need takes them along, and nobody else.
    scratch.git(&["checkout", "-qf", "."]);
    scratch.write("base/wit/a.wit", wit("z:base@2.0.0", BROKEN));
    let report = scratch.json(3, &["compare", "v1.0.0"]);
    let statuses: Vec<_> = names(&report).into_iter().zip(each(&report["packages"], "status")).collect();
    assert_eq!(
        statuses,
        [("n:none", "unchanged"), ("z:base", "undetermined"), ("m:mid", "undetermined"), ("a:app", "undetermined")]
    );
}

#[test]
fn only_what_is_asked_for() {
    let scratch = history();
    let report = scratch.json(0, &["compare", "v1.0.0..v2.0.0", "--package", "n:none"]);
    assert_eq!((names(&report), &report["level"]), (vec!["n:none"], &"none".into()));
    let report = scratch.json(0, &["compare", "v1.0.0..v2.0.0", "--package", "m:mid", "--package", "z:base"]);
    assert_eq!(names(&report), ["z:base", "m:mid"]);
    assert_eq!(named(&report, "m:mid")["inherits"][0]["package"], "z:base");
    scratch.tool(&["compare", "v1.0.0..v2.0.0", "--package", "n:none"]).code(0).never_names("z:base");
    // Nor are the errors of others told.
    scratch.write("none/wit/a.wit", wit("n:none@0.3.0", BROKEN));
    let run = scratch.tool(&["compare", "v1.0.0", "--package", "z:base"]).code(0).never_names("n:none");
    assert_eq!(run.stderr, "");
    scratch.tool(&["check", "--against", "v1.0.0", "--package", "z:base"]).code(0).never_names("n:none");
    scratch.tool(&["compare", "v1.0.0", "--package", "n:none"]).code(3);
    scratch.tool(&["compare", "v1.0.0", "--package", "n:no"]).code(4).says("no package is called `n:no`");
    let some = ["compare", "v1.0.0..v2.0.0", "--package", "n:no", "--package", "n:none"];
    scratch.tool(&some).code(4).says("no package is called `n:no`").never_names("`n:none`");
    scratch.tool(&["compare", "v1.0.0", "--package", "n:none@0.3.0"]).code(4).says("named without a version");
}

#[test]
fn levels_that_fail() {
    let scratch = history();
    for (level, code) in [("major", 1), ("minor", 1), ("patch", 1)] {
        scratch.tool(&["compare", "v1.0.0..v2.0.0", "--fail-on", level]).code(code);
        scratch.tool(&["compare", "v1.0.0..v2.0.0", "--fail-on", level, "--package", "n:none"]).code(0);
    }
    // Undetermined comes before that.
    scratch.write("none/wit/a.wit", wit("n:none@0.3.0", BROKEN));
    scratch.tool(&["compare", "v1.0.0", "--fail-on", "major"]).code(3);
}

#[test]
fn the_parties_that_are_protected() {
    let scratch = Scratch::repository();
    scratch.write("a/a.wit", wit("a:a@1.0.0", F)).write("b/a.wit", wit("a:b@1.0.0", F)).commit("old");
    scratch.write("a/a.wit", wit("a:a@1.1.0", FG)).write("b/a.wit", wit("a:b@2.0.0", "interface i {}")).commit("new");
    for (protect, levels) in
        [("guests", ["minor", "major"]), ("hosts", ["major", "minor"]), ("all", ["major", "major"])]
    {
        let report = scratch.json(0, &["compare", "HEAD~1..HEAD", "--protect", protect]);
        assert_eq!(each(&report["packages"], "level"), levels, "{protect}");
        assert_eq!(report["protect"], protect);
    }
}

#[test]
fn features() {
    let scratch = Scratch::repository();
    let gated = |feature: &str| format!("interface i {{ f: func(); @unstable(feature = {feature}) g: func(); }}");
    scratch.write("a/a.wit", wit("a:a@1.0.0", F)).write("b/a.wit", wit("a:b@1.0.0", F)).commit("old");
    scratch.write("a/a.wit", wit("a:a@1.1.0", &gated("x"))).write("b/a.wit", wit("a:b@1.1.0", &gated("y")));
    let levels = |flags: &[&str]| {
        let report = scratch.json(0, &[&["compare", "HEAD"], flags].concat());
        let levels = each(&report["packages"], "level").join(" ");
        (levels, strings(&report["features"]).join(" "), strings(&report["warnings"]).join(" "))
    };
    let is = |levels: &str, features: &str, warnings: &str| (levels.into(), features.into(), warnings.into());
    assert_eq!(levels(&[]), is("patch patch", "", ""));
    assert_eq!(levels(&["--features", "x"]), is("minor patch", "x", ""));
    assert_eq!(levels(&["--features", "x,y"]), is("minor minor", "x y", ""));
    assert_eq!(levels(&["--all-features"]), is("minor minor", "x y", ""));
    assert_eq!(levels(&["--features", "y,z"]), is("patch minor", "y z", "no gate names the feature `z`"));
    // The other package has it.
    assert_eq!(levels(&["--features", "x", "--package", "a:a"]), is("minor", "x", ""));
    assert_eq!(levels(&["--features", "x", "--package", "a:b"]), is("patch", "x", "no gate names the feature `x`"));
}

#[test]
fn files() {
    let scratch = history();
    let flags = ["--output", "json=report.json", "--output", "text=report.txt", "--quiet"];
    let run = scratch.tool(&[&["compare", "v1.0.0..v2.0.0"], &flags[..]].concat()).code(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert_eq!(scratch.read("report.json"), scratch.tool(&["compare", "v1.0.0..v2.0.0", "--format", "json"]).stdout);
    assert_eq!(scratch.read("report.txt"), scratch.tool(&["compare", "v1.0.0..v2.0.0"]).stdout);
}

#[test]
#[cfg(feature = "verify")]
fn the_official_validator_is_asked_about_each() {
    let scratch = history();
    let plain = scratch.json(0, &["compare", "v1.0.0..v2.0.0"]);
    let report = scratch.json(0, &["compare", "v1.0.0..v2.0.0", "--verify"]);
    assert_eq!(report["verified"], true);
    assert_eq!(report["packages"], plain["packages"]);
    assert_eq!(scratch.json(1, &["check", "--against", "v1.0.0", "--verify"])["verified"], true);
    scratch.tool(&["compare", "v1.0.0..v2.0.0", "--verify"]).prints("major for guests: z:base 1.0.0 → 2.0.0, verified");
    // An input that nobody can read is not confirmed.
    scratch.write("none/wit/a.wit", wit("n:none@0.3.0", BROKEN));
    let report = scratch.json(3, &["compare", "v1.0.0", "--verify"]);
    assert_eq!(report["verified"], Value::Null);
}

#[test]
#[cfg(feature = "verify")]
fn witnesses_of_each() {
    let scratch = Scratch::repository();
    scratch.write("a/a.wit", wit("a:a@1.0.0", F)).write("b/a.wit", wit("a:b@1.0.0", F));
    scratch.write("c/a.wit", wit("a:c@1.0.0", F)).commit("old");
    scratch.write("a/a.wit", wit("a:a@2.0.0", F_CHANGED)).write("b/a.wit", wit("a:b@2.0.0", "interface i {}"));
    let run = scratch.tool(&["compare", "HEAD", "--witness", "shown"]).code(0);
    assert_eq!(run.stderr, "2 witnesses in `shown`\n");
    let mut found: Vec<String> = std::fs::read_dir(scratch.path().join("shown"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, [".gitignore", "1-result-added-i-f", "2-function-removed-i-f"]);
    // They are no packages of the working tree.
    let listed = scratch.json(0, &["list"]);
    assert!(listed["packages"].as_array().unwrap().iter().all(|p| !p["path"].as_str().unwrap().starts_with("shown")));
    assert!(scratch.read("shown/1-result-added-i-f/old.wit").contains("package a:a"));
    assert!(scratch.read("shown/2-function-removed-i-f/new.wit").contains("package a:b"));
    // Not into what is there already, and with `check` as well.
    scratch.tool(&["compare", "HEAD", "--witness", "shown"]).code(2).says("`shown` is not empty");
    let run = scratch.tool(&["check", "--against", "HEAD", "--witness", "again", "--package", "a:b"]).code(0);
    assert_eq!(run.stderr, "1 witness in `again`\n");
}

#[test]
fn sixty_columns() {
    let scratch = history();
    for arguments in [
        &["compare", "v1.0.0..v2.0.0"][..],
        &["compare", "v1.0.0..v2.0.0", "--verbose"],
        &["check", "--against", "v1.0.0"],
        &["check", "--against", "track"],
        &["list"],
        &["list", "v1.0.0", "--verbose"],
    ] {
        for columns in [40, 60, 100] {
            let variables = [("COLUMNS", columns.to_string())];
            let run = scratch.tool_with(&[("COLUMNS", &variables[0].1)], arguments);
            for line in run.stdout.lines() {
                let is_source = line.trim_start().starts_with("world ") || line.contains("interface i {");
                assert!(line.chars().count() <= columns || is_source, "{arguments:?} {columns}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
    let narrow = scratch.tool_with(&[("COLUMNS", "60")], &["compare", "v1.0.0..v2.0.0"]).code(0);
    narrow.prints("package level old declared required verdict z:base major 1.0.0 2.0.0 2.0.0 sufficient");
}

/// Equal runs say equal things, byte by byte.
#[test]
fn again() {
    let scratch = history();
    for arguments in [&["compare", "v1.0.0..v2.0.0"][..], &["check", "--against", "v1.0.0"], &["list"]] {
        for format in ["text", "json"] {
            let run = || scratch.tool(&[arguments, &["--format", format]].concat()).stdout;
            assert_eq!(run(), run(), "{arguments:?}");
        }
    }
}

#[test]
fn a_change_of_a_dependency_is_told_where_it_stands() {
    let scratch = Scratch::repository();
    let uses = "interface j { use z:base/i@1.0.0.{r}; g: func(a: r); } world w { import j; }";
    let base =
        |field: &str| wit("z:base@1.0.0", &format!("interface i {{ record r {{ a: {field} }} f: func(a: r); }}"));
    scratch.write("base/wit/a.wit", base("u8")).write("user/wit/a.wit", wit("a:user@1.0.0", uses)).commit("old");
    scratch.write("base/wit/a.wit", base("u16"));
    let run = scratch.tool(&["compare", "HEAD"]).code(0);
    let said = words(&run.stdout);
    assert!(
        said.contains(
            "through z:base: major: 1 change of that package is told there, and reaches a:user/j, a:user/j#g, a:user/w and"
        ),
        "{said}"
    );
    assert_eq!(said.matches("field `a` of record `r` changed").count(), 1, "{said}");
    // In full where that is asked for, and for a package alone.
    for arguments in [&["compare", "HEAD", "--verbose"][..], &["compare", "HEAD", "--package", "a:user"]] {
        scratch.tool(arguments).code(0).prints("z:base/i (dependency, track 1)");
    }
}

#[test]
fn a_new_track_beside_an_old_one_is_added() {
    let scratch = Scratch::repository();
    scratch.write("one/a.wit", wit("a:core@1.0.0", F)).release("v1.0.0");
    scratch.write("two/a.wit", wit("a:core@2.0.0", FG)).commit("two");
    for arguments in [&["compare", "v1.0.0"][..], &["check"], &["check", "--against", "v1.0.0"]] {
        let report = scratch.json(0, arguments);
        assert_eq!(names(&report), ["a:core"], "{arguments:?}");
        let package = &report["packages"][0];
        assert_eq!((&package["status"], &package["new_version"]), (&"unchanged".into(), &"1.0.0".into()));
        let track = serde_json::json!([{ "status": "added", "version": "2.0.0", "path": "two" }]);
        assert_eq!(package["tracks"], track, "{arguments:?}");
        scratch.tool(arguments).code(0).prints("note: 2.0.0 in `two` is new beside it");
    }
}
