//! Text from outside as Markdown that shows it and does nothing else.

use crate::report::escape::clean;

/// Text in a code span, whatever it holds: no mention, link, image or HTML begins in there.
pub(super) fn code(text: &str) -> String {
    let text = clean(text);
    let text = if text.trim().is_empty() { "(nothing)".to_owned() } else { text };
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A blank on both sides would be taken away, and a backtick would lengthen the fence.
    let is_edgy = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if is_edgy { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A package, a version or a date: as it is where it is plain, else in a code span.
pub(super) fn name(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '+' | '-');
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    // Two colons would be an emoji, and two slashes an address.
    let is_word = text.matches(':').count() < 2 && !text.contains("//") && !text.contains("www.");
    if begins_well && is_word && text.chars().all(is_plain) { text.to_owned() } else { code(text) }
}

/// A sentence of a report, the names of which stand between backticks: those become code spans. One that holds more than
/// words outside of them becomes a code span as a whole.
pub(super) fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | ';' | '\'' | '-');
    let are_words = |part: &&str| part.chars().all(is_word) && !part.contains("www.");
    if parts.len().is_multiple_of(2)
        || !parts.iter().step_by(2).all(are_words)
        || parts.iter().skip(1).step_by(2).any(|p| p.is_empty())
    {
        return code(text);
    }
    let part = |(at, part): (usize, &&str)| if at % 2 == 0 { (*part).to_owned() } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// The sentence with a capital letter, unless it begins with a name.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::{code, name, sentence};

    #[test]
    fn names_stay_names() {
        for (text, expected) in [
            ("f", "`f`"),
            ("a`b", "``a`b``"),
            ("`x", "`` `x ``"),
            ("a``b`c", "```a``b`c```"),
            (" ", "`(nothing)`"),
            ("a\nb", "`a\\u{a}b`"),
            (" a ", "`  a  `"),
        ] {
            assert_eq!(code(text), expected);
        }
        assert_eq!(name("wasi:http"), "wasi:http");
        assert_eq!(name("0.3.0-rc-2026-01-06+build.1"), "0.3.0-rc-2026-01-06+build.1");
        assert_eq!(name("@someone"), "`@someone`");
        assert_eq!(name("a:b:c"), "`a:b:c`");
        assert_eq!(name("- a"), "`- a`");
    }

    #[test]
    fn sentences_are_words_and_names() {
        assert_eq!(sentence("method `a.b` added"), "method `a.b` added");
        assert_eq!(sentence("type `t` (list<u8>) added"), "``type `t` (list<u8>) added``");
        assert_eq!(sentence("an odd ` one"), "``an odd ` one``");
        assert_eq!(sentence("`` a"), "``` `` a ```");
        assert_eq!(sentence("see @me"), "`see @me`");
    }
}
