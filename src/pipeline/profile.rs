//! The gate of another tool.

use super::fail_on::all_pass;
use crate::report::{CheckReason, CheckReport, PackageCheck, PackageStatus, Report};

/// The report with a gate that only the other tool's answers fail: nothing of ours does.
pub fn gate_of_profile(mut report: Report) -> Report {
    for package in &mut report.packages {
        let refuses = package.profile.as_ref().is_some_and(|profile| !profile.accepts);
        let reasons: Vec<CheckReason> = refuses.then_some(CheckReason::ToolRefuses).into_iter().collect();
        let passed = reasons.is_empty() && package.status != PackageStatus::Undetermined;
        package.check = Some(PackageCheck { passed, reasons, ..PackageCheck::default() });
    }
    let passed = all_pass(&report);
    report.check = Some(CheckReport { passed, ..CheckReport::default() });
    report
}
