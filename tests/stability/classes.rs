//! From figures to classes, as they come out of histories.

use super::*;

#[test]
fn what_grows_settles() {
    let mut releases = vec![("1.0.0", F), ("1.1.0", FG)];
    let class = |releases: &[(&str, &str)]| short(&Scratch::releases(releases).json(0, &[]), "a:p/i");
    assert_eq!(class(&releases[..1]), "new 1 0 0");
    assert_eq!(class(&releases), "new 2 1 0");
    releases.push(("1.1.1", FG));
    assert_eq!(class(&releases), "growing 3 1 0");
    releases.extend([("1.1.2", FG), ("1.1.3", FG)]);
    assert_eq!(class(&releases), "settled 5 1 0");
}

#[test]
fn what_broke_long_ago_is_settled_and_what_breaks_often_moves() {
    let quiet = ["2.0.1", "2.0.2", "2.0.3"].map(|version| (version, F_CHANGED));
    let begun = [("1.0.0", F), ("2.0.0", F_CHANGED)];
    let report = Scratch::releases(&begun).json(0, &[]);
    assert_eq!(short(&report, "a:p/i"), "moving 2 0 1");
    let report = Scratch::releases(&[&begun[..], &quiet].concat()).json(0, &[]);
    assert_eq!(short(&report, "a:p/i"), "settled 5 0 1");
    let broke = &item(&report, "a:p/i")["last_broke"];
    let expected =
        serde_json::json!({ "revision": "v2.0.0", "date": broke["date"], "releases_ago": 3, "days_ago": 300 });
    assert_eq!(*broke, expected);
    // For whom, on which layer.
    let broke_for = &item(&report, "a:p/i")["broke_for"];
    let both = |party: &str| serde_json::json!({ "party": party, "link": 1, "source": 1 });
    assert_eq!(*broke_for, serde_json::json!([both("consumers"), both("providers")]));
    // Twice in five releases is too often, however long ago.
    let twice = [("1.0.0", F), ("2.0.0", F_CHANGED), ("3.0.0", F), ("3.0.1", F), ("3.0.2", F), ("3.0.3", F)];
    assert_eq!(short(&Scratch::releases(&twice).json(0, &[]), "a:p/i"), "moving 6 0 2");
}

#[test]
fn whom_breaks_count_for() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG), ("1.2.0", FGH)]);
    assert_eq!(short(&scratch.json(0, &[]), "a:p/i"), "growing 3 2 0");
    // Whoever implements the interface had to follow each time.
    let hosts = scratch.json(0, &["--protect", "hosts"]);
    assert_eq!(short(&hosts, "a:p/i"), "moving 3 0 2");
    for report in [scratch.json(0, &[]), hosts] {
        let expected = serde_json::json!([{ "party": "providers", "link": 2, "source": 2 }]);
        assert_eq!(item(&report, "a:p/i")["broke_for"], expected);
    }
}

#[test]
fn pre_releases_promise_nothing() {
    let mut releases = vec![("1.0.0-rc.1", F), ("1.0.0-rc.2", F_CHANGED)];
    let tell = |releases: &[(&str, &str)]| Scratch::releases(releases).json(0, &[]);
    let report = tell(&releases);
    assert_eq!(
        (short(&report, "a:p/i"), lines(&report, "a:p")),
        ("moving 0 0 0".into(), vec!["1.0.0-rc.2 goes-on 0+2".into()])
    );
    assert_eq!(item(&report, "a:p/i")["pre_releases_broke"], 1);
    // Once it is released, what drafts did before is history; and then it is young.
    releases.push(("1.0.0", F));
    let report = tell(&releases);
    assert_eq!(
        (short(&report, "a:p/i"), &item(&report, "a:p/i")["pre_releases_broke"]),
        ("new 1 0 0".into(), &2.into())
    );
    // What drafts do to a promise, the next release does.
    releases.extend([("1.1.0", F), ("1.2.0", F), ("2.0.0-rc.1", F_CHANGED)]);
    let report = tell(&releases);
    assert_eq!(short(&report, "a:p/i"), "settled 3 0 0");
    assert_eq!(item(&report, "a:p/i")["pre_releases_broke"], 3);
    releases.push(("2.0.0", F_CHANGED));
    assert_eq!(short(&tell(&releases), "a:p/i"), "moving 4 0 1");
}

#[test]
fn what_stands_behind_a_feature_promises_nothing() {
    let gated = "interface i { f: func(); }\n@unstable(feature = x)\ninterface k { @unstable(feature = x) record r { a: u8 } @unstable(feature = x) g: func(); }";
    let open = "interface i { f: func(); }\n@since(version = 1.3.0)\ninterface k { record r { a: u8 } g: func(); }";
    let mut releases = vec![("1.0.0", gated), ("1.1.0", gated), ("1.2.0", gated)];
    let report = Scratch::releases(&releases).json(0, &[]);
    assert_eq!((short(&report, "a:p/k"), &item(&report, "a:p/k")["unstable"]), ("unstable 0 0 0".into(), &"x".into()));
    assert_eq!(
        (short(&report, "a:p/k#r"), &item(&report, "a:p/k#r")["unstable"]),
        ("unstable 0 0 0".into(), &"x".into())
    );
    // Its age as a promise begins when it is one.
    releases.push(("1.3.0", open));
    let report = Scratch::releases(&releases).json(0, &[]);
    assert_eq!((short(&report, "a:p/k"), &item(&report, "a:p/k")["unstable"]), ("new 1 0 0".into(), &Value::Null));
    assert_eq!(item(&report, "a:p/k")["since"]["revision"], "v1.0.0");
    // Whoever selects the feature has a promise.
    let report = Scratch::releases(&releases[..3]).json(0, &["--features", "x"]);
    assert_eq!(short(&report, "a:p/k"), "settled 3 0 0");
}

#[test]
fn types_are_told_by_themselves_and_by_what_they_are_made_of() {
    let body = |point: &str| {
        format!(
            "interface i {{ record point {{ {point} }} record line {{ a: point }} record other {{ x: u8 }} resource r {{ m: func(); }} }}"
        )
    };
    let (old, new) = (body("x: u8"), body("x: u16"));
    let more = new.replace("m: func();", "m: func(); n: func();");
    let scratch = Scratch::releases(&[("1.0.0", &old), ("2.0.0", &new), ("2.1.0", &more)]);
    let report = scratch.json(0, &[]);
    assert_eq!(short(&report, "a:p/i#point"), "moving 3 0 1");
    assert_eq!(short(&report, "a:p/i#line"), "moving 3 0 1", "it is made of what broke");
    assert_eq!(short(&report, "a:p/i#other"), "settled 3 0 0");
    assert_eq!(short(&report, "a:p/i#r"), "growing 3 1 0", "methods are of their resource");
    assert_eq!(short(&report, "a:p/i"), "moving 3 1 1");
    // The change stands at one of them.
    assert_eq!(item(&report, "a:p/i#point")["changes"]["major"], 1);
    assert_eq!(item(&report, "a:p/i#line")["changes"]["major"], 0);
}

#[test]
fn who_uses_what() {
    let scratch = Scratch::repository();
    let a = "interface i { record r { x: u8 } type s = u8; }\ninterface j { use i.{r}; f: func() -> r; }\nworld w { import j; }";
    scratch.write("wit/a.wit", format!("package a:p@1.0.0;\n{a}\n"));
    scratch.write("b/b.wit", "package b:q@1.0.0;\ninterface k { use a:p/j@1.0.0.{r}; g: func(x: r); }\n");
    scratch.step(0, "v1.0.0");
    let report = scratch.json(0, &[]);
    let users = |path: &str| item(&report, path)["used_by"].clone();
    // `w` imports `i`, too: `j` needs it. What `k` names comes from `i` in the end.
    assert_eq!(users("a:p/i"), serde_json::json!(["a:p/j", "a:p/w", "b:q/k"]));
    assert_eq!(users("a:p/i#r"), serde_json::json!(["a:p/j", "a:p/w", "b:q/k"]));
    assert_eq!(users("a:p/i#s"), serde_json::json!(["a:p/w"]));
    assert_eq!(users("a:p/j"), serde_json::json!(["a:p/w", "b:q/k"]));
    assert_eq!((users("a:p"), &item(&report, "a:p")["used_by_packages"]), (serde_json::json!(["b:q/k"]), &1.into()));
    assert_eq!(users("b:q/k"), serde_json::json!([]));
}

#[test]
fn what_was_removed_and_put_back_broke() {
    let k = "interface k { record r { x: u8 } h: func(); }";
    let both = format!("{F}\n{k}");
    let quiet = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"].map(|version| (version, both.as_str()));
    let gone = [&quiet[..], &[("1.0.4", F)]].concat();
    let report = Scratch::releases(&gone).json(0, &[]);
    assert_eq!((short(&report, "a:p/k"), short(&report, "a:p/k#r")), ("gone 4 0 1".into(), "gone 4 0 1".into()));
    let back = [&gone[..], &[("1.0.5", both.as_str())]].concat();
    let report = Scratch::releases(&back).json(0, &[]);
    for path in ["a:p/k", "a:p/k#r"] {
        assert_eq!(short(&report, path), "moving 5 0 1", "{path}");
        assert_eq!(item(&report, path)["last_broke"]["revision"], "v1.0.4", "{path}");
    }
    assert_eq!(item(&report, "a:p/k")["broke_for"][0]["party"], "consumers");
    assert_eq!(marks(&report, "a:p/k"), ["v1.0.0 appeared", "v1.0.4 gone", "v1.0.5 appeared"]);
    assert_eq!(short(&report, "a:p/i"), "settled 6 0 0");
    // A draft without it breaks nothing until it is released.
    let draft = [&quiet[..], &[("1.1.0-rc.1", F)]].concat();
    assert_eq!(short(&Scratch::releases(&draft).json(0, &[]), "a:p/k"), "gone 4 0 0");
    let released = [&draft[..], &[("1.1.0", F), ("1.2.0", both.as_str())]].concat();
    let report = Scratch::releases(&released).json(0, &[]);
    assert_eq!(short(&report, "a:p/k"), "moving 5 0 1");
    assert_eq!(item(&report, "a:p/k")["last_broke"]["revision"], "v1.1.0");
}
