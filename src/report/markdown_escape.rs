//! Text from outside in Markdown, such that it shows as it is and does nothing: no markup, no HTML, no link, and nobody
//! is mentioned.

use super::escape::clean;

/// A text as code, fit for a cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    // What would end the code or the cell cannot be escaped in code.
    if text.is_empty() || text.contains(['`', '|', '\\']) { plain(text) } else { format!("`{text}`") }
}

/// A sentence in which what stands between backticks is code.
pub(super) fn sentence(text: &str) -> String {
    let text = clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(&text);
    }
    let part = |(at, part): (usize, &&str)| if at % 2 == 0 { plain(part) } else { code_within(part) };
    parts.iter().enumerate().map(part).collect()
}

fn code_within(part: &str) -> String {
    if part.trim().is_empty() { plain(&format!("`{part}`")) } else { code(part) }
}

/// A text in which no character means anything.
fn plain(text: &str) -> String {
    /// A character that takes no room, and that nothing is recognised across.
    const BREAK: &str = "&#8203;";
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '@' => out.push_str(&format!("&#64;{BREAK}")),
            // Issues: `#1` and `GH-1`.
            '#' => out.push_str(&format!("&#35;{BREAK}")),
            '-' if out.as_bytes().last_chunk::<2>().is_some_and(|two| two.eq_ignore_ascii_case(b"gh")) => {
                out.push_str(&format!("-{BREAK}"));
            }
            // Links: `https://`, `mailto:`, `www.`.
            ':' if rest.peek().is_some_and(|next| !next.is_whitespace()) => out.push_str(&format!(":{BREAK}")),
            '.' if rest.peek().is_some_and(|next| next.is_alphabetic()) => out.push_str(&format!(".{BREAK}")),
            c if c.is_ascii_punctuation() && !"-.,;:()'\"/?".contains(c) => {
                out.push_str(&format!("&#{};", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, sentence};

    #[test]
    fn what_shows_and_does_nothing() {
        for (text, expected) in [
            ("function `f` added", "function `f` added"),
            ("`a|b`", "a&#124;b"),
            ("<b>&`x`", "&#60;b&#62;&#38;`x`"),
            ("odd ` one", "odd &#96; one"),
            ("by @octocat, see #1 and GH-2", "by &#64;&#8203;octocat, see &#35;&#8203;1 and GH-&#8203;2"),
            ("https://x.y www.z", "https:&#8203;//x.&#8203;y www.&#8203;z"),
            ("[a](b) *c* _d_ ~e~", "&#91;a&#93;(b) &#42;c&#42; &#95;d&#95; &#126;e&#126;"),
            ("0.2.3 is gone, and 0.3.0-rc-2026-01-06", "0.2.3 is gone, and 0.3.0-rc-2026-01-06"),
            ("line\u{a}break", "line&#92;u&#123;a&#125;break"),
        ] {
            assert_eq!(sentence(text), expected);
        }
        for (text, expected) in
            [("@a #1 <b>", "`@a #1 <b>`"), ("a`b", "a&#96;b"), ("", ""), (" x ", "`x`"), ("a\\", "a&#92;")]
        {
            assert_eq!(code(text), expected);
        }
    }
}
