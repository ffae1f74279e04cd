//! The day on which the command runs.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

/// Today in UTC, as `YYYY-MM-DD`; or the day of `SOURCE_DATE_EPOCH`, by which runs can be repeated.
pub fn today() -> String {
    let named = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<i64>().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let seconds = named.or_else(|| i64::try_from(now()).ok()).unwrap_or_default();
    let moment = Timestamp::from_second(seconds).unwrap_or_default();
    moment.to_zoned(TimeZone::UTC).date().to_string()
}
