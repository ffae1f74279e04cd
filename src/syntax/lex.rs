//! The words of a text.

use crate::error::{Error, ErrorKind, Position};

/// One word or sign, with the documentation before it.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    /// As it stands in the source; of a name behind `%` only the name.
    pub text: &'a str,
    pub docs: Vec<&'a str>,
    /// Where it stands, in bytes.
    pub start: usize,
    pub end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Keywords too.
    Word,
    /// A name behind `%`, which is no keyword.
    Escaped,
    Integer,
    String,
    Sign,
    End,
}

/// Every token, the last of which is the end.
pub(super) fn lex(text: &str) -> Result<Vec<Token<'_>>, Error> {
    let mut tokens = Vec::new();
    let mut docs = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            ' ' | '\t' | '\n' | '\r' => 1,
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block(rest).ok_or_else(|| error(text, at, "the comment never ends"))?,
            '"' => string(rest).ok_or_else(|| error(text, at, "the string never ends"))?,
            '%' => 1 + word(&rest[1..]),
            '-' if rest.starts_with("->") => 2,
            '-' => 1,
            '0'..='9' => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            c if is_of_word(c) => word(rest),
            '=' | ',' | ':' | '.' | ';' | '(' | ')' | '{' | '}' | '<' | '>' | '*' | '@' | '/' | '+' => 1,
            c => return Err(error(text, at, &format!("unexpected character {c:?}"))),
        };
        let (here, end) = (&rest[..length], at + length);
        let kind = match first {
            ' ' | '\t' | '\n' | '\r' => None,
            '/' if length > 1 => {
                docs.extend(Some(here.trim_end()).filter(|comment| is_documentation(comment)));
                None
            }
            '"' => Some(Kind::String),
            '%' => Some(Kind::Escaped),
            '0'..='9' => Some(Kind::Integer),
            c if c != '-' && is_of_word(c) => Some(Kind::Word),
            _ => Some(Kind::Sign),
        };
        if let Some(kind) = kind {
            let text = here.strip_prefix('%').unwrap_or(here);
            tokens.push(Token { kind, text, docs: std::mem::take(&mut docs), start: at, end });
        }
        at = end;
    }
    tokens.push(Token { kind: Kind::End, text: "", docs, start: at, end: at });
    Ok(tokens)
}

/// What is wrong at a byte of the text.
pub(super) fn error(text: &str, byte: usize, message: &str) -> Error {
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let position = Position {
        file: "WIT".into(),
        line: before.matches('\n').count() as u32 + 1,
        column: before[start..].chars().count() as u32 + 1,
    };
    let line = text[start..].lines().next().unwrap_or_default();
    Error::new(ErrorKind::Invalid, message).at(position, line)
}

/// The length of a block comment; blocks nest.
fn block(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                at += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
    None
}

fn string(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            '"' if !escaped => return Some(at + 1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

fn word(text: &str) -> usize {
    text.find(|c| !is_of_word(c)).unwrap_or(text.len())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

fn is_documentation(comment: &str) -> bool {
    let is_line = comment.starts_with("///") && !comment.starts_with("////");
    let is_block = comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/";
    is_line || is_block
}
