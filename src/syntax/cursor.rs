//! The place in a text up to which it is read, and the smallest steps from there.

use super::Docs;
use super::lex::{Kind, Token, error};
use super::print::KEYWORDS;
use crate::error::Error;

pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token<'a>>,
    pub at: usize,
}

pub(super) type Parsed<T> = Result<T, Error>;

impl<'a> Parser<'a> {
    /// `1.0.0-a.b+c`. A `.` that nothing of a version follows is not part of it.
    pub fn version(&mut self) -> Parsed<String> {
        let start = self.peek().start;
        self.integer()?;
        for _ in 0..2 {
            self.expect(".")?;
            self.integer()?;
        }
        for mark in ["-", "+"] {
            if self.eat(mark) {
                loop {
                    if self.is_of_version(self.at) {
                        self.at += 1;
                    } else if self.is(".") && self.is_of_version(self.at + 1) {
                        self.at += 2;
                    } else {
                        break;
                    }
                }
            }
        }
        Ok(self.text[start..self.tokens[self.at - 1].end].to_string())
    }

    fn is_of_version(&self, at: usize) -> bool {
        let token = &self.tokens[at.min(self.tokens.len() - 1)];
        match token.kind {
            Kind::Word => !KEYWORDS.contains(&token.text),
            Kind::Integer => true,
            Kind::Sign => token.text == "-",
            Kind::Escaped | Kind::String | Kind::End => false,
        }
    }

    pub fn integer(&mut self) -> Parsed<u32> {
        let token = self.peek();
        let value = Some(token).filter(|token| token.kind == Kind::Integer).and_then(|token| token.text.parse().ok());
        self.at += usize::from(value.is_some());
        value.map_or_else(|| self.wanted("a number"), Ok)
    }

    /// `{`, items, `}`.
    pub fn body<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect("{")?;
        let mut items = Vec::new();
        while !self.eat("}") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Items with commas between them, and perhaps one after the last, up to `end`.
    pub fn list<T>(&mut self, end: &str, mut item: impl FnMut(&mut Self, Docs) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            let docs = self.docs();
            items.push(item(self, docs)?);
            if !self.eat(",") {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    pub fn id(&mut self) -> Parsed<String> {
        if !self.is_id() {
            return self.wanted("a name");
        }
        self.at += 1;
        Ok(self.tokens[self.at - 1].text.to_string())
    }

    pub fn is_id(&self) -> bool {
        let token = self.peek();
        match token.kind {
            Kind::Word => !KEYWORDS.contains(&token.text),
            Kind::Escaped => true,
            Kind::Integer | Kind::String | Kind::Sign | Kind::End => false,
        }
    }

    /// `get(` or `set(`, which are no keywords elsewhere.
    pub fn is_accessor(&self) -> bool {
        (self.is("get") || self.is("set")) && self.is_sign_at(self.at + 1, "(")
    }

    pub fn is_sign_at(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign && token.text == sign)
    }

    pub fn is(&self, text: &str) -> bool {
        let token = self.peek();
        matches!(token.kind, Kind::Word | Kind::Sign) && token.text == text
    }

    pub fn eat(&mut self, text: &str) -> bool {
        let found = self.is(text);
        self.at += usize::from(found);
        found
    }

    pub fn expect(&mut self, text: &str) -> Parsed<()> {
        if self.eat(text) { Ok(()) } else { self.wanted(&format!("`{text}`")) }
    }

    pub fn docs(&self) -> Docs {
        self.peek().docs.iter().map(|comment| comment.to_string()).collect()
    }

    pub fn peek(&self) -> &Token<'a> {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    pub fn wanted<T>(&self, what: &str) -> Parsed<T> {
        let token = self.peek();
        let found = if token.kind == Kind::End { "the end" } else { token.text };
        Err(error(self.text, token.start, &format!("expected {what}, found `{found}`")))
    }

    /// Like [`Parser::wanted`], about the token that was passed last.
    pub fn wanted_before<T>(&mut self, what: &str) -> Parsed<T> {
        self.at -= 1;
        self.wanted(what)
    }
}
