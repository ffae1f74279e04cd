//! What well-known interfaces give: the one place where a name means more than itself.

use serde::Serialize;

/// What a component can do that imports one of some interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Sockets and names.
    Network,
    /// Requests to other HTTP servers.
    Http,
    /// Directories and files.
    Files,
    /// Arguments and variables of the environment.
    Environment,
    /// Standard input, output and errors, and their terminals.
    StandardStreams,
    /// What time it is, and waiting.
    Clocks,
    /// Random bytes.
    Randomness,
    /// Stores of values by key.
    KeyValueStores,
    /// Stores of large objects.
    BlobStores,
    /// Messages that are sent to others.
    Messages,
    /// Configuration that the host holds.
    Configuration,
    /// What is written to the logs of the host.
    Logs,
}

/// Packages with one power in all of their interfaces, and interfaces with one of their own. `wasi:io` is not here: its
/// streams do what whoever hands them out lets them do; nor is `wasi:http/types`, which sends nothing.
const KNOWN: [(&str, Power); 20] = [
    ("wasi:blobstore/", Power::BlobStores),
    ("wasi:cli/environment", Power::Environment),
    ("wasi:cli/stderr", Power::StandardStreams),
    ("wasi:cli/stdin", Power::StandardStreams),
    ("wasi:cli/stdout", Power::StandardStreams),
    ("wasi:cli/terminal-stderr", Power::StandardStreams),
    ("wasi:cli/terminal-stdin", Power::StandardStreams),
    ("wasi:cli/terminal-stdout", Power::StandardStreams),
    ("wasi:clocks/", Power::Clocks),
    ("wasi:config/", Power::Configuration),
    ("wasi:filesystem/", Power::Files),
    ("wasi:http/client", Power::Http),
    ("wasi:http/handler", Power::Http),
    ("wasi:http/outgoing-handler", Power::Http),
    ("wasi:keyvalue/", Power::KeyValueStores),
    ("wasi:logging/", Power::Logs),
    ("wasi:messaging/producer", Power::Messages),
    ("wasi:messaging/request-reply", Power::Messages),
    ("wasi:random/", Power::Randomness),
    ("wasi:sockets/", Power::Network),
];

impl Power {
    /// Every power.
    pub const ALL: [Power; 12] = [
        Power::Network,
        Power::Http,
        Power::Files,
        Power::Environment,
        Power::StandardStreams,
        Power::Clocks,
        Power::Randomness,
        Power::KeyValueStores,
        Power::BlobStores,
        Power::Messages,
        Power::Configuration,
        Power::Logs,
    ];

    /// What an interface with something to call is known to give, by its name without a version.
    pub fn of(name: &str) -> Option<Power> {
        let is_it = |(known, _): &&(&str, Power)| match known.strip_suffix('/') {
            Some(package) => name.strip_prefix(package).is_some_and(|rest| rest.starts_with('/')),
            None => name == *known,
        };
        KNOWN.iter().find(is_it).map(|(_, power)| *power)
    }

    /// The interfaces, and packages as `wasi:sockets/*`, that give it.
    pub fn given_by(self) -> impl Iterator<Item = String> {
        let pattern = |name: &str| if name.ends_with('/') { format!("{name}*") } else { name.to_owned() };
        KNOWN.iter().filter(move |(_, power)| *power == self).map(move |(name, _)| pattern(name))
    }
}
