//! Which names stand where, as far as edits must know it to be mostly valid.

use crate::draft::{Draft, Home};
use wit_diff::syntax::{ExternKind, InterfaceItem, Item, Path, Type, TypeDefKind, WorldItem};

/// How far aliases and uses are followed.
const FAR: usize = 16;

/// A type that can be named.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub is_resource: bool,
}

impl Draft {
    /// The types that can be named in a place.
    pub fn scope(&mut self, home: Home) -> Vec<Named> {
        let mut names: Vec<String> = self.types(home).iter().map(|ty| ty.name.clone()).collect();
        names.extend(self.uses(home).iter().flat_map(|item| &item.names).map(local));
        let named = |draft: &mut Draft, name: String| Named { is_resource: draft.is_resource(home, &name, 0), name };
        names.into_iter().map(|name| named(self, name)).collect()
    }

    /// Every name that is taken in a place.
    pub fn taken(&mut self, home: Home) -> Vec<String> {
        let mut taken: Vec<String> = self.types(home).iter().map(|ty| ty.name.clone()).collect();
        taken.extend(self.uses(home).iter().flat_map(|item| &item.names).map(local));
        if let Some(world) = self.world(home) {
            for item in &world.items {
                if let WorldItem::Import(item) | WorldItem::Export(item) = item {
                    match &item.kind {
                        ExternKind::Path(path) => taken.push(path.name.clone()),
                        ExternKind::Named { name, .. }
                        | ExternKind::Function { name, .. }
                        | ExternKind::Interface { name, .. } => taken.push(name.clone()),
                    }
                }
            }
        }
        for item in self.body(home).into_iter().flatten() {
            if let InterfaceItem::Function(function) = item {
                taken.push(function.name.clone());
            }
        }
        taken
    }

    fn is_resource(&mut self, home: Home, name: &str, depth: usize) -> bool {
        if depth > FAR {
            return false;
        }
        if let Some(ty) = self.types(home).into_iter().find(|ty| ty.name == name) {
            return match ty.kind.clone() {
                TypeDefKind::Resource(_) => true,
                TypeDefKind::Alias(Type::Name(name)) => self.is_resource(home, &name, depth + 1),
                _ => false,
            };
        }
        self.origin(home, name).is_some_and(|(home, name)| self.is_resource(home, &name, depth + 1))
    }

    /// The interface that a `use` takes a name from, and the name there.
    pub fn origin(&mut self, home: Home, name: &str) -> Option<(Home, String)> {
        let (path, name) = self.uses(home).into_iter().find_map(|item| {
            let used = item.names.iter().find(|used| local(used) == name)?;
            Some((item.path.clone(), used.name.clone()))
        })?;
        Some((self.find(home.package(), home.file(), &path)?, name))
    }

    /// The interface or world behind a path.
    pub fn find(&self, package: usize, file: usize, path: &Path) -> Option<Home> {
        self.find_from(package, file, path, 0)
    }

    fn find_from(&self, package: usize, file: usize, path: &Path, depth: usize) -> Option<Home> {
        let Some(wanted) = &path.package else {
            let renamed = self.packages[package].get(file)?.items.iter().find_map(|item| match item {
                Item::Use(item) if item.renamed.as_ref().unwrap_or(&item.path.name) == &path.name => Some(&item.path),
                _ => None,
            });
            return match renamed {
                Some(path) if depth < FAR && path.package.is_some() => self.find_from(package, file, path, depth + 1),
                _ => self.by_name(package, &path.name),
            };
        };
        let package = (0..self.packages.len()).find(|&package| self.name(package) == Some(wanted))?;
        self.by_name(package, &path.name)
    }

    pub fn by_name(&self, package: usize, wanted: &str) -> Option<Home> {
        self.packages[package].iter().enumerate().find_map(|(f, file)| {
            file.items.iter().enumerate().find_map(|(i, item)| match item {
                Item::Interface(interface) if interface.name == wanted => Some(Home::Interface(package, f, i)),
                Item::World(world) if world.name == wanted => Some(Home::World(package, f, i)),
                _ => None,
            })
        })
    }

    /// Whether the definition of `from` in a place leads to `to`, both in that place.
    pub fn leads_to(&mut self, home: Home, from: &str, to: &str, depth: usize) -> bool {
        if from == to || depth > FAR {
            return true;
        }
        let names = self.named_by(home, from);
        names.iter().any(|name| self.leads_to(home, name, to, depth + 1))
    }

    /// The names that a definition holds; those in functions of a resource are none of its.
    pub fn named_by(&mut self, home: Home, name: &str) -> Vec<String> {
        let Some(mut ty) = self.types(home).into_iter().find(|ty| ty.name == name).cloned() else { return Vec::new() };
        let mut names = Vec::new();
        if !matches!(ty.kind, TypeDefKind::Resource(_)) {
            ty.for_each_type(&mut |ty| names.extend(name_of(ty)));
        }
        names
    }

    /// Whether a place uses an interface, near or far: that one must not use the place in turn.
    pub fn needs(&mut self, from: Home, to: Home) -> bool {
        let (mut seen, mut queue) = (vec![from], vec![from]);
        while let Some(home) = queue.pop() {
            let paths: Vec<Path> = self.uses(home).into_iter().map(|item| item.path.clone()).collect();
            for used in paths.iter().filter_map(|path| self.find(home.package(), home.file(), path)) {
                if !seen.contains(&used) {
                    seen.push(used);
                    queue.push(used);
                }
            }
        }
        seen.contains(&to)
    }

    /// Whether a package uses another one, near or far.
    pub fn package_needs(&mut self, from: usize, to: usize) -> bool {
        let (mut seen, mut queue) = (vec![from], vec![from]);
        while let Some(package) = queue.pop() {
            let mut paths = Vec::new();
            self.for_each_path(&mut |of, file, path| paths.extend((of == package).then(|| (file, path.clone()))));
            for used in paths.iter().filter_map(|(file, path)| self.find(package, *file, path)) {
                if !seen.contains(&used.package()) {
                    seen.push(used.package());
                    queue.push(used.package());
                }
            }
        }
        seen.contains(&to)
    }

    /// Puts `with`, which must name nothing of that name, where `name` is used in a place.
    pub fn substitute(&mut self, home: Home, name: &str, with: &Type) {
        self.for_each_type(home, &mut |ty| {
            if name_of(ty).as_deref() == Some(name) {
                *ty = with.clone();
            }
        });
    }

    /// Gives references within a place another name; `r`, `own<r>` and `borrow<r>` stay what they are.
    pub fn rename_references(&mut self, home: Home, old: &str, new: &str) {
        self.for_each_type(home, &mut |ty| {
            if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty
                && name == old
            {
                *name = new.to_string();
            }
        });
    }

    /// The places that use a type of an interface, with its name there.
    pub fn users(&mut self, home: Home, name: &str) -> Vec<(Home, String)> {
        let mut users = Vec::new();
        for user in self.all_homes() {
            let uses: Vec<_> = self.uses(user).into_iter().map(|item| item.clone()).collect();
            for item in uses.iter().filter(|item| self.find(user.package(), user.file(), &item.path) == Some(home)) {
                users.extend(item.names.iter().filter(|used| used.name == name).map(|used| (user, local(used))));
            }
        }
        users
    }

    /// Drops a type or a used name, with everything that uses it; `with` stands where it was named.
    pub fn drop_type(&mut self, home: Home, name: &str, with: &Type) {
        self.drop_from(home, name, with, 0);
    }

    fn drop_from(&mut self, home: Home, name: &str, with: &Type, depth: usize) {
        let users = if matches!(home, Home::Interface(..)) { self.users(home, name) } else { Vec::new() };
        if self.remove_type(home, name).is_none() {
            self.remove_use(home, name);
        }
        self.substitute(home, name, with);
        let elsewhere = if matches!(with, Type::Primitive(_)) { with.clone() } else { Type::List(Box::new(U8)) };
        for (user, name) in users.into_iter().filter(|_| depth < FAR) {
            self.drop_from(user, &name, &elsewhere, depth + 1);
        }
    }

    /// The path by which a place names an interface.
    pub fn path_to(&self, from: Home, to: Home) -> Option<Path> {
        let Home::Interface(package, file, item) = to else { return None };
        let Item::Interface(interface) = self.packages[package][file].items.get(item)? else { return None };
        let own = from.package() == package;
        let name = interface.name.clone();
        Some(Path { package: if own { None } else { Some(self.name(package)?.clone()) }, name })
    }
}

pub const U8: Type = Type::Primitive(wit_diff::syntax::Primitive::U8);

/// The name by which a used type goes where it is used.
pub fn local(used: &wit_diff::syntax::UseName) -> String {
    used.renamed.as_ref().unwrap_or(&used.name).clone()
}

/// The type that a type names, if it does.
pub fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Name(name) | Type::Own(name) | Type::Borrow(name) => Some(name.clone()),
        _ => None,
    }
}
