//! Where Rust's answer is not the one of the source rules, and why (SEMANTICS 5).
//!
//! Each speciality is held as tight as it can be told: it must see in the report and in the two sides that it is what
//! happened, and where it can, that nothing else stands in the way.

use crate::question::{Asked, Question};
use crate::rust::{Objection, Objections, Unit};
use std::collections::{BTreeMap, BTreeSet};
use wit_bindgen_core::name_package_module;
use wit_bindgen_core::wit_parser::{Interface, PackageName, TypeDefKind, WorldItem};
use wit_bindgen_rust::to_rust_ident;
use wit_diff::report::{ChangeReport, Consumers, Guests, PartiesReport};

/// A reason why Rust answers otherwise.
pub struct Special {
    pub why: Why,
    pub reason: &'static str,
    applies: fn(&Asked, &Question, &Answer) -> bool,
}

/// What kind of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Another language would answer as we do.
    Rust,
    /// Other languages would answer as Rust does; the source rules are decided otherwise.
    Decided,
}

/// What Rust answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Nothing where the program compiles.
    pub objections: Objections,
    /// What is left of them without the code that Rust calls orphaned.
    pub without_orphans: Option<Objections>,
}

impl Special {
    pub fn applies(&self, asked: &Asked, question: &Question, answer: &Answer) -> bool {
        (self.applies)(asked, question, answer)
    }
}

impl Answer {
    pub fn compiles(&self) -> bool {
        self.objections.is_empty()
    }
}

/// Every reason.
pub const SPECIAL: &[Special] = &[
    Special {
        why: Why::Rust,
        reason: "Rust refuses an implementation of what nobody asks for any more; \
                 SEMANTICS 5 stops implementers for what they lack, not for what they have too much",
        applies: |asked, _, answer| {
            answer.without_orphans.as_ref().is_some_and(BTreeSet::is_empty) && has(asked, &REMOVALS)
        },
    },
    Special {
        why: Why::Rust,
        reason: "Rust spells both names alike, because case, `get` and versions are no part of its names; \
                 in WIT they are two (SEMANTICS 4 and 6)",
        applies: |asked, question, answer| answer.compiles() && is_respelt(asked, question),
    },
    Special {
        why: Why::Rust,
        reason: "in Rust an interface of values alone has no trait to implement; \
                 SEMANTICS 5 counts every import and export that is new",
        applies: |asked, question, answer| answer.compiles() && has_new_interface_of_values(asked, question),
    },
    Special {
        why: Why::Rust,
        reason: "Rust finds the methods of a resource through the `use` that it left behind; \
                 as functions of the interface they are gone (SEMANTICS 4)",
        applies: |asked, question, answer| answer.compiles() && is_moved_with_methods(asked, question),
    },
    Special {
        why: Why::Rust,
        reason: "an `option` in Rust is an enum with the very cases of this variant; \
                 in WIT they are two kinds (SEMANTICS 4)",
        applies: |asked, question, answer| answer.compiles() && is_made_option(asked, question),
    },
    Special {
        why: Why::Decided,
        reason: "bindings keep every version of a dependency apart; \
                 here as in linkers the newest of a track stands for all (SEMANTICS 6)",
        applies: is_about_versions_apart,
    },
    Special {
        why: Why::Decided,
        reason: "who hands the type on under the name of its old home stops; \
                 an interface answers for the name that it gives it itself (SEMANTICS 3)",
        applies: |asked, _, answer| {
            has(asked, &["use-rerouted"]) && !answer.compiles() && answer.objections.iter().all(is_mixture)
        },
    },
];

/// The program without the implementations that the objections call orphaned; `None` if there are none.
pub fn without_orphans(unit: &Unit, objections: &Objections) -> Option<Unit> {
    let orphaned: BTreeSet<&str> = objections.iter().filter(|o| is_orphan(o)).map(|o| o.line.as_str()).collect();
    let (mut kept, mut inside) = (String::new(), false);
    for line in unit.program.lines() {
        let is_header = line.starts_with("impl ") && line.ends_with('{');
        inside |= is_header && orphaned.contains(line);
        if !inside && !orphaned.contains(line) {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= line != "}";
    }
    (kept != *unit.program).then(|| Unit { program: kept.into(), ..unit.clone() })
}

/// Whether it is about code that implements what is not there: an item that its trait lacks, or a trait, a resource or
/// a module of what is exported.
fn is_orphan(objection: &Objection) -> bool {
    match objection.code.as_str() {
        "E0407" | "E0437" => true,
        "E0405" | "E0412" | "E0425" | "E0433" => objection.line.contains(":: exports"),
        _ => false,
    }
}

/// Whether an alias is not what it was an alias of.
fn is_mixture(objection: &Objection) -> bool {
    objection.code == "E0308" && ["pub fn give_", "pub fn take_"].iter().any(|it| objection.line.starts_with(it))
}

/// Whether two versions of a dependency stand side by side on one track, and Rust or we speak of nothing else.
fn is_about_versions_apart(asked: &Asked, question: &Question, answer: &Answer) -> bool {
    let resolve = &asked.old.resolve;
    let mut tracks = BTreeMap::new();
    for (id, package) in &resolve.packages {
        let PackageName { namespace, name, version } = &package.name;
        let track = version.as_ref().map(|version| PackageName::version_compat_track(version).0);
        tracks.entry((namespace, name, track)).or_insert_with(Vec::new).push(name_package_module(resolve, id));
    }
    let apart: Vec<String> = tracks.into_values().filter(|modules| modules.len() > 1).flatten().collect();
    match answer.compiles() {
        true => !apart.is_empty() && about(asked, question).iter().all(|change| change.track.is_some()),
        false => {
            answer.objections.iter().all(|o| apart.iter().any(|module| o.line.contains(&format!(":: {module} ::"))))
        }
    }
}

/// The rules by which there is less to implement.
const REMOVALS: [&str; 6] = [
    "function-removed",
    "resource-removed",
    "import-removed",
    "export-removed",
    "import-made-export",
    "export-made-import",
];

fn has(asked: &Asked, rules: &[&str]) -> bool {
    asked.package.changes.iter().any(|change| rules.contains(&change.rule.as_str()))
}

/// The changes that stop the party of the question.
fn stopping<'a>(asked: &'a Asked, question: &Question) -> Vec<&'a ChangeReport> {
    let stops = |change: &&ChangeReport| match change.source {
        PartiesReport::Interface(_) => true,
        PartiesReport::World(Guests { guests, .. }) if question.name.ends_with("guests") => guests.is_breaking(),
        PartiesReport::World(Guests { hosts, .. }) => hosts.is_breaking(),
    };
    about(asked, question).into_iter().filter(stops).collect()
}

/// The changes that stop somebody, as far as they stand in or reach the interface or world of the question.
fn about<'a>(asked: &'a Asked, question: &Question) -> Vec<&'a ChangeReport> {
    let name = question.name.split(' ').nth(1).unwrap_or_default();
    let item = format!("{}/{name}", asked.package.name);
    let is_about =
        |path: &String| path.strip_prefix(&item).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'));
    let stops = |change: &&ChangeReport| match change.source {
        PartiesReport::Interface(Consumers { consumers, providers }) => consumers.max(providers).is_breaking(),
        PartiesReport::World(Guests { guests, hosts }) => guests.max(hosts).is_breaking(),
    };
    let reaches = |change: &&ChangeReport| is_about(&change.path) || change.reach.iter().any(is_about);
    asked.package.changes.iter().filter(stops).filter(reaches).collect()
}

/// Whether whatever is gone is there again by a name that Rust spells alike, and nothing else changed.
fn is_respelt(asked: &Asked, question: &Question) -> bool {
    let changes = about(asked, question);
    let spelt = |suffix: &str| -> BTreeSet<String> {
        let changes = changes.iter().filter(|change| change.rule.ends_with(suffix));
        changes.map(|change| spelling(&change.path)).collect()
    };
    let is_replaced = |change: &&ChangeReport| change.rule == "resource-replaced" && has_left_track(asked);
    let is_exchanged = |change: &&ChangeReport| change.rule.ends_with("-added") || change.rule.ends_with("-removed");
    !changes.is_empty()
        && changes.iter().all(|change| is_replaced(change) || is_exchanged(change))
        && spelt("-added") == spelt("-removed")
}

/// A path as Rust would spell its last name.
fn spelling(path: &str) -> String {
    let (home, name) = path.split_at(path.rfind(['.', '#']).map_or(0, |at| at + 1));
    let home = home.replace("[get]", "").replace("[set]", "");
    home + &to_rust_ident(name)
}

/// Whether a dependency has another version than before, and no second one that would give its module a number.
fn has_left_track(asked: &Asked) -> bool {
    let versions = |side: &crate::worlds::Side| -> BTreeSet<String> {
        side.resolve.packages.iter().map(|(_, package)| package.name.to_string()).collect()
    };
    versions(&asked.old) != versions(&asked.new)
}

/// Whether all that is new to the world is interfaces without functions and resources.
fn has_new_interface_of_values(asked: &Asked, question: &Question) -> bool {
    let is_new_interface = |change: &&ChangeReport| {
        let (_, name) = change.path.split_once("port:").unwrap_or_default();
        matches!(change.rule.as_str(), "import-added" | "export-added") && is_interface_of_values(asked, name)
    };
    let changes = stopping(asked, question);
    !changes.is_empty() && changes.iter().all(is_new_interface)
}

fn is_interface_of_values(asked: &Asked, name: &str) -> bool {
    let resolve = &asked.new.resolve;
    let is_resource = |interface: &Interface| {
        interface.types.values().any(|&ty| matches!(resolve.types[ty].kind, TypeDefKind::Resource))
    };
    let named = resolve.packages.iter().flat_map(|(_, package)| {
        let of = format!("{}:{}", package.name.namespace, package.name.name);
        package.interfaces.iter().map(move |(interface, &id)| (format!("{of}/{interface}"), id))
    });
    let inline = resolve.worlds.iter().flat_map(|(_, world)| world.imports.iter().chain(&world.exports)).filter_map(
        |(key, item)| match item {
            WorldItem::Interface { id, .. } => Some((resolve.name_world_key(key), *id)),
            WorldItem::Function(_) | WorldItem::Type { .. } => None,
        },
    );
    let mut found = named.chain(inline).filter(|(found, _)| found == name).map(|(_, id)| &resolve.interfaces[id]);
    found.any(|interface| interface.functions.is_empty() && !is_resource(interface))
}

/// Whether resources moved, and nothing is gone but their functions.
fn is_moved_with_methods(asked: &Asked, question: &Question) -> bool {
    let changes = stopping(asked, question);
    let moved: Vec<&str> = (asked.package.changes.iter())
        .filter(|change| change.rule == "resource-moved")
        .filter_map(|change| change.path.rsplit('#').next())
        .collect();
    let went_along = |change: &&ChangeReport| {
        let function = change.path.rsplit(']').next().and_then(|function| function.split('.').next());
        change.rule == "function-removed" && function.is_some_and(|resource| moved.contains(&resource))
    };
    let is_move = |change: &&ChangeReport| change.rule == "resource-moved";
    changes.iter().any(went_along) && changes.iter().all(|change| went_along(change) || is_move(change))
}

/// Whether nothing happened but that a variant with the cases `none` and `some` was made an option.
fn is_made_option(asked: &Asked, question: &Question) -> bool {
    let changes = stopping(asked, question);
    let is_option = |change: &&ChangeReport| {
        change.rule == "type-kind-changed" && change.new.as_ref().is_some_and(|new| new.text.contains("option<"))
    };
    !changes.is_empty() && changes.iter().all(is_option)
}
