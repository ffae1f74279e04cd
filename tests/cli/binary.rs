//! WebAssembly: encoded packages, built components, and what is neither.

use super::{MINOR, OLD, Scratch, each};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, PackageId, Resolve};

const WORLD: &str = "package a:b@1.0.0;
interface i { f: func(); }
world w { import i; export run: func(); }";
const GROWN: &str = "package a:b@1.1.0;
interface i { f: func(); g: func(); }
world w { import i; export run: func(); }";

fn parse(text: &str) -> (Resolve, PackageId) {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("test.wit", text).unwrap();
    (resolve, package)
}

/// The package as a WebAssembly binary.
fn encode(text: &str) -> Vec<u8> {
    let (resolve, package) = parse(text);
    wit_component::encode(&resolve, package, false).unwrap()
}

/// A component that fits the world `w`, and the core module in it.
fn component(text: &str) -> (Vec<u8>, Vec<u8>) {
    let (resolve, package) = parse(text);
    let world = resolve.select_world(&[package], Some("w")).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).unwrap();
    let component = ComponentEncoder::default().module(&module).unwrap().validate(true).encode().unwrap();
    (component, module)
}

#[test]
fn an_encoded_package_is_its_text() {
    let scratch = Scratch::filled();
    scratch.write("old.wasm", encode(OLD)).write("new.wasm", encode(MINOR)).write("new", encode(MINOR));
    for (old, new) in [("old.wasm", "new.wasm"), ("old.wit", "new.wasm"), ("old.wasm", "minor.wit"), ("old.wit", "new")]
    {
        let report = scratch.report(0, &[old, new]);
        assert_eq!(
            (each(&report["packages"], "name"), &report["level"]),
            (vec!["a:b"], &"minor".into()),
            "{old} {new}"
        );
        assert_eq!(report["protect"], "guests");
        for (side, input) in [("old", old), ("new", new)] {
            let kind = if input.ends_with(".wit") { "path" } else { "wasm" };
            assert_eq!(report[side]["kind"], kind, "{input}");
        }
    }
    let same = scratch.report(0, &["old.wit", "old.wasm"]);
    assert_eq!(same["packages"][0]["status"], "unchanged");
}

#[test]
fn the_text_form_of_webassembly() {
    let scratch = Scratch::filled();
    scratch.write("module.wat", "(module)").write("component.wat", "(component)").write("bad.wat", "(component");
    scratch.compare(&["old.wit", "module.wat"]).code(3).says("core module").says("help: ");
    scratch
        .compare(&["component.wat", "component.wat"])
        .code(4)
        .says("a component without imports and exports")
        .says("there is nothing to compare; if");
    scratch.compare(&["old.wit", "bad.wat"]).code(3).says("new revision").says("nor valid WebAssembly text");
}

#[test]
fn components_on_both_sides_protect_hosts() {
    let scratch = Scratch::filled();
    scratch.write("old.wasm", component(WORLD).0).write("new.wasm", component(GROWN).0).write("w.wit", WORLD);
    let report = scratch.report(0, &["old.wasm", "new.wasm"]);
    assert_eq!((&report["protect"], &report["old"]["kind"]), (&"hosts".into(), &"wasm".into()));
    assert_eq!((each(&report["packages"], "name"), &report["level"]), (vec!["root:component"], &"major".into()));
    let guests = scratch.report(0, &["old.wasm", "new.wasm", "--protect", "guests"]);
    assert_eq!(guests["protect"], "guests");
    scratch.compare(&["old.wasm", "old.wasm"]).code(0).prints("none for hosts");
    // With text on one side it is the package that is asked about.
    for pair in [["old.wasm", "w.wit"], ["w.wit", "old.wasm"]] {
        assert_eq!(scratch.report(0, &pair)["protect"], "guests");
    }
}

#[test]
fn a_core_module_is_refused() {
    let scratch = Scratch::filled();
    scratch.write("core.wasm", component(WORLD).1);
    for pair in [["core.wasm", "old.wit"], ["old.wit", "core.wasm"]] {
        let run = scratch.compare(&pair).code(3).says("`core.wasm` is a core module, not a component");
        run.says("help: only components and encoded WIT packages carry WIT");
    }
}

#[test]
fn what_is_no_webassembly_at_all() {
    let scratch = Scratch::filled();
    let whole = encode(OLD);
    scratch.write("text.wasm", OLD).write("empty.wasm", "").write("short.wasm", &whole[..whole.len() / 2]);
    scratch.write("magic.wasm", b"\0asm").write("noise.wasm", b"\0asm\x0d\0\x01\0\xff\xff\xff\xff\xff\xff");
    for input in ["text.wasm", "empty.wasm", "short.wasm", "magic.wasm", "noise.wasm"] {
        let report = scratch.report(3, &["old.wit", input]);
        assert_eq!(report["packages"][0]["error"]["side"], "new", "{input}");
    }
    scratch.compare_with_input(&["old.wit", "-"], "\0asm").code(3).says("`-` reads WIT text");
}

#[test]
fn a_dependency_may_be_an_encoded_package() {
    let scratch = Scratch::new();
    for (side, more) in [("old", ""), ("new", " g: func();")] {
        let main = format!("package a:b; interface i {{ use c:d/types.{{t}}; f: func(a: t);{more} }}");
        scratch.write(&format!("{side}/main.wit"), main);
        scratch.write(&format!("{side}/deps/d.wasm"), encode("package c:d; interface types { type t = u8; }"));
    }
    let report = scratch.report(0, &["old", "new"]);
    assert_eq!((each(&report["packages"], "name"), &report["level"]), (vec!["a:b"], &"minor".into()));
    scratch.write("new/deps/d.wasm", component(WORLD).0);
    scratch.compare(&["old", "new"]).code(3).says("`deps/d.wasm` is a built component");
}
