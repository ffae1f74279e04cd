//! Where the statements of a text stand: enough to edit what is said about them, whatever the layout.
//!
//! Deliberately absent: a tree, and whether any of it is valid. A text is read up to its first error.

use super::lex::{Kind, Token, readable_tokens, version};
use semver::Version;
use std::ops::Range;

/// The statements of one file.
pub(crate) struct Statements<'a> {
    pub tokens: Vec<Token<'a>>,
    /// The packages that are declared, each after those around it.
    pub packages: Vec<Declared>,
    /// Everything that may carry attributes, each before what it holds.
    pub all: Vec<Statement<'a>>,
}

/// `package a:b@1.0.0;` or `package a:b@1.0.0 { … }`.
pub(crate) struct Declared {
    /// `namespace:name`.
    pub name: String,
    pub version: Option<Written>,
    /// Its first byte.
    pub at: usize,
}

/// A version, and its bytes.
pub(crate) type Written = (Version, Range<usize>);

/// An item, an import, a `use`.
pub(crate) struct Statement<'a> {
    /// Which of the packages it is in; `None` where the file does not say.
    pub package: Option<usize>,
    pub attributes: Vec<Attribute<'a>>,
    /// Its first token, which is that of its first attribute if it has one.
    pub start: usize,
    /// The tokens that name it, from the one after the attributes up to its parameters, its type or its body.
    pub head: Range<usize>,
    /// Whether it holds statements.
    pub is_open: bool,
    /// The token after its last one.
    pub end: usize,
    /// The statement whose body it is in.
    pub around: Option<usize>,
}

/// `@since(version = 1.0.0)`.
pub(crate) struct Attribute<'a> {
    pub name: &'a str,
    pub version: Option<Written>,
}

/// What the braces of a statement hold.
enum Braces {
    /// Statements.
    Body,
    /// Names, in the middle of the statement.
    Names,
    /// Names or parts, at the end of the statement.
    Parts,
}

impl<'a> Statements<'a> {
    pub fn of(text: &'a str) -> Statements<'a> {
        let mut found = Statements { tokens: readable_tokens(text), packages: Vec::new(), all: Vec::new() };
        let mut main = None;
        // The package of every body that is open, and the statement that it is of.
        let mut bodies: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        let mut at = 0;
        while at < found.tokens.len() {
            if found.is(at, "}") || found.is(at, ";") {
                let closed = if found.is(at, "}") { bodies.pop() } else { None };
                at += 1;
                if let Some(statement) = closed.and_then(|(_, statement)| found.all.get_mut(statement?)) {
                    statement.end = at;
                }
                continue;
            }
            let (package, around) = bodies.last().copied().unwrap_or((main, None));
            let start = at;
            let attributes = found.attributes(text, &mut at);
            let (head, opened) = found.head(&mut at);
            let declared = found.declaration(text, &head);
            let is_declaration = declared.is_some();
            found.packages.extend(declared);
            let last = found.packages.len().checked_sub(1);
            if is_declaration && !opened && bodies.is_empty() {
                main = main.or(last);
            }
            if opened {
                bodies.push(if is_declaration { (last, None) } else { (package, Some(found.all.len())) });
            }
            if !is_declaration {
                found.all.push(Statement { package, attributes, start, head, is_open: opened, end: at, around });
            }
        }
        let open = bodies.into_iter().filter_map(|(_, statement)| statement);
        let end = found.tokens.len();
        for statement in open {
            if let Some(statement) = found.all.get_mut(statement) {
                statement.end = end;
            }
        }
        found
    }

    /// The attributes that stand here.
    fn attributes(&self, text: &str, at: &mut usize) -> Vec<Attribute<'a>> {
        let mut attributes = Vec::new();
        while let Some((attribute, end)) = self.attribute(text, *at) {
            attributes.push(attribute);
            *at = end;
        }
        attributes
    }

    fn attribute(&self, text: &str, at: usize) -> Option<(Attribute<'a>, usize)> {
        let name = self.tokens.get(at + 1).filter(|name| name.is_name())?.text;
        if !self.is(at, "@") || !self.is(at + 2, "(") {
            return None;
        }
        let ends = |token: &&Token<'_>| [")", "@", ";", "{", "}"].iter().any(|sign| token.is_sign(sign));
        let inside = self.tokens.get(at + 3..)?.iter().position(|token| ends(&token))?;
        let end = at + 3 + inside;
        let has_version = self.tokens.get(at + 3).is_some_and(|word| word.text == "version") && self.is(at + 4, "=");
        let version = if has_version { self.version(text, at + 5) } else { None };
        self.is(end, ")").then_some((Attribute { name, version }, end + 1))
    }

    /// The head of the statement that begins here; passes all of it but a body, and says whether one was opened.
    fn head(&self, at: &mut usize) -> (Range<usize>, bool) {
        let first = *at;
        let keyword = self.tokens.get(first).filter(|token| token.kind == Kind::Word).map(|token| token.text);
        let braces = match keyword {
            Some("interface" | "world" | "package" | "resource" | "import" | "export") => Braces::Body,
            Some("use") => Braces::Names,
            _ => Braces::Parts,
        };
        let mut end = None;
        while let Some(token) = self.tokens.get(*at) {
            let here = *at;
            match (token.kind, token.text) {
                (Kind::Sign, ";") => {
                    *at += 1;
                    return (first..end.unwrap_or(here), false);
                }
                // What came before has no end.
                (Kind::Sign, "}") => return (first..end.unwrap_or(here), false),
                (Kind::Sign, "{") => match braces {
                    Braces::Body => {
                        *at += 1;
                        return (first..end.unwrap_or(here), true);
                    }
                    Braces::Names => self.pass_braces(at),
                    Braces::Parts => {
                        self.pass_braces(at);
                        return (first..end.unwrap_or(here), false);
                    }
                },
                (Kind::Sign, "(" | "=") => {
                    end.get_or_insert(here);
                    *at += 1;
                }
                _ => *at += 1,
            }
        }
        (first..end.unwrap_or(*at), false)
    }

    fn pass_braces(&self, at: &mut usize) {
        let mut depth = 0usize;
        while *at < self.tokens.len() {
            if self.is(*at, "{") {
                depth += 1;
            } else if self.is(*at, "}") {
                depth -= 1;
            }
            *at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn declaration(&self, text: &str, head: &Range<usize>) -> Option<Declared> {
        let at = head.start;
        let keyword = self.tokens.get(at)?;
        if keyword.kind != Kind::Word || keyword.text != "package" || !self.is(at + 2, ":") || at + 4 > head.end {
            return None;
        }
        let name = |at: usize| self.tokens.get(at).filter(|token| token.is_name()).map(|token| token.text);
        let name = format!("{}:{}", name(at + 1)?, name(at + 3)?);
        let version = if self.is(at + 4, "@") { self.version(text, at + 5) } else { None };
        Some(Declared { name, version, at: keyword.start })
    }

    /// The version that begins with a token.
    pub fn version(&self, text: &str, at: usize) -> Option<Written> {
        let start = self.tokens.get(at)?.start;
        let (version, end) = version(text, start)?;
        Some((version, start..end))
    }

    pub fn is(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_sign(sign))
    }
}
