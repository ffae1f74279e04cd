//! The path of an item: what is in it, and what it is in.

use similar::get_close_matches;
use std::borrow::Cow;

/// A path as REPORT.md defines it, or as people read it: `r.m` for `[method]r.m`, `r.constructor` for `[constructor]r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// As it was typed.
    pub text: String,
    /// `ns:pkg`.
    pub package: String,
    /// As people read it.
    read: String,
    /// Whether it names something in an interface or a world.
    has_item: bool,
}

impl Path {
    /// Takes a path apart.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Path, String> {
        let fail = |why: &str| {
            Err(format!("`{text}` is no path of an item: {why}; write for example `wasi:cli/exit#exit-with-code`"))
        };
        let Some((package, rest)) = text.split_once('/') else {
            return fail("it names no interface and no world");
        };
        let is_package =
            package.split_once(':').is_some_and(|(namespace, name)| !namespace.is_empty() && !name.is_empty());
        if !is_package {
            return fail("it does not begin with `namespace:package/`");
        }
        let (container, item) = rest.split_once('#').map_or((rest, None), |(container, item)| (container, Some(item)));
        if container.contains('@') || package.contains('@') {
            return fail("it names a version, and a history has many");
        }
        if container.is_empty() || item.is_some_and(str::is_empty) {
            return fail("a name is missing");
        }
        Ok(Path {
            text: text.to_owned(),
            package: package.to_owned(),
            read: read(text).into_owned(),
            has_item: item.is_some(),
        })
    }

    /// Whether another path is that of the item.
    pub fn is(&self, other: &str) -> bool {
        read(other) == self.read
    }

    /// Whether another path is the item, or in it: a function of an interface, a field of a record, a method of a
    /// resource.
    pub fn holds(&self, other: &str) -> bool {
        read(other)
            .strip_prefix(&self.read)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || (!self.has_item && rest.starts_with('#')))
    }

    /// Whether the item is in what another path names.
    pub fn is_in(&self, other: &str) -> bool {
        let rest = self.read.strip_prefix(&*read(other));
        rest.is_some_and(|rest| rest.starts_with(['/', '#', '.']))
    }
}

/// A path without the brackets of encoded names.
pub(super) fn read(path: &str) -> Cow<'_, str> {
    let taken_apart = || {
        let (before, item) = path.split_once('#')?;
        let (place, encoded) = item.split_once('[')?;
        let (kind, name) = encoded.split_once(']')?;
        if kind != "constructor" {
            return Some(format!("{before}#{place}{name}"));
        }
        let (resource, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
        Some(format!("{before}#{place}{resource}.constructor{rest}"))
    };
    taken_apart().map_or(Cow::Borrowed(path), Cow::Owned)
}

/// The names that are most like `name`, best first.
pub(in crate::pipeline) fn nearest<'a>(name: &str, names: &[&'a str]) -> Vec<&'a str> {
    const SUGGESTED: usize = 3;
    const LIKE: f32 = 0.6;
    // The comparison is quadratic in the length, and nothing that long is a slip of the fingers.
    const LONGEST: usize = 255;
    if name.len() > LONGEST { Vec::new() } else { get_close_matches(name, names, SUGGESTED, LIKE) }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn what_is_in_an_item() {
        for (item, inside, outside) in [
            ("a:b/i", vec!["a:b/i", "a:b/i#f", "a:b/i#r.x"], vec!["a:b/ij", "a:b", "a:b/ij#f"]),
            (
                "a:b/i#r",
                vec!["a:b/i#r", "a:b/i#r.x", "a:b/i#[method]r.m", "a:b/i#[constructor]r"],
                vec!["a:b/i#rs", "a:b/i"],
            ),
            (
                "a:b/i#r.m",
                vec!["a:b/i#[method]r.m", "a:b/i#[static]r.m.x", "a:b/i#r.m"],
                vec!["a:b/i#r", "a:b/i#[method]r.mm", "a:b/i#[constructor]r"],
            ),
            ("a:b/i#[method]r.m", vec!["a:b/i#[method]r.m", "a:b/i#[method]r.m.x"], vec!["a:b/i#r", "a:b/i#r.n"]),
            (
                "a:b/i#r.constructor",
                vec!["a:b/i#[constructor]r", "a:b/i#[constructor]r.x"],
                vec!["a:b/i#r", "a:b/i#[method]r.m"],
            ),
            ("a:b/w#import:f", vec!["a:b/w#import:f.x"], vec!["a:b/w#export:f", "a:b/w#import:fg"]),
        ] {
            let path = Path::parse(item).unwrap();
            inside.iter().for_each(|other| assert!(path.holds(other), "{item} {other}"));
            outside.iter().for_each(|other| assert!(!path.holds(other), "{item} {other}"));
        }
        let field = Path::parse("a:b/i#r.x").unwrap();
        for above in ["a:b", "a:b/i", "a:b/i#r"] {
            assert!(field.is_in(above), "{above}");
        }
        assert!(!field.is_in("a:b/i#r.x") && !field.is_in("a:b/i#") && !field.is_in("a"));
    }

    #[test]
    fn what_is_no_path() {
        for text in ["", "wasi:cli", "cli/exit", "wasi:cli/", "wasi:cli/exit#", "wasi:cli@0.2.0/exit", ":x/y"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }
}
