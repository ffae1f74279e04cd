//! Text from outside in Markdown, such that it shows as it is and does nothing: no markup, no HTML, no link, no picture,
//! and nobody and no issue is mentioned. Whatever might do something stands in code, in which GitHub recognises nothing.

use super::escape::clean;

/// No reader need know longer runs of backticks: GitHub's takes more than 80 for text.
const LONGEST_RUN: usize = 20;

/// Text in a code span, whatever it holds.
pub(super) fn code(text: &str) -> String {
    let text = clean(text);
    let text = match longest_run(&text) {
        _ if text.trim().is_empty() => "(nothing)".to_owned(),
        0..=LONGEST_RUN => text,
        _ => text.replace('`', "\\u{60}"),
    };
    let run = "`".repeat(longest_run(&text) + 1);
    // A blank on both sides would be taken away, and a backtick would lengthen the run.
    let is_edgy = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if is_edgy { " " } else { "" };
    format!("{run}{pad}{text}{pad}{run}")
}

/// A package, a version or a date: as it is where it is plain, else in a code span.
pub(super) fn name(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '+' | '-');
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    // Two colons would be an emoji, and two slashes an address.
    let is_word = text.matches(':').count() < 2 && !text.contains("//") && !text.contains("www.");
    let does_nothing = is_word && !is_issue(text) && !is_commit(text);
    if begins_well && does_nothing && text.chars().all(is_plain) { text.to_owned() } else { code(text) }
}

/// A sentence, the names of which stand between backticks: those become code spans, and so do words outside of them that
/// are no words.
pub(super) fn sentence(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    let parts: Vec<&str> = text.split('`').collect();
    if text.is_empty() || parts.len().is_multiple_of(2) || parts.iter().skip(1).step_by(2).any(|part| part.is_empty()) {
        return code(text);
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 1 { span(part, &mut out) } else { words(part, &mut out) }
    }
    out
}

fn words(text: &str, out: &mut String) {
    let mut odd = String::new();
    for (at, word) in text.split(' ').enumerate() {
        let gap = if at > 0 { " " } else { "" };
        let begins = out.is_empty() && odd.is_empty() && !word.is_empty();
        match word {
            word if is_plain(word) && !(begins && begins_a_block(word)) => {
                bare_span(&odd, out);
                odd.clear();
                out.push_str(gap);
                out.push_str(word);
            }
            word if odd.is_empty() || is_ended(&odd) => {
                bare_span(&odd, out);
                out.push_str(gap);
                odd = word.to_owned();
            }
            word => {
                odd.push(' ');
                odd.push_str(word);
            }
        }
    }
    bare_span(&odd, out);
}

/// Whether a comma ends a word, and is not inside of it, as in `result<_, u8>`.
fn is_ended(odd: &str) -> bool {
    odd.ends_with(',') && !odd.contains(['"', '[', '{']) && odd.matches('<').count() <= odd.matches('>').count()
}

/// Brackets and punctuation around odd words are no part of them.
fn bare_span(text: &str, out: &mut String) {
    let (before, bare, after) = bare(text);
    out.push_str(before);
    span(bare, out);
    out.push_str(after);
}

/// What stands before a text, the text, of which something is left always, and what stands after it.
fn bare(text: &str) -> (&str, &str, &str) {
    let (mut start, mut end) = (0, text.len());
    loop {
        let rest = text.get(start..end).unwrap_or_default();
        let mut chars = rest.chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else { break };
        let inner = chars.as_str();
        let count = |sign| rest.matches(sign).count();
        let stops = |c: char| ".,:;!?".contains(c);
        let is_around = matches!((first, last), ('(', ')') | ('"', '"') | ('\'', '\''));
        if is_around && !inner.is_empty() && !inner.contains([first, last]) {
            (start, end) = (start + 1, end - 1);
        } else if first == '(' && count('(') > count(')') {
            start += 1;
        } else if last == ')' && count(')') > count('(') {
            end -= 1;
        // `..` and `:name:` are words, and so is `&lt;`.
        } else if stops(last) && !inner.ends_with(stops) && first != last && !(last == ';' && rest.contains('&')) {
            end -= 1;
        } else {
            break;
        }
    }
    let piece = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    (piece(0..start), piece(start..end), piece(end..text.len()))
}

fn span(text: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    // Two spans that touch would be one.
    if out.ends_with('`') {
        out.push(' ');
    }
    out.push_str(&code(text));
}

/// The sentence with a capital letter, unless it begins with a name.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// A row of a table, of what the functions above made.
pub(super) fn table_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("| {} |", cells.join(" | "))
}

/// A bar would end the cell, in code, too.
fn cell(markdown: &str) -> String {
    // A backslash before a bar takes it to be escaped already.
    markdown.replace("\\|", "\\\\u{7c}").replace('|', "\\|")
}

/// Text in code, for HTML that stands in Markdown.
pub(super) fn html_code(text: &str) -> String {
    let mut out = String::from("<code>");
    for c in clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out + "</code>"
}

/// Lines of code that are clean already, in a fence that none of them ends.
#[cfg(feature = "formats")]
pub(super) fn fence(language: &str, lines: &[String]) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let run = "`".repeat(longest.max(2) + 1);
    format!("{run}{language}\n{}\n{run}", lines.join("\n"))
}

/// What the functions above made, leading to an address; without a link where the address is none of the web.
#[cfg(feature = "formats")]
pub(super) fn link(markdown: &str, address: &str) -> String {
    if !(address.starts_with("https://") || address.starts_with("http://")) {
        return markdown.to_owned();
    }
    let mut to = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => to.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'#' | b'%' | b'@' | b'+' | b'=' | b'?' => {
                to.push(char::from(byte));
            }
            byte => to.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("[{markdown}]({to})")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Whether a word is only read: no markup, address, emoji, issue or commit is recognised in it.
fn is_plain(word: &str) -> bool {
    let is_read = |c: char| c.is_alphanumeric() || ",.:;'\"()/-+!?→…–·".contains(c);
    let colons = word.trim_end_matches([':', ',', '.', ';', ')']);
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.chars().all(is_read)
        && !colons.contains(':')
        && !word.to_lowercase().contains("www.")
        && !is_issue(bare)
        && !is_commit(bare)
}

/// `GH-1`.
fn is_issue(word: &str) -> bool {
    let begin = word.as_bytes().first_chunk::<3>();
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(b"gh-")) && word.len() > 3
}

/// What may be the id of a commit: digits and letters.
fn is_commit(word: &str) -> bool {
    (7..=40).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a word at the beginning of a line would make that a list or a heading.
fn begins_a_block(word: &str) -> bool {
    !word.contains(char::is_alphanumeric)
        || word.strip_suffix(['.', ')']).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{cell, code, name, sentence};

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
            (&"`".repeat(21), &format!("`{}`", "\\u{60}".repeat(21))),
        ] {
            assert_eq!(code(text), expected);
        }
        assert_eq!(name("wasi:http"), "wasi:http");
        assert_eq!(name("0.3.0-rc-2026-01-06+build.1"), "0.3.0-rc-2026-01-06+build.1");
        for text in ["@someone", "a:b:c", "- a", "GH-1", "0123abcd", "http://x", "www.x.y"] {
            assert_eq!(name(text), format!("`{text}`"));
        }
    }

    #[test]
    fn sentences_are_words_and_names() {
        for (text, expected) in [
            ("method `a.b` added", "method `a.b` added"),
            ("type `t` (list<u8>) added", "type `t` (`list<u8>`) added"),
            ("to result<_, u8> now", "to `result<_, u8>` now"),
            ("an odd ` one", "``an odd ` one``"),
            ("`` a\"", "``` `` a\" ```"),
            ("by @octocat, see #1 and GH-2.", "by `@octocat`, see `#1` and `GH-2`."),
            ("https://x.y www.z 0123abc a", "`https://x.y www.z 0123abc` a"),
            ("`a`@b `c`", "`a` `@b` `c`"),
            ("a :tada: b: c", "a `:tada:` b: c"),
            ("[a](b) *c* _d_ ~e~ <b> $x$ &amp; \\(", "`[a](b) *c* _d_ ~e~ <b> $x$ &amp; \\(`"),
            ("0.2.3 is gone, and 0.3.0-rc-2026-01-06", "0.2.3 is gone, and 0.3.0-rc-2026-01-06"),
            ("line\u{a}break", "`line\\u{a}break`"),
            ("1. a", "`1`. a"),
            ("expected ':', found keyword `func`", "expected '`:`', found keyword `func`"),
            ("1 a-b (wit/a.wit:11:30): mend that", "1 a-b (`wit/a.wit:11:30`): mend that"),
            ("(a/b:1:2, c/d:3:4)", "(`a/b:1:2`, `c/d:3:4`)"),
            ("(see a<b>) and (a<b> c)", "(see `a<b>`) and (`a<b>` c)"),
            ("f<a>(b) (a)<(b) ../.. x::a ()()<", "`f<a>(b) (a)<(b)` ../.. `x::a ()()<`"),
            ("`a`(@b), `c`:@d:`e`", "`a`(`@b`), `c` `:@d:` `e`"),
            ("(", "`(`"),
            ("a<b>... &lt; ('<')", "`a<b>... &lt; ('<')`"),
            ("a ('<') and &lt;", "a ('`<`') and `&lt;`"),
            ("- a", "`-` a"),
            ("  a  b ", "a  b"),
            ("", "`(nothing)`"),
        ] {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn bars_stay_in_their_cell() {
        assert_eq!(cell(&code("a|b")), "`a\\|b`");
        assert_eq!(cell(&code("a\\|b")), "`a\\\\u{7c}b`");
    }
}
