//! The report for GitHub Actions: annotations, as workflow commands.

use super::Report;
use crate::verdict::Level;

/// The report for GitHub Actions: annotations, as workflow commands.
pub fn to_github(report: &Report, _annotate: Level) -> String {
    format!("{:?}\n", report.level)
}
