//! Text measured in the columns of a terminal: a character may take none or two.

use textwrap::core::display_width;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    display_width(text)
}

/// The text with blanks behind it, up to so many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text cut to so many columns, with a mark where it was cut.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    let mut short = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > columns {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// The text up to so many columns, and what comes behind.
pub(super) fn split_at(text: &str, columns: usize) -> (&str, &str) {
    let mut taken = 0;
    let end = text.char_indices().find(|(_, c)| {
        taken += width(c.encode_utf8(&mut [0; 4]));
        taken > columns
    });
    text.split_at(end.map_or(text.len(), |(end, _)| end))
}

#[cfg(test)]
mod tests {
    use super::{padded, shortened, split_at};

    #[test]
    fn columns_are_counted_and_not_characters() {
        for (text, columns, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("語語", 4, "語語"),
            ("語語語", 4, "語…"),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
            ("", 0, ""),
        ] {
            assert_eq!(shortened(text, columns), expected);
        }
        assert_eq!(padded("語", 4), "語  ");
        assert_eq!(padded("abc", 2), "abc");
        assert_eq!(split_at("語abc", 3), ("語a", "bc"));
        assert_eq!(split_at("abc", 9), ("abc", ""));
    }
}
