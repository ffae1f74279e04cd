//! What a declaration is made of, in bytes.

use super::extents::{Extent, Extents};
use super::lex::{Token, bare_tokens};
use std::ops::Range;

impl<'a> Extents<'a> {
    /// The tokens that begin between two bytes. They are read anew: all of a report's would weigh more than its texts.
    pub fn tokens(&self, bytes: &Range<usize>) -> impl Iterator<Item = Token<'a>> + use<'a> {
        let first = self.starts.partition_point(|&start| (start as usize) < bytes.start);
        let (first, end) = (self.starts.get(first).copied(), bytes.end);
        let tokens = first.into_iter().flat_map(|first| bare_tokens(self.text, first as usize).map_while(Result::ok));
        tokens.take_while(move |token| token.start < end)
    }

    /// A parameter, a field, a case or a type from its first byte up to the sign that ends it.
    pub fn part(&self, extent: &Extent<'_>, at: usize) -> Range<usize> {
        let (mut depth, mut end) = (0usize, at);
        for token in self.tokens(&(at..extent.whole.end)) {
            match token.text {
                "(" | "<" | "{" => depth += 1,
                ")" | ">" | "}" if depth > 0 => depth -= 1,
                ")" | ">" | "}" | "," | ";" if depth == 0 => break,
                _ => {}
            }
            end = token.end;
        }
        at..end
    }

    /// The type in a part that begins at a byte: `u8` of `a: u8`, `(u8)` of `a(u8)`, none of `a`.
    pub fn type_of_part(&self, extent: &Extent<'_>, at: usize) -> Option<Range<usize>> {
        let part = self.part(extent, at);
        let mut behind = self.tokens(&part).skip(1);
        let second = behind.next()?;
        let first = if second.is_sign(":") { behind.next()? } else { second };
        Some(first.start..part.end)
    }

    /// The name that begins at a byte, or all of `namespace:package/interface@version`.
    pub fn name(&self, extent: &Extent<'_>, at: usize) -> Range<usize> {
        const LONGEST: usize = 7;
        let tokens: Vec<Token<'a>> = self.tokens(&(at..extent.whole.end)).take(LONGEST).collect();
        let is = |index: usize, sign: &str| tokens.get(index).is_some_and(|token| token.is_sign(sign));
        let end = |index: usize| tokens.get(index).map_or(at, |token| token.end);
        if !is(1, ":") || !is(3, "/") {
            return at..end(0);
        }
        let version = tokens.get(6).filter(|_| is(5, "@"));
        at..version.and_then(|token| self.version_end(token.start)).unwrap_or_else(|| end(4))
    }

    /// What a function gives back: the arrow and what comes behind it.
    pub fn result(&self, extent: &Extent<'_>) -> Option<Range<usize>> {
        let arrow = self.tokens(&(extent.head.end..extent.whole.end)).find(|token| token.is_sign("->"))?;
        let given = self.tokens(&(arrow.end..extent.whole.end)).next()?;
        Some(arrow.start..self.part(extent, given.start).end)
    }

    /// `static async func`.
    pub fn function_words(&self, extent: &Extent<'_>) -> Option<Range<usize>> {
        let head: Vec<Token<'a>> = self.tokens(&extent.head).collect();
        let colon = head.iter().rposition(|token| token.is_sign(":"))?;
        let words = head.get(colon + 1..)?;
        Some(words.first()?.start..words.last()?.end)
    }

    /// What stands between the first such sign behind the name and the one that closes it.
    pub fn inside(&self, extent: &Extent<'_>, open: &str, close: &str) -> Option<Range<usize>> {
        let mut depth = 0usize;
        let mut start = None;
        for token in self.tokens(&(extent.head.start..extent.whole.end)) {
            if token.is_sign(open) {
                depth += 1;
                start.get_or_insert(token.end);
            } else if token.is_sign(close) && depth > 0 {
                depth -= 1;
                if depth == 0 {
                    return Some(start?..token.start);
                }
            }
        }
        None
    }

    /// The attributes of such names.
    pub fn attributes(&self, extent: &Extent<'_>, names: &[&str]) -> Vec<Range<usize>> {
        let tokens: Vec<Token<'a>> = self.tokens(&(extent.whole.start..extent.head.start)).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut is_named = false;
        for (token, next) in tokens.iter().zip(tokens.iter().skip(1).map(Some).chain([None])) {
            if token.is_sign("@") {
                is_named = next.is_some_and(|next| names.contains(&next.text));
                found.extend(is_named.then_some(token.start..token.end));
            } else if let Some(last) = found.last_mut().filter(|_| is_named) {
                last.end = token.end;
            }
        }
        found
    }

    /// All that stands before the braces and the sign at the end.
    pub fn without_body(&self, extent: &Extent<'_>) -> Range<usize> {
        let head = extent.head.start..extent.whole.end;
        let is_before = |token: &Token<'_>| !token.is_sign("{") && !token.is_sign(";");
        let last = self.tokens(&head).take_while(is_before).last();
        head.start..last.map_or(head.end, |last| last.end).max(head.start)
    }

    /// Where the names of a `use` come from; `None` for all other declarations.
    pub fn used_from(&self, extent: &Extent<'_>) -> Option<Range<usize>> {
        let from = self.without_body(extent);
        let tokens: Vec<Token<'a>> = self.tokens(&from).collect();
        let first = tokens.get(1).filter(|_| tokens.first().is_some_and(|token| token.text == "use"))?;
        // `use a.{b}` has a dot before its braces, `use a as b` has none.
        let last = tokens.iter().rev().find(|token| !token.is_sign("."))?;
        Some(first.start..last.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Extents;

    const TEXT: &str = "\
package a:b;
interface i {
    use c:d/e@1.0.0-rc.1.{t, u as v};
    variant w { a(list<tuple<u8, u8>>), b, }
    @since(version = 1.0.0) @deprecated(version = 2.0.0)
    f: async func(p: u8, q: list<u8>) -> result<u8, string>;
}
world x { import c:d/e@1.0.0-rc.1; export g: func(); }
";

    /// What is found in the declaration that a needle stands in.
    fn found(
        needle: &str,
        find: impl Fn(&Extents<'_>, &super::Extent<'_>, usize) -> Vec<std::ops::Range<usize>>,
    ) -> String {
        let extents = Extents::of(TEXT);
        let at = TEXT.find(needle).unwrap();
        let found = find(&extents, extents.around(at).unwrap(), at);
        found.into_iter().map(|bytes| &TEXT[bytes]).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn parts_end_before_the_sign_behind_them() {
        let part = |needle| found(needle, |all, extent, at| vec![all.part(extent, at)]);
        assert_eq!(part("p: u8"), "p: u8");
        assert_eq!(part("q: list"), "q: list<u8>");
        assert_eq!(part("a(list"), "a(list<tuple<u8, u8>>)");
        assert_eq!(part("b, }"), "b");
        assert_eq!(part("u as"), "u as v");
        let ty = |needle| found(needle, |all, extent, at| all.type_of_part(extent, at).into_iter().collect());
        assert_eq!(ty("q: list"), "list<u8>");
        assert_eq!(ty("a(list"), "(list<tuple<u8, u8>>)");
        assert_eq!(ty("b, }"), "");
    }

    #[test]
    fn a_declaration_is_taken_apart() {
        let name = |needle| found(needle, |all, extent, at| vec![all.name(extent, at)]);
        assert_eq!(name("c:d/e@1.0.0-rc.1;"), "c:d/e@1.0.0-rc.1");
        assert_eq!(name("c:d/e@1.0.0-rc.1.{"), "c:d/e@1.0.0-rc.1");
        assert_eq!(name("g: func"), "g");
        let result = |needle| found(needle, |all, extent, _| all.result(extent).into_iter().collect());
        assert_eq!(result("f: async"), "-> result<u8, string>");
        assert_eq!(result("g: func"), "");
        let words = |needle| found(needle, |all, extent, _| all.function_words(extent).into_iter().collect());
        assert_eq!(words("f: async"), "async func");
        assert_eq!(words("g: func"), "func");
        let inside =
            |open, close| found("f: async", |all, extent, _| all.inside(extent, open, close).into_iter().collect());
        assert_eq!(inside("(", ")"), "p: u8, q: list<u8>");
        assert_eq!(inside("{", "}"), "");
        let attributes = |names: &[&str]| found("f: async", |all, extent, _| all.attributes(extent, names));
        assert_eq!(attributes(&["since"]), "@since(version = 1.0.0)");
        assert_eq!(attributes(&["deprecated", "since"]), "@since(version = 1.0.0) | @deprecated(version = 2.0.0)");
        assert_eq!(attributes(&["unstable"]), "");
        let bare = |needle| found(needle, |all, extent, _| vec![all.without_body(extent)]);
        assert_eq!(bare("w {"), "variant w");
        assert_eq!(bare("g: func"), "export g: func()");
        let from = |needle| found(needle, |all, extent, _| all.used_from(extent).into_iter().collect());
        assert_eq!(from("u as"), "c:d/e@1.0.0-rc.1");
        assert_eq!(from("g: func"), "");
    }

    #[test]
    fn a_text_without_an_end_is_taken_apart_all_the_same() {
        for length in 0..TEXT.len() {
            let extents = Extents::of(&TEXT[..length]);
            for extent in extents.all() {
                let from = extent.at;
                let found = [extents.part(extent, from), extents.name(extent, from), extents.without_body(extent)];
                let more = [extents.result(extent), extents.function_words(extent), extents.used_from(extent)];
                for bytes in found.into_iter().chain(more.into_iter().flatten()) {
                    assert!(TEXT.get(bytes.clone()).is_some() && bytes.end <= length, "{length}: {bytes:?}");
                }
            }
        }
    }
}
