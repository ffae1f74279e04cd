//! What is a version of a package, and what only looks like one.

use crate::version;
use wit_diff::version::edit::{apply, declarations, gate_versions, gates, references};

/// Declarations, references and gates at once.
fn edited(text: &str, name: &str, old: &str, new: &str) -> String {
    let (old, new) = (version(old), version(new));
    let mut edits = declarations(text, name, &old, &new);
    edits.extend(references(text, name, &old, &new));
    edits.extend(gates(text, "m:m", name, &|found| (*found == old).then(|| new.clone())));
    apply(text, &edits)
}

/// The only difference is what stands between `«` and `»` in the marked text.
#[track_caller]
fn changes(marked: &str, name: &str, old: &str, new: &str) {
    let text = marked.replace(['«', '»'], "");
    let mut expected = String::new();
    for (at, part) in marked.split(['«', '»']).enumerate() {
        expected.push_str(if at % 2 == 1 { new } else { part });
        assert!(at % 2 == 0 || part == old, "{part}");
    }
    assert_eq!(edited(&text, name, old, new), expected);
    assert_eq!(edited(&expected, name, new, old), text);
}

#[test]
fn declared() {
    for marked in [
        "package a:b@«1.0.0»;",
        "package a:b@«1.0.0»; // was package a:b@1.0.0;",
        "\u{feff}/// package a:b@1.0.0;\r\npackage\ta : /* a:b@1.0.0 */ b // @1.0.0\r\n @ /**/ «1.0.0» ;",
        "package %a:%b@«1.0.0»;",
        "package m:m; package a:b@«1.0.0» { interface i {} } package a:b@«1.0.0»{}",
        "package m:m { package a:b@«1.0.0» { world w {} } }",
        "package a:b@1.0.1; package a:b@1.0.0-rc.1 {} package a:b@1.0.0+x {} package a:c@1.0.0 {} package c:b@1.0.0 {}",
        "package a:b; interface i { package: func(); }",
        "package a:b@«1.0.0»; interface i { # } package a:b@1.0.0 {}",
        "interface i { @external-id(\"package a:b@1.0.0;\") f: func(); }",
        "package a:b@",
    ] {
        changes(marked, "a:b", "1.0.0", "2.10.0-rc.1+b-2.x");
    }
    changes("package wasi:http@«0.3.0-rc-2026-02-09»;", "wasi:http", "0.3.0-rc-2026-02-09", "0.3.0");
    changes("package a:%interface@«1.0.0»;", "a:interface", "1.0.0", "1.0.1");
    changes("package a:b@«1.0.0+c.0-1»; package a:b@1.0.0 {}", "a:b", "1.0.0+c.0-1", "1.0.1");
    changes("package a:b@«1.0.0-a--b.-.0x»;", "a:b", "1.0.0-a--b.-.0x", "1.0.0-0.0");
}

#[test]
fn asked_for() {
    for marked in [
        "use a:b/c@«1.0.0»; use a:b/c@«1.0.0» as d; use a:b/c; use a:b/c@1.0.1;",
        "interface i { use a:b/c@«1.0.0».{d, e as f}; use a:b/c @ «1.0.0» . { d }; use %a:%b/%c@«1.0.0».{d}; }",
        "world w { import a:b/c@«1.0.0»; export a:b/c@«1.0.0»; include a:b/c@«1.0.0» with { d as e } }",
        "world w { import k: a:b/c@«1.0.0»; export %import: a:b/c@«1.0.0» ; include a:b/c@«1.0.0»; }",
        "world w { import a /* x:y/z@1.0.0 */ :\r\n\tb // a:b/c@1.0.0\r\n /c@«1.0.0»; }",
        "world w { import b:a/c@1.0.0; import a:c/b@1.0.0; import aa:b/c@1.0.0; import k: interface {} }",
        "/// use a:b/c@1.0.0.{d};\ninterface i { @external-id(\"a:b/c@1.0.0\") f: func(); @external-id(\"\\\"a:b/c@1.0.0\") g: func(); }",
        "world w { import a:b/c@«1.0.0»; import \u{1} import a:b/c@1.0.0; }",
        "package x:y { use a:b/c@«1.0.0»; package z:z { interface i { use a:b/c@«1.0.0».{d}; } } }",
        "// Ünï a:b/c@1.0.0 /*\nuse a:b/c@«1.0.0»;/* a:b/c@1.0.0 /* */ a:b/c@1.0.0 */use a:b/c@«1.0.0»",
    ] {
        changes(marked, "a:b", "1.0.0", "0.3.0-rc-2026-02-09");
        changes(&marked.replace("1.0.0", "1.0.0-rc.1"), "a:b", "1.0.0-rc.1", "1.0.0");
    }
}

#[test]
fn dated() {
    let marked = "package a:b;
        @since(version = «1.0.0») @deprecated(version = «1.0.0») interface i {
            @ since ( version /* 1.0.0 */ = «1.0.0» ) use c.{d};
            @unstable(feature = %version) @%since(%version = «1.0.0») f: func(since: u8);
            @since(version = 1.0.0-rc) type t = u8; @since(version = 1.0) enum e { since }
            @since(version = «1.0.0») record %since { version: u8 }
            /// @since(version = 1.0.0)
            @external-id(\"@since(version = 1.0.0)\") @since(version = «1.0.0») g: func();
            resource r { @since(version = «1.0.0») constructor(); @since(version = «1.0.0») m: func(); }
            @since(version = «1.0.0») resource empty;
        }
        package x:y { @since(version = 1.0.0) interface i {} package a:b { @since(version = «1.0.0») world w {} } }
        @since(version = «1.0.0») world w {
            @since(version = «1.0.0») include v with { a as b }
            @since(version = «1.0.0») import i: interface { @since(version = «1.0.0») f: func(); }
            @since(version = «1.0.0») export a:b/i@2.0.0;
        }
        @since(version = «1.0.0») use x:y/z;";
    changes(marked, "a:b", "1.0.0", "1.1.0");
    let marked = marked.replace("package a:b;", "").replace("package a:b {", "package m:m {");
    changes(&marked, "m:m", "1.0.0", "1.1.0");
}

#[test]
fn gates_belong_to_the_package_around_them() {
    let text = "@since(version = 1.0.0) interface i {}
        package a:b { @since(version = 2.0.0) interface i {} }
        @deprecated(version = 1.1.0) interface j {}";
    let versions = |text: &str, main: &str, name: &str| {
        gate_versions(text, main, name).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(versions(text, "m:m", "m:m"), "1.0.0 1.1.0");
    assert_eq!(versions(text, "m:m", "a:b"), "2.0.0");
    assert_eq!(versions(text, "a:b", "a:b"), "1.0.0 1.1.0 2.0.0");
    let text = format!("package n:n@1.0.0;{text}");
    assert_eq!(versions(&text, "m:m", "n:n"), "1.0.0 1.1.0");
    assert_eq!(versions(&text, "m:m", "m:m"), "");
}

#[test]
fn each_gate_gets_its_own_version() {
    let text = "@since(version = 1.0.0) @deprecated(version = 1.1.0) interface i {}";
    let next = |version: &semver::Version| {
        Some(semver::Version { minor: version.minor + 1, ..version.clone() }).filter(|next| next.minor > 1)
    };
    assert_eq!(apply(text, &gates(text, "a:b", "a:b", &next)), text.replace("1.1.0", "1.2.0"));
}

/// `wit-parser` takes a mark that nothing follows for nothing.
#[test]
fn a_mark_without_a_name_goes_with_the_version() {
    for mark in ["-", "+", "-+"] {
        let text = format!("package a:b@1.0.0{mark};");
        let (old, new) = (version("1.0.0"), version("1.0.1-rc"));
        let resolve =
            wit_diff::surface::resolve(wit_diff::revision::from_text("a.wit", text.clone()), &Default::default());
        assert_eq!(resolve.unwrap().judged.packages[0].version.as_ref(), Some(&old));
        assert_eq!(apply(&text, &declarations(&text, "a:b", &old, &new)), "package a:b@1.0.1-rc;");
        assert_eq!(apply(&text, &declarations(&text, "a:b", &old, &old)), text);
    }
}
