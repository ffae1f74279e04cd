//! From `wit-parser`'s arenas to a [`Surface`], taking the arenas apart so that nothing is held twice.
//!
//! Every `match` on a type of `wit-parser` names all variants: a construct that is added there must be handled here
//! before this compiles.

use super::statements::Statements;
use super::*;
use crate::version::track;
use std::collections::BTreeMap;
use wit_parser as wit;

/// Takes a resolved set of packages apart. `own` are the packages under test, main first.
pub(super) fn lower(
    resolve: wit::Resolve,
    own: &[wit::PackageId],
    statements: &Statements,
    sources: Sources,
) -> Surface {
    let full_names: Vec<String> = resolve.packages.iter().map(|(_, package)| package.name.to_string()).collect();
    let interface_names: Vec<Option<String>> = (resolve.interfaces.iter())
        .map(|(_, interface)| {
            let package = &resolve.packages[interface.package?];
            Some(package.name.interface_id(interface.name.as_deref()?))
        })
        .collect();
    let newest = newest_of_tracks(&resolve, own);
    let wit::Resolve { worlds, interfaces, types, packages, .. } = resolve;

    let mut surface = Surface { own: own.iter().map(|id| id.index() as u32).collect(), sources, ..Surface::default() };
    surface.types.reserve_exact(types.len());
    for (id, ty) in types {
        surface.types.push(type_def(id.index() as u32, ty));
    }
    for (at, target) in newest {
        surface.types[at as usize].kind = TypeKind::Alias(Type::Id(target));
    }
    shape_types(&mut surface);
    for (_, interface) in interfaces {
        let lowered = self::interface(&surface, interface);
        surface.interfaces.push(lowered);
    }
    let full_name = |world: &wit::World| {
        let package = world.package.map_or(0, |id| id.index());
        (full_names.get(package).cloned().unwrap_or_default(), world.name.clone())
    };
    let world_ids: BTreeMap<(String, String), WorldId> =
        worlds.iter().map(|(id, world)| (full_name(world), id.index() as u32)).collect();
    for (_, world) in worlds {
        let (package, name) = full_name(&world);
        let stated = statements.of(&package, &name);
        let mut lowered = self::world(&surface, world, &interface_names, stated);
        lowered.includes = stated.includes(|key| world_ids.get(key).copied());
        surface.worlds.push(lowered);
    }
    for (_, package) in packages {
        surface.packages.push(self::package(&surface, package));
    }
    surface
}

/// The `use`s of other packages that name an older version than the newest on its track, with what they stand for:
/// to linkers the newest is all of them (SEMANTICS 6). What the newest lacks stays as it is.
fn newest_of_tracks(resolve: &wit::Resolve, own: &[wit::PackageId]) -> Vec<(TypeId, TypeId)> {
    /// Namespace and name of the package, its track, and the interface.
    type Key<'a> = (&'a str, &'a str, String, &'a str);
    let mut newest: BTreeMap<Key<'_>, (Option<&Version>, wit::InterfaceId)> = BTreeMap::new();
    let key = |id: wit::InterfaceId| {
        let interface = &resolve.interfaces[id];
        let package = interface.package.filter(|package| !own.contains(package))?;
        let name = &resolve.packages[package].name;
        let key = (&*name.namespace, &*name.name, track::of(&name.version), interface.name.as_deref()?);
        Some((key, name.version.as_ref()))
    };
    let mut several = false;
    for (id, _) in resolve.interfaces.iter() {
        if let Some((key, version)) = key(id) {
            let best = newest.entry(key).or_insert((version, id));
            several |= best.1 != id;
            if version > best.0 {
                *best = (version, id);
            }
        }
    }
    if !several {
        return Vec::new();
    }
    let package_of = |id: wit::InterfaceId| {
        resolve.interfaces[id].package.map(|package| &resolve.packages[package].name).map(|n| (&n.namespace, &n.name))
    };
    let mut stands_for = Vec::new();
    for (id, def) in resolve.types.iter() {
        let wit::TypeDefKind::Type(wit::Type::Id(target)) = def.kind else { continue };
        let wit::TypeOwner::Interface(owner) = resolve.types[target].owner else { continue };
        // A package knows which of its own versions it means.
        if matches!(def.owner, wit::TypeOwner::Interface(user) if package_of(user) == package_of(owner)) {
            continue;
        }
        let best = key(owner).and_then(|(key, _)| newest.get(&key)).map(|&(_, best)| best).filter(|&b| b != owner);
        let name = resolve.types[target].name.as_ref();
        if let (Some(best), Some(name)) = (best, name)
            && let Some(found) = resolve.interfaces[best].types.get(name)
        {
            stands_for.push((id.index() as u32, found.index() as u32));
        }
    }
    stands_for
}

fn package(surface: &Surface, package: wit::Package) -> Package {
    let mut interfaces: Vec<_> = package.interfaces.values().map(|id| id.index() as u32).collect();
    interfaces.sort_by(|&a, &b| surface.interface(a).name.cmp(&surface.interface(b).name));
    let mut worlds: Vec<_> = package.worlds.values().map(|id| id.index() as u32).collect();
    worlds.sort_by(|&a, &b| surface.world(a).name.cmp(&surface.world(b).name));
    Package {
        name: format!("{}:{}", package.name.namespace, package.name.name).into(),
        version: package.name.version,
        docs: docs(package.docs),
        interfaces,
        worlds,
    }
}

fn interface(surface: &Surface, interface: wit::Interface) -> Interface {
    let mut types: Vec<_> = interface.types.values().map(|id| id.index() as u32).collect();
    types.sort_by(|&a, &b| surface.ty(a).name.cmp(&surface.ty(b).name));
    let mut functions: Vec<_> = interface.functions.into_values().map(|f| function(surface, f)).collect();
    functions.sort_by(|a, b| a.name.cmp(&b.name));
    Interface {
        name: interface.name.map(Into::into),
        package: interface.package.map_or(0, |id| id.index() as u32),
        attributes: attributes(interface.docs, interface.stability, None),
        span: interface.span.into(),
        types,
        functions,
    }
}

fn world(
    surface: &Surface,
    world: wit::World,
    interface_names: &[Option<String>],
    stated: statements::OfWorld<'_>,
) -> World {
    let world_span = Span::from(world.span);
    let items = |items: wit::IndexMap<wit::WorldKey, wit::WorldItem>, imports: bool| {
        let mut lowered: Vec<(String, WorldItem)> = Vec::with_capacity(items.len());
        for (key, item) in items {
            let (key, name) = match key {
                wit::WorldKey::Name(name) => (WorldKey::Name(name.clone().into()), name),
                wit::WorldKey::Interface(id) => (
                    WorldKey::Interface(id.index() as u32),
                    interface_names.get(id.index()).cloned().flatten().unwrap_or_default(),
                ),
            };
            let statement = stated.find(imports, &name);
            let (kind, attributes, span) = match item {
                wit::WorldItem::Interface { id, stability, external_id, docs, span } => {
                    let (docs, stability, external_id) = statement.said.unwrap_or((docs, stability, external_id));
                    let attributes = attributes(docs, stability, external_id);
                    (WorldItemKind::Interface(id.index() as u32), attributes, Span::from(span))
                }
                wit::WorldItem::Function(f) => {
                    let f = function(surface, f);
                    let span = f.span;
                    (WorldItemKind::Function(Box::new(f)), None, span)
                }
                wit::WorldItem::Type { id, span } => (WorldItemKind::Type(id.index() as u32), None, Span::from(span)),
            };
            let span = if statement.stated { span.or(statement.span) } else { statement.span.or(span) }.or(world_span);
            lowered.push((name, WorldItem { key, kind, attributes, span, stated: statement.stated }));
        }
        lowered.sort_by(|a, b| a.0.cmp(&b.0));
        lowered.into_iter().map(|(_, item)| item).collect()
    };
    World {
        imports: items(world.imports, true),
        exports: items(world.exports, false),
        name: world.name.into(),
        package: world.package.map_or(0, |id| id.index() as u32),
        attributes: attributes(world.docs, world.stability, None),
        span: world_span,
        includes: Vec::new(),
    }
}

fn function(surface: &Surface, function: wit::Function) -> Function {
    let is_async = match function.kind {
        wit::FunctionKind::Freestanding
        | wit::FunctionKind::Getter
        | wit::FunctionKind::Setter
        | wit::FunctionKind::Method(_)
        | wit::FunctionKind::MethodGetter(_)
        | wit::FunctionKind::MethodSetter(_)
        | wit::FunctionKind::Static(_)
        | wit::FunctionKind::StaticGetter(_)
        | wit::FunctionKind::StaticSetter(_)
        | wit::FunctionKind::Constructor(_) => false,
        wit::FunctionKind::AsyncFreestanding
        | wit::FunctionKind::AsyncMethod(_)
        | wit::FunctionKind::AsyncStatic(_) => true,
    };
    let parameters = (function.params.into_iter())
        .map(|p| Parameter { name: p.name.into(), ty: ty(p.ty), span: p.span.into() })
        .collect();
    let mut lowered = Function {
        name: function.name.into(),
        is_async,
        parameters,
        result: function.result.map(ty),
        attributes: attributes(function.docs, function.stability, function.external_id),
        span: function.span.into(),
        shape: Digest::default(),
        has_resources: false,
    };
    (lowered.shape, lowered.has_resources) = digest::of_function(surface, &lowered);
    lowered
}

fn type_def(id: TypeId, def: wit::TypeDef) -> TypeDef {
    let labels = |name: String, docs: wit::Docs, span: wit::Span| Label {
        name: name.into(),
        docs: self::docs(docs),
        span: span.into(),
    };
    let kind = match def.kind {
        wit::TypeDefKind::Record(record) => TypeKind::Record(
            (record.fields.into_iter())
                .map(|f| Field { name: f.name.into(), ty: ty(f.ty), docs: docs(f.docs), span: f.span.into() })
                .collect(),
        ),
        wit::TypeDefKind::Resource => TypeKind::Resource,
        wit::TypeDefKind::Handle(wit::Handle::Own(id)) => TypeKind::Own(id.index() as u32),
        wit::TypeDefKind::Handle(wit::Handle::Borrow(id)) => TypeKind::Borrow(id.index() as u32),
        wit::TypeDefKind::Flags(flags) => {
            TypeKind::Flags(flags.flags.into_iter().map(|f| labels(f.name, f.docs, f.span)).collect())
        }
        wit::TypeDefKind::Tuple(tuple) => TypeKind::Tuple(tuple.types.into_iter().map(ty).collect()),
        wit::TypeDefKind::Variant(variant) => TypeKind::Variant(
            (variant.cases.into_iter())
                .map(|c| Case { name: c.name.into(), ty: c.ty.map(ty), docs: docs(c.docs), span: c.span.into() })
                .collect(),
        ),
        wit::TypeDefKind::Enum(cases) => {
            TypeKind::Enum(cases.cases.into_iter().map(|c| labels(c.name, c.docs, c.span)).collect())
        }
        wit::TypeDefKind::Option(part) => TypeKind::Option(ty(part)),
        wit::TypeDefKind::Result(result) => TypeKind::Result { ok: result.ok.map(ty), err: result.err.map(ty) },
        wit::TypeDefKind::List(part) => TypeKind::List(ty(part)),
        wit::TypeDefKind::Map(key, value) => TypeKind::Map(ty(key), ty(value)),
        wit::TypeDefKind::FixedLengthList(part, length) => TypeKind::FixedLengthList(ty(part), length),
        wit::TypeDefKind::Future(part) => TypeKind::Future(part.map(ty)),
        wit::TypeDefKind::Stream(part) => TypeKind::Stream(part.map(ty)),
        wit::TypeDefKind::Type(target) => TypeKind::Alias(ty(target)),
        // Stands for a type of a package that is not resolved yet; a `Resolve` holds none.
        wit::TypeDefKind::Unknown => TypeKind::Tuple(Vec::new()),
    };
    TypeDef {
        name: def.name.map(Into::into),
        owner: match def.owner {
            wit::TypeOwner::World(id) => Owner::World(id.index() as u32),
            wit::TypeOwner::Interface(id) => Owner::Interface(id.index() as u32),
            wit::TypeOwner::None => Owner::None,
        },
        kind,
        attributes: attributes(def.docs, def.stability, def.external_id),
        span: def.span.into(),
        base: Type::Id(id),
        shape: Digest::default(),
        has_resources: false,
    }
}

/// Gives every type its shape and its base, parts first, without recursion: chains may be as long as the input is.
fn shape_types(surface: &mut Surface) {
    /// Versions on one track may stand for each other in a circle: a part that is begun already is not waited for.
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Begun,
        Done,
    }
    let mut states = vec![State::New; surface.types.len()];
    let mut stack: Vec<TypeId> = Vec::new();
    for start in 0..surface.types.len() as u32 {
        stack.push(start);
        while let Some(&id) = stack.last() {
            match states[id as usize] {
                State::New => {
                    states[id as usize] = State::Begun;
                    stack.extend(surface.ty(id).kind.parts().into_iter().filter_map(|part| match part {
                        Type::Id(part) if states[part as usize] == State::New => Some(part),
                        Type::Id(_) | Type::Primitive(_) => None,
                    }));
                }
                State::Begun => {
                    stack.pop();
                    let (shape, has_resources) = digest::of_kind(surface, &surface.ty(id).kind);
                    let base = match surface.ty(id).kind {
                        TypeKind::Alias(target) => surface.base(target),
                        _ => Type::Id(id),
                    };
                    let def = &mut surface.types[id as usize];
                    (def.shape, def.has_resources, def.base) = (shape, has_resources, base);
                    states[id as usize] = State::Done;
                }
                State::Done => _ = stack.pop(),
            }
        }
    }
}

fn ty(ty: wit::Type) -> Type {
    Type::Primitive(match ty {
        wit::Type::Bool => Primitive::Bool,
        wit::Type::U8 => Primitive::U8,
        wit::Type::U16 => Primitive::U16,
        wit::Type::U32 => Primitive::U32,
        wit::Type::U64 => Primitive::U64,
        wit::Type::S8 => Primitive::S8,
        wit::Type::S16 => Primitive::S16,
        wit::Type::S32 => Primitive::S32,
        wit::Type::S64 => Primitive::S64,
        wit::Type::F32 => Primitive::F32,
        wit::Type::F64 => Primitive::F64,
        wit::Type::Char => Primitive::Char,
        wit::Type::String => Primitive::String,
        wit::Type::ErrorContext => Primitive::ErrorContext,
        wit::Type::Id(id) => return Type::Id(id.index() as u32),
    })
}

fn docs(docs: wit::Docs) -> Option<Box<str>> {
    docs.contents.map(Into::into)
}

fn attributes(docs: wit::Docs, stability: wit::Stability, external_id: Option<String>) -> BoxedAttributes {
    let stability = match stability {
        wit::Stability::Unknown => Stability::Unknown,
        wit::Stability::Unstable { feature, deprecated } => Stability::Unstable { feature: feature.into(), deprecated },
        wit::Stability::Stable { since, deprecated } => Stability::Stable { since, deprecated },
    };
    let attributes = Attributes { docs: self::docs(docs), stability, external_id: external_id.map(Into::into) };
    (attributes != Attributes::default()).then(|| Box::new(attributes))
}
