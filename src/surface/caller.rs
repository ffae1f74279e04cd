//! A package that somebody else has resolved already.

use super::statements::Statements;
use super::{Sources, Views, lower};
use crate::error::{Error, ErrorKind};
use wit_parser as wit;

/// What a package of a resolved set promises.
///
/// What is behind a gate that was shut when it was resolved, is not in there, and so never seen.
///
/// # Errors
///
/// The package is none of the set.
pub fn of_resolve(resolve: &wit::Resolve, package: wit::PackageId) -> Result<Views, Error> {
    if resolve.packages.get(package).is_none() {
        return Err(Error::new(ErrorKind::Invalid, "the package is not in the `Resolve` that it is named for")
            .hint("a `PackageId` is good for the `Resolve` only that gave it"));
    }
    let judged = lower::lower(resolve.clone(), &[package], &Statements::default(), Sources::default());
    Ok(Views { judged, ..Views::default() })
}
