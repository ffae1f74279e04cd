//! `use`: added, dropped, renamed, re-routed.

use super::{Pen, Row};
use crate::draft::Home;
use crate::scope::{U8, local};
use wit_diff::syntax::{Interface, Item, Path, ToplevelUse, Type, TypeDef, TypeDefKind, Use, UseName};

pub const EDITS: &[Row] = &[
    ("use added", add),
    ("use dropped", dropped),
    ("use renamed", renamed),
    ("use renamed with its references", renamed_with_references),
    ("use re-routed through a new interface", rerouted),
    ("use re-routed to where it comes from", straightened),
    ("use replaced by a copy", copied),
    ("type replaced by a use", used_instead),
    ("use through an alias of the file", through_the_file),
];

fn one_name(path: Path, name: String, renamed: Option<String>) -> Use {
    Use { attributes: Vec::new(), path, names: vec![UseName { name, renamed }] }
}

fn add(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let is_resource = pen.one_in(2);
    let (from, name) = pen.foreign(home, is_resource)?;
    let path = pen.draft.path_to(home, from)?;
    let taken = pen.draft.taken(home);
    let renamed = if taken.contains(&name) || pen.one_in(4) { Some(pen.fresh(&taken)?) } else { None };
    let local = renamed.clone().unwrap_or(name.clone());
    pen.draft.add_use(home, one_name(path, name, renamed))?;
    // Half of them are used, too.
    if pen.one_in(2) {
        let count = pen.draft.signatures(home).len();
        let at = pen.rng.usize(..(count > 0).then_some(count)?);
        if let Some(parameter) = pen.draft.signatures(home).swap_remove(at).parameters.first_mut() {
            parameter.ty = Type::Name(local);
        }
    }
    Some(())
}

fn dropped(pen: &mut Pen) -> Option<()> {
    let (home, name) = any(pen)?;
    pen.draft.drop_type(home, &name, &U8);
    Some(())
}

/// Its local name changes, and with it the type that the interface exports.
fn renamed_with_references(pen: &mut Pen) -> Option<()> {
    let (home, old) = any(pen)?;
    let new = pen.fresh_in(home)?;
    let used = pen.draft.uses(home).into_iter().flat_map(|item| &mut item.names).find(|used| local(used) == old)?;
    used.renamed = (used.name != new).then(|| new.clone());
    pen.draft.rename_references(home, &old, &new);
    for (user, _) in pen.draft.users(home, &old) {
        for used in pen.draft.uses(user).into_iter().flat_map(|item| &mut item.names).filter(|used| used.name == old) {
            used.renamed = Some(local(used));
            used.name = new.clone();
        }
    }
    Some(())
}

/// The name stays, an alias takes its place: `use i.{r as x}; type r = x;`.
fn renamed(pen: &mut Pen) -> Option<()> {
    let (home, name) = any(pen)?;
    let new = pen.fresh_in(home)?;
    let used = pen.draft.uses(home).into_iter().flat_map(|item| &mut item.names).find(|used| local(used) == name)?;
    used.renamed = Some(new.clone());
    let kind = TypeDefKind::Alias(Type::Name(new));
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

fn rerouted(pen: &mut Pen) -> Option<()> {
    let (home, name) = any(pen)?;
    let (from, of) = pen.draft.origin(home, &name)?;
    let package = home.package();
    let through = pen.fresh_interface(package)?;
    let file = home.file();
    let anchor = Home::Interface(package, file, 0);
    let path = pen.draft.path_to(anchor, from)?;
    pen.draft.remove_use(home, &name)?;
    let interface = Interface {
        docs: Vec::new(),
        attributes: Vec::new(),
        name: through.clone(),
        items: vec![wit_diff::syntax::InterfaceItem::Use(one_name(path, of.clone(), None))],
    };
    let renamed = (of != name).then(|| name.clone());
    pen.draft.add_use(home, one_name(Path { package: None, name: through }, of, renamed))?;
    pen.draft.packages[package][file].items.push(Item::Interface(interface));
    Some(())
}

fn straightened(pen: &mut Pen) -> Option<()> {
    let (home, name) = any(pen)?;
    let (through, of) = pen.draft.origin(home, &name)?;
    let (from, of) = pen.draft.origin(through, &of)?;
    let path = pen.draft.path_to(home, from)?;
    pen.draft.remove_use(home, &name)?;
    let renamed = (of != name).then_some(name);
    pen.draft.add_use(home, one_name(path, of, renamed))
}

/// What is used becomes a definition of the same shape.
fn copied(pen: &mut Pen) -> Option<()> {
    let (home, name) = any(pen)?;
    let (from, of) = pen.draft.origin(home, &name)?;
    let kind = pen.def(from, &of)?.kind.clone();
    if pen.draft.named_by(from, &of).iter().any(|named| !pen.draft.taken(home).contains(named)) {
        return None;
    }
    pen.draft.remove_use(home, &name)?;
    pen.draft.add_type(home, TypeDef { docs: Vec::new(), attributes: Vec::new(), name, kind })
}

/// A definition becomes a use of another interface's type.
fn used_instead(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(|kind| !matches!(kind, TypeDefKind::Resource(_)))?;
    let (from, of) = pen.foreign(home, false)?;
    let path = pen.draft.path_to(home, from)?;
    pen.draft.remove_type(home, &name)?;
    let renamed = (of != name).then_some(name);
    pen.draft.add_use(home, one_name(path, of, renamed))
}

/// `use a:b/i as x;` at the top, `use x.{t}` below.
fn through_the_file(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let own = pen.draft.name(home.package()).cloned();
    let name = pen.fresh_interface(home.package())?;
    let used = pen.draft.uses(home).into_iter().map(|item| item.path.clone()).collect();
    let path: Path = pen.pick(used)?;
    let whole = Path { package: path.package.clone().or(own), name: path.name.clone() };
    for item in pen.draft.uses(home).into_iter().filter(|item| item.path == path) {
        item.path = Path { package: None, name: name.clone() };
    }
    let item = Item::Use(ToplevelUse { attributes: Vec::new(), path: whole, renamed: Some(name) });
    pen.draft.packages[home.package()][home.file()].items.push(item);
    Some(())
}

impl Pen<'_> {
    /// A name that no interface, world or use of the package has.
    pub fn fresh_interface(&mut self, package: usize) -> Option<String> {
        let mut taken = Vec::new();
        for item in self.draft.packages[package].iter().flat_map(|file| &file.items) {
            taken.push(match item {
                Item::Interface(interface) => interface.name.clone(),
                Item::World(world) => world.name.clone(),
                Item::Use(item) => item.renamed.as_ref().unwrap_or(&item.path.name).clone(),
                Item::Package(_) => continue,
            });
        }
        self.fresh(&taken)
    }
}

fn any(pen: &mut Pen) -> Option<(Home, String)> {
    let mut found = Vec::new();
    for home in pen.draft.homes(pen.package) {
        let names = pen.draft.uses(home).into_iter().flat_map(|item| &item.names).map(local);
        found.extend(names.map(|name| (home, name)));
    }
    pen.pick(found)
}
