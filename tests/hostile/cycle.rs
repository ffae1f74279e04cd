//! Nesting without end, circles, and two of what there is to be one of.

use super::{BODY, HEADER, Scratch};

fn nested(depth: usize) -> String {
    let (open, close) = ("list<".repeat(depth), ">".repeat(depth));
    format!("{HEADER}interface i {{\n  f: func();\n  type t =\n{open}u8{close};\n}}\n")
}

#[test]
fn nested_types() {
    let scratch = Scratch::new();
    scratch.write("deep.wit", nested(99));
    scratch.accepts("deep.wit", "minor for guests: a:b 1.0.0");
    scratch.write("100.wit", nested(100)).write("101.wit", nested(101)).write("100000.wit", nested(100_000));
    scratch.refuses(
        "100.wit",
        "
error: new revision `100.wit`: type nesting too deep
 --> 100.wit:5:501
  |
5 | ...ist<list<list<list<list<list<list<u8>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>...
  |                                      ^
  |
  = help: types lie at most 99 deep in each other: name an inner one with
          `type`
",
    );
    scratch.refuses(
        "101.wit",
        "
error: new revision `101.wit`: type nesting too deep
 --> 101.wit:5:501
  |
5 | ...ist<list<list<list<list<list<list<list<u8>>>>>>>>>>>>>>>>>>>>>>>>>>>>>...
  |                                      ^
  |
  = help: types lie at most 99 deep in each other: name an inner one with
          `type`
",
    );
    scratch.refuses(
        "100000.wit",
        "
error: new revision `100000.wit`: type nesting too deep
 --> 100000.wit:5:501
  |
5 | ...ist<list<list<list<list<list<list<list<list<list<list<list<list<list<l...
  |                                      ^
  |
  = help: types lie at most 99 deep in each other: name an inner one with
          `type`
",
    );
    // The limit is one of the text: with names between them, types lie as deep in each other as they like.
    let names = |first: &str| -> String {
        let types: String = (1..=5_000).map(|n| format!("  type t{n} = list<t{}>;\n", n - 1)).collect();
        format!("{HEADER}interface i {{\n  type t0 = {first};\n{types}  f: func(a: t5000);\n}}\n")
    };
    scratch.write("eight.wit", names("u8")).write("sixteen.wit", names("u16"));
    scratch.compare(&["eight.wit", "eight.wit"]).succeeds("none for guests: a:b 1.0.0 (unchanged)");
    scratch.compare(&["eight.wit", "sixteen.wit"]).succeeds("major for guests: a:b 1.0.0");
    let packages = format!("{}{}", "package a:b {\n".repeat(101), "}\n".repeat(101));
    scratch.write("packages.wit", packages);
    scratch.refuses(
        "packages.wit",
        "
error: new revision `packages.wit`: package nesting too deep
   --> packages.wit:101:1
    |
101 | package a:b {
    | ^
    |
    = help: give the inner packages files of their own in `deps/`
",
    );
}

#[test]
fn types_that_double() {
    let scratch = Scratch::new();
    let text = |first: &str| -> String {
        let types: String = (1..100).map(|n| format!("  record t{n} {{ a: t{0}, b: t{0} }}\n", n - 1)).collect();
        format!("{HEADER}interface i {{\n  record t0 {{ a: {first} }}\n{types}  f: func(a: t99);\n}}\n")
    };
    // Written out, these would be 2^99 fields.
    scratch.write("eight.wit", text("u8")).write("sixteen.wit", text("u16"));
    scratch.compare(&["eight.wit", "eight.wit"]).succeeds("none for guests: a:b 1.0.0 (unchanged)");
    scratch.compare(&["eight.wit", "sixteen.wit"]).succeeds("major for guests: a:b 1.0.0");
}

#[test]
fn types_and_interfaces_in_a_circle() {
    let scratch = Scratch::new();
    scratch.write("types.wit", format!("{HEADER}interface i {{\n  record r {{ a: s }}\n  record s {{ a: r }}\n}}\n"));
    scratch.refuses(
        "types.wit",
        "
error: new revision `types.wit`: type `s` depends on itself
 --> types.wit:3:17
  |
3 |   record r { a: s }
  |                 ^
  |
  = help: types cannot be recursive: let one hold a resource, or an index
          into a list
",
    );
    scratch.write("itself.wit", format!("{HEADER}interface i {{\n  type t = t;\n}}\n"));
    scratch.refuses(
        "itself.wit",
        "
error: new revision `itself.wit`: type `t` depends on itself
 --> itself.wit:3:12
  |
3 |   type t = t;
  |            ^
  |
  = help: types cannot be recursive: let one hold a resource, or an index
          into a list
",
    );
    scratch
        .write("uses.wit", format!("{HEADER}interface i {{\n  use j.{{t}};\n}}\ninterface j {{\n  use i.{{t}};\n}}\n"));
    scratch.refuses(
        "uses.wit",
        "
error: new revision `uses.wit`: interface or world `j` depends on itself
 --> uses.wit:5:11
  |
5 | interface j {
  |           ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third one
",
    );
}

#[test]
fn worlds_in_a_circle() {
    let scratch = Scratch::new();
    scratch.write("two.wit", format!("{HEADER}world v {{\n  include w;\n}}\nworld w {{\n  include v;\n}}\n"));
    scratch.refuses(
        "two.wit",
        "
error: new revision `two.wit`: interface or world `w` depends on itself
 --> two.wit:5:7
  |
5 | world w {
  |       ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third one
",
    );
    scratch.write("one.wit", format!("{HEADER}world w {{\n  include w;\n}}\n"));
    scratch.refuses(
        "one.wit",
        "
error: new revision `one.wit`: interface or world `w` depends on itself
 --> one.wit:2:7
  |
2 | world w {
  |       ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third one
",
    );
}

#[test]
fn packages_in_a_circle() {
    let scratch = Scratch::new();
    let user = |package: &str, of: &str| format!("package {package};\ninterface i {{\n  use {of}/i.{{t}};\n}}\n");
    scratch.write("own/main.wit", user("a:b", "c:d")).write("own/deps/d.wit", user("c:d", "a:b"));
    scratch.refuses(
        "own",
        "
error: new revision `own`: package `c:d` creates a dependency cycle
 --> main.wit:3:7
  |
3 |   use c:d/i.{t};
  |       ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third package
",
    );
    scratch.write("deps/main.wit", user("a:b", "c:d"));
    scratch.write("deps/deps/d.wit", user("c:d", "e:f")).write("deps/deps/f.wit", user("e:f", "c:d"));
    scratch.refuses(
        "deps",
        "
error: new revision `deps`: package `c:d` creates a dependency cycle
 --> deps/f.wit:3:7
  |
3 |   use c:d/i.{t};
  |       ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third package
",
    );
    scratch.write("beside/b/main.wit", user("a:b", "c:d")).write("beside/d/main.wit", user("c:d", "a:b"));
    scratch.refuses(
        "beside/b",
        "
error: new revision `beside/b`: package `c:d` creates a dependency cycle
 --> main.wit:3:7
  |
3 |   use c:d/i.{t};
  |       ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third package
",
    );
    let inner = "package c:d { interface i { use e:f/i.{t}; } }\npackage e:f { interface i { use c:d/i.{t}; } }\n";
    scratch.write("nested.wit", format!("{HEADER}{inner}"));
    scratch.refuses(
        "nested.wit",
        "
error: new revision `nested.wit`: package `e:f` creates a dependency cycle
 --> nested.wit:2:33
  |
2 | package c:d { interface i { use e:f/i.{t}; } }
  |                                 ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third package
",
    );
    let inner = "package c:d { world w { include e:f/w; } }\npackage e:f { world w { include c:d/w; } }\n";
    scratch.write("worlds.wit", format!("{HEADER}{inner}"));
    scratch.refuses(
        "worlds.wit",
        "
error: new revision `worlds.wit`: package `e:f` creates a dependency cycle
 --> worlds.wit:2:33
  |
2 | package c:d { world w { include e:f/w; } }
  |                                 ^
  |
  = help: leave out one step of the circle, or move what is shared into a
          third package
",
    );
}

#[test]
fn duplicate_packages() {
    let scratch = Scratch::new();
    let package = "package c:d;\ninterface i {\n  type t = u8;\n}\n";
    scratch.write("deps/main.wit", format!("{HEADER}{BODY}"));
    scratch.write("deps/deps/one.wit", package).write("deps/deps/two/x.wit", package.replace("u8", "u16"));
    scratch.refuses(
        "deps",
        "
error: new revision `deps`: package `c:d` is defined in two different locations
 --> deps/two/x.wit:1:9
  |
1 | package c:d;
  |         ^
  |
  = help: it is declared at deps/one.wit:1:9, too: keep one of the two
",
    );
    scratch.write("own/main.wit", format!("{HEADER}{BODY}")).write("own/deps/b.wit", format!("{HEADER}{BODY}"));
    scratch.refuses(
        "own",
        "
error: new revision `own`: package `a:b@1.0.0` is defined in two different
       locations
 --> deps/b.wit:1:9
  |
1 | package a:b@1.0.0;
  |         ^
  |
  = help: it is declared at main.wit:1:9, too: keep one of the two
",
    );
    scratch.write("nested.wit", format!("{HEADER}package c:d {{ }}\npackage c:d {{ }}\n"));
    scratch.refuses(
        "nested.wit",
        "
error: new revision `nested.wit`: package `c:d` is defined in two different
       locations
 --> nested.wit:3:9
  |
3 | package c:d { }
  |         ^
  |
  = help: it is declared at nested.wit:2:9, too: keep one of the two
",
    );
    scratch.write("itself.wit", format!("{HEADER}package a:b@1.0.0 {{ }}\n"));
    scratch.refuses(
        "itself.wit",
        "
error: new revision `itself.wit`: package `a:b@1.0.0` is defined in two
       different locations
 --> itself.wit:1:9
  |
1 | package a:b@1.0.0;
  |         ^
  |
  = help: it is declared at itself.wit:2:9, too: keep one of the two
",
    );
    scratch.write("twice.wit", format!("{HEADER}{HEADER}{BODY}"));
    scratch.refuses(
        "twice.wit",
        "
error: new revision `twice.wit`: expected '{', found ';'
 --> twice.wit:2:18
  |
2 | package a:b@1.0.0;
  |                  ^
  |
  = help: a package is declared once in a file; others in it have their
          items in braces
",
    );
    scratch.write("two/a.wit", HEADER).write("two/b.wit", "package a:c;\n");
    scratch.refuses(
        "two",
        "
error: new revision `two`: package identifier `a:c` does not match previous
       package name of `a:b@1.0.0`
 --> b.wit:1:9
  |
1 | package a:c;
  |         ^
  |
  = help: the files of a directory are one package: others belong into
          `deps/`
",
    );
    // The same header in several files of a directory is one package.
    scratch.write("same/a.wit", HEADER).write("same/b.wit", format!("{HEADER}{BODY}"));
    scratch.accepts("same", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.write("items.wit", format!("{HEADER}{BODY}{BODY}"));
    scratch.refuses(
        "items.wit",
        "
error: new revision `items.wit`: duplicate item named `i`
 --> items.wit:5:11
  |
5 | interface i {
  |           ^
  |
  = help: rename one of the two, or delete it
",
    );
}
