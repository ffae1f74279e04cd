//! What a change is called in a changelog: names as people write them in WIT, and no word of rules or gates.

use super::ChangelogKind;
use crate::report::markdown_escape::{code, sentence};
use crate::report::wire::*;
use crate::report::words::{self, Subject};

/// Names that are listed before the rest is counted.
const LISTED: usize = 3;

/// The interface or world that a change stands in, to begin a sentence with; `None` for the package.
pub(super) fn place(change: &ChangeReport) -> Option<String> {
    let (_, name) = words::group(&change.path).rsplit_once('/')?;
    let noun = if matches!(change.link, PartiesReport::World(_)) { "World" } else { "Interface" };
    Some(format!("{noun} {}", code(name)))
}

/// Whether a change is of a whole package, interface or world.
pub(super) fn is_whole(change: &ChangeReport) -> bool {
    ["package-", "interface-", "world-"].iter().any(|begin| change.rule.starts_with(begin))
}

/// What happened, to go on behind the place of the change.
pub(super) fn what(change: &ChangeReport, kind: ChangelogKind, version: Option<&str>) -> String {
    let gate = change
        .gate
        .as_ref()
        .map_or(String::new(), |gate| format!(" (unstable: behind feature {})", code(&gate.unstable)));
    format!("{}{gate}", ungated(change, kind, version))
}

fn ungated(change: &ChangeReport, kind: ChangelogKind, version: Option<&str>) -> String {
    let it = item(change);
    let behind = change.stabilised.as_deref().map(|feature| code(&format!("@unstable(feature = {feature})")));
    if let Some(world) = of_world(change) {
        return match behind {
            Some(behind) if matches!(change.rule.rsplit_once('-'), Some((_, "added" | "stabilised"))) => {
                format!("{world} (stable: was behind {behind})")
            }
            Some(behind) => format!("{world} (unstable: is behind {behind})"),
            None => world,
        };
    }
    let verb = match (kind, change.rule.rsplit_once('-')) {
        (ChangelogKind::Added | ChangelogKind::Removed, _) => "",
        (_, Some((_, "added"))) => " added",
        _ => " removed",
    };
    match change.rule.as_str() {
        "package-added" => "the first version of the package".into(),
        "package-removed" => "the package is gone".into(),
        "item-deprecated" => {
            let since = change.message.rsplit_once(" deprecated in ").map(|(_, since)| since);
            let since = since.filter(|since| Some(*since) != version);
            since.map_or(it.clone(), |since| format!("{it}, since {}", code(since)))
        }
        "external-id-changed" => format!("the `@external-id` of {it} changed"),
        "interface-added" | "world-added" | "function-added" | "type-added" | "resource-added" | "item-stabilised" => {
            match behind {
                Some(behind) => format!("{it} is stable (was behind {behind})"),
                None => format!("{it}{verb}"),
            }
        }
        "interface-removed" | "world-removed" | "function-removed" | "type-removed" | "resource-removed"
        | "item-made-unstable" => match behind {
            Some(behind) => format!("{it} is unstable again (behind {behind})"),
            None => format!("{it}{verb}"),
        },
        _ => sentence(&change.message),
    }
}

/// The item itself, as in "function `f`".
pub(super) fn item(change: &ChangeReport) -> String {
    let subject = Subject::of(&change.path);
    let is_item = change.path.contains('#');
    let noun = match change.rule.as_str() {
        _ if !subject.noun.is_empty() => subject.noun,
        rule if rule.starts_with("function-") => "function",
        rule if rule.starts_with("type-") => "type",
        rule if rule.starts_with("resource-") => "resource",
        _ if is_item => {
            // What the path does not tell, the sentence does.
            let is_type = !subject.name.contains('.') && matches!(change.link, PartiesReport::Interface(_));
            let says = |noun: &&str| change.message.contains(&format!("{noun} `{}`", subject.name));
            let nouns = ["function", "resource", "type", "import", "export"];
            nouns.into_iter().find(says).unwrap_or(if is_type { "type" } else { "" })
        }
        _ if !change.path.contains('/') => "package",
        _ if matches!(change.link, PartiesReport::World(_)) => "world",
        _ => "interface",
    };
    let blank = if noun.is_empty() { "" } else { " " };
    format!("{noun}{blank}{}", code(&subject.name))
}

/// The same without what it is a part of, which was named before.
pub(super) fn shortened(what: &str, change: &ChangeReport) -> String {
    let name = Subject::of(&change.path).name;
    let is_function = change.path.contains("#[");
    let whole = name.split_once('.').filter(|_| !is_function).map_or(name.as_str(), |(whole, _)| whole);
    let names = [code(&name), code(whole), code(name.rsplit_once('.').map_or("", |(whole, _)| whole))];
    for name in names {
        let Some((before, after)) = what.split_once(&name) else { continue };
        let begin = [" of ", " to ", " from "].iter().filter_map(|word| before.rfind(word)).max();
        if let Some((head, noun)) = begin.map(|begin| before.split_at(begin))
            && noun.chars().all(|c| c.is_ascii_lowercase() || c == ' ')
        {
            return format!("{head}{after}");
        }
    }
    what.to_owned()
}

/// What a world imports or exports now, or no longer.
fn of_world(change: &ChangeReport) -> Option<String> {
    let (end, says) = match change.rule.as_str() {
        "import-added" => (" imported", "now imports"),
        "import-removed" => (" no longer imported", "no longer imports"),
        "export-added" => (" exported", "now exports"),
        "export-removed" => (" no longer exported", "no longer exports"),
        _ => return None,
    };
    let (what, rest) = change.message.split_once(end)?;
    Some(sentence(&format!("{says} {what}{rest}")))
}

/// Names in code spans, the last ones counted where there are many.
pub(super) fn listed(names: &[String]) -> String {
    let shown = if names.len() > LISTED + 1 { LISTED } else { names.len() };
    let (first, rest) = names.split_at(shown);
    match (first.split_last(), rest.len()) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, before)), 0) => format!("{} and {last}", before.join(", ")),
        (Some(_), more) => format!("{} and {more} more", first.join(", ")),
    }
}

/// The functions and types that changes reach, each as seen from the interface at `home`.
pub(super) fn reached(changes: &[&ChangeReport], home: &str) -> Vec<String> {
    let mut names = Vec::new();
    for path in changes.iter().flat_map(|change| &change.reach).filter(|path| path.contains('#')) {
        let name = code(&Subject::of(path).name);
        let there = words::group(path);
        let name = if there == home { name } else { format!("{name} of {}", code(there)) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
