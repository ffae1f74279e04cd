//! What is to be known of sections that cannot be written as they should be.

use crate::report::Report;
use crate::report::escape::clean;
use crate::version::VersionVerdict;

/// Packages that declare a version which is too low for what changed, a line each: their sections stand under it.
pub fn changelog_warnings_to_text(report: &Report) -> String {
    let too_low = report.packages.iter().filter(|package| package.version.verdict == VersionVerdict::Insufficient);
    let lines = too_low.filter_map(|package| {
        let (declared, required) = (package.version.declared.as_deref()?, package.version.required.as_deref()?);
        let (name, declared, required) = (clean(&package.name), clean(declared), clean(required));
        Some(format!("warning: `{name}` declares {declared}, too low for what changed: that requires {required}\n"))
    });
    lines.collect()
}
