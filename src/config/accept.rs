//! Writes the file of accepted changes, and leaves what people wrote into it where it is.

use super::acceptances::LIST;
use crate::accepted::{Acceptance, Until};
use crate::error::{Error, ErrorKind};
use toml_edit::{ArrayOfTables, DocumentMut, Item, RawString, Table, Value, value};

/// What a new file begins with.
const HEADER: &str = "# Changes that are accepted: they are told, and make no check fail. What a version has to be does \
                      not depend on them.\n# Written by `wit-diff accept`; `wit-diff accept --prune` takes away what is \
                      over.\n\n";

/// The text of a file with these entries, each instead of one of the same fingerprint, sorted by path, rule, fingerprint
/// and track; `text` is what is there.
///
/// # Errors
/// A text that is not the one that [`acceptances`](super::acceptances()) reads.
pub fn accept(text: &str, entries: &[Acceptance]) -> Result<String, Error> {
    let mut file = File::of(if text.trim().is_empty() { HEADER } else { text })?;
    for entry in entries {
        let is_same = |table: &&mut Table| {
            let track = table.get("track").and_then(Item::as_str);
            of(table, "fingerprint") == entry.fingerprint && (track.is_none() || track == entry.track.as_deref())
        };
        match file.tables.iter_mut().find(is_same) {
            Some(table) => write(table, entry),
            None => {
                let mut table = Table::new();
                write(&mut table, entry);
                file.tables.push(table);
            }
        }
    }
    Ok(file.text())
}

/// The text of a file without these entries.
///
/// # Errors
/// As [`accept`].
pub fn prune(text: &str, gone: &[&Acceptance]) -> Result<String, Error> {
    let mut file = File::of(text)?;
    let until = |entry: &Acceptance| entry.until.as_ref().map(ToString::to_string);
    // Of two entries of one change, only one may be over.
    let is_it = |table: &Table, entry: &Acceptance| {
        of(table, "fingerprint") == entry.fingerprint
            && table.get("track").and_then(Item::as_str) == entry.track.as_deref()
            && ending(table) == until(entry)
    };
    file.tables.retain(|table| !gone.iter().any(|entry| is_it(table, entry)));
    Ok(file.text())
}

/// A file, taken apart.
struct File {
    document: DocumentMut,
    /// What stands above the entries, and speaks of all of them.
    header: String,
    tables: Vec<Table>,
}

impl File {
    fn of(text: &str) -> Result<File, Error> {
        let mut document: DocumentMut =
            text.parse().map_err(|error| Error::new(ErrorKind::Invalid, format!("no TOML: {error}")))?;
        let list = document.remove(LIST).unwrap_or_default();
        let mut tables: Vec<Table> = match list.into_array_of_tables() {
            Ok(tables) => tables.into_iter().collect(),
            Err(Item::None) => Vec::new(),
            Err(_) => return Err(Error::new(ErrorKind::Invalid, format!("`{LIST}` is no list of tables"))),
        };
        let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
        let header = match tables.first_mut() {
            None => {
                document.set_trailing("");
                trailing
            }
            Some(first) => {
                let above = before(first).to_owned();
                // What is apart from the first entry by an empty line is not about that entry alone.
                let end = above.rfind("\n\n").map_or(0, |end| end + 2);
                let (header, own) = above.split_at(end);
                first.decor_mut().set_prefix(own);
                header.to_owned()
            }
        };
        Ok(File { document, header, tables })
    }

    fn text(mut self) -> String {
        let key = |table: &Table| ["path", "rule", "fingerprint", "track"].map(|key| of(table, key).to_owned());
        self.tables.sort_by_key(key);
        let mut list = ArrayOfTables::new();
        for (at, mut table) in self.tables.into_iter().enumerate() {
            let own = before(&table).trim_start_matches('\n').to_owned();
            let above = if at == 0 { self.header.as_str() } else { "\n" };
            table.decor_mut().set_prefix(format!("{above}{own}"));
            table.set_position(None);
            list.push(table);
        }
        if list.is_empty() {
            let trailing = self.document.trailing().as_str().unwrap_or_default().to_owned();
            self.document.set_trailing(format!("{}{trailing}", self.header));
        } else {
            self.document.insert(LIST, Item::ArrayOfTables(list));
        }
        self.document.to_string()
    }
}

/// The comments and empty lines above an entry.
fn before(table: &Table) -> &str {
    table.decor().prefix().and_then(RawString::as_str).unwrap_or_default()
}

fn of<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Item::as_str).unwrap_or_default()
}

/// Until when an entry holds, as text.
fn ending(table: &Table) -> Option<String> {
    let until = table.get("until")?;
    until.as_str().map(str::to_owned).or_else(|| until.as_datetime().map(ToString::to_string))
}

/// Sets every key of an entry; what stands beside them stays.
fn write(table: &mut Table, entry: &Acceptance) {
    let Acceptance { fingerprint, rule, path, track, reason, who, until, line: _ } = entry;
    for (key, text) in [("fingerprint", fingerprint), ("rule", rule), ("path", path)] {
        set(table, key, text.as_str().into());
    }
    if let Some(track) = track {
        set(table, "track", track.as_str().into());
    }
    for (key, text) in [("reason", reason), ("who", who)] {
        set(table, key, text.as_str().into());
    }
    match until {
        None => {
            table.remove("until");
        }
        Some(until) => {
            let text = until.to_string();
            let day = text.parse().ok().filter(|_| matches!(until, Until::Day(_)));
            set(table, "until", day.map_or_else(|| Value::from(text), |day: toml_edit::Datetime| Value::from(day)));
        }
    }
}

fn set(table: &mut Table, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, value(new));
        }
    }
}
