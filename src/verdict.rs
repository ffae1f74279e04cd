//! The vocabulary of judgement: verdicts, layers, parties, levels (SEMANTICS 1, 2 and 7).

use serde::Serialize;
use std::str::FromStr;

/// Whether a party is broken, on one layer (SEMANTICS 2). There is no third value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    #[default]
    Compatible,
    Breaking,
}

impl Verdict {
    /// `Breaking` where `condition` holds.
    pub fn breaking_if(condition: bool) -> Verdict {
        if condition { Verdict::Breaking } else { Verdict::Compatible }
    }

    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Compatible => "compatible",
            Verdict::Breaking => "breaking",
        }
    }

    /// Whether it is `Breaking`.
    pub fn is_breaking(self) -> bool {
        self == Verdict::Breaking
    }
}

/// How much of a bump a change asks for (SEMANTICS 7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    #[default]
    None,
    Patch,
    Minor,
    Major,
}

impl Level {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        }
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(word: &str) -> Result<Level, String> {
        [Level::None, Level::Patch, Level::Minor, Level::Major]
            .into_iter()
            .find(|level| level.word() == word)
            .ok_or_else(|| format!("`{word}` is no level: none, patch, minor or major"))
    }
}

/// For whom the level answers (SEMANTICS 7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Protect {
    /// Interfaces answer for their consumers, worlds for their guests.
    #[default]
    Guests,
    /// Interfaces answer for their providers, worlds for their hosts.
    Hosts,
    /// Everyone.
    All,
}

impl FromStr for Protect {
    type Err = String;

    fn from_str(word: &str) -> Result<Protect, String> {
        [Protect::Guests, Protect::Hosts, Protect::All]
            .into_iter()
            .find(|protect| protect.word() == word)
            .ok_or_else(|| format!("`{word}` is none of guests, hosts and all"))
    }
}

impl Protect {
    /// Whether consumers and guests are protected.
    pub fn guests(self) -> bool {
        matches!(self, Protect::Guests | Protect::All)
    }

    /// Whether providers and hosts are protected.
    pub fn hosts(self) -> bool {
        matches!(self, Protect::Hosts | Protect::All)
    }
}

impl Protect {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Protect::Guests => "guests",
            Protect::Hosts => "hosts",
            Protect::All => "all",
        }
    }
}
