//! What to do about a break, for those whom it hits. How it could have been avoided is told to those who maintain the
//! package, in the other reports.

use crate::report::markdown_escape::code;
use crate::report::wire::ChangeReport;
use crate::report::words::Subject;

/// What is told of one item; more is counted.
const LISTED: usize = 6;

/// What to do about changes of one item, each thing once; empty where who has to do something says it all.
pub(super) fn migration(changes: &[&ChangeReport]) -> String {
    let removed = || changes.iter().filter(|change| change.rule.ends_with("-removed"));
    let successors: Vec<&str> = removed().filter_map(|change| change.renamed.as_deref()).collect();
    let mut steps: Vec<String> = Vec::new();
    // With a resource goes everything of it.
    let own = changes.iter().filter(|change| change.rule == "resource-removed").count();
    for change in changes.iter().filter(|change| own == 0 || change.renamed.is_some()) {
        let part = part(change);
        let step = match change.renamed.as_deref().filter(|_| change.rule.ends_with("-removed")) {
            // Any two resources look alike.
            Some(_) if change.rule == "resource-removed" => None,
            // Of a part, the name stands alone; of an item, as the path has it.
            Some(other) => {
                let other = Subject::of(&format!("a:b/c#{other}")).name;
                Some(format!("use {} instead of {} (it looks renamed)", code(&other), code(part)))
            }
            None if change.rule.ends_with("-added") && successors.contains(&part) => None,
            None => of_rule(&change.rule, &code(part)),
        };
        steps.extend(step.filter(|step| !steps.contains(step)));
    }
    let more = steps.len().saturating_sub(LISTED);
    steps.truncate(LISTED);
    if more > 0 {
        steps.push(format!("{more} more like these"));
    }
    steps.join("; ")
}

/// The name of what changed: of the field, case or parameter, where it is one.
fn part(change: &ChangeReport) -> &str {
    let first = change.message.split('`').nth(1).unwrap_or_default();
    first.split(": ").next().unwrap_or(first)
}

fn of_rule(rule: &str, part: &str) -> Option<String> {
    let step = match rule {
        "parameter-added" => return Some(format!("pass {part}")),
        "parameter-removed" => return Some(format!("no longer pass {part}")),
        "record-field-added" => return Some(format!("set {part} wherever the record is built")),
        "record-field-removed" => return Some(format!("neither set nor read {part}")),
        "variant-case-added" | "enum-case-added" => {
            return Some(format!("handle {part} wherever the type is matched"));
        }
        "variant-case-removed" | "enum-case-removed" => return Some(format!("neither produce nor match {part}")),
        "flag-removed" => return Some(format!("neither set nor test {part}")),
        "parameter-retyped" => return Some(format!("pass the new type for {part}")),
        "record-field-retyped" | "variant-case-retyped" => {
            return Some(format!("convert {part} to and from the new type"));
        }
        "alias-retargeted" | "type-kind-changed" => "convert to and from the new type",
        "function-made-async" => "call and implement it as an `async` function",
        "function-made-sync" => "call and implement it without `async`",
        "method-made-static" => "call it on the type, not on a handle",
        "static-made-method" => "call it on a handle, not on the type",
        "constructor-made-fallible" => "handle the error that it may return",
        "constructor-made-infallible" => "drop what handles its error",
        "parameters-reordered" => "pass the parameters in the new order",
        "result-added" | "result-retyped" => "take the new result",
        "result-removed" => "do without the result",
        "parameter-type-replaced"
        | "result-type-replaced"
        | "alias-target-replaced"
        | "alias-made-nominal"
        | "nominal-made-alias"
        | "record-field-type-replaced"
        | "variant-case-type-replaced" => "name the new type, which has the same structure",
        "resource-moved" | "resource-made-own" | "resource-replaced" | "resource-origin-changed" => {
            "take handles of the new resource: those of the other one do not fit"
        }
        "import-removed" => "do without it, or target a world that imports it",
        "export-removed" => "do without it",
        "import-made-export" => "implement and export it instead of calling it",
        "export-made-import" => "call it instead of implementing it",
        _ => return None,
    };
    Some(step.to_owned())
}
