//! Other layouts of a text: comments and blanks between its words, other line ends.

use fastrand::Rng;

/// Where something may go in between: beside signs that are no part of a version, outside of comments and strings.
fn gaps(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut gaps = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'/', ..] => at += text[at..].find('\n').unwrap_or(text.len() - at),
            [b'/', b'*', ..] => {
                let mut depth = 0;
                loop {
                    match &bytes[at..] {
                        [b'/', b'*', ..] => depth += 1,
                        [b'*', b'/', ..] => depth -= 1,
                        [_, ..] => {
                            at += 1;
                            continue;
                        }
                        [] => return gaps,
                    }
                    at += 2;
                    if depth == 0 {
                        break;
                    }
                }
            }
            [b'"', ..] => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            [b'-', b'>', ..] => at += 2,
            [b';' | b'{' | b'}' | b'(' | b')' | b'=' | b',' | b'<' | b'>' | b':' | b'/' | b'@', ..] => {
                gaps.extend([at, at + 1]);
                at += 1;
            }
            _ => at += 1,
        }
    }
    gaps
}

/// The same promise in another layout. What is put in looks like WIT that `package` is named in.
pub fn mutate(text: &str, package: &str, version: &str, rng: &mut Rng) -> String {
    let mut result = text.to_owned();
    let mut gaps = gaps(text);
    gaps.dedup();
    for &gap in gaps.iter().rev() {
        let trivia = match rng.u8(..12) {
            0 => format!(" /* package {package}@{version}; */ "),
            1 => format!(" // use {package}/i@{version}.{{t}};\n "),
            2 => format!(" /* /* {{ \" */ @since(version = {version}) */ "),
            3 => "\t \n".to_owned(),
            4 => " // é — \u{1f642} }\n".to_owned(),
            _ => continue,
        };
        result.insert_str(gap, &trivia);
    }
    if rng.bool() {
        result = result.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if rng.bool() {
        result.truncate(result.trim_end().len());
    }
    if rng.bool() && !result.starts_with('\u{feff}') {
        result.insert(0, '\u{feff}');
    }
    result
}
