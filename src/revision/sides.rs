//! From the inputs of a comparison to its two sides.

use std::fmt;

use super::Options;
#[cfg(feature = "git")]
use super::range::{last_commit, one};
use super::target::Target;
use crate::error::{Error, Side};

/// Why there are no two sides to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SidesError {
    /// The inputs do not name two sides, and what to type instead.
    Usage(String),
    /// The inputs name a side that is not there.
    Missing {
        /// Which one.
        side: Side,
        /// Why not.
        error: Error,
    },
}

impl fmt::Display for SidesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SidesError::Usage(message) => f.write_str(message),
            SidesError::Missing { side, error } => write!(f, "{side} revision: {error}"),
        }
    }
}

impl std::error::Error for SidesError {}

/// The old and the new side that `inputs` name; with `staged`, the new one is the index.
///
/// - `OLD NEW`: two revisions or paths.
/// - `A..B`: two revisions. Without `A` it is `HEAD`, without `B` the working tree.
/// - `A...B`: the merge base of both, and `B`. Without `A` or `B` it is the one with `HEAD`, without `B` the new side
///   is the working tree.
/// - `A`: a revision, and the working tree.
///
/// Revisions may go with a path: `v1:wit..v2:wit`. Where the new side is chosen, the path goes for it, too.
///
/// # Errors
/// `Usage` for inputs that name no two sides, and `Missing` for one that is not there.
pub fn sides(inputs: &[String], staged: bool, options: &Options) -> Result<(Target, Target), SidesError> {
    match (inputs, staged) {
        ([old, new], false) if old == "-" && new == "-" => {
            usage("only one side can be `-`: there is one standard input")
        }
        ([old, new], false) => Ok((Target::typed(old), Target::typed(new))),
        ([], true) => last_commit(options),
        ([input], staged) => one(input, staged, options),
        ([], false) => usage("name what to compare: `OLD NEW`, a range `A..B`, or one revision"),
        ([_, _], true) => usage("`--staged` is the new side: name the old one only, or none for `HEAD`"),
        (inputs, _) => usage(&format!("two revisions are compared, and {} are named here", inputs.len())),
    }
}

#[cfg(not(feature = "git"))]
fn one(_input: &str, _staged: bool, _options: &Options) -> Result<(Target, Target), SidesError> {
    usage("name two paths: this build reads no git revisions")
}

#[cfg(not(feature = "git"))]
fn last_commit(_options: &Options) -> Result<(Target, Target), SidesError> {
    usage("name two paths: this build reads no git index")
}

pub(super) fn usage<T>(message: &str) -> Result<T, SidesError> {
    Err(SidesError::Usage(message.to_owned()))
}

#[cfg(feature = "git")]
pub(super) fn missing_old(error: Error) -> SidesError {
    SidesError::Missing { side: Side::Old, error }
}

#[cfg(feature = "git")]
pub(super) fn missing_new(error: Error) -> SidesError {
    SidesError::Missing { side: Side::New, error }
}
