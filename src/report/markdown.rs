//! The report as Markdown, for a comment on a pull request.

use super::Report;

/// The report as Markdown, for a comment on a pull request.
pub fn to_markdown(report: &Report) -> String {
    format!("{:?}\n", report.level)
}
