//! What names a part that was cut goes with it: a type becomes `u8`, a `use`, import, export or `include` is dropped.

use crate::syntax::*;
use std::collections::{BTreeMap, BTreeSet};

/// `namespace:name` and the name of an interface or world.
type Home = (String, String);

/// What can be named from elsewhere.
#[derive(Default)]
struct Known {
    /// Interfaces, with the types that can be used of them.
    interfaces: BTreeMap<Home, BTreeSet<String>>,
    worlds: BTreeSet<Home>,
}

/// Mends the files until every name leads somewhere.
pub(super) fn mend(files: &mut [File]) {
    loop {
        let before = files.to_vec();
        let known = known(files);
        for file in files.iter_mut() {
            let package = file.package.as_ref().map(|package| name_of(&package.name)).unwrap_or_default();
            mend_items(&mut file.items, &package, &known);
        }
        if before == files {
            return;
        }
    }
}

fn name_of(package: &PackageName) -> String {
    format!("{}:{}", package.namespace, package.name)
}

fn known(files: &[File]) -> Known {
    let mut known = Known::default();
    for file in files {
        let package = file.package.as_ref().map(|package| name_of(&package.name)).unwrap_or_default();
        note(&file.items, &package, &mut known);
    }
    known
}

fn note(items: &[Item], package: &str, known: &mut Known) {
    for item in items {
        match item {
            Item::Interface(interface) => {
                let home = (package.to_string(), interface.name.clone());
                known.interfaces.entry(home).or_default().extend(types(&interface.items));
            }
            Item::World(world) => {
                known.worlds.insert((package.to_string(), world.name.clone()));
            }
            Item::Use(_) => {}
            Item::Package(nested) => note(&nested.items, &name_of(&nested.name), known),
        }
    }
}

/// The names of types that an interface defines or uses.
fn types(items: &[InterfaceItem]) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    for item in items {
        match item {
            InterfaceItem::Use(used) => types.extend(used.names.iter().map(here)),
            InterfaceItem::Type(ty) => {
                types.insert(ty.name.clone());
            }
            InterfaceItem::Function(_) => {}
        }
    }
    types
}

/// What a used type is called where it is used.
fn here(name: &UseName) -> String {
    name.renamed.clone().unwrap_or_else(|| name.name.clone())
}

/// One package, as names are looked up in it.
struct Scope<'a> {
    package: &'a str,
    /// What `use a:b/c as d` names.
    renamed: BTreeMap<String, Path>,
    known: &'a Known,
}

fn mend_items(items: &mut Vec<Item>, package: &str, known: &Known) {
    let mut scope = Scope { package, renamed: BTreeMap::new(), known };
    items.retain(|item| match item {
        Item::Use(used) => {
            let leads = scope.leads_to_interface(&used.path) || scope.leads_to_world(&used.path);
            if leads {
                let name = used.renamed.clone().unwrap_or_else(|| used.path.name.clone());
                scope.renamed.insert(name, used.path.clone());
            }
            leads
        }
        Item::Interface(_) | Item::World(_) | Item::Package(_) => true,
    });
    for item in items {
        match item {
            Item::Interface(interface) => scope.mend_interface(&mut interface.items),
            Item::World(world) => scope.mend_world(&mut world.items),
            Item::Use(_) => {}
            Item::Package(nested) => mend_items(&mut nested.items, &name_of(&nested.name), known),
        }
    }
}

impl Scope<'_> {
    fn home(&self, path: &Path) -> Home {
        let path = self.renamed.get(&path.name).filter(|_| path.package.is_none()).unwrap_or(path);
        (path.package.as_ref().map_or_else(|| self.package.to_string(), name_of), path.name.clone())
    }

    fn leads_to_interface(&self, path: &Path) -> bool {
        self.known.interfaces.contains_key(&self.home(path))
    }

    fn leads_to_world(&self, path: &Path) -> bool {
        self.known.worlds.contains(&self.home(path))
    }

    fn mend_interface(&self, items: &mut Vec<InterfaceItem>) {
        items.retain_mut(|item| match item {
            InterfaceItem::Use(used) => self.mend_use(used),
            InterfaceItem::Type(_) | InterfaceItem::Function(_) => true,
        });
        let there = types(items);
        items.iter_mut().for_each(|item| item.for_each_type(&mut |ty| mend_type(ty, &there)));
    }

    fn mend_world(&self, items: &mut Vec<WorldItem>) {
        items.retain_mut(|item| match item {
            WorldItem::Use(used) => self.mend_use(used),
            WorldItem::Type(_) => true,
            WorldItem::Include(include) => self.leads_to_world(&include.path),
            WorldItem::Import(item) | WorldItem::Export(item) => match &mut item.kind {
                ExternKind::Path(path) | ExternKind::Named { path, .. } => self.leads_to_interface(path),
                ExternKind::Function { .. } => true,
                ExternKind::Interface { items, .. } => {
                    self.mend_interface(items);
                    true
                }
            },
        });
        let mut there = BTreeSet::new();
        for item in items.iter() {
            match item {
                WorldItem::Use(used) => there.extend(used.names.iter().map(here)),
                WorldItem::Type(ty) => {
                    there.insert(ty.name.clone());
                }
                WorldItem::Include(_) | WorldItem::Import(_) | WorldItem::Export(_) => {}
            }
        }
        for item in items {
            let is_inline = matches!(item, WorldItem::Import(item) | WorldItem::Export(item)
                if matches!(item.kind, ExternKind::Interface { .. }));
            if !is_inline {
                item.for_each_type(&mut |ty| mend_type(ty, &there));
            }
        }
    }

    /// Drops the names that lead nowhere; says whether any is left.
    fn mend_use(&self, used: &mut Use) -> bool {
        let types = self.known.interfaces.get(&self.home(&used.path));
        used.names.retain(|name| types.is_some_and(|types| types.contains(&name.name)));
        !used.names.is_empty()
    }
}

fn mend_type(ty: &mut Type, there: &BTreeSet<String>) {
    if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty
        && !there.contains(name)
    {
        *ty = Type::Primitive(Primitive::U8);
    }
}
