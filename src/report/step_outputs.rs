//! What later steps of a job of GitHub Actions may ask for.
//!
//! The runner reads `name=value` lines and, for values of several lines, a word of one's own before and behind them.
//! Nothing from outside ends a value or begins another one.

use super::escape::clean;
use super::told::{is_told, told};
use super::wire::*;
use crate::verdict::Level;
use std::fmt::Write as _;

/// The outputs of a step, as the file that `GITHUB_OUTPUT` names takes them.
///
/// - `passed`: `true` or `false`; `false` also where nothing could be told;
/// - `level`: `none`, `patch`, `minor` or `major`, and `undetermined` where some package could not be judged;
/// - `breaking-count`: how many changes are major;
/// - `required`: of each package that changed the version that it needs, one `NAME VERSION` a line.
///
/// ```
/// use wit_diff::report::to_step_outputs;
/// let report = wit_diff::pipeline::run("old.wit", "new.wit", &Default::default());
/// assert!(to_step_outputs(&report).starts_with("passed=false\nlevel=undetermined\nbreaking-count=0\n"));
/// ```
pub fn to_step_outputs(report: &Report) -> String {
    let is_judged = report.status == Status::Complete && !report.nothing_compared;
    let passed = is_judged && report.check.as_ref().is_none_or(|check| check.passed);
    let level = if is_judged { report.level.word() } else { "undetermined" };
    let told = told(report);
    let changes = report.packages.iter().flat_map(|package| &package.changes);
    let breaking = changes.filter(|change| change.level == Level::Major && !is_told(&told, change)).count();
    let changed = report.packages.iter().filter(|package| package.level.is_some_and(|level| level > Level::None));
    let required = changed.filter_map(|package| {
        let version = package.version.required.as_ref()?;
        Some(format!("{} {}\n", clean(&package.name), clean(version)))
    });
    let mut out = format!("passed={passed}\nlevel={level}\nbreaking-count={breaking}\n");
    several(&mut out, "required", &required.collect::<String>());
    out
}

fn several(out: &mut String, name: &str, lines: &str) {
    let mut end = "end".to_owned();
    while lines.lines().any(|line| line == end) {
        end.push('-');
    }
    let _ = write!(out, "{name}<<{end}\n{lines}{end}\n");
}
