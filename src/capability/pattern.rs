//! Patterns of the names of capabilities: a `*` stands for any text, and nothing else is special.

use std::fmt;

/// A pattern, such as `wasi:sockets/*`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern(String);

impl Pattern {
    /// A regular expression of what can be read: a plain name; `wasi:*`; a package and an interface.
    pub const SHAPE: &str = "^([-*0-9A-Za-z]+|([-*0-9A-Za-z]+:)+[-*0-9A-Za-z]*\\*|\
                             (([-*0-9A-Za-z]+:)+[-*0-9A-Za-z]+|[-0-9A-Za-z]*\\*[-*0-9A-Za-z]*)(/[-*0-9A-Za-z]+)+)$";

    /// Reads a pattern.
    ///
    /// # Errors
    /// What no name can be, with what was probably meant.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let text = text.trim();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '*');
        let known = |c: &char| is_part(*c) || matches!(c, ':' | '/');
        let (text, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
        if text.is_empty() {
            return Err("this is empty: `*` stands for every capability".into());
        }
        if let Some(c) = text.chars().find(|c| !known(c)) {
            let sign = c.escape_debug();
            return Err(format!("`{sign}` is in no name; `*` stands for any text, and nothing else is special"));
        }
        if version.is_some() {
            return Err(format!("capabilities are named without a version: write `{text}`"));
        }
        let (package, interface) = match text.split_once('/') {
            Some((package, interface)) => (package, Some(interface)),
            None => (text, None),
        };
        let is_name = |part: &str| !part.is_empty() && part.chars().all(is_part);
        match interface {
            None if is_name(package) => Ok(Pattern(text.to_owned())),
            // `wasi:*` reaches over the slash.
            None if text.ends_with('*') && package.split(':').all(is_name) => Ok(Pattern(text.to_owned())),
            None if package.split(':').all(is_name) => {
                Err(format!("this names a package: write `{text}/*` for all that is in it"))
            }
            Some("") if package.split(':').all(is_name) => {
                Err(format!("an interface is missing: write `{text}*` for all of the package"))
            }
            Some(interface)
                if package.split(':').all(is_name)
                    && (package.contains([':', '*']))
                    && interface.split('/').all(is_name) =>
            {
                Ok(Pattern(text.to_owned()))
            }
            _ => Err("write it as `namespace:package/interface`, as in `wasi:sockets/*`".into()),
        }
    }

    /// Whether a capability has such a name.
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_stands_for_any_text() {
        let cases = [
            ("*", "wasi:sockets/tcp", true),
            ("*", "log", true),
            ("wasi:sockets/*", "wasi:sockets/tcp", true),
            ("wasi:sockets/*", "wasi:sockets-extra/tcp", false),
            ("wasi:sockets/tcp", "wasi:sockets/tcp", true),
            ("wasi:sockets/tcp", "wasi:sockets/tcp-create-socket", false),
            ("wasi:sockets/tcp*", "wasi:sockets/tcp-create-socket", true),
            ("wasi:*", "wasi:io/poll", true),
            ("wasi:*", "acme:io/poll", false),
            ("*:*/*-handler", "wasi:http/outgoing-handler", true),
            ("*:*/*-handler", "wasi:http/types", false),
            ("*/aa*a", "b:c/aa", false),
            ("*/aa*a", "b:c/aaa", true),
            ("log", "log", true),
            ("log", "logs", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(Pattern::parse(pattern).unwrap().matches(name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn what_no_name_can_be_is_refused_with_a_hint() {
        let cases = [
            ("", "`*` stands for every capability"),
            ("wasi:sockets", "`wasi:sockets/*`"),
            ("wasi:sockets/", "`wasi:sockets/*`"),
            ("wasi:sockets/tcp@0.2.0", "`wasi:sockets/tcp`"),
            ("wasi/sockets", "`namespace:package/interface`"),
            (":sockets/tcp", "`namespace:package/interface`"),
            ("wasi:sockets/[tu]", "`[` is in no name"),
            ("wasi:sockets/tc?", "`?` is in no name"),
            ("wasi:sockets/\u{1b}", "`\\u{1b}` is in no name"),
        ];
        for (pattern, hint) in cases {
            let error = Pattern::parse(pattern).unwrap_err();
            assert!(error.contains(hint), "{pattern:?}: {error}");
        }
    }
}
