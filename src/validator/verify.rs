//! Holds a judgement against the official validator.

use super::{Dependencies, Oracle, Question};
use crate::compare::Standing;
use crate::judge::{Disagreement, Judged, JudgedPackage, Judgement, Subject, Unanswered, Verification};
use crate::surface::Resolved;
use crate::verdict::Verdict;
use std::collections::BTreeMap;
use wit_parser::PackageId;

/// Asks every link question about the packages that were judged and stand on both sides (SEMANTICS 3).
///
/// `old` and `new` are what the judgement was made from. `packages` are those to ask about, as `namespace:name`; empty
/// means all.
pub fn verify(old: &Resolved, new: &Resolved, judgement: &Judgement, packages: &[String]) -> Verification {
    let mut verification = Verification::default();
    for package in &judgement.packages {
        let name = &package.comparison.name;
        if package.comparison.standing == Standing::Both && (packages.is_empty() || packages.contains(name)) {
            verify_package(old, new, package, &mut verification);
        }
    }
    verification
}

fn verify_package(old: &Resolved, new: &Resolved, package: &JudgedPackage, verification: &mut Verification) {
    let name = &package.comparison.name;
    let subject = |Question { item, party }: Question| Subject { package: name.clone(), item, party: party.into() };
    let mut ours = verdicts(package);
    if let (Some(old_package), Some(new_package)) = (find(old, name), find(new, name)) {
        let mut oracle = Oracle::new(&old.resolve, old_package, &new.resolve, new_package, Dependencies::Whole);
        for question in oracle.questions() {
            verification.questions += 1;
            let ours = ours.remove(&question);
            let (survives, message) = oracle.answer(&question.item, question.party);
            match survives.map(|survives| Verdict::breaking_if(!survives)) {
                Ok(official) if ours == Some(official) => {}
                Ok(official) => {
                    let subject = subject(question);
                    verification.disagreements.push(Disagreement { subject, ours, official, message, shown: None });
                }
                Err(reason) => verification.unanswered.push(Unanswered { subject: subject(question), reason }),
            }
        }
    }
    for question in ours.into_keys() {
        verification.questions += 1;
        let reason = "the validator does not find it on both sides".to_string();
        verification.unanswered.push(Unanswered { subject: subject(question), reason });
    }
}

/// The package of that name under test. What is nested in one revision may be a dependency in the other.
pub fn find(side: &Resolved, name: &str) -> Option<PackageId> {
    let is_it = |id: &PackageId| {
        let found = &side.resolve.packages[*id].name;
        name.split_once(':') == Some((&found.namespace, &found.name))
    };
    let others = side.resolve.packages.iter().map(|(id, _)| id).filter(is_it);
    side.own.iter().copied().find(is_it).or_else(|| others.max_by_key(|&id| &side.resolve.packages[id].name.version))
}

/// The link verdicts about all that stands on both sides.
pub fn verdicts(package: &JudgedPackage) -> BTreeMap<Question, Verdict> {
    let mut verdicts = BTreeMap::new();
    let mut note = |item: String, [users, makers]: [&'static str; 2], judged: &Judged| {
        verdicts.insert(Question { item: item.clone(), party: users }, judged.layers.link.users);
        verdicts.insert(Question { item, party: makers }, judged.layers.link.makers);
    };
    for (interface, judged) in package.comparison.interfaces.iter().zip(&package.interfaces) {
        if interface.standing == Standing::Both {
            note(format!("interface {}", interface.name), ["consumers", "providers"], judged);
        }
    }
    for (world, judged) in package.comparison.worlds.iter().zip(&package.worlds) {
        if world.standing == Standing::Both {
            note(format!("world {}", world.name), ["guests", "hosts"], judged);
        }
    }
    verdicts
}
