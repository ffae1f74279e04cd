//! Both declarations beside each other, with what differs marked.

use super::sentence::{Where, text};
use crate::report::edits::{self, Part};
use crate::report::shown::{on_new, on_old};
use crate::report::wire::*;
use askama::Template;
use askama::filters::HtmlSafe;

/// A table of both sides.
pub(super) struct Diff {
    /// `gone` and `come` stand on one side, which gets the room.
    pub class: &'static str,
    pub old: Side,
    pub new: Side,
    pub rows: Vec<Row>,
}

/// What is said above a side.
#[derive(Template)]
#[template(
    source = r#"{% if let Some(shown) = shown %} <span class="where">{{ shown }}</span>{% endif %}{% if let Some(holder) = holder %} <span class="where">not in <code>{{ holder.1 }}</code> {{ holder.0 }}</span>{% endif %}"#,
    ext = "html"
)]
pub(super) struct Side {
    shown: Option<Where>,
    holder: Option<(Where, String)>,
}

impl HtmlSafe for Side {}

/// A line of each side.
#[derive(Template)]
#[template(source = r#"<tr>{{ old }}{{ new }}</tr>"#, ext = "html")]
pub(super) struct Row {
    old: Cell,
    new: Cell,
}

impl HtmlSafe for Row {}

/// A line with its number; none where the other side has one.
#[derive(Template)]
#[template(
    source = r#"{% match number %}{% when Some with (number) %}<td class="i {{ class }}">{{ number }}{{ sign }}</td><td class="c {{ class }}">{% for part in parts %}{% if !part.changed %}{{ part.text }}{% else if class == "o" %}<del>{{ part.text }}</del>{% else %}<ins>{{ part.text }}</ins>{% endif %}{% endfor %}</td>{% when None %}<td class="i x"></td><td class="c x"></td>{% endmatch %}"#,
    ext = "html"
)]
struct Cell {
    number: Option<u32>,
    /// `o` where only the old side has it, `n` where only the new one has, `same` otherwise.
    class: &'static str,
    sign: &'static str,
    parts: Vec<Part>,
}

impl HtmlSafe for Cell {}

impl Cell {
    fn none() -> Cell {
        Cell { number: None, class: "x", sign: "", parts: Vec::new() }
    }
}

/// Both declarations of changes that share them; `None` where there is no text.
pub(super) fn side_by_side(changes: &[&ChangeReport], (old, new): (&InputReport, &InputReport)) -> Option<Diff> {
    let change = changes.first()?;
    // Of a type that stayed, only the parts that came or went are new or gone.
    let parts: Option<Vec<u32>> = changes.iter().map(|change| part(change)).collect();
    let is_told = |line: u32| parts.as_ref().is_none_or(|parts| parts.contains(&line));
    let mut lines = edits::lines(changes);
    let indent = lines.iter().filter_map(|line| indent(&line.parts)).min().unwrap_or_default();
    let mut rows = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for line in &mut lines {
        let parts = without(indent, std::mem::take(&mut line.parts));
        match (line.old, line.new) {
            (Some(old), Some(new)) => {
                pair(&mut rows, &mut gone, &mut come);
                rows.push(Row {
                    old: Cell { number: Some(old), class: "same again", sign: "", parts: parts.clone() },
                    new: Cell { number: Some(new), class: "same", sign: "", parts },
                });
            }
            // What is gone stands before what came.
            (Some(old), None) if !is_told(old) => {
                pair(&mut rows, &mut gone, &mut come);
                rows.push(Row { old: Cell { number: Some(old), class: "same", sign: "", parts }, new: Cell::none() });
            }
            (None, Some(new)) if !is_told(new) => {
                pair(&mut rows, &mut gone, &mut come);
                rows.push(Row { old: Cell::none(), new: Cell { number: Some(new), class: "same", sign: "", parts } });
            }
            (Some(old), None) => {
                if !come.is_empty() {
                    pair(&mut rows, &mut gone, &mut come);
                }
                gone.push(Cell { number: Some(old), class: "o", sign: " −", parts });
            }
            (None, Some(new)) => come.push(Cell { number: Some(new), class: "n", sign: " +", parts }),
            (None, None) => {}
        }
    }
    pair(&mut rows, &mut gone, &mut come);
    let side = |input: &InputReport, place: Option<&PlaceReport>| {
        let holder = change.container.as_ref().filter(|_| place.is_none());
        Side {
            shown: place.map(|place| Where::new("", input, place)),
            holder: holder.map(|holder| (Where::new("", input, holder), text(&holder.text))),
        }
    };
    let (shown_old, shown_new) = (on_old(change), on_new(change));
    let class = match (shown_old, shown_new) {
        (Some(_), None) => "gone",
        (None, Some(_)) => "come",
        _ => "both",
    };
    (!rows.is_empty()).then(|| Diff { class, old: side(old, shown_old), new: side(new, shown_new), rows })
}

fn pair(rows: &mut Vec<Row>, gone: &mut Vec<Cell>, come: &mut Vec<Cell>) {
    let (mut gone, mut come) = (gone.drain(..), come.drain(..));
    loop {
        let (old, new) = (gone.next(), come.next());
        if old.is_none() && new.is_none() {
            return;
        }
        rows.push(Row { old: old.unwrap_or_else(Cell::none), new: new.unwrap_or_else(Cell::none) });
    }
}

/// The line of a field, case or flag that came or went; `None` for all other changes.
fn part(change: &ChangeReport) -> Option<u32> {
    const PARTS: [&str; 3] = ["-field-", "-case-", "flag-"];
    let came = change.rule.ends_with("-added") || change.rule.ends_with("-removed");
    let is_part = came && PARTS.iter().any(|part| change.rule.contains(part));
    match (on_old(change), on_new(change)) {
        (Some(place), None) | (None, Some(place)) if is_part => Some(place.line),
        _ => None,
    }
}

/// How many blanks a line begins with; `None` where there is nothing else.
fn indent(parts: &[Part]) -> Option<usize> {
    parts.iter().flat_map(|part| part.text.chars()).position(|c| c != ' ' && c != '\t')
}

/// The line without so many blanks, fit for reading.
fn without(mut indent: usize, parts: Vec<Part>) -> Vec<Part> {
    let strip = |part: Part| {
        let rest = part.text.trim_start_matches([' ', '\t']);
        let blanks = (part.text.len() - rest.len()).min(indent);
        indent -= blanks;
        Part { text: text(part.text.get(blanks..).unwrap_or_default()), changed: part.changed }
    };
    parts.into_iter().map(strip).filter(|part| !part.text.is_empty()).collect()
}
