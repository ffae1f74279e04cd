//! What to do about a break, for those whom it hits. How it could have been avoided is told to those who maintain the
//! package, in the other reports.

use super::markdown::code;
use crate::report::wire::ChangeReport;
use crate::report::words::Subject;

/// What to do, as the rest of a sentence; `None` where who has to do something says it all.
pub(super) fn migration(change: &ChangeReport) -> Option<String> {
    if let Some(other) = change.renamed.as_ref().filter(|_| change.rule.ends_with("-removed")) {
        // Of a part, the name stands alone; of an item, as the path has it.
        let other = Subject::of(&format!("a:b/c#{other}")).name;
        return Some(format!("use {} instead, which looks like it under another name", code(&other)));
    }
    of_rule(&change.rule).map(str::to_owned)
}

fn of_rule(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "function-made-async" => "call and implement it as an `async` function",
        "function-made-sync" => "call and implement it without `async`",
        "method-made-static" => "call it on the type, not on a handle",
        "static-made-method" => "call it on a handle, not on the type",
        "constructor-made-fallible" => "handle the error that it may return",
        "constructor-made-infallible" => "drop what handles its error",
        "parameter-added" => "pass the new parameter",
        "parameter-removed" => "leave the parameter out",
        "parameters-reordered" => "pass the parameters in the new order",
        "parameter-retyped" => "pass the new type",
        "result-added" | "result-retyped" => "take the new result",
        "result-removed" => "do without the result",
        "alias-retargeted" | "type-kind-changed" | "record-field-retyped" | "variant-case-retyped" => {
            "convert to and from the new type"
        }
        "record-field-added" => "set the field wherever the record is built",
        "record-field-removed" => "neither set nor read the field",
        "variant-case-added" | "enum-case-added" => "handle the new case wherever the type is matched",
        "variant-case-removed" | "enum-case-removed" => "neither produce nor match the case",
        "flag-removed" => "neither set nor test the flag",
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
    })
}
