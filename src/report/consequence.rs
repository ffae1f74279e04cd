//! Whom a change stops, in one sentence.

use super::words::group;
use super::{ChangeReport, PartiesReport};
use crate::verdict::Verdict;

/// What no longer works, without a full stop: "guests that import `a:b/i` no longer link"; `None` where all goes on
/// (SEMANTICS 3 to 5). It quotes the path, which comes from outside.
pub(super) fn consequence(change: &ChangeReport) -> Option<String> {
    let what = group(&change.path);
    match (change.link, change.source) {
        (PartiesReport::Interface(link), PartiesReport::Interface(source)) => sentence(
            (&format!("guests that import `{what}`"), stops(link.consumers, source.consumers)),
            (&format!("providers of `{what}`"), "its providers", stops(link.providers, source.providers)),
        ),
        (PartiesReport::World(link), PartiesReport::World(source)) => sentence(
            (&format!("guests of the world `{what}`"), stops(link.guests, source.guests)),
            (&format!("hosts of the world `{what}`"), "its hosts", stops(link.hosts, source.hosts)),
        ),
        // A change has one kind of parties on both layers.
        (PartiesReport::Interface(_), PartiesReport::World(_))
        | (PartiesReport::World(_), PartiesReport::Interface(_)) => None,
    }
}

/// What one party can no longer do.
fn stops(link: Verdict, source: Verdict) -> Option<&'static str> {
    match (link.is_breaking(), source.is_breaking()) {
        (false, false) => None,
        (true, true) => Some("no longer link or compile"),
        (true, false) => Some("no longer link, though their code compiles"),
        (false, true) => Some("still link, but their code no longer compiles"),
    }
}

/// `makers` have a name of their own, and a shorter one after the users.
fn sentence(
    (users, users_stop): (&str, Option<&str>),
    (makers, its_makers, makers_stop): (&str, &str, Option<&str>),
) -> Option<String> {
    match (users_stop, makers_stop) {
        (None, None) => None,
        (Some(one), None) => Some(format!("{users} {one}")),
        (None, Some(other)) => Some(format!("{makers} {other}")),
        (Some(one), Some(other)) if one == other => Some(format!("{users} and {its_makers} {one}")),
        (Some(one), Some(other)) => Some(format!("{users} {one}; {its_makers} {other}")),
    }
}
