//! The version since which something is there.

use super::Edit;
use crate::syntax::lex::Kind;
use crate::syntax::statements::{Statement, Statements};
use semver::Version;

/// A `@since(version = …)` for the statement whose name or keyword stands at `line` and `column`, from 1 and in
/// characters, as in [`Position`](crate::error::Position).
///
/// It goes after the documentation and before the other attributes: on a line of its own where the statement begins
/// one, else before it in the same line. A version that is there already is replaced. `None` where no statement is named
/// at that place, and where it has `@unstable`. All names of one `use` share its gate, as do those of an `include`.
pub fn add_since(text: &str, line: u32, column: u32, version: &Version) -> Option<Edit> {
    let file = Statements::of(text);
    let statement = named_at(&file, text, line, column)?;
    let attribute = |name: &str| statement.attributes.iter().find(|attribute| attribute.name == name);
    if attribute("unstable").is_some() {
        return None;
    }
    if let Some(since) = attribute("since") {
        let (_, bytes) = since.version.clone()?;
        return Some(Edit { start: bytes.start, end: bytes.end, text: version.to_string() });
    }
    let start = file.tokens.get(statement.start)?.start;
    let before = text.get(..start)?;
    let indentation = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
    let is_first = indentation.chars().all(|c| matches!(c, ' ' | '\t'));
    let behind = if is_first { format!("{}{indentation}", line_end(text, start)) } else { " ".to_owned() };
    Some(Edit { start, end: start, text: format!("@since(version = {version}){behind}") })
}

/// How many items share the gate of what is named at a place: all names of a `use`. `None` where that cannot be told, as
/// of an `include`, and where no statement is named there.
pub fn sharers(text: &str, line: u32, column: u32) -> Option<usize> {
    let file = Statements::of(text);
    let head = named_at(&file, text, line, column)?.head.clone();
    let keyword = file.tokens.get(head.start)?;
    match keyword.text {
        "use" if keyword.kind == Kind::Word => {
            let open = head.clone().find(|&at| file.is(at, "{"))?;
            let commas = (open..head.end).filter(|&at| file.is(at, ","));
            // A comma behind the last name separates nothing.
            let separating = commas.filter(|&at| !file.is(at + 1, "}")).count();
            Some(separating + 1)
        }
        "include" if keyword.kind == Kind::Word => None,
        _ => Some(1),
    }
}

/// The statement that is named at a place.
fn named_at<'f, 't>(file: &'f Statements<'t>, text: &str, line: u32, column: u32) -> Option<&'f Statement<'t>> {
    let place = byte(text, line, column)?;
    let at = file.tokens.partition_point(|token| token.end <= place);
    file.tokens.get(at).filter(|token| token.start <= place)?;
    file.all.iter().find(|statement| statement.head.contains(&at))
}

/// The byte at a place.
fn byte(text: &str, line: u32, column: u32) -> Option<usize> {
    // A mark at the beginning of a file is no part of its first line.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let nth = |number: u32| usize::try_from(number.checked_sub(1)?).ok();
    let (line, column) = (nth(line)?, nth(column)?);
    let start = match line.checked_sub(1) {
        None => mark,
        Some(before) => text.match_indices('\n').nth(before)?.0 + 1,
    };
    let found = text.get(start..)?.split('\n').next()?.char_indices().nth(column)?.0;
    Some(start + found)
}

/// What ends the line that a byte is in, or the one before.
fn line_end(text: &str, byte: usize) -> &'static str {
    let (before, rest) = text.split_at_checked(byte).unwrap_or((text, ""));
    let line = rest.split_once('\n').or_else(|| before.rsplit_once('\n'));
    if line.is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" }
}
