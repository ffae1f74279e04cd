//! Asks the official validator the link questions of SEMANTICS 3, to hold our verdicts against its answers.
//!
//! Each question is one call: build a component from one side, and see whether it [`wit_component::targets`] a world of the other
//! side. What makes that call the right question is prepared once per pair:
//! - *Names.* The package under test loses its version, every other package keeps only its compatibility track.
//! - *Completeness.* The encoder drops every type that no used function needs. So each interface with types gets a
//!   function `witness-uses-T` per type `T` with a parameter of it, on both sides: whoever lacks `T` lacks the function.
//!   In an export they change no answer, as exports carry all their types anyway.
//! - *Dependencies* of an interface under question keep their types, and lose their functions.
//!
//! Deliberately absent: any rule of ours. Nothing here knows what breaks whom.

mod call;
mod imports;
mod newer;
mod plain;
mod profile;
mod side;
mod track;
mod verify;

pub use plain::{Plain, objection_to};
pub use profile::answers;
pub use side::TOUCH;
pub use verify::{find, verdicts, verify};

use std::collections::BTreeSet;

use wit_parser::{PackageId, Resolve};

use self::call::{build, is_about_the_fit, objection, sound};
use self::imports::dependencies;
use self::side::{MADE_UP, Role, Side};

/// One link question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// `interface NAME` or `world NAME`.
    pub item: String,
    /// `consumers` or `providers` of an interface, `guests` or `hosts` of a world.
    pub party: &'static str,
}

/// What the official validator says to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As in [`Question::item`].
    pub item: String,
    /// As in [`Question::party`].
    pub party: &'static str,
    /// Whether the party's link survives, or why the validator cannot say.
    pub survives: Result<bool, String>,
    /// The validator's words where it does not; else empty.
    pub message: String,
}

/// Which types a complete consumer uses of the interfaces that the interface under question depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependencies {
    /// Those that the interface under question reaches.
    Reached,
    /// All of them.
    Whole,
}

/// Answers every question about the interfaces and worlds that stand on both sides, in the order of their names.
pub fn ask(old: &Resolve, old_package: PackageId, new: &Resolve, new_package: PackageId) -> Vec<Answer> {
    let mut oracle = Oracle::new(old, old_package, new, new_package, Dependencies::Whole);
    let questions = oracle.questions();
    let answer = |Question { item, party }| {
        let (survives, message) = oracle.answer(&item, party);
        Answer { item, party, survives, message }
    };
    questions.into_iter().map(answer).collect()
}

/// A pair of revisions, prepared to be asked about.
pub struct Oracle {
    old: Side,
    new: Side,
}

impl Oracle {
    /// Prepares both sides.
    pub fn new(
        old: &Resolve,
        old_package: PackageId,
        new: &Resolve,
        new_package: PackageId,
        dependencies: Dependencies,
    ) -> Oracle {
        Oracle { old: Side::new(old, old_package, dependencies), new: Side::new(new, new_package, dependencies) }
    }

    /// The questions that both sides can be asked, interfaces first.
    pub fn questions(&self) -> Vec<Question> {
        let (old, new) = (self.old.package(), self.new.package());
        let shared = |old: Vec<&String>, new: BTreeSet<&String>| -> BTreeSet<String> {
            old.into_iter().filter(|name| new.contains(name)).cloned().collect()
        };
        let interfaces = shared(old.interfaces.keys().collect(), new.interfaces.keys().collect());
        let worlds = shared(old.worlds.keys().collect(), new.worlds.keys().collect());
        let of_interfaces = interfaces.iter().flat_map(|name| {
            ["consumers", "providers"].map(|party| Question { item: format!("interface {name}"), party })
        });
        let of_worlds = worlds
            .iter()
            .flat_map(|name| ["guests", "hosts"].map(|party| Question { item: format!("world {name}"), party }));
        of_interfaces.chain(of_worlds).collect()
    }

    /// Whether the link of `party` at `item` survives, and the validator's words when it does not.
    pub fn answer(&mut self, item: &str, party: &str) -> (Result<bool, String>, String) {
        let Oracle { old, new } = self;
        let verdict = match (item.split_once(' '), party) {
            (Some(("world", name)), "guests") => fits_world(old, new, name),
            (Some(("world", name)), "hosts") => fits_world(new, old, name),
            (Some(("interface", name)), "consumers") => fits_interface(old, new, name, Role::Import),
            (Some(("interface", name)), "providers") => fits_interface(old, new, name, Role::Export),
            _ => Err(format!("`{item}` has no party `{party}`")),
        };
        match verdict {
            Ok(None) => (Ok(true), String::new()),
            Ok(Some(objection)) => (Ok(false), objection),
            Err(reason) => (Err(reason), String::new()),
        }
    }
}

/// The validator's objection to running a complete component built for the world `name` of `from` in that of `to`.
fn fits_world(from: &mut Side, to: &mut Side, name: &str) -> Result<Option<String>, String> {
    let (built_for, target) = (from.world(name)?, to.world(name)?);
    let objection = objection(&to.whole, target, &from.component(built_for)?)?;
    if objection.is_some() {
        from.fits_itself(built_for)?;
        to.fits_itself(target)?;
    }
    Ok(objection)
}

/// The validator's objection to a component that imports (exports) the interface `name` of `from` where that of `to`
/// is imported (exported), all else on offer.
fn fits_interface(from: &mut Side, to: &mut Side, name: &str, role: Role) -> Result<Option<String>, String> {
    let (ours, theirs) = (from.interface(name)?, to.interface(name)?);
    let built_for = from.made_up_world(&dependencies(&from.bare, ours), Some(ours), role);
    let offered = to.offer(from, ours, Some(theirs));
    let target = to.made_up_world(&offered, Some(theirs), role);

    let component = from.focused(ours, |resolve| build(resolve, built_for))?;
    let objection = to.with_functions(theirs, |resolve| objection(resolve, target, &component))?;
    if objection.as_ref().is_some_and(|objection| !is_about_the_fit(objection, MADE_UP)) {
        from.with_functions(ours, |resolve| sound(resolve, built_for, &component))?;
        let own = to.made_up_world(&dependencies(&to.bare, theirs), Some(theirs), role);
        let component = to.focused(theirs, |resolve| build(resolve, own))?;
        to.with_functions(theirs, |resolve| sound(resolve, target, &component))?;
    }
    Ok(objection)
}
