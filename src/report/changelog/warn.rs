//! What is to be known of sections that cannot be written as they should be.

use super::ChangelogSection;
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

/// What a merge that made `merged` did, or could not do, a line for each section that has entries.
pub fn changelog_outcome_to_text(file: &str, sections: &[ChangelogSection], old: &str, merged: &str) -> String {
    let file = clean(file);
    let mut out = String::new();
    for section in sections.iter().filter(|section| !section.groups.is_empty()) {
        let entries = || section.groups.iter().flat_map(|group| &group.entries);
        let version =
            section.version.as_deref().unwrap_or(if section.is_removed { "(removed)" } else { "(unversioned)" });
        let (name, version) = (clean(&section.package), clean(version));
        if entries().any(|entry| !merged.contains(&entry.id)) {
            out.push_str(&format!(
                "warning: `{name}` {version} is released already, and its section stays as it is: declare a version that is \
                 free\n"
            ));
        } else if old != merged {
            let count = entries().count();
            let noun = if count == 1 { "entry" } else { "entries" };
            out.push_str(&format!("{file}: `{name}` {version}: {count} {noun}\n"));
        }
    }
    if old == merged {
        out.push_str(&format!("{file} is up to date\n"));
    }
    out
}
