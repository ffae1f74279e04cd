//! The declaration of both sides, as a compiler would show it, with what differs marked inside the lines.

use crate::report::columns;
use crate::report::escape::clean;
use crate::report::shown::{on_new, on_old};
use crate::report::wire::*;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// So many lines are marked on each side; the rest is in other formats.
const MARKED: usize = 3;

/// What stands before a line and behind it: its number, bars, and which side it is.
const AROUND: usize = 16;

/// So often a snippet is laid out anew where it is too wide.
const TRIES: usize = 3;

/// How a snippet is laid out.
pub struct Layout {
    /// The columns that there are.
    pub width: usize,
    pub color: bool,
}

/// The lines of a snippet; none where there is no place.
pub fn snippet(change: &ChangeReport, layout: &Layout) -> Vec<String> {
    let sides = [("old", on_old(change)), ("new", on_new(change))];
    let sides = sides.into_iter().filter_map(|(word, place)| Side::of(word, place?));
    let room = layout.width.saturating_sub(AROUND);
    let sides: Vec<Side> = sides.map(|side| side.within(room)).collect();
    if sides.is_empty() {
        return Vec::new();
    }
    // The renderer does not count all that it puts beside a line.
    let mut width = layout.width;
    let mut lines = rendered(&sides, width, layout.color);
    for _ in 0..TRIES {
        let own = lines.iter().filter(|line| !is_origin(line)).map(|line| columns::width(line));
        let excess = own.max().unwrap_or_default().saturating_sub(layout.width);
        if excess == 0 || width <= excess {
            break;
        }
        width -= excess;
        lines = rendered(&sides, width, layout.color);
    }
    let mut places = sides.iter().map(|side| side.place);
    let lines = lines.into_iter().map(|line| if is_origin(&line) { placed(&line, places.next()) } else { line });
    lines.collect()
}

fn rendered(sides: &[Side], width: usize, has_color: bool) -> Vec<String> {
    let renderer = if has_color { Renderer::styled() } else { Renderer::plain() };
    let mut group = Group::with_level(Level::NOTE);
    for side in sides {
        let kind = if side.word == "old" { AnnotationKind::Context } else { AnnotationKind::Primary };
        let last = side.marks.len().saturating_sub(1);
        let marks = side.marks.iter().enumerate().map(|(at, mark)| {
            let mark = kind.span(mark.clone());
            if at == last { mark.label(side.word) } else { mark }
        });
        let source = Snippet::source(&*side.text).line_start(side.first).path(side.file.as_str());
        group = group.element(source.annotations(marks));
    }
    let shown = renderer.term_width(width).render(&[group]);
    shown.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Whether a line says where the lines below are from.
fn is_origin(line: &str) -> bool {
    let is_before = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{1b}' | '[' | ';' | 'm');
    let bare = line.trim_start_matches(is_before);
    bare.starts_with("--> ") || bare.starts_with("::: ")
}

/// The line with a place; the renderer has that of the first mark, counted in what is fit for a terminal.
fn placed(line: &str, place: Option<(u32, u32)>) -> String {
    let without_number =
        |text: &'_ str| text.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(':').map(str::len);
    let column = without_number(line).and_then(|end| line.get(..end));
    match column.and_then(without_number).and_then(|end| line.get(..end)).zip(place) {
        Some((path, (line, column))) => format!("{path}:{line}:{column}"),
        None => line.to_owned(),
    }
}

/// One side, fit for a terminal.
struct Side {
    word: &'static str,
    file: String,
    /// Line and column of the change.
    place: (u32, u32),
    /// The number of the first line of the text.
    first: usize,
    text: String,
    marks: Vec<Range<usize>>,
}

impl Side {
    fn of(word: &'static str, place: &PlaceReport) -> Option<Side> {
        let only = ExcerptReport { line: place.line, text: place.text.clone(), ..ExcerptReport::default() };
        let excerpt = place.excerpt.as_ref().unwrap_or(&only);
        if excerpt.text.is_empty() {
            return None;
        }
        let about = std::slice::from_ref(&excerpt.about);
        let wanted = if excerpt.differing.is_empty() { about } else { &excerpt.differing };
        let (mut text, mut marks, mut marked, mut at) = (String::new(), Vec::new(), 0, 0);
        for line in excerpt.text.split('\n') {
            let shown = text.len();
            text.push_str(&clean(line));
            // Where a byte of the line is now.
            let place = |byte: usize| Some(shown + clean(line.get(..byte.checked_sub(at)?)?).len());
            let within = |mark: &&Range<usize>| mark.start >= at && mark.end <= at + line.len() && !mark.is_empty();
            let own = wanted.iter().filter(within).filter_map(|mark| Some(place(mark.start)?..place(mark.end)?));
            let before = marks.len();
            marks.extend(own.take(if marked < MARKED { usize::MAX } else { 0 }));
            marked += usize::from(marks.len() > before);
            text.push('\n');
            at += line.len() + 1;
        }
        if marks.is_empty() {
            let start = text.len() - text.trim_start().len();
            let end = text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |c| start + c.len_utf8());
            marks.push(start..end);
        }
        let at = (place.line, place.column);
        Some(Side { word, file: clean(&place.file), place: at, first: excerpt.line as usize, text, marks })
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
