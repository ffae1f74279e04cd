//! Plain comments, told from documentation.
//!
//! `wit-parser` takes every comment before an item for its documentation. A plain comment is no part of a package
//! (SEMANTICS 7: none), so plain ones are blanked before parsing, byte for byte, and places stay where they are.

/// The same text with spaces for plain comments. Documentation (`///`, `/** … */`) stays, and so does a comment with
/// characters that the parser refuses, so that it can refuse them.
pub(super) fn without_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['/', '"']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = token_length(rest);
        let (token, after) = rest.split_at(length);
        if is_plain_comment(token) && token.chars().all(is_harmless) {
            out.extend(token.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b as char } else { ' ' }));
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The length in bytes of the comment, string or single character that a text begins with.
fn token_length(text: &str) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") {
        block_length(text)
    } else if let Some(string) = text.strip_prefix('"') {
        string_length(string) + 1
    } else {
        1
    }
}

/// The length of what follows a quotation mark, the next one included. A string ends with its line at the latest.
fn string_length(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'\n' => return at,
            b'"' if !is_escaped => return at + 1,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    rest.len()
}

/// Block comments nest.
fn block_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                at += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    // Not terminated: for the parser to say.
    1
}

fn is_plain_comment(token: &str) -> bool {
    let is_line = token.starts_with("//") && (!token.starts_with("///") || token.starts_with("////"));
    let is_block = token.len() >= 4
        && token.starts_with("/*")
        && (!token.starts_with("/**") || token.starts_with("/***") || token == "/**/");
    is_line || is_block
}

/// The characters that `wit-parser` refuses: control codes, what turns the direction of text, what Unicode discourages.
fn is_harmless(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        '\u{149}' | '\u{673}' | '\u{f77}' | '\u{f79}' | '\u{17a3}' | '\u{17a4}' | '\u{17b4}' | '\u{17b5}' => false,
        c => !c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_plain;

    #[test]
    fn only_documentation_is_kept() {
        let cases = [
            ("// a\nb", "    \nb"),
            ("/// a\nb", "/// a\nb"),
            ("//// a\nb", "      \nb"),
            ("/* a /* b */ c */d", "                 d"),
            ("/** a */b", "/** a */b"),
            ("/**/b", "    b"),
            ("@external-id(\"// a\") b // c", "@external-id(\"// a\") b     "),
            ("@external-id(\"\\\"\") /**/ b", "@external-id(\"\\\"\")      b"),
            ("\"\\\\\" // b", "\"\\\\\"     "),
            ("\"open // a\n// b", "\"open // a\n    "),
            ("a / b", "a / b"),
            ("/* never ends", "/* never ends"),
            ("// é", "     "),
            ("// \u{202e}x", "// \u{202e}x"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_plain(text), expected, "{text}");
            assert_eq!(without_plain(text).len(), text.len(), "{text}");
        }
    }
}
