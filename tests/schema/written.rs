//! What the binary writes, in repositories that have something of everything.

use super::run::Run;
use super::scratch::Scratch;
use super::*;

const F: &str = "interface i {\n    record r { a: u32 }\n    f: func(x: r);\n}";
const FG: &str = "interface i {\n    record r { a: u32, b: u32 }\n    f: func(x: r);\n    g: func();\n}";
const G: &str = "interface i {\n    record r { a: u32 }\n    g: func();\n}";
/// Calls with parts of every kind, before and after they cost more.
const COSTS: [&str; 2] = [
    "interface i {
    resource r;
    flags set { a, b }
    record item { name: string, kind: option<u8>, chosen: set }
    f: async func(items: list<item>, by: borrow<r>, names: map<string, r>) -> item;
    g: func(x: list<u8, 8>);
}",
    "interface i {
    resource r;
    flags set { a, b }
    record item { name: string, kind: option<u8>, chosen: set, more: tuple<u64, u64, u64, u64> }
    f: async func(items: list<item>, by: borrow<r>, names: map<string, r>) -> item;
    g: func(x: list<u8, 4294967295>);
}",
];
const SINCE: &str = "@since(version = 1.0.0)";

/// What only a validator that contradicts the tool would bring about.
const NEVER: [(&str, &str); 1] = [("Report", "bug_report")];

/// Documents with their kinds and the commands that wrote them.
#[derive(Default)]
struct Written(Vec<(SchemaKind, String, Value)>);

impl Written {
    /// What a command writes, that ends with `code`.
    #[track_caller]
    fn by(&mut self, scratch: &Scratch, kind: SchemaKind, code: i32, arguments: &[&str]) -> &Value {
        let run = Run::by(&mut scratch.binary(&[arguments, &["--format", "json"]].concat())).code(code);
        is_inert(&run.stdout);
        self.0.push((kind, arguments.join(" "), run.json()));
        &self.0.last().unwrap().2
    }
}

/// No line of it is a workflow command, and no character of it acts.
#[track_caller]
fn is_inert(json: &str) {
    for line in json.lines() {
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}

fn wit(identity: &str, body: &str) -> String {
    format!("package {identity};\n\n{body}\n")
}

fn gated(more: &str) -> String {
    format!("{SINCE}\ninterface i {{\n    {SINCE}\n    f: func();\n{more}}}")
}

/// Packages that leave their tracks, depend on each other, stand in several versions, and carry gates.
fn repository() -> Scratch {
    let scratch = Scratch::repository();
    scratch.git(&["remote", "add", "origin", "https://github.com/acme/wit.git"]);
    let state = |base: &str, body: &str| {
        scratch.write("wit/base/a.wit", wit(&format!("z:base@{base}"), body));
        let body = format!("world w {{ import z:base/i@{base}; }}\ninterface k {{ h: func(); }}");
        scratch.write("wit/mid/a.wit", wit("m:mid@0.3.0", &body));
    };
    state("1.0.0", F);
    scratch.write("wit/gated/a.wit", wit("g:gated@1.0.0", &gated("")));
    scratch.write("wit/locks/a.wit", wit("l:locks@1.0.0", "interface i { resource r; }"));
    scratch.release("v1.0.0");
    state("2.0.0", FG);
    let more = "    g: func();\n    @unstable(feature = later)\n    h: func();\n";
    scratch.write("wit/gated/a.wit", wit("g:gated@1.1.0", &gated(more)));
    scratch.write(
        "wit/next/a.wit",
        wit("l:locks@2.0.0-rc.1", "interface i { resource r; f: func(); }\nworld w { import i; }"),
    );
    scratch.write("target/a.wit", wit("t:target", F)).write(".gitignore", "target\n");
    scratch
}

/// One package in three releases, of which the second one slipped.
fn slipped() -> Scratch {
    let scratch = Scratch::repository();
    for (version, body) in [("1.0.0", F), ("1.0.1", G)] {
        scratch.write("wit/a.wit", wit(&format!("a:p@{version}"), body)).release(&format!("v{version}"));
    }
    scratch.write("wit/a.wit", wit("a:p@1.0.1", "interface i { g: func(x: u8); }"));
    scratch
}

/// A branch on which a release was declared that another branch has taken.
fn taken() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("a.wit", wit("a:b@0.2.3", "interface i { g: func(); }")).release("v0.2.3");
    scratch.git(&["switch", "-q", "-c", "mine"]);
    scratch.git(&["switch", "-q", "main"]);
    scratch.write("a.wit", wit("a:b@0.2.4", "interface i { g: func(); theirs: func(); }")).release("v0.2.4");
    scratch.git(&["switch", "-q", "mine"]);
    scratch.write("a.wit", wit("a:b@0.2.4", "interface i { g: func(); mine: func(); }"));
    scratch
}

/// A topic behind its base, whose last release tells that the declared version is still to come.
fn covered() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("a.wit", wit("a:b@1.0.0", "interface i { f: func(); }")).release("v1.0.0");
    scratch.write("a.wit", wit("a:b@1.1.0", "interface i { f: func(); g: func(); }")).commit("one");
    scratch.git(&["switch", "-q", "-c", "topic"]);
    scratch.write("a.wit", wit("a:b@1.1.0", "interface i { f: func(); g: func(); h: func(); }")).commit("two");
    scratch
}

/// Packages with releases of their own, one of which leaves its track below the others; one of these keeps a copy.
fn following() -> Scratch {
    let scratch = Scratch::repository();
    let user = "interface u {\n    use x:a/i@1.0.0.{r};\n    h: func() -> r;\n}";
    scratch.write("b/b.wit", wit("x:b@1.0.0", user)).write("a/a.wit", wit("x:a@1.0.0", F)).release("b-v1.0.0");
    scratch.write("c/c.wit", wit("x:c@1.0.0", "world w { import x:a/i@1.0.0; }"));
    scratch.write("c/deps/a/a.wit", wit("x:a@1.0.0", G)).release("a-v1.0.0");
    scratch.write("a/a.wit", wit("x:a@1.0.0", FG));
    scratch
}

/// A default branch without a release, checked against itself.
fn unreleased() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("a.wit", wit("a:b@1.0.0", G)).commit("one");
    scratch.write("a.wit", wit("a:b@1.0.0", F));
    scratch
}

/// A dependency in a directory of its own that changes under its version.
fn vendored() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", "world w { import c:d/i@1.0.0; }"));
    scratch.write("wit/deps/d/d.wit", wit("c:d@1.0.0", F)).release("v1.0.0");
    scratch.write("wit/deps/d/d.wit", wit("c:d@1.0.0", FG)).release("v1.0.1");
    scratch
}

/// A world that can touch other things than before, one way or the other.
fn capable() -> Scratch {
    let scratch = Scratch::repository();
    let own = "world v { import wasi:sockets/tcp@0.2.0; }\ninterface k { f: func(); @rest }";
    let world = |rest: &str, statements: &str| {
        let world = format!("world w {{ {statements} import k; }}");
        scratch.write("a.wit", wit("a:b@0.1.0", &format!("{}\n{world}", own.replace("@rest", rest))));
    };
    scratch.write("deps/sockets.wit", wit("wasi:sockets@0.2.0", "interface tcp { f: func(); }"));
    scratch.write("deps/files.wit", wit("wasi:filesystem@0.2.0", "interface types { record r { a: u8 } g: func(); }"));
    let used = "interface u { use wasi:filesystem/types@0.2.0.{r}; h: func() -> r; }";
    scratch.write("deps/used.wit", wit("c:d@0.2.0", used));
    world("", "export c:d/u@0.2.0;");
    scratch.commit("old");
    world("g: func();", "include v; import log: func();");
    scratch
}

/// A package of which a type is renamed, a function breaks, and a release cannot be read, and that goes in the end; beside
/// it one that stays, of which something else is asked, and that holds what no release has.
fn moving() -> Scratch {
    let scratch = Scratch::repository();
    let own = "[packages.\"b:q\"]\nprotect = \"hosts\"\nfeatures = [\"later\"]\n";
    scratch.write("wit-diff.toml", own);
    let gate = "@unstable(feature = later)\ninterface k { f: func(); }";
    for (version, body) in [
        ("1.0.0", "interface i { record point { x: u32 } f: func(p: point); }"),
        ("1.1.0", "interface i { record points { x: u32 } f: func(p: points); }"),
        ("1.2.0", "interface i { f: fun(); }"),
        ("2.0.0", "interface i { record points { x: u64 } f: func(p: points); g: func(); }"),
    ] {
        scratch.write("wit/a/a.wit", wit(&format!("a:p@{version}"), &format!("{body}\n{gate}")));
        scratch.write("wit/b/b.wit", wit(&format!("b:q@{version}"), &format!("interface j {{ f: func(); }}\n{gate}")));
        scratch.release(&format!("v{version}"));
    }
    scratch.git(&["rm", "-q", "-r", "wit/a"]);
    scratch.release("v2.1.0");
    scratch.write("wit/b/b.wit", wit("b:q@2.1.0", "interface j { g: func(); }")).commit("unreleased");
    scratch
}

/// What a terminal or a runner might obey.
const STRANGE: &str = "::error::x ##[error]x %0A \u{1b}[31m \u{202e}gnp \u{9b}";

fn all() -> Written {
    use SchemaKind::{Bump, Capabilities, Config, Cost, Explain, List, Log, Report, Rules, Stability};
    let mut written = Written::default();
    let scratch = repository();
    written.by(&scratch, Report, 1, &["check", "--deny", "gates", "--allow", "minor"]);
    written.by(&scratch, Report, 1, &["compare", "v1.0.0", ".", "--fail-on", "patch"]);
    written.by(&scratch, Report, 0, &["compare", "v1.0.0", ".", "--all-features"]);
    let own = "fail-on = \"major\"\n[packages.\"z:base\"]\nallow = \"none\"\nfail-on = \"minor\"\nprotect = \"hosts\"\n\
               features = [\"later\"]\n";
    let asked = repository();
    asked.write("wit-diff.toml", own);
    written.by(&asked, Config, 0, &["config"]);
    written.by(&asked, Report, 1, &["check"]);
    asked.commit("asked");
    written.by(&asked, Log, 0, &["log", "--commits"]);
    let capable = capable();
    written.by(&capable, Report, 1, &["check", "--against", "HEAD", "--deny-capability", "wasi:sockets/*,log"]);
    written.by(&capable, Capabilities, 0, &["capabilities"]);
    written.by(&capable, Capabilities, 1, &["capabilities", "HEAD", "--deny-capability", "wasi:filesystem/*"]);
    written.by(&capable, Capabilities, 4, &["capabilities", "--world", "none"]);
    written.by(&scratch, Report, 3, &["compare", "v9", "."]);
    written.by(&scratch, List, 0, &["list"]);
    written.by(&scratch, List, 3, &["list", "v9"]);
    written.by(&scratch, Report, 0, &["compare", "v1.0.0:wit/base", "wit/base"]);
    written.by(&scratch, Bump, 0, &["bump"]);
    written.by(&scratch, Bump, 0, &["bump", "--package", "z:base"]);
    scratch.commit("next");
    written.by(&scratch, Report, 0, &["compare", "v1.0.0..HEAD", "--verify", "--witness", "witnesses"]);
    written.by(&scratch, Log, 0, &["log", "--commits"]);
    written.by(&scratch, Log, 0, &["log", "v1.0.0..", "--item", "z:base/i#r", "--features", "later"]);
    scratch.write("wit/broken/a.wit", "package b:broken;\n\ninterface i {\n    f: fun();\n}\n");
    written.by(&scratch, Report, 3, &["compare", "v1.0.0", "."]);
    written.by(&scratch, Bump, 3, &["bump"]);
    written.by(&scratch, List, 0, &["list"]);
    scratch.commit("broken");
    written.by(&scratch, Log, 3, &["log", "--commits"]);
    written.by(&scratch, Log, 4, &["log", "HEAD..HEAD"]);

    written.by(&slipped(), Report, 1, &["check", "--against", "track"]);
    written.by(&covered(), Report, 0, &["check", "--against", "main"]);
    let accepting = slipped();
    accepting.write("wit-diff.toml", "[levels]\nparameter-added = \"patch\"\n");
    let all = ["accept", "--all", "--reason", "x", "--until", "9.0.0", "--who", "y"];
    Run::by(&mut accepting.binary(&all)).code(0);
    written.by(&accepting, Report, 0, &["check"]);
    accepting.write("wit/a.wit", wit("a:p@1.0.1", G));
    written.by(&accepting, Report, 0, &["check"]);
    written.by(&taken(), Bump, 0, &["bump"]);
    written.by(&following(), Bump, 0, &["bump"]);
    written.by(&unreleased(), Bump, 0, &["bump"]);
    written.by(&vendored(), Log, 0, &["log"]);
    let scratch = moving();
    written.by(&scratch, Stability, 3, &["stability"]);
    written.by(&scratch, Stability, 3, &["stability", "v1.0.0..", "--features", "never"]);
    written.by(&scratch, Stability, 4, &["stability", "--package", "a:nobody"]);
    let case = root().join("testdata/cases/use/move-res-with-use");
    let [old, new] = ["old.wit", "new.wit"].map(|side| case.join(side).to_string_lossy().into_owned());
    written.by(&Scratch::empty(), Report, 0, &["compare", &old, &new, "--witness", "witnesses"]);

    for name in ["one-of-two-worlds-breaks", "import-added"] {
        let case = root().join("testdata/profiles/wkg").join(name);
        let [old, new] = ["old.wit", "new.wit"].map(|side| case.join(side).to_string_lossy().into_owned());
        written.by(&Scratch::empty(), Report, 1, &["compare", &old, &new, "--as", "wkg"]);
    }

    let scratch = Scratch::empty();
    written.by(&scratch, Bump, 3, &["bump"]);
    let [old, new] = COSTS.map(|body| wit("a:costs@1.0.0", body));
    scratch.write("costs/old.wit", old).write("costs/new.wit", new);
    written.by(&scratch, Cost, 0, &["cost", "costs/new.wit"]);
    written.by(&scratch, Cost, 3, &["cost", "costs/none.wit"]);
    written.by(&scratch, Report, 0, &["compare", "costs/old.wit", "costs/new.wit", "--cost"]);
    scratch.write("old.wit", wit("a:b", F)).write("new.wit", wit("a:b", &format!("/// {STRANGE}\n{F}")));
    let error = &written.by(&scratch, Report, 3, &["compare", "old.wit", "new.wit"])["errors"][0];
    assert!(error["snippet"].as_str().unwrap().contains(STRANGE), "{error:#}");
    #[cfg(unix)]
    {
        scratch.write(&format!("{STRANGE}/a.wit"), wit("a:b", F));
        let list = &written.by(&scratch, List, 0, &["list", STRANGE]);
        assert_eq!(list["input"]["input"], STRANGE);
    }
    written.by(&scratch, Rules, 0, &["rules"]);
    written.by(&scratch, Explain, 0, &["explain", "--all"]);
    written
}

#[test]
fn what_is_written_is_valid() {
    let mut documents = all().0;
    documents.extend(goldens::all());
    let mut seen: BTreeSet<Field> = BTreeSet::new();
    for &kind in SchemaKind::ALL {
        let schema = closed(kind);
        let validator = validator(&schema);
        let mut count = 0;
        for (_, name, document) in documents.iter().filter(|(of, _, _)| *of == kind) {
            is_valid(&validator, document, name);
            seen.extend(fields_of(&schema, document));
            count += 1;
        }
        assert!(count > 0, "nothing is of the kind {}", kind.name());
    }
    let known: BTreeSet<Field> = SchemaKind::ALL.iter().flat_map(|kind| fields(*kind)).collect();
    let never: BTreeSet<Field> = NEVER.iter().map(|(name, field)| (name.to_string(), field.to_string())).collect();
    let unseen: BTreeSet<Field> = known.difference(&seen).cloned().collect();
    assert_eq!(unseen, never, "nothing has these fields");
}
