//! Items of the new side as the old side can have them: without documentation, and with every path led to where its end
//! is once the steps are done.

use super::definition::encoded;
use super::package::{Target, local};
use super::write::Writer;
use crate::syntax::{
    Attribute, Extern, ExternKind, Function, Include, InterfaceItem, Path, TypeDef, TypeDefKind, Use, UseName,
    WorldItem,
};
use std::collections::BTreeMap;

impl Writer<'_, '_, '_> {
    /// Items of an interface that comes along, all of them.
    pub fn interface_items(&mut self, list: usize, items: &[InterfaceItem]) -> Option<Vec<InterfaceItem>> {
        let mut written: Vec<InterfaceItem> = Vec::new();
        for item in items {
            match item {
                InterfaceItem::Use(used) => written.extend(self.uses(list, used)?.into_iter().map(InterfaceItem::Use)),
                InterfaceItem::Type(ty) => {
                    written.push(InterfaceItem::Type(TypeDef { attributes: gates(&ty.attributes), ..bare_type(ty) }));
                }
                InterfaceItem::Function(function) => written.push(InterfaceItem::Function(Function {
                    docs: Vec::new(),
                    attributes: gates(&function.attributes),
                    ..function.clone()
                })),
            }
        }
        written.sort_by_cached_key(rank);
        Some(written)
    }

    /// Statements of a world that comes along, all of them.
    pub fn world_items(&mut self, list: usize, items: &[WorldItem]) -> Option<Vec<WorldItem>> {
        let mut written = Vec::new();
        for item in items {
            match item {
                WorldItem::Use(used) => written.extend(self.uses(list, used)?.into_iter().map(WorldItem::Use)),
                WorldItem::Type(ty) => {
                    written.push(WorldItem::Type(TypeDef { attributes: gates(&ty.attributes), ..bare_type(ty) }));
                }
                WorldItem::Include(include) => {
                    let path = match self.gathered.both.new.target(list, &include.path) {
                        Target::Own(name) => Path { package: None, name: self.world_name(&name) },
                        Target::Foreign(path) => self.gathered.both.foreign(&path, None)?,
                    };
                    written.push(WorldItem::Include(Include {
                        attributes: gates(&include.attributes),
                        path,
                        ..include.clone()
                    }));
                }
                WorldItem::Import(item) => written.push(WorldItem::Import(self.statement(list, item)?)),
                WorldItem::Export(item) => written.push(WorldItem::Export(self.statement(list, item)?)),
            }
        }
        written.sort_by_cached_key(world_rank);
        Some(written)
    }

    /// An import or export as the old side can have it.
    pub fn statement(&mut self, list: usize, item: &Extern) -> Option<Extern> {
        let kind = match &item.kind {
            ExternKind::Path(path) => ExternKind::Path(self.path(list, path)?),
            ExternKind::Named { name, path } => ExternKind::Named { name: name.clone(), path: self.path(list, path)? },
            ExternKind::Function { .. } => item.kind.clone(),
            ExternKind::Interface { name, items } => {
                ExternKind::Interface { name: name.clone(), items: self.interface_items(list, items)? }
            }
        };
        Some(Extern { docs: Vec::new(), attributes: gates(&item.attributes), kind })
    }

    fn path(&self, list: usize, path: &Path) -> Option<Path> {
        match self.gathered.both.new.target(list, path) {
            Target::Own(name) => Some(Path { package: None, name }),
            Target::Foreign(path) => self.gathered.both.foreign(&path, None),
        }
    }

    /// What is used from where it is once the steps are done.
    pub fn uses(&mut self, list: usize, used: &Use) -> Option<Vec<Use>> {
        let target = self.gathered.both.new.target(list, &used.path);
        let names = used.names.iter().map(|name| (&*name.name, local(name)));
        let names: Vec<(String, String)> = names.map(|(there, here)| (there.into(), here.into())).collect();
        self.used(&target, &names, &gates(&used.attributes))
    }

    pub fn used(&mut self, target: &Target, names: &[(String, String)], attributes: &[Attribute]) -> Option<Vec<Use>> {
        let mut by_path: BTreeMap<Path, Vec<UseName>> = BTreeMap::new();
        for (there, here) in names {
            let (path, there) = match target {
                Target::Foreign(path) => (self.gathered.both.foreign(path, Some(there))?, there.clone()),
                Target::Own(interface) => {
                    let (name, there) = self.found(interface, there);
                    (Path { package: None, name }, there)
                }
            };
            let renamed = (*here != there).then(|| here.clone());
            by_path.entry(path).or_default().push(UseName { name: there, renamed });
        }
        let used = |(path, names)| Use { attributes: attributes.to_vec(), path, names };
        Some(by_path.into_iter().map(used).collect())
    }

    /// Where a type of the new side is found, and under which name.
    fn found(&mut self, interface: &str, name: &str) -> (String, String) {
        let is_wanted = self.gathered.wanted.get(interface).is_some_and(|wanted| wanted.types.contains(name));
        match self.own.get(interface) {
            Some(own) if is_wanted => (own.clone(), name.to_string()),
            None if is_wanted => (interface.to_string(), self.second(interface, "", name)),
            Some(_) | None => (interface.to_string(), name.to_string()),
        }
    }
}

/// Where an item of an interface is written: `use`, types, functions, by name.
pub(super) fn rank(item: &InterfaceItem) -> (u8, String) {
    match item {
        InterfaceItem::Use(used) => (0, used.path.to_string()),
        InterfaceItem::Type(ty) => (1, ty.name.clone()),
        InterfaceItem::Function(function) => (2, encoded(&function.name, function.signature.keyword).into_owned()),
    }
}

/// The same in a world: what it includes comes first, then types, imports and exports.
pub(super) fn world_rank(item: &WorldItem) -> (u8, String) {
    match item {
        WorldItem::Include(include) => (0, include.path.to_string()),
        WorldItem::Use(used) => (1, used.path.to_string()),
        WorldItem::Type(ty) => (2, ty.name.clone()),
        WorldItem::Import(item) => (3, item_key(item)),
        WorldItem::Export(item) => (4, item_key(item)),
    }
}

fn item_key(item: &Extern) -> String {
    match &item.kind {
        ExternKind::Path(path) => path.to_string(),
        ExternKind::Function { name, signature } => encoded(name, signature.keyword).into_owned(),
        ExternKind::Named { name, .. } | ExternKind::Interface { name, .. } => name.clone(),
    }
}

/// The attributes of what stands inside of something new.
pub(super) fn gates(attributes: &[Attribute]) -> Vec<Attribute> {
    let is_kept = |a: &&Attribute| matches!(a, Attribute::Unstable(_) | Attribute::ExternalId(_));
    attributes.iter().filter(is_kept).cloned().collect()
}

/// A type without documentation, of its parts neither.
pub(super) fn bare_type(ty: &TypeDef) -> TypeDef {
    let mut ty = ty.clone();
    ty.docs.clear();
    match &mut ty.kind {
        TypeDefKind::Record(fields) => fields.iter_mut().for_each(|field| field.docs.clear()),
        TypeDefKind::Variant(cases) => cases.iter_mut().for_each(|case| case.docs.clear()),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => tags.iter_mut().for_each(|tag| tag.docs.clear()),
        TypeDefKind::Resource(members) => {
            members.sort_by_cached_key(|member| member.encoded(&ty.name));
            for member in members {
                member.docs.clear();
                member.attributes = gates(&member.attributes);
            }
        }
        TypeDefKind::Alias(_) => {}
    }
    ty
}
