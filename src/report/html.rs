//! The report as one HTML file.

use super::Report;

/// The report as one HTML file.
pub fn to_html(report: &Report) -> String {
    format!("{:?}\n", report.level)
}
