//! How far what stands at a place reaches: to the end of the word there.

use super::PlaceReport;

/// The word that begins at a place, or the one sign; `None` where it is not known how far its line is indented.
pub(super) fn word(place: &PlaceReport) -> Option<String> {
    let rest = from_place(place)?;
    // `wasi:io/poll@0.2.0` is one word; in `size:u64` there are two.
    let long = run(&rest, |c| is_of_word(c) || ":/@.+".contains(c)).trim_end_matches(|c| !is_of_word(c));
    if long.contains('/') && !long.contains("//") {
        return Some(long.to_owned());
    }
    // `%type` and `@since` begin with a sign.
    let first = rest.chars().next()?;
    let after = rest.get(first.len_utf8()..).unwrap_or_default();
    let is_begun = is_of_word(first) || matches!(first, '%' | '@');
    Some(format!("{first}{}", if is_begun { run(after, is_of_word) } else { "" }))
}

/// The line of a place, from its column on.
fn from_place(place: &PlaceReport) -> Option<String> {
    if place.column == 1 && !place.text.is_empty() {
        return Some(place.text.clone());
    }
    let excerpt = place.excerpt.as_ref()?;
    let at = usize::try_from(place.line.checked_sub(excerpt.line)?).ok()?;
    let before = usize::try_from(place.column.checked_sub(1)?).ok()?;
    // Lines may be left out of an excerpt, and long ones cut.
    let line = excerpt.text.lines().nth(at).filter(|line| line.trim() == place.text.trim())?;
    let rest: String = line.trim_end().chars().skip(before).collect();
    (!rest.is_empty()).then_some(rest)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

fn run(text: &str, is: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !is(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{ExcerptReport, PlaceReport};
    use super::word;

    #[test]
    fn words_end() {
        let at = |line: &str, column: u32| {
            let excerpt = Some(ExcerptReport {
                line: 7,
                text: format!("interface i {{\n{line}\n}}"),
                ..ExcerptReport::default()
            });
            let text = line.trim().to_owned();
            word(&PlaceReport { file: String::new(), line: 8, column, text, excerpt })
        };
        for (line, column, expected) in [
            ("    enum mode { read, append }", 23, "append"),
            ("    size:u64,", 5, "size"),
            ("  %type: u8", 3, "%type"),
            ("  @since(version = 1.0.0)", 3, "@since"),
            ("  import wasi:io/poll@0.2.0;", 10, "wasi:io/poll@0.2.0"),
            ("  use wasi:io/poll@0.2.0.{pollable};", 7, "wasi:io/poll@0.2.0"),
            ("  use types.{a};", 7, "types"),
            ("  a,//b", 3, "a"),
            ("  {", 3, "{"),
        ] {
            assert_eq!(at(line, column).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(at("  a", 9), None);
        let bare = PlaceReport { file: String::new(), line: 1, column: 1, text: "package a:b;".into(), excerpt: None };
        assert_eq!(word(&bare).as_deref(), Some("package"));
        assert_eq!(word(&PlaceReport { column: 3, ..bare }), None);
    }
}
