//! What a revision holds before which nobody knows what was there.

use super::inventory::inventory;
use super::lines::Lines;
use super::state::State;
use crate::error::Error;
use crate::pipeline::{Options, Shared, resolve_sources};
use crate::revision::Identity;

/// A package that cannot be read: its place in the state, and why.
pub(super) struct Unread {
    pub place: usize,
    pub identity: Identity,
    pub error: Error,
}

/// Looks at every package of a state; lines begin with it at that place, where they are followed.
pub(super) fn begin(
    (at, state): (usize, &State),
    options: &Options,
    shared: &Shared,
    mut lines: Option<&mut Lines>,
) -> Vec<Unread> {
    let mut unread = Vec::new();
    for (place, (found, own)) in state.named.catalog.packages.iter().zip(&state.named.identities).enumerate() {
        let nested = found.outline.nested.iter().map(|nested| &nested.identity);
        for identity in std::iter::once(own).chain(nested) {
            let options = options.of(&identity.name);
            let load = |revision| resolve_sources(revision, &options, Some(&shared.parses)).map(|loaded| loaded.views);
            let views = found.revision.clone().and_then(load);
            if let Some(lines) = lines.as_deref_mut() {
                lines.begin(at, identity, views.as_ref().ok().map(|views| inventory(views, &identity.name)));
            }
            if let Err(error) = views {
                unread.push(Unread { place, identity: identity.clone(), error });
            }
        }
    }
    unread
}
