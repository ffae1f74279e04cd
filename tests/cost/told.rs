//! `wit-diff cost` and `--cost`, by the binary.

use crate::encoder;
use crate::run::{Run, each, words};
use crate::scratch::Scratch;
use std::path::Path;
use wit_diff::revision::from_text;
use wit_diff::surface::{Features, resolve_whole};
use wit_parser::LiftLowerAbi;

trait Prints {
    /// What was printed holds this text, however it is wrapped.
    fn prints(self, text: &str) -> Self;
}

impl Prints for Run {
    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(words(&self.stdout).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }
}

const OLD: &str = "package a:b@1.0.0;

interface i {
    record r { id: u64, size: u64 }
    f: func() -> list<r>;
    g: func(x: list<u8, 4294967295>);
}
";

const NEW: &str = "package a:b@2.0.0;

interface i {
    record r { id: u64, size: u64, name: string, owner: string, made: u64, changed: u64 }
    f: func() -> list<r>;
    g: func(x: list<u8, 4294967295>);
}
";

fn wasi() -> String {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus/wasi-http/0.2.8");
    corpus.to_string_lossy().into_owned()
}

#[test]
fn a_table_of_every_function() {
    let scratch = Scratch::empty();
    let arguments = ["cost", &wasi(), "--package", "wasi:http"];
    let run = Run::by(scratch.binary(&arguments).env("COLUMNS", "120")).code(0);
    let row = |name: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap();
        let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.skip(1).take(3).map(str::to_owned).collect::<Vec<_>>()
    };
    // Handle and string in, a list of lists of bytes out.
    assert_eq!(row("fields.get"), ["3 → 2", "12 → 8", "1 → 2"]);
    assert_eq!(row("incoming-request.headers"), ["1 → 1", "4 → 4", "-"]);
    run.prints(" functions. Parameters → result. Host ns and guest ns are estimates");
}

/// A component belongs to no package: what it calls, and what others call, is told.
#[test]
fn a_component_is_told_of_as_a_whole() {
    let text = "package a:b@1.0.0; interface i { f: func(x: list<u8>); } interface j { g: func(); h: func() -> u64; }
        world w { import j; export i; import log: func(s: string); }";
    let (_, resolved) = resolve_whole(from_text("a.wit", text), &Features::default()).unwrap();
    let world = resolved.resolve.packages[resolved.own[0]].worlds["w"];
    let scratch = Scratch::empty();
    scratch.write("a.wasm", encoder::component(&resolved.resolve, world, LiftLowerAbi::Sync).unwrap());
    let json = Run::by(&mut scratch.binary(&["cost", "a.wasm", "--format", "json"])).code(0).json();
    let functions = |at: usize| each(&json["packages"][at]["functions"], "path");
    assert_eq!(
        (functions(0), functions(1)),
        (vec!["a:b/i#f", "a:b/j#g", "a:b/j#h"], vec!["root:component/root#import:log"])
    );
}

/// What changes in a component is told of it, whoever's interfaces they are.
#[test]
fn components_are_compared() {
    let scratch = Scratch::empty();
    let component = |result: &str| {
        format!(
            "(component (import \"a:b/c@1.0.0\" (instance (export \"f\" (func (param \"x\" (list u8)) (result {result}))))))"
        )
    };
    scratch.write("old.wat", component("(list string)")).write("new.wat", component("(list (list string))"));
    let run = Run::by(&mut scratch.binary(&["compare", "old.wat", "new.wat", "--cost"])).code(0);
    run.prints("a:b/c#f: result: 2 → 3 buffers").prints("lists-nested: ");
}

/// A check that fails for what is no change says so where somebody wants to accept it.
#[test]
fn costs_are_no_changes_to_accept() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", OLD).write("wit-diff.toml", "deny = [\"costs\"]\n").release("v1.0.0");
    scratch.write(
        "wit/a.wit",
        OLD.replace("g: func(x: list<u8, 4294967295>);", "g: func() -> list<list<string>>;").replace("1.0.0", "2.0.0"),
    );
    Run::by(&mut scratch.binary(&["check"])).code(1);
    Run::by(&mut scratch.binary(&["accept", "--all", "--reason", "meant"]))
        .code(2)
        .says("no change can be accepted for");
}

#[test]
fn the_dearest_come_first() {
    let scratch = Scratch::empty();
    let sorted = |order: &str| {
        let arguments =
            ["cost", &wasi(), "--package", "wasi:http", "--sort", order, "--top", "4", "--format", "markdown"];
        let run = Run::by(&mut scratch.binary(&arguments)).code(0);
        let rows = run.stdout.lines().skip(2).take(4).map(|line| line.split(" | ").nth(1).unwrap().to_owned());
        rows.collect::<Vec<_>>()
    };
    let flat: Vec<u32> =
        sorted("flat").iter().map(|cell| cell.split(" → ").map(|n| n.parse::<u32>().unwrap()).sum()).collect();
    assert!(flat.is_sorted_by(|a, b| a >= b) && flat[0] > 10, "{flat:?}");
}

#[test]
fn every_function_is_taken_apart_where_asked_for() {
    let scratch = Scratch::empty();
    scratch.write("a.wit", OLD);
    let run = Run::by(&mut scratch.binary(&["cost", "a.wit", "--verbose"])).code(0);
    let run =
        run.prints("allocates: result (list, 16 bytes an element)").prints("import: (i32) -> (), result in memory");
    run.prints("not computed: its values do not fit into a memory of 4 GiB");
    let json = Run::by(&mut scratch.binary(&["cost", "a.wit", "--format", "json"])).code(0).json();
    assert_eq!(each(&json["packages"][0]["functions"], "path"), ["a:b/i#f", "a:b/i#g"]);
    for width in ["40", "60"] {
        let run = Run::by(scratch.binary(&["cost", "a.wit"]).env("COLUMNS", width)).code(0);
        assert!(run.stdout.lines().all(|line| line.chars().count() <= 60), "{run:#?}");
    }
}

#[test]
fn what_cannot_be_read_is_no_cost() {
    let scratch = Scratch::empty();
    scratch.write("broken.wit", "package a:b; interface i { f: fun(); }");
    Run::by(&mut scratch.binary(&["cost", "broken.wit"])).code(3).says("`broken.wit`: expected");
    Run::by(&mut scratch.binary(&["cost", "none"])).code(3);
    std::fs::create_dir(scratch.path().join("empty")).unwrap();
    Run::by(&mut scratch.binary(&["cost", "empty"])).code(4);
    Run::by(&mut scratch.binary(&["compare", "a", "b", "--cost=1"])).code(2);
    Run::by(&mut scratch.binary(&["cost", "none", "--length", "1000001"])).code(2);
}

#[test]
fn a_check_fails_where_costs_are_denied_and_only_there() {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", OLD).release("v1.0.0");
    scratch.write("wit/a.wit", NEW);
    let run = Run::by(&mut scratch.binary(&["check"])).code(0);
    assert!(!run.stdout.contains("payload-grown"), "{run:#?}");
    Run::by(&mut scratch.binary(&["check", "--cost"]))
        .code(0)
        .prints("payload-grown: an element of `result` of `a:b/i#f`");
    // 16 bytes became 48: three times as many, and not four times.
    let run = Run::by(&mut scratch.binary(&["check", "--cost=4"])).code(0);
    assert!(!run.stdout.contains("payload-grown"), "{run:#?}");
    for denied in ["payload-grown", "costs"] {
        Run::by(&mut scratch.binary(&["check", "--deny", denied])).code(1).prints("1 payload-grown (wit/a.wit:5:");
    }
    let github = ["check", "--deny", "costs", "--format", "github"];
    Run::by(&mut scratch.binary(&github)).code(1).prints("::error file=wit/a.wit,line=5,");
    let github = ["check", "--cost", "--format", "github"];
    Run::by(&mut scratch.binary(&github)).code(0).prints("::notice file=wit/a.wit,line=5,");
    Run::by(&mut scratch.binary(&["check", "--deny", "parameters-spilled"])).code(0);
    scratch.write("wit-diff.toml", "deny = [\"costs\"]\n");
    Run::by(&mut scratch.binary(&["check"])).code(1);
    scratch.write("wit-diff.toml", "[levels]\npayload-grown = \"minor\"\n");
    Run::by(&mut scratch.binary(&["check"])).code(2).says("what calls cost has no level");
}
