//! From the text of a configuration file to what it sets.

use super::{Config, GATES, Given, Keys, Levels, denied, meant};
use crate::capability::Pattern;
use crate::error::{Error, ErrorKind, Position};
use crate::revision::Upwards;
use crate::rule;
use crate::verdict::{Level, Protect};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys that there are.
pub(super) const KEYS: [&str; 12] = [
    "rules",
    "protect",
    "features",
    "all-features",
    "base",
    "allow",
    "fail-on",
    "deny",
    "deny-capability",
    "levels",
    "leave-out",
    "packages",
];

/// Those of one package.
pub(super) const OWN: [&str; 9] =
    ["protect", "features", "all-features", "base", "allow", "fail-on", "deny", "deny-capability", "levels"];

/// Reads a configuration file.
///
/// # Errors
/// What is not UTF-8 or no TOML, a key that is not known, a value that is none of its key; with the place.
pub fn read(file: &Upwards) -> Result<Config, Error> {
    let reader = Reader::of(file)?;
    let (keys, packages) = reader.keys(reader.table()?.get_ref())?;
    Ok(Config { shown: file.shown.clone(), below: file.below.clone(), keys, packages })
}

/// A file that is being read: whatever is wrong with it has a place.
pub(super) struct Reader<'a> {
    pub shown: &'a str,
    pub text: &'a str,
}

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> Reader<'a> {
    pub fn of(file: &'a Upwards) -> Result<Reader<'a>, Error> {
        match std::str::from_utf8(&file.contents) {
            Ok(text) => Ok(Reader { shown: &file.shown, text }),
            Err(_) => Err(Error::new(ErrorKind::Invalid, format!("`{}` is not UTF-8", file.shown))),
        }
    }

    pub fn table(&self) -> Result<Spanned<DeTable<'a>>, Error> {
        DeTable::parse(self.text).map_err(|error| {
            let refused = self.refuse(error.span().unwrap_or(0..0), error.message());
            match self.text.lines().any(|line| line.starts_with("<<<<<<<")) {
                true => refused.hint("these are the marks of a merge that is not finished: keep what both sides need"),
                false => refused,
            }
        })
    }

    pub fn unknown(&self, span: Range<usize>, key: &str, keys: &[&str]) -> Error {
        let all: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let error = self.refuse(span, &format!("there is no key `{key}` here{}", meant(key, keys)));
        error.hint(format!("the keys are {}", all.join(", ")))
    }

    pub fn string(&self, value: &Value<'_>) -> Result<String, Error> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => Err(self.refuse(value.span(), "this is empty")),
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(self.refuse(value.span(), "this has to be a text in quotes")),
        }
    }

    pub fn refuse(&self, span: Range<usize>, message: &str) -> Error {
        let position = self.position(span.start);
        let line = self.text.lines().nth((position.line as usize).saturating_sub(1)).unwrap_or_default();
        // What the parser says of one place may take several lines.
        let message = message.lines().collect::<Vec<_>>().join(": ");
        Error::new(ErrorKind::Invalid, message).at(position, line)
    }

    pub fn position(&self, at: usize) -> Position {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position { file: self.shown.to_owned(), line: number(line), column: number(column) }
    }

    fn keys(&self, table: &DeTable<'_>) -> Result<(Keys, BTreeMap<String, Keys>), Error> {
        let (mut keys, mut packages) = (Keys::default(), BTreeMap::new());
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "rules" => keys.rules = Some(self.given(value, |value| self.set(value))?),
                "protect" => keys.protect = Some(self.given(value, |value| self.parties(value))?),
                "features" => keys.features = Some(self.given(value, |value| self.strings(value))?),
                "all-features" => keys.all_features = Some(self.given(value, |value| self.flag(value))?),
                "base" => keys.base = Some(self.given(value, |value| self.string(value))?),
                "allow" => keys.allow = Some(self.given(value, |value| self.level(value))?),
                "fail-on" => keys.fail_on = Some(self.given(value, |value| self.failing(value))?),
                "deny" => keys.deny = Some(self.given(value, |value| self.rules(value))?),
                "deny-capability" => keys.deny_capability = Some(self.given(value, |value| self.patterns(value))?),
                "levels" => keys.levels = Some(self.given(value, |value| self.levels(value))?),
                "leave-out" => keys.leave_out = Some(self.given(value, |value| self.strings(value))?),
                "packages" => packages = self.packages(value)?,
                unknown => return Err(self.unknown(key.span(), unknown, &KEYS)),
            }
        }
        Ok((keys, packages))
    }

    fn packages(&self, value: &Value<'_>) -> Result<BTreeMap<String, Keys>, Error> {
        const TABLES: &str = "this has to be a table a package, as in `[packages.\"acme:files\"]`";
        let DeValue::Table(packages) = value.get_ref() else { return Err(self.refuse(value.span(), TABLES)) };
        let mut found = BTreeMap::new();
        for (name, value) in packages {
            let DeValue::Table(own) = value.get_ref() else { return Err(self.refuse(value.span(), TABLES)) };
            if name.get_ref().split(':').filter(|part| !part.is_empty()).count() != 2 {
                return Err(self.refuse(name.span(), "this has to be the name of a package, as in `\"acme:files\"`"));
            }
            let known = |key: &str| OWN.contains(&key);
            if let Some((key, _)) = own.iter().find(|(key, _)| !known(key.get_ref().as_ref())) {
                return Err(self.unknown(key.span(), key.get_ref().as_ref(), &OWN));
            }
            found.insert(name.get_ref().to_string(), self.keys(own)?.0);
        }
        Ok(found)
    }

    fn given<T>(
        &self,
        value: &Value<'_>,
        read: impl FnOnce(&Value<'_>) -> Result<T, Error>,
    ) -> Result<Given<T>, Error> {
        Ok(Given { line: self.position(value.span().start).line, value: read(value)? })
    }

    fn strings(&self, value: &Value<'_>) -> Result<Vec<String>, Error> {
        self.each(value, |value| self.string(value))
    }

    fn rules(&self, value: &Value<'_>) -> Result<Vec<&'static rule::Rule>, Error> {
        let rules = self
            .each(value, |value| denied(&self.string(value)?).map_err(|message| self.refuse(value.span(), &message)))?;
        Ok(rules.into_iter().flatten().collect())
    }

    fn patterns(&self, value: &Value<'_>) -> Result<Vec<Pattern>, Error> {
        self.each(value, |value| {
            Pattern::parse(&self.string(value)?).map_err(|message| self.refuse(value.span(), &message))
        })
    }

    fn each<T>(&self, value: &Value<'_>, read: impl Fn(&Value<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().map(read).collect(),
            _ => Err(self.refuse(value.span(), "this has to be a list, as in `[\"a\", \"b\"]`")),
        }
    }

    fn flag(&self, value: &Value<'_>) -> Result<bool, Error> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Ok(*flag),
            _ => Err(self.refuse(value.span(), "this has to be `true` or `false`")),
        }
    }

    fn parties(&self, value: &Value<'_>) -> Result<Protect, Error> {
        let word = self.string(value)?;
        word.parse().map_err(|_| self.refuse(value.span(), "this has to be `guests`, `hosts` or `all`"))
    }

    fn level(&self, value: &Value<'_>) -> Result<Level, Error> {
        let word = self.string(value)?;
        word.parse().map_err(|_| self.refuse(value.span(), "this has to be `none`, `patch`, `minor` or `major`"))
    }

    fn failing(&self, value: &Value<'_>) -> Result<Level, Error> {
        match self.string(value)?.parse() {
            Ok(level) if level > Level::None => Ok(level),
            _ => Err(self.refuse(value.span(), "this has to be `patch`, `minor` or `major`")),
        }
    }

    fn levels(&self, value: &Value<'_>) -> Result<Levels, Error> {
        const TABLE: &str =
            "this has to be a table of rules and levels, as in `[levels]` and `docs-changed = \"none\"`";
        let DeValue::Table(table) = value.get_ref() else { return Err(self.refuse(value.span(), TABLE)) };
        let mut levels = Levels::new();
        // A rule that is named itself wins over the name of all findings.
        let (groups, rules): (Vec<_>, Vec<_>) = table.iter().partition(|(name, _)| name.get_ref() == GATES);
        for (name, value) in groups.into_iter().chain(rules) {
            let rules = denied(name.get_ref()).map_err(|message| self.refuse(name.span(), &message))?;
            if rules.iter().any(|rule| rule.is_cost()) {
                return Err(self.refuse(name.span(), "what calls cost has no level: `deny` takes it"));
            }
            let level = self.level(value)?;
            levels.extend(rules.iter().map(|rule| (rule.id, level)));
        }
        Ok(levels)
    }

    fn set(&self, value: &Value<'_>) -> Result<String, Error> {
        let set = self.string(value)?;
        if rule::SETS.iter().any(|known| known.name == set) {
            return Ok(set);
        }
        let known = rule::SETS.map(|set| format!("`{}`", set.name)).join(", ");
        let error = self.refuse(value.span(), "there is no such set of rules");
        Err(error.hint(format!("the sets are {known}; a newer one takes a newer wit-diff")))
    }
}
