//! How a witness is told.

use super::package::fingerprint;
use super::verification::one_line;
use super::{BesideReport, ChangeReport, Report, WitnessReport};
use crate::error::Side;
use crate::judge::Judgement;
use crate::witness::{Unwitnessed, Witness};
use std::fmt::Write as _;

/// The report with a witness at each change that has one, and a warning for each that should have one and has none.
///
/// `judgement` is what the report was made from.
pub fn with_witnesses(mut report: Report, judgement: &Judgement, witnesses: &[Result<Witness, Unwitnessed>]) -> Report {
    for witness in witnesses {
        let (name, change) = match witness {
            Ok(witness) => (&witness.package, witness.change),
            Err(unwitnessed) => (&unwitnessed.package, unwitnessed.change),
        };
        let judged = judgement.packages.iter().find(|package| package.comparison.name == *name);
        let Some(change) = judged.and_then(|judged| judged.comparison.changes.get(change)) else { continue };
        match witness {
            Ok(witness) => {
                let fingerprint = fingerprint(name, change);
                let package = report.packages.iter_mut().find(|package| package.name == *name);
                let mut changes = package.into_iter().flat_map(|package| &mut package.changes);
                if let Some(change) = changes.find(|change| change.fingerprint == fingerprint) {
                    change.witness = Some(wire(witness));
                }
            }
            Err(Unwitnessed { reason, .. }) => {
                report.warnings.push(format!(
                    "no witness for {} at `{}`: {}",
                    change.fact.rule(),
                    change.path,
                    one_line(reason)
                ));
            }
        }
    }
    report
}

fn wire(witness: &Witness) -> WitnessReport {
    let shown = &witness.shown;
    let (built_for, target) = match shown.built_for {
        Side::Old => ("old", "new"),
        Side::New => ("new", "old"),
    };
    let world = &shown.world;
    WitnessReport {
        item: witness.question.item.clone(),
        party: witness.question.party.to_string(),
        old: shown.old.clone(),
        new: shown.new.clone(),
        world: world.clone(),
        built_for: built_for.to_string(),
        command: format!(
            "wasm-tools component embed --dummy-names legacy --world {world} {built_for}.wit | wasm-tools component new - \
             | wasm-tools component targets --world {world} {target}.wit -"
        ),
        message: witness.message.clone(),
        beside: (witness.beside.iter())
            .map(|(rule, path)| BesideReport { rule: rule.clone(), path: path.clone() })
            .collect(),
    }
}

/// What stands beside `old.wit` and `new.wit`, as Markdown.
pub fn witness_to_markdown(change: &ChangeReport, witness: &WitnessReport) -> String {
    let WitnessReport { item, party, world, built_for, command, message, beside, .. } = witness;
    let target = if built_for == "old" { "new" } else { "old" };
    let mut out = format!("# {}\n\n- rule: `{}`\n- path: `{}`\n", change.message, change.rule, change.path);
    let _ = write!(
        out,
        "- fingerprint, as in the JSON report: `{}`\n- breaks: {party} of {item}\n\n\
         A component built for the world `{world}` of `{built_for}.wit` does not fit the world `{world}` of `{target}.wit`: \
         {}.\n\n\
         Both packages are cut down to what is needed to show that: types that do not matter are `u8`, and the version of \
         the package is gone, as linkers match names by track",
        change.fingerprint,
        role(party)
    );
    if beside.is_empty() {
        out.push_str(".\n");
    } else {
        out.push_str(". These changes come with it:\n\n");
        beside.iter().for_each(|BesideReport { rule, path }| {
            let _ = writeln!(out, "- `{rule}` at `{path}`");
        });
    }
    if [&witness.old, &witness.new].iter().any(|text| text.contains(crate::validator::TOUCH)) {
        let _ = write!(
            out,
            "\nA function `{}T` stands for any function of any package that takes a `T`: without a user, no binary \
             shows a type.\n",
            crate::validator::TOUCH
        );
    }
    let _ = write!(
        out,
        "\nThe official validator (`wit-component`, which `wasm-tools` runs) says:\n\n```text\n{message}\n```\n\n\
         See for yourself, in this directory, with `wasm-tools`:\n\n```sh\n{command}\n```\n"
    );
    out
}

/// What the component stands for.
fn role(party: &str) -> &'static str {
    match party {
        "consumers" => "it is a consumer that is built already",
        "providers" => "it is a provider that is built already",
        "guests" => "it is a guest that is built already",
        _ => "it is a guest of tomorrow, and the world is a host of today",
    }
}
