//! Text measured in the columns of a terminal: a character may take none or two.

use textwrap::core::display_width;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    display_width(text)
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
    use super::split_at;

    #[test]
    fn columns_are_counted_and_not_characters() {
        assert_eq!(split_at("語abc", 3), ("語a", "bc"));
        assert_eq!(split_at("abc", 9), ("abc", ""));
    }
}
