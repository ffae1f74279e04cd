//! The exit codes of REPORT.md.

use crate::error::{Error, ErrorKind};
#[cfg(feature = "git")]
use crate::report::{BumpStatus, LogReport, StabilityReport};
use crate::report::{CapabilitiesReport, CostReport, ListReport, Report, Status};
use std::process::ExitCode;

/// The gate failed.
const GATE: u8 = 1;
/// Wrong usage.
pub const USAGE: u8 = 2;
/// Some package could not be judged.
const UNDETERMINED: u8 = 3;
/// Nothing was compared.
const NOTHING: u8 = 4;

/// The code for a list.
pub fn code_of_list(list: &ListReport) -> ExitCode {
    let is_undetermined = !list.errors.is_empty() || list.packages.iter().any(|package| package.error.is_some());
    ExitCode::from(match (list.nothing_found, is_undetermined) {
        (true, _) => NOTHING,
        (_, true) => UNDETERMINED,
        _ => 0,
    })
}

/// The code for what worlds may touch: 3 before 4 before 1.
pub fn code_of_capabilities(report: &CapabilitiesReport) -> ExitCode {
    let fails = report.check.as_ref().is_some_and(|check| !check.passed);
    ExitCode::from(match (report.nothing_found, report.errors.is_empty()) {
        (true, _) => NOTHING,
        (false, false) => UNDETERMINED,
        (false, true) if fails => GATE,
        (false, true) => 0,
    })
}

/// The code for what is shown, with these errors.
pub fn code_of_errors(errors: &[Error]) -> ExitCode {
    ExitCode::from(match errors {
        [] => 0,
        [error] if error.kind == ErrorKind::Empty => NOTHING,
        _ => UNDETERMINED,
    })
}

/// The code for what calls cost.
pub fn code_of_cost(report: &CostReport) -> ExitCode {
    ExitCode::from(match (report.nothing_found, report.errors.is_empty()) {
        (true, _) => NOTHING,
        (false, true) => 0,
        (false, false) => UNDETERMINED,
    })
}

/// The code for a bump.
#[cfg(feature = "git")]
pub fn code_of_bump(status: BumpStatus) -> ExitCode {
    ExitCode::from(match status {
        BumpStatus::Planned | BumpStatus::Written | BumpStatus::Sufficient => 0,
        BumpStatus::Failed => GATE,
        BumpStatus::Refused => USAGE,
        BumpStatus::Undetermined => UNDETERMINED,
        BumpStatus::Nothing => NOTHING,
    })
}

/// The code for a log.
#[cfg(feature = "git")]
pub fn code_of_log(log: &LogReport) -> ExitCode {
    ExitCode::from(match (log.status, log.nothing_found) {
        (Status::Undetermined, _) => UNDETERMINED,
        (Status::Complete, true) => NOTHING,
        (Status::Complete, false) => 0,
    })
}

/// The code for how stable packages are.
#[cfg(feature = "git")]
pub fn code_of_stability(report: &StabilityReport) -> ExitCode {
    ExitCode::from(match (report.status, report.nothing_found) {
        (Status::Undetermined, _) => UNDETERMINED,
        (Status::Complete, true) => NOTHING,
        (Status::Complete, false) => 0,
    })
}

/// The code for a report: 3 before 4 before 1.
pub fn code(report: &Report) -> ExitCode {
    let undetermined = report.status == Status::Undetermined && !report.nothing_compared;
    let code = if undetermined {
        UNDETERMINED
    } else if report.nothing_compared || report.packages.is_empty() {
        NOTHING
    } else if report.check.as_ref().is_some_and(|check| !check.passed) {
        GATE
    } else {
        0
    };
    ExitCode::from(code)
}
