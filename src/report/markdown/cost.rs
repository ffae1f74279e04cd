//! How calls are passed in another way than before, folded, and what is worth saying of it.

use super::{Sheet, counted, named, said};
use crate::report::cost_words::differences;
use crate::report::markdown_cost::finding_line;
use crate::report::wire::*;

/// So many functions are told.
const CHANGES: usize = 30;

/// So many bytes are kept for what comes behind.
const KEPT: usize = 2_000;

/// The cost of one package's calls. What finds no room is left out: the full report has it.
pub fn cost(sheet: &mut Sheet, package: &PackageReport) {
    let Some(cost) = &package.cost else { return };
    if !cost.findings.is_empty() {
        let heading = format!("**Calls of {} cost more:**\n", named(&package.name));
        let lines: Vec<String> = cost.findings.iter().map(finding_line).collect();
        sheet.block(&format!("{heading}\n{}", lines.join("\n")), KEPT);
    }
    if !cost.changes.is_empty() {
        let functions = counted(cost.changes.len(), "function");
        let summary = format!("How calls are passed: {functions} in another way than before");
        let line = |change: &CostChangeReport| {
            let parts: Vec<String> = differences(change).iter().map(|part| said(part)).collect();
            format!("- {}: {}", named(&change.path), parts.join("; "))
        };
        let mut lines: Vec<String> = cost.changes.iter().take(CHANGES).map(line).collect();
        if let Some(more) = cost.changes.len().checked_sub(CHANGES).filter(|more| *more > 0) {
            lines.push(format!("- … and {more} more in the full report"));
        }
        let text = format!("<details>\n<summary>{summary}</summary>\n\n{}\n\n</details>", lines.join("\n"));
        sheet.block(&text, KEPT);
    }
}
