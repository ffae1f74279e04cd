//! What the worlds of a revision may touch.

use super::{Options, show};
use crate::capability::Pattern;
use crate::report::{self, CapabilitiesOptions, CapabilitiesReport, Source};
use crate::revision::{Kind, Target};

/// What the worlds of `target` may touch: of those that `worlds` name, as `name` or `namespace:package/name`, or all. One
/// that has what `deny` names makes it fail.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let scratch = tempfile::tempdir()?;
/// # std::fs::write(scratch.path().join("a.wit"), "package a:b; world w { import log: func(); }")?;
/// use wit_diff::{pipeline, revision};
/// let options = pipeline::Options {
///     revision: revision::Options { working_directory: Some(scratch.path().into()), ..Default::default() },
///     ..Default::default()
/// };
/// let report = pipeline::capabilities(&revision::Target::typed("a.wit"), &options, &[], &[]);
/// assert_eq!(report.worlds[0].capabilities[0].name, "log");
/// # Ok(())
/// # }
/// ```
pub fn capabilities(target: &Target, options: &Options, worlds: &[String], deny: &[Pattern]) -> CapabilitiesReport {
    let shown = show(target, options);
    let source = shown.source.unwrap_or_else(|| Source::new(&target.shown, Kind::Path));
    let asked = CapabilitiesOptions { packages: &options.packages, worlds, deny };
    let report = report::capabilities(&source, &shown.surfaces, &shown.errors, &asked);
    CapabilitiesReport { shut: shown.shut, ..report }
}
