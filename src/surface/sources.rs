//! Where an item stands in the source, and what stands there.

use crate::error::Position;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use wit_parser::SourceMap;

/// A stretch of source. Unknown for what was read from a binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// No place.
    pub const UNKNOWN: Span = Span { start: u32::MAX, end: u32::MAX };

    /// Whether there is a place.
    pub fn is_known(self) -> bool {
        self.start != u32::MAX && self.end != u32::MAX
    }

    pub(super) fn shifted(span: wit_parser::Span, offset: u32) -> Span {
        if span.is_known() {
            Span { start: span.start().saturating_add(offset), end: span.end().saturating_add(offset) }
        } else {
            Span::UNKNOWN
        }
    }

    /// This place, or the other where this one is unknown.
    pub fn or(self, other: Span) -> Span {
        if self.is_known() { self } else { other }
    }
}

impl From<wit_parser::Span> for Span {
    fn from(span: wit_parser::Span) -> Span {
        Span::shifted(span, 0)
    }
}

/// An item's place in its revision (REPORT.md, `old` and `new` of a change).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File, line and column of the item's name, or of the part that is meant.
    pub position: Position,
    /// The line, without the blanks around it.
    pub text: String,
}

/// The texts of a revision, by file.
#[derive(Debug, Default)]
pub struct Sources {
    pub(super) map: SourceMap,
    pub(super) texts: Arc<Texts>,
}

/// Texts by file.
pub(super) type Texts = BTreeMap<String, Text>;

impl Sources {
    /// The place behind `span`; `None` where it is unknown.
    pub fn place(&self, span: Span) -> Option<Place> {
        if !span.is_known() {
            return None;
        }
        let location = self.map.resolve_span(wit_parser::Span::new(span.start, span.end))?;
        let text = self.texts.get(location.path)?;
        let (position, line) = text.locate(location.path, location.range.start);
        let line = match line.char_indices().nth(LONGEST) {
            None => line,
            // A line beyond all reading: what stands at the place itself.
            Some(_) => text.stretch(location.range.start, LONGEST),
        };
        Some(Place { position, text: line.trim().to_string() })
    }

    /// Every file, and its text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(file, text)| (file.as_str(), text.text.as_str()))
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(|text| text.text.as_str())
    }
}

/// How many characters of a line are shown.
const LONGEST: usize = 240;

/// The byte-order mark.
const MARK: char = '\u{feff}';

/// One text, and where its lines begin.
#[derive(Debug)]
pub(super) struct Text {
    text: String,
    lines: OnceLock<Vec<usize>>,
    /// How many characters stand before every [`STEP`]th byte.
    characters: OnceLock<Vec<usize>>,
}

/// Characters are counted from the nearest of marks so far apart, in bytes: lines may be as long as files.
const STEP: usize = 1024;

impl Text {
    pub fn new(text: &str) -> Text {
        Text { text: text.to_string(), lines: OnceLock::new(), characters: OnceLock::new() }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The position of a byte, and the line that it stands in.
    pub fn locate(&self, file: &str, byte: usize) -> (Position, &str) {
        let starts = self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
        });
        let byte = self.boundary(byte);
        let line = starts.partition_point(|&start| start <= byte).saturating_sub(1);
        let (start, end) = (starts[line], starts.get(line + 1).map_or(self.text.len(), |next| next - 1));
        // A mark at the beginning of a file is no part of its first line.
        let start = if line == 0 && self.text.starts_with(MARK) { MARK.len_utf8() } else { start };
        let column = self.characters_before(byte.max(start)) - self.characters_before(start);
        let position = Position { file: file.to_string(), line: line as u32 + 1, column: column as u32 + 1 };
        (position, self.text[start..end].trim_end_matches('\r'))
    }

    fn characters_before(&self, byte: usize) -> usize {
        // Every character has one byte that does not continue another.
        let count = |bytes: &[u8]| bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count();
        let marks = self.characters.get_or_init(|| {
            let steps = self.text.as_bytes().chunks(STEP).map(count);
            let sums = steps.scan(0, |sum, step| {
                *sum += step;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let mark = byte / STEP;
        marks[mark] + count(&self.text.as_bytes()[mark * STEP..byte])
    }

    /// So many characters from a byte on, within its line.
    fn stretch(&self, byte: usize, characters: usize) -> &str {
        let rest = &self.text[self.boundary(byte)..];
        let rest = rest.lines().next().unwrap_or_default();
        rest.char_indices().nth(characters).map_or(rest, |(end, _)| &rest[..end])
    }

    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}
