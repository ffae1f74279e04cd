//! What differs between two declarations, line by line and inside the lines.

use super::shown::{on_new, on_old};
use super::{ChangeReport, ExcerptReport, PlaceReport};
use similar::{ChangeTag, TextDiff};
use std::ops::Range;

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
    /// Whether it differs from what stands in its place on the other side, and one of the changes is about it.
    pub changed: bool,
}

/// The lines of changes that share them, old before new where they differ; empty where there is no text. What stands on
/// one side only has all of its lines on that side, unless it shares them with others.
pub(super) fn lines(changes: &[&ChangeReport]) -> Vec<Line> {
    let side = |place: fn(&ChangeReport) -> Option<&PlaceReport>| {
        let places = changes.iter().filter_map(|change| place(change));
        Side::of(&places.collect::<Vec<_>>())
    };
    let (old, new) = (side(on_old), side(on_new));
    let diff = TextDiff::from_lines(&old.text, &new.text);
    let number = |first: u32, index: Option<usize>| first.checked_add(u32::try_from(index?).ok()?);
    let mut lines = Vec::new();
    for change in diff.iter_all_changes() {
        let parts = match change.tag() {
            ChangeTag::Equal => vec![Part { text: change.value().to_owned(), changed: false }],
            ChangeTag::Delete => old.parts(change.old_index()),
            ChangeTag::Insert => new.parts(change.new_index()),
        };
        let fit = |part: Part| Part { text: part.text.trim_end_matches(['\n', '\r']).to_owned(), ..part };
        lines.push(Line {
            old: number(old.first, change.old_index()),
            new: number(new.first, change.new_index()),
            parts: parts.into_iter().map(fit).filter(|part| !part.text.is_empty()).collect(),
        });
    }
    lines
}

/// What is known of one side.
struct Side {
    first: u32,
    text: String,
    /// Where its lines begin.
    starts: Vec<usize>,
    /// What differs, in order.
    marks: Vec<Range<usize>>,
}

impl Side {
    /// The places are in one text.
    fn of(places: &[&PlaceReport]) -> Side {
        let (first, text) = match places.first().map(|place| (place, &place.excerpt)) {
            Some((_, Some(ExcerptReport { line, text, .. }))) => (*line, format!("{text}\n")),
            Some((place, None)) if !place.text.is_empty() => (place.line, format!("{}\n", place.text)),
            Some((place, None)) => (place.line, String::new()),
            None => (0, String::new()),
        };
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let excerpts = places.iter().filter_map(|place| place.excerpt.as_ref());
        let mut marks: Vec<Range<usize>> = excerpts.flat_map(|excerpt| excerpt.differing.iter().cloned()).collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        Side { first, text, starts, marks }
    }

    fn parts(&self, line: Option<usize>) -> Vec<Part> {
        let start = line.and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        let end = line.and_then(|line| self.starts.get(line + 1)).copied().unwrap_or(self.text.len());
        let mut parts = Vec::new();
        let mut part = |bytes: Range<usize>, changed: bool| {
            let text = self.text.get(bytes).filter(|text| !text.is_empty());
            parts.extend(text.map(|text| Part { text: text.to_owned(), changed }));
        };
        let mut at = start;
        let first = self.marks.partition_point(|mark| mark.end <= start);
        for mark in self.marks.iter().skip(first).take_while(|mark| mark.start < end) {
            let is_whole = self.text.get(mark.clone()).is_some();
            let mark = mark.start.max(at)..mark.end.min(end);
            if is_whole && mark.start < mark.end {
                part(at..mark.start, false);
                part(mark.clone(), true);
                at = mark.end;
            }
        }
        part(at..end, false);
        parts
    }
}
