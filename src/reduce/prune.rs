//! Every part of a tree that can be cut away, by the way that leads to it.

use crate::syntax::*;

/// The names from the package down to a part. Versions are left out, so that the same part has the same way on both
/// sides.
pub(super) type Way = Vec<String>;

/// Decides what stays, in the order of the text: each part before those that it holds.
pub(super) trait Pruner {
    /// Whether the part stays.
    fn keeps(&mut self, way: &Way) -> bool;

    /// Something about a part that is no part of its own: which kind it is, where it leads.
    fn notes(&mut self, _way: &Way, _what: &str) {}

    /// A type where it is used; whoever wants makes it a simpler one.
    fn simplifies(&mut self, way: &Way, ty: &mut Type);
}

/// Shows every part of the files to `pruner`, and drops what it does not keep.
pub(super) fn prune(files: &mut [File], pruner: &mut dyn Pruner) {
    let mut walk = Walk { way: Way::new(), pruner };
    for (at, file) in files.iter_mut().enumerate() {
        let name = file.package.as_ref().map_or_else(|| format!("file {at}"), |package| name_of(&package.name));
        walk.within(name, |walk| {
            if let Some(package) = &mut file.package {
                walk.docs(&mut package.docs);
            }
            walk.items(&mut file.items);
        });
    }
}

fn name_of(package: &PackageName) -> String {
    format!("{}:{}", package.namespace, package.name)
}

fn path_of(path: &Path) -> String {
    path.package.as_ref().map_or_else(|| path.name.clone(), |package| format!("{}/{}", name_of(package), path.name))
}

struct Walk<'a> {
    way: Way,
    pruner: &'a mut dyn Pruner,
}

impl Walk<'_> {
    fn within(&mut self, key: String, inside: impl FnOnce(&mut Self)) {
        self.way.push(key);
        inside(self);
        self.way.pop();
    }

    /// Drops those that the pruner does not keep, and looks into the others.
    fn list<T>(&mut self, list: &mut Vec<T>, key: impl Fn(&T) -> String, mut inside: impl FnMut(&mut Self, &mut T)) {
        list.retain_mut(|part| {
            self.way.push(key(part));
            let keeps = self.pruner.keeps(&self.way);
            if keeps {
                inside(self, part);
            }
            self.way.pop();
            keeps
        });
    }

    fn notes(&mut self, what: &str) {
        self.pruner.notes(&self.way, what);
    }

    fn keeps(&mut self, key: &str) -> bool {
        self.way.push(key.into());
        let keeps = self.pruner.keeps(&self.way);
        self.way.pop();
        keeps
    }

    fn docs(&mut self, docs: &mut Docs) {
        if !docs.is_empty() && !self.keeps("docs") {
            docs.clear();
        }
    }

    fn attributes(&mut self, attributes: &mut Vec<Attribute>) {
        let key = |attribute: &Attribute| match attribute {
            Attribute::Since(_) => "@since".to_string(),
            Attribute::Unstable(_) => "@unstable".into(),
            Attribute::Deprecated(_) => "@deprecated".into(),
            Attribute::ExternalId(_) => "@external-id".into(),
        };
        self.list(attributes, key, |_, _| {});
    }

    fn items(&mut self, items: &mut Vec<Item>) {
        let key = |item: &Item| match item {
            Item::Interface(interface) => format!("interface {}", interface.name),
            Item::World(world) => format!("world {}", world.name),
            Item::Use(used) => format!("use {} {:?}", path_of(&used.path), used.renamed),
            Item::Package(package) => name_of(&package.name),
        };
        self.list(items, key, |walk, item| match item {
            Item::Interface(interface) => {
                walk.docs(&mut interface.docs);
                walk.attributes(&mut interface.attributes);
                walk.interface(&mut interface.items);
            }
            Item::World(world) => {
                walk.docs(&mut world.docs);
                walk.attributes(&mut world.attributes);
                walk.world(&mut world.items);
            }
            Item::Use(used) => walk.attributes(&mut used.attributes),
            Item::Package(package) => {
                walk.docs(&mut package.docs);
                walk.items(&mut package.items);
            }
        });
    }

    fn interface(&mut self, items: &mut Vec<InterfaceItem>) {
        let key = |item: &InterfaceItem| match item {
            InterfaceItem::Use(used) => format!("use {}", path_of(&used.path)),
            InterfaceItem::Type(ty) => ty.name.clone(),
            InterfaceItem::Function(function) => function.name.clone(),
        };
        self.list(items, key, |walk, item| match item {
            InterfaceItem::Use(used) => walk.used(used),
            InterfaceItem::Type(ty) => walk.type_def(ty),
            InterfaceItem::Function(function) => {
                walk.docs(&mut function.docs);
                walk.attributes(&mut function.attributes);
                walk.signature(&mut function.signature);
            }
        });
    }

    fn world(&mut self, items: &mut Vec<WorldItem>) {
        let key = |item: &WorldItem| match item {
            WorldItem::Use(used) => format!("use {}", path_of(&used.path)),
            WorldItem::Type(ty) => ty.name.clone(),
            WorldItem::Include(include) => format!("include {}", path_of(&include.path)),
            WorldItem::Import(item) => format!("import {}", extern_name(&item.kind)),
            WorldItem::Export(item) => format!("export {}", extern_name(&item.kind)),
        };
        self.list(items, key, |walk, item| match item {
            WorldItem::Use(used) => walk.used(used),
            WorldItem::Type(ty) => walk.type_def(ty),
            WorldItem::Include(include) => {
                walk.attributes(&mut include.attributes);
                walk.list(&mut include.names, |(name, _)| format!("with {name}"), |_, _| {});
            }
            WorldItem::Import(item) | WorldItem::Export(item) => {
                walk.docs(&mut item.docs);
                walk.attributes(&mut item.attributes);
                match &mut item.kind {
                    ExternKind::Path(path) | ExternKind::Named { path, .. } => walk.notes(&path_of(path)),
                    ExternKind::Function { signature, .. } => walk.signature(signature),
                    ExternKind::Interface { items, .. } => walk.interface(items),
                }
            }
        });
    }

    fn used(&mut self, used: &mut Use) {
        self.attributes(&mut used.attributes);
        let key = |name: &UseName| name.renamed.clone().unwrap_or_else(|| name.name.clone());
        self.list(&mut used.names, key, |walk, name| walk.notes(&name.name));
    }

    fn type_def(&mut self, ty: &mut TypeDef) {
        self.docs(&mut ty.docs);
        self.attributes(&mut ty.attributes);
        self.notes(match ty.kind {
            TypeDefKind::Alias(_) => "type",
            TypeDefKind::Record(_) => "record",
            TypeDefKind::Variant(_) => "variant",
            TypeDefKind::Enum(_) => "enum",
            TypeDefKind::Flags(_) => "flags",
            TypeDefKind::Resource(_) => "resource",
        });
        match &mut ty.kind {
            TypeDefKind::Alias(ty) => self.ty("alias", ty),
            TypeDefKind::Record(fields) => self.list(
                fields,
                |field| field.name.clone(),
                |walk, field| {
                    walk.docs(&mut field.docs);
                    walk.ty("type", &mut field.ty);
                },
            ),
            TypeDefKind::Variant(cases) => self.list(
                cases,
                |case| case.name.clone(),
                |walk, case| {
                    walk.docs(&mut case.docs);
                    walk.optional("payload", &mut case.ty);
                },
            ),
            TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => {
                self.list(tags, |tag| tag.name.clone(), |walk, tag| walk.docs(&mut tag.docs));
            }
            TypeDefKind::Resource(functions) => {
                let key = |function: &ResourceFunction| match &function.kind {
                    ResourceFunctionKind::Constructor => "constructor".to_string(),
                    ResourceFunctionKind::Method(name) | ResourceFunctionKind::Static(name) => name.clone(),
                };
                self.list(functions, key, |walk, function| {
                    walk.docs(&mut function.docs);
                    walk.attributes(&mut function.attributes);
                    walk.notes(&format!("{:?}", function.kind));
                    walk.signature(&mut function.signature);
                });
            }
        }
    }

    fn signature(&mut self, signature: &mut Signature) {
        let names: Vec<&str> = signature.parameters.iter().map(|parameter| &*parameter.name).collect();
        let order = names.join(", ");
        self.notes(&format!("{:?} {order}", signature.keyword));
        let key = |parameter: &Parameter| parameter.name.clone();
        self.list(&mut signature.parameters, key, |walk, parameter| walk.ty("type", &mut parameter.ty));
        self.optional("result", &mut signature.result);
    }

    fn optional(&mut self, key: &str, ty: &mut Option<Type>) {
        if ty.is_some() && !self.keeps(key) {
            *ty = None;
        }
        if let Some(ty) = ty {
            self.ty(key, ty);
        }
    }

    fn ty(&mut self, key: &str, ty: &mut Type) {
        self.within(key.into(), |walk| {
            walk.pruner.simplifies(&walk.way, ty);
            for (at, held) in held(ty).into_iter().enumerate() {
                walk.ty(&at.to_string(), held);
            }
        });
    }
}

/// The types that a type holds.
pub(super) fn held(ty: &mut Type) -> Vec<&mut Type> {
    match ty {
        Type::Primitive(_) | Type::Name(_) | Type::Own(_) | Type::Borrow(_) => Vec::new(),
        Type::List(ty) | Type::FixedLengthList(ty, _) | Type::Option(ty) => vec![ty],
        Type::Map(key, value) => vec![key, value],
        Type::Result(ok, err) => ok.iter_mut().chain(err).map(|ty| &mut **ty).collect(),
        Type::Tuple(types) => types.iter_mut().collect(),
        Type::Future(ty) | Type::Stream(ty) => ty.iter_mut().map(|ty| &mut **ty).collect(),
    }
}

fn extern_name(kind: &ExternKind) -> String {
    match kind {
        ExternKind::Path(path) => path_of(path),
        ExternKind::Named { name, .. } | ExternKind::Function { name, .. } | ExternKind::Interface { name, .. } => {
            name.clone()
        }
    }
}
