//! The WIT of a change, as a unified difference folded around what changed.

use crate::report::edits::{Line, lines};
use crate::report::escape::clean;
use crate::report::markdown_escape::fence;
use crate::report::shown::{on_new, on_old};
use crate::report::wire::{ChangeReport, PlaceReport};
use crate::report::words::is_part;

/// So many lines are shown around what changed.
const AROUND: usize = 3;

/// So many lines are shown of one change.
const LINES: usize = 40;

/// So many characters of a line are shown.
const WIDTH: usize = 160;

/// A fenced `diff`; `None` where there is no text, or the text is the same.
pub fn snippet(change: &ChangeReport) -> Option<String> {
    let lines = lines(&[change]);
    let signs: Vec<char> = lines.iter().map(|line| sign(change, line)).collect();
    let mut shown = vec![false; lines.len()];
    for at in signs.iter().enumerate().filter(|(_, sign)| **sign != ' ').map(|(at, _)| at) {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        shown.get_mut(around).into_iter().flatten().for_each(|shown| *shown = true);
    }
    let texts: Vec<String> = lines.iter().map(text).collect();
    let indents = texts.iter().zip(&shown).filter(|(text, shown)| **shown && !text.trim().is_empty());
    let indent = indents.map(|(text, _)| text.len() - text.trim_start_matches(' ').len()).min()?;
    let mut out = Vec::new();
    let (mut told, mut is_after_gap) = (0, false);
    for (((line, sign), text), shown) in lines.iter().zip(&signs).zip(&texts).zip(&shown) {
        if !shown {
            is_after_gap = true;
            continue;
        }
        if told == LINES {
            break;
        }
        if std::mem::take(&mut is_after_gap) {
            out.push(gap(line));
        }
        let text = text.get(indent..).unwrap_or_default();
        out.push(cut(&format!("{sign}{text}")).trim_end().to_owned());
        told += 1;
    }
    match shown.iter().filter(|shown| **shown).count() - told {
        0 => {}
        more => out.push(format!("@@ {more} more lines @@")),
    }
    Some(fence("diff", &out))
}

/// What became of a line. A part that stands on one side only is told with the whole of what it is a part of.
fn sign(change: &ChangeReport, line: &Line) -> char {
    let is_alone = on_old(change).is_none() || on_new(change).is_none();
    let is_of = |place: &Option<PlaceReport>, number| place.as_ref().is_some_and(|place| place.line == number);
    match (line.old, line.new) {
        (Some(old), None) if is_alone && is_part(&change.rule) && !is_of(&change.old, old) => ' ',
        (None, Some(new)) if is_alone && is_part(&change.rule) && !is_of(&change.new, new) => ' ',
        (Some(_), None) => '-',
        (None, Some(_)) => '+',
        (Some(_), Some(_)) | (None, None) => ' ',
    }
}

/// Stands for lines before this one.
fn gap(line: &Line) -> String {
    let numbers = [("-", line.old), ("+", line.new)].into_iter();
    let numbers: Vec<String> =
        numbers.filter_map(|(sign, number)| number.map(|number| format!("{sign}{number}"))).collect();
    format!("@@ {} @@", numbers.join(" "))
}

fn text(line: &Line) -> String {
    clean(&line.parts.iter().map(|part| part.text.as_str()).collect::<String>())
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
