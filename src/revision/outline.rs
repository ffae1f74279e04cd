//! What a WIT text says about packages at a glance: which ones it declares, what they hold, whom they ask for.
//!
//! Enough to find packages and to tell who depends on whom, without parsing. Deliberately absent: whether any of it is
//! valid. A text that stops making sense has its beginning outlined.

use super::SourceFile;
use crate::syntax::lex::{Kind, Token, Tokens, bare_tokens, version};
use crate::version::track;
use semver::Version;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;

/// `namespace:name@version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// `namespace:name`.
    pub name: String,
    /// The version, where there is one.
    pub version: Option<Version>,
}

impl Identity {
    /// The name and the track that linkers go by, a pre-release counting as on the track of its release.
    pub fn track(&self) -> (String, String) {
        (self.name.clone(), track::of(&self.version))
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.version.as_ref().map_or(Ok(()), |version| write!(f, "@{version}"))
    }
}

/// The packages of one directory or file, and what they ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The package itself; `None` where no file declares one.
    pub main: Option<PackageOutline>,
    /// Packages that are written in its files, in braces of their own.
    pub nested: Vec<PackageOutline>,
    /// Packages that `use`, `import`, `export` and `include` name with their namespace.
    pub references: BTreeSet<Identity>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageOutline {
    /// What it is called.
    pub identity: Identity,
    /// Its interfaces.
    pub interfaces: Vec<ItemOutline>,
    /// Its worlds.
    pub worlds: Vec<ItemOutline>,
}

/// One interface or world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemOutline {
    /// Its name.
    pub name: String,
    /// The feature that it stands behind.
    pub feature: Option<String>,
}

impl Outline {
    /// Every package in it, the main one first.
    pub fn packages(&self) -> impl Iterator<Item = &PackageOutline> {
        self.main.iter().chain(&self.nested)
    }
}

/// Outlines the files of one package.
pub(super) fn outline(files: &[SourceFile]) -> Outline {
    let parts = || files.iter().map(|file| file.bytes.part());
    let mut outline = Outline {
        main: None,
        nested: parts().flat_map(|part| part.nested.clone()).collect(),
        references: parts().flat_map(|part| part.references.iter().cloned()).collect(),
    };
    if let Some(identity) = parts().find_map(|part| part.identity.clone()) {
        let interfaces = parts().flat_map(|part| part.interfaces.clone()).collect();
        let worlds = parts().flat_map(|part| part.worlds.clone()).collect();
        outline.main = Some(PackageOutline { identity, interfaces, worlds });
    }
    for package in outline.main.iter_mut().chain(&mut outline.nested) {
        package.interfaces.sort();
        package.worlds.sort();
    }
    outline
}

/// Whether one of the files declares a package.
pub(super) fn declares_package(files: &[SourceFile]) -> bool {
    files.iter().any(|file| file.bytes.part().identity.is_some())
}

/// What one file of a package says.
#[derive(Default)]
pub(super) struct Part {
    identity: Option<Identity>,
    interfaces: Vec<ItemOutline>,
    worlds: Vec<ItemOutline>,
    nested: Vec<PackageOutline>,
    references: BTreeSet<Identity>,
}

impl Part {
    pub fn of(text: &str) -> Part {
        let mut part = Part::default();
        part.read(text);
        part
    }

    fn read(&mut self, text: &str) {
        let mut depth = 0usize;
        // The braces of a nested package do not make what is in them any deeper.
        let mut nested: Option<PackageOutline> = None;
        let mut feature = None;
        let mut begins = true;
        // Where the last two names stand, and how many tokens of `ns:name` were there up to here.
        let (mut names, mut length) = ((0, 0), 0);
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        for token in bare_tokens(text, start).map_while(Result::ok) {
            let top = depth == usize::from(nested.is_some());
            let is_name = token.is_name();
            let window = || Window::new(text, token.start);
            match (token.kind, token.text) {
                (Kind::Sign, "/") if length == 3 => {
                    self.references.extend(reference(text, &mut Window::new(text, names.0)));
                }
                (Kind::Sign, "{") => depth += 1,
                (Kind::Sign, "}") => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.nested.extend(nested.take());
                    }
                }
                (Kind::Word, "feature") if top => {
                    let mut window = window();
                    if window.is(1, "=") {
                        feature = window.peek(2).map(|name| name.text.to_owned());
                    }
                }
                (Kind::Word, "package") if begins && depth == 0 => match declaration(text, &mut window()) {
                    Some((identity, true)) => {
                        nested = Some(PackageOutline { identity, interfaces: Vec::new(), worlds: Vec::new() });
                    }
                    Some((identity, false)) => {
                        self.identity.get_or_insert(identity);
                    }
                    None => {}
                },
                (Kind::Word, kind @ ("interface" | "world")) if begins && top => {
                    if let Some(name) = window().name(1) {
                        let item = ItemOutline { name, feature: feature.take() };
                        let (interfaces, worlds) = match &mut nested {
                            Some(nested) => (&mut nested.interfaces, &mut nested.worlds),
                            None => (&mut self.interfaces, &mut self.worlds),
                        };
                        if kind == "interface" { interfaces.push(item) } else { worlds.push(item) }
                    }
                }
                _ => {}
            }
            length = match (token.text, length) {
                (_, 2) if is_name => 3,
                _ if is_name => 1,
                (":", 1 | 3) => 2,
                _ => 0,
            };
            if is_name {
                names = (names.1, token.start);
            }
            // A statement begins after the end of another one, or after an attribute.
            begins = token.kind == Kind::Sign && matches!(token.text, ";" | "{" | "}" | ")");
            if token.kind == Kind::Sign && matches!(token.text, ";" | "}") {
                feature = None;
            }
        }
        self.nested.extend(nested);
    }
}

/// The tokens from some place on, as far as anybody looks: texts may be long.
struct Window<'a> {
    tokens: Tokens<'a>,
    ahead: VecDeque<Token<'a>>,
}

impl<'a> Window<'a> {
    fn new(text: &'a str, start: usize) -> Window<'a> {
        Window { tokens: bare_tokens(text, start), ahead: VecDeque::new() }
    }

    fn peek(&mut self, at: usize) -> Option<&Token<'a>> {
        while self.ahead.len() <= at {
            self.ahead.push_back(self.tokens.next()?.ok()?);
        }
        self.ahead.get(at)
    }

    fn is(&mut self, at: usize, sign: &str) -> bool {
        self.peek(at).is_some_and(|token| token.is_sign(sign))
    }

    fn name(&mut self, at: usize) -> Option<String> {
        self.peek(at).filter(|token| token.is_name()).map(|token| token.text.to_owned())
    }
}

/// `ns:name/item@1.2.3`, if that is what stands here.
fn reference(text: &str, window: &mut Window<'_>) -> Option<Identity> {
    if !(window.peek(0).is_some_and(Token::is_name) && window.is(1, ":") && window.is(3, "/")) {
        return None;
    }
    let name = format!("{}:{}", window.name(0)?, window.name(2)?);
    let first = if window.is(5, "@") { window.peek(6).map(|first| first.start) } else { None };
    Some(Identity { name, version: first.and_then(|first| version_at(text, first)) })
}

/// `package ns:name@1.2.3`, and whether its items follow in braces.
fn declaration(text: &str, window: &mut Window<'_>) -> Option<(Identity, bool)> {
    const LONGEST: usize = 32;
    let mut name = String::new();
    for at in 1..LONGEST {
        let token = window.peek(at)?;
        match (token.kind, token.text) {
            (Kind::Sign, end @ (";" | "{")) => {
                return name.contains(':').then(|| (Identity { name, version: None }, end == "{"));
            }
            (Kind::Sign, "@") => {
                let found = window.peek(at + 1).and_then(|first| version_at(text, first.start));
                // What follows up to the end is the version.
                let end = (at + 1..LONGEST).find(|&at| window.is(at, ";") || window.is(at, "{"))?;
                return name.contains(':').then(|| (Identity { name, version: found }, window.is(end, "{")));
            }
            (_, part) => name.push_str(part),
        }
    }
    None
}

fn version_at(text: &str, start: usize) -> Option<Version> {
    version(text, start).map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::{Identity, outline};
    use crate::revision::SourceFile;

    fn file(text: &str) -> SourceFile {
        SourceFile { path: "a.wit".into(), bytes: text.as_bytes().into() }
    }

    #[test]
    fn what_is_declared_and_asked_for() {
        let text = "/// Docs; package x:y;\npackage a:%b@0.2.0-rc.1+b; // package n:o;
            @since(version = 0.2.0)\n interface i { use c:d/e@0.2.0-rc-2023-11-10.{f}; package: func(); interface: u32; }
            @unstable(feature = g) interface j {}
            use h:i/j as k;
            world w { import l: m:n/o; export p: interface { world: func(); } include q:r/s@1.0.0 with { t as u } }
            package v:w@1.0.0 { @unstable(feature = x) world y { import z:z/z@2.0.0; } interface zz {} }";
        let found = outline(&[file(text)]);
        let main = found.main.unwrap();
        assert_eq!(main.identity.to_string(), "a:b@0.2.0-rc.1+b");
        let names = |items: &[super::ItemOutline]| {
            let shown = |item: &super::ItemOutline| item.name.clone() + item.feature.as_deref().unwrap_or_default();
            items.iter().map(shown).collect::<Vec<_>>()
        };
        assert_eq!((names(&main.interfaces), names(&main.worlds)), (vec!["i".into(), "jg".into()], vec!["w".into()]));
        let references: Vec<_> = found.references.iter().map(Identity::to_string).collect();
        assert_eq!(references, ["c:d@0.2.0-rc-2023-11-10", "h:i", "m:n", "q:r@1.0.0", "z:z@2.0.0"]);
        assert_eq!(found.nested[0].identity.to_string(), "v:w@1.0.0");
        assert_eq!(
            (names(&found.nested[0].interfaces), names(&found.nested[0].worlds)),
            (vec!["zz".into()], vec!["yx".into()])
        );
    }

    #[test]
    fn what_is_asked_for_stands_in_four_tokens() {
        for (text, expected) in [
            ("x: a:b/c", "a:b"),
            ("a /* : */ :\n// /\n%b /c", "a:b"),
            ("a:b/c:d/e@1.0.0", "a:b, c:d@1.0.0"),
            ("a: b; /c", ""),
            ("a:b:/c", ""),
            (":a/b", ""),
            ("a:a:a/a", "a:a"),
            ("\u{feff}a:b/c@0.1.0-rc.1.{d}", "a:b@0.1.0-rc.1"),
        ] {
            let found: Vec<String> = outline(&[file(text)]).references.iter().map(Identity::to_string).collect();
            assert_eq!(found.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        for (text, name) in [
            ("package a:b@1.0.0;\ninterface i { f: \u{1} }", Some("a:b@1.0.0")),
            ("package a:b@1.x;", Some("a:b")),
            ("package a:b", None),
            ("package ;", None),
            ("interface package { }", None),
            ("// package a:b;", None),
            ("", None),
            ("package", None),
            ("a:", None),
            ("a:b/", None),
            ("a:b/c@", None),
        ] {
            let found = outline(&[file(text)]).main.map(|package| package.identity.to_string());
            assert_eq!(found.as_deref(), name, "{text}");
        }
    }
}
