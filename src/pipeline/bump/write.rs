//! Writes a plan, and takes it back where what stands on the disk then does not pass.

use super::Edited;
use super::texts::Texts;
use crate::error::Error;
use crate::report::Report;
use crate::revision::{self, Replacement};
use std::path::Path;

/// Writes the texts, and asks `judge` what is wrong with what is there now; with an answer, all is as it was.
pub(super) fn write(
    texts: &Texts,
    edited: &Edited,
    top: &Path,
    judge: impl FnOnce() -> Option<Report>,
) -> Result<Option<Report>, Error> {
    let replacements: Vec<Replacement> = (edited.iter())
        .filter_map(|(path, new)| {
            let old = texts.original(path)?.text.clone().into_bytes();
            Some(Replacement { path: path.clone(), old, new: new.clone().into_bytes() })
        })
        .collect();
    let saved = revision::save(&replacements, top)?;
    match judge() {
        None => saved.keep(),
        Some(report) => {
            saved.undo()?;
            return Ok(Some(report));
        }
    }
    Ok(None)
}
