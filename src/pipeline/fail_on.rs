//! The gate of levels alone.

use super::count::counted;
use crate::report::{CheckReason, CheckReport, PackageCheck, PackageReport, PackageStatus, Report, Status};
use crate::verdict::Level;
use std::collections::BTreeMap;

/// The report with a gate that only levels fail: `level` and those above. Whether versions honour what changed is told by
/// the verdicts on them, and fails nothing. `own` are the levels of packages that have others, by name.
pub fn fail_on(mut report: Report, level: Option<Level>, own: &BTreeMap<String, Level>) -> Report {
    for package in &mut report.packages {
        let own = own.get(&package.name).copied().filter(|own| Some(*own) != level);
        let counts = counted(package);
        let is_over = own.or(level).zip(counts).is_some_and(|(level, found)| found >= level && found > Level::None);
        let reasons: Vec<CheckReason> = is_over.then_some(CheckReason::OverAllowed).into_iter().collect();
        let passed = reasons.is_empty() && package.status != PackageStatus::Undetermined;
        let counts = counts.filter(|_| counts != package.level);
        package.check = Some(PackageCheck { passed, reasons, level: counts, fail_on: own, ..PackageCheck::default() });
    }
    let passed = all_pass(&report);
    report.check = Some(CheckReport { passed, fail_on: level, ignores_versions: true, ..CheckReport::default() });
    report
}

/// Whether there is a verdict on every package, and every package passes.
pub(super) fn all_pass(report: &Report) -> bool {
    let passed = |package: &PackageReport| package.check.as_ref().is_some_and(|check| check.passed);
    report.status == Status::Complete && !report.nothing_compared && report.packages.iter().all(passed)
}
