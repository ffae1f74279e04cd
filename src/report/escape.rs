//! Text from outside, without what would steer a terminal or a CI runner, or make it show something else than there is.

use std::fmt::Write as _;

/// The text with escapes, as in `\\u{202e}`, for characters that are not seen and do something. Tabs become blanks.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\t' => out.push(' '),
            c if acts_unseen(c) || commands(text, at) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a command of a runner begins at a byte, which reads all that is printed: `::` where a line may begin, and `##[`
/// anywhere, of which the last sign counts here.
fn commands(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let may_begin = before.chars().next_back().is_none_or(char::is_whitespace);
    (may_begin && rest.starts_with("::")) || (rest.starts_with('[') && begins_command(before))
}

/// Whether a `[` behind this text makes a command of it, wherever in a line that stands: `##[` is one to the runners of
/// GitHub, `##vso[` and `##teamcity[` to others.
pub(super) fn begins_command(before: &str) -> bool {
    before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with("##")
}

/// Control characters, line breaks, what turns the direction of text, and what has no width
/// and no use for writing. Joiners stay: scripts need them.
pub(super) fn acts_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        let cases = [
            ("plain ü 語 👩\u{200d}🚀", "plain ü 語 👩\u{200d}🚀"),
            ("a\tb", "a b"),
            ("a\u{1b}[31mb\u{0}\u{7f}\u{9b}", "a\\u{1b}[31mb\\u{0}\\u{7f}\\u{9b}"),
            ("\u{202e}gnp.exe\u{2069}", "\\u{202e}gnp.exe\\u{2069}"),
            ("\u{feff}a\u{200b}b\u{2028}", "\\u{feff}a\\u{200b}b\\u{2028}"),
            ("a ##vso[b]", "a ##vso\\u{5b}b]"),
            ("::error::x a::b ::warning::y", "\\u{3a}:error::x a::b \\u{3a}:warning::y"),
            ("a##[add-mask]b", "a##\\u{5b}add-mask]b"),
            ("a\r\nb", "a\\u{d}\\u{a}b"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected);
        }
    }
}
