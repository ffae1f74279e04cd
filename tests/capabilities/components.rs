//! The capabilities of a world are what a component imports that calls everything: the official encoder says which.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use wit_component::{ComponentEncoder, DecodedWasm, StringEncoding, decode, dummy_module, embed_component_metadata};
use wit_diff::capability::{Ways, capabilities};
use wit_diff::revision::{self, Revision};
use wit_diff::surface::{Features, resolve_whole};
use wit_diff::wit_parser::{LiftLowerAbi, ManglingAndAbi, WorldItem, WorldKey};

/// What is imported, by name without a version, with what can be called.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// What a component that calls everything of a world imports, as its binary says.
fn of_component(resolve: &wit_diff::wit_parser::Resolve, world: wit_diff::wit_parser::WorldId) -> Imports {
    let mut module = dummy_module(resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false).unwrap();
    let component = ComponentEncoder::default().module(&module).unwrap().validate(true).encode().unwrap();
    let DecodedWasm::Component(resolve, world) = decode(&component).unwrap() else { panic!("no component") };
    let mut imports = Imports::new();
    for (key, item) in &resolve.worlds[world].imports {
        let name = match (key, item) {
            (WorldKey::Name(name), _) => name.clone(),
            (WorldKey::Interface(id), _) => {
                let name = resolve.id_of(*id).unwrap();
                name.split('@').next().unwrap().to_owned()
            }
        };
        let functions: BTreeSet<String> = match item {
            WorldItem::Interface { id, .. } => resolve.interfaces[*id].functions.keys().cloned().collect(),
            WorldItem::Function(function) => [function.name.clone()].into(),
            WorldItem::Type { .. } => continue,
        };
        imports.entry(name).or_default().extend(functions);
    }
    imports
}

/// Compares every world of a package; how many there are, and how many capabilities.
fn agree(sources: Revision) -> (usize, usize) {
    let (views, resolved) = resolve_whole(sources, &Features::default()).unwrap();
    let surface = views.judged;
    let (mut worlds, mut count) = (0, 0);
    for (&own, &package) in surface.own.iter().zip(&resolved.own) {
        for &id in &surface.package(own).worlds {
            let name = &*surface.world(id).name;
            let found = capabilities(&surface, id);
            let of_world: Imports = (found.iter().filter(|found| found.can_be_called()))
                .map(|found| (found.name.clone(), found.functions.clone()))
                .collect();
            let mut of_component = of_component(&resolved.resolve, resolved.resolve.packages[package].worlds[name]);
            // What only has types is in a component where a type of it is: nothing of it can be called.
            of_component.retain(|_, functions| !functions.is_empty());
            assert_eq!(of_world, of_component, "{name}");
            // In a text, there is a way to everything.
            let ways = Ways::new(&surface, id);
            for capability in &found {
                assert!(ways.of(&capability.name).is_some(), "no way to {} in {name}", capability.name);
            }
            worlds += 1;
            count += of_world.len();
        }
    }
    (worlds, count)
}

#[test]
fn real_components_import_what_wasi_worlds_can_touch() {
    let repository = Some(wasi().path().to_owned());
    let options = revision::Options { repo: repository, ..revision::Options::default() };
    let (mut worlds, mut count) = (0, 0);
    for directory in ["cli", "http", "filesystem", "sockets", "clocks", "random", "io"] {
        for version in ["v0.2.12", "v0.2.0"] {
            let root = if version == "v0.2.0" { "preview2/@" } else { "proposals/@/wit" };
            let input = format!("git:{version}:{}", root.replace('@', directory));
            let (more, capabilities) = agree(revision::load(&input, &options).unwrap());
            (worlds, count) = (worlds + more, count + capabilities);
        }
    }
    assert!(worlds > 10 && count > 100, "{worlds} worlds, {count} capabilities");
}

#[test]
fn real_components_import_what_small_worlds_can_touch() {
    let text = "package a:b@1.0.0;
        interface only-types { record r { a: u8 } }
        interface streams { resource pipe { read: func() -> list<u8>; } }
        interface middle { use streams.{pipe}; open: func() -> pipe; }
        interface handler { use middle.{pipe}; handle: func(body: pipe); }
        world base { import log: func(line: string); import inline: interface { f: func(); } }
        world renamed { include base with { log as trace, inline as nested } import middle; }
        world exporting { export handler; }
        world using { use only-types.{r}; use middle.{pipe}; import f: func(x: r, y: borrow<pipe>); }
        world nothing { export g: func(); }";
    let (worlds, count) = agree(revision::from_text("a.wit", text));
    assert!(worlds == 5 && count > 8, "{worlds} worlds, {count} capabilities");
}
