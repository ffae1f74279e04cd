//! The core signatures are those of components that the official encoder builds and the official validator accepts.

use crate::pairs::{self, Pair};
use std::collections::BTreeMap;
use std::path::Path;
use wasmparser::{Encoding, ExternalKind, Parser, Payload, TypeRef, ValType};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_diff::cost::{self, Call, Core, MAX_FLAT_ASYNC_PARAMETERS, MAX_FLAT_PARAMETERS, MAX_FLAT_RESULTS, Signature};
use wit_diff::revision;
use wit_diff::surface::{Features, Resolved, resolve_whole};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// Parameters and results of core functions by what they are called in a module: `import MODULE NAME`, `export NAME`.
type Found = BTreeMap<String, (Vec<Core>, Vec<Core>)>;

fn core(types: &[ValType]) -> Vec<Core> {
    let core = |ty: &ValType| match ty {
        ValType::I32 => Core::I32,
        ValType::I64 => Core::I64,
        ValType::F32 => Core::F32,
        ValType::F64 => Core::F64,
        ValType::V128 | ValType::Ref(_) => panic!("{ty} in a signature"),
    };
    types.iter().map(core).collect()
}

/// The signatures in the first core module of a component: that of the guest itself.
fn read(component: &[u8]) -> Found {
    let (mut types, mut functions, mut found, mut modules) = (Vec::new(), Vec::new(), Found::new(), 0);
    for payload in Parser::new(0).parse_all(component) {
        match payload.unwrap() {
            Payload::Version { encoding: Encoding::Module, .. } => modules += 1,
            _ if modules != 1 => {}
            Payload::TypeSection(section) => {
                types.extend(section.into_iter_err_on_gc_types().map(|ty| {
                    let ty = ty.unwrap();
                    (core(ty.params()), core(ty.results()))
                }));
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.unwrap();
                    if let TypeRef::Func(ty) = import.ty {
                        functions.push(ty);
                        found.insert(format!("import {} {}", import.module, import.name), types[ty as usize].clone());
                    }
                }
            }
            Payload::FunctionSection(section) => functions.extend(section.into_iter().map(Result::unwrap)),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.unwrap();
                    if export.kind == ExternalKind::Func {
                        let ty = types[functions[export.index as usize] as usize].clone();
                        found.insert(format!("export {}", export.name), ty);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// A component that uses and implements all of `world`; `None` where there is none.
pub fn component(resolve: &Resolve, world: WorldId, abi: LiftLowerAbi) -> Option<Vec<u8>> {
    let mut module = dummy_module(resolve, world, ManglingAndAbi::Legacy(abi));
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false).ok()?;
    // With all that it refers to, the whole component is validated: each signature against the type that it stands for.
    ComponentEncoder::default().module(&module).ok()?.validate(true).encode().ok()
}

/// What the guest of such a component is made of.
fn built(resolve: &Resolve, world: WorldId, abi: LiftLowerAbi) -> Option<Found> {
    component(resolve, world, abi).map(|component| read(&component))
}

/// Checks every function of an interface against worlds that import and export it; how many signatures were held
/// against each other.
fn check(resolved: &Resolved, name: &str) -> usize {
    let mut checked = 0;
    let calls = cost::of(resolved, cost::LENGTH);
    for &package in &resolved.own {
        let full = resolved.resolve.packages[package].name.clone();
        for interface in resolved.resolve.packages[package].interfaces.keys() {
            let id = full.interface_id(interface);
            let mut resolve = resolved.resolve.clone();
            let text =
                format!("package made-up:worlds; world imports {{ import {id}; }} world exports {{ export {id}; }}");
            let Ok(made_up) = resolve.push_str("made-up.wit", &text) else { continue };
            let prefix = format!("{}:{}/{interface}#", full.namespace, full.name);
            for (abi, is_async) in [(LiftLowerAbi::Sync, false), (LiftLowerAbi::AsyncCallback, true)] {
                let mut found = Found::new();
                for world in ["imports", "exports"] {
                    let world = resolve.packages[made_up].worlds[world];
                    found.extend(built(&resolve, world, abi).unwrap_or_default());
                }
                for call in calls.iter().filter(|call| call.path.starts_with(&prefix)) {
                    let function = &call.path[prefix.len()..];
                    checked += compare(call, &id, function, is_async, &found, name);
                }
            }
        }
    }
    checked
}

fn compare(call: &Call, id: &str, function: &str, is_async: bool, found: &Found, name: &str) -> usize {
    let shape = call.shape.as_ref().unwrap_or_else(|why| panic!("{name}: {}: {why:?}", call.path));
    limits(call);
    let of = |signature: &Signature| (signature.parameters.clone(), signature.results.clone());
    let expected = match &shape.signatures.not_waiting {
        Some(signatures) if is_async => vec![
            (format!("import {id} [async-lower]{function}"), of(&signatures.import)),
            (format!("export [async-lift]{id}#{function}"), of(&signatures.export)),
            (format!("import [export]{id} [task-return]{function}"), of(&signatures.task_return)),
        ],
        _ => vec![
            (format!("import {id} {function}"), of(&shape.signatures.import)),
            (format!("export {id}#{function}"), of(&shape.signatures.export)),
        ],
    };
    let mut checked = 0;
    for (key, signature) in expected {
        if let Some(encoded) = found.get(&key) {
            assert_eq!(*encoded, signature, "{name}: {key}");
            checked += 1;
        }
    }
    checked
}

/// Whether something is in memory follows from how many flat values there are.
fn limits(call: &Call) {
    let shape = call.shape.as_ref().unwrap();
    let (parameters, result) = (shape.parameters.flat as usize, shape.result.as_ref().map_or(0, |r| r.flat as usize));
    let path = &call.path;
    for signature in [&shape.signatures.import, &shape.signatures.export] {
        assert_eq!(signature.parameters_in_memory, parameters > MAX_FLAT_PARAMETERS, "{path}");
        assert_eq!(signature.result_in_memory, result > MAX_FLAT_RESULTS, "{path}");
    }
    let import = &shape.signatures.import;
    let flat = if import.parameters_in_memory { 1 } else { parameters };
    assert_eq!(import.parameters.len(), flat + usize::from(import.result_in_memory), "{path}");
    if let Some(signatures) = &shape.signatures.not_waiting {
        assert_eq!(signatures.import.parameters_in_memory, parameters > MAX_FLAT_ASYNC_PARAMETERS, "{path}");
        assert_eq!(signatures.export.parameters_in_memory, parameters > MAX_FLAT_PARAMETERS, "{path}");
        assert_eq!(signatures.task_return.parameters_in_memory, result > MAX_FLAT_PARAMETERS, "{path}");
    }
}

fn resolved(path: &Path) -> Option<Resolved> {
    let revision = revision::load(path.to_str().unwrap(), &revision::Options::default()).ok()?;
    Some(resolve_whole(revision, &Features { all: true, ..Features::default() }).ok()?.1)
}

fn check_pairs(pairs: &[Pair]) -> usize {
    let check = |path: &Path, name: &str| resolved(path).map_or(0, |resolved| check(&resolved, name));
    pairs.iter().map(|pair| check(&pair.old, &pair.name) + check(&pair.new, &pair.name)).sum()
}

#[test]
fn signatures_of_every_case_are_those_that_are_encoded() {
    let checked = check_pairs(&pairs::cases());
    assert!(checked > 1_000, "only {checked} signatures were held against components");
}

#[test]
fn signatures_of_the_corpus_are_those_that_are_encoded() {
    let corpus = &pairs::corpora()[0];
    let checked = check_pairs(&pairs::neighbours(corpus));
    assert!(checked > 1_000, "only {checked} signatures were held against components");
}
