//! What is denied: in which order settings count, and which runs fail.

use super::*;

const SOCKETS: &str = "package wasi:sockets@0.2.0;\n\
    interface tcp { f: func(); }\ninterface network { resource network; }\n";

/// A release of a package whose world has no import, and `statements` in it in the working tree.
fn gaining(statements: &str) -> Scratch {
    let scratch = Scratch::repository();
    let text = |version: &str, statements: &str| {
        let world = format!("world app {{ {statements} }}\nworld other {{ import wasi:sockets/tcp@0.2.0; }}\n");
        scratch.write("wit/a.wit", format!("package a:b@{version};\n\n{world}"));
    };
    scratch.write("wit/deps/sockets.wit", SOCKETS);
    text("1.0.0", "");
    scratch.release("v1.0.0");
    text("1.1.0", statements);
    scratch
}

const TCP: &str = "import wasi:sockets/tcp@0.2.0;";

#[test]
fn who_gains_what_is_denied_fails() {
    let scratch = gaining(TCP);
    for command in [&["check"][..], &["compare", "v1.0.0", "."]] {
        let run = |code: i32, more: &[&str]| Run::by(&mut scratch.binary(&[command, more].concat())).code(code);
        run(0, &[]);
        let told = run(1, &["--deny-capability", "wasi:sockets/*"]);
        let fails = "fails: a:b gains what `--deny-capability` names: `wasi:sockets/tcp` in world `app` \
                     (`wasi:sockets/*`, a.wit:3:33)";
        let text = words(&told.stdout).replace("wit/a.wit", "a.wit");
        assert!(text.contains(fails), "{text}");
        for pattern in ["*", "wasi:sockets/tcp", "wasi:http/*,wasi:sockets/*"] {
            run(1, &["--deny-capability", pattern]);
        }
        // `other` had it before: only what is new fails.
        for pattern in ["wasi:http/*", "wasi:sockets/udp", "tcp"] {
            run(0, &["--deny-capability", pattern]);
        }
        let report = json(&scratch, 1, &[command, &["--deny-capability", "wasi:sockets/*"]].concat());
        let check = &report["packages"][0]["check"];
        assert_eq!(check["reasons"], serde_json::json!(["capability-denied"]));
        let denied = serde_json::json!([{ "world": "app", "name": "wasi:sockets/tcp", "pattern": "wasi:sockets/*" }]);
        assert_eq!(check["capabilities"], denied);
        assert_eq!(report["check"]["deny_capabilities"], serde_json::json!(["wasi:sockets/*"]));
    }
    let told = Run::by(&mut scratch.binary(&["compare", "v1.0.0", ".", "--deny-capability", "acme:*"])).code(0);
    assert!(words(&told.stdout).ends_with("gate passed: no world gained what `--deny-capability` names"), "{told:#?}");
}

#[test]
fn every_format_tells_what_is_denied() {
    let scratch = gaining(TCP);
    for format in ["text", "markdown", "html", "junit", "sarif", "github", "gitlab"] {
        let arguments = ["check", "--deny-capability", "wasi:sockets/*", "--format", format];
        let run = Run::by(&mut scratch.binary(&arguments)).code(1);
        assert!(run.stdout.contains("wasi:sockets/tcp"), "{format}: {}", run.stdout);
        let error = match format {
            "junit" => "type=\"capability-denied\"",
            "sarif" => "\"level\": \"error\"",
            "github" => "::error file=",
            "gitlab" => "\"import-added\"",
            _ => "--deny-capability",
        };
        assert!(run.stdout.contains(error), "{format}: no {error} in {}", run.stdout);
    }
}

#[test]
fn types_alone_are_not_denied_before_something_can_be_called() {
    let scratch = gaining("import wasi:sockets/network@0.2.0;");
    let deny = ["--deny-capability", "wasi:sockets/network"];
    Run::by(&mut scratch.binary(&[&["check"][..], &deny].concat())).code(0);
    Run::by(&mut scratch.binary(&[&["capabilities", "--world", "app"][..], &deny].concat())).code(0);
    scratch.write("wit/deps/sockets.wit", SOCKETS.replace("resource network;", "resource network; open: func();"));
    Run::by(&mut scratch.binary(&[&["check"][..], &deny].concat())).code(1);
    Run::by(&mut scratch.binary(&[&["capabilities", "--world", "app"][..], &deny].concat())).code(1);
}

#[test]
fn a_new_world_gains_all_of_its_own_and_a_removed_one_nothing() {
    let scratch = gaining("");
    let text = "package a:b@1.1.0;\n\nworld app {}\nworld other { import wasi:sockets/tcp@0.2.0; }\nworld more { import \
                log: func(); }\n";
    scratch.write("wit/a.wit", text);
    Run::by(&mut scratch.binary(&["check", "--deny-capability", "log"])).code(1);
    Run::by(&mut scratch.binary(&["check", "--deny-capability", "wasi:*"])).code(0);
    scratch.write("wit/a.wit", "package a:b@2.0.0;\n\nworld app {}\n");
    let report = json(&scratch, 0, &["check", "--deny-capability", "*"]);
    assert!(world(&report, "other")["capabilities"].is_null());
}

#[test]
fn what_a_world_has_fails_where_it_is_listed() {
    let scratch = gaining("");
    let listed = |code: i32, more: &[&str]| {
        Run::by(&mut scratch.binary(&[&["capabilities", "."][..], more].concat())).code(code)
    };
    listed(0, &[]);
    let told = listed(1, &["--deny-capability", "wasi:sockets/*"]);
    assert!(words(&told.stdout).contains("fails: a:b/other has `wasi:sockets/tcp`"), "{told:#?}");
    listed(0, &["--deny-capability", "wasi:sockets/*", "--world", "app"]);
    listed(4, &["--world", "none"]).says("no world is called `none`");
    listed(4, &["--package", "c:d"]).says("there is no package `c:d`");
    // What the file denies is denied to those who gain it.
    scratch.write("wit-diff.toml", "deny-capability = [\"wasi:sockets/*\"]\n");
    listed(0, &[]);
    scratch.write("wit/a.wit", "package a:b@1.0.0;\n\nworld app { import nothing; }\n");
    listed(3, &["--deny-capability", "*"]);
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let scratch = gaining(TCP);
    let file = |text: &str| _ = scratch.write("wit-diff.toml", text);
    let check = |code: i32, variable: &str, more: &[&str]| {
        let mut command = scratch.binary(&[&["check"][..], more].concat());
        if !variable.is_empty() {
            command.env("WIT_DIFF_DENY_CAPABILITY", variable);
        }
        Run::by(&mut command).code(code)
    };
    file("deny-capability = [\"wasi:sockets/*\"]\n");
    check(1, "", &[]);
    check(0, "acme:*, wasi:http/*", &[]);
    check(0, "wasi:sockets/*", &["--deny-capability", "acme:*"]);
    file("deny-capability = [\"*\"]\n[packages.\"a:b\"]\ndeny-capability = [\"wasi:http/*\"]\n");
    check(0, "", &[]);
    file("[packages.\"a:b\"]\ndeny-capability = [\"wasi:sockets/*\"]\n");
    check(1, "", &[]);
    Run::by(&mut scratch.binary(&["compare", "v1.0.0", "."])).code(1);
    let settings = Run::by(&mut scratch.binary(&["config"])).code(0).stdout;
    assert!(settings.contains("deny-capability") && settings.contains("wasi:sockets/*"), "{settings}");
    // A version has nothing to do with it.
    Run::by(&mut scratch.binary(&["bump"])).code(0);
}

#[test]
fn a_bad_pattern_is_wrong_usage() {
    let scratch = gaining(TCP);
    for (pattern, hint) in [
        ("wasi:sockets", "write `wasi:sockets/*`"),
        ("wasi:sockets/tcp@0.2.0", "named without a version: write `wasi:sockets/tcp`"),
        ("wasi:sockets/{tcp,udp}", "nothing else is special"),
        ("wasi:sockets/\u{1b}[31m", "nothing else is special"),
    ] {
        for command in ["check", "capabilities"] {
            let run = Run::by(&mut scratch.binary(&[command, "--deny-capability", pattern])).code(2).says(hint);
            assert!(run.stdout.is_empty() && !run.stderr.contains('\u{1b}'), "{run:#?}");
        }
        let pattern = pattern.escape_unicode().to_string();
        let escaped = pattern.replace("\\u{", "\\U{").split("\\U{").skip(1).fold(String::new(), |mut out, part| {
            out.push_str(&format!("\\U{:0>8}", part.trim_end_matches('}')));
            out
        });
        scratch.write("wit-diff.toml", format!("deny-capability = [\"{escaped}\"]\n"));
        Run::by(&mut scratch.binary(&["check"])).code(2).says("wit-diff.toml").says(hint);
        std::fs::remove_file(scratch.path().join("wit-diff.toml")).unwrap();
    }
}

#[test]
fn an_accepted_import_is_not_denied() {
    let scratch = gaining(TCP);
    scratch.write("wit-diff.toml", "deny-capability = [\"wasi:sockets/*\"]\n");
    Run::by(&mut scratch.binary(&["check"])).code(1);
    Run::by(&mut scratch.binary(&["accept", "--all", "--reason", "reviewed", "--who", "a"])).code(0);
    let report = json(&scratch, 0, &["check"]);
    assert_eq!(names(&world(&report, "app")["capabilities"]["gained"]), ["wasi:sockets/tcp"]);
}

/// To components, the world of another track is a new one, though a package of that name goes on.
#[test]
fn a_new_track_gains_all_of_its_own() {
    let scratch = Scratch::repository();
    let package = |version: &str, more: &str| {
        format!(
            "package a:p@{version};\ninterface i {{ f: func(); }}\ninterface net {{ f: func(); }}\nworld w {{ import i; {more} }}\n"
        )
    };
    scratch.write("p/a.wit", package("0.1.0", "")).commit("one");
    scratch.write("p2/a.wit", package("0.2.0", "import net;")).commit("beside");
    for command in [&["compare", "HEAD~1..HEAD"][..], &["check", "--against", "HEAD~1"]] {
        let denied = |pattern: &'static str| [command, &["--deny-capability", pattern]].concat();
        let run = Run::by(&mut scratch.binary(&denied("a:p/net"))).code(1);
        assert!(run.stdout.contains("w@0.2.0"), "{run:#?}");
        Run::by(&mut scratch.binary(&denied("a:p/nothing"))).code(0);
    }
}
