//! For a change that breaks somebody who is protected: the WIT to add to the old package instead, which breaks nobody.
//!
//! Everything is made from the texts of both sides: the new signature or structure comes under a name of its own, with
//! whatever it needs, beside the old one ([`Shape::Beside`]) or, where even an addition breaks somebody, in an interface
//! and a world of its own ([`Shape::Interface`], [`Shape::World`]). What was removed is kept and marked
//! ([`Shape::Keep`]); what gains nothing is put back ([`Shape::Restore`]).
//!
//! Deliberately absent: sentences (they are the report's), and whether it is true. The tests apply every piece of advice
//! to the old side, and ask our comparison and the official validator.

mod alike;
mod apply;
mod circle;
mod definition;
mod gated;
mod gather;
mod name;
mod package;
mod plan;
mod remove;
mod rewrite;
mod together;
mod world;
mod write;

pub use apply::apply;

use crate::judge::JudgedPackage;
use crate::revision::SourceFile;
use crate::surface::Surface;
use crate::syntax::{self, Attribute, File, InterfaceItem, Item, ResourceFunction, WorldItem};
use crate::verdict::{Level, Protect};
use std::collections::BTreeSet;
use std::sync::Arc;

/// For so many changes of one package advice is made: who breaks more has other plans.
pub const MOST: usize = 200;

/// So many lines of WIT are advice; what needs more is a new track.
pub const LONGEST: usize = 200;

/// A package of more bytes on one side gets no advice: reading its text once more would take as long as comparing it.
pub const LARGEST: usize = 512 << 10;

/// What to do instead of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it amounts to.
    pub shape: Shape,
    /// What to do to the old package, in this order.
    pub steps: Vec<Step>,
    /// The version that `@since` and `@deprecated` name, and that the package gets then.
    pub version: Option<String>,
}

/// What advice amounts to, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The second one of something, in the same place: the old name and the new one.
    Beside { old: String, new: String },
    /// An interface of its own, and the worlds that include what holds the old one: the old name and the new one each.
    Interface { old: String, new: String, worlds: Vec<(String, String)> },
    /// A world of its own.
    World { old: String, new: String, includes: bool },
    /// It stays, and is marked as deprecated.
    Keep { name: String },
    /// It stays as it was.
    Restore { name: String },
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something new.
    Add { into: Place, parts: Vec<Part> },
    /// Something old gets attributes, and stands alone where it was one of several names of a `use`.
    Keep { what: Place, part: Part },
    /// Something old stays as it is. The part is what it says, without documentation.
    Restore { what: Place, part: Part },
}

/// Where something is done, or what it is done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the top of the package, in the file of this interface or world.
    Package {
        beside: String,
    },
    Interface(String),
    /// The resource of an interface.
    Resource(String, String),
    World(String),
}

/// A piece of WIT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Top(Item),
    InInterface(InterfaceItem),
    InResource(ResourceFunction),
    InWorld(WorldItem),
    /// Attributes of an interface or a world that is not shown.
    Head {
        is_world: bool,
        name: String,
        attributes: Vec<Attribute>,
    },
}

/// One side, as advice is made from it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The files of the package under test; not those of its dependencies.
    pub files: &'a [SourceFile],
    /// What they promise.
    pub surface: &'a Surface,
}

/// Advice for the changes of a package, by their place in the comparison. `None` is for what breaks nobody who is
/// protected, what has no text, what stands in a dependency, and what has no alternative.
pub fn advise(old: Side<'_>, new: Side<'_>, package: &JudgedPackage, protect: Protect) -> Vec<Option<Arc<Advice>>> {
    let changes = &package.comparison.changes;
    let mut advice = vec![None; changes.len()];
    if package.level < Level::Major {
        return advice;
    }
    let size = |side: &Side<'_>| side.files.iter().map(|file| file.bytes.len()).sum::<usize>();
    if size(&old).max(size(&new)) > LARGEST {
        return advice;
    }
    let (Some(old_files), Some(new_files)) = (parsed(old.files), parsed(new.files)) else { return advice };
    let Some(both) =
        package::Both::new((&old_files, old.surface), (&new_files, new.surface), &package.comparison, protect)
    else {
        return advice;
    };
    let wanted = plan::plan(&both, package);
    let wanted: Vec<_> = wanted.into_iter().take(MOST).collect();
    let (mut seen, mut made) = (BTreeSet::new(), Vec::new());
    for (_, wish) in &wanted {
        if seen.insert(wish)
            && let Some(alone) = plan::make(&both, wish).filter(|alone| alone.lines() <= LONGEST)
        {
            made.push((wish.clone(), alone));
        }
    }
    let joined = together::join(&both, made);
    for (at, wish) in &wanted {
        advice[*at] = joined.get(wish).cloned();
    }
    advice
}

impl Advice {
    /// Whether applying it changes nothing at all.
    pub fn is_restoring(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Step::Restore { .. }))
    }

    fn lines(&self) -> usize {
        self.steps.iter().map(|step| step.wit().lines().count()).sum()
    }
}

impl Step {
    /// The WIT to add, keep or restore.
    pub fn wit(&self) -> String {
        let parts = match self {
            Step::Add { parts, .. } => &parts[..],
            Step::Keep { part, .. } | Step::Restore { part, .. } => std::slice::from_ref(part),
        };
        let mut wit = String::new();
        for part in parts {
            if matches!(part, Part::Top(_)) && !wit.is_empty() {
                wit.push('\n');
            }
            wit.push_str(&part.to_string());
        }
        wit
    }

    /// What the WIT is to stand in, in the grammar of the report; `package` is `namespace:name`.
    pub fn into(&self, package: &str) -> String {
        match self {
            Step::Keep { part: Part::Head { .. }, .. } | Step::Restore { part: Part::Head { .. }, .. } => {
                package.into()
            }
            _ => self.place().path(package),
        }
    }

    /// Where, or what.
    pub fn place(&self) -> &Place {
        match self {
            Step::Add { into: place, .. } | Step::Keep { what: place, .. } | Step::Restore { what: place, .. } => place,
        }
    }
}

impl Place {
    /// In the grammar of the report; `package` is `namespace:name`.
    pub fn path(&self, package: &str) -> String {
        match self {
            Place::Package { .. } => package.to_string(),
            Place::Interface(name) | Place::World(name) => format!("{package}/{name}"),
            Place::Resource(interface, resource) => format!("{package}/{interface}#{resource}"),
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Top(item) => item.fmt(f),
            Part::InInterface(item) => item.fmt(f),
            Part::InResource(function) => function.fmt(f),
            Part::InWorld(item) => item.fmt(f),
            Part::Head { is_world, name, attributes } => {
                attributes.iter().try_for_each(|attribute| writeln!(f, "{attribute}"))?;
                let word = if *is_world { "world" } else { "interface" };
                writeln!(f, "{word} {} {{ … }} // as before", syntax::Id(name))
            }
        }
    }
}

fn parsed(files: &[SourceFile]) -> Option<Vec<File>> {
    let parse = |file: &SourceFile| syntax::parse(std::str::from_utf8(&file.bytes).ok()?).ok();
    if files.is_empty() { None } else { files.iter().map(parse).collect() }
}
