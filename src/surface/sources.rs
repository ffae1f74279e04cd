//! Where an item stands in the source, and what stands there.

use crate::error::Position;
use std::collections::BTreeMap;
use std::sync::Arc;
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
    /// File, line and column of the item's name.
    pub position: Position,
    /// The line, without the blanks around it.
    pub text: String,
}

/// The texts of a revision, by file.
#[derive(Debug, Default)]
pub struct Sources {
    pub(super) map: SourceMap,
    pub(super) texts: Arc<BTreeMap<String, String>>,
}

impl Sources {
    /// The place behind `span`; `None` where it is unknown.
    pub fn place(&self, span: Span) -> Option<Place> {
        if !span.is_known() {
            return None;
        }
        let location = self.map.resolve_span(wit_parser::Span::new(span.start, span.end))?;
        let text = self.texts.get(location.path)?;
        let (position, line) = locate(location.path, text, location.range.start);
        Some(Place { position, text: line.trim().to_string() })
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(String::as_str)
    }
}

/// The position of a byte in a text, and the line that it stands in.
pub(super) fn locate<'a>(file: &str, text: &'a str, byte: usize) -> (Position, &'a str) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[byte..].find('\n').map_or(text.len(), |at| byte + at);
    let line = before.bytes().filter(|&b| b == b'\n').count() as u32 + 1;
    let column = text[start..byte].chars().count() as u32 + 1;
    (Position { file: file.to_string(), line, column }, text[start..end].trim_end_matches('\r'))
}
