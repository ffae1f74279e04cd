//! Everything of the new side that something needs and that the old side lacks.

use super::LONGEST;
use super::definition::{Definition, encoded};
use super::package::{Both, Named, Target};
use crate::syntax::{
    Extern, ExternKind, InterfaceItem, ResourceFunction, Signature, Type, TypeDef, TypeDefKind, Use, WorldItem,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be added, by interface of the new side.
pub(super) struct Gathered<'b, 'a> {
    pub both: &'b Both<'a>,
    /// From interfaces that stand on both sides.
    pub wanted: BTreeMap<String, Wanted>,
    /// Interfaces that the old side does not have.
    pub interfaces: BTreeSet<String>,
    /// Worlds that it does not have, or not like that.
    pub worlds: BTreeSet<String>,
    /// Types whose own needs are not looked at yet.
    open: Vec<(String, String)>,
}

/// What is wanted of one interface.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub types: BTreeSet<String>,
    /// By encoded name.
    pub functions: BTreeSet<String>,
    /// Functions of resources that are there, by encoded name; with the resource.
    pub members: BTreeMap<String, String>,
    /// The types that all these name and that the old side has.
    pub known: BTreeSet<String>,
}

impl<'b, 'a> Gathered<'b, 'a> {
    pub fn new(both: &'b Both<'a>) -> Gathered<'b, 'a> {
        let (wanted, interfaces, worlds) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Gathered { both, wanted, interfaces, worlds, open: Vec::new() }
    }

    /// Whether there is nothing to add.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.interfaces.is_empty() && self.worlds.is_empty()
    }

    /// A definition, whether or not the old side has one like it; `None` where it needs what cannot come along.
    pub fn definition(&mut self, interface: &str, definition: &Definition) -> Option<()> {
        self.both.old.interfaces.get(interface)?;
        match definition {
            Definition::Type(name) => self.take(interface, name),
            Definition::Function(name) => {
                let signature = self.function(interface, name)?;
                self.signature(interface, &signature)?;
                self.wanted.entry(interface.into()).or_default().functions.insert(name.clone());
            }
            Definition::Member(resource, name) => {
                let member = self.member(interface, resource, name)?;
                if self.both.is_alike(interface, resource) {
                    self.signature(interface, &member.signature)?;
                    let getter = name.replacen("[set]", "[get]", 1);
                    if getter != *name && self.both.may_grow(interface) {
                        // No setter stands without its getter.
                        self.definition(interface, &Definition::Member(resource.clone(), getter))?;
                    }
                    let wanted = self.wanted.entry(interface.into()).or_default();
                    wanted.known.insert(resource.clone());
                    wanted.members.insert(name.clone(), resource.clone());
                } else {
                    self.take(interface, resource);
                }
            }
        }
        self.close()
    }

    /// The types, functions and functions of resources of an interface that carry a type; of functions, those that the
    /// old side has as well.
    ///
    /// `everywhere` adds those of the interfaces that use it.
    pub fn carriers(&mut self, interface: &str, name: &str, everywhere: bool) -> Option<()> {
        let start = (interface.to_string(), name.to_string());
        let mut carry = BTreeSet::from([start.clone()]);
        let mut open = vec![start];
        let mut found = BTreeSet::new();
        while let Some((interface, name)) = open.pop() {
            let carriers = self.both.carriers(&interface)?;
            let functions = carriers.functions.get(&name).into_iter().flatten();
            found.extend(functions.map(|definition| (interface.clone(), definition.clone())));
            let types = carriers.types.get(&name).into_iter().flatten();
            let here = types.map(|ty| (interface.clone(), ty.clone()));
            let users = self.both.users().get(&(interface.clone(), name)).cloned().unwrap_or_default();
            let next: Vec<(String, String)> = here.chain(users.into_iter().filter(|_| everywhere)).collect();
            open.extend(next.into_iter().filter(|ty| carry.insert(ty.clone())));
            if carry.len() + found.len() > LONGEST {
                return None;
            }
        }
        found.extend(carry.into_iter().map(|(interface, name)| (interface, Definition::Type(name))));
        found.iter().try_for_each(|(interface, definition)| self.definition(interface, definition))
    }

    /// What the statements of a world need.
    pub fn world_items(&mut self, list: usize, items: &[WorldItem]) -> Option<()> {
        for item in items {
            match item {
                WorldItem::Use(used) => self.used(list, used)?,
                WorldItem::Type(_) => {}
                WorldItem::Include(include) => match self.both.new.target(list, &include.path) {
                    Target::Own(name) => self.world(&name)?,
                    Target::Foreign(path) => drop(self.both.foreign(&path, None)?),
                },
                WorldItem::Import(Extern { kind, .. }) | WorldItem::Export(Extern { kind, .. }) => match kind {
                    ExternKind::Path(path) | ExternKind::Named { path, .. } => match self.both.new.target(list, path) {
                        Target::Own(name) => self.interface(&name)?,
                        Target::Foreign(path) => drop(self.both.foreign(&path, None)?),
                    },
                    ExternKind::Function { .. } => {}
                    ExternKind::Interface { items, .. } => self.interface_items(list, items)?,
                },
            }
        }
        self.close()
    }

    /// A world; `None` where the old side has the same.
    pub fn new_world(&mut self, name: &str) -> Option<()> {
        self.world(name)?;
        self.worlds.contains(name).then_some(())
    }

    fn world(&mut self, name: &str) -> Option<()> {
        if self.both.is_same_world(name) || !self.worlds.insert(name.to_string()) {
            return Some(());
        }
        let &(list, world) = self.both.new.worlds.get(name)?;
        // As many steps as there are worlds, because each is looked at once.
        self.world_items(list, &world.items)
    }

    fn interface(&mut self, name: &str) -> Option<()> {
        if self.both.old.interfaces.contains_key(name) || !self.interfaces.insert(name.to_string()) {
            return Some(());
        }
        if self.interfaces.len() > LONGEST {
            return None;
        }
        let home = self.both.new.interfaces.get(name)?;
        self.interface_items(home.list, &home.interface.items)
    }

    /// What the items of an interface need that comes along as a whole.
    fn interface_items(&mut self, list: usize, items: &[InterfaceItem]) -> Option<()> {
        items.iter().try_for_each(|item| match item {
            InterfaceItem::Use(used) => self.used(list, used),
            InterfaceItem::Type(_) | InterfaceItem::Function(_) => Some(()),
        })
    }

    fn used(&mut self, list: usize, used: &Use) -> Option<()> {
        let target = self.both.new.target(list, &used.path);
        used.names.iter().try_for_each(|name| self.from(&target, &name.name))
    }

    /// A type of another interface.
    fn from(&mut self, target: &Target, name: &str) -> Option<()> {
        match target {
            Target::Foreign(path) => self.both.foreign(path, Some(name)).map(drop),
            Target::Own(interface) if !self.both.old.interfaces.contains_key(&**interface) => self.interface(interface),
            Target::Own(interface) => {
                if !self.both.is_alike(interface, name) {
                    self.take(interface, name);
                }
                Some(())
            }
        }
    }

    fn take(&mut self, interface: &str, name: &str) {
        if self.wanted.entry(interface.into()).or_default().types.insert(name.into()) {
            self.open.push((interface.into(), name.into()));
        }
    }

    /// Looks at the needs of all types that are wanted.
    fn close(&mut self) -> Option<()> {
        let mut count = 0;
        while let Some((interface, name)) = self.open.pop() {
            count += 1;
            if count > LONGEST {
                return None;
            }
            match self.both.new.interfaces.get(&*interface)?.types.get(&*name)?.clone() {
                Named::Defined(ty) => names(ty).iter().try_for_each(|held| self.reference(&interface, held))?,
                Named::Used(target, there) => self.from(&target, there)?,
            }
        }
        Some(())
    }

    fn signature(&mut self, interface: &str, signature: &Signature) -> Option<()> {
        named(signature).iter().try_for_each(|name| self.reference(interface, name))
    }

    fn reference(&mut self, interface: &str, name: &str) -> Option<()> {
        self.both.new.interfaces.get(interface)?.types.get(name)?;
        if self.both.is_alike(interface, name) {
            self.wanted.entry(interface.into()).or_default().known.insert(name.into());
        } else {
            self.take(interface, name);
        }
        Some(())
    }

    fn function(&self, interface: &str, name: &str) -> Option<Signature> {
        let home = self.both.new.interfaces.get(interface)?;
        home.interface.items.iter().find_map(|item| match item {
            InterfaceItem::Function(function) if encoded(&function.name, function.signature.keyword) == name => {
                Some(function.signature.clone())
            }
            _ => None,
        })
    }

    fn member(&self, interface: &str, resource: &str, name: &str) -> Option<&'a ResourceFunction> {
        let members = self.both.new.members(interface, resource);
        members.iter().find(|member| member.encoded(resource) == name)
    }
}

/// By type, what names it in an interface of the new side.
#[derive(Debug, Default)]
pub(super) struct Carriers {
    /// Other types that the old side has as well.
    types: BTreeMap<String, Vec<String>>,
    /// Functions, likewise.
    functions: BTreeMap<String, Vec<Definition>>,
}

impl Carriers {
    pub fn new(both: &Both<'_>, interface: &str) -> Option<Carriers> {
        let mut carriers = Carriers::default();
        let home = both.new.interfaces.get(interface)?;
        let old = super::definition::definitions_of(&both.old, interface);
        let mut note = |definition: Definition, encoded: &str, signature: &Signature| {
            if old.contains_key(encoded) {
                for name in named(signature) {
                    carriers.functions.entry(name).or_default().push(definition.clone());
                }
            }
        };
        for item in &home.interface.items {
            match item {
                InterfaceItem::Function(function) => {
                    let encoded = encoded(&function.name, function.signature.keyword).into_owned();
                    note(Definition::Function(encoded.clone()), &encoded, &function.signature);
                }
                InterfaceItem::Type(TypeDef { name, kind: TypeDefKind::Resource(members), .. }) => {
                    for member in members {
                        let encoded = member.encoded(name);
                        note(Definition::Member(name.clone(), encoded.clone()), &encoded, &member.signature);
                    }
                }
                InterfaceItem::Type(ty) if !both.has_name(interface, "", &ty.name) => {}
                InterfaceItem::Type(ty) => {
                    for held in names(ty) {
                        carriers.types.entry(held).or_default().push(ty.name.clone());
                    }
                }
                InterfaceItem::Use(_) => {}
            }
        }
        Some(carriers)
    }
}

/// The types that a definition names.
pub(super) fn names(ty: &TypeDef) -> Vec<String> {
    let mut found = Vec::new();
    ty.clone().for_each_type(&mut |ty| note(ty, &mut found));
    found
}

/// The types that a signature names.
pub(super) fn named(signature: &Signature) -> Vec<String> {
    let mut found = Vec::new();
    signature.clone().for_each_type(&mut |ty| note(ty, &mut found));
    found
}

fn note(ty: &Type, found: &mut Vec<String>) {
    if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty {
        found.push(name.clone());
    }
}
