//! The declaration of both sides, as a compiler would show it, with what differs marked inside the lines.

use crate::report::columns;
use crate::report::edits::{self, Line};
use crate::report::escape::clean;
use crate::report::wire::*;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// So many lines are marked on each side; the rest is in other formats.
const MARKED: usize = 3;

/// What stands before a line and behind it: its number, bars, and which side it is.
const AROUND: usize = 16;

/// How a snippet is laid out.
pub struct Layout {
    /// The columns that there are.
    pub width: usize,
    pub color: bool,
}

/// The lines of a snippet; none where there is no place.
pub fn snippet(change: &ChangeReport, layout: &Layout) -> Vec<String> {
    let lines = edits::lines(change);
    let both = change.old.is_some() && change.new.is_some();
    let sides = [("old", &change.old), ("new", &change.new)];
    let sides = sides.into_iter().filter_map(|(word, place)| Side::of(word, place.as_ref()?, &lines, both));
    let room = layout.width.saturating_sub(AROUND);
    let sides: Vec<Side> = sides.map(|side| side.within(room)).collect();
    if sides.is_empty() {
        return Vec::new();
    }
    let renderer = if layout.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(layout.width);
    let mut group = Group::with_level(Level::NOTE);
    for side in &sides {
        let kind = if side.word == "old" { AnnotationKind::Context } else { AnnotationKind::Primary };
        let last = side.marks.len().saturating_sub(1);
        let marks = side.marks.iter().enumerate().map(|(at, mark)| {
            let mark = kind.span(mark.clone());
            if at == last { mark.label(side.word) } else { mark }
        });
        let source = Snippet::source(&*side.text).line_start(side.first).path(side.file.as_str());
        group = group.element(source.annotations(marks));
    }
    renderer.render(&[group]).lines().map(|line| line.trim_end().to_owned()).collect()
}

/// One side, fit for a terminal.
struct Side {
    word: &'static str,
    file: String,
    /// The number of the first line of the text.
    first: usize,
    text: String,
    marks: Vec<Range<usize>>,
}

impl Side {
    /// `both` says whether there is another side to differ from.
    fn of(word: &'static str, place: &PlaceReport, lines: &[Line], both: bool) -> Option<Side> {
        let number = |line: &Line| if word == "new" { line.new } else { line.old };
        let own: Vec<(u32, &Line)> = lines.iter().filter_map(|line| Some((number(line)?, line))).collect();
        let first = own.first()?.0;
        // Other changes of the same declaration are told at their own places.
        let is_at_place = |line: u32| line == place.line;
        let differs = |line: &Line| both && (line.old.is_none() || line.new.is_none());
        let is_told_there = own.iter().any(|(line, own)| is_at_place(*line) && differs(own));
        let (mut text, mut marks, mut marked, mut named) = (String::new(), Vec::new(), 0, 0..0);
        for (number, line) in own {
            let start = text.len();
            let marks_line = marked < MARKED && (!is_told_there || is_at_place(number));
            let before = marks.len();
            for part in &line.parts {
                let at = text.len();
                text.push_str(&clean(&part.text));
                if part.changed && marks_line {
                    marks.extend(trimmed(&text, at..text.len()));
                }
            }
            let code = start..start + text.get(start..).and_then(|line| line.find("//")).unwrap_or(text.len() - start);
            if marks.len() > before {
                // Comments are no part of any type.
                marks.retain(|mark| mark.end <= start || mark.start < code.end);
            } else if marks_line && differs(line) {
                marks.extend(trimmed(&text, code));
            }
            marked += usize::from(marks.len() > before);
            if is_at_place(number) {
                named = name(&text, start, place, line);
            }
            text.push('\n');
        }
        if marks.is_empty() {
            marks.push(named);
        }
        Some(Side { word, file: clean(&place.file), first: first as usize, text, marks: joined(marks) })
    }

    /// The side with marks that end within so many columns of the first one of their line.
    fn within(mut self, room: usize) -> Side {
        let line_of = |at: usize| self.text.get(..at).map_or(0, |before| before.matches('\n').count());
        let mut first: Option<Range<usize>> = None;
        let mut kept = Vec::new();
        for mark in &self.marks {
            let begun = first.clone().filter(|first| line_of(first.start) == line_of(mark.start));
            let start = begun.as_ref().map_or(mark.start, |begun| begun.start);
            let taken = |end: usize| self.text.get(start..end).map_or(0, columns::width);
            if taken(mark.end) <= room {
                kept.push(mark.clone());
            } else if begun.is_none() {
                let ends = self.text.get(start..mark.end).into_iter().flat_map(str::char_indices);
                let end = ends.map(|(at, c)| start + at + c.len_utf8()).take_while(|&end| taken(end) <= room).last();
                kept.push(start..end.unwrap_or(mark.end));
            }
            first = begun.or(Some(mark.clone()));
        }
        self.marks = kept;
        self
    }
}

/// What a place points at: a name, or one character.
fn name(text: &str, start: usize, place: &PlaceReport, line: &Line) -> Range<usize> {
    let raw: String = line.parts.iter().map(|part| part.text.as_str()).collect();
    // Without the whole line, there are no blanks before it.
    let column = match &place.excerpt {
        Some(_) => (place.column as usize).saturating_sub(1),
        None => 0,
    };
    let before = clean(&raw.chars().take(column).collect::<String>()).len();
    let at = (start + before).min(text.len());
    let rest = text.get(at..).unwrap_or_default();
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '%' | '_');
    let length = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
    let length = if length == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { length };
    at..at + length
}

/// A stretch without the blanks around it, and without the sign that ends a part; nothing if it is blank.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let inner = part.trim();
    let bare = inner.trim_end_matches([',', ';', ':']);
    let end = start + if bare.is_empty() { inner.len() } else { bare.len() };
    (start < end).then_some(start..end)
}

/// Marks with nothing but a blank or less between them become one.
fn joined(marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start <= last.end + 1 => last.end = mark.end,
            _ => joined.push(mark),
        }
    }
    joined
}
