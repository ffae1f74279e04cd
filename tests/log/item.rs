//! One item through its life.

use super::*;

fn life() -> Scratch {
    let gated = |gate: &str, f: &str| format!("interface i {{\n  g: func();\n  {gate}\n  {f}\n}}");
    let scratch = Scratch::repository();
    let release = |version: &str, body: String| {
        scratch.package("wit/a.wit", &format!("a:p@{version}"), &body);
        scratch.release(&format!("v{version}"));
    };
    release("1.0.0", "interface i { g: func(); }".into());
    release("1.1.0", gated("@unstable(feature = fancy)", "f: func();"));
    release("1.2.0", gated("@unstable(feature = fancy)", "f: func(a: u32);"));
    release("1.3.0", gated("@since(version = 1.3.0)", "f: func(a: u32);"));
    release("1.4.0", gated("/// What it does.\n  @since(version = 1.3.0)", "f: func(a: u32);"));
    release(
        "1.5.0",
        gated("/// What it does.\n  @since(version = 1.3.0)\n  @deprecated(version = 1.5.0)", "f: func(a: u32);"),
    );
    release("2.0.0", "interface i { g: func(); }".into());
    scratch
}

#[test]
fn from_its_first_day_to_its_last() {
    let scratch = life();
    let log = scratch.json(0, &["--item", "a:p/i#f"]);
    assert_eq!(
        events(&log, "a:p"),
        [
            "v2.0.0 2.0.0: removed",
            "v1.5.0 1.5.0: deprecated",
            "v1.4.0 1.4.0: documented",
            "v1.3.0 1.3.0: stabilised",
            "v1.2.0 1.2.0: changed",
            "v1.1.0 1.1.0: added-unstable",
        ]
    );
    let levels: Vec<String> = list(&named(&log, "a:p")["rows"]).iter().map(|row| text(&row["level"])).collect();
    assert_eq!(levels, ["major", "minor", "patch", "minor", "patch", "patch"]);
    assert_eq!(named(&log, "a:p")["unchanged"], 1);
    scratch
        .log(&["--item", "a:p/i#f"])
        .code(0)
        .prints("removed (deprecated since 1.5.0)")
        .prints("stable, `@since(version = 1.3.0)` (was behind the feature `fancy`)")
        .prints("added behind `@unstable(feature = fancy)`")
        .prints("1 revision that did nothing to it left out");
    // With the feature, it was there from the beginning.
    let open = scratch.json(0, &["--item", "a:p/i#f", "--features", "fancy"]);
    assert_eq!(events(&open, "a:p").last().unwrap(), "v1.1.0 1.1.0: added");
    // An interface is all that is in it.
    assert_eq!(events(&scratch.json(0, &["--item", "a:p/i"]), "a:p").len(), 7);
    // In a range in which nothing happens to it, it is known nevertheless.
    assert_eq!(events(&scratch.json(0, &["v1.0.0..v1.1.0", "--item", "a:p/i#g"]), "a:p"), [""; 0]);
}

#[test]
fn what_it_carries() {
    let scratch = Scratch::releases(&[
        ("1.0.0", "interface t { record r { a: u32 } }\ninterface i { use t.{r}; f: func() -> r; h: func(); }"),
        ("2.0.0", "interface t { record r { a: u64 } }\ninterface i { use t.{r}; f: func() -> r; h: func(); }"),
    ]);
    let log = scratch.json(0, &["--item", "a:p/i#f"]);
    assert_eq!(events(&log, "a:p"), ["v2.0.0 2.0.0: carried", "v1.0.0 1.0.0: added"]);
    let row = row(&log, "a:p", "v2.0.0");
    assert_eq!(changes(row, "major"), [("record-field-retyped", "a:p/t#r.a")]);
    assert_eq!(row["events"][0]["fingerprint"], row["changes"][0]["fingerprint"]);
    assert_eq!(events(&scratch.json(0, &["--item", "a:p/i#h"]), "a:p"), ["v1.0.0 1.0.0: added"]);
    assert_eq!(
        events(&scratch.json(0, &["--item", "a:p/t#r.a"]), "a:p"),
        ["v2.0.0 2.0.0: changed", "v1.0.0 1.0.0: added"]
    );
}

#[test]
fn resources_and_worlds() {
    let scratch = Scratch::releases(&[
        ("1.0.0", "interface i { resource r { m: func(); } }\nworld w { import i; }"),
        (
            "1.1.0",
            "interface i { resource r { constructor(); m: func(); } }\nworld w { import i; export run: func(); }",
        ),
    ]);
    let of = |item: &str| events(&scratch.json(0, &["--item", item]), "a:p");
    assert_eq!(of("a:p/i#r"), ["v1.1.0 1.1.0: changed", "v1.0.0 1.0.0: added"]);
    assert_eq!(of("a:p/i#[method]r.m"), ["v1.0.0 1.0.0: added"]);
    assert_eq!(of("a:p/i#[constructor]r"), ["v1.1.0 1.1.0: added"]);
    assert_eq!(of("a:p/w#export:run"), ["v1.1.0 1.1.0: added"]);
    assert_eq!(of("a:p/w#import:a:p/i"), ["v1.0.0 1.0.0: added"]);
    assert!(of("a:p/w")[0].starts_with("v1.1.0 1.1.0: changed"), "{:?}", of("a:p/w"));
    // As reports say it, and as it is encoded.
    for (read, encoded) in [("a:p/i#r.m", "a:p/i#[method]r.m"), ("a:p/i#r.constructor", "a:p/i#[constructor]r")] {
        let told = |item: &str| scratch.json(0, &["--item", item])["packages"].clone();
        assert_eq!(told(read), told(encoded), "{read}");
    }
    scratch.log(&["--item", "a:p/i#r.mm"]).code(4).says("did you mean `a:p/i#r.m`");
}

#[test]
fn what_never_was() {
    let scratch = life();
    scratch
        .log(&["--item", "a:p/i#ff"])
        .code(4)
        .says("no revision of this history holds the item `a:p/i#ff`")
        .says("did you mean `a:p/i#f`");
    scratch.log(&["--item", "a:q/i#f"]).code(4).says("no package is called `a:q`");
    scratch.log(&["--item", "exit-with-code"]).code(2).says("is no path of an item");
    scratch.log(&["--item", "a:p@1.0.0/i"]).code(2).says("a history has many");
    scratch.log(&["--item", "a:p/i", "--package", "b:p"]).code(2).says("another one is asked for");
    let wasi = Scratch::wasi();
    wasi.log(&["--item", "wasi:cli/exit#exit-with-cod"]).code(4).says("did you mean `wasi:cli/exit#exit-with-code`");
}

#[test]
fn a_revision_that_cannot_be_read_is_no_answer() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", BROKEN), ("1.2.0", F)]);
    let log = scratch.json(3, &["--item", "a:p/i#f"]);
    assert_eq!(events(&log, "a:p"), ["v1.1.0 1.1.0: ", "v1.0.0 1.0.0: added"]);
    assert_eq!(log["status"], "undetermined");
    scratch.log(&["--item", "a:p/i#f"]).code(3).prints("undetermined, because");
}
