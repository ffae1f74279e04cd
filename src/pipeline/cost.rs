//! What the functions of a target cost.

use super::Options;
use super::every::{Every, every};
use crate::report::{self, CostReport, Costed};
use crate::revision::Target;

/// What every function of the packages of `target` costs, those that `options` name.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let scratch = tempfile::tempdir()?;
/// # std::fs::write(scratch.path().join("a.wit"), "package a:b; interface i { f: func(x: string) -> u64; }")?;
/// use wit_diff::{pipeline, revision};
/// let options = pipeline::Options {
///     revision: revision::Options { working_directory: Some(scratch.path().into()), ..Default::default() },
///     ..Default::default()
/// };
/// let report = pipeline::cost(&revision::Target::typed("a.wit"), &options);
/// let shape = report.packages[0].functions[0].shape.as_ref().unwrap();
/// assert_eq!((shape.parameters.flat, shape.parameters.allocates.len()), (2, 1));
/// # Ok(())
/// # }
/// ```
pub fn cost(target: &Target, options: &Options) -> CostReport {
    let asked = options.cost.unwrap_or_default();
    let options = Options { cost: Some(asked), ..options.clone() };
    let Every { source, loaded, errors, .. } = every(target, &options);
    let costed: Vec<Costed> = loaded.iter().filter_map(|loaded| loaded.costed()).collect();
    report::cost(&source, &costed, &errors, asked.length, &options.packages)
}
