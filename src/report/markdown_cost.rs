//! What calls cost, as GitHub shows it.

use super::cost_table::{CostOrder, rows};
use super::cost_words::{beyond, estimates};
use super::markdown_escape::{code, sentence, table_row};
use super::wire::*;
use std::fmt::Write as _;

/// The report as GitHub-flavoured Markdown, the first `top` functions of it.
pub fn cost_to_markdown(report: &CostReport, order: CostOrder, top: usize) -> String {
    let mut out = String::new();
    for error in &report.errors {
        let _ = writeln!(out, "> **Error:** {}\n", sentence(&error.message));
    }
    let rows = rows(report, order);
    let header = ["Function", "Flat", "Bytes", "Buffers", "Handles", "In memory", "Host ns", "Guest ns"];
    let _ = writeln!(out, "{}\n{}", table_row(header), table_row(["---"; 8]));
    for row in rows.iter().take(top) {
        let cells =
            [code(&row.call.path), row.flat.clone(), row.bytes.clone(), row.buffers.clone(), row.handles.clone()];
        let cells = cells.iter().map(String::as_str).chain([row.in_memory, &row.host, &row.guest]);
        let _ = writeln!(out, "{}", table_row(cells));
    }
    if let Some(more) = rows.len().checked_sub(top).filter(|more| *more > 0) {
        let _ = writeln!(out, "\n… and {more} more.");
    }
    if !rows.is_empty() {
        let _ = writeln!(out, "\n{}", estimates(report));
    }
    for row in &rows {
        if let Some(why) = row.call.beyond {
            let _ = writeln!(out, "\n{} is not computed: {}.", code(&row.call.path), beyond(why));
        }
    }
    let findings: Vec<_> = report.packages.iter().flat_map(|package| &package.findings).collect();
    if !findings.is_empty() {
        out.push('\n');
    }
    findings.iter().for_each(|finding| {
        let _ = writeln!(out, "{}", finding_line(finding));
    });
    out
}

/// A finding as an item of a list.
pub(super) fn finding_line(finding: &CostFindingReport) -> String {
    let CostFindingReport { rule, message, hint, .. } = finding;
    format!("- **{}**: {}. {}", code(rule), sentence(message), sentence(hint))
}
