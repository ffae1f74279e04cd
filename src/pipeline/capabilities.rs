//! What the worlds of a revision may touch.

use super::Options;
use super::every::{Every, every};
use crate::capability::Pattern;
use crate::report::{self, CapabilitiesOptions, CapabilitiesReport};
use crate::revision::Target;
use crate::surface::Surface;

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
    let Every { source, loaded, errors, shut } = every(target, options);
    let surfaces: Vec<Surface> = loaded.into_iter().map(|loaded| loaded.views.judged).collect();
    let asked = CapabilitiesOptions { packages: &options.packages, worlds, deny };
    let report = report::capabilities(&source, &surfaces, &errors, &asked);
    CapabilitiesReport { shut, ..report }
}
