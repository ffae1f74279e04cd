//! A changelog in pieces: headings, bullets and whatever else there is, which put together are the text again.
//!
//! What is a heading or a bullet is for a parser of Markdown to say: in a fence or a comment, nothing is.

use crate::report::package::hash;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// A piece of a changelog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub what: What,
    /// Its text up to the end of its last line.
    pub text: String,
    /// The line ends up to the next piece, and blanks between them.
    pub gap: String,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Its level, and its words without their marks.
    Heading(u8, String),
    /// A bullet of a list that is in no other one, and the marks in it.
    Bullet(Vec<Mark>),
    /// Anything else, and the marks in it.
    Other(Vec<Mark>),
    /// What a link in brackets leads to.
    Definition,
}

/// The comment behind a bullet that tells what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub id: String,
    /// Of the words that were written with it.
    pub sum: String,
}

const MARK: &str = "<!-- wit-diff ";
const MARK_END: &str = " -->";

impl Piece {
    /// A bullet with its mark; `dash` is what stands before its words.
    pub fn bullet(dash: &str, id: &str, words: &str, line_end: &str) -> Piece {
        let indent = " ".repeat(dash.chars().count());
        let mark = Mark { id: id.to_owned(), sum: sum(words) };
        let lines = words.replace('\n', &format!("{line_end}{indent}"));
        let text = format!("{dash}{lines} {MARK}{id} {}{MARK_END}", mark.sum);
        Piece { what: What::Bullet(vec![mark]), text, gap: String::new() }
    }

    pub fn marks(&self) -> &[Mark] {
        match &self.what {
            What::Bullet(marks) | What::Other(marks) => marks,
            What::Heading(..) | What::Definition => &[],
        }
    }

    /// The mark of a bullet that still says what it said when it was written.
    pub fn untouched(&self) -> Option<&Mark> {
        let What::Bullet(marks) = &self.what else { return None };
        let [mark] = marks.as_slice() else { return None };
        let words = self.text.split_once(MARK).map_or(self.text.as_str(), |(words, _)| words);
        let is_last = self.text.trim_end().ends_with(MARK_END);
        (is_last && sum(words.get(self.dash().len()..).unwrap_or_default()) == mark.sum).then_some(mark)
    }

    /// What stands before the words of a bullet.
    pub fn dash(&self) -> &str {
        let words = self.text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        let words = words.strip_prefix(['-', '*', '+', '.', ')']).unwrap_or(words).trim_start();
        self.text.strip_suffix(words).unwrap_or_default()
    }

    /// At least this many line ends behind it.
    pub fn part(&mut self, count: usize, line_end: &str) {
        for _ in self.gap.matches('\n').count()..count {
            self.gap.push_str(line_end);
        }
    }
}

/// Takes a text apart.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut starts: BTreeMap<usize, What> = BTreeMap::new();
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    let parser = Parser::new_ext(text, Options::empty());
    let definitions: Vec<usize> = parser.reference_definitions().iter().map(|(_, found)| found.span.start).collect();
    let (mut depth, mut list_depth) = (0_usize, None);
    let mut heading: Option<(usize, u8, String)> = None;
    for (event, Range { start, .. }) in parser.into_offset_iter() {
        let line = line_start(text, start);
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::Heading { level, .. } if depth == 0 => heading = Some((line, number(level), String::new())),
                    Tag::List(_) if depth == 0 => list_depth = Some(depth + 1),
                    Tag::Item if list_depth == Some(depth) => {
                        starts.insert(line, What::Bullet(Vec::new()));
                    }
                    _ if depth == 0 => {
                        starts.entry(line).or_insert(What::Other(Vec::new()));
                    }
                    _ => {}
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if let (TagEnd::Heading(_), Some((line, level, words))) = (end, heading.take_if(|_| depth == 0)) {
                    starts.insert(line, What::Heading(level, words));
                }
                if depth == 0 {
                    list_depth = None;
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, all)) = &mut heading {
                    all.push_str(&words);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                marks.extend(read_marks(&html).map(|(at, mark)| (start + at, mark)));
            }
            Event::Rule if depth == 0 => {
                starts.entry(line).or_insert(What::Other(Vec::new()));
            }
            _ => {}
        }
    }
    for start in definitions {
        starts.entry(line_start(text, start)).or_insert(What::Definition);
    }
    cut(text, starts, &marks)
}

/// Puts pieces together.
pub(super) fn join(pieces: &[Piece]) -> String {
    pieces.iter().flat_map(|piece| [piece.text.as_str(), piece.gap.as_str()]).collect()
}

fn cut(text: &str, starts: BTreeMap<usize, What>, marks: &[(usize, Mark)]) -> Vec<Piece> {
    let mut starts: Vec<(usize, What)> = starts.into_iter().collect();
    if starts.first().is_none_or(|(start, _)| *start > 0) && !text.is_empty() {
        starts.insert(0, (0, What::Other(Vec::new())));
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    let mut pieces = Vec::new();
    for ((start, mut what), end) in starts.into_iter().zip(ends) {
        let whole = text.get(start..end).unwrap_or_default();
        let trimmed = whole.trim_end_matches([' ', '\t', '\r', '\n']).len();
        let blanks = whole.bytes().skip(trimmed).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let words = whole.get(..trimmed + blanks).unwrap_or(whole);
        if let What::Bullet(found) | What::Other(found) = &mut what {
            found.extend(marks.iter().filter(|(at, _)| (start..end).contains(at)).map(|(_, mark)| mark.clone()));
        }
        pieces.push(Piece {
            what,
            text: words.to_owned(),
            gap: whole.get(words.len()..).unwrap_or_default().to_owned(),
        });
    }
    pieces
}

/// The marks in HTML, and where they begin.
fn read_marks(html: &str) -> impl Iterator<Item = (usize, Mark)> + '_ {
    html.match_indices(MARK).filter_map(|(at, begin)| {
        let (mark, _) = html.get(at + begin.len()..)?.split_once(MARK_END)?;
        let (id, sum) = mark.split_once(' ')?;
        Some((at, Mark { id: id.to_owned(), sum: sum.to_owned() }))
    })
}

/// Eight digits over words, wherever their lines break.
fn sum(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    hash(&words.join(" ")).chars().take(8).collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
