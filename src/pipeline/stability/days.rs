//! Days between two days.

use jiff::civil::Date;

/// How many days it is from one day to another one, as in `2026-02-09`; none where that is not known, or goes backwards.
pub(super) fn days(from: &str, to: &str) -> usize {
    let (Ok(from), Ok(to)) = (from.parse::<Date>(), to.parse::<Date>()) else { return 0 };
    let days = from.until(to).map_or(0, |span| span.get_days());
    usize::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn from_day_to_day() {
        for (from, to, expected) in [
            ("2024-02-28", "2024-03-01", 2),
            ("2024-01-01", "2025-01-01", 366),
            ("2025-01-01", "2024-01-01", 0),
            ("unknown", "2024-01-01", 0),
            ("2024-01-01", "unknown", 0),
        ] {
            assert_eq!(days(from, to), expected, "{from} {to}");
        }
    }
}
