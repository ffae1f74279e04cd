//! The path of an item: what is in it, and what it is in.

use similar::get_close_matches;

/// A path as REPORT.md defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// As it was typed.
    pub text: String,
    /// `ns:pkg`.
    pub package: String,
    /// How the paths of the members of the item begin, were it a resource.
    members: Option<[String; 3]>,
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
        let members = item.map(|item| {
            let prefix = format!("{package}/{container}#");
            [
                format!("{prefix}[method]{item}."),
                format!("{prefix}[static]{item}."),
                format!("{prefix}[constructor]{item}"),
            ]
        });
        Ok(Path { text: text.to_owned(), package: package.to_owned(), members })
    }

    /// Whether another path is the item, or in it: a function of an interface, a field of a record, a method of a
    /// resource.
    pub fn holds(&self, other: &str) -> bool {
        let is_member = |[method, function, constructor]: &[String; 3]| {
            other.starts_with(method.as_str()) || other.starts_with(function.as_str()) || other == constructor
        };
        let is_part = other.strip_prefix(&self.text).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('.') || (self.members.is_none() && rest.starts_with('#'))
        });
        is_part || self.members.as_ref().is_some_and(is_member)
    }

    /// Whether the item is in what another path names.
    pub fn is_in(&self, other: &str) -> bool {
        let rest = self.text.strip_prefix(other);
        rest.is_some_and(|rest| rest.starts_with(['/', '#', '.']))
    }
}

/// The names that are most like `name`, best first.
pub(super) fn nearest<'a>(name: &str, names: &[&'a str]) -> Vec<&'a str> {
    const SUGGESTED: usize = 3;
    const LIKE: f32 = 0.6;
    // The comparison is quadratic in the length, and nothing that long is a slip of the fingers.
    const LONGEST: usize = 255;
    let mut near = if name.len() > LONGEST { Vec::new() } else { get_close_matches(name, names, SUGGESTED, LIKE) };
    // A method without the brackets of its encoding is meant all the same.
    let plain =
        |path: &str| path.replacen("[method]", "", 1).replacen("[static]", "", 1).replacen("[constructor]", "", 1);
    if let Some(meant) = names.iter().find(|path| path.contains('[') && plain(path) == name) {
        near.retain(|other| other != meant);
        near.insert(0, meant);
        near.truncate(SUGGESTED);
    }
    near
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
