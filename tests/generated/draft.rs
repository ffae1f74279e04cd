//! A package and its dependencies as trees, to be edited.

use wit_diff::syntax::{
    ExternKind, File, Include, Interface, InterfaceItem, Item, Package, PackageName, Path, Signature, Type, TypeDef,
    TypeDefKind, Use, World, WorldItem,
};

/// The files of each package; the first package is the one under test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub packages: Vec<Vec<File>>,
}

/// Where types live: an interface, an inline interface of a world, or a world. Indices of package, file and item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    Interface(usize, usize, usize),
    Inline(usize, usize, usize, usize),
    World(usize, usize, usize),
}

impl Home {
    pub fn package(self) -> usize {
        match self {
            Home::Interface(package, ..) | Home::Inline(package, ..) | Home::World(package, ..) => package,
        }
    }

    pub fn file(self) -> usize {
        match self {
            Home::Interface(_, file, _) | Home::Inline(_, file, ..) | Home::World(_, file, _) => file,
        }
    }
}

impl Draft {
    /// Packages that stand in other ones' files become packages of their own.
    pub fn new(packages: Vec<Vec<File>>) -> Draft {
        let mut draft = Draft { packages: Vec::new() };
        let mut nested = Vec::new();
        for mut files in packages {
            for file in &mut files {
                take_nested(&mut file.items, &mut nested);
            }
            draft.packages.push(files);
        }
        draft.packages.extend(nested.into_iter().map(|file| vec![file]));
        draft
    }

    /// Every package with its files, by paths as on a disk.
    pub fn texts(&self) -> Vec<Vec<(String, String)>> {
        let directory = |package: usize| if package == 0 { String::new() } else { format!("deps/d{package}/") };
        let name = |file: usize| if file == 0 { "main.wit".to_string() } else { format!("more-{file}.wit") };
        let files = |(package, files): (usize, &Vec<File>)| {
            let path = |file| format!("{}{}", directory(package), name(file));
            files.iter().enumerate().map(|(at, file)| (path(at), file.to_string())).collect()
        };
        self.packages.iter().enumerate().map(files).collect()
    }

    pub fn name(&self, package: usize) -> Option<&PackageName> {
        self.packages[package].iter().find_map(|file| file.package.as_ref()).map(|package: &Package| &package.name)
    }

    /// Every place of a package where types live.
    pub fn homes(&self, package: usize) -> Vec<Home> {
        let mut homes = Vec::new();
        for (f, file) in self.packages[package].iter().enumerate() {
            for (i, item) in file.items.iter().enumerate() {
                match item {
                    Item::Interface(_) => homes.push(Home::Interface(package, f, i)),
                    Item::World(world) => {
                        homes.push(Home::World(package, f, i));
                        for (at, item) in world.items.iter().enumerate() {
                            if let WorldItem::Import(item) | WorldItem::Export(item) = item
                                && let ExternKind::Interface { .. } = item.kind
                            {
                                homes.push(Home::Inline(package, f, i, at));
                            }
                        }
                    }
                    Item::Use(_) | Item::Package(_) => {}
                }
            }
        }
        homes
    }

    pub fn all_homes(&self) -> Vec<Home> {
        (0..self.packages.len()).flat_map(|package| self.homes(package)).collect()
    }

    /// Where an item was removed since the place was found, there may be none.
    fn item(&mut self, package: usize, file: usize, item: usize) -> Option<&mut Item> {
        self.packages.get_mut(package)?.get_mut(file)?.items.get_mut(item)
    }

    pub fn interface(&mut self, home: Home) -> Option<&mut Interface> {
        let Home::Interface(package, file, item) = home else { return None };
        if let Item::Interface(interface) = self.item(package, file, item)? { Some(interface) } else { None }
    }

    pub fn world(&mut self, home: Home) -> Option<&mut World> {
        let Home::World(package, file, item) = home else { return None };
        if let Item::World(world) = self.item(package, file, item)? { Some(world) } else { None }
    }

    /// The items of an interface, inline or not.
    pub fn body(&mut self, home: Home) -> Option<&mut Vec<InterfaceItem>> {
        if let Home::Inline(package, file, item, at) = home {
            let world = self.world(Home::World(package, file, item))?;
            let (WorldItem::Import(item) | WorldItem::Export(item)) = world.items.get_mut(at)? else { return None };
            if let ExternKind::Interface { items, .. } = &mut item.kind { Some(items) } else { None }
        } else {
            self.interface(home).map(|interface| &mut interface.items)
        }
    }

    pub fn types(&mut self, home: Home) -> Vec<&mut TypeDef> {
        match home {
            Home::World(..) => (self.world(home).into_iter().flat_map(|world| &mut world.items))
                .filter_map(|item| if let WorldItem::Type(ty) = item { Some(ty) } else { None })
                .collect(),
            _ => (self.body(home).into_iter().flatten())
                .filter_map(|item| if let InterfaceItem::Type(ty) = item { Some(ty) } else { None })
                .collect(),
        }
    }

    pub fn uses(&mut self, home: Home) -> Vec<&mut Use> {
        match home {
            Home::World(..) => (self.world(home).into_iter().flat_map(|world| &mut world.items))
                .filter_map(|item| if let WorldItem::Use(item) = item { Some(item) } else { None })
                .collect(),
            _ => (self.body(home).into_iter().flatten())
                .filter_map(|item| if let InterfaceItem::Use(item) = item { Some(item) } else { None })
                .collect(),
        }
    }

    /// The signatures of functions, those of resources included.
    pub fn signatures(&mut self, home: Home) -> Vec<&mut Signature> {
        let mut found = Vec::new();
        match home {
            Home::World(..) => {
                for item in self.world(home).into_iter().flat_map(|world| &mut world.items) {
                    match item {
                        WorldItem::Type(TypeDef { kind: TypeDefKind::Resource(functions), .. }) => {
                            found.extend(functions.iter_mut().map(|function| &mut function.signature));
                        }
                        WorldItem::Import(item) | WorldItem::Export(item) => {
                            if let ExternKind::Function { signature, .. } = &mut item.kind {
                                found.push(signature);
                            }
                        }
                        WorldItem::Type(_) | WorldItem::Use(_) | WorldItem::Include(_) => {}
                    }
                }
            }
            _ => {
                for item in self.body(home).into_iter().flatten() {
                    match item {
                        InterfaceItem::Function(function) => found.push(&mut function.signature),
                        InterfaceItem::Type(TypeDef { kind: TypeDefKind::Resource(functions), .. }) => {
                            found.extend(functions.iter_mut().map(|function| &mut function.signature));
                        }
                        InterfaceItem::Type(_) | InterfaceItem::Use(_) => {}
                    }
                }
            }
        }
        found
    }

    pub fn add_type(&mut self, home: Home, ty: TypeDef) -> Option<()> {
        match home {
            Home::World(..) => self.world(home)?.items.push(WorldItem::Type(ty)),
            _ => self.body(home)?.push(InterfaceItem::Type(ty)),
        }
        Some(())
    }

    pub fn add_use(&mut self, home: Home, item: Use) -> Option<()> {
        match home {
            Home::World(..) => self.world(home)?.items.insert(0, WorldItem::Use(item)),
            _ => self.body(home)?.insert(0, InterfaceItem::Use(item)),
        }
        Some(())
    }

    /// Takes a type out; references to it stay.
    pub fn remove_type(&mut self, home: Home, name: &str) -> Option<TypeDef> {
        match home {
            Home::World(..) => {
                let items = &mut self.world(home)?.items;
                let at = items.iter().position(|item| matches!(item, WorldItem::Type(ty) if ty.name == name))?;
                if let WorldItem::Type(ty) = items.remove(at) { Some(ty) } else { None }
            }
            _ => {
                let items = self.body(home)?;
                let at = items.iter().position(|item| matches!(item, InterfaceItem::Type(ty) if ty.name == name))?;
                if let InterfaceItem::Type(ty) = items.remove(at) { Some(ty) } else { None }
            }
        }
    }

    /// Takes one name out of what is used; references to it stay.
    pub fn remove_use(&mut self, home: Home, name: &str) -> Option<()> {
        let local = |used: &wit_diff::syntax::UseName| used.renamed.as_ref().unwrap_or(&used.name) == name;
        let found = self.uses(home).into_iter().find(|item| item.names.iter().any(local))?;
        found.names.retain(|used| !local(used));
        match home {
            Home::World(..) => {
                self.world(home)?.items.retain(|item| !matches!(item, WorldItem::Use(item) if item.names.is_empty()))
            }
            _ => self.body(home)?.retain(|item| !matches!(item, InterfaceItem::Use(item) if item.names.is_empty())),
        }
        Some(())
    }

    /// Every type that is used by items of the place itself.
    pub fn for_each_type(&mut self, home: Home, f: &mut dyn FnMut(&mut Type)) {
        match home {
            Home::World(..) => {
                for item in self.world(home).into_iter().flat_map(|world| &mut world.items) {
                    let is_inline = matches!(item, WorldItem::Import(item) | WorldItem::Export(item)
                        if matches!(item.kind, ExternKind::Interface { .. }));
                    if !is_inline {
                        item.for_each_type(f);
                    }
                }
            }
            _ => self.body(home).into_iter().flatten().for_each(|item| item.for_each_type(f)),
        }
    }

    /// Every way to an interface or world, with the package and file that it stands in.
    pub fn for_each_path(&mut self, f: &mut dyn FnMut(usize, usize, &mut Path)) {
        for (p, files) in self.packages.iter_mut().enumerate() {
            for (at, file) in files.iter_mut().enumerate() {
                for item in &mut file.items {
                    match item {
                        Item::Use(item) => f(p, at, &mut item.path),
                        Item::Interface(interface) => paths_of_body(&mut interface.items, &mut |path| f(p, at, path)),
                        Item::World(world) => {
                            world.items.iter_mut().for_each(|item| paths_of_world(item, &mut |path| f(p, at, path)))
                        }
                        Item::Package(_) => {}
                    }
                }
            }
        }
    }
}

fn paths_of_body(items: &mut [InterfaceItem], f: &mut dyn FnMut(&mut Path)) {
    for item in items {
        if let InterfaceItem::Use(item) = item {
            f(&mut item.path);
        }
    }
}

fn paths_of_world(item: &mut WorldItem, f: &mut dyn FnMut(&mut Path)) {
    match item {
        WorldItem::Use(Use { path, .. }) | WorldItem::Include(Include { path, .. }) => f(path),
        WorldItem::Type(_) => {}
        WorldItem::Import(item) | WorldItem::Export(item) => match &mut item.kind {
            ExternKind::Path(path) | ExternKind::Named { path, .. } => f(path),
            ExternKind::Function { .. } => {}
            ExternKind::Interface { items, .. } => paths_of_body(items, f),
        },
    }
}

fn take_nested(items: &mut Vec<Item>, nested: &mut Vec<File>) {
    let (inner, rest): (Vec<Item>, Vec<Item>) =
        std::mem::take(items).into_iter().partition(|item| matches!(item, Item::Package(_)));
    *items = rest;
    for item in inner {
        if let Item::Package(mut package) = item {
            take_nested(&mut package.items, nested);
            nested
                .push(File { package: Some(Package { docs: package.docs, name: package.name }), items: package.items });
        }
    }
}
