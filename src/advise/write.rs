//! What was gathered, as steps: beside what is there, or in interfaces and worlds of their own.

use super::definition::{Definition, encoded};
use super::gather::{Gathered, Wanted};
use super::name::Taken;
use super::package::{Both, Named, Target};
use super::rewrite::{bare_type, gates, rank, world_rank};
use super::{Advice, Part, Place, Shape, Step};
use crate::syntax::{
    Extern, ExternKind, Function, Include, Interface, InterfaceItem, Item, Keyword, Parameter, Path, ResourceFunction,
    ResourceFunctionKind, Signature, Type, TypeDef, TypeDefKind, World, WorldItem,
};
use std::collections::{BTreeMap, BTreeSet};

/// Advice that offers one definition of an interface a second time, with all that it needs.
pub(super) fn offer(gathered: &Gathered<'_, '_>, interface: &str, definition: &Definition) -> Option<Advice> {
    let first = match definition {
        Definition::Type(name) => name.clone(),
        Definition::Function(_) | Definition::Member(..) => String::new(),
    };
    let mut writer = Writer { first: first.clone(), ..Writer::new(gathered, false) };
    let mut steps = writer.steps(interface)?;
    if writer.makes_a_circle(&steps) {
        writer = Writer { first, ..Writer::new(gathered, true) };
        steps = writer.steps(interface)?;
    }
    let shape = match writer.own.get(interface) {
        Some(new) => {
            let worlds = writer.included.clone();
            Shape::Interface { old: interface.into(), new: new.clone(), worlds }
        }
        None => {
            let (old, new) = writer.names(interface, definition);
            Shape::Beside { old, new }
        }
    };
    Some(Advice { shape, version: version(gathered.both, &steps), steps })
}

/// The version that the steps speak of.
pub(super) fn version(both: &Both<'_>, steps: &[Step]) -> Option<String> {
    let is_kept = steps.iter().any(|step| matches!(step, Step::Keep { .. }));
    both.next.clone().filter(|_| both.is_gated || is_kept)
}

/// What is written for one piece of advice, and the names that it gives.
pub(super) struct Writer<'g, 'b, 'a> {
    pub(super) gathered: &'g Gathered<'b, 'a>,
    /// The interfaces of their own, by those that they stand beside.
    pub own: BTreeMap<String, String>,
    /// The worlds that are included, and those that include them.
    pub(super) included: Vec<(String, String)>,
    /// What the worlds that include old ones hold besides: the list of items that it stands in, and the statements.
    pub(super) extended: BTreeMap<String, (usize, Vec<WorldItem>)>,
    pub top: Taken,
    /// The type that it is all about, if it is one: it is read first.
    pub(super) first: String,
    /// Second names of worlds.
    worlds: BTreeMap<String, String>,
    taken: BTreeMap<(String, String), Taken>,
    /// Second names by place and first name.
    second: BTreeMap<(String, String, String), String>,
}

impl<'g, 'b, 'a> Writer<'g, 'b, 'a> {
    pub fn new(gathered: &'g Gathered<'b, 'a>, all_own: bool) -> Writer<'g, 'b, 'a> {
        let mut top = gathered.both.top();
        let mut own = BTreeMap::new();
        for (interface, wanted) in &gathered.wanted {
            let is_empty = wanted.types.is_empty() && wanted.functions.is_empty() && wanted.members.is_empty();
            if !is_empty && (all_own || !gathered.both.may_grow(interface)) {
                let new = top.second(interface);
                top.add(&new);
                own.insert(interface.clone(), new);
            }
        }
        let (included, worlds, taken, second) = (Vec::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (first, extended) = (String::new(), BTreeMap::new());
        Writer { gathered, first, own, included, extended, top, worlds, taken, second }
    }

    /// Everything that was gathered; `origin` comes first.
    pub fn steps(&mut self, origin: &str) -> Option<Vec<Step>> {
        let mut top = self.whole()?;
        let mut steps = Vec::new();
        let gathered = self.gathered;
        let others = gathered.wanted.iter().filter(|(interface, _)| *interface != origin);
        for (interface, wanted) in gathered.wanted.get_key_value(origin).into_iter().chain(others) {
            match self.own.get(interface).cloned() {
                Some(new) => top.push((interface.clone(), self.own_interface(interface, new, wanted)?)),
                None => self.beside(interface, wanted, &mut steps)?,
            }
        }
        self.including(&mut top)?;
        // In the file of what it stands beside; else where it all began.
        let list = |name: &str| gathered.both.old.list_of(name);
        let place = |anchor: String| Place::Package {
            beside: if list(&anchor).is_none_or(|at| list(origin) == Some(at)) { origin.to_string() } else { anchor },
        };
        let added = top.into_iter().map(|(anchor, item)| (place(anchor), Part::Top(item)));
        for (into, part) in added {
            match steps.last_mut() {
                Some(Step::Add { into: last, parts }) if *last == into => parts.push(part),
                _ => steps.push(Step::Add { into, parts: vec![part] }),
            }
        }
        (!steps.is_empty()).then_some(steps)
    }

    /// Interfaces and worlds that come along as a whole.
    fn whole(&mut self) -> Option<Vec<(String, Item)>> {
        let gathered = self.gathered;
        let mut items = Vec::new();
        for name in &gathered.interfaces {
            let home = gathered.both.new.interfaces.get(&**name)?;
            let interface = Interface {
                docs: Vec::new(),
                attributes: gathered.both.attributes(&home.interface.attributes),
                name: name.clone(),
                items: self.interface_items(home.list, &home.interface.items)?,
            };
            items.push((name.clone(), Item::Interface(interface)));
        }
        for name in &gathered.worlds {
            let &(list, world) = gathered.both.new.worlds.get(&**name)?;
            let world = World {
                docs: Vec::new(),
                attributes: gathered.both.attributes(&world.attributes),
                name: self.world_name(name),
                items: self.world_items(list, &world.items)?,
            };
            items.push((name.clone(), Item::World(world)));
        }
        Some(items)
    }

    /// What a world of the new side is called once the steps are done.
    pub fn world_name(&mut self, name: &str) -> String {
        let is_second = self.gathered.worlds.contains(name) && self.gathered.both.old.worlds.contains_key(name);
        if !is_second {
            return name.to_string();
        }
        if let Some(known) = self.worlds.get(name) {
            return known.clone();
        }
        let second = self.top.second(name);
        self.top.add(&second);
        self.worlds.insert(name.into(), second.clone());
        second
    }

    /// The name of something new in an interface or a resource: its own if the old side does not have it.
    pub fn second(&mut self, interface: &str, resource: &str, name: &str) -> String {
        let both = self.gathered.both;
        let is_old = both.has_name(interface, resource, name) || both.is_given(interface, resource, name);
        self.named(interface, resource, name, |taken| if is_old { taken.second(name) } else { name.to_string() })
    }

    /// The name of the static function that stands for a second constructor.
    fn creating(&mut self, interface: &str, resource: &str) -> String {
        self.named(interface, resource, "[constructor]", |taken| taken.free(CREATE))
    }

    fn named(&mut self, interface: &str, resource: &str, first: &str, choose: impl FnOnce(&Taken) -> String) -> String {
        let key = (interface.to_string(), resource.to_string(), first.to_string());
        if let Some(known) = self.second.get(&key) {
            return known.clone();
        }
        let both = self.gathered.both;
        let place = (interface.to_string(), resource.to_string());
        let taken = self.taken.entry(place).or_insert_with(|| match resource {
            "" => both.names_in(interface),
            resource => both.names_of(interface, resource),
        });
        let name = choose(taken);
        taken.add(&name);
        self.second.insert(key, name.clone());
        name
    }

    /// What was changed and what is offered instead, by name.
    pub(super) fn names(&mut self, interface: &str, definition: &Definition) -> (String, String) {
        match definition {
            Definition::Type(name) => (name.clone(), self.second(interface, "", name)),
            Definition::Function(name) => {
                let plain = plain(name);
                (plain.to_string(), self.second(interface, "", plain))
            }
            Definition::Member(resource, name) => {
                let is_whole =
                    self.gathered.wanted.get(interface).is_some_and(|wanted| wanted.types.contains(resource));
                if is_whole {
                    return (resource.clone(), self.second(interface, "", resource));
                }
                match plain(name).split_once('.') {
                    Some((_, plain)) => (
                        format!("{resource}.{plain}"),
                        format!("{resource}.{}", self.second(interface, resource, plain)),
                    ),
                    None => (
                        format!("{resource}.constructor"),
                        format!("{resource}.{}", self.creating(interface, resource)),
                    ),
                }
            }
        }
    }

    /// Additions to an interface that is there.
    fn beside(&mut self, interface: &str, wanted: &Wanted, steps: &mut Vec<Step>) -> Option<()> {
        let both = self.gathered.both;
        let home = both.new.interfaces.get(interface)?;
        let mut parts: Vec<InterfaceItem> = Vec::new();
        for name in &wanted.types {
            if let Named::Used(target, there) = home.types.get(&**name)? {
                let here = self.second(interface, "", name);
                let used = self.used(target, &[(there.to_string(), here)], &both.since())?;
                parts.extend(used.into_iter().map(InterfaceItem::Use));
            }
        }
        let mut resources: BTreeMap<String, Vec<Part>> = BTreeMap::new();
        for item in self.in_order(&home.interface.items, wanted) {
            match item {
                InterfaceItem::Use(_) => {}
                InterfaceItem::Type(ty) if wanted.types.contains(&ty.name) => {
                    let mut ty = TypeDef {
                        attributes: both.attributes(&ty.attributes),
                        name: self.second(interface, "", &ty.name),
                        ..bare_type(ty)
                    };
                    ty.for_each_type(&mut |ty| self.rename(interface, wanted, ty));
                    parts.push(InterfaceItem::Type(ty));
                }
                InterfaceItem::Type(TypeDef { name, kind: TypeDefKind::Resource(members), .. }) => {
                    for member in wanted_members(name, members, wanted) {
                        let mut member = self.member(interface, name, member);
                        member.for_each_type(&mut |ty| self.rename(interface, wanted, ty));
                        resources.entry(name.clone()).or_default().push(Part::InResource(member));
                    }
                }
                InterfaceItem::Type(_) => {}
                InterfaceItem::Function(function) => {
                    if wanted.functions.contains(&*encoded(&function.name, function.signature.keyword)) {
                        let mut signature = function.signature.clone();
                        signature.for_each_type(&mut |ty| self.rename(interface, wanted, ty));
                        parts.push(InterfaceItem::Function(Function {
                            docs: Vec::new(),
                            attributes: both.attributes(&function.attributes),
                            name: self.second(interface, "", &function.name),
                            signature,
                        }));
                    }
                }
            }
        }
        if !parts.is_empty() {
            let parts = parts.into_iter().map(Part::InInterface).collect();
            steps.push(Step::Add { into: Place::Interface(interface.into()), parts });
        }
        for (resource, parts) in resources {
            steps.push(Step::Add { into: Place::Resource(interface.into(), resource), parts });
        }
        Some(())
    }

    /// What it is all about first, then types, then functions, by name: not as they stand in the new text.
    fn in_order<'i>(&self, items: &'i [InterfaceItem], wanted: &Wanted) -> Vec<&'i InterfaceItem> {
        let resources: BTreeSet<&String> = wanted.members.values().collect();
        let is_wanted = |item: &&InterfaceItem| match item {
            InterfaceItem::Use(_) => false,
            InterfaceItem::Type(ty) => wanted.types.contains(&ty.name) || resources.contains(&ty.name),
            InterfaceItem::Function(f) => wanted.functions.contains(&*encoded(&f.name, f.signature.keyword)),
        };
        // There may be many, and few are wanted.
        let mut items: Vec<&InterfaceItem> = items.iter().filter(is_wanted).collect();
        let is_first = |item: &InterfaceItem| matches!(item, InterfaceItem::Type(ty) if ty.name == self.first);
        items.sort_by_cached_key(|item| (!is_first(item), rank(item)));
        items
    }

    fn rename(&mut self, interface: &str, wanted: &Wanted, ty: &mut Type) {
        if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty
            && wanted.types.contains(name)
        {
            *name = self.second(interface, "", name);
        }
    }

    /// A second function of a resource; a constructor has no name, so that it becomes a static function.
    fn member(&mut self, interface: &str, resource: &str, member: &ResourceFunction) -> ResourceFunction {
        let attributes = self.gathered.both.attributes(&member.attributes);
        let mut signature = member.signature.clone();
        let kind = match &member.kind {
            ResourceFunctionKind::Method(name) => ResourceFunctionKind::Method(self.second(interface, resource, name)),
            ResourceFunctionKind::Static(name) => ResourceFunctionKind::Static(self.second(interface, resource, name)),
            ResourceFunctionKind::Constructor => {
                signature.result.get_or_insert_with(|| Type::Name(resource.into()));
                ResourceFunctionKind::Static(self.creating(interface, resource))
            }
        };
        ResourceFunction { docs: Vec::new(), attributes, kind, signature }
    }

    /// An interface of its own that uses what stays as it is.
    fn own_interface(&mut self, interface: &str, name: String, wanted: &Wanted) -> Option<Item> {
        let both = self.gathered.both;
        let home = both.new.interfaces.get(interface)?;
        let known = wanted.known.iter().filter(|name| !wanted.types.contains(*name));
        let known: Vec<(String, String)> = known.map(|name| (name.clone(), name.clone())).collect();
        let mut uses = self.used(&Target::Own(interface.into()), &known, &[])?;
        for name in &wanted.types {
            if let Named::Used(target, there) = home.types.get(&**name)? {
                uses.extend(self.used(target, &[(there.to_string(), name.clone())], &[])?);
            }
        }
        let mut items: Vec<InterfaceItem> = uses.into_iter().map(InterfaceItem::Use).collect();
        let mut taken = both.names_in(interface);
        for item in self.in_order(&home.interface.items, wanted) {
            match item {
                InterfaceItem::Use(_) => {}
                InterfaceItem::Type(ty) if wanted.types.contains(&ty.name) => {
                    let attributes = gates(&ty.attributes);
                    items.push(InterfaceItem::Type(TypeDef { attributes, ..bare_type(ty) }));
                }
                InterfaceItem::Type(TypeDef { name, kind: TypeDefKind::Resource(members), .. }) => {
                    for member in wanted_members(name, members, wanted) {
                        let mut function = function_of(name, member);
                        function.name = taken.free(&function.name);
                        taken.add(&function.name);
                        items.push(InterfaceItem::Function(function));
                    }
                }
                InterfaceItem::Type(_) => {}
                InterfaceItem::Function(function) => {
                    if wanted.functions.contains(&*encoded(&function.name, function.signature.keyword)) {
                        let attributes = gates(&function.attributes);
                        items.push(InterfaceItem::Function(Function {
                            docs: Vec::new(),
                            attributes,
                            ..function.clone()
                        }));
                    }
                }
            }
        }
        Some(Item::Interface(Interface { docs: Vec::new(), attributes: both.since(), name, items }))
    }

    /// Worlds that include those that hold an old interface, and hold the new one as they do.
    fn including(&mut self, top: &mut Vec<(String, Item)>) -> Option<()> {
        let both = self.gathered.both;
        let mut held: BTreeMap<&str, BTreeSet<(bool, &str)>> = BTreeMap::new();
        let own = self.own.clone();
        for (old, new) in &own {
            for (world, is_stated, exports) in both.holders(old) {
                if is_stated && !both.exports_under_label(world) {
                    held.entry(world).or_default().insert((exports, new));
                }
            }
        }
        let extended = std::mem::take(&mut self.extended);
        for world in extended.keys() {
            held.entry(world).or_default();
        }
        for (world, held) in held {
            let name = self.top.second(world);
            self.top.add(&name);
            self.included.push((world.to_string(), name.clone()));
            let mut items = vec![include(world)];
            if let Some((list, added)) = extended.get(world) {
                items.extend(self.world_items(*list, added)?);
            }
            for (exports, interface) in held {
                let path = Path { package: None, name: interface.to_string() };
                let statement = Extern { docs: Vec::new(), attributes: Vec::new(), kind: ExternKind::Path(path) };
                items.push(if exports { WorldItem::Export(statement) } else { WorldItem::Import(statement) });
            }
            items.sort_by_cached_key(world_rank);
            let made = World { docs: Vec::new(), attributes: both.since(), name, items };
            top.push((world.to_string(), Item::World(made)));
        }
        Some(())
    }
}

/// The functions of a resource that are wanted, by name.
fn wanted_members<'m>(resource: &str, members: &'m [ResourceFunction], wanted: &Wanted) -> Vec<&'m ResourceFunction> {
    let is_wanted = |member: &&ResourceFunction| wanted.members.contains_key(&member.encoded(resource));
    let mut found: Vec<&ResourceFunction> = members.iter().filter(is_wanted).collect();
    found.sort_by_cached_key(|member| member.encoded(resource));
    found
}

/// What a second constructor is called: `new` is what bindings call the first one.
const CREATE: &str = "create";

/// A name without the brackets before it.
fn plain(encoded: &str) -> &str {
    encoded.rsplit_once(']').map_or(encoded, |(_, name)| name)
}

/// A function of a resource as one of an interface.
fn function_of(resource: &str, member: &ResourceFunction) -> Function {
    let Signature { keyword, mut parameters, mut result } = member.signature.clone();
    let name = match &member.kind {
        ResourceFunctionKind::Constructor => {
            result.get_or_insert_with(|| Type::Name(resource.into()));
            format!("{CREATE}-{resource}")
        }
        ResourceFunctionKind::Method(name) | ResourceFunctionKind::Static(name) => match keyword {
            Keyword::Set => format!("set-{resource}-{name}"),
            Keyword::Func | Keyword::AsyncFunc | Keyword::Get => format!("{resource}-{name}"),
        },
    };
    if matches!(member.kind, ResourceFunctionKind::Method(_)) {
        let mut taken = Taken::default();
        parameters.iter().for_each(|parameter| taken.add(&parameter.name));
        parameters.insert(0, Parameter { name: taken.free("self"), ty: Type::Borrow(resource.into()) });
    }
    let keyword = if keyword == Keyword::AsyncFunc { keyword } else { Keyword::Func };
    let signature = Signature { keyword, parameters, result };
    Function { docs: Vec::new(), attributes: gates(&member.attributes), name, signature }
}

/// `include` of a world of the package.
pub(super) fn include(world: &str) -> WorldItem {
    let path = Path { package: None, name: world.into() };
    WorldItem::Include(Include { attributes: Vec::new(), path, names: Vec::new() })
}
