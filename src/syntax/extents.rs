//! Where declarations begin and end in a text: enough to show one.

use super::lex::version;
use super::statements::{Declared, Statements};
use std::ops::Range;

/// The declarations of one file, in the order in which they begin.
pub(crate) struct Extents<'a> {
    pub(super) text: &'a str,
    /// Where its tokens begin.
    pub(super) starts: Vec<u32>,
    all: Vec<Extent<'a>>,
    packages: Vec<Declared>,
}

/// One declaration, in bytes.
pub(crate) struct Extent<'a> {
    /// Which of the packages it is in, where the file says so.
    pub package: Option<usize>,
    /// The interface, world or resource around it, if there is one.
    pub around: Option<usize>,
    /// What it is called; nothing for an `include` or a `use`.
    pub name: Option<&'a str>,
    /// Where its name begins, or the word that it begins with.
    pub at: usize,
    /// Up to its parameters, its type or its body.
    pub head: Range<usize>,
    /// Whether it holds declarations.
    pub is_open: bool,
    /// All of it, with its attributes.
    pub whole: Range<usize>,
}

/// Words that a name follows.
const KEYWORDS: [&str; 12] = [
    "interface",
    "world",
    "resource",
    "record",
    "variant",
    "enum",
    "flags",
    "type",
    "import",
    "export",
    "include",
    "use",
];

impl<'a> Extents<'a> {
    /// The declarations up to the first error.
    pub fn of(text: &'a str) -> Extents<'a> {
        let statements = Statements::of(text);
        let tokens = &statements.tokens;
        let start = |at: usize| tokens.get(at).map_or(text.len(), |token| token.start);
        let end = |at: usize| at.checked_sub(1).and_then(|at| tokens.get(at)).map_or(0, |token| token.end);
        let extent = |statement: &super::statements::Statement<'a>| {
            let first = statement.head.start;
            let keyword = tokens.get(first).map_or("", |token| token.text);
            let is_keyword = KEYWORDS.contains(&keyword) && !statements.is(first + 1, ":");
            let at = if is_keyword { first + 1 } else { first };
            let name =
                tokens.get(at).filter(|token| token.is_name() && at < statement.head.end).map(|token| token.text);
            Extent {
                package: statement.package,
                around: statement.around,
                name: name.filter(|_| !["include", "use"].contains(&keyword)),
                at: start(at),
                head: start(first)..end(statement.head.end),
                is_open: statement.is_open,
                whole: start(statement.start)..end(statement.end).max(end(statement.head.end)),
            }
        };
        let all = statements.all.iter().map(extent).collect();
        // A text that is longer is refused before it is parsed.
        let starts = tokens.iter().map_while(|token| u32::try_from(token.start).ok()).collect();
        Extents { text, starts, all, packages: statements.packages }
    }

    /// The packages that are declared.
    pub fn packages(&self) -> &[Declared] {
        &self.packages
    }

    pub fn all(&self) -> &[Extent<'a>] {
        &self.all
    }

    /// Where the version that begins at a byte ends.
    pub(super) fn version_end(&self, at: usize) -> Option<usize> {
        version(self.text, at).map(|(_, end)| end)
    }

    /// The innermost declaration that holds a byte.
    pub fn around(&self, byte: usize) -> Option<&Extent<'a>> {
        let last = self.all.partition_point(|extent| extent.whole.start <= byte).checked_sub(1)?;
        let mut at = Some(last);
        while let Some(extent) = at.and_then(|at| self.all.get(at)) {
            if extent.whole.contains(&byte) {
                return Some(extent);
            }
            at = extent.around;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Extents;

    const TEXT: &str = "\
package a:b;
@since(version = 1.0.0)
interface i {
    use j.{t};
    record r { a: u8, %type: t }
    resource x { constructor(); get: func(); }
    f: func(
        p: u8,
    );
}
package c:d { world %world { import run: func(); export k: interface { h: func(); } include v with { a as b } } }
";

    #[test]
    fn every_byte_is_in_the_innermost_declaration() {
        let extents = Extents::of(TEXT);
        let found = |needle: &str| {
            let extent = extents.around(TEXT.find(needle).unwrap()).unwrap();
            let package = extent.package.map(|package| extents.packages()[package].name.as_str());
            (package, extent.name, &TEXT[extent.whole.clone()])
        };
        assert_eq!(found("a: u8").2, "record r { a: u8, %type: t }");
        assert_eq!(found("get"), (Some("a:b"), Some("get"), "get: func();"));
        assert_eq!(found("constructor").1, Some("constructor"));
        assert_eq!(found("x {"), (Some("a:b"), Some("x"), "resource x { constructor(); get: func(); }"));
        assert_eq!(found("p: u8").2, "f: func(\n        p: u8,\n    );");
        assert_eq!(found("j.{t}").1, None);
        assert!(found("i {").2.starts_with("@since") && found("i {").2.ends_with("    );\n}"));
        assert_eq!(found("run"), (Some("c:d"), Some("run"), "import run: func();"));
        assert_eq!(found("h: func").2, "h: func();");
        assert_eq!(found("k: int").1, Some("k"));
        assert_eq!(found("a as b").1, None);
        assert_eq!(found("world {"), (Some("c:d"), Some("world"), found("world {").2));
        assert!(extents.around(0).is_none());
    }

    #[test]
    fn a_text_without_an_end_has_declarations_all_the_same() {
        for length in 0..TEXT.len() {
            let extents = Extents::of(&TEXT[..length]);
            for extent in extents.all() {
                assert!(extent.whole.end <= length && extent.whole.start <= extent.whole.end);
            }
        }
    }
}
