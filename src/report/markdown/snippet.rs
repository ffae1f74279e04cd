//! The WIT of a change, as a unified difference folded around what changed.

use crate::report::edits::{Line, lines};
use crate::report::escape::clean;
use crate::report::markdown_escape::fence;
use crate::report::wire::ChangeReport;

/// So many lines are shown around what changed.
const AROUND: usize = 3;

/// So many lines are shown of one change.
const LINES: usize = 40;

/// So many characters of a line are shown.
const WIDTH: usize = 160;

/// A fenced `diff`; `None` where there is no text, or the text is the same.
pub fn snippet(change: &ChangeReport) -> Option<String> {
    let lines = lines(change);
    let is_changed = |line: &Line| line.old.is_none() || line.new.is_none();
    let mut shown = vec![false; lines.len()];
    for at in lines.iter().enumerate().filter(|(_, line)| is_changed(line)).map(|(at, _)| at) {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        shown.get_mut(around).into_iter().flatten().for_each(|shown| *shown = true);
    }
    let texts: Vec<String> = lines.iter().map(text).collect();
    let kept = || lines.iter().zip(&texts).zip(&shown).filter(|(_, shown)| **shown).map(|(line, _)| line);
    let indents =
        kept().filter(|(_, text)| !text.trim().is_empty()).map(|(_, text)| text.len() - text.trim_start().len());
    let indent = indents.min()?;
    let mut out = Vec::new();
    let mut is_after_gap = false;
    for ((line, text), shown) in lines.iter().zip(&texts).zip(&shown) {
        if !shown {
            is_after_gap = true;
            continue;
        }
        if out.len() >= LINES {
            break;
        }
        if std::mem::take(&mut is_after_gap) {
            out.push(format!(
                "@@ {} @@",
                [line.old, line.new].into_iter().zip(["-", "+"]).filter_map(numbered).collect::<Vec<_>>().join(" ")
            ));
        }
        let sign = match (line.old, line.new) {
            (Some(_), None) => '-',
            (None, Some(_)) => '+',
            _ => ' ',
        };
        let text = text.get(indent..).unwrap_or_default();
        out.push(cut(&format!("{sign}{text}")).trim_end().to_owned());
    }
    let all = kept().count();
    let told = out.iter().filter(|line| !line.starts_with("@@")).count();
    if all > told {
        out.push(format!("@@ {} more lines @@", all - told));
    }
    Some(fence("diff", &out))
}

fn numbered((number, sign): (Option<u32>, &str)) -> Option<String> {
    number.map(|number| format!("{sign}{number}"))
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
