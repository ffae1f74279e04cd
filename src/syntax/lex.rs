//! The words of a text.

use crate::error::{Error, ErrorKind, Position};
use semver::Version;

/// One word or sign, with the documentation before it.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub kind: Kind,
    /// As it stands in the source; of a name behind `%` only the name.
    pub text: &'a str,
    pub docs: Vec<&'a str>,
    /// Where it stands, in bytes.
    pub start: usize,
    pub end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
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
    let mut tokens = tokens(text);
    let mut found = tokens.by_ref().collect::<Result<Vec<_>, _>>()?;
    let docs = std::mem::take(&mut tokens.docs);
    found.push(Token { kind: Kind::End, text: "", docs, start: tokens.at, end: tokens.at });
    Ok(found)
}

/// The tokens up to the end, or up to the first error, which is the last that comes.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Tokens { text, at, docs: Vec::new(), has_docs: true }
}

/// The same from a byte on, at which a token begins, and without documentation.
pub(crate) fn bare_tokens(text: &str, at: usize) -> Tokens<'_> {
    Tokens { text, at, docs: Vec::new(), has_docs: false }
}

/// Every token up to the first error, without documentation.
pub(crate) fn readable_tokens(text: &str) -> Vec<Token<'_>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    bare_tokens(text, start).map_while(Result::ok).collect()
}

/// The version that begins at a byte, and where it ends: at a blank, a sign, or the dot before a list of names.
///
/// Like `wit-parser`, it takes a `-` or `+` that nothing follows for a part of the version that says nothing.
pub(crate) fn version(text: &str, start: usize) -> Option<(Version, usize)> {
    let rest = text.get(start..)?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '+')).unwrap_or(rest.len());
    let found = rest[..length].trim_end_matches('.');
    let end = start + found.len();
    let bare = || found.trim_end_matches('+').trim_end_matches('-');
    found.parse().or_else(|_| found.trim_end_matches('+').parse()).or_else(|_| bare().parse()).ok().map(|v| (v, end))
}

impl Token<'_> {
    /// Whether it may be a name; keywords count, too.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Escaped)
    }

    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
}

/// See [`tokens`].
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Documentation that no token has followed yet.
    docs: Vec<&'a str>,
    has_docs: bool,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Result<Token<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (start, rest) = (self.at, &self.text[self.at..]);
            let first = rest.chars().next()?;
            let length = match length(rest, first) {
                Ok(length) => length,
                Err(message) => {
                    self.at = self.text.len();
                    return Some(Err(error(self.text, start, &message)));
                }
            };
            let here = &rest[..length];
            self.at += length;
            let kind = match first {
                ' ' | '\t' | '\n' | '\r' => continue,
                '/' if length > 1 && !self.has_docs => continue,
                '/' if length > 1 => {
                    self.docs.extend(Some(here.trim_end()).filter(|comment| is_documentation(comment)));
                    continue;
                }
                '"' => Kind::String,
                '%' => Kind::Escaped,
                '0'..='9' => Kind::Integer,
                c if c != '-' && is_of_word(c) => Kind::Word,
                _ => Kind::Sign,
            };
            let text = here.strip_prefix('%').unwrap_or(here);
            return Some(Ok(Token { kind, text, docs: std::mem::take(&mut self.docs), start, end: self.at }));
        }
    }
}

/// The length of what a text begins with: a blank, a comment or a token.
fn length(text: &str, first: char) -> Result<usize, String> {
    Ok(match first {
        ' ' | '\t' | '\n' | '\r' => blanks(text),
        '/' if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
        '/' if text.starts_with("/*") => block(text).ok_or("the comment never ends")?,
        '"' => string(text).ok_or("the string never ends")?,
        '%' => 1 + word(&text[1..]),
        '-' if text.starts_with("->") => 2,
        '-' => 1,
        '0'..='9' => text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()),
        c if is_of_word(c) => word(text),
        '=' | ',' | ':' | '.' | ';' | '(' | ')' | '{' | '}' | '<' | '>' | '*' | '@' | '/' | '+' => 1,
        c => return Err(format!("unexpected character {c:?}")),
    })
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
    // Nearly all words are plain, and bytes are faster than characters.
    let plain = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => text.find(|c| !is_of_word(c)).unwrap_or(text.len()),
        _ => plain,
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

fn is_documentation(comment: &str) -> bool {
    let is_line = comment.starts_with("///") && !comment.starts_with("////");
    let is_block = comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/";
    is_line || is_block
}
