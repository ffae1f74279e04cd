//! A link question spelled out as two plain packages, which the official tools can be asked about without our help.

use super::call::{build_with_legacy_names, guarded, is_about_the_fit, objection, sound};
use super::imports::dependencies;
use super::side::{Role, Side};
use super::{Oracle, Question};
use crate::error;
use wit_component::WitPrinter;
use wit_parser::{PackageId, Resolve, WorldId};

/// Does a component built for `world` of one package fit `world` of the other?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The old package as one WIT file, what it needs nested in it.
    pub old: String,
    /// The new package, likewise.
    pub new: String,
    /// The world that the question is asked in, in both.
    pub world: String,
    /// The side that the component is built for; the other one is what it is to fit.
    pub built_for: error::Side,
}

impl Oracle {
    /// The question without anything made up but a world, and a function per type that needs a user (SEMANTICS 3).
    ///
    /// An interface that the new side lacks can be asked about, too: then nothing is there to be imported.
    ///
    /// # Errors
    ///
    /// What stands in neither package, and what cannot be printed.
    pub fn plain(&mut self, question: &Question) -> Result<Plain, String> {
        let Oracle { old, new } = self;
        match (question.item.split_once(' '), question.party) {
            (Some(("world", name)), "guests") => plain_world(old, new, name, error::Side::Old),
            (Some(("world", name)), "hosts") => plain_world(old, new, name, error::Side::New),
            (Some(("interface", name)), "consumers") => plain_interface(old, new, name, Role::Import),
            (Some(("interface", name)), "providers") => plain_interface(old, new, name, Role::Export),
            (_, party) => Err(format!("`{}` has no party `{party}`", question.item)),
        }
    }
}

fn plain_world(old: &Side, new: &Side, name: &str, built_for: error::Side) -> Result<Plain, String> {
    let text = |side: &Side| -> Result<String, String> { print(&side.whole, side.package, side.world(name)?, name) };
    Ok(Plain { old: text(old)?, new: text(new)?, world: name.to_string(), built_for })
}

fn plain_interface(old: &mut Side, new: &mut Side, name: &str, role: Role) -> Result<Plain, String> {
    let ours = old.interface(name)?;
    let theirs = new.interface(name).ok();
    let built_for = old.made_up_world(&dependencies(&old.bare, ours), Some(ours), role);
    let offered = new.offer(old, ours, theirs);
    let target = new.made_up_world(&offered, theirs, role);

    let is_free = |world: &String| {
        [&*old, &*new].iter().all(|side| {
            let package = side.package();
            !package.interfaces.contains_key(world) && !package.worlds.contains_key(world)
        })
    };
    let mut world = "witness".to_string();
    while !is_free(&world) {
        world.push_str("-world");
    }
    let package = old.package;
    let old = old.with_functions(ours, |resolve| print(resolve, package, built_for, &world))?;
    let package = new.package;
    let new = match theirs {
        Some(theirs) => new.with_functions(theirs, |resolve| print(resolve, package, target, &world))?,
        None => print(&new.bare, package, target, &world)?,
    };
    Ok(Plain { old, new, world, built_for: error::Side::Old })
}

/// The package with this one world, and all other packages nested in it.
fn print(resolve: &Resolve, package: PackageId, world: WorldId, name: &str) -> Result<String, String> {
    let mut resolve = resolve.clone();
    resolve.worlds[world].name = name.to_string();
    for (_, package) in resolve.packages.iter_mut() {
        package.worlds.clear();
    }
    resolve.packages[package].worlds.insert(name.to_string(), world);
    let others: Vec<PackageId> = (resolve.packages.iter())
        .filter(|(id, other)| *id != package && !other.interfaces.is_empty() && is_named(&resolve, *id))
        .map(|(id, _)| id)
        .collect();
    guarded(|| {
        let mut printer = WitPrinter::default();
        printer.emit_docs(false).print(&resolve, package, &others)?;
        Ok(printer.output.to_string())
    })
}

/// Whether other packages mean this one by its name: several of one track have but one that is meant.
fn is_named(resolve: &Resolve, package: PackageId) -> bool {
    resolve.package_names.get(&resolve.packages[package].name) == Some(&package)
}

/// What the official validator has against running a component built for the `world` of one WIT text in the `world` of
/// the other; `None` if nothing.
///
/// # Errors
///
/// What does not resolve, lacks the world, or cannot be built.
pub fn objection_to(built_for: &str, target: &str, world: &str) -> Result<Option<String>, String> {
    let (from, from_world) = resolve(built_for, world)?;
    let (to, to_world) = resolve(target, world)?;
    let component = build_with_legacy_names(&from, from_world)?;
    let objection = objection(&to, to_world, &component)?;
    if objection.as_ref().is_some_and(|objection| !is_about_the_fit(objection, world)) {
        sound(&from, from_world, &component)?;
        sound(&to, to_world, &build_with_legacy_names(&to, to_world)?)?;
    }
    Ok(objection)
}

fn resolve(text: &str, world: &str) -> Result<(Resolve, WorldId), String> {
    guarded(|| {
        let mut resolve = Resolve::default();
        let package = resolve.push_source("witness.wit", text)?;
        let world = resolve.packages[package].worlds.get(world).copied();
        Ok((resolve, world.ok_or_else(|| anyhow::anyhow!("the world is gone"))?))
    })
}
