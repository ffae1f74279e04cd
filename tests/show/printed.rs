//! What `wit-diff show` prints, and how it ends.

use crate::scratch::Scratch;
use wit_diff::report;

const PACKAGE: &str = "\
package a:b@1.2.0;

interface types {
    use wasi:io/streams@0.2.3.{input-stream as inflow, count};
    type name = string;
    /// Documentation.
    @since(version = 1.0.0)
    record entry { name: name, size: count }
    variant failure { none, some(option<name>), nested(failure2) }
    enum failure2 { x }
    flags permissions { read, write }
    resource dir {
        constructor(n: name);
        open: async func(e: borrow<entry2>) -> result<inflow, failure>;
        make: static func(self: name) -> own<dir>;
    }
    type entry2 = dir;
    @deprecated(version = 1.1.0)
    @since(version = 1.0.0)
    z: func(entries: list<entry>) -> tuple<name, count>;
    @unstable(feature = early)
    y: func();
}
world base { import types; }
world w {
    include base;
    import k: interface { f: func(); }
    export run: func() -> string;
    type t = u8;
}
";
const IO: &str =
    "package wasi:io@0.2.3;\ninterface streams { type count = u64; resource input-stream; skip: func(); }\n";

fn filled() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", PACKAGE).write("wit/deps/io/io.wit", IO);
    scratch
}

const SHOWN: &str = "\
a:b package 1.2.0
a:b/types interface
a:b/types#count type u64
a:b/types#dir resource
a:b/types#[constructor]dir func(n: string) -> dir
a:b/types#[method]dir.open async func(e: borrow<dir>) -> result<wasi:io/streams@0.2#input-stream, failure>
a:b/types#[static]dir.make func(self: string) -> dir
a:b/types#entry record
a:b/types#entry.name field string
a:b/types#entry.size field u64
a:b/types#entry2 type dir
a:b/types#failure variant
a:b/types#failure.none case
a:b/types#failure.some case option<string>
a:b/types#failure.nested case failure2
a:b/types#failure2 enum
a:b/types#failure2.x case
a:b/types#inflow type wasi:io/streams@0.2#input-stream
a:b/types#name type string
a:b/types#permissions flags
a:b/types#permissions.read flag
a:b/types#permissions.write flag
a:b/types#z func(entries: list<entry>) -> tuple<string, u64> @deprecated(version = 1.1.0)
a:b/base world
a:b/base#import:a:b/types interface a:b/types
a:b/base#import:wasi:io/streams interface wasi:io/streams@0.2
a:b/w world
a:b/w#export:run func() -> string
a:b/w#import:a:b/types interface a:b/types
a:b/w#import:k interface
a:b/w#import:k.f func()
a:b/w#import:wasi:io/streams interface wasi:io/streams@0.2
a:b/w#type:t type u8
wasi:io/streams@0.2 interface
wasi:io/streams@0.2#count type u64
wasi:io/streams@0.2#input-stream resource
wasi:io/streams@0.2#skip func()
";

#[test]
fn one_line_an_item() {
    let scratch = filled();
    let run = scratch.call(&["show"]).code(0).says("more stands behind the feature `early`");
    assert_eq!(run.stdout, SHOWN);
    let own = scratch.call(&["show", "--own", "--all-features", "wit"]).code(0);
    assert_eq!(own.stderr, "");
    let early = "a:b/types#y func() @unstable(feature = early)\n";
    let z = "a:b/types#z ";
    assert_eq!(
        own.stdout,
        SHOWN[..SHOWN.find("wasi:io/streams@0.2 interface").unwrap()].replace(z, &format!("{early}{z}"))
    );
}

#[test]
fn every_input_shows_the_same() {
    let scratch = filled();
    let commit = scratch.commit("one");
    scratch.write("alone.wit", PACKAGE.replace("use wasi:io/streams@0.2.3.{input-stream as inflow, count};", ""));
    for input in ["wit", "HEAD:wit", &commit, "git:HEAD"] {
        assert_eq!(scratch.call(&["show", input]).code(0).stdout, SHOWN, "{input}");
    }
    assert_eq!(scratch.call(&["show", "HEAD", "--package", "a:b"]).code(0).stdout, SHOWN);
    scratch.call(&["show", "HEAD", "--package", "a:c"]).code(4).says("no package `a:c`");
    scratch.call(&["show", "nowhere"]).code(3).says("nowhere");
    let broken = scratch.call(&["show", "alone.wit"]).code(3).says("alone.wit").says("count");
    assert_eq!(broken.stdout, "");
}

#[test]
fn several_packages_and_several_versions() {
    let scratch = Scratch::repository();
    let text = |version: &str| format!("package a:b@{version};\ninterface i {{ f: func(); }}\n");
    scratch.write("one/a.wit", text("1.0.0")).write("two/a.wit", text("2.0.0"));
    scratch.write("c/c.wit", "package a:c;\ninterface j { use a:b/i@1.0.0.{gone}; }\n");
    scratch.write("d/d.wit", "package a:d;\nworld w { import a:b/i@1.0.0; }\n");
    let run = scratch.call(&["show"]).code(3).says("c/c.wit");
    let expected = "\
a:b@1.0.0 package 1.0.0
a:b/i@1.0.0 interface
a:b/i@1.0.0#f func()
a:b@2.0.0 package 2.0.0
a:b/i@2.0.0 interface
a:b/i@2.0.0#f func()
a:d package
a:d/w world
a:d/w#import:a:b/i interface a:b/i@1
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn nothing_acts_on_a_terminal() {
    let scratch = Scratch::repository();
    let text = "package a:b;\ninterface i {\n@external-id(\"\u{200b} ::error:: \u{feff}\")\nf: func();\n}\n";
    scratch.write("a.wit", text);
    for arguments in [&["show", "a.wit"][..], &["show", "--alone", "a.wit"]] {
        let run = scratch.call(arguments).code(0);
        assert!(run.stdout.contains("a:b/i#f func() @external-id("), "{run:?}");
        assert!(!run.stdout.contains(['\u{200b}', '\u{feff}']) && !run.stdout.contains(" ::"), "{run:?}");
    }
}

#[test]
fn what_doubles_with_every_line_stays_short() {
    let scratch = Scratch::repository();
    let mut text = String::from("package a:b;\ninterface i {\ntype t0 = u8;\n");
    (1..60).for_each(|at| text += &format!("type t{at} = tuple<t{}, t{}>;\n", at - 1, at - 1));
    text += "f: func(x: t59);\n}\n";
    scratch.write("a.wit", text);
    let run = scratch.call(&["show", "a.wit"]).code(0);
    assert!(run.stdout.contains("a:b/i#f func(x: t59)\n"), "{run:?}");
    assert!(run.stdout.contains("a:b/i#t56 type tuple<t55, t55>\n"), "{run:?}");
    assert!(run.stdout.lines().all(|line| line.len() < 400), "{run:?}");
}

#[test]
fn one_file_by_itself_needs_no_other() {
    let scratch = Scratch::empty();
    scratch.write("a.wit", PACKAGE);
    let run = scratch.call(&["show", "--alone", "a.wit"]).code(0);
    for line in [
        "a:b/types#inflow use wasi:io/streams@0.2.3#input-stream",
        "a:b/types#entry.name field name",
        "a:b/types#[method]dir.open async func(e: borrow<entry2>) -> result<inflow, failure>",
        "a:b/types#y func() @unstable(feature = early)",
        "a:b/w#include:base include base",
        "a:b/w#import:k.f func()",
    ] {
        assert!(run.stdout.lines().any(|found| found == line), "no {line} in {}", run.stdout);
    }
    scratch.call(&["show", "--alone", "gone.wit"]).code(3).says("gone.wit");
    scratch.call(&["show", "--alone", "."]).code(3).says("name one file of it");
    scratch.call(&["show", "--alone"]).code(2);
}

#[test]
fn a_built_component_shows_what_it_imports() {
    let scratch = Scratch::empty();
    let text = r#"(component (import "a:b/i@1.2.3" (instance (export "f" (func (param "x" (list u8)))))))"#;
    scratch.write("c.wat", text);
    let expected = "\
root:component package
root:component/root world
root:component/root#import:a:b/i interface a:b/i@1
a:b/i@1 interface
a:b/i@1#f func(x: list<u8>)
";
    for arguments in [&["show", "c.wat"][..], &["show", "--alone", "c.wat"]] {
        assert_eq!(scratch.call(arguments).code(0).stdout, expected);
    }
}

#[test]
fn a_file_that_ends_anywhere_is_shown() {
    let whole = report::show_file(PACKAGE);
    let ends = PACKAGE.char_indices().map(|(at, _)| report::show_file(&PACKAGE[..at]));
    let as_it_is = ends.enumerate().filter(|(at, shown)| PACKAGE[..*at].lines().eq(shown.lines())).count();
    assert!(as_it_is > PACKAGE.len() / 2 && !PACKAGE.lines().eq(whole.lines()), "{as_it_is} are shown as they are");
}
