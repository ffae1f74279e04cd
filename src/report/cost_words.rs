//! What is found about the cost of calls, in words.

use super::wire::{BeyondReport, CostChangeReport, CostReport, ModelReport, PayloadReport};
use crate::cost::{Fact, Finding, LENGTH, MAX_FLAT_ASYNC_PARAMETERS, MAX_FLAT_PARAMETERS, MAX_FLAT_RESULTS, Way};

/// What was found, without a full stop.
pub(super) fn message(finding: &Finding) -> String {
    let name = named(&finding.path);
    match &finding.fact {
        Fact::ParametersSpilled { old, new } => {
            format!(
                "the parameters of `{name}` are {new} flat values, were {old}, and more than {MAX_FLAT_PARAMETERS} go through memory"
            )
        }
        Fact::AsyncParametersSpilled { old, new } => format!(
            "the parameters of `{name}` are {new} flat values, were {old}, and, where nobody waits, more than {MAX_FLAT_ASYNC_PARAMETERS} go through memory"
        ),
        Fact::ResultSpilled { old, new } => {
            format!(
                "the result of `{name}` is {new} flat values, was {old}, and more than {MAX_FLAT_RESULTS} goes through memory"
            )
        }
        Fact::AsyncResultSpilled { old, new } => format!(
            "the result of `{name}` is {new} flat values, was {old}, and, where nobody waits, more than {MAX_FLAT_PARAMETERS} go through memory"
        ),
        Fact::PayloadGrown { part, old, new } => {
            let what = match part.strip_suffix("[]") {
                _ if part.is_empty() => format!("the parameters of `{name}` take"),
                Some(list) => format!("an element of `{list}` of `{name}` takes"),
                None => format!("the {part} of `{name}` takes"),
            };
            let times = (*new as f64 / (*old).max(1) as f64 * 10.0).floor() / 10.0;
            format!("{what} {new} bytes, {times} times the {old} of before")
        }
        Fact::GettersScattered { getters, flat, bytes } => {
            format!(
                "`{name}` has {getters} functions that give a small value each; one record of all is {flat} flat values \
                 and {bytes} bytes"
            )
        }
        Fact::CallsRepeated { way, bytes } => {
            let does = match way {
                Way::Taken => "takes",
                Way::Given => "gives",
                Way::Read => "reads",
            };
            format!("`{name}` {does} one element of {} for each call", counted(*bytes))
        }
        Fact::ListCollected { part, bytes, buffers } => {
            let buffers = match buffers {
                0 => String::new(),
                1 => " and one buffer".to_owned(),
                more => format!(" and {more} buffers"),
            };
            format!(
                "`{part}` of `{name}` is a list of elements of {}{buffers} each, and whole before the first is seen",
                counted(*bytes)
            )
        }
        Fact::CaseOutsized { case, bytes, others } => format!(
            "every element of a list of `{name}` has room for the case `{case}`, of {}; no other case takes more than {others}",
            counted(*bytes)
        ),
        Fact::StateReturned { bytes } => {
            format!("`{name}` takes a record of {} and gives it back to change a little of it", counted(*bytes))
        }
        Fact::RecordRepeated { record, functions, bytes } => {
            format!(
                "{functions} functions of `{}` take the same record `{record}` of {}",
                finding.path,
                counted(*bytes)
            )
        }
        Fact::ListsNested { part, buffers } => {
            format!("`{part}` of `{name}` takes {buffers} buffers where each list in it is {LENGTH} long")
        }
    }
}

/// Where estimates come from, and how far off they are.
pub(super) fn estimates(report: &CostReport) -> String {
    let ModelReport { wasmtime, processor, errors } = &report.model;
    let (host, guest) = (errors.guest_to_host, errors.guest_to_guest);
    format!(
        "Parameters → result. Host ns and guest ns are estimates: a guest calls the host, or another guest; strings and \
         lists are {} long. Under Wasmtime {wasmtime} on {processor}, half of them were off by less than {} % and {} %, nine \
         of ten by less than {} % and {} %.",
        report.length, host.median_percent, guest.median_percent, host.ninetieth_percent, guest.ninetieth_percent
    )
}

/// What to do about it.
pub(super) fn hint(fact: &Fact) -> &'static str {
    crate::rule::find(fact.rule()).map_or("", |rule| rule.instead)
}

/// Why nothing is told of a function.
pub(super) fn beyond(beyond: BeyondReport) -> &'static str {
    match beyond {
        BeyondReport::TooLarge => "its values do not fit into a memory of 4 GiB",
        BeyondReport::TooManyParts => "its types have more than 65,536 parts",
        BeyondReport::TooDeep => "its types lie more than 1,000 deep in each other",
    }
}

/// What is found, by the name that people know: `ns:pkg/i#r.m`.
fn named(path: &str) -> String {
    match path.split_once('#') {
        Some((home, "import" | "export")) => home.to_owned(),
        Some((home, _)) => format!("{home}#{}", item(path)),
        None => path.to_owned(),
    }
}

/// What a function is called within its interface: `r.m` of `ns:pkg/i#[method]r.m`.
pub(super) fn item(path: &str) -> String {
    let item = path.split_once('#').map_or(path, |(_, item)| item);
    match item.split_once(']') {
        Some((kind, rest)) if kind.ends_with("[constructor") => format!("{rest} constructor"),
        Some((kind, rest)) => {
            let before = kind.split_once('[').map_or("", |(before, _)| before);
            format!("{before}{rest}")
        }
        None => item.to_owned(),
    }
}

/// How a function is passed in another way than before: "parameters: 16 → 17 flat values, 72 → 80 bytes, now in memory".
pub(super) fn differences(change: &CostChangeReport) -> Vec<String> {
    let (old, new) = (&change.old, &change.new);
    let mut found = Vec::new();
    match (old.r#async, new.r#async) {
        (false, true) => found.push("now `async`".to_owned()),
        (true, false) => found.push("no longer `async`".to_owned()),
        _ => {}
    }
    let (Some(old), Some(new)) = (&old.shape, &new.shape) else {
        let why = [("was", old.beyond), ("is", new.beyond)];
        found.extend(why.into_iter().filter_map(|(verb, why)| Some(format!("{verb} not computed: {}", beyond(why?)))));
        return found;
    };
    let (was, is) = (&old.signatures.import, &new.signatures.import);
    let parameters = (Some(&old.parameters), Some(&new.parameters));
    let in_memory = (was.parameters_in_memory, is.parameters_in_memory);
    found.extend(direction("parameters", parameters, in_memory));
    let in_memory = (was.result_in_memory, is.result_in_memory);
    found.extend(direction("result", (old.result.as_ref(), new.result.as_ref()), in_memory));
    if found.is_empty() {
        found.push("the same size, by other core types or with other parts".to_owned());
    }
    found
}

fn direction(
    what: &str,
    (old, new): (Option<&PayloadReport>, Option<&PayloadReport>),
    in_memory: (bool, bool),
) -> Option<String> {
    let of = |payload: Option<&PayloadReport>| {
        payload.map_or([0; 4], |payload| {
            let handles = payload.moves.len() + payload.lends.len();
            [payload.flat, payload.bytes, payload.buffers, handles as u64]
        })
    };
    let names = ["flat values", "bytes", "buffers", "handles"];
    let figures = of(old).into_iter().zip(of(new)).zip(names).filter(|((old, new), _)| old != new);
    let mut parts: Vec<String> = figures.map(|((old, new), name)| format!("{old} → {new} {name}")).collect();
    match in_memory {
        (false, true) => parts.push("now in memory".to_owned()),
        (true, false) => parts.push("no longer in memory".to_owned()),
        _ => {}
    }
    let (old, new) = (old.map_or(&[][..], |p| &p.allocates), new.map_or(&[][..], |p| &p.allocates));
    parts.extend(new.iter().filter_map(|new| {
        let old = old.iter().find(|old| old.path == new.path && old.element_bytes != new.element_bytes)?;
        Some(format!("an element of `{}` {} → {} bytes", new.path, old.element_bytes, new.element_bytes))
    }));
    (!parts.is_empty()).then(|| format!("{what}: {}", parts.join(", ")))
}

fn counted(bytes: u64) -> String {
    if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") }
}
