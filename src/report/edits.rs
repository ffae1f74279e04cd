//! What differs between two declarations, line by line and inside the lines.

use super::{ChangeReport, ExcerptReport, PlaceReport};
use similar::{ChangeTag, TextDiff};

/// One line of either side, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number on the old side, where it stands there.
    pub old: Option<u32>,
    /// Its number on the new side, where it stands there.
    pub new: Option<u32>,
    /// The line in pieces, as it is indented in its file.
    pub parts: Vec<Part>,
}

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Not yet fit for any format: it comes from outside.
    pub text: String,
    /// Whether it differs from what stands in its place on the other side.
    pub changed: bool,
}

/// The lines of a change, old before new where they differ; empty where there is no text. What stands on one side only
/// has all of its lines on that side.
pub(super) fn lines(change: &ChangeReport) -> Vec<Line> {
    let old = change.old.as_ref().map(excerpt).unwrap_or_default();
    let new = change.new.as_ref().map(excerpt).unwrap_or_default();
    let diff = TextDiff::from_lines(&old.1, &new.1);
    let number = |first: u32, index: Option<usize>| Some(first + u32::try_from(index?).ok()?);
    let mut lines = Vec::new();
    for op in diff.ops() {
        for change in diff.iter_inline_changes(op) {
            let is_alone = old.1.is_empty() || new.1.is_empty();
            let part = |(changed, text): (bool, std::borrow::Cow<'_, str>)| Part {
                text: text.trim_end_matches(['\n', '\r']).to_owned(),
                changed: changed && !is_alone && change.tag() != ChangeTag::Equal,
            };
            lines.push(Line {
                old: number(old.0, change.old_index()),
                new: number(new.0, change.new_index()),
                parts: change.iter_strings_lossy().map(part).filter(|part| !part.text.is_empty()).collect(),
            });
        }
    }
    lines
}

/// The first line of what is known of a declaration, and its lines.
fn excerpt(place: &PlaceReport) -> (u32, String) {
    match &place.excerpt {
        Some(ExcerptReport { line, text }) => (*line, format!("{text}\n")),
        None if place.text.is_empty() => (place.line, String::new()),
        None => (place.line, format!("{}\n", place.text)),
    }
}
