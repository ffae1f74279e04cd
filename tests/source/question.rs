//! The questions of a pair of revisions: of every interface and world that stands on both sides, for both parties.

use crate::bindings::generate;
use crate::pairs::Pair;
use crate::program;
use crate::rust::Unit;
use crate::worlds::{Role, Side, Target};
use std::path::Path;
use std::sync::Arc;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{ItemStatus, PackageReport, Status};
use wit_diff::verdict::Verdict;

/// Whether code of a party that was written against the old bindings compiles against the new ones.
pub struct Question {
    /// Such as `interface i providers`.
    pub name: String,
    /// By our verdict.
    pub ours: Verdict,
    /// The programs that answer it, or why there are none.
    pub programs: Result<Programs, String>,
}

/// One program, and the bindings of both sides.
#[derive(Clone)]
pub struct Programs {
    /// Must compile, or the answer means nothing.
    pub old: Unit,
    /// Is the answer.
    pub new: Unit,
}

/// A pair of revisions, and what is asked of it.
pub struct Asked {
    pub pair: Pair,
    pub old: Side,
    pub new: Side,
    pub package: PackageReport,
    pub questions: Vec<Question>,
}

/// Asks all questions of a pair; `None` where there is nothing to compare: a side does not load, or the sides are not
/// the same package.
pub fn ask(pair: &Pair, options: &Options) -> Option<Asked> {
    let report = pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), options);
    if report.status != Status::Complete {
        return None;
    }
    let load = |path: &Path| {
        let loaded = Side::load(path, &options.features);
        loaded.unwrap_or_else(|error| panic!("{}: the generator's parser: {error:#}", pair.name))
    };
    let (old, new) = (load(&pair.old), load(&pair.new));
    if old.name() != new.name() {
        return None;
    }
    let package = report.packages.iter().find(|package| package.name == old.name())?.clone();

    let mut questions = Vec::new();
    let is_on_both = |status| matches!(status, ItemStatus::Changed | ItemStatus::Unchanged);
    for interface in package.interfaces.iter().filter(|interface| is_on_both(interface.status)) {
        let name = &interface.name;
        for (party, role, ours) in [
            ("consumers", Role::Import, interface.source.consumers),
            ("providers", Role::Export, interface.source.providers),
        ] {
            let targets = (old.for_interface(name, role, &new), new.for_interface(name, role, &old));
            questions.push(question(format!("interface {name} {party}"), ours, targets));
        }
    }
    for world in package.worlds.iter().filter(|world| is_on_both(world.status)) {
        let name = &world.name;
        let targets = (old.for_guests(name), new.for_guests(name));
        questions.push(question(format!("world {name} guests"), world.source.guests, targets));
        let targets = (old.for_hosts(name), new.for_hosts(name));
        questions.push(question(format!("world {name} hosts"), world.source.hosts, targets));
    }
    Some(Asked { pair: pair.clone(), old, new, package, questions })
}

fn question(name: String, ours: Verdict, (old, new): (Option<Target>, Option<Target>)) -> Question {
    let (old, new) = old.zip(new).unwrap_or_else(|| panic!("{name} stands on both sides"));
    let programs = generate(&old).and_then(|old_bindings| {
        let program: Arc<str> = program::write(&old_bindings, &old.types_only).into();
        let unit = |bindings: String| Unit { bindings: bindings.into(), program: program.clone() };
        Ok(Programs { old: unit(old_bindings), new: unit(generate(&new)?) })
    });
    Question { name, ours, programs }
}
