//! WebAssembly that is none, or not enough.

use super::{BODY, HEADER, Scratch};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata, encode};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, PackageId, Resolve};

fn resolve(text: &str) -> (Resolve, PackageId) {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("a.wit", text).unwrap();
    (resolve, package)
}

/// The text as an encoded package.
pub(super) fn package(text: &str) -> Vec<u8> {
    let (resolve, package) = resolve(text);
    encode(&resolve, package, false).unwrap()
}

/// A component for the one world of the text.
pub(super) fn component(text: &str) -> Vec<u8> {
    let (resolve, package) = resolve(text);
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).unwrap();
    ComponentEncoder::default().module(&module).unwrap().encode().unwrap()
}

#[test]
fn truncated() {
    let scratch = Scratch::new();
    let whole = package(&format!("{HEADER}{BODY}"));
    scratch.write("whole.wasm", &whole);
    scratch.accepts("whole.wasm", "none for guests: a:b 1.0.0 (unchanged)");
    let mut unharmed = 0;
    for length in 1..whole.len() {
        scratch.write("cut.wasm", &whole[..length]);
        let run = scratch.compare(&["whole.wasm", "cut.wasm"]);
        // What is behind the package itself is how it was made: without that, it is still all there.
        if run.code == Some(0) {
            run.succeeds("none for guests: a:b 1.0.0 (unchanged)");
            unharmed += 1;
            continue;
        }
        // 4 where what is left is a component with nothing in it.
        assert!(matches!(run.code, Some(3 | 4)), "of {} bytes the first {length}: {run:#?}", whole.len());
        assert!(run.stderr.starts_with("error: new revision `cut.wasm`: "), "{run:#?}");
        assert!(run.stderr.contains(" = help: "), "of {} bytes the first {length}: {run:#?}", whole.len());
    }
    assert_eq!(unharmed, 2);
    scratch.write("half.wasm", &whole[..whole.len() / 2]);
    scratch.refuses(
        "half.wasm",
        "
error: new revision `half.wasm`: `half.wasm` cannot be decoded: unexpected
       end-of-file (at offset 0x36)
 |
 = help: the file seems to be cut short: build or fetch it again
",
    );
    scratch.write("bare.wasm", &whole[..8]);
    scratch.refuses_with(
        "bare.wasm",
        4,
        "
error: new revision `bare.wasm`: `bare.wasm` is a component without imports and
       exports
 |
 = help: there is nothing to compare; if it should have some, the file is
         cut short: build or fetch it again
",
    );
    scratch.write("header.wasm", &whole[..4]);
    scratch.refuses(
        "header.wasm",
        "
error: new revision `header.wasm`: `header.wasm` cannot be decoded: unexpected
       end-of-file (at offset 0x4)
 |
 = help: the file seems to be cut short: build or fetch it again
",
    );
    scratch.write("less.wasm", &whole[..3]);
    scratch.refuses(
        "less.wasm",
        r"
error: new revision `less.wasm`: neither a WebAssembly binary nor valid
       WebAssembly text: unexpected character '\u{0}'
 --> less.wasm:1:1
  |
1 | \u{0}as
  | ^^^^^
  |
  = help: only components and encoded WIT packages carry WIT; a file of WIT
          text is called `*.wit`
",
    );
    scratch.write("nothing.wasm", "");
    scratch.refuses(
        "nothing.wasm",
        "
error: new revision `nothing.wasm`: `nothing.wasm` holds no bytes
 |
 = help: the file seems to be cut short: build or fetch it again
",
    );
}

#[test]
fn core_modules() {
    let scratch = Scratch::new();
    scratch.write("core.wasm", b"\0asm\x01\0\0\0");
    scratch.refuses(
        "core.wasm",
        "
error: new revision `core.wasm`: `core.wasm` is a core module, not a component
 |
 = help: only components and encoded WIT packages carry WIT: `wasm-tools
         component new` makes one
",
    );
    scratch.write("core.wat", "(module)");
    scratch.refuses(
        "core.wat",
        "
error: new revision `core.wat`: `core.wat` is a core module, not a component
 |
 = help: only components and encoded WIT packages carry WIT: `wasm-tools
         component new` makes one
",
    );
    scratch.write("core", b"\0asm\x01\0\0\0");
    scratch.refuses(
        "core",
        "
error: new revision `core`: `core` is a core module, not a component
 |
 = help: only components and encoded WIT packages carry WIT: `wasm-tools
         component new` makes one
",
    );
    let run = scratch.compare_with_input(&["old.wit", "-"], b"\0asm\x01\0\0\0");
    run.fails(
        3,
        "
error: new revision `-`: the standard input holds WebAssembly, and `-` reads WIT
       text
 |
 = help: save it to a file and name that file
",
    );
}

#[test]
fn neither_binary_nor_text() {
    let scratch = Scratch::new();
    scratch.write("wit.wasm", format!("{HEADER}{BODY}"));
    scratch.refuses(
        "wit.wasm",
        "
error: new revision `wit.wasm`: neither a WebAssembly binary nor valid
       WebAssembly text: expected `(`
 --> wit.wasm:1:1
  |
1 | package a:b@1.0.0;
  | ^
  |
  = help: only components and encoded WIT packages carry WIT; a file of WIT
          text is called `*.wit`
",
    );
    scratch.write("noise.wasm", [0xde, 0xad, 0xbe, 0xef]);
    scratch.refuses(
        "noise.wasm",
        "
error: new revision `noise.wasm`: `noise.wasm` is neither a WebAssembly binary
       nor valid WebAssembly text: input bytes aren't valid utf-8
 |
 = help: only components and encoded WIT packages carry WIT; a file of WIT
         text is called `*.wit`
",
    );
    scratch.write("wrong.wat", "(component\n  (instance\n    (export \"a\"))\n");
    scratch.refuses(
        "wrong.wat",
        "
error: new revision `wrong.wat`: neither a WebAssembly binary nor valid
       WebAssembly text: expected `)`
 --> wrong.wat:4:1
  |
4 |
  | ^
  |
  = help: only components and encoded WIT packages carry WIT; a file of WIT
          text is called `*.wit`
",
    );
    scratch.write("deep.wat", "(".repeat(100_000));
    scratch.refuses(
        "deep.wat",
        "
error: new revision `deep.wat`: neither a WebAssembly binary nor valid
       WebAssembly text: expected valid module field
 --> deep.wat:1:2
  |
1 | (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
  |  ^
  |
  = help: only components and encoded WIT packages carry WIT; a file of WIT
          text is called `*.wit`
",
    );
    scratch.write("future.wasm", b"\0asm\x0e\0\x01\0");
    scratch.refuses(
        "future.wasm",
        "
error: new revision `future.wasm`: `future.wasm` cannot be decoded: unknown
       binary version: 0x1000e (at offset 0x4)
 |
 = help: `wasm-tools validate FILE` says whether it is a component at all
",
    );
    // WIT by its contents, whatever the name says.
    scratch.write("wasm.wit", package(&format!("{HEADER}{BODY}")));
    scratch.accepts("wasm.wit", "none for guests: a:b 1.0.0 (unchanged)");
}

/// `wit-parser` panics on an import that is the type of an instance. That is an error of its side like others.
#[test]
fn the_parser_giving_up() {
    let scratch = Scratch::new();
    let text = "(component\n  (type $i (instance (export \"now\" (func))))\n  (import \"clock\" (type (eq $i))))\n";
    scratch.write("panic.wat", text);
    scratch.refuses(
        "panic.wat",
        "
error: new revision `panic.wat`: the parser gave up on this input: internal
       error: entered unreachable code
 |
 = help: please report it, with the input
",
    );
    let report = scratch.compare(&["old.wit", "panic.wat", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["status"], "undetermined");
    assert!(report["packages"][0]["level"].is_null(), "{report:#}");
}

#[test]
fn a_component_in_deps() {
    let scratch = Scratch::new();
    let text = "package c:d;\ninterface i {\n  type t = u8;\n}\nworld w {\n  import i;\n}\n";
    let user = format!("{HEADER}interface i {{\n  use c:d/i.{{t}};\n  f: func();\n}}\n");
    scratch.write("built/main.wit", &user).write("built/deps/d.wasm", component(text));
    scratch.refuses(
        "built",
        "
error: new revision `built`: `deps/d.wasm` is a built component, not an encoded
       WIT package
 |
 = help: a dependency must be WIT: `wasm-tools component wit FILE` shows
         what a component offers
",
    );
    scratch.write("encoded/main.wit", &user).write("encoded/deps/d.wasm", package(text));
    scratch.accepts("encoded", "minor for guests: a:b 1.0.0");
    scratch.write("twice/main.wit", &user).write("twice/deps/d.wasm", package(text)).write("twice/deps/e.wit", text);
    scratch.refuses(
        "twice",
        "
error: new revision `twice`: package `c:d` is in `deps/d.wasm` and in
       `deps/e.wit`
 |
 = help: keep one of the two
",
    );
    let other = text.replace("u8", "u16");
    scratch
        .write("two/main.wit", &user)
        .write("two/deps/d.wasm", package(text))
        .write("two/deps/e.wasm", package(&other));
    scratch.refuses(
        "two",
        "
error: new revision `two`: package `c:d` is in `deps/e.wasm` and in
       `deps/d.wasm`
 |
 = help: keep one of the two
",
    );
    scratch.write("core/main.wit", &user).write("core/deps/d.wasm", b"\0asm\x01\0\0\0");
    scratch.refuses(
        "core",
        "
error: new revision `core`: `deps/d.wasm` is a core module, not a component
 |
 = help: only components and encoded WIT packages carry WIT: `wasm-tools
         component new` makes one
",
    );
    scratch.write("cut/main.wit", &user).write("cut/deps/d.wasm", &package(text)[..40]);
    scratch.refuses(
        "cut",
        "
error: new revision `cut`: `deps/d.wasm` cannot be decoded: unexpected
       end-of-file (at offset 0x25)
 |
 = help: the file seems to be cut short: build or fetch it again
",
    );
}

#[test]
fn deep_in_a_binary() {
    let scratch = Scratch::new();
    let types: String = (1..900).map(|n| format!("  type t{n} = list<t{}>;\n", n - 1)).collect();
    let text = |first: &str| format!("{HEADER}interface i {{\n  type t0 = {first};\n{types}  f: func(a: t899);\n}}\n");
    scratch.write("deep.wat", format!("(component {})", "(component ".repeat(2000) + &")".repeat(2000)));
    scratch.refuses(
        "deep.wat",
        "
error: new revision `deep.wat`: neither a WebAssembly binary nor valid
       WebAssembly text: item nesting too deep
 --> deep.wat:1:1102
  |
1 | ...(component (component (component (component (component (component (com...
  |                                      ^
  |
  = help: only components and encoded WIT packages carry WIT; a file of WIT
          text is called `*.wit`
",
    );
    scratch.write("eight.wit", text("u8"));
    scratch.write("types.wat", {
        let types: String = (1..900).map(|n| format!("(type $t{n} (list $t{}))\n", n - 1)).collect();
        format!("(component (import \"a:b/i\" (instance (type $t0 (list u8))\n{types})))")
    });
    scratch.compare(&["types.wat", "types.wat"]).fails(
        3,
        "
error: old revision `types.wat`: `types.wat` cannot be decoded: type nesting is
       too deep (at offset 0xc)
 |
 = help: `wasm-tools validate FILE` says whether it is a component at all
error: new revision `types.wat`: `types.wat` cannot be decoded: type nesting is
       too deep (at offset 0xc)
 |
 = help: `wasm-tools validate FILE` says whether it is a component at all
",
    );
}
