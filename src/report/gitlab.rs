//! The report for GitLab, as Code Quality.

use super::Report;

/// The report for GitLab, as Code Quality.
pub fn to_gitlab(report: &Report) -> String {
    format!("{:?}\n", report.level)
}
