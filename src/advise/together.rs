//! Pieces of advice that would give one name twice, as one: whoever follows all of them has each name once.

use super::definition::Definition;
use super::gather::Gathered;
use super::package::{Both, local};
use super::plan::{Wish, used_from};
use super::world::needed;
use super::write::{Writer, version};
use super::{Advice, LONGEST, Part, Place, Shape, Step};
use crate::syntax::{InterfaceItem, Item};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A name, and what it stands in: nothing, an interface, or a resource behind its interface and `#`.
pub(super) type Given = (String, String);

/// What each wish comes to, where all are followed. `made` is what each one comes to by itself.
pub(super) fn join(both: &Both<'_>, made: Vec<(Wish, Advice)>) -> BTreeMap<Wish, Arc<Advice>> {
    let mut joined = BTreeMap::new();
    let (alone, several): (Vec<_>, Vec<_>) = groups(&made).into_iter().partition(|group| group.len() == 1);
    for (wish, advice) in alone.into_iter().flatten() {
        both.give(given(&advice.steps));
        joined.insert(wish.clone(), Arc::new(advice.clone()));
    }
    several.iter().for_each(|group| split(both, group, &mut joined));
    joined
}

/// By the names that they give.
fn groups(made: &[(Wish, Advice)]) -> Vec<Vec<&(Wish, Advice)>> {
    let mut group_of: Vec<usize> = (0..made.len()).collect();
    let mut first: BTreeMap<Given, usize> = BTreeMap::new();
    for (at, (_, advice)) in made.iter().enumerate() {
        for name in given(&advice.steps) {
            let other = *first.entry(name).or_insert(at);
            let (from, to) = (group_of.get(at).copied(), group_of.get(other).copied());
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<&(Wish, Advice)>> = BTreeMap::new();
    for (group, made) in group_of.into_iter().zip(made) {
        groups.entry(group).or_default().push(made);
    }
    groups.into_values().collect()
}

/// All of a group as one, or its halves, each with names of its own.
fn split(both: &Both<'_>, group: &[&(Wish, Advice)], joined: &mut BTreeMap<Wish, Arc<Advice>>) {
    let made = [true, false].into_iter().find_map(|everywhere| as_one(both, group, everywhere));
    match (made, group) {
        (Some(made), _) => {
            made.first().into_iter().for_each(|advice| both.give(given(&advice.steps)));
            joined.extend(group.iter().zip(made).map(|((wish, _), advice)| (wish.clone(), Arc::new(advice))));
        }
        (None, []) => {}
        // It can be followed instead of the others.
        (None, [(wish, advice)]) => drop(joined.insert(wish.clone(), Arc::new(advice.clone()))),
        (None, group) => {
            let (a, b) = group.split_at(group.len() / 2);
            split(both, a, joined);
            split(both, b, joined);
        }
    }
}

/// For each of a group, the advice that has what all of them ask for.
fn as_one(both: &Both<'_>, group: &[&(Wish, Advice)], everywhere: bool) -> Option<Vec<Advice>> {
    let mut gathered = Gathered::new(both);
    let mut statements: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut first = None;
    for (wish, alone) in group {
        match (wish, &alone.shape) {
            (_, Shape::World { old, includes: false, .. }) => gathered.new_world(old)?,
            (Wish::Offer(interface, definition), _) => {
                gathered.definition(interface, definition)?;
                if let Definition::Type(name) = definition {
                    gathered.carriers(interface, name, everywhere)?;
                    first.get_or_insert(name.clone());
                }
            }
            (Wish::OfferUsed { interface, used }, _) => {
                let (definitions, _) = used_from(both, interface, used);
                definitions.iter().try_for_each(|definition| gathered.definition(interface, definition))?;
            }
            (Wish::Extend { world, statement }, _) => statements.entry(world).or_default().push(statement),
            _ => return None,
        }
    }
    // A new world has all statements anyway.
    statements.retain(|world, _| !gathered.worlds.contains(*world));
    let mut extended = BTreeMap::new();
    for (world, statements) in statements {
        let &(list, found) = both.new.worlds.get(world)?;
        let items = needed(both, (list, found), &statements)?;
        gathered.world_items(list, &items)?;
        extended.insert(world.to_string(), (list, items));
    }
    let origin = origin(group.first()?)?;
    let (mut writer, steps) = [false, true].into_iter().find_map(|all_own| {
        let mut writer = Writer::new(&gathered, all_own);
        writer.first = first.clone().unwrap_or_default();
        writer.extended = extended.clone();
        let steps = writer.steps(origin)?;
        (!writer.makes_a_circle(&steps)).then_some((writer, steps))
    })?;
    let shapes: Vec<Shape> = group.iter().map(|made| shape(&mut writer, made)).collect::<Option<_>>()?;
    let version = version(both, &steps);
    let made = |shape| Advice { shape, steps: steps.clone(), version: version.clone() };
    let is_short = steps.iter().map(|step| step.wit().lines().count()).sum::<usize>() <= LONGEST;
    (is_short && both.are_free(given(&steps))).then(|| shapes.into_iter().map(made).collect())
}

fn origin((wish, alone): &(Wish, Advice)) -> Option<&str> {
    match (wish, &alone.shape) {
        (_, Shape::World { old, .. }) => Some(old),
        (Wish::Offer(interface, _) | Wish::OfferUsed { interface, .. }, _) => Some(interface),
        _ => None,
    }
}

/// What the whole amounts to for one of its wishes.
fn shape(writer: &mut Writer<'_, '_, '_>, (wish, alone): &(Wish, Advice)) -> Option<Shape> {
    let both = writer.gathered.both;
    let (interface, definition) = match (wish, &alone.shape) {
        (_, Shape::World { old, .. }) => {
            let (old, includes) = (old.clone(), !writer.gathered.worlds.contains(old));
            let included = writer.included.iter().find(|(world, _)| *world == old);
            let new = if includes { included?.1.clone() } else { writer.world_name(&old) };
            return Some(Shape::World { old, new, includes });
        }
        (Wish::Offer(interface, definition), _) => (interface, definition.clone()),
        (Wish::OfferUsed { interface, used }, _) => (interface, used_from(both, interface, used).0.into_iter().next()?),
        _ => return None,
    };
    Some(match writer.own.get(interface) {
        Some(new) => {
            let holds = |world: &str| both.holders(interface).any(|(holder, stated, _)| stated && holder == world);
            let worlds = writer.included.iter().filter(|(world, _)| holds(world)).cloned().collect();
            Shape::Interface { old: interface.clone(), new: new.clone(), worlds }
        }
        None => {
            let (old, new) = writer.names(interface, &definition);
            Shape::Beside { old, new }
        }
    })
}

/// The names that steps give.
fn given(steps: &[Step]) -> Vec<Given> {
    let mut names = Vec::new();
    for step in steps {
        let Step::Add { into, parts } = step else { continue };
        let place = match into {
            Place::Package { .. } => String::new(),
            Place::Interface(name) | Place::World(name) => name.clone(),
            Place::Resource(interface, resource) => format!("{interface}#{resource}"),
        };
        let mut note = |name: &str| names.push((place.clone(), name.to_lowercase()));
        for part in parts {
            match part {
                Part::Top(Item::Interface(interface)) => note(&interface.name),
                Part::Top(Item::World(world)) => note(&world.name),
                Part::InInterface(InterfaceItem::Use(used)) => used.names.iter().for_each(|name| note(local(name))),
                Part::InInterface(InterfaceItem::Type(ty)) => note(&ty.name),
                Part::InInterface(InterfaceItem::Function(function)) => note(&function.name),
                Part::InResource(function) => function.name().into_iter().for_each(&mut note),
                Part::Top(_) | Part::InWorld(_) | Part::Head { .. } => {}
            }
        }
    }
    // A getter and its setter have one.
    names.sort_unstable();
    names.dedup();
    names
}
