//! From sources to surfaces: parsed once, resolved once for each view.

use super::binary::{self, Encoded};
use super::sources::{Text, Texts};
use super::statements::Statements;
use super::{Parses, Sources, Surface, comments, hint, lower};
use crate::error::{Error, ErrorKind, Position};
use crate::revision::{Bundle, Revision};
use std::collections::BTreeSet;
use std::sync::Arc;
use wit_parser as wit;

/// The feature gates that are switched on (SEMANTICS 8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// By name.
    pub names: BTreeSet<String>,
    /// All of them.
    pub all: bool,
}

/// What one revision promises, and what it shows when every gate is open.
#[derive(Debug, Default)]
pub struct Views {
    /// What `wit-parser` resolves with the selected features: the view that is judged.
    pub judged: Surface,
    /// The view with every gate open; `None` where the sources have no gate that is shut.
    pub open: Option<Surface>,
    /// The features that the sources name.
    pub gates: BTreeSet<String>,
    /// Whether the input is a built component, and no description of a package.
    pub is_component: bool,
}

/// The view that is judged, as `wit-parser` resolved it.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// All packages.
    pub resolve: wit::Resolve,
    /// The packages that are under test, main first.
    pub own: Vec<wit::PackageId>,
}

/// The groups of one revision, parsed and not yet resolved.
#[derive(Clone)]
pub(super) struct Parsed {
    pub main: wit::UnresolvedPackageGroup,
    pub deps: Vec<wit::UnresolvedPackageGroup>,
    /// Packages that lie beside it and were asked for in another version.
    nearby: Vec<wit::PackageName>,
}

/// Resolves a revision. Pure: all that it reads is in memory already.
///
/// # Errors
///
/// What does not parse or resolve, with file, line, column, the parser's own message, and a hint where the syntax is
/// one of the past or a dependency or a feature is missing (SEMANTICS 9).
pub fn resolve(revision: Revision, features: &Features) -> Result<Views, Error> {
    resolve_either(revision, features, false, None).map(|(views, _)| views)
}

/// Resolves a revision, and keeps what `wit-parser` made of it: the official validator wants to see that.
///
/// # Errors
///
/// As [`resolve()`].
pub fn resolve_whole(revision: Revision, features: &Features) -> Result<(Views, Resolved), Error> {
    let (views, resolved) = resolve_either(revision, features, true, None)?;
    Ok((views, resolved.unwrap_or_default()))
}

/// Resolves one revision of many, and parses only what `parses` does not have; with `keep` as [`resolve_whole`].
///
/// # Errors
///
/// As [`resolve()`].
pub fn resolve_shared(
    revision: Revision,
    features: &Features,
    keep: bool,
    parses: &Parses,
) -> Result<(Views, Option<Resolved>), Error> {
    resolve_either(revision, features, keep, Some(parses))
}

fn resolve_either(
    revision: Revision,
    features: &Features,
    keep: bool,
    parses: Option<&Parses>,
) -> Result<(Views, Option<Resolved>), Error> {
    let Revision { main, deps, siblings, .. } = revision;
    if main.binary {
        return of_binary(&main, keep);
    }
    let mut texts = Texts::new();
    let mut encoded = Vec::new();
    let mut parsed = Parsed { main: parse(&main, &mut texts, parses)?, deps: Vec::new(), nearby: Vec::new() };
    for bundle in &deps {
        if bundle.binary {
            encoded.push(binary::package(bundle)?);
        } else {
            parsed.deps.push(parse(bundle, &mut texts, parses)?);
        }
    }
    add_siblings(&mut parsed, &encoded, &siblings, &mut texts, parses);
    binary::each_once(&encoded, &parsed)?;

    let gates = gates(&parsed);
    let shut = !features.all && gates.iter().any(|gate| !features.names.contains(gate));
    let spare = shut.then(|| parsed.clone());
    let texts = Arc::new(texts);
    let judged = view(parsed, &encoded, features, &texts, keep);
    let open = spare
        .as_ref()
        .map(|spare| view(spare.clone(), &encoded, &Features { all: true, ..Features::default() }, &texts, false));
    match (judged, open) {
        (Ok((judged, resolved)), None) => Ok((Views { judged, open: None, gates, is_component: false }, resolved)),
        (Ok((judged, resolved)), Some(open)) => {
            // What does not even resolve with every gate open cannot be listed, but what is promised is known.
            let open = open.ok().map(|(open, _)| open);
            Ok((Views { judged, open, gates, is_component: false }, resolved))
        }
        (Err(error), Some(Ok(_))) => {
            let needed = spare.and_then(|spare| needed_feature(&spare, &encoded, features, &gates, &texts));
            Err(error.hint(match needed {
                Some(feature) => format!("it resolves with the feature `{feature}`: pass `--features {feature}`"),
                None => "it resolves with every gate open: pass `--all-features`".into(),
            }))
        }
        (Err(error), _) => Err(error),
    }
}

/// The one feature that makes the package resolve, if there is one.
fn needed_feature(
    parsed: &Parsed,
    encoded: &[Encoded],
    features: &Features,
    gates: &BTreeSet<String>,
    texts: &Arc<Texts>,
) -> Option<String> {
    const TRIES: usize = 64;
    let missing = gates.iter().filter(|gate| !features.names.contains(*gate));
    missing.take(TRIES).find_map(|gate| {
        let mut more = features.clone();
        more.names.insert(gate.clone());
        view(parsed.clone(), encoded, &more, texts, false).ok().map(|_| gate.clone())
    })
}

fn view(
    parsed: Parsed,
    encoded: &[Encoded],
    features: &Features,
    texts: &Arc<Texts>,
    keep: bool,
) -> Result<(Surface, Option<Resolved>), Error> {
    let mut resolve = wit::Resolve { all_features: features.all, ..wit::Resolve::default() };
    resolve.features.extend(features.names.iter().cloned());
    for Encoded { path, resolve: package, .. } in encoded {
        resolve.merge(package.clone()).map_err(|error| {
            let said = hint::readable(&format!("{error:#}"));
            Error::new(ErrorKind::Invalid, format!("`{path}` disagrees with another dependency: {said}"))
                .hint("encode both from the same sources")
        })?;
    }
    let mut own_names = vec![parsed.main.main.name.clone()];
    own_names.extend(parsed.main.nested.iter().map(|package| package.name.clone()));

    let mut statements = Statements::default();
    let mut offset = 0;
    for group in std::iter::once(&parsed.main).chain(&parsed.deps) {
        statements.note(&group.main, offset);
        group.nested.iter().for_each(|package| statements.note(package, offset));
        let length: usize =
            group.source_map.source_names().filter_map(|file| texts.get(file)).map(|t| t.as_str().len() + 1).sum();
        offset = offset.saturating_add(length as u32);
    }

    let there: Vec<wit::PackageName> = (std::iter::once(&parsed.main).chain(&parsed.deps))
        .flat_map(|group| std::iter::once(&group.main).chain(&group.nested))
        .map(|package| package.name.clone())
        .chain(resolve.package_names.keys().cloned())
        .chain(parsed.nearby)
        .collect();
    if let Err(error) = resolve.push_groups(parsed.main, parsed.deps) {
        return Err(resolve_error(&error, &resolve.source_map, texts, &there));
    }
    let own: Vec<_> = own_names.iter().filter_map(|name| resolve.package_names.get(name).copied()).collect();
    let sources = Sources { map: std::mem::take(&mut resolve.source_map), texts: Arc::clone(texts) };
    let resolved = keep.then(|| Resolved { resolve: resolve.clone(), own: own.clone() });
    Ok((lower::lower(resolve, &own, &statements, sources), resolved))
}

fn parse(bundle: &Bundle, texts: &mut Texts, parses: Option<&Parses>) -> Result<wit::UnresolvedPackageGroup, Error> {
    for file in &bundle.files {
        let text = match std::str::from_utf8(&file.bytes) {
            Ok(text) => text,
            Err(error) => return Err(not_utf8(&file.path, &file.bytes, error.valid_up_to())),
        };
        texts.insert(file.path.clone(), Text::new(text));
    }
    let parse = || {
        let mut map = wit::SourceMap::new();
        for file in &bundle.files {
            let text = texts.get(&file.path).map(Text::as_str).unwrap_or_default();
            map.push_str(&file.path, comments::without_plain(text));
        }
        map.parse().map_err(|(map, error)| {
            let span = error.kind().span();
            at(Error::new(ErrorKind::Invalid, hint::readable(&error.to_string())), &map, span, texts)
        })
    };
    match parses {
        Some(parses) => parses.get(bundle, parse),
        None => parse(),
    }
}

/// Adds those siblings that provide a package which is asked for and not there, and what those ask for in turn.
fn add_siblings(
    parsed: &mut Parsed,
    encoded: &[Encoded],
    siblings: &[Bundle],
    texts: &mut Texts,
    parses: Option<&Parses>,
) {
    let in_binaries: BTreeSet<_> =
        encoded.iter().flat_map(|encoded| encoded.resolve.package_names.keys()).cloned().collect();
    let mut used = vec![false; siblings.len()];
    loop {
        let groups = || std::iter::once(&parsed.main).chain(&parsed.deps);
        let packages = || groups().flat_map(|group| std::iter::once(&group.main).chain(&group.nested));
        let there: BTreeSet<_> = packages().map(|package| package.name.clone()).collect();
        let wanted: BTreeSet<_> = (packages().flat_map(|package| package.foreign_deps.keys()))
            .filter(|name| !there.contains(*name) && !in_binaries.contains(*name))
            .cloned()
            .collect();
        let mut nearby = Vec::new();
        let found = siblings.iter().enumerate().find_map(|(at, bundle)| {
            let outline = bundle.outline();
            let mentions = |name: &wit::PackageName| {
                let name = format!("{}:{}", name.namespace, name.name);
                outline.packages().any(|package| package.identity.name == name)
            };
            if used[at] || bundle.binary || !wanted.iter().any(mentions) {
                return None;
            }
            let mut more = Texts::new();
            let group = parse(bundle, &mut more, parses).ok()?;
            let provided = std::iter::once(&group.main).chain(&group.nested).map(|package| &package.name);
            if provided.clone().any(|name| wanted.contains(name)) {
                return Some((at, group, more));
            }
            nearby.extend(provided.cloned());
            None
        });
        let Some((at, group, more)) = found else {
            parsed.nearby = nearby;
            return;
        };
        used[at] = true;
        texts.extend(more);
        parsed.deps.push(group);
    }
}

/// The features that `@unstable` names.
fn gates(parsed: &Parsed) -> BTreeSet<String> {
    let mut gates = BTreeSet::new();
    let mut note = |stability: &wit::Stability| {
        if let wit::Stability::Unstable { feature, .. } = stability {
            gates.insert(feature.clone());
        }
    };
    for group in std::iter::once(&parsed.main).chain(&parsed.deps) {
        for package in std::iter::once(&group.main).chain(&group.nested) {
            package.types.iter().for_each(|(_, ty)| note(&ty.stability));
            for (_, interface) in &package.interfaces {
                note(&interface.stability);
                interface.functions.values().for_each(|function| note(&function.stability));
            }
            for (_, world) in &package.worlds {
                note(&world.stability);
                world.includes.iter().for_each(|include| note(&include.stability));
                for item in world.imports.values().chain(world.exports.values()) {
                    match item {
                        wit::WorldItem::Interface { stability, .. } => note(stability),
                        wit::WorldItem::Function(function) => note(&function.stability),
                        wit::WorldItem::Type { .. } => {}
                    }
                }
            }
        }
    }
    gates
}

fn of_binary(main: &Bundle, keep: bool) -> Result<(Views, Option<Resolved>), Error> {
    let (resolve, own, is_component) = binary::main(main)?;
    let resolved = keep.then(|| Resolved { resolve: resolve.clone(), own: vec![own] });
    let judged = lower::lower(resolve, &[own], &Statements::default(), Sources::default());
    Ok((Views { judged, open: None, gates: BTreeSet::new(), is_component }, resolved))
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Error {
    let text = Text::new(&String::from_utf8_lossy(&bytes[..valid]));
    let (position, line) = text.locate(path, valid);
    Error::new(ErrorKind::Invalid, "the file is not valid UTF-8 from here on")
        .at(position, line)
        .hint("WIT is UTF-8 text: save the file in that encoding")
}

fn resolve_error(error: &wit::ResolveError, map: &wit::SourceMap, texts: &Texts, there: &[wit::PackageName]) -> Error {
    let located =
        at(Error::new(ErrorKind::Invalid, hint::readable(&error.to_string())), map, error.kind().span(), texts);
    let in_deps = located.position.as_ref().is_some_and(|at| at.file.starts_with("deps/"));
    match error.kind() {
        wit::ResolveErrorKind::PackageNotFound { requested, .. } => {
            let other = there.iter().find(|k| (&k.namespace, &k.name) == (&requested.namespace, &requested.name));
            located.hint(match other {
                Some(other) => format!(
                    "`{other}` is there and `{requested}` is asked for: make the versions agree, or vendor `{requested}` in `deps/`"
                ),
                None if in_deps => format!(
                    "put `{requested}` into the `deps/` of the package itself: one inside of a dependency is not read"
                ),
                None => format!("put `{requested}` into `deps/` (for example with `wkg wit fetch`), or beside the package"),
            })
        }
        wit::ResolveErrorKind::DuplicatePackage { span2, .. } => match place(map, *span2, texts) {
            Some((Position { file, line, column }, _)) => {
                located.hint(format!("it is declared at {file}:{line}:{column}, too: keep one of the two"))
            }
            None => located.hint("keep one of the two"),
        },
        _ if located.message.contains("unreleased version") => {
            located.hint("raise the version of the package, or let the gate name one that is released")
        }
        _ if located.message.contains("so it must have a version") => {
            located.hint("declare a version: `package ns:name@1.0.0;`")
        }
        _ => located,
    }
}

/// The same error at a place, with a hint where there is something to say.
fn at(mut error: Error, map: &wit::SourceMap, span: wit::Span, texts: &Texts) -> Error {
    let Some((position, line)) = place(map, span, texts) else {
        error.hint = error.hint.or_else(|| hint::of("", "", &error.message));
        return error;
    };
    if error.hint.is_none() {
        let before = map
            .resolve_span(span)
            .and_then(|location| texts.get(location.path).and_then(|text| text.as_str().get(..location.range.start)));
        error.hint = hint::of(line, before.unwrap_or_default(), &error.message);
    }
    error.at(position, line)
}

pub(super) fn place<'a>(map: &wit::SourceMap, span: wit::Span, texts: &'a Texts) -> Option<(Position, &'a str)> {
    let location = map.resolve_span(span)?;
    Some(texts.get(location.path)?.locate(location.path, location.range.start))
}
