//! Tags that name another version than the package declares.

use super::section::{self, Section};
use crate::report::{self, FindingKind, LogRow};
use crate::revision::History;
use crate::version::track;
use semver::Version;

/// Adds a finding to the row of each tag that a package does not follow, if it follows most: where tags mean something
/// else, there is nothing to be found.
pub(super) fn add(package: &str, section: &mut Section, history: &History) {
    let tag = |step: usize| {
        history.steps.get(step)?.tag.as_ref().filter(|tag| crate::revision::is_family(&tag.prefix, package))
    };
    let declared: Vec<(usize, Vec<Version>)> =
        std::mem::take(&mut section.declared).into_iter().filter(|(step, _)| tag(*step).is_some()).collect();
    let follows = |(step, versions): &&(usize, Vec<Version>)| {
        tag(*step).is_some_and(|tag| versions.iter().any(|version| version.cmp_precedence(&tag.version).is_eq()))
    };
    let (following, straying): (Vec<_>, Vec<_>) = declared.iter().partition(follows);
    if following.len() < 2 || following.len() < straying.len() * MOST {
        return;
    }
    for (step, versions) in straying {
        let (Some(tag), Some(here)) = (tag(*step), history.steps.get(*step)) else { continue };
        let on_track = |version: &&Version| track_of(version) == track_of(&tag.version);
        // A draft of the next version need not be one of every package.
        let any = versions.iter().filter(|_| tag.version.pre.is_empty()).max();
        let Some(version) = versions.iter().filter(on_track).max().or(any) else { continue };
        let declared = version.to_string();
        let is_it = |(at, row): &&mut (usize, LogRow)| *at == *step && row.new_version.as_deref() == Some(&*declared);
        let message = report::tag_mismatch(&tag.name, &declared);
        if let Some((_, row)) = section.rows.iter_mut().find(is_it) {
            row.finds(FindingKind::TagMismatch, message);
        } else {
            let mut row = section::unchanged(here, Some(version));
            row.finds(FindingKind::TagMismatch, message);
            section.push(*step, row);
            section.unpass();
        }
    }
}

/// So many tags have to name the version for each one that does not.
const MOST: usize = 3;

fn track_of(version: &Version) -> String {
    track::of(&Some(version.clone()))
}
