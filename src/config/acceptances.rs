//! From the text of the file of accepted changes to what they are.

use super::read::{Reader, Value};
use crate::accepted::{Acceptance, Acceptances, Until};
use crate::error::Error;
use crate::revision::Upwards;
use toml::de::{DeTable, DeValue};
use toml_edit::Datetime;

/// The one key of the file.
pub(super) const LIST: &str = "accepted";

/// The keys of an entry.
pub(super) const KEYS: [&str; 7] = ["fingerprint", "rule", "path", "track", "reason", "who", "until"];

/// Those of them that may be left out.
pub(super) const OPTIONAL: [&str; 2] = ["track", "until"];

/// Reads the file of what is accepted.
///
/// # Errors
/// As [`read`](super::read()), and an entry without what it needs.
pub fn acceptances(file: &Upwards) -> Result<Acceptances, Error> {
    let reader = Reader::of(file)?;
    let mut entries = Vec::new();
    for (key, value) in reader.table()?.get_ref() {
        if key.get_ref() != LIST {
            return Err(reader.unknown(key.span(), key.get_ref(), &[LIST]));
        }
        let DeValue::Array(found) = value.get_ref() else {
            return Err(reader.refuse(value.span(), "this has to be a list of tables, each begun by `[[accepted]]`"));
        };
        for value in found {
            entries.push(entry(&reader, value)?);
        }
    }
    Ok(Acceptances { shown: file.shown.clone(), entries })
}

/// What stands for the end of an acceptance: a day, as `YYYY-MM-DD`, or a version.
///
/// # Errors
/// Why it is neither.
pub fn until(text: &str) -> Result<Until, String> {
    if let Ok(day) = text.parse::<Datetime>() {
        return of_day(&day).ok_or_else(|| "write the day alone, as 2027-01-31".into());
    }
    text.parse().map(Until::Version).map_err(|_| "write a day, as 2027-01-31, or a version, as 0.4.0".into())
}

fn of_day(day: &Datetime) -> Option<Until> {
    match day {
        Datetime { date: Some(date), time: None, offset: None } => Some(Until::Day(date.to_string())),
        _ => None,
    }
}

fn entry(reader: &Reader<'_>, value: &Value<'_>) -> Result<Acceptance, Error> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err(reader.refuse(value.span(), "this has to be a table, begun by `[[accepted]]`"));
    };
    if let Some((key, _)) = table.iter().find(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
        return Err(reader.unknown(key.span(), key.get_ref(), &KEYS));
    }
    let text = |key: &str| needed(reader, value, table, key);
    let fingerprint = text("fingerprint")?;
    if fingerprint.len() != 16 || !fingerprint.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        let span = table.get("fingerprint").map_or(value.span(), |value| value.span());
        return Err(reader.refuse(span, "this has to be a fingerprint, of sixteen hexadecimal digits"));
    }
    let until = match table.get("until") {
        None => None,
        Some(value) => Some(match value.get_ref() {
            DeValue::Datetime(day) => {
                of_day(day).ok_or_else(|| reader.refuse(value.span(), "write the day alone, as 2027-01-31"))?
            }
            _ => until(&reader.string(value)?).map_err(|why| reader.refuse(value.span(), &why))?,
        }),
    };
    Ok(Acceptance {
        fingerprint,
        rule: text("rule")?,
        path: text("path")?,
        track: table.get("track").map(|value| reader.string(value)).transpose()?,
        reason: text("reason")?,
        who: text("who")?,
        until,
        line: reader.position(value.span().start).line,
    })
}

fn needed(reader: &Reader<'_>, entry: &Value<'_>, table: &DeTable<'_>, key: &str) -> Result<String, Error> {
    match table.get(key) {
        Some(value) => reader.string(value),
        None => {
            let error = reader.refuse(entry.span(), &format!("this entry has no `{key}`"));
            Err(error.hint("`wit-diff accept` writes entries with all that they need"))
        }
    }
}
