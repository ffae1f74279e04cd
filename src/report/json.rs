//! The report as JSON: one object, indented, the same bytes on every run.

use super::Report;
use serde::Serialize;

/// The report as REPORT.md defines it, with a line break at the end.
pub fn to_json(report: &Report) -> String {
    indented(report)
}

pub(super) fn indented(value: &impl Serialize) -> String {
    // Every key is a string and every value is owned: there is nothing in it that cannot be written.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}
