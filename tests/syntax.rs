//! Every file that there is survives being parsed and printed: the same promise, documentation included.

#[path = "support/pairs.rs"]
mod pairs;

use std::fs;
use std::path::{Path, PathBuf};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{PackageStatus, Status};
use wit_diff::revision::{self, Revision, SourceFile};
use wit_diff::surface::Features;
use wit_diff::syntax::parse;
use wit_diff::verdict::Level;

/// Every side of every case, and every version of every corpus.
fn revisions() -> Vec<PathBuf> {
    let corpora = pairs::corpora();
    let versions = corpora.iter().flat_map(|corpus| pairs::neighbours(corpus));
    let mut found: Vec<PathBuf> =
        pairs::cases().into_iter().chain(versions).flat_map(|pair| [pair.old, pair.new]).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn printing_keeps_everything() {
    let mut kept = 0;
    for path in revisions() {
        let load = || revision::load(&path.to_string_lossy(), &revision::Options::default()).unwrap();
        let mut printed = load();
        let texts = all_files(&mut printed).try_for_each(|file| {
            let text = std::str::from_utf8(&file.bytes).ok()?;
            file.bytes = parse(text).ok()?.to_string().into_bytes().into();
            Some(())
        });
        let loads = pipeline::load(&path.to_string_lossy(), &Options::default()).is_ok();
        assert!(!loads || texts.is_some() || has_binary(&load()), "{} does not parse", path.display());
        if !loads || texts.is_none() {
            continue;
        }
        for all in [false, true] {
            let options = Options { features: Features { all, ..Features::default() }, ..Options::default() };
            let report = pipeline::run_sources(load(), printed.clone(), &options);
            assert_eq!(report.status, Status::Complete, "{}: {:?}", path.display(), report.errors);
            assert_eq!(report.level, Level::None, "{}: {:?}", path.display(), report.packages);
            assert!(report.packages.iter().all(|package| package.status == PackageStatus::Unchanged));
        }
        kept += 1;
    }
    assert!(kept > 500, "only {kept} revisions were printed");
}

#[test]
fn printing_twice_is_printing_once() {
    let mut files = Vec::new();
    for path in revisions() {
        wit_files(&path, &mut files);
    }
    let mut printed = 0;
    for file in files {
        let Some(tree) = fs::read_to_string(&file).ok().and_then(|text| parse(&text).ok()) else { continue };
        let text = tree.to_string();
        let again = parse(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", file.display()));
        assert_eq!(again, tree, "{}", file.display());
        assert_eq!(again.to_string(), text, "{}", file.display());
        printed += 1;
    }
    assert!(printed > 500, "only {printed} files were printed");
}

#[test]
fn every_form_is_read() {
    let text = r#"/// The package.
package a:b@1.0.0-rc.1+x-y.2;

use c:d/e@0.2.0-rc-2023-11-10 as %use;

/// One.
/** Two. */
@since(version = 1.0.0)
@deprecated(version = 1.1.0)
interface i {
    @unstable(feature = %type)
    use k.{a, b as %list};
    use c:d/e@0.2.0-rc-2023-11-10.{t};
    type all = tuple<bool, u8, u16, u32, u64, s8, s16, s32, s64, f32, f64, char, string, error-context>;
    type more = result<option<list<list<u8, 4>>>, map<string, future<stream<u8>>>>;
    type rest = tuple<result, result<u8>, result<_, u8>, future, stream, own<r>, borrow<r>>;
    record %record {
        /// A field.
        %own: %result,
    }
    variant v {
        a(u8),
        b,
    }
    enum e {
        a,
    }
    flags f {
        a,
    }
    resource empty;
    @external-id("a \" // b")
    resource r {
        constructor(a: u8) -> result<r>;
        m: func();
        n: async func() -> u8;
        s: static func(r: r);
        p: get() -> u32;
        p: set(value: u32);
        q: static get() -> u8;
    }
    get: func(x: u8, y: get) -> set;
}

world w {
    include v;
    include c:d/w@1.0.0 with { a as b, c as %with }
    use i.{r};
    type t = u8;
    import i;
    import c:d/e@0.2.0;
    import get: get() -> u8;
    import set: async func();
    export k: i;
    export l: c:d/e@0.2.0;
    export m: interface {
        f: func();
    }
    @external-id("z")
    export n: func();
}

/// Nested.
package x:y {
    interface i {
    }
    package z:z@0.1.0 {
    }
}
"#;
    assert_eq!(parse(text).unwrap().to_string(), text);
}

#[test]
fn comments_and_layout_are_dropped() {
    let text = "\u{feff}// no\r\npackage a:b /* no */;\r\n//// no\n/// yes\n/***/interface i{f:func(/* no */a:u8,)// no\n;/// no\n}";
    assert_eq!(parse(text).unwrap().to_string(), "package a:b;\n\n/// yes\ninterface i {\n    f: func(a: u8);\n}\n");
}

#[test]
fn what_is_no_wit_is_refused_at_its_place() {
    let nested = format!("interface i {{ type t = {}u8{}; }}", "option<".repeat(100), ">".repeat(100));
    let cases = [
        ("interface", "WIT:1:10: expected a name, found `the end`"),
        ("interface i {\n  f func();\n}", "WIT:2:5: expected `:`, found `func`"),
        ("interface i { type t = list; }", "WIT:1:28: expected `<`, found `;`"),
        ("interface i { type t = 5; }", "WIT:1:24: expected a type, found `5`"),
        ("interface i { type t = list<u8, x>; }", "WIT:1:33: expected a number, found `x`"),
        ("@other(x) interface i {}", "WIT:1:2: expected an attribute that there is, found `other`"),
        ("package a:b@1.0;", "WIT:1:16: expected `.`, found `;`"),
        (
            "@since(version = 1.0.0) package a:b {}",
            "WIT:1:25: expected an interface, a world, `use` or `package`, found `package`",
        ),
        ("/* é */ é\n\"", "WIT:2:1: the string never ends"),
        ("é /*", "WIT:1:3: the comment never ends"),
        ("#", "WIT:1:1: unexpected character '#'"),
        (&nested, "WIT:1:724: expected a type less deep, found `u8`"),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text).unwrap_err().to_string(), expected, "{text}");
    }
}

fn all_files(revision: &mut Revision) -> impl Iterator<Item = &mut SourceFile> {
    let bundles = std::iter::once(&mut revision.main).chain(&mut revision.deps).chain(&mut revision.siblings);
    bundles.flat_map(|bundle| &mut bundle.files)
}

fn has_binary(revision: &Revision) -> bool {
    revision.main.binary || revision.deps.iter().chain(&revision.siblings).any(|bundle| bundle.binary)
}

fn wit_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            wit_files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "wit") {
        found.push(path.to_path_buf());
    }
}
