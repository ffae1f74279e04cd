//! `@since` where it was missing.

use crate::mutate::mutate;
use crate::{pairs, version};
use fastrand::Rng;
use semver::Version;
use std::collections::BTreeMap;
use wit_diff::error::Position;
use wit_diff::revision::{Options, Revision, load};
use wit_diff::surface::{Features, Stability, Surface, WorldItemKind, resolve};
use wit_diff::version::edit::{add_since, apply};

/// Adds it at the `«` of a text, in which `§` is where it is expected.
#[track_caller]
fn adds(marked: &str, since: &str) {
    let text = marked.replace('§', "");
    let before: &str = text.split('«').next().unwrap();
    let text = text.replace('«', "");
    let expected = marked.replace('«', "").replace('§', since);
    let line = before.trim_start_matches('\u{feff}').rsplit('\n').next().unwrap();
    let (line, column) = (before.matches('\n').count() + 1, line.chars().count() + 1);
    let edit = add_since(&text, line as u32, column as u32, &version("1.2.3-rc.1"));
    assert_eq!(edit.map_or(text.clone(), |edit| apply(&text, &[edit])), expected);
}

#[test]
fn it_goes_between_documentation_and_the_rest() {
    let since = "@since(version = 1.2.3-rc.1)";
    for marked in [
        "interface i {\n    /// Docs.\n    // note\n    §«f: func();\n}",
        "interface i {\n    /// Docs.\n    §@external-id(\"f\")\n    @deprecated(version = 1.0.0) «f: func();\n}",
        "\u{feff}§interface «i {}",
        "\u{feff}§«interface i {}",
        "package a:b;\n\n\n§world «%world {}\n",
        "world w {\n\t§import «é: func(a: u8);\n}",
        "world w {\n\t \t§export a:b/«c@1.0.0;\n}",
        "world w {\n §import «k: a:b/c@1.0.0;\n}",
        "world w {\n §import «k: interface {\n f: func(); }\n}",
        "world w {\n §include «v with { a as b };\n}",
        "interface i {\n  §use a.{b, c as «d};\n}",
        "interface i {\n  §record «r {\n    a: u8 } }",
        "interface i {\n  resource r {\n    §«constructor(a: u8); } }",
        "interface i {\n  resource r {\n    f: func();\n    §«%m: func();\n } }",
        "package x:y {\n  interface i {\n  }\n  §world «w {}\n}",
    ] {
        let indentation = marked.split('§').next().unwrap().rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
        adds(marked, &format!("{since}\n{indentation}"));
        if marked.contains('\n') {
            adds(&marked.replace('\n', "\r\n"), &format!("{since}\r\n{indentation}"));
        }
    }
    for marked in [
        "interface i { §«f: func(); }",
        "interface i { f: func(); §@deprecated(version = 1.0.0) «g: func(); }",
        "interface i {\n  /* no */ §«f: func();\n}",
        "interface i {\n  } §interface «j {}",
        "interface i {\n  é: func(); §resource «r { f: func(); } }",
    ] {
        adds(marked, &format!("{since} "));
    }
}

#[test]
fn a_version_that_is_there_is_replaced() {
    for text in [
        "@since(version = 1.0.0-a) interface i {}",
        "@external-id(\"x\") @ since /* x */ ( version = 1.0.0-a\t) interface i {}",
    ] {
        let column = text.find("i {}").unwrap() as u32 + 1;
        let edit = add_since(text, 1, column, &version("2.0.0")).unwrap();
        assert_eq!(apply(text, &[edit]), text.replace("1.0.0-a", "2.0.0"));
    }
}

#[test]
fn nothing_is_added_where_nothing_is_named() {
    let none = "";
    for marked in [
        "@unstable(feature = f) interface «i {}",
        "«@deprecated(version = 1.0.0) interface i {}",
        "interface i { f: func(«a: u8); }",
        "interface i { type t = «u8; }",
        "interface i { record r { «a: u8 } }",
        "interface i { «}",
        "interface i { // «f\n }",
        "interface i { f: func()«; }",
        "package «a:b@1.0.0;",
        "# interface «i {}",
        "@since(version = 1) interface «i {}",
        "interface i {}«",
        "interface i {}\n\n«",
        "«",
    ] {
        adds(marked, none);
    }
    for (line, column) in [(0, 1), (1, 0), (1, 100), (7, 1), (u32::MAX, u32::MAX)] {
        assert_eq!(add_since("interface i {}", line, column, &version("1.0.0")), None);
    }
}

/// The gate of every item that a statement of the package names, with the place of its name.
fn items(surface: &Surface) -> BTreeMap<String, (Position, Stability)> {
    let mut items = BTreeMap::new();
    let mut add = |path: String, span, stability: &Stability| {
        if let Some(place) = surface.sources.place(span) {
            items.insert(path, (place.position, stability.clone()));
        }
    };
    let said = |attributes| &wit_diff::surface::said(attributes).stability;
    let own = |package: &u32| surface.own.contains(package);
    for (at, interface) in surface.interfaces.iter().enumerate().filter(|(_, interface)| own(&interface.package)) {
        let name = interface.name.as_deref().map_or_else(|| format!("inline {at}"), str::to_owned);
        let name = format!("{} {name}", interface.package);
        if interface.name.is_some() {
            add(name.clone(), interface.span, said(&interface.attributes));
        }
        for &ty in &interface.types {
            let ty = surface.ty(ty);
            add(format!("{name}.{}", ty.name.as_deref().unwrap()), ty.span, said(&ty.attributes));
        }
        for function in &interface.functions {
            add(format!("{name}.{}", function.name), function.span, said(&function.attributes));
        }
    }
    for world in surface.worlds.iter().filter(|world| own(&world.package)) {
        let name = format!("{} world {}", world.package, world.name);
        add(name.clone(), world.span, said(&world.attributes));
        let sides = [("import", &world.imports), ("export", &world.exports)];
        for (side, item) in sides.iter().flat_map(|(side, items)| items.iter().map(move |item| (side, item))) {
            let path = format!("{name} {side} {:?}", item.key);
            match &item.kind {
                _ if !item.stated => {}
                WorldItemKind::Interface(_) => add(path, item.span, said(&item.attributes)),
                WorldItemKind::Function(function) => add(path, function.span, said(&function.attributes)),
                WorldItemKind::Type(ty) => add(path, item.span, said(&surface.ty(*ty).attributes)),
            }
        }
    }
    items
}

fn resolved(revision: &Revision) -> Option<Surface> {
    let features = Features { all: true, ..Features::default() };
    resolve(revision.clone(), &features).ok().map(|views| views.judged)
}

/// Every item of every package that has a version gets a gate, as the real parser sees it.
#[test]
fn every_item_gets_its_gate() {
    let mut rng = Rng::with_seed(3);
    let (mut added, mut corrected) = (0, 0);
    let corpora = pairs::corpora();
    let corpus = corpora.iter().flat_map(|corpus| pairs::neighbours(corpus)).map(|pair| pair.new);
    let mut revisions: Vec<_> = pairs::cases().into_iter().map(|pair| pair.new).chain(corpus).collect();
    revisions.dedup();
    for path in revisions {
        let Ok(mut revision) = load(&path.to_string_lossy(), &Options::default()) else { continue };
        if revision.main.binary {
            continue;
        }
        for file in &mut revision.main.files {
            let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
            file.bytes = mutate(text, "a:b", "1.0.0", &mut rng).into_bytes().into();
        }
        let Some(surface) = resolved(&revision) else { continue };
        let before = items(&surface);
        let release: Vec<Option<&Version>> = surface.packages.iter().map(|package| package.version.as_ref()).collect();
        // One of many is enough of each package.
        let mut paths: Vec<&String> = before.keys().collect();
        rng.shuffle(&mut paths);
        for path in paths.into_iter().take(12) {
            let (position, stability) = &before[path];
            let package: usize = path.split(' ').next().unwrap().parse().unwrap();
            let Some(release) = release[package] else { continue };
            let at = revision.main.files.iter().position(|file| file.path == position.file);
            let Some(at) = at else { continue };
            let text = String::from_utf8(revision.main.files[at].bytes.to_vec()).unwrap();
            let edit = add_since(&text, position.line, position.column, release);
            if let Stability::Unstable { .. } = stability {
                assert_eq!(edit, None, "{path} at {position:?}\n{text}");
                continue;
            }
            let edit = edit.unwrap_or_else(|| panic!("{path} at {position:?}\n{text}"));
            let edited = apply(&text, std::slice::from_ref(&edit));
            let rest = format!("{}{}", &edited[..edit.start], &edited[edit.start + edit.text.len()..]);
            assert_eq!(rest, format!("{}{}", &text[..edit.start], &text[edit.end..]));
            let mut changed = revision.clone();
            changed.main.files[at].bytes = edited.clone().into_bytes().into();
            let surface = resolved(&changed).unwrap_or_else(|| panic!("{edited} does not resolve"));
            let after = items(&surface);
            assert_eq!(after[path].1.since(), Some(release), "{path} at {position:?}\n{edited}");
            assert_eq!(after[path].1.deprecated(), stability.deprecated());
            if stability.since().is_some() {
                corrected += 1;
                assert!(edit.start < edit.end);
            } else {
                added += 1;
                assert_eq!(edit.start, edit.end);
            }
        }
    }
    assert!(added > 500 && corrected > 200, "{added} added, {corrected} corrected");
}
