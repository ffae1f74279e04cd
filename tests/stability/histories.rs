//! Histories for several tests.

use super::*;

/// Packages, interfaces and types that come, are renamed, and go, one of them as part of another's files.
pub fn come_and_go() -> Scratch {
    let scratch = Scratch::repository();
    let p = |version: &str, body: &str| format!("package a:p@{version};\n{body}\n");
    let nested = "package n:n@1.0.0 { interface in-it { record r { a: u8 } } }";
    scratch.write("a/a.wit", p("1.0.0", "interface i { record point { x: u8 } f: func(p: point); }"));
    scratch.step(0, "v1.0.0");
    let b = "package b:q@1.0.0;\ninterface k { use a:p/i@1.0.0.{point}; g: func(p: point); }\n";
    scratch.write("b/b.wit", b);
    scratch.step(1, "v1.1.0");
    let renamed = "interface i { record points { x: u8 } f: func(p: points); }\ninterface j { h: func(); }";
    scratch.write("a/a.wit", p("2.0.0", &format!("{renamed}\n{nested}")));
    scratch.write("b/b.wit", b.replace("@1.0.0.{point}", "@2.0.0.{points as point}"));
    scratch.step(2, "v2.0.0");
    scratch.git(&["rm", "-q", "-r", "b"]);
    scratch.write("a/a.wit", p("2.1.0", &renamed.replace("h: func();", "h: func(); l: func();")));
    scratch.step(3, "v2.1.0");
    scratch.write("b/b.wit", b.replace("@1.0.0.{point}", "@2.1.0.{points as point}"));
    scratch.write("a/a.wit", p("2.1.0", &renamed.replace("h: func();", "h: func(); l: func();")));
    scratch.step(4, "v2.1.1");
    scratch
}
