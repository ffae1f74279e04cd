//! Where dependencies come from: the own `deps`, then the packages of the repository, by name and version.

use super::*;

/// The list of the working tree, that of the commit being the same.
#[track_caller]
fn list(scratch: &Scratch) -> Vec<String> {
    scratch.commit("all");
    let on_disk = scratch.json(0, &["list"]);
    assert_eq!(on_disk["packages"], scratch.json(0, &["list", "HEAD"])["packages"]);
    listed(&on_disk)
}

/// What becomes of a package in another directory, so that it has to be read anew.
#[track_caller]
fn compared(scratch: &Scratch, code: i32, package: &str) -> Vec<String> {
    let report = scratch.json(code, &["compare", "HEAD~1..HEAD", "--package", package]);
    brief(&report)
}

#[test]
fn the_own_ones_come_first() {
    let scratch = Scratch::repository();
    scratch.write("user/a.wit", importing("a:user@1.0.0", &["c:d/i@1.0.0"]));
    scratch.write("user/deps/d/a.wit", wit("c:d@1.0.0", FG)).write("lib/a.wit", wit("c:d@1.0.0", F));
    assert_eq!(list(&scratch), ["a:user@1.0.0 user: c:d@1.0.0 deps user/deps/d", "c:d@1.0.0 lib"]);
    // A change of the other one is none of its user.
    scratch.write("lib/a.wit", wit("c:d@1.0.0", F_CHANGED)).commit("other");
    assert_eq!(compared(&scratch, 0, "a:user"), ["a:user unchanged none 1.0.0>1.0.0 sufficient"]);
    scratch.write("user/deps/d/a.wit", wit("c:d@1.0.0", F)).commit("own");
    assert_eq!(compared(&scratch, 0, "a:user"), ["a:user changed major 1.0.0>1.0.0 unchanged-version"]);
}

#[test]
fn by_name_and_version_the_nearest_first() {
    let scratch = Scratch::repository();
    scratch.write("one/user/a.wit", importing("a:user@1.0.0", &["c:d/i@1.0.0"]));
    scratch.write("one/x/y/z/a.wit", wit("c:d@1.0.0", FG)).write("a/a.wit", wit("c:d@1.0.0", F));
    scratch.write("one/b/a.wit", wit("c:d@2.0.0", F));
    let user = "a:user@1.0.0 one/user: c:d@1.0.0 repository one/x/y/z";
    assert_eq!(list(&scratch), [user, "c:d@1.0.0 a", "c:d@2.0.0 one/b", "c:d@1.0.0 one/x/y/z"]);
    // Where the input is only a part, what is around it is used, too.
    let part = scratch.json(0, &["list", "one/user"]);
    assert_eq!(listed(&part), ["a:user@1.0.0 .: c:d@1.0.0 repository ../x/y/z"]);
    assert_eq!(scratch.json(0, &["list", "HEAD:one/user"])["packages"], part["packages"]);
    // That one counts: a change of it is a change for its user.
    scratch.write("one/x/y/z/a.wit", wit("c:d@1.0.0", F)).commit("near");
    assert_eq!(compared(&scratch, 0, "a:user"), ["a:user changed major 1.0.0>1.0.0 unchanged-version"]);
    let report = scratch.json(0, &["compare", "HEAD~1:one/user", "one/user"]);
    assert_eq!(brief(&report), ["a:user changed major 1.0.0>1.0.0 unchanged-version"]);
    scratch.write("a/a.wit", wit("c:d@1.0.0", F_CHANGED)).commit("far");
    assert_eq!(compared(&scratch, 0, "a:user"), ["a:user unchanged none 1.0.0>1.0.0 sufficient"]);
}

/// What is around an input helps where what is in it does not have that very version.
#[test]
fn a_part_of_a_repository_with_another_version_in_it() {
    let scratch = Scratch::repository();
    scratch.write("part/user/a.wit", importing("a:user@1.0.0", &["c:d/i@1.0.0", "e:f/i@1.0.0"]));
    scratch.write("part/d/a.wit", wit("c:d@2.0.0", F)).write("lib/d/a.wit", wit("c:d@1.0.0", F));
    scratch.write("lib/f/a.wit", wit("e:f@1.0.0", F)).commit("all");
    let expected = ["a:user@1.0.0 user: c:d@1.0.0 repository ../lib/d, e:f@1.0.0 repository ../lib/f", "c:d@2.0.0 d"];
    assert_eq!(listed(&scratch.json(0, &["list", "part"])), expected);
    assert_eq!(listed(&scratch.json(0, &["list", "HEAD:part"])), expected);
    scratch.write("lib/f/a.wit", wit("e:f@1.0.0", F_CHANGED));
    let report = scratch.json(0, &["compare", "HEAD:part", "part"]);
    assert_eq!(
        brief(&report),
        ["a:user changed major 1.0.0>1.0.0 unchanged-version", "c:d unchanged none 2.0.0>2.0.0 sufficient",]
    );
}

#[test]
fn those_of_dependencies() {
    let scratch = Scratch::repository();
    scratch.write("user/a.wit", importing("a:user@1.0.0", &["c:d/j@1.0.0"]));
    scratch.write("x/d/a.wit", wit("c:d@1.0.0", "interface j { use e:f/i@1.0.0.{t}; g: func(x: t); }"));
    scratch.write("x/f/a.wit", wit("e:f@1.0.0", "interface i { use g:h/i@1.0.0.{t}; }"));
    scratch.write("x/f/deps/h/a.wit", wit("g:h@1.0.0", "interface i { type t = u8; }"));
    assert_eq!(
        list(&scratch),
        [
            "a:user@1.0.0 user: c:d@1.0.0 repository x/d",
            "c:d@1.0.0 x/d: e:f@1.0.0 repository x/f",
            "e:f@1.0.0 x/f: g:h@1.0.0 deps x/f/deps/h",
        ]
    );
    scratch.write("x/f/deps/h/a.wit", wit("g:h@1.0.0", "interface i { type t = u16; }")).commit("deep");
    assert_eq!(
        brief(&scratch.json(0, &["compare", "HEAD~1..HEAD"])),
        [
            "e:f changed major 1.0.0>1.0.0 unchanged-version",
            "c:d changed major 1.0.0>1.0.0 unchanged-version",
            "a:user changed major 1.0.0>1.0.0 unchanged-version",
        ]
    );
}

#[test]
fn a_wrong_version_is_named() {
    let scratch = Scratch::repository();
    scratch.write("user/a.wit", importing("a:user@1.0.0", &["c:d/i@1.0.0"]));
    scratch.write("far/lib/a.wit", wit("c:d@1.0.0", F)).commit("good");
    scratch.write("far/lib/a.wit", wit("c:d@1.1.0", F)).commit("bumped");
    let user = &scratch.json(0, &["list"])["packages"][0]["depends_on"];
    assert_eq!(user, &serde_json::json!([{ "name": "c:d", "version": "1.0.0", "from": "missing" }]));
    let advice = "`c:d@1.1.0` is there and `c:d@1.0.0` is asked for: make the versions agree, or vendor `c:d@1.0.0` in \
                  `deps/`";
    for inputs in [&["HEAD~1..HEAD"][..], &["HEAD~1", "."], &["HEAD~1:user", "user"], &["HEAD~1:user", "HEAD:user"]] {
        let run = scratch.tool(&[&["compare"], inputs].concat()).code(3).says(advice);
        run.says("error: new revision").says("package 'c:d@1.0.0' not found").prints("undetermined: a:user");
    }
    let report = scratch.json(3, &["compare", "HEAD~1..HEAD"]);
    assert_eq!(
        brief(&report),
        ["c:d unchanged none 1.0.0>1.1.0 sufficient", "a:user undetermined - 1.0.0>1.0.0 undetermined"]
    );
    assert_eq!(report["packages"][1]["error"]["hint"], advice);
}

#[test]
fn one_that_is_nowhere() {
    let scratch = Scratch::repository();
    scratch.write("user/a.wit", importing("a:user@1.0.0", &["c:d/i@1.0.0"]));
    scratch.write("lib/a.wit", wit("x:y@1.0.0", F)).commit("one");
    scratch.write("user/a.wit", importing("a:user@1.0.1", &["c:d/i@1.0.0"])).commit("two");
    assert_eq!(listed(&scratch.json(0, &["list"])), ["a:user@1.0.1 user: c:d@1.0.0 missing", "x:y@1.0.0 lib"]);
    let run = scratch.tool(&["compare", "HEAD~1..HEAD"]).code(3);
    run.says("package 'c:d@1.0.0' not found").prints("1 unchanged: x:y");
}

#[test]
fn a_circle_is_an_error_of_those_in_it() {
    let scratch = Scratch::repository();
    scratch.write("a/a.wit", wit("a:a@1.0.0", "interface i { use b:b/i@1.0.0.{t}; type s = u8; }"));
    scratch.write("b/a.wit", wit("b:b@1.0.0", "interface i { use a:a/i@1.0.0.{s}; type t = u8; }"));
    scratch.write("c/a.wit", wit("c:c@1.0.0", F)).commit("circle");
    assert_eq!(
        listed(&scratch.json(0, &["list"])),
        ["a:a@1.0.0 a: b:b@1.0.0 repository b", "b:b@1.0.0 b: a:a@1.0.0 repository a", "c:c@1.0.0 c"]
    );
    scratch.write("a/b.wit", "interface j {}\n").write("c/a.wit", wit("c:c@1.1.0", FG));
    let report = scratch.json(3, &["compare", "HEAD"]);
    assert_eq!(
        brief(&report),
        [
            "c:c changed minor 1.0.0>1.1.0 sufficient",
            "a:a undetermined - 1.0.0>1.0.0 undetermined",
            "b:b undetermined - 1.0.0>1.0.0 undetermined",
        ]
    );
}

/// `wkg` vendors binaries as well.
#[test]
fn a_vendored_binary() {
    let scratch = Scratch::repository();
    let dependency = |result: &str| {
        format!(
            "(component (type (component (export \"c:d/i@1.0.0\" (instance (export \"f\" (func{result}))))))
              (export \"i\" (type 0)))"
        )
    };
    scratch.write("wit/a.wit", importing("a:b@1.0.0", &["c:d/i@1.0.0"])).write("wit/deps/d.wat", dependency(""));
    scratch.write("other/a.wit", wit("a:other@1.0.0", F));
    assert_eq!(list(&scratch), ["a:b@1.0.0 wit: c:d@1.0.0 deps wit/deps/d.wat", "a:other@1.0.0 other"]);
    scratch.write("wit/deps/d.wat", dependency(" (result u32)"));
    let report = scratch.json(0, &["compare", "HEAD"]);
    assert_eq!(
        brief(&report),
        ["a:b changed major 1.0.0>1.0.0 unchanged-version", "a:other unchanged none 1.0.0>1.0.0 sufficient",]
    );
}

#[test]
fn a_name_that_is_a_keyword_is_found_all_the_same() {
    let repository = Scratch::repository();
    repository.write("d/d.wit", "package dep : /* here */ %type@1.0.0;\n\ninterface i { f: func(); }\n");
    repository.write("m/m.wit", wit("my:m@1.0.0", "world w { import dep:%type/i@1.0.0; }")).commit("begin");
    repository.write("m/m.wit", wit("my:m@1.0.0", "world w { import dep:%type/i@1.0.0; export g: func(); }"));
    let report = repository.json(0, &["compare", "HEAD"]);
    assert_eq!(named(&report, "my:m")["level"], "major");
}
